#include "home_view.h"

#include <stdio.h>
#include <string.h>

#include "tall.h"
#include "turnabout/base/unicode.h"

enum {
    MARGIN = 3,
    WIDEST = 110,  /* columns of the content; beyond, the eye loses the line */
    WIDE = 70,     /* from here on two columns stand side by side */
    NARROW = 60,   /* below, only what must be said */
    DOT_STEP = 10, /* columns from one session's dot to the next */
    DOT_STEP_LEAST = 7,
    PLACE_LEAST = 12, /* columns that a place needs to say something */
    OWNER_MOST = 8,
    LOW = 16,      /* rows, below which only what must be said is said */
    TEXT_ROWS = 3, /* a promise or a takeaway has at most */
};

static int content_columns(const struct ta_surface *surface)
{
    int columns = surface->columns - 2 * MARGIN;
    return columns < WIDEST ? columns : WIDEST;
}

static void draw_title(const struct home *home, struct ta_surface *surface)
{
    char day[TA_DATE_SIZE];
    ta_day_long(day, home->today);
    struct ta_text left = {0};
    const struct ta_person *mentor = &home->pair.person[TA_MENTOR];
    const struct ta_person *mentee = &home->pair.person[TA_MENTEE];
    ta_text_addf(&left, "Turnabout   %s (mentor) ⇄ %s (mentee)", mentor->name, mentee->name);
    int room = surface->columns - ta_width(day, strlen(day)) - MARGIN;
    if (ta_width(left.bytes, left.length) > room) {
        struct ta_piece one = ta_pair_short_name(&home->pair, TA_MENTOR);
        struct ta_piece other = ta_pair_short_name(&home->pair, TA_MENTEE);
        ta_text_clear(&left);
        ta_text_addf(&left, "%.*s ⇄ %.*s", (int)one.length, one.at, (int)other.length, other.at);
    }
    ta_title(surface, left.bytes, day);
    ta_text_release(&left);
}

static void say_contract(struct ta_text *out, const struct ta_contract_state *contract, bool brief)
{
    unsigned signers = 0;
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        signers += contract->signed_by[role] != NULL;
    }
    if (ta_contract_state_in_force(contract)) {
        ta_text_addf(out, brief ? "v%u" : "contract v%u, both signed", contract->version_in_force);
    } else if (contract->in_force) {
        ta_text_addf(out, "contract v%u, v%u %s", contract->version_in_force,
                     contract->contract.version, signers ? "signed by one" : "in draft");
    } else if (signers) {
        ta_text_add(out, "contract signed by one");
    } else {
        ta_text_add(out, contract->drafted ? "contract in draft" : "no contract yet");
    }
}

static void draw_topic(const struct home *home, struct ta_surface *surface, int row)
{
    struct ta_text contract = {0};
    say_contract(&contract, &home->standing.contract, surface->columns < NARROW);
    int width = ta_width(contract.bytes, contract.length);
    int columns = content_columns(surface);
    bool in_force = ta_contract_state_in_force(&home->standing.contract);
    ta_put(surface, row, MARGIN, columns - width - 2, TA_STRONG,
           home->standing.contract.contract.value[TA_CLAUSE_TOPIC]);
    ta_put_right(surface, row, MARGIN, columns, in_force ? TA_GOOD : TA_QUIET, contract.bytes);
    ta_text_release(&contract);
}

/* Below the contract's standing, where a row is free; with the key, when there is something to do.
 */
static void draw_sent(const struct home *home, struct ta_surface *surface, int row)
{
    struct ta_text text = {0};
    const struct ta_sent *sent = &home->sent;
    int columns = content_columns(surface);
    bool differs = sent->is_unsent || sent->end == TA_SYNC_FAILED || sent->end == TA_SYNC_REFUSED;
    ta_sent_say(&text, sent, home->today);
    if (text.length > 0 && !sent->waits && (differs || sent->synced == 0)) {
        ta_put_right(surface, row, MARGIN, columns, TA_KEY_NAME, "[S]");
        columns -= (int)strlen("[S]") + 1;
    }
    if (text.length > 0) {
        ta_put_right(surface, row, MARGIN, columns, TA_QUIET, text.bytes);
    }
    ta_text_release(&text);
}

/* The first session shown, so that the next one is among those that fit. */
static unsigned first_shown(const struct ta_standing *standing, unsigned fits)
{
    unsigned next = standing->agenda.agenda.session;
    return next > fits ? next - fits / 2 : 1;
}

