#include "turnabout/ledger/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

/* How they relate */

/* Of several bases the one with the least id. */
static int find_base(const struct ta_repository *repository, const char *ours, const char *theirs,
                     char base[TA_ID_SIZE])
{
    const struct ta_git *git = repository->git;
    git_oid one;
    git_oid other;
    git_oidarray bases = {0};
    int code = git->oid_fromstr(&one, ours);
    code = code == 0 ? git->oid_fromstr(&other, theirs) : code;
    code = code == 0 ? git->merge_bases(&bases, repository->handle, &one, &other) : code;
    for (size_t i = 0; code == 0 && i < bases.count; i++) {
        char id[TA_ID_SIZE];
        git->oid_tostr(id, sizeof id, &bases.ids[i]);
        if (base[0] == '\0' || strcmp(id, base) < 0) {
            memcpy(base, id, sizeof id);
        }
    }
    git->oidarray_dispose(&bases);
    return code == GIT_ENOTFOUND ? 0 : code;
}

static enum ta_relation relation_by(const char *ours, const char *theirs, const char *base)
{
    if (base[0] == '\0') {
        return TA_UNRELATED;
    }
    return strcmp(base, theirs) == 0 ? TA_AHEAD : strcmp(base, ours) == 0 ? TA_BEHIND : TA_DIVERGED;
}

bool ta_ledger_relate(struct ta_git *git, const char *path, const char *ours, const char *theirs,
                      enum ta_relation *relation, char base[TA_ID_SIZE], struct ta_error *err)
{
    struct ta_repository repository;
    bool is_same = strcmp(ours, theirs) == 0;
    base[0] = '\0';
    if (is_same || ours[0] == '\0' || theirs[0] == '\0') {
        (void)snprintf(base, TA_ID_SIZE, "%s", is_same ? ours : "");
        *relation = is_same ? TA_SAME : ours[0] == '\0' ? TA_BEHIND : TA_AHEAD;
        return true;
    }
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    int code = find_base(&repository, ours, theirs, base);
    ta_repository_close(&repository);
    *relation = relation_by(ours, theirs, base);
    return code == 0 || ta_repository_fail(&repository, code, "be read", err);
}

/* Where they differ: going through the three trees at once, into folders only where ours and theirs
 * are not the same. */

enum { LONGEST_PATH = 4096 }; /* bytes */

struct crossing {
    const struct ta_repository *repository;
    struct ta_crossings *found;
    struct ta_error *err;
};

/* One name in the three trees; NULL: there is nothing, or not of the kind that is looked at. */
struct entries {
    const git_tree_entry *at[TA_SIDES];
};

static bool are_same(const struct ta_git *git, const git_tree_entry *one,
                     const git_tree_entry *other)
{
    if (one == NULL || other == NULL) {
        return one == other;
    }
    return git->tree_entry_filemode(one) == git->tree_entry_filemode(other) &&
           memcmp(git->tree_entry_id(one), git->tree_entry_id(other), sizeof(git_oid)) == 0;
}

static struct entries only(const struct ta_git *git, struct entries entries, bool folders)
{
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        const git_tree_entry *entry = entries.at[side];
        if (entry != NULL && (git->tree_entry_type(entry) == GIT_OBJECT_TREE) != folders) {
            entries.at[side] = NULL;
        }
    }
    return entries;
}

static bool read_texts(const struct crossing *crossing, const struct entries *entries,
                       struct ta_crossing *item)
{
    const struct ta_repository *repository = crossing->repository;
    const struct ta_git *git = repository->git;
    bool ok = true;
    for (enum ta_side side = TA_BASE; ok && side < TA_SIDES; side++) {
        const git_tree_entry *entry = entries->at[side];
        if (entry != NULL && !ta_is_document(git->tree_entry_filemode(entry))) {
            return ta_fail(crossing->err, TA_DAMAGED,
                           "In %s both histories changed %s, which is no text; bring them together "
                           "with git.",
                           repository->path, item->document);
        }
        ok = entry == NULL || ta_blob_text(repository, git->tree_entry_id(entry), item->document,
                                           &item->text[side], crossing->err);
    }
    return ok;
}

static bool cross_documents(const struct crossing *crossing, const char *path,
                            struct entries entries)
{
    const struct ta_git *git = crossing->repository->git;
    if (are_same(git, entries.at[TA_OURS], entries.at[TA_THEIRS])) {
        return true;
    }
    struct ta_crossings *found = crossing->found;
    struct ta_crossing *item = ta_append(&found->items, found->count++, sizeof *item);
    item->document = ta_copy(path);
    item->is_changed[TA_OURS] = !are_same(git, entries.at[TA_BASE], entries.at[TA_OURS]);
    item->is_changed[TA_THEIRS] = !are_same(git, entries.at[TA_BASE], entries.at[TA_THEIRS]);
    item->is_added = entries.at[TA_BASE] == NULL;
    bool both = item->is_changed[TA_OURS] && item->is_changed[TA_THEIRS];
    return !both || read_texts(crossing, &entries, item);
}

static bool cross_trees(const struct crossing *crossing, const char *folder,
                        const git_tree *const tree[TA_SIDES]);

/* NOLINTBEGIN(misc-no-recursion): no deeper than the longest path that is followed has folders */

