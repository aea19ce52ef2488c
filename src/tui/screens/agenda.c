/* Agenda: what the mentee wants to talk about, item by item, ahead of the session. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agenda_page.h"
#include "kept.h"
#include "screens.h"
#include "turnabout/base/memory.h"

enum {
    SECOND = 1000,
    STRIDE = 5, /* minutes at once with Shift */
};

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    return agenda_refresh(face, state, err);
}

/* Only where the arc proposes a deck are the decks read; a prompt of it stands on the page. */
static void read_prompt(const struct ta_desk *desk, struct agenda_page *page)
{
    if (page->state.arc == TA_ARC_ANY) {
        return;
    }
    struct ta_decks decks;
    ta_desk_decks(desk, &decks);
    const struct ta_deck *deck = ta_decks_for(&decks, page->state.arc);
    page->prompt = deck ? ta_copy(deck->items[0].text) : NULL;
    ta_decks_release(&decks);
}

/* What is being typed is in nobody's way: whoever stores it sees first what was changed. */
static bool heard(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    bool reading = page->mode == AGENDA_READING;
    if (reading) {
        (void)agenda_reload(face, page);
    }
    return reading;
}

static bool open_agenda(struct ta_face *face, void *state, const void *argument,
                        struct ta_error *err)
{
    (void)argument;
    struct agenda_page *page = state;
    bool ok = ta_desk_pair(ta_face_desk(face), NULL, &page->pair, err) && refresh(face, state, err);
    if (ok) {
        read_prompt(ta_face_desk(face), page);
    } else {
        ta_pair_release(&page->pair);
    }
    return ok;
}

/* Typing */

static void edit_title(struct ta_face *face, void *state)
{
    (void)face;
    struct agenda_page *page = state;
    agenda_begin(page, AGENDA_TITLE, page->state.agenda.items[page->list.chosen].title);
}

static void new_item(struct ta_face *face, void *state)
{
    (void)face;
    struct agenda_page *page = state;
    page->list.chosen = agenda_place_new(page);
    agenda_begin(page, AGENDA_NEW, NULL);
    ta_list_set_count(&page->list, page->state.agenda.count + agenda_has_new_row(page));
}

static void keep_edit(struct ta_face *face, void *state)
{
    agenda_keep_title(face, state);
}

static void drop_edit(struct ta_face *face, void *state)
{
    (void)face;
    agenda_end(state);
}

static void open_notes(struct ta_face *face, void *state)
{
    (void)face;
    struct agenda_page *page = state;
    const char *notes = page->state.agenda.items[page->list.chosen].notes;
    agenda_begin(page, AGENDA_NOTES, notes);
    ta_replace(&page->notes, notes ? notes : "");
    page->before = agenda_paper(page);
}

static void end_notes(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    if (agenda_keep_notes(face, page)) {
        agenda_end(page);
    }
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct agenda_page *page = state;
    if (page->touched && now - page->touched >= SECOND) {
        agenda_keep_notes(face, page);
    }
    return page->touched ? page->touched + SECOND : 0;
}

/* What a person can do */

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
    char *before = agenda_paper(page);
    agenda_save(face, page, ta_agenda_set_minutes(agenda, page->list.chosen, (unsigned)minutes),
                before);
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
    char *before = agenda_paper(page);
    size_t from = page->list.chosen;
    if (agenda_save(face, page, ta_agenda_move(&page->state.agenda, from, to), before)) {
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
    char *before = agenda_paper(page);
    if (agenda_save(face, page, ta_agenda_drop(&page->state.agenda, page->list.chosen), before)) {
        ta_face_say(face, TA_QUIET, "Taken off. u brings it back.");
    }
}

/* What was carried over */

static void take_in(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    char *before = agenda_paper(page);
    const struct ta_carry *carry = &page->state.carried.items[page->carried];
    enum ta_agenda_verdict verdict = ta_carry_take(&page->state.agenda, carry, &page->list.chosen);
    agenda_save(face, page, verdict, before);
}

