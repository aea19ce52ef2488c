#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "turnabout/base/asking.h"
#include "turnabout/base/unicode.h"
#include "turnabout/ledger/refs.h"
#include "turnabout/ledger/transport.h"
#include "world.h"

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

static void fails(struct world *world, const struct ta_transport *transport, const char *url,
                  enum ta_code code, const char *words)
{
    char tip[TA_ID_SIZE];
    assert_false(ta_transport_fetch(transport, world->record, url, "main", TA_REF_INCOMING, tip,
                                    &world->err));
    if (strstr(world->err.text, words) == NULL) {
        fail_msg("\"%s\" is not in: %s", words, world->err.text);
    }
    assert_int_equal(world->err.code, code);
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
    fails(world, &usual, url, TA_ABSENT, "There is nothing at");
    assert_true(world_runs(world, "mkdir plain"));
    (void)snprintf(url, sizeof url, "%s/plain", world->folder);
    fails(world, &usual, url, TA_ABSENT, "There is no repository at");
    fails(world, &usual, "http://dana:secret@127.0.0.1:1/x.git", TA_SYSTEM,
          "Nothing takes a connection at http://dana@127.0.0.1:1/x.git");
    fails(world, &usual, "http://no-such-host.invalid/x.git", TA_ABSENT, "was not found");
    fails(world, &usual, "ext::sh -c true", TA_WRONG, "of a kind that is not used here");
    char *path = strdup(getenv("PATH"));
    assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
    fails(world, &usual, url, TA_SYSTEM, "apt install git");
    assert_int_equal(setenv("PATH", path, 1), 0);
    free(path);
}

/* A git that writes what stands in the file "said" to standard error, and ends with 128. */
static void pretend(struct world *world, const char *script)
{
    static char *path;
    free(path);
    path = strdup(getenv("PATH"));
    assert_true(world_runs(world,
                           "mkdir -p bin && printf '%%s\n' '#!/bin/sh' '%s' > bin/git && "
                           "chmod +x bin/git",
                           script));
    char all[8192];
    (void)snprintf(all, sizeof all, "%s/bin:%s", world->folder, path);
    assert_int_equal(setenv("PATH", all, 1), 0);
}

static void stop_pretending(struct world *world)
{
    const char *path = getenv("PATH");
    assert_int_equal(setenv("PATH", path + strlen(world->folder) + strlen("/bin:"), 1), 0);
}

static void has_said(struct world *world, const char *bytes, size_t length)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/said", world->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

struct message {
    const char *said; /* by git 2.39, OpenSSH 9.2, curl 7.88 */
    enum ta_code code;
    const char *words;
};

#define GIT_ENDS                                                                                   \
    "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct "      \
    "access rights\nand the repository exists.\n"

