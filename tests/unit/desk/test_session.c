#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

static bool start(struct world *world, int64_t ago)
{
    return ta_desk_session_start(&world->desk, &world->pair, ago, &world->err);
}

static bool end(struct world *world, int64_t at)
{
    return ta_desk_session_end(&world->desk, &world->pair, at, &world->err);
}

static bool note_down(struct world *world, const char *line)
{
    struct ta_note note = {0};
    bool ok = ta_desk_session_note(&world->desk, &world->pair, line, &note, &world->err);
    free(note.text);
    return ok;
}

static bool happen(struct world *world, enum ta_event_kind kind, int value)
{
    return ta_desk_session_event(&world->desk, &world->pair, kind, value, &world->err);
}

static void read(struct world *world, struct ta_live *live)
{
    fine(world, ta_desk_live(&world->desk, &world->pair, live, &world->err));
}

static void a_session_runs_on_over_a_restart(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    fine(world, start(world, 0));
    world_later(world, 3);
    fine(world, note_down(world, "! first"));
    world_reopen(world);
    world_later(world, 7);
    read(world, &live);
    assert_int_equal(live.reading.state, TA_SESSION_RUNNING);
    assert_int_equal(live.reading.left, 35 * 60);
    assert_int_equal(live.sitting.notes.count, 1);
    assert_string_equal(live.sitting.notes.items[0].text, "first");
    ta_live_release(&live);
}

static void a_forgotten_start_is_dated_back(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    fine(world, start(world, 600));
    read(world, &live);
    assert_int_equal(live.reading.elapsed, 10 * 60);
    ta_live_release(&live);
}

static void it_cannot_start_days_back_or_in_the_future(void **state)
{
    refused(*state, start(*state, 46800), TA_WRONG, "12 hours");
    refused(*state, start(*state, -60), TA_WRONG, "12 hours");
}

static void a_second_start_is_refused(void **state)
{
    struct world *world = *state;
    fine(world, start(world, 0));
    refused(world, start(world, 0), TA_REFUSED, "running already");
    fine(world, end(world, 0));
    refused(world, start(world, 0), TA_REFUSED, "waits for its summary");
}

static void without_a_session_nothing_can_be_noted_or_ended(void **state)
{
    refused(*state, note_down(*state, "! x"), TA_REFUSED, "No session is running");
    refused(*state, end(*state, 0), TA_REFUSED, "No session is running");
    refused(*state, happen(*state, TA_EVENT_PAUSE, 0), TA_REFUSED, "No session is running");
}

static void it_ends_once(void **state)
{
    fine(*state, start(*state, 0));
    fine(*state, end(*state, 0));
    refused(*state, end(*state, 0), TA_REFUSED, "has ended");
    refused(*state, note_down(*state, "! late"), TA_REFUSED, "has ended");
}

static void a_pause_stops_the_clock(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    fine(world, start(world, 0));
    world_later(world, 5);
    fine(world, happen(world, TA_EVENT_PAUSE, 0));
    refused(world, happen(world, TA_EVENT_PAUSE, 0), TA_REFUSED, "paused already");
    world_later(world, 60);
    fine(world, happen(world, TA_EVENT_RESUME, 0));
    world_later(world, 2);
    read(world, &live);
    assert_int_equal(live.reading.elapsed, 7 * 60);
    ta_live_release(&live);
}

static void the_end_is_not_before_the_last_note(void **state)
{
    struct world *world = *state;
    int64_t began = ta_desk_now(&world->desk);
    fine(world, start(world, 0));
    world_later(world, 20);
    fine(world, note_down(world, "late thought"));
    world_later(world, 200);
    refused(world, end(world, began + 60000), TA_WRONG, "before its last note");
    refused(world, end(world, ta_desk_now(&world->desk) + 60000), TA_WRONG, "future");
    fine(world, end(world, began + 2700000));
}

static void a_session_left_open_probably_ended_as_planned(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    int64_t began = ta_desk_now(&world->desk);
    fine(world, start(world, 0));
    world_later(world, 50);
    fine(world, note_down(world, "after time"));
    world_later(world, 500);
    read(world, &live);
    assert_int_equal(ta_live_probable_end(&live, ta_desk_now(&world->desk)), began + 3000000);
    ta_live_release(&live);
}

static void a_session_stays_in_hand_when_its_number_is_held_elsewhere(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    fine(world, start(world, 0));
    fine(world, note_down(world, "! caught here"));
    free(world_shell(world,
                     "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && "
                     "printf -- '---\\nturnabout: meetings/1\\n---\\n- M1 "
                     "2026-11-23T10:00:00+01:00 held as session 1, 40 min\\n' > meetings.md && "
                     "git add meetings.md && git -c user.name=P -c user.email=p@example.org commit "
                     "-qm 'Session 1' && git push -q origin HEAD:main && rm -rf $dir"));
    read(world, &live);
    assert_int_not_equal(live.sitting.id, 0);
    assert_int_equal(live.sitting.number, 1);
    assert_int_equal(live.sitting.notes.count, 1);
    ta_live_release(&live);
    refused(world, start(world, 0), TA_REFUSED, "running already");
    fine(world, end(world, 0));
    read(world, &live);
    assert_int_equal(live.reading.state, TA_SESSION_ENDED);
    ta_live_release(&live);
}

