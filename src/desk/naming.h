/**
 * Which name stood under a text before which other thing was in the record: what a commit has in
 * its history cannot be pushed in later.
 */
#ifndef TURNABOUT_SRC_DESK_NAMING_H
#define TURNABOUT_SRC_DESK_NAMING_H

#include "turnabout/desk/desk.h"

/** The commits that changed signatures.md, and which names over one text they have. */
struct naming {
    struct ta_desk *desk;
    const struct ta_pair *pair;
    struct ta_entries commits;
    bool (*has)[TA_ROLES]; /**< of each commit */
};

/** Release it also when it failed. */
bool naming_read(struct naming *naming, struct ta_desk *desk, const struct ta_pair *pair,
                 const char *digest, struct ta_error *err);
void naming_release(struct naming *naming);

/** The name of the role stood there in what leads to the commit. */
bool naming_before(const struct naming *naming, enum ta_role role, const char *commit);
/** The name of the role stands there, and never did without this commit before it. */
bool naming_behind(const struct naming *naming, enum ta_role role, const char *commit);
/** The name of the role stands there, and never did without that of the other before it. */
bool naming_follows(const struct naming *naming, enum ta_role role);

/** Whether a commit is part of the history that leads to another, and not the same. */
bool naming_leads_to(struct ta_desk *desk, const struct ta_pair *pair, const char *older,
                     const char *newer);

#endif
