#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "servers.h"

enum { PATIENCE = 20000 /* milliseconds: as long as it takes to be wrong */ };

static int open_with_silence(void **state)
{
    (void)world_open(state);
    start_silence(*state);
    return 0;
}

static const char *silent_address(const struct world *world)
{
    static char url[128];
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d/pair.git", world->silent_port);
    return url;
}

/* The connection that a git made, once it is there. */
static int take_connection(const struct world *world)
{
    struct pollfd ready = {world->silent, POLLIN, 0};
    assert_int_equal(poll(&ready, 1, PATIENCE), 1);
    return accept4(world->silent, NULL, NULL, SOCK_CLOEXEC);
}

/* Whoever held the other end of it is gone. */
static void is_gone(int connection)
{
    char bytes[4096];
    struct pollfd ready = {connection, POLLIN, 0};
    ssize_t length;
    do {
        assert_int_equal(poll(&ready, 1, PATIENCE), 1);
        length = read(connection, bytes, sizeof bytes);
    } while (length > 0);
    (void)close(connection);
}

static void one_that_never_answers_is_given_up(void **state)
{
    struct world *world = *state;
    struct ta_transport brief = {.silence = 1};
    fails(world, &brief, silent_address(world), TA_SYSTEM, "does not answer");
    is_gone(take_connection(world));
}

static void it_can_be_stopped(void **state)
{
    struct world *world = *state;
    int pipes[2];
    assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
    pid_t person = fork();
    if (person == 0) {
        int connection = take_connection(world);
        (void)write(pipes[1], "x", 1);
        is_gone(connection);
        _exit(0);
    }
    struct ta_transport transport = {.stop = pipes[0]};
    fails(world, &transport, silent_address(world), TA_REFUSED, "was stopped: nothing is lost");
    int status;
    assert_int_equal(waitpid(person, &status, 0), person);
    assert_int_equal(status, 0);
    (void)close(pipes[0]);
    (void)close(pipes[1]);
}

/* ^C, or a terminal that is closed: git goes first, then we do, by that signal. */
static void what_ends_us_ends_git(void **state)
{
    struct world *world = *state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        pid_t id = fork();
        if (id == 0) {
            char tip[TA_ID_SIZE];
            static const struct ta_transport usual;
            (void)signal(signals[i], SIG_DFL);
            (void)ta_transport_fetch(&usual, world->record, silent_address(world), "main",
                                     TA_REF_INCOMING, tip, &world->err);
            _exit(0);
        }
        int connection = take_connection(world);
        int status;
        assert_int_equal(kill(id, signals[i]), 0);
        assert_int_equal(waitpid(id, &status, 0), id);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        is_gone(connection);
    }
}

/* A server that takes a connection and closes it, with or without a word. */
static void one_that_hangs_up_is_told(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *answer;
        const char *words;
    } servers[] = {
        {"", "broke off"},
        {"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "something is wrong on its side"},
        {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\nhello\n",
         "no git repository"},
        {"HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
         "Content-Length: 500\r\n\r\n001e# service=git-upload-pack\n0000",
         "broke off"},
        {"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
         "git could not reach"},
    };
    for (size_t i = 0; i < sizeof servers / sizeof servers[0]; i++) {
        pid_t id = fork();
        if (id == 0) {
            for (;;) {
                char bytes[4096];
                int connection = take_connection(world);
                (void)read(connection, bytes, sizeof bytes);
                (void)write(connection, servers[i].answer, strlen(servers[i].answer));
                (void)close(connection);
            }
        }
        char tip[TA_ID_SIZE];
        static const struct ta_transport usual;
        bool ok = ta_transport_fetch(&usual, world->record, silent_address(world), "main",
                                     TA_REF_INCOMING, tip, &world->err);
        (void)kill(id, SIGKILL);
        (void)waitpid(id, NULL, 0);
        if (ok) {
            fail_msg("server %zu was believed", i);
        }
        if (strstr(world->err.text, servers[i].words) == NULL) {
            fail_msg("\"%s\" is not in: %s", servers[i].words, world->err.text);
        }
    }
}

