/**
 * sessions/NN/agenda.md
 *
 *     ---
 *     turnabout: agenda/1
 *     session: 3
 *     minutes: 45
 *     ---
 *     # Agenda for session 3
 *
 *     1. Check-in (3 min)
 *     2. Who speaks first (25 min)
 *        From session 2.
 *        Dana: after Monday's review I counted.
 */
#ifndef TURNABOUT_DOCUMENT_AGENDA_PAPER_H
#define TURNABOUT_DOCUMENT_AGENDA_PAPER_H

#include "turnabout/base/error.h"
#include "turnabout/domain/agenda.h"

/**
 * `text` with its list replaced by the items of `agenda`, front matter values set, everything else
 * kept; NULL: a fresh paper. Free `*out` with free().
 */
bool ta_agenda_paper_write(char **out, const char *text, const struct ta_agenda *agenda,
                           struct ta_error *err);
/** An item without minutes counts 5. TA_DAMAGED. */
bool ta_agenda_paper_read(struct ta_agenda *agenda, const char *text, struct ta_error *err);

#endif
