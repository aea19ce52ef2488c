/* Live: the session that runs, and one line to type on, always ready. */
#include <stdlib.h>
#include <string.h>

#include "live_view.h"
#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/domain/step.h"

enum { SECOND = 1000, MINUTE = 60, LINE_MOST = TA_NOTE_LONGEST + 1 };

static bool reload(struct ta_face *face, struct live *live, struct ta_error *err)
{
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_live fresh = {0};
    if (!ta_desk_live(desk, &live->pair, &fresh, err)) {
        return false;
    }
    ta_live_release(&live->live);
    live->live = fresh;
    live->now = ta_desk_now(desk);
    notes_view_follow(&live->notes, &live->live.sitting.notes);
    return true;
}

static void ask_forgotten(struct ta_face *face, struct live *live);

static bool open_live(struct ta_face *face, void *state, const void *argument, struct ta_error *err)
{
    (void)argument;
    struct live *live = state;
    struct ta_desk *desk = ta_face_desk(face);
    bool ok = ta_desk_pair(desk, NULL, &live->pair, err) && reload(face, live, err);
    if (ok && (!live->live.sitting.id || live->live.reading.state == TA_SESSION_ENDED)) {
        ok = ta_fail(err, TA_REFUSED,
                     "No session is running: Enter on the first screen begins one.");
    }
    if (!ok) {
        ta_live_release(&live->live);
        ta_pair_release(&live->pair);
        return false;
    }
    ta_editor_init(&live->line, live->live.line, false, LINE_MOST);
    ask_forgotten(face, live);
    return true;
}

/* The line is kept while it is typed: a killed terminal loses at most its last second. */
static void keep_line(struct ta_face *face, struct live *live)
{
    if (live->touched) {
        live->touched = 0;
        ta_live_keep_line(ta_face_desk(face), &live->live, ta_editor_text(&live->line));
    }
}

static void close_live(struct ta_face *face, void *state)
{
    struct live *live = state;
    keep_line(face, live);
    ta_editor_release(&live->line);
    notes_view_release(&live->notes);
    ta_live_release(&live->live);
    ta_pair_release(&live->pair);
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    return reload(face, state, err);
}

/* Time */

static void ring(struct ta_face *face, const struct live *live, int64_t left_before)
{
    bool crossed = left_before > TA_SECONDS_CUE && live->live.reading.left <= TA_SECONDS_CUE;
    if (crossed && ta_face_desk(face)->config.bell) {
        ta_face_bell(face);
    }
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct live *live = state;
    int64_t left = live->live.reading.left;
    live->now = now;
    if (!ta_live_is_fresh(ta_face_desk(face), &live->live)) {
        struct ta_error err;
        ta_face_check(face, reload(face, live, &err), &err);
    }
    ta_live_tick(&live->live, now);
    ring(face, live, left);
    if (live->touched && now - live->touched >= SECOND) {
        keep_line(face, live);
    }
    bool paused = live->live.reading.state == TA_SESSION_PAUSED;
    int64_t step = paused && !live->touched ? MINUTE * SECOND : SECOND; /* the time in the title */
    return now - now % step + step;
}

/* What a person can do */

static bool happen(struct ta_face *face, struct live *live, enum ta_event_kind kind, int value)
{
    struct ta_error err;
    return ta_face_check(
        face,
        ta_desk_session_event(ta_face_desk(face), &live->pair, kind, value, &err) &&
            reload(face, live, &err),
        &err);
}

static void step(struct ta_face *face, struct live *live, int by)
{
    struct ta_error err;
    ta_face_check(face,
                  ta_desk_session_step(ta_face_desk(face), &live->pair, by, &err) &&
                      reload(face, live, &err),
                  &err);
}

static void next_item(struct ta_face *face, void *state)
{
    step(face, state, +1);
}

static void previous_item(struct ta_face *face, void *state)
{
    step(face, state, -1);
}

