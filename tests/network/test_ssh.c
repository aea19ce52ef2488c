#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "servers.h"

/* "ed25519-there:/folder/pair.git" */
static char *address(const struct world *world, const char *key)
{
    static char url[4096];
    (void)snprintf(url, sizeof url, "%s-there:%s", key, world->pair);
    return url;
}

static struct ta_transport asking(const struct person *person)
{
    return (struct ta_transport){.asker = asker, .asking = person->listener.path, .silence = 20};
}

static int open_with_sshd(void **state)
{
    (void)world_open(state);
    start_sshd(*state);
    return 0;
}

/* As if yes had been said before. */
static void know_host(const struct world *world)
{
    (void)says(world,
               "printf '[127.0.0.1]:%d %%s\\n' \"$(cut -d' ' -f1,2 host_key.pub)\" > "
               "known_hosts",
               world->ssh_port);
}

static void push(struct world *world, const struct ta_transport *transport, const char *url,
                 enum ta_push expected)
{
    enum ta_push result;
    bool ok = ta_transport_push(transport, world->record, url, world->tip, "main", NULL, &result,
                                &world->err);
    if (!ok && result == TA_PUSH_FAILED) {
        fail_msg("%s", world->err.text);
    }
    assert_int_equal(result, expected);
}

static void an_unknown_host_is_asked_about_once(void **state)
{
    struct world *world = *state;
    static const struct reply yes[] = {{TA_ASKED_HOST, "yes", 0}};
    struct person person = person_sits_down(yes, 1);
    struct ta_transport transport = asking(&person);
    fetches(world, &transport, address(world, "ed25519"));
    push(world, &transport, address(world, "ed25519"), TA_PUSH_DONE);
    fetches(world, &transport, address(world, "ed25519"));
    char *log = person_leaves(&person);
    char expected[256];
    (void)snprintf(expected, sizeof expected, "%d [127.0.0.1]:%d ([127.0.0.1]:%d)\n", TA_ASKED_HOST,
                   world->ssh_port, world->ssh_port);
    assert_string_equal(log, expected);
    free(log);
    assert_string_equal(says(world, "git --git-dir=pair.git rev-parse main"), world->tip);
}

static void an_unknown_host_may_be_declined(void **state)
{
    struct world *world = *state;
    struct person person = person_sits_down(NULL, 0);
    struct ta_transport transport = asking(&person);
    fails(world, &transport, address(world, "ed25519"), TA_REFUSED, "is not known here yet");
    char *log = person_leaves(&person);
    assert_non_null(strstr(log, "[127.0.0.1]"));
    free(log);
    fails(world, &(struct ta_transport){0}, address(world, "ed25519"), TA_REFUSED,
          "is not known here yet");
    assert_false(runs(world, "test -s known_hosts"));
}

static void a_changed_host_is_refused_without_a_question(void **state)
{
    struct world *world = *state;
    know_host(world);
    fetches(world, &(struct ta_transport){0}, address(world, "ed25519"));
    stop_sshd(world);
    (void)says(world, "rm host_key host_key.pub");
    start_sshd(world);
    static const struct reply yes[] = {{TA_ASKED_HOST, "yes", 0}};
    struct person person = person_sits_down(yes, 1);
    struct ta_transport transport = asking(&person);
    fails(world, &transport, address(world, "ed25519"), TA_REFUSED, "another key than it used to");
    char *log = person_leaves(&person);
    assert_string_equal(log, "");
    free(log);
}

static void an_rsa_key_is_as_good(void **state)
{
    struct world *world = *state;
    know_host(world);
    push(world, &(struct ta_transport){0}, address(world, "rsa"), TA_PUSH_DONE);
    fetches(world, &(struct ta_transport){0}, address(world, "rsa"));
}

