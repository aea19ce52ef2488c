#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "turnabout/base/text.h"
#include "world.h"

static bool commit_as(struct world *world, const struct ta_commit *commit)
{
    struct ta_change change = {.path = "README.md", .text = commit->subject};
    return ta_ledger_commit(world->git, world->record, commit, &change, 1, NULL, world->id,
                            &world->err);
}

static void test_a_commit_as_git_shows_it(void **state)
{
    struct world *world = *state;
    struct ta_commit commit = {
        .subject = "Session 3: Who speaks first",
        .body = "Two promises, one question.\n\nThe next date is set.\n",
        .pair = &world->pair,
        .session = 3,
        .author = &world->pair.person[TA_MENTEE],
        .when = {INT64_C(1795510920999), 60},
    };
    assert_true(commit_as(world, &commit));
    assert_string_equal(world_says(world, "git log --format='%%an <%%ae> %%aI%%n%%cn <%%ce> %%cI' "
                                          "main"),
                        "Dana Holt <dana@x.org> 2026-11-24T10:02:00+01:00\n"
                        "Dana Holt <dana@x.org> 2026-11-24T10:02:00+01:00");
    assert_string_equal(world_says(world, "git log --format=%%B main"),
                        "Session 3: Who speaks first\n\nTwo promises, one question.\n\n"
                        "The next date is set.\n\n"
                        "Mentor: Priya Raman\nMentee: Dana Holt\nSession: 3");
    assert_string_equal(
        world_says(world, "git log --format='%%(trailers:key=Session,valueonly)' main"), "3");
    assert_string_equal(world_says(world, "git rev-parse main"), world->id);
    world_is_sound(world);
}

struct author {
    const char *name, *email;
    const char *shown;
};

static const struct author authors[] = {
    {"Zoë Ade", NULL, "Zoë Ade <zoe-ade@localhost>"},
    {"  O'Neill -- Ann  ", "", "O'Neill -- Ann <o-neill-ann@localhost>"},
    {"王芳", NULL, "王芳 <王芳@localhost>"},
    {"Eve <eve@evil.org>\ncommitter Mallory", NULL,
     "Eve eve@evil.org committer Mallory <eve-eve-evil-org-committer-mallory@localhost>"},
    {"Bell\a\x1b[31m\xc2\x9b", "b <b>\n@x.org", "Bell[31m <bb@x.org>"},
    {"...", NULL, "Somebody <somebody@localhost>"},
    {"", " ", "Somebody <somebody@localhost>"},
    {NULL, NULL, "Somebody <somebody@localhost>"},
};

static void test_every_name_makes_an_author(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < sizeof authors / sizeof authors[0]; i++) {
        struct ta_person author = {(char *)authors[i].name, (char *)authors[i].email};
        struct ta_commit commit = {.subject = authors[i].shown,
                                   .pair = &world->pair,
                                   .author = &author,
                                   .when = {0, -210}};
        assert_true(commit_as(world, &commit));
        assert_string_equal(world_says(world, "git log -1 --format='%%an <%%ae>' main"),
                            authors[i].shown);
    }
    world_is_sound(world);
}

static void test_control_characters_stay_out_of_the_message(void **state)
{
    struct world *world = *state;
    struct ta_person *mentor = &world->pair.person[TA_MENTOR];
    free(mentor->name);
    mentor->name = strdup("Priya\nSession: 99");
    struct ta_commit commit = {
        .subject = "Session 1:\nevil\x1b]0;title\a \xc2\x85now\t!\n",
        .body = "\n\nkept\tas it\r\nis \x7f\n\n",
        .pair = &world->pair,
        .session = 1,
        .author = mentor,
        .when = {INT64_C(1795510920000), 0},
    };
    assert_true(commit_as(world, &commit));
    assert_string_equal(world_says(world, "git log --format=%%B main"),
                        "Session 1: evil]0;title now !\n\nkept\tas it\nis\n\n"
                        "Mentor: Priya Session: 99\nMentee: Dana Holt\nSession: 1");
    assert_string_equal(
        world_says(world, "git log --format='%%(trailers:key=Session,valueonly)' main"), "1");
}

