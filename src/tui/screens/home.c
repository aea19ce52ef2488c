/* Home: one pair; Enter always does the next right step. */
#include <string.h>

#include "home_acts.h"
#include "promise_order.h"
#include "screens.h"
#include "turnabout/base/file.h"
#include "turnabout/desk/calendar.h"
#include "turnabout/desk/export.h"
#include "turnabout/desk/merge.h"
#include "turnabout/desk/reply.h"

/* What is known of the other machine, as far as it can be read: home stands without it. */
static void read_sent(struct ta_desk *desk, struct home *home)
{
    struct ta_conflicts conflicts = {0};
    if (!ta_desk_sent(desk, &home->pair, &home->sent, NULL)) {
        home->sent = (struct ta_sent){0};
    }
    if (home->sent.waits && ta_desk_conflicts(desk, &home->pair, &conflicts, NULL)) {
        home->conflicts = conflicts.left;
        ta_conflicts_release(&conflicts);
    }
}

bool home_refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct home *home = state;
    struct ta_desk *desk = ta_face_desk(face);
    ta_pair_release(&home->pair);
    if (home->stands) {
        ta_standing_release(&home->standing);
    }
    memset(home, 0, sizeof *home);
    home->today = ta_desk_today(desk);
    if (!ta_desk_pair(desk, NULL, &home->pair, err)) {
        return false;
    }
    /* A record that is gone or damaged is shown here, beside what can still be done. */
    home->stands = ta_desk_standing(desk, &home->pair, &home->standing, &home->trouble);
    if (home->stands) {
        promises_sort(&home->standing.promises);
        read_sent(desk, home);
    }
    return true;
}

static void say_unreplied(struct ta_text *out, const struct home *home)
{
    struct ta_piece mentor = ta_pair_short_name(&home->pair, TA_MENTOR);
    ta_text_addf(out, "%.*s has not replied to session %u.", (int)mentor.length, mentor.at,
                 home->standing.last.session);
}

/* A reply that has come meanwhile is shown: nobody says any more that there is none. */
static bool heard(struct ta_face *face, void *state)
{
    const struct home *home = state;
    struct ta_error err;
    if (ta_face_check(face, home_refresh(face, state, &err), &err) && home->stands &&
        home->standing.reply != NULL) {
        struct ta_text unreplied = {0};
        say_unreplied(&unreplied, home);
        ta_face_unsay(face, unreplied.bytes);
        ta_text_release(&unreplied);
    }
    return true;
}

static bool open_home(struct ta_face *face, void *state, const void *argument, struct ta_error *err)
{
    (void)argument;
    return home_refresh(face, state, err);
}

static void close_home(struct ta_face *face, void *state)
{
    (void)face;
    struct home *home = state;
    ta_pair_release(&home->pair);
    if (home->stands) {
        ta_standing_release(&home->standing);
    }
}

/* What a person can do */

static bool set_date(struct ta_face *face, void *state, const char *text)
{
    struct home *home = state;
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_moment when;
    struct ta_error err;
    if (!ta_moment_guess(&when, ta_piece_of(text), ta_desk_now(desk))) {
        ta_face_say(face, TA_ALARM, "That is no date: write it as 2026-12-15 10:00, or Tue 10:00.");
        return false;
    }
    return ta_face_check(face, ta_desk_meeting_plan(desk, &home->pair, when, TA_NOBODY, &err),
                         &err) &&
           ta_face_check(face, home_refresh(face, state, &err), &err);
}

static struct ta_moment propose_date(const struct home *home, const struct ta_desk *desk)
{
    const struct ta_standing *standing = &home->standing;
    unsigned weeks = ta_contract_number(&standing->contract.contract, TA_CLAUSE_RHYTHM);
    bool unplanned = standing->last.session != 0 && standing->meetings.count == 0;
    return unplanned ? ta_rhythm_next(standing->last.held, weeks, ta_desk_now(desk))
                     : ta_meetings_propose(&standing->meetings, weeks, ta_desk_moment(desk));
}

static void ask_date(struct ta_face *face, void *state)
{
    char proposed[TA_DATE_SIZE];
    ta_moment_typed(proposed, propose_date(state, ta_face_desk(face)));
    ta_face_ask(face, "Date of the next session", proposed, set_date);
}

