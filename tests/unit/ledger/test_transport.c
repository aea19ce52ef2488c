#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "pretence.h"
#include "turnabout/base/asking.h"
#include "turnabout/ledger/refs.h"
#include "turnabout/ledger/transport.h"

static const struct ta_transport usual;

/* A bare repository beside the record, "<folder>/NAME". */
static const char *remote(struct world *world, const char *name)
{
    static char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", world->folder, name);
    assert_true(world_runs(world, "env -u GIT_DIR git init -q --bare -b main %s", name));
    return path;
}

static enum ta_push pushes(struct world *world, const char *url, const char *commit,
                           const char *expected)
{
    enum ta_push result;
    bool ok = ta_transport_push(&usual, world->record, url, commit, "main", expected, &result,
                                &world->err);
    if (!ok && result == TA_PUSH_FAILED) {
        fail_msg("%s", world->err.text);
    }
    assert_int_equal(ok, result != TA_PUSH_REFUSED);
    return result;
}

static const char *fetches(struct world *world, const char *url)
{
    static char tip[TA_ID_SIZE];
    if (!ta_transport_fetch(&usual, world->record, url, "main", TA_REF_INCOMING, tip,
                            &world->err)) {
        fail_msg("%s", world->err.text);
    }
    return tip;
}

static void test_what_is_pushed_is_fetched(void **state)
{
    struct world *world = *state;
    const char *url = remote(world, "pair.git");
    assert_string_equal(fetches(world, url), "");
    world_commit(world, 1, "README.md", "one\n");
    assert_int_equal(pushes(world, url, world->id, NULL), TA_PUSH_DONE);
    assert_int_equal(pushes(world, url, world->id, NULL), TA_PUSH_DONE);
    assert_string_equal(world_says(world, "git --git-dir=pair.git rev-parse main"), world->id);
    assert_string_equal(fetches(world, url), world->id);
    assert_string_equal(fetches(world, url), world->id);
    assert_string_equal(world_says(world, "git rev-parse " TA_REF_INCOMING), world->id);
    assert_false(world_runs(world, "test -e record.git/FETCH_HEAD"));
    world_is_sound(world);
}

/* A machine that lost its power in the middle of a fetch. */
static void test_a_lock_that_was_left_is_not_for_ever(void **state)
{
    struct world *world = *state;
    const char *url = remote(world, "pair.git");
    world_commit(world, 1, "README.md", "one\n");
    assert_int_equal(pushes(world, url, world->id, NULL), TA_PUSH_DONE);
    assert_string_equal(fetches(world, url), world->id);
    world_commit(world, 1, "README.md", "two\n");
    assert_int_equal(pushes(world, url, world->id, NULL), TA_PUSH_DONE);
    assert_true(world_runs(world, "touch record.git/" TA_REF_INCOMING ".lock"));
    fetch_fails(world, &usual, url, TA_BUSY, "Another program is at work");
    assert_true(world_runs(world, "touch -d '1 minute ago' record.git/" TA_REF_INCOMING ".lock"));
    assert_string_equal(fetches(world, url), world->id);
}

/* Loose or packed, and what is moved back is new, too. */
static void test_without_news_git_is_not_asked(void **state)
{
    struct world *world = *state;
    const char *url = remote(world, "pair.git");
    char first[TA_ID_SIZE];
    world_commit(world, 1, "README.md", "one\n");
    (void)strcpy(first, world->id);
    world_commit(world, 1, "README.md", "two\n");
    assert_int_equal(pushes(world, url, world->id, NULL), TA_PUSH_DONE);
    assert_string_equal(fetches(world, url), world->id);
    pretend(world, "touch \"$HOME/asked\"; exit 128");
    assert_string_equal(fetches(world, url), world->id);
    stop_pretending(world);
    assert_true(world_runs(world, "git --git-dir=pair.git pack-refs --all"));
    pretend(world, "touch \"$HOME/asked\"; exit 128");
    assert_string_equal(fetches(world, url), world->id);
    stop_pretending(world);
    assert_false(world_runs(world, "test -e asked"));
    assert_true(world_runs(world, "git --git-dir=pair.git update-ref refs/heads/main %s", first));
    assert_string_equal(fetches(world, url), first);
    assert_string_equal(world_says(world, "git rev-parse " TA_REF_INCOMING), first);
}

