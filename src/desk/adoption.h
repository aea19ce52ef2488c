/**
 * Pairs whose record lies in its folder while the store does not know them: the database was lost
 * or moved away as damaged, or somebody laid a copy of a record back. README.md says who they are;
 * drafts, running sessions and what is mine were in the database alone.
 */
#ifndef TURNABOUT_SRC_DESK_ADOPTION_H
#define TURNABOUT_SRC_DESK_ADOPTION_H

#include "turnabout/desk/desk.h"

/** Takes in the pair of this slug, and in hand. TA_ABSENT: there is no such record. */
bool adopt_pair(struct ta_desk *desk, const char *slug, struct ta_error *err);
/** The same, and who of the two sits here; TA_NOBODY: whoever the configured identity is. */
bool adopt_pair_as(struct ta_desk *desk, const char *slug, enum ta_role me, struct ta_error *err);
/** Takes in all that can be read, and one in hand; how many there were. */
size_t adopt_pairs(struct ta_desk *desk);

#endif
