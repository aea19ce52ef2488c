#include "turnabout/store/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "turnabout/base/memory.h"

/* Words in the database: they stay, whatever the screens say. */
static const char *const roles[TA_ROLES + 1] = {
    [TA_MENTOR] = "mentor", [TA_MENTEE] = "mentee", [TA_NOBODY] = "nobody"};

static void bind_pair(struct ta_query *query, const struct ta_pair *pair)
{
    ta_query_text(query, ":topic", pair->topic);
    ta_query_text(query, ":mentor_name", pair->person[TA_MENTOR].name);
    ta_query_text(query, ":mentor_email", pair->person[TA_MENTOR].email);
    ta_query_text(query, ":mentee_name", pair->person[TA_MENTEE].name);
    ta_query_text(query, ":mentee_email", pair->person[TA_MENTEE].email);
    ta_query_text(query, ":me", roles[pair->me]);
}

static void read_pair(struct ta_query *query, struct ta_pair *pair)
{
    pair->id = ta_query_number(query, 0);
    pair->slug = ta_query_copy(query, 1);
    pair->topic = ta_query_copy(query, 2);
    pair->person[TA_MENTOR].name = ta_query_copy(query, 3);
    pair->person[TA_MENTOR].email = ta_query_copy(query, 4);
    pair->person[TA_MENTEE].name = ta_query_copy(query, 5);
    pair->person[TA_MENTEE].email = ta_query_copy(query, 6);
    pair->me = (enum ta_role)ta_query_word(query, 7, roles, TA_ROLES + 1);
}

static bool insert(struct ta_store *store, const struct ta_pair *pair, int64_t now,
                   struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO pair (slug, topic, mentor_name, mentor_email, mentee_name, mentee_email, me,
                          added)
        VALUES (:slug, :topic, :mentor_name, :mentor_email, :mentee_name, :mentee_email, :me, :now)
        ON CONFLICT (slug) DO NOTHING
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_text(&query, ":slug", pair->slug);
    bind_pair(&query, pair);
    ta_query_integer(&query, ":now", now);
    return ta_query_run(&query, err) &&
           (ta_store_has_changed(store) ||
            ta_fail(err, TA_REFUSED, "There is a pair named %s already: choose another name.",
                    pair->slug));
}

bool ta_store_pair_add(struct ta_store *store, struct ta_pair *pair, int64_t now,
                       struct ta_error *err)
{
    if (!ta_store_begin(store, err)) {
        return false;
    }
    /* The pair comes last: its row is the one whose id is asked for. */
    bool ok = ta_store_write_setting(store, "pair", pair->slug, err) &&
              insert(store, pair, now, err);
    if (!ta_store_finish(store, ok, err)) {
        return false;
    }
    pair->id = sqlite3_last_insert_rowid(store->database);
    return true;
}

bool ta_store_pair_find(struct ta_store *store, const char *slug, struct ta_pair *pair,
                        struct ta_error *err)
{
    *pair = (struct ta_pair){0};
    static const char sql[] = SQL(
        SELECT id, slug, topic, mentor_name, mentor_email, mentee_name, mentee_email, me
        FROM pair WHERE slug = :slug
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_text(&query, ":slug", slug);
    if (ta_query_row(&query)) {
        read_pair(&query, pair);
    }
    if (!ta_query_end(&query, err)) {
        ta_pair_release(pair);
        return false;
    }
    return pair->id != 0 ||
           ta_fail(err, TA_ABSENT, "There is no pair %s: turnabout pair list names them all.",
                   slug);
}

bool ta_store_pair_set_address(struct ta_store *store, int64_t pair, enum ta_role role,
                               const char *address, struct ta_error *err)
{
    static const char *const sql[TA_ROLES] = {
        [TA_MENTOR] = SQL(UPDATE pair SET mentor_email = :address WHERE id = :pair),
            [TA_MENTEE] = SQL(UPDATE pair SET mentee_email = :address WHERE id = :pair),
            };
    if (!ta_store_begin(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store, sql[role]);
    ta_query_text(&query, ":address", address);
    ta_query_integer(&query, ":pair", pair);
    return ta_store_finish(store, ta_query_run(&query, err), err);
}

bool ta_store_pair_set_me(struct ta_store *store, int64_t pair, enum ta_role me,
                          struct ta_error *err)
{
    if (!ta_store_begin(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store, SQL(UPDATE pair SET me = :me WHERE id = :pair));
    ta_query_text(&query, ":me", roles[me]);
    ta_query_integer(&query, ":pair", pair);
    return ta_store_finish(store, ta_query_run(&query, err), err);
}

bool ta_store_pairs(struct ta_store *store, struct ta_pairs *pairs, struct ta_error *err)
{
    *pairs = (struct ta_pairs){0};
    static const char sql[] = SQL(
        SELECT id, slug, topic, mentor_name, mentor_email, mentee_name, mentee_email, me
        FROM pair ORDER BY slug
    );
    struct ta_query query = ta_query_once(store, sql);
    while (ta_query_row(&query)) {
        read_pair(&query, ta_append(&pairs->items, pairs->count, sizeof *pairs->items));
        pairs->count++;
    }
    if (!ta_query_end(&query, err)) {
        ta_pairs_release(pairs);
        return false;
    }
    return true;
}
