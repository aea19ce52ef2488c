/**
 * Text on its way out of the program, into a mail or a calendar: characters as they were written,
 * and nothing that another program could take for a command of its format.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_PLAIN_H
#define TURNABOUT_SRC_DOCUMENT_PLAIN_H

#include "turnabout/base/text.h"

/**
 * Appends any bytes as one line of UTF-8 without blanks around it: controls and line ends become a
 * blank, malformed bytes U+FFFD; overrides and isolates of direction, which would reach beyond the
 * text, and byte order marks are dropped. NULL is nothing.
 */
void plain_add(struct ta_text *out, const char *text);

/** The same as a string of its own. Free with free(). */
char *plain_copy(const char *text);

/** Bytes of the UTF-8 character at the beginning of a text that is not empty; at least one. */
size_t plain_character(const char *text, size_t length);

#endif
