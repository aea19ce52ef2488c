#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "turnabout/domain/carry.h"

/* Two sessions that were held, the newest first, and the agenda of the next one. */
struct fixture {
    struct ta_past pasts[2];
    struct ta_agenda next;
    struct ta_carries carries;
};

static void set_up(struct fixture *fixture)
{
    *fixture = (struct fixture){0};
    fixture->pasts[0].summary.session = 2;
    fixture->pasts[1].summary.session = 1;
    ta_agenda_init(&fixture->next, 3, 45);
}

static void tear_down(struct fixture *fixture)
{
    for (size_t i = 0; i < 2; i++) {
        ta_agenda_release(&fixture->pasts[i].agenda);
        ta_summary_release(&fixture->pasts[i].summary);
    }
    ta_agenda_release(&fixture->next);
    ta_carries_release(&fixture->carries);
}

static void ask(struct ta_past *past, const char *question)
{
    ta_summary_add_line(&past->summary, TA_SUMMARY_QUESTIONS, question);
}

/* An item of a session's agenda, and how many minutes it got. */
static void plan(struct ta_past *past, const char *title, unsigned used)
{
    struct ta_summary *summary = &past->summary;
    assert_int_equal(ta_agenda_insert(&past->agenda, past->agenda.count, title, 9), TA_AGENDA_FINE);
    struct ta_summary_item *item =
        ta_append(&summary->items, summary->item_count++, sizeof *summary->items);
    *item = (struct ta_summary_item){.title = ta_copy(title), .planned = 9, .used = used};
}

static void carry(struct fixture *fixture)
{
    ta_carries_release(&fixture->carries);
    ta_carry_over(&fixture->carries, fixture->pasts, 2, &fixture->next);
}

static void offered(const struct fixture *fixture, size_t at, const char *text, const char *origin)
{
    assert_true(at < fixture->carries.count);
    assert_string_equal(fixture->carries.items[at].text, text);
    assert_string_equal(fixture->carries.items[at].origin, origin);
}

static void questions_of_all_sessions_are_offered_the_newest_first(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    ask(&fixture.pasts[1], "Why so early");
    ask(&fixture.pasts[1], "Who decides");
    ask(&fixture.pasts[0], "Who decides");
    ask(&fixture.pasts[0], "What is urgent");
    carry(&fixture);
    assert_int_equal(fixture.carries.count, 3);
    offered(&fixture, 0, "Who decides", "session 2");
    offered(&fixture, 1, "What is urgent", "session 2");
    offered(&fixture, 2, "Why so early", "session 1");
    tear_down(&fixture);
}

static void a_question_that_was_taken_up_does_not_come_back(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    ask(&fixture.pasts[1], "In an item");
    ask(&fixture.pasts[1], "In notes");
    ask(&fixture.pasts[1], "Set aside");
    ask(&fixture.pasts[1], "Open");
    plan(&fixture.pasts[0], "In an item", 20);
    plan(&fixture.pasts[0], "Other things", 20);
    assert_int_equal(ta_agenda_set_notes(&fixture.pasts[0].agenda, 1, "Also: In notes"),
                     TA_AGENDA_FINE);
    ta_agenda_set_aside(&fixture.pasts[0].agenda, "Set aside");
    carry(&fixture);
    assert_int_equal(fixture.carries.count, 1);
    offered(&fixture, 0, "Open", "session 1");
    tear_down(&fixture);
}

static void one_that_is_asked_again_comes_back(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    ask(&fixture.pasts[1], "Who decides");
    plan(&fixture.pasts[0], "Who decides", 20);
    ask(&fixture.pasts[0], "Who decides");
    carry(&fixture);
    assert_int_equal(fixture.carries.count, 1);
    offered(&fixture, 0, "Who decides", "session 2");
    tear_down(&fixture);
}

static void what_was_never_reached_is_offered_with_its_notes(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    plan(&fixture.pasts[0], "Check-in", 0);
    plan(&fixture.pasts[0], "Reached", 30);
    plan(&fixture.pasts[0], "Not reached", 0);
    plan(&fixture.pasts[0], "Wrap-up", 0);
    assert_int_equal(ta_agenda_set_notes(&fixture.pasts[0].agenda, 2, "Bring the list"),
                     TA_AGENDA_FINE);
    carry(&fixture);
    assert_int_equal(fixture.carries.count, 1);
    offered(&fixture, 0, "Not reached", "session 2");
    assert_int_equal(fixture.carries.items[0].kind, TA_CARRY_ITEM);
    assert_int_equal(fixture.carries.items[0].minutes, 9);
    assert_string_equal(fixture.carries.items[0].notes, "Bring the list");
    tear_down(&fixture);
}

