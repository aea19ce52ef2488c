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
    unsigned session;  /**< held: which session; else 0 */
    unsigned minutes;  /**< held: how long; else 0 */
    enum ta_role by;   /**< moved, cancelled: who asked; else TA_NOBODY */
    unsigned moved_to; /**< moved: the meeting that took its place; else 0 */
    char *reason;      /**< moved, cancelled: a word if they wish; may be NULL */
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
/** The one planned for this very instant; NULL: none. */
const struct ta_meeting *ta_meetings_planned_at(const struct ta_meetings *meetings,
                                                int64_t instant);
/** The planned one that a session was which began at `held`: the nearest, but none that lies more
 *  than a day ahead, for then it was held on top of the plan. NULL: none. */
const struct ta_meeting *ta_meetings_nearest(const struct ta_meetings *meetings,
                                             struct ta_moment held);
/** Copies the meeting to the end. */
void ta_meetings_add(struct ta_meetings *meetings, const struct ta_meeting *meeting);
void ta_meetings_release(struct ta_meetings *meetings);

/**
 * The date the contract's rhythm proposes: `weeks` after the last, at the same time of day, moved
 * on to Monday when it falls on a weekend; where that is in the past of `now`, as many rhythms more
 * as it takes.
 */
struct ta_moment ta_rhythm_next(struct ta_moment last, unsigned weeks, int64_t now);

#endif
