/* Two terminals, and a shell, on one session: each sees what the others do, and none can undo it.
 */
#include <stdio.h>

#include "world.h"

static struct terminal *join(struct world *world)
{
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "s");
    see(app, "F10 end");
    return app;
}

/* A pause stops the clock, so that a screen shows something new only when it was told. */
static void two_in_a_pause(struct world *world, struct terminal *apps[2])
{
    world_session(world);
    (void)world_do(world, "turnabout session pause");
    apps[0] = join(world);
    apps[1] = join(world);
}

static void catch_line(struct terminal *app, const char *line)
{
    terminal_type(app, line);
    terminal_press(app, "Enter");
}

static void each_sees_the_others_notes_at_once(void **state)
{
    struct terminal *apps[2];
    two_in_a_pause(*state, apps);
    catch_line(apps[0], "! Said here");
    see(apps[1], "!  Said here");
    catch_line(apps[1], "~ Said there");
    see(apps[0], "~  Said there");
    (void)world_do(*state, "turnabout session note '> Dana: from a shell by 1 Dec'");
    see(apps[0], "Dana: from a shell");
    see(apps[1], "Dana: from a shell");
    catch_line(apps[0], "% Mine, and I am at both");
    see(apps[1], "%  Mine, and I am at both");
}

static void each_follows_the_others_clock(void **state)
{
    struct terminal *apps[2];
    two_in_a_pause(*state, apps);
    see(apps[0], "paused");
    see(apps[1], "paused");
    terminal_press(apps[0], "F4");
    see(apps[0], "left of 50 min");
    see(apps[1], "left of 50 min");
    terminal_press(apps[1], "Tab");
    see(apps[1], "▶ What we want from today");
    see(apps[0], "▶ What we want from today");
    terminal_press(apps[1], "F3");
    miss(apps[1], "paused");
    miss(apps[0], "paused");
    (void)world_do(*state, "turnabout session pause");
    see(apps[0], "paused");
    see(apps[1], "paused");
    for (int row = 1; row < 9; row++) {
        char line[512];
        (void)snprintf(line, sizeof line, "%s", terminal_line(apps[0], row));
        assert_string_equal(line, terminal_line(apps[1], row));
    }
}

static void what_is_typed_stays_when_the_other_enters_a_note(void **state)
{
    struct terminal *apps[2];
    two_in_a_pause(*state, apps);
    terminal_type(apps[0], "half a line");
    see(apps[0], "half a line");
    catch_line(apps[1], "! A whole one");
    see(apps[0], "!  A whole one");
    see(apps[0], "half a line");
    terminal_press(apps[0], "Enter");
    see(apps[1], "half a line");
}

static void a_note_changed_there_is_not_overwritten_here(void **state)
{
    struct terminal *apps[2];
    two_in_a_pause(*state, apps);
    catch_line(apps[0], "! First words");
    see(apps[1], "!  First words");
    terminal_press(apps[1], "Up Enter");
    see(apps[1], "leave as it was");
    terminal_type(apps[1], ", and mine");
    terminal_press(apps[0], "Up Enter");
    see(apps[0], "leave as it was");
    terminal_type(apps[0], ", and theirs");
    terminal_press(apps[0], "Enter");
    miss(apps[0], "leave as it was");

    terminal_press(apps[1], "Enter");
    see(apps[1], "This note was changed elsewhere meanwhile: ! First words, and theirs");
    assert_holds(world_do(*state, "turnabout session show"), "!  First words, and theirs");
    terminal_press(apps[1], "Enter");
    see(apps[0], "!  First words, and mine");
    assert_holds(world_do(*state, "turnabout session show"), "!  First words, and mine");
}

