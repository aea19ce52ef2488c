/**
 * A repository opened for one call, and what every call does with it. Private to the ledger.
 */
#ifndef TURNABOUT_LEDGER_REPOSITORY_H
#define TURNABOUT_LEDGER_REPOSITORY_H

#include "library.h"

enum { TA_DOCUMENT_LIMIT = 4 << 20 }; /**< bytes; larger blobs are no documents */

/** The objects that a commit is made of, to be flushed before the branch moves to it. */
struct ta_fresh {
    git_oid *items;
    size_t count;
};

struct ta_repository {
    const struct ta_git *git;
    const char *path;       /**< the caller's */
    git_repository *handle; /**< with all of libgit2's own checks passed */
    struct ta_fresh *fresh; /**< NULL unless a commit is written */
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

/** Refuses with TA_DAMAGED a repository in a format that libgit2 cannot read, and says which. */
bool ta_format_check(const struct ta_git *git, const char *path, struct ta_error *err);

/** Notes an object that was written, when a commit is. */
void ta_fresh_add(const struct ta_repository *repository, const git_oid *id);
/**
 * Whether libgit2 flushes each object and its folder as it writes it. Writing all and flushing them
 * together afterwards is as durable and costs a fraction, because the first flush carries most of
 * the others; the branch itself is always flushed.
 */
void ta_fresh_each(const struct ta_repository *repository, bool each);
/** Flushes the noted objects and their folders. TA_SYSTEM. */
bool ta_fresh_flush(const struct ta_repository *repository, struct ta_error *err);

/** Has every loose object looked at before libgit2 reads it; 0 or libgit2's code. */
int ta_loose_guard(const struct ta_git *git, git_repository *handle);

/** Whether an entry of this mode is a document: a regular file. */
bool ta_is_document(git_filemode_t mode);

/**
 * Writes the changed documents, and each folder above them once, to the object store; `tree` is
 * what they were before (NULL: nothing yet) and `id` what they are now. Folders left empty go.
 */
bool ta_tree_write(const struct ta_repository *repository, git_tree *tree,
                   const struct ta_change *changes, size_t count, git_oid *id,
                   struct ta_error *err);

#endif
