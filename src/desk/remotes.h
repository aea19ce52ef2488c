/**
 * The remotes of a pair beside the database: a file in the pair's folder has them, too, so that
 * they are there again when the database was lost.
 */
#ifndef TURNABOUT_SRC_DESK_REMOTES_H
#define TURNABOUT_SRC_DESK_REMOTES_H

#include "turnabout/desk/sync.h"

/** Puts what the file has into the store. What cannot be read or used is left out. */
void remotes_take_back(struct ta_desk *desk, const struct ta_pair *pair);

/** Whether an address may be kept: one that git can use, without a password. TA_WRONG. */
bool remote_is_usable(const char *url, struct ta_error *err);

/** The pair that has this place as one of its remotes; free with free(). NULL: none has. */
char *remote_user(struct ta_desk *desk, const char *url, enum ta_remote *remote);

/**
 * Whether no other remote of any pair here leads to the place that this one of the pair is to have,
 * or has; git is asked for its rules. TA_REFUSED.
 */
bool remote_is_free(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                    const char *url, struct ta_error *err);

#endif
