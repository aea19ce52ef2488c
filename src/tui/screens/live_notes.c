#include "live_notes.h"

#include <stdlib.h>
#include <string.h>

#include "live_view.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/typed.h"

enum { LEAP = 10, KEEP_AFTER = 800 };

size_t notes_view_standing(const struct notes_view *view, const struct ta_notes *notes, size_t from,
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
    size_t after = notes_view_standing(view, notes, index, +1);
    return after < notes->count || index == 0 ? after
                                              : notes_view_standing(view, notes, index - 1, -1);
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
    size_t newest = notes->count ? notes_view_standing(view, notes, notes->count - 1, -1) : 0;
    if (newest < notes->count) {
        view->walking = true;
        view->chosen = newest;
    }
}

void notes_view_leave(struct notes_view *view)
{
    view->walking = false;
}

static void end_editing(struct notes_view *view)
{
    ta_editor_release(&view->editor);
    free(view->edited);
    view->edited = NULL;
    view->editing = false;
    view->touched = 0;
}

void notes_view_cancel(struct notes_view *view, struct ta_face *face, const struct ta_live *live)
{
    end_editing(view);
    ta_desk_keep_change(ta_face_desk(face), &live->sitting, 0, NULL);
}

void notes_view_release(struct notes_view *view)
{
    end_editing(view);
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

/* `text`: what was typed of it so far; NULL: nothing. */
static void begin_editing(struct notes_view *view, const struct ta_note *note, const char *text)
{
    view->edited = typed(note);
    view->warned = false;
    view->editing = true;
    ta_editor_init(&view->editor, text ? text : view->edited, false, TA_NOTE_LONGEST + 2);
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
    begin_editing(view, note, NULL);
}

void notes_view_resume(struct notes_view *view, struct ta_face *face, const struct ta_live *live)
{
    int64_t id = 0;
    char *text = NULL;
    const struct ta_notes *notes = &live->sitting.notes;
    ta_desk_change(ta_face_desk(face), &live->sitting, &id, &text);
    size_t index = find_note(notes, id);
    if (text && index < notes->count && notes->items[index].id == id) {
        view->walking = true;
        view->chosen = index;
        begin_editing(view, &notes->items[index], text);
        ta_face_say(face, TA_CAUTION,
                    "You were changing this note: Enter keeps it so, Esc leaves "
                    "it as it was.");
    }
    free(text);
}

bool notes_view_tick(struct notes_view *view, struct ta_face *face, const struct ta_live *live,
                     int64_t now)
{
    if (view->touched == 0 || now - view->touched < KEEP_AFTER) {
        return view->touched != 0;
    }
    view->touched = 0;
    ta_desk_keep_change(ta_face_desk(face), &live->sitting,
                        live->sitting.notes.items[view->chosen].id, ta_editor_text(&view->editor));
    return false;
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
        notes_view_cancel(view, face, live);
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
    if (edited == TA_EDIT_CHANGED && !view->touched) {
        view->touched = ta_face_now(face);
    } else if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION, "A note is at most %d bytes long: the rest was not taken.",
                    TA_NOTE_LONGEST);
    }
    return edited != TA_EDIT_NOT_MINE;
}

/* So many standing notes on, and no further than the last of them. */
static void leap(struct notes_view *view, const struct ta_notes *notes, int by)
{
    for (int i = 0; i < LEAP; i++) {
        size_t next = notes_view_standing(view, notes, view->chosen + (size_t)by, by);
        if (next >= notes->count) {
            return;
        }
        view->chosen = next;
    }
}

static void move(struct notes_view *view, const struct ta_notes *notes, int by)
{
    size_t next = notes_view_standing(view, notes, view->chosen + (size_t)by, by);
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
        choose(view, notes, notes_view_standing(view, notes, 0, +1));
    } else if (ta_key_is(key, "G End")) {
        choose(view, notes, notes_view_standing(view, notes, notes->count - 1, -1));
    } else {
        return key->code == TA_KEY_TEXT && !key->control && !key->alt &&
               key_of_kind(view, face, live, key->text[0]);
    }
    return true;
}
