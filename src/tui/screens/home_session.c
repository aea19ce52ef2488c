/* From home into a session: the one that runs, or a new one. */
#include "home_acts.h"
#include "screens.h"
#include "turnabout/desk/session.h"

enum {
    MINUTE = 60 * 1000, /* of the clock's milliseconds */
    LATE_LEAST = 5,     /* minutes after the planned time: who starts then may have begun before */
    LATE_MOST = 12 * 60,
};

const char home_gone_on[] = "Things went on meanwhile: this is what comes next now.";

bool home_is_as_shown(struct ta_face *face, struct home *home)
{
    enum ta_step shown = home->standing.step;
    struct ta_error err;
    if (!ta_face_check(face, home_refresh(face, home, &err), &err) || !home->stands) {
        return false;
    }
    if (home->standing.step == shown) {
        return true;
    }
    ta_face_say(face, TA_CAUTION, "%s", home_gone_on);
    return false;
}

static void start_session(struct ta_face *face, void *state, char key)
{
    struct home *home = state;
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_error err;
    if (key != 'y' ||
        !ta_face_check(face, ta_desk_session_start(desk, &home->pair, 0, &err), &err)) {
        return;
    }
    ta_face_push(face, &live_screen, NULL);
}

static bool start_at(struct ta_face *face, void *state, const char *text)
{
    struct home *home = state;
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_moment began = {.instant = ta_desk_now(desk)};
    struct ta_error err;
    struct ta_piece typed = ta_piece_trim(ta_piece_of(text));
    if (typed.length > 0 && !ta_moment_guess_past(&began, typed, began.instant)) {
        ta_face_say(face, TA_ALARM, "That is no time: write it as 10:02, or leave it empty.");
        return false;
    }
    if (!ta_face_check(face, ta_desk_session_start_at(desk, &home->pair, began.instant, &err),
                       &err)) {
        return false;
    }
    ta_face_push(face, &live_screen, NULL);
    return true;
}

/* The planned time has passed, so that the two may be talking already. */
static bool may_have_begun(const struct ta_meeting *next, int64_t now)
{
    int64_t late = next ? (now - next->when.instant) / MINUTE : 0;
    return late >= LATE_LEAST && late <= LATE_MOST;
}

static void ask_start(struct ta_face *face, const struct home *home)
{
    const struct ta_meeting *next = ta_meetings_next(&home->standing.meetings);
    if (may_have_begun(next, ta_face_now(face))) {
        char time[TA_DATE_SIZE];
        struct ta_text began = {0};
        ta_text_addf(&began, "Session %u began at (empty: now)",
                     home->standing.agenda.agenda.session);
        ta_moment_time(time, ta_moment_local(next->when.instant));
        ta_face_ask(face, began.bytes, time, start_at);
        ta_text_release(&began);
        return;
    }
    struct ta_text question = {0};
    ta_text_addf(&question, "Start session %u now?", home->standing.agenda.agenda.session);
    if (next && ta_days_between(home->today, ta_day_of(next->when)) != 0) {
        char date[TA_DATE_SIZE];
        ta_moment_short(date, next->when);
        ta_text_addf(&question, " It is planned for %s.", date);
    }
    ta_face_ask_key(face, question.bytes, "yn", start_session);
    ta_text_release(&question);
}

void home_go_session(struct ta_face *face, void *state)
{
    struct home *home = state;
    if (!home_is_as_shown(face, home)) {
        return;
    }
    enum ta_session_state session =
        home->standing.live.sitting.id ? home->standing.live.reading.state : TA_SESSION_NONE;
    if (session == TA_SESSION_ENDED) {
        ta_face_push(face, &summary_screen, NULL);
    } else if (session != TA_SESSION_NONE) {
        ta_face_push(face, &live_screen, NULL);
    } else {
        ask_start(face, home);
    }
}
