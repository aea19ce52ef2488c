/* Between sessions: a date that went by is asked about, and a promise is done and told back. */
#include "world.h"

/* Nobody came on Tuesday. On Thursday the app asks; it was cancelled, and the next date follows. */
static void a_date_that_went_by_is_asked_about(void **state)
{
    struct world *world = *state;
    world_pair(world);
    (void)world_do(world, "turnabout agenda share");
    world_set(world, "TURNABOUT_CLOCK", "2026-11-26T09:00:00Z");
    struct terminal *app = world_app(world);
    see(app, "Tue 24 Nov 10:00 went by: what became of it?");
    terminal_press(app, "Enter");
    see(app, "It went by without a session.");
    see(app, "was held: we write it down");
    terminal_press(app, "Left");
    see(app, "was cancelled");
    terminal_press(app, "Enter Left");
    see(app, "Dana Holt");
    terminal_press(app, "Enter Right Right");
    see(app, "a day before");
    terminal_press(app, "Enter");
    terminal_type(app, "ill");
    see(app, "cancel it");
    terminal_press(app, "Enter");
    see(app, "set the date of session 1");
    terminal_press(app, "Enter");
    see(app, "2026-12-15 10:00");
    terminal_press(app, "Enter");
    see(app, "Tue 15 Dec 10:00, in 19 days");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
    assert_holds(world_do(world, "git --git-dir \"$RECORD\" show main:meetings.md"),
                 "- M1 2026-11-24T10:00:00+01:00 cancelled by mentee, 24 h notice: ill\n"
                 "- M2 2026-12-15T10:00:00+01:00 planned");
    world_is_sound(world);
}

/* They met after all, without the program: one page leads to the summary, and to the record. */
static void a_session_held_without_the_program_is_written_down(void **state)
{
    struct world *world = *state;
    world_pair(world);
    (void)world_do(world, "turnabout agenda share");
    world_set(world, "TURNABOUT_CLOCK", "2026-11-26T09:00:00Z");
    struct terminal *app = world_app(world);
    see(app, "what became of it?");
    terminal_press(app, "Enter");
    see(app, "was held: we write it down");
    terminal_press(app, "Enter");
    see(app, "written down afterwards");
    terminal_press(app, "Tab");
    terminal_type(app, "50");
    terminal_press(app, "Tab");
    terminal_type(app, "! The first to speak sets what can be said");
    terminal_press(app, "Enter");
    terminal_type(app, "% xyzzy");
    see(app, "only mine");
    /* A killed terminal loses nothing of what was kept. */
    see(app, "xyzzy");
    terminal_press(app, "Esc");
    see(app, "[Enter]");
    terminal_signal(app, 9);
    app = world_app(world);
    see(app, "what became of it?");
    terminal_press(app, "Enter");
    see(app, "was held: we write it down");
    terminal_press(app, "Enter");
    see(app, "xyzzy");
    terminal_press(app, "F10");
    see(app, "Summary of session 1");
    see(app, "50 min");
    see(app, "! The first to speak sets what can be said");
    miss(app, "xyzzy");
    terminal_press(app, "C");
    see(app, "next date");
    terminal_press(app, "Enter");
    see(app, "Committed for both");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
    assert_holds(world_do(world, "turnabout meeting list"), "held as session 1, 50 min");
    assert_lacks(world_run(world, "git --git-dir \"$RECORD\" log -p --all"), "xyzzy");
    world_is_sound(world);
}

/* Dana says that it is done, at her machine; that it was told back only Priya can say. */
static void what_was_promised_is_done_and_told_back(void **state)
{
    struct world *world = *state;
    world_session(world);
    (void)world_do(world, "turnabout session note '> Dana: ask juniors first by 1 Dec'\n"
                          "turnabout session end\n"
                          "turnabout summary commit 2>/dev/null");
    world_set(world, "TURNABOUT_CLOCK", "2026-12-03T09:00:00Z");
    struct terminal *app = world_app(world);
    see(app, "1 overdue");
    terminal_press(app, "t");
    see(app, "2 days late");
    terminal_type(app, " ");
    see(app, "Done, not yet told back");
    assert_holds(world_do(world, "turnabout promise list"), "done, not yet told back");
    terminal_press(app, "b");
    see(app, "Priya Raman, were you told how it went?");
    terminal_press(app, "y");
    see(app, "Done and told back");
    terminal_press(app, "Esc");
    see(app, "Nothing is open: all was done");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
    assert_holds(world_do(world, "git --git-dir \"$RECORD\" log --format='%%an: %%s' main"),
                 "Priya Raman: Promise P1 told back: ask juniors first\n"
                 "Dana Holt: Promise P1 done: ask juniors first\n");
    world_is_sound(world);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_date_that_went_by_is_asked_about),
        in_a_world(a_session_held_without_the_program_is_written_down),
        in_a_world(what_was_promised_is_done_and_told_back),
    };
    return world_run_tests(tests, argc, argv);
}
