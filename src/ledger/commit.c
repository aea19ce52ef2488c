#include <errno.h>
#include <string.h>

#include "message.h"
#include "repository.h"
#include "turn.h"
#include "turnabout/base/text.h"
#include "turnabout/ledger/merge.h"

enum { REF_TRIES = 20 }; /* about three seconds, longer than a left lock takes to be old */

/* What one call of ta_ledger_commit() is about, in libgit2's terms. */
struct job {
    const struct ta_change *changes;
    size_t count;
    const char *expected; /* NULL: main may have moved */
    const char *message;
    git_signature *author;
    const char *joined;  /* the second parent; NULL: none */
    const char *forward; /* instead of all but `expected`: a commit that is there already */
};

static bool find_parent(const struct ta_repository *repository, const struct job *job,
                        git_commit **parent, struct ta_error *err)
{
    char tip[TA_ID_SIZE];
    if (!ta_ledger_tip(repository->path, tip, err)) {
        return false;
    }
    if (job->expected != NULL && strcmp(tip, job->expected) != 0) {
        return ta_fail(err, TA_BUSY,
                       "The record %s was changed meanwhile; look at what is new, then try again.",
                       repository->path);
    }
    int code = tip[0] != '\0' ? ta_repository_lookup(repository, tip, parent) : 0;
    return code == 0 || ta_repository_fail(repository, code, "be read", err);
}

static bool write_tree(const struct ta_repository *repository, const struct job *job,
                       git_commit *parent, git_tree **tree, struct ta_error *err)
{
    const struct ta_git *git = repository->git;
    git_tree *before = NULL;
    git_oid id;
    int code = parent != NULL ? git->commit_tree(&before, parent) : 0;
    if (code != 0) {
        return ta_repository_fail(repository, code, "be read", err);
    }
    bool ok = ta_tree_write(repository, before, job->changes, job->count, &id, err);
    git->tree_free(before);
    if (!ok) {
        return false;
    }
    code = git->tree_lookup(tree, repository->handle, &id);
    return code == 0 || ta_repository_fail(repository, code, "be read", err);
}

static int create_commit(const struct ta_repository *repository, const struct job *job,
                         const git_commit *parent, const git_tree *tree, git_oid *id)
{
    const struct ta_git *git = repository->git;
    git_commit *joined = NULL;
    int code = job->joined != NULL ? ta_repository_lookup(repository, job->joined, &joined) : 0;
    if (code == 0) {
        bool is_first = joined != NULL &&
                        memcmp(git->commit_id(joined), git->commit_id(parent), sizeof(git_oid)) < 0;
        const git_commit *parents[] = {is_first ? joined : parent, is_first ? parent : joined};
        size_t count = (parent != NULL ? 1U : 0U) + (joined != NULL ? 1U : 0U);
        code = git->commit_create(id, repository->handle, NULL, job->author, job->author, "UTF-8",
                                  job->message, tree, count, parents);
    }
    git->commit_free(joined);
    return code;
}

/* The objects of the commit, not yet flushed, with nothing that leads to them. */
static bool write_objects(const struct ta_repository *repository, const struct job *job,
                          git_commit *parent, git_oid *id, struct ta_error *err)
{
    git_tree *tree = NULL;
    int code = GIT_ERROR;
    ta_flush_each(repository, false);
    if (write_tree(repository, job, parent, &tree, err)) {
        code = create_commit(repository, job, parent, tree, id);
        if (code != 0) {
            (void)ta_repository_fail(repository, code, "be written", err);
        }
    }
    ta_flush_each(repository, true);
    repository->git->tree_free(tree);
    return code == 0;
}

/* The commit to move to: a new one, or the one that is there. */
static bool find_commit(const struct ta_repository *repository, const struct job *job,
                        git_commit *parent, git_oid *id, struct ta_error *err)
{
    if (job->forward == NULL) {
        return write_objects(repository, job, parent, id, err);
    }
    git_commit *commit = NULL;
    bool ok = ta_repository_commit(repository, job->forward, &commit, err);
    if (ok) {
        *id = *repository->git->commit_id(commit);
    }
    repository->git->commit_free(commit);
    return ok;
}

/* 0 when main is still where the commit was made from. */
static int is_unmoved(const struct ta_repository *repository, git_commit *parent,
                      struct ta_error *err)
{
    char tip[TA_ID_SIZE];
    char from[TA_ID_SIZE] = "";
    if (!ta_ledger_tip(repository->path, tip, err)) {
        return GIT_ERROR;
    }
    if (parent != NULL) {
        repository->git->oid_tostr(from, sizeof from, repository->git->commit_id(parent));
    }
    if (strcmp(tip, from) == 0) {
        return 0;
    }
    (void)ta_fail(err, TA_BUSY,
                  "The record %s was changed meanwhile; look at what is new, then try again.",
                  repository->path);
    return GIT_EMODIFIED;
}