static void set_aside(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    char *before = agenda_paper(page);
    const struct ta_carry *carry = &page->state.carried.items[page->carried];
    bool promise = carry->kind == TA_CARRY_PROMISE;
    ta_agenda_set_aside(&page->state.agenda, carry->text);
    if (agenda_save(face, page, TA_AGENDA_FINE, before)) {
        ta_face_say(face, TA_QUIET,
                    promise ? "Left out of this agenda; the promise stays. u brings it back."
                            : "Set aside: it is not offered again. u brings it back.");
    }
}

static void next_carried(struct ta_face *face, void *state)
{
    (void)face;
    struct agenda_page *page = state;
    page->carried = (page->carried + 1) % page->state.carried.count;
}

/* Elsewhere */

static void open_decks(struct ta_face *face, void *state)
{
    ta_face_push(face, &decks_screen, &(struct decks_opening){.agenda = state});
}

static void open_contract(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &contract_screen, NULL);
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
    char name[48];
    (void)snprintf(name, sizeof name, "agenda-%u-yours.md", page->state.agenda.session);
    if (ta_desk_agenda_write(ta_face_desk(face), &page->pair, &page->state, typed, &err)) {
        versions_keep(&page->versions, before);
        drop_kept(face, name);
        agenda_reload(face, page);
        return;
    }
    agenda_reload(face, page);
    keep_text(face, &page->mine, text, name, &err);
}

/* A text that could not be taken goes on where it was left. */
static void edit_text(struct ta_face *face, void *state)
{
    struct agenda_page *page = state;
    char *before = agenda_paper(page);
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

static void undo(struct ta_face *face, void *state)
{
    agenda_go(face, state, BACK);
}

static void redo(struct ta_face *face, void *state)
{
    agenda_go(face, state, AGAIN);
}

static void say_shared(struct ta_face *face, const struct agenda_page *page)
{
    struct ta_piece reader = agenda_reader(page);
    if (page->waits) {
        ta_face_say(face, TA_GOOD, "Shared on this machine. S at home sends it to %.*s.",
                    (int)reader.length, reader.at);
    } else {
        ta_face_say(face, TA_GOOD, "Shared: the agenda for session %u is in your record, for both.",
                    page->state.agenda.session);
    }
}

static void share_now(struct ta_face *face, struct agenda_page *page)
{
    struct ta_error err;
    bool ok = ta_desk_agenda_share(ta_face_desk(face), &page->pair, TA_NOBODY, &err);
    if (!ta_face_check(face, ok, &err)) {
        return;
    }
    if (agenda_reload(face, page)) {
        say_shared(face, page);
    } else {
        ta_face_say(face, TA_CAUTION,
                    "The agenda is shared, but cannot be read anew: see to the "
                    "room on the disk, then open it again.");
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

/* Keys */

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

static bool is_review(const void *state)
{
    const struct agenda_page *page = state;
    return is_reading(page) && page->state.arc == TA_ARC_MIDDLE;
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
    {"decks", "Tab", "Prompts to talk about, by theme", open_decks, is_reading, true},
    {"take in", "+", "Take in what was carried over", take_in, is_carrying, true},
    {"set aside", "x", "What was carried over is not wanted", set_aside, is_carrying, true},
    {"next offer", "Space", "Offer the next that was carried over", next_carried, is_carrying,
     true},
    {"contract", "c", "Read the contract again, and amend it", open_contract, is_review, true},
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
                    page->mode == AGENDA_NOTES ? AGENDA_NOTES_MOST : AGENDA_TITLE_MOST);
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
        agenda_keep_notes(face, page);
    } else if (page->mode != AGENDA_READING) {
        agenda_keep_title(face, page);
    }
    if (page->mode != AGENDA_READING) {
        agenda_end(page);
    }
    ta_agenda_state_release(&page->state);
    versions_release(&page->versions);
    ta_text_release(&page->mine);
    free(page->title);
    free(page->notes);
    free(page->prompt);
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
    .heard = heard,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_agenda,
};
