/**
 * The contract screen's state, and how it is drawn: the groups at the left, one of them at the
 * right.
 */
#ifndef TURNABOUT_SRC_TUI_CONTRACT_VIEW_H
#define TURNABOUT_SRC_TUI_CONTRACT_VIEW_H

#include "tall.h"
#include "turnabout/desk/contract.h"
#include "turnabout/desk/seals.h"
#include "turnabout/tui/editor.h"

enum { SIGNATURES = TA_GROUPS }; /**< the row behind the groups */

struct contract {
    struct ta_pair pair;
    struct ta_contract_state state;
    struct ta_seals seals;
    char sealed[TA_ID_SIZE + TA_DIGEST_SIZE]; /**< what they were read of: record and paper */
    bool has_key;                             /**< a key signs, too */
    bool complete[TA_GROUPS];                 /**< of the state: contract_judge() */
    struct ta_list groups;
    struct hits hits;
    bool inside;           /**< the attention is in a clause, not in the list of groups */
    enum ta_clause clause; /**< the clause in hand when inside */
    struct ta_editor field;
    int64_t touched;     /**< instant of the first change that is not saved; 0: none */
    int64_t pressed;     /**< instant of the last one */
    bool refused;        /**< the field as it stands was refused when it was saved last */
    bool leaving;        /**< ... and the person wanted to leave it */
    enum ta_role signer; /**< who signs, and how */
    struct ta_signing signing;
    struct ta_text mine; /**< from the person's editor and not taken; empty: none */
};

/** Sees which groups are complete; after the state was read. */
void contract_judge(struct contract *contract);
void contract_draw(const struct contract *contract, struct ta_surface *surface);

/** Whether a clause takes more than one line. */
bool contract_is_many_lines(enum ta_clause clause);
const char *contract_value(const struct contract *contract, enum ta_clause clause);

#endif
