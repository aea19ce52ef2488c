/**
 * The arc over a pair's sessions: the first is for rapport, confidentiality and expectations; one
 * in the middle reads contract and goals again; the last looks back and says what stays. And what
 * the contract asks for between two of them.
 */
#ifndef TURNABOUT_DOMAIN_ARC_H
#define TURNABOUT_DOMAIN_ARC_H

#include <stdbool.h>
#include <stdint.h>

#include "turnabout/base/text.h"

enum ta_arc { TA_ARC_ANY, TA_ARC_FIRST, TA_ARC_MIDDLE, TA_ARC_LAST, TA_ARCS };

/** "any", "first", "middle", "last" */
const char *ta_arc_name(enum ta_arc arc);
/** By name. False: it is none. */
bool ta_arc_find(enum ta_arc *arc, struct ta_piece name);

/** Where a session stands, by the contract's review point and number of sessions. What is both
 *  first and last is first; a review at the last session is part of looking back. */
enum ta_arc ta_arc_of(unsigned session, unsigned review, unsigned agreed);

/** What the contract asks for before the next date. */
enum ta_reminder {
    TA_REMIND_NOTHING,
    TA_REMIND_AGENDA,      /**< the agenda is due at `*due` */
    TA_REMIND_AGENDA_LATE, /**< it was due at `*due` and is not shared */
    TA_REMIND_NOTICE,      /**< who cancels now gives less notice than was agreed */
};

struct ta_reminder_facts {
    int64_t meeting;       /**< instant of the next date; 0: none */
    unsigned lead, notice; /**< hours, as agreed */
    bool shared;           /**< the record has the agenda */
};

/** At an instant; nothing once the date has come. A late agenda comes before the notice, for there
 *  is something to be done about it. `*due` is set for the first two. */
enum ta_reminder ta_remind(const struct ta_reminder_facts *facts, int64_t now, int64_t *due);

#endif
