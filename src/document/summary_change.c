#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "reading.h"
#include "summary.h"
#include "turnabout/base/unicode.h"
#include "turnabout/document/summary_paper.h"

static struct ta_piece line_at(const struct ta_paper *paper, size_t at)
{
    return ta_piece_of(paper->lines[at]);
}

static bool is_one_line(const char *text, struct ta_error *err)
{
    if (!ta_utf8_is_valid(text, strlen(text))) {
        return ta_fail(err, TA_WRONG, "A line of a summary has to be UTF-8 text; type it again.");
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\r') {
            return ta_fail(err, TA_WRONG,
                           "A line of a summary cannot hold a line end; add a "
                           "second line instead.");
        }
    }
    return true;
}

bool ta_summary_paper_set_title(char **out, const char *text, const char *title,
                                struct ta_error *err)
{
    struct ta_paper paper;
    struct ta_piece old;
    struct ta_text heading = {0};
    unsigned session = 0;
    size_t at;

    if ((title != NULL && !is_one_line(title, err)) || !ta_summary_open(&paper, text, err)) {
        return false;
    }
    ta_number_read(&session, ta_paper_value(&paper, "session"), 1, TA_NUMBER_MOST);
    ta_summary_write_title(&heading, session, title);
    if (ta_summary_find_title(&paper, &at, &old)) {
        ta_paper_replace(&paper, (struct ta_span){at, 1}, heading.bytes);
    } else {
        ta_text_add(&heading, "\n");
        ta_paper_replace(&paper, (struct ta_span){paper.front, 0}, heading.bytes);
    }
    ta_text_release(&heading);
    *out = ta_paper_take(&paper);
    return true;
}

/** Where a line is, or where a new one goes; counts the lines of the section. */
struct place {
    struct ta_span entry; /**< the line's own entry; of no lines: behind the last */
    size_t count;         /**< lines up to it */
    bool found;
};

/** Behind the last line that says something, so that no line becomes part of an entry above it. */
static size_t end_of_prose(const struct ta_paper *paper, struct ta_span span)
{
    struct ta_fence fence = {0};
    size_t end = span.first, unfenced = end;

    for (size_t at = span.first; at < span.first + span.count; at++) {
        if (fence.sign == 0) {
            unfenced = at;
        }
        if (ta_fence_holds(&fence, line_at(paper, at)) || !ta_line_is_blank(line_at(paper, at))) {
            end = at + 1;
        }
    }
    return fence.sign == 0 ? end : unfenced;
}

static struct place find_line(const struct ta_paper *paper, struct ta_span span, size_t index)
{
    struct place place = {.entry = {end_of_prose(paper, span), 0}};
    struct ta_span entry;
    char *line;

    while (ta_summary_next_line(paper, &span, &entry, &line)) {
        free(line);
        if (place.count == index) {
            place.entry = entry;
            place.found = true;
            break;
        }
        place.entry = (struct ta_span){entry.first + entry.count, 0};
        place.count++;
    }
    return place;
}

/** The entry's line with its own marker and another text. */
static void change_line(struct ta_paper *paper, struct ta_span entry, const char *line)
{
    struct ta_marker marker = {0};
    struct ta_text out = {0};

    if (entry.count > 0) {
        ta_line_marker(&marker, line_at(paper, entry.first));
    }
    if (marker.text > 0) {
        ta_text_add_bytes(&out, paper->lines[entry.first], marker.text);
    } else {
        ta_text_add(&out, "- ");
    }
    ta_add_line(&out, line);
    ta_paper_replace(paper, entry, out.bytes);
    ta_text_release(&out);
}

static void add_section(struct ta_paper *paper, enum ta_summary_section section, const char *line)
{
    const char *titles[TA_SUMMARY_SECTIONS + 1];
    struct ta_text body = {0};

    for (enum ta_summary_section at = 0; at < TA_SUMMARY_SECTIONS; at++) {
        titles[at] = ta_summary_section_title(at);
    }
    titles[TA_SUMMARY_SECTIONS] = TA_SUMMARY_NOTES;
    ta_summary_write_line(&body, line);
    ta_paper_add_section(paper, titles, TA_SUMMARY_SECTIONS + 1, section, body.bytes);
    ta_text_release(&body);
}

static bool set_line(struct ta_paper *paper, enum ta_summary_section section, size_t index,
                     const char *line, struct ta_error *err)
{
    struct ta_span span;
    struct place place = {0};
    const char *title = ta_summary_section_title(section);
    bool there = ta_paper_section(paper, title, &span);

    if (there) {
        place = find_line(paper, span, index);
    }
    if (index > place.count || (line == NULL && !place.found)) {
        return ta_fail(err, TA_ABSENT, "%s has no line %zu, only %zu; look at the summary again.",
                       title, index + 1, place.count);
    }
    if (line == NULL) {
        ta_paper_replace(paper, place.entry, "");
    } else if (there) {
        change_line(paper, place.entry, line);
    } else {
        add_section(paper, section, line);
    }
    return true;
}

bool ta_summary_paper_set_line(char **out, const char *text, enum ta_summary_section section,
                               size_t index, const char *line, struct ta_error *err)
{
    struct ta_paper paper;
    bool ok;

    if (line != NULL && ta_piece_trim(ta_piece_of(line)).length == 0) {
        line = NULL;
    }
    if ((line != NULL && !is_one_line(line, err)) || !ta_summary_open(&paper, text, err)) {
        return false;
    }
    ok = set_line(&paper, section, index, line, err);
    if (ok) {
        *out = ta_paper_text(&paper);
    }
    ta_paper_release(&paper);
    return ok;
}

/** "- [ ] Dana: ask" becomes "- [ ] P7 Dana: ask", and "- ask" becomes "- [ ] P7 ask". False: it
 * has an id already. */
static bool number_line(struct ta_paper *paper, size_t at, unsigned id)
{
    struct ta_piece line = line_at(paper, at), rest, behind;
    struct ta_marker marker = {0};
    struct ta_text out = {0};
    bool ticked, boxed;
    unsigned own;

    ta_line_marker(&marker, line);
    rest = ta_piece_from(line, line.at + marker.text);
    boxed = ta_take_box(&rest, &ticked);
    behind = rest;
    if (ta_take_id(&behind, 'P', &own)) {
        return false;
    }
    ta_text_add_bytes(&out, line.at, (size_t)(rest.at - line.at));
    ta_text_add(&out, rest.at[-1] == ' ' || rest.at[-1] == '\t' ? "" : " ");
    ta_text_addf(&out, "%sP%u ", boxed ? "" : "[ ] ", id);
    ta_text_add_bytes(&out, rest.at, rest.length);
    free(paper->lines[at]);
    paper->lines[at] = ta_text_take(&out);
    return true;
}

bool ta_summary_paper_number(char **out, const char *text, const struct ta_pair *pair,
                             unsigned next_id, struct ta_error *err)
{
    struct ta_paper paper;
    struct ta_span span = {0}, entry;
    char *line;

    (void)pair; /* an id is the same whoever made the promise */
    if (!ta_summary_open(&paper, text, err)) {
        return false;
    }
    ta_paper_section(&paper, ta_summary_section_title(TA_SUMMARY_PROMISES), &span);
    while (ta_summary_next_line(&paper, &span, &entry, &line)) {
        free(line);
        if (number_line(&paper, entry.first, next_id)) {
            next_id++;
        }
    }
    *out = ta_paper_take(&paper);
    return true;
}
