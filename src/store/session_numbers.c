#include "internal.h"
#include "turnabout/base/memory.h"
#include "turnabout/store/sessions.h"

/* So far above every number that no session has it: where what moves is put in between, since two
 * may exchange their numbers. */
enum { ASIDE = 100000000 };

static bool renumber(struct ta_store *store, const char *sql, int64_t pair, int64_t from,
                     int64_t to, struct ta_error *err)
{
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(&query, ":from", from);
    ta_query_integer(&query, ":to", to);
    return ta_query_run(&query, err);
}

/* One that was dropped may have left its row at the name. */
static bool rename_draft(struct ta_store *store, int64_t pair, const char *what, int64_t from,
                         int64_t to, struct ta_error *err)
{
    static const char drop[] = SQL(
        DELETE FROM draft WHERE pair = :pair AND name = :what || '/' || :to AND EXISTS
            (SELECT 1 FROM draft WHERE pair = :pair AND name = :what || '/' || :from)
    );
    static const char sql[] = SQL(
        UPDATE draft SET name = :what || '/' || :to
        WHERE pair = :pair AND name = :what || '/' || :from
    );
    static const char *const steps[] = {drop, sql};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof steps / sizeof *steps; i++) {
        struct ta_query query = ta_query_once(store, steps[i]);
        ta_query_integer(&query, ":pair", pair);
        ta_query_text(&query, ":what", what);
        ta_query_integer(&query, ":from", from);
        ta_query_integer(&query, ":to", to);
        ok = ta_query_run(&query, err);
    }
    return ok;
}

static bool move(struct ta_store *store, int64_t pair, const char *const *drafts, int64_t from,
                 int64_t to, struct ta_error *err)
{
    static const char sitting[] = SQL(
        UPDATE sitting SET number = :to, change = change + 1 WHERE pair = :pair AND number = :from
    );
    static const char rating[] = SQL(
        UPDATE rating SET session = :to WHERE pair = :pair AND session = :from
    );
    bool ok = renumber(store, sitting, pair, from, to, err) &&
              renumber(store, rating, pair, from, to, err);
    for (; ok && *drafts != NULL; drafts++) {
        ok = rename_draft(store, pair, *drafts, from, to, err);
    }
    return ok;
}

bool ta_store_sessions_move(struct ta_store *store, int64_t pair, const char *const *drafts,
                            const struct ta_session_move *moves, size_t count, struct ta_error *err)
{
    if (!ta_store_begin(store, err)) {
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        ok = move(store, pair, drafts, moves[i].from, ASIDE + (int64_t)i, err);
    }
    for (size_t i = 0; ok && i < count; i++) {
        ok = move(store, pair, drafts, ASIDE + (int64_t)i, moves[i].to, err);
    }
    return ta_store_finish(store, ok, err);
}

bool ta_store_sitting_numbers(struct ta_store *store, int64_t pair,
                              struct ta_sitting_numbers *numbers, struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT id, number FROM sitting WHERE pair = :pair ORDER BY id
    );
    *numbers = (struct ta_sitting_numbers){0};
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    while (ta_query_row(&query)) {
        ta_append(&numbers->items, numbers->count, sizeof *numbers->items);
        numbers->items[numbers->count].sitting = ta_query_number(&query, 0);
        numbers->items[numbers->count++].number = (unsigned)ta_query_number(&query, 1);
    }
    return ta_query_end(&query, err);
}
