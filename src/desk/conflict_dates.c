#include <stdlib.h>
#include <string.h>

#include "reconcile.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"

#define MEETINGS "meetings.md"

static const char moved_to[] = " moved to M";

static const struct ta_meeting *find(const struct ta_meetings *meetings, unsigned long id)
{
    for (size_t i = 0; i < meetings->count; i++) {
        if (meetings->items[i].id == id) {
            return &meetings->items[i];
        }
    }
    return NULL;
}

/* "M5 (Wed 25 Nov 2026 11:00)" */
static void say_date(struct ta_text *out, const struct ta_meeting *meeting)
{
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(meeting->when));
    ta_moment_time(time, meeting->when);
    ta_text_addf(out, " (%s %s)", day, time);
}

static char *with_dates(const char *text, const struct ta_meetings *meetings)
{
    struct ta_text out = {0};
    const char *rest = text;
    for (const char *at = strstr(rest, moved_to); at != NULL; at = strstr(rest, moved_to)) {
        char *end = NULL;
        const char *digits = at + strlen(moved_to);
        const struct ta_meeting *meeting = find(meetings, strtoul(digits, &end, 10));
        ta_text_add_bytes(&out, rest, (size_t)(end - rest));
        if (meeting != NULL) {
            say_date(&out, meeting);
        }
        rest = end;
    }
    ta_text_add(&out, rest);
    return ta_text_take(&out);
}

static bool is_of_dates(const struct ta_conflict *conflict)
{
    return strcmp(conflict->document, MEETINGS) == 0 && !conflict->whole;
}

/* The dates of either: an id that was given twice is another by then. */
static bool read_merged(const struct reconciliation *all, struct ta_meetings *meetings)
{
    char *text = NULL;
    bool ok = reconciled_text(all, MEETINGS, &text, NULL) && text != NULL &&
              ta_meetings_read(meetings, text, NULL);
    free(text);
    return ok;
}

void reconcile_say_dates(struct reconciliation *all)
{
    struct ta_meetings meetings = {0};
    bool is_read = false;
    for (size_t i = 0; i < all->conflicts.count; i++) {
        struct ta_conflict *conflict = &all->conflicts.items[i];
        is_read = is_read || (is_of_dates(conflict) && read_merged(all, &meetings));
        bool has_dates = is_read && is_of_dates(conflict);
        for (enum ta_side side = TA_OURS; side < TA_SIDES; side++) {
            const char *text = side == TA_OURS ? conflict->ours : conflict->theirs;
            conflict->shown[side == TA_THEIRS] =
                has_dates ? with_dates(text, &meetings) : ta_copy(text);
        }
    }
    ta_meetings_release(&meetings);
}
