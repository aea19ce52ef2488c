/**
 * What the overlays know of the face beyond turnabout/tui/screen.h.
 */
#ifndef TURNABOUT_SRC_TUI_FACE_H
#define TURNABOUT_SRC_TUI_FACE_H

#include "turnabout/tui/screen.h"

/** A screen and its state: what an overlay is about. */
struct ta_subject {
    const struct ta_screen *screen;
    void *state;
};

/** The commands that every screen has besides its own. */
extern const struct ta_command ta_common_commands[];
extern const size_t ta_common_command_count;

/** Whether the command can be given now. */
bool ta_command_applies(const struct ta_command *command, const void *state);

/** Takes an overlay off: nothing below has changed, so nothing is read anew. */
void ta_face_dismiss(struct ta_face *face);

/** Overlays; opened with a struct ta_subject. */
extern const struct ta_screen ta_help_screen;
extern const struct ta_screen ta_palette_screen;
bool ta_is_overlay(const struct ta_screen *screen);

#endif
