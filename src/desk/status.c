#include "turnabout/desk/status.h"

#include <stdlib.h>
#include <string.h>

#include "papers.h"
#include "turnabout/base/file.h"
#include "turnabout/document/agenda_paper.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/store/index.h"
#include "turnabout/store/pairs.h"

enum { MINUTE = 60 };

/* A session whose summary is in the record is in nobody's hand any more. */
static bool has_summary(struct ta_desk *desk, const struct ta_sitting *sitting, bool *has,
                        struct ta_error *err)
{
    char *text = NULL;
    char *path = ta_session_path(sitting->number, "summary.md");
    bool ok = ta_store_index_text(desk->store, sitting->pair, path, &text, err);
    *has = text != NULL;
    free(text);
    free(path);
    return ok;
}

static bool read_sitting(struct ta_status *status, struct ta_desk *desk, struct ta_error *err)
{
    struct ta_sitting *sitting = &status->sitting;
    bool over = false;
    if (!ta_store_sitting_glance(desk->store, status->pair.id, sitting, &status->notes, err)) {
        return false;
    }
    if (sitting->id == 0) {
        return true;
    }
    if (sitting->standing == TA_SITTING_COMMITTING && !has_summary(desk, sitting, &over, err)) {
        return false;
    }
    if (over || sitting->standing == TA_SITTING_SETTLED) {
        ta_sitting_release(sitting);
        status->notes = 0;
        return true;
    }
    if (!ta_agenda_paper_read(&status->agenda, sitting->agenda, err)) {
        return false;
    }
    sitting_follow_clock(desk, sitting);
    ta_session_read(&status->reading, &sitting->events, (int64_t)status->agenda.minutes * MINUTE,
                    ta_desk_now(desk));
    return true;
}

static bool find_pair(struct ta_status *status, struct ta_desk *desk, const char *slug)
{
    char *in_hand = NULL;
    bool ok = (slug != NULL || ta_store_setting(desk->store, "pair", &in_hand, NULL)) &&
              (slug != NULL || in_hand != NULL) &&
              ta_store_pair_find(desk->store, slug != NULL ? slug : in_hand, &status->pair, NULL);
    free(in_hand);
    return ok;
}

/* False: not this way. */
static bool read_quickly(struct ta_status *status, char *(*lookup)(const char *name),
                         const char *slug)
{
    struct ta_desk desk = {0};
    bool ok = ta_clock_start(&desk.clock, lookup("TURNABOUT_CLOCK"), NULL) &&
              ta_places_find(&desk.places, lookup, NULL);
    char *path = ok ? ta_path_join(desk.places.data, "turnabout.db") : NULL;
    bool open = ok && ta_store_peek(&desk.store, path) && ta_store_begin_reading(desk.store, NULL);
    ok = open && find_pair(status, &desk, slug) && read_sitting(status, &desk, NULL);
    if (open) {
        ta_store_end_reading(desk.store);
    }
    free(path);
    ta_store_close(desk.store);
    ta_places_release(&desk.places);
    if (!ok) {
        ta_status_release(status);
    }
    return ok;
}

bool ta_desk_status(struct ta_status *status, char *(*lookup)(const char *name), const char *slug,
                    struct ta_error *err)
{
    struct ta_desk desk;
    memset(status, 0, sizeof *status);
    if (read_quickly(status, lookup, slug)) {
        return true;
    }
    if (!ta_desk_open(&desk, lookup, err)) {
        return false;
    }
    bool ok = ta_desk_pair(&desk, slug, &status->pair, err) && read_sitting(status, &desk, err);
    ta_desk_close(&desk);
    if (!ok) {
        ta_status_release(status);
    }
    return ok;
}

void ta_status_release(struct ta_status *status)
{
    ta_pair_release(&status->pair);
    ta_sitting_release(&status->sitting);
    ta_agenda_release(&status->agenda);
    memset(status, 0, sizeof *status);
}