static void draw_dot(const struct ta_standing *standing, struct ta_surface *surface, int row,
                     int column, unsigned session)
{
    unsigned next = standing->agenda.agenda.session;
    const char *dot = session < next ? "●" : session == next ? "◉" : "○";
    enum ta_role_of_cell role = session < next ? TA_GOOD : session == next ? TA_ACCENT : TA_QUIET;
    ta_put(surface, row, column, 1, role, dot);
    ta_putf(surface, row + 1, column, DOT_STEP_LEAST, session == next ? TA_STRONG : TA_QUIET, "%u",
            session);
}

const struct ta_meeting *home_meeting_of(const struct ta_meetings *meetings, unsigned session)
{
    for (size_t i = meetings->count; i-- > 0;) {
        if (meetings->items[i].session == session) {
            return &meetings->items[i];
        }
    }
    return NULL;
}

static struct ta_day day_held(const struct ta_standing *standing, unsigned session)
{
    const struct ta_meeting *meeting = home_meeting_of(&standing->meetings, session);
    if (meeting && meeting->late.year) {
        return meeting->late;
    }
    return meeting ? ta_day_of(meeting->when) : (struct ta_day){0};
}

/* Below its dot, or as far to the left as it takes to show the date whole. Returns the column. */
static int draw_next_date(const struct home *home, struct ta_surface *surface, int row, int column)
{
    const struct ta_standing *standing = &home->standing;
    const struct ta_meeting *next = ta_meetings_next(&standing->meetings);
    int end = surface->columns - MARGIN;
    if (!next) {
        ta_put(surface, row, column, end - column, TA_QUIET, "no date yet");
        return column;
    }
    char date[TA_DATE_SIZE];
    char distance[TA_DATE_SIZE];
    ta_moment_short(date, next->when);
    ta_day_from(distance, ta_day_of(next->when), home->today);
    bool missed = ta_days_between(home->today, ta_day_of(next->when)) < 0;
    int width = ta_width(date, strlen(date)) + 2 + ta_width(distance, strlen(distance));
    column = column + width > end ? end - width : column;
    column = column < MARGIN ? MARGIN : column;
    int at = column;
    at += ta_put(surface, row, at, end - at, TA_STRONG, date);
    at += ta_putf(surface, row, at, end - at, missed ? TA_CAUTION : TA_PLAIN, ", %s", distance);
    const char *place = standing->contract.contract.value[TA_CLAUSE_PLACE];
    if (place && *place && end - at >= PLACE_LEAST) {
        int shown = home_place_shown(place, end - at - 3);
        ta_putf(surface, row, at, end - at, TA_QUIET, " · %.*s", shown, place);
    }
    return column;
}

/* Under those held their days, as far as the next date leaves them room. */
static void draw_days(const struct home *home, struct ta_surface *surface, int row, int step,
                      unsigned first)
{
    unsigned next = home->standing.agenda.agenda.session;
    int end = draw_next_date(home, surface, row, MARGIN + (int)(next - first) * step);
    for (unsigned session = first; session < next; session++) {
        int column = MARGIN + (int)(session - first) * step;
        struct ta_day held = day_held(&home->standing, session);
        char day[TA_DATE_SIZE];
        ta_day_short(day, held, home->today);
        if (held.year && column + ta_width(day, strlen(day)) < end) {
            ta_put(surface, row, column, step - 1, TA_QUIET, day);
        }
    }
}

/* A dot a session, its number, and when it was or will be. */
static void draw_path(const struct home *home, struct ta_surface *surface, int row)
{
    const struct ta_standing *standing = &home->standing;
    unsigned next = standing->agenda.agenda.session;
    unsigned all = standing->agreed > next ? standing->agreed : next;
    int step = surface->columns < WIDE ? DOT_STEP_LEAST : DOT_STEP;
    unsigned fits = (unsigned)((surface->columns - MARGIN - 2) / step) + 1;
    unsigned first = first_shown(standing, fits);
    unsigned last = all - first + 1 > fits ? first + fits - 1 : all;
    for (unsigned session = first; session <= last; session++) {
        int column = MARGIN + (int)(session - first) * step;
        if (session < last) {
            struct ta_area line = {row, column + 1, 1, step - 1};
            ta_fill(surface, line, TA_FRAME, "─");
        }
        draw_dot(standing, surface, row, column, session);
    }
    if (first > 1) {
        ta_put(surface, row, MARGIN - 1, 1, TA_FRAME, "…");
    }
    if (last < all) {
        ta_put(surface, row, MARGIN + (int)(last - first) * step + 1, 1, TA_FRAME, "…");
    }
    draw_days(home, surface, row + 2, step, first);
}

