#include <stdlib.h>
#include <string.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

static bool is_of_a_document(const git_diff_delta *delta)
{
    const char *path = delta->new_file.path;
    return (ta_is_document(delta->new_file.mode) || ta_is_document(delta->old_file.mode)) &&
           ta_utf8_is_valid(path, strlen(path));
}

static void add_paths(const struct ta_git *git, const git_diff *difference, struct ta_paths *paths)
{
    size_t count = git->diff_num_deltas(difference);
    for (size_t i = 0; i < count; i++) {
        const git_diff_delta *delta = git->diff_get_delta(difference, i);
        if (is_of_a_document(delta)) {
            char **path = ta_append(&paths->items, paths->count++, sizeof *path);
            *path = ta_copy(delta->new_file.path);
        }
    }
}

static int tree_of(const struct ta_repository *repository, const char *id, git_tree **tree)
{
    git_commit *commit = NULL;
    int code = ta_repository_lookup(repository, id, &commit);
    code = code == 0 ? repository->git->commit_tree(tree, commit) : code;
    repository->git->commit_free(commit);
    return code;
}

int ta_parent_tree(const struct ta_git *git, const git_commit *commit, git_tree **tree)
{
    git_commit *parent = NULL;
    int code = 0;
    if (git->commit_parentcount(commit) > 0) {
        code = git->commit_parent(&parent, commit, 0);
        code = code == 0 ? git->commit_tree(tree, parent) : code;
    }
    git->commit_free(parent);
    return code;
}

static int find_changes(const struct ta_repository *repository, const char *from,
                        const git_commit *commit, struct ta_paths *paths)
{
    const struct ta_git *git = repository->git;
    git_tree *before = NULL;
    git_tree *after = NULL;
    git_diff *difference = NULL;
    int code = git->commit_tree(&after, commit);
    if (code == 0) {
        code = from != NULL ? tree_of(repository, from, &before)
                            : ta_parent_tree(git, commit, &before);
    }
    code = code == 0 ? git->diff_tree_to_tree(&difference, repository->handle, before, after, NULL)
                     : code;
    if (code == 0) {
        add_paths(git, difference, paths);
    }
    git->diff_free(difference);
    git->tree_free(after);
    git->tree_free(before);
    return code;
}

bool ta_ledger_changed(struct ta_git *git, const char *path, const char *before, const char *after,
                       struct ta_paths *paths, struct ta_error *err)
{
    struct ta_repository repository;
    *paths = (struct ta_paths){0};
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    git_commit *found = NULL;
    bool ok = ta_repository_commit(&repository, after, &found, err);
    if (ok) {
        int code = find_changes(&repository, before, found, paths);
        ok = code == 0 || ta_repository_fail(&repository, code, "be read", err);
    }
    git->commit_free(found);
    ta_repository_close(&repository);
    return ok;
}

bool ta_ledger_parent(struct ta_git *git, const char *path, const char *commit,
                      char parent[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_repository repository;
    parent[0] = '\0';
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    git_commit *found = NULL;
    bool ok = ta_repository_commit(&repository, commit, &found, err);
    if (ok && git->commit_parentcount(found) > 0) {
        git->oid_tostr(parent, TA_ID_SIZE, git->commit_parent_id(found, 0));
    }
    git->commit_free(found);
    ta_repository_close(&repository);
    return ok;
}

void ta_paths_release(struct ta_paths *paths)
{
    if (paths == NULL) {
        return;
    }
    for (size_t i = 0; i < paths->count; i++) {
        free(paths->items[i]);
    }
    free(paths->items);
    *paths = (struct ta_paths){0};
}