/* A record as somebody edited it by hand: what the program does not know it keeps. */
static void fill_by_hand(struct world *world)
{
    assert_true(world_runs(
        world,
        "b=$(echo by hand | git hash-object -w --stdin) && "
        "git update-index --add --cacheinfo 100644,$b,notes.txt "
        "--cacheinfo 100755,$b,README.md --cacheinfo 120000,$b,link "
        "--cacheinfo 100644,$b,sessions/01/summary.md --cacheinfo 100644,$b,sessions/01/agenda.md "
        "--cacheinfo 100644,$b,sessions-old/x.md --cacheinfo 100644,$b,sessions.md "
        "--cacheinfo 160000,0123456789abcdef0123456789abcdef01234567,module && "
        "git update-ref refs/heads/main $(git commit-tree -m start $(git write-tree))"));
}

static void test_only_the_changed_documents_change(void **state)
{
    struct world *world = *state;
    fill_by_hand(world);
    struct ta_commit commit = {
        .subject = "Change", .pair = &world->pair, .author = &world->pair.person[TA_MENTEE]};
    struct ta_change changes[] = {
        {"sessions/02/summary.md", "second\n", NULL}, {"README.md", "changed\n", NULL},
        {"sessions/01/agenda.md", NULL, NULL},        {"a/b/c/d.md", "", NULL},
        {"link", "now a document\n", NULL},           {"never/was/there.md", NULL, NULL},
    };
    assert_true(ta_ledger_commit(world->git, world->record, &commit, changes, 6, NULL, world->id,
                                 &world->err));
    assert_string_equal(world_says(world, "git ls-tree -r -t --format='%%(objectmode) %%(path)' "
                                          "main"),
                        "100755 README.md\n040000 a\n040000 a/b\n040000 a/b/c\n"
                        "100644 a/b/c/d.md\n100644 link\n160000 module\n100644 notes.txt\n"
                        "040000 sessions-old\n100644 sessions-old/x.md\n100644 sessions.md\n"
                        "040000 sessions\n040000 sessions/01\n100644 sessions/01/summary.md\n"
                        "040000 sessions/02\n100644 sessions/02/summary.md");
    assert_string_equal(world_says(world, "git show main:README.md main:sessions/02/summary.md "
                                          "main:notes.txt"),
                        "changed\nsecond\nby hand");
    assert_string_equal(world_says(world, "git log --format=%%s main"), "Change\nstart");
    world_is_sound(world);
}

static void test_a_folder_goes_with_its_last_document(void **state)
{
    struct world *world = *state;
    world_commit(world, 1, "README.md", "Hello\n");
    world_commit(world, 1, "sessions/01/agenda.md", "- one\n");
    world_commit(world, 1, "sessions/01/agenda.md", NULL);
    assert_string_equal(world_says(world, "git ls-tree -r -t --name-only main"), "README.md");
    world_commit(world, 1, "README.md", NULL);
    assert_string_equal(world_says(world, "git ls-tree -r -t --name-only main"), "");
    world_is_sound(world);
}

static void test_somebody_elses_work_is_not_written_over(void **state)
{
    static const char *const paths[] = {"sessions", "notes.txt/01.md", "module/x.md"};
    struct world *world = *state;
    fill_by_hand(world);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        assert_false(world_tries(world, paths[i], "ours\n"));
        assert_int_equal(world->err.code, TA_DAMAGED);
        assert_non_null(strstr(world->err.text, paths[i]));
    }
    assert_string_equal(world_says(world, "git log --format=%%s main"), "start");
}

static void test_names_that_git_refuses(void **state)
{
    static const char *const paths[] = {"", "/x.md", "a//b.md", "../x.md", "a/.git/config", "a/"};
    struct world *world = *state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        assert_false(world_tries(world, paths[i], "x\n"));
    }
    assert_false(world_runs(world, "git rev-parse -q --verify main"));
}

