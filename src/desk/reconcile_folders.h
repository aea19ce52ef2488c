/**
 * Sessions that get another number when two histories of a record become one, and their folders.
 */
#ifndef TURNABOUT_SRC_DESK_RECONCILE_FOLDERS_H
#define TURNABOUT_SRC_DESK_RECONCILE_FOLDERS_H

#include "reconcile.h"

/** A session as the versions have it. */
struct reconciled_session {
    unsigned number[TA_SIDES]; /**< 0: that version has none */
    unsigned becomes;          /**< 0: it is not known yet */
    struct ta_moment held;     /**< instant 0: it is yet to come, and has only an agenda */
};

struct reconciled_sessions {
    struct reconciliation *all;
    struct reconciled_session *items;
    size_t count;
    struct ta_renumberings numbers[TA_SIDES];
};

#define SESSION_SUMMARY "summary.md"
#define SESSION_AGENDA "agenda.md"

/** A file of a session as one of the histories has it; `*text` NULL: it is not there. */
bool reconcile_read_folder(const struct reconciliation *all, enum ta_side side, unsigned number,
                           const char *file, char **text, struct ta_error *err);

/** Makes the crossings as if each session had been written under the number that it gets. */
bool reconcile_move_folders(const struct reconciled_sessions *sessions, struct ta_error *err);

/** Makes a document one that both changed, with these texts, which are taken over. */
void reconcile_put_crossing(struct reconciliation *all, const char *document,
                            char *const text[TA_SIDES]);

#endif
