/**
 * A document of the record as it is read: headings stand out, lists have their signs, the front
 * matter steps back.
 */
#ifndef TURNABOUT_SRC_TUI_DOCUMENT_VIEW_H
#define TURNABOUT_SRC_TUI_DOCUMENT_VIEW_H

#include "turnabout/tui/surface.h"

/**
 * Draws a document scrolled down by `top` rows, fewer when it ends before the area does. Returns
 * the rows it is really scrolled by.
 */
int document_draw(const char *text, int top, struct ta_surface *surface, struct ta_area area);

#endif
