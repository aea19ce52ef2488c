#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/rating.h"

/* Answers to one statement, session after session; 0 is skipped. */
static struct ta_ratings answered(enum ta_statement statement, const int *values, unsigned count)
{
    struct ta_ratings ratings = {0};
    for (unsigned i = 0; i < count; i++) {
        ta_ratings_put(&ratings, i + 1, statement, values[i]);
    }
    return ratings;
}

static void assert_run(enum ta_statement statement, const int *values, unsigned count,
                       unsigned expected)
{
    struct ta_ratings ratings = answered(statement, values, count);
    assert_int_equal(ta_ratings_run(&ratings, statement), expected);
    assert_int_equal(ta_ratings_concern(&ratings),
                     expected >= TA_RATINGS_RUN ? statement : TA_STATEMENTS);
    ta_ratings_release(&ratings);
}

static void each_is_asked_for_five_statements(void **state)
{
    (void)state;
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        unsigned count = 0;
        for (enum ta_statement statement = 0; statement < TA_STATEMENTS; statement++) {
            count += ta_statement_is_for(statement, role);
        }
        assert_int_equal(count, 5);
    }
    assert_false(ta_statement_is_for(TA_STATEMENT_COST, TA_MENTEE));
    assert_false(ta_statement_is_for(TA_STATEMENT_DIFFERENT, TA_MENTOR));
}

static void answers_stand_in_the_order_of_their_sessions(void **state)
{
    (void)state;
    struct ta_ratings ratings = {0};
    static const unsigned sessions[] = {3, 1, 20, 2, 3};
    for (size_t i = 0; i < 5; i++) {
        ta_ratings_put(&ratings, sessions[i], TA_STATEMENT_WORTH, (int)i + 1);
    }
    assert_int_equal(ratings.count, 4);
    assert_int_equal(ratings.items[0].session, 1);
    assert_int_equal(ratings.items[1].session, 2);
    assert_int_equal(ratings.items[2].session, 3);
    assert_int_equal(ratings.items[3].session, 20);
    assert_int_equal(ta_ratings_of(&ratings, 3)->value[TA_STATEMENT_WORTH], 5);
    assert_int_equal(ta_ratings_of(&ratings, 3)->value[TA_STATEMENT_OPENLY], TA_RATING_SKIPPED);
    assert_null(ta_ratings_of(&ratings, 4));
    ta_ratings_release(&ratings);
}

static void two_low_answers_in_a_row_are_a_concern(void **state)
{
    (void)state;
    assert_run(TA_STATEMENT_OPENLY, (int[]){4, 2, 1}, 3, 2);
    assert_run(TA_STATEMENT_OPENLY, (int[]){1, 4, 2}, 3, 1);
    assert_run(TA_STATEMENT_OPENLY, (int[]){1, 1, 3}, 3, 0);
    assert_run(TA_STATEMENT_OPENLY, NULL, 0, 0);
}

static void what_was_skipped_neither_makes_nor_ends_a_run(void **state)
{
    (void)state;
    assert_run(TA_STATEMENT_WORTH, (int[]){2, 0, 2, 0}, 4, 2);
    assert_run(TA_STATEMENT_WORTH, (int[]){0, 0, 0}, 3, 0);
}

static void to_agree_that_it_costs_too_much_is_what_is_low(void **state)
{
    (void)state;
    assert_run(TA_STATEMENT_COST, (int[]){1, 1}, 2, 0);
    assert_run(TA_STATEMENT_COST, (int[]){3, 4, 5}, 3, 2);
}

static void the_longest_run_comes_first(void **state)
{
    (void)state;
    struct ta_ratings ratings = answered(TA_STATEMENT_OPENLY, (int[]){5, 2, 2}, 3);
    for (unsigned session = 1; session <= 3; session++) {
        ta_ratings_put(&ratings, session, TA_STATEMENT_COST, 5);
    }
    assert_int_equal(ta_ratings_concern(&ratings), TA_STATEMENT_COST);
    ta_ratings_release(&ratings);
}

static void higher_answers_have_higher_marks(void **state)
{
    (void)state;
    for (int value = TA_RATING_LEAST; value < TA_RATING_MOST; value++) {
        assert_true(strcmp(ta_rating_mark(value), ta_rating_mark(value + 1)) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_asked_for_five_statements),
        cmocka_unit_test(answers_stand_in_the_order_of_their_sessions),
        cmocka_unit_test(two_low_answers_in_a_row_are_a_concern),
        cmocka_unit_test(what_was_skipped_neither_makes_nor_ends_a_run),
        cmocka_unit_test(to_agree_that_it_costs_too_much_is_what_is_low),
        cmocka_unit_test(the_longest_run_comes_first),
        cmocka_unit_test(higher_answers_have_higher_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
