/* Agenda: what the mentee wants to talk about, item by item, ahead of the session. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agenda_view.h"
#include "kept.h"
#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/standing.h"
#include "turnabout/document/agenda_paper.h"

enum {
    SECOND = 1000,
    MINUTES_USUAL = 5, /* of a new item when no minutes are left */
    STRIDE = 5,        /* minutes at once with Shift */
    TITLE_MOST = 500,  /* bytes */
    NOTES_MOST = 20000,
};

/* --- reading ------------------------------------------------------------------------------------
 */

static bool read_date(struct ta_face *face, struct agenda_page *page, struct ta_error *err)
{
    struct ta_meetings meetings = {0};
    bool ok = ta_desk_meetings(ta_face_desk(face), &page->pair, &meetings, err);
    const struct ta_meeting *next = ok ? ta_meetings_next(&meetings) : NULL;
    page->when = next ? next->when : (struct ta_moment){0};
    ta_meetings_release(&meetings);
    return ok;
}

/* The row of the item with this title, the one in `near` before others; count: none. */
static size_t find_item(const struct ta_agenda *agenda, const char *title, size_t near)
{
    if (near < agenda->count && strcmp(agenda->items[near].title, title) == 0) {
        return near;
    }
    size_t row = 0;
    while (row < agenda->count && strcmp(agenda->items[row].title, title) != 0) {
        row++;
    }
    return row;
}

static size_t place_new(struct agenda_page *page)
{
    size_t slot;
    size_t place = ta_agenda_place(&page->state.agenda, &slot);
    page->in_slot = slot != SIZE_MAX;
    return page->in_slot ? slot : place;
}

/* Notes that were changed here and elsewhere: both stand in the editor, these first. */
static void join_notes(struct ta_face *face, struct agenda_page *page, const char *stored)
{
    const char *typed = ta_editor_text(&page->editor);
    if (strcmp(stored, page->notes) == 0 || strcmp(stored, typed) == 0) {
        return;
    }
    struct ta_text both = {0};
    bool changed = strcmp(typed, page->notes) != 0;
    if (changed) {
        ta_text_addf(&both, "%s\n\n", typed);
        ta_face_say(face, TA_CAUTION,
                    "These notes were changed elsewhere meanwhile: both stand here now, yours "
                    "first.");
        page->touched = ta_face_now(face);
    }
    ta_text_add(&both, stored);
    ta_editor_set(&page->editor, both.bytes);
    ta_replace(&page->notes, stored);
    ta_text_release(&both);
}

/* What is being typed stays with its item, wherever that is now; when it is gone, it becomes a new
 * one. */
static void follow_edit(struct ta_face *face, struct agenda_page *page)
{
    const struct ta_agenda *agenda = &page->state.agenda;
    if (page->mode == AGENDA_TITLE || page->mode == AGENDA_NOTES) {
        size_t row = find_item(agenda, page->title, page->list.chosen);
        page->list.chosen = row;
        if (row < agenda->count && page->mode == AGENDA_NOTES) {
            const char *notes = agenda->items[row].notes;
            join_notes(face, page, notes ? notes : "");
        } else if (row == agenda->count && page->mode == AGENDA_TITLE) {
            page->mode = AGENDA_NEW;
        }
    }
    if (page->mode == AGENDA_NEW) {
        page->list.chosen = place_new(page);
    }
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct agenda_page *page = state;
    struct ta_agenda_state fresh = {0};
    if (!ta_desk_agenda(ta_face_desk(face), &page->pair, &fresh, err) ||
        !read_date(face, page, err)) {
        ta_agenda_state_release(&fresh);
        return false;
    }
    const char *text = page->state.text;
    if (page->state.agenda.session != fresh.agenda.session) {
        versions_release(&page->versions);
    } else if (text && fresh.text && strcmp(text, fresh.text) != 0) {
        versions_keep(&page->versions, text); /* changed elsewhere: one step like any other */
    }
    ta_agenda_state_release(&page->state);
    page->state = fresh;
    follow_edit(face, page);
    ta_list_set_count(&page->list, fresh.agenda.count + agenda_has_new_row(page));
    page->carried = page->carried < fresh.carried.count ? page->carried : 0;
    return true;
}

