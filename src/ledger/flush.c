#include <fcntl.h>
#include <unistd.h>

#include "repository.h"

void ta_flush_each(const struct ta_repository *repository, bool each)
{
    (void)repository->git->libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, each ? 1 : 0);
}

bool ta_flush_all(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = folder >= 0 && syncfs(folder) == 0;
    if (folder >= 0) {
        (void)close(folder);
    }
    return ok;
}
