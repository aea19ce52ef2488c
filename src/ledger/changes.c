#include <stdlib.h>
#include <string.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

enum { LONGEST_PATH = 4096 }; /* bytes; deeper folders are nobody's documents */

/* Going through two trees at once, into folders that differ only: libgit2 goes into all of them,
 * which costs more with every session. */
struct comparing {
    const struct ta_repository *repository;
    struct ta_paths *paths;
};

static int compare_trees(const struct comparing *comparing, const char *folder,
                         const git_tree *before, const git_tree *after);

static bool is_folder(const struct ta_git *git, const git_tree_entry *entry)
{
    return entry != NULL && git->tree_entry_type(entry) == GIT_OBJECT_TREE;
}

static bool is_file(const struct ta_git *git, const git_tree_entry *entry)
{
    return entry != NULL && ta_is_document(git->tree_entry_filemode(entry));
}

static int look_up(const struct comparing *comparing, const git_tree_entry *entry, git_tree **tree)
{
    const struct ta_git *git = comparing->repository->git;
    return is_folder(git, entry)
               ? git->tree_lookup(tree, comparing->repository->handle, git->tree_entry_id(entry))
               : 0;
}

/* NOLINTBEGIN(misc-no-recursion): no deeper than the longest path that is followed has folders */

static int compare_folders(const struct comparing *comparing, const char *path,
                           const git_tree_entry *before, const git_tree_entry *after)
{
    const struct ta_git *git = comparing->repository->git;
    git_tree *one = NULL;
    git_tree *other = NULL;
    int code = look_up(comparing, before, &one);
    code = code == 0 ? look_up(comparing, after, &other) : code;
    code = code == 0 ? compare_trees(comparing, path, one, other) : code;
    git->tree_free(one);
    git->tree_free(other);
    return code;
}

static bool are_the_same(const struct ta_git *git, const git_tree_entry *before,
                         const git_tree_entry *after)
{
    return before != NULL && after != NULL &&
           git->tree_entry_filemode(before) == git->tree_entry_filemode(after) &&
           memcmp(git->tree_entry_id(before), git->tree_entry_id(after), sizeof(git_oid)) == 0;
}

/* One name in both trees; either may have none. */
static int compare_entries(const struct comparing *comparing, const char *folder,
                           const git_tree_entry *before, const git_tree_entry *after)
{
    const struct ta_git *git = comparing->repository->git;
    const char *name = git->tree_entry_name(after != NULL ? after : before);
    struct ta_text path = {0};
    int code = 0;
    if (are_the_same(git, before, after) || !ta_utf8_is_valid(name, strlen(name)) ||
        strlen(folder) > LONGEST_PATH) {
        return 0;
    }
    ta_text_addf(&path, "%s%s%s", folder, *folder ? "/" : "", name);
    if (is_file(git, before) || is_file(git, after)) {
        char **item = ta_append(&comparing->paths->items, comparing->paths->count++, sizeof *item);
        *item = ta_copy(path.bytes);
    }
    if (is_folder(git, before) || is_folder(git, after)) {
        code = compare_folders(comparing, path.bytes, before, after);
    }
    ta_text_release(&path);
    return code;
}

static const git_tree_entry *entry_named(const struct ta_git *git, const git_tree *tree,
                                         const git_tree_entry *like)
{
    return tree != NULL ? git->tree_entry_byname(tree, git->tree_entry_name(like)) : NULL;
}

static int compare_trees(const struct comparing *comparing, const char *folder,
                         const git_tree *before, const git_tree *after)
{
    const struct ta_git *git = comparing->repository->git;
    size_t count = after != NULL ? git->tree_entrycount(after) : 0;
    int code = 0;
    for (size_t i = 0; code == 0 && i < count; i++) {
        const git_tree_entry *entry = git->tree_entry_byindex(after, i);
        code = compare_entries(comparing, folder, entry_named(git, before, entry), entry);
    }
    count = before != NULL ? git->tree_entrycount(before) : 0;
    for (size_t i = 0; code == 0 && i < count; i++) {
        const git_tree_entry *entry = git->tree_entry_byindex(before, i);
        if (entry_named(git, after, entry) == NULL) {
            code = compare_entries(comparing, folder, entry, NULL);
        }
    }
    return code;
}

/* NOLINTEND(misc-no-recursion) */

static int by_path(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
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
    int code = git->commit_tree(&after, commit);
    if (code == 0) {
        code = from != NULL ? tree_of(repository, from, &before)
                            : ta_parent_tree(git, commit, &before);
    }
    if (code == 0) {
        const struct comparing comparing = {repository, paths};
        code = compare_trees(&comparing, "", before, after);
    }
    if (code == 0 && paths->count > 0) {
        qsort(paths->items, paths->count, sizeof *paths->items, by_path);
    }
    git->tree_free(after);
    git->tree_free(before);
    return code;
}

bool ta_repository_changed(const struct ta_repository *repository, const char *before,
                           const char *after, struct ta_paths *paths, struct ta_error *err)
{
    git_commit *found = NULL;
    *paths = (struct ta_paths){0};
    bool ok = ta_repository_commit(repository, after, &found, err);
    if (ok) {
        int code = find_changes(repository, before, found, paths);
        ok = code == 0 || ta_repository_fail(repository, code, "be read", err);
    }
    repository->git->commit_free(found);
    return ok;
}

bool ta_ledger_changed(struct ta_git *git, const char *path, const char *before, const char *after,
                       struct ta_paths *paths, struct ta_error *err)
{
    struct ta_repository repository;
    *paths = (struct ta_paths){0};
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    bool ok = ta_repository_changed(&repository, before, after, paths, err);
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
