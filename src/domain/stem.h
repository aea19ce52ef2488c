/**
 * What stays of a word when its common endings are taken off. Seen by the domain alone.
 */
#ifndef TURNABOUT_DOMAIN_STEM_H
#define TURNABOUT_DOMAIN_STEM_H

#include "turnabout/base/text.h"

enum { TA_STEM_SIZE = 64 }; /**< bytes */

struct ta_stem {
    char bytes[TA_STEM_SIZE];
    size_t length;
};

/**
 * The stem of a folded word; a longer one than fits is cut. English words lose the endings of
 * number and tense and some of derivation, after M. F. Porter, "An algorithm for suffix stripping"
 * (1980); Arabic words the article and the pronouns behind them, after L. S. Larkey's "light"
 * stemmers (2002); words of Indic scripts the vowel signs at their end. Others stay as they are.
 */
struct ta_stem ta_stem_of(struct ta_piece word);

#endif