static void items_go_from_the_first_to_the_last_and_no_further(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    fine(world, start(world, 0));
    refused(world, ta_desk_session_step(&world->desk, &world->pair, -1, &world->err), TA_REFUSED,
            "first item");
    read(world, &live);
    size_t items = live.agenda.count;
    ta_live_release(&live);
    for (size_t i = 1; i < items; i++) {
        fine(world, ta_desk_session_step(&world->desk, &world->pair, +1, &world->err));
    }
    refused(world, ta_desk_session_step(&world->desk, &world->pair, +1, &world->err), TA_REFUSED,
            "last item");
}

static void a_removed_note_comes_back_as_it_was(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    fine(world, start(world, 0));
    fine(world, note_down(world, "? why"));
    read(world, &live);
    fine(world,
         ta_live_note_change(&world->desk, &live, 0, TA_NOTE_TAKEAWAY, "> so", true, &world->err));
    ta_live_release(&live);
    read(world, &live);
    assert_true(live.sitting.notes.items[0].removed);
    assert_int_equal(live.sitting.notes.items[0].kind, TA_NOTE_TAKEAWAY);
    assert_string_equal(live.sitting.notes.items[0].text, "> so");
    refused(
        world,
        ta_live_note_change(&world->desk, &live, 0, TA_NOTE_PLAIN, "\x1b[2J", false, &world->err),
        TA_WRONG, "control");
    ta_live_release(&live);
}

static void the_line_being_typed_outlives_the_program(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    fine(world, start(world, 0));
    read(world, &live);
    ta_live_keep_line(&world->desk, &live, "> Dana: ask jun");
    ta_live_release(&live);
    world_reopen(world);
    read(world, &live);
    assert_string_equal(live.line, "> Dana: ask jun");
    fine(world, ta_live_note(&world->desk, &live, "> Dana: ask juniors", &world->err));
    ta_live_release(&live);
    read(world, &live);
    assert_null(live.line);
    ta_live_release(&live);
}

static void a_note_from_elsewhere_shows_as_not_fresh(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    fine(world, start(world, 0));
    read(world, &live);
    fine(world, ta_live_note(&world->desk, &live, "mine", &world->err));
    assert_true(ta_live_is_fresh(&world->desk, &live));
    fine(world, note_down(world, "from the other terminal"));
    assert_false(ta_live_is_fresh(&world->desk, &live));
    ta_live_release(&live);
}

static void without_its_record_a_running_session_goes_on(void **state)
{
    struct world *world = *state;
    struct ta_live live;
    world_agree(world);
    fine(world, start(world, 0));
    free(world_shell(world, "mv \"$record\" \"$record.away\""));
    fine(world, note_down(world, "! kept all the same"));
    fine(world, happen(world, TA_EVENT_PAUSE, 0));
    read(world, &live);
    assert_string_equal(live.sitting.notes.items[0].text, "kept all the same");
    assert_string_equal(live.off_limits, "family\nhealth");
    ta_live_release(&live);
    fine(world, end(world, 0));
    refused(world, ta_desk_live(&world->desk, &world->pair, &live, &world->err), TA_ABSENT,
            "not where it was");
}

static void a_broken_paper_keeps_nobody_from_taking_notes(void **state)
{
    struct world *world = *state;
    fine(world, start(world, 0));
    fine(world, note_down(world, "! caught here"));
    free(world_shell(world,
                     "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && "
                     "printf -- '---\\nturnabout: meetings/9\\n---\\n' > meetings.md && git "
                     "add . && git -c user.name=D -c user.email=d@e.f commit -qm 'By hand' && "
                     "git push -q origin HEAD:main && rm -rf $dir"));
    fine(world, note_down(world, "! kept all the same"));
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(a_session_runs_on_over_a_restart),
        IN_A_WORLD(a_forgotten_start_is_dated_back),
        IN_A_WORLD(it_cannot_start_days_back_or_in_the_future),
        IN_A_WORLD(a_second_start_is_refused),
        IN_A_WORLD(without_a_session_nothing_can_be_noted_or_ended),
        IN_A_WORLD(it_ends_once),
        IN_A_WORLD(a_pause_stops_the_clock),
        IN_A_WORLD(the_end_is_not_before_the_last_note),
        IN_A_WORLD(a_session_left_open_probably_ended_as_planned),
        IN_A_WORLD(a_session_stays_in_hand_when_its_number_is_held_elsewhere),
        IN_A_WORLD(items_go_from_the_first_to_the_last_and_no_further),
        IN_A_WORLD(a_removed_note_comes_back_as_it_was),
        IN_A_WORLD(the_line_being_typed_outlives_the_program),
        IN_A_WORLD(without_its_record_a_running_session_goes_on),
        IN_A_WORLD(a_broken_paper_keeps_nobody_from_taking_notes),
        IN_A_WORLD(a_note_from_elsewhere_shows_as_not_fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
