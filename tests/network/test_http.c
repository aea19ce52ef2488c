#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "servers.h"

static const char *address(const struct world *world, const char *user, const char *name)
{
    static char url[256];
    (void)snprintf(url, sizeof url, "http://%s127.0.0.1:%d/git/%s", user, world->http_port, name);
    return url;
}

static struct ta_transport asking(const struct person *person)
{
    return (struct ta_transport){.asker = asker, .asking = person->listener.path, .silence = 20};
}

static int open_with_lighttpd(void **state)
{
    (void)world_open(state);
    start_lighttpd(*state);
    return 0;
}

static enum ta_push pushes(struct world *world, const struct ta_transport *transport,
                           const char *url)
{
    enum ta_push result;
    bool ok = ta_transport_push(transport, world->record, url, world->tip, "main", NULL, &result,
                                &world->err);
    if (!ok && result == TA_PUSH_FAILED) {
        fail_msg("%s", world->err.text);
    }
    return result;
}

static void user_and_password_are_asked_for(void **state)
{
    struct world *world = *state;
    static const struct reply replies[] = {{TA_ASKED_USER, "dana", 0},
                                           {TA_ASKED_PASSWORD, "t0p/secret", 0},
                                           {TA_ASKED_USER, "dana", 0},
                                           {TA_ASKED_PASSWORD, "t0p/secret", 0}};
    const char *url = address(world, "", "pair.git");
    char expected[512];
    struct person person = person_sits_down(replies, 4);
    struct ta_transport transport = asking(&person);
    assert_int_equal(pushes(world, &transport, url), TA_PUSH_DONE);
    fetches(world, &transport, url);
    char *log = person_leaves(&person);
    (void)snprintf(expected, sizeof expected,
                   "%d http://127.0.0.1:%d\n%d http://dana@127.0.0.1:%d\n", TA_ASKED_USER,
                   world->http_port, TA_ASKED_PASSWORD, world->http_port);
    assert_memory_equal(log, expected, strlen(expected));
    free(log);
    assert_string_equal(says(world, "git --git-dir=pair.git rev-parse main"), world->tip);
}

static void a_wrong_password_is_told_and_the_right_one_taken(void **state)
{
    struct world *world = *state;
    static const struct reply replies[] = {{TA_ASKED_PASSWORD, "secret?", 0},
                                           {TA_ASKED_PASSWORD, "t0p/secret", 0}};
    struct person person = person_sits_down(replies, 2);
    struct ta_transport transport = asking(&person);
    fails(world, &transport, address(world, "dana@", "pair.git"), TA_REFUSED,
          "did not accept the user name and password");
    fetches(world, &transport, address(world, "dana@", "pair.git"));
    free(person_leaves(&person));
}

static void without_an_answer_it_fails(void **state)
{
    struct world *world = *state;
    struct person person = person_sits_down(NULL, 0);
    struct ta_transport transport = asking(&person);
    fails(world, &transport, address(world, "", "pair.git"), TA_REFUSED, "none was given");
    free(person_leaves(&person));
    fails(world, &(struct ta_transport){0}, address(world, "", "pair.git"), TA_REFUSED,
          "none was given");
}

static void what_is_not_there_is_told(void **state)
{
    struct world *world = *state;
    static const struct ta_transport usual;
    char url[256];
    fails(world, &usual, address(world, "dana:t0p%2fsecret@", "other.git"), TA_ABSENT,
          "There is no repository at http://dana@127.0.0.1");
    (void)snprintf(url, sizeof url, "http://dana:secret@127.0.0.1:%d/pair.git", world->http_port);
    fails(world, &usual, url, TA_ABSENT, "There is no repository at http://dana@127.0.0.1");
}

