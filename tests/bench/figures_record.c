/* Committing a summary, against git in a work tree. */
#include <stdio.h>

#include "figures.h"
#include "measure.h"
#include "terminal.h"

enum { QUIET = 60 };

/* One more session is held; its summary waits for the commit. */
static void hold_session(void)
{
    run_script("\"$TURNABOUT\" session start\n"
               "\"$TURNABOUT\" session note '! The first to speak sets what can be said'\n"
               "\"$TURNABOUT\" session note '> Dana: ask juniors first in the review'\n"
               "\"$TURNABOUT\" session note 'Example from the launch'\n"
               "\"$TURNABOUT\" session end\n");
}

/* A work tree beside it, where git flushes all that it writes. */
static void make_work_tree(const struct world *world)
{
    run_script("git clone -q '%s/pairs/priya-dana/record.git' '%s/tree'\n"
               "cd '%s/tree'\n"
               "git config core.fsync all\n"
               "git config user.name 'Dana Holt'\n"
               "git config user.email dana@example.org\n"
               "git config gc.auto 0\n",
               world->home, world->home, world->home);
}

/* Writes what the last commit of the record changed into the work tree: as files only, because git
 * passes over objects that it has. */
static void copy_last_commit(const struct world *world)
{
    run_script("cd '%s'\n"
               "export GIT_DIR=pairs/priya-dana/record.git\n"
               "git diff --name-only main^ main > changed\n"
               "git archive main $(cat changed) | tar x --touch -C tree\n",
               world->home);
}

static double commit_with_git(const struct world *world)
{
    char tree[128];
    char changed[160];
    (void)snprintf(tree, sizeof tree, "%s/tree", world->home);
    (void)snprintf(changed, sizeof changed, "--pathspec-from-file=%s/changed", world->home);
    int64_t added = run_timed((const char *const[]){"git", "-C", tree, "add", changed, NULL});
    int64_t committed =
        run_timed((const char *const[]){"git", "-C", tree, "commit", "-q", "-m", "Session", NULL});
    return (double)(added + committed) / 1e6;
}

static double commit_with_command(const struct programs *programs)
{
    return (double)run_timed(
               (const char *const[]){programs->turnabout, "summary", "commit", NULL}) /
           1e6;
}

/* From the answer to "Commit?" to the word that it is done, half a second after the summary came
 * up: nobody reads one faster, and libgit2 is loaded meanwhile. */
static double commit_in_app(const struct programs *programs)
{
    struct pty pty;
    pty_open(&pty, (const char *const[]){programs->turnabout, NULL});
    pty_await(&pty, "help", QUIET);
    (void)pty_send(&pty, "\r");
    pty_await(&pty, "commit", QUIET);
    pty_listen(&pty, 500);
    (void)pty_send(&pty, "C");
    pty_await(&pty, "[y/n]", QUIET);
    int64_t sent = pty_send(&pty, "y");
    pty_await(&pty, "Committed", QUIET);
    double spent = (double)(pty.last - sent) / 1e6;
    (void)pty_send(&pty, "q");
    (void)pty_end(&pty);
    pty_close(&pty);
    return spent;
}

enum who { GIT, APP, COMMAND, COMMITTERS };

static void compare(const struct programs *programs, int sessions, struct series times[COMMITTERS])
{
    struct world world;
    char what[64];
    world_make(&world, programs, sessions);
    run_script("\"$TURNABOUT\" meeting plan '2038-01-12 10:00'\n");
    make_work_tree(&world);
    for (int round = 0; round < 2 * rounds(); round++) {
        enum who who = round % 2 == 0 ? APP : COMMAND;
        hold_session();
        series_add(&times[who],
                   who == APP ? commit_in_app(programs) : commit_with_command(programs));
        copy_last_commit(&world);
        series_add(&times[GIT], commit_with_git(&world));
    }
    (void)snprintf(what, sizeof what, "commit in the app, %d sessions, to git", sessions);
    report_ratio(what, "ms", &times[APP], &times[GIT], 0.35);
    (void)snprintf(what, sizeof what, "summary commit, %d sessions, to git", sessions);
    report_ratio(what, "ms", &times[COMMAND], &times[GIT], 0);
    world_remove(&world);
}

void figure_commit(const struct programs *programs)
{
    struct series few[COMMITTERS] = {0};
    struct series many[COMMITTERS] = {0};
    compare(programs, 10, few);
    compare(programs, 1000, many);
    report_ratio("commit in the app, 1000 sessions, to 10", "ms", &many[APP], &few[APP], 0);
    for (int who = 0; who < COMMITTERS; who++) {
        series_release(&few[who]);
        series_release(&many[who]);
    }
}
