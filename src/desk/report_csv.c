#include <string.h>

#include "report.h"

/* A cell of text. A sheet would take one that begins so for a formula. */
static void add_text(struct ta_text *out, const char *text)
{
    ta_text_add(out, "\"");
    ta_text_add(out, *text != '\0' && strchr("=+-@\t\r", *text) ? "'" : "");
    for (const char *at = text; *at != '\0'; at++) {
        ta_text_add_bytes(out, at, 1);
        if (*at == '"') {
            ta_text_add(out, "\"");
        }
    }
    ta_text_add(out, "\"");
}

static void add_number(struct ta_text *out, bool known, long number)
{
    ta_text_add(out, ",");
    if (known) {
        ta_text_addf(out, "%ld", number);
    }
}

static void add_moment(struct ta_text *out, struct ta_moment moment)
{
    char written[TA_DATE_SIZE] = "";
    if (moment.instant != 0) {
        ta_moment_write(written, moment);
    }
    ta_text_addf(out, ",%s", written);
}

static void begin(struct report *report)
{
    ta_text_add(&report->out,
                "pair,mentor,mentee,topic,contract,held,planned,last,next,days_since,moved,"
                "cancelled_mentor,cancelled_mentee,cancelled_other,promises_open,promises_done,"
                "promises_told,need,fetched,trouble\r\n");
}

static void add_need(struct ta_text *out, const struct ta_attendance *attendance,
                     struct ta_day today)
{
    bool any = false;
    ta_text_add(out, ",");
    for (enum ta_need need = TA_NEED_CONTRACT; need < TA_NEEDS; need++) {
        if (ta_needs_look(attendance, need, today)) {
            ta_text_addf(out, "%s%s", any ? " " : "", ta_need_name(need));
            any = true;
        }
    }
}

static void row(struct report *report, const struct ta_member *member)
{
    struct ta_text *out = &report->out;
    const struct ta_attendance *attendance = &member->attendance;
    int days = ta_days_since(attendance, report->overview.today);
    const char *texts[] = {member->slug, member->mentor, member->mentee,
                           member->topic ? member->topic : ""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ta_text_add(out, i > 0 ? "," : "");
        add_text(out, texts[i]);
    }
    add_number(out, attendance->contract > 0, attendance->contract);
    add_number(out, true, attendance->held);
    add_number(out, attendance->planned > 0, attendance->planned);
    add_moment(out, attendance->last);
    add_moment(out, attendance->next);
    add_number(out, days >= 0, days);
    add_number(out, true, attendance->moved);
    add_number(out, true, attendance->cancelled[TA_MENTOR]);
    add_number(out, true, attendance->cancelled[TA_MENTEE]);
    add_number(out, true, attendance->cancelled[TA_NOBODY]);
    add_number(out, attendance->promises, attendance->open);
    add_number(out, attendance->promises, attendance->done);
    add_number(out, attendance->promises, attendance->told);
    add_need(out, attendance, report->overview.today);
    add_moment(out, ta_moment_local(member->fetched));
    ta_text_add(out, ",");
    if (member->trouble) {
        add_text(out, member->trouble);
    }
    ta_text_add(out, "\r\n");
}

const struct report_form report_csv = {.begin = begin, .row = row};
