#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "turnabout/base/date.h"

static const struct ta_day sunday = {2026, 11, 22};

static int64_t at(const char *text)
{
    struct ta_moment moment;
    if (!ta_moment_read(&moment, ta_piece_of(text))) {
        fail_msg("not a moment: %s", text);
    }
    return moment.instant;
}

static void assert_moment(struct ta_moment moment, const char *expected)
{
    char text[TA_DATE_SIZE];
    ta_moment_write(text, moment);
    assert_string_equal(text, expected);
}

static void assert_day(struct ta_day day, const char *expected)
{
    char text[TA_DATE_SIZE];
    ta_day_write(text, day);
    assert_string_equal(text, expected);
}

static void moments_are_written_as_they_were_read(void **state)
{
    (void)state;
    static const char *const moments[] = {
        "2026-11-24T10:02:00+01:00", "1970-01-01T00:00:00+00:00", "1969-12-31T23:59:59+00:00",
        "2024-02-29T23:59:59-11:30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
        "1600-02-29T12:00:00+05:45",
    };
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        struct ta_moment moment;
        assert_true(ta_moment_read(&moment, ta_piece_of(moments[i])));
        assert_moment(moment, moments[i]);
    }
}

static void instants_count_from_1970(void **state)
{
    (void)state;
    assert_int_equal(at("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(at("2026-11-24T09:00:00Z"), 1795510800000);
    assert_int_equal(at("2026-11-24t10:00:00.25+01:00"), 1795510800250);
    assert_int_equal(at("1969-12-31T23:59:59.9999z"), -1);
}

static void refuses_what_is_no_moment(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2026-11-24",
        "2026-11-24T10:02:00",
        "2026-11-24T10:02+01:00",
        "2026-11-24 10:02:00Z",
        "2026-02-29T10:02:00Z",
        "2026-13-01T10:02:00Z",
        "2026-00-10T10:02:00Z",
        "2026-04-31T10:02:00Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T10:60:00Z",
        "2026-11-24T10:02:60Z",
        "2026-11-24T10:02:00.Z",
        "2026-11-24T10:02:00+1:00",
        "2026-11-24T10:02:00+24:00",
        "2026-11-24T10:02:00Zz",
        "02026-11-24T10:02:00Z",
        "0000-11-24T10:02:00Z",
        "2026-11-24T10:02:00 01:00",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct ta_moment moment = {7, 7};
        if (ta_moment_read(&moment, ta_piece_of(wrong[i]))) {
            fail_msg("read as a moment: %s", wrong[i]);
        }
        assert_int_equal(moment.instant, 7);
    }
    struct ta_moment moment;
    assert_false(ta_moment_read(&moment, (struct ta_piece){"2026-11-24T10:02:00\0Z", 21}));
}

static void a_moment_keeps_the_clock_it_was_written_with(void **state)
{
    (void)state;
    struct ta_moment tokyo;
    char text[TA_DATE_SIZE];
    assert_true(ta_moment_read(&tokyo, ta_piece_of("2026-11-25T03:05:00+09:00")));
    ta_moment_short(text, tokyo);
    assert_string_equal(text, "Wed 25 Nov 03:05");
    ta_moment_time(text, tokyo);
    assert_string_equal(text, "03:05");
    assert_day(ta_day_of(tokyo), "2026-11-25");
    assert_moment(ta_moment_local(tokyo.instant), "2026-11-24T19:05:00+01:00");
}

static void days_are_counted_over_months_and_leap_years(void **state)
{
    (void)state;
    assert_day(ta_day_add((struct ta_day){2024, 2, 28}, 1), "2024-02-29");
    assert_day(ta_day_add((struct ta_day){1900, 2, 28}, 1), "1900-03-01");
    assert_day(ta_day_add((struct ta_day){2026, 12, 31}, 1), "2027-01-01");
    assert_day(ta_day_add((struct ta_day){1970, 1, 1}, -1), "1969-12-31");
    assert_int_equal(ta_days_between((struct ta_day){2000, 1, 1}, (struct ta_day){2001, 1, 1}),
                     366);
    assert_int_equal(ta_days_between((struct ta_day){2026, 3, 1}, (struct ta_day){2026, 2, 1}),
                     -28);
    assert_int_equal(ta_day_of_week((struct ta_day){2026, 11, 23}), 0);
    assert_int_equal(ta_day_of_week(sunday), 6);
    assert_int_equal(ta_day_of_week((struct ta_day){1969, 12, 28}), 6);
}

/* Each day of 400 years follows the one before it, and comes back from its name. */
static void every_day_has_one_name(void **state)
{
    (void)state;
    struct ta_day day = {1800, 1, 1};
    for (int i = 0; i < 146097; i++) {
        struct ta_day next = ta_day_add(day, 1);
        assert_int_equal(ta_days_between(day, next), 1);
        assert_int_equal((ta_day_of_week(day) + 1) % 7, ta_day_of_week(next));
        bool follows = next.day == day.day + 1 || (next.day == 1 && next.month == day.month + 1) ||
                       (next.day == 1 && next.month == 1 && next.year == day.year + 1);
        assert_true(follows);
        day = next;
    }
    assert_day(day, "2200-01-01");
}

static void no_day_stays_no_day(void **state)
{
    (void)state;
    char text[TA_DATE_SIZE] = "x";
    ta_day_write(text, (struct ta_day){0});
    assert_string_equal(text, "");
    assert_int_equal(ta_day_add((struct ta_day){0}, 3).year, 0);
}

static void reads_iso_days_only(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2026-12-1",  "2026-12-32", "2025-02-29",  "2026-12-01 ", "26-12-01",
        "+026-12-01", "2026/12/01", "0000-01-01", "2026-12-011", "tomorrow"};
    struct ta_day day = {0};
    assert_true(ta_day_read(&day, ta_piece_of("2026-12-01")));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (ta_day_read(&day, ta_piece_of(wrong[i]))) {
            fail_msg("read as a day: %s", wrong[i]);
        }
    }
    assert_day(day, "2026-12-01");
}

