#include "turnabout/store/log.h"

#include <string.h>

#include "internal.h"

static void copy_id(struct ta_query *query, char id[TA_COMMIT_SIZE])
{
    const char *found = ta_query_look(query, 0);
    id[0] = '\0';
    strncat(id, found != NULL ? found : "", TA_COMMIT_SIZE - 1);
}

bool ta_store_log_tip(struct ta_store *store, int64_t pair, char tip[TA_COMMIT_SIZE],
                      struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT id FROM log WHERE pair = :pair ORDER BY position DESC LIMIT 1
    );
    struct ta_query query = ta_query_once(store, sql);
    tip[0] = '\0';
    ta_query_integer(&query, ":pair", pair);
    if (ta_query_row(&query)) {
        copy_id(&query, tip);
    }
    return ta_query_end(&query, err);
}

static bool expect_tip(struct ta_store *store, int64_t pair, const char *from, struct ta_error *err)
{
    char tip[TA_COMMIT_SIZE];
    return ta_store_log_tip(store, pair, tip, err) &&
           (strcmp(tip, from) == 0 ||
            ta_fail(err, TA_BUSY,
                    "The log was brought up to date by another program meanwhile: try again."));
}

static bool drop_all(struct ta_store *store, int64_t pair, struct ta_error *err)
{
    struct ta_query query = ta_query_once(store, SQL(DELETE FROM log WHERE pair = :pair));
    ta_query_integer(&query, ":pair", pair);
    return ta_query_run(&query, err);
}

static bool write_commit(struct ta_store *store, int64_t pair, const struct ta_logged *commit,
                         struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO log (pair, position, id, at, zone, session, subject, author)
        SELECT :pair, coalesce(max(position), 0) + 1, :id, :at, :zone, :session, :subject, :author
        FROM log WHERE pair = :pair
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_LOG_ADD, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":id", commit->id);
    ta_query_integer(&query, ":at", commit->when.instant);
    ta_query_integer(&query, ":zone", commit->when.offset);
    ta_query_integer(&query, ":session", commit->session);
    ta_query_text(&query, ":subject", commit->subject);
    ta_query_text(&query, ":author", commit->author);
    return ta_query_run(&query, err);
}

static bool write_all(struct ta_store *store, int64_t pair, const struct ta_logged *commits,
                      size_t count, struct ta_error *err)
{
    bool ok = true;
    while (ok && count-- > 0) {
        ok = write_commit(store, pair, &commits[count], err);
    }
    return ok;
}

bool ta_store_log_add(struct ta_store *store, int64_t pair, const char *from,
                      const struct ta_logged *commits, size_t count, struct ta_error *err)
{
    if (!ta_store_begin_derived(store, err)) {
        return false;
    }
    bool ok = expect_tip(store, pair, from, err) && write_all(store, pair, commits, count, err);
    return ta_store_finish_derived(store, ok, err);
}

bool ta_store_log_replace(struct ta_store *store, int64_t pair, const char *from,
                          const struct ta_logged *commits, size_t count, struct ta_error *err)
{
    if (!ta_store_begin_derived(store, err)) {
        return false;
    }
    bool ok = expect_tip(store, pair, from, err) && drop_all(store, pair, err) &&
              write_all(store, pair, commits, count, err);
    return ta_store_finish_derived(store, ok, err);
}

bool ta_store_log_above(struct ta_store *store, int64_t pair, const char *id, size_t limit,
                        bool *found, size_t *above, struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT id FROM log WHERE pair = :pair ORDER BY position DESC LIMIT :limit
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(&query, ":limit", (int64_t)limit + 1);
    *above = 0;
    *found = false;
    while (!*found && ta_query_row(&query)) {
        const char *at = ta_query_look(&query, 0);
        *found = at != NULL && strcmp(at, id) == 0;
        *above += !*found;
    }
    return ta_query_end(&query, err);
}

static void read_commit(struct ta_query *query, struct ta_logged *commit)
{
    copy_id(query, commit->id);
    commit->when.instant = ta_query_number(query, 1);
    commit->when.offset = (int)ta_query_number(query, 2);
    commit->session = (unsigned)ta_query_number(query, 3);
    commit->subject = ta_query_copy(query, 4);
    commit->author = ta_query_copy(query, 5);
}

bool ta_store_log_read(struct ta_store *store, int64_t pair, size_t skip, size_t limit,
                       void (*take)(void *data, struct ta_logged *commit), void *data,
                       struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT id, at, zone, session, subject, author FROM log
        WHERE pair = :pair ORDER BY position DESC LIMIT :limit OFFSET :skip
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(&query, ":skip", (int64_t)skip);
    ta_query_integer(&query, ":limit", limit > 0 ? (int64_t)limit : -1);
    while (ta_query_row(&query)) {
        struct ta_logged commit = {0};
        read_commit(&query, &commit);
        take(data, &commit);
    }
    return ta_query_end(&query, err);
}

bool ta_store_log_find(struct ta_store *store, int64_t pair, const char *digits, size_t *found,
                       char id[TA_COMMIT_SIZE], struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT id FROM log WHERE pair = :pair AND substr(id, 1, length(:digits)) = :digits
        ORDER BY position DESC LIMIT 2
    );
    struct ta_query query = ta_query_once(store, sql);
    *found = 0;
    id[0] = '\0';
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":digits", digits);
    while (ta_query_row(&query)) {
        if ((*found)++ == 0) {
            copy_id(&query, id);
        }
    }
    return ta_query_end(&query, err);
}
