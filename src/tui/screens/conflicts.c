/* Places that both changed, each in another way: what each wrote, and what is to stand there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conflicts_view.h"
#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/typed.h"
#include "turnabout/tui/frame.h"
#include "turnabout/tui/screen.h"

enum { TEXT_MOST = 256 * 1024, KEEP_AFTER = 800, NAME_SIZE = TA_DIGEST_SIZE + 16 };

static const struct ta_conflict *shown(const struct conflicts *page)
{
    return &page->conflicts.items[page->at];
}

/* Reading */

static size_t first_open(const struct conflicts *page, size_t from)
{
    for (size_t i = 0; i < page->conflicts.count; i++) {
        size_t at = (from + i) % page->conflicts.count;
        if (!page->conflicts.items[at].is_chosen) {
            return at;
        }
    }
    return from;
}

/* The place that was shown stays, wherever it stands now. */
static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct conflicts *page = state;
    struct ta_conflicts conflicts = {0};
    char digest[TA_DIGEST_SIZE] = "";
    if (page->at < page->conflicts.count) {
        memcpy(digest, shown(page)->digest, sizeof digest);
    }
    if (!ta_desk_conflicts(ta_face_desk(face), &page->pair, &conflicts, err)) {
        return false;
    }
    ta_conflicts_release(&page->conflicts);
    page->conflicts = conflicts;
    for (size_t i = 0; i < conflicts.count; i++) {
        if (strcmp(conflicts.items[i].digest, digest) == 0) {
            page->at = i;
            return true;
        }
    }
    page->at = conflicts.count > 0 ? first_open(page, 0) : 0;
    page->top = 0;
    return true;
}

static bool open_conflicts(struct ta_face *face, void *state, const void *argument,
                           struct ta_error *err)
{
    (void)argument;
    struct conflicts *page = state;
    bool ok = ta_desk_pair(ta_face_desk(face), NULL, &page->pair, err) && refresh(face, page, err);
    if (ok && page->conflicts.count == 0) {
        ok = ta_fail(err, TA_ABSENT, "There is no place that both of you changed: S syncs.");
    }
    if (!ok) {
        ta_conflicts_release(&page->conflicts);
        ta_pair_release(&page->pair);
    }
    return ok;
}

/* What is typed */

static void draft_name(char name[NAME_SIZE], const struct conflicts *page)
{
    (void)snprintf(name, NAME_SIZE, "conflict/%s", shown(page)->digest);
}

static void keep_typed(struct ta_face *face, struct conflicts *page, const char *text)
{
    char name[NAME_SIZE];
    draft_name(name, page);
    ta_desk_keep_typed(ta_face_desk(face), &page->pair, name, text);
    page->touched = 0;
}

static void end_editing(struct conflicts *page)
{
    if (page->editing) {
        ta_editor_release(&page->editor);
        page->editing = false;
    }
}

static void close_conflicts(struct ta_face *face, void *state)
{
    struct conflicts *page = state;
    if (page->editing && page->touched) {
        keep_typed(face, page, ta_editor_text(&page->editor));
    }
    end_editing(page);
    ta_conflicts_release(&page->conflicts);
    ta_pair_release(&page->pair);
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct conflicts *page = state;
    if (page->touched && now - page->touched >= KEEP_AFTER) {
        keep_typed(face, page, ta_editor_text(&page->editor));
    }
    return page->touched ? page->touched + KEEP_AFTER : 0;
}

/* Who is typing is not disturbed: what is chosen is checked again then. */
static bool heard(struct ta_face *face, void *state)
{
    struct conflicts *page = state;
    struct ta_error err;
    if (page->editing) {
        return false;
    }
    if (ta_face_check(face, refresh(face, page, &err), &err) && page->conflicts.count == 0) {
        ta_face_pop(face);
        ta_face_say(face, TA_GOOD, "All was chosen elsewhere: the two histories are one.");
    }
    return true;
}

/* Choosing */

static bool is_about_contract(const struct ta_conflicts *conflicts)
{
    bool is = false;
    for (size_t i = 0; !is && i < conflicts->count; i++) {
        const char *document = conflicts->items[i].document;
        is = strcmp(document, "contract-proposed.md") == 0 || strcmp(document, "contract.md") == 0;
    }
    return is;
}

static void say_last(struct ta_face *face, bool is_contract)
{
    ta_face_say(face, TA_GOOD,
                is_contract ? "That was the last: your two histories are one now. The contract was "
                              "merged: both of you sign it again. S sends it."
                            : "That was the last: your two histories are one now, and nothing of "
                              "either is lost. S sends it.");
}

static void say_chosen(struct ta_face *face, struct conflicts *page, bool is_contract)
{
    if (page->conflicts.count == 0) {
        ta_face_pop(face);
        say_last(face, is_contract);
        return;
    }
    page->at = first_open(page, page->at);
    page->top = 0;
    ta_face_say(face, TA_GOOD, "Chosen; %zu %s to choose.", page->conflicts.left,
                page->conflicts.left == 1 ? "place is still" : "places are still");
}

/* True: it is chosen. */
static bool choose(struct ta_face *face, struct conflicts *page, const char *text)
{
    struct ta_error err;
    struct ta_desk *desk = ta_face_desk(face);
    bool is_contract = is_about_contract(&page->conflicts);
    bool ok = ta_desk_conflict_choose(desk, &page->pair, shown(page), text, &err);
    if (!ta_face_check(face, ok, &err)) {
        if (err.code == TA_BUSY) {
            (void)refresh(face, page, NULL);
        }
        return false;
    }
    end_editing(page);
    if (ta_face_check(face, refresh(face, page, &err), &err)) {
        say_chosen(face, page, is_contract);
    }
    return true;
}

