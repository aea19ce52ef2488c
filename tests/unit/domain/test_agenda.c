#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/agenda.h"

static void assert_items(const struct ta_agenda *agenda, const char *const titles[],
                         const unsigned minutes[], size_t count)
{
    assert_int_equal(agenda->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(agenda->items[i].title, titles[i]);
        assert_int_equal(agenda->items[i].minutes, minutes[i]);
    }
}

static void forty_five_minutes_are_the_published_plan(void **state)
{
    (void)state;
    static const char *const titles[] = {"Check-in", "What we want from today", "Last commitments",
                                         "Our topic", "Wrap-up"};
    struct ta_agenda agenda;
    ta_agenda_init(&agenda, 3, 45);
    assert_items(&agenda, titles, (const unsigned[]){3, 2, 7, 25, 8}, 5);
    assert_int_equal(agenda.session, 3);
    assert_int_equal(agenda.minutes, 45);
    ta_agenda_release(&agenda);
    ta_agenda_init(&agenda, 3, 90);
    assert_items(&agenda, titles, (const unsigned[]){6, 4, 14, 50, 16}, 5);
    ta_agenda_release(&agenda);
}

static void the_first_session_has_no_last_commitments(void **state)
{
    (void)state;
    static const char *const titles[] = {"Check-in", "What we want from today", "Our topic",
                                         "Wrap-up"};
    struct ta_agenda agenda;
    ta_agenda_init(&agenda, 1, 45);
    assert_items(&agenda, titles, (const unsigned[]){3, 2, 32, 8}, 4);
    ta_agenda_release(&agenda);
}

static void every_length_adds_up_with_a_minute_for_each(void **state)
{
    (void)state;
    for (unsigned session = 1; session <= 2; session++) {
        for (unsigned minutes = 5; minutes <= 600; minutes++) {
            struct ta_agenda agenda;
            ta_agenda_init(&agenda, session, minutes);
            assert_int_equal(agenda.count, session == 1 ? 4 : 5);
            assert_int_equal(ta_agenda_sum(&agenda), minutes);
            for (size_t i = 0; i < agenda.count; i++) {
                assert_in_range(agenda.items[i].minutes, 1, 600);
            }
            ta_agenda_release(&agenda);
        }
    }
}

static void the_topic_has_more_time_than_anything_else(void **state)
{
    (void)state;
    for (unsigned minutes = 15; minutes <= 240; minutes++) {
        struct ta_agenda agenda;
        ta_agenda_init(&agenda, 2, minutes);
        for (size_t i = 0; i < agenda.count; i++) {
            assert_true(i == 3 || agenda.items[i].minutes < agenda.items[3].minutes);
        }
        ta_agenda_release(&agenda);
    }
}

/* An agenda of items named a, b, c, ... of 1, 2, 3, ... minutes. */
static struct ta_agenda letters(size_t count)
{
    struct ta_agenda agenda = {.session = 2, .minutes = 45};
    for (size_t i = 0; i < count; i++) {
        const char title[] = {(char)('a' + (int)i), '\0'};
        assert_int_equal(ta_agenda_insert(&agenda, i, title, (unsigned)i + 1), TA_AGENDA_FINE);
    }
    return agenda;
}

static void assert_order(const struct ta_agenda *agenda, const char *order)
{
    assert_int_equal(agenda->count, strlen(order));
    for (size_t i = 0; i < agenda->count; i++) {
        assert_int_equal(agenda->items[i].title[0], order[i]);
    }
}

static void items_go_in_where_they_are_told(void **state)
{
    (void)state;
    struct ta_agenda agenda = letters(3);
    assert_int_equal(ta_agenda_insert(&agenda, 0, "x", 1), TA_AGENDA_FINE);
    assert_order(&agenda, "xabc");
    assert_int_equal(ta_agenda_insert(&agenda, 2, "y", 1), TA_AGENDA_FINE);
    assert_order(&agenda, "xaybc");
    assert_int_equal(ta_agenda_insert(&agenda, 5, " z ", 600), TA_AGENDA_FINE);
    assert_order(&agenda, "xaybcz");
    assert_string_equal(agenda.items[5].title, "z");
    assert_int_equal(ta_agenda_sum(&agenda), 1 + 1 + 1 + 2 + 3 + 600);
    ta_agenda_release(&agenda);
}

