/**
 * What the mentee does ahead of a session: the agenda, and sharing it.
 */
#ifndef TURNABOUT_DESK_AGENDA_H
#define TURNABOUT_DESK_AGENDA_H

#include "turnabout/desk/desk.h"
#include "turnabout/domain/agenda.h"
#include "turnabout/domain/arc.h"
#include "turnabout/domain/carry.h"

struct ta_agenda_state {
    struct ta_agenda agenda;
    char *text;       /**< its paper; NULL: the usual agenda, not written yet */
    int64_t revision; /**< of the draft; 0: none */
    bool shared;      /**< the record has this very agenda */
    bool was_shared;  /**< the record has an agenda for this session */
    char *off_limits; /**< topics of the contract in force, one a line; "" */
    enum ta_arc arc;  /**< where the session stands by the contract in force */
    struct ta_carries
        carried; /**< what the sessions before left behind for it; not in a standing */
    char tip[TA_ID_SIZE];
};

/** The agenda of the next session (or of the one that runs). */
bool ta_desk_agenda(struct ta_desk *desk, const struct ta_pair *pair, struct ta_agenda_state *state,
                    struct ta_error *err);
/** Writes the agenda in the state as the draft. TA_BUSY: it was changed meanwhile. */
bool ta_desk_agenda_save(struct ta_desk *desk, const struct ta_pair *pair,
                         struct ta_agenda_state *state, struct ta_error *err);
/** The whole paper, as it came from an editor. TA_DAMAGED: it is no agenda. TA_BUSY. When it fails,
 *  the state is as it was. */
bool ta_desk_agenda_write(struct ta_desk *desk, const struct ta_pair *pair,
                          struct ta_agenda_state *state, const char *text, struct ta_error *err);
/** Commits it for both to read. TA_REFUSED: the record has this very agenda, or it is empty. */
bool ta_desk_agenda_share(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role as,
                          struct ta_error *err);
void ta_agenda_state_release(struct ta_agenda_state *state);

/** Why not, as a sentence; `item` counts from 1. True for fine. */
bool ta_agenda_refuse(enum ta_agenda_verdict verdict, size_t item, struct ta_error *err);

#endif
