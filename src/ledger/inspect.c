#include "turnabout/ledger/inspect.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspection.h"
#include "turnabout/base/memory.h"

/*
 * From the newest commit back to those that are known. Most histories that come lead to a known tip
 * within a few commits, in a line; when one does not, all that lies behind the known tips is read
 * once, so that little that is old is checked again.
 */
enum { PATIENCE = 64 /* commits */ };

struct history {
    struct ta_inspection *inspection;
    const char *const *known;
    size_t count;
    struct ta_seen_set old;  /* behind the known tips */
    struct ta_seen_set seen; /* checked, or waiting to be */
    bool is_old_read;
    git_oid *waiting;
    size_t waiting_count;
    size_t commits;
    char root[TA_ID_SIZE];
};

bool ta_inspect_refuse(const struct ta_inspection *inspection, const char *format, ...)
{
    char what[400];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (inspection->whose == TA_INSPECT_OURS) {
        return ta_fail(inspection->err, TA_REFUSED,
                       "Nothing was sent, for no other machine would take it: %s. Write that anew "
                       "here, or put it right with git; then sync again.",
                       what);
    }
    return ta_fail(inspection->err, TA_REFUSED,
                   "What the remote has is not taken: %s. Nothing here was changed; ask who pushed "
                   "it, and put the remote right with git.",
                   what);
}

bool ta_inspect_header(const struct ta_inspection *inspection, const git_oid *id, git_object_t type,
                       size_t most, const char *what, size_t *size)
{
    const struct ta_git *git = inspection->repository.git;
    git_object_t found = GIT_OBJECT_INVALID;
    if (git->odb_read_header(size, &found, inspection->objects, id) != 0) {
        return ta_inspect_refuse(inspection, "%s is missing or garbled (%s)", what,
                                 ta_git_reason(git));
    }
    if (found != type) {
        return ta_inspect_refuse(inspection, "%s is not what it should be", what);
    }
    return *size <= most ||
           ta_inspect_refuse(inspection, "%s is too large (%zu KB, and at most %zu are read)", what,
                             *size >> 10, most >> 10);
}

/* What is known */

static bool is_known_tip(const struct history *history, const git_oid *id)
{
    char digits[TA_ID_SIZE];
    history->inspection->repository.git->oid_tostr(digits, sizeof digits, id);
    for (size_t i = 0; i < history->count; i++) {
        if (strcmp(history->known[i], digits) == 0) {
            return true;
        }
    }
    return false;
}

static int walk_old(struct history *history, git_revwalk *walk)
{
    const struct ta_git *git = history->inspection->repository.git;
    int code = 0;
    for (size_t i = 0; i < history->count; i++) {
        git_oid id;
        /* One that is not there leads nowhere. */
        if (git->oid_fromstr(&id, history->known[i]) == 0) {
            (void)git->revwalk_push(walk, &id);
        }
    }
    for (git_oid id; (code = git->revwalk_next(&id, walk)) == 0;) {
        const struct ta_seen seen = {.id = id, .entries = 1};
        ta_seen_add(&history->old, &seen);
    }
    return code == GIT_ITEROVER ? 0 : code;
}

static bool read_old(struct history *history)
{
    const struct ta_git *git = history->inspection->repository.git;
    git_revwalk *walk = NULL;
    int code = git->revwalk_new(&walk, history->inspection->repository.handle);
    code = code == 0 ? walk_old(history, walk) : code;
    git->revwalk_free(walk);
    history->is_old_read = true;
    return code == 0 || ta_repository_fail(&history->inspection->repository, code, "be read",
                                           history->inspection->err);
}

static bool is_old(const struct history *history, const git_oid *id)
{
    return is_known_tip(history, id) || ta_seen_find(&history->old, id) != NULL;
}

/* What is new */

static void wait_for(struct history *history, const git_oid *id)
{
    if (is_old(history, id) || ta_seen_find(&history->seen, id) != NULL) {
        return;
    }
    const struct ta_seen seen = {.id = *id, .entries = 1};
    ta_seen_add(&history->seen, &seen);
    git_oid *waiting =
        ta_append(&history->waiting, history->waiting_count++, sizeof *history->waiting);
    *waiting = *id;
}

static bool check_people(const struct ta_inspection *inspection, const git_commit *commit)
{
    const struct ta_git *git = inspection->repository.git;
    return (git->commit_author(commit) != NULL && git->commit_committer(commit) != NULL) ||
           ta_inspect_refuse(inspection, "a commit does not say who made it");
}

static bool check_parents(struct history *history, git_commit *commit)
{
    const struct ta_git *git = history->inspection->repository.git;
    unsigned count = git->commit_parentcount(commit);
    if (count > TA_INSPECT_PARENTS) {
        return ta_inspect_refuse(history->inspection, "a commit has %u parents", count);
    }
    if (count == 0) {
        git->oid_tostr(history->root, sizeof history->root, git->commit_id(commit));
    }
    for (unsigned i = 0; i < count; i++) {
        wait_for(history, git->commit_parent_id(commit, i));
    }
    return true;
}

