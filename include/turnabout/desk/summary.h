/**
 * What the mentee does after a session: the summary, and committing it.
 */
#ifndef TURNABOUT_DESK_SUMMARY_H
#define TURNABOUT_DESK_SUMMARY_H

#include "turnabout/desk/desk.h"
#include "turnabout/domain/summary.h"

struct ta_summary_state {
    unsigned session;
    char *text;                /**< the paper */
    struct ta_summary summary; /**< understood */
    bool committed;
    int64_t revision;          /**< of the draft; 0: as made from the notes, or committed */
    int64_t sitting;           /**< it is made from; 0: committed */
    char *joined;              /**< the summary of this session that is in the record already, from
                                    another machine, and is in `text`; NULL: there is none */
    char *agenda;              /**< the paper it was held by; NULL: committed */
    char *off_limits;          /**< topics of the contract in force, one a line; "" */
    struct ta_moment proposed; /**< next date by the rhythm; instant 0: none, or one is planned */
    char tip[TA_ID_SIZE];
};

/** Of a session by number; 0: the one that waits, else the last committed. TA_ABSENT: there is
 * none. TA_REFUSED: the session still runs. */
bool ta_desk_summary(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                     struct ta_summary_state *state, struct ta_error *err);
void ta_summary_state_release(struct ta_summary_state *state);

/** The changes below write the draft and read the state anew. TA_BUSY: it was changed meanwhile.
 *  TA_REFUSED: it is committed. */
bool ta_desk_summary_set_title(struct ta_desk *desk, const struct ta_pair *pair,
                               struct ta_summary_state *state, const char *title,
                               struct ta_error *err);
/** `line` NULL strikes it, `index` == count adds one. TA_WRONG. */
bool ta_desk_summary_set_line(struct ta_desk *desk, const struct ta_pair *pair,
                              struct ta_summary_state *state, enum ta_summary_section section,
                              size_t index, const char *line, struct ta_error *err);
bool ta_desk_summary_write(struct ta_desk *desk, const struct ta_pair *pair,
                           struct ta_summary_state *state, const char *text, struct ta_error *err);

/**
 * Commits the summary with what follows from it, in one commit: summary.md, agenda.md as it was
 * held, meetings.md (this one held, `next` planned unless it is NULL or planned), promises.md,
 * README.md. TA_BUSY: the summary, its notes or the record were changed meanwhile. TA_REFUSED: it
 * is committed.
 */
bool ta_desk_summary_commit(struct ta_desk *desk, const struct ta_pair *pair,
                            struct ta_summary_state *state, const struct ta_moment *next,
                            enum ta_role as, struct ta_error *err);

#endif
