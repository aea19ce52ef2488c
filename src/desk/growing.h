/**
 * meetings.md and promises.md on their way into a commit. They grow with every session, so each is
 * held twice: whole, to be written back with one entry changed, and abridged as the index has it
 * (ta_meetings_abridge()), to be understood. So a commit costs nearly the same after a thousand
 * sessions.
 */
#ifndef TURNABOUT_SRC_DESK_GROWING_H
#define TURNABOUT_SRC_DESK_GROWING_H

#include "papers.h"

struct growing {
    char *whole; /**< NULL: no such file yet */
    char *brief; /**< NULL with it; no longer abridged when entries were put in */
};

/** Zero it first; on failure, too, it is to be released. */
bool growing_read(struct growing *growing, const struct papers *papers, const char *document,
                  struct ta_error *err);
void growing_release(struct growing *growing);

bool growing_put_meeting(struct growing *meetings, const struct ta_meeting *meeting,
                         struct ta_error *err);
bool growing_put_promise(struct growing *promises, const struct ta_promise *promise,
                         const struct ta_pair *pair, struct ta_error *err);

#endif
