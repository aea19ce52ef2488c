#include "report.h"

#include <string.h>

#include "turnabout/base/file.h"

enum {
    PIECE = 1 << 16, /* bytes that are written at once */
    AT_ONCE = 500    /* pairs that are held at a time */
};

static const struct report_form *const forms[] = {
    [TA_REPORT_HTML] = &report_page,
    [TA_REPORT_MARKDOWN] = &report_markdown,
    [TA_REPORT_CSV] = &report_csv,
};

void report_names(struct ta_text *out, const struct ta_member *member)
{
    if (member->mentor[0] != '\0') {
        ta_text_addf(out, "%s and %s", member->mentor, member->mentee);
    } else {
        ta_text_add(out, member->slug);
    }
}

void report_contract(struct ta_text *out, const struct ta_member *member)
{
    bool old = ta_is_missing(member) && !ta_is_unfetched(member);
    ta_say_contract(out, member);
    ta_text_add(out, old ? ", not fetched" : "");
}

void report_held(struct ta_text *out, const struct ta_member *member)
{
    const struct ta_attendance *attendance = &member->attendance;
    if (!attendance->released) {
        ta_text_add(out, "—");
    } else {
        ta_text_addf(out, attendance->planned > 0 ? "%u of %u" : "%u", attendance->held,
                     attendance->planned);
    }
}

static void add_day(struct ta_text *out, const struct ta_member *member, struct ta_moment moment)
{
    char day[TA_DATE_SIZE];
    ta_day_write(day, ta_day_of(moment));
    ta_text_add(out, moment.instant != 0 ? day : member->attendance.released ? "none" : "—");
}

void report_last(struct ta_text *out, const struct ta_member *member)
{
    add_day(out, member, member->attendance.last);
}

void report_next(struct ta_text *out, const struct ta_member *member, struct ta_day today)
{
    add_day(out, member, member->attendance.next);
    ta_text_add(out, ta_is_passed(&member->attendance, today) ? ", passed" : "");
}

void report_missing(struct ta_text *out, const struct ta_overview *overview)
{
    if (overview->missing > 0) {
        ta_text_addf(out,
                     "%zu pair%s not fetched: what is told of %s is as of the last time that "
                     "something came, and where nothing ever did, nothing is known.",
                     overview->missing, overview->missing == 1 ? " was" : "s were",
                     overview->missing == 1 ? "it" : "them");
    }
}

void report_trouble(struct ta_text *out, const struct ta_member *member)
{
    if (member->trouble != NULL) {
        ta_say_trouble(out, member);
    } else if (ta_is_missing(member)) {
        ta_text_add(out, "Not fetched yet.");
    }
    if (ta_is_missing(member) && member->fetched > 0) {
        char day[TA_DATE_SIZE];
        ta_day_long(day, ta_day_of(ta_moment_local(member->fetched)));
        ta_text_addf(out, " What is told here was fetched on %s.", day);
    }
}

const char *const report_needs[TA_NEEDS] = {
    [TA_NEED_CONTRACT] = "nothing came within four weeks in the programme",
    [TA_NEED_SESSION] = "no session in twice the rhythm they agreed on",
    [TA_NEED_CANCELLED] = "two dates in a row cancelled by the same of the two",
    [TA_NEED_TOLD] = "a promise is done and was not told back",
};

/* Most pairs lost none, and then nothing need be read. */
static bool has_lost(const struct ta_attendance *attendance)
{
    const unsigned *cancelled = attendance->cancelled;
    return attendance->moved + cancelled[TA_MENTOR] + cancelled[TA_MENTEE] + cancelled[TA_NOBODY] >
           0;
}

bool report_dates(struct report *report, const struct ta_member *member, report_lost *each,
                  bool *any, struct ta_error *err)
{
    struct ta_meetings dates;
    struct ta_text sentence = {0};
    *any = false;
    if (!has_lost(&member->attendance)) {
        return true;
    }
    bool ok = ta_desk_dates(report->desk, member, &dates, err);
    for (size_t i = 0; ok && i < dates.count; i++) {
        const struct ta_meeting *date = &dates.items[i];
        if (date->state == TA_MEETING_MOVED || date->state == TA_MEETING_CANCELLED) {
            ta_text_clear(&sentence);
            ta_say_lost(&sentence, date);
            each(report, sentence.bytes, !*any);
            *any = true;
        }
    }
    ta_text_release(&sentence);
    ta_meetings_release(&dates);
    return ok;
}

