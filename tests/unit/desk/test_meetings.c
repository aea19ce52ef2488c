#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/desk/meetings.h"
#include "world.h"

static struct ta_moment at(const char *text)
{
    struct ta_moment moment;
    assert_true(ta_moment_read(&moment, ta_piece_of(text)));
    return moment;
}

static void plan(struct world *world, const char *when)
{
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, at(when), TA_NOBODY, &world->err));
}

static bool move(struct world *world, unsigned id, const char *to, struct ta_asked asked)
{
    return ta_desk_meeting_move(&world->desk, &world->pair, id, at(to), &asked, TA_NOBODY, NULL,
                                &world->err);
}

static bool cancel(struct world *world, unsigned id, struct ta_asked asked)
{
    return ta_desk_meeting_cancel(&world->desk, &world->pair, id, &asked, TA_MENTOR, NULL,
                                  &world->err);
}

static void shows(struct world *world, const char *command, const char *expected)
{
    char *output = world_shell(world, command);
    assert_string_equal(output, expected);
    free(output);
}

static const char meetings_list[] = "git --git-dir \"$record\" show main:meetings.md | grep '^- '";

static void a_moved_date_has_another_in_its_place_in_one_commit(void **state)
{
    struct world *world = *state;
    plan(world, "2026-11-25T10:00:00+01:00");
    fine(world, move(world, 0, "2026-12-02T09:30:00+01:00",
                     (struct ta_asked){.by = TA_MENTEE, .reason = "travel"}));
    shows(world, meetings_list,
          "- M1 2026-11-25T10:00:00+01:00 moved to M2 by mentee, 48 h notice: travel\n"
          "- M2 2026-12-02T09:30:00+01:00 planned\n");
    shows(world, "git --git-dir \"$record\" log -1 --format=%an:%s --name-only main",
          "Dana Holt:Meeting moved: Wed 25 Nov 2026 10:00 to Wed 2 Dec 2026 09:30\n\nREADME.md\n"
          "meetings.md\n");
    shows(world, "git --git-dir \"$record\" show main:README.md | grep Next",
          "- Next meeting: Wed 2 Dec 2026, 09:30 ([all meetings](meetings.md))\n");
}

static void a_cancelled_date_leaves_none(void **state)
{
    struct world *world = *state;
    plan(world, "2026-11-25T10:00:00+01:00");
    world_later(world, 47 * 60 + 30);
    struct ta_meeting before;
    struct ta_asked asked = {.by = TA_NOBODY};
    fine(world, ta_desk_meeting_cancel(&world->desk, &world->pair, 1, &asked, TA_MENTOR, &before,
                                       &world->err));
    assert_int_equal(before.id, 1);
    assert_true(before.has_notice);
    assert_int_equal(before.notice, 0);
    shows(world, meetings_list, "- M1 2026-11-25T10:00:00+01:00 cancelled, 0 h notice\n");
    shows(world, "git --git-dir \"$record\" log -1 --format=%an:%s main",
          "Priya Raman:Meeting cancelled: Wed 25 Nov 2026 10:00\n");
    shows(world, "git --git-dir \"$record\" show main:README.md | grep Next",
          "- Next meeting: no date set\n");
}

/* Of a date that has passed nobody can tell the notice from the clock. */
static void the_notice_of_a_date_that_passed_is_what_was_said(void **state)
{
    struct world *world = *state;
    plan(world, "2026-11-24T10:00:00+01:00");
    plan(world, "2026-11-24T11:00:00+01:00");
    world_days_later(world, 5);
    fine(world, cancel(world, 1, (struct ta_asked){.by = TA_MENTEE, .reason = ""}));
    fine(world,
         cancel(world, 2, (struct ta_asked){.by = TA_MENTEE, .has_notice = true, .notice = 24}));
    shows(world, meetings_list,
          "- M1 2026-11-24T10:00:00+01:00 cancelled by mentee\n"
          "- M2 2026-11-24T11:00:00+01:00 cancelled by mentee, 24 h notice\n");
}

