#include "live_notes.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/off_limits.h"
#include "turnabout/domain/promise.h"
#include "turnabout/tui/frame.h"

enum { TIME_COLUMNS = 8, SIGN_COLUMNS = 3, NOTE_ROWS_MOST = 6 };

static const enum ta_role_of_cell roles[TA_NOTE_KINDS] = {
    [TA_NOTE_PLAIN] = TA_PLAIN,           [TA_NOTE_TAKEAWAY] = TA_TAKEAWAY,
    [TA_NOTE_PROMISE] = TA_PROMISE,       [TA_NOTE_QUESTION] = TA_QUESTION,
    [TA_NOTE_DIFFERENCE] = TA_DIFFERENCE, [TA_NOTE_MINE] = TA_MINE,
};

/* The nearest note that stands, from `from` on in a direction; count when there is none. */
static size_t standing(const struct ta_notes *notes, size_t from, int direction)
{
    for (size_t i = from; i < notes->count; i += (size_t)direction) {
        if (!notes->items[i].removed) {
            return i;
        }
    }
    return notes->count;
}

void notes_view_follow(struct notes_view *view, const struct ta_notes *notes)
{
    if (view->chosen >= notes->count) {
        view->chosen = notes->count ? notes->count - 1 : 0;
    }
    if (view->walking && !view->editing && standing(notes, view->chosen, -1) == notes->count &&
        standing(notes, view->chosen, +1) == notes->count) {
        view->walking = false;
    }
}

void notes_view_walk(struct notes_view *view, const struct ta_notes *notes)
{
    size_t newest = notes->count ? standing(notes, notes->count - 1, -1) : 0;
    if (newest < notes->count) {
        view->walking = true;
        view->chosen = newest;
        view->removed = SIZE_MAX;
    }
}

void notes_view_release(struct notes_view *view)
{
    if (view->editing) {
        ta_editor_release(&view->editor);
    }
    memset(view, 0, sizeof *view);
}

/* Keys */

static bool change(struct ta_face *face, struct ta_live *live, size_t index, enum ta_note_kind kind,
                   const char *text, bool removed)
{
    struct ta_error err;
    char *copy = ta_copy(text);
    bool ok = ta_face_check(
        face, ta_live_note_change(ta_face_desk(face), live, index, kind, copy, removed, &err),
        &err);
    free(copy);
    return ok;
}

/* The note as it was typed, its sign in front, to be typed over. */
static void begin_edit(struct notes_view *view, const struct ta_note *note)
{
    struct ta_text line = {0};
    if (note->kind == TA_NOTE_PLAIN) {
        enum ta_note_kind kind;
        struct ta_piece rest;
        bool looks = ta_note_read(&kind, &rest, ta_piece_of(note->text)) != TA_NOTE_FINE ||
                     kind != TA_NOTE_PLAIN || rest.length != strlen(note->text);
        ta_text_addf(&line, "%s%s", looks ? "\\" : "", note->text);
    } else {
        ta_text_addf(&line, "%c %s", ta_note_facts(note->kind)->sign, note->text);
    }
    ta_editor_init(&view->editor, line.bytes, false, TA_NOTE_LONGEST + 2);
    view->editing = true;
    ta_text_release(&line);
}

static void end_edit(struct notes_view *view)
{
    ta_editor_release(&view->editor);
    view->editing = false;
}

static bool take_edit(struct notes_view *view, struct ta_face *face, struct ta_live *live)
{
    enum ta_note_kind kind = TA_NOTE_PLAIN;
    struct ta_piece text;
    if (ta_note_read(&kind, &text, ta_piece_of(ta_editor_text(&view->editor))) != TA_NOTE_FINE) {
        ta_face_say(face, TA_ALARM,
                    "The note would be empty: write it, or Esc and D to remove it.");
        return true;
    }
    char *exact = ta_piece_copy(text);
    if (change(face, live, view->chosen, kind, exact, false)) {
        end_edit(view);
    }
    free(exact);
    return true;
}

static bool key_in_edit(struct notes_view *view, struct ta_face *face, struct ta_live *live,
                        const struct ta_key *key)
{
    if (key->code == TA_KEY_ENTER) {
        return take_edit(view, face, live);
    }
    if (key->code == TA_KEY_ESCAPE) {
        end_edit(view);
        return true;
    }
    return ta_editor_key(&view->editor, key, ta_face_clip(face)) != TA_EDIT_NOT_MINE;
}

