/* All pairs, or some of them, in an order. */
#include <string.h>

#include "programme.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

/* The rows of an order in parts, one after the other. By need each part is in the order of an
   index, and so its first rows cost the same however many pairs there are. */
enum { PARTS = 3 };

static const struct {
    const char *by;
    const char *parts[PARTS]; /* NULL: no more */
} orders[TA_ORDERS] = {
    [TA_ORDER_NEED] = {"look, pair",
                       {"look <= :today", "missing = 1 AND look > :today",
                        "missing = 0 AND look > :today"}},
    [TA_ORDER_NAME] = {"words, pair", {"1"}},
    [TA_ORDER_LAST] = {"last, pair", {"1"}},
    [TA_ORDER_NEXT] = {"next = 0, (next / 1000 + next_zone * 60) / 86400 < :today, next, pair",
                       {"1"}},
    [TA_ORDER_HELD] = {"CAST(held AS REAL) / max(planned, 1), pair", {"1"}},
};

static const char *const parameters[TA_WORDS_MOST] = {":one", ":two", ":three", ":four"};

/* What a row says of its state can be looked for as its names can. */
#define SAID                                                                                       \
    "words || iif(missing, ' not fetched', iif(released, '', ' unsigned')) || "                    \
    "iif(look <= :today, ' needs a look', '')"

static void add_words(struct ta_text *sql, const struct ta_overview_query *query)
{
    for (size_t i = 0; i < TA_WORDS_MOST && query->words[i] != NULL; i++) {
        ta_text_addf(sql, " AND instr(" SAID ", %s) > 0 ", parameters[i]);
    }
}

#define COUNTED "count(*) FROM released_pair"

/* What is asked of a part; `last` is what follows the condition. */
static struct ta_query ask(struct ta_store *store, const struct ta_overview_query *asked,
                           const char *what, const char *condition, const char *last)
{
    struct ta_text sql = {0};
    ta_text_addf(&sql, "SELECT %s WHERE %s", what, condition);
    add_words(&sql, asked);
    ta_text_add(&sql, last);
    struct ta_query query = ta_query_once(store, sql.bytes);
    for (size_t i = 0; i < TA_WORDS_MOST && asked->words[i] != NULL; i++) {
        ta_query_text(&query, parameters[i], asked->words[i]);
    }
    if (strstr(sql.bytes, ":today") != NULL) {
        ta_query_integer(&query, ":today", ta_day_number(asked->today));
    }
    ta_text_release(&sql);
    return query;
}

static struct ta_query ask_rows(struct ta_store *store, const struct ta_overview_query *asked,
                                const char *what, size_t part)
{
    struct ta_text last = {0};
    ta_text_addf(&last, " ORDER BY %s LIMIT :limit OFFSET :skip", orders[asked->order].by);
    struct ta_query query = ask(store, asked, what, orders[asked->order].parts[part], last.bytes);
    ta_query_integer(&query, ":limit", asked->limit > 0 ? (int64_t)asked->limit : -1);
    ta_query_integer(&query, ":skip", (int64_t)asked->skip);
    ta_text_release(&last);
    return query;
}

static bool count(struct ta_query *query, size_t *count, struct ta_error *err)
{
    *count = ta_query_row(query) ? (size_t)ta_query_number(query, 0) : 0;
    return ta_query_end(query, err);
}

static bool figure(struct ta_store *store, enum ta_figure_kind kind, size_t *found,
                   struct ta_error *err)
{
    struct ta_query query = ta_query_once(
        store, SQL(SELECT count FROM programme_figure WHERE kind = :kind));
    ta_query_integer(&query, ":kind", kind);
    return count(&query, found, err);
}

/* Takes from what is still to be passed over what lies in a part. */
static bool skip_part(struct ta_store *store, struct ta_overview_query *rest, size_t part,
                      bool *passed, struct ta_error *err)
{
    size_t rows = 0;
    *passed = false;
    if (rest->skip == 0) {
        return true;
    }
    struct ta_query query = ask(store, rest, COUNTED, orders[rest->order].parts[part], "");
    bool ok = count(&query, &rows, err);
    *passed = rows <= rest->skip;
    rest->skip -= *passed ? rows : 0;
    return ok;
}

static bool read_part(struct ta_store *store, struct ta_overview_query *rest, size_t part,
                      struct ta_members *members, struct ta_error *err)
{
    struct ta_query query = ask_rows(store, rest, MEMBER_COLUMNS " " FROM_MEMBERS, part);
    size_t before = members->count;
    while (ta_query_row(&query)) {
        ta_member_read(&query, ta_append(&members->items, members->count, sizeof *members->items));
        members->count++;
    }
    rest->skip = 0;
    rest->limit -= rest->limit > 0 ? members->count - before : 0;
    return ta_query_end(&query, err);
}

bool ta_store_members(struct ta_store *store, const struct ta_overview_query *asked,
                      struct ta_members *members, struct ta_error *err)
{
    struct ta_overview_query rest = *asked;
    bool ok = true;
    *members = (struct ta_members){0};
    for (size_t part = 0; ok && part < PARTS && orders[asked->order].parts[part] != NULL; part++) {
        bool passed;
        bool full = asked->limit > 0 && rest.limit == 0;
        ok = full || skip_part(store, &rest, part, &passed, err);
        ok = ok && (full || passed || read_part(store, &rest, part, members, err));
    }
    if (!ok) {
        ta_members_release(members);
    }
    return ok;
}

bool ta_store_members_place(struct ta_store *store, const struct ta_overview_query *asked,
                            int64_t member, size_t *place, struct ta_error *err)
{
    struct ta_overview_query all = *asked;
    size_t at = 0;
    bool found = false;
    bool ok = true;
    all.skip = 0;
    all.limit = 0;
    for (size_t part = 0; ok && part < PARTS && orders[asked->order].parts[part] != NULL; part++) {
        struct ta_query query = ask_rows(store, &all, "pair FROM released_pair", part);
        for (; !found && ta_query_row(&query); at += !found) {
            found = ta_query_number(&query, 0) == member;
        }
        ok = ta_query_end(&query, err);
    }
    *place = found ? at : *place;
    return ok;
}

bool ta_store_members_count(struct ta_store *store, const struct ta_overview_query *asked,
                            size_t *found, struct ta_error *err)
{
    if (asked->words[0] != NULL) {
        struct ta_query query = ask(store, asked, COUNTED, "1", "");
        return count(&query, found, err);
    }
    return figure(store, TA_FIGURE_PAIRS, found, err);
}

bool ta_store_members_missing(struct ta_store *store, size_t *found, struct ta_error *err)
{
    return figure(store, TA_FIGURE_MISSING, found, err);
}

bool ta_store_members_in_need(struct ta_store *store, struct ta_day today, size_t *found,
                              struct ta_error *err)
{
    static const char sql[] = SQL(SELECT count(*) FROM released_pair WHERE look <= :today);
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":today", ta_day_number(today));
    return count(&query, found, err);
}
