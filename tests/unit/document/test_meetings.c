#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/record_paper.h"

#define FRONT "---\nturnabout: meetings/1\n---\n"

/* 24 November 2026, 10:00 in Berlin. */
#define TUESDAY                                                                                    \
    {                                                                                              \
        1795510800000, 60                                                                          \
    }

static struct ta_meetings read_meetings(const char *text)
{
    struct ta_meetings meetings;
    struct ta_error err;
    if (!ta_meetings_read(&meetings, text, &err)) {
        fail_msg("%s", err.text);
    }
    return meetings;
}

static char *put(const char *text, const struct ta_meeting *meeting)
{
    char *out = NULL;
    struct ta_error err;
    if (!ta_meetings_put(&out, text, meeting, &err)) {
        fail_msg("%s", err.text);
    }
    return out;
}

static const struct ta_meeting all[] = {
    {.id = 1,
     .when = TUESDAY,
     .state = TA_MEETING_HELD,
     .session = 1,
     .minutes = 47,
     .by = TA_NOBODY},
    {.id = 2,
     .when = TUESDAY,
     .state = TA_MEETING_MOVED,
     .by = TA_MENTEE,
     .moved_to = 3,
     .reason = (char[]){"travel: by train"}},
    {.id = 3,
     .when = TUESDAY,
     .state = TA_MEETING_CANCELLED,
     .by = TA_MENTOR,
     .reason = (char[]){"ill"}},
    {.id = 4, .when = TUESDAY, .state = TA_MEETING_PLANNED, .by = TA_NOBODY},
    {.id = 5,
     .when = TUESDAY,
     .state = TA_MEETING_CANCELLED,
     .by = TA_NOBODY,
     .reason = (char[]){"by mentor's wish"}},
    {.id = 6, .when = TUESDAY, .state = TA_MEETING_CANCELLED, .by = TA_MENTEE},
    {.id = 7, .when = TUESDAY, .state = TA_MEETING_MOVED, .by = TA_NOBODY, .moved_to = 8},
    {.id = 8, .when = TUESDAY, .state = TA_MEETING_HELD, .session = 120, .by = TA_NOBODY},
    {.id = 9,
     .when = TUESDAY,
     .state = TA_MEETING_MOVED,
     .by = TA_MENTEE,
     .has_notice = true,
     .notice = 46,
     .moved_to = 10,
     .reason = (char[]){"travel, 3 h notice"}},
    {.id = 10,
     .when = TUESDAY,
     .state = TA_MEETING_CANCELLED,
     .by = TA_NOBODY,
     .has_notice = true,
     .notice = 0},
    {.id = 12,
     .when = TUESDAY,
     .state = TA_MEETING_MOVED,
     .by = TA_NOBODY,
     .has_notice = true,
     .notice = 551,
     .moved_to = 13},
    {.id = 13,
     .when = TUESDAY,
     .state = TA_MEETING_MOVED,
     .by = TA_NOBODY,
     .moved_to = 14,
     .reason = (char[]){"strike"}},
    {.id = 11,
     .when = TUESDAY,
     .state = TA_MEETING_HELD,
     .session = 121,
     .minutes = 44,
     .late = {2026, 11, 26},
     .by = TA_NOBODY},
};

enum { ALL = sizeof all / sizeof *all };

static void same_meeting(const struct ta_meeting *one, const struct ta_meeting *other)
{
    assert_int_equal(one->id, other->id);
    assert_int_equal(one->when.instant, other->when.instant);
    assert_int_equal(one->when.offset, other->when.offset);
    assert_int_equal(one->state, other->state);
    assert_int_equal(one->session, other->session);
    assert_int_equal(one->minutes, other->minutes);
    assert_int_equal(one->by, other->by);
    assert_int_equal(one->moved_to, other->moved_to);
    assert_int_equal(one->has_notice, other->has_notice);
    assert_int_equal(one->notice, other->notice);
    assert_int_equal(one->late.year, other->late.year);
    assert_int_equal(one->late.day, other->late.day);
    assert_int_equal(one->reason == NULL, other->reason == NULL);
    if (one->reason != NULL) {
        assert_string_equal(one->reason, other->reason);
    }
}

static char *write_all(void)
{
    char *text = NULL;
    for (size_t at = 0; at < ALL; at++) {
        char *longer = put(text, &all[at]);
        free(text);
        text = longer;
    }
    return text;
}

