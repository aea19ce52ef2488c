/* A text to read: a document, or the difference between two. */
#include <stdlib.h>
#include <string.h>

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

/* Part of a line that looks different from the rest of it. */
struct reader_part {
    size_t end; /* in the line's text */
    enum ta_role_of_cell role;
};

struct reader_line {
    char *text; /* clean */
    enum ta_role_of_cell role;
    const char *sign;          /* of a difference: "+", "-", "±" or " "; NULL: a document */
    struct reader_part *parts; /* NULL: all of it has its role */
    size_t part_count;
};

/* A row on the screen: lines are wrapped. */
struct place {
    size_t line;
    int row; /* of that line */
};

struct reader {
    char *title;
    struct reader_line *lines;
    size_t count;       /* at least one */
    struct place top;   /* where the person scrolled to */
    struct place shown; /* and what is on top, so that no room is left unused at the end */
    int rows, columns;  /* of the text when it was last drawn */
    char *typed;        /* what is sought; NULL: nothing */
    struct ta_sought sought;
    bool any;     /* no line has all of the words: those that have one of them count */
    size_t found; /* index of the line that was found; SIZE_MAX: none */
    bool arrived; /* the line that it was opened at has been scrolled to */
};

static void seek(struct reader *reader, const char *typed, bool filtered);

static void add(struct reader *reader, struct ta_piece text, enum ta_role_of_cell role,
                const char *sign)
{
    struct ta_text clean = {0};
    ta_clean(&clean, text.at, text.length);
    struct reader_line *line = ta_append(&reader->lines, reader->count++, sizeof *reader->lines);
    *line = (struct reader_line){.text = ta_text_take(&clean), .role = role, .sign = sign};
}

/* Headings stand out; the front matter, which machines read, steps back. */
static void add_document(struct reader *reader, const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    bool front = ta_piece_starts(rest, "---");
    for (size_t i = 0; ta_next_line(&rest, &line); i++) {
        enum ta_role_of_cell role = front ? TA_QUIET : TA_PLAIN;
        if (!front && ta_piece_starts(line, "#")) {
            role = TA_STRONG;
        }
        if (front && i > 0 && ta_piece_is(line, "---")) {
            front = false;
        }
        add(reader, line, role, NULL);
    }
}

/* Differences: what changed, with the lines around it and the heading above it */

static const struct {
    const char *sign, *before, *after;
    enum ta_role_of_cell role;
} looks[] = {
    [TA_CHANGE_NONE] = {" ", "", "", TA_PLAIN},
    [TA_CHANGE_GONE] = {"-", "[-", "-]", TA_REMOVED},
    [TA_CHANGE_NEW] = {"+", "{+", "+}", TA_ADDED},
    [TA_CHANGE_BOTH] = {"±", "", "", TA_PLAIN},
};

static void add_part(struct reader_line *line, struct ta_text *text, const struct ta_run *run,
                     bool signed_each)
{
    ta_text_add(text, signed_each ? looks[run->change].before : "");
    ta_clean(text, run->text.at, run->text.length);
    ta_text_add(text, signed_each ? looks[run->change].after : "");
    struct reader_part *part = ta_append(&line->parts, line->part_count++, sizeof *line->parts);
    *part = (struct reader_part){text->length, looks[run->change].role};
}

static void add_compared(struct reader *reader, const struct ta_comparison *comparison,
                         const struct ta_compared_line *compared)
{
    struct ta_text text = {0};
    struct reader_line line = {.role = looks[compared->change].role,
                               .sign = looks[compared->change].sign};
    for (size_t i = 0; i < compared->count; i++) {
        add_part(&line, &text, &comparison->runs.items[compared->first + i],
                 compared->change == TA_CHANGE_BOTH);
    }
    line.text = ta_text_take(&text);
    *(struct reader_line *)ta_append(&reader->lines, reader->count++, sizeof *reader->lines) = line;
}

