#include "turnabout/desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/editor.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/ledger/programme.h"

static bool open_store(struct ta_desk *desk, struct ta_error *err)
{
    char *path = ta_path_join(desk->places.data, "turnabout.db");
    bool ok = ta_folder_make(desk->places.data, err) && ta_store_open(&desk->store, path, err);
    free(path);
    return ok;
}

bool ta_desk_open(struct ta_desk *desk, char *(*lookup)(const char *name), struct ta_error *err)
{
    memset(desk, 0, sizeof *desk);
    bool ok = ta_clock_start(&desk->clock, lookup("TURNABOUT_CLOCK"), err) &&
              ta_places_find(&desk->places, lookup, err) &&
              ta_config_read(&desk->config, desk->places.config, lookup, err) &&
              open_store(desk, err);
    desk->git = ta_git_new();
    desk->editor = ta_copy(ta_editor_command(lookup));
    if (!ok) {
        ta_desk_close(desk);
    }
    return ok;
}

void ta_desk_close(struct ta_desk *desk)
{
    ta_reading_close(desk->released);
    ta_store_close(desk->programme); /* it rings the other's bells */
    ta_store_close(desk->store);
    ta_git_free(desk->git);
    ta_config_release(&desk->config);
    ta_places_release(&desk->places);
    free(desk->editor);
    memset(desk, 0, sizeof *desk);
}

int ta_desk_listen(struct ta_desk *desk)
{
    return desk->store != NULL ? ta_store_listen(desk->store) : -1;
}

bool ta_desk_heard(struct ta_desk *desk)
{
    return desk->store != NULL && ta_store_heard(desk->store);
}

int64_t ta_desk_now(const struct ta_desk *desk)
{
    return ta_clock_now(&desk->clock);
}

struct ta_moment ta_desk_moment(const struct ta_desk *desk)
{
    return ta_moment_local(ta_desk_now(desk));
}

struct ta_day ta_desk_today(const struct ta_desk *desk)
{
    return ta_day_of(ta_desk_moment(desk));
}

const struct ta_person *ta_desk_actor(const struct ta_pair *pair, enum ta_role as,
                                      enum ta_role usual)
{
    if (as != TA_NOBODY) {
        return &pair->person[as];
    }
    return &pair->person[pair->me != TA_NOBODY ? pair->me : usual];
}

static bool is_same(const char *one, const char *other)
{
    return one && other && strcasecmp(one, other) == 0;
}

enum ta_role ta_desk_identity(const struct ta_desk *desk, const struct ta_pair *pair)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (is_same(desk->config.email, pair->person[role].email)) {
            return role;
        }
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (is_same(desk->config.name, pair->person[role].name)) {
            return role;
        }
    }
    return TA_NOBODY;
}
