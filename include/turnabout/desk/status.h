/**
 * What the clock of a session says, for status bars that ask every second and have no desk at hand.
 *
 * Nothing is kept for them beside the database, so nothing can be stale: the events are read, and
 * what is left follows from them and from now, also right after a kill. How the database is read
 * without being in anybody's way, and in a folder that may not be written to, says ta_store_peek().
 */
#ifndef TURNABOUT_DESK_STATUS_H
#define TURNABOUT_DESK_STATUS_H

#include "turnabout/desk/desk.h"
#include "turnabout/domain/agenda.h"
#include "turnabout/store/sessions.h"

struct ta_status {
    struct ta_pair pair;
    struct ta_sitting sitting; /**< the one in hand, without its notes; id 0: none is */
    struct ta_agenda agenda;   /**< as it was when the session started */
    struct ta_reading reading;
    size_t notes; /**< how many stand, mine too */
};

/** Of the pair with this slug, or (NULL) of the one in hand. `lookup` is getenv() or a test's own.
 *  Where the quick way does not do, the desk is opened as for any command. TA_ABSENT. */
bool ta_desk_status(struct ta_status *status, char *(*lookup)(const char *name), const char *slug,
                    struct ta_error *err);
void ta_status_release(struct ta_status *status);

#endif
