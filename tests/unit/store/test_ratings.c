#include "fixture.h"
#include "turnabout/store/ratings.h"

static void rate(struct fixture *fixture, int64_t pair, enum ta_role role, unsigned session,
                 enum ta_statement statement, int value)
{
    struct ta_rating rating = {.session = session};
    rating.value[statement] = value;
    assert_true(ta_store_ratings_put(fixture->store, pair, role, &rating, &fixture->err));
}

static int stored(struct fixture *fixture, int64_t pair, enum ta_role role, unsigned session,
                  enum ta_statement statement)
{
    struct ta_ratings ratings;
    assert_true(ta_store_ratings(fixture->store, pair, role, &ratings, &fixture->err));
    const struct ta_rating *rating = ta_ratings_of(&ratings, session);
    int value = rating ? rating->value[statement] : TA_RATING_SKIPPED;
    ta_ratings_release(&ratings);
    return value;
}

static void answers_are_there_after_a_restart(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    rate(fixture, pair, TA_MENTOR, 2, TA_STATEMENT_COST, 5);
    rate(fixture, pair, TA_MENTOR, 1, TA_STATEMENT_COST, 1);
    reopen(fixture);
    assert_int_equal(stored(fixture, pair, TA_MENTOR, 1, TA_STATEMENT_COST), 1);
    assert_int_equal(stored(fixture, pair, TA_MENTOR, 2, TA_STATEMENT_COST), 5);
    assert_int_equal(stored(fixture, pair, TA_MENTOR, 2, TA_STATEMENT_WORTH), TA_RATING_SKIPPED);
}

static void each_has_their_own(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ada-bo");
    rate(fixture, pair, TA_MENTOR, 1, TA_STATEMENT_OPENLY, 2);
    rate(fixture, pair, TA_MENTEE, 1, TA_STATEMENT_OPENLY, 4);
    assert_int_equal(stored(fixture, pair, TA_MENTOR, 1, TA_STATEMENT_OPENLY), 2);
    assert_int_equal(stored(fixture, pair, TA_MENTEE, 1, TA_STATEMENT_OPENLY), 4);
    assert_int_equal(stored(fixture, other, TA_MENTOR, 1, TA_STATEMENT_OPENLY), TA_RATING_SKIPPED);
}

static void an_answer_is_changed_and_taken_back(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    rate(fixture, pair, TA_MENTEE, 1, TA_STATEMENT_DIFFERENT, 2);
    rate(fixture, pair, TA_MENTEE, 1, TA_STATEMENT_DIFFERENT, 3);
    assert_int_equal(stored(fixture, pair, TA_MENTEE, 1, TA_STATEMENT_DIFFERENT), 3);
    rate(fixture, pair, TA_MENTEE, 1, TA_STATEMENT_DIFFERENT, TA_RATING_SKIPPED);
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM rating"), 0);
}

static void what_is_no_answer_is_not_stored_in_part(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    struct ta_rating rating = {.session = 1, .value = {4, 6}};
    assert_false(ta_store_ratings_put(fixture->store, pair, TA_MENTOR, &rating, &fixture->err));
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM rating"), 0);
}

static void a_pair_that_is_not_there_is_not_rated(void **state)
{
    struct fixture *fixture = *state;
    struct ta_rating rating = {.session = 1, .value = {4}};
    assert_false(ta_store_ratings_put(fixture->store, 77, TA_MENTOR, &rating, &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_are_there_after_a_restart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_has_their_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_is_changed_and_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_answer_is_not_stored_in_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pair_that_is_not_there_is_not_rated, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
