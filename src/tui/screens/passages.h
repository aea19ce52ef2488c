/**
 * One section through time, opened with where to begin.
 */
#ifndef TURNABOUT_SRC_TUI_PASSAGES_H
#define TURNABOUT_SRC_TUI_PASSAGES_H

#include "turnabout/desk/passages.h"
#include "turnabout/tui/screen.h"

struct passages_at {
    struct ta_thread thread;
    unsigned session; /**< shown first; 0: the newest */
};

extern const struct ta_screen passages_screen;

#endif
