/* Leaving the program ends nothing, and what was left open too long is offered for closing. */
#include <signal.h>

#include "world.h"

/* Opens the app and goes to the session, which shows this in the end. */
static struct terminal *open_session(struct world *world, const char *shown)
{
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, shown);
    return app;
}

static void quit_from_session(struct terminal *app)
{
    terminal_press(app, "Esc");
    see(app, "[Enter]");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
}

static void quitting_does_not_end_the_session(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = open_session(world, "F10 end");
    terminal_type(app, "% half a line");
    quit_from_session(app);
    assert_holds(world_do(world, "turnabout session status --json"), "\"running\"");

    world_set(world, "TURNABOUT_CLOCK", "2026-11-23T09:20:00Z");
    app = world_app(world);
    see(app, "Next: ");
    see(app, "session 1");
    terminal_press(app, "s");
    see(app, "% half a line");
    quit_from_session(app);
    assert_holds(world_do(world, "turnabout session status --json"), "\"running\"");
}

static void a_session_left_open_is_offered_for_closing(void **state)
{
    struct world *world = *state;
    world_session(world);
    (void)world_do(world, "turnabout session note '! Said before all went home'");
    world_set(world, "TURNABOUT_CLOCK", "2026-11-23T16:00:00Z");
    struct terminal *app = open_session(world, "left open since Mon 23 Nov 10:00");
    see(app, "10:45");
    terminal_press(app, "Enter");
    see(app, "Summary of session 1");
    see(app, "45 min");
    see(app, "! Said before all went home");
}

static void it_may_also_go_on(void **state)
{
    struct world *world = *state;
    world_session(world);
    world_set(world, "TURNABOUT_CLOCK", "2026-11-23T16:00:00Z");
    struct terminal *app = open_session(world, "left open since");
    terminal_press(app, "Esc");
    miss(app, "left open since");
    terminal_type(app, "We are still here");
    terminal_press(app, "Enter");
    see(app, "    We are still here");
    assert_holds(world_do(world, "turnabout session status --json"), "\"running\"");
}

/* Both terminals show what either of them did. */
static void a_second_terminal_sees_the_same_session(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *one = open_session(world, "F10 end");
    struct terminal *other = open_session(world, "F10 end");
    terminal_type(one, "! Seen in both");
    terminal_press(one, "Enter");
    see(other, "!  Seen in both");
    terminal_type(other, "? And back");
    terminal_press(other, "Enter");
    see(one, "?  And back");
    see(other, "?  And back");
    (void)world_do(world, "turnabout session note '~ And from a shell'");
    see(one, "~  And from a shell");
    see(other, "~  And from a shell");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(quitting_does_not_end_the_session),
        in_a_world(a_session_left_open_is_offered_for_closing),
        in_a_world(it_may_also_go_on),
        in_a_world(a_second_terminal_sees_the_same_session),
    };
    return world_run_tests(tests, argc, argv);
}