static void pause_or_resume(struct ta_face *face, void *state)
{
    struct live *live = state;
    bool paused = live->live.reading.state == TA_SESSION_PAUSED;
    happen(face, live, paused ? TA_EVENT_RESUME : TA_EVENT_PAUSE, 0);
}

static void pause_session(struct ta_face *face, void *state)
{
    happen(face, state, TA_EVENT_PAUSE, 0);
}

static void resume_session(struct ta_face *face, void *state)
{
    happen(face, state, TA_EVENT_RESUME, 0);
}

static void extend(struct ta_face *face, void *state)
{
    happen(face, state, TA_EVENT_EXTEND, 5 * MINUTE);
}

/* Nobody, mentor, mentee, and around. */
static void pass_floor(struct ta_face *face, void *state)
{
    struct live *live = state;
    int next = ((int)live->live.reading.floor + 1) % (TA_ROLES + 1);
    happen(face, live, TA_EVENT_FLOOR, next);
}

static void hide_mine(struct ta_face *face, void *state)
{
    struct live *live = state;
    live->notes.hide_mine = !live->notes.hide_mine;
    ta_face_say(face, TA_MINE,
                live->notes.hide_mine ? "What is mine is hidden, in the list and as it "
                                        "is typed. F9 shows it again."
                                      : "What is mine is shown.");
}

static void end_at(struct ta_face *face, struct live *live, int64_t at)
{
    struct ta_error err;
    keep_line(face, live);
    if (ta_face_check(face, ta_desk_session_end(ta_face_desk(face), &live->pair, at, &err), &err)) {
        ta_face_replace(face, &summary_screen, NULL);
    }
}

static void answer_end(struct ta_face *face, void *state, char key)
{
    if (key == 'y') {
        end_at(face, state, 0);
    }
}

static void end_session(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_ask_key(face, "End the session and go to its summary?  y yes  n no", "yn", answer_end);
}

static void answer_forgotten(struct ta_face *face, void *state, char key)
{
    struct live *live = state;
    if (key == 'c') {
        end_at(face, live, ta_live_probable_end(&live->live, ta_face_now(face)));
    } else if (key == 'n') {
        end_at(face, live, 0);
    }
}

