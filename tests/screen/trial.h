/** Screens that do nothing but show what the face itself does; "trial" in a script opens them. */
#ifndef TURNABOUT_TESTS_SCREEN_TRIAL_H
#define TURNABOUT_TESTS_SCREEN_TRIAL_H

#include "turnabout/tui/screen.h"

extern const struct ta_screen trial_screen;

#endif
