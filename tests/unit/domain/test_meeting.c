#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/meeting.h"

static struct ta_moment at(const char *text)
{
    struct ta_moment moment;
    assert_true(ta_moment_read(&moment, ta_piece_of(text)));
    return moment;
}

static void assert_next(const char *last, unsigned weeks, const char *now, const char *expected)
{
    char written[TA_DATE_SIZE];
    ta_moment_write(written, ta_rhythm_next(at(last), weeks, at(now).instant));
    assert_string_equal(written, expected);
}

static void the_rhythm_keeps_day_and_time(void **state)
{
    (void)state;
    assert_next("2026-11-24T10:00:00+01:00", 3, "2026-11-24T11:00:00+01:00",
                "2026-12-15T10:00:00+01:00");
    assert_next("2026-11-24T10:00:00+01:00", 1, "2026-11-24T09:00:00+01:00",
                "2026-12-01T10:00:00+01:00");
}

static void ten_in_berlin_stays_ten_when_the_clocks_change(void **state)
{
    (void)state;
    assert_next("2026-10-13T10:00:00+02:00", 3, "2026-10-13T11:00:00+02:00",
                "2026-11-03T10:00:00+01:00");
    assert_next("2027-03-16T10:00:00+01:00", 3, "2027-03-16T11:00:00+01:00",
                "2027-04-06T10:00:00+02:00");
    /* over both changes of a year and back into winter */
    assert_next("2026-10-20T17:30:00+02:00", 26, "2026-10-20T18:00:00+02:00",
                "2027-04-20T17:30:00+02:00");
}

static void a_weekend_moves_on_to_monday(void **state)
{
    (void)state;
    assert_next("2026-11-21T10:00:00+01:00", 1, "2026-11-21T11:00:00+01:00",
                "2026-11-30T10:00:00+01:00");
    assert_next("2026-11-22T10:00:00+01:00", 1, "2026-11-22T11:00:00+01:00",
                "2026-11-30T10:00:00+01:00");
    /* Saturday before the change of the clocks, Monday behind it */
    assert_next("2026-10-17T10:00:00+02:00", 1, "2026-10-17T11:00:00+02:00",
                "2026-10-26T10:00:00+01:00");
}

static void a_long_silence_is_stepped_over(void **state)
{
    (void)state;
    assert_next("2026-11-24T10:00:00+01:00", 3, "2027-06-01T12:00:00+02:00",
                "2027-06-22T10:00:00+02:00");
    assert_next("2026-11-24T10:00:00+01:00", 3, "2026-12-15T10:00:00+01:00",
                "2026-12-15T10:00:00+01:00");
    assert_next("2026-11-24T10:00:00+01:00", 3, "2026-12-15T10:00:01+01:00",
                "2027-01-05T10:00:00+01:00");
    /* last Saturday's date was moved to today, a Monday */
    assert_next("2026-11-14T10:00:00+01:00", 1, "2026-11-23T09:00:00+01:00",
                "2026-11-23T10:00:00+01:00");
}

static void a_last_meeting_that_lies_ahead_is_counted_from(void **state)
{
    (void)state;
    assert_next("2026-12-15T10:00:00+01:00", 3, "2026-11-24T09:00:00+01:00",
                "2027-01-05T10:00:00+01:00");
}

static void the_rhythm_never_proposes_the_past_or_a_weekend(void **state)
{
    (void)state;
    struct ta_moment last = at("2026-01-05T10:00:00+01:00");
    const int64_t hour = 3600 * INT64_C(1000);
    for (unsigned weeks = 0; weeks <= 26; weeks++) {
        for (int64_t now = last.instant; now < last.instant + 9600 * hour; now += 31 * hour) {
            struct ta_moment next = ta_rhythm_next(last, weeks, now);
            assert_true(next.instant >= now);
            assert_true(next.instant > last.instant);
            assert_true(ta_day_of_week(ta_day_of(next)) < 5);
        }
    }
}

static void the_next_meeting_is_the_earliest_planned(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    assert_null(ta_meetings_next(&meetings));
    assert_int_equal(ta_meetings_next_id(&meetings), 1);
    ta_meetings_add(&meetings, &(struct ta_meeting){.id = 4,
                                                    .when = at("2026-11-24T10:00:00+01:00"),
                                                    .state = TA_MEETING_HELD,
                                                    .session = 1});
    ta_meetings_add(&meetings, &(struct ta_meeting){.id = 2,
                                                    .when = at("2026-12-01T10:00:00+01:00"),
                                                    .state = TA_MEETING_CANCELLED,
                                                    .by = TA_MENTEE,
                                                    .reason = "ill"});
    assert_null(ta_meetings_next(&meetings));
    ta_meetings_add(&meetings,
                    &(struct ta_meeting){.id = 5, .when = at("2027-01-05T10:00:00+01:00")});
    ta_meetings_add(&meetings,
                    &(struct ta_meeting){.id = 6, .when = at("2026-12-15T10:00:00+01:00")});
    assert_int_equal(ta_meetings_next(&meetings)->id, 6);
    assert_int_equal(ta_meetings_next_id(&meetings), 7);
    /* three weeks later: by a rhythm of six weeks that is not half of one, by one of seven it is */
    assert_null(ta_meetings_crowded(&meetings, 6));
    assert_int_equal(ta_meetings_crowded(&meetings, 7)->id, 5);
    ta_meetings_add(&meetings,
                    &(struct ta_meeting){.id = 7, .when = at("2026-12-16T10:00:00+01:00")});
    assert_int_equal(ta_meetings_crowded(&meetings, 7)->id, 7);
    assert_null(ta_meetings_crowded(&meetings, 0));
    assert_string_equal(meetings.items[1].reason, "ill");
    ta_meetings_release(&meetings);
    assert_null(meetings.items);
    ta_meetings_release(NULL);
}

