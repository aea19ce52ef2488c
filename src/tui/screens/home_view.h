/**
 * The home screen's state, and how it is drawn: from the top down.
 */
#ifndef TURNABOUT_SRC_TUI_HOME_VIEW_H
#define TURNABOUT_SRC_TUI_HOME_VIEW_H

#include "turnabout/desk/standing.h"
#include "turnabout/tui/surface.h"

struct home {
    struct ta_pair pair;
    struct ta_standing standing;
    bool stands; /* standing was read; else `trouble` says why not */
    struct ta_error trouble;
    struct ta_day today;
};

void home_draw(const struct home *home, struct ta_surface *surface);

/** The meeting that was held as this session; NULL: none is known. */
const struct ta_meeting *home_meeting_of(const struct ta_meetings *meetings, unsigned session);

#endif
