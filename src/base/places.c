#include "turnabout/base/places.h"

#include <stdlib.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"

/* *value is the variable's, or NULL when it is not set or empty. Fails when it is not absolute. */
static bool find(const char **value, char *(*lookup)(const char *), const char *name,
                 struct ta_error *err)
{
    const char *found = lookup(name);
    *value = found != NULL && found[0] != '\0' ? found : NULL;
    if (*value != NULL && found[0] != '/') {
        return ta_fail(err, TA_WRONG,
                       "%s is \"%s\", which is not an absolute path; set it to one that begins "
                       "with a slash.",
                       name, found);
    }
    return true;
}

/* `root`/turnabout of an XDG folder, or of its default below HOME. */
static bool place(char **out, char *(*lookup)(const char *), const char *name, const char *below,
                  struct ta_error *err)
{
    const char *root;
    const char *home;
    if (!find(&root, lookup, name, err)) {
        return false;
    }
    if (root != NULL) {
        *out = ta_path_join(root, "turnabout");
        return true;
    }
    if (!find(&home, lookup, "HOME", err)) {
        return false;
    }
    if (home == NULL) {
        return ta_fail(err, TA_WRONG,
                       "There is no folder to keep things in: neither %s nor HOME is set; set "
                       "TURNABOUT_HOME to a folder of yours.",
                       name);
    }
    *out = ta_path_join(home, below);
    return true;
}

bool ta_places_find(struct ta_places *places, char *(*lookup)(const char *name),
                    struct ta_error *err)
{
    *places = (struct ta_places){0};
    const char *home;
    if (!find(&home, lookup, "TURNABOUT_HOME", err)) {
        return false;
    }
    if (home != NULL) {
        *places = (struct ta_places){ta_copy(home), ta_copy(home)};
        return true;
    }
    bool ok = place(&places->data, lookup, "XDG_DATA_HOME", ".local/share/turnabout", err) &&
              place(&places->config, lookup, "XDG_CONFIG_HOME", ".config/turnabout", err);
    if (!ok) {
        ta_places_release(places);
    }
    return ok;
}

void ta_places_release(struct ta_places *places)
{
    free(places->data);
    free(places->config);
    *places = (struct ta_places){0};
}
