#include <string.h>

#include "live_notes.h"
#include "live_view.h"
#include "tall.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/off_limits.h"
#include "turnabout/domain/promise.h"

enum { TIME_COLUMNS = 9, SIGN_COLUMNS = 3, NOTE_ROWS_MOST = 6 };

static const enum ta_role_of_cell roles[TA_NOTE_KINDS] = {
    [TA_NOTE_PLAIN] = TA_PLAIN,           [TA_NOTE_TAKEAWAY] = TA_TAKEAWAY,
    [TA_NOTE_PROMISE] = TA_PROMISE,       [TA_NOTE_QUESTION] = TA_QUESTION,
    [TA_NOTE_DIFFERENCE] = TA_DIFFERENCE, [TA_NOTE_MINE] = TA_MINE,
};

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
        return notes_view_standing(view, notes, notes->count - 1, -1);
    }
    size_t last = view->chosen;
    int room = area.rows - note_rows(view, live, pair, last, area);
    room = room < area.rows / 2 ? room : area.rows / 2;
    for (size_t next = notes_view_standing(view, notes, last + 1, +1); next < notes->count;
         next = notes_view_standing(view, notes, next + 1, +1)) {
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
    if (notes->count == 0 ||
        notes_view_standing(view, notes, notes->count - 1, -1) == notes->count) {
        draw_empty(view, surface, area);
        return;
    }
    for (size_t i = lowest(view, live, pair, area); i < notes->count && area.rows > 0;
         i = i ? notes_view_standing(view, notes, i - 1, -1) : notes->count) {
        area.rows -= draw_note(view, live, pair, i, surface, area);
    }
}
