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
    if (!ta_programme_open(desk, err) || !ta_store_begin_reading(desk->programme, err)) {
        return false;
    }
    bool ok = ta_store_members(desk->programme, query, &overview->pairs, err) &&
              ta_store_members_count(desk->programme, query, &overview->found, err) &&
              ta_store_members_count(desk->programme, &everybody, &overview->all, err) &&
              ta_store_members_in_need(desk->programme, overview->today, &overview->in_need, err);
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

int ta_days_since(const struct ta_attendance *attendance, struct ta_day today)
{
    return attendance->last.instant != 0 ? ta_days_between(ta_day_of(attendance->last), today) : -1;
}

/* Why a pair needs a look */

static void say_contract(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    int days = ta_days_between(member->attendance.joined, today);
    if (ta_is_unfetched(member)) {
        ta_text_addf(out,
                     "In the programme for %d days, and nothing of theirs was fetched: whether "
                     "they have a contract is not known here.",
                     days);
    } else {
        ta_text_addf(out,
                     "No contract after %d days in the programme: nothing came from them yet. Ask "
                     "whether they have met, and signed what may be shared.",
                     days);
    }
}

static void say_session(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    const struct ta_attendance *attendance = &member->attendance;
    int days = ta_days_since(attendance, today);
    if (days >= 0) {
        ta_text_addf(out, "No session for %d days", days);
    } else {
        ta_text_addf(out, "No session in the %d days since they signed",
                     ta_days_between(attendance->since, today));
    }
    ta_text_addf(out, "; they agreed on one every %u week%s. %s", attendance->rhythm,
                 attendance->rhythm == 1 ? "" : "s",
                 attendance->next.instant != 0 ? "A date is set." : "No date is set.");
}

static void say_cancelled(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    const struct ta_attendance *attendance = &member->attendance;
    ta_text_addf(out,
                 "%u dates in a row were cancelled by the %s, without a session in between. A "
                 "couple of cancellations end many a pair.",
                 attendance->run, ta_role_name(attendance->run_by));
}

static void say_told(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    unsigned done = member->attendance.done;
    ta_text_addf(out, "%u promise%s done and %s not told back yet.", done,
                 done == 1 ? " is" : "s are", done == 1 ? "was" : "were");
}

static void (*const say[TA_NEEDS])(struct ta_text *out, const struct ta_member *member,
                                   struct ta_day today) = {
    [TA_NEED_CONTRACT] = say_contract,
    [TA_NEED_SESSION] = say_session,
    [TA_NEED_CANCELLED] = say_cancelled,
    [TA_NEED_TOLD] = say_told,
};

void ta_say_need(struct ta_text *out, const struct ta_member *member, enum ta_need need,
                 struct ta_day today)
{
    say[need](out, member, today);
}

/* A line in words */

void ta_say_pair(struct ta_text *out, const struct ta_member *member)
{
    if (member->mentor[0] == '\0') {
        ta_text_add(out, member->slug);
    } else {
        ta_text_addf(out, "%s ⇄ %s", member->mentor, member->mentee);
    }
}

void ta_say_held(struct ta_text *out, const struct ta_attendance *attendance)
{
    ta_text_addf(out, "%u", attendance->held);
    if (attendance->planned > 0) {
        ta_text_addf(out, "/%u", attendance->planned);
    }
}

void ta_say_last(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today)
{
    int days = ta_days_since(attendance, today);
    if (days >= 0) {
        ta_text_addf(out, "%d d", days);
    } else {
        ta_text_add(out, "—");
    }
}

void ta_say_needs(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today)
{
    const char *between = "";
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        if (ta_needs_look(attendance, need, today)) {
            ta_text_addf(out, "%s%s", between, ta_need_name(need));
            between = ", ";
        }
    }
}

void ta_say_course(struct ta_text *out, const char *course, size_t most)
{
    size_t count = strlen(course);
    const char *at = course + (count > most ? count - most : 0);
    for (const char *mark = at; *mark != '\0'; mark++) {
        ta_text_add(out, mark > at ? "─" : "");
        ta_text_add(out, *mark == 'h' ? "●" : *mark == 'm' ? "↷" : "✕");
    }
}

bool ta_is_unfetched(const struct ta_member *member)
{
    return member->fetched == 0 && !member->attendance.released;
}

void ta_say_contract(struct ta_text *out, const struct ta_member *member)
{
    const struct ta_attendance *attendance = &member->attendance;
    if (attendance->contract > 0) {
        ta_text_addf(out, "v%u", attendance->contract);
    } else {
        ta_text_add(out, attendance->released      ? "—"
                         : ta_is_unfetched(member) ? "not fetched"
                                                   : "unsigned");
    }
}

void ta_say_promises(struct ta_text *out, const struct ta_attendance *attendance)
{
    const struct {
        unsigned count;
        const char *word;
    } parts[] = {
        {attendance->open, "open"}, {attendance->done, "done"}, {attendance->told, "told"}};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count > 0) {
            ta_text_addf(out, "%s%u %s", any ? ", " : "", parts[i].count, parts[i].word);
            any = true;
        }
    }
    ta_text_add(out, any ? "" : attendance->promises ? "none" : "—");
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
        [TA_FIGURE_MOVED] = &figures->moved,
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
