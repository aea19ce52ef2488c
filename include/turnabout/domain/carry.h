/**
 * What the sessions before left behind for the next agenda: questions without an answer, items that
 * were never reached, and promises that are not told back. Offered, never put there by itself.
 *
 * A question or an item is offered until an agenda since has taken it up (as an item or in talking
 * notes) or set it aside; one that was taken up and not reached is an item that was never reached.
 * A promise is offered anew for every agenda until it is told back.
 */
#ifndef TURNABOUT_DOMAIN_CARRY_H
#define TURNABOUT_DOMAIN_CARRY_H

#include "turnabout/domain/agenda.h"
#include "turnabout/domain/promise.h"
#include "turnabout/domain/summary.h"

/** So many sessions back is looked: six are a usual arc. What was offered six times and never
 *  taken has been answered by that. */
enum { TA_CARRY_BACK = 6 };

enum ta_carry_kind { TA_CARRY_QUESTION, TA_CARRY_ITEM, TA_CARRY_PROMISE, TA_CARRY_KINDS };

const char *ta_carry_kind_name(enum ta_carry_kind kind); /**< "question", "item", "promise" */

struct ta_carry {
    enum ta_carry_kind kind;
    char *text;       /**< one line; of a promise "Dana: ask juniors first" */
    char *origin;     /**< "session 2" */
    char *notes;      /**< an item's talking notes; NULL: none */
    unsigned minutes; /**< an item's; else 0 */
    struct ta_day due;
    bool done; /**< a promise that waits to be told back */
};

struct ta_carries {
    struct ta_carry *items; /**< questions, items, promises; of the first two the newest first */
    size_t count;
};

/** A session that was held, as the record has it; zeroed where it has nothing. */
struct ta_past {
    struct ta_agenda agenda;
    struct ta_summary summary;
};

/** Adds the questions and the items that were never reached (no time and no note, and not one of
 *  the usual agenda), for an agenda; `pasts` come newest first. */
void ta_carry_over(struct ta_carries *carries, const struct ta_past *pasts, size_t count,
                   const struct ta_agenda *agenda);
/** Adds the promises. */
void ta_carry_promises(struct ta_carries *carries, const struct ta_promises *promises,
                       const struct ta_pair *pair, const struct ta_agenda *agenda);
void ta_carries_release(struct ta_carries *carries);

/**
 * Takes one in: as an item with its origin; a promise as a talking note where the usual agenda goes
 * through the last commitments, else as an item. `*at` is the item.
 */
enum ta_agenda_verdict ta_carry_take(struct ta_agenda *agenda, const struct ta_carry *carry,
                                     size_t *at);

#endif
