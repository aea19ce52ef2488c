/**
 * Editing text in place: one line or many, by character as people see it (grapheme clusters), by
 * word, by wrapped line; selecting, cutting, pasting; undo and redo without end.
 *
 * The text is always valid UTF-8: what was typed or pasted otherwise is not taken. Runs of typing,
 * and of deleting, are undone as one. Works the same for a 1 MB text.
 */
#ifndef TURNABOUT_TUI_EDITOR_H
#define TURNABOUT_TUI_EDITOR_H

#include "turnabout/base/text.h"
#include "turnabout/tui/key.h"
#include "turnabout/tui/surface.h"

struct ta_editor_step; /* one thing to undo */

struct ta_editor {
    struct ta_text text;
    size_t cursor; /**< byte offset on a character's edge */
    size_t anchor; /**< the other end of the selection; == cursor: nothing selected */
    bool lines;    /**< many lines; else a line feed is pasted as a blank */
    size_t most;   /**< bytes at most; what would go beyond is not taken */
    int width;     /**< columns it was last drawn with; 0: never */
    int goal;      /**< column that up and down try to keep; -1: none */
    size_t top;    /**< byte offset of the first row shown (lines) or column scrolled to */
    struct ta_editor_step *undo, *redo; /**< newest first */
};

/** `text` may be NULL. The cursor stands at the end. */
void ta_editor_init(struct ta_editor *editor, const char *text, bool lines, size_t most);
/** Another text, as one undoable step; the cursor at the end. */
void ta_editor_set(struct ta_editor *editor, const char *text);
/** Never NULL. */
const char *ta_editor_text(const struct ta_editor *editor);
void ta_editor_release(struct ta_editor *editor);

enum ta_edited { TA_EDIT_NOT_MINE, TA_EDIT_MOVED, TA_EDIT_CHANGED, TA_EDIT_FULL };

/**
 * Gives the editor a key. Not its own: Enter (one line), Escape, Tab, function keys, up at the
 * first row and down at the last (one line), unknown keys; the screen uses those. Keys: arrows,
 * Home/End (C-a, C-e), C-Left/C-Right or A-b/A-f by word, with Shift to select; C-Home/C-End;
 * Backspace, Delete (C-d), C-w and A-Backspace word back, A-d word on, C-k to the end of the line,
 * C-u to its beginning; C-x cut, C-c copy, C-v or C-y paste what was cut here (`clip` is shared by
 * all editors of the program and belongs to the caller); C-z or C-_ undo, C-r redo; a paste is
 * text.
 */
enum ta_edited ta_editor_key(struct ta_editor *editor, const struct ta_key *key,
                             struct ta_text *clip);

/** Draws into an area, scrolled so that the cursor shows; puts the surface's cursor when `focus`.
 */
void ta_editor_draw(struct ta_editor *editor, struct ta_surface *surface, struct ta_area area,
                    enum ta_role_of_cell role, bool focus);

/** Rows the text takes when wrapped into `columns` (at least 1). */
int ta_editor_rows(const struct ta_editor *editor, int columns);

#endif
