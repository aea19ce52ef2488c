/* Live: the session that runs, and one line to type on, always ready. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "live_notes.h"
#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/session.h"
#include "turnabout/domain/off_limits.h"
#include "turnabout/domain/step.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum {
    SECOND = 1000,
    MINUTE = 60,
    LOW = 20,    /* rows below which the large clock gives way to one line */
    NARROW = 60, /* columns below which the agenda gives way to the item in hand */
    CLOCK_ROWS = 7,
    LINE_MOST = TA_NOTE_LONGEST + 1,
};

struct live {
    struct ta_pair pair;
    struct ta_live live;
    struct ta_editor line;
    struct notes_view notes;
    char draft[32];   /* name of the typed line's draft */
    int64_t revision; /* of that draft */
    int64_t touched;  /* instant of the last key into the line; 0: saved */
    int64_t now;
};

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

/* --- time ---------------------------------------------------------------------------------------
 */

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
    bool runs = live->live.reading.state == TA_SESSION_RUNNING;
    return runs || live->touched ? now - now % SECOND + SECOND : 0;
}

/* --- drawing ------------------------------------------------------------------------------------
 */

static void draw_title(const struct live *live, struct ta_surface *surface)
{
    char now[TA_DATE_SIZE];
    char started[TA_DATE_SIZE];
    ta_moment_time(now, ta_moment_local(live->now));
    ta_moment_time(started, ta_moment_local(live->live.reading.started));
    struct ta_piece mentor = ta_person_first_name(&live->pair.person[TA_MENTOR]);
    struct ta_piece mentee = ta_person_first_name(&live->pair.person[TA_MENTEE]);
    struct ta_text left = {0};
    struct ta_text right = {0};
    ta_text_addf(&left, "Session %u   %.*s ⇄ %.*s", live->live.sitting.number, (int)mentor.length,
                 mentor.at, (int)mentee.length, mentee.at);
    struct ta_piece topics = ta_piece_of(live->live.off_limits);
    struct ta_piece topic;
    for (int i = 0; ta_next_line(&topics, &topic); i++) {
        ta_text_addf(&left, "%s%.*s", i ? ", " : " · off-limits: ", (int)topic.length, topic.at);
    }
    ta_text_addf(&right, "%s · started %s", now, started);
    ta_title(surface, left.bytes, right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

static enum ta_role_of_cell clock_role(const struct ta_reading *reading)
{
    if (reading->left < 0) {
        return TA_ALARM;
    }
    return reading->left <= TA_SECONDS_CUE ? TA_CAUTION : TA_CLOCK;
}

static void say_left(struct ta_text *out, const struct ta_reading *reading)
{
    long long planned = (long long)(reading->planned / MINUTE);
    if (reading->state == TA_SESSION_PAUSED) {
        ta_text_addf(out, "paused · of %lld min", planned);
    } else if (reading->left < 0) {
        ta_text_addf(out, "over the %lld min", planned);
    } else if (reading->left <= TA_SECONDS_CUE) {
        ta_text_addf(out, "5 min left of %lld · wrap up", planned);
    } else {
        ta_text_addf(out, "left of %lld min", planned);
    }
}

/* Minutes large, seconds small beside them, in the terminal's plain look: a tick then changes one
 * cell and no attribute, a dozen bytes instead of a hundred. */
static void draw_clock(const struct live *live, struct ta_surface *surface, struct ta_area area)
{
    const struct ta_reading *reading = &live->live.reading;
    int64_t left = reading->left < 0 ? -reading->left : reading->left;
    char minutes[24];
    snprintf(minutes, sizeof minutes, "%02lld", (long long)(left / MINUTE));
    int column = area.column;
    column += reading->left < 0 ? ta_put(surface, area.row + 1, column, 2, TA_ALARM, "+") + 1 : 0;
    column += ta_large_digits(surface, area.row, column, clock_role(reading), minutes);
    ta_putf(surface, area.row + 3, column, 3, TA_PLAIN, ":%02lld", (long long)(left % MINUTE));
    struct ta_text words = {0};
    say_left(&words, reading);
    ta_put(surface, area.row + 4, area.column, area.columns, clock_role(reading), words.bytes);
    ta_text_release(&words);
    int64_t elapsed = reading->elapsed < reading->planned ? reading->elapsed : reading->planned;
    ta_fill(surface, (struct ta_area){area.row + 5, area.column, 1, area.columns}, TA_FRAME, "░");
    ta_bar(surface, area.row + 5, area.column, area.columns, clock_role(reading), elapsed / MINUTE,
           reading->planned / MINUTE);
}

static void draw_item(const struct live *live, size_t index, int64_t used,
                      struct ta_surface *surface, struct ta_area area)
{
    const struct ta_item *item = &live->live.agenda.items[index];
    bool in_hand = (int)index == live->live.reading.item;
    bool past = used > 0 && !in_hand;
    char spent[TA_DATE_SIZE] = "";
    if (past) {
        ta_span_clock(spent, used);
    } else if (in_hand) {
        snprintf(spent, sizeof spent, "%lld min", (long long)(used / MINUTE));
    }
    bool late = used > (int64_t)item->minutes * MINUTE;
    enum ta_role_of_cell role = in_hand ? TA_ACCENT : past ? TA_QUIET : TA_PLAIN;
    ta_put(surface, area.row, area.column, 1, role, in_hand ? "▶" : past ? "✓" : " ");
    ta_put(surface, area.row, area.column + 2, area.columns - 14, role, item->title);
    char minutes[16];
    snprintf(minutes, sizeof minutes, "%u", item->minutes);
    ta_put_right(surface, area.row, area.column, area.columns - 8, role, minutes);
    ta_put_right(surface, area.row, area.column, area.columns, late ? TA_CAUTION : TA_QUIET, spent);
}

static void draw_floor(const struct live *live, struct ta_surface *surface, struct ta_area area)
{
    const struct ta_reading *reading = &live->live.reading;
    int64_t all = reading->held[TA_MENTOR] + reading->held[TA_MENTEE];
    if (all == 0 && reading->floor == TA_NOBODY) {
        return;
    }
    struct ta_text text = {0};
    ta_text_add(&text, "floor");
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        struct ta_piece name = ta_person_first_name(&live->pair.person[role]);
        long long share = all ? (long long)((reading->held[role] * 100 + all / 2) / all) : 0;
        ta_text_addf(&text, "  %s%.*s %lld%%", reading->floor == role ? "▸" : "", (int)name.length,
                     name.at, share);
    }
    ta_put(surface, area.row, area.column, area.columns, TA_QUIET, text.bytes);
    ta_text_release(&text);
}

static void draw_items(const struct live *live, struct ta_surface *surface, struct ta_area area)
{
    const struct ta_agenda *agenda = &live->live.agenda;
    size_t rows = (size_t)area.rows - 1;
    int64_t *used = ta_allocate(agenda->count, sizeof *used);
    ta_session_used(used, agenda->count, &live->live.sitting.events, live->now);
    size_t in_hand = live->live.reading.item > 0 ? (size_t)live->live.reading.item : 0;
    size_t first = in_hand >= rows ? in_hand - rows + 1 : 0;
    for (size_t i = first; i < agenda->count && i - first < rows; i++) {
        struct ta_area line = {area.row + (int)(i - first), area.column, 1, area.columns};
        draw_item(live, i, used[i], surface, line);
    }
    free(used);
    struct ta_area floor = {area.row + area.rows - 1, area.column, 1, area.columns};
    draw_floor(live, surface, floor);
}

/* Returns the rows used. */
static int draw_upper(const struct live *live, struct ta_surface *surface)
{
    int half = surface->columns * 9 / 20;
    bool narrow = surface->columns < NARROW;
    struct ta_area clock = {2, 3, CLOCK_ROWS - 1, narrow ? surface->columns - 6 : half - 6};
    clock.columns = clock.columns > 40 ? 40 : clock.columns;
    draw_clock(live, surface, clock);
    if (!narrow) {
        struct ta_area edge = {1, half, CLOCK_ROWS, 1};
        ta_fill(surface, edge, TA_FRAME, "│");
        struct ta_area items = {2, half + 2, CLOCK_ROWS - 1, surface->columns - half - 3};
        draw_items(live, surface, items);
    }
    return CLOCK_ROWS + 1;
}

/* Clock and item in one line, for small windows. */
static int draw_upper_low(const struct live *live, struct ta_surface *surface)
{
    const struct ta_reading *reading = &live->live.reading;
    char left[TA_DATE_SIZE];
    ta_span_clock(left, reading->left);
    struct ta_text words = {0};
    say_left(&words, reading);
    int columns = surface->columns - 2;
    int used =
        ta_putf(surface, 1, 1, columns, TA_PLAIN, "%s%s ", reading->left < 0 ? "+" : "", left);
    used += ta_put(surface, 1, 1 + used, columns - used, clock_role(reading), words.bytes);
    ta_text_release(&words);
    if (reading->item >= 0 && (size_t)reading->item < live->live.agenda.count) {
        ta_putf(surface, 1, 1 + used, columns - used, TA_ACCENT, "   ▶ %s",
                live->live.agenda.items[reading->item].title);
    }
    return 2;
}

static const char *const signs_help =
    "! takeaway  > promise  ? question  ~ difference  % only mine  / command";

static void say_promise(const struct live *live, const char *line, struct ta_text *out)
{
    struct ta_promise promise = {0};
    struct ta_day today = ta_day_of(ta_moment_local(live->now));
    ta_promise_understand(&promise, ta_piece_of(line), &live->pair, today);
    const struct ta_person *owner = &live->pair.person[promise.owner];
    ta_text_addf(out, "→ %s: %s", promise.owner == TA_NOBODY ? "?" : owner->name, promise.text);
    if (promise.due.year) {
        char due[TA_DATE_SIZE];
        ta_day_long(due, promise.due);
        ta_text_addf(out, " · due %s", due);
    }
    ta_promise_release(&promise);
}

/* Below the line: what it is understood as, or what the signs mean. */
static void draw_hint(const struct live *live, struct ta_surface *surface, int row)
{
    const char *line = ta_editor_text(&live->line);
    enum ta_note_kind kind = TA_NOTE_PLAIN;
    struct ta_piece text = {0};
    struct ta_piece topic;
    int columns = surface->columns - 2;
    bool fine = ta_note_read(&kind, &text, ta_piece_of(line)) == TA_NOTE_FINE;
    if (line[0] == '/') {
        struct ta_text commands = {0};
        live_commands_matching(&commands, line);
        ta_put(surface, row, 1, columns, TA_QUIET, commands.bytes ? commands.bytes : "");
        ta_text_release(&commands);
    } else if (fine && ta_off_limits_touched(&topic, live->live.off_limits, line)) {
        ta_putf(surface, row, 1, columns, TA_CAUTION,
                "⚠ touches \"%.*s\", which your contract keeps off limits", (int)topic.length,
                topic.at);
    } else if (fine && kind == TA_NOTE_PROMISE) {
        struct ta_text promise = {0};
        char *exact = ta_piece_copy(text);
        say_promise(live, exact, &promise);
        free(exact);
        ta_put(surface, row, 1, columns, TA_PROMISE, promise.bytes);
        ta_text_release(&promise);
    } else if (fine && kind == TA_NOTE_MINE) {
        ta_put(surface, row, 1, columns, TA_MINE,
               "only mine: stays on this machine, in no document and no mail");
    } else {
        ta_put(surface, row, 1, columns, TA_QUIET, signs_help);
    }
}

static void draw_line(const struct live *live, struct ta_surface *surface, int row)
{
    const char *line = ta_editor_text(&live->line);
    struct ta_area area = {row, 1, 1, surface->columns - 2};
    if (live->notes.hide_mine && line[0] == '%') {
        size_t count = 0;
        for (size_t at = 0; line[at]; count++) {
            at = ta_character_next(line, strlen(line), at);
        }
        struct ta_area dots = {row, 1, 1, (int)count < area.columns ? (int)count : area.columns};
        ta_fill(surface, dots, TA_MINE, "•");
        surface->cursor_row = row;
        surface->cursor_column = 1 + dots.columns;
        return;
    }
    /* Drawing scrolls the editor to its cursor: that is a matter of showing, not of the text. */
    struct ta_editor *editor = (struct ta_editor *)&live->line;
    ta_editor_draw(editor, surface, area, TA_STRONG, !live->notes.walking);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct live *live = state;
    draw_title(live, surface);
    bool low = surface->rows < LOW;
    int row = low ? draw_upper_low(live, surface) : draw_upper(live, surface);
    int foot = surface->rows - 2; /* the face's rows begin here */
    ta_rule(surface, row++);
    int last = foot - (low ? 2 : 3);
    struct ta_area notes = {row, 1, last - row, surface->columns - 2};
    notes_view_draw(&live->notes, &live->live, &live->pair, surface, notes);
    if (!low) {
        ta_rule(surface, last++);
    }
    draw_line(live, surface, last);
    draw_hint(live, surface, last + 1);
}

/* --- what a person can do -----------------------------------------------------------------------
 */

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

/* --- the typed line -----------------------------------------------------------------------------
 */

static void help_line(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_say(face, TA_PLAIN, "%s", signs_help);
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
