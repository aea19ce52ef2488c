/**
 * The lines of a text to read, clean: a document's, or those of the difference between two.
 */
#ifndef TURNABOUT_SRC_TUI_READER_LINES_H
#define TURNABOUT_SRC_TUI_READER_LINES_H

#include "screens.h"
#include "turnabout/base/compare.h"
#include "turnabout/tui/surface.h"

/** Part of a line that looks different from the rest of it. */
struct reader_part {
    size_t end; /**< in the line's text */
    enum ta_role_of_cell role;
};

struct reader_line {
    char *text; /**< clean */
    enum ta_role_of_cell role;
    const char *sign; /**< "·" of a list; of a difference "+", "-", "±" or " "; NULL: none */
    struct reader_part *parts; /**< NULL: all of it has its role */
    size_t part_count;
};

struct reader_lines {
    struct reader_line *items;
    size_t count;
};

/** One line more, in one role; `sign` as above. */
void reader_add(struct reader_lines *lines, struct ta_piece text, enum ta_role_of_cell role,
                const char *sign);
/** Headings stand out; the front matter, which machines read, steps back. */
void reader_add_document(struct reader_lines *lines, const char *text);
/** The same, as it is drawn elsewhere: a list has its signs, a heading stands alone. */
void reader_add_drawn(struct reader_lines *lines, const char *text);
/** What stands in one of two sessions only, and what in both: whole lines, for these are two lists,
 *  and not two versions of one. */
void reader_add_beside(struct reader_lines *lines, const struct reader_beside *beside);
/** What changed, with the lines around it and the heading above it. */
void reader_add_comparison(struct reader_lines *lines, const struct ta_comparison *comparison);
void reader_lines_release(struct reader_lines *lines);

#endif