static void too_much_is_not_taken(void **state)
{
    struct world *world = *state;
    struct ta_transport small = {.largest = 100000};
    (void)says(world, "head -c 500000 /dev/urandom > random && cd pair.git && git update-ref "
                      "refs/heads/main $(git commit-tree -m big $(printf '100644 blob %%s\\tx\\n' "
                      "$(git hash-object -w ../random) | git mktree))");
    fails(world, &small, world->pair, TA_DAMAGED, "more than a record can hold");
    (void)says(world, "cd pair.git && git update-ref refs/heads/main $(for i in $(seq 300); do "
                      "printf '100644 blob %%s\\t%%03d\\n' $(head -c 2000 /dev/urandom | git "
                      "hash-object -w --stdin) $i; done | git mktree | xargs git commit-tree -m "
                      "many)");
    fails(world, &small, world->pair, TA_DAMAGED, "more than a record can hold");
    assert_string_equal(says(world, "find record.git/objects -name 'tmp_*'"), "");
    fetches(world, &(struct ta_transport){0}, world->pair);
}

/* What git's own checks find: a folder that would be .git, a commit whose author is none. */
static void damaged_objects_are_not_taken(void **state)
{
    struct world *world = *state;
    static const struct ta_transport usual;
    (void)says(world, "cd pair.git && git update-ref refs/heads/main $(git commit-tree -m x "
                      "$(printf '40000 tree %%s\\t.git\\n' $(git hash-object -t tree -w /dev/null) "
                      "| git mktree))");
    fails(world, &usual, world->pair, TA_DAMAGED, "is damaged or made up");
    (void)says(world,
               "cd pair.git && printf 'tree %%s\\nauthor <\\ncommitter x <x> 1 +0000\\n\\n"
               "x\\n' $(git hash-object -t tree -w /dev/null) | git hash-object -t commit -w "
               "--literally --stdin > refs/heads/main");
    fails(world, &usual, world->pair, TA_DAMAGED, "is damaged or made up");
    assert_false(runs(world, "git --git-dir=record.git rev-parse -q --verify " TA_REF_INCOMING));
}

static void other_repositories_are_named(void **state)
{
    struct world *world = *state;
    static const struct ta_transport usual;
    enum ta_push result;
    (void)says(world, "git init -q --object-format=sha256 -b main sha.git && git -C sha.git commit "
                      "-q --allow-empty -m x && git init -q -b main work && cd work && git commit "
                      "-q --allow-empty -m x && git commit -q --allow-empty -m y && git clone -q "
                      "--depth 1 --bare file://$PWD ../shallow.git");
    char url[4096];
    (void)snprintf(url, sizeof url, "%s/sha.git", world->folder);
    fails(world, &usual, url, TA_DAMAGED, "in a format that cannot be used here");
    (void)snprintf(url, sizeof url, "%s/shallow.git", world->folder);
    fails(world, &usual, url, TA_DAMAGED, "in a format that cannot be used here");
    (void)snprintf(url, sizeof url, "%s/work", world->folder);
    fetches(world, &usual, world->pair);
    assert_false(ta_transport_push(&usual, world->record, url, world->tip, "main",
                                   says(world, "git -C work rev-parse main"), &result,
                                   &world->err));
    assert_int_equal(result, TA_PUSH_REFUSED);
    assert_non_null(strstr(world->err.text, "a folder that somebody works in"));
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return SKIPPED;
    }
    asker = realpath(argv[1], NULL);
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_with_silence, world_close)
        TEST(one_that_never_answers_is_given_up),
        TEST(it_can_be_stopped),
        TEST(what_ends_us_ends_git),
        TEST(one_that_hangs_up_is_told),
        TEST(too_much_is_not_taken),
        TEST(damaged_objects_are_not_taken),
        TEST(other_repositories_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