/* Returns the rows used. */
static int draw_step(const struct home *home, struct ta_surface *surface, int row)
{
    struct ta_text step = {0};
    bool narrow = surface->columns < NARROW;
    ta_text_add(&step, narrow ? "" : "Next: ");
    home_say_next(&step, home);
    int columns = content_columns(surface);
    struct ta_area area = {row, MARGIN, 2, columns};
    ta_put(surface, row, MARGIN - 2, 1, TA_ACCENT, "▸");
    int rows = ta_put_wrapped(surface, area, TA_ACCENT, step.bytes);
    if (rows == 1 && ta_width(step.bytes, step.length) + (int)strlen("[Enter]") + 2 <= columns) {
        ta_put_right(surface, row, MARGIN, columns, TA_KEY_NAME, "[Enter]");
    }
    ta_text_release(&step);
    return rows;
}

/* Said gently, where there is room for it. Returns the rows used. */
static int draw_run(const struct home *home, struct ta_surface *surface, int row)
{
    struct ta_text run = {0};
    int rows = 0;
    ta_standing_say_run(&run, &home->pair, &home->standing);
    if (run.length > 0 && surface->rows >= LOW) {
        struct ta_area area = {row, MARGIN, 2, content_columns(surface)};
        rows = ta_put_wrapped(surface, area, TA_PLAIN, run.bytes);
    }
    ta_text_release(&run);
    return rows;
}

/* What helps with the step, where nothing else is asked for; advice that has no room is no loss.
 * Returns the rows used. */
static int draw_aside(const struct home *home, struct ta_surface *surface, int row)
{
    struct ta_text text = {0};
    int rows = 0;
    bool cautions = home_say_aside(&text, home);
    struct ta_area area = {row, MARGIN, cautions ? 2 : 1, content_columns(surface)};
    if (text.length > 0 && (cautions || ta_width(text.bytes, text.length) <= area.columns)) {
        rows = ta_put_wrapped(surface, area, cautions ? TA_CAUTION : TA_QUIET, text.bytes);
    }
    ta_text_release(&text);
    return rows;
}

/* What the contract asks for, quietly below the step, in one row. Returns the rows used. */
static int draw_reminder(const struct home *home, struct ta_surface *surface, int row)
{
    const struct ta_standing *standing = &home->standing;
    bool late = standing->reminder == TA_REMIND_AGENDA_LATE;
    bool ahead = standing->agenda.arc == TA_ARC_MIDDLE;
    const char *review = ahead ? "c reads the contract again" : "c amends the contract";
    int columns = content_columns(surface);
    struct ta_text text = {0};
    ta_standing_say_reminder(&text, standing);
    int width = ta_width(text.bytes, text.length);
    ta_put(surface, row, MARGIN, columns, late ? TA_CAUTION : TA_QUIET,
           text.length ? text.bytes : "");
    if (standing->review && width == 0) {
        ta_putf(surface, row, MARGIN, columns, TA_QUIET, "Half-way: %s", review);
    } else if (standing->review && width + 3 + (int)strlen(review) <= columns) {
        ta_putf(surface, row, MARGIN + width, columns - width, TA_QUIET, " · %s", review);
    }
    ta_text_release(&text);
    return standing->review || width > 0 ? 1 : draw_aside(home, surface, row);
}

/* Promises */

static struct ta_piece owner_of(const struct home *home, const struct ta_promise *promise)
{
    if (promise->owner == TA_NOBODY) {
        return ta_piece_of(promise->named ? promise->named : "?");
    }
    return ta_pair_short_name(&home->pair, promise->owner);
}

static void say_due(char out[TA_DATE_SIZE], const struct ta_promise *promise, struct ta_day today)
{
    out[0] = '\0';
    if (promise->state == TA_PROMISE_DONE) {
        (void)snprintf(out, TA_DATE_SIZE, "tell back");
    } else if (promise->due.year) {
        ta_day_short(out, promise->due, today);
    }
}