static bool open_agenda(struct ta_face *face, void *state, const void *argument,
                        struct ta_error *err)
{
    (void)argument;
    struct agenda_page *page = state;
    bool ok = ta_desk_pair(ta_face_desk(face), NULL, &page->pair, err) && refresh(face, state, err);
    if (!ok) {
        ta_pair_release(&page->pair);
    }
    return ok;
}

/* --- saving -------------------------------------------------------------------------------------
 */

/* The paper of the agenda as it is stored; free with free(). */
static char *paper_of(const struct agenda_page *page)
{
    char *text = NULL;
    if (page->state.text || !ta_agenda_paper_write(&text, NULL, &page->state.agenda, NULL)) {
        text = ta_copy(page->state.text ? page->state.text : "");
    }
    return text;
}

/* What was changed elsewhere, or could not be saved, is shown as it is stored. */
static bool reload(struct ta_face *face, struct agenda_page *page)
{
    struct ta_error err;
    return ta_face_check(face, refresh(face, page, &err), &err);
}

/* Reads it anew, whatever became of a change, and says what kept it from being stored. */
static void show_stored(struct ta_face *face, struct agenda_page *page, bool stored,
                        const struct ta_error *err)
{
    if (!reload(face, page)) {
        return;
    }
    if (!stored && err->code == TA_BUSY) {
        ta_face_say(face, TA_CAUTION, "The agenda was changed elsewhere, to this. %s",
                    page->mode == AGENDA_READING ? "Now do it once more."
                                                 : "Enter keeps what you typed.");
    } else {
        ta_face_check(face, stored, err);
    }
}

static void end(struct agenda_page *page)
{
    ta_editor_release(&page->editor);
    page->mode = AGENDA_READING;
    free(page->before);
    page->before = NULL;
    page->touched = 0;
    ta_list_set_count(&page->list, page->state.agenda.count);
}

/* Saves a change that was made to the agenda in hand; typing ends with it. `before` is the paper
 * without the change, and is taken: the change can be undone. */
static bool save(struct ta_face *face, struct agenda_page *page, enum ta_agenda_verdict verdict,
                 char *before)
{
    struct ta_error err;
    struct ta_desk *desk = ta_face_desk(face);
    bool fine = ta_face_check(face, ta_agenda_refuse(verdict, page->list.chosen + 1, &err), &err);
    bool saved = fine && ta_desk_agenda_save(desk, &page->pair, &page->state, &err);
    if (saved) {
        versions_keep(&page->versions, before);
        end(page);
    }
    if (fine) {
        show_stored(face, page, saved, &err);
    }
    free(before);
    return saved;
}

/* --- typing a title -----------------------------------------------------------------------------
 */

static void begin(struct agenda_page *page, enum agenda_mode mode, const char *text)
{
    page->mode = mode;
    bool notes = mode == AGENDA_NOTES;
    ta_editor_init(&page->editor, text, notes, notes ? NOTES_MOST : TITLE_MOST);
    const struct ta_item *item = agenda_item(page, page->list.chosen);
    ta_replace(&page->title, item ? item->title : NULL);
}

static void edit_title(struct ta_face *face, void *state)
{
    (void)face;
    struct agenda_page *page = state;
    begin(page, AGENDA_TITLE, page->state.agenda.items[page->list.chosen].title);
}

static void new_item(struct ta_face *face, void *state)
{
    (void)face;
    struct agenda_page *page = state;
    page->list.chosen = place_new(page);
    begin(page, AGENDA_NEW, NULL);
    ta_list_set_count(&page->list, page->state.agenda.count + agenda_has_new_row(page));
}

static unsigned minutes_left(const struct ta_agenda *agenda)
{
    unsigned sum = ta_agenda_sum(agenda);
    unsigned left = sum < agenda->minutes ? agenda->minutes - sum : MINUTES_USUAL;
    return left < TA_MINUTES_MOST ? left : TA_MINUTES_MOST;
}

/* A new item in its place; an untouched topic of the usual agenda gives it its minutes. */
static enum ta_agenda_verdict put_new(struct agenda_page *page, const char *title)
{
    struct ta_agenda *agenda = &page->state.agenda;
    page->list.chosen = place_new(page);
    return page->in_slot ? ta_agenda_retitle(agenda, page->list.chosen, title)
                         : ta_agenda_insert(agenda, page->list.chosen, title, minutes_left(agenda));
}

