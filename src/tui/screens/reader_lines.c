#include "reader_lines.h"

#include <stdlib.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

void reader_add(struct reader_lines *lines, struct ta_piece text, enum ta_role_of_cell role,
                const char *sign)
{
    struct ta_text clean = {0};
    ta_clean(&clean, text.at, text.length);
    struct reader_line *line = ta_append(&lines->items, lines->count++, sizeof *lines->items);
    *line = (struct reader_line){.text = ta_text_take(&clean), .role = role, .sign = sign};
}

void reader_add_document(struct reader_lines *lines, const char *text)
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
        reader_add(lines, line, role, NULL);
    }
}

/* Differences */

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

static void add_compared(struct reader_lines *lines, const struct ta_comparison *comparison,
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
    *(struct reader_line *)ta_append(&lines->items, lines->count++, sizeof *lines->items) = line;
}

void reader_add_comparison(struct reader_lines *lines, const struct ta_comparison *comparison)
{
    bool gap = false;
    for (size_t i = 0; comparison->differs && i < comparison->line_count; i++) {
        if (ta_comparison_shows(comparison, i)) {
            add_compared(lines, comparison, &comparison->lines[i]);
            gap = false;
        } else if (!gap) {
            reader_add(lines, ta_piece_of("⋯"), TA_QUIET, " ");
            gap = true;
        }
    }
    if (!comparison->differs) {
        reader_add(lines, ta_piece_of("These two are the same, word for word."), TA_QUIET, NULL);
    }
}

void reader_lines_release(struct reader_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->items[i].text);
        free(lines->items[i].parts);
    }
    free(lines->items);
    *lines = (struct reader_lines){0};
}
