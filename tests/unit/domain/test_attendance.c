#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "turnabout/domain/attendance.h"

static const struct ta_day joined = {2026, 9, 1};

static void meet(struct ta_meetings *meetings, const char *when, enum ta_meeting_state state,
                 enum ta_role by)
{
    struct ta_meeting meeting = {.id = (unsigned)meetings->count + 1, .state = state, .by = by};
    assert_true(ta_moment_read(&meeting.when, ta_piece_of(when)));
    ta_meetings_add(meetings, &meeting);
}

/* A pair that meets every three weeks and has signed on 1 September. */
static struct ta_attendance pair_of(const struct ta_meetings *meetings)
{
    struct ta_attendance attendance = {.joined = joined,
                                       .read = {2026, 11, 22},
                                       .released = true,
                                       .level = TA_SHARED_TAKEAWAYS,
                                       .contract = 1,
                                       .since = joined,
                                       .planned = 6,
                                       .rhythm = 3};
    ta_attendance_count(&attendance, meetings);
    return attendance;
}

static void assert_from(const struct ta_attendance *attendance, enum ta_need need, int year,
                        int month, int day)
{
    struct ta_day from = ta_need_from(attendance, need);
    assert_int_equal(from.year, year);
    assert_int_equal(from.month, month);
    assert_int_equal(from.day, day);
}

static void dates_are_counted_by_what_became_of_them(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    meet(&meetings, "2026-09-08T10:00:00Z", TA_MEETING_HELD, TA_NOBODY);
    meet(&meetings, "2026-09-29T10:00:00Z", TA_MEETING_MOVED, TA_MENTEE);
    meet(&meetings, "2026-10-01T10:00:00Z", TA_MEETING_CANCELLED, TA_MENTOR);
    meet(&meetings, "2026-10-20T10:00:00Z", TA_MEETING_CANCELLED, TA_NOBODY);
    meet(&meetings, "2026-11-10T10:00:00Z", TA_MEETING_HELD, TA_NOBODY);
    meet(&meetings, "2026-12-01T10:00:00Z", TA_MEETING_PLANNED, TA_NOBODY);
    meetings.items[4].late = (struct ta_day){2026, 11, 12};
    struct ta_attendance attendance = pair_of(&meetings);
    assert_int_equal(attendance.held, 2);
    assert_int_equal(attendance.moved, 1);
    assert_int_equal(attendance.cancelled[TA_MENTOR], 1);
    assert_int_equal(attendance.cancelled[TA_MENTEE], 0);
    assert_int_equal(attendance.cancelled[TA_NOBODY], 1);
    assert_string_equal(attendance.course, "hmcch");
    assert_int_equal(ta_day_of(attendance.last).day, 12);
    assert_int_equal(ta_day_of(attendance.next).month, 12);
    ta_attendance_release(&attendance);
    ta_meetings_release(&meetings);
}

static void nothing_in_four_weeks_is_a_reason(void **state)
{
    (void)state;
    struct ta_attendance silent = {.joined = joined, .read = joined};
    assert_from(&silent, TA_NEED_CONTRACT, 2026, 9, 29);
    assert_false(ta_needs_look(&silent, TA_NEED_CONTRACT, (struct ta_day){2026, 9, 28}));
    assert_true(ta_needs_look(&silent, TA_NEED_CONTRACT, (struct ta_day){2026, 9, 29}));
    silent.released = true; /* they share nothing: that is theirs to say */
    assert_from(&silent, TA_NEED_CONTRACT, 0, 0, 0);
}

static void twice_the_rhythm_without_a_session_is_a_reason(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    struct ta_attendance fresh = pair_of(&meetings);
    assert_from(&fresh, TA_NEED_SESSION, 2026, 10, 14); /* 42 days after they signed are over */
    meet(&meetings, "2026-10-01T10:00:00Z", TA_MEETING_HELD, TA_NOBODY);
    struct ta_attendance met = pair_of(&meetings);
    assert_from(&met, TA_NEED_SESSION, 2026, 11, 13);
    met.planned = 1; /* all that was agreed on was held */
    assert_from(&met, TA_NEED_SESSION, 0, 0, 0);
    ta_attendance_release(&met);
    ta_attendance_release(&fresh);
    ta_meetings_release(&meetings);
}

