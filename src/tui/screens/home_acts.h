/**
 * What a person does on home that is more than to open another page.
 */
#ifndef TURNABOUT_SRC_TUI_HOME_ACTS_H
#define TURNABOUT_SRC_TUI_HOME_ACTS_H

#include "home_view.h"
#include "turnabout/tui/screen.h"

/** Reads what home shows anew; `state` is a struct home. */
bool home_refresh(struct ta_face *face, void *state, struct ta_error *err);

/** What is shown may be old: another terminal, or the other of the two, went on meanwhile. Reads it
 *  anew; false: it could not, or the next step is another one now, and is shown first. */
bool home_is_as_shown(struct ta_face *face, struct home *home);
/** What is said then. */
extern const char home_gone_on[];

/** Into the session that runs, or to the question whether a new one starts; `state` is a struct
 *  home. */
void home_go_session(struct ta_face *face, void *state);

#endif
