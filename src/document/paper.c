#include "turnabout/document/paper.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "line.h"
#include "reading.h"
#include "turnabout/base/memory.h"

static struct ta_piece line_at(const struct ta_paper *paper, size_t at)
{
    return ta_piece_of(paper->lines[at]);
}

bool ta_paper_read(struct ta_paper *paper, const char *text, const char *name, struct ta_error *err)
{
    struct ta_piece whole = ta_piece_of(text), front, body, line;

    *paper = (struct ta_paper){0};
    if (!ta_front_is_text(whole, name, err) || !ta_front_split(whole, &front, &body, name, err)) {
        return false;
    }
    paper->front = ta_lines_in(front);
    paper->lines = ta_allocate(ta_lines_in(whole) + 1, sizeof *paper->lines);
    while (ta_take_line(&whole, &line)) {
        paper->lines[paper->count++] = ta_piece_copy(line);
    }
    return true;
}

char *ta_paper_text(const struct ta_paper *paper)
{
    struct ta_text out = {0};

    for (size_t at = 0; at < paper->count; at++) {
        ta_text_add(&out, paper->lines[at]);
    }
    return ta_text_take(&out);
}

void ta_paper_release(struct ta_paper *paper)
{
    if (paper == NULL) {
        return;
    }
    for (size_t at = 0; at < paper->count; at++) {
        free(paper->lines[at]);
    }
    free(paper->lines);
    *paper = (struct ta_paper){0};
}

char *ta_paper_take(struct ta_paper *paper)
{
    char *text = ta_paper_text(paper);

    ta_paper_release(paper);
    return text;
}

static const char *end_of(const struct ta_paper *paper)
{
    return paper->count == 0 ? "\n" : ta_line_end(line_at(paper, 0));
}

static bool has_end(const char *line)
{
    size_t length = strlen(line);

    return length > 0 && line[length - 1] == '\n';
}

/** What was the last line, without a line end, gets one when something is to stand behind it. */
static void end_line(struct ta_paper *paper, size_t at)
{
    struct ta_text line = {0};

    if (has_end(paper->lines[at])) {
        return;
    }
    ta_text_add(&line, paper->lines[at]);
    ta_text_add(&line, end_of(paper));
    free(paper->lines[at]);
    paper->lines[at] = ta_text_take(&line);
}

void ta_paper_replace(struct ta_paper *paper, struct ta_span span, const char *body)
{
    struct ta_piece rest = ta_piece_of(body), line;
    size_t added = ta_lines_in(rest), behind = span.first + span.count, count;
    const char *end = end_of(paper);
    char **lines;

    assert(behind <= paper->count);
    if (span.first > 0 && added > 0) {
        end_line(paper, span.first - 1);
    }
    count = paper->count - span.count + added;
    lines = ta_allocate(count + 1, sizeof *lines);
    for (size_t at = 0; at < span.first; at++) {
        lines[at] = paper->lines[at];
    }
    for (size_t at = span.first; ta_next_line(&rest, &line); at++) {
        struct ta_text text = {0};

        ta_text_add_bytes(&text, line.at, line.length);
        ta_text_add(&text, end);
        lines[at] = ta_text_take(&text);
    }
    for (size_t at = behind; at < paper->count; at++) {
        lines[at - span.count + added] = paper->lines[at];
    }
    for (size_t at = span.first; at < behind; at++) {
        free(paper->lines[at]);
    }
    free(paper->lines);
    paper->lines = lines;
    paper->count = count;
}

/* Front matter */

/** The line of a key; the paper's count when there is none. */
static size_t find_key(const struct ta_paper *paper, const char *key, struct ta_piece *value)
{
    for (size_t at = 1; at + 1 < paper->front; at++) {
        if (ta_front_line(line_at(paper, at), key, value)) {
            return at;
        }
    }
    return paper->count;
}

