#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repository.h"
#include "turnabout/base/file.h"
#include "turnabout/base/text.h"

static const char folder_of_branches[] = "refs/heads";
static const char branch[] = "refs/heads/main";
static const char proposal[] = "refs/heads/main.lock";

/* git takes the folder away with the last ref in it. */
static int create(const char *path)
{
    char *file = ta_path_join(path, proposal);
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int lock = open(file, flags, 0666);
    if (lock < 0 && errno == ENOENT) {
        char *folder = ta_path_join(path, folder_of_branches);
        lock = mkdir(folder, 0777) == 0 ? open(file, flags, 0666) : -1;
        free(folder);
    }
    free(file);
    return lock;
}

bool ta_branch_propose(const char *path, const char *id)
{
    struct ta_text line = {0};
    int lock = create(path);
    if (lock < 0) {
        return false;
    }
    ta_text_addf(&line, "%s\n", id);
    bool ok = write(lock, line.bytes, line.length) == (ssize_t)line.length;
    ok = close(lock) == 0 && ok;
    ta_text_release(&line);
    if (!ok) {
        ta_branch_withdraw(path);
        errno = ENOSPC; /* a disk that is not full takes a line whole */
    }
    return ok;
}

void ta_branch_withdraw(const char *path)
{
    char *file = ta_path_join(path, proposal);
    (void)unlink(file);
    free(file);
}

static bool flush_folder(const char *path)
{
    char *name = ta_path_join(path, folder_of_branches);
    int folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) {
        (void)close(folder);
    }
    free(name);
    return ok;
}

bool ta_branch_accept(const char *path)
{
    char *from = ta_path_join(path, proposal);
    char *to = ta_path_join(path, branch);
    bool ok = rename(from, to) == 0 && flush_folder(path);
    free(from);
    free(to);
    return ok;
}
