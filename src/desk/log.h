/**
 * The log in the store, kept in step with main.
 */
#ifndef TURNABOUT_SRC_DESK_LOG_H
#define TURNABOUT_SRC_DESK_LOG_H

#include "turnabout/desk/desk.h"

/** Brings it up to main. Without a change since the last time this reads a small file and one row,
 *  and does not load libgit2. */
bool log_refresh(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                 struct ta_error *err);

/** Puts a commit that was just made on `expected` on top of it. If the log cannot follow, the next
 *  refresh brings it up: no failure. */
void log_follow(struct ta_desk *desk, const struct ta_commit *commit, const char *expected,
                const char *id);

#endif
