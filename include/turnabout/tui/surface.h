/**
 * What a screen draws on: a grid of cells, each a character and a role. A role says what a thing
 * is; how it looks is the theme's. Everything put here is cleaned (ta_clean), so no byte from a
 * file reaches a terminal as a control.
 */
#ifndef TURNABOUT_TUI_SURFACE_H
#define TURNABOUT_TUI_SURFACE_H

#include <stdbool.h>
#include <stdint.h>

#include <wchar.h>

#include "turnabout/base/text.h"

enum ta_role_of_cell {
    TA_PLAIN,     /**< the text itself */
    TA_QUIET,     /**< labels, what is past, what may be overlooked */
    TA_STRONG,    /**< what the eye should meet first */
    TA_TITLE,     /**< line 1 */
    TA_FOOT,      /**< the last line */
    TA_KEY_NAME,  /**< a key in the footer or in help */
    TA_FRAME,     /**< rules and boxes */
    TA_ACCENT,    /**< the next step, the item in hand */
    TA_CHOSEN,    /**< the row under the cursor */
    TA_SELECTION, /**< selected text in an editor */
    TA_GOOD,      /**< done, signed, in force */
    TA_CAUTION,   /**< off-limits marks, five minutes left, overdue */
    TA_ALARM,     /**< over time, errors */
    TA_MINE,      /**< what nobody else reads */
    TA_TAKEAWAY,  /**< kinds of notes */
    TA_PROMISE,
    TA_QUESTION,
    TA_DIFFERENCE,
    TA_CLOCK,   /**< the large digits */
    TA_ADDED,   /**< a line only in the newer text */
    TA_REMOVED, /**< a line only in the older text */
    TA_CELL_ROLES
};

enum { TA_CELL_MARKS = 4 };

/** Small, because a screen has thousands, and each key compares them all. */
struct ta_cell {
    uint32_t point; /**< the base character; 0 behind a wide one */
    uint16_t marks; /**< which of the surface's marks stand on it, from 1; 0: none */
    uint8_t role;
    uint8_t width; /**< 1 or 2; 0 behind a wide character */
};

/** What stands on one character: rare, so kept beside the cells. */
struct ta_marks {
    wchar_t points[TA_CELL_MARKS + 1]; /**< ends in 0 */
};

struct ta_surface {
    int rows, columns;
    struct ta_cell *cells;
    struct ta_marks *marks; /**< of all cells that have some */
    size_t mark_count;
    int cursor_row, cursor_column; /**< where the attention is; -1: nowhere, the last row's end */
    struct ta_text line;           /**< text on its way to the cells, so that no put allocates */
};

/** A part of a surface. */
struct ta_area {
    int row, column, rows, columns;
};

void ta_surface_init(struct ta_surface *surface, int rows, int columns);
/** Blank cells in TA_PLAIN, no cursor; keeps the memory when the size is the same. */
void ta_surface_clear(struct ta_surface *surface, int rows, int columns);
void ta_surface_release(struct ta_surface *surface);

/** The characters of a cell as a string: base and marks; empty behind a wide character. */
void ta_cell_text(const struct ta_surface *surface, const struct ta_cell *cell,
                  wchar_t text[TA_CELL_MARKS + 2]);

/**
 * Puts text from (row, column) into at most `columns` columns, never beyond the surface, as one
 * line (line feeds show as blanks). What does not fit ends in "…". Returns the columns used.
 */
int ta_put(struct ta_surface *surface, int row, int column, int columns, enum ta_role_of_cell role,
           const char *text);
int ta_put_bytes(struct ta_surface *surface, int row, int column, int columns,
                 enum ta_role_of_cell role, const char *bytes, size_t length);
int ta_putf(struct ta_surface *surface, int row, int column, int columns, enum ta_role_of_cell role,
            const char *format, ...) __attribute__((format(printf, 6, 7)));
/** The same with its end at column + columns. */
int ta_put_right(struct ta_surface *surface, int row, int column, int columns,
                 enum ta_role_of_cell role, const char *text);
/** Wraps text into an area; returns the rows used. What does not fit is left out. */
int ta_put_wrapped(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role,
                   const char *text);
/** Gives cells a role without changing their characters (a chosen row). */
void ta_paint(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role);
/** One character again and again. */
void ta_fill(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role,
             const char *character);
/** A frame around an area (on its outermost cells) with a title in its upper edge (may be NULL). */
void ta_box(struct ta_surface *surface, struct ta_area area, const char *title);

#endif
