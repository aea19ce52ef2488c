/* What git says, by a git that says what it is told to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pretence.h"
#include "turnabout/base/unicode.h"
#include "turnabout/ledger/refs.h"
#include "turnabout/ledger/transport.h"

static const struct ta_transport usual;

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
    {"fatal: sha1 file '/h/objects/pack/tmp_idx_x' write error. Out of diskspace\nfatal: "
     "fetch-pack: invalid index-pack output\n",
     TA_SYSTEM, "The disk is full"},
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
    {"fatal: new under the sun\n" GIT_ENDS, TA_SYSTEM, "(\"fatal: new under the sun\")"},
    {GIT_ENDS, TA_SYSTEM, "git could not reach"},
    {"", TA_SYSTEM, "git could not reach"},
};

static void test_words_of_git_are_understood(void **state)
{
    struct world *world = *state;
    pretend(world, "cat \"$HOME/said\" >&2; exit 128");
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        has_said(world, messages[i].said, strlen(messages[i].said));
        fetch_fails(world, &usual, "https://dana:secret@host/pair.git", messages[i].code,
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
        fetch_fails(world, &usual, "https://host/pair.git", TA_SYSTEM, "https://host/pair.git");
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
    fetch_fails(world, &transport, "https://host/pair.git", TA_SYSTEM, "git could not reach");
    stop_pretending(world);
    for (size_t i = 0; i < sizeof strays / sizeof strays[0]; i++) {
        assert_int_equal(unsetenv(strays[i]), 0);
    }
    assert_string_equal(world_says(world, "grep -E '^(GIT_|SSH_ASK|LC_ALL|LANGUAGE|TURNABOUT)' "
                                          "environment | sort | sed -E "
                                          "'s/^(TURNABOUT_ASKER=)[0-9a-f]{32}$/\\1a word/'"),
                        "GIT_ALLOW_PROTOCOL=file:git:http:https:ssh\n"
                        "GIT_ASKPASS=/usr/bin/turnabout\n"
                        "GIT_NO_REPLACE_OBJECTS=1\n"
                        "GIT_TERMINAL_PROMPT=0\n"
                        "LC_ALL=C\n"
                        "SSH_ASKPASS=/usr/bin/turnabout\n"
                        "SSH_ASKPASS_REQUIRE=force\n"
                        "TURNABOUT_ASKER=a word\n"
                        "TURNABOUT_ASKING=/run/asking");
}

/* A banner is the other side's: only the asker stops the clock. */
static void test_a_banner_does_not_stop_the_clock(void **state)
{
    struct world *world = *state;
    struct ta_transport transport = {
        .asker = "/usr/bin/turnabout", .asking = "/run/asking", .silence = 1, .seconds = 4};
    pretend(world, "echo \"turnabout: a question is asked\" >&2; "
                   "echo \"turnabout: a question is asked 1\" >&2; exec sleep 20");
    fetch_fails(world, &transport, "https://host/pair.git", TA_SYSTEM, "nothing came for 1 second");
    pretend(world, "echo \"turnabout: a question is asked $TURNABOUT_ASKER\" >&2; exec sleep 20");
    fetch_fails(world, &transport, "https://host/pair.git", TA_SYSTEM,
                "was not done within 4 seconds");
    stop_pretending(world);
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
    fetch_fails(world, &transport, "https://host/pair.git", TA_SYSTEM, "broke off");
    stop_pretending(world);
    assert_string_equal(seen, "connecting 0, preparing 50, preparing 100, receiving 42, receiving "
                              "100, checking 100, ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_with_record, world_close)
        TEST(test_words_of_git_are_understood),  TEST(test_any_words_make_a_sentence),
        TEST(test_git_gets_a_clean_environment), TEST(test_a_banner_does_not_stop_the_clock),
        TEST(test_progress_is_told_once_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
