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
struct ta_editor_view; /* where it was last drawn, and how far it is scrolled */

struct ta_editor {
    struct ta_text text;
    size_t cursor; /**< byte offset on a character's edge */
    size_t anchor; /**< the other end of the selection; == cursor: nothing selected */
    bool lines;    /**< many lines; else a line feed is pasted as a blank */
    size_t most;   /**< bytes at most; what would go beyond is not taken, not even in part */
    int goal;      /**< column that up and down try to keep; -1: none */
    struct ta_editor_view *view;
    struct ta_editor_step *undo, *redo; /**< newest first */
};

/**
 * `text` may be NULL; it may be longer than `most`, which bounds what is added. The cursor stands
 * at the end.
 */
void ta_editor_init(struct ta_editor *editor, const char *text, bool lines, size_t most);
/** Another text, as one undoable step; the cursor at the end. Only UTF-8 is taken. */
void ta_editor_set(struct ta_editor *editor, const char *text);
/** Never NULL. */
const char *ta_editor_text(const struct ta_editor *editor);
void ta_editor_release(struct ta_editor *editor);

enum ta_edited { TA_EDIT_NOT_MINE, TA_EDIT_MOVED, TA_EDIT_CHANGED, TA_EDIT_FULL };

/**
 * Gives the editor a key. What it does not know is not its own, and neither is what a screen needs:
 * Escape, Tab, function keys, Enter, up, down, page up and page down of one line, a wheel or a
 * click outside of where it was drawn.
 *
 * Arrows, Home/End (C-a, C-e: the row, and from its edge the paragraph), C-Left/C-Right or A-b/A-f
 * by word, C-Home/C-End, each with Shift to select; Backspace, Delete (C-d), A-Backspace word back;
 * C-w word back, A-d word on, C-k to the end of the paragraph, C-u to its beginning: these, with
 * C-x, cut, and several in a row are pasted as one; C-c copy, C-v or C-y paste what was cut here
 * (`clip` is shared by all editors of the program and belongs to the caller); C-z or C-_ undo, C-r
 * redo; a paste is text.
 */
enum ta_edited ta_editor_key(struct ta_editor *editor, const struct ta_key *key,
                             struct ta_text *clip);

/**
 * Draws into an area, scrolled so that the cursor shows; puts the surface's cursor when `focus`.
 * The last column is left free for the cursor. Only the rows that show are looked at.
 */
void ta_editor_draw(const struct ta_editor *editor, struct ta_surface *surface, struct ta_area area,
                    enum ta_role_of_cell role, bool focus);

enum { TA_EDITOR_ROWS = 256 };

/**
 * Rows the text takes when drawn `columns` wide (at least 1), counted no further than
 * TA_EDITOR_ROWS: no screen is taller.
 */
int ta_editor_rows(const struct ta_editor *editor, int columns);

#endif
