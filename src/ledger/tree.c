#include <stdlib.h>
#include <string.h>

#include "repository.h"
#include "turnabout/base/memory.h"

/*
 * The changes come sorted by path, so one way through them visits each folder once. The folders
 * that lead to the current document are open, outermost first; leaving one writes it and puts it
 * into the one above. So a commit reads and writes the changed folders only, however many there
 * are.
 */
enum { FOLDERS = 16 };

struct folder {
    git_treebuilder *builder;
    const char *path; /* of some document in it */
    size_t start;     /* of its own name in that path */
    size_t end;       /* behind its slash; 0 for the outermost */
};

struct writer {
    const struct ta_repository *repository;
    struct folder open[FOLDERS];
    size_t depth;
};

static bool fail(const struct writer *writer, int code, struct ta_error *err)
{
    return ta_repository_fail(writer->repository, code, "be written", err);
}

static struct folder *innermost(struct writer *writer)
{
    return &writer->open[writer->depth - 1];
}

/* A document where a folder belongs, or a folder where a document does, is somebody's work. */
static bool in_the_way(const struct writer *writer, const char *path, struct ta_error *err)
{
    return ta_fail(err, TA_DAMAGED,
                   "In the record %s something else stands where %s belongs; move it with git.",
                   writer->repository->path, path);
}

static bool push(struct writer *writer, git_tree *tree, struct folder folder, struct ta_error *err)
{
    const struct ta_repository *repository = writer->repository;
    if (writer->depth == FOLDERS) {
        return ta_fail(err, TA_WRONG, "%s lies too deep in folders.", folder.path);
    }
    int code = repository->git->treebuilder_new(&folder.builder, repository->handle, tree);
    if (code != 0) {
        return fail(writer, code, err);
    }
    writer->open[writer->depth++] = folder;
    return true;
}

/* Opens the folder that comes next in a path: the one that is there, or a new one. */
static bool enter(struct writer *writer, const char *path, struct ta_error *err)
{
    const struct ta_repository *repository = writer->repository;
    const struct ta_git *git = repository->git;
    struct folder *above = innermost(writer);
    size_t length = strcspn(path + above->end, "/");
    struct folder folder = {.path = path, .start = above->end, .end = above->end + length + 1};
    char *name = ta_copy_bytes(path + folder.start, length);
    const git_tree_entry *entry = git->treebuilder_get(above->builder, name);
    free(name);
    if (entry != NULL && git->tree_entry_filemode(entry) != GIT_FILEMODE_TREE) {
        return in_the_way(writer, path, err);
    }
    git_tree *tree = NULL;
    if (entry != NULL) {
        int code = git->tree_lookup(&tree, repository->handle, git->tree_entry_id(entry));
        if (code != 0) {
            return fail(writer, code, err);
        }
    }
    bool ok = push(writer, tree, folder, err);
    git->tree_free(tree);
    return ok;
}

/* Puts a folder, written or emptied, into the one above it. */
static int settle(const struct ta_git *git, const struct folder *folder, git_treebuilder *above)
{
    git_oid id;
    char *name = ta_copy_bytes(folder->path + folder->start, folder->end - folder->start - 1);
    int code = 0;
    if (git->treebuilder_entrycount(folder->builder) > 0) {
        code = git->treebuilder_write(&id, folder->builder);
        code =
            code == 0 ? git->treebuilder_insert(NULL, above, name, &id, GIT_FILEMODE_TREE) : code;
    } else if (git->treebuilder_get(above, name) != NULL) {
        code = git->treebuilder_remove(above, name);
    }
    free(name);
    return code;
}

static bool leave(struct writer *writer, struct ta_error *err)
{
    const struct ta_git *git = writer->repository->git;
    struct folder *folder = innermost(writer);
    int code = settle(git, folder, folder[-1].builder);
    git->treebuilder_free(folder->builder);
    writer->depth--;
    return code == 0 || fail(writer, code, err);
}

static int remove_document(const struct ta_git *git, git_treebuilder *builder, const char *name)
{
    return git->treebuilder_get(builder, name) != NULL ? git->treebuilder_remove(builder, name) : 0;
}

