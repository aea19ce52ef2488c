#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "merge.h"
#include "reading.h"
#include "turnabout/base/memory.h"

struct ta_piece ta_line_whole(struct ta_piece line)
{
    return line;
}

struct ta_piece ta_line_unnumbered(struct ta_piece line)
{
    struct ta_marker marker;
    size_t digits = 0;

    if (!ta_line_marker(&marker, line) || !marker.numbered || marker.indent > 0) {
        return line;
    }
    while (line.at[digits] >= '0' && line.at[digits] <= '9') {
        digits++;
    }
    return (struct ta_piece){line.at + digits, line.length - digits};
}

bool ta_range_is_same(const struct ta_range *one, const struct ta_range *other, ta_line_key *key)
{
    bool same = one->count == other->count;

    for (size_t at = 0; same && at < one->count; at++) {
        same = ta_piece_same(key(one->lines->items[one->first + at]),
                             key(other->lines->items[other->first + at]));
    }
    return same;
}

/* Writing */

/* Line by line, for what is a heading must be known where it stands. */
static void add_line(struct ta_merging *merging, struct ta_piece line)
{
    struct ta_piece title;

    if (ta_line_level(line, &title) > 0) {
        free(merging->heading);
        merging->heading = ta_piece_copy(title);
    }
    ta_text_add_bytes(&merging->out, line.at, line.length);
}

void ta_merging_add(struct ta_merging *merging, const struct ta_range *range)
{
    for (size_t at = 0; at < range->count; at++) {
        add_line(merging, range->lines->items[range->first + at]);
    }
}

static char *text_of(const struct ta_range *range)
{
    struct ta_text text = {0};

    for (size_t at = 0; at < range->count; at++) {
        struct ta_piece line = range->lines->items[range->first + at];

        ta_text_add_bytes(&text, line.at, line.length);
    }
    return ta_text_take(&text);
}

/** An answer is whole lines, whatever was typed. */
static void add_answer(struct ta_merging *merging, const char *answer)
{
    struct ta_piece rest = ta_piece_of(answer), line = {0};

    while (ta_take_line(&rest, &line)) {
        add_line(merging, line);
    }
    if (line.length > 0 && line.at[line.length - 1] != '\n') {
        ta_text_add(&merging->out, ta_line_end(ta_piece_of(merging->out.bytes)));
    }
}

static bool is_entry(const char *text, struct ta_marker *marker)
{
    return ta_line_marker(marker, ta_piece_of(text)) && marker->indent == 0;
}

/** "(25 min)" behind an entry of a numbered list, with the blank before it; empty: there is none.
 */
static struct ta_piece facts_of(const char *entry)
{
    struct ta_piece rest = ta_piece_of(entry), line = {0};
    const char *open;

    (void)ta_take_line(&rest, &line);
    line = ta_piece_trim(line);
    open = ta_piece_find_last(line, '(');
    if (open == NULL || open == line.at || line.at[line.length - 1] != ')') {
        return (struct ta_piece){line.at, 0};
    }
    return (struct ta_piece){open - 1, line.length - (size_t)(open - 1 - line.at)};
}

static bool is_plain(const char *words)
{
    struct ta_piece text = ta_piece_of(words);
    struct ta_marker marker;

    return text.length > 0 && !ta_line_is_blank(text) && ta_line_level(text, NULL) == 0 &&
           !ta_line_marker(&marker, text);
}

/** The first line of what was typed, as `entry` begins and ends. */
static void add_first_line(struct ta_text *out, struct ta_piece line, const char *entry,
                           const struct ta_marker *marker)
{
    struct ta_piece facts = facts_of(entry);

    line = ta_line_unindent(line, line.length);
    ta_text_add_bytes(out, entry, marker->text);
    ta_text_add_bytes(out, line.at, line.length);
    if (marker->numbered && facts_of(out->bytes).length == 0) {
        ta_text_add_bytes(out, facts.at, facts.length);
    }
    ta_text_add(out, "\n");
}

static void add_further_line(struct ta_text *out, struct ta_piece line,
                             const struct ta_marker *marker)
{
    struct ta_marker own;

    if (!ta_line_is_blank(line) && !ta_line_marker(&own, line)) {
        line = ta_line_unindent(line, marker->content);
        ta_text_addf(out, "%*s%.*s\n", (int)marker->content, "", (int)line.length, line.at);
    } else {
        ta_text_add_bytes(out, line.at, line.length);
    }
}

/** Plain words instead of an entry of a list stay one: with the marker that it had, an item of an
 *  agenda with its minutes, further lines indented. Free with free(). */
static char *as_entry(const char *answer, const char *entry)
{
    struct ta_marker marker;
    struct ta_piece rest = ta_piece_of(answer), line;
    struct ta_text out = {0};

    if (!is_entry(entry, &marker) || !is_plain(answer)) {
        return ta_copy(answer);
    }
    (void)ta_take_line(&rest, &line);
    add_first_line(&out, line, entry, &marker);
    while (ta_take_line(&rest, &line)) {
        add_further_line(&out, line, &marker);
    }
    return ta_text_take(&out);
}