static void what_cannot_be_given_up_is_refused(void **state)
{
    struct world *world = *state;
    struct ta_asked asked = {.by = TA_MENTEE};
    refused(world, cancel(world, 0, asked), TA_ABSENT, "No date is planned");
    plan(world, "2026-11-25T10:00:00+01:00");
    plan(world, "2026-11-26T10:00:00+01:00");
    char *tip = world_shell(world, "git --git-dir \"$record\" rev-parse main");
    refused(world, cancel(world, 7, asked), TA_ABSENT, "M7");
    refused(world, move(world, 0, "2026-11-23T09:59:00+01:00", asked), TA_WRONG, "past");
    refused(world, move(world, 0, "2026-11-26T10:00:00+01:00", asked), TA_REFUSED, "planned");
    asked.reason = "two\nlines";
    refused(world, cancel(world, 0, asked), TA_WRONG, "one line");
    char *long_reason = malloc(600);
    memset(long_reason, 'x', 599);
    long_reason[599] = '\0';
    asked.reason = long_reason;
    refused(world, move(world, 0, "2026-11-27T10:00:00+01:00", asked), TA_WRONG, "too long");
    free(long_reason);
    shows(world, "git --git-dir \"$record\" rev-parse main", tip);
    free(tip);
    fine(world, cancel(world, 1, (struct ta_asked){.by = TA_MENTEE}));
    refused(world, cancel(world, 1, (struct ta_asked){.by = TA_MENTEE}), TA_REFUSED, "cancelled");
}

static void what_somebody_wrote_beside_a_date_stays(void **state)
{
    struct world *world = *state;
    plan(world, "2026-11-25T10:00:00+01:00");
    free(world_shell(
        world, "set -e; cd $(mktemp -d); git clone -q \"$record\" w; cd w; "
               "printf '\\n  bring cake\\n\\nMondays never work.\\n' >>meetings.md; "
               "git -c user.name=D -c user.email=d@x commit -qam x; git push -q origin HEAD:main"));
    fine(world, move(world, 0, "2026-12-02T10:00:00+01:00", (struct ta_asked){.by = TA_MENTOR}));
    shows(world, "git --git-dir \"$record\" show main:meetings.md | tail -n 6",
          "- M1 2026-11-25T10:00:00+01:00 moved to M2 by mentor, 48 h notice\n\n  bring cake\n"
          "- M2 2026-12-02T10:00:00+01:00 planned\n\nMondays never work.\n");
}

static void a_session_on_a_later_day_says_which(void **state)
{
    struct world *world = *state;
    world_agree(world);
    plan(world, "2026-11-24T10:00:00+01:00");
    world_days_later(world, 3);
    world_hold(world, NULL, 0);
    world_sum_up(world);
    shows(world, meetings_list,
          "- M1 2026-11-24T10:00:00+01:00 held as session 1, 45 min, on 2026-11-26\n");
}

static void says_run(struct world *world, const char *expected)
{
    struct ta_standing standing;
    struct ta_text said = {0};
    fine(world, ta_desk_standing(&world->desk, &world->pair, &standing, &world->err));
    ta_standing_say_run(&said, &world->pair, &standing);
    assert_string_equal(said.bytes ? said.bytes : "", expected);
    ta_text_release(&said);
    ta_standing_release(&standing);
}

static void two_dates_that_one_could_not_keep_are_said_gently(void **state)
{
    struct world *world = *state;
    static const char two[] =
        "The last two dates did not suit Dana. Does the rhythm still suit you both?";
    plan(world, "2026-11-25T10:00:00+01:00");
    fine(world, move(world, 0, "2026-12-02T10:00:00+01:00", (struct ta_asked){.by = TA_MENTEE}));
    says_run(world, "");
    fine(world, cancel(world, 0, (struct ta_asked){.by = TA_MENTEE}));
    says_run(world, two);
    plan(world, "2026-12-09T10:00:00+01:00");
    says_run(world, two);
    fine(world, cancel(world, 0, (struct ta_asked){.by = TA_MENTOR}));
    says_run(world, "");
}

static void a_date_that_went_by_is_the_next_step(void **state)
{
    struct world *world = *state;
    struct ta_standing standing;
    struct ta_text said = {0};
    world_agree(world);
    plan(world, "2026-11-24T10:00:00+01:00");
    world_days_later(world, 2);
    fine(world, ta_desk_standing(&world->desk, &world->pair, &standing, &world->err));
    assert_int_equal(standing.step, TA_STEP_MISSED);
    ta_standing_say_step(&said, &world->pair, &standing);
    assert_string_equal(said.bytes, "Tue 24 Nov 10:00 went by: what became of it?");
    ta_text_release(&said);
    ta_standing_release(&standing);
}

#define in_a_world(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_moved_date_has_another_in_its_place_in_one_commit),
        in_a_world(a_cancelled_date_leaves_none),
        in_a_world(the_notice_of_a_date_that_passed_is_what_was_said),
        in_a_world(what_cannot_be_given_up_is_refused),
        in_a_world(what_somebody_wrote_beside_a_date_stays),
        in_a_world(a_session_on_a_later_day_says_which),
        in_a_world(two_dates_that_one_could_not_keep_are_said_gently),
        in_a_world(a_date_that_went_by_is_the_next_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
