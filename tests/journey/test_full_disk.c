/* The disk is full, or read-only, while somebody works: the program says so, keeps what is typed,
 * and goes on when there is room. Each test has a small file system of its own; where none can be
 * mounted, the program is skipped (77). */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "world.h"

enum { SKIPPED = 77, LOW = 18, WIDE = 80 };

static bool write_file(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text);
    if (file >= 0) {
        (void)close(file);
    }
    return ok;
}

/* Root in a name space of users, which maps nobody but who runs this. */
static bool become_root(void)
{
    char users[64];
    char groups[64];
    (void)snprintf(users, sizeof users, "0 %u 1\n", (unsigned)getuid());
    (void)snprintf(groups, sizeof groups, "0 %u 1\n", (unsigned)getgid());
    return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
           write_file("/proc/self/setgroups", "deny") && write_file("/proc/self/uid_map", users) &&
           write_file("/proc/self/gid_map", groups);
}

/* In a name space of its own, which ends with this program. */
static bool may_mount(void)
{
    return (unshare(CLONE_NEWNS) == 0 || become_root()) &&
           mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("none", "/mnt", "tmpfs", 0, "size=64k") == 0;
}

static int make_small_world(void **state)
{
    int result = world_make(state);
    struct world *world = *state;
    (void)world_do(world, "mkdir home; mount -t tmpfs -o size=4m none home");
    return result;
}

static int remove_small_world(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < WORLD_TERMINALS; i++) {
        terminal_close(world->terminals[i]);
        world->terminals[i] = NULL;
    }
    (void)world_run(world, "umount home");
    return world_remove(state);
}

static void fill(struct world *world)
{
    (void)world_do(world, "head -c 64M /dev/zero >home/filler 2>/dev/null || :");
}

static void make_room(struct world *world)
{
    (void)world_do(world, "rm home/filler");
}

/* The note is in the list, above the line. */
static bool is_caught(struct terminal *app, const char *note)
{
    int row;
    int column;
    int found = terminal_row(app, note);
    terminal_cursor(app, &row, &column);
    return found >= 0 && found < row && column == 1;
}

static void a_note_waits_for_room_on_the_line(void **state)
{
    struct world *world = *state;
    world_session(world);
    struct terminal *app = world_app_sized(world, LOW, WIDE);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "left of 45 min");
    terminal_type(app, "There was room");
    terminal_press(app, "Enter");
    see_that(app, is_caught, "There was room");

    fill(world);
    terminal_type(app, "! Said on a full disk");
    terminal_press(app, "Enter");
    see(app, "the disk is full");
    see(app, "! Said on a full disk");
    assert_false(is_caught(app, "Said on a full disk"));
    terminal_press(app, "Enter");
    terminal_type(app, ", and kept");
    see(app, "! Said on a full disk, and kept"); /* Enter came before, and left the line */

    make_room(world);
    terminal_press(app, "Enter");
    see_that(app, is_caught, "Said on a full disk, and kept");
    const char *session = world_do(world, "turnabout session show");
    assert_holds(session, "There was room");
    assert_holds(session, "Said on a full disk, and kept");
    world_is_sound(world);
}

static void a_summary_is_committed_when_there_is_room(void **state)
{
    struct world *world = *state;
    world_session(world);
    (void)world_do(world, "turnabout session note '! The first to speak'; turnabout session end");
    struct terminal *app = world_app(world);
    see(app, "[Enter]");
    terminal_press(app, "Enter");
    see(app, "Summary of session 1");
    fill(world);
    terminal_press(app, "C");
    see(app, "next date");
    terminal_press(app, "C-u Enter");
    see(app, "the disk is full");
    see(app, "The first to speak");
    (void)world_do(world,
                   "! git --git-dir \"$RECORD\" log --format=%%s main | grep -q 'Session 1'");

    make_room(world);
    terminal_press(app, "C");
    see(app, "next date");
    terminal_press(app, "C-u Enter");
    see(app, "Committed for both");
    (void)world_do(world, "git --git-dir \"$RECORD\" log --format=%%s main | grep -q 'Session 1'");
    world_is_sound(world);
}

static void what_is_read_only_is_called_so(void **state)
{
    struct world *world = *state;
    world_pair(world);
    (void)world_do(world, "mount -o remount,bind,ro home");
    struct terminal *app = world_app(world);
    see(app, "(Read-only");
    assert_int_equal(ended(app), 1);
    (void)world_do(world, "mount -o remount,bind,rw home");
    world_is_sound(world);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_note_waits_for_room_on_the_line, make_small_world,
                                        remove_small_world),
        cmocka_unit_test_setup_teardown(a_summary_is_committed_when_there_is_room, make_small_world,
                                        remove_small_world),
        cmocka_unit_test_setup_teardown(what_is_read_only_is_called_so, make_small_world,
                                        remove_small_world),
    };
    if (!may_mount()) {
        (void)fputs("SKIPPED: a small file system cannot be mounted here, not as root and not in a "
                    "name space\n",
                    stderr);
        return SKIPPED;
    }
    return world_run_tests(tests, argc, argv);
}