static void each_is_a_line_one_can_read(void **state)
{
    (void)state;
    assert_text(write_all(),
                FRONT "# Meetings\n"
                      "\n"
                      "- M1 2026-11-24T10:00:00+01:00 held as session 1, 47 min\n"
                      "- M2 2026-11-24T10:00:00+01:00 moved to M3 by mentee: travel: by train\n"
                      "- M3 2026-11-24T10:00:00+01:00 cancelled by mentor: ill\n"
                      "- M4 2026-11-24T10:00:00+01:00 planned\n"
                      "- M5 2026-11-24T10:00:00+01:00 cancelled: by mentor's wish\n"
                      "- M6 2026-11-24T10:00:00+01:00 cancelled by mentee\n"
                      "- M7 2026-11-24T10:00:00+01:00 moved to M8\n"
                      "- M8 2026-11-24T10:00:00+01:00 held as session 120\n"
                      "- M9 2026-11-24T10:00:00+01:00 moved to M10 by mentee, 46 h notice: travel, "
                      "3 h notice\n"
                      "- M10 2026-11-24T10:00:00+01:00 cancelled, 0 h notice\n"
                      "- M12 2026-11-24T10:00:00+01:00 moved to M13, 551 h notice\n"
                      "- M13 2026-11-24T10:00:00+01:00 moved to M14: strike\n"
                      "- M11 2026-11-24T10:00:00+01:00 held as session 121, 44 min, on "
                      "2026-11-26\n");
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    char *text = write_all();
    struct ta_meetings meetings = read_meetings(text);
    assert_int_equal(meetings.count, ALL);
    for (size_t at = 0; at < ALL; at++) {
        same_meeting(&meetings.items[at], &all[at]);
        assert_text(put(text, &meetings.items[at]), text);
    }
    ta_meetings_release(&meetings);
    free(text);
}

static void one_meeting(const char *line, const struct ta_meeting *expected)
{
    struct ta_text text = {0};
    ta_text_addf(&text, FRONT "%s\n", line);
    struct ta_meetings meetings = read_meetings(text.bytes);
    assert_int_equal(meetings.count, 1);
    same_meeting(&meetings.items[0], expected);
    ta_meetings_release(&meetings);
    ta_text_release(&text);
}

static void understands_what_people_write(void **state)
{
    (void)state;
    struct ta_meeting meeting = {.id = 4, .when = TUESDAY, .by = TA_NOBODY};
    one_meeting("* M4 2026-11-24 10:00 planned", &meeting);
    one_meeting("1. M4\t2026-11-24T10:00:00+01:00  planned, in room 4", &meeting);
    one_meeting("- M4 2026-11-24T10:00:00+01:00\n  planned\n\n  a word below\n", &meeting);
    meeting.state = TA_MEETING_HELD;
    meeting.minutes = 50;
    one_meeting("- M4 2026-11-24 10:00 held, 50 min", &meeting);
    meeting.minutes = 0;
    one_meeting("- M4 2026-11-24 10:00 held as session 99999999999", &meeting);
    meeting.state = TA_MEETING_CANCELLED;
    meeting.reason = (char[]){"by Sam: ill"};
    one_meeting("- M4 2026-11-24 10:00 cancelled by Sam: ill", &meeting);
    meeting.reason = (char[]){"by mentee, far too late: ill"};
    one_meeting("- M4 2026-11-24 10:00 cancelled by mentee, far too late: ill", &meeting);
    meeting.state = TA_MEETING_MOVED;
    meeting.reason = (char[]){"to Thursday"};
    one_meeting("- M4 2026-11-24 10:00 moved to Thursday", &meeting);
}

static void keeps_and_leaves_out_what_it_does_not_understand(void **state)
{
    (void)state;
    const char *text = FRONT "# Meetings\n"
                             "Mondays never work.\n"
                             "- M0 2026-11-24T10:00:00+01:00 planned\n"
                             "- M99999999999 2026-11-24T10:00:00+01:00 planned\n"
                             "- M1 2026-02-30T10:00:00+01:00 planned\n"
                             "- M2 soon planned\n"
                             "- M3 2026-11-24T10:00:00+01:00 postponed\n"
                             "- M4\n"
                             "- lunch\n"
                             "```\n"
                             "- M5 2026-11-24T10:00:00+01:00 planned\n"
                             "```\n"
                             "M6 2026-11-24T10:00:00+01:00 planned\n";
    struct ta_meetings meetings = read_meetings(text);
    assert_int_equal(meetings.count, 0);
    struct ta_meeting seven = all[0];
    seven.id = 7;
    char *after = put(text, &seven);
    struct change change = change_between(text, after);
    assert_int_equal(change.removed, 0);
    assert_int_equal(change.added, 1);
    ta_meetings_release(&meetings);
    free(after);
}

static void a_meeting_is_changed_in_its_place(void **state)
{
    (void)state;
    const char *text = "---\r\nturnabout: meetings/1\r\n---\r\nx\r\n"
                       "* M1 2026-11-24T10:00:00+01:00 planned\r\n  - ours: bring cake\r\n\r\n"
                       "- M2 2026-11-24T10:00:00+01:00\r\n  planned\r\n\r\n\r\nThe end";
    char *after = put(text, &all[0]);
    assert_text(after, "---\r\nturnabout: meetings/1\r\n---\r\nx\r\n"
                       "* M1 2026-11-24T10:00:00+01:00 held as session 1, 47 min\r\n"
                       "  - ours: bring cake\r\n\r\n"
                       "- M2 2026-11-24T10:00:00+01:00\r\n  planned\r\n\r\n\r\nThe end");
    after = put(text, &all[1]);
    assert_text(after, "---\r\nturnabout: meetings/1\r\n---\r\nx\r\n"
                       "* M1 2026-11-24T10:00:00+01:00 planned\r\n  - ours: bring cake\r\n\r\n"
                       "- M2 2026-11-24T10:00:00+01:00 moved to M3 by mentee: travel: by train\r\n"
                       "\r\n\r\nThe end");
    after = put(text, &all[3]);
    assert_text(after, "---\r\nturnabout: meetings/1\r\n---\r\nx\r\n"
                       "* M1 2026-11-24T10:00:00+01:00 planned\r\n  - ours: bring cake\r\n\r\n"
                       "- M2 2026-11-24T10:00:00+01:00\r\n  planned\r\n"
                       "- M4 2026-11-24T10:00:00+01:00 planned\r\n"
                       "\r\n\r\nThe end");
}

