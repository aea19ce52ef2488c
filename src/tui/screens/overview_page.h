/**
 * All pairs of a programme, as their screen and its view know them.
 */
#ifndef TURNABOUT_SRC_TUI_OVERVIEW_PAGE_H
#define TURNABOUT_SRC_TUI_OVERVIEW_PAGE_H

#include "tall.h"
#include "turnabout/desk/fetching.h"
#include "turnabout/desk/overview.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/screen.h"

struct overview_page {
    struct ta_overview overview; /* some rows around the chosen one */
    size_t first;                /* which of all that were found is the first of them */
    struct ta_figures figures;
    struct ta_list list; /* of all that were found */
    struct hits hits;
    enum ta_overview_order order;
    struct ta_editor filter;
    bool filtering;                /* the filter is being typed */
    struct ta_fetching *fetching;  /* NULL: nothing is being fetched */
    struct ta_fetch_count fetched; /* as of the last look */
};

/** The row of a pair; NULL: it was not read. */
const struct ta_member *overview_member(const struct overview_page *page, size_t index);

/** The figures of the whole programme, below the pairs: a rule and two rows. */
void overview_figures_draw(const struct ta_figures *figures, struct ta_surface *surface, int row);
void overview_draw(const struct ta_face *face, const void *state, struct ta_surface *surface);

#endif
