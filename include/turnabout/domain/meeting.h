/**
 * A meeting: a planned date and what became of it.
 */
#ifndef TURNABOUT_DOMAIN_MEETING_H
#define TURNABOUT_DOMAIN_MEETING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/date.h"
#include "turnabout/domain/pair.h"

enum ta_meeting_state {
    TA_MEETING_PLANNED,
    TA_MEETING_HELD,
    TA_MEETING_MOVED,
    TA_MEETING_CANCELLED,
};

struct ta_meeting {
    unsigned id; /**< M3 */
    struct ta_moment when;
    enum ta_meeting_state state;
    unsigned session;   /**< held: which session; else 0 */
    unsigned minutes;   /**< held: how long; else 0 */
    struct ta_day late; /**< held: on a later day than planned, this one; else year 0 */
    enum ta_role by;    /**< moved, cancelled: who asked; else TA_NOBODY */
    bool has_notice;    /**< moved, cancelled: it is known how long before it was asked */
    unsigned notice;    /**< so many whole hours; 0: less than one, or not before */
    unsigned moved_to;  /**< moved: the meeting that took its place; else 0 */
    char *reason;       /**< moved, cancelled: a word if they wish; may be NULL */
};

struct ta_meetings {
    struct ta_meeting *items; /**< in the order they were planned */
    size_t count;
};

const char *ta_meeting_state_name(enum ta_meeting_state state);

/** One more than the highest id; 1 for none. */
unsigned ta_meetings_next_id(const struct ta_meetings *meetings);
/** The earliest that is planned, past ones included; NULL: none. */
const struct ta_meeting *ta_meetings_next(const struct ta_meetings *meetings);
/** One that is planned less than half a rhythm of `weeks` after the next: each of the two may have
 *  set one on a machine of their own. The earliest such; NULL: none. */
const struct ta_meeting *ta_meetings_crowded(const struct ta_meetings *meetings, unsigned weeks);
/** The one planned for this very instant; NULL: none. */
const struct ta_meeting *ta_meetings_planned_at(const struct ta_meetings *meetings,
                                                int64_t instant);
/** The planned one that a session was which began at `held`: the nearest, but none that lies more
 *  than a day ahead, for then it was held on top of the plan. NULL: none. */
const struct ta_meeting *ta_meetings_nearest(const struct ta_meetings *meetings,
                                             struct ta_moment held);
/** The planned one with this id; 0: the next. NULL: none. */
const struct ta_meeting *ta_meetings_planned(const struct ta_meetings *meetings, unsigned id);

enum {
    TA_SECONDS_MISSED = 2 * 60 * 60
}; /**< so long after its time it did not happen as planned */

/** The next planned one, when its time has gone by; NULL: it has not, or there is none. */
const struct ta_meeting *ta_meetings_missed(const struct ta_meetings *meetings, int64_t now);

/** The whole hours from `asked` until `when`; 0 when it was asked later. */
unsigned ta_meeting_notice(struct ta_moment when, int64_t asked);

/**
 * How many dates in a row, since the last that was held, were moved or cancelled because the same
 * of the two asked; who that is goes to `by` (TA_NOBODY with 0). Dates that neither asked about do
 * not end the row. A couple of cancellations end many a pair (HBR): from two on one may say so.
 */
unsigned ta_meetings_run(const struct ta_meetings *meetings, enum ta_role *by);

/** Copies the meeting to the end. */
void ta_meetings_add(struct ta_meetings *meetings, const struct ta_meeting *meeting);
void ta_meetings_release(struct ta_meetings *meetings);

/**
 * The date the contract's rhythm proposes: `weeks` after the last, at the same time of day, moved
 * on to Monday when it falls on a weekend; where that is in the past of `now`, as many rhythms more
 * as it takes.
 */
struct ta_moment ta_rhythm_next(struct ta_moment last, unsigned weeks, int64_t now);

/** The date to propose for one more meeting: by the rhythm, after the last of all dates there were.
 *  Without any: a week from `today`, at ten, not on a weekend. */
struct ta_moment ta_meetings_propose(const struct ta_meetings *meetings, unsigned weeks,
                                     struct ta_moment now);

#endif
