#include "align.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "reading.h"
#include "turnabout/base/memory.h"

/* Lines that differ too much in number to be compared each with each are taken as all of them gone
 * and all of them new, which is also true. */
enum { CELLS_MOST = 1 << 22, PAIRS_MOST = 1 << 16 };

void ta_lines_read(struct ta_lines *lines, const char *text)
{
    struct ta_piece rest = ta_piece_of(text), line;
    size_t count = ta_lines_in(rest);

    *lines = (struct ta_lines){0};
    lines->items = ta_allocate(count + 1, sizeof *lines->items);
    while (ta_take_line(&rest, &line)) {
        lines->items[lines->count++] = line;
    }
    if (count > 0 && line.at[line.length - 1] != '\n') {
        struct ta_text whole = {0};

        ta_text_add_bytes(&whole, line.at, line.length);
        ta_text_add(&whole, ta_line_end(ta_piece_of(text)));
        lines->last = ta_text_take(&whole);
        lines->items[count - 1] = ta_piece_of(lines->last);
    }
}

void ta_lines_release(struct ta_lines *lines)
{
    free(lines->items);
    free(lines->last);
    *lines = (struct ta_lines){0};
}

/** A part of both texts. */
struct part {
    size_t before, before_end, after, after_end;
};

struct aligning {
    struct ta_alignment *alignment;
    const struct ta_lines *before, *after;
    uint64_t *before_hash, *after_hash;
    ta_line_key *key;
};

static uint64_t hash_of(struct ta_piece text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t at = 0; at < text.length; at++) {
        hash = (hash ^ (unsigned char)text.at[at]) * UINT64_C(1099511628211);
    }
    return hash;
}

static uint64_t *hash_all(const struct ta_lines *lines, ta_line_key *key)
{
    uint64_t *hashes = ta_allocate(lines->count + 1, sizeof *hashes);

    for (size_t at = 0; at < lines->count; at++) {
        hashes[at] = hash_of(key(lines->items[at]));
    }
    return hashes;
}

static bool are_same(const struct aligning *aligning, size_t before, size_t after)
{
    return aligning->before_hash[before] == aligning->after_hash[after] &&
           ta_piece_same(aligning->key(aligning->before->items[before]),
                         aligning->key(aligning->after->items[after]));
}

/** Takes off what is the same at both ends. */
static void trim(const struct aligning *aligning, struct part *part)
{
    while (part->before < part->before_end && part->after < part->after_end &&
           are_same(aligning, part->before, part->after)) {
        aligning->alignment->to[part->before++] = (long)part->after++;
    }
    while (part->before < part->before_end && part->after < part->after_end &&
           are_same(aligning, part->before_end - 1, part->after_end - 1)) {
        aligning->alignment->to[--part->before_end] = (long)--part->after_end;
    }
}

/** The longest row of lines that are the same in both, by the table of its lengths. */
static void find_same(const struct aligning *aligning, const struct part *part)
{
    size_t rows = part->before_end - part->before, columns = part->after_end - part->after;
    size_t width = columns + 1, at = 0, other = 0;
    uint32_t *length;

    if (rows == 0 || columns == 0 || rows > CELLS_MOST / columns) {
        return;
    }
    length = ta_allocate((rows + 1) * width, sizeof *length);
    for (size_t row = rows; row-- > 0;) {
        for (size_t column = columns; column-- > 0;) {
            uint32_t down = length[(row + 1) * width + column];
            uint32_t right = length[row * width + column + 1];
            bool same = are_same(aligning, part->before + row, part->after + column);

            length[row * width + column] = same ? length[(row + 1) * width + column + 1] + 1
                                           : down > right ? down
                                                          : right;
        }
    }
    while (at < rows && other < columns) {
        if (are_same(aligning, part->before + at, part->after + other)) {
            aligning->alignment->to[part->before + at++] = (long)(part->after + other++);
        } else if (length[(at + 1) * width + other] >= length[at * width + other + 1]) {
            at++;
        } else {
            other++;
        }
    }
    free(length);
}

/* Changed lines */

enum class { BLANK, HEADING, ENTRY, PROSE };

static enum class class_of(struct ta_piece line) {
    struct ta_marker marker;

    if (ta_line_is_blank(line)){return BLANK;}
if (ta_line_level(line, NULL) > 0)
{
    return HEADING;
}
return ta_line_marker(&marker, line) ? ENTRY : PROSE;
}

