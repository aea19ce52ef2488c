/* What reaches the keyboard's line: pastes, windows that change under the fingers, hang-ups. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "world.h"

static struct terminal *open_session(struct world *world)
{
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "F10 end");
    return app;
}

static void a_paste_is_text_wherever_it_lands(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_paste(app, "q\nq");
    terminal_press(app, "?"); /* it comes behind the paste, so what that did is done */
    see(app, "What you can do here");
    terminal_press(app, "Esc");
    miss(app, "What you can do here");
    see(app, "[Enter]");

    terminal_press(app, "Enter");
    see(app, "started 10:00");
    terminal_paste(app, "q\nq");
    see(app, " q q");
    assert_string_equal(world_do(world, "turnabout session show | grep -c 'q q' || true"), "0");
    terminal_press(app, "Enter");
    see(app, "     q q");
    assert_holds(world_do(world, "turnabout session show"), "q q");
}

static void a_paste_into_many_lines_keeps_its_lines(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "a");
    see(app, "Agenda for session 1");
    terminal_press(app, "G o");
    see(app, "Esc");
    terminal_paste(app, "q\nq\n\tindented");
    see(app, "indented");
    terminal_press(app, "Esc");
    see(app, "⏎ edit");
    terminal_press(app, "S");
    see(app, "Shared: the agenda");
    const char *agenda =
        world_do(world, "git --git-dir \"$RECORD\" show main:sessions/01/agenda.md");
    assert_holds(agenda, "   q\n   q\n   \tindented");
}

static const struct {
    int rows, columns;
} sizes[] = {{12, 40}, {100, 300}, {5, 20}, {24, 80}, {1, 1}, {13, 41}, {24, 80}};

static void any_window_keeps_what_is_typed(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = open_session(world);
    char typed[256] = "";
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char word[16];
        (void)snprintf(word, sizeof word, " word%zu", i);
        terminal_type(app, word);
        (void)strcat(typed, word);
        see(app, word);
        terminal_resize(app, sizes[i].rows, sizes[i].columns);
        bool small = sizes[i].rows < 12 || sizes[i].columns < 40;
        if (sizes[i].rows > 1) {
            see(app, small ? "too small" : word);
        }
        if (small) {
            terminal_resize(app, 24, 80);
            see(app, word);
        }
    }
    terminal_press(app, "Enter");
    see(app, "     word0 word1");
    assert_holds(world_do(world, "turnabout session show"), typed + 1);
    terminal_press(app, "Esc");
    see(app, "[Enter]");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
}

static const struct {
    const char *key, *shown;
} screens[] = {
    {"c", "Contract "},       {"a", "Agenda for session"}, {"s", "Session 1 "},
    {"t", "Promises "},       {"h", "History "},           {"p", "Pairs "},
    {"?", "What you can do"}, {":", "Command ─"},
};

static void every_screen_stands_every_window(void **state)
{
    struct world *world = *state;
    (void)world_do(world, "turnabout pair new --mentor A --mentee B --topic C");
    world_session(world);
    (void)world_do(world, "turnabout session note '! A note'");
    struct terminal *app = world_app(world);
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        see(app, "[Enter]");
        terminal_press(app, screens[i].key);
        see(app, screens[i].shown);
        for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
            terminal_resize(app, sizes[size].rows, sizes[size].columns);
        }
        see(app, screens[i].shown);
        terminal_press(app, "Esc");
        miss(app, screens[i].shown);
    }
    see(app, "[Enter]");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
}

static void a_hang_up_keeps_what_is_typed(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = open_session(world);
    terminal_type(app, "> Dana: half a promise");
    see(app, "> Dana: half a promise");
    terminal_signal(app, SIGHUP);
    assert_int_equal(ended(app), 0);

    app = open_session(world);
    see(app, "> Dana: half a promise");
    terminal_type(app, " by 1 Dec");
    see(app, "> Dana: half a promise by 1 Dec");
    terminal_hang_up(app);
    assert_int_equal(ended(app), 0);

    app = open_session(world);
    see(app, "> Dana: half a promise by 1 Dec");
    terminal_signal(app, SIGTERM);
    assert_int_equal(ended(app), 0);
    assert_holds(world_do(world, "turnabout session status --json"), "\"running\"");
}

static void a_hang_up_keeps_a_clause_and_a_title(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "c");
    see(app, "signed by both");
    terminal_press(app, "Enter Tab");
    see(app, "One to three things");
    terminal_type(app, ", and last");
    see(app, ", and last");
    terminal_signal(app, SIGHUP);
    assert_int_equal(ended(app), 0);
    assert_holds(world_do(world, "turnabout contract show"), "Juniors speak first, and last");

    app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "a");
    see(app, "Agenda for session 1");
    terminal_press(app, "n");
    see(app, "Esc leave it");
    terminal_type(app, "A title in the making");
    see(app, "A title in the making");
    terminal_signal(app, SIGHUP);
    assert_int_equal(ended(app), 0);
    assert_holds(world_do(world, "turnabout agenda show"), "A title in the making");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_paste_is_text_wherever_it_lands),
        in_a_world(a_paste_into_many_lines_keeps_its_lines),
        in_a_world(any_window_keeps_what_is_typed),
        in_a_world(every_screen_stands_every_window),
        in_a_world(a_hang_up_keeps_what_is_typed),
        in_a_world(a_hang_up_keeps_a_clause_and_a_title),
    };
    return world_run_tests(tests, argc, argv);
}
