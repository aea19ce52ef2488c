#include "turnabout/document/summary_paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "reading.h"
#include "summary.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"

static const char name[] = "summary.md";

enum { TITLE_LEVEL = 1, ITEM_LEVEL = 3, ELAPSED_MOST = 7 * 24 * 60 * 60, PERCENT = 100 };

bool ta_summary_open(struct ta_paper *paper, const char *text, struct ta_error *err)
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
    ta_text_add(out, "]\n");
    if (summary->floor[TA_MENTOR] + summary->floor[TA_MENTEE] > 0) {
        ta_text_addf(out, "floor: {mentor: %u, mentee: %u}\n", summary->floor[TA_MENTOR],
                     summary->floor[TA_MENTEE]);
    }
    ta_text_add(out, "---\n");
}

void ta_summary_write_title(struct ta_text *out, unsigned session, const char *title)
{
    ta_text_addf(out, "# Session %u", session);
    if (title != NULL && *title != '\0') {
        ta_text_add(out, ": ");
        ta_add_line(out, title);
    }
    ta_text_add(out, "\n");
}

void ta_summary_write_line(struct ta_text *out, const char *text)
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
            ta_summary_write_line(out, lines->items[at]);
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
        ta_text_add(out, "- ");
        if (item->notes[at].elapsed >= 0) {
            ta_span_clock(clock, item->notes[at].elapsed);
            ta_text_addf(out, "%s ", clock);
        }
        ta_add_line(out, item->notes[at].text);
        ta_text_add(out, "\n");
    }
}

char *ta_summary_paper_new(const struct ta_summary *summary, const struct ta_pair *pair)
{
    struct ta_text out = {0};

    write_front(&out, summary);
    ta_summary_write_title(&out, summary->session, summary->title);
    ta_text_add(&out, "\n");
    write_sections(&out, summary, pair);
    ta_text_add(&out, "## " TA_SUMMARY_NOTES "\n");
    for (size_t at = 0; at < summary->item_count; at++) {
        write_item(&out, &summary->items[at]);
    }
    return ta_text_take(&out);
}

/* Reading */

bool ta_summary_find_title(const struct ta_paper *paper, size_t *at, struct ta_piece *title)
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

bool ta_summary_next_line(const struct ta_paper *paper, struct ta_span *span, struct ta_span *entry,
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
    ta_map_number(&summary->floor[TA_MENTOR], ta_paper_value(paper, "floor"), "mentor", PERCENT);
    ta_map_number(&summary->floor[TA_MENTEE], ta_paper_value(paper, "floor"), "mentee", PERCENT);
}

static void read_section(struct ta_summary *summary, const struct ta_paper *paper,
                         enum ta_summary_section section)
{
    struct ta_span span, entry;
    char *line;

    if (!ta_paper_section(paper, ta_summary_section_title(section), &span)) {
        return;
    }
    while (ta_summary_next_line(paper, &span, &entry, &line)) {
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

/** Takes "19:30" or "1:02:05" off the beginning, as seconds; -1 and nothing when it is none. */
static int64_t take_elapsed(struct ta_piece *text)
{
    struct ta_piece behind = *text, word = ta_take_word(&behind), part;
    int64_t seconds = 0;
    unsigned number;
    size_t parts = 0;

    while (ta_next_part(&word, ':', &part)) {
        if (++parts > 3 || !ta_number_read(&number, part, 0, ELAPSED_MOST)) {
            return -1;
        }
        seconds = seconds * 60 + number;
    }
    if (parts < 2 || seconds > ELAPSED_MOST) {
        return -1;
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

    while (ta_summary_next_line(paper, &span, &entry, &line)) {
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
    struct ta_span span;
    struct ta_piece title = {0};

    if (!ta_paper_section(paper, TA_SUMMARY_NOTES, &span)) {
        return;
    }
    while (span.count > 0) {
        size_t end = span.first + span.count, at = next_item(paper, span, &title);

        read_notes(summary, paper, (struct ta_span){span.first, at - span.first});
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
    if (!ta_summary_open(&paper, text, err)) {
        return false;
    }
    if (!ta_number_read(&summary->session, ta_paper_value(&paper, "session"), 1, TA_NUMBER_MOST)) {
        ta_paper_release(&paper);
        return ta_fail(err, TA_DAMAGED,
                       "%s does not say of which session it is; its front matter needs a line "
                       "\"session: 1\".",
                       name);
    }
    read_front(summary, &paper, pair);
    summary->title = ta_summary_find_title(&paper, &at, &title)
                         ? ta_piece_copy(without_session(title))
                         : ta_copy("");
    for (enum ta_summary_section section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        read_section(summary, &paper, section);
    }
    read_promises(summary, pair);
    read_items(summary, &paper);
    ta_paper_release(&paper);
    return true;
}
