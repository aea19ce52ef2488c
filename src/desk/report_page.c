/* The report as a page. */
#include <stdio.h>
#include <stdlib.h>

#include "report.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/chart.h"
#include "turnabout/document/page.h"

enum { MONTHS_MOST = 36, COURSE_MOST = 12 };

static void add_escaped(struct ta_text *out, const char *text)
{
    ta_page_text(out, ta_piece_of(text));
}

/* Each name keeps its own direction. */
static void add_names(struct ta_text *out, const struct ta_member *member)
{
    bool named = member->mentor[0] != '\0';
    ta_text_add(out, "<bdi>");
    add_escaped(out, named ? member->mentor : member->slug);
    ta_text_add(out, "</bdi>");
    if (named) {
        ta_text_add(out, " and <bdi>");
        add_escaped(out, member->mentee);
        ta_text_add(out, "</bdi>");
    }
}

/* Figures */

static void add_facts(struct report *report)
{
    struct report_fact facts[REPORT_FACTS];
    size_t count = report_facts(report, facts);
    struct ta_text *out = &report->out;
    ta_text_add(out, "<div>\n<table class=\"facts\">\n<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        ta_text_addf(out, "<tr><th scope=\"row\">%s</th><td class=\"n\">%zu</td></tr>\n",
                     facts[i].name, facts[i].number);
    }
    ta_text_add(out, "</tbody>\n</table>\n");
    if (report->figures.few) {
        ta_text_addf(out, "<p class=\"quiet\">" TA_FIGURES_FEW "</p>\n", TA_FIGURES_FEWEST);
    }
    ta_text_add(out, "</div>\n");
}

static void add_months(struct ta_text *out, const struct ta_figures *figures)
{
    size_t from = figures->month_count > MONTHS_MOST ? figures->month_count - MONTHS_MOST : 0;
    struct ta_bar_of_chart bars[MONTHS_MOST];
    char labels[MONTHS_MOST][16];
    size_t count = figures->month_count - from;
    for (size_t i = 0; i < count; i++) {
        const struct ta_month_figure *month = &figures->months[from + i];
        char day[TA_DATE_SIZE];
        struct ta_day first = {month->year, month->month, 1};
        ta_day_short(day, first, first); /* "1 Nov" */
        (void)snprintf(labels[i], sizeof labels[i], "%.3s %02d", day + 2, month->year % 100);
        bars[i] = (struct ta_bar_of_chart){labels[i], month->held};
    }
    ta_chart_columns(out, "Sessions held per month", bars, count);
}

static void add_charts(struct report *report)
{
    const struct ta_figures *figures = &report->figures;
    const struct ta_bar_of_chart cancelled[] = {
        {"by the mentee", figures->cancelled[TA_MENTEE]},
        {"by the mentor", figures->cancelled[TA_MENTOR]},
        {"by neither", figures->cancelled[TA_NOBODY]},
    };
    const struct ta_bar_of_chart contracts[] = {
        {"in force", figures->with_contract},
        {"unsigned", figures->without},
        {"not known", figures->unknown},
    };
    ta_text_add(&report->out, "<div class=\"charts\">\n");
    if (!figures->few && figures->month_count > 0) {
        add_months(&report->out, figures);
    }
    if (!figures->few) {
        ta_chart_rows(&report->out, "Dates cancelled", cancelled, 3);
    }
    ta_chart_rows(&report->out, "Contracts", contracts, 3);
    ta_text_add(&report->out, "</div>\n");
}

/* The table */

static const char *const columns[] = {"Pair", "Contract", "Held",     "Rhythm",
                                      "Last", "Next",     "Promises", "Needs a look"};
enum { HELD = 2, COURSE = 3, NEXT = 5, COLUMNS = sizeof columns / sizeof *columns };

/* What the signs and words of the table stand for, and what it does not know. */
static void add_legend(struct report *report)
{
    struct ta_text *out = &report->out;
    struct ta_text missing = {0};
    report_missing(&missing, &report->overview);
    if (missing.length > 0) {
        ta_text_addf(out, "<p class=\"caution\">%s</p>\n", missing.bytes);
    }
    ta_text_add(out, "<p class=\"quiet\">Rhythm: ● held, ↷ moved, ✕ cancelled, the newest at the "
                     "right; ‹ there were others before. Needs a look:");
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        ta_text_addf(out, "%s <b>%s</b>, %s", need > TA_NEED_CONTRACT ? ";" : "",
                     ta_need_name(need), report_needs[need]);
    }
    ta_text_add(out, ".</p>\n");
    ta_text_release(&missing);
}

static void begin(struct report *report)
{
    struct ta_text *out = &report->out;
    char day[TA_DATE_SIZE];
    ta_day_long(day, report->overview.today);
    ta_page_begin(out, "Mentoring programme");
    ta_text_addf(out,
                 "<h1>Mentoring programme</h1>\n<p>As of %s, from what the pairs released.</p>\n"
                 "<h2>Figures</h2>\n",
                 day);
    ta_text_add(out, "<div class=\"figures\">\n");
    add_facts(report);
    add_charts(report);
    ta_text_add(out, "</div>\n<h2>Pairs</h2>\n");
    add_legend(report);
    ta_text_add(out, "<div class=\"wide\">\n<table class=\"cards\">\n<thead>\n<tr>");
    for (size_t i = 0; i < COLUMNS; i++) {
        ta_text_addf(out, "<th scope=\"col\">%s</th>", columns[i]);
    }
    ta_text_add(out, "</tr>\n</thead>\n<tbody>\n");
}

