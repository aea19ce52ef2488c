/**
 * A repository opened for one call, and what every call does with it. Private to the ledger.
 */
#ifndef TURNABOUT_LEDGER_REPOSITORY_H
#define TURNABOUT_LEDGER_REPOSITORY_H

#include "library.h"

enum { TA_DOCUMENT_LIMIT = 4 << 20 }; /**< bytes; larger blobs are no documents */

struct ta_repository {
    const struct ta_git *git;
    const char *path;       /**< the caller's */
    git_repository *handle; /**< with all of libgit2's own checks passed */
};

/** Loads libgit2 when needed. Codes as in ledger.h. On failure there is nothing to close. */
bool ta_repository_open(struct ta_repository *repository, struct ta_git *git, const char *path,
                        struct ta_error *err);
void ta_repository_close(struct ta_repository *repository);

/**
 * Fails with what libgit2 said after it returned `code`; `what` could not be done: "be read".
 * TA_BUSY for locks and moved refs, TA_SYSTEM when the operating system said no, else TA_DAMAGED.
 */
bool ta_repository_fail(const struct ta_repository *repository, int code, const char *what,
                        struct ta_error *err);

/** A commit by its id, as libgit2 answers: 0, GIT_ENOTFOUND, or what is wrong with it. */
int ta_repository_lookup(const struct ta_repository *repository, const char *id,
                         git_commit **commit);

/** A commit by its id, or the tip of main for NULL. TA_ABSENT. Free with commit_free. */
bool ta_repository_commit(const struct ta_repository *repository, const char *id,
                          git_commit **commit, struct ta_error *err);

/** The tree of such a commit. Free with tree_free. */
bool ta_repository_tree(const struct ta_repository *repository, const char *id, git_tree **tree,
                        struct ta_error *err);

/** The tree of a commit's first parent, which stays NULL when it has none; libgit2's code. Free
 * with tree_free. */
int ta_parent_tree(const struct ta_git *git, const git_commit *commit, git_tree **tree);

/** When a commit was made, as history shows it. */
struct ta_moment ta_moment_of_commit(const struct ta_git *git, const git_commit *commit);

/** ta_ledger_changed() in a repository that is open. */
bool ta_repository_changed(const struct ta_repository *repository, const char *before,
                           const char *after, struct ta_paths *paths, struct ta_error *err);

/** Refuses with TA_DAMAGED a repository in a format that libgit2 cannot read, and says which. */
bool ta_format_check(const struct ta_git *git, const char *path, struct ta_error *err);

/**
 * Whether libgit2 flushes each object and its folder as it writes it. A commit writes all of its
 * objects first and has them flushed in one go: as durable, because nothing leads to them until the
 * branch moves (which is flushed, too), at a fifth of the cost.
 */
void ta_flush_each(const struct ta_repository *repository, bool each);
/** Flushes all that was written to the file system that this folder lies on. */
bool ta_flush_all(const char *path);

/**
 * Moving the branch main, as git does it: a commit's id is written to main.lock, which nobody may
 * do at the same time, and takes the place of main when it is accepted. By hand and not by libgit2,
 * which flushes the lock by itself: so one flush serves the objects and the proposal, and only the
 * moment of acceptance needs another. All three fail with errno; EEXIST: somebody holds the lock.
 */
bool ta_branch_propose(const char *path, const char *id);
void ta_branch_withdraw(const char *path);
/** Durable when it returns. */
bool ta_branch_accept(const char *path);

/** Has loose objects read by us and not by libgit2, in this repository; 0 or libgit2's code. */
int ta_loose_read(const struct ta_git *git, git_repository *handle);

/** The text of a blob, `document` for the sentence. TA_DAMAGED: over 4 MB, or a NUL in it. Free
 * `*text` with free(). */
bool ta_blob_text(const struct ta_repository *repository, const git_oid *id, const char *document,
                  char **text, struct ta_error *err);

/** Whether an entry of this mode is a document: a regular file. */
bool ta_is_document(git_filemode_t mode);

/** A document in a tree; the codes of ta_ledger_read(). Free `*text` with free(). */
bool ta_tree_read(const struct ta_repository *repository, git_tree *tree, const char *document,
                  char **text, struct ta_error *err);

/**
 * Writes the changed documents, and each folder above them once, to the object store; `tree` is
 * what they were before (NULL: nothing yet) and `id` what they are now. Folders left empty go.
 */
bool ta_tree_write(const struct ta_repository *repository, git_tree *tree,
                   const struct ta_change *changes, size_t count, git_oid *id,
                   struct ta_error *err);

#endif