static bool keep_title(struct ta_face *face, struct agenda_page *page)
{
    const char *title = ta_editor_text(&page->editor);
    bool new = page->mode == AGENDA_NEW;
    bool same = !new &&strcmp(title, page->title) == 0;
    bool empty = new &&ta_piece_trim(ta_piece_of(title)).length == 0;
    if (same || empty) {
        end(page);
        return true;
    }
    char *before = paper_of(page);
    enum ta_agenda_verdict verdict =
        new ? put_new(page, title)
            : ta_agenda_retitle(&page->state.agenda, page->list.chosen, title);
    return save(face, page, verdict, before);
}

static void keep_edit(struct ta_face *face, void *state)
{
    keep_title(face, state);
}

static void drop_edit(struct ta_face *face, void *state)
{
    (void)face;
    end(state);
}

/* --- talking notes ------------------------------------------------------------------------------
 */

static void open_notes(struct ta_face *face, void *state)
{
    (void)face;
    struct agenda_page *page = state;
    const char *notes = page->state.agenda.items[page->list.chosen].notes;
    begin(page, AGENDA_NOTES, notes);
    ta_replace(&page->notes, notes ? notes : "");
    page->before = paper_of(page);
}

/* Puts what is typed into the agenda; an item that went meanwhile comes back for it. */
static enum ta_agenda_verdict put_notes(struct agenda_page *page, const char *notes)
{
    struct ta_agenda *agenda = &page->state.agenda;
    size_t row = find_item(agenda, page->title, page->list.chosen);
    enum ta_agenda_verdict verdict = TA_AGENDA_FINE;
    if (row == agenda->count) {
        verdict = ta_agenda_insert(agenda, row, page->title, MINUTES_USUAL);
    }
    page->list.chosen = row;
    return verdict == TA_AGENDA_FINE ? ta_agenda_set_notes(agenda, row, notes) : verdict;
}

/* True: what is typed is stored. When the draft moved meanwhile, both are joined and stored. */
static bool keep_notes(struct ta_face *face, struct agenda_page *page)
{
    bool kept = strcmp(ta_editor_text(&page->editor), page->notes) == 0;
    for (int attempt = 0; !kept && attempt < 2; attempt++) {
        struct ta_desk *desk = ta_face_desk(face);
        const char *typed = ta_editor_text(&page->editor);
        struct ta_error err;
        bool fine = ta_agenda_refuse(put_notes(page, typed), page->list.chosen + 1, &err);
        kept = fine && ta_desk_agenda_save(desk, &page->pair, &page->state, &err);
        if (kept && page->before) {
            versions_keep(&page->versions, page->before);
            free(page->before);
            page->before = NULL;
        }
        if (kept) {
            ta_replace(&page->notes, typed);
        } else if (!fine || err.code != TA_BUSY || attempt > 0) {
            ta_face_check(face, false, &err);
            break;
        }
        reload(face, page);
    }
    page->touched = 0;
    return kept;
}

static void end_notes(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    if (keep_notes(face, page)) {
        end(page);
    }
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct agenda_page *page = state;
    if (page->touched && now - page->touched >= SECOND) {
        keep_notes(face, page);
    }
    return page->touched ? page->touched + SECOND : 0;
}

/* --- what a person can do -----------------------------------------------------------------------
 */

static void change_minutes(struct ta_face *face, struct agenda_page *page, int by)
{
    struct ta_agenda *agenda = &page->state.agenda;
    int now = (int)agenda->items[page->list.chosen].minutes;
    int minutes = now + by;
    minutes = minutes < TA_MINUTES_LEAST ? TA_MINUTES_LEAST : minutes;
    minutes = minutes > TA_MINUTES_MOST ? TA_MINUTES_MOST : minutes;
    if (minutes == now) {
        ta_face_say(face, TA_QUIET, "An item has %d to %d minutes.", TA_MINUTES_LEAST,
                    TA_MINUTES_MOST);
        return;
    }
    char *before = paper_of(page);
    save(face, page, ta_agenda_set_minutes(agenda, page->list.chosen, (unsigned)minutes), before);
}

static void longer(struct ta_face *face, void *state)
{
    change_minutes(face, state, 1);
}