static void take_ours(struct ta_face *face, void *state)
{
    struct conflicts *page = state;
    (void)choose(face, page, shown(page)->ours);
}

static void take_theirs(struct ta_face *face, void *state)
{
    struct conflicts *page = state;
    (void)choose(face, page, shown(page)->theirs);
}

/* Ours first, each on lines of its own. */
static void take_both(struct ta_face *face, void *state)
{
    struct conflicts *page = state;
    const struct ta_conflict *conflict = shown(page);
    struct ta_text both = {0};
    ta_text_add(&both, conflict->ours);
    if (both.length > 0 && both.bytes[both.length - 1] != '\n') {
        ta_text_add(&both, "\n");
    }
    ta_text_add(&both, conflict->theirs);
    (void)choose(face, page, both.bytes != NULL ? both.bytes : "");
    ta_text_release(&both);
}

static void edit(struct ta_face *face, void *state)
{
    struct conflicts *page = state;
    const struct ta_conflict *conflict = shown(page);
    char name[NAME_SIZE];
    char *kept = NULL;
    draft_name(name, page);
    ta_desk_typed(ta_face_desk(face), &page->pair, name, &kept);
    const char *text = conflict->is_chosen ? conflict->choice : conflict->ours;
    text = kept != NULL ? kept : text;
    struct ta_piece shown_text = ta_piece_of(text != NULL ? text : "");
    if (shown_text.length > 0 && shown_text.at[shown_text.length - 1] == '\n') {
        shown_text.length--;
    }
    char *copy = ta_piece_copy(shown_text);
    ta_editor_init(&page->editor, copy, true, TEXT_MOST);
    page->editing = true;
    free(copy);
    free(kept);
}

static void keep_edited(struct ta_face *face, void *state)
{
    struct conflicts *page = state;
    struct ta_text text = {0};
    ta_text_add(&text, ta_editor_text(&page->editor));
    if (text.length > 0 && text.bytes[text.length - 1] != '\n') {
        ta_text_add(&text, "\n");
    }
    char name[NAME_SIZE];
    draft_name(name, page);
    if (choose(face, page, text.bytes != NULL ? text.bytes : "")) {
        ta_desk_keep_typed(ta_face_desk(face), &page->pair, name, NULL);
        page->touched = 0;
    }
    ta_text_release(&text);
}

static void leave_edited(struct ta_face *face, void *state)
{
    struct conflicts *page = state;
    keep_typed(face, page, NULL);
    end_editing(page);
}

/* Walking */

static void go_to(struct conflicts *page, size_t at)
{
    page->at = at;
    page->top = 0;
}

static void next(struct ta_face *face, void *state)
{
    (void)face;
    struct conflicts *page = state;
    go_to(page, (page->at + 1) % page->conflicts.count);
}

static void previous(struct ta_face *face, void *state)
{
    (void)face;
    struct conflicts *page = state;
    go_to(page, (page->at + page->conflicts.count - 1) % page->conflicts.count);
}

static void next_open(struct ta_face *face, void *state)
{
    (void)face;
    struct conflicts *page = state;
    go_to(page, first_open(page, (page->at + 1) % page->conflicts.count));
}

static bool scroll(struct conflicts *page, const struct ta_key *pressed)
{
    bool taken = ta_scroll_key(&page->top, page->page, pressed);
    page->top = page->top > page->bottom ? page->bottom : page->top;
    return taken;
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct conflicts *page = state;
    if (!page->editing) {
        return scroll(page, pressed);
    }
    enum ta_edited edited = ta_editor_key(&page->editor, pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED && !page->touched) {
        page->touched = ta_face_now(face);
    }
    return edited != TA_EDIT_NOT_MINE;
}

/* What applies */

static bool is_reading(const void *state)
{
    const struct conflicts *page = state;
    return page->conflicts.count > 0 && !page->editing;
}

static bool is_editing(const void *state)
{
    return ((const struct conflicts *)state)->editing;
}

static bool has_places(const void *state)
{
    const struct conflicts *page = state;
    return is_reading(state) && !shown(page)->whole;
}

static bool has_more(const void *state)
{
    return is_reading(state) && ((const struct conflicts *)state)->conflicts.count > 1;
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    conflicts_draw(state, surface);
}

static const struct ta_command commands[] = {
    {"take yours", "o", "What you wrote is to stand there", take_ours, is_reading, false},
    {"theirs", "t", "What the other wrote is to stand there", take_theirs, is_reading, false},
    {"both", "b", "Both are to stand there, yours first", take_both, has_places, false},
    {"edit", "e", "Write what is to stand there", edit, has_places, false},
    {"next", "n Right Tab", "The next place", next, has_more, false},
    {"previous", "p Left S-Tab", "The place before", previous, has_more, false},
    {"next to choose", "Enter", "The next place that is not chosen", next_open, has_more, true},
    {"that is it", "F10 C-s", "This text is to stand there", keep_edited, is_editing, false},
    {"leave it", "Esc", "Choose nothing yet", leave_edited, is_editing, false},
};

const struct ta_screen conflicts_screen = {
    .name = "conflicts",
    .size = sizeof(struct conflicts),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_conflicts,
    .refresh = refresh,
    .heard = heard,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_conflicts,
};
