#include <stdlib.h>
#include <string.h>

#include "entries.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/document/excerpts.h"

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
    ta_search_forget_pending(search);
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

static struct ta_day day_of(const struct ta_search_source *source,
                            const struct ta_search_paper *paper, const struct ta_excerpt *excerpt)
{
    if (excerpt->day.year > 0) {
        return excerpt->day;
    }
    unsigned session = excerpt->session;
    bool known = session > 0 && session <= source->day_count && source->days[session - 1].year > 0;
    return known ? source->days[session - 1] : paper->day.year > 0 ? paper->day : source->latest;
}

static bool add_entry(struct ta_search *search, const struct ta_search_source *source,
                      int64_t paper, struct ta_day day, const struct ta_excerpt *excerpt,
                      int64_t *id, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO entry (id, paper, kind, session, line, text)
        VALUES (:id, :paper, :kind, :session, :line, :text)
    );
    if (!next_id(search, day, id, err)) {
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
                        int64_t paper, const struct ta_search_paper *indexed, struct ta_text *runs,
                        struct ta_error *err)
{
    struct ta_excerpts excerpts = {0};
    int64_t first = 0;
    int64_t last = -1;
    bool ok = true;
    ta_excerpts_read(&excerpts, indexed->path, indexed->text);
    for (size_t i = excerpts.count; ok && i > 0; i--) {
        int64_t id = 0;
        const struct ta_excerpt *excerpt = &excerpts.items[i - 1];
        ok = add_entry(search, source, paper, day_of(source, indexed, excerpt), excerpt, &id, err);
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
        INSERT INTO paper (source, path, digest, runs) VALUES (:source, :path, 0, substr('-', 1, 0))
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
                      int64_t source_id, const struct ta_search_paper *indexed,
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
                       const struct ta_search_paper *papers, size_t count, struct ta_error *err)
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
                   const struct ta_search_paper *papers, size_t count, struct ta_error *err)
{
    int64_t id = 0;
    return write_source(search, source, &id, err) &&
           put_papers(search, source, id, papers, count, err);
}

/* By the index of keys: a few pairs of one's own are found among any number that were released. */
bool ta_search_sources(struct ta_search *search, const char *beginning,
                       void (*visit)(const char *key, const char *tip, void *data), void *data,
                       struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT key, tip FROM source WHERE key >= :beginning AND key < :beginning || :last
    );
    static const char last[] = "\U0010FFFF";
    struct ta_query query = ta_query_once(search->store, sql);
    ta_query_text(&query, ":beginning", beginning);
    ta_query_text(&query, ":last", last);
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
