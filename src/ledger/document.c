#include <stdlib.h>
#include <string.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

enum { LONGEST_PATH = 4096 }; /* bytes; deeper folders are nobody's documents */

/* Asks for the size before the content: a blob may be larger than the machine's memory. */
static int load(const struct ta_repository *repository, git_odb *objects, const git_oid *id,
                git_blob **blob)
{
    size_t size;
    git_object_t type;
    int code = repository->git->odb_read_header(&size, &type, objects, id);
    if (code != 0 || size > TA_DOCUMENT_LIMIT) {
        return code;
    }
    return repository->git->blob_lookup(blob, repository->handle, id);
}

static bool copy_text(const struct ta_repository *repository, const git_blob *blob,
                      const char *document, char **text, struct ta_error *err)
{
    if (blob == NULL) {
        return ta_fail(err, TA_DAMAGED, "%s in %s is larger than 4 MB; shorten it with git.",
                       document, repository->path);
    }
    size_t length = (size_t)repository->git->blob_rawsize(blob);
    const char *bytes = repository->git->blob_rawcontent(blob);
    if (length > 0 && memchr(bytes, '\0', length) != NULL) {
        return ta_fail(err, TA_DAMAGED, "%s in %s is no text; put the text back with git.",
                       document, repository->path);
    }
    *text = ta_copy_bytes(bytes, length);
    return true;
}

bool ta_blob_text(const struct ta_repository *repository, const git_oid *id, const char *document,
                  char **text, struct ta_error *err)
{
    const struct ta_git *git = repository->git;
    git_odb *objects = NULL;
    git_blob *blob = NULL;
    int code = git->repository_odb(&objects, repository->handle);
    code = code == 0 ? load(repository, objects, id, &blob) : code;
    bool ok = code == 0 ? copy_text(repository, blob, document, text, err)
                        : ta_repository_fail(repository, code, "be read", err);
    git->blob_free(blob);
    git->odb_free(objects);
    return ok;
}

bool ta_tree_read(const struct ta_repository *repository, git_tree *tree, const char *document,
                  char **text, struct ta_error *err)
{
    const struct ta_git *git = repository->git;
    git_tree_entry *entry = NULL;
    int code = git->tree_entry_bypath(&entry, tree, document);
    if (code == GIT_ENOTFOUND || (code == 0 && !ta_is_document(git->tree_entry_filemode(entry)))) {
        git->tree_entry_free(entry);
        return ta_fail(err, TA_ABSENT, "There is no document %s in %s.", document,
                       repository->path);
    }
    bool ok = code == 0 ? ta_blob_text(repository, git->tree_entry_id(entry), document, text, err)
                        : ta_repository_fail(repository, code, "be read", err);
    git->tree_entry_free(entry);
    return ok;
}

bool ta_ledger_read(struct ta_git *git, const char *path, const char *commit, const char *document,
                    char **text, struct ta_error *err)
{
    struct ta_repository repository;
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    git_tree *tree = NULL;
    bool ok = ta_repository_tree(&repository, commit, &tree, err) &&
              ta_tree_read(&repository, tree, document, text, err);
    git->tree_free(tree);
    ta_repository_close(&repository);
    return ok;
}

struct walk {
    const struct ta_repository *repository;
    git_odb *objects;
    bool (*visit)(const char *document, const char *text, size_t length, void *data,
                  struct ta_error *err);
    void *data;
    struct ta_error *err;
};

/* What libgit2 is to do next with the walk. */
enum { STOP = GIT_EUSER, GO_ON = 0, PASS_OVER = 1 };

static int visit_blob(struct walk *walk, const git_tree_entry *entry, const char *document)
{
    const struct ta_git *git = walk->repository->git;
    git_blob *blob = NULL;
    int code = load(walk->repository, walk->objects, git->tree_entry_id(entry), &blob);
    if (code != 0) {
        return code;
    }
    const char *text = blob != NULL ? git->blob_rawcontent(blob) : NULL;
    size_t length = blob != NULL ? (size_t)git->blob_rawsize(blob) : 0;
    bool ok = walk->visit(document, text, length, walk->data, walk->err);
    git->blob_free(blob);
    return ok ? GO_ON : STOP;
}

