/**
 * Sessions that are not in the record yet have numbers that others may have taken there meanwhile.
 */
#ifndef TURNABOUT_SRC_DESK_NUMBERS_H
#define TURNABOUT_SRC_DESK_NUMBERS_H

#include "turnabout/desk/desk.h"
#include "turnabout/store/index.h"

/**
 * What this machine keeps by a session's number follows the record: `news` is about to come into
 * the index. A session that is open here stays what it is where the one that comes is the same
 * conversation, held at about that time; else it gets the number of the one that is, or the next
 * that is free. Nothing is lost when it is done twice.
 */
bool numbers_follow(struct ta_desk *desk, const struct ta_pair *pair, const struct ta_indexed *news,
                    size_t count, struct ta_error *err);

/** The number of a session by the path of its summary; 0: it is another document. */
unsigned numbers_of_summary(const char *path);

#endif
