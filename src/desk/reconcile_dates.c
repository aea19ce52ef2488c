#include "reconcile_dates.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"

static bool read_both(struct ta_meetings *mine, const char *text, struct ta_meetings *theirs,
                      const char *other)
{
    return text != NULL && other != NULL && ta_meetings_read(mine, text, NULL) &&
           ta_meetings_read(theirs, other, NULL);
}

static void take(char **text, char *changed)
{
    free(*text);
    *text = changed;
}

static void put_meeting(char **text, const struct ta_meeting *meeting)
{
    char *changed = NULL;
    if (ta_meetings_put(&changed, *text, meeting, NULL)) {
        take(text, changed);
    }
}

static void drop_meeting(char **text, const struct ta_meeting *meeting)
{
    char *changed = NULL;
    if (ta_meetings_drop(&changed, *text, meeting->id, NULL)) {
        take(text, changed);
    }
}

static void put_planned(char **text, const struct ta_meeting *meeting)
{
    struct ta_meeting planned = {.id = meeting->id, .when = meeting->when, .by = TA_NOBODY};
    put_meeting(text, &planned);
}

/* One date that is two sessions */

static const struct ta_meeting *find_claim(const struct ta_meetings *meetings,
                                           const struct ta_meeting *claimed)
{
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->when.instant == claimed->when.instant && meeting->session > 0 &&
            meeting->session != claimed->session) {
            return meeting;
        }
    }
    return NULL;
}

static void put_apart(char **text, const struct ta_meeting *meeting, unsigned id,
                      struct ta_moment when)
{
    struct ta_meeting held = *meeting;
    held.id = id;
    held.when = when;
    held.late = (struct ta_day){0};
    put_planned(text, meeting);
    put_meeting(text, &held);
}

void reconcile_part_dates(char **text, const char *other, reconcile_held_of *held_of,
                          const void *data)
{
    struct ta_meetings mine = {0}, theirs = {0};
    bool ok = read_both(&mine, *text, &theirs, other);
    unsigned next = ok ? ta_meetings_next_id(&mine) : 0;
    for (size_t i = 0; ok && i < mine.count; i++) {
        const struct ta_meeting *meeting = &mine.items[i];
        const struct ta_meeting *claim = meeting->session > 0 ? find_claim(&theirs, meeting) : NULL;
        struct ta_moment held;
        if (claim != NULL && meeting->session > claim->session &&
            held_of(data, meeting->session, &held)) {
            put_apart(text, meeting, next++, held);
        }
    }
    ta_meetings_release(&mine);
    ta_meetings_release(&theirs);
}

/* One session that has two dates */

/* Where the other holds it earlier, and not at this date, too. */
static const struct ta_meeting *find_earlier(const struct ta_meetings *meetings,
                                             const struct ta_meeting *held)
{
    const struct ta_meeting *earlier = NULL;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->session != held->session) {
            continue;
        }
        if (meeting->when.instant >= held->when.instant) {
            return NULL;
        }
        earlier = meeting;
    }
    return earlier;
}

/* Something else goes on with it: the two had planned it, or another date was moved there. */
static bool is_needed(const struct ta_meetings *mine, const struct ta_meetings *base,
                      const struct ta_meeting *meeting)
{
    bool is_needed = ta_meetings_planned_at(base, meeting->when.instant) != NULL;
    for (size_t i = 0; i < mine->count; i++) {
        is_needed = is_needed || mine->items[i].moved_to == meeting->id;
    }
    return is_needed;
}

static void take_earlier(char **text, const char *other, const struct ta_meetings *base)
{
    struct ta_meetings mine = {0}, theirs = {0};
    bool ok = read_both(&mine, *text, &theirs, other);
    for (size_t i = 0; ok && i < mine.count; i++) {
        const struct ta_meeting *meeting = &mine.items[i];
        const struct ta_meeting *earlier =
            meeting->session > 0 ? find_earlier(&theirs, meeting) : NULL;
        if (earlier != NULL && is_needed(&mine, base, meeting)) {
            put_planned(text, meeting);
        } else if (earlier != NULL) {
            drop_meeting(text, meeting);
        }
    }
    ta_meetings_release(&mine);
    ta_meetings_release(&theirs);
}

void reconcile_unite_dates(char **ours, char **theirs, const char *base)
{
    struct ta_meetings was = {0};
    if (*ours == NULL || *theirs == NULL || (base != NULL && !ta_meetings_read(&was, base, NULL))) {
        return;
    }
    char *mine = ta_copy(*ours);
    take_earlier(ours, *theirs, &was);
    take_earlier(theirs, mine, &was);
    free(mine);
    ta_meetings_release(&was);
}