/* As it stands in another commit. */
static int take_document(const struct ta_repository *repository, git_treebuilder *builder,
                         const char *name, const struct ta_change *change)
{
    const struct ta_git *git = repository->git;
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    git_tree_entry *entry = NULL;
    int code = ta_repository_lookup(repository, change->from, &commit);
    code = code == 0 ? git->commit_tree(&tree, commit) : code;
    if (code == 0) {
        code = git->tree_entry_bypath(&entry, tree, change->path);
        bool is_there = code == 0 && git->tree_entry_filemode(entry) != GIT_FILEMODE_TREE;
        code = is_there ? git->treebuilder_insert(NULL, builder, name, git->tree_entry_id(entry),
                                                  git->tree_entry_filemode(entry))
               : code == 0 || code == GIT_ENOTFOUND ? remove_document(git, builder, name)
                                                    : code;
    }
    git->tree_entry_free(entry);
    git->tree_free(tree);
    git->commit_free(commit);
    return code;
}

static int put_document(const struct ta_repository *repository, git_treebuilder *builder,
                        const char *name, const char *text)
{
    const struct ta_git *git = repository->git;
    const git_tree_entry *entry = git->treebuilder_get(builder, name);
    git_filemode_t mode = entry != NULL ? git->tree_entry_filemode(entry) : GIT_FILEMODE_BLOB;
    mode = ta_is_document(mode) ? mode : GIT_FILEMODE_BLOB;
    git_oid id;
    int code = git->blob_create_from_buffer(&id, repository->handle, text, strlen(text));
    return code == 0 ? git->treebuilder_insert(NULL, builder, name, &id, mode) : code;
}

static bool change(struct writer *writer, const struct ta_change *change, struct ta_error *err)
{
    const struct ta_git *git = writer->repository->git;
    struct folder *folder = innermost(writer);
    const char *name = change->path + folder->end;
    const git_tree_entry *entry = git->treebuilder_get(folder->builder, name);
    if (entry != NULL && git->tree_entry_filemode(entry) == GIT_FILEMODE_TREE) {
        return in_the_way(writer, change->path, err);
    }
    int code = change->from != NULL
                   ? take_document(writer->repository, folder->builder, name, change)
               : change->text != NULL
                   ? put_document(writer->repository, folder->builder, name, change->text)
                   : remove_document(git, folder->builder, name);
    return code == 0 || fail(writer, code, err);
}

static bool lies_in(const char *path, const struct folder *folder)
{
    bool is_outermost = folder->end == 0;
    return is_outermost || strncmp(path, folder->path, folder->end) == 0;
}

static bool go_to(struct writer *writer, const char *path, struct ta_error *err)
{
    bool ok = true;
    while (ok && !lies_in(path, innermost(writer))) {
        ok = leave(writer, err);
    }
    while (ok && strchr(path + innermost(writer)->end, '/') != NULL) {
        ok = enter(writer, path, err);
    }
    return ok;
}

static int by_path(const void *one, const void *other)
{
    const struct ta_change *a = one;
    const struct ta_change *b = other;
    return strcmp(a->path, b->path);
}

static bool write_changes(struct writer *writer, const struct ta_change *sorted, size_t count,
                          git_oid *id, struct ta_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        ok = go_to(writer, sorted[i].path, err) && change(writer, &sorted[i], err);
    }
    while (ok && writer->depth > 1) {
        ok = leave(writer, err);
    }
    if (!ok) {
        return false;
    }
    int code = writer->repository->git->treebuilder_write(id, writer->open[0].builder);
    return code == 0 || fail(writer, code, err);
}

bool ta_tree_write(const struct ta_repository *repository, git_tree *tree,
                   const struct ta_change *changes, size_t count, git_oid *id, struct ta_error *err)
{
    const struct ta_git *git = repository->git;
    struct writer writer = {.repository = repository, .open = {{.path = ""}}, .depth = 1};
    struct ta_change *sorted = ta_allocate(count + 1, sizeof *sorted);
    if (count > 0) {
        memcpy(sorted, changes, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, by_path);
    }
    int code = git->treebuilder_new(&writer.open[0].builder, repository->handle, tree);
    bool ok = code == 0 ? write_changes(&writer, sorted, count, id, err) : fail(&writer, code, err);
    while (writer.depth > 0) {
        git->treebuilder_free(innermost(&writer)->builder);
        writer.depth--;
    }
    free(sorted);
    return ok;
}
