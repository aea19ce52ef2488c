#include "turnabout/tui/surface.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

static const char ellipsis[] = "…";

/* One letter of the terminal's text: a code point with what wcwidth() says of it. */
struct letter {
    wchar_t point;
    int width;
};

static struct ta_cell *cell_at(struct ta_surface *surface, int row, int column)
{
    return &surface->cells[(size_t)row * (size_t)surface->columns + (size_t)column];
}

static struct ta_cell single(wchar_t point, enum ta_role_of_cell role)
{
    return (struct ta_cell){.point = (uint32_t)point, .role = (uint8_t)role, .width = 1};
}

static void make_blank(struct ta_cell *cell, enum ta_role_of_cell role)
{
    *cell = single(L' ', role);
}

void ta_surface_init(struct ta_surface *surface, int rows, int columns)
{
    *surface = (struct ta_surface){0};
    ta_surface_clear(surface, rows, columns);
}

void ta_surface_clear(struct ta_surface *surface, int rows, int columns)
{
    assert(rows > 0 && columns > 0);
    size_t count = (size_t)rows * (size_t)columns;
    if (surface->rows != rows || surface->columns != columns) {
        free(surface->cells);
        surface->cells = ta_allocate(count, sizeof *surface->cells);
        surface->rows = rows;
        surface->columns = columns;
    }
    for (int column = 0; column < columns; column++) {
        make_blank(&surface->cells[column], TA_PLAIN);
    }
    for (int row = 1; row < rows; row++) {
        memcpy(cell_at(surface, row, 0), surface->cells, (size_t)columns * sizeof *surface->cells);
    }
    surface->mark_count = 0;
    surface->cursor_row = -1;
    surface->cursor_column = -1;
}

void ta_surface_release(struct ta_surface *surface)
{
    free(surface->cells);
    free(surface->marks);
    ta_text_release(&surface->line);
    *surface = (struct ta_surface){0};
}

void ta_cell_text(const struct ta_surface *surface, const struct ta_cell *cell,
                  wchar_t text[TA_CELL_MARKS + 2])
{
    text[0] = (wchar_t)cell->point;
    text[1] = L'\0';
    if (cell->marks != 0) {
        (void)wcscpy(text + 1, surface->marks[cell->marks - 1].points);
    }
}

/* The part of an area that lies on the surface. */
static struct ta_area clip(const struct ta_surface *surface, struct ta_area area)
{
    int top = area.row > 0 ? area.row : 0;
    int left = area.column > 0 ? area.column : 0;
    int bottom = area.row + area.rows;
    int right = area.column + area.columns;
    bottom = bottom < surface->rows ? bottom : surface->rows;
    right = right < surface->columns ? right : surface->columns;
    return (struct ta_area){top, left, bottom > top ? bottom - top : 0,
                            right > left ? right - left : 0};
}

/* Half of a wide character cannot stay when its other half goes. */
static void break_wide(struct ta_surface *surface, int row, int column)
{
    struct ta_cell *cell = cell_at(surface, row, column);
    if (cell->width == 0 && column > 0) {
        struct ta_cell *first = cell_at(surface, row, column - 1);
        make_blank(first, first->role);
    }
    if (cell->width == 2 && column + 1 < surface->columns) {
        struct ta_cell *second = cell_at(surface, row, column + 1);
        make_blank(second, second->role);
    }
}

/* A character of one column: most are. */
static void put_single(struct ta_surface *surface, int row, int column, enum ta_role_of_cell role,
                       wchar_t point)
{
    struct ta_cell *cell = cell_at(surface, row, column);
    if (cell->width != 1) {
        break_wide(surface, row, column);
    }
    *cell = single(point, role);
}

static void put_letter(struct ta_surface *surface, int row, int column, enum ta_role_of_cell role,
                       struct letter letter)
{
    if (letter.width == 1) {
        put_single(surface, row, column, role, letter.point);
        return;
    }
    struct ta_cell *cell = cell_at(surface, row, column);
    for (int i = 0; i < letter.width; i++) {
        if (cell[i].width != 1) {
            break_wide(surface, row, column + i);
        }
        cell[i] = (struct ta_cell){.role = (uint8_t)role};
    }
    cell->point = (uint32_t)letter.point;
    cell->width = (uint8_t)letter.width;
}

