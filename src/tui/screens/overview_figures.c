/* The figures of a whole programme, below its pairs. */
#include <stdio.h>
#include <string.h>

#include "overview_page.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum {
    MARGIN = 3,
    GAP = 2,         /* between a label and its value */
    WIDEST = 140,    /* columns; beyond, the eye loses the line */
    HALVES = 76,     /* columns from which on figures stand in two halves */
    MONTHS = 24,     /* shown at most */
    YEAR = 12,       /* of more months than these the year is told, too */
    TO_THE_LEFT = 2, /* the right half begins before the middle: it has the longer words */
};

/* Where a figure stands, and how much room it has. */
struct place {
    int row, column, columns;
};

static int width_of(const char *text)
{
    return ta_width(text, strlen(text));
}

/* Of some ways to say it, from the longest to the shortest, the first that fits. */
static void draw_figure(struct ta_surface *surface, const struct place *place,
                        const char *const labels[], const struct ta_text *values, size_t count)
{
    size_t at = 0;
    while (at + 1 < count &&
           width_of(labels[at]) + GAP + width_of(values[at].bytes) > place->columns) {
        at++;
    }
    int label = ta_put(surface, place->row, place->column, place->columns, TA_QUIET, labels[at]);
    ta_put(surface, place->row, place->column + label + GAP, place->columns - label - GAP, TA_PLAIN,
           values[at].bytes);
}

/* Sessions a month */

/* "Nov", or "Nov 2026". */
static void say_month(struct ta_text *out, const struct ta_month_figure *month, bool year)
{
    struct ta_day first = {month->year, month->month, 1};
    struct ta_day today = {0};
    if (!year) {
        today = first;
    }
    char day[TA_DATE_SIZE];
    ta_day_short(day, first, today);
    ta_text_add(out, day + strlen("1 "));
}

static size_t highest_of(const struct ta_month_figure *months, size_t count)
{
    size_t highest = 1;
    for (size_t i = 0; i < count; i++) {
        highest = months[i].held > highest ? months[i].held : highest;
    }
    return highest;
}

/* As many of the newest months as there is room for between two texts. */
static size_t months_that_fit(const struct ta_figures *figures, int columns, bool year)
{
    struct ta_text last = {0};
    const struct ta_month_figure *newest = &figures->months[figures->month_count - 1];
    ta_text_addf(&last, " %zu in ", newest->held);
    say_month(&last, newest, year);
    int room = columns - width_of(last.bytes) - (year ? 9 : 4);
    size_t most = year ? MONTHS : YEAR;
    most = room < (int)most ? (size_t)(room > 0 ? room : 0) : most;
    ta_text_release(&last);
    return figures->month_count < most ? figures->month_count : most;
}

static void draw_bars(struct ta_surface *surface, struct place place,
                      const struct ta_month_figure *months, size_t count, bool year)
{
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    struct ta_text text = {0};
    size_t highest = highest_of(months, count);
    say_month(&text, &months[0], year);
    int at = place.column +
             ta_put(surface, place.row, place.column, place.columns, TA_QUIET, text.bytes);
    at++;
    for (size_t i = 0; i < count; i++) {
        size_t held = months[i].held;
        ta_put(surface, place.row, at++, 1, TA_ACCENT,
               held == 0 ? "·" : blocks[(held * 8 - 1) / highest]);
    }
    ta_text_clear(&text);
    ta_text_addf(&text, "%zu in ", months[count - 1].held);
    say_month(&text, &months[count - 1], year);
    ta_put(surface, place.row, at + 1, place.column + place.columns - at - 1, TA_QUIET, text.bytes);
    ta_text_release(&text);
}

/* What a figure has behind its label. */
static struct place behind(const struct place *place, const char *label)
{
    int used = width_of(label) + GAP;
    return (struct place){place->row, place->column + used, place->columns - used};
}