struct example {
    const char *typed, *meant; /* NULL: not understood */
};

static void guesses_days_as_people_type_them(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"2026-12-01", "2026-12-01"},
        {" 1 Dec ", "2026-12-01"},
        {"1 december", "2026-12-01"},
        {"01 DECEMB", "2026-12-01"},
        {"Dec 1", "2026-12-01"},
        {"1 December 2027", "2027-12-01"},
        {"December 1, 2027", "2027-12-01"},
        {"22 Nov", "2026-11-22"},
        {"21 Nov", "2027-11-21"},
        {"1 may", "2027-05-01"},
        {"29 Feb", "2028-02-29"},
        {"Friday", "2026-11-27"},
        {"fri", "2026-11-27"},
        {"Tues", "2026-11-24"},
        {"sunday", "2026-11-29"},
        {"Tue 24 Nov 2026", "2026-11-24"},
        {"Tue, 24 Nov", "2026-11-24"},
        {"Tomorrow", "2026-11-23"},
        {"today", "2026-11-22"},
        {"in 2 weeks", "2026-12-06"},
        {"in 1 week", "2026-11-29"},
        {"in  3 days", "2026-11-25"},
        {"next week", "2026-11-29"},
        {"", NULL},
        {"   ", NULL},
        {"Fr", NULL},
        {"Fridays", NULL},
        {"32 Nov", NULL},
        {"0 Nov", NULL},
        {"31 Nov", NULL},
        {"30 Feb", NULL},
        {"29 Feb 2027", NULL},
        {"Mon 24 Nov 2026", NULL},
        {"Mon 24 Nov", NULL},
        {"24", NULL},
        {"Nov", NULL},
        {"1 Dec 27", NULL},
        {"next", NULL},
        {"in weeks", NULL},
        {"in -3 days", NULL},
        {"tomorrow or so", NULL},
        {"Tue 24 Nov 2026 then", NULL},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        struct ta_day day = {0};
        bool understood = ta_day_guess(&day, ta_piece_of(examples[i].typed), sunday);
        char text[TA_DATE_SIZE];
        ta_day_write(text, day);
        const char *meant = examples[i].meant != NULL ? examples[i].meant : "";
        if (understood != (examples[i].meant != NULL) || strcmp(text, meant) != 0) {
            fail_msg("\"%s\" was taken for \"%s\"", examples[i].typed, text);
        }
    }
}