static void add_cell(struct ta_text *out, size_t column, const char *text)
{
    ta_text_addf(out, "<td data-is=\"%s\"%s>", columns[column],
                 column == COURSE                   ? " class=\"course\""
                 : column >= HELD && column <= NEXT ? " class=\"day\""
                                                    : "");
    add_escaped(out, text);
    ta_text_add(out, "</td>");
}

static void row(struct report *report, const struct ta_member *member)
{
    struct ta_text *out = &report->out;
    const struct ta_attendance *attendance = &member->attendance;
    struct ta_text cells[COLUMNS] = {0};
    report_contract(&cells[1], member);
    report_held(&cells[2], member);
    ta_say_course(&cells[3], attendance->course ? attendance->course : "", COURSE_MOST);
    report_last(&cells[4], member);
    report_next(&cells[5], member, report->overview.today);
    ta_say_promises(&cells[6], attendance);
    ta_say_needs(&cells[7], attendance, report->overview.today);
    ta_text_add(out, "<tr><th scope=\"row\"><a href=\"#");
    add_escaped(out, member->slug);
    ta_text_add(out, "\">");
    add_names(out, member);
    ta_text_add(out, "</a></th>");
    for (size_t i = 1; i < COLUMNS; i++) {
        add_cell(out, i, cells[i].bytes ? cells[i].bytes : "");
    }
    ta_text_add(out, "</tr>\n");
    for (size_t i = 0; i < COLUMNS; i++) {
        ta_text_release(&cells[i]);
    }
}

static void middle(struct report *report)
{
    ta_text_add(&report->out, "</tbody>\n</table>\n</div>\n<h2>Each pair</h2>\n");
}

/* A pair's page */

static void add_needs(struct report *report, const struct ta_member *member)
{
    struct ta_text *out = &report->out;
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        if (ta_needs_look(&member->attendance, need, report->overview.today)) {
            struct ta_text sentence = {0};
            ta_say_need(&sentence, member, need, report->overview.today);
            ta_text_add(out, "<p class=\"caution\">");
            add_escaped(out, sentence.bytes);
            ta_text_add(out, "</p>\n");
            ta_text_release(&sentence);
        }
    }
}

static void add_trouble(struct ta_text *out, const struct ta_member *member)
{
    struct ta_text sentence = {0};
    report_trouble(&sentence, member);
    if (sentence.length > 0) {
        ta_text_add(out, "<p class=\"caution\">");
        add_escaped(out, sentence.bytes);
        ta_text_add(out, "</p>\n");
    }
    ta_text_release(&sentence);
}

static void add_lost(struct report *report, const char *sentence, bool first)
{
    ta_text_add(&report->out, first ? "<p>Dates that were not held:</p>\n<ul>\n" : "");
    ta_text_add(&report->out, "<li>");
    add_escaped(&report->out, sentence);
    ta_text_add(&report->out, "</li>\n");
}

static bool add_dates(struct report *report, const struct ta_member *member, struct ta_error *err)
{
    bool any;
    bool ok = report_dates(report, member, add_lost, &any, err);
    ta_text_add(&report->out, any ? "</ul>\n" : "");
    return ok;
}

/* Who reads the sessions of a pair. */
struct reading {
    struct report *report;
    struct ta_error *err;
    bool ok;
};

/* Of one whose words are not shared there is a line. */
static void add_session(const struct ta_released_row *session, void *data)
{
    struct reading *reading = data;
    struct ta_text *out = &reading->report->out;
    if (session->text) {
        reading->ok = reading->ok && ta_page_markdown(out, session->text, 3, reading->err);
    } else {
        char day[TA_DATE_SIZE];
        ta_day_long(day, ta_day_of(session->held));
        ta_text_addf(out,
                     "<h4>Session %u, %s, %u min</h4>\n<p class=\"quiet\">" TA_NO_WORDS "</p>\n",
                     session->session, day, session->minutes);
    }
}

static bool pair(struct report *report, const struct ta_member *member, struct ta_error *err)
{
    struct ta_text *out = &report->out;
    struct reading reading = {report, err, true};
    ta_text_add(out, "<section>\n<h3 id=\"");
    add_escaped(out, member->slug);
    ta_text_add(out, "\">");
    add_names(out, member);
    ta_text_add(out, "</h3>\n");
    if (member->topic) {
        ta_text_add(out, "<p class=\"quiet\" dir=\"auto\">");
        add_escaped(out, member->topic);
        ta_text_add(out, "</p>\n");
    }
    add_needs(report, member);
    add_trouble(out, member);
    bool ok = add_dates(report, member, err) &&
              ta_programme_sessions(report->desk, member, add_session, &reading, err);
    ta_text_add(out, "</section>\n");
    return ok && reading.ok;
}

static void end(struct report *report)
{
    ta_page_end(&report->out);
}

const struct report_form report_page = {begin, row, middle, pair, end};
