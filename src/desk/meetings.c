#include "turnabout/desk/meetings.h"

#include <stdlib.h>
#include <string.h>

#include "growing.h"
#include "papers.h"
#include "readme.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"

enum { REASON_LONGEST = 500 }; /* bytes */

bool ta_desk_meetings(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_meetings *meetings, struct ta_error *err)
{
    struct papers papers;
    const struct ta_meetings *read = NULL;
    memset(meetings, 0, sizeof *meetings);
    bool ok = papers_open(&papers, desk, pair, err);
    papers.whole = true;
    ok = ok && papers_meetings(&papers, &read, err);
    if (ok) {
        *meetings = papers.meetings;
        memset(&papers.meetings, 0, sizeof papers.meetings);
    }
    papers_close(&papers);
    return ok;
}

/* The texts of a commit about dates, and what it is called */

struct change {
    struct papers papers;
    const struct ta_meetings *meetings; /* as they were */
    struct growing text;
    struct ta_text subject;
};

static bool begin(struct change *change, struct ta_desk *desk, const struct ta_pair *pair,
                  struct ta_error *err)
{
    memset(change, 0, sizeof *change);
    return papers_open(&change->papers, desk, pair, err) &&
           papers_meetings(&change->papers, &change->meetings, err) &&
           growing_read(&change->text, &change->papers, "meetings.md", err);
}

static bool commit(struct change *change, enum ta_role as, struct ta_error *err)
{
    struct papers *papers = &change->papers;
    struct ta_desk *desk = papers->desk;
    char *readme = NULL;
    char tip[TA_ID_SIZE];
    struct readme_news news = {.meetings = change->text.brief};
    bool ok = readme_make(papers, &news, &readme, err);
    struct ta_commit commit = {.subject = change->subject.bytes,
                               .pair = papers->pair,
                               .author = ta_desk_actor(papers->pair, as, TA_MENTEE),
                               .when = ta_desk_moment(desk)};
    struct ta_document documents[2] = {
        {.path = "meetings.md", .text = change->text.whole, .brief = change->text.brief},
        {.path = "README.md", .text = readme}};
    memcpy(tip, papers->tip, sizeof tip);
    papers_close(papers);
    ok = ok && ta_record_commit(desk, &commit, documents, 2, tip, err);
    free(readme);
    return ok;
}

static void end(struct change *change)
{
    papers_close(&change->papers);
    growing_release(&change->text);
    ta_text_release(&change->subject);
}

/* "Tue 24 Nov 2026 10:00" */
static void say_date(struct ta_text *out, struct ta_moment when)
{
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(when));
    ta_moment_time(time, when);
    ta_text_addf(out, "%s %s", day, time);
}

static bool plan(struct change *change, struct ta_moment when, struct ta_error *err)
{
    if (ta_meetings_planned_at(change->meetings, when.instant)) {
        return ta_fail(err, TA_REFUSED, "That date is planned already: nothing to do.");
    }
    struct ta_meeting meeting = {.id = ta_meetings_next_id(change->meetings),
                                 .when = when,
                                 .state = TA_MEETING_PLANNED,
                                 .by = TA_NOBODY};
    return growing_put_meeting(&change->text, &meeting, err);
}

bool ta_desk_meeting_plan(struct ta_desk *desk, const struct ta_pair *pair, struct ta_moment when,
                          enum ta_role as, struct ta_error *err)
{
    struct change change;
    bool ok = begin(&change, desk, pair, err) && plan(&change, when, err);
    ta_text_add(&change.subject, "Meeting planned: ");
    say_date(&change.subject, when);
    ok = ok && commit(&change, as, err);
    end(&change);
    return ok;
}

/* Another date, or none */

static bool find_planned(const struct ta_meetings *meetings, unsigned id,
                         const struct ta_meeting **found, struct ta_error *err)
{
    *found = ta_meetings_planned(meetings, id);
    if (*found) {
        return true;
    }
    if (id == 0) {
        return ta_fail(err, TA_ABSENT, "No date is planned: set one with turnabout meeting plan.");
    }
    for (size_t i = 0; i < meetings->count; i++) {
        if (meetings->items[i].id == id) {
            return ta_fail(err, TA_REFUSED, "M%u was %s: only a planned date can be given up.", id,
                           ta_meeting_state_name(meetings->items[i].state));
        }
    }
    return ta_fail(err, TA_ABSENT, "No date M%u is planned: turnabout meeting list shows them.",
                   id);
}

