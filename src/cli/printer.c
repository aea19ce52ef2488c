#include "turnabout/cli/printer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

void ta_printer_init(struct ta_printer *printer, const struct ta_printer_kind *kind)
{
    memset(printer, 0, sizeof *printer);
    printer->kind = kind;
}

void ta_printer_release(struct ta_printer *printer)
{
    for (size_t i = 0; i < printer->cell_count; i++) {
        free(printer->cells[i].text);
    }
    free(printer->cells);
    ta_text_release(&printer->out);
    memset(printer, 0, sizeof *printer);
}

static void begin(struct ta_printer *printer, const char *name, bool list)
{
    assert(printer->depth < TA_PRINTER_DEPTH);
    printer->kind->begin(printer, name, list);
    printer->open[printer->depth].count++;
    printer->depth++;
    printer->open[printer->depth].list = list;
    printer->open[printer->depth].count = 0;
}

void ta_print_object(struct ta_printer *printer, const char *name)
{
    begin(printer, name, false);
}

void ta_print_list(struct ta_printer *printer, const char *name)
{
    begin(printer, name, true);
}

void ta_print_end(struct ta_printer *printer)
{
    assert(printer->depth > 0);
    printer->kind->end(printer);
    printer->depth--;
}

static void print_value(struct ta_printer *printer, const char *name, const struct ta_value *value,
                        const char *shown)
{
    printer->kind->value(printer, name, value, shown);
    printer->open[printer->depth].count++;
}

void ta_print_string(struct ta_printer *printer, const char *name, const char *value,
                     const char *shown)
{
    struct ta_value string = {.kind = value == NULL ? TA_VALUE_NOTHING : TA_VALUE_STRING,
                              .string = value};
    print_value(printer, name, &string, shown);
}

void ta_print_number(struct ta_printer *printer, const char *name, int64_t value, const char *shown)
{
    struct ta_value number = {.kind = TA_VALUE_NUMBER, .number = value};
    print_value(printer, name, &number, shown);
}

void ta_print_thousandths(struct ta_printer *printer, const char *name, int64_t value,
                          const char *shown)
{
    struct ta_value number = {.kind = TA_VALUE_THOUSANDTHS, .number = value};
    print_value(printer, name, &number, shown);
}

void ta_print_flag(struct ta_printer *printer, const char *name, bool value, const char *shown)
{
    struct ta_value flag = {.kind = TA_VALUE_FLAG, .flag = value};
    print_value(printer, name, &flag, shown);
}

void ta_print_nothing(struct ta_printer *printer, const char *name, const char *shown)
{
    struct ta_value nothing = {.kind = TA_VALUE_NOTHING};
    print_value(printer, name, &nothing, shown);
}

void ta_print_say(struct ta_printer *printer, const char *format, ...)
{
    struct ta_text text = {0};
    va_list arguments;
    va_start(arguments, format);
    ta_text_addv(&text, format, arguments);
    va_end(arguments);
    printer->kind->say(printer, text.bytes);
    ta_text_release(&text);
}
