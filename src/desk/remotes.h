/**
 * The remotes of a pair beside the database: a file in the pair's folder has them, too, so that
 * they are there again when the database was lost.
 */
#ifndef TURNABOUT_SRC_DESK_REMOTES_H
#define TURNABOUT_SRC_DESK_REMOTES_H

#include "turnabout/desk/sync.h"
#include "turnabout/ledger/place.h"

/** Puts what the file has into the store. What cannot be read or used is left out. */
void remotes_take_back(struct ta_desk *desk, const struct ta_pair *pair);

/** Whether an address may be kept: one that git can use, without a password. TA_WRONG. */
bool remote_is_usable(const char *url, struct ta_error *err);

/** The pair that has this place as one of its remotes; free with free(). NULL: none has. */
char *remote_user(struct ta_desk *desk, const char *url, enum ta_remote *remote);

/** Whether an address leads out of the folders where the program keeps its own repositories:
 *  what lies in there is nobody's remote. `rewrites` may be NULL. TA_REFUSED. */
bool remote_is_elsewhere(const struct ta_desk *desk, const struct ta_rewrites *rewrites,
                         const char *url, struct ta_error *err);

/**
 * Whether no other remote of any pair here leads to the place that this one of the pair is to have,
 * or has, and it leads out of the program's own folder; git is asked for its rules. TA_REFUSED.
 */
bool remote_is_free(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                    const char *url, struct ta_error *err);

#endif
