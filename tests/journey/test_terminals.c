/* Terminals that cannot show the screens, and some that can show less. */
#include <string.h>

#include "world.h"

static void assert_refused(struct terminal *app, const char *why)
{
    see(app, why);
    assert_int_equal(ended(app), 1);
    see(app, "turnabout --help");
    assert_false(terminal_wrote(app, "\033"));
}

static void without_TERM_it_says_so(void **state)
{
    struct world *world = *state;
    world_set(world, "TERM", NULL);
    assert_refused(world_app(world), "TERM is not set");
    world_set(world, "TERM", "");
    assert_refused(world_app(world), "TERM is not set");
}

static void an_unknown_TERM_is_named(void **state)
{
    struct world *world = *state;
    /* ncurses does not give back what it began for a terminal that it does not know. */
    world_set(world, "ASAN_OPTIONS", "detect_leaks=0");
    world_set(world, "TERM", "wyse-of-the-future");
    assert_refused(world_app(world), "\"wyse-of-the-future\"");
    world_set(world, "TERM", "dumb");
    assert_refused(world_app(world), "\"dumb\"");
}

static void pipes_are_no_terminal(void **state)
{
    struct world *world = *state;
    const char *said = world_run(world, "turnabout < /dev/null");
    assert_int_not_equal(world->status, 0);
    assert_holds(said, "terminal");
    assert_lacks(said, "\033");
    struct terminal *input = world_script(world, "turnabout < /dev/null; echo said $?");
    see(input, "said 1");
    assert_false(terminal_wrote(input, "\033"));
    struct terminal *output = world_script(world, "turnabout | cat; echo behind");
    see(output, "behind");
    assert_false(terminal_wrote(output, "\033[?1049h"));
    assert_false(terminal_wrote(output, "Welcome"));
}

static void the_commands_need_no_terminal(void **state)
{
    struct world *world = *state;
    world_set(world, "TERM", NULL);
    world_session(world);
    assert_holds(world_do(world, "echo '! By pipe' | turnabout session note -\n"
                                 "turnabout session show < /dev/null"),
                 "By pipe");
}

/* The locale has no say in what the text is. */
static void in_the_C_locale_names_stand_as_they_are(void **state)
{
    struct world *world = *state;
    world_pair(world);
    (void)world_do(world, "turnabout agenda add 'Zoë, 小雨 and the café' --minutes 5");
    world_set(world, "LC_ALL", "C");
    struct terminal *app = world_app(world);
    see(app, "Priya Raman (mentor) ⇄ Dana Holt (mentee)");
    see(app, "Zoë, 小雨 and the café");
    terminal_press(app, "a");
    see(app, "Agenda for session 1");
    terminal_press(app, "n");
    see(app, "leave it");
    terminal_type(app, "Über 小雨");
    see(app, "Über 小雨");
    terminal_press(app, "Enter");
    miss(app, "leave it");
    assert_holds(world_do(world, "turnabout agenda show"), "Über 小雨");
}

/* A sequence that sets a colour: SGR 30 to 49, or 90 to 107. */
static bool sets_a_colour(const char *bytes, size_t length)
{
    for (const char *at = bytes; (at = memmem(at, length - (size_t)(at - bytes), "\033[", 2));) {
        at += 2;
        size_t sequence = strspn(at, "0123456789;");
        bool colour = false;
        for (const char *part = at; part < at + sequence; part += strcspn(part, ";m") + 1) {
            colour = colour ||
                     ((*part == '3' || *part == '4' || *part == '9') &&
                      strspn(part, "0123456789") == 2) ||
                     strncmp(part, "10", 2) == 0;
        }
        if (at[sequence] == 'm' && colour) {
            return true;
        }
    }
    return false;
}

static void show_all(struct terminal *app)
{
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "F10 end");
    terminal_type(app, "! A takeaway");
    terminal_press(app, "Enter");
    see(app, "!  A takeaway");
}

static void without_colour_there_is_none(void **state)
{
    struct world *world = *state;
    size_t length;
    world_session(world);
    struct terminal *app = world_app(world);
    show_all(app);
    const char *bytes = terminal_bytes(app, &length);
    assert_true(sets_a_colour(bytes, length));
    assert_true(terminal_look_at(app, "!  A takeaway").coloured);

    world_set(world, "NO_COLOR", "1");
    app = world_app(world);
    show_all(app);
    bytes = terminal_bytes(app, &length);
    assert_false(sets_a_colour(bytes, length));
    assert_false(terminal_look_at(app, "!  A takeaway").coloured);
}

/* What was in the window before the program is there again behind it. */
static void the_terminal_is_given_back_as_it_was(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *shell =
        world_script(world, "stty -a > before; echo here before; turnabout; echo ended with $?;"
                            "stty -a > after; cmp before after && echo as it was; read line");
    see(shell, "[Enter]");
    terminal_press(shell, "q");
    see(shell, "ended with 0");
    see(shell, "here before");
    see(shell, "as it was");
    miss(shell, "[Enter]");
    assert_true(terminal_wrote(shell, "\033[?2004l"));
}

static void every_terminal_of_today_is_served(void **state)
{
    static const char *const names[] = {"xterm", "screen-256color", "tmux-256color",
                                        "linux", "vt100",           "alacritty"};
    struct world *world = *state;
    world_pair(world);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)world_run(world, "infocmp %s", names[i]);
        if (world->status == 0) {
            world_set(world, "TERM", names[i]);
            struct terminal *app = world_app(world);
            see(app, "[Enter]");
            terminal_press(app, "q");
            assert_int_equal(ended(app), 0);
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(without_TERM_it_says_so),
        in_a_world(an_unknown_TERM_is_named),
        in_a_world(pipes_are_no_terminal),
        in_a_world(the_commands_need_no_terminal),
        in_a_world(in_the_C_locale_names_stand_as_they_are),
        in_a_world(without_colour_there_is_none),
        in_a_world(the_terminal_is_given_back_as_it_was),
        in_a_world(every_terminal_of_today_is_served),
    };
    return world_run_tests(tests, argc, argv);
}
