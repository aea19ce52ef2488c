/**
 * What the two do in a session that runs, each said on the message line when it cannot be done.
 */
#ifndef TURNABOUT_SRC_TUI_LIVE_ACTS_H
#define TURNABOUT_SRC_TUI_LIVE_ACTS_H

#include "live_view.h"
#include "turnabout/tui/screen.h"

/** Reads the session anew. */
bool live_reload(struct ta_face *face, struct live *live, struct ta_error *err);
/** The line is kept while it is typed: a killed terminal loses at most its last second. */
void live_keep_line(struct ta_face *face, struct live *live);
/** An event of the session's clock; false: it was refused. */
bool live_happen(struct ta_face *face, struct live *live, enum ta_event_kind kind, int value);
/** Ends the session at an instant (0: now) and goes to its summary; false: it was refused. */
bool live_end_at(struct ta_face *face, struct live *live, int64_t at);

/** A sentence, with a blank behind it, when there is a line that nobody entered; else "". */
const char *live_uncaught(const struct live *live);

/** Commands; `state` is a struct live. */
void live_next_item(struct ta_face *face, void *state);
void live_previous_item(struct ta_face *face, void *state);
void live_pause_session(struct ta_face *face, void *state);
void live_resume_session(struct ta_face *face, void *state);
void live_extend(struct ta_face *face, void *state);
/** Nobody, mentor, mentee, and around. */
void live_pass_floor(struct ta_face *face, void *state);
void live_hide_mine(struct ta_face *face, void *state);
/** Asks first. */
void live_end_session(struct ta_face *face, void *state);

/** A key into the line to type on. True: taken. */
bool live_line_key(struct ta_face *face, struct live *live, const struct ta_key *key);

enum { LIVE_LINE_MOST = TA_NOTE_LONGEST + 1 };

#endif
