#include "turnabout/store/ratings.h"

#include "internal.h"

static void statement_names(const char *names[TA_STATEMENTS])
{
    for (enum ta_statement statement = 0; statement < TA_STATEMENTS; statement++) {
        names[statement] = ta_statement_facts(statement)->name;
    }
}

bool ta_store_ratings(struct ta_store *store, int64_t pair, enum ta_role role,
                      struct ta_ratings *ratings, struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT session, statement, value FROM rating
        WHERE pair = :pair AND role = :role ORDER BY session
    );
    const char *names[TA_STATEMENTS];
    statement_names(names);
    *ratings = (struct ta_ratings){0};
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_text(&query, ":role", ta_role_name(role));
    while (ta_query_row(&query)) {
        unsigned session = (unsigned)ta_query_number(&query, 0);
        int value = (int)ta_query_number(&query, 2);
        int statement = ta_query_word(&query, 1, names, TA_STATEMENTS);
        ta_ratings_put(ratings, session, (enum ta_statement)statement, value);
    }
    bool ok = ta_query_end(&query, err);
    if (!ok) {
        ta_ratings_release(ratings);
    }
    return ok;
}

static void bind_place(struct ta_query *query, int64_t pair, enum ta_role role, unsigned session,
                       enum ta_statement statement)
{
    ta_query_integer(query, ":pair", pair);
    ta_query_text(query, ":role", ta_role_name(role));
    ta_query_integer(query, ":session", session);
    ta_query_text(query, ":statement", ta_statement_facts(statement)->name);
}

static bool put(struct ta_store *store, int64_t pair, enum ta_role role, unsigned session,
                enum ta_statement statement, int value, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO rating (pair, role, session, statement, value)
        VALUES (:pair, :role, :session, :statement, :value)
        ON CONFLICT (pair, role, session, statement) DO UPDATE SET value = excluded.value
    );
    struct ta_query query = ta_query_once(store, sql);
    bind_place(&query, pair, role, session, statement);
    ta_query_integer(&query, ":value", value);
    return ta_query_run(&query, err);
}

static bool take_back(struct ta_store *store, int64_t pair, enum ta_role role, unsigned session,
                      enum ta_statement statement, struct ta_error *err)
{
    static const char sql[] = SQL(
        DELETE FROM rating WHERE pair = :pair AND role = :role AND session = :session
            AND statement = :statement
    );
    struct ta_query query = ta_query_once(store, sql);
    bind_place(&query, pair, role, session, statement);
    return ta_query_run(&query, err);
}

static bool put_all(struct ta_store *store, int64_t pair, enum ta_role role,
                    const struct ta_rating *rating, struct ta_error *err)
{
    bool ok = true;
    for (enum ta_statement statement = 0; ok && statement < TA_STATEMENTS; statement++) {
        int value = rating->value[statement];
        ok = value == TA_RATING_SKIPPED
                 ? take_back(store, pair, role, rating->session, statement, err)
                 : put(store, pair, role, rating->session, statement, value, err);
    }
    return ok;
}

bool ta_store_ratings_put(struct ta_store *store, int64_t pair, enum ta_role role,
                          const struct ta_rating *rating, struct ta_error *err)
{
    return ta_store_begin(store, err) &&
           ta_store_finish(store, put_all(store, pair, role, rating, err), err);
}
