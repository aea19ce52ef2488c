/**
 * The programme's report: what the overview shows, for others to read. All forms come from the same
 * members and figures (overview.h), and say the same.
 *
 * It is written as it is made: one pair at a time, so that it takes no more memory however many
 * sessions there are.
 */
#ifndef TURNABOUT_DESK_REPORT_H
#define TURNABOUT_DESK_REPORT_H

#include "turnabout/desk/overview.h"

enum ta_report_form {
    TA_REPORT_HTML,     /**< a page that stands by itself, with charts and each pair's sessions */
    TA_REPORT_MARKDOWN, /**< the same without charts */
    TA_REPORT_CSV       /**< a line a pair (RFC 4180), with a first line that names the columns */
};

/** Where it goes, piece by piece. False: it cannot, and why. */
struct ta_report_way {
    bool (*write)(const char *bytes, size_t length, void *data, struct ta_error *err);
    void *data;
};

/** The form that the ending of a name asks for: .html, .md or .csv. TA_WRONG: none of them. */
bool ta_report_form_of(enum ta_report_form *form, const char *path, struct ta_error *err);
/** Into a file, which takes its place when it is whole; "~/" is $HOME. */
bool ta_desk_report_file(struct ta_desk *desk, enum ta_report_form form, const char *path,
                         struct ta_error *err);
bool ta_desk_report(struct ta_desk *desk, enum ta_report_form form, const struct ta_report_way *way,
                    struct ta_error *err);

#endif
