/**
 * The page of places that both changed: what it holds, and how it is drawn.
 */
#ifndef TURNABOUT_SRC_TUI_CONFLICTS_VIEW_H
#define TURNABOUT_SRC_TUI_CONFLICTS_VIEW_H

#include "turnabout/desk/merge.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/surface.h"

struct conflicts {
    struct ta_pair pair;
    struct ta_conflicts conflicts;
    size_t at;  /* the place that is shown */
    int top;    /* rows its texts are scrolled by */
    int page;   /* rows that showed when it was last drawn */
    int bottom; /* and how far it can be scrolled */
    bool editing;
    struct ta_editor editor;
    int64_t touched; /* instant of the first key that is not kept yet; 0: all is */
};

void conflicts_draw(const struct conflicts *page, struct ta_surface *surface);

/** The document of a record in words: "the agenda for session 3". Appends. */
void conflicts_say_document(struct ta_text *out, const char *path);

#endif