static void guesses_leap_days_across_2100(void **state)
{
    (void)state;
    struct ta_day day;
    assert_true(ta_day_guess(&day, ta_piece_of("29 Feb"), (struct ta_day){2096, 3, 1}));
    assert_day(day, "2104-02-29");
}

static void guesses_moments_as_people_type_them(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"2026-11-24 10:00", "2026-11-24T10:00:00+01:00"},
        {"2026-11-24T10:00", "2026-11-24T10:00:00+01:00"},
        {"24 Nov 10:00", "2026-11-24T10:00:00+01:00"},
        {"24 November 2026 10:00", "2026-11-24T10:00:00+01:00"},
        {"Tue 24 Nov 10:00", "2026-11-24T10:00:00+01:00"},
        {"Tue 10:00", "2026-11-24T10:00:00+01:00"},
        {"sat 9:15", "2026-11-28T09:15:00+01:00"},
        {"tomorrow 10:00", "2026-11-23T10:00:00+01:00"},
        {"today 9:30", "2026-11-22T09:30:00+01:00"},
        {"10:00", "2026-11-23T10:00:00+01:00"},
        {"12:00", "2026-11-23T12:00:00+01:00"},
        {"12:01", "2026-11-22T12:01:00+01:00"},
        {"1 Jul 10:00", "2027-07-01T10:00:00+02:00"},
        {"2026-11-24T10:00:00-05:00", "2026-11-24T10:00:00-05:00"},
        {"28 Mar 2027 03:00", "2027-03-28T03:00:00+02:00"},
        {"25 Oct 2026 02:30", "2026-10-25T02:30:00+02:00"},
        {"28 Mar 2027 02:30", NULL},
        {"", NULL},
        {"tomorrow", NULL},
        {"2026-11-24", NULL},
        {"30 Feb 10:00", NULL},
        {"tomorrow 25:00", NULL},
        {"tomorrow 10:5", NULL},
        {"tomorrow 10:000", NULL},
        {"10:00 or so", NULL},
        {"soon 10:00", NULL},
    };
    int64_t now = at("2026-11-22T12:00:00+01:00");
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        struct ta_moment moment = {0};
        char text[TA_DATE_SIZE] = "";
        bool understood = ta_moment_guess(&moment, ta_piece_of(examples[i].typed), now);
        if (understood) {
            ta_moment_write(text, moment);
        }
        const char *meant = examples[i].meant != NULL ? examples[i].meant : "";
        if (strcmp(text, meant) != 0) {
            fail_msg("\"%s\" was taken for \"%s\"", examples[i].typed, text);
        }
    }
}

static void use_zone(const char *zone)
{
    assert_int_equal(setenv("TZ", zone, 1), 0);
    tzset();
}

static struct ta_moment local(const char *text)
{
    return ta_moment_local(at(text));
}

