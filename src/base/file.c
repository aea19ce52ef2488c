#include "turnabout/base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "turnabout/base/memory.h"

enum { FOLDERS_OPEN = 16, FOLDER_MODE = 0700 };

static bool too_long(const char *name, size_t limit, struct ta_error *err)
{
    return ta_fail(err, TA_WRONG, "%s holds more than the %zu bytes that can be read; shorten it.",
                   name, limit);
}

bool ta_stream_read(struct ta_text *out, FILE *stream, const char *name, size_t limit,
                    struct ta_error *err)
{
    char buffer[16384];
    ta_text_clear(out);
    errno = 0;
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, stream)) > 0;) {
        if (got > limit - out->length) {
            ta_text_release(out);
            return too_long(name, limit, err);
        }
        ta_text_add_bytes(out, buffer, got);
    }
    if (ferror(stream)) {
        ta_text_release(out);
        return ta_fail(err, TA_SYSTEM, "%s cannot be read: %s; see to the disk it lies on.", name,
                       strerror(errno));
    }
    return true;
}

static bool is_plain(int file)
{
    struct stat status;
    return fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

static bool read_file(struct ta_text *out, const char *path, size_t limit, bool only_plain,
                      struct ta_error *err)
{
    ta_text_clear(out);
    int file = open(path, O_RDONLY | O_CLOEXEC | (only_plain ? O_NONBLOCK | O_NOCTTY : 0));
    if (file >= 0 && only_plain && !is_plain(file)) {
        (void)close(file);
        return ta_fail(err, TA_WRONG, "%s is no file; put one in its place.", path);
    }
    FILE *stream = file >= 0 ? fdopen(file, "rb") : NULL;
    if (stream == NULL && (errno == ENOENT || errno == ENOTDIR)) {
        return ta_fail(err, TA_ABSENT, "There is no file %s.", path);
    }
    if (stream == NULL) {
        return ta_fail(err, TA_SYSTEM, "%s cannot be opened: %s; see to its permissions.", path,
                       strerror(errno));
    }
    bool ok = ta_stream_read(out, stream, path, limit, err);
    (void)fclose(stream);
    return ok;
}

bool ta_file_read(struct ta_text *out, const char *path, size_t limit, struct ta_error *err)
{
    return read_file(out, path, limit, false, err);
}

bool ta_file_read_plain(struct ta_text *out, const char *path, size_t limit, struct ta_error *err)
{
    return read_file(out, path, limit, true, err);
}

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

/* Closes in every case; the first thing that went wrong stays in errno. */
static bool write_and_close(int file, const char *bytes, size_t length)
{
    bool ok = write_all(file, bytes, length) && fsync(file) == 0;
    int problem = errno;
    bool closed = close(file) == 0;
    if (!ok) {
        errno = problem;
    }
    return ok && closed;
}

/* The folder a path lies in. Free with free(). */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ta_copy(".");
    }
    return slash == path ? ta_copy("/") : ta_copy_bytes(path, (size_t)(slash - path));
}

/* Makes a rename in the folder durable. */
static bool flush_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return false;
    }
    bool ok = fsync(folder) == 0;
    int problem = errno;
    (void)close(folder);
    errno = problem;
    return ok;
}

bool ta_file_write(const char *path, const char *bytes, size_t length, struct ta_error *err)
{
    struct ta_text temporary = {0};
    ta_text_addf(&temporary, "%s.XXXXXX", path);
    char *folder = folder_of(path);
    int file = mkostemp(temporary.bytes, O_CLOEXEC); /* mode 0600 */
    bool ok = file >= 0 && write_and_close(file, bytes, length) &&
              rename(temporary.bytes, path) == 0 && flush_folder(folder);
    if (!ok) {
        (void)ta_fail(err, TA_SYSTEM,
                      "%s cannot be written: %s; see to the room and the permissions in %s.", path,
                      strerror(errno), folder);
    }
    if (!ok && file >= 0) {
        (void)unlink(temporary.bytes);
    }
    free(folder);
    ta_text_release(&temporary);
    return ok;
}

/* "~/dana.ics" as a shell would read it. */
static char *at_home(const char *path)
{
    const char *home = getenv("HOME");
    return path[0] == '~' && path[1] == '/' && home != NULL ? ta_path_join(home, path + 2)
                                                            : ta_copy(path);
}

/* What stands there and is no file is left alone. */
static bool may_be_a_file(const char *whole, const char *path, struct ta_error *err)
{
    struct stat status;
    bool is_other = stat(whole, &status) == 0 && !S_ISREG(status.st_mode);
    return !(is_other || whole[0] == '\0') ||
           ta_fail(err, TA_WRONG, "\"%s\" is no file: name one to write to.", path);
}

