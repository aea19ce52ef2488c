/**
 * A document of the record as it is read: headings stand out, lists have their signs, the front
 * matter steps back and is said in words, times as people write them.
 */
#ifndef TURNABOUT_SRC_TUI_DOCUMENT_VIEW_H
#define TURNABOUT_SRC_TUI_DOCUMENT_VIEW_H

#include "turnabout/base/text.h"
#include "turnabout/tui/surface.h"

/**
 * Draws a document scrolled down by `top` rows, fewer when it ends before the area does. Returns
 * the rows it is really scrolled by.
 */
int document_draw(const char *text, int top, struct ta_surface *surface, struct ta_area area);

/** The title of the section that row `top` lies in, or of the first behind it; NULL: there is none.
 *  Free with free(). */
char *document_section(const char *text, int top, int columns);
/** The row at which a section begins; -1: there is none with this title. */
int document_row(const char *text, const char *section, int columns);

/** Takes "## " off a line; false: it is no heading. */
bool document_take_heading(struct ta_piece *line);
/** Takes "- " and the like off a line, for which a sign stands ("·"); NULL: there is none. */
const char *document_take_sign(struct ta_piece *line);

#endif
