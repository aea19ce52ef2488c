#include "turnabout/domain/meeting.h"

#include <stdint.h>
#include <stdlib.h>

#include "turnabout/base/memory.h"

enum { DAYS_OF_WEEK = 7, SATURDAY = 5, SECOND = 1000 };
enum { HOUR = 60 * 60 * SECOND, DAY = 24 * HOUR, WEEK = 7 * DAY, MINUTES_OF_TEN = 10 * 60 };

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

const struct ta_meeting *ta_meetings_crowded(const struct ta_meetings *meetings, unsigned weeks)
{
    const struct ta_meeting *next = ta_meetings_next(meetings);
    const struct ta_meeting *crowded = NULL;
    int64_t until = next != NULL ? next->when.instant + (int64_t)weeks * (WEEK / 2) : 0;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->state == TA_MEETING_PLANNED && meeting != next &&
            meeting->when.instant < until) {
            crowded = meeting;
            until = meeting->when.instant;
        }
    }
    return crowded;
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

const struct ta_meeting *ta_meetings_planned(const struct ta_meetings *meetings, unsigned id)
{
    for (size_t i = 0; id != 0 && i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->id == id) {
            return meeting->state == TA_MEETING_PLANNED ? meeting : NULL;
        }
    }
    return id == 0 ? ta_meetings_next(meetings) : NULL;
}

const struct ta_meeting *ta_meetings_missed(const struct ta_meetings *meetings, int64_t now)
{
    const struct ta_meeting *next = ta_meetings_next(meetings);
    bool missed = next != NULL && now - next->when.instant > TA_SECONDS_MISSED * INT64_C(1000);
    return missed ? next : NULL;
}

unsigned ta_meeting_notice(struct ta_moment when, int64_t asked)
{
    return asked < when.instant ? (unsigned)((when.instant - asked) / HOUR) : 0;
}

static bool was_held(const struct ta_meeting *meeting, enum ta_role by)
{
    (void)by;
    return meeting->state == TA_MEETING_HELD;
}

static bool was_given_up(const struct ta_meeting *meeting, enum ta_role by)
{
    bool given_up = meeting->state == TA_MEETING_MOVED || meeting->state == TA_MEETING_CANCELLED;
    return given_up && meeting->by == by;
}

/* The latest date of which this is so. */
static int64_t latest(const struct ta_meetings *meetings,
                      bool (*is_so)(const struct ta_meeting *meeting, enum ta_role by),
                      enum ta_role by)
{
    int64_t instant = INT64_MIN;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->when.instant > instant && is_so(meeting, by)) {
            instant = meeting->when.instant;
        }
    }
    return instant;
}

unsigned ta_meetings_run(const struct ta_meetings *meetings, enum ta_role *by)
{
    int64_t mentor = latest(meetings, was_given_up, TA_MENTOR);
    int64_t mentee = latest(meetings, was_given_up, TA_MENTEE);
    int64_t held = latest(meetings, was_held, TA_NOBODY);
    enum ta_role last = mentor > mentee ? TA_MENTOR : TA_MENTEE;
    int64_t other = mentor > mentee ? mentee : mentor;
    int64_t since = held > other ? held : other;
    unsigned count = 0;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        count += meeting->when.instant > since && was_given_up(meeting, last);
    }
    *by = count > 0 ? last : TA_NOBODY;
    return count;
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

/* Of today, in the zone it is told in. */
static struct ta_moment at_ten(struct ta_moment now)
{
    int64_t local = now.instant + now.offset * INT64_C(60000);
    int64_t of_day = (local % DAY + DAY) % DAY;
    now.instant += MINUTES_OF_TEN * INT64_C(60000) - of_day;
    return now;
}

struct ta_moment ta_meetings_propose(const struct ta_meetings *meetings, unsigned weeks,
                                     struct ta_moment now)
{
    const struct ta_meeting *last = NULL;
    for (size_t i = 0; i < meetings->count; i++) {
        if (last == NULL || meetings->items[i].when.instant > last->when.instant) {
            last = &meetings->items[i];
        }
    }
    return last != NULL ? ta_rhythm_next(last->when, weeks, now.instant)
                        : on_a_working_day(ta_moment_add_days(at_ten(now), DAYS_OF_WEEK));
}
