/**
 * What was done to an editor's text, newest first: each step holds what it took out and what it put
 * in, so that the text goes back and forth byte for byte.
 */
#ifndef TURNABOUT_TUI_WIDGETS_UNDO_H
#define TURNABOUT_TUI_WIDGETS_UNDO_H

#include "turnabout/tui/editor.h"

/** A run grows while one thing of its kind follows another at the same place. */
enum ta_run { TA_RUN_NONE, TA_RUN_TYPING, TA_RUN_ERASING, TA_RUN_CUTTING };

struct ta_editor_step {
    struct ta_editor_step *next; /**< the one before it in time (undo), behind it (redo) */
    enum ta_run run;
    size_t at;
    struct ta_text removed, inserted;
    size_t cursor_before, cursor_after;
};

/**
 * Puts `length` bytes in place of the text from `from` to `to`, and the cursor behind them. What
 * had been undone can no longer be redone.
 */
void ta_undo_replace(struct ta_editor *editor, struct ta_piece bytes, size_t from, size_t to,
                     enum ta_run run);
/** What comes now is a step of its own. */
void ta_undo_end_run(struct ta_editor *editor);
/** False: there is nothing (more). */
bool ta_undo_back(struct ta_editor *editor);
bool ta_undo_again(struct ta_editor *editor);
void ta_undo_release(struct ta_editor *editor);

#endif
