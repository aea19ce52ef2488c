#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/ledger/inspect.h"

/* Over the commits of one history that are not in the other's. */
static int open_walk(const struct ta_repository *repository, const char *commit,
                     const char *without, git_revwalk **walk)
{
    const struct ta_git *git = repository->git;
    git_oid id;
    int code = git->oid_fromstr(&id, commit);
    code = code == 0 ? git->revwalk_new(walk, repository->handle) : code;
    code = code == 0 ? git->revwalk_push(*walk, &id) : code;
    if (code == 0 && without[0] != '\0') {
        code = git->oid_fromstr(&id, without);
        code = code == 0 ? git->revwalk_hide(*walk, &id) : code;
    }
    return code;
}

/* Says nothing (NULL) of a commit that only brought two histories together. */
static int read_subject(const struct ta_repository *repository, const git_oid *id, char **subject)
{
    const struct ta_git *git = repository->git;
    git_commit *commit = NULL;
    int code = git->commit_lookup(&commit, repository->handle, id);
    if (code == 0 && git->commit_parentcount(commit) < 2) {
        const char *summary = git->commit_summary(commit);
        *subject = ta_copy(summary != NULL ? summary : "");
    }
    git->commit_free(commit);
    return code;
}

static int count_back(const struct ta_repository *repository, const char *commit,
                      const char *without, size_t *count)
{
    const struct ta_git *git = repository->git;
    git_revwalk *walk = NULL;
    git_oid id;
    int code = open_walk(repository, commit, without, &walk);
    while (code == 0) {
        code = git->revwalk_next(&id, walk);
        *count += code == 0;
    }
    git->revwalk_free(walk);
    return code == GIT_ITEROVER ? 0 : code;
}

static int find_newest(const struct ta_repository *repository, const char *commit,
                       const char *without, char **subject)
{
    const struct ta_git *git = repository->git;
    git_revwalk *walk = NULL;
    git_oid id;
    int code = open_walk(repository, commit, without, &walk);
    while (code == 0 && *subject == NULL) {
        code = git->revwalk_next(&id, walk);
        code = code == 0 ? read_subject(repository, &id, subject) : code;
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

bool ta_ledger_newest(struct ta_git *git, const char *path, const char *commit, const char *without,
                      char **subject, struct ta_error *err)
{
    struct ta_repository repository;
    *subject = NULL;
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    int code = find_newest(&repository, commit, without, subject);
    bool ok = code == 0 || ta_repository_fail(&repository, code, "be read", err);
    ta_repository_close(&repository);
    return ok;
}
