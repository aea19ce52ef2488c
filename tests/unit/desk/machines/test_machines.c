/*
 * Two machines that share a record through a bare repository. Both do whatever chance says, act by
 * act, each act in a process of its own, some of which are killed on their way. In the end both
 * sync until nothing changes: then both have the same tree, sound repositories and databases, and
 * nothing that either had is lost.
 *
 *     test_machines [SEQUENCES [FIRST]]
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "acts.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

enum { STEPS = 30, KILLED_OF = 5, LONGEST_LIFE = 60000 /* microseconds */, ROUNDS = 30 };

struct world {
    char *folder, *home[2], *remote, *said, *dropped;
    uint64_t chance;
    unsigned number;
    struct ta_text kept; /* what acts said that were done */
};

static unsigned sequences = 40;
static unsigned first = 1;

static unsigned pick(struct world *world, unsigned count)
{
    world->chance ^= world->chance << 13;
    world->chance ^= world->chance >> 7;
    world->chance ^= world->chance << 17;
    return (unsigned)(world->chance >> 33) % count;
}

static struct ta_text read_file(const char *path)
{
    struct ta_text text = {0};
    struct ta_error err = {0};
    if (!ta_file_read(&text, path, 1 << 26, &err) && err.code != TA_ABSENT) {
        fail_msg("%s", err.text);
    }
    return text;
}

static struct ta_text output_of(const char *command)
{
    struct ta_text output = {0};
    struct ta_error err;
    /* NOLINTNEXTLINE(cert-env33-c): the shell and the git of whoever runs the tests */
    FILE *stream = popen(command, "re");
    assert_non_null(stream);
    assert_true(ta_stream_read(&output, stream, command, 1 << 26, &err));
    (void)pclose(stream);
    return output;
}

static void open_world(struct world *world, unsigned seed)
{
    struct ta_error err;
    *world = (struct world){.chance = UINT64_C(0x9E3779B97F4A7C15) * (seed + 1)};
    if (!ta_folder_temporary(&world->folder, &err)) {
        fail_msg("%s", err.text);
    }
    world->home[0] = ta_path_join(world->folder, "a");
    world->home[1] = ta_path_join(world->folder, "b");
    world->remote = ta_path_join(world->folder, "remote.git");
    world->said = ta_path_join(world->folder, "said");
    world->dropped = ta_path_join(world->folder, "dropped");
    setenv("folder", world->folder, 1);
}

static void close_world(struct world *world)
{
    struct ta_error err;
    assert_true(ta_folder_remove(world->folder, &err));
    free(world->folder);
    free(world->home[0]);
    free(world->home[1]);
    free(world->remote);
    free(world->said);
    free(world->dropped);
    ta_text_release(&world->kept);
}

