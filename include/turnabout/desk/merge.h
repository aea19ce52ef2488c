/**
 * Two histories of a pair's record become one.
 *
 * Different documents, and different places in one, merge by themselves; dates and promises by
 * their id (document/merge_paper.h). Where both changed the same place, the two choose: a conflict
 * is computed whenever it is asked for, from main and from what the remote had (TA_REF_REMOTE);
 * only what was chosen is stored. Until the last is chosen nothing is written to the record, and
 * work goes on. A merge that needs no choice gives the same commit on any machine.
 */
#ifndef TURNABOUT_DESK_MERGE_H
#define TURNABOUT_DESK_MERGE_H

#include "turnabout/base/digest.h"
#include "turnabout/base/text.h"
#include "turnabout/desk/desk.h"

enum ta_merged {
    TA_MERGED_NOTHING,   /**< theirs had nothing new */
    TA_MERGED_FORWARD,   /**< ours had nothing of its own: main is theirs now */
    TA_MERGED_BOTH,      /**< a commit joins the two */
    TA_MERGED_CONFLICTS, /**< nothing was done: choices are waited for */
};

/**
 * Brings `theirs`, a commit of record.git that was checked, into main. `conflicts` is how many
 * places wait for a choice. Drafts and a session that runs stay as they are. TA_REFUSED: the two
 * histories have nothing in common.
 */
bool ta_desk_merge(struct ta_desk *desk, const struct ta_pair *pair, const char *theirs,
                   enum ta_merged *merged, size_t *conflicts, struct ta_error *err);

/** The same; appends what it says of sessions that got other numbers, in sentences, to `said`
 *  (NULL: nobody asks). */
bool ta_desk_merge_telling(struct ta_desk *desk, const struct ta_pair *pair, const char *theirs,
                           enum ta_merged *merged, size_t *conflicts, struct ta_text *said,
                           struct ta_error *err);

/** A place that both changed, each in another way. */
struct ta_conflict {
    char *document; /**< "sessions/03/agenda.md" */
    char *heading;  /**< the one above the place; "" when there is none */
    bool whole;     /**< the place is the document: one changed it, the other took it away */
    char *base, *ours, *theirs; /**< just that place, lines with their ends; "": nothing stands
                                   there. Of a whole document NULL: it is not there */
    char *shown[2]; /**< ours and theirs for who reads them: beside the id of another date, which
                       the other side may have under another number, stands when that is */
    bool is_chosen;
    char *choice;                /**< what stands there then; of a whole document NULL: it goes */
    char digest[TA_DIGEST_SIZE]; /**< of document, place and the three texts */
};

struct ta_conflicts {
    struct ta_conflict *items; /**< by document, then as they stand in it */
    size_t count;
    size_t left; /**< so many are not chosen yet */
};

/** None when main and what the remote had can be one without a choice. */
bool ta_desk_conflicts(struct ta_desk *desk, const struct ta_pair *pair,
                       struct ta_conflicts *conflicts, struct ta_error *err);
void ta_conflicts_release(struct ta_conflicts *conflicts);

/**
 * Chooses what is to stand there: `conflict->ours`, `conflict->theirs`, or another text. When it
 * was the last, the commit that joins the histories is made. Of a whole document an empty text
 * takes it away. TA_WRONG: it is no plain text, or the document would be none that the other
 * machine takes, or would lose something that neither place is about; nothing is chosen then.
 * TA_BUSY: there is no such conflict any more, for the record went on; look again.
 */
bool ta_desk_conflict_choose(struct ta_desk *desk, const struct ta_pair *pair,
                             const struct ta_conflict *conflict, const char *text,
                             struct ta_error *err);

#endif
