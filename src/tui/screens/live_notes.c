#include "live_notes.h"

#include <stdlib.h>
#include <string.h>

#include "live_view.h"
#include "tall.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/off_limits.h"
#include "turnabout/domain/promise.h"

enum { TIME_COLUMNS = 9, SIGN_COLUMNS = 3, NOTE_ROWS_MOST = 6, LEAP = 10 };

static const enum ta_role_of_cell roles[TA_NOTE_KINDS] = {
    [TA_NOTE_PLAIN] = TA_PLAIN,           [TA_NOTE_TAKEAWAY] = TA_TAKEAWAY,
    [TA_NOTE_PROMISE] = TA_PROMISE,       [TA_NOTE_QUESTION] = TA_QUESTION,
    [TA_NOTE_DIFFERENCE] = TA_DIFFERENCE, [TA_NOTE_MINE] = TA_MINE,
};

/* The nearest note that stands, from `from` on in a direction; count when there is none. One that
 * is being edited stands, though another terminal removed it. */
static size_t standing(const struct notes_view *view, const struct ta_notes *notes, size_t from,
                       int direction)
{
    for (size_t i = from; i < notes->count; i += (size_t)direction) {
        if (!notes->items[i].removed || (view->editing && i == view->chosen)) {
            return i;
        }
    }
    return notes->count;
}

/* Of a note that there is; the notes may all be removed. */
static void choose(struct notes_view *view, const struct ta_notes *notes, size_t index)
{
    if (index < notes->count) {
        view->chosen = index;
    }
}

/* Ids rise with the places of their notes. */
static size_t find_note(const struct ta_notes *notes, int64_t id)
{
    size_t low = 0;
    size_t high = notes->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notes->items[middle].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The note at an index, or the nearest that stands: the next, else the one before. */
static size_t nearest(const struct notes_view *view, const struct ta_notes *notes, size_t index)
{
    size_t after = standing(view, notes, index, +1);
    return after < notes->count || index == 0 ? after : standing(view, notes, index - 1, -1);
}

void notes_view_follow(struct notes_view *view, const struct ta_notes *before,
                       const struct ta_notes *notes)
{
    if (view->chosen >= before->count) {
        view->chosen = 0;
        return;
    }
    view->chosen = find_note(notes, before->items[view->chosen].id);
    if (view->editing) {
        return; /* what is typed stays with its note, whatever became of that */
    }
    size_t near = nearest(view, notes, view->chosen);
    view->walking = view->walking && (near < notes->count || view->removed_count > 0);
    view->chosen = near < notes->count ? near : 0;
}

void notes_view_walk(struct notes_view *view, const struct ta_notes *notes)
{
    size_t newest = notes->count ? standing(view, notes, notes->count - 1, -1) : 0;
    if (newest < notes->count) {
        view->walking = true;
        view->chosen = newest;
    }
}

void notes_view_leave(struct notes_view *view)
{
    view->walking = false;
}

void notes_view_cancel(struct notes_view *view)
{
    ta_editor_release(&view->editor);
    free(view->edited);
    view->edited = NULL;
    view->editing = false;
}

void notes_view_release(struct notes_view *view)
{
    notes_view_cancel(view);
    free(view->removed);
    memset(view, 0, sizeof *view);
}

/* Keys */

static bool change(struct ta_face *face, struct ta_live *live, size_t index, enum ta_note_kind kind,
                   const char *text, bool removed)
{
    struct ta_error err;
    char *copy = ta_copy(text);
    bool ok = ta_live_note_change(ta_face_desk(face), live, index, kind, copy, removed, &err);
    free(copy);
    return ta_face_check(face, ok, &err);
}

/* The note as it was typed, its sign in front, to be typed over. */
static char *typed(const struct ta_note *note)
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
    return ta_text_take(&line);
}

void notes_view_edit(struct notes_view *view, struct ta_face *face, struct ta_live *live)
{
    const struct ta_note *note = &live->sitting.notes.items[view->chosen];
    if (note->removed) {
        return;
    }
    if (note->kind == TA_NOTE_MINE && view->hide_mine) {
        ta_face_say(face, TA_MINE, "What is mine is hidden: F9 shows it, then it can be edited.");
        return;
    }
    view->edited = typed(note);
    view->warned = false;
    view->editing = true;
    ta_editor_init(&view->editor, view->edited, false, TA_NOTE_LONGEST + 2);
}

