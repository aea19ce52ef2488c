/**
 * A contract's signature by key, made before the commit that it belongs to.
 */
#ifndef TURNABOUT_SRC_DESK_SEALING_H
#define TURNABOUT_SRC_DESK_SEALING_H

#include "turnabout/desk/contract.h"

/** What of the commit belongs to it. */
struct sealing {
    char *path;
    char *signature; /**< NULL: typed; one that stands at the path goes */
    char *signers;   /**< contract-signers with a key that was not in it; NULL: stays as it is */
};

/** Signs the paper that was read, as a role; with nothing to sign with, only `path` is set. Fails
 *  also when the other's signature under it does not hold. Nothing is written yet. */
bool sealing_make(struct ta_desk *desk, const struct ta_pair *pair,
                  const struct ta_contract_state *state, enum ta_role role,
                  struct ta_signing *signing, struct sealing *sealing, struct ta_error *err);
void sealing_release(struct sealing *sealing);

#endif
