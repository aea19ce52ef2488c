#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/cli/printer.h"

enum { COLUMNS_MOST = 16 };

static const char gap[] = "  ";

/* A cell is one line: what the text has of line ends becomes a blank. */
static void add_cell(struct ta_printer *printer, const char *text, bool right)
{
    struct ta_text clean = {0};
    ta_clean(&clean, text, strlen(text));
    for (size_t i = 0; i < clean.length; i++) {
        if (clean.bytes[i] == '\n') {
            clean.bytes[i] = ' ';
        }
    }
    struct ta_cell *cell =
        ta_append(&printer->cells, printer->cell_count++, sizeof *printer->cells);
    cell->text = ta_text_take(&clean);
    cell->row = printer->rows;
    cell->right = right;
}

/* The column of a cell: how many cells of its row stand before it. */
static size_t column_of(const struct ta_printer *printer, size_t cell)
{
    size_t column = 0;
    while (column < cell && column < COLUMNS_MOST - 1 &&
           printer->cells[cell - column - 1].row == printer->cells[cell].row) {
        column++;
    }
    return column;
}

static bool is_last_of_row(const struct ta_printer *printer, size_t cell)
{
    return cell + 1 == printer->cell_count ||
           printer->cells[cell + 1].row != printer->cells[cell].row;
}

static void pad(struct ta_text *out, int columns)
{
    for (int i = 0; i < columns; i++) {
        ta_text_add(out, " ");
    }
}

static void write_cell(struct ta_printer *printer, size_t index, int width)
{
    const struct ta_cell *cell = &printer->cells[index];
    int missing = width - ta_width(cell->text, strlen(cell->text));
    bool last = is_last_of_row(printer, index);
    if (column_of(printer, index) > 0) {
        ta_text_add(&printer->out, gap);
    }
    pad(&printer->out, cell->right ? missing : 0);
    ta_text_add(&printer->out, cell->text);
    pad(&printer->out, cell->right || last ? 0 : missing);
    while (last && printer->out.length > 0 && printer->out.bytes[printer->out.length - 1] == ' ') {
        ta_text_remove(&printer->out, printer->out.length - 1, 1);
    }
    if (last) {
        ta_text_add(&printer->out, "\n");
    }
}

/* Writes the cells that wait, each column as wide as its widest. */
static void flush(struct ta_printer *printer)
{
    int widths[COLUMNS_MOST] = {0};
    for (size_t i = 0; i < printer->cell_count; i++) {
        const char *text = printer->cells[i].text;
        int *widest = &widths[column_of(printer, i)];
        int width = ta_width(text, strlen(text));
        *widest = width > *widest ? width : *widest;
    }
    for (size_t i = 0; i < printer->cell_count; i++) {
        write_cell(printer, i, widths[column_of(printer, i)]);
    }
    for (size_t i = 0; i < printer->cell_count; i++) {
        free(printer->cells[i].text);
    }
    free(printer->cells);
    printer->cells = NULL;
    printer->cell_count = 0;
}

static void begin(struct ta_printer *printer, const char *name, bool list)
{
    (void)name;
    if (list) {
        flush(printer);
    }
    printer->rows++;
}

static void end(struct ta_printer *printer)
{
    printer->rows++;
    if (printer->depth == 1 || printer->open[printer->depth].list) {
        flush(printer);
    }
}

/* "contract_version" is read as "contract version". */
static void add_label(struct ta_printer *printer, const char *name)
{
    char *label = ta_copy(name);
    for (char *at = strchr(label, '_'); at != NULL; at = strchr(at, '_')) {
        *at = ' ';
    }
    add_cell(printer, label, false);
    free(label);
}

static void print_value(struct ta_printer *printer, const char *name, const struct ta_value *value,
                        const char *shown)
{
    bool outer = printer->depth == 1 && !printer->open[1].list;
    bool element = printer->open[printer->depth].list;
    if (shown == NULL) {
        return;
    }
    if (outer && name != NULL) {
        add_label(printer, name);
    }
    add_cell(printer, shown, !outer && value->kind == TA_VALUE_NUMBER);
    if (outer || element) {
        printer->rows++;
    }
}

static void say(struct ta_printer *printer, const char *text)
{
    flush(printer);
    ta_clean(&printer->out, text, strlen(text));
    ta_text_add(&printer->out, "\n");
}

const struct ta_printer_kind ta_printer_text = {
    .begin = begin, .end = end, .value = print_value, .say = say};
