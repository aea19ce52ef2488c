/* The terminal goes away, or the program is killed, while somebody types: what was typed is there
 * at the next start. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

static struct terminal *open_step(struct world *world, const char *shows)
{
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, shows);
    return app;
}

/* The window is closed; the program has a moment for what is not saved yet. */
static void close_window(struct terminal *app)
{
    terminal_hang_up(app);
    (void)ended(app);
}

static void kill_once_kept(struct world *world, struct terminal *app, const char *text)
{
    (void)world_do(world, "until grep -aqs '%s' \"$TURNABOUT_HOME\"/turnabout.db*; do :; done",
                   text);
    terminal_signal(app, SIGKILL);
    assert_int_equal(ended(app), 128 + SIGKILL);
}

static struct terminal *open_summary(struct world *world)
{
    return open_step(world, "Summary of session 1");
}

static void world_summary(struct world *world)
{
    world_session(world);
    (void)world_do(world, "turnabout session note '! The first to speak'; turnabout session end");
}

static void a_line_of_a_session_outlives_its_window(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = open_step(world, "left of 45 min");
    terminal_type(app, "caught before");
    terminal_press(app, "Enter");
    miss(app, "▏caught before");
    terminal_type(app, "? in the middle of a");
    see(app, "? in the middle of a");
    close_window(app);

    app = open_step(world, "left of 45 min");
    see(app, "caught before");
    see(app, "? in the middle of a");
    terminal_type(app, " line");
    terminal_press(app, "Enter");
    (void)world_do(world, "until turnabout session show | grep -q 'in the middle of a line'; do :; "
                          "done");
    world_is_sound(world);
}

static void a_note_being_changed_outlives_its_window(void **state)
{
    struct world *world = *state;
    world_session(world);
    (void)world_do(world, "turnabout session note 'Example from the launch'");
    struct terminal *app = open_step(world, "left of 45 min");
    see(app, "Example from the launch");
    terminal_press(app, "Up Enter");
    see(app, "⏎ keep");
    terminal_type(app, " in Lisbon");
    see(app, "from the launch in Lisbon");
    close_window(app);
    assert_holds(world_do(world, "turnabout session show"), "Example from the launch in Lisbon");
}

static void a_text_of_many_lines_outlives_its_window(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "c");
    see(app, "both signed");
    terminal_press(app, "G k");
    see(app, "If it does not work ─");
    terminal_press(app, "Enter");
    see(app, "Tab next clause");
    terminal_type(app, "First line\rSecond line\rThird, not fin");
    see(app, "Third, not fin");
    close_window(app);

    const char *paper = world_do(world, "turnabout contract show");
    assert_holds(paper, "First line");
    assert_holds(paper, "Second line");
    assert_holds(paper, "Third, not fin");
    world_is_sound(world);
}

static void a_line_of_a_summary_outlives_its_window(void **state)
{
    struct world *world = *state;
    world_summary(world);
    struct terminal *app = open_summary(world);
    terminal_press(app, "n");
    see(app, "⏎ keep");
    terminal_type(app, "A takeaway that nobody has fin");
    see(app, "A takeaway that nobody has fin");
    close_window(app);

    app = open_summary(world);
    see(app, "! The first to speak");
    see(app, "A takeaway that nobody has fin");
    world_is_sound(world);
}

/* How often it stands on the screen. */
static int rows_with(const struct terminal *app, const char *text, int rows)
{
    int count = 0;
    for (int row = 0; row < rows; row++) {
        count += strstr(terminal_line(app, row), text) != NULL;
    }
    return count;
}

static void a_line_of_a_summary_outlives_a_kill(void **state)
{
    struct world *world = *state;
    world_summary(world);
    struct terminal *app = open_summary(world);
    see(app, "▸ ! The first to speak");
    terminal_press(app, "Enter");
    see(app, "⏎ keep");
    terminal_type(app, " sets the tone");
    kill_once_kept(world, app, "sets the tone");

    /* It is in its place, not beside it, and goes on. */
    app = open_summary(world);
    see(app, "You were typing this line");
    see(app, "! The first to speak sets the tone");
    assert_int_equal(rows_with(app, "The first to speak", 20), 1);
    terminal_type(app, " here");
    terminal_press(app, "Enter");
    see(app, "⏎ edit");
    terminal_press(app, "n");
    see(app, "⏎ keep");
    terminal_type(app, "A second one");
    kill_once_kept(world, app, "A second one");

    app = open_summary(world);
    see(app, "The first to speak sets the tone here");
    see(app, "A second one");
    terminal_press(app, "Enter");
    see(app, "⏎ edit");
    terminal_signal(app, SIGKILL);
    (void)ended(app);

    /* What was kept or left is not offered again. */
    app = open_summary(world);
    see(app, "A second one");
    see(app, "⏎ edit");
    terminal_press(app, "Enter");
    see(app, "⏎ keep");
    terminal_type(app, "never mind");
    (void)world_do(world, "until grep -aqs 'never mind' \"$TURNABOUT_HOME\"/turnabout.db*; do :; "
                          "done");
    terminal_press(app, "Esc");
    see(app, "⏎ edit");
    terminal_signal(app, SIGKILL);
    (void)ended(app);
    app = open_summary(world);
    see(app, "⏎ edit");
    miss(app, "never mind");
    world_is_sound(world);
}

static void the_first_steps_outlive_a_kill(void **state)
{
    struct world *world = *state;
    struct terminal *app = world_app(world);
    see(app, "You are");
    terminal_type(app, "Dana Holt");
    terminal_press(app, "Enter");
    see(app, "‹ the mentee ›");
    terminal_press(app, "Right Enter");
    terminal_type(app, "Priya Ram");
    kill_once_kept(world, app, "Priya Ram");

    app = world_app(world);
    see(app, "Dana Holt");
    see(app, "the mentor");
    see(app, "Priya Ram");
    see(app, "what you had typed");
    terminal_type(app, "Who gets heard");
    terminal_press(app, "Enter");
    see(app, "[Enter]");
    assert_holds(world_do(world, "turnabout pair list"), "Who gets heard");

    /* The next pair begins with nothing of it. */
    terminal_press(app, "p");
    see(app, "take in hand");
    terminal_press(app, "n");
    see(app, "A new pair");
    miss(app, "Priya Ram");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_line_of_a_session_outlives_its_window),
        in_a_world(a_note_being_changed_outlives_its_window),
        in_a_world(a_text_of_many_lines_outlives_its_window),
        in_a_world(a_line_of_a_summary_outlives_its_window),
        in_a_world(a_line_of_a_summary_outlives_a_kill),
        in_a_world(the_first_steps_outlive_a_kill),
    };
    return world_run_tests(tests, argc, argv);
}
