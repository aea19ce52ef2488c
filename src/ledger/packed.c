#include "packed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"

enum { LARGEST = 64 << 20 }; /* bytes; half a million refs */

static const char packed_name[] = "packed-refs";
static const char kept_name[] = "turnabout-refs"; /* packed-refs as it was when it was read */
static const char lock_name[] = "packed-refs.lock";
static const char header[] = "# pack-refs with: peeled fully-peeled sorted \n";

static bool is_id(const char *at, size_t length)
{
    bool ok = length == TA_ID_SIZE - 1;
    for (size_t i = 0; ok && i < length; i++) {
        ok = (at[i] >= '0' && at[i] <= '9') || (at[i] >= 'a' && at[i] <= 'f');
    }
    return ok;
}

bool ta_ref_line_next(struct ta_piece *rest, struct ta_ref_line *line)
{
    enum { ID = TA_ID_SIZE - 1, PREFIX = sizeof TA_PAIRS_REFS - 1 };
    while (rest->length > 0) {
        const char *at = rest->at;
        const char *end = memchr(at, '\n', rest->length);
        size_t length = end != NULL ? (size_t)(end - at) : rest->length;
        size_t taken = length + (end != NULL ? 1 : 0);
        *rest = (struct ta_piece){at + taken, rest->length - taken};
        if (length > ID + 1 + PREFIX && memcmp(at + ID + 1, TA_PAIRS_REFS, PREFIX) == 0) {
            line->id = (struct ta_piece){at, ID};
            line->slug = (struct ta_piece){at + ID + 1 + PREFIX, length - ID - 1 - PREFIX};
            return true;
        }
    }
    return false;
}

static void make_stamp(char stamp[TA_STAMP_SIZE], const struct stat *status)
{
    (void)snprintf(stamp, TA_STAMP_SIZE, "%llu-%lld-%lld.%09ld", (unsigned long long)status->st_ino,
                   (long long)status->st_size, (long long)status->st_mtim.tv_sec,
                   status->st_mtim.tv_nsec);
}

static void stamp_of(const char *path, const char *name, char stamp[TA_STAMP_SIZE])
{
    struct stat status;
    char *file = ta_path_join(path, name);
    stamp[0] = '\0';
    if (stat(file, &status) == 0) {
        make_stamp(stamp, &status);
    }
    free(file);
}

bool ta_refs_read(struct ta_text *text, const char *path, const char *name,
                  char stamp[TA_STAMP_SIZE], struct ta_error *err)
{
    char *file = ta_path_join(path, name);
    struct ta_error problem;
    stamp_of(path, name, stamp);
    bool ok = ta_file_read(text, file, LARGEST, &problem) || problem.code == TA_ABSENT ||
              ta_fail(err, problem.code, "%s", problem.text);
    free(file);
    return ok;
}

/* What differs */

struct walk {
    void (*visit)(const struct ta_pair_ref *ref, void *data);
    void *data;
    struct ta_text slug; /* ended with NUL */
};

/* What is no id leads to nothing: it is told, as gone. */
static void tell(struct walk *walk, struct ta_piece slug, const char *id, size_t length)
{
    struct ta_pair_ref ref = {0};
    ta_text_clear(&walk->slug);
    ta_text_add_bytes(&walk->slug, slug.at, slug.length);
    ref.slug = walk->slug.bytes;
    if (is_id(id, length)) {
        memcpy(ref.tip, id, TA_ID_SIZE - 1);
    }
    walk->visit(&ref, walk->data);
}

static int compare(struct ta_piece one, struct ta_piece other)
{
    size_t shorter = one.length < other.length ? one.length : other.length;
    int order = memcmp(one.at, other.at, shorter);
    return order != 0 ? order : (one.length > other.length) - (one.length < other.length);
}

/* Passes over whole lines that both begin with. */
static void pass_common(struct ta_piece *one, struct ta_piece *other)
{
    enum { BLOCK = 4096 };
    size_t shorter = one->length < other->length ? one->length : other->length;
    size_t same = 0;
    while (same + BLOCK <= shorter && memcmp(one->at + same, other->at + same, BLOCK) == 0) {
        same += BLOCK;
    }
    const char *end = same > 0 ? memrchr(one->at, '\n', same) : NULL;
    if (end == NULL) {
        return;
    }
    size_t passed = (size_t)(end - one->at) + 1;
    *one = (struct ta_piece){one->at + passed, one->length - passed};
    *other = (struct ta_piece){other->at + passed, other->length - passed};
}