static int draw_promise(const struct home *home, const struct ta_promise *promise, int owner_room,
                        struct ta_surface *surface, struct ta_area area)
{
    char due[TA_DATE_SIZE];
    say_due(due, promise, home->today);
    bool late = ta_promise_is_overdue(promise, home->today);
    int width = due[0] ? ta_width(due, strlen(due)) + 2 : 0;
    int indent = 2 + owner_room + 2;
    struct ta_piece owner = owner_of(home, promise);
    ta_put(surface, area.row, area.column, 1, TA_PROMISE,
           promise->state == TA_PROMISE_OPEN ? "☐" : "☑");
    ta_put_bytes(surface, area.row, area.column + 2, owner_room, TA_PLAIN, owner.at, owner.length);
    ta_put_right(surface, area.row, area.column, area.columns, late ? TA_CAUTION : TA_QUIET, due);
    struct ta_area text = {area.row, area.column + indent, area.rows,
                           area.columns - indent - width};
    return put_text(surface, text, TA_PLAIN, promise->text);
}

/* How many are open or wait to be told back, how many of those are late, and the columns that
 * their owners' names take. */
static size_t count_promises(const struct home *home, size_t *late, int *owner_room)
{
    const struct ta_promises *promises = &home->standing.promises;
    size_t count = 0;
    for (size_t i = 0; i < promises->count; i++) {
        const struct ta_promise *promise = &promises->items[i];
        if (promise->state != TA_PROMISE_TOLD) {
            struct ta_piece owner = owner_of(home, promise);
            int width = ta_width(owner.at, owner.length);
            *owner_room = width > *owner_room ? width : *owner_room;
            *late += ta_promise_is_overdue(promise, home->today);
            count++;
        }
    }
    *owner_room = *owner_room < OWNER_MOST ? *owner_room : OWNER_MOST;
    return count;
}

/* Each has its share of the rows, at least one. */
static int draw_promise_rows(const struct home *home, size_t count, int owner_room,
                             struct ta_surface *surface, struct ta_area area)
{
    const struct ta_promises *promises = &home->standing.promises;
    int share = area.rows / (int)count;
    share = share < 1 ? 1 : share > TEXT_ROWS ? TEXT_ROWS : share;
    int row = 0;
    for (size_t i = 0; i < promises->count && row < area.rows; i++) {
        if (promises->items[i].state == TA_PROMISE_TOLD) {
            continue;
        }
        if (row == area.rows - 1 && count > 1) {
            ta_putf(surface, area.row + row++, area.column, area.columns, TA_QUIET,
                    "… and %zu more", count);
            break;
        }
        int rows = share < area.rows - row ? share : area.rows - row;
        struct ta_area line = {area.row + row, area.column, rows, area.columns};
        row += draw_promise(home, &promises->items[i], owner_room, surface, line);
        count--;
    }
    return row;
}

static int draw_promises(const struct home *home, struct ta_surface *surface, struct ta_area area)
{
    size_t late = 0;
    int owner_room = 1;
    size_t count = count_promises(home, &late, &owner_room);
    ta_put(surface, area.row, area.column, area.columns, TA_QUIET, "Promised");
    struct ta_area rest = {area.row + 1, area.column, area.rows - 1, area.columns};
    if (late) {
        char overdue[32];
        (void)snprintf(overdue, sizeof overdue, "%zu overdue", late);
        ta_put_right(surface, area.row, area.column, area.columns, TA_CAUTION, overdue);
    }
    if (count) {
        return 1 + draw_promise_rows(home, count, owner_room, surface, rest);
    }
    return 1 + put_text(surface, rest, TA_PLAIN,
                        home->standing.promises.count
                            ? "Nothing is open: all was done and told back."
                            : "What you promise each other will stand here until it is done and "
                              "told back.");
}

static const char *agenda_stage(const struct ta_agenda_state *agenda)
{
    if (agenda->shared) {
        return "shared";
    }
    if (agenda->was_shared) {
        return "changed since it was shared";
    }
    return agenda->text ? "draft" : "as usual";
}

static void draw_agenda_item(const struct ta_agenda *agenda, size_t index,
                             struct ta_surface *surface, int row, int column, int columns)
{
    const struct ta_item *item = &agenda->items[index];
    char minutes[16];
    (void)snprintf(minutes, sizeof minutes, "%u", item->minutes);
    int number = ta_putf(surface, row, column, 4, TA_QUIET, "%zu ", index + 1);
    ta_put(surface, row, column + number, columns - number - 5, TA_PLAIN, item->title);
    ta_put_right(surface, row, column, columns, TA_QUIET, minutes);
}

