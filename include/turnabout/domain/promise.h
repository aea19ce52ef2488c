/**
 * A promise (action item): somebody will do something until a day. It stays open until it is done
 * and told back to the other.
 */
#ifndef TURNABOUT_DOMAIN_PROMISE_H
#define TURNABOUT_DOMAIN_PROMISE_H

#include <stddef.h>

#include "turnabout/base/date.h"
#include "turnabout/domain/pair.h"

enum ta_promise_state { TA_PROMISE_OPEN, TA_PROMISE_DONE, TA_PROMISE_TOLD };

struct ta_promise {
    unsigned id;        /**< P7; 0 while it has none */
    enum ta_role owner; /**< TA_NOBODY: a name that is neither of the two, kept in `named` */
    char *named;        /**< the owner's name as written in the document; NULL: the owner's */
    char *text;
    struct ta_day due; /**< year 0: no day */
    enum ta_promise_state state;
    unsigned session; /**< it came from; 0: none */
    struct ta_day done;
    struct ta_day told;
};

struct ta_promises {
    struct ta_promise *items;
    size_t count;
};

/**
 * Understands "Dana: ask juniors first by 1 Dec": a name of the pair before a colon is the owner
 * (none: the mentee, who drives), a day at the end after "by", "until", "due" or "on", or "in 2
 * weeks", is the due day; it may stand in parentheses. What is left is the text, and something is
 * always left of a line that is not blank. Fills owner, text, due; writes the rest zero.
 */
void ta_promise_understand(struct ta_promise *promise, struct ta_piece line,
                           const struct ta_pair *pair, struct ta_day today);

const char *ta_promise_state_name(enum ta_promise_state state); /**< "open", "done", "told" */

/** Open, and its day is before today. */
bool ta_promise_is_overdue(const struct ta_promise *promise, struct ta_day today);

enum ta_promise_verdict {
    TA_PROMISE_FINE,
    TA_PROMISE_SO_ALREADY,   /**< it is in that state */
    TA_PROMISE_NOT_DONE,     /**< told back before it was done */
    TA_PROMISE_WAS_TOLD,     /**< open again, though it was told back */
    TA_PROMISE_NOT_THEIRS,   /**< only the one it was promised to can say that it was told back */
    TA_PROMISE_WHO_IS_ASKED, /**< the same, and it is not known who says so */
};

/**
 * Whether `who` may bring a promise from its state into another: open, done, told back, a step at a
 * time, and each step can be taken back. Either of the two says that it is done. That it was told
 * back can only be said (and taken back) by the one it was promised to, the other of its owner, for
 * "a talk without next steps is demotivating" (O'Connor, Leeds): the owner alone does not end it.
 */
enum ta_promise_verdict ta_promise_may(const struct ta_promise *promise, enum ta_promise_state to,
                                       enum ta_role who);
/** Brings it there, on that day. */
void ta_promise_become(struct ta_promise *promise, enum ta_promise_state to, struct ta_day today);

/** The promise with this id; NULL: there is none. */
const struct ta_promise *ta_promises_find(const struct ta_promises *promises, unsigned id);
/** One more than the highest id; 1 for none. */
unsigned ta_promises_next_id(const struct ta_promises *promises);
/** Copies the promise to the end. */
void ta_promises_add(struct ta_promises *promises, const struct ta_promise *promise);
void ta_promise_release(struct ta_promise *promise);
void ta_promises_release(struct ta_promises *promises);

#endif
