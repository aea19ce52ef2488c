/* Search: everything that may be read, found as one types. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "search_page.h"
#include "turnabout/base/memory.h"
#include "turnabout/tui/frame.h"

enum {
    LINE_MOST = 500, /* bytes */
    HITS = 100,
    SLICE = 8, /* milliseconds of indexing between two looks at the keyboard */
    REST = 150 /* milliseconds without a key after which hits are ranked */
};

static bool open_searching(struct ta_face *face, struct search_page *page, struct ta_error *err)
{
    struct ta_search_scope scope = {.pair = page->released ? NULL : &page->pair,
                                    .records = !page->released,
                                    .released = page->released};
    page->indexing = true;
    return ta_searching_open(&page->searching, ta_face_desk(face), &scope, err);
}

static bool open_search(struct ta_face *face, void *state, const void *argument,
                        struct ta_error *err)
{
    struct search_page *page = state;
    (void)argument;
    page->today = ta_desk_today(ta_face_desk(face));
    bool ok = (page->released || ta_desk_pair(ta_face_desk(face), NULL, &page->pair, err)) &&
              open_searching(face, page, err);
    if (!ok) {
        ta_pair_release(&page->pair);
        return false;
    }
    ta_editor_init(&page->editor, NULL, false, LINE_MOST);
    return true;
}

static void read_line(struct search_page *page)
{
    ta_sought_release(&page->sought);
    ta_sought_read(&page->sought, ta_editor_text(&page->editor), true);
    page->stale = true;
}

static bool open_released(struct ta_face *face, void *state, const void *argument,
                          struct ta_error *err)
{
    struct search_page *page = state;
    page->released = true;
    bool ok = open_search(face, state, NULL, err);
    if (ok && argument) {
        ta_editor_set(&page->editor, argument);
        read_line(page);
    }
    return ok;
}

static void close_search(struct ta_face *face, void *state)
{
    (void)face;
    struct search_page *page = state;
    ta_hits_release(&page->found);
    ta_sought_release(&page->sought);
    ta_editor_release(&page->editor);
    ta_searching_close(page->searching);
    ta_pair_release(&page->pair);
}

/* Finding */

static bool somebody_types(void *data)
{
    return ta_face_is_typed(data);
}

static bool is_same(const struct ta_hit *one, const struct ta_hit *other)
{
    return one->excerpt.line == other->excerpt.line && strcmp(one->source, other->source) == 0 &&
           strcmp(one->path, other->path) == 0;
}

static void find(struct ta_face *face, struct search_page *page, bool ranked)
{
    struct ta_error err;
    struct ta_hits found = {0};
    struct ta_search_wish wish = {ranked, HITS, ranked ? somebody_types : NULL, face};
    if (!ta_face_check(face, ta_searching_find(page->searching, &page->sought, &wish, &found, &err),
                       &err) ||
        found.is_stopped) {
        ta_hits_release(&found);
        return;
    }
    ta_hits_release(&page->found);
    page->found = found;
    page->list = (struct ta_list){0};
    ta_list_set_count(&page->list, found.count);
    page->rests_at = ranked ? 0 : page->rests_at;
}

/* The same once more after something was indexed; the one that was chosen stays it. */
static void find_again(struct ta_face *face, struct search_page *page)
{
    struct ta_list list = page->list;
    struct ta_hits before = page->found;
    page->found = (struct ta_hits){0};
    find(face, page, before.is_ranked);
    for (size_t i = 0; list.chosen < before.count && i < page->found.count; i++) {
        if (is_same(&page->found.items[i], &before.items[list.chosen])) {
            page->list.chosen = i;
        }
    }
    ta_hits_release(&before);
}

static void index_on(struct ta_face *face, struct search_page *page)
{
    struct ta_error err;
    bool done = true;
    bool ok = ta_face_check(face, ta_searching_step(page->searching, SLICE, &done, &err), &err);
    page->indexing = ok && !done;
    if (done && page->again && !page->stale) {
        find_again(face, page);
    } else {
        page->stale = page->stale || done;
    }
    page->again = page->again && !done;
    if (ok && done && ta_searching_trouble(page->searching)) {
        ta_face_say(face, TA_CAUTION, "%s", ta_searching_trouble(page->searching));
    }
}

/* The list follows each key; once typing rests, the best come first, unless somebody is already on
 * their way through the newest. */
static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct search_page *page = state;
    if (page->indexing) {
        index_on(face, page);
    }
    if (page->stale) {
        page->stale = false;
        page->rests_at = now + REST;
        page->chosen_by_hand = false;
        find(face, page, false);
    } else if (page->rests_at != 0 && now >= page->rests_at && !page->chosen_by_hand) {
        page->rests_at = now + REST;
        find(face, page, true);
    }
    return page->indexing ? now + 1 : page->chosen_by_hand ? 0 : page->rests_at;
}

/* What came elsewhere meanwhile is indexed, and found, too. */
static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct search_page *page = state;
    struct ta_searching *before = page->searching;
    if (page->indexing) {
        return true;
    }
    if (!open_searching(face, page, err)) {
        page->searching = before;
        page->indexing = false;
        return false;
    }
    ta_searching_close(before);
    page->again = true;
    return true;
}

