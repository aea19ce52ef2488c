/* A date: moved to another day, cancelled, or gone by; who asked, and a word of reason. */
#include <string.h>

#include "date_view.h"
#include "screens.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/desk/session.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum { LINE_MOST = 500, HOURS = 24 };

/* How early it was asked, where nobody wrote it down at once. */
const struct date_notice date_notices[DATE_NOTICES] = {
    {"nobody knows any more", false, 0}, {"on the day itself", true, 0},
    {"a day before", true, HOURS},       {"two days before", true, 2 * HOURS},
    {"a week before", true, 7 * HOURS},
};

static bool open_date(struct ta_face *face, void *state, const void *argument, struct ta_error *err)
{
    struct date *date = state;
    struct ta_desk *desk = ta_face_desk(face);
    char proposed[TA_DATE_SIZE];
    date->question = *(const struct date_question *)argument;
    if (!ta_desk_pair(desk, NULL, &date->pair, err)) {
        return false;
    }
    date->today = ta_desk_today(desk);
    date->now = ta_desk_now(desk);
    date->what = date->question.missed ? HELD : MOVED;
    date->who = date->pair.me;
    ta_moment_typed(proposed, date->question.proposed);
    ta_editor_init(&date->text, proposed, false, LINE_MOST);
    ta_editor_init(&date->reason, NULL, false, LINE_MOST);
    date->text.anchor = 0; /* what is proposed is selected: typing takes its place */
    return true;
}

static void close_date(struct ta_face *face, void *state)
{
    (void)face;
    struct date *date = state;
    ta_editor_release(&date->text);
    ta_editor_release(&date->reason);
    ta_pair_release(&date->pair);
}

/* Which fields there are */

static bool is_given_up(const struct date *date)
{
    return date->what == MOVED || date->what == CANCELLED;
}

bool date_has_field(const struct date *date, enum field field)
{
    switch (field) {
    case FIELD_WHO:
    case FIELD_REASON:
        return is_given_up(date);
    case FIELD_NOTICE:
        return is_given_up(date) && date->question.missed;
    case FIELD_DATE:
        return date->what == MOVED;
    default:
        return true;
    }
}

/* The next field there is, or FIELDS. */
static enum field field_after(const struct date *date, enum field field)
{
    field++;
    while (field < FIELDS && !date_has_field(date, field)) {
        field++;
    }
    return field;
}

static enum field field_before(const struct date *date, enum field field)
{
    while (field > FIELD_WHAT && !date_has_field(date, --field)) {
    }
    return field;
}

static struct ta_editor *editor_of(struct date *date)
{
    return date->field == FIELD_DATE     ? &date->text
           : date->field == FIELD_REASON ? &date->reason
                                         : NULL;
}

/* What a person can do */

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    date_draw(state, surface);
}

static void write_down(struct ta_face *face, struct date *date)
{
    struct written_page page = {.session = date->question.session, .began = date->question.when};
    ta_face_replace(face, &written_screen, &page);
}

static void start_now(struct ta_face *face, struct date *date)
{
    struct ta_error err;
    if (ta_face_check(face, ta_desk_session_start(ta_face_desk(face), &date->pair, 0, &err),
                      &err)) {
        ta_face_replace(face, &live_screen, NULL);
    }
}

static struct ta_asked asked(const struct date *date)
{
    const char *reason = ta_editor_text(&date->reason);
    struct ta_asked asked = {.by = date->who, .reason = reason};
    if (date->question.missed) {
        asked.has_notice = date_notices[date->notice].known;
        asked.notice = date_notices[date->notice].hours;
    }
    return asked;
}

static bool read_date(struct ta_face *face, struct date *date, struct ta_moment *to)
{
    struct ta_piece typed = ta_piece_of(ta_editor_text(&date->text));
    if (ta_moment_guess(to, typed, ta_face_now(face))) {
        return true;
    }
    date->field = FIELD_DATE;
    ta_face_say(face, TA_ALARM, "That is no date: write it as 2026-12-15 10:00, or Tue 10:00.");
    return false;
}

static void move(struct ta_face *face, struct date *date)
{
    struct ta_moment to;
    struct ta_error err;
    struct ta_asked by = asked(date);
    struct ta_desk *desk = ta_face_desk(face);
    char day[TA_DATE_SIZE];
    if (!read_date(face, date, &to)) {
        return;
    }
    if (!ta_desk_meeting_move(desk, &date->pair, date->question.meeting, to, &by, TA_NOBODY, NULL,
                              &err)) {
        date->field = err.code == TA_WRONG ? FIELD_DATE : date->field;
        ta_face_check(face, false, &err);
        return;
    }
    ta_moment_short(day, to);
    ta_face_pop(face);
    ta_face_say(face, TA_GOOD, "Moved to %s.", day);
}

