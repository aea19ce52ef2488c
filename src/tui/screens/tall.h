/**
 * Lists whose rows are not all one line high.
 */
#ifndef TURNABOUT_SRC_TUI_TALL_H
#define TURNABOUT_SRC_TUI_TALL_H

#include "turnabout/tui/frame.h"

enum { HITS_MOST = 128 };

/** Rows that ta_put_wrapped() uses for a text, at least one. */
int wrapped_rows(const char *text, int columns);

/** Wraps a text into an area (at least one row); what does not fit ends in "…". Returns the rows
 *  used. */
int put_text(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role,
             const char *text);

/** How high each row of a list is; `data` is handed back. */
struct tall {
    int (*rows)(const void *data, size_t index);
    const void *data;
};

/** What ta_list_show() does for lines: scrolls so that the chosen row shows whole, when it fits,
 *  and no room is left unused; returns the first row's index. */
size_t tall_list_show(const struct ta_list *list, const struct tall *tall, int rows);

/** Where the rows of a list were last drawn, for the mouse. */
struct hits {
    struct hit {
        int row, rows;
        size_t index;
    } items[HITS_MOST];
    size_t count;
};

/** Forgets what was drawn, in a screen's const state too: drawing is what remembers it. */
void hits_clear(const struct hits *hits);
void hits_add(const struct hits *hits, int row, int rows, size_t index);
/** A click into a row chooses it. True: the key was one. */
bool hits_key(const struct hits *hits, struct ta_list *list, const struct ta_key *key);

#endif
