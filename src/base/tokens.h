/**
 * A text as a row of numbers, equal where its parts are, and the parts that two rows share. Private
 * to base.
 */
#ifndef TURNABOUT_SRC_BASE_TOKENS_H
#define TURNABOUT_SRC_BASE_TOKENS_H

#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/text.h"

/** A part that both have: where it begins in each, and how many tokens (or bytes) it is long. */
struct match {
    size_t before, after, length;
};

struct matches {
    struct match *items;
    size_t count;
};

void matches_add(struct matches *matches, struct match match);

/**
 * Appends the longest row of equal parts that the two have in common, in their order, as bytes. A
 * byte whose break is not 0 begins a part. `budget` is what the search may cost and is used up;
 * when nothing of it is left, fewer are found.
 */
void tokens_match(struct matches *matches, struct ta_piece before, struct ta_piece after,
                  const unsigned char *breaks_before, const unsigned char *breaks_after,
                  long *budget);

#endif
