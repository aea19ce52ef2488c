/**
 * What a random history of a pair says: words that may leave once both approved them, each with a
 * token of its own, and words that never may, each with the mark of a secret.
 */
#ifndef TURNABOUT_TESTS_LEAK_SECRETS_H
#define TURNABOUT_TESTS_LEAK_SECRETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/text.h"

#define SECRET "zzsecret" /**< in every text that must not leave */
#define TOKEN "wordq"     /**< begins every token, four digits follow: "wordq0017" */

enum { TOKENS_MOST = 10000, TOKEN_SIZE = sizeof TOKEN + 4 };

/** The next of a sequence that depends on nothing but its start; below `below`. */
size_t dice(uint64_t *state, size_t below);

/** Which tokens were seen in a text. */
struct tokens {
    bool has[TOKENS_MOST];
};
void tokens_of(struct tokens *tokens, const char *bytes, size_t length);
/** A token that is in `found` and not in `allowed`; SIZE_MAX: there is none. */
size_t tokens_beyond(const struct tokens *found, const struct tokens *allowed);

/** Appends the lines of a session, as caught, with tokens from `*next` on and secrets. */
void write_lines(struct ta_text *out, uint64_t *state, unsigned *next);

#endif