static void a_session_was_the_meeting_that_is_nearest(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    static const struct {
        const char *held;
        unsigned id; /* 0: none */
    } examples[] = {
        {"2026-11-24T10:02:00+01:00", 2}, {"2026-11-23T12:00:00+01:00", 2},
        {"2026-11-23T09:59:00+01:00", 1}, {"2026-12-13T10:00:00+01:00", 2},
        {"2026-12-14T10:00:00+01:00", 3}, {"2027-03-01T10:00:00+01:00", 3},
        {"2026-10-01T10:00:00+01:00", 0},
    };
    assert_null(ta_meetings_nearest(&meetings, at(examples[0].held)));
    ta_meetings_add(&meetings, &(struct ta_meeting){1, .when = at("2026-11-10T10:00:00+01:00")});
    ta_meetings_add(&meetings, &(struct ta_meeting){2, .when = at("2026-11-24T10:00:00+01:00")});
    ta_meetings_add(&meetings, &(struct ta_meeting){3, .when = at("2026-12-15T10:00:00+01:00")});
    ta_meetings_add(&meetings, &(struct ta_meeting){4, .when = at("2026-11-24T10:02:00+01:00"),
                                                    .state = TA_MEETING_CANCELLED});
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct ta_meeting *own = ta_meetings_nearest(&meetings, at(examples[i].held));
        assert_int_equal(own ? own->id : 0, examples[i].id);
    }
    int64_t second = at("2026-11-24T09:00:00Z").instant;
    assert_int_equal(ta_meetings_planned_at(&meetings, second)->id, 2);
    assert_null(ta_meetings_planned_at(&meetings, second + 120000));
    ta_meetings_release(&meetings);
}

static void add(struct ta_meetings *meetings, const char *when, enum ta_meeting_state state,
                enum ta_role by)
{
    struct ta_meeting meeting = {
        .id = (unsigned)meetings->count + 1, .when = at(when), .state = state, .by = by};
    ta_meetings_add(meetings, &meeting);
}

static void assert_run(const struct ta_meetings *meetings, unsigned count, enum ta_role who)
{
    enum ta_role by = TA_ROLES + 1;
    assert_int_equal(ta_meetings_run(meetings, &by), count);
    assert_int_equal(by, who);
}

static void a_row_of_dates_that_one_could_not_keep_is_counted(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    assert_run(&meetings, 0, TA_NOBODY);
    add(&meetings, "2026-09-01T10:00:00+02:00", TA_MEETING_CANCELLED, TA_MENTEE);
    add(&meetings, "2026-10-01T10:00:00+02:00", TA_MEETING_HELD, TA_MENTOR); /* `by` says nothing */
    assert_run(&meetings, 0, TA_NOBODY);
    add(&meetings, "2026-10-22T10:00:00+02:00", TA_MEETING_MOVED, TA_MENTEE);
    assert_run(&meetings, 1, TA_MENTEE);
    add(&meetings, "2026-10-23T10:00:00+02:00", TA_MEETING_CANCELLED, TA_NOBODY);
    add(&meetings, "2026-10-29T10:00:00+01:00", TA_MEETING_CANCELLED, TA_MENTEE);
    add(&meetings, "2026-11-05T10:00:00+01:00", TA_MEETING_PLANNED, TA_MENTEE);
    assert_run(&meetings, 2, TA_MENTEE);
    /* a date that lies between, written down later, is of the row, too */
    add(&meetings, "2026-10-26T10:00:00+01:00", TA_MEETING_MOVED, TA_MENTEE);
    assert_run(&meetings, 3, TA_MENTEE);
    add(&meetings, "2026-11-03T10:00:00+01:00", TA_MEETING_CANCELLED, TA_MENTOR);
    assert_run(&meetings, 1, TA_MENTOR);
    add(&meetings, "2026-11-03T15:00:00+01:00", TA_MEETING_MOVED, TA_MENTEE);
    assert_run(&meetings, 1, TA_MENTEE);
    add(&meetings, "2026-11-04T10:00:00+01:00", TA_MEETING_HELD, TA_NOBODY);
    assert_run(&meetings, 0, TA_NOBODY);
    ta_meetings_release(&meetings);
}

