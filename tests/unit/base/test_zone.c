#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "turnabout/base/zone.h"

/* 1 January 2027, 1 January 2028, in UTC. */
static const int64_t from = INT64_C(1798761600000);
static const int64_t until = INT64_C(1830297600000);

static struct ta_zone zone_of(const char *tz)
{
    struct ta_zone zone;
    assert_int_equal(setenv("TZ", tz, 1), 0);
    tzset();
    ta_zone_read(&zone, from, until);
    return zone;
}

static void a_change_is_found_to_the_second(void **state)
{
    (void)state;
    struct ta_zone zone = zone_of("Europe/Berlin");
    assert_string_equal(zone.name, "Europe/Berlin");
    assert_int_equal(zone.count, 3);
    assert_int_equal(zone.changes[0].instant, from);
    assert_int_equal(zone.changes[0].after, 60);
    assert_int_equal(zone.changes[1].instant, INT64_C(1806195600000)); /* 28 March, 01:00 UTC */
    assert_int_equal(zone.changes[1].before, 60);
    assert_int_equal(zone.changes[1].after, 120);
    assert_true(zone.changes[1].summer);
    assert_string_equal(zone.changes[1].letters, "CEST");
    assert_int_equal(zone.changes[2].instant, INT64_C(1824944400000)); /* 31 October, 01:00 UTC */
    assert_int_equal(zone.changes[2].after, 60);
    assert_false(zone.changes[2].summer);
    ta_zone_release(&zone);
}

static void names(void **state)
{
    (void)state;
    static const struct {
        const char *tz, *name;
        size_t count;
    } zones[] = {
        {":America/New_York", "America/New_York", 3},
        {"/usr/share/zoneinfo/Asia/Kolkata", "Asia/Kolkata", 1},
        {"UTC", "UTC", 1},
        {"", "UTC", 1},
        {"CET-1CEST,M3.5.0,M10.5.0/3", "local", 3},
        {"Europe/Berlin\r\nX", "local", 1},
    };
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        struct ta_zone zone = zone_of(zones[i].tz);
        assert_string_equal(zone.name, zones[i].name);
        assert_int_equal(zone.count, zones[i].count);
        ta_zone_release(&zone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_found_to_the_second),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