/* The date that is planned: another day for it, or none; and what became of it. */
static void change_date(struct ta_face *face, void *state)
{
    const struct home *home = state;
    const struct ta_standing *standing = &home->standing;
    const struct ta_contract *contract = &standing->contract.contract;
    const struct ta_meeting *next = ta_meetings_next(&standing->meetings);
    int64_t now = ta_face_now(face);
    unsigned weeks = ta_contract_number(contract, TA_CLAUSE_RHYTHM);
    struct date_question question = {
        .meeting = next->id,
        .when = next->when,
        .proposed = ta_rhythm_next(next->when, weeks, now),
        .session = standing->agenda.agenda.session,
        .notice = ta_contract_number(contract, TA_CLAUSE_NOTICE),
        .missed = ta_meetings_missed(&standing->meetings, now) != NULL,
    };
    ta_face_push(face, &date_screen, &question);
}

static void write_down(struct ta_face *face, void *state)
{
    const struct home *home = state;
    const struct ta_meeting *next = ta_meetings_next(&home->standing.meetings);
    struct ta_moment now = ta_desk_moment(ta_face_desk(face));
    struct written_page page = {.session = home->standing.agenda.agenda.session,
                                .began =
                                    next && next->when.instant < now.instant ? next->when : now};
    ta_face_push(face, &written_screen, &page);
}

static void go_contract(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &contract_screen, NULL);
}

static void go_agenda(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &agenda_screen, NULL);
}

static void go_summary(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &summary_screen, NULL);
}

/* The mentor writes it, the mentee reads it. */
static void read_reply(struct ta_face *face, const struct home *home)
{
    struct ta_reply_state state;
    struct ta_error err;
    unsigned session = home->standing.last.session;
    if (!ta_face_check(
            face, ta_desk_reply(ta_face_desk(face), &home->pair, session, TA_NOBODY, &state, &err),
            &err)) {
        return;
    }
    struct ta_text title = {0};
    struct ta_piece mentor = ta_pair_short_name(&home->pair, TA_MENTOR);
    ta_text_addf(&title, "%.*s's reply to session %u", (int)mentor.length, mentor.at, session);
    struct reader_text text = {.title = title.bytes, .text = state.words};
    if (state.paper) {
        ta_face_push(face, &reader_screen, &text);
    } else {
        struct ta_text unreplied = {0};
        say_unreplied(&unreplied, home);
        ta_face_say(face, TA_QUIET, "%s", unreplied.bytes);
        ta_text_release(&unreplied);
    }
    ta_text_release(&title);
    ta_reply_state_release(&state);
}

static void go_reply(struct ta_face *face, void *state)
{
    const struct home *home = state;
    if (home->pair.me == TA_MENTEE) {
        read_reply(face, home);
    } else {
        ta_face_push(face, &reply_screen, &home->standing.last.session);
    }
}

static void go_promises(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &promises_screen, NULL);
}

static void go_search(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &search_screen, NULL);
}

static void go_history(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &history_screen, NULL);
}

static void go_release(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &release_screen, NULL);
}

static void go_ratings(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &ratings_screen, NULL);
}

static void go_remotes(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &remotes_screen, NULL);
}

static bool write_calendar(struct ta_face *face, void *state, const char *path)
{
    struct home *home = state;
    struct ta_text file = {0};
    struct ta_error err;
    bool ok = ta_desk_calendar(ta_face_desk(face), &home->pair, TA_CALENDAR_RHYTHM, &file, &err) &&
              ta_file_hand_out(path, file.bytes, file.length, &err);
    ta_text_release(&file);
    if (ta_face_check(face, ok, &err)) {
        ta_face_say(face, TA_GOOD, "Your dates are in %s: open it with your calendar.", path);
    }
    return ok;
}

static void ask_calendar(struct ta_face *face, void *state)
{
    const struct home *home = state;
    struct ta_text path = {0};
    ta_text_addf(&path, "~/%s.ics", home->pair.slug);
    ta_face_ask_file(face, "Write your dates, for a calendar, to", path.bytes, write_calendar);
    ta_text_release(&path);
}

static bool write_path(struct ta_face *face, void *state, const char *path)
{
    struct home *home = state;
    struct ta_text file = {0};
    struct ta_error err;
    size_t length = strlen(path);
    bool markdown = length > 3 && strcmp(path + length - 3, ".md") == 0;
    bool ok = ta_desk_export(ta_face_desk(face), &home->pair,
                             markdown ? TA_EXPORT_MARKDOWN : TA_EXPORT_HTML, &file, &err) &&
              ta_file_hand_out(path, file.bytes, file.length, &err);
    ta_text_release(&file);
    if (ta_face_check(face, ok, &err)) {
        ta_face_say(face, TA_GOOD, "Your path is in %s.", path);
    }
    return ok;
}

