/**
 * What the screens have in common: title line, rules, bars, large digits, lists and texts that
 * scroll.
 */
#ifndef TURNABOUT_TUI_FRAME_H
#define TURNABOUT_TUI_FRAME_H

#include <stddef.h>

#include "turnabout/tui/key.h"
#include "turnabout/tui/surface.h"

/** Line 1: what this is at the left, a fact at the right (may be NULL). */
void ta_title(struct ta_surface *surface, const char *left, const char *right);
/** A line across, from column 1 to the last but one. */
void ta_rule(struct ta_surface *surface, int row);
/** A bar of `columns` columns in eighths of a column: `part` of `whole`. The rest of the columns
 *  stays as it is. */
void ta_bar(struct ta_surface *surface, int row, int column, int columns, enum ta_role_of_cell role,
            int64_t part, int64_t whole);
/** Digits and ":" four rows high, each five columns wide (":" three). Returns the columns used. */
int ta_large_digits(struct ta_surface *surface, int row, int column, enum ta_role_of_cell role,
                    const char *text);

/** A list with a chosen row. Drawing remembers `top` and `page`, in a const list too. */
struct ta_list {
    size_t count;
    size_t chosen;
    size_t top;  /**< first row shown when it was last drawn */
    size_t page; /**< rows shown when it was last drawn */
};

/** Keeps `chosen` and `top` in bounds after `count` changed. */
void ta_list_set_count(struct ta_list *list, size_t count);
/** Arrows, j/k, g/G, Home/End, PgUp/PgDn, wheel. True: taken. */
bool ta_list_key(struct ta_list *list, const struct ta_key *key);
/** Scrolls so that `chosen` shows in `rows` rows; returns the first row's index. The list is part
 * of a screen's state: it may be const here, but not where it was made. */
size_t ta_list_show(const struct ta_list *list, size_t rows);

enum { TA_SCROLL_FAR = 1 << 20 }; /**< rows; more than any text has */

/** Rows by which a key scrolls a text of which `rows` show: arrows, j/k, PgUp/b, PgDn/Space, wheel;
 *  Home/g and End/G by TA_SCROLL_FAR. 0: the key is none of them. */
int ta_scroll(const struct ta_key *key, int rows);
/** Scrolls a text whose first row shown is `*top`, never below 0; where it ends, drawing knows.
 *  True: taken. */
bool ta_scroll_key(int *top, int rows, const struct ta_key *key);

#endif