/* Both are sorted by name: git keeps them so, and so do we. Most lines are equal byte for byte. */
static void tell_differences(struct walk *walk, struct ta_piece before, struct ta_piece after)
{
    struct ta_ref_line old = {0};
    struct ta_ref_line new = {0};
    pass_common(&before, &after);
    bool has_old = ta_ref_line_next(&before, &old);
    bool has_new = ta_ref_line_next(&after, &new);
    while (has_old || has_new) {
        int order = !has_old ? 1 : !has_new ? -1 : compare(old.slug, new.slug);
        if (order < 0) {
            tell(walk, old.slug, "", 0);
        } else if (order > 0 || memcmp(old.id.at, new.id.at, TA_ID_SIZE - 1) != 0) {
            tell(walk, new.slug, new.id.at, new.id.length);
        }
        if (order == 0) {
            pass_common(&before, &after);
        }
        has_old = order <= 0 ? ta_ref_line_next(&before, &old) : has_old;
        has_new = order >= 0 ? ta_ref_line_next(&after, &new) : has_new;
    }
}

/* A file as it lies in memory already: nothing is copied. git and we put another in its place and
   never write into it, so that it stays as it is. Empty when it is not there. */
static struct ta_piece map(const char *path, const char *name, char stamp[TA_STAMP_SIZE])
{
    struct stat status;
    struct ta_piece text = {NULL, 0};
    char *file = ta_path_join(path, name);
    int descriptor = open(file, O_RDONLY | O_CLOEXEC);
    stamp[0] = '\0';
    if (descriptor >= 0 && fstat(descriptor, &status) == 0 && status.st_size > 0 &&
        status.st_size <= LARGEST) {
        void *at = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE,
                        descriptor, 0);
        if (at != MAP_FAILED) {
            text = (struct ta_piece){at, (size_t)status.st_size};
            make_stamp(stamp, &status);
        }
    }
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
    free(file);
    return text;
}

static void unmap(struct ta_piece text)
{
    if (text.at != NULL) {
        (void)munmap((void *)text.at, text.length);
    }
}

static void tell_packed(struct walk *walk, const char *path, const char *known,
                        char stamp[TA_STAMP_SIZE])
{
    char kept[TA_STAMP_SIZE];
    stamp_of(path, packed_name, stamp);
    if (known != NULL && known[0] != '\0' && strcmp(stamp, known) == 0) {
        return;
    }
    struct ta_piece now = map(path, packed_name, stamp);
    struct ta_piece then = map(path, kept_name, kept);
    bool is_known = known != NULL && known[0] != '\0' && strcmp(kept, known) == 0;
    tell_differences(walk, is_known ? then : (struct ta_piece){NULL, 0}, now);
    unmap(now);
    unmap(then);
}

static void tell_loose(struct walk *walk, const char *folder, const char *name)
{
    struct ta_text text = {0};
    char *file = ta_path_join(folder, name);
    if (name[0] != '.' && strstr(name, ".lock") == NULL && ta_file_read(&text, file, 4096, NULL) &&
        text.length > 0) {
        struct ta_piece id = ta_piece_trim((struct ta_piece){text.bytes, text.length});
        tell(walk, ta_piece_of(name), id.at, id.length);
    }
    ta_text_release(&text);
    free(file);
}

/* Those that a git of somebody's wrote; they count before what is packed. */
static void tell_all_loose(struct walk *walk, const char *path)
{
    char *folder = ta_path_join(path, "refs/pairs");
    DIR *entries = opendir(folder);
    for (const struct dirent *entry = entries != NULL ? readdir(entries) : NULL; entry != NULL;
         entry = readdir(entries)) {
        tell_loose(walk, folder, entry->d_name);
    }
    if (entries != NULL) {
        (void)closedir(entries);
    }
    free(folder);
}

bool ta_programme_moved(const char *path, const char *known,
                        void (*visit)(const struct ta_pair_ref *ref, void *data), void *data,
                        char stamp[TA_STAMP_SIZE], struct ta_error *err)
{
    struct walk walk = {.visit = visit, .data = data};
    struct stat status;
    if (stat(path, &status) != 0) {
        return ta_fail(err, TA_ABSENT, "The programme's repository %s is not there.", path);
    }
    tell_packed(&walk, path, known, stamp);
    tell_all_loose(&walk, path);
    ta_text_release(&walk.slug);
    return true;
}

/* The very file under a second name: git and we put another in its place, never write into it. */
void ta_programme_keep(const char *path, const char *stamp)
{
    char now[TA_STAMP_SIZE];
    char *packed = ta_path_join(path, packed_name);
    char *kept = ta_path_join(path, kept_name);
    struct ta_text aside = {0};
    ta_text_addf(&aside, "%s.new", kept);
    (void)unlink(aside.bytes);
    stamp_of(path, packed_name, now);
    if (strcmp(now, stamp) == 0 && link(packed, aside.bytes) == 0 &&
        rename(aside.bytes, kept) != 0) {
        (void)unlink(aside.bytes);
    }
    (void)unlink(aside.bytes); /* rename() does nothing when both are the same file */
    ta_text_release(&aside);
    free(kept);
    free(packed);
}

