/* What a person meets in the app when it syncs with a real server: passwords, passphrases and keys
 * of hosts asked on its own screen; stopped, left and killed in the middle. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "servers.h"
#include "terminal.h"

enum { TRIES = 2000, PAUSE = 10 /* milliseconds */ };

static struct terminal *apps[4];
static size_t app_count;

static int open_world(void **state)
{
    (void)world_open(state);
    struct world *world = *state;
    char *home = NULL;
    assert_true(asprintf(&home, "%s/home", world->folder) > 0);
    assert_int_equal(setenv("TURNABOUT_HOME", home, 1), 0);
    free(home);
    (void)says(world,
               "rm -rf pair.git && git init -q --bare -b main pair.git && "
               "%s pair new --mentor 'Priya Raman' --mentee 'Dana Holt' "
               "--topic 'Who gets heard' --as mentee",
               asker);
    return 0;
}

static int close_world(void **state)
{
    while (app_count > 0) {
        terminal_close(apps[--app_count]);
    }
    return world_close(state);
}

static struct terminal *open_app(void)
{
    char *const arguments[] = {(char *)asker, NULL};
    struct terminal *app = terminal_open(arguments, environ, 24, 80);
    apps[app_count++] = app;
    see(app, "[Enter]");
    return app;
}

static void lies_at_ssh(struct world *world, const char *key)
{
    start_sshd(world);
    (void)says(world, "%s remote set record %s-there:%s", asker, key, world->pair);
}

static void know_host(const struct world *world)
{
    (void)says(world,
               "printf '[127.0.0.1]:%d %%s\\n' \"$(cut -d' ' -f1,2 host_key.pub)\" > known_hosts",
               world->ssh_port);
}

static void is_sent(const struct world *world)
{
    (void)says(world, "test \"$(git --git-dir=pair.git rev-parse main)\" = "
                      "\"$(git --git-dir=home/pairs/priya-dana/record.git rev-parse main)\"");
}

static void is_sound(const struct world *world)
{
    (void)says(world, "git --git-dir=home/pairs/priya-dana/record.git fsck --strict --no-dangling");
    (void)says(world, "%s pair show", asker);
}

/* Nothing that a sync started runs any more: all of it knows this folder by its environment. */
static void nobody_is_left(const struct world *world)
{
    struct timespec pause = {.tv_nsec = PAUSE * 1000000L};
    bool gone = false;
    for (int i = 0; i < TRIES && !gone; i++) {
        gone = !runs(world, "grep -lz 'TURNABOUT_ASKING=' /proc/[0-9]*/environ 2>/dev/null | "
                            "xargs -r -n1 dirname | while read p; do "
                            "grep -qz \"TURNABOUT_HOME=$TURNABOUT_HOME\" $p/environ && echo $p; "
                            "done | grep .");
        (void)nanosleep(&pause, NULL);
    }
    assert_true(gone);
}

static void a_host_and_a_passphrase_are_asked_about_here(void **state)
{
    struct world *world = *state;
    char fingerprint[128];
    lies_at_ssh(world, "locked");
    (void)snprintf(fingerprint, sizeof fingerprint, "%s",
                   says(world, "ssh-keygen -lf host_key.pub | cut -d' ' -f2"));
    struct terminal *app = open_app();
    terminal_press(app, "S");
    see(app, "Sync asks");
    see(app, "Is this the key of [127.0.0.1]");
    see(app, fingerprint);
    terminal_type(app, "q");
    see(app, fingerprint);
    terminal_press(app, "y");
    see(app, "Passphrase of the key");
    terminal_type(app, "open sesame");
    see(app, "▸ •••••••••••");
    assert_int_equal(terminal_row(app, "open sesame"), -1);
    terminal_press(app, "Enter");
    see(app, "1 commit sent"); /* on the way back nobody is asked again */
    is_sent(world);
    assert_false(terminal_wrote(app, "sesame"));
    assert_false(runs(world, "grep -ra 'open sesame' home"));
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
    nobody_is_left(world);
}

static void a_wrong_passphrase_is_asked_for_again_and_may_be_refused(void **state)
{
    struct world *world = *state;
    lies_at_ssh(world, "locked");
    know_host(world);
    struct terminal *app = open_app();
    terminal_press(app, "S");
    see(app, "Passphrase of the key");
    terminal_type(app, "open says me");
    see(app, "▸ ••••••••••••");
    terminal_press(app, "Enter");
    see(app, "question 2");
    terminal_press(app, "Esc");
    see(app, "▸ Next: draft the contract");
    see(app, "Stopped");
    assert_true(runs(world, "! git --git-dir=pair.git rev-parse -q --verify main"));
    nobody_is_left(world);
    terminal_press(app, "S");
    see(app, "Passphrase of the key");
    terminal_paste(app, "open sesame");
    see(app, "▸ •••••••••••");
    terminal_press(app, "Enter");
    see(app, "1 commit sent");
    is_sent(world);
}

