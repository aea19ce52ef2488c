#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "merge.h"
#include "reading.h"
#include "turnabout/base/memory.h"

/*
 * Who of the two is ours must not show: so the one that sorts first stands first, and only a
 * question has to tell them apart.
 */
struct adding {
    struct ta_merging *merging;
    bool is_swapped; /* the first is theirs */
};

static int compare_ranges(const struct ta_range *one, const struct ta_range *other)
{
    for (size_t at = 0; at < one->count && at < other->count; at++) {
        struct ta_piece first = one->lines->items[one->first + at];
        struct ta_piece second = other->lines->items[other->first + at];
        size_t length = first.length < second.length ? first.length : second.length;
        int order = memcmp(first.at, second.at, length);

        if (order != 0 || first.length != second.length) {
            return order != 0 ? order : first.length < second.length ? -1 : 1;
        }
    }
    return (one->count > other->count) - (one->count < other->count);
}

static void ask(const struct adding *adding, const struct ta_range *first,
                const struct ta_range *second)
{
    struct ta_range nothing = {first->lines, first->first, 0};

    ta_merging_ask(adding->merging, &nothing, adding->is_swapped ? second : first,
                   adding->is_swapped ? first : second);
}

static struct ta_piece line_at(const struct ta_range *range, size_t at)
{
    return range->lines->items[range->first + at];
}

static bool is_heading(struct ta_piece line)
{
    return ta_line_level(line, NULL) > 0;
}

static bool is_entry(struct ta_piece line)
{
    struct ta_marker marker;

    return ta_line_marker(&marker, line) && marker.indent == 0;
}

typedef bool begins(struct ta_piece line);

/** Takes the lines up to the next that begins a block off `rest`. */
static struct ta_range take_block(struct ta_range *rest, begins *is_first)
{
    struct ta_range block = {rest->lines, rest->first, rest->count > 0};

    while (block.count < rest->count && !is_first(line_at(rest, block.count))) {
        block.count++;
    }
    rest->first += block.count;
    rest->count -= block.count;
    return block;
}

/** "2. What we want from today (5 min)" up to its parenthesis: an entry of which the facts at its
 *  end were changed is the same entry. Empty: it has none. */
static struct ta_piece head_of(const struct ta_range *block)
{
    struct ta_piece text = ta_piece_trim(ta_line_unnumbered(line_at(block, 0)));
    const char *open = ta_piece_find_last(text, '(');

    if (open == NULL || text.at[text.length - 1] != ')') {
        return (struct ta_piece){text.at, 0};
    }
    return ta_piece_before(text, open);
}

/** The block of `among` that is the same entry; its count is 0 when there is none. */
static struct ta_range find_twin(const struct ta_range *block, struct ta_range among)
{
    struct ta_piece head = head_of(block);

    while (head.length > 0 && among.count > 0) {
        struct ta_range other = take_block(&among, is_entry);

        if (ta_piece_same(head, head_of(&other))) {
            return other;
        }
    }
    return (struct ta_range){among.lines, among.first, 0};
}

static void add_entries(const struct adding *adding, struct ta_range first, struct ta_range second)
{
    struct ta_range rest = first;

    while (rest.count > 0) {
        struct ta_range block = take_block(&rest, is_entry), twin = find_twin(&block, second);

        if (twin.count > 0) {
            ask(adding, &block, &twin);
        } else {
            ta_merging_add(adding->merging, &block);
        }
    }
    while (second.count > 0) {
        struct ta_range block = take_block(&second, is_entry);

        if (find_twin(&block, first).count == 0) {
            ta_merging_add(adding->merging, &block);
        }
    }
}

/* Text without headings */

static struct ta_lines lines_of(const struct ta_range *range)
{
    return (struct ta_lines){.items = range->lines->items + range->first, .count = range->count};
}

/** Other text of both at one place: entries of a list are all kept. */
static void add_part(const struct adding *adding, const struct ta_range *first,
                     const struct ta_range *second)
{
    if (first->count == 0 || second->count == 0) {
        ta_merging_add(adding->merging, first->count > 0 ? first : second);
    } else if (is_entry(line_at(first, 0)) && is_entry(line_at(second, 0))) {
        add_entries(adding, *first, *second);
    } else {
        ask(adding, first, second);
    }
}

