#include "entries.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

enum {
    SCANNED = 2000,  /* newest entries that are looked at one by one before the index is asked */
    SHORT = 3,       /* bytes of a beginning that stands for very many words */
    NAMED_MOST = 64, /* sources whose entries may be gone through one by one */
    ENTRIES_MOST = 5000, /* of them, so that it takes no longer than to ask the index */
    SESSIONS_MOST = 64,
    RANKED_MOST = 20000, /* hits that are compared, when no more are asked for */
    STEPS = 20000,       /* of SQLite's machine between two looks at whether to stop */
};

/* What is sought, and where. */
struct quest {
    struct ta_search *search;
    const struct ta_sought *sought;
    const struct ta_search_order *order;
    struct ta_text match;  /* what FTS5 is asked; empty: nothing but days */
    int64_t first, behind; /* of the ids */
    int64_t *sources;      /* sorted; only these are wanted */
    size_t source_count;
    bool has_sources; /* not all of them are wanted */
    int64_t *ids;     /* of all their entries, sorted, when they are few */
    size_t id_count;
    bool has_ids;
    bool by_hand; /* texts are looked at, because FTS5 is not asked for all of it */
    bool impossible;
    bool stopped;
};

/* Which sources */

static bool is_here(const struct ta_search_order *order, const char *key, bool ours)
{
    return order->source ? strcmp(order->source, key) == 0 : (ours ? order->ours : order->released);
}

static struct ta_piece slug_of(const char *names)
{
    struct ta_piece rest = ta_piece_of(names);
    struct ta_piece slug = {0};
    (void)ta_next_line(&rest, &slug);
    return slug;
}

/* Whoever names a pair by its slug wants no other whose slug goes on behind it. */
static void look_at_source(struct quest *quest, int64_t id, const char *names, bool *exact)
{
    bool is_exact = ta_sought_is_slug(quest->sought, slug_of(names));
    if (is_exact && !*exact) {
        quest->source_count = 0;
        *exact = true;
    }
    if (is_exact || (!*exact && ta_sought_names(quest->sought, ta_piece_of(names)))) {
        *(int64_t *)ta_append(&quest->sources, quest->source_count++, sizeof *quest->sources) = id;
    }
}

static bool choose_sources(struct quest *quest, struct ta_error *err)
{
    quest->has_sources = quest->order->source || quest->sought->pair.count > 0;
    if (!quest->has_sources) {
        return true;
    }
    struct ta_query query = ta_query_once(quest->search->store,
                                          SQL(SELECT id, key, names, ours FROM source ORDER BY id));
    size_t all = 0;
    bool exact = false;
    while (ta_query_row(&query)) {
        all++;
        if (is_here(quest->order, ta_query_look(&query, 1), ta_query_number(&query, 3) != 0)) {
            look_at_source(quest, ta_query_number(&query, 0), ta_query_look(&query, 2), &exact);
        }
    }
    quest->impossible = quest->source_count == 0;
    quest->has_sources = quest->source_count < all;
    return ta_query_end(&query, err);
}

static int by_number(const void *one, const void *other)
{
    int64_t left = *(const int64_t *)one;
    int64_t right = *(const int64_t *)other;
    return (left > right) - (left < right);
}

static bool is_among(int64_t number, const int64_t *numbers, size_t count)
{
    return count > 0 && bsearch(&number, numbers, count, sizeof number, by_number) != NULL;
}

static bool has_source(const struct quest *quest, int64_t source)
{
    return !quest->has_sources || is_among(source, quest->sources, quest->source_count);
}

static void note_id(int64_t id, void *data)
{
    struct quest *quest = data;
    *(int64_t *)ta_append(&quest->ids, quest->id_count++, sizeof *quest->ids) = id;
}

/* The entries of a few sources, when they are few. */
static bool gather_ids(struct quest *quest, struct ta_error *err)
{
    struct ta_query query = ta_query_once(quest->search->store,
                                          SQL(SELECT runs FROM paper WHERE source = :source));
    quest->has_ids = quest->has_sources && quest->source_count <= NAMED_MOST;
    for (size_t i = 0; quest->has_ids && i < quest->source_count; i++) {
        ta_query_integer(&query, ":source", quest->sources[i]);
        while (quest->id_count <= ENTRIES_MOST && ta_query_row(&query)) {
            ta_search_runs(ta_query_look(&query, 0), note_id, quest);
        }
        quest->has_ids = ta_query_again(&query) && quest->id_count <= ENTRIES_MOST;
    }
    if (quest->has_ids && quest->id_count > 0) {
        qsort(quest->ids, quest->id_count, sizeof *quest->ids, by_number);
    }
    return ta_query_end(&query, err);
}

