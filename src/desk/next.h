/**
 * Which session comes next, seen from the record.
 */
#ifndef TURNABOUT_SRC_DESK_NEXT_H
#define TURNABOUT_SRC_DESK_NEXT_H

#include "turnabout/desk/desk.h"

/** One more than the highest session that was held. The index must be fresh. */
bool next_session(struct ta_desk *desk, const struct ta_pair *pair, unsigned *session,
                  struct ta_error *err);

#endif
