#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/desk/rating.h"
#include "world.h"

static const char *const lines[] = {"! The first to speak sets what can be said"};

static void hold_one(struct world *world)
{
    world_hold(world, lines, 1);
    world_sum_up(world);
}

static void read_as(struct world *world, enum ta_role role, struct ta_rated *rated)
{
    fine(world, ta_desk_ratings(&world->desk, &world->pair, role, rated, &world->err));
}

static void a_session_is_rated_once_its_summary_is_committed(void **state)
{
    struct world *world = *state;
    struct ta_rated rated;
    struct ta_rating rating = {.session = 1, .value = {4}};
    world_agree(world);
    world_hold(world, lines, 1);
    read_as(world, TA_MENTOR, &rated);
    refused(world, ta_desk_rate(&world->desk, &world->pair, &rated, &rating, &world->err),
            TA_ABSENT, "committed");
    world_sum_up(world);
    ta_rated_release(&rated);
    read_as(world, TA_MENTOR, &rated);
    assert_int_equal(rated.held, 1);
    fine(world, ta_desk_rate(&world->desk, &world->pair, &rated, &rating, &world->err));
    ta_rated_release(&rated);
    world_reopen(world);
    read_as(world, TA_MENTOR, &rated);
    assert_int_equal(ta_ratings_of(&rated.ratings, 1)->value[TA_STATEMENT_OPENLY], 4);
    ta_rated_release(&rated);
}

static void each_answers_for_themselves_only(void **state)
{
    struct world *world = *state;
    enum ta_role role;
    world->pair.me = TA_MENTEE;
    fine(world, ta_desk_rater(&world->pair, TA_NOBODY, &role, &world->err));
    assert_int_equal(role, TA_MENTEE);
    refused(world, ta_desk_rater(&world->pair, TA_MENTOR, &role, &world->err), TA_REFUSED, "alone");
    world->pair.me = TA_NOBODY;
    refused(world, ta_desk_rater(&world->pair, TA_NOBODY, &role, &world->err), TA_WRONG, "--as");
    fine(world, ta_desk_rater(&world->pair, TA_MENTOR, &role, &world->err));
    assert_int_equal(role, TA_MENTOR);
}

static void nothing_of_it_is_in_the_record(void **state)
{
    struct world *world = *state;
    struct ta_rated rated;
    world_agree(world);
    hold_one(world);
    char *before = world_shell(world, "find \"$record\" -type f -exec cksum {} + | sort");
    read_as(world, TA_MENTOR, &rated);
    struct ta_rating rating = {.session = 1, .value = {1, 2, 3, 4, 5}};
    fine(world, ta_desk_rate(&world->desk, &world->pair, &rated, &rating, &world->err));
    ta_rated_release(&rated);
    char *after = world_shell(world, "find \"$record\" -type f -exec cksum {} + | sort");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void a_run_of_low_answers_brings_a_suggestion(void **state)
{
    struct world *world = *state;
    struct ta_rated rated;
    struct ta_text said = {0};
    world_agree(world);
    for (unsigned session = 1; session <= 2; session++) {
        hold_one(world);
        read_as(world, TA_MENTOR, &rated);
        ta_rated_suggest(&said, &rated);
        assert_int_equal(said.length, 0);
        struct ta_rating rating = {.session = session};
        rating.value[TA_STATEMENT_COST] = 4;
        fine(world, ta_desk_rate(&world->desk, &world->pair, &rated, &rating, &world->err));
        ta_rated_suggest(&said, &rated);
        ta_rated_release(&rated);
        world_days_later(world, 21);
    }
    assert_non_null(strstr(said.bytes, "2 times in a row"));
    assert_non_null(strstr(said.bytes, "coordinator"));
    assert_non_null(strstr(said.bytes, "without fault"));
    ta_text_release(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_session_is_rated_once_its_summary_is_committed,
                                        world_open, world_close),
        cmocka_unit_test_setup_teardown(each_answers_for_themselves_only, world_open, world_close),
        cmocka_unit_test_setup_teardown(nothing_of_it_is_in_the_record, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_run_of_low_answers_brings_a_suggestion, world_open,
                                        world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