struct ta_piece ta_paper_value(const struct ta_paper *paper, const char *key)
{
    struct ta_piece value = {0};

    find_key(paper, key, &value);
    return value;
}

/** The line up to its value: "key: ", spelled as it was. */
static size_t value_begins(const char *line)
{
    size_t colon = strcspn(line, ":");

    return colon + 1 + strspn(line + colon + 1, " \t");
}

static void replace_value(struct ta_paper *paper, size_t at, const char *value)
{
    const char *old = paper->lines[at];
    size_t begins = value_begins(old);
    struct ta_text line = {0};

    ta_text_add_bytes(&line, old, begins);
    if (old[begins - 1] == ':') {
        ta_text_add(&line, " ");
    }
    ta_front_add_value(&line, value);
    ta_text_add(&line, ta_line_end(line_at(paper, at)));
    free(paper->lines[at]);
    paper->lines[at] = ta_text_take(&line);
}

static void add_value(struct ta_paper *paper, const char *key, const char *value)
{
    struct ta_text line = {0};

    if (paper->front == 0) {
        ta_paper_replace(paper, (struct ta_span){0, 0}, "---\n---\n");
        paper->front = 2;
    }
    ta_text_addf(&line, "%s: ", key);
    ta_front_add_value(&line, value);
    ta_paper_replace(paper, (struct ta_span){paper->front - 1, 0}, line.bytes);
    paper->front++;
    ta_text_release(&line);
}

void ta_paper_set_value(struct ta_paper *paper, const char *key, const char *value)
{
    struct ta_piece old;
    size_t at = find_key(paper, key, &old);

    if (at == paper->count) {
        add_value(paper, key, value);
    } else if (!ta_piece_is(old, value)) {
        replace_value(paper, at, value);
    }
}

bool ta_paper_read_kind(struct ta_paper *paper, const char *text, const char *kind,
                        unsigned version, const char *name, struct ta_error *err)
{
    if (!ta_paper_read(paper, text, name, err)) {
        return false;
    }
    if (ta_front_check_kind(ta_paper_value(paper, "turnabout"), kind, version, name, err)) {
        return true;
    }
    ta_paper_release(paper);
    return false;
}

/* Sections */

enum { SECTION_LEVEL = 2 };

/** A heading that begins or ends a section. */
struct heading {
    size_t at; /**< its line; the paper's count: there is none */
    unsigned level;
    struct ta_piece title;
};

/** The next one from `from` on that is not in fenced code. */
static struct heading next_heading(const struct ta_paper *paper, size_t from)
{
    struct ta_fence fence = {0};
    struct heading heading = {.at = from};

    for (; heading.at < paper->count; heading.at++) {
        struct ta_piece line;

        /* A contract is searched for each of its clauses: nearly all lines are passed over here. */
        if (fence.sign == 0 && strchr("#`~", paper->lines[heading.at][0]) == NULL) {
            continue;
        }
        line = line_at(paper, heading.at);
        if (ta_fence_holds(&fence, line)) {
            continue;
        }
        heading.level = ta_line_level(line, &heading.title);
        if (heading.level > 0 && heading.level <= SECTION_LEVEL) {
            break;
        }
    }
    return heading;
}

bool ta_paper_next_section(const struct ta_paper *paper, const char *title, size_t from,
                           struct ta_span *span)
{
    struct ta_piece wanted = ta_piece_trim(ta_piece_of(title));
    struct heading here = next_heading(paper, from > paper->front ? from : paper->front), next;

    for (; here.at < paper->count; here = next) {
        next = next_heading(paper, here.at + 1);
        if (here.level == SECTION_LEVEL && ta_piece_same(here.title, wanted)) {
            *span = (struct ta_span){here.at + 1, next.at - here.at - 1};
            return true;
        }
    }
    return false;
}

bool ta_paper_section(const struct ta_paper *paper, const char *title, struct ta_span *span)
{
    return ta_paper_next_section(paper, title, 0, span);
}

