/**
 * What one line of Markdown is, as far as the papers care: a heading, a fence, a list entry. Lines
 * come with or without their line end.
 *
 * Headings and fences count at the very beginning of a line only: what is indented belongs to a
 * list entry.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_LINE_H
#define TURNABOUT_SRC_DOCUMENT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/text.h"

/** The fenced code that is open; zeroed: none. */
struct ta_fence {
    char sign;
    size_t length;
};

/** How a list entry begins. */
struct ta_marker {
    size_t indent;  /**< columns before the marker */
    size_t content; /**< column where the text stands: that of its continuation lines */
    size_t text;    /**< bytes before the text */
    bool numbered;
};

/** Whether the line is in fenced code, the fences themselves included; to be asked of every line in
 *  turn. */
bool ta_fence_holds(struct ta_fence *fence, struct ta_piece line);

/** The level of a heading, 1 to 6, and its title; 0: it is none. `title` may be NULL. */
unsigned ta_line_level(struct ta_piece line, struct ta_piece *title);

bool ta_line_marker(struct ta_marker *marker, struct ta_piece line);
/** Whether a line that stands behind an entry belongs to it: it is indented, and when it is an
 * entry itself by two columns at least. Blank lines do not by themselves. */
bool ta_line_continues(struct ta_piece line, const struct ta_marker *marker);
bool ta_line_is_blank(struct ta_piece line);

/** The line without up to `columns` of indent, and without blanks and line end behind. */
struct ta_piece ta_line_unindent(struct ta_piece line, size_t columns);

/** Takes the next line off `rest`, its line end included. An empty rest gives false. */
bool ta_take_line(struct ta_piece *rest, struct ta_piece *line);

/** How many lines ta_take_line() takes off a text. */
size_t ta_lines_in(struct ta_piece text);

/** The line end of a text: that of its first line, "\n" when it has none. */
const char *ta_line_end(struct ta_piece text);

/** Appends a text as part of one line: line ends become blanks. NULL is empty. */
void ta_add_line(struct ta_text *out, const char *text);

#endif