static void test_a_branch_that_moved_is_left_alone(void **state)
{
    struct world *world = *state;
    const char *url = remote(world, "pair.git");
    char first[TA_ID_SIZE];
    char other[TA_ID_SIZE];
    world_commit(world, 1, "README.md", "one\n");
    (void)strcpy(first, world->id);
    assert_int_equal(pushes(world, url, first, NULL), TA_PUSH_DONE);
    (void)strcpy(other,
                 world_says(world, "git commit-tree -p %s -m other %s^{tree}", first, first));
    assert_true(world_runs(world, "git push -q pair.git %s:main", other));
    world_commit(world, 2, "README.md", "two\n");
    assert_int_equal(pushes(world, url, world->id, NULL), TA_PUSH_MOVED);
    assert_int_equal(pushes(world, url, world->id, first), TA_PUSH_MOVED);
    assert_int_equal(pushes(world, url, world->id, ""), TA_PUSH_MOVED);
    assert_string_equal(world_says(world, "git --git-dir=pair.git rev-parse main"), other);
    assert_int_equal(pushes(world, url, world->id, other), TA_PUSH_DONE);
    assert_string_equal(world_says(world, "git --git-dir=pair.git rev-parse main"), world->id);
}

static void test_a_hook_that_refuses_is_quoted(void **state)
{
    struct world *world = *state;
    const char *url = remote(world, "pair.git");
    world_commit(world, 1, "README.md", "one\n");
    assert_true(world_runs(world, "printf '#!/bin/sh\\nprintf \"\\\\033[2Jno \\\\342\\\\200\\\\256"
                                  "records here\\\\n\" >&2\\nexit 1\\n' > "
                                  "pair.git/hooks/pre-receive && chmod +x "
                                  "pair.git/hooks/pre-receive"));
    assert_int_equal(pushes(world, url, world->id, NULL), TA_PUSH_REFUSED);
    assert_int_equal(world->err.code, TA_REFUSED);
    assert_non_null(strstr(world->err.text, "records here\""));
    for (const char *at = world->err.text; *at != '\0'; at++) {
        assert_true((unsigned char)*at >= ' ');
    }
    assert_null(strstr(world->err.text, "\342\200\256"));
}

static void test_hooks_and_variables_of_the_person_have_no_say(void **state)
{
    struct world *world = *state;
    const char *url = remote(world, "pair.git");
    world_commit(world, 1, "README.md", "one\n");
    assert_true(world_runs(world,
                           "mkdir hooks && printf '#!/bin/sh\\ntouch %s/ran\\nexit 1\\n' > "
                           "hooks/pre-push && chmod +x hooks/pre-push && git config --file "
                           ".gitconfig core.hooksPath %s/hooks",
                           world->folder, world->folder));
    assert_int_equal(setenv("GIT_DIR", "/nowhere/else.git", 1), 0);
    assert_int_equal(setenv("GIT_OBJECT_DIRECTORY", "/nowhere/objects", 1), 0);
    assert_int_equal(setenv("GIT_CONFIG_COUNT", "1", 1), 0);
    assert_int_equal(setenv("GIT_CONFIG_KEY_0", "alias.push", 1), 0);
    assert_int_equal(unsetenv("GIT_CONFIG_GLOBAL"), 0);
    enum ta_push pushed = pushes(world, url, world->id, NULL);
    const char *fetched = fetches(world, url);
    assert_int_equal(unsetenv("GIT_OBJECT_DIRECTORY"), 0);
    assert_int_equal(unsetenv("GIT_CONFIG_COUNT"), 0);
    assert_int_equal(unsetenv("GIT_CONFIG_KEY_0"), 0);
    assert_int_equal(pushed, TA_PUSH_DONE);
    assert_string_equal(fetched, world->id);
    assert_false(world_runs(world, "test -e ran"));
}

static void test_each_trouble_has_its_sentence(void **state)
{
    struct world *world = *state;
    char url[4096];
    (void)snprintf(url, sizeof url, "%s/nothing.git", world->folder);
    fetch_fails(world, &usual, url, TA_ABSENT, "There is nothing at");
    assert_true(world_runs(world, "mkdir plain"));
    (void)snprintf(url, sizeof url, "%s/plain", world->folder);
    fetch_fails(world, &usual, url, TA_ABSENT, "There is no repository at");
    fetch_fails(world, &usual, "http://dana:secret@127.0.0.1:1/x.git", TA_SYSTEM,
                "Nothing takes a connection at http://dana@127.0.0.1:1/x.git");
    fetch_fails(world, &usual, "http://no-such-host.invalid/x.git", TA_ABSENT, "was not found");
    fetch_fails(world, &usual, "ext::sh -c true", TA_WRONG, "of a kind that is not used here");
    char *path = strdup(getenv("PATH"));
    assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
    fetch_fails(world, &usual, url, TA_SYSTEM, "apt install git");
    assert_int_equal(setenv("PATH", path, 1), 0);
    free(path);
}

