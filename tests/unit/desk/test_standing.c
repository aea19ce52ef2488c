#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "turnabout/store/drafts.h"
#include "world.h"

static void step_is(struct world *world, enum ta_step step, const char *words)
{
    struct ta_standing standing;
    struct ta_text said = {0};
    fine(world, ta_desk_standing(&world->desk, &world->pair, &standing, &world->err));
    assert_int_equal(standing.step, step);
    ta_standing_say_step(&said, &world->pair, &standing);
    assert_string_equal(said.bytes, words);
    ta_text_release(&said);
    ta_standing_release(&standing);
}

static void the_next_step_leads_from_the_first_start_to_the_next_date(void **state)
{
    struct world *world = *state;
    struct ta_desk *desk = &world->desk;
    const struct ta_pair *pair = &world->pair;
    step_is(world, TA_STEP_CONTRACT, "draft the contract together");
    fine(world, ta_desk_contract_set(desk, pair, TA_CLAUSE_GOALS, "Listen", &world->err));
    step_is(world, TA_STEP_SIGN, "read the contract and sign it, both of you");
    fine(world, ta_desk_contract_sign(desk, pair, TA_MENTOR, &world->err));
    step_is(world, TA_STEP_SIGN, "Dana signs the contract");
    fine(world, ta_desk_contract_sign(desk, pair, TA_MENTEE, &world->err));
    step_is(world, TA_STEP_DATE, "set the date of session 1");
    fine(world, ta_desk_meeting_plan(desk, pair, ta_desk_moment(desk), TA_NOBODY, &world->err));
    step_is(world, TA_STEP_AGENDA, "Dana sets the agenda for session 1");
    fine(world, ta_desk_agenda_share(desk, pair, TA_NOBODY, &world->err));
    step_is(world, TA_STEP_SESSION, "hold session 1");
    fine(world, ta_desk_session_start(desk, pair, 0, &world->err));
    step_is(world, TA_STEP_LIVE, "session 1 is running: go there");
    world_later(world, 300);
    step_is(world, TA_STEP_CLOSE, "session 1 was left open: close it");
    fine(world, ta_desk_session_end(desk, pair, 0, &world->err));
    step_is(world, TA_STEP_SUMMARY, "Dana finishes the summary of session 1");
    world_sum_up(world);
    step_is(world, TA_STEP_DATE, "set the date of session 2");
}

static void the_same_date_is_planned_once(void **state)
{
    struct world *world = *state;
    struct ta_moment when = ta_desk_moment(&world->desk);
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, when, TA_NOBODY, &world->err));
    refused(world, ta_desk_meeting_plan(&world->desk, &world->pair, when, TA_NOBODY, &world->err),
            TA_REFUSED, "planned already");
}

static void a_shared_agenda_is_shared_once_and_changed_again(void **state)
{
    struct world *world = *state;
    struct ta_agenda_state agenda;
    fine(world, ta_desk_agenda_share(&world->desk, &world->pair, TA_NOBODY, &world->err));
    refused(world, ta_desk_agenda_share(&world->desk, &world->pair, TA_NOBODY, &world->err),
            TA_REFUSED, "nothing new");
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &agenda, &world->err));
    assert_true(agenda.shared);
    ta_agenda_set_minutes(&agenda.agenda, 0, 9);
    fine(world, ta_desk_agenda_save(&world->desk, &world->pair, &agenda, &world->err));
    ta_agenda_state_release(&agenda);
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &agenda, &world->err));
    assert_false(agenda.shared);
    assert_true(agenda.was_shared);
    ta_agenda_state_release(&agenda);
    fine(world, ta_desk_agenda_share(&world->desk, &world->pair, TA_NOBODY, &world->err));
}

static void a_shared_agenda_that_a_kill_left_behind_is_not_shared_again(void **state)
{
    struct world *world = *state;
    struct ta_agenda_state agenda;
    static const char typed[] = "---\nturnabout: agenda/1\nsession: 1\n---\n"
                                "1. Check-in (5 min)\n7. Our topic (40 min)\n";
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &agenda, &world->err));
    fine(world, ta_desk_agenda_write(&world->desk, &world->pair, &agenda, typed, &world->err));
    ta_agenda_state_release(&agenda);
    fine(world, ta_desk_agenda_share(&world->desk, &world->pair, TA_NOBODY, &world->err));
    int64_t revision = 0;
    fine(world, ta_store_draft_put(world->desk.store, world->pair.id, "agenda/1", typed, &revision,
                                   0, &world->err));
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &agenda, &world->err));
    assert_true(agenda.shared);
    ta_agenda_state_release(&agenda);
    refused(world, ta_desk_agenda_share(&world->desk, &world->pair, TA_NOBODY, &world->err),
            TA_REFUSED, "nothing new");
}

static void an_edited_agenda_that_cannot_be_kept_leaves_the_state_alone(void **state)
{
    struct world *world = *state;
    struct ta_agenda_state one;
    struct ta_agenda_state other;
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &one, &world->err));
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &other, &world->err));
    fine(world, ta_desk_agenda_save(&world->desk, &world->pair, &other, &world->err));
    refused(world,
            ta_desk_agenda_write(&world->desk, &world->pair, &one,
                                 "---\nturnabout: agenda/1\nsession: 1\n---\n1. Mine\n",
                                 &world->err),
            TA_BUSY, "changed");
    assert_int_equal(one.agenda.count, other.agenda.count);
    assert_null(one.text);
    ta_agenda_state_release(&one);
    ta_agenda_state_release(&other);
}