/* Setting */

static int by_slug(const void *one, const void *other)
{
    const struct ta_pair_ref *a = one;
    const struct ta_pair_ref *b = other;
    return strcmp(a->slug, b->slug);
}

static void add_line(struct ta_text *out, const char *id, struct ta_piece slug)
{
    ta_text_addf(out, "%.*s " TA_PAIRS_REFS "%.*s\n", TA_ID_SIZE - 1, id, (int)slug.length,
                 slug.at);
}

static void merge(struct ta_text *out, struct ta_piece before, const struct ta_pair_ref *sorted,
                  size_t count)
{
    struct ta_ref_line line;
    size_t next = 0;
    bool more = ta_ref_line_next(&before, &line);
    ta_text_add(out, header);
    while (more || next < count) {
        int order = !more           ? 1
                    : next == count ? -1
                                    : compare(line.slug, ta_piece_of(sorted[next].slug));
        if (order < 0) {
            add_line(out, line.id.at, line.slug);
        } else if (sorted[next].tip[0] != '\0') {
            add_line(out, sorted[next].tip, ta_piece_of(sorted[next].slug));
        }
        more = order <= 0 ? ta_ref_line_next(&before, &line) : more;
        next += order >= 0;
    }
}

/* One that was left by a program that was killed is nobody's after two seconds: git holds it for
   some milliseconds. */
static int take_lock(const char *lock)
{
    enum { TRIES = 30, OLD = 2, PAUSE = 100000000 };
    int file = -1;
    for (int i = 0; file < 0 && i < TRIES; i++) {
        struct stat status;
        struct timespec pause = {.tv_nsec = PAUSE};
        file = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST) {
            return -1;
        }
        if (file < 0 && stat(lock, &status) == 0 && llabs(time(NULL) - status.st_mtime) > OLD) {
            (void)unlink(lock);
        } else if (file < 0) {
            (void)nanosleep(&pause, NULL);
        }
    }
    return file;
}

static bool write_whole(int file, const struct ta_text *text)
{
    size_t done = 0;
    while (done < text->length) {
        ssize_t wrote = write(file, text->bytes + done, text->length - done);
        if (wrote < 0 && errno != EINTR) {
            return false;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return fsync(file) == 0;
}

static bool flush_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) {
        (void)close(folder);
    }
    return ok;
}

static void drop_loose(const char *path, const struct ta_pair_ref *refs, size_t count)
{
    char *folder = ta_path_join(path, "refs/pairs");
    for (size_t i = 0; i < count; i++) {
        char *file = ta_path_join(folder, refs[i].slug);
        (void)unlink(file);
        free(file);
    }
    free(folder);
}

static bool replace(const char *path, const char *lock, int file, const struct ta_pair_ref *sorted,
                    size_t count, struct ta_error *err)
{
    struct ta_text before = {0};
    struct ta_text after = {0};
    char stamp[TA_STAMP_SIZE];
    char *packed = ta_path_join(path, packed_name);
    bool ok = ta_refs_read(&before, path, packed_name, stamp, err);
    if (ok) {
        merge(&after, (struct ta_piece){before.bytes, before.length}, sorted, count);
        ok = (write_whole(file, &after) && rename(lock, packed) == 0 && flush_folder(path)) ||
             ta_fail(err, TA_SYSTEM,
                     "%s cannot be written: %s; see to the free space and the "
                     "permissions there.",
                     packed, strerror(errno));
    }
    ta_text_release(&before);
    ta_text_release(&after);
    free(packed);
    return ok;
}

bool ta_programme_set(const char *path, const struct ta_pair_ref *refs, size_t count,
                      struct ta_error *err)
{
    if (count == 0) {
        return true;
    }
    char *lock = ta_path_join(path, lock_name);
    struct ta_pair_ref *sorted = ta_allocate(count, sizeof *sorted);
    memcpy(sorted, refs, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_slug);
    int file = take_lock(lock);
    bool ok = file >= 0 || ta_fail(err, errno == EEXIST ? TA_BUSY : TA_SYSTEM,
                                   "%s cannot be made: %s; another git may be at work there, try "
                                   "again in a moment.",
                                   lock, strerror(errno));
    if (ok) {
        ok = replace(path, lock, file, sorted, count, err);
        (void)close(file);
        (void)(ok || unlink(lock)); /* when it went well, it is packed-refs now */
        drop_loose(path, refs, ok ? count : 0);
    }
    free(sorted);
    free(lock);
    return ok;
}
