#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/session.h"

enum { PLANNED = 45 * 60 };

/* 2026-11-24T09:02:00Z, and minutes after it. */
static const int64_t beginning = INT64_C(1795510920000);

static int64_t minute(int64_t minutes)
{
    return beginning + minutes * 60000;
}

static struct ta_reading reading_of(struct ta_event *items, size_t count, int64_t now)
{
    struct ta_reading reading;
    memset(&reading, 0xA5, sizeof reading);
    ta_session_read(&reading, &(struct ta_events){items, count}, PLANNED, now);
    return reading;
}

#define READ(events, now) reading_of(events, sizeof(events) / sizeof *(events), now)

static void before_the_start_all_is_left(void **state)
{
    (void)state;
    struct ta_reading reading = reading_of(NULL, 0, minute(5));
    assert_int_equal(reading.state, TA_SESSION_NONE);
    assert_int_equal(reading.elapsed, 0);
    assert_int_equal(reading.left, PLANNED);
    assert_int_equal(reading.item, -1);
    assert_int_equal(reading.floor, TA_NOBODY);
}

static void time_runs_from_the_start_past_the_end(void **state)
{
    (void)state;
    struct ta_event events[] = {{minute(0), TA_EVENT_START, 0}};
    struct ta_reading reading = READ(events, minute(18) + 52999);
    assert_int_equal(reading.state, TA_SESSION_RUNNING);
    assert_int_equal(reading.started, minute(0));
    assert_int_equal(reading.ended, 0);
    assert_int_equal(reading.elapsed, 18 * 60 + 52);
    assert_int_equal(reading.left, 26 * 60 + 8);
    assert_int_equal(READ(events, minute(46)).left, -60);
    /* the lid was closed for a day: a meeting goes on */
    assert_int_equal(READ(events, minute(1440)).elapsed, 24 * 3600);
}

static void a_pause_does_not_count(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(0), TA_EVENT_START, 0},
        {minute(10), TA_EVENT_PAUSE, 0},
        {minute(25), TA_EVENT_RESUME, 0},
    };
    struct ta_reading paused = reading_of(events, 2, minute(20));
    assert_int_equal(paused.state, TA_SESSION_PAUSED);
    assert_int_equal(paused.elapsed, 600);
    assert_int_equal(READ(events, minute(30)).elapsed, 15 * 60);
}

static void an_extension_counts_also_in_a_pause(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(0), TA_EVENT_START, 0},
        {minute(1), TA_EVENT_EXTEND, 300},
        {minute(2), TA_EVENT_PAUSE, 0},
        {minute(3), TA_EVENT_EXTEND, 300},
    };
    struct ta_reading reading = READ(events, minute(9));
    assert_int_equal(reading.planned, 55 * 60);
    assert_int_equal(reading.left, 53 * 60);
}

static void after_the_end_nothing_moves(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(0), TA_EVENT_START, 0},          {minute(0), TA_EVENT_FLOOR, TA_MENTEE},
        {minute(47), TA_EVENT_END, 0},           {minute(48), TA_EVENT_EXTEND, 300},
        {minute(49), TA_EVENT_START, 0},         {minute(50), TA_EVENT_ITEM, 3},
        {minute(50), TA_EVENT_FLOOR, TA_MENTOR},
    };
    struct ta_reading reading = READ(events, minute(90));
    assert_int_equal(reading.state, TA_SESSION_ENDED);
    assert_int_equal(reading.started, minute(0));
    assert_int_equal(reading.ended, minute(47));
    assert_int_equal(reading.elapsed, 47 * 60);
    assert_int_equal(reading.left, -120);
    assert_int_equal(reading.item, -1);
    assert_int_equal(reading.held[TA_MENTEE], 47 * 60);
    assert_int_equal(reading.held[TA_MENTOR], 0);
}

static void a_session_may_end_in_a_pause(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(0), TA_EVENT_START, 0},
        {minute(40), TA_EVENT_PAUSE, 0},
        {minute(50), TA_EVENT_END, 0},
    };
    struct ta_reading reading = READ(events, minute(60));
    assert_int_equal(reading.state, TA_SESSION_ENDED);
    assert_int_equal(reading.elapsed, 40 * 60);
    assert_int_equal(reading.ended, minute(50));
}

static void the_floor_is_held_until_it_is_passed_on(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(0), TA_EVENT_START, 0},         {minute(1), TA_EVENT_FLOOR, TA_MENTOR},
        {minute(4), TA_EVENT_FLOOR, TA_MENTEE}, {minute(5), TA_EVENT_PAUSE, 0},
        {minute(8), TA_EVENT_RESUME, 0},        {minute(10), TA_EVENT_FLOOR, TA_NOBODY},
        {minute(11), TA_EVENT_FLOOR, 77},
    };
    struct ta_reading reading = reading_of(events, 5, minute(9));
    assert_int_equal(reading.floor, TA_MENTEE);
    assert_int_equal(reading.held[TA_MENTOR], 180);
    assert_int_equal(reading.held[TA_MENTEE], 120);
    reading = READ(events, minute(20));
    assert_int_equal(reading.floor, TA_NOBODY);
    assert_int_equal(reading.held[TA_MENTOR] + reading.held[TA_MENTEE], 180 + 180);
}

