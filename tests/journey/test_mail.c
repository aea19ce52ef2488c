/* The summary as a mail: what was seen is what goes, byte for byte, or the person is told why not.
 */
#include <stdio.h>
#include <string.h>

#include "world.h"

/* A program in place of sendmail that does what a script says, and a session that has ended. */
static void set_up(struct world *world, const char *script)
{
    world_pair(world);
    (void)world_do(world, "cat > post <<'END'\n#!/bin/sh -eu\n%s\nEND\nchmod +x post", script);
    (void)world_do(world,
                   "printf '[mail]\\ncommand = %s/post -t -i\\n' > \"$TURNABOUT_HOME\"/config.ini",
                   world->folder);
    (void)world_do(world, "turnabout session start --ago 40m\n"
                          "turnabout session note '! Wer zuerst spricht, prägt das Gespräch'\n"
                          "turnabout session note '? From where does urgency come'\n"
                          "turnabout session note '%% xyzzy only mine'\n"
                          "turnabout session end\n");
}

static struct terminal *open_mail(struct world *world)
{
    struct terminal *app = world_app_sized(world, 40, 160);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "Summary of session 1");
    terminal_press(app, "m");
    see(app, "Mail of session 1");
    return app;
}

static void what_was_seen_is_what_goes(void **state)
{
    struct world *world = *state;
    set_up(world, "printf '%s\\n' \"$@\" > arguments; cat > new; mv new got");
    struct terminal *app = open_mail(world);
    see(app, "not sent yet");
    see(app, "- Wer zuerst spricht, prägt das Gespräch");
    see(app, "- From where does urgency come");
    see(app, "<priya@");
    terminal_press(app, "w");
    see(app, "Write the mail to");
    terminal_press(app, "C-u");
    terminal_type(app, "written.eml\r");
    see(app, "The mail is in written.eml.");
    (void)world_do(world, "! test -e got");
    terminal_press(app, "y");
    see(app, "handed over");
    see(app, "Handed over for Priya Raman");
    (void)world_do(world, "cmp got written.eml");
    assert_string_equal(world_do(world, "cat arguments"), "-t\n-i");
    assert_holds(world_do(world, "cat got"), "Wer zuerst spricht, pr=C3=A4gt das Gespr=C3=A4ch");
    assert_lacks(world_do(world, "cat got; printf %%s end"), "xyzzy");
    assert_lacks(world_do(world, "cat got; printf %%s end"), "Bcc");
}

static void a_failure_is_said_and_the_mail_waits(void **state)
{
    struct world *world = *state;
    set_up(world,
           "cat > /dev/null; test -f works || { echo 'the network is unreachable' >&2; exit 75; }");
    struct terminal *app = open_mail(world);
    terminal_press(app, "Enter");
    see(app, "ended with status 75 (the network is unreachable).");
    see(app, "not sent yet");
    (void)world_do(world, "touch works");
    terminal_press(app, "Enter");
    see(app, "Handed over for Priya Raman");
    terminal_press(app, "q");
    see(app, "Summary of session 1");
    world_is_sound(world);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(what_was_seen_is_what_goes),
        in_a_world(a_failure_is_said_and_the_mail_waits),
    };
    return world_run_tests(tests, argc, argv);
}