/* The label is brief where it would take the place of months. */
static void draw_months(struct ta_surface *surface, struct place place,
                        const struct ta_figures *figures)
{
    const char *label = "Held per month";
    struct place rest = behind(&place, label);
    size_t wanted = figures->month_count < YEAR ? figures->month_count : YEAR;
    if (figures->month_count > 0 && months_that_fit(figures, rest.columns, false) < wanted) {
        label = "Held";
    }
    ta_put(surface, place.row, place.column, place.columns, TA_QUIET, label);
    place = behind(&place, label);
    if (figures->month_count == 0) {
        ta_put(surface, place.row, place.column, place.columns, TA_PLAIN, "—");
        return;
    }
    bool year = months_that_fit(figures, place.columns, true) > YEAR;
    size_t count = months_that_fit(figures, place.columns, year);
    if (count > 0) {
        draw_bars(surface, place, figures->months + figures->month_count - count, count, year);
    }
}

/* The others */

static void draw_cancelled(struct ta_surface *surface, const struct place *place,
                           const struct ta_figures *figures)
{
    static const char *const labels[] = {"Cancelled by", "Cancelled", "Cancelled", "Cancelled"};
    static const char *const between[] = {"  ", ", ", " ", ", "};
    enum { WAYS = sizeof between / sizeof *between };
    struct ta_text values[WAYS] = {0};
    const size_t *cancelled = figures->cancelled;
    for (size_t i = 0; i < WAYS; i++) {
        ta_text_addf(&values[i], "mentee %zu%smentor %zu", cancelled[TA_MENTEE], between[i],
                     cancelled[TA_MENTOR]);
        if (i + 1 < WAYS) {
            ta_text_addf(&values[i], "%sneither %zu", between[i], cancelled[TA_NOBODY]);
        }
    }
    draw_figure(surface, place, labels, values, WAYS);
    for (size_t i = 0; i < WAYS; i++) {
        ta_text_release(&values[i]);
    }
}

/* Of those that one knows it of; the others are a number of their own. */
static void draw_contracts(struct ta_surface *surface, const struct place *place,
                           const struct ta_figures *figures)
{
    static const char *const labels[] = {"Contracts signed", "Signed"};
    struct ta_text values[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        ta_text_addf(&values[i], "%zu/%zu", figures->with_contract,
                     figures->with_contract + figures->without);
        if (figures->unknown > 0) {
            ta_text_addf(&values[i], "  not known %zu", figures->unknown);
        }
    }
    draw_figure(surface, place, labels, values, 2);
    ta_text_release(&values[0]);
    ta_text_release(&values[1]);
}

static void draw_median(struct ta_surface *surface, const struct place *place,
                        const struct ta_figures *figures)
{
    static const char *const label = "Median days between sessions";
    struct ta_text value = {0};
    if (figures->median_days >= 0) {
        ta_text_addf(&value, "%d", figures->median_days);
    } else {
        ta_text_add(&value, "—");
    }
    draw_figure(surface, place, &label, &value, 1);
    ta_text_release(&value);
}

/* Two beside each other where there is room, else those on the left alone. */
void overview_figures_draw(const struct ta_figures *figures, struct ta_surface *surface, int row)
{
    bool both = surface->columns >= HALVES;
    int columns = surface->columns < WIDEST ? surface->columns : WIDEST;
    int half = both ? columns / 2 - TO_THE_LEFT : columns - 1;
    struct place left = {row + 1, MARGIN, half - MARGIN - (both ? GAP : 0)};
    struct place right = {row + 1, half, columns - half - 1};
    ta_rule(surface, row);
    if (figures->few) {
        ta_put(surface, row + 1, MARGIN, surface->columns - MARGIN - 1, TA_QUIET,
               "Months, and who cancels, are shown from five pairs on.");
    } else {
        draw_months(surface, left, figures);
    }
    if (!figures->few && both) {
        draw_cancelled(surface, &right, figures);
    }
    left.row = right.row = row + 2;
    draw_contracts(surface, &left, figures);
    if (both) {
        draw_median(surface, &right, figures);
    }
}