static bool commit_expecting(struct world *world, const char *expected)
{
    struct ta_commit commit = {
        .subject = "Edit", .pair = &world->pair, .author = &world->pair.person[TA_MENTOR]};
    struct ta_change change = {.path = "README.md", .text = "made from an older text\n"};
    return ta_ledger_commit(world->git, world->record, &commit, &change, 1, expected, world->id,
                            &world->err);
}

static void test_a_text_made_from_an_older_tip_is_not_committed(void **state)
{
    struct world *world = *state;
    char seen[TA_ID_SIZE];
    char tip[TA_ID_SIZE];
    world_commit(world, 1, "README.md", "one\n");
    memcpy(seen, world->id, sizeof seen);
    world_commit(world, 1, "README.md", "two\n");
    memcpy(tip, world->id, sizeof tip);
    assert_false(commit_expecting(world, seen));
    assert_int_equal(world->err.code, TA_BUSY);
    assert_string_equal(world_says(world, "git rev-parse main"), tip);
    assert_string_equal(world_says(world, "git count-objects"), "6 objects, 24 kilobytes");
    assert_true(commit_expecting(world, tip));
    assert_true(commit_expecting(world, ""));
    assert_string_equal(world_says(world, "git rev-list --count main"), "4");
}

static void test_a_text_too_large_to_be_read_again(void **state)
{
    struct world *world = *state;
    enum { SIZE = (4 << 20) + 1 };
    char *text = calloc(SIZE + 1, 1);
    memset(text, 'a', SIZE);
    assert_false(world_tries(world, "README.md", text));
    assert_int_equal(world->err.code, TA_WRONG);
    text[SIZE - 1] = '\0';
    assert_true(world_tries(world, "README.md", text));
    free(text);
}

static void test_a_lock_left_behind_is_cleared(void **state)
{
    static const char *const ages[] = {"-d '1 hour ago'", "", "-d 'next year'"};
    struct world *world = *state;
    for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++) {
        world_commit(world, 1, "README.md", "one\n");
        assert_true(world_runs(world, "touch %s record.git/refs/heads/main.lock", ages[i]));
        world_commit(world, 1, "README.md", "two\n");
        assert_true(world_runs(world, "! test -e record.git/refs/heads/main.lock"));
    }
    world_is_sound(world);
}

/* A git at work takes its lock anew each time; such a lock is never old. */
static void test_a_lock_in_use_is_left_alone(void **state)
{
    struct world *world = *state;
    world_commit(world, 1, "README.md", "one\n");
    pid_t toucher = fork();
    if (toucher == 0) {
        (void)execlp("sh", "sh", "-c",
                     "while touch \"$0/refs/heads/main.lock\"; do sleep 0.2; done", world->record,
                     (char *)NULL);
        _exit(127);
    }
    while (!world_runs(world, "test -e record.git/refs/heads/main.lock")) {
    }
    bool ok = world_tries(world, "README.md", "two\n");
    assert_int_equal(kill(toucher, SIGKILL), 0);
    assert_int_equal(waitpid(toucher, NULL, 0), toucher);
    assert_false(ok);
    assert_int_equal(world->err.code, TA_BUSY);
    assert_true(world_runs(world, "rm record.git/refs/heads/main.lock"));
    assert_string_equal(world_says(world, "git show main:README.md"), "one");
}

/* Another Turnabout that has stopped in the middle of its commit. */
static void test_writers_take_turns(void **state)
{
    struct world *world = *state;
    char lock[4096];
    world_commit(world, 1, "README.md", "one\n");
    (void)snprintf(lock, sizeof lock, "%s/turnabout.lock", world->record);
    int other = open(lock, O_RDWR | O_CLOEXEC);
    assert_int_equal(flock(other, LOCK_EX), 0);
    assert_false(world_tries(world, "README.md", "two\n"));
    assert_int_equal(world->err.code, TA_BUSY);
    assert_string_equal(world_says(world, "git show main:README.md"), "one");
    (void)close(other);
    world_commit(world, 1, "README.md", "two\n");
}

