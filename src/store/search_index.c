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

static void release_pending(struct ta_search *search)
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
        release_pending(search);
        ta_store_close(search->store);
        free(search->path);
        free(search);
    }
}

/* Words */

static void add_pending(struct ta_search *search, const struct ta_search_source *source, int64_t id,
                        const struct ta_excerpt *excerpt, bool gone)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "%ck%d %cs%u ", TA_TAG, (int)excerpt->kind, TA_TAG, excerpt->session);
    if (source->ours) {
        ta_text_addf(&text, "%co ", TA_TAG);
    }
    ta_text_add(&text, excerpt->text);
    struct ta_pending *pending = ta_append(&search->pending, search->pending_count++,
                                           sizeof *search->pending);
    *pending = (struct ta_pending){id, ta_text_take(&text), gone};
}

static int by_id(const void *one, const void *other)
{
    const struct ta_pending *first = one;
    const struct ta_pending *second = other;
    if (first->id != second->id) {
        return first->id < second->id ? -1 : 1;
    }
    return (int)second->gone - (int)first->gone; /* it goes before another comes */
}

static bool write_pending(struct ta_search *search, struct ta_error *err)
{
    static const char put_sql[] = SQL(INSERT INTO words (rowid, text) VALUES (:id, :text));
    static const char erase_sql[] = SQL(INSERT INTO words (words, rowid, text) VALUES ('delete', :id, :text));
    struct ta_query put = ta_query_once(search->store, put_sql);
    struct ta_query erase = ta_query_once(search->store, erase_sql);
    bool ok = true;
    if (search->pending_count > 0) {
        qsort(search->pending, search->pending_count, sizeof *search->pending, by_id);
    }
    for (size_t i = 0; ok && i < search->pending_count; i++) {
        struct ta_query *query = search->pending[i].gone ? &erase : &put;
        ta_query_integer(query, ":id", search->pending[i].id);
        ta_query_text(query, ":text", search->pending[i].text);
        (void)ta_query_row(query);
        ok = ta_query_again(query);
    }
    ok = ta_query_end(&put, err) && ok;
    return ta_query_end(&erase, err) && ok;
}

bool ta_search_begin(struct ta_search *search, struct ta_error *err)
{
    search->day = -1;
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
    char *path, *runs;
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
        search->store, SQL(SELECT id, digest, path, runs FROM paper WHERE source = :source));
    ta_query_integer(&query, ":source", source);
    while (ta_query_row(&query)) {
        struct known_paper *paper = ta_append(&known->items, known->count++, sizeof *known->items);
        *paper = (struct known_paper){ta_query_number(&query, 0), ta_query_number(&query, 1),
                                      ta_query_copy(&query, 2), ta_query_copy(&query, 3), false};
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
        free(known->items[i].runs);
    }
    free(known->items);
}

void ta_search_runs(const char *runs, void (*visit)(int64_t id, void *data), void *data)
{
    char *end;
    for (const char *at = runs; *at != '\0'; at = *end == ' ' ? end + 1 : end) {
        int64_t first = strtoll(at, &end, 10);
        int64_t last = *end == '-' ? strtoll(end + 1, &end, 10) : first;
        if (end == at || last - first > (int64_t)1 << TA_IDS_OF_A_DAY_BITS) {
            return;
        }
        for (int64_t id = first; id <= last; id++) {
            visit(id, data);
        }
    }
}

/* A paper whose entries go. */
struct going {
    struct ta_search *search;
    const struct ta_search_source *source;
    struct ta_query read, drop;
};

static void drop_entry(int64_t id, void *data)
{
    struct going *going = data;
    ta_query_integer(&going->read, ":id", id);
    if (ta_query_row(&going->read)) {
        struct ta_excerpt excerpt = {.kind = (enum ta_excerpt_kind)ta_query_number(&going->read, 1),
                                     .session = (unsigned)ta_query_number(&going->read, 2),
                                     .text = (char *)ta_query_look(&going->read, 0)};
        add_pending(going->search, going->source, id, &excerpt, true);
    }
    (void)ta_query_again(&going->read);
    ta_query_integer(&going->drop, ":id", id);
    (void)ta_query_row(&going->drop);
    (void)ta_query_again(&going->drop);
}

static bool drop_entries(struct ta_search *search, const struct ta_search_source *source,
                         const char *runs, struct ta_error *err)
{
    struct going going = {
        search, source,
        ta_query_once(search->store, SQL(SELECT text, kind, session FROM entry WHERE id = :id)),
                      ta_query_once(search->store, SQL(DELETE FROM entry WHERE id = :id))};
    ta_search_runs(runs, drop_entry, &going);
    search->day = -1;
    bool ok = ta_query_end(&going.read, err);
    return ta_query_end(&going.drop, err) && ok;
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
    bool ok = true;
    bool full;
    do {
        ok = search->day == first || last_id(search, first, &search->last, err);
        search->day = first;
        first += (int64_t)1 << TA_IDS_OF_A_DAY_BITS;
        full = search->last + 1 >= first;
    } while (ok && full);
    *id = ++search->last;
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
                      int64_t paper, const struct ta_excerpt *excerpt, int64_t *id,
                      struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO entry (id, paper, kind, session, line, text)
        VALUES (:id, :paper, :kind, :session, :line, :text)
    );
    if (!next_id(search, day_of(source, excerpt), id, err)) {
        return false;
    }
    struct ta_query query = ta_query_kept(search->store, TA_KEPT_SEARCH_ADD, sql);
    ta_query_integer(&query, ":id", *id);
    ta_query_integer(&query, ":paper", paper);
    ta_query_integer(&query, ":kind", excerpt->kind);
    ta_query_integer(&query, ":session", excerpt->session);
    ta_query_integer(&query, ":line", (int64_t)excerpt->line);
    ta_query_text(&query, ":text", excerpt->text);
    add_pending(search, source, *id, excerpt, false);
    return ta_query_run(&query, err);
}

