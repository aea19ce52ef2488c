/**
 * Tables as other programs write them: comma-separated values by RFC 4180.
 *
 * A field in double quotes may hold commas, line ends and, doubled, quotes. Lines end with CR LF or
 * LF. A byte order mark at the beginning is passed over, and so are empty lines. What
 * parts fields is what the first line has most of: commas, semicolons, as spreadsheets write them
 * in half of Europe, or tabs; or what a line "sep=;" before it says.
 */
#ifndef TURNABOUT_DOCUMENT_CSV_H
#define TURNABOUT_DOCUMENT_CSV_H

#include <stddef.h>

#include "turnabout/base/error.h"

struct ta_csv_row {
    char **fields;
    size_t count;
    unsigned line; /**< where it begins, from 1 */
};

struct ta_csv {
    struct ta_csv_row *rows;
    size_t count;
};

/** TA_WRONG: a quote that does not end, or something behind one that does; not UTF-8; the sentence
 *  says in which line and column. `name` is for the sentence. */
bool ta_csv_read(struct ta_csv *csv, const char *text, const char *name, struct ta_error *err);
void ta_csv_release(struct ta_csv *csv);

#endif