static void cancel(struct ta_face *face, struct date *date)
{
    struct ta_error err;
    struct ta_asked by = asked(date);
    if (ta_face_check(face,
                      ta_desk_meeting_cancel(ta_face_desk(face), &date->pair,
                                             date->question.meeting, &by, TA_NOBODY, NULL, &err),
                      &err)) {
        ta_face_pop(face);
        ta_face_say(face, TA_GOOD, "Cancelled. Set another day for it while you are at it.");
    }
}

static void (*const acts[WHATS])(struct ta_face *face, struct date *date) = {
    [MOVED] = move,
    [CANCELLED] = cancel,
    [HELD] = write_down,
    [HELD_NOW] = start_now,
};

/* A date is looked at when its line is left, so that a mistake is said where it is. */
static bool is_fine(struct ta_face *face, struct date *date)
{
    struct ta_moment to;
    return date->field != FIELD_DATE || read_date(face, date, &to);
}

static void go_on(struct ta_face *face, void *state)
{
    struct date *date = state;
    if (!is_fine(face, date)) {
        return;
    }
    enum field next = field_after(date, date->field);
    if (next < FIELDS) {
        date->field = next;
    } else {
        acts[date->what](face, date);
    }
}

static void go_back(struct ta_face *face, void *state)
{
    (void)face;
    struct date *date = state;
    date->field = field_before(date, date->field);
}

/* What became of it, told in the order of how it is most often. */
static void turn_what(struct date *date, bool forward)
{
    static const enum what coming[] = {MOVED, CANCELLED};
    static const enum what past[] = {HELD, HELD_NOW, MOVED, CANCELLED};
    const enum what *order = date->question.missed ? past : coming;
    size_t count =
        date->question.missed ? sizeof past / sizeof *past : sizeof coming / sizeof *coming;
    size_t at = 0;
    while (at + 1 < count && order[at] != date->what) {
        at++;
    }
    date->what = order[(at + (forward ? 1 : count - 1)) % count];
}

static void turn(struct date *date, bool forward)
{
    enum { WHO = TA_ROLES + 1 };
    switch (date->field) {
    case FIELD_WHAT:
        turn_what(date, forward);
        break;
    case FIELD_WHO:
        date->who = (enum ta_role)(((int)date->who + (forward ? 1 : WHO - 1)) % WHO);
        break;
    case FIELD_NOTICE:
        date->notice = (date->notice + (forward ? 1 : DATE_NOTICES - 1)) % DATE_NOTICES;
        break;
    default:
        break;
    }
}

static void change(struct ta_face *face, void *state)
{
    (void)face;
    turn(state, true);
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct date *date = state;
    struct ta_editor *editor = editor_of(date);
    bool last = field_after(date, date->field) == FIELDS;
    if (ta_key_is(pressed, "Enter") || (!last && ta_key_is(pressed, "Tab Down"))) {
        go_on(face, state);
    } else if (ta_key_is(pressed, "S-Tab Up")) {
        go_back(face, state);
    } else if (editor) {
        return ta_editor_key(editor, pressed, ta_face_clip(face)) != TA_EDIT_NOT_MINE;
    } else if (ta_key_is(pressed, "Right Space Left")) {
        turn(date, !ta_key_is(pressed, "Left"));
    } else {
        return pressed->code == TA_KEY_TEXT; /* a letter is no command in the middle of a form */
    }
    return true;
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static bool is_choice(const void *state)
{
    const struct date *date = state;
    return date->field != FIELD_DATE && date->field != FIELD_REASON;
}

static bool is_last(const void *state)
{
    const struct date *date = state;
    return field_after(date, date->field) == FIELDS;
}

static bool is_not_last(const void *state)
{
    return !is_last(state);
}

static bool is_move(const void *state)
{
    return is_last(state) && ((const struct date *)state)->what == MOVED;
}

static bool is_cancel(const void *state)
{
    return is_last(state) && ((const struct date *)state)->what == CANCELLED;
}

static bool is_held(const void *state)
{
    return is_last(state) && !is_given_up(state);
}

static bool is_not_first(const void *state)
{
    return ((const struct date *)state)->field != FIELD_WHAT;
}

static const struct ta_command commands[] = {
    {"change", "Right", "The other choices", change, is_choice, false},
    {"next", "Enter", "The next line", go_on, is_not_last, false},
    {"move it", "Enter", "Move the date, for both", go_on, is_move, false},
    {"cancel it", "Enter", "Cancel the date, for both", go_on, is_cancel, false},
    {"go there", "Enter", "To the session", go_on, is_held, false},
    {"back", "S-Tab", "The line before", go_back, is_not_first, false},
    {"leave", "Esc", "Leave the date as it is", leave, NULL, false},
};

const struct ta_screen date_screen = {
    .name = "date",
    .size = sizeof(struct date),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_date,
    .key = key,
    .draw = draw,
    .close = close_date,
};
