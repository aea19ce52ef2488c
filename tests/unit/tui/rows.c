#include "rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "turnabout/base/text.h"

void expect_row(const struct ta_surface *surface, int row, const char *text)
{
    struct ta_text found = {0};
    const struct ta_cell *cells = surface->cells + (size_t)row * (size_t)surface->columns;
    for (int column = 0; column < surface->columns; column++) {
        wchar_t cell[TA_CELL_MARKS + 2];
        ta_cell_text(surface, &cells[column], cell);
        ta_text_addf(&found, "%ls", cell);
    }
    while (found.length > 0 && found.bytes[found.length - 1] == ' ') {
        ta_text_remove(&found, found.length - 1, 1);
    }
    char *bytes = ta_text_take(&found);
    assert_string_equal(bytes, text);
    free(bytes);
}

void expect_role(const struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role)
{
    for (int row = area.row; row < area.row + area.rows; row++) {
        for (int column = area.column; column < area.column + area.columns; column++) {
            assert_int_equal(surface->cells[row * surface->columns + column].role, role);
        }
    }
}