/* What FTS5 is asked. Words are letters, marks and digits, so that nothing needs to be escaped. */

static void add_and(struct ta_text *match)
{
    ta_text_add(match, match->length > 0 ? " AND " : "");
}

static void add_phrase(struct ta_text *match, const struct ta_phrase *phrase)
{
    add_and(match);
    ta_text_add(match, "\"");
    for (size_t i = 0; i < phrase->count; i++) {
        ta_text_addf(match, "%s%s", i > 0 ? " " : "", phrase->words[i]);
    }
    ta_text_add(match, phrase->beginning ? "\" *" : "\"");
}

static void add_tag(struct ta_text *match, size_t index, const char *letter, int64_t number)
{
    ta_text_addf(match, "%s\"%c%s%lld\"", index > 0 ? " OR " : "", TA_TAG, letter,
                 (long long)number);
}

static void add_sessions(struct quest *quest)
{
    const struct ta_sought *sought = quest->sought;
    if (sought->last_session == 0) {
        return;
    }
    add_and(&quest->match);
    ta_text_add(&quest->match, "(");
    for (unsigned i = 0; i < SESSIONS_MOST && i <= sought->last_session - sought->first_session;
         i++) {
        add_tag(&quest->match, i, "s", (int64_t)sought->first_session + i);
    }
    ta_text_add(&quest->match, ")");
}

static void add_kinds(struct quest *quest)
{
    size_t count = 0;
    if (quest->sought->kinds == 0) {
        return;
    }
    add_and(&quest->match);
    ta_text_add(&quest->match, "(");
    for (int64_t kind = 0; kind < TA_EXCERPT_KINDS; kind++) {
        if ((quest->sought->kinds >> kind & 1U) != 0) {
            add_tag(&quest->match, count++, "k", kind);
        }
    }
    ta_text_add(&quest->match, ")");
}

static void add_place(struct quest *quest)
{
    const struct ta_search_order *order = quest->order;
    if (quest->has_sources || order->ours == order->released) {
        return;
    }
    if (order->ours) {
        add_and(&quest->match);
        ta_text_addf(&quest->match, "\"%co\"", TA_TAG);
    } else if (quest->match.length > 0) {
        struct ta_text all = {0};
        ta_text_addf(&all, "(%s) NOT \"%co\"", quest->match.bytes, TA_TAG);
        ta_text_release(&quest->match);
        quest->match = all;
    }
}

/* The beginning of a word with so few letters stands for so many words that FTS5 takes long to put
 * their lists together. Beside other words and filters it is not asked for it: texts are looked
 * at. */
static bool is_short(const struct ta_phrase *phrase)
{
    return phrase->beginning && phrase->count == 1 && strlen(phrase->words[0]) <= SHORT;
}

static void ask_for_words(struct quest *quest, bool leave_out)
{
    const struct ta_sought *sought = quest->sought;
    bool others = sought->count > 1 || sought->kinds != 0 || sought->last_session != 0;
    quest->by_hand = false;
    for (size_t i = 0; i < sought->count; i++) {
        if (leave_out && others && is_short(&sought->phrases[i])) {
            quest->by_hand = true;
        } else {
            add_phrase(&quest->match, &sought->phrases[i]);
        }
    }
}

static void ask(struct quest *quest, bool leave_out)
{
    ta_text_clear(&quest->match);
    ask_for_words(quest, leave_out);
    add_sessions(quest);
    add_kinds(quest);
    add_place(quest);
    const struct ta_sought *sought = quest->sought;
    quest->first = sought->from.year > 0 ? ta_search_day_id(sought->from) : 0;
    quest->behind = sought->to.year > 0 ? ta_search_day_id(ta_day_add(sought->to, 1)) : INT64_MAX;
}

/* Looking at entries */

#define COLUMNS                                                                                    \
    "entry.id, entry.kind, entry.session, entry.line, entry.text, paper.path, source.key, "        \
    "source.id, source.ours, source.names FROM entry JOIN paper ON paper.id = entry.paper "        \
    "JOIN source ON source.id = paper.source "

static bool passes(const struct quest *quest, struct ta_query *row)
{
    const struct ta_sought *sought = quest->sought;
    unsigned kind = (unsigned)ta_query_number(row, 1);
    unsigned session = (unsigned)ta_query_number(row, 2);
    const struct ta_search_order *order = quest->order;
    bool here = ta_query_number(row, 8) != 0 ? order->ours : order->released;
    return (here || order->source) && has_source(quest, ta_query_number(row, 7)) &&
           (sought->kinds == 0 || (sought->kinds >> kind & 1U) != 0) &&
           (sought->last_session == 0 ||
            (session >= sought->first_session && session <= sought->last_session));
}

