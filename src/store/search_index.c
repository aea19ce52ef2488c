#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "search.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"
#include "turnabout/base/words.h"
#include "turnabout/document/excerpts.h"

/* To be raised with every change of the tables, or of what a word is. */
enum { VERSION = 1, CACHE_KIBIBYTES = 16384 };

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
        digest INTEGER NOT NULL
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
    CREATE INDEX entries ON entry (paper);
);

/* What is asked for beside the words (tags) is a column of them: "p17 s3 k0 o". */
static const char words[] = "CREATE VIRTUAL TABLE words USING fts5("
                            "text, tags, content='', columnsize=0, tokenize='turnabout')";

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

static int tokenize(Fts5Tokenizer *made, void *context, int flags, const char *text, int length,
                    int (*take)(void *, int, const char *, int, int, int))
{
    (void)flags;
    struct ta_text *folded = &((struct tokenizer *)made)->folded;
    struct ta_piece rest = {text, (size_t)length};
    struct ta_piece word;
    int result = SQLITE_OK;
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

static void release_pending(struct ta_search *search)
{
    for (size_t i = 0; i < search->pending_count; i++) {
        free(search->pending[i].text);
        free(search->pending[i].tags);
    }
    free(search->pending);
    search->pending = NULL;
    search->pending_count = 0;
}

void ta_search_close(struct ta_search *search)
{
    if (search) {
        release_pending(search);
        ta_store_close(search->store);
        free(search->path);
        free(search);
    }
}

/* Words */

static void say_tags(struct ta_text *out, int64_t source, int64_t session, int64_t kind, bool ours)
{
    ta_text_clear(out);
    ta_text_addf(out, "p%lld s%lld k%lld%s", (long long)source, (long long)session, (long long)kind,
                 ours ? " o" : "");
}

static int by_id(const void *one, const void *other)
{
    const struct ta_pending *first = one;
    const struct ta_pending *second = other;
    if (first->id != second->id) {
        return first->id < second->id ? -1 : 1;
    }
    return (first->text == NULL) - (second->text == NULL); /* goes before another comes */
}

static bool erase(struct ta_query *query, const struct ta_pending *pending)
{
    ta_query_integer(query, ":id", pending->id);
    ta_query_text(query, ":text", pending->text);
    ta_query_text(query, ":tags", pending->tags);
    (void)ta_query_row(query);
    return ta_query_again(query);
}

static bool write_words(struct ta_query *read, struct ta_query *put, struct ta_text *tags,
                        int64_t id)
{
    ta_query_integer(read, ":id", id);
    if (!ta_query_row(read)) {
        return ta_query_again(read);
    }
    say_tags(tags, ta_query_number(read, 1), ta_query_number(read, 2), ta_query_number(read, 3),
             ta_query_number(read, 4) != 0);
    ta_query_integer(put, ":id", id);
    ta_query_text(put, ":text", ta_query_look(read, 0));
    ta_query_text(put, ":tags", tags->bytes);
    (void)ta_query_row(put);
    return ta_query_again(put) && ta_query_again(read);
}

static bool write_pending(struct ta_search *search, struct ta_error *err)
{
    static const char read_sql[] = SQL(
        SELECT text, source.id, session, kind, ours FROM entry
        JOIN paper ON paper.id = entry.paper JOIN source ON source.id = paper.source
        WHERE entry.id = :id
    );
    static const char put_sql[] = SQL(INSERT INTO words (rowid, text, tags) VALUES (:id, :text, :tags));
    static const char erase_sql[] = SQL(
        INSERT INTO words (words, rowid, text, tags) VALUES ('delete', :id, :text, :tags)
    );
    struct ta_query read = ta_query_once(search->store, read_sql);
    struct ta_query put = ta_query_once(search->store, put_sql);
    struct ta_query gone = ta_query_once(search->store, erase_sql);
    struct ta_text tags = {0};
    bool ok = true;
    if (search->pending_count > 0) {
        qsort(search->pending, search->pending_count, sizeof *search->pending, by_id);
    }
    for (size_t i = 0; ok && i < search->pending_count; i++) {
        const struct ta_pending *pending = &search->pending[i];
        ok = pending->text ? erase(&gone, pending) : write_words(&read, &put, &tags, pending->id);
    }
    ta_text_release(&tags);
    ok = ta_query_end(&read, err) && ok;
    ok = ta_query_end(&put, err) && ok;
    return ta_query_end(&gone, err) && ok;
}

bool ta_search_begin(struct ta_search *search, struct ta_error *err)
{
    return ta_store_begin(search->store, err);
}

bool ta_search_finish(struct ta_search *search, bool ok, struct ta_error *err)
{
    ok = ok && write_pending(search, err);
    release_pending(search);
    search->store->is_quiet = true;
    return ta_store_finish(search->store, ok, err);
}

/* Papers */

bool ta_search_tip(struct ta_search *search, const char *key, char tip[TA_COMMIT_SIZE],
                   struct ta_error *err)
{
    struct ta_query query = ta_query_once(search->store,
                                          SQL(SELECT tip FROM source WHERE key = :key));
    tip[0] = '\0';
    ta_query_text(&query, ":key", key);
    if (ta_query_row(&query)) {
        strncat(tip, ta_query_look(&query, 0), TA_COMMIT_SIZE - 1);
    }
    return ta_query_end(&query, err);
}

/* FNV-1a: to tell whether a paper is as it was. */
static int64_t digest_of(const char *text)
{
    uint64_t digest = 0xcbf29ce484222325U;
    for (const char *at = text; *at != '\0'; at++) {
        digest = (digest ^ (unsigned char)*at) * 0x100000001b3U;
    }
    return (int64_t)digest;
}

struct known_paper {
    int64_t id, digest;
    char *path;
    bool seen;
};

struct known_papers {
    struct known_paper *items;
    size_t count;
};

static bool read_papers(struct ta_search *search, int64_t source, struct known_papers *known,
                        struct ta_error *err)
{
    struct ta_query query = ta_query_once(
        search->store, SQL(SELECT id, digest, path FROM paper WHERE source = :source));
    ta_query_integer(&query, ":source", source);
    while (ta_query_row(&query)) {
        struct known_paper *paper = ta_append(&known->items, known->count++, sizeof *known->items);
        *paper = (struct known_paper){ta_query_number(&query, 0), ta_query_number(&query, 1),
                                      ta_query_copy(&query, 2), false};
    }
    return ta_query_end(&query, err);
}

static int by_path(const void *one, const void *other)
{
    return strcmp(((const struct known_paper *)one)->path,
                  ((const struct known_paper *)other)->path);
}

static struct known_paper *find_paper(const struct known_papers *known, const char *path)
{
    struct known_paper wanted = {.path = (char *)path};
    return known->count > 0
               ? bsearch(&wanted, known->items, known->count, sizeof *known->items, by_path)
               : NULL;
}

static void release_papers(struct known_papers *known)
{
    for (size_t i = 0; i < known->count; i++) {
        free(known->items[i].path);
    }
    free(known->items);
}

static bool drop_entries(struct ta_search *search, const struct ta_search_source *source,
                         int64_t source_id, int64_t paper, struct ta_error *err)
{
    struct ta_query query = ta_query_kept(
        search->store, TA_KEPT_SEARCH_ENTRIES,
        SQL(SELECT id, text, session, kind FROM entry WHERE paper = :paper));
    struct ta_text tags = {0};
    ta_query_integer(&query, ":paper", paper);
    while (ta_query_row(&query)) {
        struct ta_pending *pending = ta_append(&search->pending, search->pending_count++,
                                               sizeof *search->pending);
        say_tags(&tags, source_id, ta_query_number(&query, 2), ta_query_number(&query, 3),
                 source->ours);
        *pending = (struct ta_pending){ta_query_number(&query, 0), ta_query_copy(&query, 1),
                                       ta_copy(tags.bytes)};
    }
    ta_text_release(&tags);
    if (!ta_query_end(&query, err)) {
        return false;
    }
    struct ta_query drop = ta_query_kept(search->store, TA_KEPT_SEARCH_DROP,
                                         SQL(DELETE FROM entry WHERE paper = :paper));
    ta_query_integer(&drop, ":paper", paper);
    return ta_query_run(&drop, err);
}

/* The highest id of a day, or what stands before its first. */
static bool last_id(struct ta_search *search, int64_t first, int64_t *last, struct ta_error *err)
{
    int64_t behind = first + ((int64_t)1 << TA_IDS_OF_A_DAY_BITS);
    struct ta_query query = ta_query_kept(
        search->store, TA_KEPT_SEARCH_LAST,
        SQL(SELECT max(id) FROM entry WHERE id >= :first AND id < :behind));
    ta_query_integer(&query, ":first", first);
    ta_query_integer(&query, ":behind", behind);
    *last = ta_query_row(&query) ? ta_query_number(&query, 0) : 0;
    *last = *last < first ? first - 1 : *last;
    return ta_query_end(&query, err);
}

/* The next free id of a day; a day that is full goes on in the one after. */
static bool next_id(struct ta_search *search, struct ta_day day, int64_t *id, struct ta_error *err)
{
    int64_t first = ta_search_day_id(day);
    int64_t last = 0;
    bool ok = last_id(search, first, &last, err);
    while (ok && last + 1 - first >= (int64_t)1 << TA_IDS_OF_A_DAY_BITS) {
        first += (int64_t)1 << TA_IDS_OF_A_DAY_BITS;
        ok = last_id(search, first, &last, err);
    }
    *id = last + 1;
    return ok;
}

static struct ta_day day_of(const struct ta_search_source *source, const struct ta_excerpt *excerpt)
{
    if (excerpt->day.year > 0) {
        return excerpt->day;
    }
    unsigned session = excerpt->session;
    bool known = session > 0 && session <= source->day_count && source->days[session - 1].year > 0;
    return known ? source->days[session - 1] : source->latest;
}

static bool add_entry(struct ta_search *search, const struct ta_search_source *source,
                      int64_t paper, const struct ta_excerpt *excerpt, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO entry (id, paper, kind, session, line, text)
        VALUES (:id, :paper, :kind, :session, :line, :text)
    );
    int64_t id = 0;
    if (!next_id(search, day_of(source, excerpt), &id, err)) {
        return false;
    }
    struct ta_query query = ta_query_kept(search->store, TA_KEPT_SEARCH_ADD, sql);
    ta_query_integer(&query, ":id", id);
    ta_query_integer(&query, ":paper", paper);
    ta_query_integer(&query, ":kind", excerpt->kind);
    ta_query_integer(&query, ":session", excerpt->session);
    ta_query_integer(&query, ":line", (int64_t)excerpt->line);
    ta_query_text(&query, ":text", excerpt->text);
    struct ta_pending *pending = ta_append(&search->pending, search->pending_count++,
                                           sizeof *search->pending);
    *pending = (struct ta_pending){.id = id};
    return ta_query_run(&query, err);
}

