#include "live_acts.h"

#include "screens.h"
#include "turnabout/domain/step.h"

enum { MINUTE = 60 };

bool live_reload(struct ta_face *face, struct live *live, struct ta_error *err)
{
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_live fresh = {0};
    if (!ta_desk_live(desk, &live->pair, &fresh, err)) {
        return false;
    }
    notes_view_follow(&live->notes, &live->live.sitting.notes, &fresh.sitting.notes);
    ta_live_release(&live->live);
    live->live = fresh;
    live->now = ta_desk_now(desk);
    return true;
}

void live_keep_line(struct ta_face *face, struct live *live)
{
    if (live->touched) {
        live->touched = 0;
        ta_live_keep_line(ta_face_desk(face), &live->live, ta_editor_text(&live->line));
    }
}

/* What cannot be done may be so for what another terminal did: that is shown, too. */
static bool check_act(struct ta_face *face, struct live *live, bool ok, const struct ta_error *err)
{
    struct ta_error ignored;
    live->now = ta_face_now(face);
    if (!ok && !ta_live_is_fresh(ta_face_desk(face), &live->live)) {
        (void)live_reload(face, live, &ignored);
    }
    return ta_face_check(face, ok, err);
}

bool live_happen(struct ta_face *face, struct live *live, enum ta_event_kind kind, int value)
{
    struct ta_error err;
    bool ok = ta_live_event(ta_face_desk(face), &live->live, kind, value, &err);
    return check_act(face, live, ok, &err);
}

static void step(struct ta_face *face, struct live *live, int by)
{
    struct ta_error err;
    bool ok = ta_live_step(ta_face_desk(face), &live->live, by, &err);
    (void)check_act(face, live, ok, &err);
}

void live_next_item(struct ta_face *face, void *state)
{
    step(face, state, +1);
}

void live_previous_item(struct ta_face *face, void *state)
{
    step(face, state, -1);
}

void live_pause_session(struct ta_face *face, void *state)
{
    live_happen(face, state, TA_EVENT_PAUSE, 0);
}

void live_resume_session(struct ta_face *face, void *state)
{
    live_happen(face, state, TA_EVENT_RESUME, 0);
}

void live_extend(struct ta_face *face, void *state)
{
    live_happen(face, state, TA_EVENT_EXTEND, 5 * MINUTE);
}

void live_pass_floor(struct ta_face *face, void *state)
{
    struct live *live = state;
    int next = ((int)live->live.reading.floor + 1) % (TA_ROLES + 1);
    live_happen(face, live, TA_EVENT_FLOOR, next);
}

void live_hide_mine(struct ta_face *face, void *state)
{
    struct live *live = state;
    live->notes.hide_mine = !live->notes.hide_mine;
    *ta_face_hides_mine(face) = live->notes.hide_mine;
    ta_face_say(face, TA_MINE,
                live->notes.hide_mine ? "What is mine is hidden, in the list and as it is typed. "
                                        "F9 shows it again."
                                      : "What is mine is shown.");
}

bool live_end_at(struct ta_face *face, struct live *live, int64_t at)
{
    struct ta_error err;
    live_keep_line(face, live);
    bool ok =
        ta_face_check(face, ta_desk_session_end(ta_face_desk(face), &live->pair, at, &err), &err);
    if (ok) {
        ta_face_replace(face, &summary_screen, NULL);
    }
    return ok;
}

static void answer_end(struct ta_face *face, void *state, char key)
{
    if (key == 'y') {
        live_end_at(face, state, 0);
    }
}

const char *live_uncaught(const struct live *live)
{
    struct ta_piece line = ta_piece_of(ta_editor_text(&live->line));
    return ta_piece_trim(line).length ? "Your last line is not entered yet. " : "";
}

void live_end_session(struct ta_face *face, void *state)
{
    struct ta_text question = {0};
    ta_text_addf(&question, "%sEnd the session and go to its summary?", live_uncaught(state));
    ta_face_ask_key(face, question.bytes, "yn", answer_end);
    ta_text_release(&question);
}
