/* The bytes of a calendar file. What other programs make of them: tests/foreign. */
#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/calendar.h"

enum { HOUR = 60 * 60 * 1000 };

/* Tue 24 Nov 2026, 10:00 in Berlin. */
static const struct ta_moment tuesday = {INT64_C(1795510800000), 60};

static struct ta_calendar_source source_of(struct ta_meeting *items, size_t count,
                                           struct ta_meetings *meetings)
{
    *meetings = (struct ta_meetings){items, count};
    return (struct ta_calendar_source){.pair = &priya_and_dana,
                                       .id = "0123",
                                       .meetings = meetings,
                                       .place = "",
                                       .minutes = 45,
                                       .weeks = 3,
                                       .agreed = 6,
                                       .version = 1,
                                       .now = tuesday.instant - 100 * (int64_t)HOUR};
}

static char *written(const struct ta_calendar_source *source)
{
    struct ta_text out = {0};
    assert_true(ta_calendar_write(&out, source, NULL));
    return ta_text_take(&out);
}

static void the_bytes_of_the_next_date(void **state)
{
    (void)state;
    struct ta_meeting meeting = {.id = 3, .when = tuesday, .state = TA_MEETING_PLANNED};
    struct ta_meetings meetings;
    struct ta_calendar_source source = source_of(&meeting, 1, &meetings);
    assert_text(written(&source), "BEGIN:VCALENDAR\r\n"
                                  "VERSION:2.0\r\n"
                                  "PRODID:-//Turnabout//Turnabout//EN\r\n"
                                  "CALSCALE:GREGORIAN\r\n"
                                  "METHOD:PUBLISH\r\n"
                                  "BEGIN:VEVENT\r\n"
                                  "UID:meeting-3.0123@turnabout\r\n"
                                  "DTSTAMP:20261120T050000Z\r\n"
                                  "SEQUENCE:0\r\n"
                                  "ORGANIZER;CN=\"Dana Holt\":mailto:dana@example.org\r\n"
                                  "DTSTART:20261124T090000Z\r\n"
                                  "DTEND:20261124T094500Z\r\n"
                                  "SUMMARY:Session 1: Priya and Dana\r\n"
                                  "DESCRIPTION:Reverse mentoring\\, session 1 of 6\r\n"
                                  "STATUS:CONFIRMED\r\n"
                                  "CLASS:PRIVATE\r\n"
                                  "END:VEVENT\r\n"
                                  "END:VCALENDAR\r\n");
}

/* A reason, and what the two talk about, is nobody's business who sees the calendar. */
static void neither_reason_nor_topic_is_told(void **state)
{
    (void)state;
    struct ta_meeting meeting = {.id = 1,
                                 .when = tuesday,
                                 .state = TA_MEETING_CANCELLED,
                                 .by = TA_MENTEE,
                                 .reason = (char *)"ill"};
    struct ta_meetings meetings;
    struct ta_calendar_source source = source_of(&meeting, 1, &meetings);
    char *file = written(&source);
    assert_holds(file, "METHOD:CANCEL\r\n");
    assert_null(strstr(file, ":ill"));
    assert_null(strstr(file, priya_and_dana.topic));
    free(file);
}

/* Another contract may bring another place: a calendar takes it only with a higher sequence. */
static void a_new_contract_is_an_update(void **state)
{
    (void)state;
    struct ta_meeting meeting = {.id = 1, .when = tuesday, .state = TA_MEETING_PLANNED};
    struct ta_meetings meetings;
    struct ta_calendar_source source = source_of(&meeting, 1, &meetings);
    source.version = 4;
    char *file = written(&source);
    assert_holds(file, "SEQUENCE:3\r\n");
    free(file);
}

static void the_rhythm_gives_what_is_left(void **state)
{
    (void)state;
    struct ta_meeting items[] = {
        {.id = 1, .when = tuesday, .state = TA_MEETING_HELD, .session = 2, .minutes = 45},
        {.id = 2, .when = {tuesday.instant + 48 * (int64_t)HOUR, 60}, .state = TA_MEETING_PLANNED},
    };
    struct ta_meetings meetings;
    struct ta_calendar_source source = source_of(items, 2, &meetings);
    struct ta_moment first;
    assert_int_equal(ta_calendar_rhythm(&source, &first), 3);
    assert_int_equal(first.instant, tuesday.instant + (int64_t)(48 + 21 * 24) * HOUR);
    source.agreed = 3;
    assert_int_equal(ta_calendar_rhythm(&source, &first), 0);
    meetings.count = 0;
    assert_int_equal(ta_calendar_rhythm(&source, &first), 0);
    assert_int_equal(first.instant, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bytes_of_the_next_date),
        cmocka_unit_test(neither_reason_nor_topic_is_told),
        cmocka_unit_test(a_new_contract_is_an_update),
        cmocka_unit_test(the_rhythm_gives_what_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
