/**
 * Sample data: a believable pair in the middle of its six sessions.
 */
#ifndef TURNABOUT_DESK_DEMO_H
#define TURNABOUT_DESK_DEMO_H

#include "turnabout/desk/desk.h"

/** Makes the sample pair in an empty desk, its past counted back from the desk's now, through the
 *  same functions a person uses. */
bool ta_demo_make(struct ta_desk *desk, struct ta_error *err);

/** Makes a coordinator's programme of some fifty pairs in an empty desk (sample.h). */
bool ta_demo_make_programme(struct ta_desk *desk, struct ta_error *err);

#endif
