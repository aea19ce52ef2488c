/**
 * The app in the terminal.
 */
#ifndef TURNABOUT_TUI_TUI_H
#define TURNABOUT_TUI_TUI_H

#include "turnabout/desk/desk.h"

/**
 * Runs until it is left: at home with the pair in hand, or at the first steps when there is none.
 * Fails when the terminal cannot be used (ta_term_open()) or the theme not read.
 */
bool ta_tui_run(struct ta_desk *desk, struct ta_error *err);
/** The same, with all pairs of the coordinator's programme first. */
bool ta_tui_run_overview(struct ta_desk *desk, struct ta_error *err);

#endif
