#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "programme.h"
#include "turnabout/base/memory.h"

/* What a pair released, row by row. */

static bool write_names(struct ta_store *store, const struct ta_member *member,
                        struct ta_error *err)
{
    static const char sql[] = SQL(
        UPDATE programme_pair SET mentor = :mentor, mentee = :mentee, topic = :topic
        WHERE id = :id
          AND (mentor IS NOT :mentor OR mentee IS NOT :mentee OR topic IS NOT :topic)
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_MEMBER_NAMES, sql);
    ta_query_integer(&query, ":id", member->id);
    ta_query_text(&query, ":mentor", member->mentor);
    ta_query_text(&query, ":mentee", member->mentee);
    ta_query_text(&query, ":topic", member->topic);
    return ta_query_run(&query, err);
}

static int64_t month_of(struct ta_moment moment)
{
    struct ta_day day = ta_day_of(moment);
    return (int64_t)day.year * 100 + day.month;
}

/* The one held before it; NULL: it is the first. */
static const struct ta_released_row *before(const struct ta_released_row *sessions, size_t count,
                                            size_t which)
{
    const struct ta_released_row *found = NULL;
    for (size_t i = 0; i < count; i++) {
        bool earlier = sessions[i].held.instant < sessions[which].held.instant;
        if (earlier && (found == NULL || sessions[i].held.instant > found->held.instant)) {
            found = &sessions[i];
        }
    }
    return found;
}

static void bind_session(struct ta_query *query, const struct ta_released_row *row)
{
    ta_query_integer(query, ":session", row->session);
    ta_query_integer(query, ":held", row->held.instant);
    ta_query_integer(query, ":zone", row->held.offset);
    ta_query_integer(query, ":month", month_of(row->held));
    ta_query_integer(query, ":minutes", row->minutes);
    ta_query_integer(query, ":withheld", row->withheld);
}

static bool write_session(struct ta_store *store, int64_t pair, const struct ta_released_row *row,
                          const struct ta_released_row *earlier, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO released_session (pair, session, held, zone, month, gap, minutes, withheld)
        VALUES (:pair, :session, :held, :zone, :month, iif(:gap < 0, NULL, :gap), :minutes,
            :withheld)
        ON CONFLICT (pair, session) DO UPDATE SET held = excluded.held, zone = excluded.zone,
            month = excluded.month, gap = excluded.gap, minutes = excluded.minutes,
            withheld = excluded.withheld
        WHERE held IS NOT excluded.held OR zone IS NOT excluded.zone
           OR gap IS NOT excluded.gap OR minutes IS NOT excluded.minutes
           OR withheld IS NOT excluded.withheld
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_RELEASED_PUT, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(
        &query, ":gap",
        earlier != NULL ? ta_days_between(ta_day_of(earlier->held), ta_day_of(row->held)) : -1);
    bind_session(&query, row);
    return ta_query_run(&query, err);
}

