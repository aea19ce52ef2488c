/**
 * The summary that waits: what was caught on this machine, with what the other wrote down of the
 * same session meanwhile on theirs.
 */
#ifndef TURNABOUT_SRC_DESK_WAITING_H
#define TURNABOUT_SRC_DESK_WAITING_H

#include "papers.h"
#include "turnabout/desk/summary.h"

struct waiting {
    char *text;       /**< the draft, or made from the notes; `committed` is in it */
    char *committed;  /**< what the record has of the session; NULL: nothing */
    int64_t revision; /**< of the draft; 0: there is none */
};

/** Of a session that has ended. */
bool waiting_read(struct papers *papers, const struct ta_live *live, struct waiting *waiting,
                  struct ta_error *err);
void waiting_release(struct waiting *waiting);

/** Whether nothing waits: the session is committed, or all that was caught in it is in the summary
 *  that came from the other machine. */
bool waiting_is_over(struct papers *papers, const struct ta_live *live, bool *is_over,
                     struct ta_error *err);

/** Remembers what the draft has in it, so that it is not put there once more. */
bool waiting_keep_joined(struct ta_desk *desk, const struct ta_pair *pair,
                         const struct ta_summary_state *state, struct ta_error *err);

#endif
