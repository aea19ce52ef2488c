/**
 * What a coordinator knows of a pair: its dates, counted; its contract; and why it needs a look.
 *
 * Only what the pair released is counted. A reason comes true on a day and stays true until the
 * pair releases something else, so that whoever keeps these days need not count again each morning.
 */
#ifndef TURNABOUT_DOMAIN_ATTENDANCE_H
#define TURNABOUT_DOMAIN_ATTENDANCE_H

#include <stdbool.h>

#include "turnabout/domain/contract.h"
#include "turnabout/domain/meeting.h"

enum ta_need {
    TA_NEED_CONTRACT,  /**< no contract after four weeks */
    TA_NEED_SESSION,   /**< no session in twice the rhythm, and some are still to come */
    TA_NEED_CANCELLED, /**< two dates in a row cancelled by the same of the two (HBR: a couple of
                            cancellations end it) */
    TA_NEED_TOLD,      /**< promises that are done and were not told back (O'Connor, Leeds) */
    TA_NEEDS
};

enum { TA_WEEKS_TO_SIGN = 4, TA_RHYTHMS_MISSED = 2, TA_CANCELLED_IN_A_ROW = 2 };

/** "contract", "session", "cancelled", "told": for programs. */
const char *ta_need_name(enum ta_need need);

struct ta_attendance {
    struct ta_day joined;      /**< when the pair joined the programme */
    struct ta_day read;        /**< when all this was read */
    bool released;             /**< anything came from them at all */
    enum ta_shared level;      /**< what they share; nothing until something came */
    unsigned contract;         /**< the version in force; 0: none that is known of */
    struct ta_day since;       /**< that it is in force; year 0: unknown */
    unsigned planned;          /**< sessions, as agreed; 0: unknown */
    unsigned rhythm;           /**< weeks; 0: unknown */
    bool promises;             /**< how many promises there are is shared */
    unsigned open, done, told; /**< of them; done: and not told back yet */

    /* Of the dates, by ta_attendance_count(). */
    unsigned held, moved;
    unsigned cancelled[TA_ROLES + 1]; /**< by role; TA_NOBODY: neither asked for it, or unsaid */
    struct ta_moment last;            /**< when a session was held last; instant 0: never */
    struct ta_moment next;            /**< the next date; instant 0: none */
    unsigned run;                     /**< dates cancelled in a row by the same of the two */
    enum ta_role run_by;
    struct ta_day run_day; /**< of the one that made it a run; else year 0 */
    char *course;          /**< a letter a date in their order: h held, m moved, c cancelled */
};

/** When a session was really held: the day that is told where it is another than was planned. */
struct ta_moment ta_meeting_held_at(const struct ta_meeting *meeting);

/** Counts the dates into the second half; `course` is the attendance's own. */
void ta_attendance_count(struct ta_attendance *attendance, const struct ta_meetings *meetings);
/** Frees what it holds and zeroes it. */
void ta_attendance_release(struct ta_attendance *attendance);

/** The first day on which there is this reason, as things stand; year 0: none. */
struct ta_day ta_need_from(const struct ta_attendance *attendance, enum ta_need need);
/** The first day on which there is any; year 0: none. */
struct ta_day ta_look_from(const struct ta_attendance *attendance);
/** Whether there is this reason on that day. */
bool ta_needs_look(const struct ta_attendance *attendance, enum ta_need need, struct ta_day today);

#endif
