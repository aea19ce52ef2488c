#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/file.h"
#include "turnabout/desk/agenda.h"
#include "turnabout/desk/contract.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/desk/release.h"
#include "turnabout/desk/reply.h"
#include "turnabout/desk/session.h"
#include "turnabout/desk/summary.h"

enum { OBJECTS_MOST = 1 << 26 };

/* Acts of releasing happen at this second of a minute, and the facts at none: so the time of an
 * approval would be seen. */
enum { APPROVAL_SECOND = 37, SECOND = 1000, MINUTE = 60 * SECOND, TWO_DAYS = 2 * 24 * 60 };

size_t roll(struct history *history, size_t below)
{
    return dice(&history->dice, below);
}

void say(struct history *history, const char *what, const char *detail)
{
    printf("# %s: %s (in %s)\n", what, detail, history->home);
    history->failed = true;
}

void later(struct history *history, int64_t minutes, int second)
{
    int64_t minute = ta_desk_now(&history->desk) / MINUTE + minutes;
    ta_clock_stand(&history->desk.clock, minute * MINUTE + (int64_t)second * SECOND);
}

/* What fails here is a bug of the test or of the program, unless a rule may say no. */
bool did(struct history *history, bool ok, const char *what)
{
    if (!ok && history->err.code != TA_REFUSED && history->err.code != TA_WRONG &&
        history->err.code != TA_ABSENT) {
        say(history, what, history->err.text);
    }
    return ok;
}

/* The output of a command with $record, $released and $remote set. */
void shell(struct history *history, const char *command, struct ta_text *output)
{
    ta_text_clear(output);
    /* NOLINTNEXTLINE(cert-env33-c): the shell and the git of whoever runs the tests */
    FILE *stream = popen(command, "r");
    if (!stream || !ta_stream_read(output, stream, command, OBJECTS_MOST, &history->err) ||
        pclose(stream) != 0) {
        say(history, "failed", command);
    }
    ta_text_add(output, "");
}

void run(struct history *history, const char *command)
{
    struct ta_text output = {0};
    shell(history, command, &output);
    ta_text_release(&output);
}

/* Acts that make facts */

static void sign(struct history *history, enum ta_role role)
{
    later(history, 1, 0);
    did(history, ta_desk_contract_sign(&history->desk, &history->pair, role, &history->err),
        "sign");
}

void set_clause(struct history *history, enum ta_clause clause, const char *value)
{
    did(history, ta_desk_contract_set(&history->desk, &history->pair, clause, value, &history->err),
        "contract");
}

/* Most contracts are signed by both; some are proposed only. */
void amend(struct history *history)
{
    static const char *const levels[] = {"takeaways", "summary",    "takeaways",
                                         "summary",   "attendance", "nothing"};
    set_clause(history, TA_CLAUSE_SHARED, levels[roll(history, sizeof levels / sizeof *levels)]);
    set_clause(history, TA_CLAUSE_OFF_LIMITS,
               roll(history, 2) ? SECRET " family" : SECRET " health");
    sign(history, TA_MENTOR);
    if (roll(history, 5) > 0) {
        sign(history, TA_MENTEE);
    }
}

static void plan(struct history *history)
{
    struct ta_moment when = ta_desk_moment(&history->desk);
    when.instant += (int64_t)(1 + roll(history, 20)) * 24 * 60 * MINUTE;
    did(history,
        ta_desk_meeting_plan(&history->desk, &history->pair, when, TA_MENTEE, &history->err),
        "plan");
}

static void give_up(struct history *history)
{
    struct ta_asked asked = {.by = (enum ta_role)roll(history, TA_ROLES + 1),
                             .reason = SECRET " travel"};
    struct ta_moment to = ta_desk_moment(&history->desk);
    to.instant += (int64_t)(2 + roll(history, 20)) * 24 * 60 * MINUTE;
    bool ok = roll(history, 2) ? ta_desk_meeting_move(&history->desk, &history->pair, 0, to, &asked,
                                                      TA_MENTOR, NULL, &history->err)
                               : ta_desk_meeting_cancel(&history->desk, &history->pair, 0, &asked,
                                                        TA_MENTOR, NULL, &history->err);
    did(history, ok, "give up");
}

static void prepare(struct history *history)
{
    struct ta_agenda_state state = {0};
    if (did(history, ta_desk_agenda(&history->desk, &history->pair, &state, &history->err),
            "agenda")) {
        ta_agenda_retitle(&state.agenda, 0, SECRET " item");
        ta_agenda_set_notes(&state.agenda, 0, SECRET " talking notes");
        did(history, ta_desk_agenda_save(&history->desk, &history->pair, &state, &history->err),
            "save");
    }
    ta_agenda_state_release(&state);
    did(history, ta_desk_agenda_share(&history->desk, &history->pair, TA_MENTEE, &history->err),
        "share");
}

