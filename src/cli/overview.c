#include "turnabout/desk/overview.h"

#include <stdio.h>
#include <stdlib.h>

#include "command.h"

enum { DOTS_MOST = 12 };

/* For programs */

static void print_number_or_nothing(struct ta_printer *printer, const char *name, bool any,
                                    int64_t number)
{
    if (any) {
        ta_print_number(printer, name, number, NULL);
    } else {
        ta_print_nothing(printer, name, NULL);
    }
}

static void print_date(struct ta_printer *printer, const char *name, struct ta_moment moment)
{
    char date[TA_DATE_SIZE];
    ta_moment_write(date, moment);
    ta_print_string(printer, name, moment.instant != 0 ? date : NULL, NULL);
}

static void print_cancelled(struct ta_printer *printer, const struct ta_attendance *attendance)
{
    ta_print_object(printer, "cancelled");
    ta_print_number(printer, "mentor", attendance->cancelled[TA_MENTOR], NULL);
    ta_print_number(printer, "mentee", attendance->cancelled[TA_MENTEE], NULL);
    ta_print_number(printer, "other", attendance->cancelled[TA_NOBODY], NULL);
    ta_print_end(printer);
}

static void print_promises(struct ta_printer *printer, const struct ta_attendance *attendance)
{
    if (!attendance->promises) {
        ta_print_nothing(printer, "promises", NULL);
        return;
    }
    ta_print_object(printer, "promises");
    ta_print_number(printer, "open", attendance->open, NULL);
    ta_print_number(printer, "done", attendance->done, NULL);
    ta_print_number(printer, "told", attendance->told, NULL);
    ta_print_end(printer);
}

static void print_need(struct ta_printer *printer, const struct ta_attendance *attendance,
                       struct ta_day today)
{
    ta_print_list(printer, "need");
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        if (ta_needs_look(attendance, need, today)) {
            ta_print_string(printer, NULL, ta_need_name(need), NULL);
        }
    }
    ta_print_end(printer);
}

static void print_pair(struct ta_printer *printer, const struct ta_member *member,
                       struct ta_day today)
{
    const struct ta_attendance *attendance = &member->attendance;
    bool named = member->mentor[0] != '\0';
    int days = ta_days_since(attendance, today);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "pair", member->slug, NULL);
    ta_print_string(printer, "mentor", named ? member->mentor : NULL, NULL);
    ta_print_string(printer, "mentee", named ? member->mentee : NULL, NULL);
    ta_print_string(printer, "topic", member->topic, NULL);
    print_number_or_nothing(printer, "contract", attendance->contract > 0, attendance->contract);
    ta_print_number(printer, "held", attendance->held, NULL);
    print_number_or_nothing(printer, "planned", attendance->planned > 0, attendance->planned);
    print_date(printer, "last", attendance->last);
    print_date(printer, "next", attendance->next);
    print_number_or_nothing(printer, "days_since", days >= 0, days);
    ta_print_number(printer, "moved", attendance->moved, NULL);
    print_cancelled(printer, attendance);
    print_promises(printer, attendance);
    print_need(printer, attendance, today);
    print_date(printer, "fetched", ta_moment_local(member->fetched));
    ta_print_string(printer, "trouble", member->trouble, NULL);
    ta_print_end(printer);
}

/* For people */

static void add_names(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    ta_say_pair(cell, member);
}

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
    ta_say_course(cell, member->attendance.course, DOTS_MOST);
}

static void add_last(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    ta_say_last(cell, &member->attendance, today);
}

static void add_next(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    ta_say_next(cell, &member->attendance, today);
}

static void add_promises(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    (void)today;
    ta_say_promises(cell, &member->attendance);
}

static void add_needs(struct ta_text *cell, const struct ta_member *member, struct ta_day today)
{
    ta_say_needs(cell, &member->attendance, today);
}