/* Clocks went on an hour on 28 March 2027 and go back on 31 October. */
static void guesses_moments_that_have_passed(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *expected;
    } examples[] = {
        {"10:00", "2026-11-24T10:00:00+01:00"},
        {"11:30", "2026-11-24T11:30:00+01:00"},
        {"13:00", "2026-11-23T13:00:00+01:00"},
        {"Mon 10:00", "2026-11-23T10:00:00+01:00"},
        {"Tue 10:00", "2026-11-24T10:00:00+01:00"},
        {"Wed 10:00", "2026-11-18T10:00:00+01:00"},
        {"20 Nov 10:00", "2026-11-20T10:00:00+01:00"},
        {"24 Nov 9:00", "2026-11-24T09:00:00+01:00"},
        {"25 Nov 9:00", "2025-11-25T09:00:00+01:00"},
        {"1 Oct 9:00", "2026-10-01T09:00:00+02:00"},
        {"today 9:00", "2026-11-24T09:00:00+01:00"},
        {"today 13:00", "2026-11-24T13:00:00+01:00"},
        {"2026-11-02 9:00", "2026-11-02T09:00:00+01:00"},
        {"2027-11-02 9:00", "2027-11-02T09:00:00+01:00"},
    };
    int64_t now = at("2026-11-24T12:00:00+01:00"); /* a Tuesday */
    struct ta_moment moment;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        assert_true(ta_moment_guess_past(&moment, ta_piece_of(examples[i].typed), now));
        assert_moment(moment, examples[i].expected);
    }
    assert_false(ta_moment_guess_past(&moment, ta_piece_of("soon"), now));
}

static void what_is_typed_is_guessed_again(void **state)
{
    (void)state;
    char typed[TA_DATE_SIZE];
    struct ta_moment moment = local("2026-11-24T09:05:00+01:00");
    struct ta_moment again;
    ta_moment_typed(typed, moment);
    assert_string_equal(typed, "2026-11-24 09:05");
    assert_true(ta_moment_guess(&again, ta_piece_of(typed), 0));
    assert_int_equal(again.instant, moment.instant);
}

static void ten_stays_ten_over_a_change_of_clocks(void **state)
{
    (void)state;
    assert_moment(ta_moment_add_days(local("2027-03-27T10:00:00+01:00"), 1),
                  "2027-03-28T10:00:00+02:00");
    assert_moment(ta_moment_add_days(local("2027-03-27T10:00:00+01:00"), 21),
                  "2027-04-17T10:00:00+02:00");
    assert_moment(ta_moment_add_days(local("2027-10-20T10:00:00+02:00"), 21),
                  "2027-11-10T10:00:00+01:00");
    assert_moment(ta_moment_add_days(local("2027-11-10T00:10:00+01:00"), -21),
                  "2027-10-20T00:10:00+02:00");
}

static void the_hour_that_is_missing_or_twice(void **state)
{
    (void)state;
    assert_moment(ta_moment_add_days(local("2027-03-27T02:30:00+01:00"), 1),
                  "2027-03-28T03:30:00+02:00");
    assert_moment(ta_moment_add_days(local("2027-10-30T02:30:00+02:00"), 1),
                  "2027-10-31T02:30:00+02:00");
    assert_moment(ta_moment_add_days(local("2027-11-01T02:30:00+01:00"), -1),
                  "2027-10-31T02:30:00+02:00");
}

static void a_moment_of_another_zone_keeps_its_offset(void **state)
{
    (void)state;
    struct ta_moment tokyo;
    assert_true(ta_moment_read(&tokyo, ta_piece_of("2027-03-27T10:00:00+09:00")));
    assert_moment(ta_moment_add_days(tokyo, 21), "2027-04-17T10:00:00+09:00");
}

static void other_zones_have_other_rules(void **state)
{
    (void)state;
    struct ta_moment moment;
    use_zone("Australia/Lord_Howe"); /* half an hour, in April */
    assert_moment(ta_moment_add_days(local("2027-04-03T10:00:00+11:00"), 1),
                  "2027-04-04T10:00:00+10:30");
    use_zone("Pacific/Apia"); /* 30 December 2011 was left out */
    assert_moment(ta_moment_add_days(local("2011-12-29T10:00:00-10:00"), 2),
                  "2011-12-31T10:00:00+14:00");
    int64_t now = at("2011-12-29T12:00:00-10:00");
    assert_false(ta_moment_guess(&moment, ta_piece_of("30 Dec 10:00"), now));
    use_zone("America/St_Johns");
    assert_true(ta_moment_guess(&moment, ta_piece_of("24 Nov 10:00"), at("2026-11-22T12:00:00Z")));
    assert_moment(moment, "2026-11-24T10:00:00-03:30");
    use_zone("Europe/Berlin");
}

