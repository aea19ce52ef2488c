#include "turnabout/desk/meetings.h"

#include <stdlib.h>
#include <string.h>

#include "growing.h"
#include "papers.h"
#include "readme.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"

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

bool ta_desk_promises(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_promises *promises, struct ta_error *err)
{
    struct papers papers;
    const struct ta_promises *read = NULL;
    memset(promises, 0, sizeof *promises);
    bool ok = papers_open(&papers, desk, pair, err);
    papers.whole = true;
    ok = ok && papers_promises(&papers, &read, err);
    if (ok) {
        *promises = papers.promises;
        memset(&papers.promises, 0, sizeof papers.promises);
    }
    papers_close(&papers);
    return ok;
}

static bool is_new_date(const struct ta_meetings *meetings, struct ta_moment when,
                        struct ta_error *err)
{
    return !ta_meetings_planned_at(meetings, when.instant) ||
           ta_fail(err, TA_REFUSED, "That date is planned already: nothing to do.");
}

static bool write_meetings(struct papers *papers, struct ta_moment when, struct growing *text,
                           struct ta_error *err)
{
    const struct ta_meetings *meetings = NULL;
    if (!papers_meetings(papers, &meetings, err) || !is_new_date(meetings, when, err) ||
        !growing_read(text, papers, "meetings.md", err)) {
        return false;
    }
    struct ta_meeting meeting = {.id = ta_meetings_next_id(meetings),
                                 .when = when,
                                 .state = TA_MEETING_PLANNED,
                                 .by = TA_NOBODY};
    return growing_put_meeting(text, &meeting, err);
}

static bool commit_date(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role as,
                        struct ta_moment when, const struct ta_document documents[2],
                        const char *tip, struct ta_error *err)
{
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(when));
    ta_moment_time(time, when);
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Meeting planned: %s %s", day, time);
    struct ta_commit commit = {.subject = subject.bytes,
                               .pair = pair,
                               .author = ta_desk_actor(pair, as, TA_MENTEE),
                               .when = ta_desk_moment(desk)};
    bool ok = ta_record_commit(desk, &commit, documents, 2, tip, err);
    ta_text_release(&subject);
    return ok;
}

bool ta_desk_meeting_plan(struct ta_desk *desk, const struct ta_pair *pair, struct ta_moment when,
                          enum ta_role as, struct ta_error *err)
{
    struct papers papers;
    struct growing meetings = {0};
    char *readme = NULL;
    bool ok =
        papers_open(&papers, desk, pair, err) && write_meetings(&papers, when, &meetings, err);
    struct readme_news news = {.meetings = meetings.brief};
    char tip[TA_ID_SIZE];
    ok = ok && readme_make(&papers, &news, &readme, err);
    memcpy(tip, papers.tip, sizeof tip);
    papers_close(&papers);
    struct ta_document documents[2] = {
        {.path = "meetings.md", .text = meetings.whole, .brief = meetings.brief},
        {.path = "README.md", .text = readme}};
    ok = ok && commit_date(desk, pair, as, when, documents, tip, err);
    growing_release(&meetings);
    free(readme);
    return ok;
}
