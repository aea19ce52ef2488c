/**
 * What is released as the steps of a history: made from the record, read back, written.
 */
#ifndef TURNABOUT_SRC_DESK_PROJECTING_H
#define TURNABOUT_SRC_DESK_PROJECTING_H

#include "syncing.h"
#include "turnabout/document/projection.h"

/** From the papers of main, of which `record` tells the commit; whether its contract is proved is
 *  not asked. Release it also when it fails. */
bool projection_of_record(struct ta_desk *desk, const struct ta_pair *pair,
                          struct ta_projection *projection, char record[TA_ID_SIZE],
                          struct ta_error *err);
/** Makes main of released.git at `path` of it (ta_ledger_chain()). */
bool projection_write(struct ta_desk *desk, const char *path,
                      const struct ta_projection *projection, char tip[TA_ID_SIZE],
                      struct ta_error *err);
/** Reads back what the history up to a commit of a repository tells. TA_DAMAGED: a step of it has
 *  more than a projection tells at once, so it is none. Release it also when it fails. */
bool projection_read(struct ta_git *git, const char *path, const char *commit,
                     struct ta_projection *projection, struct ta_error *err);

/**
 * Takes out of what was released before what is not to be any more: sessions that one of the two
 * withholds, or struck a line of, and (`is_synced`: the record has what both know, and its contract
 * is proved) whatever the record would not release as it stands. False: nothing is to be taken out.
 */
bool projection_take_back(struct syncing *syncing, bool is_synced,
                          struct ta_projection *projection);
/** Whether one of the two withholds it, as far as is known here. */
bool release_is_withheld(const struct syncing *syncing, unsigned session);

#endif