/* Nor seen in the list of processes. */
static void a_password_in_the_address_works_and_is_not_told(void **state)
{
    struct world *world = *state;
    static const struct ta_transport usual;
    const char *url = address(world, "dana:t0p%2fsecret@", "pair.git");
    (void)says(world,
               "printf '#!/bin/sh\\ncat /proc/[0-9]*/cmdline 2>/dev/null | tr \"\\\\0\" "
               "\"\\\\n\" > %s/seen\\n' > pair.git/hooks/pre-receive && chmod +x "
               "pair.git/hooks/pre-receive",
               world->folder);
    assert_int_equal(pushes(world, &usual, url), TA_PUSH_DONE);
    assert_true(runs(world, "grep -q 'http://dana@127.0.0.1' seen"));
    assert_false(runs(world, "grep -qi 'secret' seen"));
    fetches(world, &usual, url);
    fails(world, &usual, address(world, "dana:not-secret@", "pair.git"), TA_REFUSED,
          "did not accept the user name and password");
}

/* The hook's words come with what a terminal would obey. */
static void a_hook_there_refuses(void **state)
{
    struct world *world = *state;
    static const struct ta_transport usual;
    (void)says(world, "printf '#!/bin/sh\\nprintf \"\\\\033[31mno secrets\\\\033]0;x\\\\007 of "
                      "yours\\\\n\" >&2\\nexit 1\\n' > pair.git/hooks/pre-receive && chmod +x "
                      "pair.git/hooks/pre-receive");
    assert_int_equal(pushes(world, &usual, address(world, "dana:t0p%2fsecret@", "pair.git")),
                     TA_PUSH_REFUSED);
    assert_int_equal(world->err.code, TA_REFUSED);
    assert_non_null(strstr(world->err.text, "of yours\")"));
    assert_null(strchr(world->err.text, '\033'));
    assert_null(strchr(world->err.text, '\007'));
    assert_false(runs(world, "git --git-dir=pair.git rev-parse -q --verify main"));
}

static void it_moved_meanwhile(void **state)
{
    struct world *world = *state;
    static const struct ta_transport usual;
    const char *url = address(world, "dana:t0p%2fsecret@", "pair.git");
    (void)says(world, "cd pair.git && git update-ref refs/heads/main $(git commit-tree -m other "
                      "$(git hash-object -t tree -w /dev/null))");
    assert_int_equal(pushes(world, &usual, url), TA_PUSH_MOVED);
    fetches(world, &usual, url);
}

/* Whoever runs the server may send git elsewhere: to no file here, and not with the password. */
static void a_redirect_leads_to_no_file(void **state)
{
    struct world *world = *state;
    char url[256];
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d/to-a-file/pair.git", world->http_port);
    fails(world, &(struct ta_transport){0}, url, TA_SYSTEM, "git could not reach");
    assert_non_null(strstr(world->err.text, "Protocol"));
}

static void a_redirect_to_another_host_is_asked_about(void **state)
{
    struct world *world = *state;
    char url[256];
    char expected[256];
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d/to-another/pair.git", world->http_port);
    struct person person = person_sits_down(NULL, 0);
    struct ta_transport transport = asking(&person);
    fails(world, &transport, url, TA_REFUSED, "user name and password");
    char *log = person_leaves(&person);
    (void)snprintf(expected, sizeof expected, "%d http://localhost:%d\n", TA_ASKED_USER,
                   world->http_port);
    assert_memory_equal(log, expected, strlen(expected));
    free(log);
}

int main(int argc, char **argv)
{
    if (access("/usr/sbin/lighttpd", X_OK) != 0 || argc < 2) {
        return SKIPPED;
    }
    asker = realpath(argv[1], NULL);
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_with_lighttpd, world_close)
        TEST(user_and_password_are_asked_for),
        TEST(a_wrong_password_is_told_and_the_right_one_taken),
        TEST(without_an_answer_it_fails),
        TEST(what_is_not_there_is_told),
        TEST(a_password_in_the_address_works_and_is_not_told),
        TEST(a_hook_there_refuses),
        TEST(it_moved_meanwhile),
        TEST(a_redirect_leads_to_no_file),
        TEST(a_redirect_to_another_host_is_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