/* From the last to the first: seen from the newest, a paper then reads as it is written. */
static bool add_entries(struct ta_search *search, const struct ta_search_source *source,
                        int64_t paper, const struct ta_indexed *indexed, struct ta_error *err)
{
    struct ta_excerpts excerpts = {0};
    ta_excerpts_read(&excerpts, indexed->path, indexed->text);
    bool ok = true;
    for (size_t i = excerpts.count; ok && i > 0; i--) {
        ok = add_entry(search, source, paper, &excerpts.items[i - 1], err);
    }
    ta_excerpts_release(&excerpts);
    return ok;
}

static bool write_paper(struct ta_search *search, int64_t source, const char *path, int64_t digest,
                        int64_t *paper, struct ta_error *err)
{
    static const char add[] = SQL(
        INSERT INTO paper (source, path, digest) VALUES (:source, :path, :digest)
    );
    static const char change[] = SQL(UPDATE paper SET digest = :digest WHERE id = :id);
    struct ta_query query = *paper == 0
                                ? ta_query_kept(search->store, TA_KEPT_SEARCH_PAPER_ADD, add)
                                : ta_query_once(search->store, change);
    ta_query_integer(&query, ":digest", digest);
    if (*paper == 0) {
        ta_query_integer(&query, ":source", source);
        ta_query_text(&query, ":path", path);
    } else {
        ta_query_integer(&query, ":id", *paper);
    }
    bool ok = ta_query_run(&query, err);
    *paper = *paper != 0 ? *paper : sqlite3_last_insert_rowid(search->store->database);
    return ok;
}

