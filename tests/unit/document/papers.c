#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/file.h"
#include "turnabout/document/paper.h"

const struct ta_pair priya_and_dana = {
    .slug = (char[]){"priya-dana"},
    .topic = (char[]){"Who gets heard in our meetings"},
    .person = {{(char[]){"Priya Raman"}, (char[]){"priya@example.org"}},
               {(char[]){"Dana Holt"}, (char[]){"dana@example.org"}}},
    .me = TA_NOBODY,
};

void assert_text(char *text, const char *expected)
{
    assert_string_equal(text, expected);
    free(text);
}

void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("\"%s\" does not stand in:\n%s", part, text);
    }
}

/* The next line with its end, or NULL; `length` is what it holds. */
static const char *next_line(const char **rest, size_t *length)
{
    const char *line = *rest;
    const char *end = strchr(line, '\n');
    *length = end == NULL ? strlen(line) : (size_t)(end - line) + 1;
    *rest = line + *length;
    return *length == 0 ? NULL : line;
}

size_t lines_of(const char *text)
{
    size_t count = 0;
    size_t length;
    while (next_line(&text, &length) != NULL) {
        count++;
    }
    return count;
}

static bool same_line(const char **one, const char **other)
{
    size_t length;
    size_t other_length;
    const char *line = next_line(one, &length);
    const char *other_line = next_line(other, &other_length);
    return line != NULL && other_line != NULL && length == other_length &&
           memcmp(line, other_line, length) == 0;
}

static const char *skip_lines(const char *text, size_t lines)
{
    size_t length;
    while (lines-- > 0) {
        next_line(&text, &length);
    }
    return text;
}

struct change change_between(const char *before, const char *after)
{
    struct change change = {0, lines_of(before), lines_of(after)};
    const char *one = before;
    const char *other = after;
    while (change.removed > 0 && change.added > 0 && same_line(&one, &other)) {
        change.first++;
        change.removed--;
        change.added--;
    }
    while (change.removed > 0 && change.added > 0) {
        one = skip_lines(before, change.first + change.removed - 1);
        other = skip_lines(after, change.first + change.added - 1);
        if (!same_line(&one, &other)) {
            break;
        }
        change.removed--;
        change.added--;
    }
    return change;
}

size_t dice(uint32_t *state, size_t below)
{
    *state = *state * 1664525U + 1013904223U;
    return (*state >> 8) % below;
}

char *random_markdown(uint32_t *state, size_t lines)
{
    static const char *const pieces[] = {
        "# Title",     "## One",      "## Two",       "### Deeper", "##NoHeading", "   ## Indented",
        "```",         "~~~~",        "``` c",        "- entry",    "* other",     "1. numbered",
        "  continued", "\tafter tab", "      far in", "",           "   ",         "plain text",
        "key: value",  "---",         "> ## quoted",  "caf\u00e9",  "## One ##",   "-",
        "\r",          "- [ ] P7 x",  "| a | b |",    "<!-- c -->", "#",           "10) ten",
    };
    struct ta_text out = {0};
    for (size_t line = 0; line < lines; line++) {
        ta_text_add(&out, pieces[dice(state, sizeof pieces / sizeof *pieces)]);
        ta_text_add(&out, dice(state, 4) == 0 ? "\r\n" : "\n");
    }
    if (out.length > 0 && dice(state, 3) == 0) {
        ta_text_remove(&out, out.length - 1, 1);
    }
    return ta_text_take(&out);
}

char *mutilated(uint32_t *state, const char *text)
{
    struct ta_text out = {0};
    ta_text_add(&out, text);
    for (size_t times = dice(state, 8) + 1; times > 0 && out.length > 1; times--) {
        size_t at = dice(state, out.length);
        size_t length = dice(state, out.length - at) % 40 + 1;
        switch (dice(state, 4)) {
        case 0:
            out.bytes[at] = (char)(dice(state, 255) + 1);
            break;
        case 1:
            ta_text_remove(&out, at, length);
            break;
        case 2: {
            char *copy = strndup(out.bytes + at, length);
            ta_text_insert(&out, at, copy, strlen(copy));
            free(copy);
            break;
        }
        default:
            out.bytes[at] = "\n\r\t -#`:(){}[],\"0"[dice(state, 16)];
        }
    }
    return ta_text_take(&out);
}

void survive(const char *text, void (*read)(const char *text))
{
    uint32_t state = 7;
    for (size_t times = 0; times < 2000; times++) {
        char *other = mutilated(&state, text);
        read(other);
        free(other);
    }
}

const char *page_path;

int read_page(void **state)
{
    struct ta_text page = {0};
    struct ta_error err;
    if (!ta_file_read(&page, page_path, TA_PAPER_LARGEST, &err)) {
        print_error("%s\n", err.text);
        return -1;
    }
    *state = ta_text_take(&page);
    return 0;
}

int free_page(void **state)
{
    free(*state);
    return 0;
}
