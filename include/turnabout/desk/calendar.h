/**
 * The pair's dates for a calendar program: document/calendar.h says how.
 */
#ifndef TURNABOUT_DESK_CALENDAR_H
#define TURNABOUT_DESK_CALENDAR_H

#include "turnabout/desk/desk.h"

enum ta_calendar_part {
    TA_CALENDAR_NEXT = 0,   /**< the next date; none planned: the cancellation of the last */
    TA_CALENDAR_RHYTHM = 1, /**< all that are planned, and those that the rhythm gives */
    TA_CALENDAR_ALL = 2,    /**< also those that were held, and those that were cancelled */
};

/** Appends the file; `parts` adds up what it is to have. TA_ABSENT: no date was set yet. */
bool ta_desk_calendar(struct ta_desk *desk, const struct ta_pair *pair, unsigned parts,
                      struct ta_text *out, struct ta_error *err);

#endif