static void a_moved_item_is_where_it_was_sent(void **state)
{
    (void)state;
    struct ta_agenda agenda = letters(5);
    assert_int_equal(ta_agenda_move(&agenda, 1, 3), TA_AGENDA_FINE);
    assert_order(&agenda, "acdbe");
    assert_int_equal(ta_agenda_move(&agenda, 4, 0), TA_AGENDA_FINE);
    assert_order(&agenda, "eacdb");
    assert_int_equal(ta_agenda_move(&agenda, 2, 2), TA_AGENDA_FINE);
    assert_order(&agenda, "eacdb");
    assert_int_equal(ta_agenda_move(&agenda, 0, 5), TA_AGENDA_NO_SUCH_ITEM);
    assert_int_equal(ta_agenda_move(&agenda, 5, 0), TA_AGENDA_NO_SUCH_ITEM);
    assert_order(&agenda, "eacdb");
    ta_agenda_release(&agenda);
}

static void a_dropped_item_is_gone_and_room_is_left(void **state)
{
    (void)state;
    struct ta_agenda agenda = letters(20);
    for (size_t left = 20; left > 0; left--) {
        assert_int_equal(ta_agenda_drop(&agenda, left / 2), TA_AGENDA_FINE);
    }
    assert_int_equal(ta_agenda_drop(&agenda, 0), TA_AGENDA_NO_SUCH_ITEM);
    assert_int_equal(ta_agenda_insert(&agenda, 0, "x", 1), TA_AGENDA_FINE);
    assert_order(&agenda, "x");
    ta_agenda_release(&agenda);
    agenda = letters(3);
    ta_agenda_drop(&agenda, 1);
    assert_order(&agenda, "ac");
    ta_agenda_release(&agenda);
}

static void what_cannot_be_an_item_changes_nothing(void **state)
{
    (void)state;
    struct ta_agenda agenda = letters(1);
    assert_int_equal(ta_agenda_insert(&agenda, 0, "  ", 5), TA_AGENDA_NO_TITLE);
    assert_int_equal(ta_agenda_insert(&agenda, 0, "x", 0), TA_AGENDA_BAD_MINUTES);
    assert_int_equal(ta_agenda_insert(&agenda, 0, "x", 601), TA_AGENDA_BAD_MINUTES);
    assert_int_equal(ta_agenda_insert(&agenda, 2, "x", 5), TA_AGENDA_NO_SUCH_ITEM);
    assert_int_equal(ta_agenda_insert(&agenda, 0, "x\ny", 5), TA_AGENDA_TITLE_NOT_TEXT);
    assert_int_equal(ta_agenda_retitle(&agenda, 0, ""), TA_AGENDA_NO_TITLE);
    assert_int_equal(ta_agenda_retitle(&agenda, 0, "\xff"), TA_AGENDA_TITLE_NOT_TEXT);
    assert_int_equal(ta_agenda_retitle(&agenda, 1, "x"), TA_AGENDA_NO_SUCH_ITEM);
    assert_int_equal(ta_agenda_set_minutes(&agenda, 0, 0), TA_AGENDA_BAD_MINUTES);
    assert_int_equal(ta_agenda_set_minutes(&agenda, 1, 5), TA_AGENDA_NO_SUCH_ITEM);
    assert_int_equal(ta_agenda_set_notes(&agenda, 1, "x"), TA_AGENDA_NO_SUCH_ITEM);
    assert_int_equal(ta_agenda_set_notes(&agenda, 0, "\x1b[2J"), TA_AGENDA_NOTES_NOT_TEXT);
    assert_int_equal(ta_agenda_set_origin(&agenda, 1, "x"), TA_AGENDA_NO_SUCH_ITEM);
    assert_order(&agenda, "a");
    assert_int_equal(agenda.items[0].minutes, 1);
    assert_null(agenda.items[0].notes);
    ta_agenda_release(&agenda);
}

