#include "secrets.h"

#include <stdlib.h>
#include <string.h>

size_t dice(uint64_t *state, size_t below)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(*state >> 33) % below;
}

void tokens_of(struct tokens *tokens, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    const char *at = memmem(bytes, length, TOKEN, strlen(TOKEN));
    for (; at; at = memmem(at, (size_t)(end - at), TOKEN, strlen(TOKEN))) {
        at += strlen(TOKEN);
        if (end - at >= 4) {
            char digits[5] = {at[0], at[1], at[2], at[3], '\0'};
            tokens->has[strtoul(digits, NULL, 10) % TOKENS_MOST] = true;
        }
    }
}

size_t tokens_beyond(const struct tokens *found, const struct tokens *allowed)
{
    for (size_t i = 0; i < TOKENS_MOST; i++) {
        if (found->has[i] && !allowed->has[i]) {
            return i;
        }
    }
    return SIZE_MAX;
}

static const struct {
    const char *before, *behind;
} kinds[] = {
    {"! ", " is what we take away"},
    {"! # ", " looks like a heading"},
    {"! ", " \xE2\x80\xAEturned\xE2\x80\xA9 and a [link](http://example.net)"},
    {"> Dana: ask about ", " by 1 Dec"},
    {"> Priya: send ", ""},
    {"? Who decides about ", ""},
    {"~ " SECRET " we see ", " differently"},
    {"% " SECRET " mine ", ""},
    {SECRET " a plain note ", ""},
};

void write_lines(struct ta_text *out, uint64_t *state, unsigned *next)
{
    enum { KINDS = sizeof kinds / sizeof *kinds };
    for (size_t line = 0; line < KINDS + dice(state, KINDS); line++) {
        size_t kind = line < KINDS ? line : dice(state, KINDS);
        if (line >= KINDS || dice(state, 3) > 0) {
            ta_text_addf(out, "%s%s%04u%s\n", kinds[kind].before, TOKEN, (*next)++ % TOKENS_MOST,
                         kinds[kind].behind);
        }
    }
}
