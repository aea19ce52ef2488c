/* A date: moved to another day, cancelled, or gone by; who asked, and a word of reason. */
#include <string.h>

#include "screens.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/desk/session.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum field { FIELD_WHAT, FIELD_WHO, FIELD_NOTICE, FIELD_DATE, FIELD_REASON, FIELDS };

enum what { MOVED, CANCELLED, HELD, HELD_NOW, WHATS };

enum {
    LABEL = 3,  /* column */
    VALUE = 18, /* column */
    ROOMY = 18, /* rows from which on the fields stand apart */
    WIDEST = 80,
    LINE_MOST = 500,
    HOURS = 24,
};

static const char *const labels[FIELDS] = {
    [FIELD_WHAT] = "This date",    [FIELD_WHO] = "Who asked",    [FIELD_NOTICE] = "How early",
    [FIELD_DATE] = "The new date", [FIELD_REASON] = "In a word",
};

static const struct {
    const char *coming, *past;
    const char *hint;
} whats[WHATS] = {
    [MOVED] = {"is moved to another day", "was moved to another day",
               "The new date takes its place. By your rhythm it would be the one proposed."},
    [CANCELLED] = {"is cancelled", "was cancelled",
                   "A cancelled meeting is held on another day: you set it next."},
    [HELD] = {"", "was held: we write it down",
              "You held it without Turnabout. Write down what stays of it, in one page."},
    [HELD_NOW] = {"", "is held now, late", "The session starts now, and counts for this date."},
};

/* How early it was asked, where nobody wrote it down at once. */
static const struct {
    const char *words;
    bool known;
    unsigned hours;
} notices[] = {
    {"nobody knows any more", false, 0}, {"on the day itself", true, 0},
    {"a day before", true, HOURS},       {"two days before", true, 2 * HOURS},
    {"a week before", true, 7 * HOURS},
};

enum { NOTICES = sizeof notices / sizeof *notices };

struct date {
    struct ta_pair pair;
    struct date_question question;
    struct ta_day today;
    int64_t now;
    enum what what;
    enum ta_role who; /* TA_NOBODY: neither */
    size_t notice;
    struct ta_editor text, reason; /* the new date; a word */
    enum field field;
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

static bool has_field(const struct date *date, enum field field)
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
    while (field < FIELDS && !has_field(date, field)) {
        field++;
    }
    return field;
}

static enum field field_before(const struct date *date, enum field field)
{
    while (field > FIELD_WHAT && !has_field(date, --field)) {
    }
    return field;
}

static struct ta_editor *editor_of(struct date *date)
{
    return date->field == FIELD_DATE     ? &date->text
           : date->field == FIELD_REASON ? &date->reason
                                         : NULL;
}

/* Drawing */

static const char *choice_of(const struct date *date, enum field field)
{
    if (field == FIELD_WHAT) {
        return date->question.missed ? whats[date->what].past : whats[date->what].coming;
    }
    if (field == FIELD_NOTICE) {
        return notices[date->notice].words;
    }
    return date->who == TA_NOBODY ? "neither of you" : date->pair.person[date->who].name;
}

static void draw_choice(const struct date *date, enum field field, struct ta_surface *surface,
                        struct ta_area value)
{
    bool chosen = date->field == field;
    ta_putf(surface, value.row, value.column, value.columns, chosen ? TA_STRONG : TA_PLAIN,
            chosen ? "‹ %s ›" : "%s", choice_of(date, field));
    if (chosen) {
        surface->cursor_row = value.row;
        surface->cursor_column = value.column;
    }
}

static void draw_text(const struct date *date, enum field field, struct ta_surface *surface,
                      struct ta_area value)
{
    const struct ta_editor *editor = field == FIELD_DATE ? &date->text : &date->reason;
    if (!ta_editor_text(editor)[0]) {
        ta_fill(surface, value, TA_FRAME, "·");
    }
    if (date->field == field) {
        ta_editor_draw(editor, surface, value, TA_STRONG, true);
    } else {
        ta_put(surface, value.row, value.column, value.columns, TA_PLAIN, ta_editor_text(editor));
    }
}

