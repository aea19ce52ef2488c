#include "turnabout/ledger/programme.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "packed.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"

/* Small enough to be written without libgit2; made aside, so that it is there whole or not. */

static const char config[] = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n"
                             "\tbare = true\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n";

static bool write_in(const char *path, const char *name, const char *text, struct ta_error *err)
{
    char *file = ta_path_join(path, name);
    bool ok = ta_file_write(file, text, strlen(text), err);
    free(file);
    return ok;
}

static bool fill(const char *path, struct ta_error *err)
{
    static const char *const folders[] = {"objects/info", "objects/pack", "refs/heads",
                                          "refs/pairs"};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof folders / sizeof *folders; i++) {
        char *folder = ta_path_join(path, folders[i]);
        ok = ta_folder_make(folder, err);
        free(folder);
    }
    return ok && write_in(path, "config", config, err) &&
           write_in(path, "HEAD", "ref: refs/heads/main\n", err);
}

bool ta_programme_create(const char *path, struct ta_error *err)
{
    struct stat status;
    if (lstat(path, &status) == 0) {
        return true;
    }
    struct ta_text aside = {0};
    ta_text_addf(&aside, "%s.new", path);
    bool ok = lstat(aside.bytes, &status) != 0 || ta_folder_remove(aside.bytes, err);
    ok = ok && fill(aside.bytes, err);
    if (ok && rename(aside.bytes, path) != 0) {
        ok = ta_fail(err, TA_SYSTEM,
                     "The programme's repository %s cannot be made: %s; see to the "
                     "free space and the permissions there.",
                     path, strerror(errno));
    }
    ta_text_release(&aside);
    return ok;
}