static void a_title_has_five_hundred_bytes_at_most(void **state)
{
    (void)state;
    char title[502];
    memset(title, 'x', sizeof title);
    title[500] = '\0';
    struct ta_agenda agenda = letters(1);
    assert_int_equal(ta_agenda_retitle(&agenda, 0, title), TA_AGENDA_FINE);
    title[500] = 'x';
    title[501] = '\0';
    assert_int_equal(ta_agenda_retitle(&agenda, 0, title), TA_AGENDA_TITLE_NOT_TEXT);
    ta_agenda_release(&agenda);
}

static void two_hundred_items_fill_an_agenda(void **state)
{
    (void)state;
    struct ta_agenda agenda = {0};
    for (size_t i = 0; i < 200; i++) {
        assert_int_equal(ta_agenda_insert(&agenda, 0, "x", 1), TA_AGENDA_FINE);
    }
    assert_int_equal(ta_agenda_insert(&agenda, 0, "x", 1), TA_AGENDA_FULL);
    assert_int_equal(ta_agenda_sum(&agenda), 200);
    ta_agenda_release(&agenda);
}

static void notes_and_origin_come_and_go(void **state)
{
    (void)state;
    struct ta_agenda agenda = letters(1);
    struct ta_item *item = &agenda.items[0];
    assert_int_equal(ta_agenda_set_notes(&agenda, 0, "one\n\ttwo"), TA_AGENDA_FINE);
    assert_string_equal(item->notes, "one\n\ttwo");
    assert_int_equal(ta_agenda_set_notes(&agenda, 0, " \n "), TA_AGENDA_FINE);
    assert_null(item->notes);
    assert_int_equal(ta_agenda_set_origin(&agenda, 0, "session 2"), TA_AGENDA_FINE);
    assert_string_equal(item->origin, "session 2");
    assert_int_equal(ta_agenda_set_origin(&agenda, 0, NULL), TA_AGENDA_FINE);
    assert_null(item->origin);
    assert_int_equal(ta_agenda_retitle(&agenda, 0, item->title), TA_AGENDA_FINE);
    assert_string_equal(item->title, "a");
    ta_agenda_release(&agenda);
    ta_agenda_release(NULL);
}

static void a_new_topic_goes_before_the_wrap_up(void **state)
{
    (void)state;
    struct ta_agenda agenda;
    size_t slot = 0;
    ta_agenda_init(&agenda, 3, 45);
    assert_int_equal(ta_agenda_place(&agenda, &slot), 4);
    assert_int_equal(slot, 3);
    ta_agenda_retitle(&agenda, 3, "Who speaks first");
    assert_int_equal(ta_agenda_place(&agenda, &slot), 4);
    assert_true(slot == SIZE_MAX);
    ta_agenda_drop(&agenda, 4);
    assert_int_equal(ta_agenda_place(&agenda, &slot), 4);
    ta_agenda_release(&agenda);
    assert_int_equal(ta_agenda_place(&agenda, &slot), 0);
    assert_true(slot == SIZE_MAX);
}

static void a_topic_with_notes_is_somebodys_work(void **state)
{
    (void)state;
    struct ta_agenda agenda;
    size_t slot = 0;
    ta_agenda_init(&agenda, 1, 45);
    ta_agenda_set_minutes(&agenda, 2, 20);
    (void)ta_agenda_place(&agenda, &slot);
    assert_int_equal(slot, 2);
    ta_agenda_set_notes(&agenda, 2, "mine");
    (void)ta_agenda_place(&agenda, &slot);
    assert_true(slot == SIZE_MAX);
    ta_agenda_release(&agenda);
}

