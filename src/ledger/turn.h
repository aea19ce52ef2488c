/**
 * Writers of this program take turns in a repository. Private to the ledger.
 */
#ifndef TURNABOUT_LEDGER_TURN_H
#define TURNABOUT_LEDGER_TURN_H

#include <stdbool.h>

#include "turnabout/base/error.h"

/** Waits for the turn, about five seconds; `*turn` is to be ended, whether it was got or not.
 * TA_BUSY, TA_SYSTEM. */
bool ta_turn_take(const char *path, int *turn, struct ta_error *err);
void ta_turn_end(int turn);

/** Waits a moment before another attempt, the first being 1; longer each time. */
void ta_turn_pause(unsigned attempt);

/** Clears a lock of the branch main that was left behind by a killed writer; for whoever has the
 *  turn. False: there is none, or it is young and somebody's. */
bool ta_branch_clear(const char *path);

#endif