static void add_hit(struct ta_hits *hits, struct ta_query *row, double score)
{
    struct ta_hit *hit = ta_append(&hits->items, hits->count++, sizeof *hits->items);
    hit->excerpt = (struct ta_excerpt){.kind = (enum ta_excerpt_kind)ta_query_number(row, 1),
                                       .session = (unsigned)ta_query_number(row, 2),
                                       .day = ta_search_id_day(ta_query_number(row, 0)),
                                       .line = (size_t)ta_query_number(row, 3),
                                       .text = ta_query_copy(row, 4)};
    hit->path = ta_query_copy(row, 5);
    hit->source = ta_query_copy(row, 6);
    hit->names = ta_query_copy(row, 9);
    hit->score = score;
}

static void take_row(const struct quest *quest, struct ta_query *row, struct ta_hits *hits)
{
    if (hits->count < quest->order->limit) {
        add_hit(hits, row, 0);
    } else {
        hits->more = true;
    }
}

/* The newest, one by one. `*enough`: nothing else needs to be asked. */
static bool scan(const struct quest *quest, size_t most, struct ta_hits *hits, bool *enough,
                 struct ta_error *err)
{
    struct ta_query row = ta_query_once(
        quest->search->store, "SELECT " COLUMNS "WHERE entry.id >= :first AND entry.id < :behind "
                              "ORDER BY entry.id DESC");
    ta_query_integer(&row, ":first", quest->first);
    ta_query_integer(&row, ":behind", quest->behind);
    size_t seen = 0;
    bool left = true;
    while (!hits->more && seen < most && (left = ta_query_row(&row))) {
        seen++;
        if (passes(quest, &row) &&
            ta_sought_fits(quest->sought, ta_piece_of(ta_query_look(&row, 4)))) {
            take_row(quest, &row, hits);
        }
    }
    *enough = hits->more || !left;
    hits->total = hits->count;
    return ta_query_end(&row, err);
}

static void bind(const struct quest *quest, struct ta_query *found)
{
    ta_query_text(found, ":match", quest->match.bytes);
    ta_query_integer(found, ":first", quest->first);
    ta_query_integer(found, ":behind", quest->behind);
}

/* Whether the entry of this id is one of those that are sought; then `row` stands on it. */
static bool look_at(const struct quest *quest, struct ta_query *row, int64_t id)
{
    (void)ta_query_again(row);
    ta_query_integer(row, ":id", id);
    return ta_query_row(row) && passes(quest, row) &&
           (!quest->by_hand || ta_sought_fits(quest->sought, ta_piece_of(ta_query_look(row, 4))));
}

static struct ta_query entry_by_id(const struct quest *quest)
{
    return ta_query_once(quest->search->store, "SELECT " COLUMNS "WHERE entry.id = :id");
}

static bool find_newest(const struct quest *quest, struct ta_hits *hits, struct ta_error *err)
{
    struct ta_query found = ta_query_once(
        quest->search->store, "SELECT rowid FROM words WHERE words MATCH :match AND "
                              "rowid >= :first AND rowid < :behind ORDER BY rowid DESC");
    struct ta_query row = entry_by_id(quest);
    bind(quest, &found);
    while (!hits->more && ta_query_row(&found)) {
        if (look_at(quest, &row, ta_query_number(&found, 0))) {
            take_row(quest, &row, hits);
        }
    }
    hits->total = hits->count;
    bool ok = ta_query_end(&row, err);
    return ta_query_end(&found, err) && ok;
}

/* The entries of a few sources, from the newest. */
static bool go_through(struct quest *quest, struct ta_hits *hits, struct ta_error *err)
{
    struct ta_query row = entry_by_id(quest);
    quest->by_hand = true;
    for (size_t i = quest->id_count; !hits->more && i > 0; i--) {
        int64_t id = quest->ids[i - 1];
        if (id >= quest->first && id < quest->behind && look_at(quest, &row, id)) {
            take_row(quest, &row, hits);
        }
    }
    hits->total = hits->count;
    return ta_query_end(&row, err);
}

/* The best */

struct ranked {
    int64_t id;
    double score;
};

struct best {
    struct ranked *items; /* best first */
    size_t count, most;
};

/* Rows come from the newest to the oldest, so that of equals the later stands first. */
static void keep_best(struct best *best, int64_t id, double score)
{
    size_t at = best->count;
    while (at > 0 && best->items[at - 1].score < score) {
        at--;
    }
    if (at == best->most) {
        return;
    }
    size_t moved = best->count < best->most ? best->count++ : best->most - 1;
    memmove(best->items + at + 1, best->items + at, (moved - at) * sizeof *best->items);
    best->items[at] = (struct ranked){id, score};
}

