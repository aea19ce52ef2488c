/**
 * A text whose words are marked where they are other than in the text that it came from.
 */
#ifndef TURNABOUT_SRC_TUI_MARKED_H
#define TURNABOUT_SRC_TUI_MARKED_H

#include "turnabout/tui/surface.h"

/** Rows it takes when wrapped into so many columns, at least one. */
int marked_rows(const char *text, int columns);

/** Draws it from its row `top` on; the words that `before` has not are in TA_ADDED. Rows that have
 *  no room are left out: an arrow at the upper or the lower right says so. */
void marked_draw(const char *before, const char *text, int top, struct ta_surface *surface,
                 struct ta_area area);

#endif
