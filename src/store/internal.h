/**
 * What the files of this layer share: the connection, its transactions, and the one way to ask.
 *
 * A query remembers the first thing that went wrong and does nothing from then on, so that binding,
 * stepping and reading need no checks; ta_query_end() tells. A complete one:
 *
 *     struct ta_query query = ta_query_once(store, SQL(SELECT topic FROM pair WHERE slug = :slug));
 *     ta_query_text(&query, ":slug", slug);
 *     if (ta_query_row(&query)) {
 *         topic = ta_query_copy(&query, 0);
 *     }
 *     return ta_query_end(&query, err);
 */
#ifndef TURNABOUT_STORE_INTERNAL_H
#define TURNABOUT_STORE_INTERNAL_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/store/store.h"

/** SQL written as SQL. Names and numbers only, and words in single quotes; C comments vanish. */
#define SQL(...) #__VA_ARGS__

/** Statements that are prepared once a connection: those between a key and its effect, and those
 * that the first screen asks again and again. */
enum ta_kept {
    TA_KEPT_BEGIN,
    TA_KEPT_BEGIN_READING,
    TA_KEPT_COMMIT,
    TA_KEPT_DOCUMENT,
    TA_KEPT_DRAFT,
    TA_KEPT_DRAFT_PUT,
    TA_KEPT_DRAFT_DROP,
    TA_KEPT_INDEX_TIP,
    TA_KEPT_INDEX_TIP_PUT,
    TA_KEPT_DOCUMENT_PUT,
    TA_KEPT_DOCUMENT_DROP,
    TA_KEPT_SITTING,
    TA_KEPT_SITTING_TOUCH,
    TA_KEPT_SITTING_CHANGE,
    TA_KEPT_EVENTS,
    TA_KEPT_EVENT_ADD,
    TA_KEPT_NOTES,
    TA_KEPT_NOTE_PLACE,
    TA_KEPT_NOTE_ADD,
    TA_KEPT_LOG_ADD,
    TA_KEPT_MEMBER,
    TA_KEPT_MEMBER_PUT,
    TA_KEPT_MEMBER_NAMES,
    TA_KEPT_RELEASED,
    TA_KEPT_RELEASED_PUT,
    TA_KEPT_SEARCH_SOURCE,
    TA_KEPT_SEARCH_PAPER_ADD,
    TA_KEPT_SEARCH_ADD,
    TA_KEPT_SEARCH_LAST,
    TA_KEPT_SEARCH_PAPER,
    TA_KEPT_REMOTES,
    TA_KEPT_COUNT
};

/** Where other processes ring when they have changed something. */
struct ta_bell {
    int socket;
    char name[17]; /**< of the socket's file */
};

struct ta_store {
    sqlite3 *database;
    char *path; /**< for the sentences of errors */
    sqlite3_stmt *kept[TA_KEPT_COUNT];
    bool may_write;              /**< a writer's settings were made */
    unsigned readings;           /**< that were begun and have not ended */
    bool is_quiet;               /**< what is committed next concerns nobody else: no bell */
    struct ta_bell *bell;        /**< NULL: nobody listens here */
    const struct ta_store *rung; /**< whose bells its changes ring; NULL: its own */
};

struct ta_query {
    struct ta_store *store;
    sqlite3_stmt *statement; /**< NULL when it could not be prepared */
    int result;              /**< SQLite's, of the first thing that failed, else of the last step */
    bool is_kept;
};

/**
 * ta_store_begin() for what is derived and can be made anew: it is not flushed, and after a power
 * failure it may be gone, with nothing before it lost. End it with ta_store_finish_derived().
 */
bool ta_store_begin_derived(struct ta_store *store, struct ta_error *err);
bool ta_store_finish_derived(struct ta_store *store, bool ok, struct ta_error *err);

struct ta_query ta_query_once(struct ta_store *store, const char *sql);
struct ta_query ta_query_kept(struct ta_store *store, enum ta_kept which, const char *sql);
/** The text is not copied: it stays until the query ends. NULL is NULL. */
void ta_query_text(struct ta_query *query, const char *name, const char *value);
void ta_query_integer(struct ta_query *query, const char *name, int64_t value);
/** Steps; true when there is a row to read. */
bool ta_query_row(struct ta_query *query);
int64_t ta_query_number(struct ta_query *query, int column);
/** Until the next step; NULL for NULL. */
const char *ta_query_look(struct ta_query *query, int column);
/** NULL for NULL; free(). */
char *ta_query_copy(struct ta_query *query, int column);
double ta_query_real(struct ta_query *query, int column);
/** The index of the word in the column; one that is not among `words` counts as damage. */
int ta_query_word(struct ta_query *query, int column, const char *const *words, int count);
/** Makes it ready to be bound and stepped through once more. False when anything in it failed. */
bool ta_query_again(struct ta_query *query);
/** Ends the query in every case; false when anything in it failed. */
bool ta_query_end(struct ta_query *query, struct ta_error *err);
/** Steps through a query without rows of interest, and ends it. */
bool ta_query_run(struct ta_query *query, struct ta_error *err);

/** Runs statements that take no parameters and give no rows. */
bool ta_store_run(struct ta_store *store, const char *sql, struct ta_error *err);
/** A transaction that may write: waits for another writer here, never later. */
bool ta_store_begin(struct ta_store *store, struct ta_error *err);
/** Within a transaction; ta_store_set_setting() is one of its own. */
bool ta_store_write_setting(struct ta_store *store, const char *name, const char *value,
                            struct ta_error *err);
/** Commits when all went well so far, else takes everything back. True: it is durable. */
bool ta_store_finish(struct ta_store *store, bool ok, struct ta_error *err);
/** Rings wherever another process, or another store of this one, listens. Never waits. */
void ta_bell_ring(const struct ta_store *changed);
void ta_bell_take_down(struct ta_store *store);
/** Whether the last statement changed a row. */
bool ta_store_has_changed(const struct ta_store *store);
/** SQLite's result as a code and a sentence: the only place that knows both. */
bool ta_store_fail(const struct ta_store *store, int result, struct ta_error *err);

/** Only the connection to a file that stands there, without a look at what is in it. */
bool ta_store_connect(struct ta_store **store, const char *path, struct ta_error *err);

/** What a database's tables are, and how they came to be. */
struct ta_schema {
    const char *const *steps; /**< the first makes the tables as they were first published */
    int count;
};
extern const struct ta_schema ta_pairs_schema;
extern const struct ta_schema ta_programme_schema;

/** Makes a database with today's schema, so that `path` is either absent or whole. */
bool ta_schema_create(const char *path, const struct ta_schema *wanted, struct ta_error *err);
/** Whether it has the tables of pairs as they are today. */
bool ta_schema_is_current(struct ta_store *store);
/** Brings the schema up to date. */
bool ta_schema_update(struct ta_store *store, const struct ta_schema *wanted, struct ta_error *err);
/** The same for any steps: `steps[n]` takes version n to n + 1; all of them or none. */
bool ta_schema_migrate(struct ta_store *store, const char *const *steps, int count,
                       struct ta_error *err);

/** Drops a draft within a transaction that is open. */
bool ta_draft_drop_within(struct ta_store *store, int64_t pair, const char *name,
                          struct ta_error *err);

#endif
