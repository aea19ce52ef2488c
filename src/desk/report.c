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

void report_held(struct ta_text *out, const struct ta_member *member)
{
    ta_text_addf(out, member->attendance.planned > 0 ? "%u of %u" : "%u", member->attendance.held,
                 member->attendance.planned);
}

void report_day(struct ta_text *out, struct ta_moment moment)
{
    char day[TA_DATE_SIZE] = "none";
    if (moment.instant != 0) {
        ta_day_write(day, ta_day_of(moment));
    }
    ta_text_add(out, day);
}

size_t report_facts(const struct report *report, struct report_fact facts[REPORT_FACTS])
{
    const struct ta_figures *figures = &report->figures;
    const size_t *cancelled = figures->cancelled;
    bool told = !figures->few;
    const struct report_fact all[] = {
        {"Pairs", report->overview.all, true},
        {"Pairs that need a look", report->overview.in_need, true},
        {"Contracts in force", figures->with_contract, true},
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
