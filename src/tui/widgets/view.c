#include "view.h"

#include "rows.h"
#include "turnabout/base/unicode.h"

static const char ellipsis[] = "…";

static int at_least(int least, int value)
{
    return value > least ? value : least;
}

/* Where the cursor stands behind a line's last character, there is a column for it. */
static int wrapped_columns(int columns)
{
    return at_least(1, columns - 1);
}

/* The text may have changed since it was drawn. */
static size_t top_of(const struct ta_editor *editor)
{
    size_t top = editor->view->top;
    return ta_edge_up_to(&editor->text, top < editor->text.length ? top : editor->text.length);
}

/* Many lines */

/* The first row to show: as before if the cursor's row shows then, and no row is left unused. */
static struct ta_row first_row(const struct ta_editor *editor, int columns, int rows)
{
    const struct ta_text *text = &editor->text;
    size_t wanted = ta_row_at(text, columns, editor->cursor).start;
    struct ta_row first = ta_row_at(text, columns, top_of(editor));
    if (wanted < first.start) {
        return ta_row_at(text, columns, wanted);
    }
    struct ta_row row = first;
    bool shown = row.start == wanted;
    for (int i = 1; i < rows; i++) {
        if (!ta_row_next(text, columns, &row)) {
            return ta_row_above(text, columns, row.start, (size_t)rows - 1);
        }
        shown = shown || row.start == wanted;
    }
    return shown ? first : ta_row_above(text, columns, wanted, (size_t)rows - 1);
}

static size_t between(size_t at, size_t from, size_t to)
{
    return at < from ? from : at > to ? to : at;
}

/* Puts the text from `from` to `to`, what is selected of it in its own role; returns the columns.
 */
static int draw_span(const struct ta_editor *editor, struct ta_surface *surface,
                     struct ta_area area, enum ta_role_of_cell role, size_t from, size_t to)
{
    size_t start = between(ta_selection_start(editor), from, to);
    size_t end = between(ta_selection_end(editor), from, to);
    const size_t edges[] = {from, start, end, to};
    int column = 0;
    for (int i = 0; i < 3; i++) {
        const char *bytes = editor->text.bytes + edges[i];
        size_t fit = ta_fit(bytes, edges[i + 1] - edges[i], area.columns - column);
        column += ta_put_bytes(surface, area.row, area.column + column, area.columns - column,
                               i == 1 ? TA_SELECTION : role, bytes, fit);
    }
    return column;
}

/* A line feed that is selected shows as a blank. */
static void draw_row(const struct ta_editor *editor, struct ta_surface *surface,
                     struct ta_area area, enum ta_role_of_cell role, const struct ta_row *row)
{
    bool feed = row->end > row->start && editor->text.bytes[row->end - 1] == '\n';
    size_t end = feed ? row->end - 1 : row->end;
    int column = draw_span(editor, surface, area, role, row->start, end);
    bool selected = ta_selection_start(editor) <= end && end < ta_selection_end(editor);
    if (feed && selected && column < area.columns) {
        ta_paint(surface, (struct ta_area){area.row, area.column + column, 1, 1}, TA_SELECTION);
    }
}

static void put_cursor(const struct ta_editor *editor, struct ta_surface *surface,
                       struct ta_area area, size_t from)
{
    int column = ta_width(editor->text.bytes + from, editor->cursor - from);
    surface->cursor_row = area.row;
    surface->cursor_column = area.column + (column < area.columns ? column : area.columns - 1);
}

static void draw_lines(const struct ta_editor *editor, struct ta_surface *surface,
                       struct ta_area area, enum ta_role_of_cell role, bool focus)
{
    const struct ta_text *text = &editor->text;
    int columns = wrapped_columns(area.columns);
    struct ta_row row = first_row(editor, columns, area.rows);
    editor->view->columns = columns;
    editor->view->top = row.start;
    struct ta_area line = {area.row, area.column, 1, area.columns};
    bool more = true;
    for (; more && line.row < area.row + area.rows; line.row++) {
        size_t last = ta_row_last(text, &row);
        draw_row(editor, surface, line, role, &row);
        if (focus && editor->cursor >= row.start && editor->cursor <= last) {
            put_cursor(editor, surface, line, row.start);
        }
        more = ta_row_next(text, columns, &row);
    }
}

