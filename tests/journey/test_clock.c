/* The clock of a session, whatever happens to the program and to the machine's clock. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

enum { MINUTE = 60 };

static long left_by_status(struct world *world)
{
    const char *said = world_do(world, "turnabout session status --json");
    const char *left = strstr(said, "\"left_s\": ");
    assert_non_null(left);
    return strtol(left + strlen("\"left_s\": "), NULL, 10);
}

/* By the machine's own clock, which these tests never set: TURNABOUT_CLOCK=-1h is a program for
 * which somebody did. */
static void begin_by_the_machine(struct world *world)
{
    world_pair(world);
    world_set(world, "TURNABOUT_CLOCK", NULL);
    (void)world_do(world, "turnabout session start --ago 20m");
}

static void assert_about(long left, long minutes)
{
    assert_in_range(left, minutes * MINUTE - MINUTE, minutes * MINUTE);
}

static struct terminal *join(struct world *world)
{
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "s");
    see(app, "F10 end");
    return app;
}

static void a_wall_clock_set_off_moves_nothing(void **state)
{
    static const char *const set_off[] = {"-1h", "+1h", "-1h30m", NULL};
    struct world *world = *state;
    begin_by_the_machine(world);
    for (size_t i = 0; i < sizeof set_off / sizeof set_off[0]; i++) {
        world_set(world, "TURNABOUT_CLOCK", set_off[i]);
        assert_about(left_by_status(world), 25);
        (void)world_do(world, "turnabout session note '! Said at this hour'\n"
                              "turnabout session floor priya");
        assert_about(left_by_status(world), 25);
    }
    assert_lacks(world_do(world, "turnabout session show"), ":20:");
}

/* Two terminals that began by different wall clocks show the same. */
static void terminals_of_different_clocks_agree(void **state)
{
    struct world *world = *state;
    begin_by_the_machine(world);
    struct terminal *one = join(world);
    world_set(world, "TURNABOUT_CLOCK", "-1h");
    struct terminal *other = join(world);
    terminal_press(other, "F3");
    see(other, "paused");
    see(one, "paused");
    for (int row = 2; row < 6; row++) {
        char line[512];
        (void)snprintf(line, sizeof line, "%s", terminal_line(one, row));
        assert_string_equal(line, terminal_line(other, row));
    }
    assert_about(left_by_status(world), 25);
}

static void a_killed_terminal_stops_no_clock(void **state)
{
    struct world *world = *state;
    begin_by_the_machine(world);
    struct terminal *app = join(world);
    terminal_type(app, "! Said before the kill");
    terminal_press(app, "Enter");
    see(app, "!  Said before the kill");
    terminal_signal(app, SIGKILL);
    (void)ended(app);
    assert_about(left_by_status(world), 25);
    app = join(world);
    see(app, "!  Said before the kill");
    assert_about(left_by_status(world), 25);
}

/* A process that slept shows the time that went on without it as soon as it wakes. */
static void a_stopped_terminal_has_lost_no_time(void **state)
{
    struct world *world = *state;
    begin_by_the_machine(world);
    struct terminal *app = join(world);
    terminal_signal(app, SIGSTOP);
    (void)world_do(world, "turnabout session extend 5\nturnabout session next\n"
                          "turnabout session note '! Said while it slept'");
    terminal_signal(app, SIGCONT);
    see(app, "!  Said while it slept");
    see(app, "left of 50 min");
    see(app, "▶ What we want from today");
}

/* Zones say how a time is written, and so does summer: never how long something takes. */
static void zones_and_summer_move_nothing(void **state)
{
    struct world *world = *state;
    world_pair(world);
    world_set(world, "TURNABOUT_CLOCK", "2026-10-25T02:40:00+02:00");
    (void)world_do(world, "turnabout session start");
    world_set(world, "TURNABOUT_CLOCK", "2026-10-25T02:10:30+01:00");
    assert_about(left_by_status(world), 15);
    world_set(world, "TZ", "America/New_York");
    assert_about(left_by_status(world), 15);
    (void)world_do(world, "turnabout session next");
    world_set(world, "TZ", "Asia/Kolkata");
    assert_about(left_by_status(world), 15);
    struct terminal *app = join(world);
    see(app, "06:40 · started 06:10");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_wall_clock_set_off_moves_nothing),
        in_a_world(terminals_of_different_clocks_agree),
        in_a_world(a_killed_terminal_stops_no_clock),
        in_a_world(a_stopped_terminal_has_lost_no_time),
        in_a_world(zones_and_summer_move_nothing),
    };
    return world_run_tests(tests, argc, argv);
}
