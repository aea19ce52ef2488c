/**
 * What reading and changing a summary share.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_SUMMARY_H
#define TURNABOUT_SRC_DOCUMENT_SUMMARY_H

#include "turnabout/document/paper.h"

#define TA_SUMMARY_NOTES "Notes" /**< the title of the last section */

bool ta_summary_open(struct ta_paper *paper, const char *text, struct ta_error *err);

/** The heading of the paper: of the first level, before any section. */
bool ta_summary_find_title(const struct ta_paper *paper, size_t *at, struct ta_piece *title);
/** Appends "# Session 3: Who speaks first". */
void ta_summary_write_title(struct ta_text *out, unsigned session, const char *title);

/** Takes the next entry that says something off a span, as one line. Free `*line` with free(). */
bool ta_summary_next_line(const struct ta_paper *paper, struct ta_span *span, struct ta_span *entry,
                          char **line);
/** Appends a line as an entry. */
void ta_summary_write_line(struct ta_text *out, const char *line);

#endif
