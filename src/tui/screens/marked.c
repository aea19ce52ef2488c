#include "marked.h"

#include <stdlib.h>

#include "turnabout/base/compare.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

/* Where words of one role end in the text. */
struct part {
    size_t end;
    bool is_new;
};

struct marked {
    struct ta_text text; /* clean */
    struct part *parts;
    size_t count;
};

static void add(struct marked *marked, struct ta_piece text, bool is_new)
{
    ta_clean(&marked->text, text.at, text.length);
    struct part *part = ta_append(&marked->parts, marked->count++, sizeof *part);
    *part = (struct part){marked->text.length, is_new};
}

static void compare(struct marked *marked, const char *before, const char *text)
{
    struct ta_runs runs = {0};
    ta_compare(&runs, ta_piece_of(before), ta_piece_of(text));
    for (size_t i = 0; i < runs.count; i++) {
        if (runs.items[i].change != TA_CHANGE_GONE) {
            add(marked, runs.items[i].text, runs.items[i].change == TA_CHANGE_NEW);
        }
    }
    ta_runs_release(&runs);
}

static void release(struct marked *marked)
{
    ta_text_release(&marked->text);
    free(marked->parts);
}

static size_t blanks_at(const struct ta_text *text, size_t at)
{
    size_t count = 0;
    while (at + count < text->length && text->bytes[at + count] == ' ') {
        count++;
    }
    return count;
}

/* The row that begins at `at`, without the blanks that a list's entry is indented by and without
 * what overhangs; the next one begins at `*next`. False: the text is over. */
static bool row_at(const struct ta_text *text, size_t at, int columns, struct ta_piece *row,
                   size_t *next)
{
    bool is_line = at == 0 || text->bytes[at - 1] == '\n';
    size_t indent = blanks_at(text, 0);
    size_t blanks = is_line ? blanks_at(text, at) : 0;
    at += blanks < indent ? blanks : indent;
    if (at >= text->length) {
        return false;
    }
    size_t length = ta_wrap(text->bytes + at, text->length - at, columns);
    *next = at + length;
    *row = (struct ta_piece){text->bytes + at, length};
    while (row->length > 0 &&
           (row->at[row->length - 1] == '\n' || row->at[row->length - 1] == ' ')) {
        row->length--;
    }
    return true;
}

int marked_rows(const char *text, int columns)
{
    struct ta_text clean = {0};
    struct ta_piece row;
    int rows = 0;
    ta_clean(&clean, text, ta_piece_of(text).length);
    for (size_t at = 0; row_at(&clean, at, columns, &row, &at);) {
        rows++;
    }
    ta_text_release(&clean);
    return rows > 0 ? rows : 1;
}

static void draw_row(const struct marked *marked, struct ta_piece row, struct ta_surface *surface,
                     struct ta_area line)
{
    size_t from = (size_t)(row.at - marked->text.bytes);
    size_t end = from + row.length;
    int column = 0;
    for (size_t i = 0; i < marked->count && from < end; i++) {
        size_t to = marked->parts[i].end < end ? marked->parts[i].end : end;
        if (to > from) {
            column += ta_put_bytes(surface, line.row, line.column + column, line.columns - column,
                                   marked->parts[i].is_new ? TA_ADDED : TA_PLAIN,
                                   marked->text.bytes + from, to - from);
            from = to;
        }
    }
}

void marked_draw(const char *before, const char *text, int top, struct ta_surface *surface,
                 struct ta_area area)
{
    struct marked marked = {0};
    struct ta_piece row;
    size_t at = 0;
    compare(&marked, before, text);
    for (int i = 0; row_at(&marked.text, at, area.columns, &row, &at); i++) {
        if (i - top >= area.rows) {
            ta_put(surface, area.row + area.rows - 1, area.column + area.columns - 1, 1, TA_QUIET,
                   "↓");
            break;
        }
        if (i >= top) {
            struct ta_area line = {area.row + i - top, area.column, 1, area.columns};
            draw_row(&marked, row, surface, line);
        }
    }
    if (top > 0) {
        ta_put(surface, area.row, area.column + area.columns - 1, 1, TA_QUIET, "↑");
    }
    release(&marked);
}