void ta_merging_ask(struct ta_merging *merging, const struct ta_range *base,
                    const struct ta_range *ours, const struct ta_range *theirs)
{
    char *was = text_of(base), *one = text_of(ours), *other = text_of(theirs);
    struct ta_place place = {.text = {was, one, other},
                             .heading = merging->heading != NULL ? merging->heading : ""};
    char *answer = merging->chooser->choose(&place, merging->chooser->data);
    char *entry = answer != NULL ? as_entry(answer, one[0] != '\0' ? one : other) : NULL;

    add_answer(merging, entry != NULL ? entry : one);
    free(entry);
    free(answer);
    free(was);
    free(one);
    free(other);
}

/* Three versions */

enum { BASE, OURS, THEIRS, VERSIONS };

/** A line of the base, or what was put between two of them, as each has it. */
struct element {
    struct ta_range range[VERSIONS];
    bool is_line;     /**< of the base */
    bool is_orphaned; /**< put into a section that the other took away */
};

struct elements {
    struct element *items;
    size_t count;
};

static bool is_changed(const struct element *element, int side, ta_line_key *key)
{
    return !ta_range_is_same(&element->range[side], &element->range[BASE], key);
}

/** Where each line of the base is in a side, and what stands there before it. */
struct side {
    const struct ta_lines *lines;
    struct ta_alignment alignment;
    size_t at; /**< lines that were met already */
};

/** What a side has before the line `next` of the base. */
static struct ta_range gap_of(struct side *side, size_t next)
{
    struct ta_range gap = {side->lines, side->at, 0};
    size_t count = side->alignment.count;
    size_t end = side->lines->count;

    if (next > 0 && side->alignment.to[next - 1] == TA_NO_LINE) {
        return gap;
    }
    for (size_t at = next; at < count; at++) {
        if (side->alignment.to[at] != TA_NO_LINE) {
            end = (size_t)side->alignment.to[at];
            break;
        }
    }
    gap.count = end - side->at;
    side->at = end;
    return gap;
}

static struct ta_range line_of(struct side *side, size_t at)
{
    long to = side->alignment.to[at];

    if (to == TA_NO_LINE) {
        return (struct ta_range){side->lines, side->at, 0};
    }
    side->at = (size_t)to + 1;
    return (struct ta_range){side->lines, (size_t)to, 1};
}

static void add_element(struct elements *elements, struct element element)
{
    if (element.range[BASE].count + element.range[OURS].count + element.range[THEIRS].count > 0) {
        *(struct element *)ta_append(&elements->items, elements->count++, sizeof element) = element;
    }
}

/** Whether one side put something where the other took the heading above away. */
static bool is_orphaned(const struct element *gap, const struct side side[VERSIONS], long heading)
{
    for (int one = OURS; heading >= 0 && one <= THEIRS; one++) {
        const struct ta_alignment *other = &side[one == OURS ? THEIRS : OURS].alignment;
        const struct ta_range *put = &gap->range[one];

        if (put->count > 0 && other->to[heading] == TA_NO_LINE &&
            ta_line_level(put->lines->items[put->first], NULL) == 0) {
            return true;
        }
    }
    return false;
}

static struct elements take_apart(const struct ta_lines *base, struct side side[VERSIONS])
{
    struct elements elements = {0};
    long heading = -1;

    for (size_t at = 0; at <= base->count; at++) {
        struct element gap = {
            {{base, at, 0}, gap_of(&side[OURS], at), gap_of(&side[THEIRS], at)}, false, false};

        gap.is_orphaned = is_orphaned(&gap, side, heading);
        add_element(&elements, gap);
        if (at == base->count) {
            break;
        }
        if (ta_line_level(base->items[at], NULL) > 0) {
            heading = (long)at;
        }
        add_element(
            &elements,
            (struct element){{{base, at, 1}, line_of(&side[OURS], at), line_of(&side[THEIRS], at)},
                             true,
                             false});
    }
    return elements;
}

/* Putting them together */

/** Whether both changed it, each in another way. */
static bool is_contested(const struct element *element, ta_line_key *key)
{
    return element->is_orphaned ||
           (is_changed(element, OURS, key) && is_changed(element, THEIRS, key) &&
            !ta_range_is_same(&element->range[OURS], &element->range[THEIRS], key));
}

static void write_element(struct ta_merging *merging, const struct element *element)
{
    ta_merging_add(merging,
                   &element->range[is_changed(element, OURS, merging->key) ? OURS : THEIRS]);
}

/** A line that goes on with the text of the line before it. */
static bool goes_on(struct ta_piece line)
{
    struct ta_marker marker;

    return !ta_line_is_blank(line) && ta_line_level(line, NULL) == 0 &&
           !ta_line_marker(&marker, line);
}