static void a_note_under_an_item_means_that_it_was_reached(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    plan(&fixture.pasts[0], "Half a minute", 0);
    struct ta_summary_item *item = &fixture.pasts[0].summary.items[0];
    struct ta_summary_note *note = ta_append(&item->notes, item->count++, sizeof *item->notes);
    note->text = ta_copy("Said in passing");
    carry(&fixture);
    assert_int_equal(fixture.carries.count, 0);
    tear_down(&fixture);
}

static void an_item_keeps_the_origin_it_had(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    ask(&fixture.pasts[1], "Who decides");
    plan(&fixture.pasts[0], "Who decides", 0);
    assert_int_equal(ta_agenda_set_origin(&fixture.pasts[0].agenda, 0, "session 1"),
                     TA_AGENDA_FINE);
    carry(&fixture);
    assert_int_equal(fixture.carries.count, 1);
    offered(&fixture, 0, "Who decides", "session 1");
    tear_down(&fixture);
}

static void what_is_taken_in_says_where_it_came_from(void **state)
{
    (void)state;
    struct fixture fixture;
    size_t at = 0;
    set_up(&fixture);
    ask(&fixture.pasts[0], "Who decides");
    plan(&fixture.pasts[0], "Not reached", 0);
    carry(&fixture);
    assert_int_equal(ta_carry_take(&fixture.next, &fixture.carries.items[0], &at), TA_AGENDA_FINE);
    assert_string_equal(fixture.next.items[at].title, "Who decides");
    assert_string_equal(fixture.next.items[at].origin, "session 2");
    assert_int_equal(fixture.next.items[at].minutes, 25); /* in the place of the topic */
    assert_int_equal(ta_carry_take(&fixture.next, &fixture.carries.items[1], &at), TA_AGENDA_FINE);
    assert_int_equal(fixture.next.items[at].minutes, 9);
    carry(&fixture);
    assert_int_equal(fixture.carries.count, 0);
    tear_down(&fixture);
}

/* Promises */

static struct ta_pair pair = {.person = {{.name = "Priya Raman"}, {.name = "Dana Holt"}}};

static void promise(struct ta_promises *promises, const char *text, enum ta_promise_state done)
{
    char line[100] = {0};
    strncpy(line, text, sizeof line - 1);
    struct ta_promise promise = {
        .id = 1, .owner = TA_MENTEE, .text = line, .state = done, .session = 2};
    ta_promises_add(promises, &promise);
}

static void promises_are_offered_until_they_are_told_back(void **state)
{
    (void)state;
    struct fixture fixture;
    struct ta_promises promises = {0};
    set_up(&fixture);
    promise(&promises, "ask first", TA_PROMISE_OPEN);
    promise(&promises, "publish", TA_PROMISE_DONE);
    promise(&promises, "write", TA_PROMISE_TOLD);
    ta_carry_promises(&fixture.carries, &promises, &pair, &fixture.next);
    assert_int_equal(fixture.carries.count, 2);
    offered(&fixture, 0, "Dana: ask first", "session 2");
    assert_false(fixture.carries.items[0].done);
    offered(&fixture, 1, "Dana: publish", "session 2");
    assert_true(fixture.carries.items[1].done);
    ta_promises_release(&promises);
    tear_down(&fixture);
}

static void a_promise_goes_where_the_last_commitments_are_gone_through(void **state)
{
    (void)state;
    struct fixture fixture;
    struct ta_promises promises = {0};
    size_t at = 0;
    set_up(&fixture);
    promise(&promises, "ask first", TA_PROMISE_OPEN);
    ta_carry_promises(&fixture.carries, &promises, &pair, &fixture.next);
    size_t count = fixture.next.count;
    assert_int_equal(ta_carry_take(&fixture.next, &fixture.carries.items[0], &at), TA_AGENDA_FINE);
    assert_int_equal(fixture.next.count, count);
    assert_string_equal(fixture.next.items[at].title, "Last commitments");
    assert_string_equal(fixture.next.items[at].notes, "Dana: ask first (from session 2)");
    ta_agenda_release(&fixture.next);
    assert_int_equal(ta_carry_take(&fixture.next, &fixture.carries.items[0], &at), TA_AGENDA_FINE);
    assert_string_equal(fixture.next.items[0].title, "Dana: ask first");
    assert_string_equal(fixture.next.items[0].origin, "session 2");
    ta_promises_release(&promises);
    tear_down(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_of_all_sessions_are_offered_the_newest_first),
        cmocka_unit_test(a_question_that_was_taken_up_does_not_come_back),
        cmocka_unit_test(one_that_is_asked_again_comes_back),
        cmocka_unit_test(what_was_never_reached_is_offered_with_its_notes),
        cmocka_unit_test(a_note_under_an_item_means_that_it_was_reached),
        cmocka_unit_test(an_item_keeps_the_origin_it_had),
        cmocka_unit_test(what_is_taken_in_says_where_it_came_from),
        cmocka_unit_test(promises_are_offered_until_they_are_told_back),
        cmocka_unit_test(a_promise_goes_where_the_last_commitments_are_gone_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
