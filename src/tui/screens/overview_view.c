#include <stdio.h>
#include <string.h>

#include "overview_page.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum {
    TOP = 2,      /* row of the first pair; its columns are named above it */
    MARGIN = 3,   /* column of the names; what needs a look is marked before it */
    GAP = 2,      /* between columns */
    WIDEST = 140, /* columns; beyond, the eye loses the line */
    TALL = 18,    /* rows from which on the figures are shown */
    FIGURES = 3,  /* rows of them, with their rule */
    REASONS = 2,  /* rows of why the chosen one needs a look */
    MONTHS = 24,  /* shown at most */
    WIDE_NAMES = 100,
    HALVES = 76, /* columns from which on figures stand in two halves */
};

/* The columns of a line, in the order in which they are given up where there is no room */

static void add_contract(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    ta_say_contract(cell, member);
}

static void add_held(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    ta_say_held(cell, &member->attendance);
}

static void add_course(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    ta_say_course(cell, member->attendance.course, SIZE_MAX);
}

static void add_last(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    ta_say_last(cell, &member->attendance, today);
}

static void add_next(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    char day[TA_DATE_SIZE] = "none";
    if (member->attendance.next.instant != 0) {
        struct ta_day next = ta_day_of(member->attendance.next);
        ta_day_short(day, next, next);
    }
    (void)today;
    ta_text_add(cell, member->attendance.released ? day : "—");
}

/* "3 open", "2, 1 told": the open ones first, then what is nearest to its end. */
static void add_promises(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    const struct ta_attendance *attendance = &member->attendance;
    if (!attendance->promises) {
        ta_text_add(cell, "—");
    } else if (attendance->done > 0) {
        ta_text_addf(cell, "%u, %u done", attendance->open, attendance->done);
    } else if (attendance->told > 0) {
        ta_text_addf(cell, "%u, %u told", attendance->open, attendance->told);
    } else if (attendance->open > 0) {
        ta_text_addf(cell, "%u open", attendance->open);
    } else {
        ta_text_add(cell, "none");
    }
}

enum { CONTRACT, HELD, COURSE, LAST, NEXT, PROMISES, COLUMNS };

static const struct column {
    const char *title;
    int columns, wide; /* usual, and where there is room */
    int from;          /* columns of the screen from which on it is shown */
    bool ends;         /* where it is cut, its end is shown: the newest */
    void (*add)(struct ta_text *cell, const struct ta_member *member, struct ta_day today);
} table[COLUMNS] = {
    [CONTRACT] = {"contract", 8, 8, 76, false, add_contract},
    [HELD] = {"held", 5, 5, 0, false, add_held},
    [COURSE] = {"rhythm", 11, 23, 58, true, add_course},
    [LAST] = {"last", 5, 5, 0, false, add_last},
    [NEXT] = {"next", 6, 6, 50, false, add_next},
    [PROMISES] = {"promises", 9, 9, 70, false, add_promises},
};

static int width_of(const struct column *column, int columns)
{
    return columns < column->from ? 0 : columns >= WIDE_NAMES ? column->wide : column->columns;
}

static int names_width(int columns)
{
    int room = columns - MARGIN - 1;
    for (size_t i = 0; i < COLUMNS; i++) {
        int width = width_of(&table[i], columns);
        room -= width > 0 ? width + GAP : 0;
    }
    return room;
}

/* Of what is longer its end: every mark of a course is one column and a line between them. */
static const char *last_part(const char *text, int columns)
{
    size_t length = strlen(text);
    size_t from = 0;
    while (ta_width(text + from, length - from) > columns) {
        from = ta_character_next(text, length, from);
        from = ta_character_next(text, length, from);
    }
    return text + from;
}

