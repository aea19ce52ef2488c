/* Live: the session that runs, and one line to type on, always ready. */
#include "live_acts.h"
#include "promise_order.h"
#include "screens.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/domain/step.h"

enum { SECOND = 1000, MINUTE = 60, KEEP_AFTER = 800 };

static void ask_forgotten(struct ta_face *face, struct live *live);

static bool open_live(struct ta_face *face, void *state, const void *argument, struct ta_error *err)
{
    (void)argument;
    struct live *live = state;
    struct ta_desk *desk = ta_face_desk(face);
    bool ok = ta_desk_pair(desk, NULL, &live->pair, err) && live_reload(face, live, err);
    if (ok && (!live->live.sitting.id || live->live.reading.state == TA_SESSION_ENDED)) {
        ok = ta_fail(err, TA_REFUSED,
                     "No session is running: Enter on the first screen begins one.");
    }
    if (!ok) {
        ta_live_release(&live->live);
        ta_pair_release(&live->pair);
        return false;
    }
    /* A record that cannot be read keeps nobody from the session: its promises do not show. */
    (void)ta_desk_promises_waiting(desk, &live->pair, &live->promises, NULL);
    promises_sort(&live->promises);
    ta_editor_init(&live->line, live->live.line, false, LIVE_LINE_MOST);
    live->notes.hide_mine = *ta_face_hides_mine(face);
    notes_view_resume(&live->notes, face, &live->live);
    ask_forgotten(face, live);
    return true;
}

static void close_live(struct ta_face *face, void *state)
{
    struct live *live = state;
    if (live->notes.editing) {
        notes_view_keep(&live->notes, face, &live->live);
    }
    live_keep_line(face, live);
    ta_editor_release(&live->line);
    notes_view_release(&live->notes);
    ta_promises_release(&live->promises);
    ta_live_release(&live->live);
    ta_pair_release(&live->pair);
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    return live_reload(face, state, err);
}

/* Time */

static void ring(struct ta_face *face, const struct live *live, int64_t left_before)
{
    bool crossed = left_before > TA_SECONDS_CUE && live->live.reading.left <= TA_SECONDS_CUE;
    if (crossed && ta_face_desk(face)->config.bell) {
        ta_face_bell(face);
    }
}

/* False: another terminal ended the session, and what comes now is its summary. */
static bool follow(struct ta_face *face, struct live *live)
{
    struct ta_error err;
    if (ta_live_is_fresh(ta_face_desk(face), &live->live) ||
        !ta_face_check(face, live_reload(face, live, &err), &err)) {
        return true;
    }
    if (live->live.sitting.id && live->live.reading.state != TA_SESSION_ENDED) {
        return true;
    }
    if (live->live.sitting.id) {
        ta_face_replace(face, &summary_screen, NULL);
    } else {
        ta_face_pop(face);
    }
    ta_face_say(face, TA_CAUTION, "The session was ended elsewhere.");
    return false;
}

static bool heard(struct ta_face *face, void *state)
{
    (void)follow(face, state);
    return true;
}

/* Where there is no bell the store is asked, once in a second of the clock: keys in between wait
 * for no answer. */
static bool must_ask(struct ta_face *face, struct live *live)
{
    int64_t second = live->now / SECOND;
    bool ask = second != live->asked && ta_desk_listen(ta_face_desk(face)) < 0;
    live->asked = second;
    return ask;
}

/* The next second of the clock, in a pause the next minute of the title's; sooner for a line that
 * is to be kept. */
static int64_t next_tick(const struct live *live, int64_t now)
{
    bool paused = live->live.reading.state == TA_SESSION_PAUSED;
    int64_t step = paused ? MINUTE * SECOND : SECOND;
    int64_t next = now - now % step + step;
    int64_t touched = live->touched ? live->touched : live->notes.touched;
    int64_t keep = touched + KEEP_AFTER;
    return touched && keep < next ? keep : next;
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct live *live = state;
    int64_t left = live->live.reading.left;
    live->now = now;
    if (must_ask(face, live) && !follow(face, live)) {
        return now;
    }
    ta_live_tick(&live->live, now);
    ring(face, live, left);
    if (live->touched && now - live->touched >= KEEP_AFTER) {
        live_keep_line(face, live);
    }
    notes_view_tick(&live->notes, face, &live->live, now);
    return next_tick(live, now);
}

static bool answer_forgotten(struct ta_face *face, void *state, const char *text)
{
    struct live *live = state;
    struct ta_moment end;
    if (!ta_moment_guess(&end, ta_piece_of(text), live->live.reading.started)) {
        ta_face_say(face, TA_ALARM, "That is no time: write it as 10:45, or 2026-11-24 10:45.");
        return false;
    }
    return live_end_at(face, live, end.instant);
}