static int refuse_to_move(const struct ta_repository *repository, struct ta_error *err)
{
    int problem = errno;
    (void)ta_fail(err, problem == EEXIST ? TA_BUSY : TA_SYSTEM,
                  "The record %s cannot be written: %s; %s.", repository->path,
                  problem == EEXIST ? "its branch main is locked" : strerror(problem),
                  problem == EEXIST ? "another program is at work in it; try again in a moment"
                                    : "see to the free space and the permissions there");
    return problem == EEXIST ? GIT_ELOCKED : GIT_ERROR;
}

/* Flushes the objects and the proposal together; accepting that is the one moment in which the
 * commit happens. */
static int move_branch(const struct ta_repository *repository, git_commit *parent,
                       const git_oid *id, struct ta_error *err)
{
    const char *path = repository->path;
    char proposed[TA_ID_SIZE];
    repository->git->oid_tostr(proposed, sizeof proposed, id);
    if (!ta_branch_propose(path, proposed)) {
        return refuse_to_move(repository, err);
    }
    int code = is_unmoved(repository, parent, err);
    if (code == 0 && !(ta_flush_all(path) && ta_branch_accept(path))) {
        code = refuse_to_move(repository, err);
    }
    if (code != 0) {
        ta_branch_withdraw(path);
    }
    return code;
}

/* 0, or GIT_ELOCKED or GIT_EMODIFIED when another try may do better, or GIT_ERROR. */
static int commit_once(const struct ta_repository *repository, const struct job *job, git_oid *id,
                       struct ta_error *err)
{
    git_commit *parent = NULL;
    int code = GIT_ERROR;
    if (find_parent(repository, job, &parent, err) &&
        find_commit(repository, job, parent, id, err)) {
        code = move_branch(repository, parent, id, err);
    }
    repository->git->commit_free(parent);
    return code;
}

static bool commit_in_turn(const struct ta_repository *repository, const struct job *job,
                           char id[TA_ID_SIZE], struct ta_error *err)
{
    git_oid oid;
    int code = commit_once(repository, job, &oid, err);
    for (unsigned attempt = 1;
         (code == GIT_ELOCKED || code == GIT_EMODIFIED) && attempt < REF_TRIES; attempt++) {
        if (code != GIT_ELOCKED || !ta_branch_clear(repository->path)) {
            ta_turn_pause(attempt);
        }
        code = commit_once(repository, job, &oid, err);
    }
    if (code == 0) {
        repository->git->oid_tostr(id, TA_ID_SIZE, &oid);
    }
    return code == 0;
}

static bool sign(const struct ta_repository *repository, const struct ta_commit *commit,
                 git_signature **author, struct ta_error *err)
{
    const struct ta_git *git = repository->git;
    struct ta_text name = {0};
    struct ta_text email = {0};
    ta_author_name(&name, commit->author);
    ta_author_email(&email, commit->author);
    int code = git->signature_new(author, name.bytes, email.bytes, commit->when.instant / 1000,
                                  commit->when.offset);
    ta_text_release(&email);
    ta_text_release(&name);
    return code == 0 || ta_repository_fail(repository, code, "be written", err);
}

/* Larger documents could not be read again. */
static bool all_fit(const struct ta_change *changes, size_t count, struct ta_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (changes[i].text != NULL && strlen(changes[i].text) > TA_DOCUMENT_LIMIT) {
            return ta_fail(err, TA_WRONG, "%s is larger than 4 MB; shorten it.", changes[i].path);
        }
    }
    return true;
}

bool ta_ledger_commit(struct ta_git *git, const char *path, const struct ta_commit *commit,
                      const struct ta_change *changes, size_t count, const char *expected,
                      char id[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_repository repository;
    if (!all_fit(changes, count, err) || !ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    int turn = -1;
    struct ta_text message = {0};
    struct job job = {.changes = changes, .count = count, .joined = commit->joined};
    job.expected = expected != NULL && expected[0] != '\0' ? expected : NULL;
    ta_message_write(&message, commit);
    job.message = message.bytes;
    bool ok = sign(&repository, commit, &job.author, err) && ta_turn_take(path, &turn, err) &&
              commit_in_turn(&repository, &job, id, err);
    ta_turn_end(turn);
    git->signature_free(job.author);
    ta_text_release(&message);
    ta_repository_close(&repository);
    return ok;
}

bool ta_ledger_forward(struct ta_git *git, const char *path, const char *expected,
                       const char *commit, struct ta_error *err)
{
    struct ta_repository repository;
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    int turn = -1;
    char id[TA_ID_SIZE];
    struct job job = {.expected = expected, .forward = commit};
    bool ok = ta_turn_take(path, &turn, err) && commit_in_turn(&repository, &job, id, err);
    ta_turn_end(turn);
    ta_repository_close(&repository);
    return ok;
}
