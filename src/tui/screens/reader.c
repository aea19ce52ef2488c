/* A text to read: a document, or the difference between two. */
#include <stdlib.h>
#include <string.h>

#include "reader_lines.h"
#include "screens.h"
#include "turnabout/base/compare.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/sought.h"
#include "turnabout/tui/frame.h"

enum {
    TOP = 2,      /* row of the first line */
    MARGIN = 3,   /* column of the text */
    WIDEST = 100, /* columns; beyond, the eye loses the line */
    CONTEXT = 2,  /* lines shown before and after a change, or above what was found */
};

/* A row on the screen: lines are wrapped. */
struct place {
    size_t line;
    int row; /* of that line */
};

struct reader {
    char *title;
    struct reader_lines lines; /* at least one */
    struct place top;          /* where the person scrolled to */
    struct place shown;        /* and what is on top, so that no room is left unused at the end */
    int rows, columns;         /* of the text when it was last drawn */
    char *typed;               /* what is sought; NULL: nothing */
    struct ta_sought sought;
    bool any;              /* no line has all of the words: those that have one of them count */
    size_t found;          /* index of the line that was found; SIZE_MAX: none */
    bool arrived;          /* the line that it was opened at has been scrolled to */
    struct reader_way way; /* zero: it leads nowhere */
};

static void seek(struct reader *reader, const char *typed, bool filtered);
static size_t find_line(const struct reader *reader, size_t from, bool back);

/* Where to begin in what was found. */
static void begin(struct reader *reader, const struct reader_text *text)
{
    size_t last = reader->lines.count - 1;
    bool back = text->place == READER_AT_LAST;
    reader->found = text->line < last ? text->line : last;
    if (text->place != READER_AT_LINE && reader->sought.count > 0) {
        size_t found = find_line(reader, back ? last : 0, back);
        reader->found = found <= last ? found : reader->found;
    }
}

static bool open_reader(struct ta_face *face, void *state, const void *argument,
                        struct ta_error *err)
{
    (void)face;
    (void)err;
    struct reader *reader = state;
    const struct reader_text *text = argument;
    reader->title = ta_copy(text->title);
    reader->found = SIZE_MAX;
    if (text->comparison) {
        reader_add_comparison(&reader->lines, text->comparison);
    } else if (text->beside) {
        reader_add_beside(&reader->lines, text->beside);
    } else if (text->drawn) {
        reader_add_drawn(&reader->lines, text->text);
    } else {
        reader_add_document(&reader->lines, text->text);
    }
    if (reader->lines.count == 0) {
        reader_add(&reader->lines, ta_piece_of("Nothing is written here yet."), TA_QUIET, NULL);
    }
    if (text->sought) {
        seek(reader, text->sought, true);
        begin(reader, text);
    }
    if (text->way) {
        reader->way = *text->way;
    }
    return true;
}

static void close_reader(struct ta_face *face, void *state)
{
    (void)face;
    struct reader *reader = state;
    reader_lines_release(&reader->lines);
    free(reader->title);
    free(reader->typed);
    ta_sought_release(&reader->sought);
}

/* Rows */

static int indent_of(const struct reader_line *line)
{
    return line->sign ? 2 : 0;
}

static int columns_of(const struct reader *reader, const struct reader_line *line)
{
    int columns = reader->columns - indent_of(line);
    return columns > 0 ? columns : 1;
}

static struct ta_piece without_blanks_behind(struct ta_piece text)
{
    while (text.length > 0 && text.at[text.length - 1] == ' ') {
        text.length--;
    }
    return text;
}

/* The text of a row; false: the line has no such row. An empty line has one. */
static bool row_of(const struct reader *reader, struct place place, struct ta_piece *row)
{
    const struct reader_line *line = &reader->lines.items[place.line];
    struct ta_piece rest = ta_piece_of(line->text);
    *row = rest;
    for (int i = 0; i <= place.row; i++) {
        if (rest.length == 0) {
            return i == 0 && place.row == 0;
        }
        size_t length = ta_wrap(rest.at, rest.length, columns_of(reader, line));
        *row = without_blanks_behind((struct ta_piece){rest.at, length});
        rest = (struct ta_piece){rest.at + length, rest.length - length};
    }
    return true;
}

static bool down(const struct reader *reader, struct place *place)
{
    struct ta_piece row;
    struct place next = {place->line, place->row + 1};
    if (!row_of(reader, next, &row)) {
        next = (struct place){place->line + 1, 0};
    }
    if (next.line >= reader->lines.count) {
        return false;
    }
    *place = next;
    return true;
}

static void go_to_last_row(const struct reader *reader, struct place *place)
{
    struct ta_piece row;
    for (struct place next = *place; row_of(reader, next, &row); next.row++) {
        *place = next;
    }
}

static bool up(const struct reader *reader, struct place *place)
{
    if (place->row > 0) {
        place->row--;
        return true;
    }
    if (place->line == 0) {
        return false;
    }
    *place = (struct place){place->line - 1, 0};
    go_to_last_row(reader, place);
    return true;
}

