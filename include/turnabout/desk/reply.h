/**
 * The mentor's reply to the mentee's summary of a session: their own words, a document beside it
 * that both read. It is in the record only; no mail, no release has it.
 */
#ifndef TURNABOUT_DESK_REPLY_H
#define TURNABOUT_DESK_REPLY_H

#include "turnabout/desk/desk.h"

enum { TA_REPLY_LONGEST = 100000 }; /**< bytes of its words */

struct ta_reply_state {
    unsigned session;
    char *title;      /**< of the session */
    char *words;      /**< as they stand on the desk: draft, else as committed; "": none yet */
    char *paper;      /**< the document as committed; NULL: none yet */
    char *trouble;    /**< why that cannot be read: what is written takes its place; NULL: it can */
    bool drafted;     /**< the words differ from those that are committed */
    bool may_write;   /**< who asks is the mentor; the mentee reads what is committed */
    int64_t revision; /**< of the draft; 0: none */
    char *off_limits; /**< topics of the contract in force, one a line; "" */
    char tip[TA_ID_SIZE];
};

/** To a session by number; 0: the last. `as`: who asks, else who sits here, else the mentor.
 *  TA_ABSENT: it has no summary in the record. TA_DAMAGED: the reply in it cannot be read, and who
 * asks does not write it. */
bool ta_desk_reply(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                   enum ta_role as, struct ta_reply_state *state, struct ta_error *err);
void ta_reply_state_release(struct ta_reply_state *state);

/** Other words, as a draft, without blanks at their ends; none, too. TA_REFUSED: the mentee does
 * not write it. TA_WRONG: it is no text, or too long. TA_BUSY: it was changed meanwhile. */
bool ta_desk_reply_write(struct ta_desk *desk, const struct ta_pair *pair,
                         struct ta_reply_state *state, const char *words, struct ta_error *err);

/** Commits the words on the desk as sessions/NN/reply.md. TA_WRONG: there are none. TA_REFUSED:
 * they are committed, or as above. TA_BUSY. */
bool ta_desk_reply_commit(struct ta_desk *desk, const struct ta_pair *pair,
                          struct ta_reply_state *state, struct ta_error *err);

#endif
