/* The record is deleted, locked or damaged under the program: it says so, loses nothing, goes on.
 */
#include <stdlib.h>

#include "world.h"

static struct terminal *open_agenda(struct world *world)
{
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "a");
    see(app, "Agenda for session 1");
    terminal_press(app, "n");
    see(app, "leave it");
    terminal_type(app, "A topic before the damage");
    terminal_press(app, "Enter");
    see(app, "a draft, saved");
    return app;
}

static void leave(struct terminal *app)
{
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
}

static void a_deleted_record_is_named(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = open_agenda(world);
    (void)world_do(world, "mv \"$RECORD\" away");
    terminal_press(app, "S");
    see(app, "record.git");
    see(app, "A topic before the damage");
    terminal_press(app, "Esc");
    see(app, "This pair's record cannot be read");

    /* Another pair can be named and worked with meanwhile. */
    terminal_press(app, "p");
    see(app, "take in hand");
    terminal_press(app, "q");
    miss(app, "take in hand");
    leave(app);
    (void)world_do(world, "turnabout pair new --mentor A --mentee B --topic C");
    app = world_app(world);
    see(app, "A (mentor) ⇄ B (mentee)");
    leave(app);

    (void)world_do(world, "turnabout pair use priya-dana; mv away \"$RECORD\"");
    app = world_app(world);
    see(app, "A topic before the damage");
    terminal_press(app, "a");
    see(app, "Agenda for session 1");
    terminal_press(app, "S");
    see(app, "Shared:");
    world_is_sound(world);
}

/* A session needs no repository while it runs: its notes are safe at once. */
static void a_session_goes_on_without_a_record(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "F10 end");
    (void)world_do(world, "mv \"$RECORD\" away");
    terminal_type(app, "! Said while the record was away");
    terminal_press(app, "Enter");
    see(app, "!  Said while the record was away");
    terminal_press(app, "Esc");
    see(app, "cannot be read");
    leave(app);

    (void)world_do(world, "mv away \"$RECORD\"; turnabout session end; turnabout summary commit");
    assert_holds(world_do(world, "git --git-dir \"$RECORD\" show main:sessions/01/summary.md"),
                 "Said while the record was away");
    world_is_sound(world);
}

/* A git that was killed in the record left its lock behind. */
static void a_lock_left_behind_keeps_no_commit_away(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = open_agenda(world);
    (void)world_do(world, "touch \"$RECORD/refs/heads/main.lock\"");
    terminal_press(app, "S");
    see(app, "Shared:");
    (void)world_do(world, "test ! -e \"$RECORD/refs/heads/main.lock\"");
    world_is_sound(world);
}

static void another_writer_is_waited_for_and_named(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = open_agenda(world);
    struct terminal *writer =
        world_script(world, "flock \"$RECORD/turnabout.lock\" sh -c 'echo has it; read line'");
    see(writer, "has it");
    terminal_press(app, "S");
    see(app, "Another Turnabout is writing");
    see(app, "A topic before the damage");
    assert_lacks(world_do(world, "git --git-dir \"$RECORD\" log --format=%%s main"), "Agenda");
    terminal_type(writer, "\r");
    assert_int_equal(ended(writer), 0);
    terminal_press(app, "S");
    see(app, "Shared:");
    world_is_sound(world);
}

static void a_branch_that_leads_nowhere_is_said(void **state)
{
    struct world *world = *state;
    world_pair(world);
    struct terminal *app = open_agenda(world);
    (void)world_do(world, "cp \"$RECORD/refs/heads/main\" kept\n"
                          "echo 'not an id' > \"$RECORD/refs/heads/main\"");
    terminal_press(app, "S");
    see(app, "main");
    miss(app, "Shared:");
    terminal_press(app, "Esc");
    see(app, "cannot be read");
    leave(app);
    (void)world_do(world, "cp kept \"$RECORD/refs/heads/main\"");
    app = world_app(world);
    see(app, "A topic before the damage");
    leave(app);
    world_is_sound(world);
}

static void damaged_objects_are_said(void **state)
{
    struct world *world = *state;
    world_session(world);
    (void)world_do(world, "turnabout session note '! Kept'; turnabout session end\n"
                          "find \"$RECORD/objects\" -type f -exec chmod u+w {} + "
                          "-exec sh -c 'for f; do : > \"$f\"; done' sh {} +");
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "s");
    see(app, "! Kept");
    terminal_press(app, "C");
    see(app, "(empty: none)");
    terminal_press(app, "Enter");
    see(app, "git fsck");
    see(app, "not yet committed");
    terminal_press(app, "Esc");
    see(app, "? help");
    leave(app);
    assert_holds(world_do(world, "turnabout session show"), "Kept");
}

static void a_damaged_database_is_said_and_left_alone(void **state)
{
    struct world *world = *state;
    world_pair(world);
    (void)world_do(world, "rm -f home/turnabout.db-*; head -c 40000 /dev/zero | tr '\\0' x > junk\n"
                          "cp junk home/turnabout.db");
    struct terminal *app = world_app(world);
    see(app, "turnabout.db");
    assert_int_equal(ended(app), 1);
    (void)world_do(world, "cmp junk home/turnabout.db");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_a_world(a_deleted_record_is_named),
        in_a_world(a_session_goes_on_without_a_record),
        in_a_world(a_lock_left_behind_keeps_no_commit_away),
        in_a_world(another_writer_is_waited_for_and_named),
        in_a_world(a_branch_that_leads_nowhere_is_said),
        in_a_world(damaged_objects_are_said),
        in_a_world(a_damaged_database_is_said_and_left_alone),
    };
    return world_run_tests(tests, argc, argv);
}
