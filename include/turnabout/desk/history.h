/**
 * The way a pair has come: its commits, and each document as it was.
 */
#ifndef TURNABOUT_DESK_HISTORY_H
#define TURNABOUT_DESK_HISTORY_H

#include "turnabout/desk/desk.h"

bool ta_desk_history(struct ta_desk *desk, const struct ta_pair *pair, size_t skip, size_t limit,
                     struct ta_entries *entries, struct ta_error *err);
/** "pair", "contract", "meeting", "agenda", "session", or "other", from the subject. */
const char *ta_entry_kind(const struct ta_entry *entry);

/** The document a commit is about: its summary, contract or agenda, else the first it changed.
 *  `*path` and `*text` are for free(); both NULL when it has none. */
bool ta_desk_history_document(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                              char **path, char **text, struct ta_error *err);

#endif
