/**
 * Keys of both, and those who may push and have none: for tests of what a signature proves.
 */
#ifndef TURNABOUT_TESTS_DESK_KEYS_H
#define TURNABOUT_TESTS_DESK_KEYS_H

#include "turnabout/desk/seals.h"
#include "world.h"

/** A world whose folder has the keys priya, dana, other, and locked with a passphrase. */
int world_with_keys(void **state);

/** Takes a key in hand; NULL: none. */
void take(struct world *world, const char *key);
void draft(struct world *world, const char *goals);
bool try_to_sign(struct world *world, enum ta_role role, const char *key,
                 struct ta_signing signing);
void sign(struct world *world, enum ta_role role, const char *key);
/** Each with their key. */
void sign_both(struct world *world, const char *goals);

/** What a commit that is made by hand, from a clone, does; in its shell $record is the record and
 *  the folder the clone. */
void by_hand(struct world *world, const char *commands);

#define SIGN_BY_HAND(role, key)                                                                    \
    "ssh-keygen -q -Y sign -n turnabout-contract -f \"$TURNABOUT_HOME\"/" key                      \
    " <contract.md >signatures/v1-" role ".sig"
#define LIST_BY_HAND(role, key)                                                                    \
    "sed -i \"s|^" role " .*|" role " namespaces=\\\"turnabout-contract\\\" $(cut -d' ' -f1,2 "    \
    "\"$TURNABOUT_HOME\"/" key ".pub)|\" contract-signers"
/** Names under contract.md, in this order: "mentor Priya Raman". */
#define TYPE_BY_HAND(version, first, second)                                                       \
    "sum=$(sha256sum <contract.md | cut -c1-64) && for who in '" first "' '" second "'; do echo "  \
    "\"- v" version " $who, 2026-11-24T10:00:00+01:00, sha256 $sum\" >>signatures.md; done"
#define PRIYA "mentor Priya Raman"
#define DANA "mentee Dana Holt"

void read_seals(struct world *world, struct ta_seals *seals);
/** How the signature of a role is judged; when it is not valid its problem must have the word. */
void expect(struct world *world, enum ta_role role, enum ta_seal_kind kind, bool valid,
            const char *word);
bool is_in_force(struct world *world);

#endif
