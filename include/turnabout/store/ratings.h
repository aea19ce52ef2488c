/**
 * How the sessions were, for each of the two alone. Only here: no answer ever goes into the record,
 * a mail or a log.
 */
#ifndef TURNABOUT_STORE_RATINGS_H
#define TURNABOUT_STORE_RATINGS_H

#include <stdint.h>

#include "turnabout/domain/rating.h"
#include "turnabout/store/store.h"

/** All answers of one role of a pair. */
bool ta_store_ratings(struct ta_store *store, int64_t pair, enum ta_role role,
                      struct ta_ratings *ratings, struct ta_error *err);

/** Writes the answers of one session as they are in `rating`, all or none; skipped takes one back.
 *  TA_ABSENT: no such pair. */
bool ta_store_ratings_put(struct ta_store *store, int64_t pair, enum ta_role role,
                          const struct ta_rating *rating, struct ta_error *err);

#endif
