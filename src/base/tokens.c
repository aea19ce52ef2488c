#include "tokens.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

void matches_add(struct matches *matches, struct match match)
{
    *(struct match *)ta_append(&matches->items, matches->count++, sizeof *matches->items) = match;
}

/* Tokens */

/* Where each token begins, with the end of the text behind the last, and what it is. */
struct row {
    size_t *starts;
    uint32_t *ids;
    size_t count;
};

/* Every text that a token has, by its hash; the number of its slot is its id. */
struct table {
    struct ta_piece *slots;
    size_t size; /* a power of two, at least twice the tokens */
};

static size_t hash_of(struct ta_piece text)
{
    uint64_t hash = UINT64_C(1469598103934665603); /* FNV-1a */
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.at[i]) * UINT64_C(1099511628211);
    }
    return (size_t)(hash ^ (hash >> 32U));
}

static uint32_t id_of(const struct table *table, struct ta_piece text)
{
    size_t at = hash_of(text) & (table->size - 1);
    while (table->slots[at].at != NULL &&
           (table->slots[at].length != text.length ||
            memcmp(table->slots[at].at, text.at, text.length) != 0)) {
        at = (at + 1) & (table->size - 1);
    }
    table->slots[at] = text;
    return (uint32_t)at;
}

static size_t count_tokens(const unsigned char *breaks, size_t length)
{
    size_t count = length > 0;
    for (size_t i = 1; i < length; i++) {
        count += breaks[i] != 0;
    }
    return count;
}

static void make_row(struct row *row, const struct table *table, struct ta_piece text,
                     const unsigned char *breaks)
{
    row->starts = ta_allocate(row->count + 1, sizeof *row->starts);
    row->ids = ta_allocate(row->count + 1, sizeof *row->ids);
    size_t token = 0;
    for (size_t start = 0; start < text.length; token++) {
        size_t end = start + 1;
        while (end < text.length && breaks[end] == 0) {
            end++;
        }
        row->starts[token] = start;
        row->ids[token] = id_of(table, (struct ta_piece){text.at + start, end - start});
        start = end;
    }
    row->starts[token] = text.length;
}

static void release_row(struct row *row)
{
    free(row->starts);
    free(row->ids);
}

/* The longest common row: Myers, "An O(ND) difference algorithm and its variations" (1986), in the
 * linear space of its section 4b. */

struct search {
    const uint32_t *one, *other;
    ptrdiff_t *forward, *backward; /* how far each diagonal was followed; 0 lies in their middle */
    struct matches *matches;       /* in tokens */
    long *budget;
};

struct box {
    ptrdiff_t left, top, right, bottom;
};

struct point {
    ptrdiff_t x, y;
};

static void add_equal(const struct search *search, ptrdiff_t x, ptrdiff_t y, ptrdiff_t length)
{
    if (length > 0) {
        matches_add(search->matches, (struct match){(size_t)x, (size_t)y, (size_t)length});
    }
}

/* Where a path of `steps` comes to on a diagonal, before what is equal there. */
static ptrdiff_t come_to(const ptrdiff_t *reached, ptrdiff_t diagonal, ptrdiff_t steps)
{
    bool down =
        diagonal == -steps || (diagonal != steps && reached[diagonal - 1] < reached[diagonal + 1]);
    return down ? reached[diagonal + 1] : reached[diagonal - 1] + 1;
}

static ptrdiff_t lower(ptrdiff_t steps, ptrdiff_t height)
{
    return steps > height ? steps - 2 * height : -steps;
}

static ptrdiff_t upper(ptrdiff_t steps, ptrdiff_t width)
{
    return steps > width ? 2 * width - steps : steps;
}

/* Goes one step further from the left upper corner (or back from the other one); true when the two
 * have met, at `*met`. */