enum { WORDS = 64, ALIKE = 1000 };

static size_t words_of(struct ta_piece line, uint64_t words[WORDS])
{
    struct ta_piece word;
    size_t count = 0;

    line = ta_piece_trim(line);
    while (count < WORDS && ta_next_part(&line, ' ', &word)) {
        words[count++] = hash_of(word);
    }
    return count;
}

/** How many words two lines share, of a thousand; 0: they cannot be one line that was changed. Two
 *  that share none still can, when nothing is more like them. */
static unsigned likeness(struct ta_piece one, struct ta_piece other)
{
    uint64_t first[WORDS], second[WORDS];
    size_t count = words_of(one, first), others = words_of(other, second), shared = 0;

    if (class_of(one) != class_of(other)) {
        return 0;
    }
    for (size_t at = 0; at < count; at++) {
        for (size_t to = 0; to < others; to++) {
            if (first[at] == second[to]) {
                second[to] = second[--others];
                shared++;
                break;
            }
        }
    }
    others += shared;
    return 1 + (unsigned)((size_t)2 * ALIKE * shared / (count + others + 1));
}

/** The pairs that are most like each other in all, in rising order. */
static void pair_changed(const struct aligning *aligning, const struct part *part)
{
    size_t rows = part->before_end - part->before, columns = part->after_end - part->after;
    size_t width = columns + 1, at = 0, other = 0;
    uint32_t *sum, *alike;

    if (rows == 0 || columns == 0 || rows > PAIRS_MOST / columns) {
        return;
    }
    sum = ta_allocate((rows + 1) * width, sizeof *sum);
    alike = ta_allocate(rows * columns, sizeof *alike);
    for (size_t row = rows; row-- > 0;) {
        for (size_t column = columns; column-- > 0;) {
            uint32_t down = sum[(row + 1) * width + column], right = sum[row * width + column + 1];
            uint32_t best = down > right ? down : right, both;

            alike[row * columns + column] = likeness(aligning->before->items[part->before + row],
                                                     aligning->after->items[part->after + column]);
            both = sum[(row + 1) * width + column + 1] + alike[row * columns + column];
            sum[row * width + column] = both > best ? both : best;
        }
    }
    while (at < rows && other < columns) {
        uint32_t here = sum[at * width + other], pair = alike[at * columns + other];

        if (pair > 0 && here == sum[(at + 1) * width + other + 1] + pair) {
            aligning->alignment->is_changed[part->before + at] = true;
            aligning->alignment->to[part->before + at++] = (long)(part->after + other++);
        } else if (here == sum[(at + 1) * width + other]) {
            at++;
        } else {
            other++;
        }
    }
    free(sum);
    free(alike);
}

/** Goes through the parts between lines that are the same. */
static void pair_all(const struct aligning *aligning)
{
    const struct ta_alignment *alignment = aligning->alignment;
    struct part part = {0};

    for (size_t at = 0; at <= alignment->count; at++) {
        bool is_end = at == alignment->count;

        if (!is_end && alignment->to[at] == TA_NO_LINE) {
            continue;
        }
        part.before_end = at;
        part.after_end = is_end ? aligning->after->count : (size_t)alignment->to[at];
        pair_changed(aligning, &part);
        part.before = at + 1;
        part.after = part.after_end + 1;
    }
}

void ta_align(struct ta_alignment *alignment, const struct ta_lines *before,
              const struct ta_lines *after, ta_line_key *key, bool pairs)
{
    struct part part = {0, before->count, 0, after->count};
    struct aligning aligning = {.alignment = alignment,
                                .before = before,
                                .after = after,
                                .before_hash = hash_all(before, key),
                                .after_hash = hash_all(after, key),
                                .key = key};

    alignment->count = before->count;
    alignment->to = ta_allocate(before->count + 1, sizeof *alignment->to);
    alignment->is_changed = ta_allocate(before->count + 1, sizeof *alignment->is_changed);
    for (size_t at = 0; at < before->count; at++) {
        alignment->to[at] = TA_NO_LINE;
    }
    trim(&aligning, &part);
    find_same(&aligning, &part);
    if (pairs) {
        pair_all(&aligning);
    }
    free(aligning.before_hash);
    free(aligning.after_hash);
}

void ta_alignment_release(struct ta_alignment *alignment)
{
    free(alignment->to);
    free(alignment->is_changed);
    *alignment = (struct ta_alignment){0};
}
