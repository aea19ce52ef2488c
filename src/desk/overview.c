#include "turnabout/desk/overview.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

bool ta_desk_overview(struct ta_desk *desk, const struct ta_overview_query *query,
                      struct ta_overview *overview, struct ta_error *err)
{
    const struct ta_overview_query everybody = {.order = TA_ORDER_NEED};
    *overview = (struct ta_overview){.today = ta_desk_today(desk)};
    struct ta_overview_query asked = *query;
    asked.today = overview->today;
    if (!ta_programme_open(desk, err) || !ta_store_begin_reading(desk->programme, err)) {
        return false;
    }
    bool ok = ta_store_members(desk->programme, &asked, &overview->pairs, err) &&
              ta_store_members_count(desk->programme, &asked, &overview->found, err) &&
              ta_store_members_count(desk->programme, &everybody, &overview->all, err) &&
              ta_store_members_in_need(desk->programme, overview->today, &overview->in_need, err) &&
              ta_store_members_missing(desk->programme, &overview->missing, err);
    ta_store_end_reading(desk->programme);
    if (!ok) {
        ta_overview_release(overview);
    }
    return ok;
}

void ta_overview_release(struct ta_overview *overview)
{
    ta_members_release(&overview->pairs);
    *overview = (struct ta_overview){0};
}

bool ta_desk_overview_place(struct ta_desk *desk, const struct ta_overview_query *query,
                            int64_t pair, size_t *place, struct ta_error *err)
{
    struct ta_overview_query asked = *query;
    asked.today = ta_desk_today(desk);
    return ta_programme_open(desk, err) &&
           ta_store_members_place(desk->programme, &asked, pair, place, err);
}

void ta_overview_words(struct ta_overview_query *query, struct ta_text *text, const char *typed)
{
    ta_text_clear(text);
    ta_fold(text, typed, strlen(typed));
    memset(query->words, 0, sizeof query->words);
    char *rest = text->bytes;
    for (size_t i = 0; i < TA_WORDS_MOST && rest != NULL; i++) {
        query->words[i] = strtok_r(i == 0 ? rest : NULL, " ", &rest);
        rest = query->words[i] != NULL ? rest : NULL;
    }
}

/* Figures */

struct gap {
    int days;
    size_t count;
};

struct counting {
    struct ta_figures *figures;
    struct gap *gaps; /* by days */
    size_t gap_count;
};

/* Months without a session stand between those with one. */
static void add_month(struct ta_figures *figures, int64_t key, size_t held)
{
    struct ta_month_figure month = {(int)(key / 100), (int)(key % 100), held};
    while (figures->month_count > 0) {
        const struct ta_month_figure *last = &figures->months[figures->month_count - 1];
        struct ta_month_figure next = {last->month == 12 ? last->year + 1 : last->year,
                                       last->month == 12 ? 1 : last->month + 1, 0};
        if (next.year > month.year || (next.year == month.year && next.month >= month.month)) {
            break;
        }
        *(struct ta_month_figure *)ta_append(&figures->months, figures->month_count++,
                                             sizeof *figures->months) = next;
    }
    *(struct ta_month_figure *)ta_append(&figures->months, figures->month_count++,
                                         sizeof *figures->months) = month;
}

static void take_figure(enum ta_figure_kind kind, int64_t key, int64_t count, void *data)
{
    struct counting *counting = data;
    struct ta_figures *figures = counting->figures;
    size_t number = count > 0 ? (size_t)count : 0;
    size_t *const whole[TA_FIGURE_KINDS] = {
        [TA_FIGURE_PAIRS] = &figures->pairs,          [TA_FIGURE_RELEASED] = &figures->released,
        [TA_FIGURE_SIGNED] = &figures->with_contract, [TA_FIGURE_HELD] = &figures->held,
        [TA_FIGURE_MOVED] = &figures->moved,          [TA_FIGURE_UNSIGNED] = &figures->without,
    };
    if (whole[kind] != NULL) {
        *whole[kind] = number;
    } else if (kind == TA_FIGURE_CANCELLED && key <= TA_NOBODY) {
        figures->cancelled[key] = number;
    } else if (kind == TA_FIGURE_MONTH && key % 100 >= 1 && key % 100 <= 12 && key < 1000000) {
        add_month(figures, key, number);
    } else if (kind == TA_FIGURE_GAP) {
        *(struct gap *)ta_append(&counting->gaps, counting->gap_count++, sizeof *counting->gaps) =
            (struct gap){(int)key, number};
    }
}

/* Of an even number the lower of the two in the middle. */
static int median(const struct gap *gaps, size_t count)
{
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        all += gaps[i].count;
    }
    size_t passed = 0;
    for (size_t i = 0; i < count; i++) {
        passed += gaps[i].count;
        if (2 * passed >= all) {
            return gaps[i].days;
        }
    }
    return -1;
}

static void withhold(struct ta_figures *figures)
{
    free(figures->months);
    figures->months = NULL;
    figures->month_count = 0;
    memset(figures->cancelled, 0, sizeof figures->cancelled);
}

bool ta_desk_figures(struct ta_desk *desk, struct ta_figures *figures, struct ta_error *err)
{
    *figures = (struct ta_figures){0};
    struct counting counting = {.figures = figures};
    bool ok = ta_programme_open(desk, err) &&
              ta_store_figures(desk->programme, take_figure, &counting, err);
    figures->median_days = median(counting.gaps, counting.gap_count);
    figures->unknown = figures->pairs - figures->with_contract - figures->without;
    figures->few = figures->pairs < TA_FIGURES_FEWEST;
    if (figures->few) {
        withhold(figures);
    }
    free(counting.gaps);
    if (!ok) {
        ta_figures_release(figures);
    }
    return ok;
}

void ta_figures_release(struct ta_figures *figures)
{
    free(figures->months);
    *figures = (struct ta_figures){0};
}