static bool check_reason(const char *reason, struct ta_error *err)
{
    if (!reason) {
        return true;
    }
    if (strlen(reason) > REASON_LONGEST) {
        return ta_fail(err, TA_WRONG,
                       "The reason is too long: a word is enough, and %d bytes are "
                       "the most.",
                       REASON_LONGEST);
    }
    return (ta_is_prose(ta_piece_of(reason)) && !strchr(reason, '\n')) ||
           ta_fail(err, TA_WRONG,
                   "The reason is one line of plain UTF-8 text: leave line ends and control "
                   "characters out.");
}

/* The date as it was given up. `reason` stays the caller's. */
static struct ta_meeting give_up(const struct ta_meeting *planned, enum ta_meeting_state state,
                                 const struct ta_asked *asked, int64_t now)
{
    struct ta_meeting meeting = *planned;
    meeting.state = state;
    meeting.by = asked->by;
    meeting.has_notice = asked->has_notice || now <= planned->when.instant;
    if (meeting.has_notice) {
        meeting.notice = asked->has_notice ? asked->notice : ta_meeting_notice(planned->when, now);
    }
    meeting.reason = (char *)asked->reason;
    return meeting;
}

static void tell(struct ta_meeting *before, const struct ta_meeting *meeting)
{
    if (before) {
        *before = *meeting;
        before->reason = NULL;
    }
}

static bool write_move(struct change *change, unsigned id, struct ta_moment to,
                       const struct ta_asked *asked, struct ta_meeting *before,
                       struct ta_error *err)
{
    const struct ta_meeting *planned = NULL;
    int64_t now = ta_desk_now(change->papers.desk);
    if (!find_planned(change->meetings, id, &planned, err)) {
        return false;
    }
    if (to.instant <= now) {
        return ta_fail(err, TA_WRONG, "The new date is past: give one that is still to come.");
    }
    struct ta_meeting moved = give_up(planned, TA_MEETING_MOVED, asked, now);
    moved.moved_to = ta_meetings_next_id(change->meetings);
    tell(before, &moved);
    ta_text_add(&change->subject, "Meeting moved: ");
    say_date(&change->subject, planned->when);
    ta_text_add(&change->subject, " to ");
    say_date(&change->subject, to);
    return growing_put_meeting(&change->text, &moved, err) && plan(change, to, err);
}

static bool write_cancel(struct change *change, unsigned id, const struct ta_asked *asked,
                         struct ta_meeting *before, struct ta_error *err)
{
    const struct ta_meeting *planned = NULL;
    int64_t now = ta_desk_now(change->papers.desk);
    if (!find_planned(change->meetings, id, &planned, err)) {
        return false;
    }
    struct ta_meeting cancelled = give_up(planned, TA_MEETING_CANCELLED, asked, now);
    tell(before, &cancelled);
    ta_text_add(&change->subject, "Meeting cancelled: ");
    say_date(&change->subject, planned->when);
    return growing_put_meeting(&change->text, &cancelled, err);
}

bool ta_desk_meeting_move(struct ta_desk *desk, const struct ta_pair *pair, unsigned id,
                          struct ta_moment to, const struct ta_asked *asked, enum ta_role as,
                          struct ta_meeting *before, struct ta_error *err)
{
    struct change change;
    bool ok = begin(&change, desk, pair, err) && check_reason(asked->reason, err) &&
              write_move(&change, id, to, asked, before, err) && commit(&change, as, err);
    end(&change);
    return ok;
}

bool ta_desk_meeting_cancel(struct ta_desk *desk, const struct ta_pair *pair, unsigned id,
                            const struct ta_asked *asked, enum ta_role as,
                            struct ta_meeting *before, struct ta_error *err)
{
    struct change change;
    bool ok = begin(&change, desk, pair, err) && check_reason(asked->reason, err) &&
              write_cancel(&change, id, asked, before, err) && commit(&change, as, err);
    end(&change);
    return ok;
}