static void move(struct notes_view *view, const struct ta_notes *notes, int by)
{
    size_t next = standing(notes, view->chosen + (size_t)by, by);
    if (next < notes->count) {
        view->chosen = next;
    } else if (by > 0) {
        view->walking = false; /* down from the newest is the line again */
    }
}

static void drop(struct notes_view *view, struct ta_face *face, struct ta_live *live)
{
    struct ta_notes *notes = &live->sitting.notes;
    const struct ta_note *note = &notes->items[view->chosen];
    if (!change(face, live, view->chosen, note->kind, note->text, true)) {
        return;
    }
    view->removed = view->chosen;
    size_t before = standing(notes, view->chosen, -1);
    size_t after = standing(notes, view->chosen, +1);
    view->chosen = after < notes->count ? after : before < notes->count ? before : view->chosen;
    ta_face_say(face, TA_QUIET, "Removed. u brings it back.");
}

static void bring_back(struct notes_view *view, struct ta_face *face, struct ta_live *live)
{
    if (view->removed >= live->sitting.notes.count) {
        return;
    }
    const struct ta_note *note = &live->sitting.notes.items[view->removed];
    if (change(face, live, view->removed, note->kind, note->text, false)) {
        view->chosen = view->removed;
        view->removed = SIZE_MAX;
    }
}

/* 1 to 5: the kinds in the order of their signs; 0: plain. */
static bool set_kind(struct notes_view *view, struct ta_face *face, struct ta_live *live,
                     char digit)
{
    if (digit < '0' || digit > '5') {
        return false;
    }
    const struct ta_note *note = &live->sitting.notes.items[view->chosen];
    change(face, live, view->chosen, (enum ta_note_kind)(digit - '0'), note->text, false);
    return true;
}

bool notes_view_key(struct notes_view *view, struct ta_face *face, struct ta_live *live,
                    const struct ta_key *key)
{
    const struct ta_notes *notes = &live->sitting.notes;
    if (view->editing) {
        return key_in_edit(view, face, live, key);
    }
    if (ta_key_is(key, "Up k") || key->code == TA_KEY_WHEEL_UP) {
        move(view, notes, -1);
    } else if (ta_key_is(key, "Down j") || key->code == TA_KEY_WHEEL_DOWN) {
        move(view, notes, +1);
    } else if (ta_key_is(key, "g Home")) {
        view->chosen = standing(notes, 0, +1);
    } else if (ta_key_is(key, "G End")) {
        view->chosen = standing(notes, notes->count - 1, -1);
    } else if (ta_key_is(key, "Esc")) {
        view->walking = false;
    } else if (ta_key_is(key, "Enter e")) {
        begin_edit(view, &notes->items[view->chosen]);
    } else if (ta_key_is(key, "D Delete")) {
        drop(view, face, live);
    } else if (ta_key_is(key, "u")) {
        bring_back(view, face, live);
    } else {
        return key->code == TA_KEY_TEXT && !key->control &&
               set_kind(view, face, live, key->text[0]);
    }
    return true;
}

/* Drawing */

/* What is shown of a note: for a promise what was understood of it. */
static void say(struct ta_text *text, char due[TA_DATE_SIZE], const struct ta_note *note,
                const struct ta_pair *pair)
{
    due[0] = '\0';
    if (note->kind != TA_NOTE_PROMISE) {
        ta_text_add(text, note->text);
        return;
    }
    struct ta_promise promise = {0};
    struct ta_day today = ta_day_of(ta_moment_local(note->at));
    ta_promise_understand(&promise, ta_piece_of(note->text), pair, today);
    struct ta_piece owner = promise.owner == TA_NOBODY
                                ? ta_piece_of("?")
                                : ta_person_first_name(&pair->person[promise.owner]);
    ta_text_addf(text, "%.*s: %s", (int)owner.length, owner.at, promise.text);
    if (promise.due.year) {
        char day[TA_DATE_SIZE];
        ta_day_short(day, promise.due, today);
        struct ta_text words = {0};
        ta_text_addf(&words, "due %s", day);
        memcpy(due, words.bytes, words.length + 1);
        ta_text_release(&words);
    }
    ta_promise_release(&promise);
}

static int rows_of(const struct ta_text *text, int columns)
{
    int rows = 0;
    for (size_t at = 0; at < text->length && rows < NOTE_ROWS_MOST; rows++) {
        at += ta_wrap(text->bytes + at, text->length - at, columns);
    }
    return rows ? rows : 1;
}