/* False: another terminal changed the note since it was seen here. It is said once what stands
 * there now; who keeps theirs then knows. */
static bool is_as_seen(struct notes_view *view, struct ta_face *face, const struct ta_note *note)
{
    char *now = typed(note);
    bool same = strcmp(now, view->edited) == 0 && !note->removed;
    if (same || view->warned) {
        free(now);
        return true;
    }
    bool hidden = view->hide_mine && note->kind == TA_NOTE_MINE;
    ta_face_say(face, TA_CAUTION, "%s elsewhere meanwhile%s%s. Enter keeps yours, Esc leaves that.",
                note->removed ? "This note was removed" : "This note was changed",
                note->removed || hidden ? "" : ": ", note->removed || hidden ? "" : now);
    free(view->edited);
    view->edited = now;
    view->warned = note->removed;
    return false;
}

void notes_view_keep(struct notes_view *view, struct ta_face *face, struct ta_live *live)
{
    enum ta_note_kind kind = TA_NOTE_PLAIN;
    struct ta_piece text;
    if (ta_note_read(&kind, &text, ta_piece_of(ta_editor_text(&view->editor))) != TA_NOTE_FINE) {
        ta_face_say(face, TA_ALARM,
                    "The note would be empty: write it, or Esc and D to remove it.");
        return;
    }
    if (!is_as_seen(view, face, &live->sitting.notes.items[view->chosen])) {
        return;
    }
    char *exact = ta_piece_copy(text);
    if (change(face, live, view->chosen, kind, exact, false)) {
        notes_view_cancel(view);
    }
    free(exact);
}

/* The commands take Enter and Esc; Tab is nothing in the middle of a note. */
static bool key_in_edit(struct notes_view *view, struct ta_face *face, const struct ta_key *key)
{
    if (key->code == TA_KEY_TAB || key->code == TA_KEY_BACK_TAB) {
        return true;
    }
    enum ta_edited edited = ta_editor_key(&view->editor, key, ta_face_clip(face));
    if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION, "A note is at most %d bytes long: the rest was not taken.",
                    TA_NOTE_LONGEST);
    }
    return edited != TA_EDIT_NOT_MINE;
}

/* So many standing notes on, and no further than the last of them. */
static void leap(struct notes_view *view, const struct ta_notes *notes, int by)
{
    for (int i = 0; i < LEAP; i++) {
        size_t next = standing(view, notes, view->chosen + (size_t)by, by);
        if (next >= notes->count) {
            return;
        }
        view->chosen = next;
    }
}

static void move(struct notes_view *view, const struct ta_notes *notes, int by)
{
    size_t next = standing(view, notes, view->chosen + (size_t)by, by);
    if (next < notes->count) {
        view->chosen = next;
    } else if (by > 0) {
        view->walking = false; /* down from the newest is the line again */
    }
}

void notes_view_remove(struct notes_view *view, struct ta_face *face, struct ta_live *live)
{
    struct ta_notes *notes = &live->sitting.notes;
    const struct ta_note *note = &notes->items[view->chosen];
    if (note->removed || !change(face, live, view->chosen, note->kind, note->text, true)) {
        return;
    }
    int64_t *removed = ta_append(&view->removed, view->removed_count, sizeof *removed);
    *removed = note->id;
    view->removed_count++;
    choose(view, notes, nearest(view, notes, view->chosen));
    ta_face_say(face, TA_QUIET, "Removed. u brings it back.");
}

void notes_view_bring_back(struct notes_view *view, struct ta_face *face, struct ta_live *live)
{
    const struct ta_notes *notes = &live->sitting.notes;
    size_t index = find_note(notes, view->removed[view->removed_count - 1]);
    const struct ta_note *note = &notes->items[index];
    if (change(face, live, index, note->kind, note->text, false)) {
        view->chosen = index;
        view->removed_count--;
    }
}

static void set_kind(struct notes_view *view, struct ta_face *face, struct ta_live *live,
                     enum ta_note_kind kind)
{
    const struct ta_note *note = &live->sitting.notes.items[view->chosen];
    change(face, live, view->chosen, kind, note->text, false);
}

static void answer_share(struct ta_face *face, void *state, char key)
{
    struct live *live = state;
    if (key == 'y') {
        set_kind(&live->notes, face, &live->live, live->notes.wanted);
    }
}

/* 1 to 5: the kinds in the order of their signs; 0: plain. What was mine is shared only after a
 * second thought. */