/* Puts a mark on the character that ends before `column`. */
static void put_mark(struct ta_surface *surface, int row, int column, wchar_t mark)
{
    struct ta_cell *cell = cell_at(surface, row, column - 1);
    if (cell->width == 0 && column > 1) {
        cell--;
    }
    if (cell->marks == 0 && surface->mark_count < UINT16_MAX) {
        struct ta_marks *made =
            ta_append(&surface->marks, surface->mark_count++, sizeof *surface->marks);
        *made = (struct ta_marks){0};
        cell->marks = (uint16_t)surface->mark_count;
    }
    if (cell->marks != 0) {
        wchar_t *points = surface->marks[cell->marks - 1].points;
        size_t length = wcslen(points);
        points[length] = length < TA_CELL_MARKS ? mark : L'\0';
    }
}

static struct letter next_letter(const char *bytes, size_t length, size_t *at)
{
    ucs4_t point = (unsigned char)bytes[*at];
    if (point < 0x80) {
        (*at)++;
        return (struct letter){(wchar_t)point, 1};
    }
    *at += (size_t)u8_mbtouc(&point, (const uint8_t *)bytes + *at, length - *at);
    int width = wcwidth((wchar_t)point);
    return (struct letter){(wchar_t)point, width < 0 ? 1 : width};
}

/* Puts the plain letters that a text begins with; returns how many. */
static size_t put_plain(struct ta_surface *surface, int row, int column, enum ta_role_of_cell role,
                        const char *bytes, size_t length)
{
    struct ta_cell *cells = cell_at(surface, row, column);
    size_t count = 0;
    for (; count < length && (unsigned char)bytes[count] < 0x80; count++) {
        if (cells[count].width != 1) {
            break_wide(surface, row, column + (int)count);
        }
        cells[count] = single((wchar_t)bytes[count], role);
    }
    return count;
}

/* Puts cleaned text that is known to fit; returns the column behind it. */
static int put_letters(struct ta_surface *surface, int row, int column, enum ta_role_of_cell role,
                       const char *bytes, size_t length)
{
    int end = column;
    for (size_t at = 0; at < length;) {
        if ((unsigned char)bytes[at] < 0x80) {
            size_t plain = put_plain(surface, row, end, role, bytes + at, length - at);
            at += plain;
            end += (int)plain;
            continue;
        }
        struct letter letter = next_letter(bytes, length, &at);
        if (letter.width > 0) {
            put_letter(surface, row, end, role, letter);
            end += letter.width;
        } else if (end > column) {
            put_mark(surface, row, end, letter.point);
        }
    }
    return end;
}

static bool is_plain(const char *bytes, size_t length)
{
    bool plain = true;
    for (size_t i = 0; i < length; i++) {
        plain &= bytes[i] >= ' ' && bytes[i] <= '~';
    }
    return plain;
}

/* Puts cleaned text without line feeds into at most `columns`; returns the columns used. */
static int put_clean(struct ta_surface *surface, int row, int column, int columns,
                     enum ta_role_of_cell role, const char *bytes, size_t length)
{
    struct ta_area area = clip(surface, (struct ta_area){row, column, 1, columns});
    if (area.rows == 0 || area.columns == 0 || column < 0) {
        return 0;
    }
    size_t fits = ta_fit(bytes, length, area.columns);
    if (fits == length) {
        return put_letters(surface, row, column, role, bytes, length) - column;
    }
    fits = ta_fit(bytes, length, area.columns - 1);
    int end = put_letters(surface, row, column, role, bytes, fits);
    return put_letters(surface, row, end, role, ellipsis, sizeof ellipsis - 1) - column;
}

/* A form of the text that is safe to show, on one line; it lasts until the next one. Plain text is
 * its own. */
static struct ta_piece clean_line(struct ta_surface *surface, const char *bytes, size_t length)
{
    if (is_plain(bytes, length)) {
        return (struct ta_piece){bytes, length};
    }
    struct ta_text *line = &surface->line;
    ta_text_clear(line);
    ta_clean(line, bytes, length);
    for (size_t i = 0; i < line->length; i++) {
        if (line->bytes[i] == '\n') {
            line->bytes[i] = ' ';
        }
    }
    return (struct ta_piece){line->bytes, line->length};
}

