#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/summary.h"

/* 2026-11-24T10:02:00+01:00, and minutes after it. */
static const int64_t beginning = INT64_C(1795510920000);

static int64_t minute(int64_t minutes)
{
    return beginning + minutes * 60000;
}

static struct ta_pair pair = {
    .person = {[TA_MENTOR] = {.name = "Priya Raman"}, [TA_MENTEE] = {.name = "Dana Holt"}},
};

static struct ta_item items[] = {
    {.title = "Check-in", .minutes = 5},
    {.title = "Who speaks first", .minutes = 25},
    {.title = "Wrap-up", .minutes = 15},
};

static struct ta_agenda agenda = {.session = 3, .minutes = 45, .items = items, .count = 3};

/* Five minutes paused, so 24 and a half of 29.5 minutes on the second item count. */
static struct ta_event events[] = {
    {INT64_C(1795510920000), TA_EVENT_START, 0},
    {INT64_C(1795511040000), TA_EVENT_ITEM, 0},   /* minute 2 */
    {INT64_C(1795511220000), TA_EVENT_ITEM, 1},   /* minute 5 */
    {INT64_C(1795511520000), TA_EVENT_PAUSE, 0},  /* minute 10 */
    {INT64_C(1795511820000), TA_EVENT_RESUME, 0}, /* minute 15 */
    {INT64_C(1795512990000), TA_EVENT_ITEM, 2},   /* minute 34.5 */
    {INT64_C(1795514040000), TA_EVENT_END, 0},    /* minute 52 */
};

static struct ta_events all_events = {.items = events, .count = 7};

static void make(struct ta_summary *summary, struct ta_note *notes, size_t count)
{
    struct ta_notes all_notes = {notes, count};
    ta_summary_make(
        summary, &(struct ta_summary_source){
                     .pair = &pair, .agenda = &agenda, .events = &all_events, .notes = &all_notes});
}

static void a_summary_says_when_how_long_and_who(void **state)
{
    (void)state;
    struct ta_summary summary;
    make(&summary, NULL, 0);
    char held[TA_DATE_SIZE];
    ta_moment_write(held, summary.held);
    assert_string_equal(held, "2026-11-24T10:02:00+01:00");
    assert_int_equal(summary.session, 3);
    assert_int_equal(summary.planned, 45);
    assert_int_equal(summary.lasted, 47);
    assert_string_equal(summary.present[TA_MENTOR], "Priya Raman");
    assert_string_equal(summary.present[TA_MENTEE], "Dana Holt");
    assert_string_equal(summary.title, "Who speaks first");
    ta_summary_release(&summary);
    assert_null(summary.title);
    ta_summary_release(NULL);
}

/* Pauses are nobody's, and neither is what was said while nobody had the floor. */
static void the_floor_is_shared_in_percent(void **state)
{
    (void)state;
    struct ta_event held[] = {
        {INT64_C(1795510920000), TA_EVENT_START, 0},
        {INT64_C(1795510980000), TA_EVENT_FLOOR, TA_MENTOR}, /* minute 1 */
        {INT64_C(1795511100000), TA_EVENT_PAUSE, 0},         /* minute 3 */
        {INT64_C(1795511700000), TA_EVENT_RESUME, 0},        /* minute 13 */
        {INT64_C(1795511760000), TA_EVENT_FLOOR, TA_MENTEE}, /* minute 14 */
        {INT64_C(1795511840000), TA_EVENT_FLOOR, TA_NOBODY}, /* 80 seconds later */
        {INT64_C(1795513000000), TA_EVENT_END, 0},
    };
    struct ta_events with_floor = {held, sizeof held / sizeof held[0]};
    struct ta_notes none = {0};
    struct ta_summary summary;
    ta_summary_make(&summary, &(struct ta_summary_source){&pair, &agenda, &with_floor, &none});
    assert_int_equal(summary.floor[TA_MENTOR], 69); /* 180 of 260 seconds */
    assert_int_equal(summary.floor[TA_MENTEE], 31);
    ta_summary_release(&summary);
    make(&summary, NULL, 0);
    assert_int_equal(summary.floor[TA_MENTOR] + summary.floor[TA_MENTEE], 0);
    ta_summary_release(&summary);
}

