/**
 * Where an editor was last drawn and how far it is scrolled. Kept apart from the text, so that a
 * screen that may not change its state can be drawn.
 */
#ifndef TURNABOUT_TUI_WIDGETS_VIEW_H
#define TURNABOUT_TUI_WIDGETS_VIEW_H

#include "turnabout/tui/editor.h"

struct ta_editor_view {
    struct ta_area area;
    int columns; /**< what rows are wrapped into */
    size_t top;  /**< the first row shown; of one line, the first character */
};

static inline size_t ta_selection_start(const struct ta_editor *editor)
{
    return editor->anchor < editor->cursor ? editor->anchor : editor->cursor;
}

static inline size_t ta_selection_end(const struct ta_editor *editor)
{
    return editor->anchor < editor->cursor ? editor->cursor : editor->anchor;
}

/** Whether a cell lies where the editor was drawn, and the place in the text that is there. */
bool ta_view_holds(const struct ta_editor *editor, int row, int column);
size_t ta_view_place(const struct ta_editor *editor, int row, int column);

#endif