static void test_a_head_that_is_garbage(void **state)
{
    struct world *world = *state;
    world_commit(world, 1, "README.md", "one\n");
    assert_true(world_runs(world, "echo garbage > record.git/HEAD"));
    bool ok = world_tries(world, "README.md", "two\n");
    assert_true(ok || world->err.code == TA_DAMAGED);
    assert_true(world_runs(world, "echo 'ref: refs/heads/main' > record.git/HEAD"));
    assert_string_equal(world_says(world, "git show main:README.md"), ok ? "two" : "one");
    world_commit(world, 1, "README.md", "three\n");
    world_is_sound(world);
}

static void test_a_damaged_object_stops_the_commit(void **state)
{
    struct world *world = *state;
    world_commit(world, 1, "sessions/01/agenda.md", "one\n");
    const char *tree = world_says(world, "git rev-parse main:sessions");
    assert_true(world_runs(world, "cd record.git/objects/%.2s && chmod u+w %s && echo x > %s", tree,
                           tree + 2, tree + 2));
    assert_false(world_tries(world, "sessions/01/summary.md", "two\n"));
    assert_int_equal(world->err.code, TA_DAMAGED);
    assert_string_equal(world_says(world, "git rev-parse main"), world->id);
    assert_true(world_tries(world, "README.md", "beside it\n"));
}

static void test_a_tip_that_is_not_there_is_damage(void **state)
{
    struct world *world = *state;
    assert_true(world_runs(world, "echo 0123456789abcdef0123456789abcdef01234567 > "
                                  "record.git/refs/heads/main"));
    assert_false(world_tries(world, "README.md", "one\n"));
    assert_int_equal(world->err.code, TA_DAMAGED);
}

enum { WRITERS = 4, EACH = 12 };

static void write_many(struct world *world, int writer)
{
    bool ok = true;
    for (int i = 0; ok && i < EACH; i++) {
        struct ta_text text = {0};
        ta_text_addf(&text, "writers/%d/%d.md", writer, i);
        ok = world_tries(world, text.bytes, "x\n");
        ta_text_release(&text);
    }
    _exit(ok ? 0 : 1);
}

/* Two terminals, a synchronisation and a git by hand at once: nobody's commit is lost. */
static void test_many_writers_at_once(void **state)
{
    struct world *world = *state;
    pid_t writers[WRITERS];
    world_commit(world, 1, "README.md", "one\n");
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = fork();
        if (writers[i] == 0) {
            write_many(world, i);
        }
    }
    assert_true(world_runs(world, "for i in 1 2 3 4 5 6 7 8; do until tip=$(git rev-parse main) && "
                                  "git update-ref refs/heads/main $(git commit-tree -m hand "
                                  "-p $tip $tip^{tree}) $tip 2>/dev/null; do :; done; done"));
    for (int i = 0; i < WRITERS; i++) {
        int status;
        assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
        assert_int_equal(status, 0);
    }
    assert_string_equal(world_says(world, "git rev-list --count main"), "57"); /* 1 + 4 * 12 + 8 */
    assert_string_equal(world_says(world, "git ls-tree -r main writers | wc -l"), "48");
    world_is_sound(world);
}

#define WITH_RECORD(test) cmocka_unit_test_setup_teardown(test, world_with_record, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RECORD(test_a_commit_as_git_shows_it),
        WITH_RECORD(test_every_name_makes_an_author),
        WITH_RECORD(test_control_characters_stay_out_of_the_message),
        WITH_RECORD(test_only_the_changed_documents_change),
        WITH_RECORD(test_a_folder_goes_with_its_last_document),
        WITH_RECORD(test_somebody_elses_work_is_not_written_over),
        WITH_RECORD(test_names_that_git_refuses),
        WITH_RECORD(test_a_text_made_from_an_older_tip_is_not_committed),
        WITH_RECORD(test_a_text_too_large_to_be_read_again),
        WITH_RECORD(test_a_lock_left_behind_is_cleared),
        WITH_RECORD(test_a_lock_in_use_is_left_alone),
        WITH_RECORD(test_writers_take_turns),
        WITH_RECORD(test_a_head_that_is_garbage),
        WITH_RECORD(test_a_damaged_object_stops_the_commit),
        WITH_RECORD(test_a_tip_that_is_not_there_is_damage),
        WITH_RECORD(test_many_writers_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
