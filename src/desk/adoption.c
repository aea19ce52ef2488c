#include "adoption.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "remotes.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/store/pairs.h"

/* A slug comes from the command line, too: it names one folder, and none that is hidden. */
static bool is_folder_name(const char *slug)
{
    return slug[0] != '\0' && slug[0] != '.' && !strchr(slug, '/');
}

static bool read_pair(struct ta_desk *desk, const char *slug, struct ta_pair *pair,
                      struct ta_error *err)
{
    struct ta_pair named = {.slug = ta_copy(slug)};
    char *path = ta_record_path(desk, &named);
    char *readme = NULL;
    struct ta_moment since;
    bool ok = ta_ledger_read(desk->git, path, NULL, "README.md", &readme, err) &&
              ta_readme_read(pair, &since, readme, err);
    ta_replace(&pair->slug, slug);
    ta_pair_release(&named);
    free(path);
    free(readme);
    return ok;
}

bool adopt_pair(struct ta_desk *desk, const char *slug, struct ta_error *err)
{
    return adopt_pair_as(desk, slug, TA_NOBODY, err);
}

bool adopt_pair_as(struct ta_desk *desk, const char *slug, enum ta_role me, struct ta_error *err)
{
    if (!is_folder_name(slug)) {
        return ta_fail(err, TA_ABSENT, "\"%s\" is no name of a pair.", slug);
    }
    struct ta_pair pair = {0};
    bool ok = read_pair(desk, slug, &pair, err);
    if (ok) {
        pair.me = me != TA_NOBODY ? me : ta_desk_identity(desk, &pair);
        ok = ta_store_pair_add(desk->store, &pair, ta_desk_now(desk), err);
    }
    if (ok) {
        remotes_take_back(desk, &pair);
    }
    ta_pair_release(&pair);
    return ok;
}

size_t adopt_pairs(struct ta_desk *desk)
{
    char *path = ta_path_join(desk->places.data, "pairs");
    struct dirent **folders = NULL;
    int count = scandir(path, &folders, NULL, alphasort);
    size_t adopted = 0;
    for (int i = 0; i < count; i++) {
        adopted += adopt_pair(desk, folders[i]->d_name, NULL);
        free(folders[i]);
    }
    free(folders);
    free(path);
    return adopted;
}