static void repeated_and_stray_events_are_passed_over(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(-5), TA_EVENT_RESUME, 0}, {minute(-4), TA_EVENT_EXTEND, 600},
        {minute(-3), TA_EVENT_END, 0},    {minute(0), TA_EVENT_START, 0},
        {minute(1), TA_EVENT_RESUME, 0},  {minute(5), TA_EVENT_PAUSE, 0},
        {minute(7), TA_EVENT_PAUSE, 0},   {minute(8), TA_EVENT_START, 0},
        {minute(10), TA_EVENT_RESUME, 0}, {minute(11), TA_EVENT_RESUME, 0},
        {minute(12), TA_EVENT_START, 0},
    };
    struct ta_reading reading = READ(events, minute(20));
    assert_int_equal(reading.state, TA_SESSION_RUNNING);
    assert_int_equal(reading.started, minute(0));
    assert_int_equal(reading.planned, PLANNED);
    assert_int_equal(reading.elapsed, 15 * 60);
}

static void a_wall_clock_set_back_takes_nothing_away(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(0), TA_EVENT_START, 0},
        {minute(10), TA_EVENT_PAUSE, 0},
        {minute(3), TA_EVENT_RESUME, 0}, /* counts as minute 10 */
    };
    assert_int_equal(READ(events, minute(5)).elapsed, 600);
    assert_int_equal(READ(events, minute(12)).elapsed, 720);
    assert_int_equal(READ(events, minute(-100)).elapsed, 600);
}

static void instants_at_the_end_of_time_do_not_overflow(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {INT64_MIN, TA_EVENT_START, 0},        {0, TA_EVENT_FLOOR, TA_MENTOR},
        {INT64_MAX, TA_EVENT_ITEM, INT32_MIN}, {INT64_MIN, TA_EVENT_EXTEND, INT32_MAX},
        {INT64_MAX, TA_EVENT_PAUSE, 0},
    };
    struct ta_reading reading = READ(events, INT64_MIN);
    assert_int_equal(reading.state, TA_SESSION_PAUSED);
    assert_int_equal(reading.item, -1);
    assert_true(reading.elapsed > 0);
    assert_true(ta_session_elapsed_at(&(struct ta_events){events, 5}, INT64_MAX) > 0);
}

/* Whatever was written, more time never makes less of anything. */
static void any_list_of_events_gives_a_reading_that_only_grows(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        struct ta_event events[12];
        for (size_t i = 0; i < 12; i++) {
            seed = seed * 1664525U + 1013904223U;
            events[i] = (struct ta_event){minute((seed >> 16) % 60),
                                          (enum ta_event_kind)((seed >> 8) % TA_EVENT_KINDS),
                                          (int)((seed >> 24) % 5) - 1};
        }
        int64_t used[3];
        struct ta_reading before = READ(events, minute(60));
        struct ta_reading after = READ(events, minute(70));
        ta_session_used(used, 3, &(struct ta_events){events, 12}, minute(70));
        assert_int_equal(before.state, after.state);
        assert_true(before.elapsed >= 0 && before.elapsed <= 3600);
        int64_t more = after.state == TA_SESSION_RUNNING ? 600 : 0;
        assert_int_equal(after.elapsed - before.elapsed, more);
        assert_true(after.held[TA_MENTOR] + after.held[TA_MENTEE] <= after.elapsed);
        assert_true(used[0] + used[1] + used[2] <= after.elapsed);
        assert_int_equal(after.left, after.planned - after.elapsed);
    }
}

static void each_item_has_its_time_and_may_come_again(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(0), TA_EVENT_START, 0}, {minute(1), TA_EVENT_ITEM, 0},
        {minute(4), TA_EVENT_ITEM, 1},  {minute(6), TA_EVENT_PAUSE, 0},
        {minute(7), TA_EVENT_ITEM, 2},  {minute(10), TA_EVENT_RESUME, 0},
        {minute(20), TA_EVENT_ITEM, 0}, {minute(21), TA_EVENT_ITEM, 9},
        {minute(30), TA_EVENT_END, 0},
    };
    struct ta_events list = {events, sizeof events / sizeof *events};
    int64_t used[4] = {7, 7, 7, 7};
    ta_session_used(used, 4, &list, minute(99));
    assert_int_equal(used[0], 3 * 60 + 60);
    assert_int_equal(used[1], 2 * 60);
    assert_int_equal(used[2], 10 * 60);
    assert_int_equal(used[3], 0);
    ta_session_used(NULL, 0, &list, minute(99));
    used[1] = 7;
    ta_session_used(used, 1, &list, minute(99)); /* room for one */
    assert_int_equal(used[0], 4 * 60);
    assert_int_equal(used[1], 7);
    assert_int_equal(reading_of(events, 2, minute(3)).item, 0);
}

