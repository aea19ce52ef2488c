#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

static const char *const lines[] = {
    "! The first to speak sets what can be said",
    "~ Dana hears a pause as agreement, Priya as caution",
    "> Dana: ask juniors first by 2026-12-01",
    "? Who decides what counts as urgent",
    "Example from the Lisbon launch",
    "% xyzzy I was nervous today",
};

enum { LINES = sizeof lines / sizeof *lines };

static void waiting(struct world *world, struct ta_summary_state *state)
{
    fine(world, ta_desk_summary(&world->desk, &world->pair, 0, state, &world->err));
}

static void notes_become_the_summary_by_kind(void **state)
{
    struct world *world = *state;
    struct ta_summary_state summary;
    world_agree(world);
    world_hold(world, lines, LINES);
    waiting(world, &summary);
    assert_string_equal(summary.summary.lines[TA_SUMMARY_TAKEAWAYS].items[0], lines[0] + 2);
    assert_string_equal(summary.summary.lines[TA_SUMMARY_DIFFERENCES].items[0], lines[1] + 2);
    assert_string_equal(summary.summary.lines[TA_SUMMARY_QUESTIONS].items[0], lines[3] + 2);
    assert_int_equal(summary.summary.promises.count, 1);
    assert_int_equal(summary.summary.promises.items[0].owner, TA_MENTEE);
    assert_int_equal(summary.summary.lasted, 45);
    assert_null(strstr(summary.text, "xyzzy"));
    ta_summary_state_release(&summary);
}

static void one_commit_carries_all_that_follows(void **state)
{
    struct world *world = *state;
    world_agree(world);
    world_hold(world, lines, LINES);
    world_sum_up(world);
    char *files = world_shell(world, "git --git-dir \"$record\" show --format=%an%n%s%n%b "
                                     "--name-only main");
    static const char *const expected[] = {"Dana Holt\n",
                                           "Session 1: ",
                                           "Mentor: Priya Raman",
                                           "Session: 1\n",
                                           "sessions/01/summary.md",
                                           "meetings.md",
                                           "promises.md",
                                           "README.md",
                                           "sessions/01/agenda.md"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_non_null(strstr(files, expected[i]));
    }
    free(files);
    free(world_shell(world, "git --git-dir \"$record\" fsck --strict"));
}

static void what_is_mine_is_in_no_object_of_the_repository(void **state)
{
    struct world *world = *state;
    world_agree(world);
    world_hold(world, lines, LINES);
    world_sum_up(world);
    no_object_has_it(world, lines[0] + 2, "xyzzy");
    struct ta_sitting sitting = {0};
    fine(world, ta_store_sitting_last(world->desk.store, world->pair.id, &sitting, &world->err));
    assert_string_equal(sitting.notes.items[LINES - 1].text, "xyzzy I was nervous today");
    ta_sitting_release(&sitting);
}

static void promises_are_numbered_on_over_the_sessions(void **state)
{
    struct world *world = *state;
    struct ta_promises promises = {0};
    world_agree(world);
    world_hold(world, lines, LINES);
    world_sum_up(world);
    world_days_later(world, 21);
    world_hold(world, lines, LINES);
    world_sum_up(world);
    fine(world, ta_desk_promises(&world->desk, &world->pair, &promises, &world->err));
    assert_int_equal(promises.count, 2);
    assert_int_equal(promises.items[1].id, 2);
    assert_int_equal(promises.items[1].session, 2);
    ta_promises_release(&promises);
}

static void the_planned_meeting_was_held_and_the_next_is_planned(void **state)
{
    struct world *world = *state;
    struct ta_summary_state summary;
    struct ta_meetings meetings = {0};
    struct ta_moment planned = ta_desk_moment(&world->desk);
    world_agree(world);
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, planned, TA_NOBODY, &world->err));
    world_hold(world, lines, LINES);
    waiting(world, &summary);
    assert_int_equal(summary.proposed.instant, ta_moment_add_days(planned, 21).instant);
    fine(world, ta_desk_summary_commit(&world->desk, &world->pair, &summary, &summary.proposed,
                                       TA_NOBODY, &world->err));
    struct ta_moment next = summary.proposed;
    ta_summary_state_release(&summary);
    fine(world, ta_desk_meetings(&world->desk, &world->pair, &meetings, &world->err));
    assert_int_equal(meetings.count, 2);
    assert_int_equal(meetings.items[0].state, TA_MEETING_HELD);
    assert_int_equal(meetings.items[0].session, 1);
    assert_int_equal(meetings.items[1].state, TA_MEETING_PLANNED);
    assert_int_equal(meetings.items[1].when.instant, next.instant);
    ta_meetings_release(&meetings);
}