static void two_in_a_row_by_one_role_are_a_reason(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    meet(&meetings, "2026-09-08T10:00:00Z", TA_MEETING_CANCELLED, TA_MENTEE);
    meet(&meetings, "2026-09-29T10:00:00Z", TA_MEETING_CANCELLED, TA_MENTOR);
    struct ta_attendance mixed = pair_of(&meetings);
    assert_from(&mixed, TA_NEED_CANCELLED, 0, 0, 0);
    meet(&meetings, "2026-10-20T10:00:00Z", TA_MEETING_CANCELLED, TA_NOBODY);
    meet(&meetings, "2026-11-03T10:00:00Z", TA_MEETING_MOVED, TA_MENTEE);
    meet(&meetings, "2026-11-10T10:00:00Z", TA_MEETING_CANCELLED, TA_MENTOR);
    struct ta_attendance row = pair_of(&meetings);
    assert_from(&row, TA_NEED_CANCELLED, 2026, 11, 10);
    assert_int_equal(row.run, 2);
    assert_int_equal(row.run_by, TA_MENTOR);
    meet(&meetings, "2026-11-17T10:00:00Z", TA_MEETING_HELD, TA_NOBODY);
    struct ta_attendance over = pair_of(&meetings);
    assert_from(&over, TA_NEED_CANCELLED, 0, 0, 0);
    ta_attendance_release(&over);
    ta_attendance_release(&row);
    ta_attendance_release(&mixed);
    ta_meetings_release(&meetings);
}

static void dates_given_up_ahead_count_since_they_are_known(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    meet(&meetings, "2026-12-01T10:00:00Z", TA_MEETING_CANCELLED, TA_MENTEE);
    meet(&meetings, "2026-12-22T10:00:00Z", TA_MEETING_CANCELLED, TA_MENTEE);
    struct ta_attendance ahead = pair_of(&meetings);
    assert_from(&ahead, TA_NEED_CANCELLED, 2026, 11, 22);
    ta_attendance_release(&ahead);
    ta_meetings_release(&meetings);
}

static void promises_done_and_not_told_back_are_a_reason(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    meet(&meetings, "2026-11-03T10:00:00Z", TA_MEETING_HELD, TA_NOBODY);
    struct ta_attendance pair = pair_of(&meetings);
    pair.done = 1;
    assert_from(&pair, TA_NEED_TOLD, 0, 0, 0); /* how many there are is not shared */
    pair.promises = true;
    assert_from(&pair, TA_NEED_TOLD, 2026, 11, 3);
    struct ta_day look = ta_look_from(&pair);
    assert_int_equal(look.month, 11);
    assert_int_equal(look.day, 3);
    ta_attendance_release(&pair);
    ta_meetings_release(&meetings);
}

/* A date may lie ahead of the day on which it was read, by a clock that is wrong. */
static void promises_are_done_when_they_are_known_to_be(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    meet(&meetings, "2026-12-01T10:00:00Z", TA_MEETING_HELD, TA_NOBODY);
    struct ta_attendance pair = pair_of(&meetings);
    pair.done = 1;
    pair.promises = true;
    assert_from(&pair, TA_NEED_TOLD, 2026, 11, 22);
    ta_attendance_release(&pair);
    ta_meetings_release(&meetings);
}

static void a_look_is_needed_from_the_first_of_the_reasons(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    meet(&meetings, "2026-10-01T10:00:00Z", TA_MEETING_HELD, TA_NOBODY);
    meet(&meetings, "2026-11-03T10:00:00Z", TA_MEETING_CANCELLED, TA_MENTEE);
    meet(&meetings, "2026-11-10T10:00:00Z", TA_MEETING_CANCELLED, TA_MENTEE);
    struct ta_attendance pair = pair_of(&meetings);
    pair.rhythm = 1;
    assert_from(&pair, TA_NEED_SESSION, 2026, 10, 16);
    assert_from(&pair, TA_NEED_CANCELLED, 2026, 11, 10);
    struct ta_day look = ta_look_from(&pair);
    assert_int_equal(look.month, 10);
    assert_int_equal(look.day, 16);
    ta_attendance_release(&pair);
    ta_meetings_release(&meetings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_counted_by_what_became_of_them),
        cmocka_unit_test(nothing_in_four_weeks_is_a_reason),
        cmocka_unit_test(twice_the_rhythm_without_a_session_is_a_reason),
        cmocka_unit_test(two_in_a_row_by_one_role_are_a_reason),
        cmocka_unit_test(dates_given_up_ahead_count_since_they_are_known),
        cmocka_unit_test(promises_done_and_not_told_back_are_a_reason),
        cmocka_unit_test(promises_are_done_when_they_are_known_to_be),
        cmocka_unit_test(a_look_is_needed_from_the_first_of_the_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