static void two_who_change_the_agenda_at_once_lose_nothing(void **state)
{
    struct world *world = *state;
    struct ta_agenda_state one;
    struct ta_agenda_state other;
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &one, &world->err));
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &other, &world->err));
    ta_agenda_set_minutes(&one.agenda, 0, 9);
    fine(world, ta_desk_agenda_save(&world->desk, &world->pair, &one, &world->err));
    ta_agenda_set_minutes(&other.agenda, 0, 4);
    refused(world, ta_desk_agenda_save(&world->desk, &world->pair, &other, &world->err), TA_BUSY,
            "changed");
    ta_agenda_state_release(&other);
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &other, &world->err));
    assert_int_equal(other.agenda.items[0].minutes, 9);
    ta_agenda_state_release(&one);
    ta_agenda_state_release(&other);
}

static void questions_are_carried_over_until_an_item_takes_them_up(void **state)
{
    struct world *world = *state;
    static const char *const lines[] = {"? Who decides", "? When is it urgent"};
    struct ta_agenda_state agenda;
    world_agree(world);
    world_hold(world, lines, 2);
    world_sum_up(world);
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &agenda, &world->err));
    assert_int_equal(agenda.carried.count, 2);
    assert_string_equal(agenda.carried.items[0].origin, "session 1");
    ta_agenda_insert(&agenda.agenda, 0, "Who decides", 5);
    fine(world, ta_desk_agenda_save(&world->desk, &world->pair, &agenda, &world->err));
    ta_agenda_state_release(&agenda);
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &agenda, &world->err));
    assert_int_equal(agenda.carried.count, 1);
    assert_string_equal(agenda.carried.items[0].text, "When is it urgent");
    ta_agenda_state_release(&agenda);
}

static void the_agenda_obeys_the_length_of_the_contract(void **state)
{
    struct world *world = *state;
    struct ta_agenda_state agenda;
    fine(world,
         ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_DURATION, "90", &world->err));
    world_agree(world);
    fine(world, ta_desk_agenda(&world->desk, &world->pair, &agenda, &world->err));
    assert_int_equal(ta_agenda_sum(&agenda.agenda), 90);
    assert_string_equal(agenda.off_limits, "family\nhealth");
    ta_agenda_state_release(&agenda);
}

/* A thousand meetings, the last sixty of them cancelled, and as many promises, all but one told. */
static void a_long_history_leaves_the_first_screen_right(void **state)
{
    struct world *world = *state;
    struct ta_standing standing;
    free(world_shell(
        world,
        "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && "
        "{ printf -- '---\\nturnabout: meetings/1\\n---\\n'; for i in $(seq 940); do echo "
        "\"- M$i 2026-01-01T10:00:00+01:00 held as session $i, 45 min\"; done; echo "
        "'- M941 2026-12-24T10:00:00+01:00 planned'; for i in $(seq 942 1001); do echo "
        "\"- M$i 2026-01-02T10:00:00+01:00 cancelled by mentee\"; done; } > meetings.md && "
        "{ printf -- '---\\nturnabout: promises/1\\n---\\n'; for i in $(seq 999); do echo "
        "\"- [x] P$i Dana Holt: it (session 1, done 2026-01-02, told 2026-01-03)\"; done; echo "
        "'- [ ] P1000 Dana Holt: this one'; } > promises.md && git add . && git -c user.name=D -c "
        "user.email=d@example.org commit -qm 'By hand' && git push -q origin HEAD:main && "
        "rm -rf $dir"));
    fine(world, ta_desk_standing(&world->desk, &world->pair, &standing, &world->err));
    assert_int_equal(standing.agenda.agenda.session, 941);
    assert_int_equal(standing.held, 940);
    assert_int_equal(ta_meetings_next(&standing.meetings)->id, 941);
    assert_in_range(standing.meetings.count, 40, 50);
    assert_int_equal(standing.promises.count, 1);
    assert_int_equal(standing.promises.items[0].id, 1000);
    ta_standing_release(&standing);
    struct ta_meetings all = {0};
    fine(world, ta_desk_meetings(&world->desk, &world->pair, &all, &world->err));
    assert_int_equal(all.count, 1001);
    ta_meetings_release(&all);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(the_next_step_leads_from_the_first_start_to_the_next_date),
        IN_A_WORLD(the_same_date_is_planned_once),
        IN_A_WORLD(a_shared_agenda_is_shared_once_and_changed_again),
        IN_A_WORLD(a_shared_agenda_that_a_kill_left_behind_is_not_shared_again),
        IN_A_WORLD(an_edited_agenda_that_cannot_be_kept_leaves_the_state_alone),
        IN_A_WORLD(two_who_change_the_agenda_at_once_lose_nothing),
        IN_A_WORLD(questions_are_carried_over_until_an_item_takes_them_up),
        IN_A_WORLD(a_long_history_leaves_the_first_screen_right),
        IN_A_WORLD(the_agenda_obeys_the_length_of_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
