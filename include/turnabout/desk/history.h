/**
 * The way a pair has come: its commits, and every document as it was.
 *
 * The commits come from the log in the store, which is first brought up to main, so that listing
 * them needs no repository. Texts come from the repository, one at a time, when they are asked for.
 */
#ifndef TURNABOUT_DESK_HISTORY_H
#define TURNABOUT_DESK_HISTORY_H

#include "turnabout/desk/desk.h"

/** At most `limit` commits (0: all), newest first, after skipping `skip`. */
bool ta_desk_history(struct ta_desk *desk, const struct ta_pair *pair, size_t skip, size_t limit,
                     struct ta_entries *entries, struct ta_error *err);
/** "pair", "contract", "meeting", "agenda", "session", "promise", "reply", or "other", from the
 * subject. */
const char *ta_entry_kind(const struct ta_entry *entry);

/** The commit whose id begins with these four digits or more. TA_WRONG: they are none, or are not
 *  enough to tell. TA_ABSENT: no commit of the record has such an id. */
bool ta_desk_history_find(struct ta_desk *desk, const struct ta_pair *pair, const char *digits,
                          char id[TA_ID_SIZE], struct ta_error *err);

/** The documents that differ between two commits (`before` NULL: that before `after`), those that
 *  tell most first: a commit is about the first of them. */
bool ta_desk_history_documents(struct ta_desk *desk, const struct ta_pair *pair, const char *before,
                               const char *after, struct ta_paths *paths, struct ta_error *err);

/** A document as of a commit; `*text` NULL when there was none. Free with free(). */
bool ta_desk_history_text(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                          const char *document, char **text, struct ta_error *err);

/** What a document was before a commit; of a first proposal of a new contract the one that was in
 *  force. `*text` NULL: there was none. Free with free(). */
bool ta_desk_history_before(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                            const char *document, char **text, struct ta_error *err);

/** The commits that changed a document, newest first, at most `limit` (0: all). */
bool ta_desk_history_versions(struct ta_desk *desk, const struct ta_pair *pair,
                              const char *document, size_t limit, struct ta_entries *entries,
                              struct ta_error *err);

/** The path of a document as people name it: "contract", "agenda 3", "summary/3", "promises", or
 *  the path itself. Free `*path` with free(). TA_WRONG: it is none of these. */
bool ta_document_find(char **path, const char *words, struct ta_error *err);

/** How many sessions were held, and how many the contract speaks of. */
bool ta_desk_arc(struct ta_desk *desk, const struct ta_pair *pair, unsigned *held, unsigned *agreed,
                 struct ta_error *err);

#endif
