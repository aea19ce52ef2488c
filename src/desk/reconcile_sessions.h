/**
 * Sessions that were held apart under one number.
 */
#ifndef TURNABOUT_SRC_DESK_RECONCILE_SESSIONS_H
#define TURNABOUT_SRC_DESK_RECONCILE_SESSIONS_H

#include "reconcile.h"

/**
 * Where both added a session of one number, and it is not one conversation, the one that was held
 * first keeps the number, and the other gets the next that is free; likewise what refers to it:
 * its folder, `held as session 2`, where promises come from. What somebody wrote for a session that
 * got another number elsewhere follows it. To be called when the crossings are known: afterwards
 * they are as if each had held their sessions under the numbers that are free.
 */
bool reconcile_sessions(struct reconciliation *all, struct ta_error *err);

#endif