static bool drop_session(struct ta_store *store, int64_t pair, unsigned session,
                         struct ta_error *err)
{
    static const char sql[] = SQL(
        DELETE FROM released_session WHERE pair = :pair AND session = :session
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(&query, ":session", session);
    return ta_query_run(&query, err);
}

struct gone {
    const struct ta_released_row *sessions;
    size_t count;
    unsigned *numbers; /* of rows whose session is not there any more */
    size_t number_count;
    size_t known;
};

static void note_gone(const struct ta_released_row *row, void *data)
{
    struct gone *gone = data;
    for (size_t i = 0; i < gone->count; i++) {
        if (gone->sessions[i].session == row->session) {
            return;
        }
    }
    unsigned *number = ta_append(&gone->numbers, gone->number_count, sizeof *number);
    *number = row->session;
    gone->number_count++;
}

static bool drop_gone(struct ta_store *store, int64_t pair, const struct ta_released_row *sessions,
                      size_t count, struct ta_error *err)
{
    struct gone gone = {.sessions = sessions, .count = count};
    bool ok = ta_store_released_sessions(store, pair, note_gone, &gone, err);
    for (size_t i = 0; ok && i < gone.number_count; i++) {
        ok = drop_session(store, pair, gone.numbers[i], err);
    }
    free(gone.numbers);
    return ok;
}

bool ta_store_release(struct ta_store *store, const struct ta_member *member,
                      const struct ta_released_row *sessions, size_t count, struct ta_error *err)
{
    assert(sqlite3_get_autocommit(store->database) == 0);
    bool ok = write_names(store, member, err) && ta_member_write(store, member, err) &&
              drop_gone(store, member->id, sessions, count, err);
    for (size_t i = 0; ok && i < count; i++) {
        ok = write_session(store, member->id, &sessions[i], before(sessions, count, i), err);
    }
    return ok;
}

bool ta_store_release_refused(struct ta_store *store, int64_t member, const char *tip,
                              const char *trouble, struct ta_error *err)
{
    struct ta_query said = ta_query_once(
        store, SQL(UPDATE programme_pair SET trouble = :trouble WHERE id = :id));
    ta_query_integer(&said, ":id", member);
    ta_query_text(&said, ":trouble", trouble);
    if (!ta_query_run(&said, err)) {
        return false;
    }
    struct ta_query seen = ta_query_once(store,
                                         SQL(UPDATE released_pair SET tip = :tip WHERE pair = :id));
    ta_query_integer(&seen, ":id", member);
    ta_query_text(&seen, ":tip", tip);
    return ta_query_run(&seen, err);
}

static const char stamp_setting[] = "programme-refs";

bool ta_store_begin_releases(struct ta_store *store, bool durable, struct ta_error *err)
{
    return durable ? ta_store_begin(store, err) : ta_store_begin_derived(store, err);
}

bool ta_store_end_releases(struct ta_store *store, bool durable, bool ok, const char *stamp,
                           struct ta_error *err)
{
    ok = ok && (stamp == NULL || ta_store_write_setting(store, stamp_setting, stamp, err));
    return durable ? ta_store_finish(store, ok, err) : ta_store_finish_derived(store, ok, err);
}

bool ta_store_releases_stamp(struct ta_store *store, char **stamp, struct ta_error *err)
{
    return ta_store_setting(store, stamp_setting, stamp, err);
}

bool ta_store_forget_releases(struct ta_store *store, struct ta_error *err)
{
    static const char sql[] = SQL(
        DELETE FROM released_session;
        UPDATE released_pair SET tip = substr('-', 1, 0), taken = substr('-', 1, 0), released = 0, contract = 0, held = 0, moved = 0,
            cancelled_mentor = 0, cancelled_mentee = 0, cancelled_other = 0;
        DELETE FROM programme_figure;
        UPDATE released_pair SET missing = (SELECT trouble IS NOT NULL OR fetched = 0
            FROM programme_pair WHERE id = pair);
        DELETE FROM programme_figure;
        INSERT INTO programme_figure (kind, key, count)
            SELECT 0, 0, count(*) FROM released_pair
            UNION ALL SELECT 8, 0, count(*) FROM released_pair WHERE missing
            UNION ALL SELECT 9, 0, count(*) FROM released_pair WHERE NOT missing;
        DELETE FROM setting WHERE name = 'programme-refs';
    );
    return ta_store_begin_derived(store, err) &&
           ta_store_finish_derived(store, ta_store_run(store, sql, err), err);
}

bool ta_store_released_sessions(struct ta_store *store, int64_t member,
                                void (*visit)(const struct ta_released_row *row, void *data),
                                void *data, struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT session, held, zone, minutes, withheld FROM released_session
        WHERE pair = :pair ORDER BY session
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_RELEASED, sql);
    ta_query_integer(&query, ":pair", member);
    while (ta_query_row(&query)) {
        struct ta_released_row row = {
            .session = (unsigned)ta_query_number(&query, 0),
            .held = {.instant = ta_query_number(&query, 1),
                     .offset = (int)ta_query_number(&query, 2)},
            .minutes = (unsigned)ta_query_number(&query, 3),
            .withheld = ta_query_number(&query, 4) != 0,
        };
        visit(&row, data);
    }
    return ta_query_end(&query, err);
}

bool ta_store_figures(struct ta_store *store,
                      void (*visit)(enum ta_figure_kind kind, int64_t key, int64_t count,
                                    void *data),
                      void *data, struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT kind, key, count FROM programme_figure WHERE count <> 0 AND key >= 0 ORDER BY kind, key
    );
    struct ta_query query = ta_query_once(store, sql);
    while (ta_query_row(&query)) {
        int64_t kind = ta_query_number(&query, 0);
        if (kind >= 0 && kind < TA_FIGURE_KINDS) {
            visit((enum ta_figure_kind)kind, ta_query_number(&query, 1), ta_query_number(&query, 2),
                  data);
        }
    }
    return ta_query_end(&query, err);
}
