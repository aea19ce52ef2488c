#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include <cmocka.h>

#include "rows.h"
#include "turnabout/tui/surface.h"

enum { ROWS = 4, COLUMNS = 12 };

static int make_surface(void **state)
{
    static struct ta_surface surface;
    ta_surface_init(&surface, ROWS, COLUMNS);
    *state = &surface;
    return 0;
}

static int release_surface(void **state)
{
    ta_surface_release(*state);
    return 0;
}

static const struct ta_cell *cell(const struct ta_surface *surface, int row, int column)
{
    return &surface->cells[row * surface->columns + column];
}

/* How many characters a cell shows. */
static size_t length_at(const struct ta_surface *surface, int row, int column)
{
    wchar_t text[TA_CELL_MARKS + 2];
    ta_cell_text(surface, cell(surface, row, column), text);
    return wcslen(text);
}

static void text_stands_where_it_is_put(void **state)
{
    struct ta_surface *surface = *state;
    assert_int_equal(ta_put(surface, 1, 2, 8, TA_ACCENT, "Dana"), 4);
    expect_row(surface, 1, "  Dana");
    expect_row(surface, 0, "");
    expect_role(surface, (struct ta_area){1, 2, 1, 4}, TA_ACCENT);
    expect_role(surface, (struct ta_area){1, 6, 1, 6}, TA_PLAIN);
    assert_int_equal(ta_putf(surface, 2, 0, 12, TA_PLAIN, "%d of %s", 3, "six"), 8);
    expect_row(surface, 2, "3 of six");
    assert_int_equal(ta_put_bytes(surface, 3, 0, 12, TA_PLAIN, "cut here", 3), 3);
    expect_row(surface, 3, "cut");
}

static void what_does_not_fit_ends_in_an_ellipsis(void **state)
{
    struct ta_surface *surface = *state;
    assert_int_equal(ta_put(surface, 0, 0, 5, TA_PLAIN, "Wrap-up"), 5);
    expect_row(surface, 0, "Wrap…");
    assert_int_equal(ta_put(surface, 1, 0, 7, TA_PLAIN, "Wrap-up"), 7);
    expect_row(surface, 1, "Wrap-up");
    assert_int_equal(ta_put(surface, 2, 8, 100, TA_PLAIN, "beyond"), 4);
    expect_row(surface, 2, "        bey…");
    assert_int_equal(ta_put(surface, 3, 0, 1, TA_PLAIN, "no room"), 1);
    expect_row(surface, 3, "…");
}

static void nothing_is_put_beyond_the_surface(void **state)
{
    struct ta_surface *surface = *state;
    assert_int_equal(ta_put(surface, -1, 0, 5, TA_PLAIN, "x"), 0);
    assert_int_equal(ta_put(surface, ROWS, 0, 5, TA_PLAIN, "x"), 0);
    assert_int_equal(ta_put(surface, 0, COLUMNS, 5, TA_PLAIN, "x"), 0);
    assert_int_equal(ta_put(surface, 0, -1, 5, TA_PLAIN, "x"), 0);
    assert_int_equal(ta_put(surface, 0, 0, 0, TA_PLAIN, "x"), 0);
    assert_int_equal(ta_put(surface, 0, 0, -3, TA_PLAIN, "x"), 0);
    ta_fill(surface, (struct ta_area){-5, -5, 100, 7}, TA_FRAME, "#");
    ta_paint(surface, (struct ta_area){2, 9, 100, 100}, TA_GOOD);
    for (int row = 0; row < ROWS; row++) {
        expect_row(surface, row, "##");
    }
    expect_role(surface, (struct ta_area){2, 9, 2, 3}, TA_GOOD);
    ta_fill(surface, (struct ta_area){3, 9, 1, 100}, TA_FRAME, "日");
    expect_row(surface, 3, "##       日");
}

static void wide_characters_take_two_cells_or_none(void **state)
{
    struct ta_surface *surface = *state;
    assert_int_equal(ta_put(surface, 0, 0, 12, TA_PLAIN, "日本"), 4);
    assert_int_equal(cell(surface, 0, 0)->width, 2);
    assert_int_equal(cell(surface, 0, 1)->width, 0);
    assert_int_equal(ta_put(surface, 1, 0, 4, TA_PLAIN, "日本語"), 3);
    expect_row(surface, 1, "日…");
    assert_int_equal(ta_put(surface, 2, 11, 5, TA_PLAIN, "日"), 1);
    expect_row(surface, 2, "           …");
}

static void half_a_wide_character_does_not_stay(void **state)
{
    struct ta_surface *surface = *state;
    (void)ta_put(surface, 0, 0, 12, TA_PLAIN, "日本語");
    (void)ta_put(surface, 0, 1, 1, TA_PLAIN, "x");
    expect_row(surface, 0, " x本語");
    (void)ta_put(surface, 0, 2, 1, TA_PLAIN, "y");
    expect_row(surface, 0, " xy 語");
    (void)ta_put(surface, 0, 3, 2, TA_PLAIN, "中");
    expect_row(surface, 0, " xy中");
    assert_int_equal(cell(surface, 0, 5)->width, 1);
}

static void marks_sit_on_their_base(void **state)
{
    struct ta_surface *surface = *state;
    assert_int_equal(ta_put(surface, 0, 0, 12, TA_PLAIN, "e\u0301a"), 2);
    assert_int_equal(length_at(surface, 0, 0), 2);
    assert_int_equal(cell(surface, 0, 1)->point, L'a');
    assert_int_equal(
        ta_put(surface, 1, 0, 12, TA_PLAIN, "o\u0301\u0302\u0303\u0304\u0305\u0306\u0307x"), 2);
    assert_int_equal(length_at(surface, 1, 0), 1 + TA_CELL_MARKS);
    assert_int_equal(ta_put(surface, 2, 0, 12, TA_PLAIN, "日\u0301x"), 3);
    assert_int_equal(length_at(surface, 2, 0), 2);
}

