#include "turnabout/desk/standing.h"

#include <stdlib.h>
#include <string.h>

#include "papers.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/reply_paper.h"

static enum ta_step find_step(const struct ta_standing *standing, bool release_waits, int64_t now)
{
    struct ta_step_facts facts = {
        .contract_in_force = standing->contract.in_force != NULL,
        .contract_ready = standing->contract.drafted &&
                          ta_contract_unfit(&standing->contract.contract, 0) == TA_CLAUSES,
        .release_waits = release_waits,
        .date_set = ta_meetings_next(&standing->meetings) != NULL,
        .date_missed = ta_meetings_missed(&standing->meetings, now) != NULL,
        .agenda_shared = standing->agenda.shared,
        .agenda_late = standing->reminder == TA_REMIND_AGENDA_LATE,
        .held = standing->held,
        .agreed = standing->agreed,
        .session = standing->live.sitting.id ? standing->live.reading.state : TA_SESSION_NONE,
        .left = standing->live.reading.left,
    };
    return ta_step_next(&facts);
}

/* One that cannot be read is as good as none here: whoever opens it is told. */
static bool read_reply(const struct papers *papers, unsigned session, struct ta_standing *standing,
                       struct ta_error *err)
{
    if (session == 0) {
        return true;
    }
    char *text = NULL;
    char *words = NULL;
    char *path = ta_session_path(session, "reply.md");
    bool ok = papers_text(papers, path, &text, err);
    if (ok && text && ta_reply_paper_read(&words, text, NULL)) {
        standing->reply = ta_piece_copy(ta_reply_first_line(words));
    }
    free(words);
    free(path);
    free(text);
    return ok;
}

static bool read_all(struct papers *papers, struct ta_standing *standing, struct ta_error *err)
{
    const struct ta_meetings *meetings = NULL;
    const struct ta_promises *promises = NULL;
    const struct ta_summary *last = NULL;
    return contract_read(papers, &standing->contract, err) &&
           papers_meetings(papers, &meetings, err) && papers_promises(papers, &promises, err) &&
           agenda_read(papers, &standing->agenda, err) && live_read(papers, &standing->live, err) &&
           papers_last(papers, &last, err) && read_reply(papers, last->session, standing, err);
}

/* What is in force, not what a draft of the next version proposes. */
static unsigned agreed_sessions(const struct papers *papers, const struct ta_standing *standing)
{
    const struct ta_contract_state *state = &standing->contract;
    return ta_contract_number(state->in_force ? &papers->contract : &state->contract,
                              TA_CLAUSE_SESSIONS);
}

/* What the papers have understood is handed over. */
static void take_over(struct papers *papers, struct ta_standing *standing)
{
    standing->meetings = papers->meetings;
    standing->promises = papers->promises;
    standing->last = papers->last;
    memset(&papers->meetings, 0, sizeof papers->meetings);
    memset(&papers->promises, 0, sizeof papers->promises);
    memset(&papers->last, 0, sizeof papers->last);
}

/* While a session is open, nothing else asks for attention. */
static void remind(const struct papers *papers, struct ta_standing *standing)
{
    const struct ta_contract *contract = &papers->contract;
    const struct ta_meeting *next = ta_meetings_next(&standing->meetings);
    if (!standing->contract.in_force || standing->live.sitting.id) {
        return;
    }
    struct ta_reminder_facts facts = {
        .meeting = next ? next->when.instant : 0,
        .lead = ta_contract_number(contract, TA_CLAUSE_LEAD),
        .notice = ta_contract_number(contract, TA_CLAUSE_NOTICE),
        .shared = standing->agenda.was_shared,
    };
    standing->due = next ? next->when : (struct ta_moment){0};
    standing->reminder = ta_remind(&facts, ta_desk_now(papers->desk), &standing->due.instant);
    unsigned review = ta_contract_number(contract, TA_CLAUSE_REVIEW);
    bool last = ta_arc_of(standing->held, review, standing->agreed) == TA_ARC_MIDDLE;
    standing->review = ta_contract_state_in_force(&standing->contract) &&
                       (last || standing->agenda.arc == TA_ARC_MIDDLE);
}

