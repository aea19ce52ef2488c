#include "turnabout/document/summary_paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "reading.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/record_paper.h"

static const char name[] = "summary.md";
static const char notes_title[] = "Notes";

enum { TITLE_LEVEL = 1, ITEM_LEVEL = 3, ELAPSED_MOST = 7 * 24 * 60 * 60 };

static bool open_paper(struct ta_paper *paper, const char *text, struct ta_error *err)
{
    return ta_paper_read_kind(paper, text, "summary", 1, name, err);
}

static struct ta_piece line_at(const struct ta_paper *paper, size_t at)
{
    return ta_piece_of(paper->lines[at]);
}

/* A fresh paper */

/** A name as an item of "[A, B]": in double quotes when it would be taken apart there. */
static void add_name(struct ta_text *out, const char *person)
{
    bool quoted = strpbrk(person, ",[]\"") != NULL;
    size_t begins;

    ta_text_add(out, quoted ? "\"" : "");
    begins = out->length;
    ta_add_line(out, person);
    for (size_t at = begins; quoted && at < out->length; at++) {
        if (out->bytes[at] == '"') {
            out->bytes[at] = '\'';
        }
    }
    ta_text_add(out, quoted ? "\"" : "");
}

static void write_front(struct ta_text *out, const struct ta_summary *summary)
{
    char held[TA_DATE_SIZE];
    bool any = false;

    ta_moment_write(held, summary->held);
    ta_text_addf(out, "---\nturnabout: summary/1\nsession: %u\nheld: %s\n", summary->session, held);
    ta_text_addf(out, "minutes: {planned: %u, lasted: %u}\npresent: [", summary->planned,
                 summary->lasted);
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (summary->present[role] == NULL) {
            continue;
        }
        ta_text_add(out, any ? ", " : "");
        add_name(out, summary->present[role]);
        any = true;
    }
    ta_text_add(out, "]\n---\n");
}

static void write_title(struct ta_text *out, unsigned session, const char *title)
{
    ta_text_addf(out, "# Session %u", session);
    if (title != NULL && *title != '\0') {
        ta_text_add(out, ": ");
        ta_add_line(out, title);
    }
    ta_text_add(out, "\n");
}

static void write_entry(struct ta_text *out, const char *text)
{
    ta_text_add(out, "- ");
    ta_add_line(out, text);
    ta_text_add(out, "\n");
}

static void write_promises(struct ta_text *out, const struct ta_promises *promises,
                           const struct ta_pair *pair)
{
    for (size_t at = 0; at < promises->count; at++) {
        ta_text_add(out, "- ");
        ta_promise_write(out, &promises->items[at], pair, false);
        ta_text_add(out, "\n");
    }
}

static void write_sections(struct ta_text *out, const struct ta_summary *summary,
                           const struct ta_pair *pair)
{
    for (enum ta_summary_section section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        const struct ta_summary_lines *lines = &summary->lines[section];

        ta_text_addf(out, "## %s\n", ta_summary_section_title(section));
        if (section == TA_SUMMARY_PROMISES) {
            write_promises(out, &summary->promises, pair);
            continue;
        }
        for (size_t at = 0; at < lines->count; at++) {
            write_entry(out, lines->items[at]);
        }
    }
}

static void write_item(struct ta_text *out, const struct ta_summary_item *item)
{
    char clock[TA_DATE_SIZE];

    if (item->title != NULL) {
        ta_text_add(out, "### ");
        ta_add_line(out, item->title);
        ta_text_addf(out, " (%u min planned, %u used)\n", item->planned, item->used);
    }
    for (size_t at = 0; at < item->count; at++) {
        ta_span_clock(clock, item->notes[at].elapsed);
        ta_text_addf(out, "- %s ", clock);
        ta_add_line(out, item->notes[at].text);
        ta_text_add(out, "\n");
    }
}

char *ta_summary_paper_new(const struct ta_summary *summary, const struct ta_pair *pair)
{
    struct ta_text out = {0};

    write_front(&out, summary);
    write_title(&out, summary->session, summary->title);
    ta_text_add(&out, "\n");
    write_sections(&out, summary, pair);
    ta_text_addf(&out, "## %s\n", notes_title);
    for (size_t at = 0; at < summary->item_count; at++) {
        write_item(&out, &summary->items[at]);
    }
    return ta_text_take(&out);
}

/* Reading */

/** The heading of the paper: of the first level, before any section. */
static bool find_title(const struct ta_paper *paper, size_t *at, struct ta_piece *title)
{
    struct ta_fence fence = {0};

    for (*at = paper->front; *at < paper->count; (*at)++) {
        unsigned level;

        if (ta_fence_holds(&fence, line_at(paper, *at))) {
            continue;
        }
        level = ta_line_level(line_at(paper, *at), title);
        if (level > 0) {
            return level == TITLE_LEVEL;
        }
    }
    return false;
}