/* How many rows there are from a place on, counted no further than `most`. */
static int rows_from(const struct reader *reader, struct place place, int most)
{
    int rows = 1;
    while (rows < most && down(reader, &place)) {
        rows++;
    }
    return rows;
}

static void settle(struct reader *reader, int rows, int columns)
{
    struct ta_piece row;
    reader->rows = rows;
    reader->columns = columns;
    reader->shown = reader->top;
    if (!row_of(reader, reader->shown, &row)) {
        reader->shown.row = 0;
    }
    for (int used = rows_from(reader, reader->shown, rows); used < rows; used++) {
        if (!up(reader, &reader->shown)) {
            return;
        }
    }
}

/* Goes to a place; several keys may come before it is drawn. */
static void go(struct reader *reader, struct place place)
{
    reader->top = place;
    settle(reader, reader->rows, reader->columns);
}

static void scroll(struct reader *reader, int by)
{
    struct place place = reader->shown;
    for (; by > 0 && down(reader, &place); by--) {
    }
    for (; by < 0 && up(reader, &place); by++) {
    }
    go(reader, place);
}

/* A row of a line, each part in its role. */
static void put_parts(const struct reader *reader, const struct reader_line *line,
                      struct ta_piece row, struct ta_surface *surface, int at)
{
    int column = MARGIN + indent_of(line);
    int end = MARGIN + reader->columns;
    size_t from = (size_t)(row.at - line->text);
    size_t to = from + row.length;
    for (size_t i = 0; i < line->part_count && from < to; i++) {
        size_t stop = line->parts[i].end < to ? line->parts[i].end : to;
        if (stop > from) {
            column += ta_put_bytes(surface, at, column, end - column, line->parts[i].role,
                                   line->text + from, stop - from);
            from = stop;
        }
    }
    ta_put_bytes(surface, at, column, end - column, line->role, line->text + from, to - from);
}

/* The words that are sought, in a row of a line; a phrase may go on in the next. */
static void mark_words(const struct reader *reader, const struct reader_line *line,
                       struct ta_piece row, struct ta_surface *surface, int at)
{
    struct ta_piece rest = ta_piece_of(line->text);
    struct ta_piece place;
    const char *end = row.at + row.length;
    while (reader->typed && ta_sought_next(&reader->sought, &rest, &place)) {
        const char *from = place.at > row.at ? place.at : row.at;
        const char *to = place.at + place.length < end ? place.at + place.length : end;
        if (from < to) {
            int column = MARGIN + indent_of(line) + ta_width(row.at, (size_t)(from - row.at));
            ta_paint(surface, (struct ta_area){at, column, 1, ta_width(from, (size_t)(to - from))},
                     TA_SELECTION);
        }
    }
}

static void draw_row(const struct reader *reader, struct place place, struct ta_surface *surface,
                     int at)
{
    const struct reader_line *line = &reader->lines.items[place.line];
    struct ta_piece text;
    (void)row_of(reader, place, &text);
    if (line->sign && place.row == 0) {
        ta_put(surface, at, MARGIN, 1, line->role, line->sign);
    }
    put_parts(reader, line, text, surface, at);
    mark_words(reader, line, text, surface, at);
    if (place.line == reader->found && place.row == 0) {
        ta_put(surface, at, MARGIN - 2, 1, TA_ACCENT, "▸");
        surface->cursor_row = at;
    }
}

/* Whether all of a line is in sight. */
static bool is_seen(const struct reader *reader, size_t line)
{
    struct place place = reader->shown;
    bool begun = false;
    for (int row = 0; row < reader->rows; row++) {
        begun = begun || (place.line == line && place.row == 0);
        if (!down(reader, &place) || place.line > line) {
            return begun;
        }
    }
    return false;
}

/* Shows the found line with what stands above it; what is in sight stays where it is. */
static void show_found(struct reader *reader)
{
    if (!is_seen(reader, reader->found)) {
        reader->shown = (struct place){reader->found, 0};
        scroll(reader, -CONTEXT);
    }
}

/* Only now is it known how many rows there are. */
static void arrive(struct reader *reader)
{
    if (!reader->arrived && reader->found < reader->lines.count) {
        show_found(reader);
    }
    reader->arrived = true;
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    /* Where the text is scrolled to is a matter of showing it. */
    int columns = surface->columns - 2 * MARGIN;
    settle((struct reader *)state, surface->rows - 2 - TOP, columns < WIDEST ? columns : WIDEST);
    arrive((struct reader *)state);
    const struct reader *reader = state;
    struct place place = reader->shown;
    surface->cursor_row = TOP;
    surface->cursor_column = MARGIN;
    bool more = true;
    for (int row = 0; row < reader->rows && more; row++) {
        draw_row(reader, place, surface, TOP + row);
        more = down(reader, &place);
    }
    ta_title(surface, reader->title, more ? "more ↓" : NULL);
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct reader *reader = state;
    if (ta_key_is(pressed, "g Home")) {
        go(reader, (struct place){0});
    } else if (ta_key_is(pressed, "G End")) {
        struct place end = {reader->lines.count - 1, 0};
        go_to_last_row(reader, &end);
        go(reader, end);
    } else {
        int by = ta_key_is(pressed, "Enter") ? 1 : ta_scroll(pressed, reader->rows);
        if (by == 0) {
            return false;
        }
        scroll(reader, by);
    }
    return true;
}

