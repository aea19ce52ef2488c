/**
 * Texts character by character; shared by the modules of the domain, seen by nobody else.
 */
#ifndef TURNABOUT_DOMAIN_CHARACTERS_H
#define TURNABOUT_DOMAIN_CHARACTERS_H

#include <stdbool.h>
#include <unitypes.h>

#include "turnabout/base/text.h"

/** A letter or digit of any script, or a mark that belongs to one. */
bool ta_is_word_character(ucs4_t character);

/** Takes the next character off `rest`, which must be UTF-8. Empty rest gives false. */
bool ta_next_character(struct ta_piece *rest, ucs4_t *character);

/** `text` folded for comparing (see ta_fold()); release it with ta_text_release(). */
struct ta_text ta_folded(struct ta_piece text);

#endif
