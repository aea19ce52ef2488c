/* Several pairs, and two of the same names. */
#include "world.h"

static void name_a_pair(struct terminal *app, const char *topic)
{
    see(app, "You are");
    terminal_press(app, "C-u");
    terminal_type(app, "Dana Holt");
    terminal_press(app, "Enter");
    see(app, "‹ the mentee ›");
    terminal_press(app, "Enter");
    see(app, "The name of the other");
    terminal_type(app, "Priya Raman");
    terminal_press(app, "Enter");
    see(app, "In a few words");
    terminal_type(app, topic);
    terminal_press(app, "Enter");
}

static void two_pairs_of_the_same_names_stay_apart(void **state)
{
    struct world *world = *state;
    struct terminal *app = world_app(world);
    name_a_pair(app, "Who gets heard");
    see(app, "[Enter]");
    see(app, "Who gets heard");
    terminal_press(app, "p");
    see(app, "take in hand");
    terminal_press(app, "n");
    see(app, "Who meets whom");
    name_a_pair(app, "How we promote");
    see(app, "How we promote");
    see(app, "take in hand");
    see(app, "priya-dana-2");

    /* The new one is in hand; back to the first, and to the second again. */
    terminal_press(app, "g Enter");
    see(app, "[Enter]");
    see(app, "Who gets heard");
    terminal_press(app, "p");
    see(app, "take in hand");
    terminal_press(app, "G Enter");
    see(app, "[Enter]");
    see(app, "How we promote");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);

    /* It is still in hand at the next start, and each has a record of its own. */
    app = world_app(world);
    see(app, "How we promote");
    (void)world_do(world, "turnabout -p priya-dana meeting plan '2026-11-25 10:00'\n"
                          "turnabout -p priya-dana-2 meeting plan '2026-11-26 11:00'\n");
    assert_holds(world_do(world, "git --git-dir home/pairs/priya-dana/record.git "
                                 "show main:meetings.md"),
                 "2026-11-25");
    assert_lacks(world_do(world, "git --git-dir home/pairs/priya-dana-2/record.git "
                                 "show main:meetings.md"),
                 "2026-11-25");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(two_pairs_of_the_same_names_stay_apart),
    };
    return world_run_tests(tests, argc, argv);
}
