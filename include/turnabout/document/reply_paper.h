/**
 * sessions/NN/reply.md: the mentor's own words to the mentee's summary, free Markdown behind one
 * heading.
 */
#ifndef TURNABOUT_DOCUMENT_REPLY_PAPER_H
#define TURNABOUT_DOCUMENT_REPLY_PAPER_H

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

/** The words of a reply, without blank lines at their ends: all that stands behind the front matter
 *  and the first heading. Free with free(). TA_DAMAGED. */
bool ta_reply_paper_read(char **words, const char *text, struct ta_error *err);

/** `text` (NULL: a new paper, of this session) with these words in place of those it had; its front
 *  matter and its heading stay as they are. Free `*out` with free(). TA_DAMAGED. */
bool ta_reply_paper_set(char **out, const char *text, unsigned session, const char *words,
                        struct ta_error *err);

/** The first line that says something, without the signs of a heading or a list before it; empty:
 *  there is none. Points into `words`. */
struct ta_piece ta_reply_first_line(const char *words);

#endif
