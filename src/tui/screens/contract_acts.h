/**
 * What the contract screen's files share.
 */
#ifndef TURNABOUT_SRC_TUI_CONTRACT_ACTS_H
#define TURNABOUT_SRC_TUI_CONTRACT_ACTS_H

#include "contract_view.h"
#include "turnabout/tui/screen.h"

/** Reads the contract anew. */
bool contract_refresh(struct ta_face *face, struct contract *contract, struct ta_error *err);
/** Takes a clause in hand. */
void contract_enter(struct contract *contract, enum ta_clause clause);
/** A command: who signs this exact text? What is missing comes first; `state` is a struct
 *  contract. */
void contract_ask_signer(struct ta_face *face, void *state);
/** Says that both signed this very text, and what begins the next version. */
void contract_say_in_force(struct ta_face *face, const struct contract *contract);

#endif