static void draw_cells(struct ta_surface *surface, int row, int columns,
                       const struct ta_member *member, struct ta_day today,
                       enum ta_role_of_cell role)
{
    struct ta_text cell = {0};
    int at = MARGIN + names_width(columns) + GAP;
    if (ta_is_unfetched(member)) {
        ta_put(surface, row, at, columns - at - 1, role,
               member->trouble != NULL ? "could not be fetched" : "not fetched yet: F");
        return;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        int width = width_of(&table[i], columns);
        if (width == 0) {
            continue;
        }
        ta_text_clear(&cell);
        ta_text_add(&cell, "");
        table[i].add(&cell, member, today);
        ta_put(surface, row, at, width, role,
               table[i].ends ? last_part(cell.bytes, width) : cell.bytes);
        at += width + GAP;
    }
    ta_text_release(&cell);
}

static bool needs_look(const struct ta_member *member, struct ta_day today)
{
    struct ta_day from = ta_look_from(&member->attendance);
    return from.year != 0 && ta_days_between(from, today) >= 0;
}

static struct ta_piece first_name(const char *name)
{
    const struct ta_person person = {.name = (char *)name};
    return ta_person_first_name(&person);
}

static void say_names(struct ta_text *out, const struct ta_member *member, int columns)
{
    struct ta_piece mentor = first_name(member->mentor);
    if (mentor.length == 0 || columns >= WIDE_NAMES) {
        ta_say_pair(out, member);
    } else {
        ta_text_addf(out, "%.*s ⇄ %s", (int)mentor.length, mentor.at, member->mentee);
    }
}