/* One line */

/* A place before the cursor, half the columns away. */
static size_t scrolled(const struct ta_editor *editor, int columns)
{
    const char *bytes = editor->text.bytes;
    size_t top = editor->cursor;
    for (int width = 0; top > 0 && width < columns / 2;) {
        size_t before = ta_character_before(bytes, editor->text.length, top);
        width += at_least(1, ta_width(bytes + before, top - before));
        top = before;
    }
    return top;
}

/* The first character to show: as before if the cursor shows then, with a column for "…" on either
 * side. */
static size_t first_character(const struct ta_editor *editor, int columns)
{
    const struct ta_text *text = &editor->text;
    if (ta_fit(text->bytes, text->length, columns - 1) == text->length) {
        return 0;
    }
    size_t top = top_of(editor);
    size_t fit = ta_fit(text->bytes + top, text->length - top, at_least(1, columns - 3));
    bool before = editor->cursor < top || (editor->cursor == top && top > 0);
    return before || editor->cursor > top + fit ? scrolled(editor, columns) : top;
}

/* Of one line: the columns that "…" takes before what is shown. */
static int cut_off(const struct ta_editor *editor, size_t top)
{
    return top > 0 && editor->view->area.columns > 2 ? 1 : 0;
}

static void draw_line(const struct ta_editor *editor, struct ta_surface *surface,
                      struct ta_area area, enum ta_role_of_cell role, bool focus)
{
    const struct ta_text *text = &editor->text;
    size_t top = first_character(editor, area.columns);
    editor->view->top = top;
    if (cut_off(editor, top) > 0) {
        (void)ta_put(surface, area.row, area.column, 1, TA_QUIET, ellipsis);
        area.column++;
        area.columns--;
    }
    size_t end = top + ta_fit(text->bytes + top, text->length - top, area.columns);
    if (end < text->length) {
        end = top + ta_fit(text->bytes + top, end - top, area.columns - 1);
        (void)ta_put(surface, area.row, area.column + area.columns - 1, 1, TA_QUIET, ellipsis);
    }
    (void)draw_span(editor, surface, area, role, top, end);
    if (focus) {
        put_cursor(editor, surface, area, top);
    }
}

void ta_editor_draw(const struct ta_editor *editor, struct ta_surface *surface, struct ta_area area,
                    enum ta_role_of_cell role, bool focus)
{
    editor->view->area = area;
    if (area.rows < 1 || area.columns < 1) {
        return;
    }
    if (editor->lines) {
        draw_lines(editor, surface, area, role, focus);
    } else {
        draw_line(editor, surface, area, role, focus);
    }
}

int ta_editor_rows(const struct ta_editor *editor, int columns)
{
    int wrapped = wrapped_columns(columns);
    struct ta_row row = ta_row_at(&editor->text, wrapped, 0);
    int rows = 1;
    while (rows < TA_EDITOR_ROWS && ta_row_next(&editor->text, wrapped, &row)) {
        rows++;
    }
    return rows;
}

/* The mouse */

bool ta_view_holds(const struct ta_editor *editor, int row, int column)
{
    struct ta_area area = editor->view->area;
    return row >= area.row && row < area.row + area.rows && column >= area.column &&
           column < area.column + area.columns;
}

size_t ta_view_place(const struct ta_editor *editor, int row, int column)
{
    const struct ta_editor_view *view = editor->view;
    const struct ta_text *text = &editor->text;
    size_t start = top_of(editor);
    size_t last = text->length;
    column -= view->area.column;
    if (editor->lines) {
        struct ta_row shown = ta_row_at(text, view->columns, start);
        for (int i = view->area.row; i < row; i++) {
            (void)ta_row_next(text, view->columns, &shown);
        }
        start = shown.start;
        last = ta_row_last(text, &shown);
    } else {
        column -= cut_off(editor, start);
    }
    return start + ta_fit(text->bytes + start, last - start, at_least(0, column));
}