/** "Session 3: Who speaks first" without its beginning. */
static struct ta_piece without_session(struct ta_piece title)
{
    struct ta_piece rest = title;
    unsigned session;

    if (!ta_take(&rest, "Session ") || !ta_take_number(&rest, TA_NUMBER_MOST, &session)) {
        return title;
    }
    if (rest.length > 0 && !ta_take(&rest, ":")) {
        return title;
    }
    return ta_piece_trim(rest);
}

/** The next entry of a span that says something, as one line. */
static bool next_line(const struct ta_paper *paper, struct ta_span *span, struct ta_span *entry,
                      char **line)
{
    char *text;

    while (ta_paper_next_entry(paper, span, entry, &text)) {
        struct ta_text joined = {0};
        bool said = ta_piece_trim(ta_piece_of(text)).length > 0;

        ta_add_line(&joined, text);
        free(text);
        *line = ta_text_take(&joined);
        if (said) {
            return true;
        }
        free(*line);
    }
    return false;
}

static void read_present(struct ta_summary *summary, struct ta_piece value,
                         const struct ta_pair *pair)
{
    struct ta_piece list = ta_list_open(value), item;

    while (ta_list_next(&list, &item)) {
        enum ta_role role = ta_pair_who(pair, item);

        if (role == TA_NOBODY) {
            role = summary->present[TA_MENTOR] == NULL ? TA_MENTOR : TA_MENTEE;
        }
        if (summary->present[role] == NULL) {
            summary->present[role] = ta_piece_copy(item);
        }
    }
}

static void read_front(struct ta_summary *summary, const struct ta_paper *paper,
                       const struct ta_pair *pair)
{
    struct ta_piece minutes = ta_paper_value(paper, "minutes");

    if (!ta_moment_read(&summary->held, ta_paper_value(paper, "held"))) {
        summary->held = (struct ta_moment){0};
    }
    ta_map_number(&summary->planned, minutes, "planned", TA_NUMBER_MOST);
    ta_map_number(&summary->lasted, minutes, "lasted", TA_NUMBER_MOST);
    read_present(summary, ta_paper_value(paper, "present"), pair);
}

static void read_section(struct ta_summary *summary, const struct ta_paper *paper,
                         enum ta_summary_section section)
{
    struct ta_span span, entry;
    char *line;

    if (!ta_paper_section(paper, ta_summary_section_title(section), &span)) {
        return;
    }
    while (next_line(paper, &span, &entry, &line)) {
        ta_summary_add_line(summary, section, line);
        free(line);
    }
}

static void read_promises(struct ta_summary *summary, const struct ta_pair *pair)
{
    const struct ta_summary_lines *lines = &summary->lines[TA_SUMMARY_PROMISES];
    struct ta_promises *promises = &summary->promises;

    for (size_t at = 0; at < lines->count; at++) {
        struct ta_promise *promise =
            ta_append(&promises->items, promises->count++, sizeof *promises->items);

        ta_promise_read(promise, lines->items[at], pair);
        if (promise->session == 0) {
            promise->session = summary->session;
        }
    }
}

/** Takes "19:30" or "1:02:05" off the beginning, as seconds; 0 and nothing when it is none. */
static int64_t take_elapsed(struct ta_piece *text)
{
    struct ta_piece behind = *text, word = ta_take_word(&behind), part;
    int64_t seconds = 0;
    unsigned number;
    size_t parts = 0;

    while (ta_next_part(&word, ':', &part)) {
        if (++parts > 3 || !ta_number_read(&number, part, 0, ELAPSED_MOST)) {
            return 0;
        }
        seconds = seconds * 60 + number;
    }
    if (parts < 2 || seconds > ELAPSED_MOST) {
        return 0;
    }
    *text = behind;
    return seconds;
}

/** "Who speaks first (25 min planned, 24 used)" */
static void read_item_title(struct ta_summary_item *item, struct ta_piece title)
{
    const char *open = ta_piece_find_last(title, '(');
    struct ta_piece rest = open == NULL ? title : ta_piece_from(title, open);
    unsigned planned, used;

    if (ta_take(&rest, "(") && ta_take_number(&rest, TA_NUMBER_MOST, &planned) &&
        ta_take(&rest, " min planned, ") && ta_take_number(&rest, TA_NUMBER_MOST, &used) &&
        ta_take(&rest, " used)") && rest.length == 0) {
        item->planned = planned;
        item->used = used;
        title = ta_piece_trim(ta_piece_before(title, open));
    }
    item->title = ta_piece_copy(title);
}

static struct ta_summary_item *add_item(struct ta_summary *summary)
{
    return ta_append(&summary->items, summary->item_count++, sizeof *summary->items);
}

static void read_notes(struct ta_summary *summary, const struct ta_paper *paper,
                       struct ta_span span)
{
    struct ta_span entry;
    char *line;

