/**
 * A page of HTML that stands by itself: nothing in it comes from elsewhere, and no script. It reads
 * well in light and dark, on paper and on a phone. What others wrote is escaped here and cannot
 * become markup, a script, or turn the direction of what stands around it.
 */
#ifndef TURNABOUT_DOCUMENT_PAGE_H
#define TURNABOUT_DOCUMENT_PAGE_H

#include <stdbool.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

/** Everything before the content: head, style, and the beginning of the body. */
void ta_page_begin(struct ta_text *out, const char *title);
void ta_page_end(struct ta_text *out);

/** Appends text for between tags or within double quotes: what means something in HTML is escaped,
 *  controls and overrides of direction are taken out, malformed bytes become U+FFFD. */
void ta_page_text(struct ta_text *out, struct ta_piece text);

/**
 * Appends Markdown as HTML (CommonMark with tables, tasks and struck text; md4c, opened when it is
 * first needed). Raw HTML stands there as text; links lead to http, https and mailto only; a
 * picture is its description. Headings are `deeper` levels deeper. TA_SYSTEM: md4c is not there.
 */
bool ta_page_markdown(struct ta_text *out, const char *markdown, unsigned deeper,
                      struct ta_error *err);

#endif
