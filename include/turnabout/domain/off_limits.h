/**
 * Topics the two will not talk about: finding their words in a line, so that it can be marked.
 * Marked, never refused.
 */
#ifndef TURNABOUT_DOMAIN_OFF_LIMITS_H
#define TURNABOUT_DOMAIN_OFF_LIMITS_H

#include <stdbool.h>

#include "turnabout/base/text.h"

/**
 * The first entry of `topics` (one a line) that `line` touches; points into `topics`. An entry of
 * several words touches when all of them stand there in order, whatever stands between; little
 * words
 * ("my", "the", "of") need not. Words are compared without case and accents and without common
 * endings: of English (families ~ family, fired ~ firing), of Arabic with its article, and of the
 * scripts of India. Scripts that write without blanks, and Korean, are searched as they are.
 */
bool ta_off_limits_touched(struct ta_piece *topic, const char *topics, const char *line);

#endif
