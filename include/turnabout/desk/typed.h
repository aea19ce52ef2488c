/**
 * What is being typed and not stored yet: kept at every pause, so that a program that was killed
 * has it back. Where it is of no use any more, it goes.
 */
#ifndef TURNABOUT_DESK_TYPED_H
#define TURNABOUT_DESK_TYPED_H

#include "turnabout/desk/desk.h"

/** `what` names the place: "summary-line/3". `pair` NULL: it belongs to no pair yet. `*text` is for
 *  free(); NULL when nothing is kept, or it cannot be read. */
void ta_desk_typed(struct ta_desk *desk, const struct ta_pair *pair, const char *what, char **text);
/** Keeps a text in place of what was kept there; NULL: drops it. What cannot be kept is no failure
 *  here: storing it will say so. */
void ta_desk_keep_typed(struct ta_desk *desk, const struct ta_pair *pair, const char *what,
                        const char *text);

#endif
