#include "entries.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"
#include "turnabout/base/words.h"

/* To be raised with every change of the tables, of what a word is, or of which day an entry is. */
enum { VERSION = 3, CACHE_KIBIBYTES = 16384 };

static const char tables[] = SQL(
    CREATE TABLE source (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        names TEXT NOT NULL,
        ours INTEGER NOT NULL,
        tip TEXT NOT NULL
    ) STRICT;
    CREATE TABLE paper (
        id INTEGER PRIMARY KEY,
        source INTEGER NOT NULL,
        path TEXT NOT NULL,
        digest INTEGER NOT NULL,
        runs TEXT NOT NULL
    ) STRICT;
    CREATE INDEX papers ON paper (source);
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        paper INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        session INTEGER NOT NULL,
        line INTEGER NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE TABLE mark (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT;
);

static const char words[] = "CREATE VIRTUAL TABLE words USING fts5("
                            "text, content='', columnsize=0, tokenize='turnabout')";

/* Days */

static const struct ta_day first_day = {2000, 1, 1};

int64_t ta_search_day_id(struct ta_day day)
{
    int days = day.year > 0 ? ta_days_between(first_day, day) : 0;
    return (int64_t)(days > 0 ? days : 0) << TA_IDS_OF_A_DAY_BITS;
}

struct ta_day ta_search_id_day(int64_t id)
{
    int days = (int)(id >> TA_IDS_OF_A_DAY_BITS);
    return days > 0 ? ta_day_add(first_day, days) : (struct ta_day){0};
}

/* The tokenizer */

struct tokenizer {
    struct ta_text folded;
};

static int make_tokenizer(void *context, const char **arguments, int count, Fts5Tokenizer **made)
{
    (void)context;
    (void)arguments;
    (void)count;
    *made = (Fts5Tokenizer *)ta_allocate(1, sizeof(struct tokenizer));
    return SQLITE_OK;
}

static void free_tokenizer(Fts5Tokenizer *made)
{
    struct tokenizer *tokenizer = (struct tokenizer *)made;
    ta_text_release(&tokenizer->folded);
    free(tokenizer);
}

/* A tag up to the next blank, as it is. */
static bool take_tag(struct ta_piece *rest, struct ta_piece *tag)
{
    if (rest->length == 0 || *rest->at != TA_TAG) {
        return false;
    }
    const char *end = memchr(rest->at, ' ', rest->length);
    size_t length = end ? (size_t)(end - rest->at) : rest->length;
    size_t taken = end ? length + 1 : length;
    *tag = (struct ta_piece){rest->at, length};
    *rest = (struct ta_piece){rest->at + taken, rest->length - taken};
    return true;
}

static int tokenize(Fts5Tokenizer *made, void *context, int flags, const char *text, int length,
                    int (*take)(void *, int, const char *, int, int, int))
{
    (void)flags;
    struct ta_text *folded = &((struct tokenizer *)made)->folded;
    struct ta_piece rest = {text, (size_t)length};
    struct ta_piece word;
    int result = SQLITE_OK;
    while (result == SQLITE_OK && take_tag(&rest, &word)) {
        result = take(context, 0, word.at, (int)word.length, 0, 0);
    }
    while (result == SQLITE_OK && ta_next_word(&rest, &word)) {
        int from = (int)(word.at - text);
        ta_text_clear(folded);
        ta_fold(folded, word.at, word.length);
        result = take(context, 0, folded->bytes, (int)folded->length, from,
                      from + (int)word.length);
    }
    return result;
}

static bool register_tokenizer(struct ta_store *store, struct ta_error *err)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    fts5_tokenizer ours = {make_tokenizer, free_tokenizer, tokenize};
    if (sqlite3_prepare_v2(store->database, SQL(SELECT fts5(?1)), -1, &statement, NULL) ==
                           SQLITE_OK) {
        (void)sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
        (void)sqlite3_step(statement);
    }
    (void)sqlite3_finalize(statement);
    return (api && api->xCreateTokenizer(api, "turnabout", NULL, &ours, NULL) == SQLITE_OK) ||
           ta_fail(err, TA_SYSTEM,
                   "SQLite here was built without full-text search (FTS5): there is no search.");
}