static const struct message messages[] = {
    {"ssh: Could not resolve hostname nohost: Name or service not known\r\n" GIT_ENDS, TA_ABSENT,
     "was not found"},
    {"fatal: unable to access 'https://h/x/': Could not resolve host: h\n", TA_ABSENT,
     "was not found"},
    {"ssh: connect to host h port 22: Connection refused\r\n" GIT_ENDS, TA_SYSTEM,
     "Nothing takes a connection"},
    {"ssh: connect to host h port 22: No route to host\r\n" GIT_ENDS, TA_SYSTEM,
     "cannot be reached"},
    {"ssh: connect to host h port 22: Connection timed out\r\n" GIT_ENDS, TA_SYSTEM,
     "cannot be reached"},
    {"@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n@@@@@@@@@\nHost key "
     "verification failed.\r\n" GIT_ENDS,
     TA_REFUSED, "another key than it used to"},
    {"No ED25519 host key is known for h and you have requested strict checking.\r\nHost key "
     "verification failed.\r\n" GIT_ENDS,
     TA_REFUSED, "is not known here yet"},
    {"git@h: Permission denied (publickey).\r\n" GIT_ENDS, TA_REFUSED, "none of your ssh keys"},
    {"Permission denied, please try again.\r\nd@h: Permission denied "
     "(publickey,password).\r\n" GIT_ENDS,
     TA_REFUSED, "none of your ssh keys"},
    {"Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures\r\n" GIT_ENDS,
     TA_REFUSED, "none of your ssh keys"},
    {"Unable to negotiate with 10.0.0.1 port 22: no matching host key type found. Their offer: "
     "ssh-dss\r\n" GIT_ENDS,
     TA_SYSTEM, "no method in common"},
    {"kex_exchange_identification: Connection closed by remote host\r\n" GIT_ENDS, TA_SYSTEM,
     "broke off"},
    {"bash: line 1: git-upload-pack: command not found\n" GIT_ENDS, TA_SYSTEM,
     "git is not installed where"},
    {"ERROR: Repository not found.\n" GIT_ENDS, TA_ABSENT, "There is no repository"},
    {"error: cannot run ssh: No such file or directory\nfatal: unable to fork\n", TA_SYSTEM,
     "openssh-client"},
    {"remote: Invalid username or password.\nfatal: Authentication failed for 'https://h/x/'\n",
     TA_REFUSED, "did not accept the user name and password"},
    {"fatal: could not read Username for 'https://h': terminal prompts disabled\n", TA_REFUSED,
     "none was given"},
    {"fatal: unable to access 'https://h/x/': The requested URL returned error: 403\n", TA_REFUSED,
     "You may not do that"},
    {"fatal: unable to access 'https://h/x/': The requested URL returned error: 503\n", TA_SYSTEM,
     "wrong on its side"},
    {"fatal: repository 'https://h/x/' not found\n", TA_ABSENT, "There is no repository"},
    {"fatal: unable to access 'https://h/x/': SSL certificate problem: self-signed certificate\n",
     TA_REFUSED, "certificate"},
    {"fatal: unable to access 'https://h/x/': server certificate verification failed. CAfile: "
     "none CRLfile: none\n",
     TA_REFUSED, "certificate"},
    {"fatal: detected dubious ownership in repository at '/srv/x.git'\n", TA_REFUSED,
     "belongs to another user"},
    {"fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output\n",
     TA_SYSTEM, "The disk is full"},
    {"fatal: write error: File too large\nfatal: fetch-pack: invalid index-pack output\n",
     TA_DAMAGED, "more than a record can hold"},
    {"error: object 5fe1: missingEmail: invalid author/committer line\nfatal: fsck error in packed "
     "object\nfatal: fetch-pack: invalid index-pack output\n",
     TA_DAMAGED, "damaged or made up"},
    {"error: inflate: data stream error (incorrect header check)\nfatal: pack is corrupted\n",
     TA_DAMAGED, "damaged or made up"},
    {"fetch-pack: unexpected disconnect while reading sideband packet\nfatal: early EOF\nfatal: "
     "fetch-pack: invalid index-pack output\n",
     TA_SYSTEM, "broke off"},
    {"error: RPC failed; curl 56 Recv failure: Connection reset by peer\n", TA_SYSTEM, "broke off"},
    {"client_loop: send disconnect: Broken pipe\r\nfatal: the remote end hung up unexpectedly\n",
     TA_SYSTEM, "broke off"},
    {"error: cannot lock ref 'refs/turnabout/incoming': Unable to create "
     "'/x/record.git/refs/turnabout/incoming.lock': File exists.\n",
     TA_BUSY, "try again in a moment"},
    {"error: unknown option `no-write-fetch-head'\nusage: git fetch [<options>]\n", TA_SYSTEM,
     "too old"},
    {"fatal: mismatched algorithms: client sha1; server sha256\n", TA_DAMAGED, "in a format"},
    {"fatal: bad line length character: Welc\n", TA_SYSTEM, "no git repository"},
    {"something \033[31mnew\033[m \342\200\256 under the sun\n", TA_SYSTEM, "under the sun\")"},
    {"remote: \033]52;c;aGk=\007 is all it says\n", TA_SYSTEM, "is all it says\")"},
    {"", TA_SYSTEM, "git could not reach"},
};

static void test_words_of_git_are_understood(void **state)
{
    struct world *world = *state;
    pretend(world, "cat \"$HOME/said\" >&2; exit 128");
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        has_said(world, messages[i].said, strlen(messages[i].said));
        fails(world, &usual, "https://dana:secret@host/pair.git", messages[i].code,
              messages[i].words);
        assert_null(strstr(world->err.text, "secret"));
        assert_true(ta_is_line(ta_piece_of(world->err.text)));
    }
    stop_pretending(world);
}

/* Lines without an end, more than anybody reads, NULs, text that is none: a sentence all the same.
 */
