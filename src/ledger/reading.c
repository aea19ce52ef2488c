#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/ledger/programme.h"

struct ta_reading {
    struct ta_repository repository;
    char *path;
    char commit[TA_ID_SIZE]; /* whose tree is open; "": none */
    git_tree *tree;
};

/* Each text is read once: what libgit2 would keep of them, and of their packs, is of no use, and
   would grow with their number. */
static void keep_small(const struct ta_git *git)
{
    enum { WINDOW = 1 << 20, WINDOWS = 16 << 20, KEPT = 4 << 20 };
    (void)git->libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)WINDOW);
    (void)git->libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)WINDOWS);
    (void)git->libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)KEPT);
}

bool ta_reading_open(struct ta_reading **reading, struct ta_git *git, const char *path,
                     struct ta_error *err)
{
    struct ta_reading *made = ta_allocate(1, sizeof *made);
    made->path = ta_copy(path);
    if (!ta_repository_open(&made->repository, git, made->path, err)) {
        free(made->path);
        free(made);
        return false;
    }
    keep_small(made->repository.git);
    *reading = made;
    return true;
}

static bool open_tree(struct ta_reading *reading, const char *commit, struct ta_error *err)
{
    if (reading->tree != NULL && strcmp(reading->commit, commit) == 0) {
        return true;
    }
    reading->repository.git->tree_free(reading->tree);
    reading->tree = NULL;
    (void)snprintf(reading->commit, sizeof reading->commit, "%s", commit);
    return ta_repository_tree(&reading->repository, commit, &reading->tree, err);
}

bool ta_reading_text(struct ta_reading *reading, const char *commit, const char *document,
                     char **text, struct ta_error *err)
{
    struct ta_error problem;
    *text = NULL;
    if (!open_tree(reading, commit, err)) {
        return false;
    }
    return ta_tree_read(&reading->repository, reading->tree, document, text, &problem) ||
           problem.code == TA_ABSENT || ta_fail(err, problem.code, "%s", problem.text);
}

void ta_reading_close(struct ta_reading *reading)
{
    if (reading != NULL) {
        reading->repository.git->tree_free(reading->tree);
        ta_repository_close(&reading->repository);
        free(reading->path);
        free(reading);
    }
}