/* One act. `life`: so many microseconds until it is killed with all that it started; 0: it ends. */
static int live(struct world *world, int machine, int (*deed)(const struct act *act), unsigned life)
{
    static const int64_t start = INT64_C(1795424400000);
    enum { HOURS = 3 * 60 * 60 * 1000, SKEW = 90 * 1000 };
    struct act act = {.home = world->home[machine],
                      .remote = world->remote,
                      .said = world->said,
                      .dropped = world->dropped,
                      .now = start + (int64_t)world->number * HOURS + (int64_t)machine * SKEW,
                      .chance = world->chance | 1,
                      .number = world->number};
    int status = 0;
    (void)pick(world, 2);
    world->number++;
    (void)unlink(world->said);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)setpgid(0, 0);
        _exit(deed(&act));
    }
    (void)setpgid(child, child);
    if (life > 0) {
        struct timespec span = {.tv_nsec = life * 1000L};
        (void)nanosleep(&span, NULL);
        (void)kill(-child, SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The remote is somebody else's machine: what a killed push left there is not the pair's to clear.
 */
static void tidy_remote(const struct world *world)
{
    char *lock = ta_path_join(world->remote, "refs/heads/main.lock");
    (void)unlink(lock);
    free(lock);
}

static void keep_said(struct world *world)
{
    struct ta_text said = read_file(world->said);
    ta_text_add_bytes(&world->kept, said.bytes, said.length);
    ta_text_release(&said);
}

static void begin(struct world *world)
{
    assert_int_equal(live(world, 0, act_begin, 0), ACT_DONE);
    free(output_of("cp -a \"$folder\"/a \"$folder\"/b").bytes);
}

static void step(struct world *world)
{
    int machine = (int)pick(world, 2);
    bool is_killed = pick(world, KILLED_OF) == 0;
    unsigned life = is_killed ? 1 + pick(world, LONGEST_LIFE) : 0;
    int end = live(world, machine, act_any, life);
    if (end == -1) {
        tidy_remote(world);
    } else if (end == ACT_DONE) {
        keep_said(world);
    } else if (end != ACT_REFUSED) {
        fail_msg("act %u on %s ended with %d", world->number - 1, world->home[machine], end);
    }
}

/* Whether a machine is done. What a killed act left locked is somebody's for two seconds: then it
 * is tried again. */
static bool settles(struct world *world, int machine)
{
    static const struct timespec pause = {.tv_nsec = 300000000};
    int end = live(world, machine, act_settle, 0);
    if (end == ACT_REFUSED) {
        (void)nanosleep(&pause, NULL);
    } else if (end != ACT_DONE) {
        fail_msg("a sync ended with %d", end);
    }
    return end == ACT_DONE;
}

/* Until neither has anything new for the other. */
static void settle(struct world *world)
{
    struct ta_text before = {0};
    for (int round = 0; round < ROUNDS; round++) {
        bool is_done = settles(world, 0) && settles(world, 1);
        struct ta_text now = output_of("for r in \"$folder\"/*/pairs/*/record.git "
                                       "\"$folder\"/remote.git; do git --git-dir \"$r\" rev-parse "
                                       "main; done");
        bool is_same = is_done && before.bytes != NULL && strcmp(before.bytes, now.bytes) == 0;
        ta_text_release(&before);
        before = now;
        if (is_same) {
            ta_text_release(&before);
            return;
        }
    }
    fail_msg("they do not come to an end:\n%s", before.bytes);
}

/* What must be so in the end */

static void are_one(void)
{
    struct ta_text ids = output_of("for r in \"$folder\"/*/pairs/*/record.git "
                                   "\"$folder\"/remote.git; do git --git-dir \"$r\" rev-parse "
                                   "main; done | sort -u | wc -l");
    assert_string_equal(ids.bytes, "1\n");
    ta_text_release(&ids);
}

static void are_sound(const struct world *world)
{
    struct ta_text found = output_of(
        "for r in \"$folder\"/*/pairs/*/record.git \"$folder\"/remote.git; do git --git-dir \"$r\" "
        "fsck --strict --no-dangling --no-progress 2>&1 | grep -v '^notice: '; done");
    if (found.length > 0) {
        fail_msg("git fsck: %s", found.bytes);
    }
    ta_text_release(&found);
    for (int machine = 0; machine < 2; machine++) {
        char *path = ta_path_join(world->home[machine], "turnabout.db");
        sqlite3 *database = NULL;
        sqlite3_stmt *check = NULL;
        assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &check, NULL),
                         SQLITE_OK);
        assert_int_equal(sqlite3_step(check), SQLITE_ROW);
        assert_string_equal((const char *)sqlite3_column_text(check, 0), "ok");
        sqlite3_finalize(check);
        sqlite3_close(database);
        free(path);
    }
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

/* Where each kind of thing stands, and how its line goes on behind it. */
static const struct kind {
    const char *word, *behind, *command;
    bool once;
} kinds[] = {
    {"tip ", "\n", "git --git-dir \"$folder\"/remote.git rev-list main", true},
    {"date ", " ", "git --git-dir \"$folder\"/remote.git show main:meetings.md 2>&1", true},
    {"promise ", " (", "git --git-dir \"$folder\"/remote.git show main:promises.md 2>&1", true},
    {"takeaway ", "\n",
     "cd \"$folder\"/remote.git && git ls-tree -r --name-only main | grep 'summary.md$' | "
     "while read -r f; do git show \"main:$f\"; done",
     false},
};

static void nothing_is_lost(const struct world *world)
{
    struct ta_text dropped = read_file(world->dropped);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct ta_text there = output_of(kinds[i].command);
        struct ta_piece rest = {world->kept.bytes, world->kept.length};
        struct ta_piece line;
        while (ta_next_line(&rest, &line)) {
            struct ta_text part = {0};
            if (!ta_piece_starts(line, kinds[i].word)) {
                continue;
            }
            size_t word = strlen(kinds[i].word);
            ta_text_add_bytes(&part, line.at + word, line.length - word);
            bool may_go = dropped.bytes != NULL && strstr(dropped.bytes, part.bytes) != NULL;
            ta_text_add(&part, kinds[i].behind);
            size_t count = count_of(there.bytes != NULL ? there.bytes : "", part.bytes);
            if ((count == 0 && !may_go) || (count > 1 && kinds[i].once)) {
                fail_msg("%s\"%s\" is there %zu times in:\n%s", kinds[i].word, part.bytes, count,
                         there.bytes);
            }
            ta_text_release(&part);
        }
        ta_text_release(&there);
    }
    ta_text_release(&dropped);
}