static void test_any_words_make_a_sentence(void **state)
{
    struct world *world = *state;
    enum { MUCH = 3000000 };
    char *bytes = malloc(MUCH);
    unsigned seed = 1;
    assert_non_null(bytes);
    pretend(world, "cat \"$HOME/said\" >&2; exit 128");
    for (int round = 0; round < 24; round++) {
        size_t length = round == 0 ? MUCH : 5000;
        for (size_t i = 0; i < length; i++) {
            seed = seed * 1103515245U + 12345U;
            bytes[i] = (char)(round == 1 ? 'x' : seed >> 16);
        }
        has_said(world, bytes, length);
        fails(world, &usual, "https://host/pair.git", TA_SYSTEM, "https://host/pair.git");
        assert_true(ta_is_line(ta_piece_of(world->err.text)));
        assert_true(strlen(world->err.text) < 700);
    }
    free(bytes);
    stop_pretending(world);
}

static void test_git_gets_a_clean_environment(void **state)
{
    struct world *world = *state;
    struct ta_transport transport = {.asker = "/usr/bin/turnabout", .asking = "/run/asking"};
    const char *const strays[] = {"GIT_DIR",       "GIT_SSH_COMMAND", "GIT_TRACE",
                                  "GIT_EXEC_PATH", "LANGUAGE",        "SSH_ASKPASS_PROMPT"};
    for (size_t i = 0; i < sizeof strays / sizeof strays[0]; i++) {
        assert_int_equal(setenv(strays[i], "stray", 1), 0);
    }
    pretend(world, "env > \"$HOME/environment\"; exit 128");
    fails(world, &transport, "https://host/pair.git", TA_SYSTEM, "git could not reach");
    stop_pretending(world);
    for (size_t i = 0; i < sizeof strays / sizeof strays[0]; i++) {
        assert_int_equal(unsetenv(strays[i]), 0);
    }
    assert_string_equal(world_says(world, "grep -E '^(GIT_|SSH_ASK|LC_ALL|LANGUAGE|TURNABOUT)' "
                                          "environment | sort"),
                        "GIT_ALLOW_PROTOCOL=file:git:http:https:ssh\n"
                        "GIT_ASKPASS=/usr/bin/turnabout\n"
                        "GIT_NO_REPLACE_OBJECTS=1\n"
                        "GIT_TERMINAL_PROMPT=0\n"
                        "LC_ALL=C\n"
                        "SSH_ASKPASS=/usr/bin/turnabout\n"
                        "SSH_ASKPASS_REQUIRE=force\n"
                        "TURNABOUT_ASKER=1\n"
                        "TURNABOUT_ASKING=/run/asking");
}

static void note_progress(const char *phase, unsigned percent, void *data)
{
    char *seen = data;
    (void)sprintf(seen + strlen(seen), "%s %u, ", phase, percent);
}

static void test_progress_is_told_once_each(void **state)
{
    struct world *world = *state;
    static const char said[] =
        "remote: Enumerating objects: 5, done.\nremote: Compressing objects:  50% (1/2)   \r"
        "remote: Compressing objects: 100% (2/2)   \rremote: Compressing objects: 100% (2/2), "
        "done.\nReceiving objects:  42% (5/12)\rReceiving objects:  42% (6/12), 1.2 MiB | 1 "
        "MiB/s\rReceiving objects: 999% (5/12)\rReceiving objects: 100% (12/12)\r\nResolving "
        "deltas: 100% (2/2)\n\033[2J: 7%\nfatal: early EOF\n";
    char seen[1024] = "";
    struct ta_transport transport = {.progress = note_progress, .data = seen};
    has_said(world, said, strlen(said));
    pretend(world, "cat \"$HOME/said\" >&2; exit 128");
    fails(world, &transport, "https://host/pair.git", TA_SYSTEM, "broke off");
    stop_pretending(world);
    assert_string_equal(seen, "connecting 0, preparing 50, preparing 100, receiving 42, receiving "
                              "100, checking 100, ");
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
        TEST(test_a_branch_that_moved_is_left_alone),
        TEST(test_a_hook_that_refuses_is_quoted),
        TEST(test_hooks_and_variables_of_the_person_have_no_say),
        TEST(test_each_trouble_has_its_sentence),
        TEST(test_words_of_git_are_understood),
        TEST(test_any_words_make_a_sentence),
        TEST(test_git_gets_a_clean_environment),
        TEST(test_progress_is_told_once_each),
        TEST(test_which_addresses_can_be_used),
        TEST(test_a_password_is_not_shown),
        TEST(test_a_path_becomes_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
