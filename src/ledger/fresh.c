#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

void ta_fresh_add(const struct ta_repository *repository, const git_oid *id)
{
    struct ta_fresh *fresh = repository->fresh;
    if (fresh != NULL) {
        git_oid *item = ta_append(&fresh->items, fresh->count++, sizeof *fresh->items);
        *item = *id;
    }
}

void ta_fresh_each(const struct ta_repository *repository, bool each)
{
    (void)repository->git->libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, each ? 1 : 0);
}

/* "objects/", "objects/ab" or "objects/ab/cdef...": as much of the digits as the length says. */
static char *path_of(const struct ta_repository *repository, const char *digits, size_t length)
{
    struct ta_text path = {0};
    ta_text_addf(&path, "%sobjects/%.2s", repository->git->repository_path(repository->handle),
                 length > 0 ? digits : "");
    if (length > 2) {
        ta_text_addf(&path, "/%s", digits + 2);
    }
    return ta_text_take(&path);
}

/* What is not there lies in a pack, and has been durable since then. */
static bool flush(const struct ta_repository *repository, const char *digits, size_t length,
                  bool only_begin)
{
    char *path = path_of(repository, digits, length);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool is_packed = file < 0 && errno == ENOENT;
    bool ok = is_packed || file >= 0;
    if (file >= 0) {
        ok = only_begin ? sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE) == 0 || errno != EIO
                        : fsync(file) == 0;
        (void)close(file);
    }
    free(path);
    return ok;
}

/* First all are sent on their way, then each is waited for, then the names they stand under. */
static bool flush_all(const struct ta_repository *repository, bool only_begin, size_t length)
{
    bool ok = true;
    for (size_t i = 0; ok && i < repository->fresh->count; i++) {
        char digits[TA_ID_SIZE];
        repository->git->oid_tostr(digits, sizeof digits, &repository->fresh->items[i]);
        ok = flush(repository, digits, length, only_begin);
    }
    return ok;
}

bool ta_fresh_flush(const struct ta_repository *repository, struct ta_error *err)
{
    enum { FILE_NAME = TA_ID_SIZE - 1, FOLDER_NAME = 2, OUTERMOST = 0 };
    bool ok = flush_all(repository, true, FILE_NAME) && flush_all(repository, false, FILE_NAME) &&
              flush_all(repository, false, FOLDER_NAME) && flush(repository, "", OUTERMOST, false);
    return ok || ta_fail(err, TA_SYSTEM,
                         "The record %s cannot be written: %s; see to its permissions and free "
                         "space.",
                         repository->path, strerror(errno));
}
