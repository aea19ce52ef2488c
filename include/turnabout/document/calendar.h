/**
 * Meetings as a calendar file (RFC 5545), for any calendar program.
 *
 * Each date that was planned, with all it was moved to, is one event. Its UID is made from the pair
 * and the id of the first date, so that a calendar that read the file before finds the event again:
 * a move or a cancellation is the same UID with a higher SEQUENCE. Dates that are only the rhythm's
 * are one more event, tentative and repeated, which gets shorter with each date that is planned.
 * Planned dates are in UTC, which every calendar knows; the rhythm, which must keep its time of day
 * across a change of daylight saving, is in the zone of this machine, written out.
 */
#ifndef TURNABOUT_DOCUMENT_CALENDAR_H
#define TURNABOUT_DOCUMENT_CALENDAR_H

#include "turnabout/base/zone.h"
#include "turnabout/domain/meeting.h"

struct ta_calendar_source {
    const struct ta_pair *pair;
    const char *id; /**< of the pair, the same on both machines: ASCII without blanks */
    const struct ta_meetings *meetings;
    const char *place; /**< of the contract; "" when there is none */
    unsigned minutes;  /**< how long a session is */
    unsigned lead;     /**< hours by which the agenda is there: the alarm; 0: no alarm */
    unsigned weeks;    /**< the rhythm */
    unsigned agreed;   /**< number of sessions */
    unsigned version;  /**< of the contract in force; 0: none is yet */
    int64_t now;
    bool all;    /**< every date that was ever planned, not only the next */
    bool rhythm; /**< all that are planned, and those that the rhythm gives */
};

/**
 * Appends the file. False, and nothing is written: there is no date to write. When none is planned
 * and the last was cancelled, the file takes that one out of the calendar (METHOD:CANCEL).
 * `zone` is that of the rhythm, from before its first date to behind its last; else NULL is fine.
 */
bool ta_calendar_write(struct ta_text *out, const struct ta_calendar_source *source,
                       const struct ta_zone *zone);

/** How many dates the rhythm still gives, and the first of them; 0: none. */
unsigned ta_calendar_rhythm(const struct ta_calendar_source *source, struct ta_moment *first);

#endif