/* What is typed into a note belongs to the note. */
static void who_types_is_not_interrupted(void **state)
{
    struct world *world = *state;
    lies_at_ssh(world, "locked");
    know_host(world);
    (void)says(world,
               "%s contract set goals 'Juniors speak first' && "
               "%s contract sign --as mentor && %s contract sign --as mentee && "
               "%s meeting plan '2026-11-24 10:00' && %s session start",
               asker, asker, asker, asker, asker);
    struct terminal *app = open_app();
    terminal_press(app, "s");
    see(app, "left of 45 min");
    terminal_type(app, "! The first to sp");
    terminal_type(app, "\033x");
    see(app, "Command");
    terminal_type(app, "sync");
    see(app, "Sync with the other machine");
    terminal_press(app, "Enter");
    see(app, "Sync asks for something: F8 shows it");
    terminal_type(app, "eak");
    see(app, "The first to speak");
    terminal_press(app, "Enter");
    see(app, "!  The first to speak");
    terminal_press(app, "F8");
    see(app, "Passphrase of the key");
    terminal_type(app, "open sesame");
    terminal_press(app, "Enter");
    see(app, "commits sent");
    is_sent(world);
    assert_non_null(strstr(says(world, "%s session show", asker), "The first to speak"));
}

static void a_name_and_a_password_are_asked_for(void **state)
{
    struct world *world = *state;
    start_lighttpd(world);
    (void)says(world,
               "git --git-dir=pair.git config http.receivepack true && "
               "%s remote set record http://127.0.0.1:%d/git/pair.git",
               asker, world->http_port);
    struct terminal *app = open_app();
    terminal_press(app, "S");
    for (int request = 0; request < 3 && terminal_row(app, "commit sent") < 0; request++) {
        see(app, "User name for http://127.0.0.1");
        terminal_type(app, "dana");
        see(app, "▸ dana");
        terminal_press(app, "Enter");
        see(app, "Password for http://dana@127.0.0.1");
        terminal_type(app, "t0p/secret");
        see(app, "▸ ••••••••••");
        terminal_press(app, "Enter");
        miss(app, "••••••••••");
        while (terminal_row(app, "commit sent") < 0 && terminal_row(app, "User name") < 0) {
            assert_true(terminal_wait(app, TERMINAL_PATIENCE));
        }
    }
    see(app, "1 commit sent");
    is_sent(world);
    assert_false(terminal_wrote(app, "t0p"));
    assert_false(runs(world, "grep -ra 't0p' home"));
}

static struct terminal *in_the_middle(struct world *world)
{
    lies_at_ssh(world, "mute");
    know_host(world);
    struct terminal *app = open_app();
    terminal_press(app, "S");
    see(app, "Sync: Record");
    return app;
}

static void it_is_stopped_by_the_same_key(void **state)
{
    struct world *world = *state;
    struct terminal *app = in_the_middle(world);
    terminal_press(app, "c");
    see(app, "Off-limits");
    terminal_press(app, "q");
    see(app, "[Enter]");
    see(app, "S stops");
    terminal_press(app, "S");
    see(app, "Stopped: what was here is as it was");
    nobody_is_left(world);
    is_sound(world);
}

static void leaving_ends_it(void **state)
{
    struct world *world = *state;
    struct terminal *app = in_the_middle(world);
    terminal_press(app, "q");
    assert_int_equal(ended(app), 0);
    nobody_is_left(world);
    is_sound(world);
}

static void a_closed_window_ends_it(void **state)
{
    struct world *world = *state;
    struct terminal *app = in_the_middle(world);
    terminal_hang_up(app);
    (void)ended(app);
    nobody_is_left(world);
    is_sound(world);
}

static void a_killed_app_leaves_nothing_running(void **state)
{
    struct world *world = *state;
    struct terminal *app = in_the_middle(world);
    terminal_signal(app, SIGKILL);
    assert_int_equal(ended(app), 128 + SIGKILL);
    nobody_is_left(world);
    is_sound(world);
    (void)says(world, "%s remote set record %s", asker, world->pair);
    app = open_app();
    terminal_press(app, "S");
    see(app, "1 commit sent");
    is_sent(world);
}

int main(int argc, char **argv)
{
    if (access("/usr/sbin/sshd", X_OK) != 0 || access("/usr/sbin/lighttpd", X_OK) != 0 ||
        argc < 2) {
        return SKIPPED;
    }
    asker = realpath(argv[1], NULL);
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
        TEST(a_host_and_a_passphrase_are_asked_about_here),
        TEST(a_wrong_passphrase_is_asked_for_again_and_may_be_refused),
        TEST(who_types_is_not_interrupted),
        TEST(a_name_and_a_password_are_asked_for),
        TEST(it_is_stopped_by_the_same_key),
        TEST(leaving_ends_it),
        TEST(a_closed_window_ends_it),
        TEST(a_killed_app_leaves_nothing_running),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