/** Whether an element that was changed belongs to the place before it. */
static bool belongs(const struct element *element, ta_line_key *key)
{
    if (!is_changed(element, OURS, key) && !is_changed(element, THEIRS, key)) {
        return false;
    }
    for (int side = BASE; side < VERSIONS; side++) {
        const struct ta_range *range = &element->range[side];

        if (range->count > 0 && !goes_on(range->lines->items[range->first])) {
            return false;
        }
    }
    return true;
}

/** One version of elements that follow each other: they are one range of its lines. */
static struct ta_range join(const struct element *elements, size_t count, int side)
{
    struct ta_range range = elements[0].range[side];

    for (size_t at = 1; at < count; at++) {
        const struct ta_range *next = &elements[at].range[side];

        range.first = range.count > 0 ? range.first : next->first;
        range.count += next->count;
    }
    return range;
}

static void ask(struct ta_merging *merging, const struct element *elements, size_t count)
{
    struct ta_range base = join(elements, count, BASE), ours = join(elements, count, OURS),
                    theirs = join(elements, count, THEIRS);

    ta_merging_ask(merging, &base, &ours, &theirs);
}

/** A place: an element that was changed, and those that belong to it. */
static void write_place(struct ta_merging *merging, const struct element *elements, size_t count)
{
    bool contested = false;

    for (size_t at = 0; at < count; at++) {
        contested = contested || is_contested(&elements[at], merging->key);
    }
    if (!contested) {
        for (size_t at = 0; at < count; at++) {
            write_element(merging, &elements[at]);
        }
    } else if (count == 1 && !elements[0].is_line && !elements[0].is_orphaned) {
        ta_merge_added(merging, &elements[0].range[OURS], &elements[0].range[THEIRS]);
    } else {
        ask(merging, elements, count);
    }
}

static void write_all(struct ta_merging *merging, const struct elements *elements)
{
    size_t count;

    for (size_t at = 0; at < elements->count; at += count) {
        const struct element *first = &elements->items[at];
        bool changed =
            is_changed(first, OURS, merging->key) || is_changed(first, THEIRS, merging->key);

        count = 1;
        while (changed && at + count < elements->count &&
               belongs(&elements->items[at + count], merging->key)) {
            count++;
        }
        write_place(merging, first, count);
    }
}

/* Numbered lists */

/** Counts the entries of each numbered list on from its first. */
static char *renumber(const char *text)
{
    struct ta_piece rest = ta_piece_of(text), line;
    struct ta_text out = {0};
    unsigned next = 0;

    while (ta_take_line(&rest, &line)) {
        struct ta_piece bare = ta_line_unnumbered(line), number = line;
        unsigned own;

        if (ta_line_level(line, NULL) > 0) {
            next = 0;
        }
        number.length -= bare.length;
        if (number.length > 0 && ta_number_read(&own, number, 0, TA_NUMBER_MOST)) {
            ta_text_addf(&out, "%u", next == 0 ? own : next);
            next = (next == 0 ? own : next) + 1;
            line = bare;
        }
        ta_text_add_bytes(&out, line.at, line.length);
    }
    return ta_text_take(&out);
}

char *ta_merge_text(const struct ta_versions *versions, bool renumbers,
                    const struct ta_chooser *chooser)
{
    const char *const texts[VERSIONS] = {versions->base, versions->ours, versions->theirs};
    struct ta_merging merging = {.chooser = chooser,
                                 .key = renumbers ? ta_line_unnumbered : ta_line_whole};
    struct ta_lines lines[VERSIONS];
    struct side side[VERSIONS] = {0};
    struct elements elements;
    char *merged;

    for (int at = BASE; at < VERSIONS; at++) {
        ta_lines_read(&lines[at], texts[at] != NULL ? texts[at] : "");
        side[at].lines = &lines[at];
    }
    for (int at = OURS; at < VERSIONS; at++) {
        ta_align(&side[at].alignment, &lines[BASE], &lines[at], merging.key, true);
    }
    elements = take_apart(&lines[BASE], side);
    write_all(&merging, &elements);
    for (int at = BASE; at < VERSIONS; at++) {
        ta_alignment_release(&side[at].alignment);
        ta_lines_release(&lines[at]);
    }
    free(elements.items);
    free(merging.heading);
    merged = ta_text_take(&merging.out);
    if (renumbers) {
        char *counted = renumber(merged);

        free(merged);
        merged = counted;
    }
    return merged;
}

/* A union */

/* Every question is answered with both, in an order that is the same for both. */
static char *choose_both(const struct ta_place *place, void *data)
{
    bool swap = strcmp(place->text.theirs, place->text.ours) < 0;
    struct ta_text both = {0};

    (void)data;
    ta_text_add(&both, swap ? place->text.theirs : place->text.ours);
    ta_text_add(&both, swap ? place->text.ours : place->text.theirs);
    return ta_text_take(&both);
}

char *ta_merge_union(const struct ta_versions *versions)
{
    struct ta_chooser chooser = {choose_both, NULL};
    struct ta_versions two = {NULL, versions->ours, versions->theirs};

    return ta_merge_text(&two, false, &chooser);
}
