/**
 * The date's page: what it holds (date.c), and how it is drawn (date_view.c).
 */
#ifndef TURNABOUT_SRC_TUI_DATE_VIEW_H
#define TURNABOUT_SRC_TUI_DATE_VIEW_H

#include "screens.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/tui/editor.h"

enum field { FIELD_WHAT, FIELD_WHO, FIELD_NOTICE, FIELD_DATE, FIELD_REASON, FIELDS };

enum what { MOVED, CANCELLED, HELD, HELD_NOW, WHATS };

enum { DATE_NOTICES = 5 };

/** How early it was asked, where nobody wrote it down at once. */
extern const struct date_notice {
    const char *words;
    bool known;
    unsigned hours;
} date_notices[DATE_NOTICES];

struct date {
    struct ta_pair pair;
    struct date_question question;
    struct ta_day today;
    int64_t now;
    enum what what;
    enum ta_role who; /* TA_NOBODY: neither */
    size_t notice;
    struct ta_editor text, reason; /* the new date; a word */
    enum field field;
};

/** Whether a field is asked, as things are chosen. */
bool date_has_field(const struct date *date, enum field field);

void date_draw(const struct date *date, struct ta_surface *surface);

#endif