static void days_read_well(void **state)
{
    (void)state;
    char text[TA_DATE_SIZE];
    ta_day_short(text, (struct ta_day){2026, 11, 4}, sunday);
    assert_string_equal(text, "4 Nov");
    ta_day_short(text, (struct ta_day){2027, 5, 24}, sunday);
    assert_string_equal(text, "24 May 2027");
    ta_day_long(text, (struct ta_day){2026, 11, 24});
    assert_string_equal(text, "Tue 24 Nov 2026");
}

static void says_how_far_a_day_is(void **state)
{
    (void)state;
    static const struct {
        int days;
        const char *said;
    } examples[] = {{0, "today"},          {1, "tomorrow"},    {2, "in 2 days"},
                    {-1, "yesterday"},     {-3, "3 days ago"}, {51, "in 51 days"},
                    {-400, "400 days ago"}};
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        char text[TA_DATE_SIZE];
        ta_day_from(text, ta_day_add(sunday, examples[i].days), sunday);
        assert_string_equal(text, examples[i].said);
    }
}

static void spans_read_as_on_a_clock(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        const char *shown;
    } examples[] = {{0, "0:00"},       {5, "0:05"},       {1628, "27:08"}, {3599, "59:59"},
                    {3600, "1:00:00"}, {3725, "1:02:05"}, {-72, "1:12"},   {360000, "100:00:00"}};
    char text[TA_DATE_SIZE];
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        ta_span_clock(text, examples[i].seconds);
        assert_string_equal(text, examples[i].shown);
    }
    ta_span_clock(text, INT64_MIN);
    assert_string_equal(text, "2562047788015215:30:08");
}

static void reads_spans_as_people_type_them(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int64_t seconds; /* -1: not understood */
    } examples[] = {{"10m", 600}, {"1h", 3600},   {"1h30m", 5400}, {"1h 30m", 5400},  {"90s", 90},
                    {"90", 5400}, {" 5M ", 300},  {"2h5s", 7205},  {"0", 0},          {"", -1},
                    {"  ", -1},   {"-5", -1},     {"30m1h", -1},   {"1h1h", -1},      {"1h30", -1},
                    {"h", -1},    {"10 min", -1}, {"1.5h", -1},    {"9999999999", -1}};
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        int64_t seconds = -1;
        bool understood = ta_span_read(&seconds, ta_piece_of(examples[i].typed));
        if (seconds != examples[i].seconds || understood != (examples[i].seconds >= 0)) {
            fail_msg("\"%s\" was taken for %lld s", examples[i].typed, (long long)seconds);
        }
    }
}

int main(void)
{
    (void)setenv("TZ", "Europe/Berlin", 1);
    tzset();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_written_as_they_were_read),
        cmocka_unit_test(instants_count_from_1970),
        cmocka_unit_test(refuses_what_is_no_moment),
        cmocka_unit_test(a_moment_keeps_the_clock_it_was_written_with),
        cmocka_unit_test(days_are_counted_over_months_and_leap_years),
        cmocka_unit_test(every_day_has_one_name),
        cmocka_unit_test(no_day_stays_no_day),
        cmocka_unit_test(reads_iso_days_only),
        cmocka_unit_test(guesses_days_as_people_type_them),
        cmocka_unit_test(guesses_leap_days_across_2100),
        cmocka_unit_test(guesses_moments_as_people_type_them),
        cmocka_unit_test(guesses_moments_that_have_passed),
        cmocka_unit_test(what_is_typed_is_guessed_again),
        cmocka_unit_test(ten_stays_ten_over_a_change_of_clocks),
        cmocka_unit_test(the_hour_that_is_missing_or_twice),
        cmocka_unit_test(a_moment_of_another_zone_keeps_its_offset),
        cmocka_unit_test(other_zones_have_other_rules),
        cmocka_unit_test(days_read_well),
        cmocka_unit_test(says_how_far_a_day_is),
        cmocka_unit_test(spans_read_as_on_a_clock),
        cmocka_unit_test(reads_spans_as_people_type_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
