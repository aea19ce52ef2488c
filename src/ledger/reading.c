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
