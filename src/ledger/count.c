#include "repository.h"
#include "turnabout/ledger/inspect.h"

static int count_back(const struct ta_repository *repository, const char *commit,
                      const char *without, size_t *count)
{
    const struct ta_git *git = repository->git;
    git_revwalk *walk = NULL;
    git_oid id;
    int code = git->oid_fromstr(&id, commit);
    code = code == 0 ? git->revwalk_new(&walk, repository->handle) : code;
    code = code == 0 ? git->revwalk_push(walk, &id) : code;
    if (code == 0 && without[0] != '\0') {
        code = git->oid_fromstr(&id, without);
        code = code == 0 ? git->revwalk_hide(walk, &id) : code;
    }
    while (code == 0) {
        code = git->revwalk_next(&id, walk);
        *count += code == 0;
    }
    git->revwalk_free(walk);
    return code == GIT_ITEROVER ? 0 : code;
}

bool ta_ledger_count(struct ta_git *git, const char *path, const char *commit, const char *without,
                     size_t *count, struct ta_error *err)
{
    struct ta_repository repository;
    *count = 0;
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    int code = count_back(&repository, commit, without, count);
    bool ok = code == 0 || ta_repository_fail(&repository, code, "be read", err);
    ta_repository_close(&repository);
    return ok;
}
