#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

/*
 * libgit2 1.5 does not come back from a loose object that is cut off or garbled (a full disk, a
 * lost block): it asks zlib for the rest for ever. So a backend of ours is asked first. It gives no
 * object out; it only says no to those that do not unpack to their end.
 */
enum {
    BEFORE_ALL = 3, /* libgit2's own have the priorities 2 and 1 */
    CHUNK = 16384   /* bytes */
};

struct guard {
    git_odb_backend backend;
    const struct ta_git *git;
    char *objects; /* the folder, with a slash behind it */
};

static int open_loose(const struct guard *guard, const git_oid *id)
{
    char digits[TA_ID_SIZE];
    struct ta_text path = {0};
    guard->git->oid_tostr(digits, sizeof digits, id);
    ta_text_addf(&path, "%s%.2s/%s", guard->objects, digits, digits + 2);
    int file = open(path.bytes, O_RDONLY | O_CLOEXEC);
    ta_text_release(&path);
    return file;
}

/* Unpacks what is at hand and forgets it. */
static int unpack(const struct ta_git *git, z_stream *stream)
{
    unsigned char out[CHUNK];
    int state;
    do {
        stream->next_out = out;
        stream->avail_out = sizeof out;
        state = git->inflate(stream, Z_NO_FLUSH);
    } while (state == Z_OK && stream->avail_out == 0);
    return state;
}

static bool unpacks_to_its_end(const struct ta_git *git, int file)
{
    unsigned char in[CHUNK];
    z_stream stream = {0};
    int state = git->inflateInit_(&stream, ZLIB_VERSION, (int)sizeof stream);
    ssize_t length = 1;
    while ((state == Z_OK || state == Z_BUF_ERROR) && length > 0) {
        length = read(file, in, sizeof in);
        stream.next_in = in;
        stream.avail_in = length > 0 ? (unsigned)length : 0;
        state = length > 0 ? unpack(git, &stream) : Z_DATA_ERROR;
    }
    (void)git->inflateEnd(&stream);
    return state == Z_STREAM_END && stream.avail_in == 0;
}

static int look(void **data, size_t *size, git_object_t *type, git_odb_backend *backend,
                const git_oid *id)
{
    const struct guard *guard = (const struct guard *)backend;
    (void)data;
    (void)size;
    (void)type;
    int file = open_loose(guard, id);
    if (file < 0) {
        return GIT_PASSTHROUGH;
    }
    bool is_whole = unpacks_to_its_end(guard->git, file);
    (void)close(file);
    if (!is_whole) {
        guard->git->error_set_str(GIT_ERROR_ODB, "an object in it is cut off or garbled");
    }
    return is_whole ? GIT_PASSTHROUGH : GIT_ERROR;
}

static void free_guard(git_odb_backend *backend)
{
    struct guard *guard = (struct guard *)backend;
    free(guard->objects);
    free(guard);
}

int ta_loose_guard(const struct ta_git *git, git_repository *handle)
{
    git_odb *objects = NULL;
    int code = git->repository_odb(&objects, handle);
    if (code != 0) {
        return code;
    }
    struct ta_text folder = {0};
    struct guard *guard = ta_allocate(1, sizeof *guard);
    ta_text_addf(&folder, "%sobjects/", git->repository_path(handle));
    *guard = (struct guard){
        .backend = {.version = GIT_ODB_BACKEND_VERSION, .read = look, .free = free_guard},
        .git = git,
        .objects = ta_text_take(&folder),
    };
    code = git->odb_add_backend(objects, &guard->backend, BEFORE_ALL);
    if (code != 0) {
        free_guard(&guard->backend);
    }
    git->odb_free(objects);
    return code;
}