    while (next_line(paper, &span, &entry, &line)) {
        struct ta_piece text = ta_piece_of(line);
        struct ta_summary_item *item =
            summary->item_count > 0 ? &summary->items[summary->item_count - 1] : add_item(summary);
        struct ta_summary_note *note = ta_append(&item->notes, item->count++, sizeof *note);

        note->elapsed = take_elapsed(&text);
        note->text = ta_piece_copy(text);
        free(line);
    }
}

/** The line of the next item's heading within a span; the span's end when there is none. */
static size_t next_item(const struct ta_paper *paper, struct ta_span span, struct ta_piece *title)
{
    struct ta_fence fence = {0};
    size_t end = span.first + span.count, at = span.first;

    for (; at < end; at++) {
        if (!ta_fence_holds(&fence, line_at(paper, at)) &&
            ta_line_level(line_at(paper, at), title) == ITEM_LEVEL) {
            break;
        }
    }
    return at;
}

static void read_items(struct ta_summary *summary, const struct ta_paper *paper)
{
    struct ta_span span, notes;
    struct ta_piece title = {0};

    if (!ta_paper_section(paper, notes_title, &span)) {
        return;
    }
    while (span.count > 0) {
        size_t end = span.first + span.count, at = next_item(paper, span, &title);

        notes = (struct ta_span){span.first, at - span.first};
        read_notes(summary, paper, notes);
        if (at == end) {
            break;
        }
        read_item_title(add_item(summary), title);
        span = (struct ta_span){at + 1, end - at - 1};
    }
}

bool ta_summary_paper_read(struct ta_summary *summary, const char *text, const struct ta_pair *pair,
                           struct ta_error *err)
{
    struct ta_paper paper;
    struct ta_piece title;
    size_t at;

    *summary = (struct ta_summary){0};
    if (!open_paper(&paper, text, err)) {
        return false;
    }
    if (!ta_number_read(&summary->session, ta_paper_value(&paper, "session"), 1, TA_NUMBER_MOST)) {
        ta_paper_release(&paper);
        return ta_fail(err, TA_DAMAGED,
                       "%s does not say of which session it is; its front matter needs a line "
                       "\"session: 1\"",
                       name);
    }
    read_front(summary, &paper, pair);
    summary->title =
        find_title(&paper, &at, &title) ? ta_piece_copy(without_session(title)) : ta_copy("");
    for (enum ta_summary_section section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        read_section(summary, &paper, section);
    }
    read_promises(summary, pair);
    read_items(summary, &paper);
    ta_paper_release(&paper);
    return true;
}

/* Changing */

static bool is_one_line(const char *text, struct ta_error *err)
{
    if (!ta_utf8_is_valid(text, strlen(text))) {
        return ta_fail(err, TA_WRONG, "A line of a summary has to be UTF-8 text");
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\r') {
            return ta_fail(err, TA_WRONG,
                           "A line of a summary cannot hold a line end; add a "
                           "second line instead");
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

    if ((title != NULL && !is_one_line(title, err)) || !open_paper(&paper, text, err)) {
        return false;
    }
    ta_number_read(&session, ta_paper_value(&paper, "session"), 1, TA_NUMBER_MOST);
    write_title(&heading, session, title);
    if (find_title(&paper, &at, &old)) {
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

static struct place find_line(const struct ta_paper *paper, struct ta_span span, size_t index)
{
    struct place place = {.entry = {span.first, 0}};
    struct ta_span entry;
    char *line;

    while (next_line(paper, &span, &entry, &line)) {
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
    titles[TA_SUMMARY_SECTIONS] = notes_title;
    write_entry(&body, line);
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
        return ta_fail(err, TA_ABSENT, "%s has no line %zu, only %zu", title, index + 1,
                       place.count);
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
    if ((line != NULL && !is_one_line(line, err)) || !open_paper(&paper, text, err)) {
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
    bool ticked;
    unsigned own;

    ta_line_marker(&marker, line);
    rest = ta_piece_from(line, line.at + marker.text);
    if (!ta_take_box(&rest, &ticked)) {
        ta_text_add(&out, "[ ] ");
    }
    behind = rest;
    if (ta_take_id(&behind, 'P', &own)) {
        ta_text_release(&out);
        return false;
    }
    ta_text_addf(&out, "P%u ", id);
    ta_text_insert(&out, 0, line.at, (size_t)(rest.at - line.at));
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
    if (!open_paper(&paper, text, err)) {
        return false;
    }
    ta_paper_section(&paper, ta_summary_section_title(TA_SUMMARY_PROMISES), &span);
    while (next_line(&paper, &span, &entry, &line)) {
        free(line);
        if (number_line(&paper, entry.first, next_id)) {
            next_id++;
        }
    }
    *out = ta_paper_take(&paper);
    return true;
}