static bool check_commit(struct history *history, const git_oid *id)
{
    struct ta_inspection *inspection = history->inspection;
    const struct ta_git *git = inspection->repository.git;
    git_commit *commit = NULL;
    size_t size = 0;
    if (!ta_inspect_header(inspection, id, GIT_OBJECT_COMMIT, TA_INSPECT_COMMIT, "a commit",
                           &size)) {
        return false;
    }
    if (git->commit_lookup(&commit, inspection->repository.handle, id) != 0) {
        return ta_inspect_refuse(inspection, "a commit cannot be read (%s)", ta_git_reason(git));
    }
    bool ok = check_people(inspection, commit) && check_parents(history, commit) &&
              ta_inspect_old_tree(inspection, git->commit_tree_id(commit));
    git->commit_free(commit);
    return ok;
}

static bool check_next(struct history *history)
{
    git_oid id = history->waiting[--history->waiting_count];
    if (is_old(history, &id)) {
        return true;
    }
    history->commits++;
    if (history->commits > TA_INSPECT_COMMITS) {
        return ta_inspect_refuse(history->inspection, "its history has more than %d commits",
                                 TA_INSPECT_COMMITS);
    }
    return (history->commits != PATIENCE || read_old(history)) && check_commit(history, &id);
}

static bool check_history(struct history *history, const git_oid *tip)
{
    wait_for(history, tip);
    bool ok = true;
    while (ok && history->waiting_count > 0) {
        ok = check_next(history);
    }
    return ok;
}

/* The tree of one that was checked before; NULL: there is none. Free it with the commit. */
static const git_oid *known_tree(const struct ta_inspection *inspection, const char *id,
                                 git_commit **commit)
{
    const struct ta_git *git = inspection->repository.git;
    git_oid known;
    *commit = NULL;
    bool is_there = id != NULL && git->oid_fromstr(&known, id) == 0 &&
                    git->commit_lookup(commit, inspection->repository.handle, &known) == 0;
    return is_there ? git->commit_tree_id(*commit) : NULL;
}

static bool check_newest(struct ta_inspection *inspection, const git_oid *tip, const char *checked)
{
    const struct ta_git *git = inspection->repository.git;
    git_commit *commit = NULL;
    git_commit *before = NULL;
    if (git->commit_lookup(&commit, inspection->repository.handle, tip) != 0) {
        return ta_inspect_refuse(inspection, "a commit cannot be read (%s)", ta_git_reason(git));
    }
    bool ok = ta_inspect_new_tree(inspection, git->commit_tree_id(commit),
                                  known_tree(inspection, checked, &before));
    git->commit_free(before);
    git->commit_free(commit);
    return ok;
}

static bool inspect(struct ta_inspection *inspection, const char *commit, const char *const *known,
                    size_t count, char root[TA_ID_SIZE])
{
    const struct ta_git *git = inspection->repository.git;
    struct history history = {.inspection = inspection, .known = known, .count = count};
    git_oid tip;
    if (git->oid_fromstr(&tip, commit) != 0) {
        return ta_inspect_refuse(inspection, "its branch names no commit");
    }
    /* What comes is looked at whole, whatever is known: that was read before it was checked so. */
    const char *checked = inspection->whose == TA_INSPECT_OURS ? known[0] : NULL;
    bool ok = check_history(&history, &tip) && check_newest(inspection, &tip, checked);
    memcpy(root, history.root, sizeof history.root);
    ta_seen_release(&history.old);
    ta_seen_release(&history.seen);
    free(history.waiting);
    return ok;
}

static bool inspect_in(struct ta_inspection *inspection, struct ta_git *git, const char *path,
                       const char *commit, const char *const *known, size_t count,
                       char root[TA_ID_SIZE])
{
    struct ta_repository *repository = &inspection->repository;
    root[0] = '\0';
    if (!ta_repository_open(repository, git, path, inspection->err)) {
        return false;
    }
    int code = git->repository_odb(&inspection->objects, repository->handle);
    bool ok = code == 0 ? inspect(inspection, commit, known, count, root)
                        : ta_repository_fail(repository, code, "be read", inspection->err);
    git->odb_free(inspection->objects);
    ta_seen_release(&inspection->trees);
    ta_repository_close(repository);
    return ok;
}

bool ta_ledger_inspect(struct ta_git *git, const char *path, const char *commit,
                       const struct ta_layout *layout, const char *const *known, size_t count,
                       char root[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_inspection inspection = {.whose = TA_INSPECT_THEIRS, .layout = layout, .err = err};
    return inspect_in(&inspection, git, path, commit, known, count, root);
}

bool ta_ledger_inspect_ours(struct ta_git *git, const char *path, const char *commit,
                            const struct ta_layout *layout, const char *theirs,
                            struct ta_error *err)
{
    struct ta_inspection inspection = {.whose = TA_INSPECT_OURS, .layout = layout, .err = err};
    char root[TA_ID_SIZE];
    return inspect_in(&inspection, git, path, commit, &theirs, 1, root);
}