static void draw_agenda(const struct home *home, struct ta_surface *surface, struct ta_area area)
{
    const struct ta_agenda *agenda = &home->standing.agenda.agenda;
    if (area.rows < 2) {
        return;
    }
    ta_putf(surface, area.row, area.column, area.columns - 26, TA_QUIET, "Agenda %u (%s)",
            agenda->session, agenda_stage(&home->standing.agenda));
    char sum[48];
    unsigned minutes = ta_agenda_sum(agenda);
    bool over = minutes > agenda->minutes;
    (void)snprintf(sum, sizeof sum, over ? "%u of %u min: too long" : "%u of %u min", minutes,
                   agenda->minutes);
    ta_put_right(surface, area.row, area.column, area.columns, over ? TA_CAUTION : TA_QUIET, sum);
    bool wide = surface->columns >= WIDE;
    size_t rows = wide ? (agenda->count + 1) / 2 : agenda->count;
    rows = rows > (size_t)area.rows - 1 ? (size_t)area.rows - 1 : rows;
    int half = wide ? (area.columns - 4) / 2 : area.columns;
    for (size_t i = 0; i < agenda->count && i < rows * (wide ? 2 : 1); i++) {
        bool right = i >= rows;
        draw_agenda_item(agenda, i, surface, area.row + 1 + (int)(right ? i - rows : i),
                         area.column + (right ? half + 4 : 0), half);
    }
}

/* Side by side; returns the rows used. */
static int draw_beside(const struct home *home, struct ta_surface *surface, struct ta_area area)
{
    int half = (area.columns - 4) / 2;
    struct ta_area left = {area.row, area.column, area.rows, half};
    struct ta_area right = {area.row, area.column + area.columns - half, area.rows, half};
    int one = home_draw_last(home, surface, left);
    int other = draw_promises(home, surface, right);
    return one > other ? one : other;
}

/* One below the other, what is promised first; what has no room is left out. */
static int draw_stacked(const struct home *home, struct ta_surface *surface, struct ta_area area)
{
    int used = 0;
    if (home->standing.promises.count) {
        used = draw_promises(home, surface, area) + 1;
    }
    struct ta_area rest = {area.row + used, area.column, area.rows - used, area.columns};
    if (rest.rows > 1) {
        used += home_draw_last(home, surface, rest);
    }
    return used < area.rows ? used : area.rows;
}

static void draw_below(const struct home *home, struct ta_surface *surface, int row)
{
    bool wide = surface->columns >= WIDE;
    int items = (int)home->standing.agenda.agenda.count;
    int agenda_rows = 2 + (wide ? (items + 1) / 2 : items);
    struct ta_area area = {row, MARGIN, surface->rows - 2 - row, content_columns(surface)};
    struct ta_area upper = area;
    upper.rows -= area.rows - agenda_rows > 4 ? agenda_rows : 0;
    int used = (wide ? draw_beside : draw_stacked)(home, surface, upper) + 1;
    area.row += used;
    area.rows -= used;
    draw_agenda(home, surface, area);
}

static void draw_trouble(const struct home *home, struct ta_surface *surface)
{
    struct ta_area area = {3, MARGIN, surface->rows - 5, content_columns(surface)};
    ta_put(surface, 2, MARGIN, area.columns, TA_ALARM, "This pair's record cannot be read");
    ta_put_wrapped(surface, area, TA_PLAIN, home->trouble.text);
    surface->cursor_row = 2;
    surface->cursor_column = MARGIN;
}

void home_draw(const struct home *home, struct ta_surface *surface)
{
    draw_title(home, surface);
    if (!home->stands) {
        draw_trouble(home, surface);
        return;
    }
    bool low = surface->rows < 20;
    int row = low ? 1 : 2;
    draw_topic(home, surface, row);
    if (!low) {
        draw_sent(home, surface, row + 1);
    }
    row += low ? 1 : 2;
    draw_path(home, surface, row);
    row += low ? 3 : 4;
    surface->cursor_row = row;
    surface->cursor_column = MARGIN - 2;
    row += draw_step(home, surface, row);
    row += draw_reminder(home, surface, row);
    row += draw_run(home, surface, row);
    draw_below(home, surface, row + (low ? 0 : 1));
}