static bool key_of_kind(struct notes_view *view, struct ta_face *face, struct ta_live *live,
                        char digit)
{
    if (digit < '0' || digit > '5') {
        return false;
    }
    const struct ta_note *note = &live->sitting.notes.items[view->chosen];
    view->wanted = (enum ta_note_kind)(digit - '0');
    if (note->removed || note->kind == view->wanted) {
        return true;
    }
    if (note->kind == TA_NOTE_MINE) {
        ta_face_ask_key(face, "This note is only yours. Share it with the other of you?", "yn",
                        answer_share);
    } else {
        set_kind(view, face, live, view->wanted);
    }
    return true;
}

bool notes_view_key(struct notes_view *view, struct ta_face *face, struct ta_live *live,
                    const struct ta_key *key)
{
    const struct ta_notes *notes = &live->sitting.notes;
    if (view->editing) {
        return key_in_edit(view, face, key);
    }
    if (ta_key_is(key, "Up k WheelUp")) {
        move(view, notes, -1);
    } else if (ta_key_is(key, "Down j WheelDown")) {
        move(view, notes, +1);
    } else if (ta_key_is(key, "PgUp")) {
        leap(view, notes, -1);
    } else if (ta_key_is(key, "PgDn")) {
        leap(view, notes, +1);
    } else if (ta_key_is(key, "g Home")) {
        choose(view, notes, standing(view, notes, 0, +1));
    } else if (ta_key_is(key, "G End")) {
        choose(view, notes, standing(view, notes, notes->count - 1, -1));
    } else {
        return key->code == TA_KEY_TEXT && !key->control && !key->alt &&
               key_of_kind(view, face, live, key->text[0]);
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
    struct ta_piece owner =
        promise.owner == TA_NOBODY ? ta_piece_of("?") : ta_pair_short_name(pair, promise.owner);
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

static void draw_text(const struct notes_view *view, const struct ta_live *live,
                      const struct ta_note *note, const struct ta_text *text,
                      struct ta_surface *surface, struct ta_area area)
{
    struct ta_piece topic;
    bool mine = note->kind == TA_NOTE_MINE;
    if (mine && view->hide_mine) {
        ta_put(surface, area.row, area.column, area.columns, TA_MINE, "• • •");
        return;
    }
    if (!mine && ta_off_limits_touched(&topic, live->off_limits, note->text)) {
        ta_put(surface, area.row, area.column - SIGN_COLUMNS + 1, 1, TA_CAUTION, "⚠");
    }
    put_text(surface, area, mine ? TA_MINE : TA_PLAIN, text->bytes ? text->bytes : "");
}

/* Where a note stands on the screen. */
struct place {
    struct ta_area area; /* of the whole of it */
    int due_columns;
};

static struct ta_area text_area(const struct place *place)
{
    struct ta_area area = place->area;
    area.column += TIME_COLUMNS + SIGN_COLUMNS;
    area.columns -= TIME_COLUMNS + SIGN_COLUMNS + place->due_columns;
    return area;
}

/* So high that its last row is the area's. */
static struct place place_of(const struct notes_view *view, const struct ta_note *note,
                             const struct ta_text *text, const char *due, struct ta_area area)
{
    struct place place = {area, due[0] ? ta_width(due, strlen(due)) + 2 : 0};
    int columns = text_area(&place).columns;
    bool hidden = note->kind == TA_NOTE_MINE && view->hide_mine;
    int rows = hidden || columns < 1 ? 1 : wrapped_rows(text->bytes ? text->bytes : "", columns);
    rows = rows < NOTE_ROWS_MOST ? rows : NOTE_ROWS_MOST;
    rows = rows < area.rows ? rows : area.rows;
    place.area.row = area.row + area.rows - rows;
    place.area.rows = rows;
    return place;
}

static void draw_edit(const struct notes_view *view, struct ta_surface *surface,
                      struct ta_area area)
{
    struct ta_area line = {area.row, area.column + TIME_COLUMNS, 1, area.columns - TIME_COLUMNS};
    struct ta_area text = line;
    text.rows = area.rows;
    ta_fill(surface, text, TA_STRONG, " ");
    live_draw_typed(&view->editor, view->hide_mine, surface, line, true);
}

/* Draws one note at the foot of an area; returns its rows. */
static int draw_note(const struct notes_view *view, const struct ta_live *live,
                     const struct ta_pair *pair, size_t index, struct ta_surface *surface,
                     struct ta_area area)
{
    const struct ta_note *note = &live->sitting.notes.items[index];
    struct ta_text text = {0};
    char due[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    char sign[2] = {ta_note_facts(note->kind)->sign, '\0'};
    bool chosen = view->walking && index == view->chosen;
    say(&text, due, note, pair);
    struct place place = place_of(view, note, &text, due, area);
    ta_span_clock(time, ta_session_elapsed_at(&live->sitting.events, note->at));
    ta_put_right(surface, place.area.row, area.column, TIME_COLUMNS - 2, TA_QUIET, time);
    ta_put(surface, place.area.row, area.column + TIME_COLUMNS, 1, roles[note->kind], sign);
    draw_text(view, live, note, &text, surface, text_area(&place));
    ta_put_right(surface, place.area.row, area.column, area.columns, TA_QUIET, due);
    if (chosen) {
        ta_paint(surface, place.area, TA_CHOSEN);
        surface->cursor_row = place.area.row;
        surface->cursor_column = text_area(&place).column;
    }
    if (chosen && view->editing) {
        draw_edit(view, surface, place.area);
    }
    ta_text_release(&text);
    return place.area.rows;
}

void live_draw_typed(const struct ta_editor *editor, bool hide_mine, struct ta_surface *surface,
                     struct ta_area area, bool focus)
{
    const char *line = ta_editor_text(editor);
    enum ta_note_kind kind;
    struct ta_piece text;
    (void)ta_note_read(&kind, &text, ta_piece_of(line));
    if (!hide_mine || kind != TA_NOTE_MINE) {
        ta_editor_draw(editor, surface, area, TA_STRONG, focus);
        return;
    }
    int count = 0;
    for (size_t at = 0; line[at] && count < area.columns - 1; count++) {
        at = ta_character_next(line, strlen(line), at);
    }
    ta_fill(surface, (struct ta_area){area.row, area.column, 1, count}, TA_MINE, "•");
    if (focus) {
        surface->cursor_row = area.row;
        surface->cursor_column = area.column + count;
    }
}

static void draw_empty(const struct notes_view *view, struct ta_surface *surface,
                       struct ta_area area)
{
    if (view->walking) {
        ta_put(surface, area.row, area.column, area.columns, TA_QUIET,
               "No note is left. u brings back what was removed.");
        surface->cursor_row = area.row;
        surface->cursor_column = area.column;
        return;
    }
    ta_put_wrapped(
        surface, area, TA_QUIET,
        "What you write below stands here, safe at once. A sign at the beginning says what "
        "it is; without one it is a note of the session.");
}

static int note_rows(const struct notes_view *view, const struct ta_live *live,
                     const struct ta_pair *pair, size_t index, struct ta_area area)
{
    const struct ta_note *note = &live->sitting.notes.items[index];
    struct ta_text text = {0};
    char due[TA_DATE_SIZE];
    say(&text, due, note, pair);
    struct place place = place_of(view, note, &text, due, area);
    ta_text_release(&text);
    return place.area.rows;
}

/* The note that stands lowest: the newest; while walking one so far below the chosen one that this
 * stands in the middle. */
static size_t lowest(const struct notes_view *view, const struct ta_live *live,
                     const struct ta_pair *pair, struct ta_area area)
{
    const struct ta_notes *notes = &live->sitting.notes;
    if (!view->walking) {
        return standing(view, notes, notes->count - 1, -1);
    }
    size_t last = view->chosen;
    int room = area.rows - note_rows(view, live, pair, last, area);
    room = room < area.rows / 2 ? room : area.rows / 2;
    for (size_t next = standing(view, notes, last + 1, +1); next < notes->count;
         next = standing(view, notes, next + 1, +1)) {
        room -= note_rows(view, live, pair, next, area);
        if (room < 0) {
            break;
        }
        last = next;
    }
    return last;
}

void notes_view_draw(const struct notes_view *view, const struct ta_live *live,
                     const struct ta_pair *pair, struct ta_surface *surface, struct ta_area area)
{
    const struct ta_notes *notes = &live->sitting.notes;
    if (notes->count == 0 || standing(view, notes, notes->count - 1, -1) == notes->count) {
        draw_empty(view, surface, area);
        return;
    }
    for (size_t i = lowest(view, live, pair, area); i < notes->count && area.rows > 0;
         i = i ? standing(view, notes, i - 1, -1) : notes->count) {
        area.rows -= draw_note(view, live, pair, i, surface, area);
    }
}