static void test_which_addresses_can_be_used(void **state)
{
    struct world *world = *state;
    static const char *const good[] = {
        "/srv/pair.git",
        "file:///srv/pair.git",
        "http://h/x",
        "https://dana@h:8443/x.git",
        "ssh://dana@h:22/x.git",
        "git://h/x",
        "dana@h:pair.git",
        "host:/srv/x",
        "h:x",
        "ssh://[::1]:22/x",
        "/srv/with blank/p\303\244ir.git",
        "/-x",
        "/srv/a:b",
    };
    static const char *const bad[] = {
        "",
        "-",
        "--upload-pack=touch x",
        "ext::sh -c 'touch x'",
        "fd::3",
        "pair.git",
        "./pair.git",
        "../x",
        "ssh://-oProxyCommand=x/y",
        "ssh://dana@-oX/y",
        "http:///x",
        "https://",
        "file://h/x",
        "ftp://h/x",
        "svn://h/x",
        "host:",
        ":x",
        "/srv/x\n",
        "/srv/\033[2J",
        "/srv/\377",
        "HTTP://h/x",
        "-h:x",
        "javascript:alert(1)//\r",
        "http://:80/x",
        "transport::address",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        if (!ta_transport_url(good[i], &world->err)) {
            fail_msg("%s", world->err.text);
        }
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (ta_transport_url(bad[i], &world->err)) {
            fail_msg("taken: %s", bad[i]);
        }
        assert_int_equal(world->err.code, TA_WRONG);
    }
}

static void is_shown(const char *url, const char *expected)
{
    char *shown = ta_transport_shown(url);
    assert_string_equal(shown, expected);
    free(shown);
}

static void test_a_password_is_not_shown(void **state)
{
    (void)state;
    is_shown("https://dana:secret@h/x", "https://dana@h/x");
    is_shown("https://dana:se:cr@et@h:8443/x", "https://dana@h:8443/x");
    is_shown("https://:secret@h", "https://@h");
    is_shown("https://dana@h/a:b@c", "https://dana@h/a:b@c");
    is_shown("ssh://dana:secret@h/x", "ssh://dana@h/x");
    is_shown("dana@h:x", "dana@h:x");
    is_shown("/srv/a:b@c", "/srv/a:b@c");
    is_shown("", "");
}

static void is_absolute(const char *url, const char *expected)
{
    char *absolute = ta_transport_absolute(url);
    assert_string_equal(absolute, expected);
    free(absolute);
}

static void test_a_path_becomes_whole(void **state)
{
    struct world *world = *state;
    char expected[4096];
    char *folder = getcwd(NULL, 0);
    (void)snprintf(expected, sizeof expected, "%s/pair.git", folder);
    is_absolute("pair.git", expected);
    (void)snprintf(expected, sizeof expected, "%s/../a:b", folder);
    is_absolute("../a:b", expected);
    (void)snprintf(expected, sizeof expected, "%s/pair.git", world->folder);
    is_absolute("~/pair.git", expected);
    is_absolute("/srv/pair.git", "/srv/pair.git");
    is_absolute("dana@h:x", "dana@h:x");
    is_absolute("https://h/x", "https://h/x");
    is_absolute("-x", "-x");
    is_absolute("", "");
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_with_record, world_close)
        TEST(test_what_is_pushed_is_fetched),
        TEST(test_a_lock_that_was_left_is_not_for_ever),
        TEST(test_without_news_git_is_not_asked),
        TEST(test_a_branch_that_moved_is_left_alone),
        TEST(test_a_hook_that_refuses_is_quoted),
        TEST(test_hooks_and_variables_of_the_person_have_no_say),
        TEST(test_each_trouble_has_its_sentence),
        TEST(test_which_addresses_can_be_used),
        TEST(test_a_password_is_not_shown),
        TEST(test_a_path_becomes_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