static void minutes_are(const char *typed, enum ta_agenda_verdict verdict, unsigned expected,
                        const char *title)
{
    struct ta_piece text = ta_piece_of(typed);
    unsigned minutes = 99;
    assert_int_equal(ta_agenda_take_minutes(&text, &minutes), verdict);
    assert_int_equal(minutes, expected);
    assert_true(ta_piece_is(text, title));
}

static void minutes_typed_behind_a_title_are_understood(void **state)
{
    (void)state;
    minutes_are("Who speaks first (25 min)", TA_AGENDA_FINE, 25, "Who speaks first");
    minutes_are("Who (a list) ( 5 minutes ) ", TA_AGENDA_FINE, 5, "Who (a list)");
    minutes_are("Who (12')", TA_AGENDA_FINE, 12, "Who");
    minutes_are("Who speaks first", TA_AGENDA_FINE, 0, "Who speaks first");
    minutes_are("Back to (2026)", TA_AGENDA_FINE, 0, "Back to (2026)");
    minutes_are("Budget (700 million)", TA_AGENDA_FINE, 0, "Budget (700 million)");
    minutes_are("Who (min)", TA_AGENDA_FINE, 0, "Who (min)");
    minutes_are("", TA_AGENDA_FINE, 0, "");
    minutes_are(")", TA_AGENDA_FINE, 0, ")");
}

static void minutes_that_no_item_can_have_are_refused(void **state)
{
    (void)state;
    minutes_are("Who (700 min)", TA_AGENDA_BAD_MINUTES, 0, "Who (700 min)");
    minutes_are("Who (0 min)", TA_AGENDA_BAD_MINUTES, 0, "Who (0 min)");
    minutes_are("Who (99999999999999999999 min)", TA_AGENDA_BAD_MINUTES, 0,
                "Who (99999999999999999999 min)");
}

static void a_topic_is_put_where_it_belongs(void **state)
{
    (void)state;
    struct ta_agenda agenda;
    size_t at = 0;
    ta_agenda_init(&agenda, 2, 45);
    assert_int_equal(ta_agenda_put(&agenda, "First", 7, &at), TA_AGENDA_FINE);
    assert_int_equal(at, 3);
    assert_int_equal(agenda.items[at].minutes, 25);
    assert_int_equal(ta_agenda_put(&agenda, "Second", 7, &at), TA_AGENDA_FINE);
    assert_int_equal(at, 4);
    assert_int_equal(agenda.items[at].minutes, 7);
    assert_int_equal(ta_agenda_put(&agenda, "Third", 0, &at), TA_AGENDA_FINE);
    assert_int_equal(agenda.items[at].minutes, 5);
    ta_agenda_set_minutes(&agenda, 3, 1);
    assert_int_equal(ta_agenda_put(&agenda, "Fourth", 0, &at), TA_AGENDA_FINE);
    assert_int_equal(agenda.items[at].minutes, 45 - 33);
    ta_agenda_release(&agenda);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_five_minutes_are_the_published_plan),
        cmocka_unit_test(the_first_session_has_no_last_commitments),
        cmocka_unit_test(every_length_adds_up_with_a_minute_for_each),
        cmocka_unit_test(the_topic_has_more_time_than_anything_else),
        cmocka_unit_test(items_go_in_where_they_are_told),
        cmocka_unit_test(a_moved_item_is_where_it_was_sent),
        cmocka_unit_test(a_dropped_item_is_gone_and_room_is_left),
        cmocka_unit_test(what_cannot_be_an_item_changes_nothing),
        cmocka_unit_test(a_title_has_five_hundred_bytes_at_most),
        cmocka_unit_test(two_hundred_items_fill_an_agenda),
        cmocka_unit_test(notes_and_origin_come_and_go),
        cmocka_unit_test(a_new_topic_goes_before_the_wrap_up),
        cmocka_unit_test(a_topic_with_notes_is_somebodys_work),
        cmocka_unit_test(minutes_typed_behind_a_title_are_understood),
        cmocka_unit_test(minutes_that_no_item_can_have_are_refused),
        cmocka_unit_test(a_topic_is_put_where_it_belongs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