static void ids_are_given_once(void)
{
    struct ta_text twice =
        output_of("cd \"$folder\"/remote.git && for f in meetings promises; do git show "
                  "main:$f.md 2>/dev/null | grep -o '^- \\(\\[.\\] \\)\\?[MP][0-9]* ' | grep -o "
                  "'[MP][0-9]*' | sort | uniq -d; done");
    if (twice.length > 0) {
        fail_msg("ids that two things have: %s", twice.bytes);
    }
    ta_text_release(&twice);
}

/* What was decided is read, and taken back, below one heading of its kind. */
static void no_heading_stands_twice(void)
{
    struct ta_text twice =
        output_of("cd \"$folder\"/remote.git && git ls-tree -r --name-only main | grep "
                  "'release.md$' | while read -r f; do git show \"main:$f\" | grep '^## ' | sort | "
                  "uniq -d; done");
    if (twice.length > 0) {
        fail_msg("headings that stand twice: %s", twice.bytes);
    }
    ta_text_release(&twice);
}

/* A summary says the number of its folder, and what refers to a session finds it. */
static void sessions_have_their_numbers(void)
{
    struct ta_text wrong = output_of(
        "cd \"$folder\"/remote.git && "
        "git ls-tree -r --name-only main sessions | grep 'summary.md$' | while read -r f; do "
        "n=$(basename \"$(dirname \"$f\")\"); git show \"main:$f\" | "
        "grep -q \"^session: ${n#0}$\" || echo \"$f\"; done; "
        "{ git show main:meetings.md | grep -o 'as session [0-9]*'; "
        "git show main:promises.md 2>/dev/null | grep -o 'session [0-9]*'; } | "
        "grep -o '[0-9]*' | sort -u | while read -r n; do f=sessions/$(printf %02d \"$n\"); "
        "git cat-file -e \"main:$f/summary.md\" || echo \"$f\"; done");
    if (wrong.length > 0) {
        fail_msg("numbers that are none: %s", wrong.bytes);
    }
    ta_text_release(&wrong);
}

/* Or the coordinator would count it twice. */
static void a_session_has_one_date(void)
{
    struct ta_text twice = output_of("cd \"$folder\"/remote.git && git show main:meetings.md | "
                                     "grep -o 'held as session [0-9]*' | sort | uniq -d");
    if (twice.length > 0) {
        fail_msg("sessions with two dates: %s", twice.bytes);
    }
    ta_text_release(&twice);
}

/* Acts that lie days apart are never in one session. */
static void conversations_stay_apart(void)
{
    struct ta_text mixed = output_of(
        "cd \"$folder\"/remote.git && "
        "git ls-tree -r --name-only main sessions | grep 'summary.md$' | while read -r f; do "
        "git show \"main:$f\" | sed -n 's/^- learned in act //p' | sort -n | "
        "awk -v f=\"$f\" 'NR == 1 { least = $1 } $1 - least > 12 { print f, least, $1 }'; done");
    if (mixed.length > 0) {
        fail_msg("two conversations in one summary: %s", mixed.bytes);
    }
    ta_text_release(&mixed);
}

static void whatever_happens_they_become_one(void **state)
{
    (void)state;
    for (unsigned seed = first; seed < first + sequences; seed++) {
        struct world world;
        open_world(&world, seed);
        print_message("sequence %u in %s\n", seed, world.folder);
        begin(&world);
        for (int i = 0; i < STEPS; i++) {
            step(&world);
        }
        settle(&world);
        are_one();
        are_sound(&world);
        nothing_is_lost(&world);
        ids_are_given_once();
        no_heading_stands_twice();
        sessions_have_their_numbers();
        a_session_has_one_date();
        conversations_stay_apart();
        for (int machine = 0; machine < 2; machine++) {
            assert_int_equal(live(&world, machine, act_look, 0), ACT_DONE);
        }
        close_world(&world);
    }
}

int main(int count, char **words)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_happens_they_become_one)};
    sequences = count > 1 ? (unsigned)strtoul(words[1], NULL, 10) : sequences;
    first = count > 2 ? (unsigned)strtoul(words[2], NULL, 10) : first;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
