/**
 * What the two do with their contract: draft it, sign it, change it and sign again.
 */
#ifndef TURNABOUT_DESK_CONTRACT_H
#define TURNABOUT_DESK_CONTRACT_H

#include "turnabout/base/compare.h"
#include "turnabout/desk/desk.h"
#include "turnabout/domain/contract.h"

/**
 * The contract as it stands: the paper on the desk, and the one in force.
 *
 * In force is contract.md when both signed this very text; one that was changed by hand since is a
 * draft of the next version. A draft that both signed is none: a program that was killed left it.
 */
struct ta_contract_state {
    char *paper;                 /**< the text on the desk: draft, else proposal, else in force */
    struct ta_contract contract; /**< its values */
    char digest[TA_DIGEST_SIZE]; /**< of the paper */
    char *in_force;              /**< the text in force; NULL: none */
    unsigned version_in_force;   /**< 0: none */
    unsigned next_version;       /**< that the next paper both sign will have */
    bool outdated;  /**< the paper was drafted before the last one was signed by both */
    char *proposed; /**< the text that one has signed; NULL: none waits */
    struct ta_signatures signatures;
    const struct ta_signature *signed_by[TA_ROLES]; /**< over this very paper; NULL: not yet */
    bool drafted;     /**< somebody wrote something: the paper is no mere preset */
    int64_t revision; /**< of the draft in the store; 0: none */
    char tip[TA_ID_SIZE];
};

bool ta_desk_contract(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_contract_state *state, struct ta_error *err);
/** The same of the contract in force, whatever is drafted or proposed; `in_force` NULL: none is,
 * and the rest says nothing. */
bool ta_desk_contract_in_force(struct ta_desk *desk, const struct ta_pair *pair,
                               struct ta_contract_state *state, struct ta_error *err);
void ta_contract_state_release(struct ta_contract_state *state);
/** The paper on the desk is the one both signed. */
bool ta_contract_state_in_force(const struct ta_contract_state *state);

/** Whether the paper on the desk may be signed and changed as it is. TA_REFUSED: it is outdated. */
bool ta_contract_is_current(const struct ta_contract_state *state, struct ta_error *err);

/** Why a value cannot stand in a clause, as a sentence. Returns false, always. */
bool ta_clause_refuse(enum ta_clause clause, enum ta_clause_verdict verdict, struct ta_error *err);

/** Puts a value as typed into a clause of the draft. The first change after both signed begins the
 *  next version. TA_WRONG. TA_REFUSED: the draft is outdated. */
bool ta_desk_contract_set(struct ta_desk *desk, const struct ta_pair *pair, enum ta_clause clause,
                          const char *typed, struct ta_error *err);
/**
 * The whole paper, as it came from an editor; `read` is the state the editor began with. A draft
 * that was outdated is so no longer. TA_WRONG, TA_DAMAGED: a clause's value is not allowed, or it
 * is no contract. TA_BUSY: it was changed or signed meanwhile.
 */
bool ta_desk_contract_write(struct ta_desk *desk, const struct ta_pair *pair,
                            const struct ta_contract_state *read, const char *text,
                            struct ta_error *err);

/** What somebody may do who was refused, when they mean it. */
enum ta_sign_instead { TA_INSTEAD_NOTHING, TA_INSTEAD_TYPED, TA_INSTEAD_NEW_KEY };

/** How somebody signs. */
struct ta_signing {
    bool typed;   /**< with the name alone, also where a key is configured */
    bool new_key; /**< another key than the pinned one is meant, one's own or the other's */
    /** Lends the terminal in its ordinary state for a passphrase, and takes it back; NULL: nobody
     * is asked for one. */
    void (*lend)(void *data, bool lent);
    void *data;
    enum ta_sign_instead instead; /**< set by a refusal: the flag above with which it would do */
};

/**
 * Signs the paper on the desk in a role's name and commits it: as contract-proposed.md with the
 * first signature, as contract.md in force with the second. TA_REFUSED: nothing is drafted, the
 * draft is outdated, already signed, or the very text is in force. TA_WRONG: a required clause is
 * empty.
 */
bool ta_desk_contract_sign(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role,
                           struct ta_error *err);
/**
 * The same, and says how. With a key in the configuration that is of this role
 * (ta_desk_key_is_of()), a signature by it goes with the typed one, and the key is pinned when it
 * is the first (seals.h). Also TA_REFUSED: the key is not the pinned one, or the other's signature
 * does not hold. TA_ABSENT, TA_SYSTEM: the key did not sign. Then nothing is signed at all.
 */
bool ta_desk_contract_sign_with(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role,
                                struct ta_signing *signing, struct ta_error *err);

/** From the text in force (nothing, when there is none) to the paper on the desk. */
bool ta_desk_contract_difference(struct ta_desk *desk, const struct ta_pair *pair,
                                 struct ta_comparison *comparison, struct ta_error *err);

#endif
