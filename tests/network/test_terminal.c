/* The whole way at a terminal: turnabout sync asks there what ssh asks, through git. */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "servers.h"
#include "turnabout/base/text.h"

enum { PATIENCE = 30000 /* milliseconds: as long as it takes to be wrong */ };

struct app {
    pid_t id;
    int terminal;
    struct ta_text seen;
};

static struct app open_app(const char *command)
{
    struct app app = {0};
    app.id = forkpty(&app.terminal, NULL, NULL, NULL);
    if (app.id == 0) {
        char *words[] = {"turnabout", (char *)command, NULL};
        (void)execv(asker, words);
        _exit(127);
    }
    return app;
}

/* False: it came to its end before that. */
static bool sees(struct app *app, const char *words)
{
    while (app->seen.length == 0 || strstr(app->seen.bytes, words) == NULL) {
        char bytes[512];
        struct pollfd ready = {app->terminal, POLLIN, 0};
        if (poll(&ready, 1, PATIENCE) != 1) {
            fail_msg("\"%s\" does not come: %s", words,
                     app->seen.length > 0 ? app->seen.bytes : "");
        }
        ssize_t length = read(app->terminal, bytes, sizeof bytes);
        if (length <= 0) {
            return false;
        }
        ta_text_add_bytes(&app->seen, bytes, (size_t)length);
    }
    return true;
}

static void must_see(struct app *app, const char *words)
{
    if (!sees(app, words)) {
        fail_msg("\"%s\" is not in: %s", words, app->seen.length > 0 ? app->seen.bytes : "");
    }
}

static void types(const struct app *app, const char *keys)
{
    assert_int_equal(write(app->terminal, keys, strlen(keys)), strlen(keys));
}

static bool echoes(const struct app *app)
{
    struct termios now;
    assert_int_equal(tcgetattr(app->terminal, &now), 0);
    return (now.c_lflag & ECHO) != 0;
}

/* Its exit status, or the signal that ended it as a negative one. */
static int finish(struct app *app)
{
    int status;
    assert_false(sees(app, "what never comes"));
    assert_int_equal(waitpid(app->id, &status, 0), app->id);
    ta_text_release(&app->seen);
    (void)close(app->terminal);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int open_with_pair(void **state)
{
    char home[4096];
    (void)world_open(state);
    struct world *world = *state;
    start_sshd(world);
    (void)snprintf(home, sizeof home, "%s/data", world->folder);
    assert_int_equal(setenv("TURNABOUT_HOME", home, 1), 0);
    (void)says(world,
               "T=%s && $T pair new --mentor 'Priya Raman' --mentee 'Dana Holt' --topic x && $T "
               "session start && $T session note '! The first' && $T session end && $T summary "
               "commit && $T remote set record locked-there:%s",
               asker, world->pair);
    return 0;
}

static void host_and_passphrase_are_asked_for_at_the_terminal(void **state)
{
    struct world *world = *state;
    struct app app = open_app("sync");
    must_see(&app, "is not known here yet. Its key is ED25519 SHA256:");
    must_see(&app, "(yes or no): ");
    types(&app, "y\n");
    must_see(&app, "Passphrase of the key");
    must_see(&app, "key_locked: ");
    assert_false(echoes(&app));
    types(&app, "open sesame\n");
    must_see(&app, "Record: ");
    assert_null(strstr(app.seen.bytes, "sesame"));
    const char *asked = strstr(app.seen.bytes, "Passphrase");
    assert_null(strstr(asked + 1, "Passphrase")); /* for fetch and push once */
    assert_int_equal(finish(&app), 0);
    assert_true(runs(world,
                     "test $(git --git-dir=pair.git rev-parse main) = $(git --git-dir=$(echo "
                     "data/pairs/*/record.git) rev-parse main)"));
}

/* No question is left behind, no terminal without its echo, and nothing that was begun. */
static void interrupted_it_leaves_the_terminal_as_it_was(void **state)
{
    struct world *world = *state;
    struct app app = open_app("sync");
    must_see(&app, "(yes or no): ");
    types(&app, "yes\n");
    must_see(&app, "key_locked: ");
    assert_false(echoes(&app));
    types(&app, "half a pass\003");
    must_see(&app, "was stopped");
    assert_true(echoes(&app));
    assert_int_not_equal(finish(&app), 0);
    assert_false(runs(world, "git --git-dir=pair.git rev-parse -q --verify main"));
}

int main(int argc, char **argv)
{
    if (access("/usr/sbin/sshd", X_OK) != 0 || argc < 2) {
        return SKIPPED;
    }
    asker = realpath(argv[1], NULL);
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_with_pair, world_close)
        TEST(host_and_passphrase_are_asked_for_at_the_terminal),
        TEST(interrupted_it_leaves_the_terminal_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
