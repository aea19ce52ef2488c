#include "turnabout/document/agenda_paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "reading.h"
#include "turnabout/base/unicode.h"
#include "turnabout/document/paper.h"

static const char name[] = "agenda.md";
static const char aside[] = "Set aside"; /* the section of what was offered and is not wanted */

enum { MINUTES_UNSAID = 5, MARKER_SIZE = 16 };

static bool open_paper(struct ta_paper *paper, const char *text, struct ta_error *err)
{
    return ta_paper_read_kind(paper, text, "agenda", 1, name, err);
}

/* The list: the first numbered one, else the first at all */

static bool is_numbered(const struct ta_paper *paper, size_t at)
{
    struct ta_marker marker;

    return ta_line_marker(&marker, ta_piece_of(paper->lines[at])) && marker.numbered;
}

/** Whether nothing but blank lines stands between two lines. */
static bool is_blank_between(const struct ta_paper *paper, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++) {
        if (!ta_line_is_blank(ta_piece_of(paper->lines[at]))) {
            return false;
        }
    }
    return true;
}

static bool is_aside(const struct ta_paper *paper, size_t at)
{
    struct ta_span section;

    return ta_paper_section(paper, aside, &section) && at >= section.first &&
           at < section.first + section.count;
}

/** The entries of one kind that follow each other with nothing but blank lines in between. */
static bool find_list(const struct ta_paper *paper, bool numbered, struct ta_span *list)
{
    struct ta_span rest = {paper->front, paper->count - paper->front}, entry;
    char *text;

    *list = (struct ta_span){0};
    while (ta_paper_next_entry(paper, &rest, &entry, &text)) {
        size_t behind = list->first + list->count;

        free(text);
        if (list->count > 0 && (is_numbered(paper, entry.first) != numbered ||
                                !is_blank_between(paper, behind, entry.first))) {
            break;
        }
        if (is_numbered(paper, entry.first) != numbered || is_aside(paper, entry.first)) {
            continue;
        }
        if (list->count == 0) {
            list->first = entry.first;
        }
        list->count = entry.first + entry.count - list->first;
    }
    return list->count > 0;
}

static bool find_agenda(const struct ta_paper *paper, struct ta_span *list)
{
    return find_list(paper, true, list) || find_list(paper, false, list);
}

/* Writing */

static void write_notes(struct ta_text *out, const char *notes, size_t indent)
{
    struct ta_piece rest = ta_piece_of(notes), line;

    while (ta_next_line(&rest, &line)) {
        if (!ta_line_is_blank(line)) {
            ta_text_addf(out, "%*s", (int)indent, "");
            ta_text_add_bytes(out, line.at, line.length);
        }
        ta_text_add(out, "\n");
    }
}

static bool is_said(const char *text)
{
    return text != NULL && *text != '\0';
}

static void write_item(struct ta_text *out, const struct ta_item *item, size_t number)
{
    char marker[MARKER_SIZE];
    size_t indent;

    (void)snprintf(marker, sizeof marker, "%u. ", (unsigned)number);
    indent = strlen(marker);
    ta_text_add(out, marker);
    ta_add_line(out, item->title);
    ta_text_addf(out, " (%u min)\n", item->minutes);
    if (is_said(item->origin)) {
        ta_text_addf(out, "%*sFrom ", (int)indent, "");
        ta_add_line(out, item->origin);
        ta_text_add(out, ".\n");
    } else if (is_said(item->notes) && strncmp(item->notes, "From ", 5) == 0) {
        ta_text_add(out, "\n"); /* the blank line says that this is no origin */
    }
    if (is_said(item->notes)) {
        write_notes(out, item->notes, indent);
    }
}

static void set_number(struct ta_paper *paper, const char *key, unsigned number)
{
    char digits[16];

    (void)snprintf(digits, sizeof digits, "%u", number);
    ta_paper_set_value(paper, key, digits);
}

/** Puts the list at the end of a paper that has none, behind a blank line; before what was set
 *  aside. */
static void add_list(struct ta_paper *paper, const char *list)
{
    struct ta_text out = {0};
    struct ta_span section;
    bool before = ta_paper_section(paper, aside, &section);
    size_t last = before ? section.first - 1 : paper->count;

    if (last > paper->front && !ta_line_is_blank(ta_piece_of(paper->lines[last - 1]))) {
        ta_text_add(&out, "\n");
    }
    ta_text_add(&out, list);
    ta_text_add(&out, before ? "\n" : "");
    ta_paper_replace(paper, (struct ta_span){last, 0}, out.bytes);
    ta_text_release(&out);
}