size_t report_facts(const struct report *report, struct report_fact facts[REPORT_FACTS])
{
    const struct ta_figures *figures = &report->figures;
    const size_t *cancelled = figures->cancelled;
    bool told = !figures->few;
    const struct report_fact all[] = {
        {"Pairs", report->overview.all, true},
        {"Pairs that need a look", report->overview.in_need, true},
        {"Pairs not fetched", report->overview.missing, true},
        {"Contracts in force", figures->with_contract, true},
        {"Contracts unsigned", figures->without, true},
        {"Contracts not known", figures->unknown, true},
        {"Sessions held", figures->held, true},
        {"Dates moved", figures->moved, true},
        {"Cancelled by the mentee", cancelled[TA_MENTEE], told},
        {"Cancelled by the mentor", cancelled[TA_MENTOR], told},
        {"Cancelled by neither", cancelled[TA_NOBODY], told},
        {"Median days between sessions", (size_t)figures->median_days, figures->median_days >= 0},
    };
    size_t count = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].known) {
            facts[count++] = all[i];
        }
    }
    return count;
}

static bool hand_on(struct report *report, const struct ta_report_way *way, size_t least,
                    struct ta_error *err)
{
    bool ok = report->out.length < least ||
              way->write(report->out.bytes, report->out.length, way->data, err);
    if (report->out.length >= least) {
        ta_text_clear(&report->out);
    }
    return ok;
}

static bool read_pairs(struct report *report, size_t skip, struct ta_error *err)
{
    const struct ta_overview_query some = {.order = TA_ORDER_NEED, .skip = skip, .limit = AT_ONCE};
    ta_overview_release(&report->overview);
    return ta_desk_overview(report->desk, &some, &report->overview, err);
}

typedef bool write_pair(struct report *report, const struct report_form *form,
                        const struct ta_member *member, struct ta_error *err);

static bool write_row(struct report *report, const struct report_form *form,
                      const struct ta_member *member, struct ta_error *err)
{
    (void)err;
    form->row(report, member);
    return true;
}

static bool write_page(struct report *report, const struct report_form *form,
                       const struct ta_member *member, struct ta_error *err)
{
    return form->pair(report, member, err);
}

/* Of all pairs, however many, some are held at a time. */
static bool write_pairs(struct report *report, const struct report_form *form, write_pair *write,
                        const struct ta_report_way *way, struct ta_error *err)
{
    const struct ta_members *pairs = &report->overview.pairs;
    bool ok = true;
    for (size_t at = 0; ok && at < report->overview.all; at += AT_ONCE) {
        ok = read_pairs(report, at, err);
        for (size_t i = 0; ok && i < pairs->count; i++) {
            ok = write(report, form, &pairs->items[i], err) && hand_on(report, way, PIECE, err);
        }
    }
    return ok;
}

static bool write_all(struct report *report, const struct report_form *form,
                      const struct ta_report_way *way, struct ta_error *err)
{
    form->begin(report);
    bool ok = write_pairs(report, form, write_row, way, err);
    if (form->middle) {
        form->middle(report);
    }
    ok = ok && (!form->pair || write_pairs(report, form, write_page, way, err));
    if (form->end) {
        form->end(report);
    }
    return ok && hand_on(report, way, 1, err);
}

/* As of one moment, however long it takes and whatever is fetched meanwhile. */
static bool write_at_once(struct report *report, const struct report_form *form,
                          const struct ta_report_way *way, struct ta_error *err)
{
    struct ta_store *programme = report->desk->programme;
    if (!ta_store_begin_reading(programme, err)) {
        return false;
    }
    bool ok = read_pairs(report, 0, err) && ta_desk_figures(report->desk, &report->figures, err) &&
              write_all(report, form, way, err);
    ta_store_end_reading(programme);
    return ok;
}

bool ta_desk_report(struct ta_desk *desk, enum ta_report_form form, const struct ta_report_way *way,
                    struct ta_error *err)
{
    struct report report = {.desk = desk};
    bool ok = ta_desk_programme_refresh(desk, NULL, err) && ta_programme_open(desk, err) &&
              write_at_once(&report, forms[form], way, err);
    ta_overview_release(&report.overview);
    ta_figures_release(&report.figures);
    ta_text_release(&report.out);
    return ok;
}

static const struct {
    const char *ending;
    enum ta_report_form form;
} endings[] = {
    {".html", TA_REPORT_HTML},
    {".md", TA_REPORT_MARKDOWN},
    {".csv", TA_REPORT_CSV},
};

bool ta_report_form_of(enum ta_report_form *form, const char *path, struct ta_error *err)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(path);
        size_t ending = strlen(endings[i].ending);
        if (length > ending && strcasecmp(path + length - ending, endings[i].ending) == 0) {
            *form = endings[i].form;
            return true;
        }
    }
    return ta_fail(err, TA_WRONG,
                   "The name says what it becomes: let it end in .html (a page), .md (Markdown) or "
                   ".csv (a table).");
}

static bool add_piece(const char *bytes, size_t length, void *data, struct ta_error *err)
{
    return ta_handing_add(data, bytes, length, err);
}

bool ta_desk_report_file(struct ta_desk *desk, enum ta_report_form form, const char *path,
                         struct ta_error *err)
{
    struct ta_handing handing;
    struct ta_report_way way = {add_piece, &handing};
    return ta_handing_open(&handing, path, err) &&
           ta_handing_close(&handing, ta_desk_report(desk, form, &way, err), err);
}
