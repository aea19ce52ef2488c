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
    REASONS = 2,  /* rows of why the chosen one needs a look; in taller windows more */
    REASONS_MOST = 4,
    ROOMY = 22, /* rows from which on there are more of them */
    WIDE_NAMES = 106,
};

/* The columns of a line, in the order in which they are given up where there is no room */

static void add_contract(struct ta_text *cell, const struct ta_member *member, struct ta_day today,
                         int columns)
{
    (void)today;
    (void)columns;
    ta_say_contract(cell, member);
}

static void add_held(struct ta_text *cell, const struct ta_member *member, struct ta_day today,
                     int columns)
{
    (void)today;
    (void)columns;
    ta_say_held(cell, &member->attendance);
}

/* Every mark of a course is one column, and a line between them. */
static void add_course(struct ta_text *cell, const struct ta_member *member, struct ta_day today,
                       int columns)
{
    (void)today;
    ta_say_course(cell, member->attendance.course, (size_t)(columns + 1) / 2);
}

static void add_last(struct ta_text *cell, const struct ta_member *member, struct ta_day today,
                     int columns)
{
    (void)columns;
    ta_say_last(cell, &member->attendance, today);
}

static void add_next(struct ta_text *cell, const struct ta_member *member, struct ta_day today,
                     int columns)
{
    (void)columns;
    ta_say_next(cell, &member->attendance, today);
}

/* "3 open, 1 told" where there is room, else what is first of it. */
static void add_promises(struct ta_text *cell, const struct ta_member *member, struct ta_day today,
                         int columns)
{
    (void)today;
    ta_say_promises(cell, &member->attendance);
    while (ta_width(cell->bytes, cell->length) > columns && strchr(cell->bytes, ',') != NULL) {
        size_t at = (size_t)(strrchr(cell->bytes, ',') - cell->bytes);
        ta_text_remove(cell, at, cell->length - at);
    }
}

enum { CONTRACT, HELD, COURSE, LAST, NEXT, PROMISES, COLUMNS };

static const struct column {
    const char *title;
    int columns, wide; /* usual, and where there is room */
    int from;          /* columns of the screen from which on it is shown */
    int wide_from;     /* and from which on it is wide */
    void (*add)(struct ta_text *cell, const struct ta_member *member, struct ta_day today,
                int columns);
} table[COLUMNS] = {
    [CONTRACT] = {"contract", 8, 8, 76, 76, add_contract},
    [HELD] = {"held", 5, 5, 0, 0, add_held},
    [COURSE] = {"rhythm", 11, 23, 58, 92, add_course},
    [LAST] = {"last", 5, 5, 0, 0, add_last},
    [NEXT] = {"next", 7, 7, 50, 50, add_next},
    [PROMISES] = {"promises", 9, 14, 70, 98, add_promises},
};

static int width_of(const struct column *column, int columns)
{
    return columns < column->from         ? 0
           : columns >= column->wide_from ? column->wide
                                          : column->columns;
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
    ta_put(surface, row, at - GAP, 1, TA_CAUTION, ta_is_missing(member) ? "?" : " ");
    for (size_t i = 0; i < COLUMNS; i++) {
        int width = width_of(&table[i], columns);
        if (width == 0) {
            continue;
        }
        ta_text_clear(&cell);
        ta_text_add(&cell, "");
        table[i].add(&cell, member, today, width);
        ta_put(surface, row, at, width, role, cell.bytes);
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

/* Why the chosen one needs a look, and what kept it from being fetched, in words. */

static void say_needs(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        if (ta_needs_look(&member->attendance, need, today)) {
            ta_text_add(out, out->length > 0 ? " " : "");
            ta_say_need(out, member, need, today);
        }
    }
}

/* A sentence behind its sign; the area becomes what is left below. */
static void draw_reason(struct ta_surface *surface, struct ta_area *area, const char *sign,
                        const struct ta_text *text)
{
    if (text->length > 0 && area->rows > 0) {
        ta_put(surface, area->row, MARGIN - 1, 1, TA_CAUTION, sign);
        int used = put_text(surface, *area, TA_PLAIN, text->bytes);
        area->row += used;
        area->rows -= used;
    }
}

static void draw_quiet(struct ta_surface *surface, struct ta_area area,
                       const struct ta_member *member, struct ta_day today)
{
    struct ta_text text = {0};
    if (ta_is_passed(&member->attendance, today)) {
        ta_say_passed(&text, &member->attendance, today);
    } else if (ta_is_unfetched(member)) {
        ta_text_add(&text, "Nothing of theirs was fetched yet: F fetches what the pairs released.");
    } else if (member->topic != NULL) {
        ta_text_add(&text, member->topic);
    }
    if (text.length > 0) {
        (void)put_text(surface, area, TA_QUIET, text.bytes);
    }
    ta_text_release(&text);
}

static void draw_reasons(const struct overview_page *page, struct ta_surface *surface,
                         struct ta_area area)
{
    struct ta_text need = {0};
    struct ta_text trouble = {0};
    struct ta_day today = page->overview.today;
    const struct ta_member *member =
        page->overview.found > 0 ? overview_member(page, page->list.chosen) : NULL;
    if (member == NULL) {
        return;
    }
    say_needs(&need, member, today);
    if (member->trouble != NULL) {
        ta_say_trouble(&trouble, member);
    }
    draw_reason(surface, &area, "!", &need);
    draw_reason(surface, &area, "?", &trouble);
    if (need.length == 0 && trouble.length == 0) {
        draw_quiet(surface, area, member, today);
    }
    ta_text_release(&need);
    ta_text_release(&trouble);
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
    if (overview->missing > 0) {
        ta_text_addf(&title, " · %zu not fetched", overview->missing);
    }
    const char *order = orders[page->order];
    int width = ta_width(title.bytes, title.length) + ta_width(order, strlen(order));
    ta_title(surface, title.bytes, width + 2 * MARGIN <= surface->columns ? order : NULL);
    ta_text_release(&title);
}

static void draw_nothing(const struct overview_page *page, struct ta_surface *surface)
{
    struct ta_area area = {TOP, MARGIN, surface->rows - 2 - TOP, surface->columns - 2 * MARGIN};
    area.columns = area.columns < 66 ? area.columns : 66;
    if (page->overview.all > 0) {
        (void)put_text(surface, area, TA_QUIET,
                       "No pair has these words in its names, topic or state.");
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
        overview_figures_draw(&page->figures, surface, bottom);
    }
    if (page->filtering || page->filter.text.length > 0) {
        draw_filter(page, surface, --bottom);
    }
    int reasons = surface->rows < ROOMY ? REASONS : REASONS + (surface->rows - ROOMY + 3) / 3;
    reasons = reasons < REASONS_MOST ? reasons : REASONS_MOST;
    bottom -= reasons;
    draw_reasons(page, surface, (struct ta_area){bottom, MARGIN, reasons, columns - MARGIN - 1});
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
