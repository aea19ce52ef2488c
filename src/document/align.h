/**
 * How the lines of one text became those of another. Private to the document layer.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_ALIGN_H
#define TURNABOUT_SRC_DOCUMENT_ALIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/text.h"

/** A text as its lines, with their line ends; each ends with one, as if the last had it. */
struct ta_lines {
    struct ta_piece *items;
    size_t count;
    char *last; /**< the last line, where it had to be given an end */
};

void ta_lines_read(struct ta_lines *lines, const char *text);
void ta_lines_release(struct ta_lines *lines);

enum { TA_NO_LINE = -1 };

/** Where each line of `before` is in `after`; TA_NO_LINE: it went. */
struct ta_alignment {
    long *to;
    bool *is_changed; /**< it is there, with other words */
    size_t count;
};

/** What a line is compared by. */
typedef struct ta_piece ta_line_key(struct ta_piece line);

/** Lines that are the same are found first; of what was rewritten between them, each line that is
 *  gone goes with the one in its place that is most like it. Places rise. `pairs`: whether changed
 *  lines are paired at all. */
void ta_align(struct ta_alignment *alignment, const struct ta_lines *before,
              const struct ta_lines *after, ta_line_key *key, bool pairs);
void ta_alignment_release(struct ta_alignment *alignment);

#endif
