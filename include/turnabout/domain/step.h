/**
 * The next right step of a pair: what Enter does on the home screen.
 */
#ifndef TURNABOUT_DOMAIN_STEP_H
#define TURNABOUT_DOMAIN_STEP_H

#include <stdbool.h>

#include "turnabout/domain/session.h"

enum ta_step {
    TA_STEP_CONTRACT, /**< draft the contract */
    TA_STEP_SIGN,     /**< it is drafted; signatures are missing */
    TA_STEP_RELEASE,  /**< approve what leaves of the last session, or strike lines */
    TA_STEP_DATE,     /**< set the next date */
    TA_STEP_MISSED,   /**< a date went by without a session: say what became of it */
    TA_STEP_AGENDA,   /**< the mentee sets the agenda */
    TA_STEP_SESSION,  /**< hold the session */
    TA_STEP_LIVE,     /**< a session runs: go there */
    TA_STEP_CLOSE,    /**< a session was left open long after its end: close it */
    TA_STEP_SUMMARY,  /**< finish the summary */
    TA_STEP_COMPLETE, /**< all agreed sessions were held */
};

/** What the step follows from. */
struct ta_step_facts {
    bool contract_in_force;
    bool contract_ready; /**< a draft that could be signed, touched by somebody */
    bool release_waits;  /**< words of the last session wait for who sits here */
    bool date_set;
    bool date_missed; /**< the date that is set has gone by */
    bool agenda_shared;
    bool agenda_late;      /**< the contract asked for it earlier */
    unsigned held, agreed; /**< sessions */
    enum ta_session_state session;
    int64_t left; /**< seconds, when a session runs; negative over time */
};

enum { TA_SECONDS_LEFT_OPEN = 2 * 60 * 60 }; /**< over time for so long: it was forgotten */

/** An open session comes first, then what is missing in the order above. What waits to be released
 *  is no step any more once the next agenda is shared or late, or when a date went by: nobody is
 *  held up by it. */
enum ta_step ta_step_next(const struct ta_step_facts *facts);

#endif
