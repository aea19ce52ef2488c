#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repository.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

/*
 * libgit2 1.5 does not come back from a loose object that is cut off or garbled (a full disk, a
 * lost block): it asks zlib for the rest for ever. So loose objects are read here, each file opened
 * once, where libgit2 would look for it, measure it and then open it; packed objects, and all
 * writing, are left to libgit2, which also compares what is given out with its id.
 * The format: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects ("Object Storage").
 */
enum {
    BEFORE_ALL = 3, /* libgit2's own backends have the priorities 2 and 1 */
    CHUNK = 16384,  /* bytes */
    HEADER = 32     /* bytes: "commit ", a size, and the NUL behind it */
};

struct backend {
    git_odb_backend parent;
    const struct ta_git *git;
    char *objects; /* the folder, with a slash behind it */
};

/* A file while it is unpacked. */
struct loose {
    const struct ta_git *git;
    int file;
    int state; /* zlib's: Z_OK while there may be more, Z_STREAM_END, or what is wrong */
    z_stream stream;
    unsigned char in[CHUNK];
};

/* What stands before the content. */
struct header {
    git_object_t type;
    size_t size;   /* bytes of the content */
    size_t length; /* bytes of the header itself */
};

static bool open_loose(struct loose *loose, const struct backend *backend, const git_oid *id)
{
    char digits[TA_ID_SIZE];
    struct ta_text path = {0};
    backend->git->oid_tostr(digits, sizeof digits, id);
    ta_text_addf(&path, "%s%.2s/%s", backend->objects, digits, digits + 2);
    loose->git = backend->git;
    loose->file = open(path.bytes, O_RDONLY | O_CLOEXEC);
    ta_text_release(&path);
    if (loose->file < 0) {
        return false;
    }
    loose->stream = (z_stream){0};
    loose->state =
        loose->git->inflateInit_(&loose->stream, ZLIB_VERSION, (int)sizeof loose->stream);
    return true;
}

static void close_loose(struct loose *loose)
{
    (void)loose->git->inflateEnd(&loose->stream);
    (void)close(loose->file);
}

static bool read_more(struct loose *loose)
{
    ssize_t length = read(loose->file, loose->in, sizeof loose->in);
    loose->stream.next_in = loose->in;
    loose->stream.avail_in = length > 0 ? (unsigned)length : 0;
    return length > 0;
}

/* Returns how many bytes there were, `room` at the most. Z_FINISH: zlib needs no window of its own
   for what comes out at once. */
static size_t unpack(struct loose *loose, void *out, size_t room)
{
    z_stream *stream = &loose->stream;
    stream->next_out = out;
    stream->avail_out = (unsigned)room;
    while (loose->state == Z_OK && stream->avail_out > 0) {
        if (stream->avail_in == 0 && !read_more(loose)) {
            loose->state = Z_DATA_ERROR;
        } else {
            int state = loose->git->inflate(stream, Z_FINISH);
            loose->state = state == Z_BUF_ERROR ? Z_OK : state;
        }
    }
    return room - stream->avail_out;
}

static bool read_type(git_object_t *type, const char *name, size_t length)
{
    static const struct {
        const char *name;
        git_object_t type;
    } types[] = {
        {"blob", GIT_OBJECT_BLOB},
        {"tree", GIT_OBJECT_TREE},
        {"commit", GIT_OBJECT_COMMIT},
        {"tag", GIT_OBJECT_TAG},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strlen(types[i].name) == length && memcmp(types[i].name, name, length) == 0) {
            *type = types[i].type;
            return true;
        }
    }
    return false;
}

/* "blob 12" and a NUL. No object of 4 GB is one of ours. */
static bool read_header(struct header *header, const char *text, size_t length)
{
    const char *end = memchr(text, '\0', length < HEADER ? length : HEADER);
    const char *space = end != NULL ? memchr(text, ' ', (size_t)(end - text)) : NULL;
    if (space == NULL || !read_type(&header->type, text, (size_t)(space - text))) {
        return false;
    }
    char *rest;
    unsigned long long size = strtoull(space + 1, &rest, 10);
    header->size = (size_t)size;
    header->length = (size_t)(end - text) + 1;
    return rest == end && rest > space + 1 && size < UINT32_MAX;
}

static int say_garbled(const struct ta_git *git)
{
    git->error_set_str(GIT_ERROR_ODB, "an object in it is cut off or garbled");
    return GIT_ERROR;
}

static bool is_at_its_end(const struct loose *loose)
{
    return loose->state == Z_STREAM_END && loose->stream.avail_in == 0;
}

/* What follows the header; `begun` of it is there already. NULL: it is not as long as it says. */
static void *unpack_content(struct loose *loose, const struct backend *backend,
                            const struct header *header, const char *begun, size_t length)
{
    if (length > header->size) {
        return NULL;
    }
    /* One byte more than it says, so that what is too long is seen. */
    char *content =
        loose->git->odb_backend_data_alloc((git_odb_backend *)&backend->parent, header->size + 1);
    if (content == NULL) {
        return NULL;
    }
    memcpy(content, begun, length);
    length += unpack(loose, content + length, header->size + 1 - length);
    if (length != header->size || !is_at_its_end(loose)) {
        loose->git->odb_backend_data_free((git_odb_backend *)&backend->parent, content);
        return NULL;
    }
    content[length] = '\0';
    return content;
}

static int give(void **data, size_t *size, git_object_t *type, git_odb_backend *parent,
                const git_oid *id)
{
    const struct backend *backend = (const struct backend *)parent;
    struct loose loose;
    struct header header;
    char begin[CHUNK];
    if (!open_loose(&loose, backend, id)) {
        return GIT_PASSTHROUGH;
    }
    size_t length = unpack(&loose, begin, sizeof begin);
    *data = read_header(&header, begin, length)
                ? unpack_content(&loose, backend, &header, begin + header.length,
                                 length - header.length)
                : NULL;
    close_loose(&loose);
    if (*data == NULL) {
        return say_garbled(backend->git);
    }
    *size = header.size;
    *type = header.type;
    return 0;
}

static int give_header(size_t *size, git_object_t *type, git_odb_backend *parent, const git_oid *id)
{
    const struct backend *backend = (const struct backend *)parent;
    struct loose loose;
    struct header header;
    char begin[HEADER];
    if (!open_loose(&loose, backend, id)) {
        return GIT_PASSTHROUGH;
    }
    size_t length = unpack(&loose, begin, sizeof begin);
    close_loose(&loose);
    if (!read_header(&header, begin, length)) {
        return say_garbled(backend->git);
    }
    *size = header.size;
    *type = header.type;
    return 0;
}

static void free_backend(git_odb_backend *parent)
{
    struct backend *backend = (struct backend *)parent;
    free(backend->objects);
    free(backend);
}

int ta_loose_read(const struct ta_git *git, git_repository *handle)
{
    git_odb *objects = NULL;
    int code = git->repository_odb(&objects, handle);
    if (code != 0) {
        return code;
    }
    struct ta_text folder = {0};
    struct backend *backend = ta_allocate(1, sizeof *backend);
    ta_text_addf(&folder, "%sobjects/", git->repository_path(handle));
    *backend = (struct backend){
        .parent = {.version = GIT_ODB_BACKEND_VERSION,
                   .read = give,
                   .read_header = give_header,
                   .free = free_backend},
        .git = git,
        .objects = ta_text_take(&folder),
    };
    code = git->odb_add_backend(objects, &backend->parent, BEFORE_ALL);
    if (code != 0) {
        free_backend(&backend->parent);
    }
    git->odb_free(objects);
    return code;
}
