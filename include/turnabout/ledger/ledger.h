/**
 * The pair's record: one bare git repository, branch `main`. What the two agreed on is a commit.
 *
 * libgit2 is opened at the first call that needs it (ta_ledger_tip() does not), because linking and
 * initialising it costs more than the whole first screen. A commit is one swap of the tree,
 * fsynced: killed at any moment, the repository is the old or the new one. Writers of this program
 * take turns by flock on `turnabout.lock` inside the repository, for about five seconds, then
 * TA_BUSY; with it held, a ref lock that has stood for two seconds was left behind by a killed
 * writer, is nobody's, and is cleared. Configuration outside of the repository has no say.
 *
 * Codes: TA_ABSENT no such repository, commit or document; TA_BUSY somebody else's git holds it;
 * TA_DAMAGED what is there cannot be read as a repository that this program knows (sha256, partial
 * clone, foreign owner: the sentence says which); TA_SYSTEM.
 */
#ifndef TURNABOUT_LEDGER_LEDGER_H
#define TURNABOUT_LEDGER_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/date.h"
#include "turnabout/base/error.h"
#include "turnabout/domain/pair.h"

/** libgit2, loaded when it is first needed; one a process, handed to every ledger. */
struct ta_git;
struct ta_git *ta_git_new(void);
void ta_git_free(struct ta_git *git);
/** Whether libgit2 was loaded yet. */
bool ta_git_is_loaded(const struct ta_git *git);
/** Loads it now, and reads what main leads to in the repository at `path`, where nobody waits. What
 * goes wrong is told by the call that needs it. */
void ta_git_prepare(struct ta_git *git, const char *path);

/**
 * Keeps the repository at `path` open until it is let go, for some calls in a row: what one of them
 * read, the next has at hand. When it cannot be opened each call tells so. One at a time.
 */
void ta_ledger_hold(struct ta_git *git, const char *path);
void ta_ledger_let_go(struct ta_git *git);

enum { TA_ID_SIZE = 41 }; /**< a commit's id: forty digits and NUL */

/** Makes an empty bare repository at `path` and the folders above it. TA_REFUSED:
 *  something stands there. Killed on the way it leaves `path`.new, which the next try clears. */
bool ta_ledger_create(struct ta_git *git, const char *path, struct ta_error *err);

/**
 * The commit of `main`, read from the repository's files without libgit2 (loose and packed refs);
 * "" when nothing was committed yet. TA_ABSENT, TA_DAMAGED.
 */
bool ta_ledger_tip(const char *path, char tip[TA_ID_SIZE], struct ta_error *err);

/** One document that a commit changes. */
struct ta_change {
    const char *path; /**< "sessions/01/summary.md" */
    const char *text; /**< NULL: the document goes */
    const char *from; /**< instead of a text: a commit that has the document as it is to be,
                         whatever it holds; where it is not there, it goes */
};

struct ta_commit {
    const char *subject;
    const char *body;           /**< may be NULL */
    const struct ta_pair *pair; /**< for the trailers Mentor: and Mentee: */
    unsigned session;           /**< for the trailer Session:, 0: none */
    /** Who did it; committer too. "Zoë Ade" without an email is zoe-ade@localhost. */
    const struct ta_person *author;
    struct ta_moment when;
    /** A second parent, whose history this commit joins with that of main; NULL: none. The two
     * stand in the order of their ids, so that whoever joins them likewise makes the same commit.
     */
    const char *joined;
};

/**
 * Commits the changes on top of `main`. `expected` is the tip the texts were made from ("" or NULL:
 * do not care): when main moved meanwhile, nothing is written and it fails with TA_BUSY.
 * `id` receives the new commit's id. Subject, body and names are cleaned of control characters. A
 * document keeps its mode; one that goes and is not there is no error; changes that change nothing
 * make a commit all the same. TA_WRONG: a text over 4 MB. TA_DAMAGED also: a folder stands where a
 * document belongs, or the other way round.
 */
bool ta_ledger_commit(struct ta_git *git, const char *path, const struct ta_commit *commit,
                      const struct ta_change *changes, size_t count, const char *expected,
                      char id[TA_ID_SIZE], struct ta_error *err);

/** A document as of a commit (NULL: of main). TA_ABSENT. TA_DAMAGED also: over 4 MB, or a NUL in
 *  it. Otherwise exact, UTF-8 or not. Free `*text` with free(). */
bool ta_ledger_read(struct ta_git *git, const char *path, const char *commit, const char *document,
                    char **text, struct ta_error *err);

/** Calls `visit` for every document (regular file) as of a commit; a visit that returns false ends
 *  the walk with the error it set. Submodules and names that are not UTF-8 are passed over; of a
 *  link the text is where it points to. The text is exact and may hold anything; NULL: it is over
 *  4 MB, and `length` 0. */
bool ta_ledger_walk(struct ta_git *git, const char *path, const char *commit,
                    bool (*visit)(const char *document, const char *text, size_t length, void *data,
                                  struct ta_error *err),
                    void *data, struct ta_error *err);

/** The same for the documents only that are not the same in two commits; `gone` is called for those
 *  that are no longer there. TA_ABSENT: there is no commit `before`. */
bool ta_ledger_walk_changed(struct ta_git *git, const char *path, const char *before,
                            const char *after,
                            bool (*visit)(const char *document, const char *text, size_t length,
                                          void *data, struct ta_error *err),
                            void (*gone)(const char *document, void *data), void *data,
                            struct ta_error *err);

/** A commit as history shows it. */
struct ta_entry {
    char id[TA_ID_SIZE];
    char *subject;
    char *author; /**< name */
    struct ta_moment when;
    unsigned session; /**< of the trailer; 0: none */
};

struct ta_entries {
    struct ta_entry *items; /**< newest first */
    size_t count;
};

/** At most `limit` commits (0: all) from main back, after skipping `skip`; none when nothing was
 *  committed yet. */
bool ta_ledger_log(struct ta_git *git, const char *path, size_t skip, size_t limit,
                   struct ta_entries *entries, struct ta_error *err);
void ta_entries_release(struct ta_entries *entries);

/**
 * The commits from `tip` back to `known`, which is not among them. `joined` tells that the history
 * of `known` goes on behind them without a fork; else (it was rewritten, or merged, or `known` is
 * "") they are all there are.
 */
bool ta_ledger_log_since(struct ta_git *git, const char *path, const char *tip, const char *known,
                         struct ta_entries *entries, bool *joined, struct ta_error *err);

/** What history shows of a commit that ta_ledger_commit() just made; release it as one of some. */
void ta_entry_make(struct ta_entry *entry, const struct ta_commit *commit, const char *id);

/** The commits in which a document is not as in their first parent (it came, changed or went), at
 *  most `limit` (0: all), newest first. */
bool ta_ledger_versions(struct ta_git *git, const char *path, const char *document, size_t limit,
                        struct ta_entries *entries, struct ta_error *err);

/** The documents that differ between two commits, as paths; `after` NULL: the tip of main, `before`
 *  NULL: the first parent of `after`. End it with ta_paths_release(). */
struct ta_paths {
    char **items;
    size_t count;
};
bool ta_ledger_changed(struct ta_git *git, const char *path, const char *before, const char *after,
                       struct ta_paths *paths, struct ta_error *err);
void ta_paths_release(struct ta_paths *paths);

/** The first parent of a commit; "" when it has none. TA_ABSENT: there is no such commit. */
bool ta_ledger_parent(struct ta_git *git, const char *path, const char *commit,
                      char parent[TA_ID_SIZE], struct ta_error *err);

#endif
