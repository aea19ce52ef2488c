/* A record is a repository that anybody may have written to: what is in it is shown, never obeyed.
 */
#include <string.h>

#include "world.h"

/* A title for the window, a colour, a bell, a C1 control, a bidirectional override and isolate, a
 * tab and a character without a width. */
#define TITLE "\\033]0;taken over\\007"
#define COLOUR "\\033[31mred"
#define C1 "\\302\\2332J"
#define OVERRIDE "\\342\\200\\256"
#define ISOLATE "\\342\\201\\246"
#define HOSTILE "evil " TITLE COLOUR C1 OVERRIDE ISOLATE "\\b\\b\\177\\342\\200\\213"

static const char *const never[] = {
    "\033]0;", "\033[31mred", "\302\233", "\342\200\256", "\342\201\246", "\342\200\213", "\177",
};

static void assert_never(const struct terminal *app)
{
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        assert_false(terminal_wrote(app, never[i]));
    }
}

/* Session 1 in the record. */
static void hold(struct world *world)
{
    world_session(world);
    (void)world_do(world, "turnabout session note '! The first to speak'\n"
                          "turnabout session note '> Dana: ask juniors'\n"
                          "turnabout session end\n"
                          "turnabout summary commit --next '2026-12-15 10:00'\n"
                          "turnabout agenda add 'Another topic' --minutes 5\n"
                          "turnabout agenda share\n");
}

/* A hand with git puts the hostile text into every document of a repository. */
static void write_evil(struct world *world, const char *repository)
{
    (void)world_do(world,
                   "git clone -q \"%s\" hand; cd hand\n"
                   "evil=$(printf '" HOSTILE "')\n"
                   "for paper in README.md contract.md meetings.md promises.md sessions/0*/*.md\n"
                   "do sed -i \"/^#/!s/speak/$evil&/g; s/juniors/$evil&/g; s/Another/$evil&/g;"
                   " s/^[0-9]*[.].*min)$/&\\n   $evil/\" $paper\n"
                   "printf '\\n%%s\\n' \"$evil end\" >> $paper; done\n"
                   "git -c user.name=\"Hand $evil\" -c user.email=hand@example.org"
                   " commit -qam \"Session 1: by hand $evil\"\n"
                   "git push -q origin main\n",
                   repository);
}

static void spoil(struct world *world)
{
    hold(world);
    write_evil(world, world->record);
}

static void look_at_every_screen(struct world *world)
{
    static const char *const screens[] = {"c", "a", "t", "h"};
    struct terminal *app = world_app_sized(world, 40, 120);
    see(app, "[Enter]");
    see(app, "evil");
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        terminal_press(app, screens[i]);
        miss(app, "[Enter]");
        see(app, i == 0 ? "Contract " : "evil");
        if (i == 0 || i == 3) { /* the whole paper; the list and the document beside it */
            terminal_press(app, i == 0 ? "v" : "Enter");
            see(app, "evil");
            terminal_press(app, "G");
            see(app, "end");
            terminal_press(app, "q");
        }
        terminal_press(app, "Esc");
        see(app, "[Enter]");
    }
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
    assert_never(app);
}

static void controls_in_a_record_reach_no_terminal(void **state)
{
    struct world *world = *state;
    spoil(world);
    look_at_every_screen(world);
}

/* The same by the way that it would come: a remote that somebody else may write to, and a sync. */
static void nor_do_those_that_a_sync_brings(void **state)
{
    struct world *world = *state;
    hold(world);
    (void)world_do(world, "git init -q --bare -b main pair.git\n"
                          "turnabout remote set record pair.git; turnabout sync\n");
    write_evil(world, "pair.git");
    (void)world_do(world, "turnabout sync");
    look_at_every_screen(world);
    world_is_sound(world);
}

static void nor_do_they_by_the_commands(void **state)
{
    struct world *world = *state;
    spoil(world);
    struct terminal *shell = world_script(
        world, "turnabout log; turnabout contract show; turnabout agenda show;"
               "turnabout summary show 1; turnabout promise list; turnabout meeting list;"
               "turnabout pair show; echo all shown");
    see(shell, "all shown");
    assert_true(terminal_wrote(shell, "evil"));
    assert_never(shell);
    assert_false(terminal_wrote(shell, "\033"));
    assert_lacks(world_do(world, "turnabout log --json"), "\033");
}

/* What was cleaned for showing is still there, byte for byte, when the document is written again.
 */
static void what_is_shown_cleaned_is_kept_exactly(void **state)
{
    struct world *world = *state;
    spoil(world);
    (void)world_do(world, "turnabout agenda add 'Third' --minutes 5; turnabout agenda share");
    (void)world_do(world, "git --git-dir \"$RECORD\" show main:sessions/02/agenda.md > shared\n"
                          "grep -q 'Third' shared\n"
                          "printf '" HOSTILE "' > evil; grep -qFf evil shared\n");
    world_is_sound(world);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(controls_in_a_record_reach_no_terminal),
        in_a_world(nor_do_those_that_a_sync_brings),
        in_a_world(nor_do_they_by_the_commands),
        in_a_world(what_is_shown_cleaned_is_kept_exactly),
    };
    return world_run_tests(tests, argc, argv);
}
