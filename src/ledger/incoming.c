#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repository.h"
#include "transport.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/ledger/programme.h"

static const char folder_of_refs[] = "refs/incoming";

static bool point_to(const char *path, const char *programme, struct ta_error *err)
{
    struct ta_text line = {0};
    char *file = ta_path_join(path, "objects/info/alternates");
    ta_text_addf(&line, "%s/objects\n", programme);
    bool ok = ta_file_write(file, line.bytes, line.length, err);
    ta_text_release(&line);
    free(file);
    return ok;
}

/* git asks an alternate for its refs; ours has thousands that say nothing here. */
static bool be_quiet(const char *path, struct ta_error *err)
{
    static const char config[] = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n"
                                 "\tbare = true\n\talternateRefsPrefixes = refs/none/\n"
                                 "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n";
    char *file = ta_path_join(path, "config");
    bool ok = ta_file_write(file, config, strlen(config), err);
    free(file);
    return ok;
}

bool ta_incoming_create(const char *path, const char *programme, struct ta_error *err)
{
    struct stat status;
    char *refs = ta_path_join(path, folder_of_refs);
    bool ok = (lstat(path, &status) != 0 || ta_folder_remove(path, err)) &&
              ta_programme_create(path, err) && be_quiet(path, err) &&
              point_to(path, programme, err) && ta_folder_make(refs, err);
    free(refs);
    return ok;
}

char *ta_incoming_ref(const char *slug)
{
    return ta_path_join(folder_of_refs, slug);
}

static char *ref_file(const char *path, const char *slug)
{
    char *ref = ta_incoming_ref(slug);
    char *file = ta_path_join(path, ref);
    free(ref);
    return file;
}

/* Half an id would be a broken reference, at which git stops; none costs a fetch of what is there.
 */
void ta_incoming_expect(const char *path, const char *slug, const char *tip)
{
    char *file = ref_file(path, slug);
    FILE *out = tip[0] != '\0' ? fopen(file, "we") : NULL;
    if (out != NULL) {
        bool whole = fprintf(out, "%s\n", tip) > 0;
        if (fclose(out) != 0 || !whole) {
            (void)unlink(file);
        }
    }
    free(file);
}

void ta_incoming_drop(const char *path, const char *slug)
{
    char *file = ref_file(path, slug);
    (void)unlink(file);
    free(file);
}

/* git as a child, for upkeep */

static bool run_git(const char *path, const char *const *words, int stop, struct ta_error *err)
{
    const struct ta_transport transport = {.stop = stop, .silence = 1800};
    struct ta_git_run run = {.transport = &transport};
    ta_git_run(&run, path, words, 0);
    bool ok = ta_git_run_is_done(&run) || ta_git_trouble(&run, path, err);
    ta_git_run_release(&run);
    return ok;
}

/* The index comes last: only with it a pack is one. */
static int rank(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".idx") == 0 ? 1 : 0;
}

static bool move_files(const char *from, const char *to, int ranked, struct ta_error *err)
{
    DIR *folder = opendir(from);
    bool ok = folder != NULL;
    for (const struct dirent *entry = ok ? readdir(folder) : NULL; ok && entry != NULL;
         entry = readdir(folder)) {
        if (strncmp(entry->d_name, "pack-", 5) == 0 && rank(entry->d_name) == ranked) {
            char *old = ta_path_join(from, entry->d_name);
            char *new = ta_path_join(to, entry->d_name);
            ok = rename(old, new) == 0;
            free(old);
            free(new);
        }
    }
    int problem = errno;
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return ok || ta_fail(err, TA_SYSTEM,
                         "What was fetched cannot be moved to %s: %s; see to the "
                         "free space and the permissions there.",
                         to, strerror(problem));
}

bool ta_incoming_take(const char *path, const char *programme, int stop, struct ta_error *err)
{
    static const char *const words[] = {"repack", "-a", "-d", "-l", "-q", "--no-write-bitmap-index",
                                        NULL};
    char *from = ta_path_join(path, "objects/pack");
    char *to = ta_path_join(programme, "objects/pack");
    bool ok = run_git(path, words, stop, err) && move_files(from, to, 0, err) &&
              move_files(from, to, 1, err) &&
              (ta_flush_all(to) ||
               ta_fail(err, TA_SYSTEM, "What was fetched cannot be made durable in %s: %s.", to,
                       strerror(errno)));
    free(to);
    free(from);
    return ok;
}

static size_t count_packs(const char *path)
{
    size_t count = 0;
    char *name = ta_path_join(path, "objects/pack");
    DIR *folder = opendir(name);
    for (const struct dirent *entry = folder != NULL ? readdir(folder) : NULL; entry != NULL;
         entry = readdir(folder)) {
        count += (size_t)rank(entry->d_name);
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    free(name);
    return count;
}

bool ta_programme_pack(const char *path, size_t most, int stop, struct ta_error *err)
{
    static const char *const words[] = {"repack", "-a", "-d", "-q", "--no-write-bitmap-index",
                                        NULL};
    return count_packs(path) <= most || run_git(path, words, stop, err);
}

bool ta_programme_turn(const char *path, int *turn, struct ta_error *err)
{
    char *file = ta_path_join(path, "turnabout.lock");
    *turn = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool ok = *turn >= 0 && flock(*turn, LOCK_EX | LOCK_NB) == 0;
    if (!ok) {
        ok =
            errno == EWOULDBLOCK
                ? ta_fail(err, TA_BUSY,
                          "Another Turnabout is fetching this programme: wait until it is done, or "
                          "end it.")
                : ta_fail(err, TA_SYSTEM, "%s cannot be made: %s; see to the permissions there.",
                          file, strerror(errno));
    }
    free(file);
    return ok;
}
