#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/promise.h"

/* A Tuesday. */
static const struct ta_day today = {2026, 11, 24};

static struct ta_pair pair = {
    .person = {[TA_MENTOR] = {.name = "Priya Raman"}, [TA_MENTEE] = {.name = "Dana Holt"}},
};

static void assert_promise(const char *line, enum ta_role owner, const char *text, const char *due)
{
    struct ta_promise promise;
    char day[TA_DATE_SIZE];
    memset(&promise, 0xA5, sizeof promise);
    ta_promise_understand(&promise, ta_piece_of(line), &pair, today);
    ta_day_write(day, promise.due);
    assert_string_equal(promise.text, text);
    assert_int_equal(promise.owner, owner);
    assert_string_equal(day, due);
    assert_int_equal(promise.id, 0);
    assert_int_equal(promise.state, TA_PROMISE_OPEN);
    assert_null(promise.named);
    assert_int_equal(promise.done.year, 0);
    ta_promise_release(&promise);
}

static void owner_text_and_day_are_told_apart(void **state)
{
    (void)state;
    assert_promise("Dana: ask juniors first by 1 Dec", TA_MENTEE, "ask juniors first",
                   "2026-12-01");
    assert_promise("Priya: share the survey until 2026-12-05", TA_MENTOR, "share the survey",
                   "2026-12-05");
    assert_promise("p. : share it on Friday", TA_MENTOR, "share it", "2026-11-27");
    assert_promise("MENTOR: share it due tomorrow", TA_MENTOR, "share it", "2026-11-25");
    assert_promise("Dana Holt: publish criteria in 2 weeks", TA_MENTEE, "publish criteria",
                   "2026-12-08");
    assert_promise("Dana: publish criteria by next week", TA_MENTEE, "publish criteria",
                   "2026-12-01");
}

static void who_is_not_named_is_the_mentee(void **state)
{
    (void)state;
    assert_promise("ask juniors first", TA_MENTEE, "ask juniors first", "");
    assert_promise("Sam: bring the numbers by 1 Dec", TA_MENTEE, "Sam: bring the numbers",
                   "2026-12-01");
    assert_promise("read https://example.org/a:b", TA_MENTEE, "read https://example.org/a:b", "");
    assert_promise("tell Priya: I listened", TA_MENTEE, "tell Priya: I listened", "");
}

static void only_the_first_colon_names_the_owner(void **state)
{
    (void)state;
    assert_promise("Priya: Dana: wait, who?", TA_MENTOR, "Dana: wait, who?", "");
}

static void a_day_may_be_written_in_many_ways(void **state)
{
    (void)state;
    assert_promise("ask first (due 2026-12-01)", TA_MENTEE, "ask first", "2026-12-01");
    assert_promise("ask first (by 1 Dec)", TA_MENTEE, "ask first", "2026-12-01");
    assert_promise("ask first, due by 1 December.", TA_MENTEE, "ask first", "2026-12-01");
    assert_promise("ask first, due: Dec 1", TA_MENTEE, "ask first", "2026-12-01");
    assert_promise("ask first BY 1 DEC", TA_MENTEE, "ask first", "2026-12-01");
    assert_promise("ask first by in 3 days", TA_MENTEE, "ask first", "2026-11-27");
    /* a day that has passed this year is next year's */
    assert_promise("ask again by 1 Mar", TA_MENTEE, "ask again", "2027-03-01");
}

static void what_is_no_day_stays_in_the_text(void **state)
{
    (void)state;
    assert_promise("stand by me", TA_MENTEE, "stand by me", "");
    assert_promise("work on the review", TA_MENTEE, "work on the review", "");
    assert_promise("finish by 31 Feb", TA_MENTEE, "finish by 31 Feb", "");
    assert_promise("say it in public", TA_MENTEE, "say it in public", "");
    assert_promise("by Friday's review ask first", TA_MENTEE, "by Friday's review ask first", "");
    assert_promise("standby 1 Dec", TA_MENTEE, "standby 1 Dec", "");
    assert_promise("report on trust by Friday", TA_MENTEE, "report on trust", "2026-11-27");
    assert_promise("come on by Friday", TA_MENTEE, "come on", "2026-11-27");
}