/* To the minute; the next one when the last note was caught within it. */
static int64_t proposed_end(const struct live *live)
{
    const int64_t minute = (int64_t)MINUTE * SECOND;
    const struct ta_notes *notes = &live->live.sitting.notes;
    int64_t end = ta_live_probable_end(&live->live, live->now);
    end -= end % minute;
    bool within = notes->count > 0 && notes->items[notes->count - 1].at > end;
    return within ? end + minute : end;
}

/* A session left open long after its time is offered for closing, with everything kept. */
static void ask_forgotten(struct ta_face *face, struct live *live)
{
    if (live->live.reading.left > -TA_SECONDS_LEFT_OPEN) {
        return;
    }
    struct ta_moment started = ta_moment_local(live->live.reading.started);
    struct ta_moment end = ta_moment_local(proposed_end(live));
    char since[TA_DATE_SIZE];
    char proposed[TA_DATE_SIZE];
    struct ta_text question = {0};
    ta_moment_short(since, started);
    bool same_day = ta_days_between(ta_day_of(started), ta_day_of(end)) == 0;
    (same_day ? ta_moment_time : ta_moment_typed)(proposed, end);
    ta_text_addf(&question, "%sIt was left open since %s. When did it end? (Esc: it goes on)",
                 live_uncaught(live), since);
    ta_face_ask(face, question.bytes, proposed, answer_forgotten);
    ta_text_release(&question);
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face); /* the session goes on */
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    live_draw(state, surface);
}

/* Notes that were caught */

static bool is_walking(const void *state)
{
    const struct live *live = state;
    return live->notes.walking && !live->notes.editing;
}

static bool is_editing(const void *state)
{
    return ((const struct live *)state)->notes.editing;
}

static bool is_typing(const void *state)
{
    return !((const struct live *)state)->notes.walking;
}

static bool has_removed(const void *state)
{
    return is_walking(state) && ((const struct live *)state)->notes.removed_count > 0;
}

static bool is_paused(const void *state)
{
    return ((const struct live *)state)->live.reading.state == TA_SESSION_PAUSED;
}

static bool is_running(const void *state)
{
    return !is_paused(state);
}

static void edit_note(struct ta_face *face, void *state)
{
    struct live *live = state;
    notes_view_edit(&live->notes, face, &live->live);
}

static void keep_note(struct ta_face *face, void *state)
{
    struct live *live = state;
    if (follow(face, live)) {
        notes_view_keep(&live->notes, face, &live->live);
    }
}

static void cancel_edit(struct ta_face *face, void *state)
{
    struct live *live = state;
    notes_view_cancel(&live->notes, face, &live->live);
}

static void remove_note(struct ta_face *face, void *state)
{
    struct live *live = state;
    notes_view_remove(&live->notes, face, &live->live);
}

static void bring_back(struct ta_face *face, void *state)
{
    struct live *live = state;
    notes_view_bring_back(&live->notes, face, &live->live);
}

static void walk(struct ta_face *face, void *state)
{
    (void)face;
    struct live *live = state;
    notes_view_walk(&live->notes, &live->live.sitting.notes);
}

static void to_line(struct ta_face *face, void *state)
{
    (void)face;
    notes_view_leave(&((struct live *)state)->notes);
}

static const struct ta_command commands[] = {
    {"edit", "Enter e", "Edit the note, sign and all", edit_note, is_walking, false},
    {"remove", "D Delete", "Remove the note", remove_note, is_walking, false},
    {"bring back", "u", "Bring back what was removed", bring_back, has_removed, false},
    {"to the line", "Esc q", "Back to the line to type on", to_line, is_walking, false},
    {"keep", "Enter", "Keep the note as it stands now", keep_note, is_editing, false},
    {"leave as it was", "Esc", "Leave the note as it was", cancel_edit, is_editing, false},
    {"next item", "Tab", "The next item of the agenda", live_next_item, NULL, false},
    {"back", "S-Tab", "The item before", live_previous_item, NULL, true},
    {"floor", "F2", "The floor: nobody, mentor, mentee", live_pass_floor, NULL, false},
    {"pause", "F3", "Stop the clock", live_pause_session, is_running, false},
    {"go on", "F3", "Let the clock go on", live_resume_session, is_paused, false},
    {"+5", "F4", "Five minutes more", live_extend, NULL, false},
    {"hide mine", "F9", "Hide what is only mine", live_hide_mine, NULL, false},
    {"end", "F10", "End it and go to the summary", live_end_session, NULL, false},
    {"notes", "Up PgUp", "Into the notes, to change them", walk, is_typing, true},
    {"leave", "Esc", "Leave this screen; the session goes on", leave, is_typing, true},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct live *live = state;
    if (live->notes.walking) {
        return notes_view_key(&live->notes, face, &live->live, pressed);
    }
    return live_line_key(face, live, pressed);
}

const struct ta_screen live_screen = {
    .name = "session",
    .size = sizeof(struct live),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_live,
    .refresh = refresh,
    .key = key,
    .heard = heard,
    .tick = tick,
    .draw = draw,
    .close = close_live,
};