static void each_item_tells_planned_and_used_minutes(void **state)
{
    (void)state;
    struct ta_summary summary;
    make(&summary, NULL, 0);
    assert_int_equal(summary.item_count, 3);
    assert_string_equal(summary.items[1].title, "Who speaks first");
    assert_int_equal(summary.items[0].used, 3);
    assert_int_equal(summary.items[1].planned, 25);
    assert_int_equal(summary.items[1].used, 25); /* 24.5 rounded to the nearest */
    assert_int_equal(summary.items[2].used, 18); /* 17.5 */
    ta_summary_release(&summary);
}

static void notes_go_where_their_kind_says(void **state)
{
    (void)state;
    struct ta_note notes[] = {
        {.kind = TA_NOTE_TAKEAWAY, .text = "The first to speak", .at = minute(17), .item = 1},
        {.kind = TA_NOTE_QUESTION, .text = "Who decides", .at = minute(18), .item = 1},
        {.kind = TA_NOTE_DIFFERENCE, .text = "A pause", .at = minute(19), .item = 1},
        {.kind = TA_NOTE_PLAIN, .text = "Example from Lisbon", .at = minute(20), .item = 1},
        {.kind = TA_NOTE_PLAIN, .text = "See you", .at = minute(50), .item = 2},
        {.kind = TA_NOTE_TAKEAWAY, .text = "Second", .at = minute(51), .item = 2},
    };
    struct ta_summary summary;
    make(&summary, notes, 6);
    assert_int_equal(summary.lines[TA_SUMMARY_TAKEAWAYS].count, 2);
    assert_string_equal(summary.lines[TA_SUMMARY_TAKEAWAYS].items[0], "The first to speak");
    assert_string_equal(summary.lines[TA_SUMMARY_TAKEAWAYS].items[1], "Second");
    assert_string_equal(summary.lines[TA_SUMMARY_QUESTIONS].items[0], "Who decides");
    assert_string_equal(summary.lines[TA_SUMMARY_DIFFERENCES].items[0], "A pause");
    assert_int_equal(summary.items[0].count, 0);
    assert_int_equal(summary.items[1].count, 1);
    assert_string_equal(summary.items[1].notes[0].text, "Example from Lisbon");
    assert_int_equal(summary.items[1].notes[0].elapsed, 15 * 60); /* the pause left out */
    assert_string_equal(summary.items[2].notes[0].text, "See you");
    ta_summary_release(&summary);
}

static void promises_are_understood_on_the_day_of_the_session(void **state)
{
    (void)state;
    struct ta_note notes[] = {
        {.kind = TA_NOTE_PROMISE, .text = "Priya: share the survey by Friday", .at = minute(18)},
        {.kind = TA_NOTE_PROMISE, .text = "ask juniors first", .at = minute(19)},
    };
    struct ta_summary summary;
    make(&summary, notes, 2);
    assert_int_equal(summary.promises.count, 2);
    const struct ta_promise *promise = &summary.promises.items[0];
    assert_int_equal(promise->owner, TA_MENTOR);
    assert_string_equal(promise->text, "share the survey");
    assert_int_equal(promise->due.month, 11);
    assert_int_equal(promise->due.day, 27);
    assert_int_equal(promise->session, 3);
    assert_int_equal(promise->id, 0);
    assert_int_equal(summary.promises.items[1].owner, TA_MENTEE);
    assert_int_equal(summary.promises.items[1].due.year, 0);
    ta_summary_release(&summary);
}

static void assert_nowhere(const struct ta_summary *summary, const char *word)
{
    for (size_t section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        for (size_t i = 0; i < summary->lines[section].count; i++) {
            assert_null(strstr(summary->lines[section].items[i], word));
        }
    }
    for (size_t i = 0; i < summary->item_count; i++) {
        for (size_t j = 0; j < summary->items[i].count; j++) {
            assert_null(strstr(summary->items[i].notes[j].text, word));
        }
    }
    for (size_t i = 0; i < summary->promises.count; i++) {
        assert_null(strstr(summary->promises.items[i].text, word));
    }
}

