#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
        cmocka_unit_test(stands_where_it_was_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
