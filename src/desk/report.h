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
/** "v2", and "v2, not fetched" when that may be old. */
void report_contract(struct ta_text *out, const struct ta_member *member);
/** "3 of 6"; "—" while nothing came from them. */
void report_held(struct ta_text *out, const struct ta_member *member);
/** The day of the last session, or "none"; "—" while nothing came from them. */
void report_last(struct ta_text *out, const struct ta_member *member);
/** That of the next date, the same; "2026-11-23, passed" when it has. */
void report_next(struct ta_text *out, const struct ta_member *member, struct ta_day today);
/** How many pairs were not fetched, in a sentence; nothing when all were. */
void report_missing(struct ta_text *out, const struct ta_overview *overview);
/** Why what is told of a pair is old, or nothing; nothing when it is not. */
void report_trouble(struct ta_text *out, const struct ta_member *member);

/** A date of a pair that was not held, as ta_say_lost() says it. */
typedef void report_lost(struct report *report, const char *sentence, bool first);
/** Calls it for each of them; `*any` whether there was one. */
bool report_dates(struct report *report, const struct ta_member *member, report_lost *each,
                  bool *any, struct ta_error *err);

/** What the names of needs stand for. */
extern const char *const report_needs[TA_NEEDS];

/** The figures in words: `count` times a name and a number. */
struct report_fact {
    const char *name;
    size_t number;
    bool known;
};
enum { REPORT_FACTS = 12 };
size_t report_facts(const struct report *report, struct report_fact facts[REPORT_FACTS]);

#endif
