/**
 * Where pairs lie on this machine.
 */
#ifndef TURNABOUT_SRC_DESK_FOLDERS_H
#define TURNABOUT_SRC_DESK_FOLDERS_H

#include "turnabout/desk/desk.h"

/** The folder of a pair, or of what lies beside them. Free with free(). */
char *pair_folder(const struct ta_desk *desk, const char *slug);
/** A file of a pair, as "released.git". Free with free(). */
char *pair_file(const struct ta_desk *desk, const char *slug, const char *name);
/** Whether a pair or a folder has this name; `data` is the desk. */
bool slug_is_taken(const char *slug, void *data);

#endif