/* Opening */

static bool make_file(const char *path, struct ta_error *err)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) {
        return ta_fail(err, TA_SYSTEM, "%s cannot be made: %s; see to its folder's permissions.",
                       path, strerror(errno));
    }
    (void)close(file);
    return true;
}

/* Not flushed but when the log is carried over: after a power failure it is an older one. */
static const char settings[] = SQL(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
);

static bool read_version(struct ta_store *store, int64_t *version, struct ta_error *err)
{
    struct ta_query query = ta_query_once(store, SQL(PRAGMA user_version));
    *version = ta_query_row(&query) ? ta_query_number(&query, 0) : 0;
    return ta_query_end(&query, err);
}

static bool make_tables(struct ta_store *store, struct ta_error *err)
{
    struct ta_text sql = {0};
    int64_t version = 0;
    ta_text_addf(&sql, SQL(PRAGMA user_version = %d), VERSION);
    bool ok = ta_store_begin(store, err);
    store->is_quiet = true;
    ok = ok && read_version(store, &version, err) &&
         (version == VERSION ||
          (ta_store_run(store, tables, err) && ta_store_run(store, words, err) &&
           ta_store_run(store, sql.bytes, err)));
    ok = ta_store_finish(store, ok, err);
    ta_text_release(&sql);
    return ok;
}

/* One of another version counts as damaged: it is made anew. */
static bool prepare(struct ta_store *store, struct ta_error *err)
{
    int64_t version = 0;
    struct ta_text cache = {0};
    ta_text_addf(&cache, SQL(PRAGMA cache_size = -%d), CACHE_KIBIBYTES);
    bool ok = register_tokenizer(store, err) && ta_store_run(store, settings, err) &&
              ta_store_run(store, cache.bytes, err) && read_version(store, &version, err);
    ta_text_release(&cache);
    store->may_write = true;
    return ok && (version == VERSION || (version == 0 && make_tables(store, err)) ||
                  (version != 0 && ta_fail(err, TA_DAMAGED, "The search index is of version %lld.",
                                           (long long)version)));
}

static bool connect(struct ta_search *search, struct ta_error *err)
{
    if (!make_file(search->path, err) || !ta_store_connect(&search->store, search->path, err)) {
        return false;
    }
    if (!prepare(search->store, err)) {
        ta_store_close(search->store);
        search->store = NULL;
        return false;
    }
    return true;
}

static void throw_away(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct ta_text name = {0};
        ta_text_addf(&name, "%s%s", path, endings[i]);
        (void)unlink(name.bytes);
        ta_text_release(&name);
    }
}

bool ta_search_open(struct ta_search **search, const char *path, struct ta_error *err)
{
    struct ta_error refusal = {0};
    struct ta_search *made = ta_allocate(1, sizeof *made);
    made->path = ta_copy(path);
    *search = made;
    if (connect(made, &refusal)) {
        return true;
    }
    if (refusal.code == TA_DAMAGED) {
        return ta_search_renew(search, err);
    }
    ta_search_close(made);
    *search = NULL;
    return ta_fail(err, refusal.code, "%s", refusal.text);
}

bool ta_search_renew(struct ta_search **search, struct ta_error *err)
{
    struct ta_search *renewed = *search;
    ta_store_close(renewed->store);
    renewed->store = NULL;
    throw_away(renewed->path);
    if (connect(renewed, err)) {
        return true;
    }
    ta_search_close(renewed);
    *search = NULL;
    return false;
}

void ta_search_forget_pending(struct ta_search *search)
{
    for (size_t i = 0; i < search->pending_count; i++) {
        free(search->pending[i].text);
    }
    free(search->pending);
    search->pending = NULL;
    search->pending_count = 0;
}

void ta_search_close(struct ta_search *search)
{
    if (search) {
        ta_search_forget_pending(search);
        ta_store_close(search->store);
        free(search->path);
        free(search);
    }
}