static void draw_pair(const struct overview_page *page, size_t index, struct ta_surface *surface,
                      int row, int columns)
{
    const struct ta_member *member = overview_member(page, index);
    bool chosen = index == page->list.chosen;
    if (member == NULL) {
        return;
    }
    struct ta_text names = {0};
    struct ta_day today = page->overview.today;
    bool look = needs_look(member, today);
    enum ta_role_of_cell role = chosen                        ? TA_STRONG
                                : member->attendance.released ? TA_PLAIN
                                                              : TA_QUIET;
    say_names(&names, member, columns);
    ta_put(surface, row, MARGIN - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_put(surface, row, MARGIN - 1, 1, TA_CAUTION, look ? "!" : " ");
    ta_put(surface, row, MARGIN, names_width(columns), role, names.bytes);
    draw_cells(surface, row, columns, member, today, role);
    hits_add(&page->hits, row, 1, index);
    if (chosen && !page->filtering) {
        surface->cursor_row = row;
        surface->cursor_column = MARGIN - 2;
    }
    ta_text_release(&names);
}

static void draw_heads(struct ta_surface *surface, int columns)
{
    int at = MARGIN + names_width(columns) + GAP;
    ta_put(surface, TOP - 1, MARGIN, names_width(columns), TA_QUIET, "pair");
    for (size_t i = 0; i < COLUMNS; i++) {
        int width = width_of(&table[i], columns);
        if (width > 0) {
            ta_put(surface, TOP - 1, at, width, TA_QUIET, table[i].title);
            at += width + GAP;
        }
    }
}

/* Figures */

static void draw_months(struct ta_surface *surface, int row, int column, int columns,
                        const struct ta_figures *figures)
{
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int room = columns - (int)strlen(" 9999 in Nov");
    size_t most = room > MONTHS ? MONTHS : room > 0 ? (size_t)room : 0;
    size_t from = figures->month_count > most ? figures->month_count - most : 0;
    size_t highest = 1;
    for (size_t i = from; i < figures->month_count; i++) {
        highest = figures->months[i].held > highest ? figures->months[i].held : highest;
    }
    for (size_t i = from; i < figures->month_count; i++) {
        size_t held = figures->months[i].held;
        const char *block = held == 0 ? "·" : blocks[(held * 8 - 1) / highest];
        ta_put(surface, row, column++, 1, TA_ACCENT, block);
    }
    if (figures->month_count == 0) {
        ta_put(surface, row, column, columns, TA_PLAIN, "—");
    } else if (most > 0) {
        const struct ta_month_figure *last = &figures->months[figures->month_count - 1];
        struct ta_day first = {last->year, last->month, 1};
        char day[TA_DATE_SIZE];
        ta_day_short(day, first, first); /* "1 Nov" */
        ta_putf(surface, row, column + 1, columns, TA_QUIET, "%zu in %s", last->held, day + 2);
    }
}

static void draw_label(struct ta_surface *surface, int row, int column, const char *label,
                       const char *value)
{
    column += ta_put(surface, row, column, surface->columns - column - 1, TA_QUIET, label) + 2;
    ta_put(surface, row, column, surface->columns - column - 1, TA_PLAIN, value);
}

static void say_cancelled(struct ta_text *out, const struct ta_figures *figures, bool wide)
{
    ta_text_addf(out, "mentee %zu  mentor %zu", figures->cancelled[TA_MENTEE],
                 figures->cancelled[TA_MENTOR]);
    if (wide && figures->cancelled[TA_NOBODY] > 0) {
        ta_text_addf(out, "  neither %zu", figures->cancelled[TA_NOBODY]);
    }
}

static void draw_broken_out(const struct ta_figures *figures, struct ta_surface *surface, int row,
                            int half)
{
    struct ta_text text = {0};
    bool both = half < surface->columns;
    ta_put(surface, row, MARGIN, half - MARGIN, TA_QUIET, "Held per month");
    draw_months(surface, row, MARGIN + 16, half - MARGIN - 18, figures);
    say_cancelled(&text, figures, surface->columns >= WIDE_NAMES);
    if (both) {
        draw_label(surface, row, half, "Cancelled by", text.bytes);
    }
    ta_text_release(&text);
}

/* Two beside each other where there is room, else those on the left alone. */
static void draw_figures(const struct overview_page *page, struct ta_surface *surface, int row)
{
    const struct ta_figures *figures = &page->figures;
    struct ta_text text = {0};
    bool both = surface->columns >= HALVES;
    int columns = surface->columns < WIDEST ? surface->columns : WIDEST;
    int half = both ? columns / 2 : surface->columns;
    ta_rule(surface, row);
    if (figures->few) {
        ta_put(surface, row + 1, MARGIN, surface->columns - MARGIN - 1, TA_QUIET,
               "Months, and who cancels, are shown from five pairs on.");
    } else {
        draw_broken_out(figures, surface, row + 1, half);
    }
    ta_text_addf(&text, "%zu/%zu", figures->with_contract, figures->pairs);
    draw_label(surface, row + 2, MARGIN, "Contracts signed", text.bytes);
    ta_text_clear(&text);
    if (figures->median_days >= 0) {
        ta_text_addf(&text, "%d", figures->median_days);
    } else {
        ta_text_add(&text, "—");
    }
    if (both) {
        draw_label(surface, row + 2, half, "Median days between sessions", text.bytes);
    }
    ta_text_release(&text);
}

/* Why the chosen one needs a look, or what kept it from being fetched, in words. */
static void draw_reasons(const struct overview_page *page, struct ta_surface *surface,
                         struct ta_area area)
{
    struct ta_text text = {0};
    const struct ta_member *member =
        page->overview.found > 0 ? overview_member(page, page->list.chosen) : NULL;
    for (enum ta_need need = TA_NEED_CONTRACT; member != NULL && need < TA_NEEDS; need++) {
        if (ta_needs_look(&member->attendance, need, page->overview.today)) {
            ta_text_add(&text, text.length > 0 ? " " : "");
            ta_say_need(&text, member, need, page->overview.today);
        }
    }
    if (member != NULL && member->trouble != NULL) {
        ta_text_addf(&text, "%sNot fetched: %s", text.length > 0 ? " " : "", member->trouble);
    }
    if (text.length > 0) {
        ta_put(surface, area.row, MARGIN - 1, 1, TA_CAUTION, "!");
        (void)put_text(surface, area, TA_PLAIN, text.bytes);
    } else if (member != NULL && ta_is_unfetched(member)) {
        (void)put_text(surface, area, TA_QUIET,
                       "Nothing of theirs was fetched yet: F fetches what the pairs released.");
    } else if (member != NULL && member->topic != NULL) {
        (void)put_text(surface, area, TA_QUIET, member->topic);
    }
    ta_text_release(&text);
}

/* Title and what stands for the rows when there are none */

static void draw_title(const struct overview_page *page, struct ta_surface *surface)
{
    static const char *const orders[TA_ORDERS] = {[TA_ORDER_NEED] = "sorted: need ▾",
                                                  [TA_ORDER_NAME] = "sorted: name ▾",
                                                  [TA_ORDER_LAST] = "sorted: last met ▾",
                                                  [TA_ORDER_NEXT] = "sorted: next date ▾",
                                                  [TA_ORDER_HELD] = "sorted: held ▾"};
    struct ta_text title = {0};
    const struct ta_overview *overview = &page->overview;
    if (overview->all == 0) {
        ta_title(surface, "Overview   no pair yet", NULL);
        return;
    }
    ta_text_add(&title, "Overview   ");
    if (page->filter.text.length > 0) {
        ta_text_addf(&title, "%zu of ", overview->found);
    }
    ta_text_addf(&title, "%zu pair%s · ", overview->all, overview->all == 1 ? "" : "s");
    if (overview->in_need > 0) {
        ta_text_addf(&title, "%zu need%s a look", overview->in_need,
                     overview->in_need == 1 ? "s" : "");
    } else {
        ta_text_add(&title, "none needs a look");
    }
    bool wide = surface->columns >= table[COURSE].from;
    ta_title(surface, title.bytes, wide ? orders[page->order] : NULL);
    ta_text_release(&title);
}

static void draw_nothing(const struct overview_page *page, struct ta_surface *surface)
{
    struct ta_area area = {TOP, MARGIN, surface->rows - 2 - TOP, surface->columns - 2 * MARGIN};
    area.columns = area.columns < 66 ? area.columns : 66;
    if (page->overview.all > 0) {
        (void)put_text(surface, area, TA_QUIET, "No pair has these words in its names or topic.");
        return;
    }
    static const char *const lines[] = {
        "Here you see all pairs of your programme at a glance, and what they chose to release.",
        ("Press a for the address of a pair's released repository, or i for a table of pairs (CSV: "
         "mentor, mentee, topic, url)."),
        "Then press F to fetch what they released.",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines && area.rows > 0; i++) {
        int used = put_text(surface, area, i == 0 ? TA_PLAIN : TA_QUIET, lines[i]) + 1;
        area.row += used;
        area.rows -= used;
    }
}

static void draw_filter(const struct overview_page *page, struct ta_surface *surface, int row)
{
    const char *typed = ta_editor_text(&page->filter);
    int at = MARGIN + ta_put(surface, row, MARGIN, surface->columns - MARGIN, TA_QUIET, "Filter  ");
    if (page->filtering) {
        ta_editor_draw(&page->filter, surface,
                       (struct ta_area){row, at, 1, surface->columns - at - 1}, TA_PLAIN, true);
    } else {
        ta_put(surface, row, at, surface->columns - at - 1, TA_PLAIN, typed);
    }
}

void overview_draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct overview_page *page = state;
    int columns = surface->columns < WIDEST ? surface->columns : WIDEST;
    int bottom = surface->rows - 2;
    bool tall = surface->rows >= TALL;
    draw_title(page, surface);
    hits_clear(&page->hits);
    if (page->overview.all == 0) {
        draw_nothing(page, surface);
        return;
    }
    if (tall) {
        bottom -= FIGURES;
        draw_figures(page, surface, bottom);
    }
    if (page->filtering || page->filter.text.length > 0) {
        draw_filter(page, surface, --bottom);
    }
    bottom -= REASONS;
    draw_reasons(page, surface, (struct ta_area){bottom, MARGIN, REASONS, columns - MARGIN - 1});
    bottom -= tall ? 1 : 0;
    draw_heads(surface, columns);
    if (page->overview.found == 0) {
        draw_nothing(page, surface);
        return;
    }
    size_t rows = bottom > TOP ? (size_t)(bottom - TOP) : 1;
    size_t top = ta_list_show(&page->list, rows);
    for (size_t i = 0; i < rows && top + i < page->list.count; i++) {
        draw_pair(page, top + i, surface, TOP + (int)i, columns);
    }
}
