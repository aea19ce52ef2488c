#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rows.h"
#include "turnabout/tui/frame.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void a_title_has_a_fact_at_the_right_while_there_is_room(void **state)
{
    (void)state;
    struct ta_surface surface;
    ta_surface_init(&surface, 1, 24);
    ta_title(&surface, "Agenda", "38 of 45");
    expect_row(&surface, 0, " Agenda        38 of 45");
    expect_role(&surface, (struct ta_area){0, 0, 1, 24}, TA_TITLE);
    ta_surface_clear(&surface, 1, 24);
    ta_title(&surface, "Agenda for session 3", "38 of 45");
    expect_row(&surface, 0, " Agenda for …  38 of 45");
    ta_surface_clear(&surface, 1, 24);
    ta_title(&surface, "Agenda", "38 of 45 minutes");
    expect_row(&surface, 0, " Agenda");
    ta_surface_clear(&surface, 1, 24);
    ta_title(&surface, "Agenda", NULL);
    expect_row(&surface, 0, " Agenda");
    ta_surface_release(&surface);
}

static void a_rule_leaves_a_blank_at_both_ends(void **state)
{
    (void)state;
    struct ta_surface surface;
    ta_surface_init(&surface, 2, 6);
    ta_rule(&surface, 1);
    expect_row(&surface, 1, " ────");
    ta_surface_release(&surface);
}

static void a_bar_counts_in_eighths(void **state)
{
    (void)state;
    static const struct {
        int64_t part, whole;
        const char *bar;
    } cases[] = {
        {0, 45, ""},
        {45, 45, "████"},
        {99, 45, "████"},
        {-1, 45, ""},
        {1, 2, "██"},
        {1, 32, "▏"},
        {11, 32, "█▍"},
        {1, 1000, ""},
        {31, 32, "███▉"},
        {5, 0, ""},
        {INT64_MAX, INT64_MAX, "████"},
    };
    struct ta_surface surface;
    ta_surface_init(&surface, 1, 4);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        ta_surface_clear(&surface, 1, 4);
        ta_bar(&surface, 0, 0, 4, TA_GOOD, cases[i].part, cases[i].whole);
        expect_row(&surface, 0, cases[i].bar);
    }
    ta_surface_release(&surface);
}

static void digits_are_four_rows_high(void **state)
{
    (void)state;
    struct ta_surface surface;
    ta_surface_init(&surface, 4, 80);
    assert_int_equal(ta_large_digits(&surface, 0, 0, TA_CLOCK, "27:08"), 23);
    expect_row(&surface, 0, "▄▀▀▄ ▀▀▀█    ▄▀▀▄ ▄▀▀▄");
    expect_row(&surface, 1, "  ▄▀   ▄▀  ▀ █  █ ▀▄▄▀");
    expect_row(&surface, 2, "▄▀    ▄▀   ▀ █  █ █  █");
    expect_row(&surface, 3, "▀▀▀▀  ▀       ▀▀   ▀▀");
    ta_surface_clear(&surface, 4, 80);
    assert_int_equal(ta_large_digits(&surface, 0, 78, TA_CLOCK, "11"), 10);
    assert_int_equal(ta_large_digits(&surface, 0, 0, TA_CLOCK, "+x "), 0);
    ta_surface_release(&surface);
}

/* Lists */

static bool press(struct ta_list *list, const char *name)
{
    struct ta_key key;
    assert_true(ta_key_read(&key, name));
    return ta_list_key(list, &key);
}

static void keys_move_the_chosen_row_within_the_list(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        size_t chosen;
    } steps[] = {
        {"Down", 1}, {"j", 2},    {"Up", 1},   {"k", 0},         {"k", 0},       {"PgDn", 4},
        {"PgDn", 8}, {"PgUp", 4}, {"G", 29},   {"Down", 29},     {"PgDn", 29},   {"g", 0},
        {"PgUp", 0}, {"End", 29}, {"Home", 0}, {"WheelDown", 3}, {"WheelUp", 0},
    };
    struct ta_list list = {0};
    ta_list_set_count(&list, 30);
    (void)ta_list_show(&list, 5);
    for (size_t i = 0; i < LENGTH(steps); i++) {
        assert_true(press(&list, steps[i].key));
        assert_int_equal(list.chosen, steps[i].chosen);
    }
    assert_false(press(&list, "x"));
    assert_false(press(&list, "Enter"));
}

static void an_empty_list_takes_its_keys_and_stays(void **state)
{
    (void)state;
    struct ta_list list = {0};
    assert_true(press(&list, "Down"));
    assert_true(press(&list, "G"));
    assert_int_equal(list.chosen, 0);
    assert_int_equal(ta_list_show(&list, 5), 0);
    assert_int_equal(ta_list_show(&list, 0), 0);
}

static void a_list_scrolls_no_more_than_it_must(void **state)
{
    (void)state;
    struct ta_list list = {0};
    ta_list_set_count(&list, 10);
    list.chosen = 3;
    assert_int_equal(ta_list_show(&list, 4), 0);
    list.chosen = 4;
    assert_int_equal(ta_list_show(&list, 4), 1);
    list.chosen = 2;
    assert_int_equal(ta_list_show(&list, 4), 1);
    list.chosen = 0;
    assert_int_equal(ta_list_show(&list, 4), 0);
    list.chosen = 9;
    assert_int_equal(ta_list_show(&list, 4), 6);
    assert_int_equal(ta_list_show(&list, 8), 2);
    assert_int_equal(ta_list_show(&list, 20), 0);
    assert_int_equal(ta_list_show(&list, 1), 9);
    assert_int_equal(ta_list_show(&list, 0), 0);
}

static void a_list_that_became_shorter_keeps_a_row_chosen(void **state)
{
    (void)state;
    struct ta_list list = {0};
    ta_list_set_count(&list, 10);
    list.chosen = 9;
    (void)ta_list_show(&list, 4);
    ta_list_set_count(&list, 9);
    assert_int_equal(list.chosen, 8);
    ta_list_set_count(&list, 3);
    assert_int_equal(list.chosen, 2);
    assert_in_range(list.top, 0, 2);
    assert_int_equal(ta_list_show(&list, 4), 0);
    ta_list_set_count(&list, 0);
    assert_int_equal(list.chosen, 0);
    assert_int_equal(ta_list_show(&list, 4), 0);
}

int main(void)
{
    (void)setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_has_a_fact_at_the_right_while_there_is_room),
        cmocka_unit_test(a_rule_leaves_a_blank_at_both_ends),
        cmocka_unit_test(a_bar_counts_in_eighths),
        cmocka_unit_test(digits_are_four_rows_high),
        cmocka_unit_test(keys_move_the_chosen_row_within_the_list),
        cmocka_unit_test(an_empty_list_takes_its_keys_and_stays),
        cmocka_unit_test(a_list_scrolls_no_more_than_it_must),
        cmocka_unit_test(a_list_that_became_shorter_keeps_a_row_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