/* Searching */

static bool has_all(const struct reader *reader, size_t line)
{
    return ta_sought_fits(&reader->sought, ta_piece_of(reader->lines.items[line].text));
}

static bool has_any(const struct reader *reader, size_t line)
{
    struct ta_piece rest = ta_piece_of(reader->lines.items[line].text);
    struct ta_piece place;
    return ta_sought_next(&reader->sought, &rest, &place);
}

/* Filters chose the text; in it there are only words. */
static void seek(struct reader *reader, const char *typed, bool filtered)
{
    ta_replace(&reader->typed, *typed ? typed : NULL);
    ta_sought_release(&reader->sought);
    if (filtered) {
        ta_sought_read(&reader->sought, typed, true);
    } else {
        ta_sought_read_words(&reader->sought, typed);
    }
    reader->any = true;
    for (size_t i = 0; reader->any && i < reader->lines.count; i++) {
        reader->any = !has_all(reader, i);
    }
}

static bool is_place(const struct reader *reader, size_t line)
{
    return reader->any ? has_any(reader, line) : has_all(reader, line);
}

/* The next line from this one on (or back) that has what is sought; SIZE_MAX: none. */
static size_t find_line(const struct reader *reader, size_t from, bool back)
{
    size_t count = reader->lines.count;
    for (size_t at = from; reader->sought.count > 0 && at < count; at += back ? SIZE_MAX : 1) {
        if (is_place(reader, at)) {
            return at;
        }
    }
    return SIZE_MAX;
}

static void turn(struct ta_face *face, const struct reader *reader, bool back)
{
    if (!reader->way.turn(face, reader->way.data, back)) {
        ta_face_say(face, TA_QUIET,
                    back ? "That is the first place that was found."
                         : "That is the last place that was found.");
    }
}

/* The next place (or the one before), after the one found last (or from the first shown): on in the
 * next text that was found, else around. */
static void find(struct ta_face *face, struct reader *reader, bool back)
{
    size_t count = reader->lines.count;
    bool first = reader->found >= count;
    size_t from = first ? reader->shown.line : reader->found + (back ? SIZE_MAX : 1);
    size_t found = find_line(reader, from, back);
    if (found >= count && reader->way.turn) {
        turn(face, reader, back);
        return;
    }
    reader->found = found < count ? found : find_line(reader, back ? count - 1 : 0, back);
    if (reader->found < count) {
        show_found(reader);
    } else {
        ta_face_say(face, TA_CAUTION, "Not found: %s", reader->typed);
    }
}

static bool answer_search(struct ta_face *face, void *state, const char *text)
{
    struct reader *reader = state;
    seek(reader, text, false);
    reader->found = SIZE_MAX;
    reader->way.turn = NULL; /* it is no longer what the other texts were found by */
    if (reader->typed) {
        find(face, reader, false);
    }
    return true;
}

static void search(struct ta_face *face, void *state)
{
    struct reader *reader = state;
    ta_face_ask(face, "Find", reader->typed ? reader->typed : "", answer_search);
}

static void search_next(struct ta_face *face, void *state)
{
    find(face, state, false);
}

static void search_before(struct ta_face *face, void *state)
{
    find(face, state, true);
}

static bool is_searching(const void *state)
{
    const struct reader *reader = state;
    return reader->sought.count > 0 || reader->way.turn;
}

static bool leads_on(const void *state)
{
    return ((const struct reader *)state)->way.go;
}

static void go_on(struct ta_face *face, void *state)
{
    const struct reader *reader = state;
    reader->way.go(face, reader->way.data);
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static const struct ta_command commands[] = {
    {"review", "Enter", "This session among all that the pair released", go_on, leads_on, false},
    {"find", "/", "Find words in this text", search, NULL, false},
    {"next", "n", "The next place", search_next, is_searching, false},
    {"before", "N", "The place before", search_before, is_searching, true},
    {"back", "q Esc", "To the screen before", leave, NULL, false},
};

#define READER                                                                                     \
    .name = "reader", .size = sizeof(struct reader), .commands = commands,                         \
    .command_count = sizeof commands / sizeof *commands, .open = open_reader, .key = key,          \
    .draw = draw, .close = close_reader

const struct ta_screen reader_screen = {READER};
const struct ta_screen released_reader_screen = {READER, .apart = true};