static void add_comparison(struct reader *reader, const struct ta_comparison *comparison)
{
    bool gap = false;
    for (size_t i = 0; comparison->differs && i < comparison->line_count; i++) {
        if (ta_comparison_shows(comparison, i)) {
            add_compared(reader, comparison, &comparison->lines[i]);
            gap = false;
        } else if (!gap) {
            add(reader, ta_piece_of("⋯"), TA_QUIET, " ");
            gap = true;
        }
    }
    if (!comparison->differs) {
        add(reader, ta_piece_of("These two are the same, word for word."), TA_QUIET, NULL);
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
        add_comparison(reader, text->comparison);
    } else {
        add_document(reader, text->text);
    }
    if (reader->count == 0) {
        add(reader, ta_piece_of("Nothing is written here yet."), TA_QUIET, NULL);
    }
    if (text->sought) {
        seek(reader, text->sought, true);
        reader->found = text->line < reader->count ? text->line : reader->count - 1;
    }
    return true;
}

static void close_reader(struct ta_face *face, void *state)
{
    (void)face;
    struct reader *reader = state;
    for (size_t i = 0; i < reader->count; i++) {
        free(reader->lines[i].text);
        free(reader->lines[i].parts);
    }
    free(reader->lines);
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
    const struct reader_line *line = &reader->lines[place.line];
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
    if (next.line >= reader->count) {
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
    const struct reader_line *line = &reader->lines[place.line];
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

/* Shows the found line with what stands above it. */
static void show_found(struct reader *reader)
{
    reader->shown = (struct place){reader->found, 0};
    scroll(reader, -CONTEXT);
}

/* Only now is it known how many rows there are. */
static void arrive(struct reader *reader)
{
    if (!reader->arrived && reader->found < reader->count) {
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
    int page = reader->rows > 1 ? reader->rows - 1 : 1;
    const struct {
        const char *keys;
        int by;
    } movements[] = {
        {"Down j Enter", 1}, {"Up k", -1},    {"PgDn Space", page},
        {"PgUp", -page},     {"WheelUp", -3}, {"WheelDown", 3},
    };
    for (size_t i = 0; i < sizeof movements / sizeof *movements; i++) {
        if (ta_key_is(pressed, movements[i].keys)) {
            scroll(reader, movements[i].by);
            return true;
        }
    }
    if (ta_key_is(pressed, "g Home")) {
        go(reader, (struct place){0});
    } else if (ta_key_is(pressed, "G End")) {
        struct place end = {reader->count - 1, 0};
        go_to_last_row(reader, &end);
        go(reader, end);
    } else {
        return false;
    }
    return true;
}

/* Searching */

static bool has_all(const struct reader *reader, size_t line)
{
    return ta_sought_fits(&reader->sought, ta_piece_of(reader->lines[line].text));
}

static bool has_any(const struct reader *reader, size_t line)
{
    struct ta_piece rest = ta_piece_of(reader->lines[line].text);
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
    for (size_t i = 0; reader->any && i < reader->count; i++) {
        reader->any = !has_all(reader, i);
    }
}

/* The next line (or the one before) that has what is sought, after the one found last (or the first
 * shown) and around. */
static void find(struct ta_face *face, struct reader *reader, bool back)
{
    size_t count = reader->count;
    bool first = reader->found >= count;
    size_t from = first ? reader->shown.line : reader->found;
    reader->found = SIZE_MAX;
    for (size_t i = 0; reader->sought.count > 0 && i < count; i++) {
        size_t step = i + !first;
        size_t at = (back ? from + 2 * count - step : from + step) % count;
        if (reader->any ? has_any(reader, at) : has_all(reader, at)) {
            reader->found = at;
            show_found(reader);
            return;
        }
    }
    ta_face_say(face, TA_CAUTION, "Not found: %s", reader->typed);
}

static bool answer_search(struct ta_face *face, void *state, const char *text)
{
    struct reader *reader = state;
    seek(reader, text, false);
    reader->found = SIZE_MAX;
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
    return ((const struct reader *)state)->sought.count > 0;
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static const struct ta_command commands[] = {
    {"find", "/", "Find words in this text", search, NULL, false},
    {"next", "n", "The next place", search_next, is_searching, false},
    {"before", "N", "The place before", search_before, is_searching, true},
    {"back", "q Esc", "To the screen before", leave, NULL, false},
};

const struct ta_screen reader_screen = {
    .name = "reader",
    .size = sizeof(struct reader),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_reader,
    .key = key,
    .draw = draw,
    .close = close_reader,
};
