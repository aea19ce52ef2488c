#include "turnabout/document/csv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

struct reader {
    const char *at;
    const char *name;
    unsigned line;
    char separator;
};

static bool is_line_end(const char *at)
{
    return *at == '\n' || (at[0] == '\r' && (at[1] == '\n' || at[1] == '\0'));
}

static void pass_line_end(struct reader *reader)
{
    reader->at += reader->at[0] == '\r' ? 1 : 0;
    reader->at += reader->at[0] == '\n' ? 1 : 0;
    reader->line++;
}

static bool refuse(const struct reader *reader, unsigned line, size_t column, const char *what,
                   struct ta_error *err)
{
    return ta_fail(err, TA_WRONG, "%s, line %u, column %zu: %s. Nothing was taken from it.",
                   reader->name, line, column, what);
}

static bool take_quoted(struct reader *reader, struct ta_text *field, size_t column,
                        struct ta_error *err)
{
    unsigned begins = reader->line;
    for (reader->at++; *reader->at != '\0'; reader->at++) {
        if (*reader->at == '"' && *++reader->at != '"') {
            bool ends =
                *reader->at == reader->separator || *reader->at == '\0' || is_line_end(reader->at);
            return ends || refuse(reader, reader->line, column,
                                  "something stands behind the closing quote; a quote inside "
                                  "quotes is doubled",
                                  err);
        }
        reader->line += *reader->at == '\n';
        ta_text_add_bytes(field, reader->at, 1);
    }
    return refuse(reader, begins, column, "the quote that begins here does not end", err);
}

static bool take_field(struct reader *reader, struct ta_text *field, size_t column,
                       struct ta_error *err)
{
    if (*reader->at == '"') {
        return take_quoted(reader, field, column, err);
    }
    while (*reader->at != '\0' && *reader->at != reader->separator && !is_line_end(reader->at)) {
        ta_text_add_bytes(field, reader->at++, 1);
    }
    return true;
}

static bool take_row(struct reader *reader, struct ta_csv_row *row, struct ta_error *err)
{
    bool ok = true;
    row->line = reader->line;
    for (bool more = true; ok && more;) {
        struct ta_text field = {0};
        ok = take_field(reader, &field, row->count + 1, err);
        char **place = ta_append(&row->fields, row->count++, sizeof *row->fields);
        *place = ta_text_take(&field);
        more = *reader->at == reader->separator && *reader->at != '\0';
        reader->at += more ? 1 : 0;
    }
    if (ok && *reader->at != '\0') {
        pass_line_end(reader);
    }
    return ok;
}

/* In the first line, outside of quotes. */
static size_t count_of(const char *text, char separator)
{
    size_t count = 0;
    bool quoted = false;
    for (; *text != '\0' && (quoted || *text != '\n'); text++) {
        quoted = quoted != (*text == '"');
        count += !quoted && *text == separator;
    }
    return count;
}

static char find_separator(const char *text)
{
    static const char separators[] = ",;\t";
    const char *found = separators;
    for (const char *other = separators; *other != '\0'; other++) {
        found = count_of(text, *other) > count_of(text, *found) ? other : found;
    }
    return *found;
}

/* "sep=;" is a line of its own before the table. */
static void choose_separator(struct reader *reader)
{
    static const char says[] = "sep=";
    size_t length = strlen(says);
    bool is_said = strncasecmp(reader->at, says, length) == 0 && reader->at[length] != '\0' &&
                   is_line_end(reader->at + length + 1);
    if (is_said) {
        reader->separator = reader->at[length];
        reader->at += length + 1;
        pass_line_end(reader);
    } else {
        reader->separator = find_separator(reader->at);
    }
}

bool ta_csv_read(struct ta_csv *csv, const char *text, const char *name, struct ta_error *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    *csv = (struct ta_csv){0};
    if (!ta_utf8_is_valid(text, strlen(text))) {
        return ta_fail(err, TA_WRONG,
                       "%s is not UTF-8 text: save it as UTF-8 from the spreadsheet.", name);
    }
    text += strncmp(text, mark, strlen(mark)) == 0 ? strlen(mark) : 0;
    struct reader reader = {.at = text, .name = name, .line = 1};
    bool ok = true;
    choose_separator(&reader);
    while (ok && *reader.at != '\0') {
        if (is_line_end(reader.at)) {
            pass_line_end(&reader);
        } else {
            struct ta_csv_row *row = ta_append(&csv->rows, csv->count++, sizeof *csv->rows);
            ok = take_row(&reader, row, err);
        }
    }
    if (!ok) {
        ta_csv_release(csv);
    }
    return ok;
}

void ta_csv_release(struct ta_csv *csv)
{
    for (size_t i = 0; i < csv->count; i++) {
        for (size_t j = 0; j < csv->rows[i].count; j++) {
            free(csv->rows[i].fields[j]);
        }
        free(csv->rows[i].fields);
    }
    free(csv->rows);
    *csv = (struct ta_csv){0};
}
