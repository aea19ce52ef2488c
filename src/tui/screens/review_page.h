/**
 * What a pair released, as its screen and its view know it.
 */
#ifndef TURNABOUT_SRC_TUI_REVIEW_PAGE_H
#define TURNABOUT_SRC_TUI_REVIEW_PAGE_H

#include "tall.h"
#include "turnabout/desk/overview.h"
#include "turnabout/tui/screen.h"

enum { REVIEW_NO_MARK = -1 };

/** A session that was held, or a date that fell: the other is NULL. */
struct review_row {
    int64_t instant;
    const struct ta_released_row *session;
    const struct ta_meeting *date;
};

struct review {
    struct ta_review all;
    struct review_row *rows; /* newest first */
    struct ta_list list;     /* of the rows */
    struct hits hits;
    struct ta_day today;
    int top;       /* rows that the text is scrolled by */
    int text_rows; /* of the text when it was last drawn */
    int marked;    /* session that was set aside; REVIEW_NO_MARK: none */
    bool reading;  /* the attention is in the text */
};

/** NULL: there is none. */
const struct review_row *review_chosen(const struct review *review);

void review_draw(const struct ta_face *face, const void *state, struct ta_surface *surface);

#endif