static void draw_text(const struct notes_view *view, const struct ta_live *live,
                      const struct ta_note *note, const struct ta_text *text,
                      struct ta_surface *surface, struct ta_area area)
{
    struct ta_piece topic;
    if (note->kind == TA_NOTE_MINE && view->hide_mine) {
        ta_put(surface, area.row, area.column, area.columns, TA_MINE, "• • •");
    } else if (ta_off_limits_touched(&topic, live->off_limits, note->text)) {
        ta_put(surface, area.row, area.column, 2, TA_CAUTION, "⚠");
        area.column += 2;
        area.columns -= 2;
        ta_put_wrapped(surface, area, TA_PLAIN, text->bytes);
    } else {
        ta_put_wrapped(surface, area, note->kind == TA_NOTE_MINE ? TA_MINE : TA_PLAIN, text->bytes);
    }
}

/* Draws one note so that its last row is `bottom`; returns its rows. */
static int draw_note(const struct notes_view *view, const struct ta_live *live,
                     const struct ta_pair *pair, size_t index, struct ta_surface *surface,
                     struct ta_area area, int bottom)
{
    const struct ta_note *note = &live->sitting.notes.items[index];
    struct ta_text text = {0};
    char due[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    say(&text, due, note, pair);
    int due_columns = due[0] ? ta_width(due, strlen(due)) + 2 : 0;
    int column = area.column + TIME_COLUMNS + SIGN_COLUMNS;
    int columns = area.columns - TIME_COLUMNS - SIGN_COLUMNS - due_columns;
    int rows = rows_of(&text, columns > 1 ? columns : 1);
    int top = bottom - rows + 1;
    rows = top < area.row ? bottom - area.row + 1 : rows;
    top = bottom - rows + 1;
    char sign[2] = {ta_note_facts(note->kind)->sign, '\0'};
    ta_span_clock(time, ta_session_elapsed_at(&live->sitting.events, note->at));
    ta_put_right(surface, top, area.column, TIME_COLUMNS - 2, TA_QUIET, time);
    ta_put(surface, top, area.column + TIME_COLUMNS, 1, roles[note->kind], sign);
    struct ta_area body = {top, column, rows, columns};
    draw_text(view, live, note, &text, surface, body);
    ta_put_right(surface, top, area.column, area.columns, TA_QUIET, due);
    if (view->walking && index == view->chosen) {
        ta_paint(surface, (struct ta_area){top, area.column, rows, area.columns}, TA_CHOSEN);
        surface->cursor_row = top;
        surface->cursor_column = column;
    }
    ta_text_release(&text);
    return rows;
}

static void draw_edit(const struct notes_view *view, struct ta_surface *surface,
                      struct ta_area area, int row)
{
    struct ta_area line = {row, area.column + TIME_COLUMNS, 1, area.columns - TIME_COLUMNS};
    struct ta_editor *editor = (struct ta_editor *)&view->editor;
    ta_fill(surface, line, TA_STRONG, " ");
    ta_editor_draw(editor, surface, line, TA_STRONG, true);
}

static void draw_empty(struct ta_surface *surface, struct ta_area area)
{
    ta_put_wrapped(
        surface, area, TA_QUIET,
        "What you write below stands here, safe at once. A sign at the beginning says what "
        "it is; without one it is a note of the session.");
}

void notes_view_draw(const struct notes_view *view, const struct ta_live *live,
                     const struct ta_pair *pair, struct ta_surface *surface, struct ta_area area)
{
    const struct ta_notes *notes = &live->sitting.notes;
    size_t from = view->walking ? view->chosen : notes->count - 1;
    if (notes->count == 0 || standing(notes, notes->count - 1, -1) == notes->count) {
        draw_empty(surface, area);
        return;
    }
    /* The chosen note stands in the middle while walking, the newest at the foot otherwise. */
    int below = 0;
    if (view->walking) {
        for (size_t i = standing(notes, from + 1, +1); i < notes->count && below < area.rows / 2;
             i = standing(notes, i + 1, +1)) {
            from = i;
            below++;
        }
    }
    int bottom = area.row + area.rows - 1;
    for (size_t i = standing(notes, from, -1); i < notes->count && bottom >= area.row;
         i = i ? standing(notes, i - 1, -1) : notes->count) {
        int rows = draw_note(view, live, pair, i, surface, area, bottom);
        if (view->editing && i == view->chosen) {
            draw_edit(view, surface, area, bottom - rows + 1);
        }
        bottom -= rows;
    }
}
