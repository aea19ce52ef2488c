#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "turnabout/base/clock.h"

static const int64_t nine = 1795510800000; /* 2026-11-24T09:00:00Z */

static int64_t system_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void reads_the_time_of_the_system(void **state)
{
    (void)state;
    struct ta_clock clock;
    assert_true(ta_clock_start(&clock, NULL, NULL));
    int64_t before = system_now();
    int64_t now = ta_clock_now(&clock);
    assert_in_range(now + 1000 - before, 0, 5000);
}

static void counts_on_from_a_given_instant(void **state)
{
    (void)state;
    struct ta_clock clock;
    assert_true(ta_clock_start(&clock, "2026-11-24T10:00:00+01:00", NULL));
    assert_int_equal(clock.wall_at_start, nine);
    /* As if the program had been started a minute ago. */
    clock.boot_at_start -= 60000;
    assert_in_range(ta_clock_now(&clock), nine + 60000, nine + 65000);
}

static void refuses_what_is_no_instant(void **state)
{
    (void)state;
    struct ta_clock clock = {1, 2, false};
    struct ta_error err;
    assert_false(ta_clock_start(&clock, "tomorrow", &err));
    assert_int_equal(err.code, TA_WRONG);
    assert_non_null(strstr(err.text, "tomorrow"));
    assert_int_equal(clock.wall_at_start, 1);
}

enum { HOUR = 3600000, SLACK = 10000 /* milliseconds between two readings, on a slow machine */ };

/* Another process, for which the wall clock was set an hour off: the mark is what both go by. */
static void goes_on_from_a_mark_of_this_boot(void **state)
{
    (void)state;
    struct ta_clock first;
    struct ta_clock second;
    assert_true(ta_clock_start(&first, NULL, NULL));
    assert_true(ta_clock_start(&second, "-1h", NULL));
    int64_t apart = ta_clock_now(&first) - ta_clock_now(&second);
    assert_in_range(apart, HOUR - SLACK, HOUR + SLACK);
    char *mark = ta_clock_mark(&first);
    assert_non_null(mark);
    assert_true(ta_clock_follow(&second, mark));
    apart = ta_clock_now(&second) - ta_clock_now(&first);
    assert_in_range(apart + SLACK, 0, 2 * SLACK);

    struct ta_clock before = second;
    mark[0] = mark[0] == 'f' ? '0' : 'f'; /* another boot */
    assert_false(ta_clock_follow(&second, mark));
    assert_false(ta_clock_follow(&second, NULL));
    assert_int_equal(second.wall_at_start, before.wall_at_start);
    assert_int_equal(second.boot_at_start, before.boot_at_start);
    assert_int_equal(second.is_given, before.is_given);
    free(mark);
}

static void a_given_clock_leaves_and_follows_no_mark(void **state)
{
    (void)state;
    struct ta_clock system;
    struct ta_clock given;
    assert_true(ta_clock_start(&system, NULL, NULL));
    assert_true(ta_clock_start(&given, "2026-11-24T10:00:00+01:00", NULL));
    char *mark = ta_clock_mark(&system);
    assert_null(ta_clock_mark(&given));
    assert_false(ta_clock_follow(&given, mark));
    free(mark);
}

static void stands_where_it_was_put(void **state)
{
    (void)state;
    struct ta_clock clock;
    ta_clock_stand(&clock, nine);
    assert_int_equal(clock.boot_at_start, -1);
    assert_int_equal(ta_clock_now(&clock), nine);
    ta_clock_stand(&clock, nine + 1);
    assert_int_equal(ta_clock_now(&clock), nine + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_time_of_the_system),
        cmocka_unit_test(counts_on_from_a_given_instant),
        cmocka_unit_test(refuses_what_is_no_instant),
        cmocka_unit_test(goes_on_from_a_mark_of_this_boot),
        cmocka_unit_test(a_given_clock_leaves_and_follows_no_mark),
        cmocka_unit_test(stands_where_it_was_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
