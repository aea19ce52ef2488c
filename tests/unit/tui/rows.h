/** Rows of a surface as text, for the tests of what draws on one. */
#ifndef TURNABOUT_TESTS_TUI_ROWS_H
#define TURNABOUT_TESTS_TUI_ROWS_H

#include "turnabout/tui/surface.h"

/** The row holds these characters, and blanks behind them. */
void expect_row(const struct ta_surface *surface, int row, const char *text);
/** The cells from (row, column) have this role. */
void expect_role(const struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role);

#endif