static bool cross_folders(const struct crossing *crossing, const char *path, struct entries entries)
{
    const struct ta_repository *repository = crossing->repository;
    const struct ta_git *git = repository->git;
    git_tree *tree[TA_SIDES] = {NULL};
    int code = 0;
    if (are_same(git, entries.at[TA_OURS], entries.at[TA_THEIRS])) {
        return true;
    }
    for (enum ta_side side = TA_BASE; code == 0 && side < TA_SIDES; side++) {
        const git_tree_entry *entry = entries.at[side];
        code = entry != NULL
                   ? git->tree_lookup(&tree[side], repository->handle, git->tree_entry_id(entry))
                   : 0;
    }
    const git_tree *const read[TA_SIDES] = {tree[TA_BASE], tree[TA_OURS], tree[TA_THEIRS]};
    bool ok = code == 0 ? cross_trees(crossing, path, read)
                        : ta_repository_fail(repository, code, "be read", crossing->err);
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        git->tree_free(tree[side]);
    }
    return ok;
}

static bool cross_name(const struct crossing *crossing, const char *folder, const char *name,
                       const git_tree *const tree[TA_SIDES])
{
    const struct ta_git *git = crossing->repository->git;
    struct entries entries = {{NULL}};
    struct ta_text path = {0};
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        entries.at[side] = tree[side] != NULL ? git->tree_entry_byname(tree[side], name) : NULL;
    }
    if (strlen(folder) > LONGEST_PATH) {
        return ta_fail(crossing->err, TA_DAMAGED, "In %s folders lie too deep to be merged.",
                       crossing->repository->path);
    }
    ta_text_addf(&path, "%s%s%s", folder, *folder != '\0' ? "/" : "", name);
    bool ok = cross_documents(crossing, path.bytes, only(git, entries, false)) &&
              cross_folders(crossing, path.bytes, only(git, entries, true));
    ta_text_release(&path);
    return ok;
}

/* What neither ours nor theirs has is of no interest. */
static bool cross_trees(const struct crossing *crossing, const char *folder,
                        const git_tree *const tree[TA_SIDES])
{
    const struct ta_git *git = crossing->repository->git;
    bool ok = true;
    for (enum ta_side side = TA_OURS; side < TA_SIDES; side++) {
        size_t count = tree[side] != NULL ? git->tree_entrycount(tree[side]) : 0;
        for (size_t i = 0; ok && i < count; i++) {
            const char *name = git->tree_entry_name(git->tree_entry_byindex(tree[side], i));
            bool is_met = side == TA_THEIRS && tree[TA_OURS] != NULL &&
                          git->tree_entry_byname(tree[TA_OURS], name) != NULL;
            ok = is_met || cross_name(crossing, folder, name, tree);
        }
    }
    return ok;
}

/* NOLINTEND(misc-no-recursion) */

static int by_document(const void *one, const void *other)
{
    const struct ta_crossing *first = one;
    const struct ta_crossing *second = other;
    return strcmp(first->document, second->document);
}

static bool read_commit(const struct crossing *crossing, const char *id, enum ta_side side,
                        git_tree **tree)
{
    const struct ta_repository *repository = crossing->repository;
    git_commit *commit = NULL;
    if (!ta_repository_commit(repository, id, &commit, crossing->err)) {
        return false;
    }
    crossing->found->when[side] = ta_moment_of_commit(repository->git, commit);
    int code = repository->git->commit_tree(tree, commit);
    repository->git->commit_free(commit);
    return code == 0 || ta_repository_fail(repository, code, "be read", crossing->err);
}

static bool cross_commits(const struct crossing *crossing, const char *const commit[TA_SIDES])
{
    const struct ta_repository *repository = crossing->repository;
    git_tree *tree[TA_SIDES] = {NULL};
    bool ok = true;
    for (enum ta_side side = TA_BASE; ok && side < TA_SIDES; side++) {
        ok = commit[side][0] == '\0' || read_commit(crossing, commit[side], side, &tree[side]);
    }
    const git_tree *const read[TA_SIDES] = {tree[TA_BASE], tree[TA_OURS], tree[TA_THEIRS]};
    ok = ok && cross_trees(crossing, "", read);
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        repository->git->tree_free(tree[side]);
    }
    return ok;
}

bool ta_ledger_cross(struct ta_git *git, const char *path, const char *const commit[TA_SIDES],
                     struct ta_crossings *crossings, struct ta_error *err)
{
    struct ta_repository repository;
    const struct crossing crossing = {&repository, crossings, err};
    *crossings = (struct ta_crossings){0};
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    bool ok = cross_commits(&crossing, commit);
    ta_repository_close(&repository);
    if (!ok) {
        ta_crossings_release(crossings);
    } else if (crossings->count > 0) {
        qsort(crossings->items, crossings->count, sizeof *crossings->items, by_document);
    }
    return ok;
}

void ta_crossings_release(struct ta_crossings *crossings)
{
    for (size_t i = 0; i < crossings->count; i++) {
        free(crossings->items[i].document);
        for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
            free(crossings->items[i].text[side]);
        }
    }
    free(crossings->items);
    *crossings = (struct ta_crossings){0};
}
