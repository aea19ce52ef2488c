#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "world.h"

static bool name(struct world *world, const char *mentor, const char *mentee, struct ta_pair *pair)
{
    *pair = (struct ta_pair){.me = TA_NOBODY};
    ta_person_read(&pair->person[TA_MENTOR], ta_piece_of(mentor));
    ta_person_read(&pair->person[TA_MENTEE], ta_piece_of(mentee));
    return ta_desk_pair_new(&world->desk, pair, &world->err);
}

static void the_same_names_get_another_slug(void **state)
{
    struct world *world = *state;
    struct ta_pair pair;
    fine(world, name(world, "Priya Raman", "Dana Holt", &pair));
    assert_string_equal(world->pair.slug, "priya-dana");
    assert_string_equal(pair.slug, "priya-dana-2");
    ta_pair_release(&pair);
}

static void names_in_any_script_make_a_pair(void **state)
{
    struct world *world = *state;
    struct ta_pair pair;
    struct ta_pair read = {0};
    fine(world, name(world, "王秀英", "محمد علي", &pair));
    fine(world, ta_desk_pair(&world->desk, NULL, &read, &world->err));
    assert_string_equal(read.slug, pair.slug);
    assert_string_equal(read.person[TA_MENTEE].name, "محمد علي");
    ta_pair_release(&pair);
    ta_pair_release(&read);
}

static void a_pair_is_two_people(void **state)
{
    struct ta_pair pair;
    refused(*state, name(*state, "Dana <d@example.org>", "D. Holt <D@example.org>", &pair),
            TA_WRONG, "same person");
    ta_pair_release(&pair);
}

static void an_unknown_pair_is_refused_with_those_there_are(void **state)
{
    struct world *world = *state;
    struct ta_pair pair = {0};
    refused(world, ta_desk_pair(&world->desk, "nobody", &pair, &world->err), TA_ABSENT,
            "priya-dana");
}

static void the_pair_in_hand_is_kept_over_a_start(void **state)
{
    struct world *world = *state;
    struct ta_pair other;
    struct ta_pair read = {0};
    fine(world, name(world, "Amara", "Jon", &other));
    fine(world, ta_desk_pair_use(&world->desk, "priya-dana", TA_NOBODY, &world->err));
    world_reopen(world);
    fine(world, ta_desk_pair(&world->desk, NULL, &read, &world->err));
    assert_string_equal(read.slug, "priya-dana");
    ta_pair_release(&read);
    ta_pair_release(&other);
}

static void forget_the_database(struct world *world)
{
    free(world_shell(world, "rm \"$TURNABOUT_HOME\"/turnabout.db*"));
    world_reopen(world);
}

static void pairs_of_a_lost_database_are_found_by_their_records(void **state)
{
    struct world *world = *state;
    struct ta_pair other;
    struct ta_pair read = {0};
    struct ta_pairs pairs = {0};
    fine(world, name(world, "Amara", "Jon", &other));
    world_agree(world);
    forget_the_database(world);
    fine(world, ta_desk_pairs(&world->desk, &pairs, &world->err));
    assert_int_equal(pairs.count, 2);
    fine(world, ta_desk_pair(&world->desk, "priya-dana", &read, &world->err));
    assert_string_equal(read.person[TA_MENTEE].name, "Dana Holt");
    struct ta_contract_state contract;
    fine(world, ta_desk_contract(&world->desk, &read, &contract, &world->err));
    assert_int_equal(contract.version_in_force, 1);
    ta_contract_state_release(&contract);
    ta_pairs_release(&pairs);
    ta_pair_release(&read);
    ta_pair_release(&other);
}

static void a_record_that_was_laid_back_is_a_pair_again(void **state)
{
    struct world *world = *state;
    struct ta_pair read = {0};
    free(world_shell(world,
                     "cp -r \"$TURNABOUT_HOME\"/pairs/priya-dana \"$TURNABOUT_HOME\"/pairs/old"));
    fine(world, ta_desk_pair_use(&world->desk, "old", TA_NOBODY, &world->err));
    fine(world, ta_desk_pair(&world->desk, NULL, &read, &world->err));
    assert_string_equal(read.person[TA_MENTOR].name, "Priya Raman");
    ta_pair_release(&read);
    refused(world, ta_desk_pair_use(&world->desk, "../pairs/old", TA_NOBODY, &world->err),
            TA_ABSENT, "priya-dana");
}

/* Files of more than a few bytes cannot be written, as on a full disk. */
static void fill_disk(struct rlimit *before)
{
    assert_int_equal(getrlimit(RLIMIT_FSIZE, before), 0);
    struct rlimit full = {.rlim_cur = 8, .rlim_max = before->rlim_max};
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
}

static void a_pair_that_cannot_be_made_leaves_nothing(void **state)
{
    struct world *world = *state;
    struct ta_pair pair;
    struct rlimit before;
    fill_disk(&before);
    bool ok = name(world, "Amara", "Jon", &pair);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    refused(world, ok, TA_SYSTEM, "free space");
    ta_pair_release(&pair);
    fine(world, name(world, "Amara", "Jon", &pair));
    assert_string_equal(pair.slug, "amara-jon");
    ta_pair_release(&pair);
}

static void a_topic_of_two_lines_is_refused(void **state)
{
    struct world *world = *state;
    struct ta_pair pair = {.me = TA_NOBODY, .topic = ta_copy("one\ntwo")};
    ta_person_read(&pair.person[TA_MENTOR], ta_piece_of("Amara"));
    ta_person_read(&pair.person[TA_MENTEE], ta_piece_of("Jon"));
    refused(world, ta_desk_pair_new(&world->desk, &pair, &world->err), TA_WRONG, "one line");
    ta_pair_release(&pair);
    refused(world, ta_desk_pair(&world->desk, "amara-jon", &pair, &world->err), TA_ABSENT,
            "amara-jon");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(the_same_names_get_another_slug),
        IN_A_WORLD(names_in_any_script_make_a_pair),
        IN_A_WORLD(a_pair_is_two_people),
        IN_A_WORLD(an_unknown_pair_is_refused_with_those_there_are),
        IN_A_WORLD(the_pair_in_hand_is_kept_over_a_start),
        IN_A_WORLD(pairs_of_a_lost_database_are_found_by_their_records),
        IN_A_WORLD(a_record_that_was_laid_back_is_a_pair_again),
        IN_A_WORLD(a_pair_that_cannot_be_made_leaves_nothing),
        IN_A_WORLD(a_topic_of_two_lines_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
