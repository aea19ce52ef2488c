/**
 * Where a pair stands: everything the home screen shows, read at once.
 */
#ifndef TURNABOUT_DESK_STANDING_H
#define TURNABOUT_DESK_STANDING_H

#include "turnabout/desk/agenda.h"
#include "turnabout/desk/contract.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/desk/session.h"
#include "turnabout/domain/step.h"

struct ta_standing {
    struct ta_contract_state contract;
    struct ta_meetings meetings; /**< the newest, those that are planned, the last that was held */
    struct ta_promises promises; /**< those that are not told back, and the newest */
    struct ta_summary last;      /**< session 0: none was held yet */
    char *reply; /**< the first line of what the mentor says to it; NULL: they did not yet */
    struct ta_agenda_state agenda;
    struct ta_live live;
    unsigned held, agreed;
    enum ta_step step;
    enum ta_reminder reminder; /**< what the contract in force asks for before the next date */
    struct ta_moment due;      /**< of the agenda, when that is what it asks for */
    bool review;               /**< the session to come, or the last, is the one that reads the
                                    contract again, and no amendment is begun */
};

bool ta_desk_standing(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_standing *standing, struct ta_error *err);
void ta_standing_release(struct ta_standing *standing);

/** What the next step is, in words: "Dana sets the agenda for session 3". Appends. */
void ta_standing_say_step(struct ta_text *out, const struct ta_pair *pair,
                          const struct ta_standing *standing);
/** What the contract asks for, in a sentence: "The agenda is due by Mon 23 Nov 10:00". Appends, or
 *  not when it asks for nothing. */
void ta_standing_say_reminder(struct ta_text *out, const struct ta_standing *standing);

enum { TA_RUN_LEAST = 2 }; /**< dates in a row that one of the two could not keep */

/** The same of such a row, gently; nothing when there is none. */
void ta_standing_say_run(struct ta_text *out, const struct ta_pair *pair,
                         const struct ta_standing *standing);

#endif
