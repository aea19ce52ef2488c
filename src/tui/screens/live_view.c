#include "live_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/off_limits.h"
#include "turnabout/tui/frame.h"

enum {
    MINUTE = 60,
    LOW = 20,    /* rows below which the large clock gives way to one line */
    NARROW = 60, /* columns below which the agenda gives way to the item in hand */
    CLOCK_ROWS = 7,
    SPENT_COLUMNS = 8,   /* of the time used on an item */
    MINUTES_COLUMNS = 4, /* of the time planned for it */
    ITEMS_WIDEST = 60,   /* columns beyond which the eye loses the line */
    NOTES_WIDEST = 110,
};

static void say_off_limits(struct ta_text *out, const struct live *live)
{
    struct ta_piece topics = ta_piece_of(live->live.off_limits);
    struct ta_piece topic;
    for (int i = 0; ta_next_line(&topics, &topic); i++) {
        ta_text_addf(out, "%s%.*s", i ? ", " : " · off-limits: ", (int)topic.length, topic.at);
    }
}

/* In a small window what must not be touched stands before the names. */
static void draw_title(const struct live *live, struct ta_surface *surface)
{
    char now[TA_DATE_SIZE];
    char started[TA_DATE_SIZE];
    ta_moment_time(now, ta_moment_local(live->now));
    ta_moment_time(started, ta_moment_local(live->live.reading.started));
    struct ta_piece mentor = ta_pair_short_name(&live->pair, TA_MENTOR);
    struct ta_piece mentee = ta_pair_short_name(&live->pair, TA_MENTEE);
    struct ta_text left = {0};
    struct ta_text right = {0};
    bool narrow = surface->columns < NARROW;
    ta_text_addf(&left, "Session %u", live->live.sitting.number);
    if (!narrow || !*live->live.off_limits) {
        ta_text_addf(&left, "   %.*s ⇄ %.*s", (int)mentor.length, mentor.at, (int)mentee.length,
                     mentee.at);
    }
    say_off_limits(&left, live);
    ta_text_addf(&right, "%s · started %s", now, started);
    ta_title(surface, left.bytes, narrow ? NULL : right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

static enum ta_role_of_cell clock_role(const struct ta_reading *reading)
{
    if (reading->state == TA_SESSION_PAUSED) {
        return TA_QUIET;
    }
    if (reading->left < 0) {
        return TA_ALARM;
    }
    return reading->left <= TA_SECONDS_CUE ? TA_CAUTION : TA_CLOCK;
}

/* The words below the clock stand out in a pause, when the clock itself steps back. */
static enum ta_role_of_cell words_role(const struct ta_reading *reading)
{
    return reading->state == TA_SESSION_PAUSED ? TA_CAUTION : clock_role(reading);
}

/* `beside`: the time stands beside it in full. */
static void say_left(struct ta_text *out, const struct ta_reading *reading, bool beside)
{
    long long planned = (long long)(reading->planned / MINUTE);
    if (reading->state == TA_SESSION_PAUSED) {
        ta_text_add(out, "paused · ");
    }
    if (reading->left < 0) {
        ta_text_addf(out, "over the %lld min", planned);
    } else if (reading->left == 0) {
        ta_text_addf(out, "the %lld min are up", planned);
    } else if (reading->left <= TA_SECONDS_CUE && beside) {
        ta_text_addf(out, "left of %lld min · wrap up", planned);
    } else if (reading->left <= TA_SECONDS_CUE) {
        ta_text_addf(out, "%lld min left of %lld · wrap up",
                     (long long)((reading->left + MINUTE - 1) / MINUTE), planned);
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
    (void)snprintf(minutes, sizeof minutes, "%02lld", (long long)(left / MINUTE));
    int column = area.column;
    column += reading->left < 0 ? ta_put(surface, area.row + 1, column, 2, TA_ALARM, "+") + 1 : 0;
    column += ta_large_digits(surface, area.row, column, clock_role(reading), minutes);
    ta_putf(surface, area.row + 3, column, 3, TA_PLAIN, ":%02lld", (long long)(left % MINUTE));
    struct ta_text words = {0};
    say_left(&words, reading, false);
    ta_put(surface, area.row + 4, area.column, area.columns, words_role(reading), words.bytes);
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
        (void)snprintf(spent, sizeof spent, "%lld min", (long long)(used / MINUTE));
    }
    bool late = used > (int64_t)item->minutes * MINUTE;
    enum ta_role_of_cell role = in_hand ? TA_ACCENT : past ? TA_QUIET : TA_PLAIN;
    ta_put(surface, area.row, area.column, 1, role, in_hand ? "▶" : past ? "✓" : " ");
    ta_put(surface, area.row, area.column + 2, area.columns - 2 - SPENT_COLUMNS - MINUTES_COLUMNS,
           role, item->title);
    char minutes[16];
    (void)snprintf(minutes, sizeof minutes, "%u", item->minutes);
    ta_put_right(surface, area.row, area.column, area.columns - SPENT_COLUMNS, role, minutes);
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
        struct ta_piece name = ta_pair_short_name(&live->pair, role);
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

/* The item in hand and its minutes, where the agenda has no room. Returns the columns used. */
static int draw_in_hand(const struct live *live, struct ta_surface *surface, int row, int column,
                        int columns)
{
    const struct ta_agenda *agenda = &live->live.agenda;
    int in_hand = live->live.reading.item;
    if (in_hand < 0 || (size_t)in_hand >= agenda->count) {
        return 0;
    }
    int64_t *used = ta_allocate(agenda->count, sizeof *used);
    ta_session_used(used, agenda->count, &live->live.sitting.events, live->now);
    char minutes[48];
    (void)snprintf(minutes, sizeof minutes, "  %lld of %u min", (long long)(used[in_hand] / MINUTE),
                   agenda->items[in_hand].minutes);
    bool late = used[in_hand] > (int64_t)agenda->items[in_hand].minutes * MINUTE;
    free(used);
    int room = columns - (int)strlen(minutes);
    int at = ta_putf(surface, row, column, room, TA_ACCENT, "▶ %s", agenda->items[in_hand].title);
    return at +
           ta_put(surface, row, column + at, columns - at, late ? TA_CAUTION : TA_QUIET, minutes);
}

/* Returns the rows used. */
static int draw_upper(const struct live *live, struct ta_surface *surface)
{
    int half = surface->columns * 9 / 20;
    bool narrow = surface->columns < NARROW;
    struct ta_area clock = {2, 3, CLOCK_ROWS - 1, narrow ? surface->columns - 6 : half - 6};
    clock.columns = clock.columns > 40 ? 40 : clock.columns;
    draw_clock(live, surface, clock);
    ta_rule(surface, CLOCK_ROWS + 1);
    if (narrow) {
        draw_in_hand(live, surface, 1, 3, surface->columns - 6);
    } else {
        struct ta_area edge = {1, half, CLOCK_ROWS, 1};
        ta_fill(surface, edge, TA_FRAME, "│");
        ta_put(surface, CLOCK_ROWS + 1, half, 1, TA_FRAME, "┴");
        struct ta_area items = {2, half + 2, CLOCK_ROWS - 1, surface->columns - half - 3};
        items.columns = items.columns < ITEMS_WIDEST ? items.columns : ITEMS_WIDEST;
        draw_items(live, surface, items);
    }
    return CLOCK_ROWS + 2;
}

/* The same in one line and, in narrow windows, another for the item. Returns the rows used. */
static int draw_upper_low(const struct live *live, struct ta_surface *surface)
{
    const struct ta_reading *reading = &live->live.reading;
    char left[TA_DATE_SIZE];
    ta_span_clock(left, reading->left);
    struct ta_text words = {0};
    say_left(&words, reading, true);
    int columns = surface->columns - 2;
    int used =
        ta_putf(surface, 1, 1, columns, TA_PLAIN, "%s%s ", reading->left < 0 ? "+" : "", left);
    used += ta_put(surface, 1, 1 + used, columns - used, words_role(reading), words.bytes);
    ta_text_release(&words);
    if (surface->columns < NARROW) {
        draw_in_hand(live, surface, 2, 1, columns);
        return 3;
    }
    draw_in_hand(live, surface, 1, 4 + used, columns - used - 3);
    ta_rule(surface, 2);
    return 3;
}

const char *const live_signs_help =
    "! takeaway  > promise  ? question  ~ difference  % only mine  / command";

static const char *const signs_brief = "! > ? ~ % mark a kind · /help tells";
static const char *const kinds_help = "kind: 1 !  2 >  3 ?  4 ~  5 %  0 none";

static const struct {
    enum ta_role_of_cell role;
    const char *meaning;
} kinds[TA_NOTE_KINDS] = {
    [TA_NOTE_PLAIN] = {TA_QUIET, ""},
    [TA_NOTE_TAKEAWAY] = {TA_TAKEAWAY, "a takeaway, for the summary"},
    [TA_NOTE_PROMISE] = {TA_PROMISE, ""},
    [TA_NOTE_QUESTION] = {TA_QUESTION, "a question, for the summary and your next agenda"},
    [TA_NOTE_DIFFERENCE] = {TA_DIFFERENCE, "what you see differently, for the summary"},
    [TA_NOTE_MINE] = {TA_MINE, "only mine: stays on this machine, in no document and no mail"},
};

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

/* Two of one first name: whose promise it is would be a guess. */
static bool is_in_doubt(const struct live *live, struct ta_piece text, struct ta_piece *name)
{
    struct ta_piece rest = text;
    return ta_next_part(&rest, ':', name) && name->length < text.length &&
           ta_pair_names_both(&live->pair, *name);
}

static void draw_promise_hint(const struct live *live, struct ta_piece text,
                              struct ta_surface *surface, int row, int columns)
{
    struct ta_piece name;
    if (is_in_doubt(live, text, &name)) {
        ta_putf(surface, row, 1, columns, TA_CAUTION,
                "⚠ \"%.*s\" is both of you: write %s or %s, or mentor or mentee", (int)name.length,
                name.at, live->pair.person[TA_MENTOR].name, live->pair.person[TA_MENTEE].name);
        return;
    }
    struct ta_text promise = {0};
    char *exact = ta_piece_copy(text);
    say_promise(live, exact, &promise);
    ta_put(surface, row, 1, columns, TA_PROMISE, promise.bytes);
    ta_text_release(&promise);
    free(exact);
}

/* What a line is understood as, while it is typed. */
static void draw_understood(const struct live *live, const char *line, struct ta_surface *surface,
                            int row)
{
    enum ta_note_kind kind = TA_NOTE_PLAIN;
    struct ta_piece text = {0};
    struct ta_piece topic;
    int columns = surface->columns - 2;
    bool fine = ta_note_read(&kind, &text, ta_piece_of(line)) == TA_NOTE_FINE;
    if (fine && kind != TA_NOTE_MINE &&
        ta_off_limits_touched(&topic, live->live.off_limits, line)) {
        ta_putf(surface, row, 1, columns, TA_CAUTION,
                "⚠ touches \"%.*s\", which your contract keeps off limits", (int)topic.length,
                topic.at);
    } else if (fine && kind == TA_NOTE_PROMISE) {
        draw_promise_hint(live, text, surface, row, columns);
    } else if (fine && kind != TA_NOTE_PLAIN) {
        ta_put(surface, row, 1, columns, kinds[kind].role, kinds[kind].meaning);
    } else {
        ta_put(surface, row, 1, columns, TA_QUIET,
               surface->columns < NARROW ? signs_brief : live_signs_help);
    }
}

/* Below the line: what it is understood as, or what the signs mean. */
static void draw_hint(const struct live *live, struct ta_surface *surface, int row)
{
    const struct notes_view *notes = &live->notes;
    const char *line = ta_editor_text(notes->editing ? &notes->editor : &live->line);
    if (notes->walking && !notes->editing) {
        ta_put(surface, row, 1, surface->columns - 2, TA_QUIET, kinds_help);
    } else if (line[0] == '/' && !notes->editing) {
        struct ta_text commands = {0};
        live_commands_matching(&commands, line);
        ta_put(surface, row, 1, surface->columns - 2, TA_QUIET, commands.bytes);
        ta_text_release(&commands);
    } else {
        draw_understood(live, line, surface, row);
    }
}

void live_draw(const struct live *live, struct ta_surface *surface)
{
    draw_title(live, surface);
    bool low = surface->rows < LOW;
    int row = low ? draw_upper_low(live, surface) : draw_upper(live, surface);
    int foot = surface->rows - 2; /* the face's rows begin here */
    int last = foot - (low ? 2 : 3);
    struct ta_area notes = {row, 1, last - row, surface->columns - 2};
    notes.columns = notes.columns < NOTES_WIDEST ? notes.columns : NOTES_WIDEST;
    int promised = live_draw_promises(live, surface, notes);
    notes.row += promised;
    notes.rows -= promised;
    notes_view_draw(&live->notes, &live->live, &live->pair, surface, notes);
    if (!low) {
        ta_rule(surface, last++);
    }
    struct ta_area line = {last, 1, 1, surface->columns - 2};
    live_draw_typed(&live->line, live->notes.hide_mine, surface, line, !live->notes.walking);
    draw_hint(live, surface, last + 1);
}
