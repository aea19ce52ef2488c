#include "turnabout/store/choices.h"

#include "fixture.h"

static void put(struct fixture *fixture, int64_t pair, const char *digest, const char *text)
{
    assert_true(ta_store_choice_put(fixture->store, pair, digest, text, &fixture->err));
}

static struct ta_choices choices_of(struct fixture *fixture, int64_t pair)
{
    struct ta_choices choices;
    assert_true(ta_store_choices(fixture->store, pair, &choices, &fixture->err));
    return choices;
}

static void choices_wait_until_the_last_is_made(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ada-bo");
    put(fixture, pair, "aa", "Canteen\n");
    put(fixture, pair, "bb", "");
    put(fixture, pair, "cc", NULL);
    put(fixture, pair, "aa", "Garden\n");
    put(fixture, other, "dd", "theirs\n");
    reopen(fixture);

    struct ta_choices choices = choices_of(fixture, pair);
    assert_int_equal(choices.count, 3);
    assert_string_equal(ta_choices_find(&choices, "aa")->text, "Garden\n");
    assert_string_equal(ta_choices_find(&choices, "bb")->text, "");
    assert_null(ta_choices_find(&choices, "cc")->text);
    assert_null(ta_choices_find(&choices, "dd"));
    ta_choices_release(&choices);

    assert_true(ta_store_choices_drop(fixture->store, pair, &fixture->err));
    choices = choices_of(fixture, pair);
    assert_int_equal(choices.count, 0);
    ta_choices_release(&choices);
    choices = choices_of(fixture, other);
    assert_int_equal(choices.count, 1);
    ta_choices_release(&choices);
}

static void nobody_chooses_for_a_pair_that_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    assert_false(ta_store_choice_put(fixture->store, 77, "aa", "x", &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(choices_wait_until_the_last_is_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_chooses_for_a_pair_that_is_not_there, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
