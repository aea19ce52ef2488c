/* A sync that finds nothing new, against fetch and push by hand. */
#include <stdio.h>

#include "figures.h"
#include "measure.h"

/* The record is at the remote, a path, and so is all that it has. By hand one keeps a clone: that
 * of the person, who fetches and pushes in it. */
static void make_remote(const struct world *world)
{
    run_script("git init -q --bare -b main '%s/pair.git'\n"
               "\"$TURNABOUT\" remote set record '%s/pair.git'\n"
               "\"$TURNABOUT\" sync\n"
               "git clone -q --bare '%s/pair.git' '%s/hand.git'\n",
               world->home, world->home, world->home, world->home);
}

static double sync_with_program(const struct programs *programs)
{
    return (double)run_timed((const char *const[]){programs->turnabout, "sync", NULL}) / 1e6;
}

static double sync_by_hand(const struct world *world)
{
    char here[96];
    char there[96];
    (void)snprintf(here, sizeof here, "--git-dir=%s/hand.git", world->home);
    (void)snprintf(there, sizeof there, "%s/pair.git", world->home);
    int64_t fetched = run_timed(
        (const char *const[]){"git", here, "fetch", "-q", there, "main:refs/incoming/main", NULL});
    int64_t pushed =
        run_timed((const char *const[]){"git", here, "push", "-q", there, "main", NULL});
    return (double)(fetched + pushed) / 1e6;
}

/* Who goes first changes. */
static void compare(const struct programs *programs, int sessions)
{
    struct world world;
    char what[64];
    struct series ours = {0};
    struct series hand = {0};
    world_make(&world, programs, sessions);
    make_remote(&world);
    for (int round = 0; round < rounds(); round++) {
        if (round % 2 == 0) {
            series_add(&ours, sync_with_program(programs));
        }
        series_add(&hand, sync_by_hand(&world));
        if (round % 2 != 0) {
            series_add(&ours, sync_with_program(programs));
        }
    }
    (void)snprintf(what, sizeof what, "sync, nothing new, %d sessions, to git", sessions);
    report_ratio(what, "ms", &ours, &hand, 1.15);
    series_release(&ours);
    series_release(&hand);
    world_remove(&world);
}

void figure_sync(const struct programs *programs)
{
    compare(programs, 10);
    compare(programs, 200);
}
