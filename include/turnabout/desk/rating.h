/**
 * What each does alone after a session: say how it was. Nothing of it leaves the store.
 */
#ifndef TURNABOUT_DESK_RATING_H
#define TURNABOUT_DESK_RATING_H

#include "turnabout/desk/desk.h"
#include "turnabout/domain/rating.h"

/** How one of the two rated the sessions. */
struct ta_rated {
    enum ta_role role;
    unsigned held; /**< sessions whose summary is in the record: those that can be rated */
    struct ta_ratings ratings;
};

/** Whose answers are meant: `as`, else who sits here. TA_REFUSED: those of the other, which only
 *  the other sees. TA_WRONG: both sit here, and nobody was named. */
bool ta_desk_rater(const struct ta_pair *pair, enum ta_role as, enum ta_role *role,
                   struct ta_error *err);
bool ta_desk_ratings(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role,
                     struct ta_rated *rated, struct ta_error *err);
/** Stores the answers to one session and puts them into `rated`. TA_ABSENT: it was not held, or its
 *  summary is not in the record yet. */
bool ta_desk_rate(struct ta_desk *desk, const struct ta_pair *pair, struct ta_rated *rated,
                  const struct ta_rating *rating, struct ta_error *err);
void ta_rated_release(struct ta_rated *rated);

/** What may help when the answers to a statement stay low, for that person alone; appends nothing
 *  when there is no such run. */
void ta_rated_suggest(struct ta_text *out, const struct ta_rated *rated);

#endif
