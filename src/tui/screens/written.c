/* A session that was held without the program, written down in one page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/agenda.h"
#include "turnabout/desk/session.h"
#include "turnabout/domain/off_limits.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum field { FIELD_BEGAN, FIELD_MINUTES, FIELD_LINES, FIELDS };

enum {
    LABEL = 3,
    VALUE = 18,
    LOW = 18,
    NARROW = 60,
    WIDEST = 110,
    LINE_MOST = 100,
    LINES_MOST = 1 << 20,
    KEEP_AFTER = 800, /* milliseconds after a key, at most, what is typed is kept */
};

struct written {
    struct ta_pair pair;
    struct written_page page;
    unsigned minutes; /* what a session takes */
    struct ta_editor text[FIELDS];
    enum field field;
    char *off_limits;
    int64_t revision; /* of the draft */
    int64_t touched;  /* instant of the first key that is not kept yet; 0: all is */
    int64_t now;
};

/* What the contract keeps off limits, and how long it says a session is. */
static bool read_contract(struct ta_desk *desk, struct written *written, struct ta_error *err)
{
    struct ta_agenda_state state;
    if (!ta_desk_agenda(desk, &written->pair, &state, err)) {
        return false;
    }
    written->off_limits = ta_copy(state.off_limits);
    written->minutes = state.agenda.minutes;
    ta_agenda_state_release(&state);
    return true;
}

/* What was typed before, else what is proposed. */
static bool fill(struct ta_desk *desk, struct written *written, struct ta_error *err)
{
    struct ta_written before;
    char began[TA_DATE_SIZE];
    char minutes[16];
    if (!ta_desk_written(desk, &written->pair, written->page.session, &before, err)) {
        return false;
    }
    ta_moment_typed(began, written->page.began);
    (void)snprintf(minutes, sizeof minutes, "%u", written->minutes);
    ta_editor_init(&written->text[FIELD_BEGAN], before.began ? before.began : began, false,
                   LINE_MOST);
    ta_editor_init(&written->text[FIELD_MINUTES], before.minutes ? before.minutes : minutes, false,
                   LINE_MOST);
    ta_editor_init(&written->text[FIELD_LINES], before.lines, true, LINES_MOST);
    written->revision = before.revision;
    written->text[FIELD_BEGAN].anchor = 0; /* selected: typing takes its place */
    written->text[FIELD_MINUTES].anchor = 0;
    ta_written_release(&before);
    return true;
}

static bool open_written(struct ta_face *face, void *state, const void *argument,
                         struct ta_error *err)
{
    struct written *written = state;
    struct ta_desk *desk = ta_face_desk(face);
    written->page = *(const struct written_page *)argument;
    written->now = ta_desk_now(desk);
    bool ok = ta_desk_pair(desk, NULL, &written->pair, err) && read_contract(desk, written, err) &&
              fill(desk, written, err);
    if (!ok) {
        free(written->off_limits);
        ta_pair_release(&written->pair);
    }
    return ok;
}

static void keep(struct ta_face *face, struct written *written)
{
    if (written->touched) {
        struct ta_written page = {.began = (char *)ta_editor_text(&written->text[FIELD_BEGAN]),
                                  .minutes = (char *)ta_editor_text(&written->text[FIELD_MINUTES]),
                                  .lines = (char *)ta_editor_text(&written->text[FIELD_LINES]),
                                  .revision = written->revision};
        written->touched = 0;
        ta_desk_written_keep(ta_face_desk(face), &written->pair, written->page.session, &page);
        written->revision = page.revision;
    }
}

static void close_written(struct ta_face *face, void *state)
{
    struct written *written = state;
    keep(face, written);
    for (enum field field = 0; field < FIELDS; field++) {
        ta_editor_release(&written->text[field]);
    }
    free(written->off_limits);
    ta_pair_release(&written->pair);
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct written *written = state;
    written->now = now;
    if (written->touched && now - written->touched >= KEEP_AFTER) {
        keep(face, written);
    }
    return written->touched ? written->touched + KEEP_AFTER : 0;
}

/* Drawing */

