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

/** One more than the highest id; 1 for none. */
unsigned ta_promises_next_id(const struct ta_promises *promises);
/** Copies the promise to the end. */
void ta_promises_add(struct ta_promises *promises, const struct ta_promise *promise);
void ta_promise_release(struct ta_promise *promise);
void ta_promises_release(struct ta_promises *promises);

#endif
