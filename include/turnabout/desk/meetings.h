/**
 * What the two hold each other to: their dates and their promises.
 */
#ifndef TURNABOUT_DESK_MEETINGS_H
#define TURNABOUT_DESK_MEETINGS_H

#include "turnabout/desk/desk.h"
#include "turnabout/domain/meeting.h"
#include "turnabout/domain/promise.h"

bool ta_desk_meetings(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_meetings *meetings, struct ta_error *err);
/** Plans a date and commits it. TA_REFUSED: that date is planned already. */
bool ta_desk_meeting_plan(struct ta_desk *desk, const struct ta_pair *pair, struct ta_moment when,
                          enum ta_role as, struct ta_error *err);
bool ta_desk_promises(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_promises *promises, struct ta_error *err);

#endif