static void what_is_mine_or_removed_stays_out(void **state)
{
    (void)state;
    struct ta_note notes[TA_NOTE_KINDS + 2] = {
        {.kind = TA_NOTE_MINE, .text = "secret", .at = minute(3), .item = 0},
        {.kind = TA_NOTE_MINE, .text = "secret", .at = minute(1), .item = -1},
    };
    for (enum ta_note_kind kind = TA_NOTE_PLAIN; kind < TA_NOTE_KINDS; kind++) {
        notes[kind + 2] =
            (struct ta_note){.kind = kind, .text = "secret", .item = -1, .removed = true};
    }
    struct ta_summary summary;
    make(&summary, notes, TA_NOTE_KINDS + 2);
    assert_nowhere(&summary, "secret");
    assert_int_equal(summary.promises.count, 0);
    assert_int_equal(summary.item_count, 3);
    ta_summary_release(&summary);
}

static void what_was_said_before_the_first_item_stands_first(void **state)
{
    (void)state;
    struct ta_note notes[] = {
        {.kind = TA_NOTE_PLAIN, .text = "under one", .at = minute(6), .item = 1},
        {.kind = TA_NOTE_PLAIN, .text = "early", .at = minute(1), .item = -1},
        {.kind = TA_NOTE_PLAIN, .text = "of an item that is gone", .at = minute(2), .item = 3},
        {.kind = TA_NOTE_PLAIN, .text = "under the first", .at = minute(3), .item = 0},
    };
    struct ta_summary summary;
    make(&summary, notes, 4);
    assert_int_equal(summary.item_count, 4);
    assert_null(summary.items[0].title);
    assert_int_equal(summary.items[0].count, 2);
    assert_string_equal(summary.items[0].notes[0].text, "early");
    assert_int_equal(summary.items[0].notes[0].elapsed, 60);
    assert_string_equal(summary.items[1].title, "Check-in");
    assert_string_equal(summary.items[1].notes[0].text, "under the first");
    assert_string_equal(summary.items[2].notes[0].text, "under one");
    ta_summary_release(&summary);
}

static void without_items_in_hand_the_longest_planned_names_it(void **state)
{
    (void)state;
    struct ta_event plain[] = {{beginning, TA_EVENT_START, 0},
                               {beginning + 29000, TA_EVENT_END, 0}};
    struct ta_events short_session = {plain, 2};
    struct ta_notes none = {0};
    struct ta_summary_source source = {
        .pair = &pair, .agenda = &agenda, .events = &short_session, .notes = &none};
    struct ta_summary summary;
    ta_summary_make(&summary, &source);
    assert_string_equal(summary.title, "Who speaks first");
    assert_int_equal(summary.lasted, 0);
    ta_summary_release(&summary);
    struct ta_agenda empty = {.session = 1, .minutes = 45};
    source.agenda = &empty;
    ta_summary_make(&summary, &source);
    assert_string_equal(summary.title, "");
    assert_int_equal(summary.item_count, 0);
    ta_summary_release(&summary);
}

static void sections_have_titles(void **state)
{
    (void)state;
    assert_string_equal(ta_summary_section_title(TA_SUMMARY_TAKEAWAYS), "Takeaways");
    assert_string_equal(ta_summary_section_title(TA_SUMMARY_DIFFERENCES), "Differences");
    assert_string_equal(ta_summary_section_title(TA_SUMMARY_PROMISES), "Promises");
    assert_string_equal(ta_summary_section_title(TA_SUMMARY_QUESTIONS), "Questions");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_summary_says_when_how_long_and_who),
        cmocka_unit_test(the_floor_is_shared_in_percent),
        cmocka_unit_test(each_item_tells_planned_and_used_minutes),
        cmocka_unit_test(notes_go_where_their_kind_says),
        cmocka_unit_test(promises_are_understood_on_the_day_of_the_session),
        cmocka_unit_test(what_is_mine_or_removed_stays_out),
        cmocka_unit_test(what_was_said_before_the_first_item_stands_first),
        cmocka_unit_test(without_items_in_hand_the_longest_planned_names_it),
        cmocka_unit_test(sections_have_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
