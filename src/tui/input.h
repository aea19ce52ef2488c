/**
 * What a terminal sends, read into keys: UTF-8, controls, the CSI and SS3 sequences of xterm and
 * its kin (ECMA-48), mouse reports (SGR and X10), bracketed paste. Bytes in, keys out; nothing
 * here touches a terminal.
 *
 * Keys come whole or not at all: the beginning of a sequence waits for its rest, and what follows
 * the end of a paste is the next key.
 */
#ifndef TURNABOUT_SRC_TUI_INPUT_H
#define TURNABOUT_SRC_TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/text.h"
#include "turnabout/tui/key.h"

enum { TA_PASTE_LIMIT = 1 << 20 }; /**< bytes of one paste; what is beyond is dropped */

/** Start it zeroed. */
struct ta_input {
    struct ta_text bytes; /**< came in, not read yet from `at` on */
    size_t at;
    struct ta_text paste;
    bool pasting;
};

void ta_input_take(struct ta_input *input, const char *bytes, size_t length);

/** The next whole key; false when there is none. Its paste is good until the next call. */
bool ta_input_next(struct ta_input *input, struct ta_key *key);

/** Milliseconds to wait for the rest of what has begun; -1: nothing has. */
int ta_input_patience(const struct ta_input *input);

/** The rest did not come: an ESC alone is Escape, a paste without end is what it is so far. */
bool ta_input_give_up(struct ta_input *input, struct ta_key *key);

void ta_input_release(struct ta_input *input);

#endif
