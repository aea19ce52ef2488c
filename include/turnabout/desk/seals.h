/**
 * What proves a signature of the contract: beside the typed name, a signature over the exact text
 * by the SSH key of whoever signed.
 *
 * A key is pinned by the first version of contract-signers that has one for its role: from then on
 * that key is meant, whatever is written into the file later. Another key takes its place only with
 * a version of the contract that its owner signs with it first and the other signs after that, by
 * their own pinned key when they have one: so nobody changes keys alone or unseen. A typed name
 * where a key is pinned counts by the same rule, and before it was pinned. A contract that is older
 * than one that a pinned key signed does not count when it is put back.
 */
#ifndef TURNABOUT_DESK_SEALS_H
#define TURNABOUT_DESK_SEALS_H

#include "turnabout/desk/contract.h"
#include "turnabout/document/signers_paper.h"

enum ta_seal_kind { TA_SEAL_NONE, TA_SEAL_TYPED, TA_SEAL_KEY };

/** How one of the two has signed the paper on the desk. */
struct ta_seal {
    enum ta_seal_kind kind; /**< TA_SEAL_NONE: not at all */
    bool valid;             /**< a typed name is, where no key is pinned */
    bool fresh;             /**< not with the pinned key, and waits for the other to sign, too */
    bool unknown;           /**< it could not be verified here: no ssh-keygen */
    char fingerprint[TA_FINGERPRINT_SIZE]; /**< of the key it was made with; "": none */
    char *problem;                         /**< a sentence; NULL: valid */
};

struct ta_seals {
    struct ta_seal of[TA_ROLES];
};

/** Verifies the signatures under the paper that was read. What is wrong with one of them is no
 *  failure; that the record cannot be read is. */
bool ta_desk_seals(struct ta_desk *desk, const struct ta_pair *pair,
                   const struct ta_contract_state *state, struct ta_seals *seals,
                   struct ta_error *err);
void ta_seals_release(struct ta_seals *seals);
/** Both signed, and nothing is wrong with either signature. */
bool ta_seals_hold(const struct ta_seals *seals);

/**
 * Whether what is released may be built on the contract in force: by name alone, or by keys that
 * hold. So it is when none is in force. TA_REFUSED: a signature under it does not hold, or cannot
 * be verified here; the sentence says that nothing is released, and why.
 */
bool ta_desk_contract_is_proved(struct ta_desk *desk, const struct ta_pair *pair,
                                struct ta_error *err);

/** Whether the configured key is the one of whoever has this role: of who sits here, else of the
 *  configured identity; of anybody when neither is known. */
bool ta_desk_key_is_of(const struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role);

#endif