static const struct {
    const char *title;
    void (*add)(struct ta_text *cell, const struct ta_member *member, struct ta_day today);
} columns[] = {
    {"pair", add_names},        {"contract", add_contract},  {"held", add_held},
    {"rhythm", add_course},     {"last", add_last},          {"next", add_next},
    {"promises", add_promises}, {"needs a look", add_needs},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void print_row(struct ta_printer *printer, const struct ta_member *member,
                      struct ta_day today)
{
    struct ta_text cell = {0};
    ta_print_object(printer, NULL);
    for (size_t i = 0; i < COLUMNS; i++) {
        ta_text_clear(&cell);
        ta_text_add(&cell, "");
        columns[i].add(&cell, member, today);
        ta_print_string(printer, columns[i].title, NULL, cell.bytes);
    }
    ta_print_end(printer);
    ta_text_release(&cell);
}

static void print_head(struct ta_printer *printer)
{
    ta_print_object(printer, NULL);
    for (size_t i = 0; i < COLUMNS; i++) {
        ta_print_string(printer, columns[i].title, NULL, columns[i].title);
    }
    ta_print_end(printer);
}

static void say_months(struct ta_printer *printer, const struct ta_figures *figures)
{
    enum { MOST = 12 };
    struct ta_text text = {0};
    size_t from = figures->month_count > MOST ? figures->month_count - MOST : 0;
    for (size_t i = from; i < figures->month_count; i++) {
        const struct ta_month_figure *month = &figures->months[i];
        ta_text_addf(&text, "%s%04d-%02d %zu", i > from ? ", " : "", month->year, month->month,
                     month->held);
    }
    if (text.length > 0) {
        ta_print_say(printer, "Held per month: %s.", text.bytes);
    }
    ta_text_release(&text);
}

static bool say_figures(struct ta_cli *cli, const struct ta_overview *overview,
                        struct ta_error *err)
{
    struct ta_figures figures;
    struct ta_printer *printer = &cli->printer;
    if (!ta_desk_figures(&cli->desk, &figures, err)) {
        return false;
    }
    ta_print_say(printer, "%s", "");
    ta_print_say(printer,
                 "%zu pair%s, %zu need%s a look, %zu not fetched. Contracts signed: %zu, "
                 "unsigned: %zu, not known: %zu. Sessions held: %zu.",
                 overview->all, overview->all == 1 ? "" : "s", overview->in_need,
                 overview->in_need == 1 ? "s" : "", overview->missing, figures.with_contract,
                 figures.without, figures.unknown, figures.held);
    if (figures.median_days >= 0) {
        ta_print_say(printer, "Median days between sessions: %d.", figures.median_days);
    }
    if (figures.few) {
        ta_print_say(printer, TA_FIGURES_FEW, TA_FIGURES_FEWEST);
    } else {
        ta_print_say(printer, "Cancelled by mentees: %zu, by mentors: %zu, by neither: %zu.",
                     figures.cancelled[TA_MENTEE], figures.cancelled[TA_MENTOR],
                     figures.cancelled[TA_NOBODY]);
        say_months(printer, &figures);
    }
    ta_figures_release(&figures);
    return true;
}

static bool print_overview(struct ta_cli *cli, const struct ta_overview *overview,
                           struct ta_error *err)
{
    bool json = cli->option[TA_OPTION_JSON] != NULL;
    ta_print_list(&cli->printer, NULL);
    if (!json && overview->all > 0) {
        print_head(&cli->printer);
    }
    for (size_t i = 0; i < overview->pairs.count; i++) {
        (json ? print_pair : print_row)(&cli->printer, &overview->pairs.items[i], overview->today);
    }
    ta_print_end(&cli->printer);
    if (overview->all == 0) {
        ta_cli_hint(cli, "The programme has no pair yet. Begin with: turnabout programme add URL, "
                         "or turnabout programme import pairs.csv");
    }
    return json || overview->all == 0 || say_figures(cli, overview, err);
}

bool ta_cli_overview(struct ta_cli *cli, struct ta_error *err)
{
    const struct ta_overview_query everybody = {.order = TA_ORDER_NEED};
    struct ta_overview overview;
    bool report = false;
    bool written = ta_cli_report(cli, &report, err);
    if (report || !written) {
        return written;
    }
    if (cli->option[TA_OPTION_JSON] == NULL && cli->world->terminal) {
        return cli->world->open_overview(&cli->desk, err);
    }
    if (!ta_desk_programme_refresh(&cli->desk, NULL, err) ||
        !ta_desk_overview(&cli->desk, &everybody, &overview, err)) {
        return false;
    }
    bool ok = print_overview(cli, &overview, err);
    ta_overview_release(&overview);
    return ok;
}
