#include "turnabout/desk/search.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/excerpts.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/store/search.h"

static const char record_prefix[] = "record/";

/* A repository that is searched. */
struct repository {
    char *key;
    char *names; /* what `pair:` looks at */
    int64_t id;  /* of the pair */
    bool ours;
};

struct repositories {
    struct repository *items;
    size_t count;
};

struct ta_searching {
    struct ta_desk *desk;
    struct ta_search *search;
    struct ta_pairs pairs;
    struct repositories all;
    size_t next; /* the first that was not looked at yet */
    char *only;  /* the key of the one that is searched; NULL: all */
    bool records, released;
    bool renewed; /* the index was thrown away once already */
    char *trouble;
};

/* Which there are */

static void say_names(struct ta_text *out, const char *slug, const char *mentor, const char *mentee)
{
    ta_text_addf(out, "%s %s %s", slug, mentor, mentee);
}

static void add_pair(struct ta_searching *searching, const struct ta_pair *pair)
{
    struct ta_text key = {0};
    struct ta_text names = {0};
    ta_text_addf(&key, "%s%s", record_prefix, pair->slug);
    say_names(&names, pair->slug, pair->person[TA_MENTOR].name, pair->person[TA_MENTEE].name);
    struct repository *added =
        ta_append(&searching->all.items, searching->all.count++, sizeof *added);
    *added = (struct repository){ta_text_take(&key), ta_text_take(&names), pair->id, true};
}

static bool find_pairs(struct ta_searching *searching, const struct ta_search_scope *scope,
                       struct ta_error *err)
{
    if (!scope->records || !ta_desk_pairs(searching->desk, &searching->pairs, err)) {
        return !scope->records;
    }
    for (size_t i = 0; i < searching->pairs.count; i++) {
        const struct ta_pair *pair = &searching->pairs.items[i];
        if (!scope->pair || strcmp(scope->pair->slug, pair->slug) == 0) {
            add_pair(searching, pair);
        }
    }
    if (scope->pair) {
        struct ta_text key = {0};
        ta_text_addf(&key, "%s%s", record_prefix, scope->pair->slug);
        searching->only = ta_text_take(&key);
    }
    return true;
}

