/**
 * Which key is whose: read from the history of contract-signers, by the rule of seals.h.
 */
#ifndef TURNABOUT_SRC_DESK_PINS_H
#define TURNABOUT_SRC_DESK_PINS_H

#include "turnabout/desk/desk.h"
#include "turnabout/document/signers_paper.h"

#define SIGNERS "contract-signers"

/** The keys that are pinned as of main; release them as signers. "": there are several, and none of
 *  them came first. */
bool pins_read(struct ta_desk *desk, const struct ta_pair *pair, struct ta_signers *pins,
               struct ta_error *err);

/** The keys as of a commit; none where there is no such file, or one that is not trusted. */
bool pins_listed(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                 struct ta_signers *signers, struct ta_error *err);

/** "signatures/v2-mentor.sig"; free with free(). */
char *seal_path(unsigned version, enum ta_role role);

#endif
