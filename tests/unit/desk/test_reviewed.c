/* What is said of dates that fell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "turnabout/desk/overview.h"

static struct ta_moment at(const char *text)
{
    struct ta_moment moment;
    assert_true(ta_moment_read(&moment, ta_piece_of(text)));
    return moment;
}

static void expect(const struct ta_meetings *dates, const struct ta_meeting *date,
                   const char *sentence)
{
    struct ta_text said = {0};
    ta_say_fallen(&said, dates, date);
    assert_string_equal(said.bytes, sentence);
    ta_text_release(&said);
}

static void test_who_cancelled_and_when(void **state)
{
    (void)state;
    struct ta_meeting date = {.id = 1,
                              .when = at("2026-11-02T10:00:00+01:00"),
                              .state = TA_MEETING_CANCELLED,
                              .by = TA_MENTEE,
                              .has_notice = true,
                              .notice = 23};
    struct ta_meetings dates = {&date, 1};
    expect(&dates, &date,
           "The date of Mon 2 Nov 2026 10:00 was cancelled by the mentee, 23 h before.");
    date.notice = 0;
    expect(&dates, &date,
           "The date of Mon 2 Nov 2026 10:00 was cancelled by the mentee, less than an hour "
           "before.");
    date.notice = 125;
    date.by = TA_MENTOR;
    expect(&dates, &date,
           "The date of Mon 2 Nov 2026 10:00 was cancelled by the mentor, 5 d before.");
    date.has_notice = false;
    expect(&dates, &date, "The date of Mon 2 Nov 2026 10:00 was cancelled by the mentor.");
    date.by = TA_NOBODY;
    expect(&dates, &date,
           "The date of Mon 2 Nov 2026 10:00 was cancelled. Neither of the two is said to have "
           "asked for it.");
}

static void test_where_it_moved_to(void **state)
{
    (void)state;
    struct ta_meeting both[] = {{.id = 1,
                                 .when = at("2026-11-02T10:00:00+01:00"),
                                 .state = TA_MEETING_MOVED,
                                 .by = TA_NOBODY,
                                 .has_notice = true,
                                 .notice = 46,
                                 .moved_to = 2},
                                {.id = 2, .when = at("2026-11-09T11:30:00+01:00")}};
    struct ta_meetings dates = {both, 2};
    expect(&dates, &both[0],
           "The date of Mon 2 Nov 2026 10:00 was moved to Mon 9 Nov 2026 11:30, 46 h before. "
           "Neither of the two is said to have asked for it.");
    both[0].moved_to = 7;
    both[0].by = TA_MENTEE;
    expect(&dates, &both[0],
           "The date of Mon 2 Nov 2026 10:00 was moved by the mentee, 46 h before.");
    assert_true(ta_date_fell(&both[0]));
    assert_false(ta_date_fell(&both[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_cancelled_and_when),
        cmocka_unit_test(test_where_it_moved_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