static int content_end(const struct ta_surface *surface)
{
    int end = surface->columns - LABEL;
    return end < WIDEST ? end : WIDEST;
}

static void draw_field(const struct date *date, enum field field, struct ta_surface *surface,
                       int row)
{
    bool chosen = date->field == field;
    struct ta_area value = {row, VALUE, 1, content_end(surface) - VALUE};
    ta_put(surface, row, LABEL - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_put(surface, row, LABEL, VALUE - LABEL - 1, chosen ? TA_STRONG : TA_PLAIN, labels[field]);
    bool typed = field == FIELD_DATE || field == FIELD_REASON;
    (typed ? draw_text : draw_choice)(date, field, surface, value);
}

/* What is typed as the new date, understood. */
static void say_new_date(const struct date *date, struct ta_text *out)
{
    struct ta_moment to;
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    char distance[TA_DATE_SIZE];
    if (!ta_moment_guess(&to, ta_piece_of(ta_editor_text(&date->text)), date->now)) {
        ta_text_add(out, "Write it as 2026-12-15 10:00, or Tue 10:00.");
        return;
    }
    ta_day_long(day, ta_day_of(to));
    ta_moment_time(time, to);
    ta_day_from(distance, ta_day_of(to), date->today);
    ta_text_addf(out, "→ %s %s, %s", day, time, distance);
}

static void say_notice(const struct date *date, struct ta_text *out)
{
    unsigned hours = ta_meeting_notice(date->question.when, date->now);
    ta_text_addf(out, "That is %u hour%s before.", hours, hours == 1 ? "" : "s");
    if (hours < date->question.notice) {
        ta_text_addf(out, " Your contract asks for %u.", date->question.notice);
    }
}

static void say_hint(const struct date *date, struct ta_text *out)
{
    switch (date->field) {
    case FIELD_WHAT:
        ta_text_add(out, whats[date->what].hint);
        break;
    case FIELD_DATE:
        say_new_date(date, out);
        break;
    case FIELD_REASON:
        ta_text_add(out, "If you wish; both of you read it, and nobody has to give one.");
        break;
    case FIELD_NOTICE:
        ta_text_add(out, "How long before the date the other was told.");
        break;
    default:
        if (date->question.missed) {
            ta_text_add(out, "Nobody is blamed: it shows whether the rhythm suits you both.");
        } else {
            say_notice(date, out);
        }
        break;
    }
}

static void draw_head(const struct date *date, struct ta_surface *surface)
{
    char when[TA_DATE_SIZE];
    char distance[TA_DATE_SIZE];
    struct ta_text left = {0};
    struct ta_text right = {0};
    ta_moment_short(when, date->question.when);
    ta_day_from(distance, ta_day_of(date->question.when), date->today);
    ta_text_addf(&left, "The date of session %u", date->question.session);
    ta_text_addf(&right, "%s, %s", when, distance);
    ta_title(surface, left.bytes, right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct date *date = state;
    bool roomy = surface->rows >= ROOMY;
    int row = 2;
    draw_head(date, surface);
    if (date->question.missed && roomy) {
        ta_put(surface, row, LABEL, content_end(surface) - LABEL, TA_PLAIN,
               "It went by without a session. What became of it?");
        row += 2;
    }
    for (enum field field = 0; field < FIELDS; field++) {
        if (has_field(date, field)) {
            draw_field(date, field, surface, row);
            row += roomy ? 2 : 1;
        }
    }
    struct ta_text hint = {0};
    say_hint(date, &hint);
    struct ta_area area = {row, VALUE, 3, content_end(surface) - VALUE};
    if (!roomy) {
        area.column = LABEL;
        area.columns = content_end(surface) - LABEL;
    }
    ta_put_wrapped(surface, area, TA_QUIET, hint.bytes ? hint.bytes : "");
    ta_text_release(&hint);
}

/* What a person can do */

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
        asked.has_notice = notices[date->notice].known;
        asked.notice = notices[date->notice].hours;
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
        date->notice = (date->notice + (forward ? 1 : NOTICES - 1)) % NOTICES;
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
