/**
 * What commands print: values with names for programs, the same values laid out for people.
 *
 * A command prints objects, lists and their values without knowing which of the two it is. A value
 * has the name and form that programs get (JSON), and what people are shown in its place (text);
 * `shown` NULL leaves it out of the text. Sentences are for people only.
 *
 * JSON is one record a line: an object on one line, the elements of an outer list a line each. It
 * is UTF-8; controls, bidirectional marks and line separators are written as \uXXXX, malformed
 * bytes become U+FFFD. Text aligns the elements of a list in columns, and the values of an outer
 * object behind their names; everything is cleaned for the terminal (ta_clean()), in a pipe too.
 */
#ifndef TURNABOUT_CLI_PRINTER_H
#define TURNABOUT_CLI_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/text.h"

struct ta_printer;

enum ta_value_kind {
    TA_VALUE_NOTHING,
    TA_VALUE_STRING,
    TA_VALUE_NUMBER,
    TA_VALUE_THOUSANDTHS, /**< a number, counted in thousandths */
    TA_VALUE_FLAG
};

struct ta_value {
    enum ta_value_kind kind;
    const char *string;
    int64_t number;
    bool flag;
};

/** One way to print; `name` is NULL for the elements of a list and for what is outermost. */
struct ta_printer_kind {
    void (*begin)(struct ta_printer *printer, const char *name, bool list);
    void (*end)(struct ta_printer *printer);
    void (*value)(struct ta_printer *printer, const char *name, const struct ta_value *value,
                  const char *shown);
    void (*say)(struct ta_printer *printer, const char *text);
};

extern const struct ta_printer_kind ta_printer_text;
extern const struct ta_printer_kind ta_printer_json;

enum { TA_PRINTER_DEPTH = 8 };

/** A cell of text that waits until the widths of its columns are known. */
struct ta_cell {
    char *text;
    size_t row;
    bool right; /**< numbers stand at the right of their column */
};

struct ta_printer {
    const struct ta_printer_kind *kind;
    struct ta_text out; /**< all that was printed; belongs to the printer */
    size_t depth;       /**< how many objects and lists are open */
    struct {
        bool list;
        size_t count; /**< what was printed in it */
    } open[TA_PRINTER_DEPTH + 1];
    struct ta_cell *cells;
    size_t cell_count, rows;
};

void ta_printer_init(struct ta_printer *printer, const struct ta_printer_kind *kind);
void ta_printer_release(struct ta_printer *printer);

void ta_print_object(struct ta_printer *printer, const char *name);
void ta_print_list(struct ta_printer *printer, const char *name);
/** Ends the object or list that was begun last. */
void ta_print_end(struct ta_printer *printer);

/** `value` NULL is null. */
void ta_print_string(struct ta_printer *printer, const char *name, const char *value,
                     const char *shown);
void ta_print_number(struct ta_printer *printer, const char *name, int64_t value,
                     const char *shown);
/** `value` 4210 is the number 4.210. */
void ta_print_thousandths(struct ta_printer *printer, const char *name, int64_t value,
                          const char *shown);
void ta_print_flag(struct ta_printer *printer, const char *name, bool value, const char *shown);
/** null: the thing has no such value. */
void ta_print_nothing(struct ta_printer *printer, const char *name, const char *shown);

/** A line for people; a line end is added. */
void ta_print_say(struct ta_printer *printer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