static void a_note_stands_at_its_time_in_the_session(void **state)
{
    (void)state;
    struct ta_event events[] = {
        {minute(0), TA_EVENT_START, 0},
        {minute(10), TA_EVENT_PAUSE, 0},
        {minute(20), TA_EVENT_RESUME, 0},
        {minute(50), TA_EVENT_END, 0},
    };
    struct ta_events list = {events, 4};
    assert_int_equal(ta_session_elapsed_at(&list, minute(-1)), 0);
    assert_int_equal(ta_session_elapsed_at(&list, minute(0)), 0);
    assert_int_equal(ta_session_elapsed_at(&list, minute(7)), 7 * 60);
    assert_int_equal(ta_session_elapsed_at(&list, minute(15)), 10 * 60);
    assert_int_equal(ta_session_elapsed_at(&list, minute(21)), 11 * 60);
    assert_int_equal(ta_session_elapsed_at(&list, minute(80)), 40 * 60);
    assert_int_equal(ta_session_elapsed_at(&(struct ta_events){0}, minute(5)), 0);
}

static void assert_may(const char *so_far, enum ta_event_kind kind,
                       enum ta_session_verdict expected)
{
    struct ta_events events = {0};
    for (; *so_far != '\0'; so_far++) {
        const char *kinds = "spreifx";
        ta_events_add(&events, (struct ta_event){
                                   .kind = (enum ta_event_kind)(strchr(kinds, *so_far) - kinds)});
    }
    assert_int_equal(ta_session_may(&events, kind), expected);
    ta_events_release(&events);
}

static void what_may_happen_follows_from_what_did(void **state)
{
    (void)state;
    assert_may("", TA_EVENT_START, TA_SESSION_FINE);
    assert_may("", TA_EVENT_END, TA_SESSION_NOT_STARTED);
    assert_may("", TA_EVENT_EXTEND, TA_SESSION_NOT_STARTED);
    assert_may("s", TA_EVENT_START, TA_SESSION_RUNS_ALREADY);
    assert_may("s", TA_EVENT_PAUSE, TA_SESSION_FINE);
    assert_may("s", TA_EVENT_RESUME, TA_SESSION_IS_NOT_PAUSED);
    assert_may("s", TA_EVENT_ITEM, TA_SESSION_FINE);
    assert_may("sp", TA_EVENT_START, TA_SESSION_RUNS_ALREADY);
    assert_may("sp", TA_EVENT_PAUSE, TA_SESSION_IS_PAUSED);
    assert_may("sp", TA_EVENT_RESUME, TA_SESSION_FINE);
    assert_may("sp", TA_EVENT_END, TA_SESSION_FINE);
    assert_may("sp", TA_EVENT_FLOOR, TA_SESSION_FINE);
    assert_may("spr", TA_EVENT_PAUSE, TA_SESSION_FINE);
    for (enum ta_event_kind kind = TA_EVENT_START; kind < TA_EVENT_KINDS; kind++) {
        assert_may("sx", kind, TA_SESSION_IS_OVER);
    }
}

static void states_have_names(void **state)
{
    (void)state;
    assert_string_equal(ta_session_state_name(TA_SESSION_NONE), "none");
    assert_string_equal(ta_session_state_name(TA_SESSION_RUNNING), "running");
    assert_string_equal(ta_session_state_name(TA_SESSION_PAUSED), "paused");
    assert_string_equal(ta_session_state_name(TA_SESSION_ENDED), "ended");
    ta_events_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_the_start_all_is_left),
        cmocka_unit_test(time_runs_from_the_start_past_the_end),
        cmocka_unit_test(a_pause_does_not_count),
        cmocka_unit_test(an_extension_counts_also_in_a_pause),
        cmocka_unit_test(after_the_end_nothing_moves),
        cmocka_unit_test(a_session_may_end_in_a_pause),
        cmocka_unit_test(the_floor_is_held_until_it_is_passed_on),
        cmocka_unit_test(repeated_and_stray_events_are_passed_over),
        cmocka_unit_test(a_wall_clock_set_back_takes_nothing_away),
        cmocka_unit_test(instants_at_the_end_of_time_do_not_overflow),
        cmocka_unit_test(any_list_of_events_gives_a_reading_that_only_grows),
        cmocka_unit_test(each_item_has_its_time_and_may_come_again),
        cmocka_unit_test(a_note_stands_at_its_time_in_the_session),
        cmocka_unit_test(what_may_happen_follows_from_what_did),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
