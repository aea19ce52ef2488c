/* The person's own editor, and what somebody else did meanwhile. */
#include <stdio.h>
#include <string.h>

#include "world.h"

/* An editor that does what a script says with the file "$1". */
static void set_editor(struct world *world, const char *script)
{
    char path[64];
    (void)snprintf(path, sizeof path, "%s/editor", world->folder);
    (void)world_do(world, "cat > editor <<'END'\n#!/bin/sh -eu\n%s\nEND\nchmod +x editor", script);
    world_set(world, "EDITOR", path);
}

static struct terminal *open_agenda(struct world *world)
{
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "a");
    see(app, "Agenda for session 1");
    see(app, "⏎ edit");
    return app;
}

static void what_the_editor_wrote_is_taken(void **state)
{
    struct world *world = *state;
    world_pair(world);
    set_editor(world, "sed -i 's/Our topic/Who is waited for/' \"$1\"");
    struct terminal *app = open_agenda(world);
    terminal_press(app, "e");
    see(app, "Who is waited for");
    terminal_press(app, "u");
    see(app, "Our topic");
    terminal_press(app, "C-r");
    see(app, "Who is waited for");
    assert_holds(world_do(world, "turnabout agenda show"), "Who is waited for");
}

static void the_editor_has_the_terminal_for_itself(void **state)
{
    struct world *world = *state;
    world_pair(world);
    set_editor(world, "stty -a > editing; echo EDITING; read line; echo \"$line\" > typed");
    struct terminal *app = open_agenda(world);
    terminal_press(app, "e");
    see(app, "EDITING");
    miss(app, "Agenda for session 1");
    terminal_type(app, "typed into the editor\r");
    see(app, "Agenda for session 1");
    see(app, "⏎ edit");
    assert_string_equal(world_do(world, "cat typed"), "typed into the editor");
    assert_holds(world_do(world, "cat editing"), " icanon");
    assert_holds(world_do(world, "cat editing"), " echo ");
}

/* Whoever wrote first stands in the draft; the other text is shown, and lies in a file. */
static void both_texts_are_kept_when_the_draft_moved_meanwhile(void **state)
{
    struct world *world = *state;
    world_pair(world);
    set_editor(world, "sed -i 's/Our topic/Mine, from the editor/' \"$1\"\n"
                      "turnabout agenda add 'Theirs, from elsewhere' --minutes 5");
    struct terminal *app = open_agenda(world);
    terminal_press(app, "e");
    see(app, "changed elsewhere meanwhile");
    see(app, "Mine, from the editor");
    assert_holds(world_do(world, "turnabout agenda show"), "Theirs, from elsewhere");
    assert_holds(world_do(world, "cat home/*yours*"), "Mine, from the editor");

    terminal_press(app, "Esc");
    see(app, "Agenda for session 1");
    see(app, "Theirs, from elsewhere");
    terminal_press(app, "Esc");
    see(app, "[Enter]");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
    assert_holds(world_do(world, "cat home/*yours*"), "Mine, from the editor");
}

static void so_it_is_with_a_contract_and_a_summary(void **state)
{
    struct world *world = *state;
    world_session(world);
    (void)world_do(world, "turnabout session note '! First'; turnabout session end");
    set_editor(world, "case $1 in\n"
                      "*summary*) sed -i 's/First/Mine/' \"$1\"\n"
                      "    sed 's/First/Theirs/' \"$1\" > other; sed -i 's/Mine/Theirs/' other\n"
                      "    EDITOR='cp other' turnabout summary edit < /dev/tty;;\n"
                      "*) sed -i 's/Juniors/Mine, the juniors,/' \"$1\"\n"
                      "    turnabout contract set goals 'Theirs';;\n"
                      "esac");
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "c");
    see(app, "e editor");
    terminal_press(app, "e");
    see(app, "elsewhere meanwhile");
    see(app, "Mine, the juniors,");
    assert_holds(world_do(world, "turnabout contract show"), "Theirs");
    terminal_press(app, "Esc");
    see(app, "Theirs");
    see(app, "e editor");
    terminal_press(app, "Esc");
    see(app, "[Enter]");

    terminal_press(app, "s");
    see(app, "! First");
    terminal_press(app, "e");
    see(app, "elsewhere meanwhile");
    see(app, "Mine");
    assert_holds(world_do(world, "turnabout summary show"), "Theirs");
    terminal_press(app, "Esc");
    see(app, "! Theirs");
}

static void an_editor_that_fails_loses_nothing(void **state)
{
    struct world *world = *state;
    world_pair(world);
    set_editor(world, "sed -i 's/Our topic/Half a thought/' \"$1\"; exit 3");
    struct terminal *app = open_agenda(world);
    terminal_press(app, "e");
    see(app, "ended with status 3");
    see(app, "Our topic");
    world_set(world, "EDITOR", "/nowhere/editor");
    terminal_press(app, "Esc");
    see(app, "[Enter]");
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
    app = open_agenda(world);
    terminal_press(app, "e");
    see(app, "could not be run");
    see(app, "Our topic");
}

static void what_is_no_agenda_is_not_taken_and_not_lost(void **state)
{
    struct world *world = *state;
    world_pair(world);
    set_editor(world, "printf 'turned into \\377\\376 something' > \"$1\"");
    struct terminal *app = open_agenda(world);
    terminal_press(app, "e");
    see(app, "UTF-8");
    see(app, "Our topic");
    set_editor(world,
               "printf -- '---\\nturnabout: agenda/1\\n---\\n1. Long (9999 min)\\n' > \"$1\"");
    terminal_press(app, "e");
    see(app, "9999");
    terminal_press(app, "Esc");
    see(app, "Our topic");
    assert_holds(world_do(world, "turnabout agenda show"), "Our topic");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(what_the_editor_wrote_is_taken),
        in_a_world(the_editor_has_the_terminal_for_itself),
        in_a_world(both_texts_are_kept_when_the_draft_moved_meanwhile),
        in_a_world(so_it_is_with_a_contract_and_a_summary),
        in_a_world(an_editor_that_fails_loses_nothing),
        in_a_world(what_is_no_agenda_is_not_taken_and_not_lost),
    };
    return world_run_tests(tests, argc, argv);
}