static void add_lines(const struct adding *adding, const struct ta_range *first,
                      const struct ta_range *second)
{
    struct ta_lines one = lines_of(first), other = lines_of(second);
    struct ta_alignment alignment;
    size_t from = 0, to = 0;

    ta_align(&alignment, &one, &other, adding->merging->key, false);
    for (size_t at = 0; at <= one.count; at++) {
        bool is_end = at == one.count;
        size_t there = is_end ? other.count : (size_t)alignment.to[at];

        if (!is_end && alignment.to[at] == TA_NO_LINE) {
            continue;
        }
        add_part(adding, &(struct ta_range){first->lines, first->first + from, at - from},
                 &(struct ta_range){second->lines, second->first + to, there - to});
        if (!is_end) {
            ta_merging_add(adding->merging, &(struct ta_range){first->lines, first->first + at, 1});
        }
        from = at + 1;
        to = there + 1;
    }
    ta_alignment_release(&alignment);
}

/* Sections */

/** A text as what stands before its first heading, and its headings with what stands below each. */
struct sections {
    struct ta_range lead;
    struct ta_range *items;
    size_t count;
    struct ta_lines headings;
};

static struct sections take_apart(struct ta_range rest)
{
    struct sections sections = {.lead = {rest.lines, rest.first, 0}};

    if (rest.count > 0 && !is_heading(line_at(&rest, 0))) {
        sections.lead = take_block(&rest, is_heading);
    }
    sections.items = ta_allocate(rest.count + 1, sizeof *sections.items);
    sections.headings.items = ta_allocate(rest.count + 1, sizeof *sections.headings.items);
    while (rest.count > 0) {
        sections.headings.items[sections.headings.count++] = line_at(&rest, 0);
        sections.items[sections.count++] = take_block(&rest, is_heading);
    }
    return sections;
}

static void release(struct sections *sections)
{
    free(sections->items);
    free(sections->headings.items);
}

/** A text has one title, whatever it says. */
static struct ta_piece heading_key(struct ta_piece line)
{
    return ta_line_level(line, NULL) == 1 ? (struct ta_piece){line.at, 1} : line;
}

static struct ta_range below(const struct ta_range *section)
{
    return (struct ta_range){section->lines, section->first + 1, section->count - 1};
}

static void add_section(const struct adding *adding, const struct ta_range *first,
                        const struct ta_range *second)
{
    struct ta_range one = {first->lines, first->first, 1},
                    other = {second->lines, second->first, 1};
    struct ta_range rest = below(first), other_rest = below(second);

    add_lines(adding, &one, &other);
    add_lines(adding, &rest, &other_rest);
}

static void add_range(const struct adding *adding, const struct sections *sections, size_t from,
                      size_t to)
{
    for (size_t at = from; at < to; at++) {
        ta_merging_add(adding->merging, &sections->items[at]);
    }
}

/** Those that both have go together, in the order of both; others stay as they are. */
static void add_sections(const struct adding *adding, const struct sections *first,
                         const struct sections *second)
{
    struct ta_alignment alignment;
    size_t from = 0, to = 0;

    ta_align(&alignment, &first->headings, &second->headings, heading_key, false);
    for (size_t at = 0; at < first->count; at++) {
        if (alignment.to[at] != TA_NO_LINE) {
            add_range(adding, first, from, at);
            add_range(adding, second, to, (size_t)alignment.to[at]);
            add_section(adding, &first->items[at], &second->items[alignment.to[at]]);
            from = at + 1;
            to = (size_t)alignment.to[at] + 1;
        }
    }
    add_range(adding, first, from, first->count);
    add_range(adding, second, to, second->count);
    ta_alignment_release(&alignment);
}

void ta_merge_added(struct ta_merging *merging, const struct ta_range *ours,
                    const struct ta_range *theirs)
{
    struct adding adding = {merging, compare_ranges(theirs, ours) < 0};
    struct sections first = take_apart(adding.is_swapped ? *theirs : *ours);
    struct sections second = take_apart(adding.is_swapped ? *ours : *theirs);

    add_lines(&adding, &first.lead, &second.lead);
    add_sections(&adding, &first, &second);
    release(&first);
    release(&second);
}
