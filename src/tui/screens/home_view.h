/**
 * The home screen's state, and how it is drawn: from the top down.
 */
#ifndef TURNABOUT_SRC_TUI_HOME_VIEW_H
#define TURNABOUT_SRC_TUI_HOME_VIEW_H

#include "turnabout/desk/sent.h"
#include "turnabout/desk/standing.h"
#include "turnabout/tui/surface.h"

struct home {
    struct ta_pair pair;
    struct ta_standing standing;
    bool stands; /* standing was read; else `trouble` says why not */
    struct ta_error trouble;
    struct ta_day today;
    struct ta_sent sent; /* empty when it could not be read: home does without it */
    size_t conflicts;    /* places that wait for a choice */
};

/** What comes before the pair's own next step, because there is another machine: what that one
 *  brought has to be settled, or a signature is waited for; but not while a session is open. */
enum home_matter {
    HOME_NOTHING,
    HOME_CONFLICTS,
    HOME_REWRITTEN,
    HOME_AMENDED,
    HOME_MERGED,
    HOME_SIGNATURE
};
enum home_matter home_matter(const struct home *home);

/** That, or the next step, in words. Appends. */
void home_say_next(struct ta_text *out, const struct home *home);

/** What helps with it, in a sentence, if anything does. Appends; true: it is a caution. */
bool home_say_aside(struct ta_text *out, const struct home *home);

/** The bytes of a place that are shown: where it does not fit, as far as a comma that does. */
int home_place_shown(const char *place, int columns);

void home_draw(const struct home *home, struct ta_surface *surface);

/** What stays of the last session, and what the mentor says to it. Returns the rows used. */
int home_draw_last(const struct home *home, struct ta_surface *surface, struct ta_area area);

/** The meeting that was held as this session; NULL: none is known. */
const struct ta_meeting *home_meeting_of(const struct ta_meetings *meetings, unsigned session);

#endif