static void no_date_is_proposed_when_a_later_one_is_planned(void **state)
{
    struct world *world = *state;
    struct ta_summary_state summary;
    struct ta_moment own = ta_desk_moment(&world->desk);
    struct ta_moment later = ta_moment_add_days(own, 21);
    world_agree(world);
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, own, TA_NOBODY, &world->err));
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, later, TA_NOBODY, &world->err));
    world_hold(world, lines, LINES);
    waiting(world, &summary);
    assert_int_equal(summary.proposed.instant, 0);
    ta_summary_state_release(&summary);
    world_days_later(world, 30); /* nobody wrote the summary, and that date went by, too */
    waiting(world, &summary);
    assert_true(summary.proposed.instant > ta_desk_now(&world->desk));
    ta_summary_state_release(&summary);
}

static void a_date_that_nobody_came_to_is_not_taken_for_the_one_that_was_held(void **state)
{
    struct world *world = *state;
    struct ta_summary_state summary;
    struct ta_meetings meetings = {0};
    struct ta_moment missed = ta_desk_moment(&world->desk);
    struct ta_moment own = ta_moment_add_days(missed, 7);
    world_agree(world);
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, missed, TA_NOBODY, &world->err));
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, own, TA_NOBODY, &world->err));
    world_days_later(world, 7);
    world_hold(world, lines, LINES);
    waiting(world, &summary);
    struct ta_moment next = summary.proposed;
    assert_int_equal(next.instant, ta_moment_add_days(own, 21).instant);
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, next, TA_NOBODY, &world->err));
    ta_summary_state_release(&summary);
    waiting(world, &summary);
    fine(world, ta_desk_summary_commit(&world->desk, &world->pair, &summary, &next, TA_NOBODY,
                                       &world->err));
    ta_summary_state_release(&summary);
    fine(world, ta_desk_meetings(&world->desk, &world->pair, &meetings, &world->err));
    assert_int_equal(meetings.count, 3);
    assert_int_equal(meetings.items[0].state, TA_MEETING_PLANNED);
    assert_int_equal(meetings.items[1].state, TA_MEETING_HELD);
    ta_meetings_release(&meetings);
}

static void what_people_wrote_into_promises_by_hand_stays(void **state)
{
    struct world *world = *state;
    world_agree(world);
    world_hold(world, lines, LINES);
    world_sum_up(world);
    free(world_shell(world, "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && "
                            "printf '\\n## Ours\\nkeep   this line\\n' >> promises.md && git -c "
                            "user.name=D -c user.email=d@example.org commit -qam 'By hand' && "
                            "git push -q origin HEAD:main && rm -rf $dir"));
    world_days_later(world, 21);
    world_hold(world, lines, LINES);
    world_sum_up(world);
    char *promises = world_shell(world, "git --git-dir \"$record\" show main:promises.md");
    assert_non_null(strstr(promises, "## Ours\nkeep   this line\n"));
    assert_non_null(strstr(promises, "P2 Dana Holt"));
    free(promises);
}

static void lines_are_edited_added_and_struck(void **state)
{
    struct world *world = *state;
    struct ta_summary_state summary;
    world_agree(world);
    world_hold(world, lines, LINES);
    waiting(world, &summary);
    fine(world, ta_desk_summary_set_line(&world->desk, &world->pair, &summary, TA_SUMMARY_TAKEAWAYS,
                                         0, "Said better", &world->err));
    fine(world, ta_desk_summary_set_line(&world->desk, &world->pair, &summary, TA_SUMMARY_TAKEAWAYS,
                                         1, "And one more", &world->err));
    fine(world, ta_desk_summary_set_line(&world->desk, &world->pair, &summary,
                                         TA_SUMMARY_DIFFERENCES, 0, NULL, &world->err));
    refused(world,
            ta_desk_summary_set_line(&world->desk, &world->pair, &summary, TA_SUMMARY_QUESTIONS, 0,
                                     " ", &world->err),
            TA_WRONG, "empty");
    refused(world,
            ta_desk_summary_set_line(&world->desk, &world->pair, &summary, TA_SUMMARY_QUESTIONS, 0,
                                     "bell \x07", &world->err),
            TA_WRONG, "control characters");
    ta_summary_state_release(&summary);
    world_reopen(world);
    waiting(world, &summary);
    assert_int_equal(summary.summary.lines[TA_SUMMARY_TAKEAWAYS].count, 2);
    assert_string_equal(summary.summary.lines[TA_SUMMARY_TAKEAWAYS].items[1], "And one more");
    assert_int_equal(summary.summary.lines[TA_SUMMARY_DIFFERENCES].count, 0);
    assert_int_equal(summary.summary.lines[TA_SUMMARY_QUESTIONS].count, 1);
    ta_summary_state_release(&summary);
}