bool ta_desk_standing(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_standing *standing, struct ta_error *err)
{
    struct papers papers;
    memset(standing, 0, sizeof *standing);
    bool ok = papers_open(&papers, desk, pair, err) && read_all(&papers, standing, err);
    if (ok) {
        bool waits = standing->contract.in_force && release_waits(&papers, &papers.last);
        take_over(&papers, standing);
        standing->held = standing->agenda.agenda.session - 1;
        standing->agreed = agreed_sessions(&papers, standing);
        remind(&papers, standing);
        standing->step = find_step(standing, waits, ta_desk_now(desk));
    } else {
        ta_standing_release(standing);
    }
    papers_close(&papers);
    return ok;
}

void ta_standing_release(struct ta_standing *standing)
{
    ta_contract_state_release(&standing->contract);
    ta_meetings_release(&standing->meetings);
    ta_promises_release(&standing->promises);
    ta_summary_release(&standing->last);
    free(standing->reply);
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
    struct ta_piece name = ta_pair_short_name(pair, mentor ? TA_MENTEE : TA_MENTOR);
    ta_text_addf(out, "%.*s signs the contract", (int)name.length, name.at);
}

static void say_missed(struct ta_text *out, const struct ta_meeting *meeting)
{
    char date[TA_DATE_SIZE];
    ta_moment_short(date, meeting->when);
    ta_text_addf(out, "%s went by: what became of it?", date);
}

void ta_standing_say_run(struct ta_text *out, const struct ta_pair *pair,
                         const struct ta_standing *standing)
{
    enum ta_role by;
    unsigned count = ta_meetings_run(&standing->meetings, &by);
    if (count < TA_RUN_LEAST) {
        return;
    }
    struct ta_piece name = ta_person_first_name(&pair->person[by]);
    ta_text_addf(out, "The last %s dates did not suit %.*s. ", count == 2 ? "two" : "few",
                 (int)name.length, name.at);
    ta_text_add(out, "Does the rhythm still suit you both?");
}

void ta_standing_say_step(struct ta_text *out, const struct ta_pair *pair,
                          const struct ta_standing *standing)
{
    struct ta_piece mentee = ta_pair_short_name(pair, TA_MENTEE);
    unsigned session = standing->agenda.agenda.session;
    switch (standing->step) {
    case TA_STEP_CONTRACT:
        ta_text_add(out, "draft the contract together");
        return;
    case TA_STEP_SIGN:
        say_signers(out, pair, &standing->contract);
        return;
    case TA_STEP_RELEASE:
        ta_text_addf(out, "approve what leaves of session %u, or strike lines",
                     standing->last.session);
        return;
    case TA_STEP_DATE:
        ta_text_addf(out, "set the date of session %u", session);
        return;
    case TA_STEP_MISSED:
        say_missed(out, ta_meetings_next(&standing->meetings));
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

/* Beside the steps that lead to the date; another one has nothing to do with moving it. */
static void say_short_notice(struct ta_text *out, const struct ta_standing *standing)
{
    char date[TA_DATE_SIZE];
    if (standing->step == TA_STEP_AGENDA || standing->step == TA_STEP_SESSION) {
        ta_moment_short(date, ta_meetings_next(&standing->meetings)->when);
        ta_text_addf(out, "Moving %s now would be short notice", date);
    }
}

void ta_standing_say_reminder(struct ta_text *out, const struct ta_standing *standing)
{
    char due[TA_DATE_SIZE];
    ta_moment_short(due, standing->due);
    switch (standing->reminder) {
    case TA_REMIND_NOTHING:
        return;
    case TA_REMIND_AGENDA:
        ta_text_addf(out, "The agenda is due by %s", due);
        return;
    case TA_REMIND_AGENDA_LATE:
        ta_text_addf(out, "The agenda was due by %s", due);
        return;
    case TA_REMIND_NOTICE:
        say_short_notice(out, standing);
        return;
    }
}
