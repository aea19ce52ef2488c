#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/ledger/programme.h"

enum { TEXTS = 256 }; /* that are read before what libgit2 keeps of them is let go */

struct ta_reading {
    struct ta_repository repository;
    struct ta_git *git;
    char *path;
    char commit[TA_ID_SIZE]; /* whose tree is open; "": none */
    git_tree *tree;
    unsigned texts; /* that were read since the repository was opened */
};

/* Each text is read once: of the packs no more is mapped at a time than these few need. */
static void map_little(const struct ta_git *git)
{
    enum { WINDOW = 1 << 20, WINDOWS = 4 << 20 };
    (void)git->libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)WINDOW);
    (void)git->libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)WINDOWS);
}

bool ta_reading_open(struct ta_reading **reading, struct ta_git *git, const char *path,
                     struct ta_error *err)
{
    struct ta_reading *made = ta_allocate(1, sizeof *made);
    made->path = ta_copy(path);
    made->git = git;
    if (!ta_repository_open(&made->repository, git, made->path, err)) {
        free(made->path);
        free(made);
        return false;
    }
    map_little(made->repository.git);
    *reading = made;
    return true;
}

static void close_tree(struct ta_reading *reading)
{
    reading->repository.git->tree_free(reading->tree);
    reading->tree = NULL;
    reading->commit[0] = '\0';
}

/* Trees, the ends of deltas and the pages of a pack's index would grow with every text. Closed
   first: of a pack that is still open somewhere libgit2 keeps them. */
static bool open_again(struct ta_reading *reading, struct ta_error *err)
{
    ta_repository_close(&reading->repository);
    if (!ta_repository_open(&reading->repository, reading->git, reading->path, err)) {
        return false;
    }
    reading->texts = 0;
    return true;
}

static bool open_tree(struct ta_reading *reading, const char *commit, struct ta_error *err)
{
    if (reading->tree != NULL && strcmp(reading->commit, commit) == 0) {
        return true;
    }
    close_tree(reading);
    if (reading->texts >= TEXTS && !open_again(reading, err)) {
        return false;
    }
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
    reading->texts++;
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
