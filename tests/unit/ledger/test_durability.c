#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "world.h"

enum { ROUNDS = 30, LONGEST = 30 /* milliseconds from the first commit on to the kill */ };

/* What was flushed, and where the branch stood then: fsync() and syncfs() as the ledger finds them,
 * this program being asked first. */
static struct {
    bool is_all; /* the whole file system, or else a file or folder: */
    char name[512];
    bool is_proposed; /* main.lock was there */
} flushed[64];
static size_t flushes;
static char watched[512]; /* the proposal's path */

static void note_flush(int file, bool is_all)
{
    char link[64];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    char *name = flushed[flushes % 64].name;
    ssize_t length = readlink(link, name, sizeof flushed[0].name - 1);
    name[length > 0 ? length : 0] = '\0';
    flushed[flushes % 64].is_all = is_all;
    flushed[flushes++ % 64].is_proposed = access(watched, F_OK) == 0;
}

int fsync(int file)
{
    note_flush(file, false);
    return (int)syscall(SYS_fsync, file);
}

int syncfs(int file)
{
    note_flush(file, true);
    return (int)syscall(SYS_syncfs, file);
}

/* All objects and the proposed branch at once; then, when it was accepted, the branch's folder. */
static void test_all_is_flushed_before_a_commit_is_told(void **state)
{
    struct world *world = *state;
    (void)snprintf(watched, sizeof watched, "%s/refs/heads/main.lock", world->record);
    flushes = 0;
    world_commit(world, 1, "sessions/summary.md", "one\n");
    assert_int_equal(flushes, 2);
    assert_true(flushed[0].is_all);
    assert_true(flushed[0].is_proposed);
    assert_false(flushed[1].is_all);
    assert_false(flushed[1].is_proposed);
    assert_non_null(strstr(flushed[1].name, "/refs/heads"));
}

/* Commits without end, and says each id that ta_ledger_commit() gave back. */
static void commit_for_ever(struct world *world, int round, int out)
{
    for (int i = 0;; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "round %d, commit %d\n", round, i);
        if (!world_tries(world, i % 2 == 0 ? "promises.md" : "sessions/01/summary.md", text) ||
            write(out, world->id, TA_ID_SIZE) != TA_ID_SIZE) {
            _exit(1);
        }
    }
}

/* Kills a writer some time after its first commit; `last` is what it said last. */
static void kill_a_writer(struct world *world, int round, long microseconds, char last[TA_ID_SIZE])
{
    int ends[2];
    char id[TA_ID_SIZE];
    struct timespec span = {.tv_nsec = microseconds * 1000};
    assert_int_equal(pipe(ends), 0);
    pid_t writer = fork();
    if (writer == 0) {
        commit_for_ever(world, round, ends[1]);
    }
    (void)close(ends[1]);
    assert_int_equal(read(ends[0], last, TA_ID_SIZE), TA_ID_SIZE);
    (void)nanosleep(&span, NULL);
    assert_int_equal(kill(writer, SIGKILL), 0);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
    while (read(ends[0], id, TA_ID_SIZE) == TA_ID_SIZE) {
        memcpy(last, id, sizeof id);
    }
    (void)close(ends[0]);
}

static void test_killed_at_any_moment_nothing_said_is_lost(void **state)
{
    struct world *world = *state;
    unsigned random = 20261124;
    for (int round = 0; round < ROUNDS; round++) {
        char last[TA_ID_SIZE];
        random = random * 1103515245U + 12345U;
        kill_a_writer(world, round, (long)((random >> 8) % (LONGEST * 1000U)), last);
        assert_true(world_runs(world, "git merge-base --is-ancestor %s main", last));
        world_is_sound(world);
        world_commit(world, 1, "README.md", "and on it goes\n");
        assert_string_equal(world_says(world, "git rev-parse main"), world->id);
        assert_true(world_runs(world, "git merge-base --is-ancestor %s main", last));
    }
    world_is_sound(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_is_flushed_before_a_commit_is_told,
                                        world_with_record, world_close),
        cmocka_unit_test_setup_teardown(test_killed_at_any_moment_nothing_said_is_lost,
                                        world_with_record, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
