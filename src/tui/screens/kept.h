/**
 * A text that came back from the person's editor and could not be taken.
 */
#ifndef TURNABOUT_SRC_TUI_KEPT_H
#define TURNABOUT_SRC_TUI_KEPT_H

#include "turnabout/tui/screen.h"

/**
 * Loses nothing of it: moves it to `kept`, from where the next editing begins, writes it to a file
 * of this name beside the pairs, and shows it to read with the reason and the file's name.
 */
void keep_text(struct ta_face *face, struct ta_text *kept, struct ta_text *text, const char *name,
               const struct ta_error *why);

/** The text was taken after all: its file goes. Nothing when there is none. */
void drop_kept(struct ta_face *face, const char *name);

#endif
