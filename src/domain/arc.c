#include "turnabout/domain/arc.h"

static const int64_t hour = 3600000; /* milliseconds */

static const char *const names[TA_ARCS] = {
    [TA_ARC_ANY] = "any",
    [TA_ARC_FIRST] = "first",
    [TA_ARC_MIDDLE] = "middle",
    [TA_ARC_LAST] = "last",
};

const char *ta_arc_name(enum ta_arc arc)
{
    return names[arc];
}

bool ta_arc_find(enum ta_arc *arc, struct ta_piece name)
{
    for (enum ta_arc each = TA_ARC_ANY; each < TA_ARCS; each++) {
        if (ta_piece_is(name, names[each])) {
            *arc = each;
            return true;
        }
    }
    return false;
}

enum ta_arc ta_arc_of(unsigned session, unsigned review, unsigned agreed)
{
    if (session == 1) {
        return TA_ARC_FIRST;
    }
    if (session == agreed) {
        return TA_ARC_LAST;
    }
    return session == review ? TA_ARC_MIDDLE : TA_ARC_ANY;
}

enum ta_reminder ta_remind(const struct ta_reminder_facts *facts, int64_t now, int64_t *due)
{
    if (facts->meeting == 0 || now >= facts->meeting) {
        return TA_REMIND_NOTHING;
    }
    *due = facts->meeting - (int64_t)facts->lead * hour;
    if (!facts->shared && facts->lead > 0 && now >= *due) {
        return TA_REMIND_AGENDA_LATE;
    }
    if (facts->meeting - now < (int64_t)facts->notice * hour) {
        return TA_REMIND_NOTICE;
    }
    return facts->shared || facts->lead == 0 ? TA_REMIND_NOTHING : TA_REMIND_AGENDA;
}
