#include "turnabout/desk/standing.h"

#include <stdlib.h>
#include <string.h>

#include "readme.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"

bool ta_desk_meetings(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_meetings *meetings, struct ta_error *err)
{
    char tip[TA_ID_SIZE];
    char *text = NULL;
    bool ok = ta_record_refresh(desk, pair, tip, err) &&
              ta_record_text(desk, pair, "meetings.md", &text, err) &&
              (!text || ta_meetings_read(meetings, text, err));
    free(text);
    return ok;
}

bool ta_desk_promises(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_promises *promises, struct ta_error *err)
{
    char tip[TA_ID_SIZE];
    char *text = NULL;
    bool ok = ta_record_refresh(desk, pair, tip, err) &&
              ta_record_text(desk, pair, "promises.md", &text, err) &&
              (!text || ta_promises_read(promises, text, pair, err));
    free(text);
    return ok;
}

static bool is_new_date(const struct ta_meetings *meetings, struct ta_moment when,
                        struct ta_error *err)
{
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->state == TA_MEETING_PLANNED && meeting->when.instant == when.instant) {
            return ta_fail(err, TA_REFUSED, "That date is planned already: nothing to do.");
        }
    }
    return true;
}

static bool commit_date(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role as,
                        struct ta_moment when, const char *tip, const char *meetings,
                        struct ta_error *err)
{
    char date[TA_DATE_SIZE];
    char day[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(when));
    ta_moment_time(date, when);
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Meeting planned: %s %s", day, date);
    struct ta_commit commit = {.subject = subject.bytes,
                               .pair = pair,
                               .author = ta_desk_actor(pair, as, TA_MENTEE),
                               .when = ta_desk_moment(desk)};
    struct readme_news news = {.meetings = meetings};
    char *readme = NULL;
    bool ok = readme_make(desk, pair, &news, &readme, err);
    struct ta_change changes[] = {{"meetings.md", meetings}, {"README.md", readme}};
    ok = ok && ta_record_commit(desk, &commit, changes, 2, tip, err);
    free(readme);
    ta_text_release(&subject);
    return ok;
}

bool ta_desk_meeting_plan(struct ta_desk *desk, const struct ta_pair *pair, struct ta_moment when,
                          enum ta_role as, struct ta_error *err)
{
    char tip[TA_ID_SIZE];
    char *before = NULL;
    char *after = NULL;
    struct ta_meetings meetings = {0};
    bool ok = ta_record_refresh(desk, pair, tip, err) &&
              ta_record_text(desk, pair, "meetings.md", &before, err) &&
              (!before || ta_meetings_read(&meetings, before, err)) &&
              is_new_date(&meetings, when, err);
    struct ta_meeting meeting = {.id = ta_meetings_next_id(&meetings),
                                 .when = when,
                                 .state = TA_MEETING_PLANNED,
                                 .by = TA_NOBODY};
    ok = ok && ta_meetings_put(&after, before, &meeting, err) &&
         commit_date(desk, pair, as, when, tip, after, err);
    ta_meetings_release(&meetings);
    free(before);
    free(after);
    return ok;
}

static bool read_last(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_standing *standing, struct ta_error *err)
{
    if (standing->agenda.agenda.session < 2) {
        return true;
    }
    char *path = ta_session_path(standing->agenda.agenda.session - 1, "summary.md");
    char *text = NULL;
    bool ok = ta_record_text(desk, pair, path, &text, err) &&
              (!text || ta_summary_paper_read(&standing->last, text, pair, err));
    free(path);
    free(text);
    return ok;
}

static void find_step(struct ta_standing *standing)
{
    struct ta_step_facts facts = {
        .contract_in_force = standing->contract.in_force != NULL,
        .contract_ready = standing->contract.drafted &&
                          ta_contract_unfit(&standing->contract.contract, 0) == TA_CLAUSES,
        .date_set = ta_meetings_next(&standing->meetings) != NULL,
        .agenda_shared = standing->agenda.shared,
        .held = standing->held,
        .agreed = standing->agreed,
        .session = standing->live.sitting.id ? standing->live.reading.state : TA_SESSION_NONE,
        .left = standing->live.reading.left,
    };
    standing->step = ta_step_next(&facts);
}

bool ta_desk_standing(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_standing *standing, struct ta_error *err)
{
    memset(standing, 0, sizeof *standing);
    bool ok = ta_desk_contract(desk, pair, &standing->contract, err) &&
              ta_desk_meetings(desk, pair, &standing->meetings, err) &&
              ta_desk_promises(desk, pair, &standing->promises, err) &&
              ta_desk_agenda(desk, pair, &standing->agenda, err) &&
              ta_desk_live(desk, pair, &standing->live, err) &&
              read_last(desk, pair, standing, err);
    if (!ok) {
        ta_standing_release(standing);
        return false;
    }
    standing->held = ta_meetings_held(&standing->meetings);
    standing->agreed = ta_contract_number(&standing->contract.contract, TA_CLAUSE_SESSIONS);
    find_step(standing);
    return true;
}

void ta_standing_release(struct ta_standing *standing)
{
    ta_contract_state_release(&standing->contract);
    ta_meetings_release(&standing->meetings);
    ta_promises_release(&standing->promises);
    ta_summary_release(&standing->last);
    ta_agenda_state_release(&standing->agenda);
    ta_live_release(&standing->live);
    memset(standing, 0, sizeof *standing);
}

static void say_signers(struct ta_text *out, const struct ta_pair *pair,
                        const struct ta_contract_state *contract)
{
    bool mentor = contract->signed_by[TA_MENTOR] != NULL;
    bool mentee = contract->signed_by[TA_MENTEE] != NULL;
    if (!mentor && !mentee) {
        ta_text_add(out, "read the contract and sign it, both of you");
        return;
    }
    struct ta_piece name = ta_person_first_name(&pair->person[mentor ? TA_MENTEE : TA_MENTOR]);
    ta_text_addf(out, "%.*s signs the contract", (int)name.length, name.at);
}

void ta_standing_say_step(struct ta_text *out, const struct ta_pair *pair,
                          const struct ta_standing *standing)
{
    struct ta_piece mentee = ta_person_first_name(&pair->person[TA_MENTEE]);
    unsigned session = standing->agenda.agenda.session;
    switch (standing->step) {
    case TA_STEP_CONTRACT:
        ta_text_add(out, "draft the contract together");
        return;
    case TA_STEP_SIGN:
        say_signers(out, pair, &standing->contract);
        return;
    case TA_STEP_DATE:
        ta_text_addf(out, "set the date of session %u", session);
        return;
    case TA_STEP_AGENDA:
        ta_text_addf(out, "%.*s sets the agenda for session %u", (int)mentee.length, mentee.at,
                     session);
        return;
    case TA_STEP_SESSION:
        ta_text_addf(out, "hold session %u", session);
        return;
    case TA_STEP_LIVE:
        ta_text_addf(out, "session %u is running: go there", session);
        return;
    case TA_STEP_CLOSE:
        ta_text_addf(out, "session %u was left open: close it", session);
        return;
    case TA_STEP_SUMMARY:
        ta_text_addf(out, "%.*s finishes the summary of session %u", (int)mentee.length, mentee.at,
                     session);
        return;
    case TA_STEP_COMPLETE:
        ta_text_addf(out, "all %u sessions were held: look back, or plan another",
                     standing->agreed);
        return;
    }
}
