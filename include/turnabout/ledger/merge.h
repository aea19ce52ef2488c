/**
 * Two histories of one record: how they relate, and where they differ. What becomes of a document
 * that both changed is not decided here; the commit that joins them is an ordinary one that has a
 * second parent (ta_commit.joined).
 *
 * Codes as in ledger.h.
 */
#ifndef TURNABOUT_LEDGER_MERGE_H
#define TURNABOUT_LEDGER_MERGE_H

#include "turnabout/ledger/ledger.h"

/** How a commit, ours, stands to another, theirs. */
enum ta_relation {
    TA_SAME,
    TA_AHEAD,     /**< ours has all of theirs, and more */
    TA_BEHIND,    /**< theirs has all of ours, and more */
    TA_DIVERGED,  /**< each has something that the other has not */
    TA_UNRELATED, /**< they have no commit in common */
};

/**
 * `base` is the last commit that both have; "" when they are unrelated. Where histories crossed
 * more than once there may be several: then it is the one with the least id, on every machine. ""
 * as a commit is a history that has not begun.
 */
bool ta_ledger_relate(struct ta_git *git, const char *path, const char *ours, const char *theirs,
                      enum ta_relation *relation, char base[TA_ID_SIZE], struct ta_error *err);

/** Moves main on from `expected` ("": nothing was committed yet) to a commit that has all of it,
 *  durably. TA_BUSY: main is not there any more; nothing was done. */
bool ta_ledger_forward(struct ta_git *git, const char *path, const char *expected,
                       const char *commit, struct ta_error *err);

enum ta_side { TA_BASE, TA_OURS, TA_THEIRS, TA_SIDES };

/** A document that is not the same in two histories. */
struct ta_crossing {
    char *document;
    bool is_changed[TA_SIDES]; /**< since the base: by ours, by theirs, or both */
    bool is_added;             /**< the base has it not */
    char *text[TA_SIDES];      /**< when both changed it; NULL: it is not there */
};

struct ta_crossings {
    struct ta_crossing *items; /**< by document */
    size_t count;
    struct ta_moment when[TA_SIDES]; /**< the commits were made */
};

/** Compares two commits and their base. TA_DAMAGED also: both changed what is no text. */
bool ta_ledger_cross(struct ta_git *git, const char *path, const char *const commit[TA_SIDES],
                     struct ta_crossings *crossings, struct ta_error *err);
void ta_crossings_release(struct ta_crossings *crossings);

#endif
