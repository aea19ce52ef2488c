#include "turnabout/ledger/refs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "repository.h"
#include "turn.h"
#include "turnabout/base/file.h"
#include "turnabout/base/text.h"

/* git holds a ref's lock for some milliseconds: one that has stood so many seconds was left by a
 * program that was killed. */
enum { OLD = 2, TRIES = 20 };

static bool cannot_write(const char *path, const char *name, struct ta_error *err)
{
    int problem = errno;
    return ta_fail(err, problem == EEXIST ? TA_BUSY : TA_SYSTEM,
                   "%s in %s cannot be written: %s; %s.", name, path,
                   problem == EEXIST ? "it is locked" : strerror(problem),
                   problem == EEXIST ? "another program is at work in it; try again in a moment"
                                     : "see to the free space and the permissions there");
}

static bool make_folder_of(const char *file, struct ta_error *err)
{
    char *folder = ta_piece_copy((struct ta_piece){file, (size_t)(strrchr(file, '/') - file)});
    bool ok = ta_folder_make(folder, err);
    free(folder);
    return ok;
}

/* False: there is none, or it is young, or cannot be taken away. */
static bool clear_old(const char *lock)
{
    struct stat status;
    return stat(lock, &status) == 0 && llabs((long long)time(NULL) - status.st_mtime) >= OLD &&
           unlink(lock) == 0;
}

/* Gives up only when somebody holds it for longer than a lock that was left takes to be old. */
static int open_lock(const char *lock)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int file = open(lock, flags, 0666);
    for (unsigned attempt = 1; file < 0 && errno == EEXIST && attempt < TRIES; attempt++) {
        if (!clear_old(lock)) {
            ta_turn_pause(attempt);
        }
        file = open(lock, flags, 0666);
    }
    return file;
}

static bool write_line(int file, const char *id)
{
    struct ta_text line = {0};
    ta_text_addf(&line, "%s\n", id);
    bool ok = write(file, line.bytes, line.length) == (ssize_t)line.length && fsync(file) == 0;
    ok = close(file) == 0 && ok;
    ta_text_release(&line);
    return ok;
}

bool ta_ledger_ref_put(const char *path, const char *name, const char *id, struct ta_error *err)
{
    struct ta_text lock = {0};
    char *file = ta_path_join(path, name);
    ta_text_addf(&lock, "%s.lock", file);
    bool ok = make_folder_of(file, err);
    if (ok) {
        int locked = open_lock(lock.bytes);
        bool is_written = locked >= 0 && write_line(locked, id);
        ok = (is_written && rename(lock.bytes, file) == 0) || cannot_write(path, name, err);
        if (!ok && locked >= 0) {
            (void)unlink(lock.bytes);
        }
    }
    ta_text_release(&lock);
    free(file);
    return ok;
}

void ta_ledger_ref_unlock(const char *path, const char *name)
{
    struct ta_text lock = {0};
    ta_text_addf(&lock, "%s/%s.lock", path, name);
    (void)clear_old(lock.bytes);
    ta_text_release(&lock);
}

/* One that git has packed stands in a file with all the others, which libgit2 knows to write. */
static bool drop_packed(struct ta_git *git, const char *path, const char *name,
                        struct ta_error *err)
{
    struct ta_repository repository;
    if (!ta_repository_open(&repository, git, path, err)) {
        return false;
    }
    int code = git->reference_remove(repository.handle, name);
    bool ok = code == 0 || ta_repository_fail(&repository, code, "be written", err);
    ta_repository_close(&repository);
    return ok;
}

bool ta_ledger_ref_drop(struct ta_git *git, const char *path, const char *name,
                        struct ta_error *err)
{
    char id[TA_ID_SIZE];
    char *file = ta_path_join(path, name);
    bool ok =
        unlink(file) == 0 || errno == ENOENT || errno == ENOTDIR || cannot_write(path, name, err);
    free(file);
    return ok && ta_ledger_ref(path, name, id, err) &&
           (id[0] == '\0' || drop_packed(git, path, name, err));
}
