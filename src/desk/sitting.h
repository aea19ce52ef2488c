/**
 * What every session goes through before it begins, caught as it happens or written down later.
 */
#ifndef TURNABOUT_SRC_DESK_SITTING_H
#define TURNABOUT_SRC_DESK_SITTING_H

#include "turnabout/desk/session.h"

/** TA_REFUSED: one runs, or one waits for its summary. */
bool sitting_may_begin(const struct ta_live *live, struct ta_error *err);
/** Ends one that nobody ended here and whose summary came from elsewhere. */
bool sitting_end_overtaken(struct ta_desk *desk, const struct ta_pair *pair, struct ta_error *err);
/** Why a line is no note, as a sentence; true for fine. */
bool sitting_refuse_note(enum ta_note_verdict verdict, struct ta_error *err);

#endif