static bool start_paper(struct ta_paper *paper, const char *text, unsigned session,
                        struct ta_error *err)
{
    struct ta_text heading = {0};

    if (text != NULL) {
        return open_paper(paper, text, err);
    }
    *paper = (struct ta_paper){0};
    ta_paper_set_value(paper, "turnabout", "agenda/1");
    ta_text_addf(&heading, "# Agenda for session %u\n", session);
    ta_paper_replace(paper, (struct ta_span){paper->count, 0}, heading.bytes);
    ta_text_release(&heading);
    return true;
}

/* What was set aside */

static void read_aside(struct ta_agenda *agenda, const struct ta_paper *paper)
{
    struct ta_span section, entry;
    char *text;

    if (!ta_paper_section(paper, aside, &section)) {
        return;
    }
    while (ta_paper_next_entry(paper, &section, &entry, &text)) {
        struct ta_text line = {0};

        ta_add_line(&line, text);
        if (line.length > 0) {
            ta_agenda_set_aside(agenda, line.bytes);
        }
        ta_text_release(&line);
        free(text);
    }
}

static bool is_same_aside(const struct ta_agenda *one, const struct ta_agenda *other)
{
    bool same = one->aside_count == other->aside_count;

    for (size_t at = 0; same && at < one->aside_count; at++) {
        same = strcmp(one->aside[at], other->aside[at]) == 0;
    }
    return same;
}

/** Writes the section only where it says something else. */
static void write_aside(struct ta_paper *paper, const struct ta_agenda *agenda)
{
    struct ta_agenda written = {0};
    struct ta_text body = {0};

    read_aside(&written, paper);
    if (agenda->aside_count == 0 && written.aside_count > 0) {
        ta_paper_remove_section(paper, aside);
    } else if (!is_same_aside(&written, agenda)) {
        for (size_t at = 0; at < agenda->aside_count; at++) {
            ta_text_addf(&body, "- %s\n", agenda->aside[at]);
        }
        ta_paper_set_section(paper, aside, body.bytes);
    }
    ta_text_release(&body);
    ta_agenda_release(&written);
}

bool ta_agenda_paper_write(char **out, const char *text, const struct ta_agenda *agenda,
                           struct ta_error *err)
{
    struct ta_paper paper;
    struct ta_span span;
    struct ta_text list = {0};

    if (!start_paper(&paper, text, agenda->session, err)) {
        return false;
    }
    set_number(&paper, "session", agenda->session);
    set_number(&paper, "minutes", agenda->minutes);
    for (size_t at = 0; at < agenda->count; at++) {
        write_item(&list, &agenda->items[at], at + 1);
    }
    if (find_agenda(&paper, &span)) {
        ta_paper_replace(&paper, span, list.length == 0 ? "" : list.bytes);
    } else if (list.length > 0) {
        add_list(&paper, list.bytes);
    }
    ta_text_release(&list);
    write_aside(&paper, agenda);
    *out = ta_paper_take(&paper);
    return true;
}

/* Reading */

/** Takes "(25 min)" off the end of a title: a number, and a word that begins with "m" if any. */
static unsigned take_minutes(struct ta_piece *title)
{
    const char *open = ta_piece_find_last(*title, '(');
    struct ta_piece inside;
    unsigned minutes;

    if (open == NULL || title->at[title->length - 1] != ')') {
        return MINUTES_UNSAID;
    }
    inside = (struct ta_piece){open + 1, title->length - (size_t)(open - title->at) - 2};
    inside = ta_piece_trim(inside);
    if (!ta_take_number(&inside, TA_MINUTES_MOST, &minutes) || minutes < TA_MINUTES_LEAST) {
        return MINUTES_UNSAID;
    }
    inside = ta_piece_trim(inside);
    if (inside.length > 0 && inside.at[0] != 'm' && inside.at[0] != '\'') {
        return MINUTES_UNSAID;
    }
    *title = ta_piece_trim(ta_piece_before(*title, open));
    return minutes;
}

