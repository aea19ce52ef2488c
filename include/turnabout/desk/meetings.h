/**
 * What the two hold each other to: their dates and their promises.
 */
#ifndef TURNABOUT_DESK_MEETINGS_H
#define TURNABOUT_DESK_MEETINGS_H

#include "turnabout/desk/desk.h"
#include "turnabout/domain/meeting.h"
#include "turnabout/domain/promise.h"

bool ta_desk_meetings(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_meetings *meetings, struct ta_error *err);
/** Plans a date and commits it. TA_REFUSED: that date is planned already. */
bool ta_desk_meeting_plan(struct ta_desk *desk, const struct ta_pair *pair, struct ta_moment when,
                          enum ta_role as, struct ta_error *err);

/** Who asked for another date, and why, if they wish to say. */
struct ta_asked {
    enum ta_role by;    /**< TA_NOBODY: neither of the two, or it is not known */
    const char *reason; /**< one line; NULL or "": none */
    bool has_notice;    /**< it was asked earlier than it is written down: `notice` says it */
    unsigned notice;    /**< whole hours before the date */
};

/**
 * Moves a planned date to a new one, or cancels it, and commits that. `id` 0 is the next planned
 * one. How much notice there was is counted from now, unless `asked` says it; of a date that has
 * passed it is not known. TA_ABSENT: no such date. TA_REFUSED: it is not planned any more, or the
 * new one is planned already. TA_WRONG: the new one is past; the reason is no line of text.
 * `before` (may be NULL) receives the date as it now is, for telling; its reason is NULL.
 */
bool ta_desk_meeting_move(struct ta_desk *desk, const struct ta_pair *pair, unsigned id,
                          struct ta_moment to, const struct ta_asked *asked, enum ta_role as,
                          struct ta_meeting *before, struct ta_error *err);
bool ta_desk_meeting_cancel(struct ta_desk *desk, const struct ta_pair *pair, unsigned id,
                            const struct ta_asked *asked, enum ta_role as,
                            struct ta_meeting *before, struct ta_error *err);

/** All promises that were ever made. */
bool ta_desk_promises(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_promises *promises, struct ta_error *err);
/** Those that are not told back yet, and the newest: what a session goes through. */
bool ta_desk_promises_waiting(struct ta_desk *desk, const struct ta_pair *pair,
                              struct ta_promises *promises, struct ta_error *err);

/**
 * Says what became of a promise and commits that, in one commit of its own. Who says so is `as`,
 * else who sits here. TA_ABSENT: no such promise. TA_REFUSED: ta_promise_may() says no.
 */
bool ta_desk_promise_become(struct ta_desk *desk, const struct ta_pair *pair, unsigned id,
                            enum ta_promise_state to, enum ta_role as, struct ta_error *err);

#endif
