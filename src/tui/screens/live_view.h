/**
 * The live screen's state, and how it is drawn: clock and agenda, notes, and the line to type on.
 */
#ifndef TURNABOUT_SRC_TUI_LIVE_VIEW_H
#define TURNABOUT_SRC_TUI_LIVE_VIEW_H

#include "live_notes.h"
#include "turnabout/desk/session.h"
#include "turnabout/tui/editor.h"

struct live {
    struct ta_pair pair;
    struct ta_live live;
    struct ta_editor line;
    struct notes_view notes;
    struct ta_promises promises; /* what the last commitments are about */
    char draft[32];              /* name of the typed line's draft */
    int64_t revision;            /* of that draft */
    int64_t touched;             /* instant of the first key that is not kept yet; 0: all is */
    int64_t asked; /* second of the clock in which the store was asked last for changes */
    int64_t now;
};

void live_draw(const struct live *live, struct ta_surface *surface);

/** While the last commitments are in hand: what was promised and is not told back. Returns the rows
 *  used of the area. */
int live_draw_promises(const struct live *live, struct ta_surface *surface, struct ta_area area);

/** What the signs at the beginning of a line mean, in one line. */
extern const char *const live_signs_help;

/** What a typed line that begins with "/" may become: the commands that begin so; of a single one
 *  what it does. Appends. */
void live_commands_matching(struct ta_text *out, const char *line);

#endif
