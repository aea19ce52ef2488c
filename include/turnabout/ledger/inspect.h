/**
 * A history that somebody else made, looked at before anything of it is read or merged.
 *
 * What was fetched may be anything: a folder of a million entries, a file that unpacks to a
 * gigabyte, links that lead out of the record, names with control characters. The check asks for
 * the size of everything before it reads it, so that it costs little whatever is there. The limits
 * are far beyond what two people write, and such that every reader behind it stays within its time
 * and memory.
 */
#ifndef TURNABOUT_LEDGER_INSPECT_H
#define TURNABOUT_LEDGER_INSPECT_H

#include "turnabout/document/layout.h"
#include "turnabout/ledger/ledger.h"

enum {
    TA_INSPECT_COMMITS = 50000,     /**< of one history */
    TA_INSPECT_COMMIT = 64 << 10,   /**< bytes of one commit, its message and signatures included */
    TA_INSPECT_PARENTS = 16,        /**< of one commit */
    TA_INSPECT_ENTRIES = 20000,     /**< files and folders of one commit */
    TA_INSPECT_DEPTH = 16,          /**< folders in folders */
    TA_INSPECT_FOLDER = 2 << 20,    /**< bytes of one folder's list */
    TA_INSPECT_FOLDERS = 256 << 20, /**< bytes of all lists that are new */
    TA_INSPECT_NAME = 255,          /**< bytes of a name */
    TA_INSPECT_FILE = 4 << 20,      /**< bytes of a file */
    TA_INSPECT_FILES = 64 << 20     /**< bytes of all files of the newest commit */
};

/**
 * Checks the history of `commit` as far as it is not behind one of the `known` commits (ids, which
 * may be "" or not there), and the newest commit's tree as `layout` has it: only files and folders,
 * names that can be shown, papers with the front matter of their kind. Older commits are checked
 * for what would exhaust who reads them. `root` is the commit that it began with; "": one that is
 * known. TA_REFUSED, with a sentence that names the thing.
 */
bool ta_ledger_inspect(struct ta_git *git, const char *path, const char *commit,
                       const struct ta_layout *layout, const char *const *known, size_t count,
                       char root[TA_ID_SIZE], struct ta_error *err);

/**
 * The same for what is to be sent to where `theirs` ("": nothing) stands, which was checked:
 * whether a machine that gets it takes it. Only what is new there is looked at. TA_REFUSED, with a
 * sentence that names the thing.
 */
bool ta_ledger_inspect_ours(struct ta_git *git, const char *path, const char *commit,
                            const struct ta_layout *layout, const char *theirs,
                            struct ta_error *err);

/** How many commits of a history are not in another's; `without` "": all of them. */
bool ta_ledger_count(struct ta_git *git, const char *path, const char *commit, const char *without,
                     size_t *count, struct ta_error *err);
/** The first line of the newest of them that did more than bring two histories together; NULL when
 *  there is none. It is the caller's, also after a failure, and may hold anything. */
bool ta_ledger_newest(struct ta_git *git, const char *path, const char *commit, const char *without,
                      char **subject, struct ta_error *err);

#endif
