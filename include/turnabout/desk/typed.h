/**
 * What is being typed and not stored yet: kept at every pause, so that a program that was killed
 * has it back. Where it is of no use any more, it goes.
 */
#ifndef TURNABOUT_DESK_TYPED_H
#define TURNABOUT_DESK_TYPED_H

#include "turnabout/desk/desk.h"
#include "turnabout/store/sessions.h"

/** `what` names the place: "summary-line/3". `pair` NULL: it belongs to no pair yet. `*text` is for
 *  free(); NULL when nothing is kept, or it cannot be read. */
void ta_desk_typed(struct ta_desk *desk, const struct ta_pair *pair, const char *what, char **text);
/** Keeps a text in place of what was kept there; NULL: drops it. What cannot be kept is no failure
 *  here: storing it will say so. */
void ta_desk_keep_typed(struct ta_desk *desk, const struct ta_pair *pair, const char *what,
                        const char *text);

/** The same for an earlier note of a session that is being changed: `line` is what to, sign and
 * all; NULL: it is not any more. */
void ta_desk_keep_change(struct ta_desk *desk, const struct ta_sitting *sitting, int64_t note,
                         const char *line);
/** What was kept of such a change; free `*line`, NULL when there is none. */
void ta_desk_change(struct ta_desk *desk, const struct ta_sitting *sitting, int64_t *note,
                    char **line);

#endif
