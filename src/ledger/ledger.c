#include "turnabout/ledger/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repository.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

/* What to do now, by what went wrong. */
static const char *advice(enum ta_code code)
{
    switch (code) {
    case TA_BUSY:
        return "another program is at work in it; try again in a moment";
    case TA_SYSTEM:
        return "see to the free space and the permissions there";
    default:
        return "look at it with git fsck, or bring back a copy of it";
    }
}

static enum ta_code code_of(const struct ta_git *git, int code)
{
    if (code == GIT_ELOCKED || code == GIT_EMODIFIED) {
        return TA_BUSY;
    }
    const git_error *last = git->error_last();
    bool by_system = code != GIT_ENOTFOUND && last != NULL && last->klass == GIT_ERROR_OS;
    return by_system ? TA_SYSTEM : TA_DAMAGED;
}

bool ta_repository_fail(const struct ta_repository *repository, int code, const char *what,
                        struct ta_error *err)
{
    enum ta_code kind = code_of(repository->git, code);
    return ta_fail(err, kind, "The record %s cannot %s: %s; %s.", repository->path, what,
                   ta_git_reason(repository->git), advice(kind));
}

static bool refuse_to_open(const struct ta_repository *repository, int code, struct ta_error *err)
{
    const char *path = repository->path;
    struct stat status;
    bool is_there = stat(path, &status) == 0;
    if (!is_there && (errno == ENOENT || errno == ENOTDIR)) {
        return ta_fail(err, TA_ABSENT,
                       "There is no record at %s; bring it back from a copy, or start a new pair.",
                       path);
    }
    if (!is_there || (S_ISDIR(status.st_mode) && access(path, R_OK | X_OK) != 0)) {
        return ta_fail(err, TA_SYSTEM,
                       "The record %s cannot be opened: %s; see to its permissions.", path,
                       strerror(errno));
    }
    /* libgit2 1.5 says GIT_ENOTFOUND where it should say GIT_EOWNER */
    if (code == GIT_EOWNER || status.st_uid != geteuid()) {
        return ta_fail(err, TA_DAMAGED,
                       "The record %s belongs to another user; make it yours with chown -R.", path);
    }
    if (code == GIT_ENOTFOUND || !S_ISDIR(status.st_mode)) {
        return ta_fail(err, TA_DAMAGED,
                       "What stands at %s is not a git repository; bring the record back from a "
                       "copy.",
                       path);
    }
    return ta_repository_fail(repository, code, "be opened", err);
}

bool ta_repository_open(struct ta_repository *repository, struct ta_git *git, const char *path,
                        struct ta_error *err)
{
    *repository = (struct ta_repository){.git = git, .path = path};
    if (git->held != NULL && strcmp(git->held_path, path) == 0) {
        repository->handle = git->held;
        return true;
    }
    if (!ta_git_load(git, err) || !ta_format_check(git, path, err)) {
        return false;
    }
    /* Not repository_open_bare(): that one does not ask whose it is. */
    unsigned flags =
        GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT | GIT_REPOSITORY_OPEN_BARE;
    int code = git->repository_open_ext(&repository->handle, path, flags, NULL);
    if (code != 0) {
        return refuse_to_open(repository, code, err);
    }
    code = ta_loose_read(git, repository->handle);
    if (code != 0) {
        (void)ta_repository_fail(repository, code, "be opened", err);
        ta_repository_close(repository);
    }
    return code == 0;
}

void ta_repository_close(struct ta_repository *repository)
{
    if (repository->handle != repository->git->held) {
        repository->git->repository_free(repository->handle);
    }
    repository->handle = NULL;
}

void ta_ledger_hold(struct ta_git *git, const char *path)
{
    struct ta_repository repository;
    ta_ledger_let_go(git);
    if (ta_repository_open(&repository, git, path, NULL)) {
        git->held = repository.handle;
        git->held_path = ta_copy(path);
    }
}

void ta_ledger_let_go(struct ta_git *git)
{
    if (git->held != NULL) {
        git->repository_free(git->held);
        free(git->held_path);
        git->held = NULL;
        git->held_path = NULL;
    }
}

int ta_repository_lookup(const struct ta_repository *repository, const char *id,
                         git_commit **commit)
{
    git_oid oid;
    if (strlen(id) != TA_ID_SIZE - 1 || repository->git->oid_fromstr(&oid, id) != 0) {
        return GIT_ENOTFOUND;
    }
    return repository->git->commit_lookup(commit, repository->handle, &oid);
}

