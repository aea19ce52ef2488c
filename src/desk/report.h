/**
 * What the forms of the report share.
 */
#ifndef TURNABOUT_SRC_DESK_REPORT_H
#define TURNABOUT_SRC_DESK_REPORT_H

#include "turnabout/desk/report.h"

struct report {
    struct ta_desk *desk;
    struct ta_overview overview;
    struct ta_figures figures;
    struct ta_text out; /* what was not written yet */
};

/** How one form is written. Each appends to the report's text. */
struct report_form {
    void (*begin)(struct report *report);
    void (*row)(struct report *report, const struct ta_member *member);
    void (*middle)(struct report *report); /* between the rows and the pairs */
    bool (*pair)(struct report *report, const struct ta_member *member, struct ta_error *err);
    void (*end)(struct report *report);
};

extern const struct report_form report_page;
extern const struct report_form report_markdown;
extern const struct report_form report_csv;

/** "Amara Osei and Jo Lindqvist", or the slug while they have no names. Appends. */
void report_names(struct ta_text *out, const struct ta_member *member);
/** "3 of 6" */
void report_held(struct ta_text *out, const struct ta_member *member);
/** A day, or "none". */
void report_day(struct ta_text *out, struct ta_moment moment);

/** The figures in words: `count` times a name and a number. */
struct report_fact {
    const char *name;
    size_t number;
    bool known;
};
enum { REPORT_FACTS = 10 };
size_t report_facts(const struct report *report, struct report_fact facts[REPORT_FACTS]);

#endif
