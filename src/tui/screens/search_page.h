/**
 * The search as its screen and its view know it.
 */
#ifndef TURNABOUT_SRC_TUI_SEARCH_PAGE_H
#define TURNABOUT_SRC_TUI_SEARCH_PAGE_H

#include "tall.h"
#include "turnabout/desk/search.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/screen.h"

struct search_page {
    bool released;
    struct ta_pair pair; /* whose record is searched; zero when what was released is */
    struct ta_searching *searching;
    struct ta_editor editor;
    struct ta_sought sought; /* what is typed, understood */
    struct ta_hits found;
    struct ta_list list;
    struct hits hits; /* rows, for the mouse */
    struct ta_day today;
    int64_t rests_at;    /* when typing rests and the hits are ranked; 0: they are */
    bool stale;          /* what is found is not what is typed */
    bool indexing;       /* not everything is indexed yet */
    bool again;          /* it was indexed before: what is shown stays where it is */
    bool chosen_by_hand; /* somebody moved in the list: it is not ordered anew */
};

void search_draw(const struct ta_face *face, const void *state, struct ta_surface *surface);

#endif