static void something_is_always_left_to_do(void **state)
{
    (void)state;
    assert_promise("Priya:", TA_MENTEE, "Priya:", "");
    assert_promise("by Friday", TA_MENTEE, "by Friday", "");
    assert_promise("(by Friday)", TA_MENTEE, "(by Friday)", "");
    assert_promise("Priya: by Friday", TA_MENTOR, "by Friday", "");
    assert_promise("", TA_MENTEE, "", "");
    assert_promise("   ", TA_MENTEE, "", "");
    assert_promise(":", TA_MENTEE, ":", "");
}

static void names_of_any_script_own_promises(void **state)
{
    (void)state;
    static struct ta_pair others[] = {
        {.person = {{.name = "أمل حسن"}, {.name = "李明"}}},
        {.person = {{.name = "प्रिया रमन"}, {.name = "Zoë Groß"}}},
    };
    static const struct {
        size_t pair;
        const char *line;
        enum ta_role owner;
        const char *text;
    } cases[] = {
        {0, "أمل: اسأل أولاً by 1 Dec", TA_MENTOR, "اسأل أولاً"},
        {0, "李明：先问年轻人 by 1 Dec", TA_MENTEE, "先问年轻人"},
        {1, "प्रिया: पहले पूछो by 1 Dec", TA_MENTOR, "पहले पूछो"},
        {1, "zoe gross: écouter by 1 Dec", TA_MENTEE, "écouter"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ta_promise promise;
        ta_promise_understand(&promise, ta_piece_of(cases[i].line), &others[cases[i].pair], today);
        assert_int_equal(promise.owner, cases[i].owner);
        assert_string_equal(promise.text, cases[i].text);
        assert_int_equal(promise.due.month, 12);
        ta_promise_release(&promise);
    }
}

static void a_piece_of_a_longer_line_is_enough(void **state)
{
    (void)state;
    struct ta_promise promise;
    ta_promise_understand(&promise, (struct ta_piece){"Priya: ask by 1 December", 19}, &pair,
                          today);
    assert_string_equal(promise.text, "ask");
    assert_int_equal(promise.due.day, 1);
    assert_int_equal(promise.due.month, 12);
    ta_promise_release(&promise);
}

static void overdue_is_open_and_past_its_day(void **state)
{
    (void)state;
    struct ta_promise promise = {.due = {2026, 11, 23}};
    assert_true(ta_promise_is_overdue(&promise, today));
    promise.due = today;
    assert_false(ta_promise_is_overdue(&promise, today));
    promise.due = (struct ta_day){2026, 11, 1};
    promise.state = TA_PROMISE_DONE;
    assert_false(ta_promise_is_overdue(&promise, today));
    assert_false(ta_promise_is_overdue(&(struct ta_promise){0}, today));
}

static void ids_are_never_used_twice(void **state)
{
    (void)state;
    struct ta_promises promises = {0};
    assert_int_equal(ta_promises_next_id(&promises), 1);
    ta_promises_add(&promises, &(struct ta_promise){.id = 7, .text = "a"});
    ta_promises_add(&promises, &(struct ta_promise){.id = 3, .text = "b", .named = "Sam"});
    assert_int_equal(ta_promises_next_id(&promises), 8);
    assert_string_equal(promises.items[1].named, "Sam");
    ta_promises_release(&promises);
    assert_int_equal(promises.count, 0);
    ta_promises_release(NULL);
    ta_promise_release(NULL);
}

static enum ta_promise_verdict may(enum ta_promise_state from, enum ta_promise_state to,
                                   enum ta_role who)
{
    return ta_promise_may(&(struct ta_promise){.owner = TA_MENTEE, .state = from}, to, who);
}

static void either_says_that_it_is_done_and_takes_it_back(void **state)
{
    (void)state;
    for (enum ta_role who = TA_MENTOR; who <= TA_NOBODY; who++) {
        assert_int_equal(may(TA_PROMISE_OPEN, TA_PROMISE_DONE, who), TA_PROMISE_FINE);
        assert_int_equal(may(TA_PROMISE_DONE, TA_PROMISE_OPEN, who), TA_PROMISE_FINE);
        assert_int_equal(may(TA_PROMISE_DONE, TA_PROMISE_DONE, who), TA_PROMISE_SO_ALREADY);
    }
}

static void only_the_one_it_was_promised_to_says_it_was_told_back(void **state)
{
    (void)state;
    assert_int_equal(may(TA_PROMISE_DONE, TA_PROMISE_TOLD, TA_MENTOR), TA_PROMISE_FINE);
    assert_int_equal(may(TA_PROMISE_DONE, TA_PROMISE_TOLD, TA_MENTEE), TA_PROMISE_NOT_THEIRS);
    assert_int_equal(may(TA_PROMISE_DONE, TA_PROMISE_TOLD, TA_NOBODY), TA_PROMISE_WHO_IS_ASKED);
    assert_int_equal(may(TA_PROMISE_TOLD, TA_PROMISE_DONE, TA_MENTOR), TA_PROMISE_FINE);
    assert_int_equal(may(TA_PROMISE_TOLD, TA_PROMISE_DONE, TA_MENTEE), TA_PROMISE_NOT_THEIRS);
    assert_int_equal(may(TA_PROMISE_OPEN, TA_PROMISE_TOLD, TA_MENTOR), TA_PROMISE_NOT_DONE);
    assert_int_equal(may(TA_PROMISE_TOLD, TA_PROMISE_OPEN, TA_MENTOR), TA_PROMISE_WAS_TOLD);
    struct ta_promise of_another = {.owner = TA_NOBODY, .state = TA_PROMISE_DONE};
    assert_int_equal(ta_promise_may(&of_another, TA_PROMISE_TOLD, TA_MENTEE), TA_PROMISE_FINE);
    assert_int_equal(ta_promise_may(&of_another, TA_PROMISE_TOLD, TA_NOBODY),
                     TA_PROMISE_WHO_IS_ASKED);
}

static void each_step_has_its_day(void **state)
{
    (void)state;
    struct ta_day later = {2026, 12, 1};
    struct ta_promise promise = {.owner = TA_MENTEE};
    ta_promise_become(&promise, TA_PROMISE_DONE, today);
    assert_int_equal(promise.state, TA_PROMISE_DONE);
    assert_int_equal(promise.done.day, 24);
    ta_promise_become(&promise, TA_PROMISE_TOLD, later);
    assert_int_equal(promise.done.day, 24);
    assert_int_equal(promise.told.day, 1);
    ta_promise_become(&promise, TA_PROMISE_DONE, later);
    assert_int_equal(promise.done.day, 24);
    assert_int_equal(promise.told.year, 0);
    ta_promise_become(&promise, TA_PROMISE_OPEN, later);
    assert_int_equal(promise.state, TA_PROMISE_OPEN);
    assert_int_equal(promise.done.year, 0);
}

static void states_have_names(void **state)
{
    (void)state;
    assert_string_equal(ta_promise_state_name(TA_PROMISE_OPEN), "open");
    assert_string_equal(ta_promise_state_name(TA_PROMISE_DONE), "done");
    assert_string_equal(ta_promise_state_name(TA_PROMISE_TOLD), "told");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(owner_text_and_day_are_told_apart),
        cmocka_unit_test(who_is_not_named_is_the_mentee),
        cmocka_unit_test(only_the_first_colon_names_the_owner),
        cmocka_unit_test(a_day_may_be_written_in_many_ways),
        cmocka_unit_test(what_is_no_day_stays_in_the_text),
        cmocka_unit_test(something_is_always_left_to_do),
        cmocka_unit_test(names_of_any_script_own_promises),
        cmocka_unit_test(a_piece_of_a_longer_line_is_enough),
        cmocka_unit_test(overdue_is_open_and_past_its_day),
        cmocka_unit_test(ids_are_never_used_twice),
        cmocka_unit_test(either_says_that_it_is_done_and_takes_it_back),
        cmocka_unit_test(only_the_one_it_was_promised_to_says_it_was_told_back),
        cmocka_unit_test(each_step_has_its_day),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
