/* A text to read: a document, or the difference between two. */
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/ledger/difference.h"
#include "turnabout/tui/frame.h"

struct reader_line {
    char *text;
    enum ta_role_of_cell role;
    const char *sign; /* of a difference: "+", "-" or " "; NULL: a document */
};

struct reader {
    char *title;
    struct reader_line *lines;
    size_t count;
    struct ta_list list;
    char *sought;
};

static void add(struct reader *reader, char *text, enum ta_role_of_cell role, const char *sign)
{
    struct reader_line *line = ta_append(&reader->lines, reader->count++, sizeof *reader->lines);
    *line = (struct reader_line){text, role, sign};
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
        add(reader, ta_piece_copy(line), role, NULL);
    }
}

static void add_difference(struct reader *reader, const struct ta_difference *difference)
{
    for (size_t i = 0; i < difference->count; i++) {
        const struct ta_difference_line *line = &difference->items[i];
        enum ta_role_of_cell role = line->origin == '+'   ? TA_ADDED
                                    : line->origin == '-' ? TA_REMOVED
                                                          : TA_PLAIN;
        const char *sign = line->origin == '+' ? "+" : line->origin == '-' ? "-" : " ";
        add(reader, ta_copy(line->text), role, sign);
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
    if (text->difference) {
        add_difference(reader, text->difference);
    } else {
        add_document(reader, text->text);
    }
    if (reader->count == 0) {
        add(reader, ta_copy("Nothing is written here yet."), TA_QUIET, NULL);
    }
    ta_list_set_count(&reader->list, reader->count);
    return true;
}

static void close_reader(struct ta_face *face, void *state)
{
    (void)face;
    struct reader *reader = state;
    for (size_t i = 0; i < reader->count; i++) {
        free(reader->lines[i].text);
    }
    free(reader->lines);
    free(reader->title);
    free(reader->sought);
}

static int draw_line(const struct reader_line *line, struct ta_surface *surface,
                     struct ta_area area)
{
    if (line->sign) {
        ta_put(surface, area.row, area.column, 1, line->role, line->sign);
        area.column += 2;
        area.columns -= 2;
    }
    int rows = ta_put_wrapped(surface, area, line->role, line->text);
    return rows ? rows : 1;
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct reader *reader = state;
    ta_title(surface, reader->title, NULL);
    int bottom = surface->rows - 2;
    size_t top = ta_list_show(&reader->list, (size_t)(bottom - 2));
    int row = 2;
    for (size_t i = top; i < reader->count && row < bottom; i++) {
        if (i == reader->list.chosen) {
            surface->cursor_row = row;
            surface->cursor_column = 3;
        }
        struct ta_area area = {row, 3, bottom - row, surface->columns - 6};
        row += draw_line(&reader->lines[i], surface, area);
    }
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    return ta_list_key(&((struct reader *)state)->list, pressed);
}

/* The next line that has what is sought, after the chosen one and around. */
static bool find(struct ta_face *face, struct reader *reader)
{
    struct ta_text sought = {0};
    ta_fold(&sought, reader->sought, strlen(reader->sought));
    bool found = false;
    for (size_t i = 1; i <= reader->count && !found; i++) {
        size_t at = (reader->list.chosen + i) % reader->count;
        struct ta_text line = {0};
        ta_fold(&line, reader->lines[at].text, strlen(reader->lines[at].text));
        found = line.bytes && sought.bytes && strstr(line.bytes, sought.bytes);
        reader->list.chosen = found ? at : reader->list.chosen;
        ta_text_release(&line);
    }
    ta_text_release(&sought);
    if (!found) {
        ta_face_say(face, TA_CAUTION, "Not found: %s", reader->sought);
    }
    return found;
}

static bool answer_search(struct ta_face *face, void *state, const char *text)
{
    struct reader *reader = state;
    ta_replace(&reader->sought, text);
    find(face, reader);
    return true;
}

static void search(struct ta_face *face, void *state)
{
    struct reader *reader = state;
    ta_face_ask(face, "Find", reader->sought ? reader->sought : "", answer_search);
}

static void search_next(struct ta_face *face, void *state)
{
    find(face, state);
}

static bool is_searching(const void *state)
{
    return ((const struct reader *)state)->sought != NULL;
}

static const struct ta_command commands[] = {
    {"find", "/", "Find words in this text", search, NULL, false},
    {"next", "n", "The next place", search_next, is_searching, false},
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