static void shorter(struct ta_face *face, void *state)
{
    change_minutes(face, state, -1);
}

static void much_longer(struct ta_face *face, void *state)
{
    change_minutes(face, state, STRIDE);
}

static void much_shorter(struct ta_face *face, void *state)
{
    change_minutes(face, state, -STRIDE);
}

static void move_item(struct ta_face *face, struct agenda_page *page, size_t to)
{
    if (to >= page->state.agenda.count) {
        return;
    }
    char *before = paper_of(page);
    size_t from = page->list.chosen;
    if (save(face, page, ta_agenda_move(&page->state.agenda, from, to), before)) {
        page->list.chosen = to;
    }
}

static void move_up(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    move_item(face, page, page->list.chosen - 1);
}

static void move_down(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    move_item(face, page, page->list.chosen + 1);
}

static void drop_item(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    char *before = paper_of(page);
    if (save(face, page, ta_agenda_drop(&page->state.agenda, page->list.chosen), before)) {
        ta_face_say(face, TA_QUIET, "Taken off. u brings it back.");
    }
}

static void take_in(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    char *before = paper_of(page);
    char origin[32];
    snprintf(origin, sizeof origin, "session %u", page->state.carried_from);
    enum ta_agenda_verdict verdict = put_new(page, page->state.carried.items[page->carried]);
    if (verdict == TA_AGENDA_FINE) {
        verdict = ta_agenda_set_origin(&page->state.agenda, page->list.chosen, origin);
    }
    save(face, page, verdict, before);
}

static void next_carried(struct ta_face *face, void *state)
{
    (void)face;
    struct agenda_page *page = state;
    page->carried = (page->carried + 1) % page->state.carried.count;
}

/* The whole paper as it came from the person's editor. */
static void take_text(struct ta_face *face, struct agenda_page *page, struct ta_text *text,
                      const char *before)
{
    struct ta_error err;
    const char *typed = text->bytes ? text->bytes : "";
    if (strcmp(before, typed) == 0) {
        return;
    }
    if (ta_desk_agenda_write(ta_face_desk(face), &page->pair, &page->state, typed, &err)) {
        versions_keep(&page->versions, before);
        reload(face, page);
        return;
    }
    char name[48];
    snprintf(name, sizeof name, "agenda-%u-yours.md", page->state.agenda.session);
    reload(face, page);
    keep_text(face, &page->mine, text, name, &err);
}

/* A text that could not be taken goes on where it was left. */
static void edit_text(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    char *before = paper_of(page);
    struct ta_text text = page->mine;
    bool resumed = text.length > 0;
    page->mine = (struct ta_text){0};
    if (!resumed) {
        ta_text_add(&text, before);
    }
    if (ta_face_edit(face, &text, "agenda.md")) {
        take_text(face, page, &text, before);
    } else if (resumed) {
        page->mine = text;
        text = (struct ta_text){0};
    }
    ta_text_release(&text);
    free(before);
}

static void go(struct ta_face *face, struct agenda_page *page, enum direction direction)
{
    const char *text = versions_next(&page->versions, direction);
    if (!text) {
        ta_face_say(face, TA_QUIET,
                    direction == BACK ? "Nothing more to undo." : "Nothing more to redo.");
        return;
    }
    char *before = paper_of(page);
    struct ta_error err;
    bool ok = ta_desk_agenda_write(ta_face_desk(face), &page->pair, &page->state, text, &err);
    if (ok) {
        versions_step(&page->versions, direction, before);
    }
    show_stored(face, page, ok, &err);
    free(before);
}

static void undo(struct ta_face *face, void *state)
{
    go(face, state, BACK);
}

static void redo(struct ta_face *face, void *state)
{
    go(face, state, AGAIN);
}

static void share_now(struct ta_face *face, struct agenda_page *page)
{
    struct ta_error err;
    bool ok = ta_desk_agenda_share(ta_face_desk(face), &page->pair, TA_NOBODY, &err);
    if (ta_face_check(face, ok, &err) && reload(face, page)) {
        ta_face_say(face, TA_GOOD, "Shared: the agenda for session %u is in your record, for both.",
                    page->state.agenda.session);
    }
}

static void answer_share(struct ta_face *face, void *state, char key)
{
    if (key == 'y') {
        share_now(face, state);
    }
}