static int visit_entry(const char *folder, const git_tree_entry *entry, void *payload)
{
    struct walk *walk = payload;
    const struct ta_git *git = walk->repository->git;
    const char *name = git->tree_entry_name(entry);
    if (!ta_utf8_is_valid(name, strlen(name)) || strlen(folder) > LONGEST_PATH) {
        return PASS_OVER;
    }
    git_filemode_t mode = git->tree_entry_filemode(entry);
    if (!ta_is_document(mode) && mode != GIT_FILEMODE_LINK) {
        return GO_ON;
    }
    struct ta_text document = {0};
    ta_text_addf(&document, "%s%s", folder, name);
    int code = visit_blob(walk, entry, document.bytes);
    ta_text_release(&document);
    return code;
}

static bool walk_tree(struct walk *walk, const git_tree *tree)
{
    const struct ta_repository *repository = walk->repository;
    const struct ta_git *git = repository->git;
    int code = git->repository_odb(&walk->objects, repository->handle);
    code = code == 0 ? git->tree_walk(tree, GIT_TREEWALK_PRE, visit_entry, walk) : code;
    git->odb_free(walk->objects);
    if (code == STOP) {
        return false;
    }
    return code == 0 || ta_repository_fail(repository, code, "be read", walk->err);
}

bool ta_ledger_walk(struct ta_git *git, const char *path, const char *commit,
                    bool (*visit)(const char *document, const char *text, size_t length, void *data,
                                  struct ta_error *err),
                    void *data, struct ta_error *err)
{
    struct ta_repository repository;
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    git_tree *tree = NULL;
    struct walk walk = {.repository = &repository, .visit = visit, .data = data, .err = err};
    bool ok = ta_repository_tree(&repository, commit, &tree, err) && walk_tree(&walk, tree);
    git->tree_free(tree);
    ta_repository_close(&repository);
    return ok;
}

static int visit_changed(struct walk *walk, git_tree *tree, const char *document,
                         void (*gone)(const char *document, void *data))
{
    const struct ta_git *git = walk->repository->git;
    git_tree_entry *entry = NULL;
    int code = git->tree_entry_bypath(&entry, tree, document);
    git_filemode_t mode = code == 0 ? git->tree_entry_filemode(entry) : GIT_FILEMODE_TREE;
    if (code == 0 && (ta_is_document(mode) || mode == GIT_FILEMODE_LINK)) {
        code = visit_blob(walk, entry, document);
    } else if (code == 0 || code == GIT_ENOTFOUND) {
        gone(document, walk->data);
        code = 0;
    }
    git->tree_entry_free(entry);
    return code;
}

static bool walk_paths(struct walk *walk, git_tree *tree, const struct ta_paths *paths,
                       void (*gone)(const char *document, void *data))
{
    const struct ta_repository *repository = walk->repository;
    int code = repository->git->repository_odb(&walk->objects, repository->handle);
    for (size_t i = 0; code == 0 && i < paths->count; i++) {
        code = visit_changed(walk, tree, paths->items[i], gone);
    }
    repository->git->odb_free(walk->objects);
    return code == 0 ||
           (code != STOP && ta_repository_fail(repository, code, "be read", walk->err));
}

bool ta_ledger_walk_changed(struct ta_git *git, const char *path, const char *before,
                            const char *after,
                            bool (*visit)(const char *document, const char *text, size_t length,
                                          void *data, struct ta_error *err),
                            void (*gone)(const char *document, void *data), void *data,
                            struct ta_error *err)
{
    struct ta_repository repository;
    struct ta_paths paths = {0};
    git_tree *tree = NULL;
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    struct walk walk = {.repository = &repository, .visit = visit, .data = data, .err = err};
    bool ok = ta_repository_tree(&repository, after, &tree, err) &&
              ta_repository_changed(&repository, before, after, &paths, err) &&
              walk_paths(&walk, tree, &paths, gone);
    ta_paths_release(&paths);
    git->tree_free(tree);
    ta_repository_close(&repository);
    return ok;
}
