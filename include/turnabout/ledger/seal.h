/**
 * Signatures by the user's own SSH key over exact bytes, through the user's ssh-keygen: made with
 * `ssh-keygen -Y sign`, verified with `ssh-keygen -Y verify`. Keys of an agent and keys with a
 * passphrase work, and so do keys on a token.
 */
#ifndef TURNABOUT_LEDGER_SEAL_H
#define TURNABOUT_LEDGER_SEAL_H

#include <stdbool.h>

#include "turnabout/base/error.h"

/** What signs, and how it may ask for a passphrase. */
struct ta_sealer {
    const char
        *key; /**< path of the private key, or of the public one beside it or of an agent's */
    const char *what; /**< what the signature is good for, ssh-keygen's namespace */
    /** Lends the terminal in its ordinary state, and takes it back. NULL: nobody can be asked. */
    void (*lend)(void *data, bool lent);
    void *data;
};

/**
 * Signs these bytes; `*signature`, with its BEGIN and END lines, is for free(). TA_ABSENT: no such
 * key, or no ssh-keygen; TA_REFUSED: nobody can be asked for its passphrase; TA_SYSTEM: ssh-keygen
 * says no.
 */
bool ta_seal_make(const struct ta_sealer *sealer, const char *text, char **signature,
                  struct ta_error *err);

/**
 * Whether `signature` is one over exactly these bytes by the key that stands for `principal` in
 * `signers`, an allowed-signers file that is trusted. TA_REFUSED: it is not. TA_ABSENT: there is no
 * ssh-keygen. TA_SYSTEM.
 */
bool ta_seal_verify(const char *text, const char *signature, const char *what,
                    const char *principal, const char *signers, struct ta_error *err);

#endif
