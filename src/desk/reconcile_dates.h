/**
 * The dates of sessions that each of the two held on a machine of their own, in meetings.md. Texts
 * that cannot be read stay as they are; whoever merges them says what is wrong.
 */
#ifndef TURNABOUT_SRC_DESK_RECONCILE_DATES_H
#define TURNABOUT_SRC_DESK_RECONCILE_DATES_H

#include <stdbool.h>

#include "turnabout/base/date.h"

/** When a session was held that the two had not in common; false: it is none of those. */
typedef bool reconcile_held_of(const void *data, unsigned session, struct ta_moment *held);

/** Of two sessions that were each taken for the one of a date, the later was held on top of the
 *  plan: where that is the one of `*text`, it gets a date of its own. */
void reconcile_part_dates(char **text, const char *other, reconcile_held_of *held_of,
                          const void *data);

/** Of two dates under which one session was held, the earlier is its date. The later is planned
 *  again where the two had planned it, and goes else. `base` may be NULL. */
void reconcile_unite_dates(char **ours, char **theirs, const char *base);

#endif
