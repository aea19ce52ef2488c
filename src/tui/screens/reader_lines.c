#include "reader_lines.h"

#include "document_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

void reader_add_drawn(struct reader_lines *lines, const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        bool heading = document_take_heading(&line);
        const char *sign = heading ? NULL : document_take_sign(&line);
        reader_add(lines, line, heading ? TA_STRONG : TA_PLAIN, sign);
    }
}

/* Two sessions */

/* An entry, or a sentence, and the section that it stands in. */
struct entry {
    struct ta_piece section, text;
    bool listed;
};

/* The heading above all is what session it is, and stands in the title. */
static bool next_entry(struct ta_piece *rest, struct entry *entry)
{
    struct ta_piece line;
    while (ta_next_line(rest, &line)) {
        bool section = ta_piece_starts(line, "## ");
        if (document_take_heading(&line)) {
            entry->section = section ? line : entry->section;
        } else if (ta_piece_trim(line).length > 0) {
            entry->listed = document_take_sign(&line) != NULL;
            entry->text = line;
            return true;
        }
    }
    return false;
}

static bool is_same_piece(struct ta_piece one, struct ta_piece other)
{
    return one.length == other.length &&
           (one.length == 0 || memcmp(one.at, other.at, one.length) == 0);
}

static bool has_entry(const char *text, const struct entry *wanted)
{
    struct ta_piece rest = ta_piece_of(text);
    struct entry entry = {0};
    while (next_entry(&rest, &entry)) {
        if (is_same_piece(entry.section, wanted->section) &&
            is_same_piece(entry.text, wanted->text)) {
            return true;
        }
    }
    return false;
}

/* The entries of a session that the other one has, too, or has not, under one title. */
static void add_group(struct reader_lines *lines, const char *title, const char *text,
                      const char *other, bool shared)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece section = {0};
    struct entry entry = {0};
    bool any = false;
    while (next_entry(&rest, &entry)) {
        if (has_entry(other, &entry) != shared) {
            continue;
        }
        if (!any) {
            if (lines->count > 0) {
                reader_add(lines, ta_piece_of(""), TA_PLAIN, NULL);
            }
            reader_add(lines, ta_piece_of(title), TA_STRONG, NULL);
        }
        if (!is_same_piece(section, entry.section)) {
            reader_add(lines, entry.section, TA_QUIET, NULL);
        }
        reader_add(lines, entry.text, TA_PLAIN, entry.listed ? "·" : NULL);
        section = entry.section;
        any = true;
    }
}

void reader_add_beside(struct reader_lines *lines, const struct reader_beside *beside)
{
    for (size_t i = 0; i < 2; i++) {
        char title[40];
        (void)snprintf(title, sizeof title, "Only in session %u", beside->session[i]);
        add_group(lines, title, beside->text[i], beside->text[1 - i], false);
    }
    add_group(lines, "In both", beside->text[0], beside->text[1], true);
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
