#include "turnabout/ledger/chain.h"

#include <errno.h>
#include <string.h>

#include "repository.h"
#include "turn.h"
#include "turnabout/base/text.h"

enum { TRIES = 20 };

static const char author_name[] = "Turnabout";
static const char author_address[] = "turnabout@localhost";

static bool write_commit(const struct ta_repository *repository, const struct ta_link *link,
                         git_tree *tree, git_commit *parent, git_oid *id)
{
    const struct ta_git *git = repository->git;
    const git_commit *parents[] = {parent};
    git_signature *author = NULL;
    struct ta_text message = {0};
    ta_text_addf(&message, "%s\n", link->subject);
    int code = git->signature_new(&author, author_name, author_address, link->when, 0);
    code = code == 0 ? git->commit_create(id, repository->handle, NULL, author, author, NULL,
                                          message.bytes, tree, parent != NULL, parents)
                     : code;
    git->signature_free(author);
    ta_text_release(&message);
    return code == 0;
}

/* Puts one commit on top of `parent`, which it takes the place of, as its tree does. */
static bool add_link(const struct ta_repository *repository, const struct ta_link *link,
                     git_tree **tree, git_commit **parent, struct ta_error *err)
{
    const struct ta_git *git = repository->git;
    git_oid id;
    git_tree *after = NULL;
    git_commit *commit = NULL;
    if (!ta_tree_write(repository, *tree, link->changes, link->count, &id, err)) {
        return false;
    }
    bool ok = git->tree_lookup(&after, repository->handle, &id) == 0 &&
              write_commit(repository, link, after, *parent, &id) &&
              git->commit_lookup(&commit, repository->handle, &id) == 0;
    git->tree_free(*tree);
    git->commit_free(*parent);
    *tree = after;
    *parent = commit;
    return ok || ta_repository_fail(repository, GIT_ERROR, "be written", err);
}

/* The objects of all commits, not yet flushed, with nothing that leads to them. */
static bool write_links(const struct ta_repository *repository, const struct ta_link *links,
                        size_t count, char tip[TA_ID_SIZE], struct ta_error *err)
{
    const struct ta_git *git = repository->git;
    git_tree *tree = NULL;
    git_commit *last = NULL;
    bool ok = true;
    ta_flush_each(repository, false);
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_link(repository, &links[i], &tree, &last, err);
    }
    ta_flush_each(repository, true);
    if (ok) {
        git->oid_tostr(tip, TA_ID_SIZE, git->commit_id(last));
    }
    git->tree_free(tree);
    git->commit_free(last);
    return ok;
}

static bool refuse(const char *path, struct ta_error *err)
{
    bool is_locked = errno == EEXIST;
    return ta_fail(err, is_locked ? TA_BUSY : TA_SYSTEM, "%s cannot be written: %s.", path,
                   is_locked ? "another program holds its branch main; try again in a moment"
                             : strerror(errno));
}

/* Nobody else moves main while it is our turn. */
static bool move_main(const char *path, const char *tip, struct ta_error *err)
{
    char before[TA_ID_SIZE];
    if (!ta_ledger_tip(path, before, err)) {
        return false;
    }
    if (strcmp(before, tip) == 0) {
        return true;
    }
    bool ok = ta_branch_propose(path, tip);
    for (unsigned attempt = 1; !ok && errno == EEXIST && attempt < TRIES; attempt++) {
        if (!ta_branch_clear(path)) {
            ta_turn_pause(attempt);
        }
        ok = ta_branch_propose(path, tip);
    }
    if (!ok) {
        return refuse(path, err);
    }
    ok = (ta_flush_all(path) && ta_branch_accept(path)) || refuse(path, err);
    if (!ok) {
        ta_branch_withdraw(path);
    }
    return ok;
}

static bool make(struct ta_git *git, const char *path, struct ta_error *err)
{
    char tip[TA_ID_SIZE];
    struct ta_error problem = {0};
    if (ta_ledger_tip(path, tip, &problem)) {
        return true;
    }
    /* Another program may have made it in between. */
    return (problem.code == TA_ABSENT && ta_ledger_create(git, path, &problem)) ||
           ta_ledger_tip(path, tip, &problem) || ta_fail(err, problem.code, "%s", problem.text);
}

bool ta_ledger_chain(struct ta_git *git, const char *path, const struct ta_link *links,
                     size_t count, char tip[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_repository repository;
    int turn = -1;
    if (!make(git, path, err) || !ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    bool ok = ta_turn_take(path, &turn, err) && write_links(&repository, links, count, tip, err) &&
              move_main(path, tip, err);
    ta_turn_end(turn);
    ta_repository_close(&repository);
    return ok;
}

bool ta_ledger_chain_apart(struct ta_git *git, const char *path, const struct ta_link *links,
                           size_t count, char tip[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_repository repository;
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    bool ok = write_links(&repository, links, count, tip, err);
    ta_repository_close(&repository);
    return ok;
}