/** The span without blank lines at its ends. */
static struct ta_span without_blanks(const struct ta_paper *paper, struct ta_span span)
{
    while (span.count > 0 && ta_line_is_blank(line_at(paper, span.first + span.count - 1))) {
        span.count--;
    }
    while (span.count > 0 && ta_line_is_blank(line_at(paper, span.first))) {
        span.first++;
        span.count--;
    }
    return span;
}

char *ta_paper_section_text(const struct ta_paper *paper, const char *title)
{
    struct ta_text out = {0};
    struct ta_span span;

    if (!ta_paper_section(paper, title, &span)) {
        return ta_text_take(&out);
    }
    span = without_blanks(paper, span);
    for (size_t at = 0; at < span.count; at++) {
        struct ta_piece rest = line_at(paper, span.first + at), line = {0};

        ta_next_line(&rest, &line);
        ta_text_add(&out, at > 0 ? "\n" : "");
        ta_text_add_bytes(&out, line.at, line.length);
    }
    return ta_text_take(&out);
}

/**
 * Appends the lines of a section's body without blank lines at its ends. A line that would begin
 * another section is kept from it by a backslash, and fenced code that is left open is closed:
 * either would take the sections behind it apart.
 */
static void add_lines(struct ta_text *out, const char *body)
{
    struct ta_piece rest = ta_piece_of(body), line;
    struct ta_fence fence = {0};
    size_t begins = out->length, kept = begins;

    while (ta_next_line(&rest, &line)) {
        bool blank = ta_line_is_blank(line);
        unsigned level = ta_line_level(line, NULL);

        if (blank && out->length == begins) {
            continue;
        }
        if (!ta_fence_holds(&fence, line) && level > 0 && level <= SECTION_LEVEL) {
            ta_text_add(out, "\\");
        }
        ta_text_add_bytes(out, line.at, line.length);
        ta_text_add(out, "\n");
        kept = blank ? kept : out->length;
    }
    if (out->length > kept) {
        ta_text_remove(out, kept, out->length - kept);
    }
    if (fence.sign == 0) {
        return;
    }
    while (fence.length-- > 0) {
        ta_text_add_bytes(out, &fence.sign, 1);
    }
    ta_text_add(out, "\n");
}

/** Body with a blank line before it, and one behind it unless it is the last thing in the paper. */
static void add_body(struct ta_text *out, const char *body, bool is_last)
{
    size_t begins = out->length;

    add_lines(out, body);
    if (out->length > begins) {
        ta_text_insert(out, begins, "\n", 1);
    }
    ta_text_add(out, is_last ? "" : "\n");
}

void ta_paper_set_section(struct ta_paper *paper, const char *title, const char *body)
{
    struct ta_span span;
    struct ta_text out = {0};

    if (!ta_paper_section(paper, title, &span)) {
        ta_paper_add_section(paper, &title, 1, 0, body);
        return;
    }
    add_body(&out, body, span.first + span.count == paper->count);
    ta_paper_replace(paper, span, out.length == 0 ? "" : out.bytes);
    ta_text_release(&out);
}

/** The line before which a section stands by the order of `titles`. */
static size_t place_of(const struct ta_paper *paper, const char *const *titles, size_t count,
                       size_t which)
{
    struct ta_span span;

    for (size_t at = which; at-- > 0;) {
        if (ta_paper_section(paper, titles[at], &span)) {
            return span.first + span.count;
        }
    }
    for (size_t at = which + 1; at < count; at++) {
        if (ta_paper_section(paper, titles[at], &span)) {
            return span.first - 1;
        }
    }
    return paper->count;
}