static void a_note_removed_there_is_not_brought_back_unseen(void **state)
{
    struct terminal *apps[2];
    two_in_a_pause(*state, apps);
    catch_line(apps[0], "! First words");
    see(apps[1], "!  First words");
    terminal_press(apps[1], "Up Enter");
    see(apps[1], "leave as it was");
    terminal_press(apps[0], "Up D");
    see(apps[0], "Removed.");
    terminal_press(apps[1], "Enter");
    see(apps[1], "This note was removed elsewhere meanwhile.");
    assert_lacks(world_do(*state, "turnabout session show"), "First words");
    terminal_press(apps[1], "Esc");
    miss(apps[1], "First words");
    assert_lacks(world_do(*state, "turnabout session show"), "First words");
}

/* u is for what was removed here, and finds its note among those that came from elsewhere. */
static void u_brings_back_what_was_removed_here(void **state)
{
    struct terminal *apps[2];
    two_in_a_pause(*state, apps);
    catch_line(apps[0], "! One");
    catch_line(apps[0], "! Two");
    see(apps[1], "!  Two");
    terminal_press(apps[0], "Up D");
    see(apps[0], "Removed.");
    miss(apps[1], "!  Two");
    catch_line(apps[1], "! Three");
    see(apps[0], "!  Three");
    terminal_press(apps[1], "Up D");
    see(apps[1], "Removed.");
    miss(apps[0], "!  Three");
    terminal_press(apps[0], "u");
    see(apps[0], "!  Two");
    see(apps[1], "!  Two");
    const char *shown = world_do(*state, "turnabout session show");
    assert_holds(shown, "!  Two");
    assert_lacks(shown, "!  Three");
}

static void the_end_there_is_the_summary_here(void **state)
{
    struct terminal *apps[2];
    two_in_a_pause(*state, apps);
    terminal_press(apps[0], "F10");
    see(apps[0], "[y/n]");
    terminal_press(apps[0], "y");
    see(apps[0], "Summary of session 1");
    see(apps[1], "Summary of session 1");
    see(apps[1], "ended elsewhere");
}

/* Home, too, and the agenda. */
static void home_and_agenda_show_what_a_command_changed(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *home = world_app(world);
    see(home, "[Enter]");
    (void)world_do(world, "turnabout agenda add 'Who decides what is urgent' --minutes 9");
    see(home, "Who decides what is urgent");
    struct terminal *agenda = world_app(world);
    see(agenda, "[Enter]");
    terminal_press(agenda, "a");
    see(agenda, "Agenda for session 1");
    (void)world_do(world, "turnabout agenda add 'A late thought' --minutes 4");
    see(agenda, "A late thought");
    (void)world_do(world, "turnabout session start");
    see(home, "session 1 is running");
}

/* The line that is typed is kept, and that is nobody else's affair. */
static void typing_there_wakes_nobody_here(void **state)
{
    struct terminal *apps[2];
    two_in_a_pause(*state, apps);
    terminal_look(apps[1]);
    terminal_forget(apps[1]);
    terminal_type(apps[0], "half a line");
    see(apps[0], "half a line");
    terminal_press(apps[0], "Esc"); /* it is kept when the screen is left, at the latest */
    see(apps[0], "[Enter]");
    assert_holds(world_do(*state, "turnabout session show"), "Session 1");
    size_t length = 0;
    terminal_look(apps[1]);
    (void)terminal_bytes(apps[1], &length);
    assert_int_equal(length, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(each_sees_the_others_notes_at_once),
        in_a_world(each_follows_the_others_clock),
        in_a_world(what_is_typed_stays_when_the_other_enters_a_note),
        in_a_world(a_note_changed_there_is_not_overwritten_here),
        in_a_world(a_note_removed_there_is_not_brought_back_unseen),
        in_a_world(u_brings_back_what_was_removed_here),
        in_a_world(the_end_there_is_the_summary_here),
        in_a_world(home_and_agenda_show_what_a_command_changed),
        in_a_world(typing_there_wakes_nobody_here),
    };
    return world_run_tests(tests, argc, argv);
}