int ta_put_bytes(struct ta_surface *surface, int row, int column, int columns,
                 enum ta_role_of_cell role, const char *bytes, size_t length)
{
    struct ta_piece line = clean_line(surface, bytes, length);
    return put_clean(surface, row, column, columns, role, line.at, line.length);
}

int ta_put(struct ta_surface *surface, int row, int column, int columns, enum ta_role_of_cell role,
           const char *text)
{
    return ta_put_bytes(surface, row, column, columns, role, text, strlen(text));
}

int ta_putf(struct ta_surface *surface, int row, int column, int columns, enum ta_role_of_cell role,
            const char *format, ...)
{
    struct ta_text text = {0};
    va_list arguments;
    va_start(arguments, format);
    ta_text_addv(&text, format, arguments);
    va_end(arguments);
    int used = ta_put_bytes(surface, row, column, columns, role, text.bytes, text.length);
    ta_text_release(&text);
    return used;
}

int ta_put_right(struct ta_surface *surface, int row, int column, int columns,
                 enum ta_role_of_cell role, const char *text)
{
    struct ta_piece line = clean_line(surface, text, strlen(text));
    int spare = columns - ta_width(line.at, line.length);
    int shift = spare > 0 ? spare : 0;
    return put_clean(surface, row, column + shift, columns - shift, role, line.at, line.length);
}

/* What stands of a line before the blanks at its end. */
static size_t trimmed(const char *bytes, size_t length)
{
    struct ta_piece line = ta_piece_trim((struct ta_piece){bytes, length});
    return line.length == 0 ? 0 : (size_t)(line.at + line.length - bytes);
}

int ta_put_wrapped(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role,
                   const char *text)
{
    struct ta_text *clean = &surface->line;
    ta_text_clear(clean);
    ta_clean(clean, text, strlen(text));
    int rows = 0;
    for (size_t at = 0; at < clean->length && rows < area.rows && area.columns > 0; rows++) {
        const char *start = clean->bytes + at;
        size_t taken = ta_wrap(start, clean->length - at, area.columns);
        (void)put_clean(surface, area.row + rows, area.column, area.columns, role, start,
                        trimmed(start, taken));
        at += taken;
    }
    return rows;
}

void ta_paint(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role)
{
    struct ta_area seen = clip(surface, area);
    for (int row = 0; row < seen.rows; row++) {
        for (int column = 0; column < seen.columns; column++) {
            cell_at(surface, seen.row + row, seen.column + column)->role = (uint8_t)role;
        }
    }
}

void ta_fill(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role,
             const char *character)
{
    struct ta_area seen = clip(surface, area);
    size_t at = 0;
    struct letter letter = next_letter(character, strlen(character), &at);
    assert(letter.width > 0);
    for (int row = 0; row < seen.rows; row++) {
        for (int column = 0; column + letter.width <= seen.columns; column += letter.width) {
            put_letter(surface, seen.row + row, seen.column + column, role, letter);
        }
    }
}

static void put_edges(struct ta_surface *surface, struct ta_area area)
{
    int right = area.column + area.columns - 1;
    int bottom = area.row + area.rows - 1;
    const struct {
        struct ta_area area;
        const char *character;
    } parts[] = {
        {{area.row, area.column, 1, area.columns}, "─"},
        {{bottom, area.column, 1, area.columns}, "─"},
        {{area.row, area.column, area.rows, 1}, "│"},
        {{area.row, right, area.rows, 1}, "│"},
        {{area.row, area.column, 1, 1}, "┌"},
        {{area.row, right, 1, 1}, "┐"},
        {{bottom, area.column, 1, 1}, "└"},
        {{bottom, right, 1, 1}, "┘"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        ta_fill(surface, parts[i].area, TA_FRAME, parts[i].character);
    }
}

void ta_box(struct ta_surface *surface, struct ta_area area, const char *title)
{
    if (area.rows < 2 || area.columns < 2) {
        return;
    }
    put_edges(surface, area);
    if (title != NULL && area.columns > 6) {
        int used = ta_put(surface, area.row, area.column + 2, area.columns - 5, TA_STRONG, title);
        ta_fill(surface, (struct ta_area){area.row, area.column + 1, 1, 1}, TA_FRAME, " ");
        ta_fill(surface, (struct ta_area){area.row, area.column + 2 + used, 1, 1}, TA_FRAME, " ");
    }
}