void ta_paper_add_section(struct ta_paper *paper, const char *const *titles, size_t count,
                          size_t which, const char *body)
{
    size_t place = place_of(paper, titles, count, which);
    bool apart = place > paper->front && !ta_line_is_blank(line_at(paper, place - 1));
    struct ta_text out = {0};

    ta_text_add(&out, apart ? "\n## " : "## ");
    ta_add_line(&out, titles[which]);
    ta_text_add(&out, "\n");
    add_body(&out, body, place == paper->count);
    ta_paper_replace(paper, (struct ta_span){place, 0}, out.bytes);
    ta_text_release(&out);
}

void ta_paper_remove_section(struct ta_paper *paper, const char *title)
{
    struct ta_span span;

    if (!ta_paper_section(paper, title, &span)) {
        return;
    }
    span.first--;
    span.count++;
    /* At the end of the paper, the blank line that kept it apart goes with it. */
    while (span.first + span.count == paper->count && span.first > paper->front &&
           ta_line_is_blank(line_at(paper, span.first - 1))) {
        span.first--;
        span.count++;
    }
    ta_paper_replace(paper, span, "");
}

/** In one go, for a hand or a program may have put any number of them there. */
void ta_paper_remove_repeated(struct ta_paper *paper, const char *title)
{
    struct ta_span span;
    size_t to, from;

    if (!ta_paper_section(paper, title, &span)) {
        return;
    }
    to = from = span.first + span.count;
    while (ta_paper_next_section(paper, title, from, &span)) {
        while (from < span.first - 1) {
            paper->lines[to++] = paper->lines[from++];
        }
        while (from < span.first + span.count) {
            free(paper->lines[from++]);
        }
    }
    /* As above, at the end of the paper. */
    while (to < from && from == paper->count && ta_line_is_blank(line_at(paper, to - 1))) {
        free(paper->lines[--to]);
    }
    while (from < paper->count) {
        paper->lines[to++] = paper->lines[from++];
    }
    paper->count = to;
}

/* List entries */

static void drop(struct ta_span *span, size_t lines)
{
    span->first += lines;
    span->count -= lines;
}

/** Moves the span to the first line of the next entry. */
static bool find_entry(const struct ta_paper *paper, struct ta_span *span, struct ta_marker *marker)
{
    struct ta_fence fence = {0};

    for (; span->count > 0; drop(span, 1)) {
        struct ta_piece line = line_at(paper, span->first);

        if (!ta_fence_holds(&fence, line) && ta_line_marker(marker, line)) {
            return true;
        }
    }
    return false;
}

/** How many lines the entry at the span's first line has. */
static size_t lines_of_entry(const struct ta_paper *paper, struct ta_span span,
                             const struct ta_marker *marker)
{
    size_t lines = 1;

    for (size_t at = 1; at < span.count; at++) {
        struct ta_piece line = line_at(paper, span.first + at);

        if (ta_line_continues(line, marker)) {
            lines = at + 1;
        } else if (!ta_line_is_blank(line)) {
            break;
        }
    }
    return lines;
}

static char *entry_text(const struct ta_paper *paper, struct ta_span entry,
                        const struct ta_marker *marker)
{
    struct ta_text out = {0};
    struct ta_piece line = line_at(paper, entry.first);

    line =
        ta_line_unindent((struct ta_piece){line.at + marker->text, line.length - marker->text}, 0);
    ta_text_add_bytes(&out, line.at, line.length);
    for (size_t at = 1; at < entry.count; at++) {
        line = ta_line_unindent(line_at(paper, entry.first + at), marker->content);
        ta_text_add(&out, "\n");
        ta_text_add_bytes(&out, line.at, line.length);
    }
    return ta_text_take(&out);
}

bool ta_paper_next_entry(const struct ta_paper *paper, struct ta_span *span, struct ta_span *entry,
                         char **text)
{
    struct ta_marker marker;

    if (!find_entry(paper, span, &marker)) {
        return false;
    }
    *entry = (struct ta_span){span->first, lines_of_entry(paper, *span, &marker)};
    *text = entry_text(paper, *entry, &marker);
    drop(span, entry->count);
    return true;
}
