#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/desk/meetings.h"
#include "turnabout/desk/record.h"
#include "world.h"

static const char *const lines[] = {"> Dana: ask juniors first by 2026-12-01",
                                    "> Priya: share the survey"};

/* P1 is Dana's, P2 is Priya's. */
static void promise(struct world *world)
{
    world_agree(world);
    world_hold(world, lines, 2);
    world_sum_up(world);
}

static bool become(struct world *world, unsigned id, enum ta_promise_state to, enum ta_role as)
{
    return ta_desk_promise_become(&world->desk, &world->pair, id, to, as, &world->err);
}

static void shows(struct world *world, const char *command, const char *expected)
{
    char *output = world_shell(world, command);
    assert_string_equal(output, expected);
    free(output);
}

static void each_step_is_a_commit_with_its_day(void **state)
{
    struct world *world = *state;
    promise(world);
    world_days_later(world, 1);
    fine(world, become(world, 1, TA_PROMISE_DONE, TA_NOBODY));
    shows(world, "git --git-dir \"$record\" log -1 --format=%an:%s --name-only main",
          "Dana Holt:Promise P1 done: ask juniors first\n\nREADME.md\npromises.md\n");
    world_days_later(world, 1);
    fine(world, become(world, 1, TA_PROMISE_TOLD, TA_MENTOR));
    shows(world, "git --git-dir \"$record\" log -1 --format=%an:%s main",
          "Priya Raman:Promise P1 told back: ask juniors first\n");
    shows(world, "git --git-dir \"$record\" show main:promises.md | grep '^- '",
          "- [x] P1 Dana Holt: ask juniors first (due 2026-12-01, session 1, done 2026-11-24, told "
          "2026-11-25)\n- [ ] P2 Priya Raman: share the survey (session 1)\n");
    shows(world, "git --git-dir \"$record\" show main:README.md | grep '\\[ \\]'",
          "- [ ] P2 Priya Raman: share the survey (session 1)\n");
}

static void every_step_can_be_taken_back(void **state)
{
    struct world *world = *state;
    promise(world);
    char *before = world_shell(world, "git --git-dir \"$record\" show main:promises.md");
    fine(world, become(world, 2, TA_PROMISE_DONE, TA_MENTOR));
    fine(world, become(world, 2, TA_PROMISE_TOLD, TA_MENTEE));
    fine(world, become(world, 2, TA_PROMISE_DONE, TA_MENTEE));
    shows(world, "git --git-dir \"$record\" log -1 --format=%s main",
          "Promise P2 not told back yet: share the survey\n");
    fine(world, become(world, 2, TA_PROMISE_OPEN, TA_MENTOR));
    shows(world, "git --git-dir \"$record\" show main:promises.md", before);
    free(before);
}

static void the_owner_does_not_say_that_it_was_told_back(void **state)
{
    struct world *world = *state;
    promise(world);
    refused(world, become(world, 9, TA_PROMISE_DONE, TA_MENTEE), TA_ABSENT, "P9");
    refused(world, become(world, 0, TA_PROMISE_DONE, TA_MENTEE), TA_ABSENT, "P0");
    refused(world, become(world, 1, TA_PROMISE_TOLD, TA_MENTOR), TA_REFUSED, "still open");
    refused(world, become(world, 1, TA_PROMISE_OPEN, TA_MENTEE), TA_REFUSED, "open already");
    fine(world, become(world, 1, TA_PROMISE_DONE, TA_MENTEE));
    refused(world, become(world, 1, TA_PROMISE_TOLD, TA_NOBODY), TA_REFUSED, "--as mentor");
    refused(world, become(world, 1, TA_PROMISE_TOLD, TA_MENTEE), TA_REFUSED, "Only Priya Raman");
    world->pair.me = TA_MENTEE; /* who sits here is meant when nobody is named */
    refused(world, become(world, 1, TA_PROMISE_TOLD, TA_NOBODY), TA_REFUSED, "Only Priya Raman");
    world->pair.me = TA_MENTOR;
    fine(world, become(world, 1, TA_PROMISE_TOLD, TA_NOBODY));
    refused(world, become(world, 1, TA_PROMISE_OPEN, TA_MENTOR), TA_REFUSED, "Priya Raman takes");
}

/* What the index has abridged is what it would be when it is built anew. */
static void the_index_follows(void **state)
{
    struct world *world = *state;
    promise(world);
    fine(world, become(world, 1, TA_PROMISE_DONE, TA_MENTEE));
    fine(world, become(world, 1, TA_PROMISE_TOLD, TA_MENTOR));
    fine(world, become(world, 1, TA_PROMISE_DONE, TA_MENTOR));
    struct ta_promises waiting;
    fine(world, ta_desk_promises_waiting(&world->desk, &world->pair, &waiting, &world->err));
    assert_int_equal(waiting.count, 2);
    assert_int_equal(waiting.items[0].id, 1);
    assert_int_equal(waiting.items[0].state, TA_PROMISE_DONE);
    ta_promises_release(&waiting);
    fine(world, become(world, 1, TA_PROMISE_TOLD, TA_MENTOR));
    fine(world, ta_desk_promises_waiting(&world->desk, &world->pair, &waiting, &world->err));
    assert_int_equal(waiting.count, 1);
    assert_int_equal(waiting.items[0].id, 2);
    ta_promises_release(&waiting);
}

#define in_a_world(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_a_world(each_step_is_a_commit_with_its_day),
        in_a_world(every_step_can_be_taken_back),
        in_a_world(the_owner_does_not_say_that_it_was_told_back),
        in_a_world(the_index_follows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