/* A session left open long after its time is offered for closing, with everything kept. */
static void ask_forgotten(struct ta_face *face, struct live *live)
{
    if (live->live.reading.left > -TA_SECONDS_LEFT_OPEN) {
        return;
    }
    char since[TA_DATE_SIZE];
    char end[TA_DATE_SIZE];
    struct ta_text question = {0};
    ta_moment_short(since, ta_moment_local(live->live.reading.started));
    ta_moment_time(end, ta_moment_local(ta_live_probable_end(&live->live, live->now)));
    ta_text_addf(&question, "Open since %s.  c close it as of %s  n end it now  g go on", since,
                 end);
    ta_face_ask_key(face, question.bytes, "cng", answer_forgotten);
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

static const struct ta_command commands[] = {
    {"next item", "Tab", "The next item of the agenda", next_item, NULL, false},
    {"back", "S-Tab", "The item before", previous_item, NULL, true},
    {"floor", "F2", "Who holds the floor: nobody, mentor, mentee", pass_floor, NULL, true},
    {"pause", "F3", "Pause, or go on", pause_or_resume, NULL, false},
    {"+5", "F4", "Five minutes more", extend, NULL, false},
    {"hide mine", "F9", "Hide what is only mine, for a shared screen", hide_mine, NULL, false},
    {"end", "F10", "End the session and go to its summary", end_session, NULL, false},
    {"leave", "Esc", "Leave this screen; the session goes on", leave, NULL, true},
};

/* The typed line */

static void help_line(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_say(face, TA_PLAIN, "%s", live_signs_help);
}

static const struct {
    const char *name;
    void (*run)(struct ta_face *face, void *state);
} slashes[] = {
    {"/next", next_item},        {"/back", previous_item}, {"/pause", pause_session},
    {"/resume", resume_session}, {"/+5", extend},          {"/floor", pass_floor},
    {"/hide", hide_mine},        {"/end", end_session},    {"/help", help_line},
};

enum { SLASHES = sizeof slashes / sizeof *slashes };

void live_commands_matching(struct ta_text *out, const char *line)
{
    size_t length = strcspn(line, " ");
    for (size_t i = 0; i < SLASHES; i++) {
        if (strncmp(slashes[i].name, line, length) == 0) {
            ta_text_addf(out, "%s%s", out->length ? "  " : "", slashes[i].name);
        }
    }
}

static void complete_slash(struct live *live)
{
    const char *line = ta_editor_text(&live->line);
    for (size_t i = 0; i < SLASHES; i++) {
        if (strncmp(slashes[i].name, line, strlen(line)) == 0) {
            ta_editor_set(&live->line, slashes[i].name);
            return;
        }
    }
}

/* "/floor priya": whom; without a name it goes around. */
static bool floor_by_name(struct ta_face *face, struct live *live, const char *line)
{
    if (strncmp(line, "/floor ", 7) != 0) {
        return false;
    }
    enum ta_role role = ta_pair_who(&live->pair, ta_piece_trim(ta_piece_of(line + 7)));
    if (role == TA_NOBODY) {
        ta_face_say(face, TA_ALARM, "The floor is %s's or %s's: /floor and a first name.",
                    live->pair.person[TA_MENTOR].name, live->pair.person[TA_MENTEE].name);
    } else {
        happen(face, live, TA_EVENT_FLOOR, (int)role);
    }
    return true;
}

static void run_slash(struct ta_face *face, struct live *live)
{
    char *line = ta_copy(ta_editor_text(&live->line));
    ta_editor_set(&live->line, "");
    live->touched = live->now;
    size_t found = SLASHES;
    for (size_t i = 0; i < SLASHES; i++) {
        found = strcmp(slashes[i].name, line) == 0 ? i : found;
    }
    if (found < SLASHES) {
        slashes[found].run(face, live);
    } else if (!floor_by_name(face, live, line)) {
        ta_face_say(face, TA_ALARM, "There is no command %s: /help tells which there are.", line);
        ta_editor_set(&live->line, line);
    }
    free(line);
}

static void catch_line(struct ta_face *face, struct live *live)
{
    const char *line = ta_editor_text(&live->line);
    struct ta_error err;
    if (ta_piece_trim(ta_piece_of(line)).length == 0) {
        return;
    }
    if (line[0] == '/') {
        run_slash(face, live);
        return;
    }
    if (ta_face_check(face, ta_live_note(ta_face_desk(face), &live->live, line, &err), &err)) {
        ta_editor_release(&live->line);
        ta_editor_init(&live->line, NULL, false, LINE_MOST);
        live->touched = 0;
        notes_view_follow(&live->notes, &live->live.sitting.notes);
    }
}

static bool key_in_line(struct ta_face *face, struct live *live, const struct ta_key *key)
{
    const char *line = ta_editor_text(&live->line);
    if (key->code == TA_KEY_ENTER) {
        catch_line(face, live);
        return true;
    }
    if (key->code == TA_KEY_TAB && line[0]) {
        if (line[0] == '/') {
            complete_slash(live);
        }
        return true; /* in the middle of a note Tab is nothing, not the next item */
    }
    if (key->code == TA_KEY_UP || key->code == TA_KEY_PAGE_UP || key->code == TA_KEY_WHEEL_UP) {
        notes_view_walk(&live->notes, &live->live.sitting.notes);
        return true;
    }
    enum ta_edited edited = ta_editor_key(&live->line, key, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        live->touched = ta_face_now(face);
    } else if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION, "A note is at most %d bytes long: the rest was not taken.",
                    TA_NOTE_LONGEST);
    }
    return edited != TA_EDIT_NOT_MINE;
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct live *live = state;
    if (live->notes.walking) {
        return notes_view_key(&live->notes, face, &live->live, pressed);
    }
    return key_in_line(face, live, pressed);
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
    .tick = tick,
    .draw = draw,
    .close = close_live,
};