static bool put_paper(struct ta_search *search, const struct ta_search_source *source,
                      int64_t source_id, const struct ta_indexed *indexed,
                      const struct known_papers *known, struct ta_error *err)
{
    struct known_paper *old = find_paper(known, indexed->path);
    int64_t digest = digest_of(indexed->text);
    int64_t paper = old ? old->id : 0;
    if (old) {
        old->seen = true;
    }
    if (old && old->digest == digest) {
        return true;
    }
    return (!old || drop_entries(search, source, source_id, paper, err)) &&
           write_paper(search, source_id, indexed->path, digest, &paper, err) &&
           add_entries(search, source, paper, indexed, err);
}

static bool drop_paper(struct ta_search *search, const struct ta_search_source *source,
                       int64_t source_id, int64_t paper, struct ta_error *err)
{
    struct ta_query query = ta_query_once(search->store, SQL(DELETE FROM paper WHERE id = :paper));
    ta_query_integer(&query, ":paper", paper);
    return ta_query_run(&query, err) && drop_entries(search, source, source_id, paper, err);
}

static bool put_papers(struct ta_search *search, const struct ta_search_source *source, int64_t id,
                       const struct ta_indexed *papers, size_t count, struct ta_error *err)
{
    struct known_papers known = {0};
    bool ok = read_papers(search, id, &known, err);
    if (known.count > 0) {
        qsort(known.items, known.count, sizeof *known.items, by_path);
    }
    for (size_t i = 0; ok && i < count; i++) {
        ok = !papers[i].text || !ta_is_searched(papers[i].path) ||
             put_paper(search, source, id, &papers[i], &known, err);
    }
    for (size_t i = 0; ok && i < known.count; i++) {
        ok = known.items[i].seen || drop_paper(search, source, id, known.items[i].id, err);
    }
    release_papers(&known);
    return ok;
}

