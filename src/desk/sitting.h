/**
 * What every session goes through before it begins, caught as it happens or written down later.
 */
#ifndef TURNABOUT_SRC_DESK_SITTING_H
#define TURNABOUT_SRC_DESK_SITTING_H

#include "turnabout/desk/session.h"

/** TA_REFUSED: one runs, or one waits for its summary. */
bool sitting_may_begin(const struct ta_live *live, struct ta_error *err);
/** Settles one that is not in hand, because it has nothing to add to what is in the record. */
void sitting_let_go(struct ta_desk *desk, const struct ta_pair *pair);
/** Why a line is no note, as a sentence; true for fine. */
bool sitting_refuse_note(enum ta_note_verdict verdict, struct ta_error *err);

#endif