static void a_first_meeting_finds_room(void **state)
{
    (void)state;
    const char *line = "- M4 2026-11-24T10:00:00+01:00 planned\n";
    static const char *const before[] = {FRONT, FRONT "text", FRONT "text\n\n",
                                         FRONT "```\nopen\n"};
    static const char *const between[] = {FRONT "\n", FRONT "text\n\n", FRONT "text\n\n",
                                          FRONT "\n"};
    for (size_t at = 0; at < sizeof before / sizeof *before; at++) {
        struct ta_text expected = {0};
        ta_text_addf(&expected, "%s%s%s", between[at], line, at == 3 ? "```\nopen\n" : "");
        assert_text(put(before[at], &all[3]), expected.bytes);
        ta_text_release(&expected);
    }
}

static void a_reason_stays_on_its_line(void **state)
{
    (void)state;
    struct ta_meeting meeting = all[2];
    meeting.reason = (char[]){"ill\n- M9 2026-11-24T10:00:00+01:00 planned"};
    char *text = put(NULL, &meeting);
    struct ta_meetings meetings = read_meetings(text);
    assert_int_equal(meetings.count, 1);
    assert_string_equal(meetings.items[0].reason, "ill - M9 2026-11-24T10:00:00+01:00 planned");
    ta_meetings_release(&meetings);
    free(text);
}

static void refuse(const char *text, const char *because)
{
    struct ta_meetings meetings;
    struct ta_error err;
    char *out;
    assert_false(ta_meetings_read(&meetings, text, &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, "meetings.md");
    assert_holds(err.text, because);
    assert_null(meetings.items);
    assert_false(ta_meetings_put(&out, text, &all[0], &err));
    assert_int_equal(err.code, TA_DAMAGED);
}

static void refuses_what_is_no_list_of_meetings(void **state)
{
    (void)state;
    refuse("", "does not say what it is");
    refuse("---\nturnabout: meetings/2\n---\n", "newer Turnabout");
    refuse("---\nturnabout: promises/1\n---\n", "something else");
    refuse("---\nturnabout: meetings/1\n", "never ends");
    refuse("---\nturnabout: meetings/1\n---\n\xC3", "UTF-8");
}

/* A thousand meetings, changed one after the other, stay a thousand in their order. */
static void a_thousand_meetings_stay_in_order(void **state)
{
    (void)state;
    char *text = NULL;
    for (unsigned id = 1; id <= 1000; id++) {
        struct ta_meeting meeting = all[id % ALL];
        meeting.id = id;
        char *longer = put(text, &meeting);
        free(text);
        text = longer;
    }
    struct ta_meeting changed = all[0];
    changed.id = 500;
    char *after = put(text, &changed);
    struct change change = change_between(text, after);
    assert_int_equal(change.first, 5 + 499);
    assert_int_equal(change.removed, 1);
    assert_int_equal(change.added, 1);
    struct ta_meetings meetings = read_meetings(after);
    assert_int_equal(meetings.count, 1000);
    for (unsigned at = 0; at < 1000; at++) {
        assert_int_equal(meetings.items[at].id, at + 1);
    }
    ta_meetings_release(&meetings);
    free(after);
    free(text);
}

static void read_any(const char *text)
{
    struct ta_meetings meetings;
    char *out;
    if (!ta_meetings_read(&meetings, text, NULL)) {
        return;
    }
    struct ta_meeting fresh = all[1];
    fresh.id = ta_meetings_next_id(&meetings);
    size_t count = meetings.count;
    ta_meetings_release(&meetings);
    assert_true(ta_meetings_put(&out, text, &fresh, NULL));
    meetings = read_meetings(out);
    assert_true(meetings.count >= count);
    assert_int_equal(ta_meetings_next_id(&meetings), fresh.id + 1);
    ta_meetings_release(&meetings);
    free(out);
}

static void survives_any_bytes(void **state)
{
    (void)state;
    char *text = write_all();
    survive(text, read_any);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_a_line_one_can_read),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(understands_what_people_write),
        cmocka_unit_test(keeps_and_leaves_out_what_it_does_not_understand),
        cmocka_unit_test(a_meeting_is_changed_in_its_place),
        cmocka_unit_test(a_first_meeting_finds_room),
        cmocka_unit_test(a_reason_stays_on_its_line),
        cmocka_unit_test(refuses_what_is_no_list_of_meetings),
        cmocka_unit_test(a_thousand_meetings_stay_in_order),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