static void draw_line(const struct written *written, enum field field, const char *label,
                      struct ta_surface *surface, int row)
{
    bool chosen = written->field == field;
    const struct ta_editor *editor = &written->text[field];
    struct ta_area value = {row, VALUE, 1, 20};
    ta_put(surface, row, LABEL - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_put(surface, row, LABEL, VALUE - LABEL - 1, chosen ? TA_STRONG : TA_PLAIN, label);
    if (chosen) {
        ta_editor_draw(editor, surface, value, TA_STRONG, true);
    } else {
        ta_put(surface, row, VALUE, value.columns, TA_PLAIN, ta_editor_text(editor));
    }
}

/* Beside the date, as it is understood. */
static void draw_began(const struct written *written, struct ta_surface *surface, int row)
{
    struct ta_moment began;
    char day[TA_DATE_SIZE];
    const char *typed = ta_editor_text(&written->text[FIELD_BEGAN]);
    draw_line(written, FIELD_BEGAN, "It began", surface, row);
    int column = VALUE + 22;
    if (ta_moment_guess_past(&began, ta_piece_of(typed), written->now)) {
        ta_day_long(day, ta_day_of(began));
        ta_put(surface, row, column, surface->columns - column - 1, TA_QUIET, day);
    }
}

/* The line that the cursor stands in. */
static struct ta_piece line_in_hand(const struct ta_editor *editor)
{
    const char *text = ta_editor_text(editor);
    const char *start = text + editor->cursor;
    while (start > text && start[-1] != '\n') {
        start--;
    }
    return (struct ta_piece){start, strcspn(start, "\n")};
}

static void draw_hint(const struct written *written, struct ta_surface *surface, int row)
{
    enum ta_note_kind kind = TA_NOTE_PLAIN;
    struct ta_piece text;
    struct ta_piece topic;
    char *line = ta_piece_copy(line_in_hand(&written->text[FIELD_LINES]));
    bool mine =
        ta_note_read(&kind, &text, ta_piece_of(line)) == TA_NOTE_FINE && kind == TA_NOTE_MINE;
    int columns = surface->columns - 2;
    if (mine) {
        ta_put(surface, row, 1, columns, TA_MINE,
               "only mine: stays on this machine, in no document and no mail");
    } else if (ta_off_limits_touched(&topic, written->off_limits, line)) {
        ta_putf(surface, row, 1, columns, TA_CAUTION,
                "⚠ touches \"%.*s\", which your contract keeps off limits", (int)topic.length,
                topic.at);
    } else {
        ta_put(surface, row, 1, columns, TA_QUIET,
               surface->columns < NARROW
                   ? "! > ? ~ % mark a kind"
                   : "! takeaway  > promise  ? question  ~ difference  % only mine");
    }
    free(line);
}

static void draw_lines(const struct written *written, struct ta_surface *surface,
                       struct ta_area area)
{
    const struct ta_editor *editor = &written->text[FIELD_LINES];
    bool chosen = written->field == FIELD_LINES;
    if (!chosen && !ta_editor_text(editor)[0]) {
        ta_put_wrapped(surface, area, TA_QUIET,
                       "What stays of it, a line each, with the signs of a session's notes.");
        return;
    }
    ta_editor_draw(editor, surface, area, TA_PLAIN, chosen);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct written *written = state;
    bool low = surface->rows < LOW;
    struct ta_text title = {0};
    ta_text_addf(&title,
                 surface->columns < NARROW ? "Session %u, afterwards"
                                           : "Session %u, written down afterwards",
                 written->page.session);
    ta_title(surface, title.bytes, NULL);
    ta_text_release(&title);
    int row = low ? 1 : 2;
    draw_began(written, surface, row);
    draw_line(written, FIELD_MINUTES, "It took, min", surface, row + 1);
    row += low ? 2 : 3;
    ta_rule(surface, row++);
    int hint = surface->rows - 3;
    bool chosen = written->field == FIELD_LINES;
    struct ta_area lines = {row, LABEL, hint - row - !low, surface->columns - 2 * LABEL};
    lines.columns = lines.columns < WIDEST ? lines.columns : WIDEST;
    ta_put(surface, row, LABEL - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    draw_lines(written, surface, lines);
    if (!low) {
        ta_rule(surface, hint - 1);
    }
    draw_hint(written, surface, hint);
}

/* What a person can do */

static bool read_fields(struct ta_face *face, struct written *written, struct ta_moment *began,
                        unsigned *minutes)
{
    char *end;
    const char *typed = ta_editor_text(&written->text[FIELD_MINUTES]);
    struct ta_piece date = ta_piece_of(ta_editor_text(&written->text[FIELD_BEGAN]));
    if (!ta_moment_guess_past(began, date, ta_face_now(face))) {
        written->field = FIELD_BEGAN;
        ta_face_say(face, TA_ALARM, "That is no date: write it as 2026-11-24 10:00, or Tue 10:00.");
        return false;
    }
    long number = strtol(typed, &end, 10);
    if (end == typed || number < TA_MINUTES_LEAST || number > TA_MINUTES_MOST) {
        written->field = FIELD_MINUTES;
        ta_face_say(face, TA_ALARM, "How many minutes did it take? From %d to %d.",
                    TA_MINUTES_LEAST, TA_MINUTES_MOST);
        return false;
    }
    *minutes = (unsigned)number;
    return true;
}

static void finish(struct ta_face *face, void *state)
{
    struct written *written = state;
    struct ta_moment began;
    unsigned minutes;
    struct ta_error err;
    if (!read_fields(face, written, &began, &minutes)) {
        return;
    }
    const char *lines = ta_editor_text(&written->text[FIELD_LINES]);
    if (ta_face_check(
            face,
            ta_desk_session_write(ta_face_desk(face), &written->pair, began, minutes, lines, &err),
            &err)) {
        written->touched = 0; /* the page went with it */
        ta_face_replace(face, &summary_screen, NULL);
    }
}

static void next_field(struct ta_face *face, void *state)
{
    (void)face;
    struct written *written = state;
    written->field = (enum field)((written->field + 1) % FIELDS);
}

static void previous_field(struct ta_face *face, void *state)
{
    (void)face;
    struct written *written = state;
    written->field = (enum field)((written->field + FIELDS - 1) % FIELDS);
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct written *written = state;
    bool line = written->field != FIELD_LINES;
    if (line && ta_key_is(pressed, "Enter Down")) {
        next_field(face, state);
        return true;
    }
    if (line && ta_key_is(pressed, "Up")) {
        written->field -= written->field > 0;
        return true;
    }
    enum ta_edited edited =
        ta_editor_key(&written->text[written->field], pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED && !written->touched) {
        written->touched = ta_face_now(face);
    }
    return edited != TA_EDIT_NOT_MINE;
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static const struct ta_command commands[] = {
    {"next", "Tab", "The next field", next_field, NULL, false},
    {"back", "S-Tab", "The field before", previous_field, NULL, true},
    {"to its summary", "F10 C-s", "That was it: go to its summary", finish, NULL, false},
    {"leave", "Esc", "Leave it; what is typed is kept", leave, NULL, false},
};

const struct ta_screen written_screen = {
    .name = "written down",
    .size = sizeof(struct written),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_written,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_written,
};
