/**
 * The rows of a text that is wrapped into columns, found where they are asked for: nothing is kept
 * between calls, and the cost does not grow with the text.
 *
 * A paragraph (up to and with its line feed) is wrapped from its beginning. One of more than 4 KB
 * is cut at seams, which lie behind a blank where there is one, so that no row needs more than that
 * to be found. A text that is empty or ends in a line feed has an empty last row.
 */
#ifndef TURNABOUT_TUI_WIDGETS_ROWS_H
#define TURNABOUT_TUI_WIDGETS_ROWS_H

#include "turnabout/base/text.h"

struct ta_row {
    size_t start, end; /**< `end` is where the next row begins */
    size_t seam;       /**< where what is wrapped at once ends */
};

/** `at`, or the beginning (the end) of the character, as people see it, that it lies in. */
size_t ta_edge_up_to(const struct ta_text *text, size_t at);
size_t ta_edge_from(const struct ta_text *text, size_t at);

/** The paragraph that `at` lies in: where it begins, and where it ends before its line feed. */
size_t ta_paragraph_start(const struct ta_text *text, size_t at);
size_t ta_paragraph_end(const struct ta_text *text, size_t at);

/** The row that `at` stands in; between two rows it is the second. */
struct ta_row ta_row_at(const struct ta_text *text, int columns, size_t at);
/** Goes on to the next row; false: it was the last. */
bool ta_row_next(const struct ta_text *text, int columns, struct ta_row *row);
/** The row `count` rows above the one that begins at `start`, or the first. */
struct ta_row ta_row_above(const struct ta_text *text, int columns, size_t start, size_t count);
/** The last place in a row where a cursor is shown on that row. */
size_t ta_row_last(const struct ta_text *text, const struct ta_row *row);

#endif
