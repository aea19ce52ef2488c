#include "turnabout/domain/meeting.h"

#include <stdint.h>
#include <stdlib.h>

#include "turnabout/base/memory.h"

enum { DAYS_OF_WEEK = 7, SATURDAY = 5, DAY = 24 * 60 * 60 * 1000 };

const char *ta_meeting_state_name(enum ta_meeting_state state)
{
    static const char *const names[] = {
        [TA_MEETING_PLANNED] = "planned",
        [TA_MEETING_HELD] = "held",
        [TA_MEETING_MOVED] = "moved",
        [TA_MEETING_CANCELLED] = "cancelled",
    };
    return names[state];
}

unsigned ta_meetings_next_id(const struct ta_meetings *meetings)
{
    unsigned highest = 0;
    for (size_t i = 0; i < meetings->count; i++) {
        if (meetings->items[i].id > highest) {
            highest = meetings->items[i].id;
        }
    }
    return highest + 1;
}

const struct ta_meeting *ta_meetings_next(const struct ta_meetings *meetings)
{
    const struct ta_meeting *next = NULL;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->state == TA_MEETING_PLANNED &&
            (next == NULL || meeting->when.instant < next->when.instant)) {
            next = meeting;
        }
    }
    return next;
}

const struct ta_meeting *ta_meetings_planned_at(const struct ta_meetings *meetings, int64_t instant)
{
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->state == TA_MEETING_PLANNED && meeting->when.instant == instant) {
            return meeting;
        }
    }
    return NULL;
}

const struct ta_meeting *ta_meetings_nearest(const struct ta_meetings *meetings,
                                             struct ta_moment held)
{
    const struct ta_meeting *nearest = NULL;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        int64_t ahead = meeting->when.instant - held.instant;
        int64_t apart = ahead < 0 ? -ahead : ahead;
        if (meeting->state == TA_MEETING_PLANNED && ahead <= DAY && apart < least) {
            nearest = meeting;
            least = apart;
        }
    }
    return nearest;
}

void ta_meetings_add(struct ta_meetings *meetings, const struct ta_meeting *meeting)
{
    struct ta_meeting *added = ta_append(&meetings->items, meetings->count++, sizeof *added);
    *added = *meeting;
    added->reason = ta_copy(meeting->reason);
}

void ta_meetings_release(struct ta_meetings *meetings)
{
    if (meetings == NULL) {
        return;
    }
    for (size_t i = 0; i < meetings->count; i++) {
        free(meetings->items[i].reason);
    }
    free(meetings->items);
    *meetings = (struct ta_meetings){0};
}

static struct ta_moment on_a_working_day(struct ta_moment moment)
{
    int day = ta_day_of_week(ta_day_of(moment));
    return day < SATURDAY ? moment : ta_moment_add_days(moment, DAYS_OF_WEEK - day);
}

/* Counts in whole steps from the last meeting, so that the pair keeps its day of the week. */
struct ta_moment ta_rhythm_next(struct ta_moment last, unsigned weeks, int64_t now)
{
    int step = DAYS_OF_WEEK * (weeks > 0 ? (int)weeks : 1);
    int past = ta_days_between(ta_day_of(last), ta_day_of(ta_moment_local(now)));
    int days = past > step ? past - past % step : step;
    struct ta_moment next = on_a_working_day(ta_moment_add_days(last, days));
    while (next.instant < now) {
        days += step;
        next = on_a_working_day(ta_moment_add_days(last, days));
    }
    return next;
}
