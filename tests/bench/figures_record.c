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
               "git archive main $(cat changed) | tar x --overwrite --touch -C tree\n",
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

static void press(struct pty *app, const char *keys, const char *shown)
{
    pty_forget(app);
    (void)pty_send(app, keys);
    pty_await(app, shown, QUIET);
}

/* A session from its start to the summary, in the app that runs all the time, as a pair's does.
 * From the answer to "Commit?" to the word that it is done, half a second after the summary came
 * up: nobody reads one faster, and libgit2 is loaded meanwhile. */
static double commit_in_app(struct pty *app)
{
    press(app, "s", "[y/n]");
    press(app, "y", "takeaway");
    press(app, "! The first to speak sets what can be said\r", "said");
    press(app, "> Dana: ask juniors first in the review\r", "review");
    press(app, "Example from the launch\r", "launch");
    press(app, "\033[21~", "[y/n]"); /* F10 */
    press(app, "y", "commit");
    pty_listen(app, 500);
    press(app, "C", "[y/n]");
    pty_forget(app);
    int64_t sent = pty_send(app, "y");
    pty_await(app, "Committed", QUIET);
    return (double)(app->last - sent) / 1e6;
}

struct committing {
    struct series ours, gits;
};

static void commit_by_git(const struct world *world, struct committing *times)
{
    copy_last_commit(world);
    series_add(&times->gits, commit_with_git(world));
}

static void commit_by_app(const struct programs *programs, const struct world *world,
                          struct committing *times)
{
    struct pty app;
    pty_open(&app, (const char *const[]){programs->turnabout, NULL});
    pty_await(&app, "help", QUIET);
    for (int round = 0; round < rounds(); round++) {
        series_add(&times->ours, commit_in_app(&app));
        commit_by_git(world, times);
    }
    (void)pty_send(&app, "q");
    (void)pty_end(&app);
    pty_close(&app);
}

static void commit_by_command(const struct programs *programs, const struct world *world,
                              struct committing *times)
{
    for (int round = 0; round < rounds(); round++) {
        hold_session();
        series_add(&times->ours, commit_with_command(programs));
        commit_by_git(world, times);
    }
}

/* Leaves the times of the app in `app`. */
static void compare(const struct programs *programs, int sessions, struct committing *app)
{
    struct world world;
    char what[64];
    struct committing command = {0};
    world_make(&world, programs, sessions);
    run_script("\"$TURNABOUT\" meeting plan '2038-01-12 10:00'\n");
    make_work_tree(&world);
    commit_by_app(programs, &world, app);
    commit_by_command(programs, &world, &command);
    (void)snprintf(what, sizeof what, "commit in the app, %d sessions, to git", sessions);
    report_ratio(what, "ms", &app->ours, &app->gits, 0.35);
    (void)snprintf(what, sizeof what, "summary commit, %d sessions, to git", sessions);
    report_ratio(what, "ms", &command.ours, &command.gits, 0);
    series_release(&command.ours);
    series_release(&command.gits);
    world_remove(&world);
}

void figure_commit(const struct programs *programs)
{
    struct committing few = {0};
    struct committing many = {0};
    compare(programs, 10, &few);
    compare(programs, 1000, &many);
    report_ratio("commit in the app, 1000 sessions, to 10", "ms", &many.ours, &few.ours, 0);
    series_release(&few.ours);
    series_release(&few.gits);
    series_release(&many.ours);
    series_release(&many.gits);
}
