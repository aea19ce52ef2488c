/**
 * contract-signers: the public keys of the two, as an allowed-signers file of ssh-keygen, a line
 * each:
 *     mentor namespaces="turnabout-contract" ssh-ed25519 AAAAC3Nza...
 *
 * It comes from the other side, too, and ssh-keygen understands much more: patterns, authorities
 * that speak for others, keys for everything. So nothing is taken but such lines, one a role, with
 * known types of keys; and ssh-keygen is never handed these bytes, but what ta_signers_write()
 * makes of them.
 */
#ifndef TURNABOUT_DOCUMENT_SIGNERS_PAPER_H
#define TURNABOUT_DOCUMENT_SIGNERS_PAPER_H

#include "turnabout/base/error.h"
#include "turnabout/domain/pair.h"

#define TA_SEAL_NAMESPACE "turnabout-contract"

struct ta_signers {
    char *key[TA_ROLES]; /**< "ssh-ed25519 AAAAC3Nza..."; NULL: has none */
};

/** TA_DAMAGED names the line that is none of ours. */
bool ta_signers_read(struct ta_signers *signers, const char *text, struct ta_error *err);
/** Free with free(). */
char *ta_signers_write(const struct ta_signers *signers);
void ta_signers_release(struct ta_signers *signers);

/**
 * The key that a signature of ssh-keygen (with its BEGIN and END lines) says it was made with.
 * `*key` is for free(). TA_DAMAGED: it is no such signature, is too large, is one for something
 * else than a contract, or its key is of a type that nobody takes here.
 */
bool ta_seal_key(char **key, const char *signature, struct ta_error *err);

enum { TA_FINGERPRINT_SIZE = 56 };
/** "SHA256:" and 43 letters, as ssh-keygen -l shows it; "" of what is no key. */
void ta_key_fingerprint(char out[TA_FINGERPRINT_SIZE], const char *key);

#endif