/** A copy with blanks in place of what may not stand in a title: tabs, controls, line ends. */
static char *line_of(struct ta_piece piece)
{
    char *line = ta_piece_copy(piece);
    size_t size;

    for (char *at = line; *at != '\0'; at += size) {
        size = 1;
        while (((unsigned char)at[size] & 0xC0) == 0x80) { /* of the same character */
            size++;
        }
        if (!ta_is_line((struct ta_piece){at, size})) {
            memset(at, ' ', size);
        }
    }
    return line;
}

/** Takes "From session 2." off the beginning of the notes. */
static char *take_origin(struct ta_piece *notes)
{
    struct ta_piece rest = *notes, line;

    if (!ta_next_line(&rest, &line) || !ta_take(&line, "From ")) {
        return NULL;
    }
    line = ta_piece_trim(line);
    if (line.length < 2 || line.at[line.length - 1] != '.') {
        return NULL;
    }
    line.length--;
    *notes = rest;
    return line_of(line);
}

/** The text without blank lines at its ends; the indent of its first line stays. */
static struct ta_piece without_blank_lines(struct ta_piece text)
{
    struct ta_piece rest = text, line;

    while (ta_take_line(&rest, &line) && ta_line_is_blank(line)) {
        text = rest;
    }
    return ta_line_unindent(text, 0);
}

/** Adds an item with this title; NULL: it has none and counts for nothing, or `*ok` is false. */
static struct ta_item *add_item(struct ta_agenda *agenda, struct ta_piece title, unsigned minutes,
                                bool *ok, struct ta_error *err)
{
    char *line = line_of(title);
    enum ta_agenda_verdict verdict = ta_agenda_insert(agenda, agenda->count, line, minutes);

    free(line);
    if (verdict == TA_AGENDA_FINE) {
        return &agenda->items[agenda->count - 1];
    }
    if (verdict == TA_AGENDA_FULL) {
        *ok = ta_fail(err, TA_DAMAGED, "%s has more than %d items; take some away.", name,
                      TA_AGENDA_ITEMS_MOST);
    } else if (verdict != TA_AGENDA_NO_TITLE) {
        *ok = ta_fail(err, TA_DAMAGED,
                      "The title of item %zu in %s is too long or holds control characters; "
                      "change it.",
                      agenda->count + 1, name);
    }
    return NULL;
}

static bool read_item(struct ta_agenda *agenda, const char *text, struct ta_error *err)
{
    struct ta_piece notes = without_blank_lines(ta_piece_of(text)), title = {0};
    struct ta_item *item;
    unsigned minutes;
    bool ok = true;

    ta_next_line(&notes, &title);
    title = ta_piece_trim(title);
    minutes = title.length > 0 ? take_minutes(&title) : MINUTES_UNSAID;
    item = add_item(agenda, title, minutes, &ok, err);
    if (item == NULL) {
        return ok;
    }
    item->origin = take_origin(&notes);
    notes = without_blank_lines(notes);
    if (notes.length > 0) {
        item->notes = ta_piece_copy(notes);
    }
    return true;
}

static bool read_items(struct ta_agenda *agenda, const struct ta_paper *paper, struct ta_error *err)
{
    struct ta_span list, entry;
    bool ok = true;
    char *text;

    if (!find_agenda(paper, &list)) {
        return true;
    }
    while (ok && ta_paper_next_entry(paper, &list, &entry, &text)) {
        ok = read_item(agenda, text, err);
        free(text);
    }
    return ok;
}

bool ta_agenda_paper_read(struct ta_agenda *agenda, const char *text, struct ta_error *err)
{
    struct ta_paper paper;
    bool ok;

    *agenda = (struct ta_agenda){0};
    if (!open_paper(&paper, text, err)) {
        return false;
    }
    ok = ta_number_read(&agenda->session, ta_paper_value(&paper, "session"), 1, TA_NUMBER_MOST) ||
         ta_fail(err, TA_DAMAGED,
                 "%s does not say of which session it is; its front matter needs a line "
                 "\"session: 1\".",
                 name);
    ok = ok && read_items(agenda, &paper, err);
    read_aside(agenda, &paper);
    if (ok && !ta_number_read(&agenda->minutes, ta_paper_value(&paper, "minutes"), TA_MINUTES_LEAST,
                              TA_MINUTES_MOST)) {
        agenda->minutes = ta_agenda_sum(agenda);
    }
    if (!ok) {
        ta_agenda_release(agenda);
    }
    ta_paper_release(&paper);
    return ok;
}