static void no_control_reaches_a_cell(void **state)
{
    struct ta_surface *surface = *state;
    (void)ta_put(surface, 0, 0, 12, TA_PLAIN, "a\033[31mb\tc\nd");
    expect_row(surface, 0, "a\uFFFD[31mb c d");
    (void)ta_putf(surface, 1, 0, 12, TA_PLAIN, "x%lcy\xFFz\xC2\x9B", (wint_t)0x202E);
    expect_row(surface, 1, "x\uFFFDy\uFFFDz\uFFFD");
}

static void text_can_end_at_a_column(void **state)
{
    struct ta_surface *surface = *state;
    assert_int_equal(ta_put_right(surface, 0, 2, 10, TA_PLAIN, "2 d"), 3);
    expect_row(surface, 0, "         2 d");
    assert_int_equal(ta_put_right(surface, 1, 2, 4, TA_PLAIN, "15 Dec"), 4);
    expect_row(surface, 1, "  15 …");
}

static void text_wraps_into_an_area(void **state)
{
    struct ta_surface *surface = *state;
    struct ta_area area = {1, 1, 3, 8};
    assert_int_equal(ta_put_wrapped(surface, area, TA_PLAIN, "who is heard, who waits"), 3);
    expect_row(surface, 0, "");
    expect_row(surface, 1, " who is");
    expect_row(surface, 2, " heard,");
    expect_row(surface, 3, " who");
    ta_surface_clear(surface, ROWS, COLUMNS);
    assert_int_equal(ta_put_wrapped(surface, area, TA_PLAIN, "one\n\n  two"), 3);
    expect_row(surface, 1, " one");
    expect_row(surface, 2, "");
    expect_row(surface, 3, "   two");
    assert_int_equal(ta_put_wrapped(surface, area, TA_PLAIN, ""), 0);
    assert_int_equal(ta_put_wrapped(surface, (struct ta_area){0, 0, 2, 0}, TA_PLAIN, "x"), 0);
}

static void painting_changes_roles_alone(void **state)
{
    struct ta_surface *surface = *state;
    (void)ta_put(surface, 0, 0, 12, TA_GOOD, "done 日");
    ta_paint(surface, (struct ta_area){0, 0, 1, COLUMNS}, TA_CHOSEN);
    expect_row(surface, 0, "done 日");
    expect_role(surface, (struct ta_area){0, 0, 1, COLUMNS}, TA_CHOSEN);
}

static void a_box_has_its_title_in_the_edge(void **state)
{
    struct ta_surface *surface = *state;
    ta_box(surface, (struct ta_area){0, 0, 3, COLUMNS}, "Clauses");
    expect_row(surface, 0, "┌ Clauses ─┐");
    expect_row(surface, 1, "│          │");
    expect_row(surface, 2, "└──────────┘");
    ta_surface_clear(surface, ROWS, COLUMNS);
    ta_box(surface, (struct ta_area){0, 0, 3, COLUMNS}, "Confidentiality");
    expect_row(surface, 0, "┌ Confid… ─┐");
    ta_box(surface, (struct ta_area){1, 0, 1, 1}, "no room");
    expect_row(surface, 1, "│          │");
}

static void clearing_leaves_blanks_and_takes_another_size(void **state)
{
    struct ta_surface *surface = *state;
    const struct ta_cell *cells = surface->cells;
    ta_fill(surface, (struct ta_area){0, 0, ROWS, COLUMNS}, TA_ALARM, "#");
    surface->cursor_row = 2;
    ta_surface_clear(surface, ROWS, COLUMNS);
    assert_ptr_equal(surface->cells, cells);
    assert_int_equal(surface->cursor_row, -1);
    expect_role(surface, (struct ta_area){0, 0, ROWS, COLUMNS}, TA_PLAIN);
    expect_row(surface, 0, "");
    ta_surface_clear(surface, 1, 300);
    assert_int_equal(ta_put(surface, 0, 299, 1, TA_PLAIN, "x"), 1);
    assert_int_equal(ta_put(surface, 1, 0, 1, TA_PLAIN, "x"), 0);
}

int main(void)
{
    (void)setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_stands_where_it_is_put, make_surface, release_surface),
        cmocka_unit_test_setup_teardown(what_does_not_fit_ends_in_an_ellipsis, make_surface,
                                        release_surface),
        cmocka_unit_test_setup_teardown(nothing_is_put_beyond_the_surface, make_surface,
                                        release_surface),
        cmocka_unit_test_setup_teardown(wide_characters_take_two_cells_or_none, make_surface,
                                        release_surface),
        cmocka_unit_test_setup_teardown(half_a_wide_character_does_not_stay, make_surface,
                                        release_surface),
        cmocka_unit_test_setup_teardown(marks_sit_on_their_base, make_surface, release_surface),
        cmocka_unit_test_setup_teardown(no_control_reaches_a_cell, make_surface, release_surface),
        cmocka_unit_test_setup_teardown(text_can_end_at_a_column, make_surface, release_surface),
        cmocka_unit_test_setup_teardown(text_wraps_into_an_area, make_surface, release_surface),
        cmocka_unit_test_setup_teardown(painting_changes_roles_alone, make_surface,
                                        release_surface),
        cmocka_unit_test_setup_teardown(a_box_has_its_title_in_the_edge, make_surface,
                                        release_surface),
        cmocka_unit_test_setup_teardown(clearing_leaves_blanks_and_takes_another_size, make_surface,
                                        release_surface),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
