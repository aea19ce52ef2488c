/* Two histories of 200 sessions that differ in 20 documents, and become one. */
#include <stdio.h>
#include <stdlib.h>

#include "figures.h"
#include "measure.h"
#include "terminal.h"

enum { SESSIONS = 200 };

/* A work tree with both histories: ours changes takeaways of the sessions 1 to 12, theirs questions
 * of those from 9 to 20, a commit each. */
static void make_histories(const struct world *world)
{
    run_script("record='%s/pairs/priya-dana/record.git'\n"
               "git clone -q \"$record\" '%s/tree'\n"
               "cd '%s/tree'\n"
               "git config core.fsync all\n"
               "git config user.name 'Dana Holt'\n"
               "git config user.email dana@example.org\n"
               "git config gc.auto 0\n"
               "git branch theirs\n"
               "for n in 01 02 03 04 05 06 07 08 09 10 11 12; do\n"
               "    sed -i 's/can be said/may be said/' sessions/$n/summary.md\n"
               "    git commit -qam 'ours'\n"
               "done\n"
               "git push -q origin main\n"
               "git checkout -q theirs\n"
               "for n in 09 10 11 12 13 14 15 16 17 18 19 20; do\n"
               "    sed -i 's/counts as urgent/counts at all/' sessions/$n/summary.md\n"
               "    git commit -qam 'theirs'\n"
               "done\n"
               "git push -q origin theirs:refs/remotes/pair/main\n"
               "git checkout -q main\n"
               "git rev-parse main > '%s/ours'\n",
               world->home, world->home, world->home, world->home);
}

/* Both as they were, and nothing that the kernel has still to write. */
static void part_again(const struct world *world)
{
    run_script("git --git-dir '%s/pairs/priya-dana/record.git' update-ref refs/heads/main $(cat "
               "'%s/ours')\n"
               "git -C '%s/tree' reset -q --hard $(cat '%s/ours')\n"
               "\"$TURNABOUT\" meeting list\n"
               "sync '%s'\n",
               world->home, world->home, world->home, world->home, world->home);
}

static double merge_with_git(const struct world *world)
{
    char tree[128];
    (void)snprintf(tree, sizeof tree, "%s/tree", world->home);
    return (double)run_timed((const char *const[]){"git", "-C", tree, "merge", "-q", "--no-edit",
                                                   "theirs", NULL}) /
           1e6;
}

/* As a whole process, and what of it was the merge. */
static void merge_with_ours(const struct programs *programs, struct series *whole,
                            struct series *alone)
{
    char command[512];
    char line[64] = "";
    (void)snprintf(command, sizeof command, "\"%s\"", programs->merge_now);
    int64_t start = now_ns();
    /* NOLINTNEXTLINE(cert-env33-c): a program of the harness */
    FILE *output = popen(command, "re");
    if (output == NULL || fgets(line, sizeof line, output) == NULL || pclose(output) != 0) {
        give_up("%s failed", command);
    }
    series_add(whole, (double)(now_ns() - start) / 1e6);
    series_add(alone, strtod(line, NULL));
}

void figure_merge(const struct programs *programs)
{
    struct world world;
    struct series whole = {0};
    struct series alone = {0};
    struct series gits = {0};
    world_make(&world, programs, SESSIONS);
    make_histories(&world);
    for (int round = 0; round < rounds(); round++) {
        part_again(&world);
        if (round % 2) {
            series_add(&gits, merge_with_git(&world));
        }
        merge_with_ours(programs, &whole, &alone);
        if (round % 2 == 0) {
            series_add(&gits, merge_with_git(&world));
        }
    }
    report_ratio("merge in a sync, 200 sessions, 20 documents, to git", "ms", &alone, &gits, 0.3);
    report_ratio("the same as a whole process, to git", "ms", &whole, &gits, 0);
    series_release(&whole);
    series_release(&alone);
    series_release(&gits);
    world_remove(&world);
}