bool ta_file_hand_out(const char *path, const char *bytes, size_t length, struct ta_error *err)
{
    char *whole = at_home(path);
    bool ok = may_be_a_file(whole, path, err) && ta_file_write(whole, bytes, length, err);
    free(whole);
    return ok;
}

bool ta_file_stands(const char *path)
{
    struct stat status;
    char *whole = at_home(path);
    bool stands =
        lstat(whole, &status) == 0 && (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode));
    free(whole);
    return stands;
}

static bool cannot_be_handed_out(const struct ta_handing *handing, struct ta_error *err)
{
    return ta_fail(err, TA_SYSTEM,
                   "%s cannot be written: %s; see to the room and the permissions "
                   "there.",
                   handing->path, strerror(errno));
}

static void release_handing(struct ta_handing *handing)
{
    free(handing->path);
    free(handing->temporary);
    *handing = (struct ta_handing){0};
}

bool ta_handing_open(struct ta_handing *handing, const char *path, struct ta_error *err)
{
    struct ta_text temporary = {0};
    *handing = (struct ta_handing){.path = at_home(path)};
    ta_text_addf(&temporary, "%s.XXXXXX", handing->path);
    handing->temporary = ta_text_take(&temporary);
    if (!may_be_a_file(handing->path, path, err)) {
        release_handing(handing);
        return false;
    }
    int file = mkostemp(handing->temporary, O_CLOEXEC);
    handing->stream = file >= 0 ? fdopen(file, "w") : NULL;
    if (handing->stream == NULL) {
        (void)cannot_be_handed_out(handing, err);
        release_handing(handing);
        return false;
    }
    return true;
}

bool ta_handing_add(struct ta_handing *handing, const char *bytes, size_t length,
                    struct ta_error *err)
{
    return fwrite(bytes, 1, length, handing->stream) == length ||
           cannot_be_handed_out(handing, err);
}

bool ta_handing_close(struct ta_handing *handing, bool ok, struct ta_error *err)
{
    bool written = ok && fflush(handing->stream) == 0 && fsync(fileno(handing->stream)) == 0;
    bool closed =
        fclose(handing->stream) == 0 && written && rename(handing->temporary, handing->path) == 0;
    if (ok && !closed) {
        (void)cannot_be_handed_out(handing, err);
    }
    if (!closed) {
        (void)unlink(handing->temporary);
    }
    release_handing(handing);
    return ok && closed;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Makes every folder that a part of the path before a slash names, then the path itself. */
static bool make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool ok = is_folder(path) || mkdir(path, FOLDER_MODE) == 0 || errno == EEXIST;
        *slash = '/';
        if (!ok) {
            return false;
        }
    }
    return mkdir(path, FOLDER_MODE) == 0 || (errno == EEXIST && is_folder(path));
}

bool ta_folder_make(const char *path, struct ta_error *err)
{
    char *copy = ta_copy(path);
    errno = ENOENT;
    bool ok = is_folder(path) || (path[0] != '\0' && make_folders(copy));
    int problem = errno;
    free(copy);
    if (!ok) {
        return ta_fail(err, TA_SYSTEM,
                       "The folder %s cannot be made: %s; choose another place or see to its "
                       "permissions.",
                       path, strerror(problem));
    }
    return true;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

bool ta_folder_remove(const char *path, struct ta_error *err)
{
    if (nftw(path, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS) != 0) {
        return ta_fail(err, TA_SYSTEM, "The folder %s cannot be removed: %s; remove it by hand.",
                       path, strerror(errno));
    }
    return true;
}

bool ta_folder_temporary(char **path, struct ta_error *err)
{
    const char *root = getenv("TMPDIR");
    char *folder =
        ta_path_join(root != NULL && root[0] != '\0' ? root : "/tmp", "turnabout-XXXXXX");
    *path = NULL;
    if (mkdtemp(folder) == NULL) {
        (void)ta_fail(
            err, TA_SYSTEM,
            "A folder for temporary files cannot be made as %s: %s; set TMPDIR to one that "
            "may be written to.",
            folder, strerror(errno));
        free(folder);
        return false;
    }
    /* Whole, because it may be handed on to a program with another working folder. */
    *path = realpath(folder, NULL);
    assert(*path != NULL);
    free(folder);
    return true;
}

char *ta_path_join(const char *folder, const char *name)
{
    struct ta_text path = {0};
    size_t length = strlen(folder);
    bool ended = length == 0 || folder[length - 1] == '/';
    ta_text_addf(&path, "%s%s%s", folder, ended ? "" : "/", name);
    return ta_text_take(&path);
}