static bool go_further(const struct search *search, const struct box *box, ptrdiff_t steps,
                       bool back, struct point *met)
{
    ptrdiff_t width = box->right - box->left;
    ptrdiff_t height = box->bottom - box->top;
    ptrdiff_t delta = width - height;
    ptrdiff_t *mine = back ? search->backward : search->forward;
    const ptrdiff_t *theirs = back ? search->forward : search->backward;
    ptrdiff_t reach = back ? steps : steps - 1; /* how far the other one has gone */
    bool may_meet = (delta % 2 != 0) != back;
    for (ptrdiff_t k = lower(steps, height); k <= upper(steps, width); k += 2) {
        ptrdiff_t x = come_to(mine, k, steps);
        ptrdiff_t y = x - k;
        while (x < width && y < height &&
               (back ? search->one[box->right - 1 - x] == search->other[box->bottom - 1 - y]
                     : search->one[box->left + x] == search->other[box->top + y])) {
            x++;
            y++;
        }
        mine[k] = x;
        *search->budget -= 1;
        ptrdiff_t across = delta - k;
        if (may_meet && across >= lower(reach, height) && across <= upper(reach, width) &&
            x + theirs[across] >= width) {
            *met = back ? (struct point){box->right - x, box->bottom - y}
                        : (struct point){box->left + x, box->top + y};
            return true;
        }
    }
    return false;
}

/* A point in the middle of a best path; false: there was not enough budget to find one. */
static bool find_middle(const struct search *search, const struct box *box, struct point *middle)
{
    ptrdiff_t most = (box->right - box->left + box->bottom - box->top + 1) / 2;
    search->forward[1] = 0;
    search->backward[1] = 0;
    for (ptrdiff_t steps = 0; steps <= most && *search->budget > 0; steps++) {
        if (go_further(search, box, steps, false, middle) ||
            go_further(search, box, steps, true, middle)) {
            return true;
        }
    }
    return false;
}

static bool is_inside(const struct box *box, struct point at)
{
    bool inside =
        at.x >= box->left && at.x <= box->right && at.y >= box->top && at.y <= box->bottom;
    bool first = at.x == box->left && at.y == box->top;
    bool last = at.x == box->right && at.y == box->bottom;
    return inside && !first && !last;
}

/* Each half has at most half of the differences, and the budget ends what is none the less deep. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void match_box(const struct search *search, struct box box)
{
    ptrdiff_t x = box.left;
    ptrdiff_t y = box.top;
    while (box.left < box.right && box.top < box.bottom &&
           search->one[box.left] == search->other[box.top]) {
        box.left++;
        box.top++;
    }
    add_equal(search, x, y, box.left - x);
    ptrdiff_t tail = 0;
    while (box.left < box.right && box.top < box.bottom &&
           search->one[box.right - 1] == search->other[box.bottom - 1]) {
        box.right--;
        box.bottom--;
        tail++;
    }
    struct point middle;
    if (box.left < box.right && box.top < box.bottom && find_middle(search, &box, &middle) &&
        is_inside(&box, middle)) {
        match_box(search, (struct box){box.left, box.top, middle.x, middle.y});
        match_box(search, (struct box){middle.x, middle.y, box.right, box.bottom});
    }
    add_equal(search, box.right, box.bottom, tail);
}

static void match_rows(struct matches *matches, const struct row *before, const struct row *after,
                       long *budget)
{
    size_t room = 2 * (before->count + after->count) + 6;
    ptrdiff_t *reached = ta_allocate(2 * room, sizeof *reached);
    struct search search = {.one = before->ids,
                            .other = after->ids,
                            .forward = reached + room / 2,
                            .backward = reached + room + room / 2,
                            .matches = matches,
                            .budget = budget};
    match_box(&search, (struct box){0, 0, (ptrdiff_t)before->count, (ptrdiff_t)after->count});
    free(reached);
}

void tokens_match(struct matches *matches, struct ta_piece before, struct ta_piece after,
                  const unsigned char *breaks_before, const unsigned char *breaks_after,
                  long *budget)
{
    struct matches found = {0};
    struct row one = {.count = count_tokens(breaks_before, before.length)};
    struct row other = {.count = count_tokens(breaks_after, after.length)};
    struct table table = {.size = 16};
    while (table.size < 2 * (one.count + other.count)) {
        table.size *= 2;
    }
    table.slots = ta_allocate(table.size, sizeof *table.slots);
    make_row(&one, &table, before, breaks_before);
    make_row(&other, &table, after, breaks_after);
    match_rows(&found, &one, &other, budget);
    for (size_t i = 0; i < found.count; i++) {
        const struct match *match = &found.items[i];
        size_t start = one.starts[match->before];
        matches_add(matches, (struct match){start, other.starts[match->after],
                                            one.starts[match->before + match->length] - start});
    }
    free(found.items);
    free(table.slots);
    release_row(&one);
    release_row(&other);
}
