/**
 * The words of a text as they are searched for.
 *
 * A word is a row of letters, marks and digits of any script; everything else stands between words.
 * In scripts that are written without blanks between words (Chinese, Japanese, Thai, Lao, Burmese,
 * Khmer), and in Korean, where endings are written onto words, each character is a word, so that a
 * row of them is found wherever it stands. Words are compared folded (ta_fold()).
 */
#ifndef TURNABOUT_BASE_WORDS_H
#define TURNABOUT_BASE_WORDS_H

#include <stdbool.h>

#include "turnabout/base/text.h"

enum { TA_WORD_LONGEST = 256 }; /**< bytes; a longer row counts as several words */

/** Takes all up to the end of the next word off `rest`. False: there is no more. Any bytes will do;
 * those that are no UTF-8 stand between words. */
bool ta_next_word(struct ta_piece *rest, struct ta_piece *word);

#endif
