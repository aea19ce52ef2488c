/**
 * Lists whose rows are not all one line high.
 */
#ifndef TURNABOUT_SRC_TUI_TALL_H
#define TURNABOUT_SRC_TUI_TALL_H

#include "turnabout/tui/frame.h"

/** Rows that ta_put_wrapped() uses for a text, at least one. */
int wrapped_rows(const char *text, int columns);

/** How high each row of a list is; `data` is handed back. */
struct tall {
    int (*rows)(const void *data, size_t index);
    const void *data;
};

/** What ta_list_show() does for lines: scrolls so that the chosen row shows whole, when it fits,
 *  and no room is left unused; returns the first row's index. */
size_t tall_list_show(const struct ta_list *list, const struct tall *tall, int rows);

#endif
