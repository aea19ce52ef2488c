/* What one pair released, for whoever reads it. */
#include <stdlib.h>

#include "programme.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/overview.h"
#include "turnabout/document/record_paper.h"

enum { HOURS_OF_A_DAY = 24, HOURS_SHOWN = 72 /* notice from which on it is told in days */ };

static void keep_session(const struct ta_released_row *row, void *data)
{
    struct ta_review *review = data;
    struct ta_released_row *kept =
        ta_append(&review->sessions, review->count++, sizeof *review->sessions);
    *kept = *row;
    kept->text = ta_copy(row->text);
}

/* Why a date fell is the two's alone, whatever a repository says. */
static void keep_dates(struct ta_meetings *dates, const char *text)
{
    struct ta_meetings all = {0};
    (void)ta_meetings_read(&all, text, NULL);
    for (size_t i = 0; i < all.count; i++) {
        struct ta_meeting date = all.items[i];
        date.reason = NULL;
        ta_meetings_add(dates, &date);
    }
    ta_meetings_release(&all);
}

bool ta_desk_dates(struct ta_desk *desk, const struct ta_member *member, struct ta_meetings *dates,
                   struct ta_error *err)
{
    struct ta_error problem;
    char *text = NULL;
    *dates = (struct ta_meetings){0};
    if (!member->attendance.released) {
        return true;
    }
    if (!programme_reading(desk, err)) {
        return false;
    }
    bool ok = ta_reading_text(desk->released, member->taken, "meetings.md", &text, &problem);
    if (text != NULL) {
        keep_dates(dates, text);
    }
    free(text);
    return ok || programme_is_none(&problem) || ta_fail(err, problem.code, "%s", problem.text);
}

bool ta_desk_review(struct ta_desk *desk, const char *slug, struct ta_review *review,
                    struct ta_error *err)
{
    *review = (struct ta_review){0};
    bool ok = ta_programme_open(desk, err) &&
              ta_store_member(desk->programme, slug, &review->member, err) &&
              ta_programme_sessions(desk, &review->member, keep_session, review, err) &&
              ta_desk_dates(desk, &review->member, &review->dates, err);
    if (!ok) {
        ta_review_release(review);
    }
    return ok;
}

void ta_review_release(struct ta_review *review)
{
    for (size_t i = 0; i < review->count; i++) {
        free((char *)review->sessions[i].text);
    }
    free(review->sessions);
    ta_meetings_release(&review->dates);
    ta_member_release(&review->member);
    *review = (struct ta_review){0};
}

/* Dates that fell */

bool ta_date_fell(const struct ta_meeting *date)
{
    return date->state == TA_MEETING_CANCELLED || date->state == TA_MEETING_MOVED;
}

const char *ta_date_sign(const struct ta_meeting *date)
{
    return date->state == TA_MEETING_MOVED ? "↷" : "✕";
}

void ta_say_hours(struct ta_text *out, const struct ta_meeting *date)
{
    bool hours = date->notice < HOURS_SHOWN;
    ta_text_addf(out, hours ? "%u h" : "%u d",
                 hours ? date->notice : date->notice / HOURS_OF_A_DAY);
}

static void say_notice(struct ta_text *out, const struct ta_meeting *date)
{
    if (date->notice == 0) {
        ta_text_add(out, "less than an hour");
    } else {
        ta_say_hours(out, date);
    }
    ta_text_add(out, " before");
}

void ta_say_asked(struct ta_text *out, const struct ta_meeting *date)
{
    if (date->by != TA_NOBODY) {
        ta_text_addf(out, "by the %s", ta_role_name(date->by));
    }
    ta_text_add(out, date->by != TA_NOBODY && date->has_notice ? ", " : "");
    if (date->has_notice) {
        say_notice(out, date);
    }
}

static void say_time(struct ta_text *out, struct ta_moment when)
{
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(when));
    ta_moment_time(time, when);
    ta_text_addf(out, "%s %s", day, time);
}

static const struct ta_meeting *date_by_id(const struct ta_meetings *dates, unsigned id)
{
    for (size_t i = 0; id > 0 && i < dates->count; i++) {
        if (dates->items[i].id == id) {
            return &dates->items[i];
        }
    }
    return NULL;
}

void ta_say_fallen(struct ta_text *out, const struct ta_meetings *dates,
                   const struct ta_meeting *date)
{
    const struct ta_meeting *next = date_by_id(dates, date->moved_to);
    struct ta_text asked = {0};
    ta_text_add(out, "The date of ");
    say_time(out, date->when);
    ta_text_add(out, date->state == TA_MEETING_MOVED ? " was moved" : " was cancelled");
    if (date->state == TA_MEETING_MOVED && next != NULL) {
        ta_text_add(out, " to ");
        say_time(out, next->when);
    }
    ta_say_asked(&asked, date);
    if (asked.length > 0) {
        ta_text_addf(out, date->by == TA_NOBODY ? ", %s" : " %s", asked.bytes);
    }
    ta_text_add(out, ".");
    if (date->by == TA_NOBODY) {
        ta_text_add(out, " Neither of the two is said to have asked for it.");
    }
    ta_text_release(&asked);
}
