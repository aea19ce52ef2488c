#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "internal.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

enum {
    WAIT_MILLISECONDS = 5000,
    /* A checkpoint costs two more flushes. The log is carried over when the last connection closes;
       an open program does so only when 16 MiB of it have come together, over a thousand notes. */
    LOG_PAGES = 4096,
    LOG_BYTES_AT_OPEN = 4 * 1024 * 1024,
};

/* What is deleted is overwritten, for it may be what is mine. Only a writer needs these, so the
   first screen does not wait for them. */
static const char writing[] = SQL(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
);

bool ta_store_run(struct ta_store *store, const char *sql, struct ta_error *err)
{
    int result = sqlite3_exec(store->database, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || ta_store_fail(store, result, err);
}

static bool prepare_to_write(struct ta_store *store, struct ta_error *err)
{
    store->may_write = ta_store_run(store, writing, err);
    return store->may_write;
}

/* Should even this fail, nothing is written until a writer's settings could be made again. */
static void end_derived(struct ta_store *store)
{
    (void)sqlite3_wal_autocheckpoint(store->database, LOG_PAGES);
    store->may_write = ta_store_run(store, SQL(PRAGMA synchronous = FULL), NULL);
}

bool ta_store_begin(struct ta_store *store, struct ta_error *err)
{
    assert(store->readings == 0);
    if (!store->may_write && !prepare_to_write(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_kept(store, TA_KEPT_BEGIN, SQL(BEGIN IMMEDIATE));
    return ta_query_run(&query, err);
}

bool ta_store_finish(struct ta_store *store, bool ok, struct ta_error *err)
{
    if (ok) {
        struct ta_query query = ta_query_kept(store, TA_KEPT_COMMIT, SQL(COMMIT));
        ok = ta_query_run(&query, err);
    }
    /* SQLite has already taken some failures back itself. */
    if (!ok && sqlite3_get_autocommit(store->database) == 0) {
        (void)ta_store_run(store, SQL(ROLLBACK), NULL);
    }
    /* Only now is it there for others to read. */
    if (ok && !store->is_quiet) {
        ta_bell_ring(store);
    }
    store->is_quiet = false;
    return ok;
}

/* No checkpoint meanwhile: it would not be flushed either, and it moves what others wrote. */
bool ta_store_begin_derived(struct ta_store *store, struct ta_error *err)
{
    if (!store->may_write && !prepare_to_write(store, err)) {
        return false;
    }
    (void)sqlite3_wal_autocheckpoint(store->database, 0);
    if (ta_store_run(store, SQL(PRAGMA synchronous = OFF), err) && ta_store_begin(store, err)) {
        return true;
    }
    end_derived(store);
    return false;
}

bool ta_store_finish_derived(struct ta_store *store, bool ok, struct ta_error *err)
{
    ok = ta_store_finish(store, ok, err);
    end_derived(store);
    return ok;
}

bool ta_store_begin_reading(struct ta_store *store, struct ta_error *err)
{
    if (store->readings == 0) {
        struct ta_query query = ta_query_kept(store, TA_KEPT_BEGIN_READING, SQL(BEGIN));
        if (!ta_query_run(&query, err)) {
            return false;
        }
    }
    store->readings++;
    return true;
}

void ta_store_end_reading(struct ta_store *store)
{
    assert(store->readings > 0);
    if (--store->readings == 0) {
        store->is_quiet = true;
        (void)ta_store_finish(store, true, NULL);
    }
}

bool ta_store_has_changed(const struct ta_store *store)
{
    return sqlite3_changes(store->database) > 0;
}

static int open_database(struct ta_store *store, const char *name, int flags)
{
    /* No pages in store: the first screen reads fewer than the twenty that would be made ready. It
       is refused, and does not matter, when another connection was there before. */
    (void)sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)NULL, 0, 0);
    /* Nobody asks how much memory it uses, and counting takes a lock each time. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int result = sqlite3_open_v2(name, &store->database,
                                 flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (store->database == NULL) {
        abort();
    }
    return result;
}

bool ta_store_connect(struct ta_store **store, const char *path, struct ta_error *err)
{
    struct ta_store *made = ta_allocate(1, sizeof *made);
    made->path = ta_copy(path);
    int result = open_database(made, path, SQLITE_OPEN_READWRITE);
    if (result != SQLITE_OK) {
        (void)ta_store_fail(made, result, err);
        ta_store_close(made);
        return false;
    }
    (void)sqlite3_busy_timeout(made->database, WAIT_MILLISECONDS);
    (void)sqlite3_wal_autocheckpoint(made->database, LOG_PAGES);
    (void)sqlite3_db_config(made->database, SQLITE_DBCONFIG_ENABLE_FKEY, 1, (int *)NULL);
    *store = made;
    return true;
}

/* The size of the log beside the database; -1 when there is none. */
static off_t log_size(const char *path)
{
    struct ta_text name = {0};
    struct stat status;
    ta_text_addf(&name, "%s-wal", path);
    off_t size = stat(name.bytes, &status) == 0 ? status.st_size : -1;
    ta_text_release(&name);
    return size;
}

/* `log` was looked for before the database is: whoever makes a database has it there first. */
static bool ensure_file(const char *path, const struct ta_schema *wanted, off_t log,
                        struct ta_error *err)
{
    struct stat status;
    if (stat(path, &status) == 0) {
        return status.st_size > 0 ||
               ta_fail(err, TA_DAMAGED,
                       "%s is empty, which no database of Turnabout ever is: put a backup in its "
                       "place, or move it away to begin anew.",
                       path);
    }
    if (errno != ENOENT) {
        return ta_fail(err, TA_SYSTEM, "%s cannot be opened (%s): see to the permissions.", path,
                       strerror(errno));
    }
    if (log > 0) {
        return ta_fail(
            err, TA_DAMAGED,
            "%s is gone, but its log %s-wal is still there: put the database back beside "
            "it, or move the log away to begin anew.",
            path, path);
    }
    return ta_schema_create(path, wanted, err);
}

static bool open_with(struct ta_store **store, const char *path, const struct ta_schema *wanted,
                      struct ta_error *err)
{
    struct ta_store *made = NULL;
    off_t log = log_size(path);
    *store = NULL;
    if (!ensure_file(path, wanted, log, err) || !ta_store_connect(&made, path, err)) {
        return false;
    }
    if (!ta_schema_update(made, wanted, err)) {
        ta_store_close(made);
        return false;
    }
    if (log > LOG_BYTES_AT_OPEN) {
        (void)sqlite3_wal_checkpoint_v2(made->database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
                                        NULL);
    }
    *store = made;
    return true;
}

bool ta_store_open(struct ta_store **store, const char *path, struct ta_error *err)
{
    return open_with(store, path, &ta_pairs_schema, err);
}

bool ta_store_open_programme(struct ta_store **store, const char *path, struct ta_error *err)
{
    return open_with(store, path, &ta_programme_schema, err);
}

/* Opens it by this name and sees whether its tables are today's. */
static bool peek_at(struct ta_store **store, const char *name, int flags)
{
    struct ta_store *made = ta_allocate(1, sizeof *made);
    made->path = ta_copy(name);
    if (open_database(made, name, SQLITE_OPEN_READONLY | flags) != SQLITE_OK ||
        !ta_schema_is_current(made)) {
        ta_store_close(made);
        return false;
    }
    *store = made;
    return true;
}

/* "file:...?immutable=1", with what means something in a URI written as its number. */
static char *immutable_uri(const char *path)
{
    struct ta_text uri = {0};
    ta_text_add(&uri, "file:");
    for (const char *at = path; *at != '\0'; at++) {
        if (strchr("%?#", *at) != NULL) {
            ta_text_addf(&uri, "%%%02X", (unsigned)*at);
        } else {
            ta_text_add_bytes(&uri, at, 1);
        }
    }
    ta_text_add(&uri, "?immutable=1");
    return ta_text_take(&uri);
}

bool ta_store_peek(struct ta_store **store, const char *path)
{
    *store = NULL;
    struct stat status;
    if (stat(path, &status) != 0 || status.st_size == 0) {
        return false;
    }
    if (peek_at(store, path, 0)) {
        return true;
    }
    if (log_size(path) > 0) {
        return false;
    }
    char *uri = immutable_uri(path);
    bool ok = peek_at(store, uri, SQLITE_OPEN_URI);
    free(uri);
    return ok;
}

void ta_store_close(struct ta_store *store)
{
    if (store == NULL) {
        return;
    }
    ta_bell_take_down(store);
    for (size_t i = 0; i < TA_KEPT_COUNT; i++) {
        (void)sqlite3_finalize(store->kept[i]);
    }
    (void)sqlite3_close(store->database);
    free(store->path);
    free(store);
}

bool ta_store_setting(struct ta_store *store, const char *name, char **value, struct ta_error *err)
{
    *value = NULL;
    struct ta_query query = ta_query_once(store, SQL(SELECT value FROM setting WHERE name = :name));
    ta_query_text(&query, ":name", name);
    if (ta_query_row(&query)) {
        *value = ta_query_copy(&query, 0);
    }
    return ta_query_end(&query, err);
}

bool ta_store_write_setting(struct ta_store *store, const char *name, const char *value,
                            struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO setting (name, value) VALUES (:name, :value)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_text(&query, ":name", name);
    ta_query_text(&query, ":value", value);
    return ta_query_run(&query, err);
}

bool ta_store_set_setting(struct ta_store *store, const char *name, const char *value,
                          struct ta_error *err)
{
    return ta_store_begin(store, err) &&
           ta_store_finish(store, ta_store_write_setting(store, name, value, err), err);
}
