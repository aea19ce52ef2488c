/**
 * A pair's record as the desk uses it: documents come from the index in the store, which is first
 * brought up to main; commits go to the ledger and into the index.
 */
#ifndef TURNABOUT_DESK_RECORD_H
#define TURNABOUT_DESK_RECORD_H

#include "turnabout/desk/desk.h"

/** Where the record of a pair lies. Free with free(). */
char *ta_record_path(const struct ta_desk *desk, const struct ta_pair *pair);

/**
 * Brings the index up to main and tells main's commit. Without a change since the last time this
 * reads two small files and one row, and does not load libgit2.
 */
bool ta_record_refresh(struct ta_desk *desk, const struct ta_pair *pair, char tip[TA_ID_SIZE],
                       struct ta_error *err);

/** A document as of the last refresh; `*text` NULL when there is none. Free with free(). */
bool ta_record_text(struct ta_desk *desk, const struct ta_pair *pair, const char *document,
                    char **text, struct ta_error *err);

/** meetings.md or promises.md as a first screen needs it (ta_meetings_abridge()); the same errors.
 */
bool ta_record_brief(struct ta_desk *desk, const struct ta_pair *pair, const char *document,
                     char **text, struct ta_error *err);

/** Makes ready for a commit, where nobody waits for it. */
void ta_record_prepare(const struct ta_desk *desk, const struct ta_pair *pair);

/** A document as a commit leaves it. */
struct ta_document {
    const char *path;
    const char *text;  /**< NULL: it goes */
    const char *brief; /**< one that grows: what ta_record_brief() gave, changed likewise; NULL: it
                            is made from the text */
};

/**
 * One commit on `expected` (the tip the texts were made from), and the index moved with it.
 * TA_BUSY: the record moved meanwhile; nothing was written.
 */
bool ta_record_commit(struct ta_desk *desk, const struct ta_commit *commit,
                      const struct ta_document *documents, size_t count, const char *expected,
                      struct ta_error *err);

#endif