static void sum_up(struct history *history)
{
    struct ta_summary_state state = {0};
    bool ok = ta_desk_summary(&history->desk, &history->pair, 0, &state, &history->err) &&
              ta_desk_summary_set_title(&history->desk, &history->pair, &state, SECRET " title",
                                        &history->err) &&
              ta_desk_summary_commit(&history->desk, &history->pair, &state, NULL, TA_MENTEE,
                                     &history->err);
    did(history, ok, "summary");
    ta_summary_state_release(&state);
}

static void hold(struct history *history)
{
    struct ta_text lines = {0};
    prepare(history);
    later(history, TWO_DAYS, 0);
    struct ta_moment held = ta_desk_moment(&history->desk);
    write_lines(&lines, &history->dice, &history->next_token);
    later(history, 60, 0);
    if (did(history,
            ta_desk_session_write(&history->desk, &history->pair, held,
                                  (unsigned)(20 + roll(history, 40)), lines.bytes, &history->err),
            "hold")) {
        sum_up(history);
    }
    ta_text_release(&lines);
}

static void reply(struct history *history)
{
    struct ta_reply_state state = {0};
    char words[64];
    (void)snprintf(words, sizeof words, SECRET " the mentor's own words %u", history->next_token++);
    bool ok = ta_desk_reply(&history->desk, &history->pair, 0, TA_MENTOR, &state, &history->err) &&
              ta_desk_reply_write(&history->desk, &history->pair, &state, words, &history->err) &&
              ta_desk_reply_commit(&history->desk, &history->pair, &state, &history->err);
    did(history, ok, "reply");
    ta_reply_state_release(&state);
}

static void keep_promise(struct history *history)
{
    static const enum ta_promise_state states[] = {TA_PROMISE_DONE, TA_PROMISE_TOLD,
                                                   TA_PROMISE_OPEN};
    did(history,
        ta_desk_promise_become(&history->desk, &history->pair, 1 + (unsigned)roll(history, 6),
                               states[roll(history, 3)], (enum ta_role)roll(history, 2),
                               &history->err),
        "promise");
}

/* Acts of releasing */

static bool see(struct history *history, struct ta_release_state *state)
{
    unsigned session = 1 + (unsigned)roll(history, 6);
    later(history, (int64_t)roll(history, 600), APPROVAL_SECOND);
    return ta_desk_release(&history->desk, &history->pair, session, state, &history->err) ||
           ta_desk_release(&history->desk, &history->pair, 0, state, &history->err);
}

/* From the moment both keys are turned, what was seen may leave. */
static void note_allowed(struct history *history, unsigned session)
{
    struct ta_release_state state;
    if (ta_desk_release(&history->desk, &history->pair, session, &state, &history->err)) {
        if (state.standing == TA_RELEASE_DONE) {
            tokens_of(&history->allowed, state.text, strlen(state.text));
            history->releases++;
        }
        ta_release_state_release(&state);
    }
}

static void approve(struct history *history)
{
    struct ta_release_state state;
    if (!see(history, &state)) {
        return;
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (roll(history, 8) > 0) {
            did(history,
                ta_desk_release_approve(&history->desk, &history->pair, &state, role,
                                        &history->err),
                "approve");
        }
    }
    note_allowed(history, state.session);
    ta_release_state_release(&state);
}

static void strike(struct history *history)
{
    struct ta_release_state state;
    if (!see(history, &state)) {
        return;
    }
    size_t line = ta_release_line(&state, 2 + (unsigned)roll(history, 6));
    did(history,
        ta_desk_release_strike(&history->desk, &history->pair, &state, &line, 1, &history->err),
        "strike");
    ta_release_state_release(&state);
}

static void restore(struct history *history)
{
    struct ta_release_state state;
    if (!see(history, &state)) {
        return;
    }
    if (state.standing == TA_RELEASE_WITHHELD) {
        did(history,
            ta_desk_release_withhold(&history->desk, &history->pair, &state, false, &history->err),
            "put back");
    } else {
        did(history,
            ta_desk_release_restore(&history->desk, &history->pair, &state, SIZE_MAX,
                                    &history->err),
            "restore");
    }
    note_allowed(history, state.session);
    ta_release_state_release(&state);
}

static void withhold(struct history *history)
{
    struct ta_release_state state;
    if (see(history, &state)) {
        did(history,
            ta_desk_release_withhold(&history->desk, &history->pair, &state, true, &history->err),
            "withhold");
        ta_release_state_release(&state);
    }
}

void push(struct history *history)
{
    char tip[TA_ID_SIZE];
    /* A level may have come back under which an old approval counts again. */
    for (unsigned session = 1; session < 8; session++) {
        note_allowed(history, session);
    }
    if (did(history, ta_desk_project(&history->desk, &history->pair, tip, &history->err),
            "project") &&
        tip[0] != '\0') {
        run(history, "git --git-dir \"$released\" push -q --force \"$remote\" main 2>&1");
        history->pushes++;
    }
}

static void (*const acts[])(struct history *) = {
    amend,   reply,   plan,    give_up, hold,   hold,   hold,    keep_promise, approve, approve,
    approve, approve, approve, approve, strike, strike, restore, withhold,     push,    push,
};

void act(struct history *history)
{
    acts[roll(history, sizeof acts / sizeof *acts)](history);
}