static void a_passphrase_is_asked_for_until_it_is_right(void **state)
{
    struct world *world = *state;
    static const struct reply replies[] = {{TA_ASKED_PASSPHRASE, "open barley", 0},
                                           {TA_ASKED_PASSPHRASE, "open sesame", 0}};
    char expected[4200];
    know_host(world);
    struct person person = person_sits_down(replies, 2);
    struct ta_transport transport = asking(&person);
    fetches(world, &transport, address(world, "locked"));
    char *log = person_leaves(&person);
    (void)snprintf(expected, sizeof expected, "%d %s/key_locked\n%d %s/key_locked\n",
                   TA_ASKED_PASSPHRASE, world->folder, TA_ASKED_PASSPHRASE, world->folder);
    assert_string_equal(log, expected);
    free(log);
    person = person_sits_down(NULL, 0);
    transport = asking(&person);
    fails(world, &transport, address(world, "locked"), TA_REFUSED, "did not accept you");
    free(person_leaves(&person));
}

/* The time in which a person thinks is not silence. */
static void a_person_may_think(void **state)
{
    struct world *world = *state;
    static const struct reply slow[] = {{TA_ASKED_PASSPHRASE, "open sesame", 6000}};
    know_host(world);
    struct person person = person_sits_down(slow, 1);
    struct ta_transport transport = asking(&person);
    transport.silence = 5;
    fetches(world, &transport, address(world, "locked"));
    free(person_leaves(&person));
}

static void a_stranger_is_told_so(void **state)
{
    struct world *world = *state;
    know_host(world);
    fails(world, &(struct ta_transport){0}, address(world, "stranger"), TA_REFUSED,
          "none of your ssh keys is known there");
}

static void nothing_there_is_told(void **state)
{
    struct world *world = *state;
    know_host(world);
    fails(world, &(struct ta_transport){0}, "ed25519-there:/nowhere/pair.git", TA_ABSENT,
          "There is no repository at ed25519-there:/nowhere/pair.git");
    stop_sshd(world);
    fails(world, &(struct ta_transport){0}, address(world, "ed25519"), TA_SYSTEM,
          "Nothing takes a connection at");
}

static void a_connection_may_break_off(void **state)
{
    struct world *world = *state;
    know_host(world);
    (void)says(world, "head -c 500000 /dev/urandom > random && cd pair.git && git update-ref "
                      "refs/heads/main $(git commit-tree -m big $(printf '100644 blob %%s\\tx\\n' "
                      "$(git hash-object -w ../random) | git mktree))");
    fails(world, &(struct ta_transport){0}, address(world, "cut"), TA_SYSTEM, "broke off");
    assert_false(runs(world, "git --git-dir=record.git rev-parse -q --verify " TA_REF_INCOMING));
    assert_string_equal(says(world, "find record.git/objects -name 'tmp_*'"), "");
    fetches(world, &(struct ta_transport){0}, address(world, "ed25519"));
    assert_string_equal(says(world, "git --git-dir=record.git fsck --strict"), "");
}

static void endless_slow_and_mute_ones_are_given_up(void **state)
{
    struct world *world = *state;
    know_host(world);
    fails(world, &(struct ta_transport){0}, address(world, "endless"), TA_DAMAGED,
          "words without end");
    struct ta_transport brief = {.seconds = 4};
    fails(world, &brief, address(world, "drip"), TA_SYSTEM, "was not done within 4 seconds");
    brief = (struct ta_transport){.silence = 2};
    fails(world, &brief, address(world, "mute"), TA_SYSTEM, "nothing came for 2 seconds");
}

int main(int argc, char **argv)
{
    if (access("/usr/sbin/sshd", X_OK) != 0 || argc < 2) {
        return SKIPPED;
    }
    asker = realpath(argv[1], NULL);
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_with_sshd, world_close)
        TEST(an_unknown_host_is_asked_about_once),
        TEST(an_unknown_host_may_be_declined),
        TEST(a_changed_host_is_refused_without_a_question),
        TEST(an_rsa_key_is_as_good),
        TEST(a_passphrase_is_asked_for_until_it_is_right),
        TEST(a_person_may_think),
        TEST(a_stranger_is_told_so),
        TEST(nothing_there_is_told),
        TEST(a_connection_may_break_off),
        TEST(endless_slow_and_mute_ones_are_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
