/**
 * The papers that a search looks into, and the days they are of.
 */
#ifndef TURNABOUT_SRC_DESK_SEARCHED_H
#define TURNABOUT_SRC_DESK_SEARCHED_H

#include "turnabout/desk/programme.h"
#include "turnabout/store/search.h"

struct searched_papers {
    struct ta_search_paper *items; /**< paths and texts are the papers' own */
    size_t count;
    struct ta_day *days; /**< of sessions, from session 1 at 0; year 0: not known */
    size_t day_count;
    struct ta_day latest;
};

/** Of a pair's record, as it was indexed last. End it with searched_papers_release(), even when
 *  this fails. */
bool searched_papers_of_record(struct searched_papers *papers, struct ta_desk *desk,
                               const struct ta_pair *pair, struct ta_error *err);
/** Of what a pair released. */
bool searched_papers_of_release(struct searched_papers *papers, struct ta_desk *desk,
                                const struct ta_member *member, struct ta_error *err);
void searched_papers_release(struct searched_papers *papers);

#endif