static bool write_source(struct ta_search *search, const struct ta_search_source *source,
                         int64_t *id, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO source (key, names, ours, tip) VALUES (:key, :names, :ours, :tip)
        ON CONFLICT (key) DO UPDATE SET names = excluded.names, tip = excluded.tip
        RETURNING id
    );
    struct ta_query query = ta_query_kept(search->store, TA_KEPT_SEARCH_SOURCE, sql);
    ta_query_text(&query, ":key", source->key);
    ta_query_text(&query, ":names", source->names);
    ta_query_integer(&query, ":ours", source->ours);
    ta_query_text(&query, ":tip", source->tip);
    *id = ta_query_row(&query) ? ta_query_number(&query, 0) : 0;
    return ta_query_run(&query, err);
}

bool ta_search_put(struct ta_search *search, const struct ta_search_source *source,
                   const struct ta_indexed *papers, size_t count, struct ta_error *err)
{
    int64_t id = 0;
    return write_source(search, source, &id, err) &&
           put_papers(search, source, id, papers, count, err);
}

static bool drop_source(struct ta_search *search, int64_t id, bool ours, struct ta_error *err)
{
    struct ta_search_source source = {.ours = ours};
    struct ta_query query = ta_query_once(search->store, SQL(DELETE FROM source WHERE id = :id));
    ta_query_integer(&query, ":id", id);
    return put_papers(search, &source, id, NULL, 0, err) && ta_query_run(&query, err);
}

bool ta_search_drop(struct ta_search *search, bool ours, bool (*keeps)(const char *key, void *data),
                    void *data, struct ta_error *err)
{
    struct {
        int64_t *items;
        size_t count;
    } gone = {0};
    struct ta_query query = ta_query_once(search->store,
                                          SQL(SELECT id, key FROM source WHERE ours = :ours));
    ta_query_integer(&query, ":ours", ours);
    while (ta_query_row(&query)) {
        if (!keeps(ta_query_look(&query, 1), data)) {
            int64_t *id = ta_append(&gone.items, gone.count++, sizeof *gone.items);
            *id = ta_query_number(&query, 0);
        }
    }
    bool ok = ta_query_end(&query, err);
    for (size_t i = 0; ok && i < gone.count; i++) {
        ok = drop_source(search, gone.items[i], ours, err);
    }
    free(gone.items);
    return ok;
}