static void a_date_is_missed_two_hours_after_its_time(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    assert_null(ta_meetings_missed(&meetings, at("2026-11-24T13:00:00+01:00").instant));
    add(&meetings, "2026-12-15T10:00:00+01:00", TA_MEETING_PLANNED, TA_NOBODY);
    add(&meetings, "2026-11-24T10:00:00+01:00", TA_MEETING_PLANNED, TA_NOBODY);
    assert_null(ta_meetings_missed(&meetings, at("2026-11-24T12:00:00+01:00").instant));
    const struct ta_meeting *missed =
        ta_meetings_missed(&meetings, at("2026-11-24T12:00:01+01:00").instant);
    assert_non_null(missed);
    assert_int_equal(missed->id, 2);
    meetings.items[1].state = TA_MEETING_CANCELLED;
    assert_null(ta_meetings_missed(&meetings, at("2026-11-24T12:00:01+01:00").instant));
    ta_meetings_release(&meetings);
}

static void a_planned_date_is_found_by_its_id(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    assert_null(ta_meetings_planned(&meetings, 0));
    add(&meetings, "2026-12-15T10:00:00+01:00", TA_MEETING_PLANNED, TA_NOBODY);
    add(&meetings, "2026-11-24T10:00:00+01:00", TA_MEETING_PLANNED, TA_NOBODY);
    add(&meetings, "2026-11-20T10:00:00+01:00", TA_MEETING_MOVED, TA_MENTEE);
    assert_int_equal(ta_meetings_planned(&meetings, 0)->id, 2);
    assert_int_equal(ta_meetings_planned(&meetings, 1)->id, 1);
    assert_null(ta_meetings_planned(&meetings, 3));
    assert_null(ta_meetings_planned(&meetings, 4));
    ta_meetings_release(&meetings);
}

static void notice_is_counted_in_whole_hours(void **state)
{
    (void)state;
    struct ta_moment when = at("2026-11-24T10:00:00+01:00");
    assert_int_equal(ta_meeting_notice(when, at("2026-11-22T10:00:00+01:00").instant), 48);
    assert_int_equal(ta_meeting_notice(when, at("2026-11-22T10:00:01+01:00").instant), 47);
    assert_int_equal(ta_meeting_notice(when, when.instant), 0);
    assert_int_equal(ta_meeting_notice(when, at("2026-11-25T10:00:00+01:00").instant), 0);
}

static void assert_proposed(const struct ta_meetings *meetings, const char *now,
                            const char *expected)
{
    char written[TA_DATE_SIZE];
    ta_moment_write(written, ta_meetings_propose(meetings, 3, at(now)));
    assert_string_equal(written, expected);
}

static void what_is_proposed_follows_the_last_date_whatever_became_of_it(void **state)
{
    (void)state;
    struct ta_meetings meetings = {0};
    assert_proposed(&meetings, "2026-11-23T17:30:00+01:00", "2026-11-30T10:00:00+01:00");
    assert_proposed(&meetings, "2026-11-21T00:30:00+01:00", "2026-11-30T10:00:00+01:00");
    add(&meetings, "2026-11-24T14:00:00+01:00", TA_MEETING_HELD, TA_NOBODY);
    assert_proposed(&meetings, "2026-11-25T09:00:00+01:00", "2026-12-15T14:00:00+01:00");
    add(&meetings, "2026-12-15T14:00:00+01:00", TA_MEETING_CANCELLED, TA_MENTEE);
    assert_proposed(&meetings, "2026-11-26T09:00:00+01:00", "2027-01-05T14:00:00+01:00");
    ta_meetings_release(&meetings);
}

static void states_have_names(void **state)
{
    (void)state;
    assert_string_equal(ta_meeting_state_name(TA_MEETING_PLANNED), "planned");
    assert_string_equal(ta_meeting_state_name(TA_MEETING_HELD), "held");
    assert_string_equal(ta_meeting_state_name(TA_MEETING_MOVED), "moved");
    assert_string_equal(ta_meeting_state_name(TA_MEETING_CANCELLED), "cancelled");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rhythm_keeps_day_and_time),
        cmocka_unit_test(ten_in_berlin_stays_ten_when_the_clocks_change),
        cmocka_unit_test(a_weekend_moves_on_to_monday),
        cmocka_unit_test(a_long_silence_is_stepped_over),
        cmocka_unit_test(a_last_meeting_that_lies_ahead_is_counted_from),
        cmocka_unit_test(the_rhythm_never_proposes_the_past_or_a_weekend),
        cmocka_unit_test(the_next_meeting_is_the_earliest_planned),
        cmocka_unit_test(a_session_was_the_meeting_that_is_nearest),
        cmocka_unit_test(a_row_of_dates_that_one_could_not_keep_is_counted),
        cmocka_unit_test(a_date_is_missed_two_hours_after_its_time),
        cmocka_unit_test(a_planned_date_is_found_by_its_id),
        cmocka_unit_test(notice_is_counted_in_whole_hours),
        cmocka_unit_test(what_is_proposed_follows_the_last_date_whatever_became_of_it),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
