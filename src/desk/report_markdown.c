/* The report as Markdown. */
#include <string.h>

#include "report.h"
#include "turnabout/base/unicode.h"

enum { COURSE_MOST = 12, DEEPER = 3 };

/* A line that Markdown, or a table in it, takes for nothing else. */
static void add_plain(struct ta_text *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (strchr("\\`*_[]<>|", *at)) {
            ta_text_add(out, "\\");
        }
        ta_text_add_bytes(out, strchr("\r\n\t", *at) ? " " : at, 1);
    }
}

static void begin(struct report *report)
{
    struct ta_text *out = &report->out;
    struct report_fact facts[REPORT_FACTS];
    size_t count = report_facts(report, facts);
    char day[TA_DATE_SIZE];
    ta_day_long(day, report->overview.today);
    ta_text_addf(out,
                 "# Mentoring programme\n\nAs of %s, from what the pairs released.\n\n"
                 "## Figures\n\n",
                 day);
    for (size_t i = 0; i < count; i++) {
        ta_text_addf(out, "- %s: %zu\n", facts[i].name, facts[i].number);
    }
    if (report->figures.few) {
        ta_text_addf(out, "\n" TA_FIGURES_FEW "\n", TA_FIGURES_FEWEST);
    }
    for (size_t i = 0; i < report->figures.month_count; i++) {
        const struct ta_month_figure *month = &report->figures.months[i];
        ta_text_addf(out, "%s- %04d-%02d: %zu\n", i == 0 ? "\nSessions held per month:\n\n" : "",
                     month->year, month->month, month->held);
    }
    ta_text_add(out, "\n## Pairs\n\n● held, ↷ moved, ✕ cancelled, the newest at the right; ‹ there "
                     "were others before. What needs a look:\n\n");
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        ta_text_addf(out, "- %s: %s\n", ta_need_name(need), report_needs[need]);
    }
    ta_text_add(out, report->overview.missing > 0 ? "\n" : "");
    report_missing(out, &report->overview);
    ta_text_add(out, report->overview.missing > 0 ? "\n" : "");
    ta_text_add(out, "\n| Pair | Contract | Held | Rhythm | Last | Next | Promises | "
                     "Needs a look |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
}

static void row(struct report *report, const struct ta_member *member)
{
    struct ta_text *out = &report->out;
    const struct ta_attendance *attendance = &member->attendance;
    struct ta_text names = {0};
    report_names(&names, member);
    ta_text_add(out, "| ");
    add_plain(out, names.bytes);
    ta_text_add(out, " | ");
    report_contract(out, member);
    ta_text_add(out, " | ");
    report_held(out, member);
    ta_text_add(out, " | ");
    ta_say_course(out, attendance->course ? attendance->course : "", COURSE_MOST);
    ta_text_add(out, " | ");
    report_last(out, member);
    ta_text_add(out, " | ");
    report_next(out, member, report->overview.today);
    ta_text_add(out, " | ");
    ta_say_promises(out, attendance);
    ta_text_add(out, " | ");
    ta_say_needs(out, attendance, report->overview.today);
    ta_text_add(out, " |\n");
    ta_text_release(&names);
}

static void middle(struct report *report)
{
    ta_text_add(&report->out, "\n## Each pair\n");
}

/* A session as it was released, its headings below those of the report. */
static void add_session(const struct ta_released_row *session, void *data)
{
    struct ta_text *out = &((struct report *)data)->out;
    struct ta_piece rest = ta_piece_of(session->text ? session->text : "");
    struct ta_piece line;
    if (!session->text) {
        char day[TA_DATE_SIZE];
        ta_day_long(day, ta_day_of(session->held));
        ta_text_addf(out, "\n#### Session %u, %s, %u min\n\n" TA_NO_WORDS "\n", session->session,
                     day, session->minutes);
    }
    while (ta_next_line(&rest, &line)) {
        bool heading = ta_piece_starts(line, "#");
        ta_text_addf(out, "%s%.*s\n", heading ? "\n###" : "", (int)line.length, line.at);
        ta_text_add(out, heading ? "\n" : "");
    }
}

static void add_lost(struct report *report, const char *sentence, bool first)
{
    ta_text_addf(&report->out, "%s- %s\n", first ? "\nDates that were not held:\n\n" : "",
                 sentence);
}

static void add_reasons(struct report *report, const struct ta_member *member)
{
    struct ta_text *out = &report->out;
    struct ta_text trouble = {0};
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        if (ta_needs_look(&member->attendance, need, report->overview.today)) {
            ta_text_add(out, "- ");
            ta_say_need(out, member, need, report->overview.today);
            ta_text_add(out, "\n");
        }
    }
    report_trouble(&trouble, member);
    if (trouble.length > 0) {
        ta_text_add(out, "- ");
        add_plain(out, trouble.bytes);
        ta_text_add(out, "\n");
    }
    ta_text_release(&trouble);
}

static bool pair(struct report *report, const struct ta_member *member, struct ta_error *err)
{
    struct ta_text *out = &report->out;
    struct ta_text names = {0};
    report_names(&names, member);
    ta_text_add(out, "\n### ");
    add_plain(out, names.bytes);
    ta_text_add(out, "\n\n");
    if (member->topic) {
        add_plain(out, member->topic);
        ta_text_add(out, "\n\n");
    }
    add_reasons(report, member);
    ta_text_release(&names);
    bool any;
    return report_dates(report, member, add_lost, &any, err) &&
           ta_programme_sessions(report->desk, member, add_session, report, err);
}

const struct report_form report_markdown = {
    .begin = begin, .row = row, .middle = middle, .pair = pair};
