/**
 * The Release screen's page: what it holds, and how it is drawn (release_view.c).
 */
#ifndef TURNABOUT_SRC_TUI_RELEASE_PAGE_H
#define TURNABOUT_SRC_TUI_RELEASE_PAGE_H

#include "tall.h"
#include "turnabout/desk/release.h"
#include "turnabout/tui/screen.h"

struct release_page {
    struct ta_pair pair;
    struct ta_release_state state;
    struct ta_released_lines plain; /**< the text's lines, where no line of it can be struck */
    struct ta_list list;
    struct hits hits;
    struct ta_day today;
    bool has_place; /**< there is a remote for what is released */
    bool is_sent;   /**< it has this very text */
    bool moved; /**< the text became another under the person's eyes: it is to be looked at first */
};

/** The lines that are shown: struck ones among them, where lines can be struck. */
const struct ta_released_lines *release_lines(const struct release_page *page);

void release_draw(const struct release_page *page, struct ta_surface *surface);

#endif