static void add_run(struct ta_text *runs, int64_t first, int64_t last)
{
    ta_text_addf(runs, "%s%lld-%lld", runs->length > 0 ? " " : "", (long long)first,
                 (long long)last);
}

/* From the last to the first: seen from the newest, a paper then reads as it is written. */
static bool add_entries(struct ta_search *search, const struct ta_search_source *source,
                        int64_t paper, const struct ta_indexed *indexed, struct ta_text *runs,
                        struct ta_error *err)
{
    struct ta_excerpts excerpts = {0};
    int64_t first = 0;
    int64_t last = -1;
    bool ok = true;
    ta_excerpts_read(&excerpts, indexed->path, indexed->text);
    for (size_t i = excerpts.count; ok && i > 0; i--) {
        int64_t id = 0;
        ok = add_entry(search, source, paper, &excerpts.items[i - 1], &id, err);
        if (last >= 0 && id != last + 1) {
            add_run(runs, first, last);
        }
        first = last >= 0 && id == last + 1 ? first : id;
        last = id;
    }
    if (last >= 0) {
        add_run(runs, first, last);
    }
    ta_excerpts_release(&excerpts);
    return ok;
}

static bool add_paper(struct ta_search *search, int64_t source, const char *path, int64_t *paper,
                      struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO paper (source, path, digest, runs) VALUES (:source, :path, 0, '')
    );
    struct ta_query query = ta_query_kept(search->store, TA_KEPT_SEARCH_PAPER_ADD, sql);
    ta_query_integer(&query, ":source", source);
    ta_query_text(&query, ":path", path);
    bool ok = ta_query_run(&query, err);
    *paper = sqlite3_last_insert_rowid(search->store->database);
    return ok;
}

static bool finish_paper(struct ta_search *search, int64_t paper, int64_t digest, const char *runs,
                         struct ta_error *err)
{
    struct ta_query query = ta_query_kept(
        search->store, TA_KEPT_SEARCH_PAPER,
        SQL(UPDATE paper SET digest = :digest, runs = :runs WHERE id = :id));
    ta_query_integer(&query, ":id", paper);
    ta_query_integer(&query, ":digest", digest);
    ta_query_text(&query, ":runs", runs);
    return ta_query_run(&query, err);
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
    struct ta_text runs = {0};
    ta_text_add(&runs, "");
    bool ok = (old ? drop_entries(search, source, old->runs, err)
                   : add_paper(search, source_id, indexed->path, &paper, err)) &&
              add_entries(search, source, paper, indexed, &runs, err) &&
              finish_paper(search, paper, digest, runs.bytes ? runs.bytes : "", err);
    ta_text_release(&runs);
    return ok;
}

static bool drop_paper(struct ta_search *search, const struct ta_search_source *source,
                       const struct known_paper *paper, struct ta_error *err)
{
    struct ta_query query = ta_query_once(search->store, SQL(DELETE FROM paper WHERE id = :paper));
    ta_query_integer(&query, ":paper", paper->id);
    return ta_query_run(&query, err) && drop_entries(search, source, paper->runs, err);
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
        ok = known.items[i].seen || drop_paper(search, source, &known.items[i], err);
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

bool ta_search_sources(struct ta_search *search, bool ours,
                       void (*visit)(const char *key, const char *tip, void *data), void *data,
                       struct ta_error *err)
{
    struct ta_query query = ta_query_once(search->store,
                                          SQL(SELECT key, tip FROM source WHERE ours = :ours));
    ta_query_integer(&query, ":ours", ours);
    while (ta_query_row(&query)) {
        visit(ta_query_look(&query, 0), ta_query_look(&query, 1), data);
    }
    return ta_query_end(&query, err);
}

bool ta_search_forget(struct ta_search *search, const char *key, struct ta_error *err)
{
    struct ta_search_source source = {0};
    int64_t id = 0;
    struct ta_query query = ta_query_once(
        search->store, SQL(DELETE FROM source WHERE key = :key RETURNING id, ours));
    ta_query_text(&query, ":key", key);
    if (ta_query_row(&query)) {
        id = ta_query_number(&query, 0);
        source.ours = ta_query_number(&query, 1) != 0;
    }
    return ta_query_run(&query, err) && put_papers(search, &source, id, NULL, 0, err);
}

bool ta_search_mark(struct ta_search *search, const char *name, char **value, struct ta_error *err)
{
    struct ta_query query = ta_query_once(search->store,
                                          SQL(SELECT value FROM mark WHERE name = :name));
    *value = NULL;
    ta_query_text(&query, ":name", name);
    if (ta_query_row(&query)) {
        *value = ta_query_copy(&query, 0);
    }
    return ta_query_end(&query, err);
}

bool ta_search_set_mark(struct ta_search *search, const char *name, const char *value,
                        struct ta_error *err)
{
    struct ta_query query = ta_query_once(
        search->store, SQL(INSERT OR REPLACE INTO mark (name, value) VALUES (:name, :value)));
    ta_query_text(&query, ":name", name);
    ta_query_text(&query, ":value", value);
    return ta_query_run(&query, err);
}