static void a_text_that_another_terminal_changed_is_not_committed_unseen(void **state)
{
    struct world *world = *state;
    struct ta_summary_state one;
    struct ta_summary_state other;
    world_agree(world);
    world_hold(world, lines, LINES);
    waiting(world, &one);
    waiting(world, &other);
    fine(world, ta_desk_summary_set_title(&world->desk, &world->pair, &other, "A better title",
                                          &world->err));
    refused(world,
            ta_desk_summary_commit(&world->desk, &world->pair, &one, NULL, TA_MENTEE, &world->err),
            TA_BUSY, "changed elsewhere");
    ta_summary_state_release(&one);
    waiting(world, &one);
    assert_string_equal(one.summary.title, "A better title");
    fine(world,
         ta_desk_summary_commit(&world->desk, &world->pair, &one, NULL, TA_MENTEE, &world->err));
    refused(
        world,
        ta_desk_summary_commit(&world->desk, &world->pair, &other, NULL, TA_MENTEE, &world->err),
        TA_REFUSED, "is committed");
    ta_summary_state_release(&one);
    ta_summary_state_release(&other);
}

static void what_turned_out_to_be_mine_is_not_committed_from_an_older_reading(void **state)
{
    struct world *world = *state;
    struct ta_summary_state summary;
    struct ta_live live;
    world_agree(world);
    world_hold(world, lines, LINES);
    waiting(world, &summary);
    fine(world, ta_desk_live(&world->desk, &world->pair, &live, &world->err));
    fine(world, ta_live_note_change(&world->desk, &live, 0, TA_NOTE_MINE,
                                    live.sitting.notes.items[0].text, false, &world->err));
    ta_live_release(&live);
    refused(
        world,
        ta_desk_summary_commit(&world->desk, &world->pair, &summary, NULL, TA_MENTEE, &world->err),
        TA_BUSY, "changed elsewhere");
    ta_summary_state_release(&summary);
}

static void a_committed_summary_stays_as_it_is(void **state)
{
    struct world *world = *state;
    struct ta_summary_state summary;
    world_agree(world);
    world_hold(world, lines, LINES);
    world_sum_up(world);
    waiting(world, &summary);
    assert_true(summary.committed);
    refused(world,
            ta_desk_summary_set_title(&world->desk, &world->pair, &summary, "Another", &world->err),
            TA_REFUSED, "committed");
    refused(
        world,
        ta_desk_summary_commit(&world->desk, &world->pair, &summary, NULL, TA_NOBODY, &world->err),
        TA_REFUSED, "committed");
    ta_summary_state_release(&summary);
    refused(world, ta_desk_summary(&world->desk, &world->pair, 7, &summary, &world->err), TA_ABSENT,
            "session 7");
}

static void a_running_session_has_no_summary_yet(void **state)
{
    struct world *world = *state;
    struct ta_summary_state summary;
    refused(world, ta_desk_summary(&world->desk, &world->pair, 0, &summary, &world->err), TA_ABSENT,
            "no summary yet");
    fine(world, ta_desk_session_start(&world->desk, &world->pair, 0, &world->err));
    refused(world, ta_desk_summary(&world->desk, &world->pair, 0, &summary, &world->err),
            TA_REFUSED, "still running");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(notes_become_the_summary_by_kind),
        IN_A_WORLD(one_commit_carries_all_that_follows),
        IN_A_WORLD(what_is_mine_is_in_no_object_of_the_repository),
        IN_A_WORLD(promises_are_numbered_on_over_the_sessions),
        IN_A_WORLD(the_planned_meeting_was_held_and_the_next_is_planned),
        IN_A_WORLD(no_date_is_proposed_when_a_later_one_is_planned),
        IN_A_WORLD(a_date_that_nobody_came_to_is_not_taken_for_the_one_that_was_held),
        IN_A_WORLD(what_people_wrote_into_promises_by_hand_stays),
        IN_A_WORLD(lines_are_edited_added_and_struck),
        IN_A_WORLD(a_text_that_another_terminal_changed_is_not_committed_unseen),
        IN_A_WORLD(what_turned_out_to_be_mine_is_not_committed_from_an_older_reading),
        IN_A_WORLD(a_committed_summary_stays_as_it_is),
        IN_A_WORLD(a_running_session_has_no_summary_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