static bool is_there(const char *key, void *data)
{
    const struct ta_searching *searching = data;
    for (size_t i = 0; i < searching->all.count; i++) {
        if (strcmp(searching->all.items[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

/* What is no longer on this machine is found no longer. */
static bool forget_others(struct ta_searching *searching, struct ta_error *err)
{
    if (!searching->records || searching->only) {
        return true;
    }
    bool ok = ta_search_begin(searching->search, err);
    return ok &&
           ta_search_finish(searching->search,
                            ta_search_drop(searching->search, true, is_there, searching, err), err);
}

bool ta_searching_open(struct ta_searching **searching, struct ta_desk *desk,
                       const struct ta_search_scope *scope, struct ta_error *err)
{
    struct ta_searching *made = ta_allocate(1, sizeof *made);
    made->desk = desk;
    made->records = scope->records;
    made->released = scope->released;
    char *path = ta_path_join(desk->places.data, "search.db");
    bool ok = ta_search_open(&made->search, path, err) && find_pairs(made, scope, err) &&
              forget_others(made, err);
    free(path);
    *searching = made;
    if (!ok) {
        ta_searching_close(made);
        *searching = NULL;
    }
    return ok;
}

void ta_searching_close(struct ta_searching *searching)
{
    if (!searching) {
        return;
    }
    for (size_t i = 0; i < searching->all.count; i++) {
        free(searching->all.items[i].key);
        free(searching->all.items[i].names);
    }
    free(searching->all.items);
    ta_pairs_release(&searching->pairs);
    ta_search_close(searching->search);
    free(searching->only);
    free(searching->trouble);
    free(searching);
}

/* The papers of a record, and the days they are of */

struct papers {
    struct ta_indexed *items;
    size_t count;
    struct ta_day *days; /* of sessions */
    size_t day_count;
    struct ta_day latest;
};

static void set_day(struct papers *papers, unsigned session, struct ta_day day)
{
    enum { SESSIONS_MOST = 1000000 };
    if (session == 0 || session > SESSIONS_MOST) {
        return;
    }
    while (papers->day_count < session) {
        (void)ta_append(&papers->days, papers->day_count++, sizeof *papers->days);
    }
    papers->days[session - 1] = day;
    if (ta_days_between(papers->latest, day) > 0 || papers->latest.year == 0) {
        papers->latest = day;
    }
}

static void take_paper(const struct ta_indexed *document, void *data)
{
    struct papers *papers = data;
    if (ta_is_searched(document->path) && strncmp(document->path, "//", 2) != 0) {
        struct ta_indexed *paper = ta_append(&papers->items, papers->count++, sizeof *paper);
        *paper = (struct ta_indexed){ta_copy(document->path), ta_copy(document->text)};
    }
}

/* A session was held when meetings.md says; an agenda is for the next date that is planned. */
static void read_days(struct papers *papers)
{
    struct ta_meetings meetings = {0};
    unsigned last = 0;
    for (size_t i = 0; i < papers->count; i++) {
        if (strcmp(papers->items[i].path, "meetings.md") == 0) {
            (void)ta_meetings_read(&meetings, papers->items[i].text, NULL);
        }
    }
    for (size_t i = 0; i < meetings.count; i++) {
        const struct ta_meeting *meeting = &meetings.items[i];
        if (meeting->state == TA_MEETING_HELD) {
            set_day(papers, meeting->session,
                    meeting->late.year > 0 ? meeting->late : ta_day_of(meeting->when));
            last = meeting->session > last ? meeting->session : last;
        }
    }
    const struct ta_meeting *next = ta_meetings_next(&meetings);
    if (next) {
        set_day(papers, last + 1, ta_day_of(next->when));
    }
    ta_meetings_release(&meetings);
}

static void release_papers(struct papers *papers)
{
    for (size_t i = 0; i < papers->count; i++) {
        free((char *)papers->items[i].path);
        free((char *)papers->items[i].text);
    }
    free(papers->items);
    free(papers->days);
}

static const struct ta_pair *pair_of(const struct ta_searching *searching, int64_t id)
{
    for (size_t i = 0; i < searching->pairs.count; i++) {
        if (searching->pairs.items[i].id == id) {
            return &searching->pairs.items[i];
        }
    }
    return NULL;
}

static bool put(struct ta_searching *searching, const struct repository *repository,
                const char *tip, const struct papers *papers, struct ta_error *err)
{
    struct ta_search_source source = {.key = repository->key,
                                      .names = repository->names,
                                      .ours = repository->ours,
                                      .tip = tip,
                                      .days = papers->days,
                                      .day_count = papers->day_count,
                                      .latest = papers->latest};
    return ta_search_put(searching->search, &source, papers->items, papers->count, err);
}

/* Bringing up. What cannot be read is told, and stays as it was; what cannot be written fails. */

static void say_trouble(struct ta_searching *searching, const struct ta_error *err)
{
    if (!searching->trouble) {
        searching->trouble = ta_copy(err->text);
    }
}

static bool bring_up_record(struct ta_searching *searching, const struct repository *repository,
                            struct ta_error *err)
{
    const struct ta_pair *pair = pair_of(searching, repository->id);
    struct ta_desk *desk = searching->desk;
    struct ta_error trouble;
    char tip[TA_ID_SIZE];
    char known[TA_COMMIT_SIZE];
    if (!ta_record_refresh(desk, pair, tip, &trouble)) {
        say_trouble(searching, &trouble);
        return true;
    }
    if (!ta_search_tip(searching->search, repository->key, known, err) || strcmp(known, tip) == 0) {
        return strcmp(known, tip) == 0;
    }
    struct papers papers = {0};
    bool ok = ta_store_index_walk(desk->store, pair->id, take_paper, &papers, err);
    read_days(&papers);
    ok = ok && put(searching, repository, tip, &papers, err);
    release_papers(&papers);
    return ok;
}

static bool bring_up(struct ta_searching *searching, int64_t until, struct ta_error *err)
{
    bool ok = ta_search_begin(searching->search, err);
    if (!ok) {
        return false;
    }
    do {
        ok = bring_up_record(searching, &searching->all.items[searching->next], err);
        searching->next += ok;
    } while (ok && searching->next < searching->all.count && ta_desk_now(searching->desk) < until);
    return ta_search_finish(searching->search, ok, err);
}

/* An index that turns out to be damaged is thrown away, once, and filled again. */
static bool renew(struct ta_searching *searching, const struct ta_error *trouble,
                  struct ta_error *err)
{
    if (trouble->code != TA_DAMAGED || searching->renewed) {
        return ta_fail(err, trouble->code, "%s", trouble->text);
    }
    searching->renewed = true;
    searching->next = 0;
    return ta_search_renew(&searching->search, err);
}

bool ta_searching_step(struct ta_searching *searching, int64_t milliseconds, bool *done,
                       struct ta_error *err)
{
    struct ta_error trouble = {0};
    bool ok = searching->next >= searching->all.count ||
              bring_up(searching, ta_desk_now(searching->desk) + milliseconds, &trouble) ||
              renew(searching, &trouble, err);
    *done = !ok || searching->next >= searching->all.count;
    return ok;
}

size_t ta_searching_left(const struct ta_searching *searching, size_t *all)
{
    *all = searching->all.count;
    return searching->all.count - searching->next;
}

const char *ta_searching_trouble(const struct ta_searching *searching)
{
    return searching->trouble;
}

/* Finding */

static bool find_once(struct ta_searching *searching, const struct ta_sought *sought,
                      const struct ta_search_wish *wish, struct ta_hits *hits, struct ta_error *err)
{
    struct ta_search_order order = {.source = searching->only,
                                    .ours = searching->records,
                                    .released = searching->released,
                                    .ranked = wish->ranked,
                                    .limit = wish->limit,
                                    .stopped = wish->stopped,
                                    .data = wish->data};
    return ta_search_find(searching->search, sought, &order, hits, err);
}

static bool fill_again(struct ta_searching *searching, struct ta_error *err)
{
    bool done = false;
    bool ok = true;
    while (ok && !done) {
        ok = ta_searching_step(searching, INT64_MAX / 2, &done, err);
    }
    return ok;
}

bool ta_searching_find(struct ta_searching *searching, const struct ta_sought *sought,
                       const struct ta_search_wish *wish, struct ta_hits *hits,
                       struct ta_error *err)
{
    struct ta_error trouble = {0};
    if (find_once(searching, sought, wish, hits, &trouble)) {
        return true;
    }
    ta_hits_release(hits);
    return renew(searching, &trouble, err) && fill_again(searching, err) &&
           find_once(searching, sought, wish, hits, err);
}

const char *ta_hit_slug(const struct ta_hit *hit)
{
    return strchr(hit->source, '/') + 1;
}

bool ta_hit_is_ours(const struct ta_hit *hit)
{
    return strncmp(hit->source, record_prefix, strlen(record_prefix)) == 0;
}

/* Any row of blanks and line ends is one blank. */
static void flatten(struct ta_text *out, const char *text)
{
    bool blank = true;
    for (const char *at = text; *at != '\0'; at++) {
        bool is_blank = strchr(" \t\r\n", *at) != NULL;
        if (!is_blank || !blank) {
            ta_text_add_bytes(out, is_blank ? " " : at, 1);
        }
        blank = is_blank;
    }
}

/* Where a line begins in which what stands from `place` on is to be seen: at a word, a third of the
 * columns before it. */
static size_t begin_of(const struct ta_text *line, size_t place, int columns)
{
    size_t begin = place;
    size_t before = place;
    while (before > 0 && ta_width(line->bytes + before, place - before) < columns / 3) {
        begin = before;
        before = ta_word_before(line->bytes, line->length, before);
    }
    return before == 0 ? 0 : begin;
}

char *ta_hit_line(const struct ta_hit *hit, const struct ta_sought *sought, int columns)
{
    struct ta_text line = {0};
    struct ta_text cut = {0};
    flatten(&line, hit->excerpt.text);
    struct ta_piece rest = {line.bytes, line.length};
    struct ta_piece place;
    size_t begin = 0;
    if (ta_width(line.bytes, line.length) > columns && ta_sought_next(sought, &rest, &place) &&
        ta_width(line.bytes, (size_t)(place.at + place.length - line.bytes)) >= columns) {
        begin = begin_of(&line, (size_t)(place.at - line.bytes), columns);
    }
    ta_text_add(&cut, begin > 0 ? "…" : "");
    int room = columns - (begin > 0);
    size_t length = line.length - begin;
    bool whole = ta_width(line.bytes + begin, length) <= room;
    ta_text_add_bytes(&cut, line.bytes + begin,
                      whole ? length : ta_fit(line.bytes + begin, length, room - 1));
    ta_text_add(&cut, whole ? "" : "…");
    ta_text_release(&line);
    return ta_text_take(&cut);
}

bool ta_hit_text(struct ta_desk *desk, const struct ta_hit *hit, char **text, struct ta_error *err)
{
    struct ta_pair pair = {0};
    *text = NULL;
    bool ok = ta_desk_pair(desk, ta_hit_slug(hit), &pair, err) &&
              ta_record_text(desk, &pair, hit->path, text, err);
    ta_pair_release(&pair);
    return ok;
}