bool ta_repository_commit(const struct ta_repository *repository, const char *id,
                          git_commit **commit, struct ta_error *err)
{
    char tip[TA_ID_SIZE];
    if (id == NULL && !ta_ledger_tip(repository->path, tip, err)) {
        return false;
    }
    if (id == NULL && tip[0] == '\0') {
        return ta_fail(err, TA_ABSENT, "Nothing was committed to %s yet.", repository->path);
    }
    int code = ta_repository_lookup(repository, id != NULL ? id : tip, commit);
    if (code == GIT_ENOTFOUND && id != NULL) {
        return ta_fail(err, TA_ABSENT,
                       "There is no commit %.60s in %s; turnabout log lists those there are.", id,
                       repository->path);
    }
    return code == 0 || ta_repository_fail(repository, code, "be read", err);
}

bool ta_repository_tree(const struct ta_repository *repository, const char *id, git_tree **tree,
                        struct ta_error *err)
{
    git_commit *commit = NULL;
    if (!ta_repository_commit(repository, id, &commit, err)) {
        return false;
    }
    int code = repository->git->commit_tree(tree, commit);
    repository->git->commit_free(commit);
    return code == 0 || ta_repository_fail(repository, code, "be read", err);
}

void ta_git_prepare(struct ta_git *git, const char *path)
{
    struct ta_repository repository;
    git_tree *tree = NULL;
    if (ta_repository_open(&repository, git, path, NULL)) {
        (void)ta_repository_tree(&repository, NULL, &tree, NULL);
        git->tree_free(tree);
        ta_repository_close(&repository);
    }
}

bool ta_is_document(git_filemode_t mode)
{
    return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

/* Without reflogs, as bare repositories are: the branch only ever moves on, so its history says all
 * that they could, and keeping them would double what a commit has to flush. */
static int initialise(const struct ta_git *git, const char *path)
{
    git_repository_init_options options = {
        .version = GIT_REPOSITORY_INIT_OPTIONS_VERSION,
        .flags =
            GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_NO_REINIT | GIT_REPOSITORY_INIT_MKPATH,
        .initial_head = "main",
    };
    git_repository *handle = NULL;
    int code = git->repository_init_ext(&handle, path, &options);
    git->repository_free(handle);
    return code;
}

/* All that its objects will ever be sorted into, so that no commit has to make one and wait until
 * the disk has it. git takes those that are there as it does its own. */
static bool make_object_folders(const char *path)
{
    struct ta_text folder = {0};
    bool ok = true;
    for (unsigned first = 0; ok && first <= UINT8_MAX; first++) {
        ta_text_clear(&folder);
        ta_text_addf(&folder, "%s/objects/%02x", path, first);
        ok = mkdir(folder.bytes, 0777) == 0;
    }
    ta_text_release(&folder);
    return ok;
}

static bool create_aside(const struct ta_git *git, const char *path, const char *aside,
                         struct ta_error *err)
{
    struct ta_repository repository = {.git = git, .path = path};
    int code = initialise(git, aside);
    if (code != 0) {
        return ta_repository_fail(&repository, code, "be made", err);
    }
    if (!make_object_folders(aside) || !ta_flush_all(aside) || rename(aside, path) != 0) {
        return ta_fail(err, TA_SYSTEM, "The record %s cannot be made: %s; %s.", path,
                       strerror(errno), advice(TA_SYSTEM));
    }
    return true;
}

/* Made beside its place and moved there whole: killed on the way, the next try starts afresh. */
bool ta_ledger_create(struct ta_git *git, const char *path, struct ta_error *err)
{
    struct stat status;
    if (lstat(path, &status) == 0) {
        return ta_fail(err, TA_REFUSED,
                       "Something stands at %s already; move it away to make a new record there.",
                       path);
    }
    struct ta_text aside = {0};
    ta_text_addf(&aside, "%s.new", path);
    bool ok = ta_git_load(git, err);
    ok = ok && (lstat(aside.bytes, &status) != 0 || ta_folder_remove(aside.bytes, err));
    ok = ok && create_aside(git, path, aside.bytes, err);
    ta_text_release(&aside);
    return ok;
}
