#include "turnabout/domain/attendance.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

static const char *const names[TA_NEEDS] = {
    [TA_NEED_CONTRACT] = "contract",
    [TA_NEED_SESSION] = "session",
    [TA_NEED_CANCELLED] = "cancelled",
    [TA_NEED_TOLD] = "told",
};

const char *ta_need_name(enum ta_need need)
{
    return names[need];
}

/* Counting */

struct ta_moment ta_meeting_held_at(const struct ta_meeting *meeting)
{
    struct ta_moment when = meeting->when;
    if (meeting->late.year != 0) {
        static const int64_t day_ms = 86400000;
        when.instant += ta_days_between(ta_day_of(when), meeting->late) * day_ms;
    }
    return when;
}

static void count_held(struct ta_attendance *attendance, const struct ta_meeting *meeting)
{
    struct ta_moment when = ta_meeting_held_at(meeting);
    attendance->held++;
    if (attendance->last.instant == 0 || when.instant > attendance->last.instant) {
        attendance->last = when;
    }
    attendance->run = 0;
}

/* One that neither of the two asked for neither ends a run nor is part of it. */
static void count_cancelled(struct ta_attendance *attendance, const struct ta_meeting *meeting)
{
    attendance->cancelled[meeting->by]++;
    if (meeting->by == TA_NOBODY) {
        return;
    }
    if (attendance->run == 0 || attendance->run_by != meeting->by) {
        attendance->run = 0;
        attendance->run_by = meeting->by;
    }
    attendance->run++;
    if (attendance->run == TA_CANCELLED_IN_A_ROW) {
        attendance->run_day = ta_day_of(meeting->when);
    }
}

static char letter_of(enum ta_meeting_state state)
{
    static const char letters[] = {
        [TA_MEETING_HELD] = 'h', [TA_MEETING_MOVED] = 'm', [TA_MEETING_CANCELLED] = 'c'};
    return letters[state];
}

void ta_attendance_count(struct ta_attendance *attendance, const struct ta_meetings *meetings)
{
    free(attendance->course);
    attendance->course = ta_allocate(meetings->count + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->state == TA_MEETING_PLANNED) {
            continue;
        }
        attendance->course[length++] = letter_of(meeting->state);
        attendance->moved += meeting->state == TA_MEETING_MOVED;
        if (meeting->state == TA_MEETING_HELD) {
            count_held(attendance, meeting);
        } else if (meeting->state == TA_MEETING_CANCELLED) {
            count_cancelled(attendance, meeting);
        }
    }
    const struct ta_meeting *next = ta_meetings_next(meetings);
    attendance->next = next != NULL ? next->when : (struct ta_moment){0};
}

void ta_attendance_release(struct ta_attendance *attendance)
{
    free(attendance->course);
    *attendance = (struct ta_attendance){0};
}

/* Reasons */

static struct ta_day contract_from(const struct ta_attendance *attendance)
{
    enum { WEEK = 7 };
    bool missing = attendance->contract == 0 && !attendance->released;
    return missing ? ta_day_add(attendance->joined, TA_WEEKS_TO_SIGN * WEEK) : (struct ta_day){0};
}

/* Where all that was agreed on was held, nothing is missing. */
static struct ta_day session_from(const struct ta_attendance *attendance)
{
    enum { WEEK = 7 };
    struct ta_day from =
        attendance->last.instant != 0 ? ta_day_of(attendance->last) : attendance->since;
    bool done = attendance->planned > 0 && attendance->held >= attendance->planned;
    if (attendance->contract == 0 || attendance->rhythm == 0 || from.year == 0 || done) {
        return (struct ta_day){0};
    }
    return ta_day_add(from, TA_RHYTHMS_MISSED * WEEK * (int)attendance->rhythm + 1);
}

static struct ta_day earlier(struct ta_day one, struct ta_day other)
{
    return ta_days_between(one, other) < 0 ? other : one;
}

/* Dates are cancelled ahead of time: then it is so since it is known. */
static struct ta_day cancelled_from(const struct ta_attendance *attendance)
{
    struct ta_day never = {0};
    return attendance->run < TA_CANCELLED_IN_A_ROW ? never
                                                   : earlier(attendance->run_day, attendance->read);
}

/* On which day they were done is not shared: not before they last met. */
static struct ta_day told_from(const struct ta_attendance *attendance)
{
    if (!attendance->promises || attendance->done == 0) {
        return (struct ta_day){0};
    }
    struct ta_day met =
        attendance->last.instant != 0 ? ta_day_of(attendance->last) : attendance->read;
    return earlier(met, attendance->read);
}

static struct ta_day (*const from[TA_NEEDS])(const struct ta_attendance *attendance) = {
    [TA_NEED_CONTRACT] = contract_from,
    [TA_NEED_SESSION] = session_from,
    [TA_NEED_CANCELLED] = cancelled_from,
    [TA_NEED_TOLD] = told_from,
};

struct ta_day ta_need_from(const struct ta_attendance *attendance, enum ta_need need)
{
    return from[need](attendance);
}

struct ta_day ta_look_from(const struct ta_attendance *attendance)
{
    struct ta_day first = {0};
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        struct ta_day day = ta_need_from(attendance, need);
        if (day.year != 0) {
            first = first.year != 0 ? earlier(first, day) : day;
        }
    }
    return first;
}

bool ta_needs_look(const struct ta_attendance *attendance, enum ta_need need, struct ta_day today)
{
    struct ta_day day = ta_need_from(attendance, need);
    return day.year != 0 && ta_days_between(day, today) >= 0;
}
