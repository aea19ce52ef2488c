/* Nobody types: then nothing is written, but the clock of a session that runs. */
#include "world.h"

enum { LONG = 2000 }; /* milliseconds; the one place where waiting is what is looked at */

static void settle(struct terminal *app, const char *last)
{
    see(app, last);
    while (terminal_wait(app, LONG / 4)) {
    }
    terminal_forget(app);
}

static void assert_quiet(struct terminal *app)
{
    size_t length;
    (void)terminal_wait(app, LONG);
    (void)terminal_bytes(app, &length);
    assert_int_equal(length, 0);
}

static void a_screen_that_stands_is_quiet(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = world_app(world);
    settle(app, "? help");
    assert_quiet(app);
    terminal_press(app, "c");
    settle(app, "v whole paper");
    assert_quiet(app);
    terminal_press(app, "Enter");
    settle(app, "Tab next clause");
    terminal_type(app, ", typed");
    see(app, ", typed");
    settle(app, "draft 2"); /* saved at the first pause */
    assert_quiet(app);
}

static void a_clock_that_stands_is_quiet(void **state)
{
    struct world *world = *state;
    world_session(world);
    (void)world_do(world, "turnabout session pause");
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    settle(app, "F10 end");
    assert_quiet(app);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_screen_that_stands_is_quiet),
        in_a_world(a_clock_that_stands_is_quiet),
    };
    return world_run_tests(tests, argc, argv);
}