static void share(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    size_t first;
    struct ta_piece topic;
    if (agenda_marks(page, &first, &topic) == 0) {
        share_now(face, page);
        return;
    }
    struct ta_text question = {0};
    ta_text_addf(&question,
                 "⚠ Item %zu touches \"%.*s\", which your contract keeps off limits. Share it all "
                 "the same?",
                 first + 1, (int)topic.length, topic.at);
    ta_face_ask_key(face, question.bytes, "yn", answer_share);
    ta_text_release(&question);
}

/* --- keys ---------------------------------------------------------------------------------------
 */

static bool is_reading(const void *state)
{
    return ((const struct agenda_page *)state)->mode == AGENDA_READING;
}

static bool is_on_item(const void *state)
{
    const struct agenda_page *page = state;
    return is_reading(page) && page->state.agenda.count > 0;
}

static bool is_on_title(const void *state)
{
    const struct agenda_page *page = state;
    return page->mode == AGENDA_TITLE || page->mode == AGENDA_NEW;
}

static bool is_on_notes(const void *state)
{
    return ((const struct agenda_page *)state)->mode == AGENDA_NOTES;
}

static bool is_carrying(const void *state)
{
    const struct agenda_page *page = state;
    return is_reading(page) && page->state.carried.count > 0;
}

static const struct ta_command commands[] = {
    {"keep", "Enter", "Keep the title as typed", keep_edit, is_on_title, false},
    {"leave it", "Esc", "Leave the title as it was", drop_edit, is_on_title, false},
    {"done", "Esc", "Back to the items; the notes are saved", end_notes, is_on_notes, false},
    {"edit", "Enter", "Change the title in its place", edit_title, is_on_item, false},
    {"new", "n", "A new item", new_item, is_reading, false},
    {"longer", "Right", "A minute more", longer, is_on_item, false},
    {"shorter", "Left", "A minute less", shorter, is_on_item, false},
    {"much longer", "S-Right", "Five minutes more", much_longer, is_on_item, true},
    {"much shorter", "S-Left", "Five minutes less", much_shorter, is_on_item, true},
    {"notes", "o", "Talking notes under the item", open_notes, is_on_item, false},
    {"share", "S", "Commit the agenda, for both to read", share, is_reading, false},
    {"undo", "u", "Undo the last change to the agenda", undo, is_reading, false},
    {"drop", "D Delete", "Take the item off the agenda", drop_item, is_on_item, false},
    {"up", "K S-Up", "Move the item up", move_up, is_on_item, true},
    {"down", "J S-Down", "Move the item down", move_down, is_on_item, true},
    {"redo", "C-r", "Redo what was undone", redo, is_reading, true},
    {"take in", "+", "Take in the question carried over", take_in, is_carrying, true},
    {"next question", "Tab", "Offer the next question carried over", next_carried, is_carrying,
     true},
    {"editor", "e", "The whole agenda in your own editor", edit_text, is_reading, true},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct agenda_page *page = state;
    if (page->mode == AGENDA_READING) {
        return hits_key(&page->hits, &page->list, pressed) || ta_list_key(&page->list, pressed);
    }
    enum ta_edited edited = ta_editor_key(&page->editor, pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED && page->mode == AGENDA_NOTES) {
        page->touched = ta_face_now(face);
    } else if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION, "There is room for %d bytes here: the rest was not taken.",
                    page->mode == AGENDA_NOTES ? NOTES_MOST : TITLE_MOST);
    }
    return edited != TA_EDIT_NOT_MINE;
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    agenda_draw(state, surface);
}

/* What is typed is kept, whatever closes the screen. */
static void close_agenda(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    if (page->mode == AGENDA_NOTES) {
        keep_notes(face, page);
    } else if (page->mode != AGENDA_READING) {
        keep_title(face, page);
    }
    if (page->mode != AGENDA_READING) {
        end(page);
    }
    ta_agenda_state_release(&page->state);
    versions_release(&page->versions);
    ta_text_release(&page->mine);
    free(page->title);
    free(page->notes);
    ta_pair_release(&page->pair);
}

const struct ta_screen agenda_screen = {
    .name = "agenda",
    .size = sizeof(struct agenda_page),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_agenda,
    .refresh = refresh,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_agenda,
};
