/**
 * The record never reaches the place of what is released: that is seen to again at every sync,
 * since a link, a rule of git or a name of a host can make two places one at any time.
 */
#ifndef TURNABOUT_SRC_DESK_APART_H
#define TURNABOUT_SRC_DESK_APART_H

#include "syncing.h"

/** Whether the two addresses are two places outside of the program's own folder, as far as they
 * tell by themselves. TA_REFUSED. */
bool apart_by_address(const struct syncing *syncing, struct ta_error *err);

/** The same with git's own rules, and of all pairs here: before a remote is sent anything. */
bool apart_by_rules(const struct syncing *syncing, enum ta_remote remote, struct ta_error *err);

/**
 * Looks there, before the record is sent: `theirs` is what its remote has, "": nothing. Where both
 * are empty, what is released goes first, be it that nothing is: were they one place, the record
 * would not find it empty any more. TA_REFUSED, or what the transport says.
 */
bool apart_by_looking(struct syncing *syncing, const char *theirs, struct ta_error *err);

/** Whether the commit that the record's remote has is none that this pair released. TA_REFUSED. */
bool apart_by_history(const struct syncing *syncing, const char *theirs, struct ta_error *err);

/** Whether a commit that is here is of the record's own history. */
bool apart_is_record(const struct syncing *syncing, const char *commit);

#endif