/* `hits` gets how many were compared, and whether that is all. */
static bool rank(const struct quest *quest, struct best *best, struct ta_hits *hits,
                 struct ta_error *err)
{
    struct ta_query found = ta_query_once(
        quest->search->store, "SELECT rowid, bm25(words) FROM words WHERE words MATCH "
                              ":match AND rowid >= :first AND rowid < :behind ORDER BY rowid DESC");
    struct ta_query row = entry_by_id(quest);
    size_t most = best->most > RANKED_MOST ? best->most : RANKED_MOST;
    bool look = quest->by_hand || (quest->has_sources && !quest->has_ids);
    bind(quest, &found);
    while (!hits->is_of_newest && ta_query_row(&found)) {
        int64_t id = ta_query_number(&found, 0);
        bool here = !quest->has_ids || is_among(id, quest->ids, quest->id_count);
        if (here && (!look || look_at(quest, &row, id))) {
            keep_best(best, id, -ta_query_real(&found, 1));
            hits->is_of_newest = ++hits->total == most;
        }
    }
    bool ok = ta_query_end(&row, err);
    return ta_query_end(&found, err) && ok;
}

static bool find_best(const struct quest *quest, struct ta_hits *hits, struct ta_error *err)
{
    struct best best = {.items = ta_allocate(quest->order->limit + 1, sizeof *best.items),
                        .most = quest->order->limit};
    bool ok = rank(quest, &best, hits, err);
    struct ta_query row = entry_by_id(quest);
    for (size_t i = 0; ok && i < best.count; i++) {
        if (look_at(quest, &row, best.items[i].id)) {
            add_hit(hits, &row, best.items[i].score);
        }
    }
    hits->more = hits->total > hits->count;
    hits->is_ranked = true;
    free(best.items);
    return ta_query_end(&row, err) && ok;
}

/* Finding */

static bool can_be_ranked(const struct ta_sought *sought)
{
    const struct ta_phrase *only = &sought->phrases[0];
    return sought->count > 1 ||
           (sought->count == 1 && !(is_short(only) && strlen(only->words[0]) < SHORT));
}

static bool ends_in_beginning(const struct ta_sought *sought)
{
    return sought->count > 0 && sought->phrases[sought->count - 1].beginning;
}

/* When fifty of the newest two thousand fit, they are the answer; when fewer do, the words that may
 * be meant are rare, and FTS5 has their lists together in no time. */
static bool find(struct quest *quest, struct ta_hits *hits, struct ta_error *err)
{
    bool enough = false;
    if (quest->order->ranked && can_be_ranked(quest->sought)) {
        ask(quest, false);
        return find_best(quest, hits, err);
    }
    ask(quest, true);
    if (quest->has_ids) {
        return go_through(quest, hits, err);
    }
    if (quest->match.length == 0 || ends_in_beginning(quest->sought)) {
        size_t most = quest->match.length == 0 ? SIZE_MAX : SCANNED;
        bool ok = scan(quest, most, hits, &enough, err);
        if (!ok || enough) {
            return ok;
        }
        ta_hits_release(hits);
    }
    return find_newest(quest, hits, err);
}

static int is_stopped(void *data)
{
    struct quest *quest = data;
    quest->stopped = quest->order->stopped(quest->order->data);
    return quest->stopped;
}

/* What was stopped is no failure. */
static bool find_unless_stopped(struct quest *quest, struct ta_hits *hits, struct ta_error *err)
{
    sqlite3 *database = quest->search->store->database;
    struct ta_error refusal = {0};
    if (quest->order->stopped) {
        sqlite3_progress_handler(database, STEPS, is_stopped, quest);
    }
    bool ok = find(quest, hits, &refusal);
    bool stopped = !ok && quest->stopped;
    sqlite3_progress_handler(database, 0, NULL, NULL);
    if (stopped) {
        ta_hits_release(hits);
        hits->is_stopped = true;
    }
    return ok || stopped || ta_fail(err, refusal.code, "%s", refusal.text);
}

bool ta_search_find(struct ta_search *search, const struct ta_sought *sought,
                    const struct ta_search_order *order, struct ta_hits *hits, struct ta_error *err)
{
    struct quest quest = {.search = search, .sought = sought, .order = order};
    *hits = (struct ta_hits){0};
    if (ta_sought_is_empty(sought)) {
        return true;
    }
    bool ok = choose_sources(&quest, err) && gather_ids(&quest, err) &&
              (quest.impossible || find_unless_stopped(&quest, hits, err));
    free(quest.sources);
    free(quest.ids);
    ta_text_release(&quest.match);
    return ok;
}