static void ask_path(struct ta_face *face, void *state)
{
    const struct home *home = state;
    struct ta_text path = {0};
    ta_text_addf(&path, "~/%s.html", home->pair.slug);
    ta_face_ask_file(face, "Write your whole path (.html, .md) to", path.bytes, write_path);
    ta_text_release(&path);
}

static void go_pairs(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &pairs_screen, NULL);
}

/* What Enter does, by the step. */
static void (*const steps[])(struct ta_face *face, void *state) = {
    [TA_STEP_CONTRACT] = go_contract,    [TA_STEP_SIGN] = go_contract,
    [TA_STEP_DATE] = ask_date,           [TA_STEP_AGENDA] = go_agenda,
    [TA_STEP_SESSION] = home_go_session, [TA_STEP_LIVE] = home_go_session,
    [TA_STEP_CLOSE] = home_go_session,   [TA_STEP_SUMMARY] = go_summary,
    [TA_STEP_COMPLETE] = go_history,     [TA_STEP_MISSED] = change_date,
    [TA_STEP_RELEASE] = go_release,
};

static void do_step(struct ta_face *face, void *state)
{
    steps[((const struct home *)state)->standing.step](face, state);
}

static void go_conflicts(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &conflicts_screen, NULL);
}

static void go_rewritten(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &rewritten_screen, NULL);
}

static void go_sync(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_sync(face);
}

static void (*const matters[])(struct ta_face *face, void *state) = {
    [HOME_NOTHING] = do_step,     [HOME_CONFLICTS] = go_conflicts, [HOME_REWRITTEN] = go_rewritten,
    [HOME_AMENDED] = go_contract, [HOME_MERGED] = go_contract,     [HOME_SIGNATURE] = go_sync,
};

static void next_step(struct ta_face *face, void *state)
{
    struct home *home = state;
    enum home_matter shown = home_matter(home);
    if (!home_is_as_shown(face, home)) {
        return;
    }
    enum home_matter matter = home_matter(home);
    if (matter != shown) {
        ta_face_say(face, TA_CAUTION, "%s", home_gone_on);
    } else {
        matters[matter](face, state);
    }
}

static bool stands(const void *state)
{
    return ((const struct home *)state)->stands;
}

static bool has_date(const void *state)
{
    return stands(state) && ta_meetings_next(&((const struct home *)state)->standing.meetings);
}

static bool has_last(const void *state)
{
    return stands(state) && ((const struct home *)state)->standing.last.session != 0;
}

/* No session runs, and none waits for its summary. */
static bool is_between(const void *state)
{
    return stands(state) && !((const struct home *)state)->standing.live.sitting.id;
}

static bool has_dates(const void *state)
{
    const struct home *home = state;
    return home->stands && home->standing.meetings.count > 0;
}

static bool has_held(const void *state)
{
    return stands(state) && ((const struct home *)state)->standing.held > 0;
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    home_draw(state, surface);
}

static const struct ta_command commands[] = {
    {"next step", "Enter", "Do what comes next for this pair", next_step, stands, false},
    {"contract", "c", "Read, change and sign the contract", go_contract, stands, false},
    {"agenda", "a", "Prepare the agenda of the next session", go_agenda, stands, false},
    {"session", "s", "Start the session, or go to the one that runs", home_go_session, stands,
     false},
    {"promises", "t", "Every promise, who made it and until when", go_promises, stands, false},
    {"history", "h", "Every session, contract and agenda as it was", go_history, stands, false},
    {"search", "/", "Find every line of the record with some words", go_search, stands, true},
    {"reply", "y", "The mentor's reply to the last summary", go_reply, has_last, true},
    {"date", "d", "Set the date of the next session", ask_date, stands, true},
    {"release", "R", "What the coordinator sees of the last session", go_release, has_held, true},
    {"ratings", "r", "How the sessions were, for you alone", go_ratings, stands, true},
    {"move", "m", "Move, cancel or account for the next date", change_date, has_date, true},
    {"write down", "w", "Write down a session held without the program", write_down, is_between,
     true},
    {"calendar", "i", "Your dates as a file for a calendar program", ask_calendar, has_dates, true},
    {"keep", "E", "Your whole path as one document to keep", ask_path, stands, true},
    {"remotes", "o", "Where you sync, and what your coordinator gets", go_remotes, NULL, true},
    {"pairs", "p", "Take another pair in hand, or name a new one", go_pairs, NULL, false},
};

const struct ta_screen home_screen = {
    .name = "home",
    .size = sizeof(struct home),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_home,
    .refresh = home_refresh,
    .heard = heard,
    .draw = draw,
    .close = close_home,
};
