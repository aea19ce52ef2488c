/* Two machines, each with a home and a terminal of its own, and one place that both can reach. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "world.h"

#define HERE "TURNABOUT_HOME=\"$PWD/home\" turnabout "
#define THERE "TURNABOUT_HOME=\"$PWD/other\" turnabout "

static void type_address(struct world *world, struct terminal *app)
{
    char url[64];
    (void)snprintf(url, sizeof url, "%s/shared.git", world->folder);
    terminal_type(app, url);
}

/* Where to sync with is named on the first machine, and joined from the second. */
static void two_machines(struct world *world, struct terminal *apps[2])
{
    world_pair(world);
    (void)world_do(world, "git init -q --bare shared.git; turnabout agenda share");
    apps[0] = world_app(world);
    see(apps[0], "[Enter]");
    terminal_press(apps[0], "S");
    see(apps[0], "Where it is synced");
    type_address(world, apps[0]);
    terminal_press(apps[0], "Enter");
    see(apps[0], "Kept");
    terminal_press(apps[0], "Esc");
    see(apps[0], "not synced yet");
    terminal_press(apps[0], "S");
    see(apps[0], "commits sent");

    world_set_folder(world, "TURNABOUT_HOME", "other");
    apps[1] = world_app(world);
    see(apps[1], "F2 joins");
    terminal_press(apps[1], "F2");
    see(apps[1], "The address");
    type_address(world, apps[1]);
    terminal_press(apps[1], "Enter");
    see(apps[1], "‹ known by name ›");
    terminal_press(apps[1], "Right");
    see(apps[1], "‹ the mentor ›");
    terminal_press(apps[1], "Enter");
    see(apps[1], "You are");
    see(apps[1], "[Enter]");
    world_set_folder(world, "TURNABOUT_HOME", "home");
}

static void are_the_same(struct world *world)
{
    (void)world_do(world,
                   "test \"$(git --git-dir home/pairs/priya-dana/record.git rev-parse main)\" "
                   "= \"$(git --git-dir other/pairs/priya-dana/record.git rev-parse main)\" "
                   "&& git --git-dir other/pairs/priya-dana/record.git fsck --strict "
                   "--no-dangling");
    world_is_sound(world);
}

static void what_each_did_comes_together(void **state)
{
    struct world *world = *state;
    struct terminal *apps[2];
    two_machines(world, apps);
    (void)world_do(world,
                   HERE "agenda add 'Who speaks first' --minutes 5; " HERE "agenda share; " THERE
                        "promise list; " THERE "meeting move --by mentor 2026-11-26T10:00");
    see(apps[0], "to send");
    terminal_press(apps[0], "S");
    see(apps[0], "1 commit sent");
    see(apps[1], "to send");
    terminal_press(apps[1], "S");
    see(apps[1], "came together");
    see(apps[1], "Who speaks first");
    terminal_press(apps[0], "S");
    see(apps[0], "Thu 26 Nov");
    are_the_same(world);
}

static void the_same_sentence_is_chosen_in_the_app(void **state)
{
    struct world *world = *state;
    struct terminal *apps[2];
    two_machines(world, apps);
    (void)world_do(world,
                   HERE "agenda edit 2 --title 'What we want from this hour'; " HERE
                        "agenda share; " THERE
                        "agenda edit 2 --title 'What we hope for today'; " THERE "agenda share");
    terminal_press(apps[1], "S");
    see(apps[1], "sent");
    terminal_press(apps[0], "S");
    see(apps[0], "choose what stands in 1 place that you both changed");
    /* A killed app finds it again. */
    terminal_signal(apps[0], SIGKILL);
    (void)ended(apps[0]);
    apps[0] = world_app(world);
    see(apps[0], "choose what stands in 1 place that you both changed");
    terminal_press(apps[0], "Enter");
    see(apps[0], "What we want from this hour");
    see(apps[0], "What we hope for today");
    terminal_press(apps[0], "t");
    see(apps[0], "That was the last");
    terminal_press(apps[0], "S");
    see(apps[0], "sent");
    terminal_press(apps[1], "S");
    see(apps[1], "received");
    are_the_same(world);
    assert_holds(world_do(world, HERE "agenda show"), "What we hope for today");
}

/* Somebody who may push types the name of who sits here. */
static void forge_a_signature(struct world *world)
{
    (void)world_do(
        world, "git clone -q -b main shared.git forged && cd forged && { test -e signatures.md || "
               "printf -- '---\\nturnabout: signatures/1\\n---\\n# Signatures\\n\\n' "
               ">signatures.md; } && printf -- '- v7 mentor Priya Raman, "
               "2026-11-22T10:00:00+01:00, sha256 %%064d\\n- v7 mentee Dana Holt, "
               "2026-11-22T10:00:00+01:00, sha256 %%064d\\n' 1 1 >>signatures.md && git add -A && "
               "git -c user.name=X -c user.email=x@example.org commit -qm 'By hand' && git push "
               "-q origin HEAD:main && cd .. && rm -rf forged");
}

static void what_came_in_ones_name_stays_until_it_is_read(void **state)
{
    struct world *world = *state;
    struct terminal *apps[2];
    two_machines(world, apps);
    forge_a_signature(world);
    terminal_press(apps[1], "S");
    see(apps[1], "With the sync came, in your name:");
    see(apps[1], "your signature of contract version 7");
    see(apps[1], "turnabout contract check");
    terminal_press(apps[1], "Down");
    terminal_press(apps[1], "x");
    see(apps[1], "your signature of contract version 7");
    terminal_press(apps[1], "Esc");
    see(apps[1], "[Enter]");
    terminal_press(apps[1], "S");
    see(apps[1], "nothing new");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(what_each_did_comes_together),
        in_a_world(the_same_sentence_is_chosen_in_the_app),
        in_a_world(what_came_in_ones_name_stays_until_it_is_read),
    };
    return world_run_tests(tests, argc, argv);
}
