#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "repository.h"

void ta_flush_each(const struct ta_repository *repository, bool each)
{
    (void)repository->git->libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, each ? 1 : 0);
}

bool ta_flush_all(const struct ta_repository *repository, struct ta_error *err)
{
    int folder = open(repository->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = folder >= 0 && syncfs(folder) == 0;
    int problem = errno;
    if (folder >= 0) {
        (void)close(folder);
    }
    return ok || ta_fail(err, TA_SYSTEM,
                         "The record %s cannot be written: %s; see to its permissions and free "
                         "space.",
                         repository->path, strerror(problem));
}