static bool heard(struct ta_face *face, void *state)
{
    struct search_page *page = state;
    struct ta_error err;
    bool later = page->indexing;
    (void)(later || ta_face_check(face, refresh(face, state, &err), &err));
    return !later;
}

/* What a person can do */

static const struct ta_hit *chosen(const struct search_page *page)
{
    return page->list.chosen < page->found.count ? &page->found.items[page->list.chosen] : NULL;
}

static bool has_hits(const void *state)
{
    return ((const struct search_page *)state)->found.count > 0;
}

/* What was released has no names of files for those who read it. */
static void say_title(struct ta_text *out, const struct search_page *page, const struct ta_hit *hit)
{
    if (!page->released) {
        ta_text_add(out, hit->path);
        return;
    }
    if (hit->excerpt.session > 0) {
        ta_text_addf(out, "Session %u of ", hit->excerpt.session);
    }
    ta_hit_say_pair(out, hit);
}

/* Where the text stands among all that its pair released. */
static void review(struct ta_face *face, void *data)
{
    const struct ta_hit *hit = chosen(data);
    ta_face_push(face, &review_screen,
                 &(struct review_opening){ta_hit_slug(hit), hit->excerpt.session});
}

static bool turn(struct ta_face *face, void *data, bool back);

/* False: it is not there any more, or cannot be read, and it has said so. */
static bool show_hit(struct ta_face *face, struct search_page *page, enum reader_place place,
                     void (*show)(struct ta_face *face, const struct ta_screen *screen,
                                  const void *argument))
{
    const struct ta_hit *hit = chosen(page);
    struct reader_way way = {turn, page->released ? review : NULL, page};
    struct ta_text title = {0};
    struct ta_error err;
    char *text = NULL;
    if (!ta_face_check(face, ta_hit_text(ta_face_desk(face), hit, &text, &err), &err)) {
        return false;
    }
    if (!text) {
        ta_face_say(face, TA_CAUTION, "%s is not there any more.", hit->path);
        return false;
    }
    say_title(&title, page, hit);
    show(face, page->released ? &released_reader_screen : &reader_screen,
         &(struct reader_text){.title = title.bytes,
                               .text = text,
                               .drawn = page->released,
                               .sought = ta_editor_text(&page->editor),
                               .line = hit->excerpt.line,
                               .place = place,
                               .way = &way});
    ta_text_release(&title);
    free(text);
    return true;
}

static void open_hit(struct ta_face *face, void *state)
{
    struct search_page *page = state;
    page->chosen_by_hand = true;
    if (page->released && chosen(page)->excerpt.kind == TA_EXCERPT_PAIR) {
        review(face, page);
    } else {
        (void)show_hit(face, page, READER_AT_LINE, ta_face_push);
    }
}

static bool is_same_text(const struct ta_hit *one, const struct ta_hit *other)
{
    return strcmp(one->source, other->source) == 0 && strcmp(one->path, other->path) == 0;
}

/* The first of the hits that are in the same text. */
static size_t first_in_text(const struct search_page *page, size_t index)
{
    size_t first = 0;
    while (!is_same_text(&page->found.items[first], &page->found.items[index])) {
        first++;
    }
    return first;
}

/* Whether a hit is one to turn to: with words, the reader itself goes through a text, and each
 * counts once; who they are is no text. */
static bool is_turned_to(const struct search_page *page, size_t index)
{
    bool is_text = !page->released || page->found.items[index].excerpt.kind != TA_EXCERPT_PAIR;
    return is_text && (page->sought.count == 0 || first_in_text(page, index) == index);
}

static bool turn(struct ta_face *face, void *data, bool back)
{
    struct search_page *page = data;
    bool words = page->sought.count > 0;
    size_t step = back ? SIZE_MAX : 1;
    size_t at = (words ? first_in_text(page, page->list.chosen) : page->list.chosen) + step;
    while (at < page->found.count && !is_turned_to(page, at)) {
        at += step;
    }
    if (at >= page->found.count) {
        return false;
    }
    page->list.chosen = at;
    enum reader_place place = !words ? READER_AT_LINE : back ? READER_AT_LAST : READER_AT_FIRST;
    (void)show_hit(face, page, place, ta_face_replace);
    return true;
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static const struct ta_command commands[] = {
    {"open", "Enter", "The text, at the place that was found", open_hit, has_hits, false},
    {"back", "Esc", "To the screen before", leave, NULL, false},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct search_page *page = state;
    enum ta_edited edited = ta_editor_key(&page->editor, pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        read_line(page);
    }
    if (edited != TA_EDIT_NOT_MINE) {
        return true;
    }
    bool moved = hits_key(&page->hits, &page->list, pressed) || ta_list_key(&page->list, pressed);
    page->chosen_by_hand = page->chosen_by_hand || moved;
    return moved;
}

#define SEARCH                                                                                     \
    .name = "search", .size = sizeof(struct search_page), .commands = commands,                    \
    .command_count = sizeof commands / sizeof *commands, .typing = true, .refresh = refresh,       \
    .heard = heard, .key = key, .tick = tick, .draw = search_draw, .close = close_search

const struct ta_screen search_screen = {SEARCH, .open = open_search};
const struct ta_screen search_released_screen = {SEARCH, .open = open_released, .apart = true};
