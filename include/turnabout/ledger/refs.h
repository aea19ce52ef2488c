/**
 * What names commits in a repository beside its branch main: read and moved as files, without
 * libgit2, as git itself does it.
 *
 * Codes: TA_ABSENT no such repository; TA_BUSY another program holds the ref; TA_DAMAGED it names
 * no commit; TA_SYSTEM.
 */
#ifndef TURNABOUT_LEDGER_REFS_H
#define TURNABOUT_LEDGER_REFS_H

#include "turnabout/ledger/ledger.h"

/** What the remote had when it was last asked, checked (inspect.h). */
#define TA_REF_REMOTE "refs/remotes/pair/main"
/** What was just fetched, not checked yet: nothing reads it but the check. */
#define TA_REF_INCOMING "refs/turnabout/incoming"
/** What main was before a rewritten history took its place: TA_REF_KEPT and a date. */
#define TA_REF_KEPT "refs/turnabout/kept/"

/** The commit that a ref names, loose or packed; "" when there is no such ref. */
bool ta_ledger_ref(const char *path, const char *name, char id[TA_ID_SIZE], struct ta_error *err);

/** Makes a ref name a commit, wherever it pointed. Durable when it returns. Not for main, which
 *  writers take turns to move. */
bool ta_ledger_ref_put(const char *path, const char *name, const char *id, struct ta_error *err);

/** Takes a lock of a ref away that a killed program left; one that is young is somebody's. git,
 *  which is to write the ref, would never. */
void ta_ledger_ref_unlock(const char *path, const char *name);

/** Takes a ref away; one that is not there is fine. */
bool ta_ledger_ref_drop(struct ta_git *git, const char *path, const char *name,
                        struct ta_error *err);

#endif
