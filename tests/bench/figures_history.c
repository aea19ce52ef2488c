/* Looking back: the history on the screen, and the newest commit in a shell. */
#include <stdio.h>

#include "figures.h"
#include "measure.h"
#include "terminal.h"

enum { QUIET = 60, FEW = 6, MANY = 1000 };

static const char HISTORY_COMPLETE[] = "through";
static const char SECTION_COMPLETE[] = "Takeaways through";

/* Milliseconds from a key to the complete screen behind it. */
static double press(struct pty *app, const char *key, const char *complete)
{
    pty_forget(app);
    int64_t sent = pty_send(app, key);
    pty_await(app, complete, QUIET);
    return (double)(app->last - sent) / 1e6;
}

struct openings {
    struct series history, section;
};

/* In an app that was just started, as it is when somebody looks something up. */
static void open_once(const struct programs *programs, const struct world *world,
                      struct openings *openings)
{
    struct pty app;
    world_use(world);
    pty_open(&app, (const char *const[]){programs->turnabout, NULL});
    pty_await(&app, "help", QUIET);
    series_add(&openings->history, press(&app, "h", HISTORY_COMPLETE));
    series_add(&openings->section, press(&app, "t", SECTION_COMPLETE));
    pty_close(&app);
}

static void release(struct openings *openings)
{
    series_release(&openings->history);
    series_release(&openings->section);
}

static void look_once(const struct programs *programs, const struct world *world,
                      struct series *ours, struct series *gits)
{
    char record[160];
    world_use(world);
    (void)snprintf(record, sizeof record, "%s/pairs/priya-dana/record.git", world->home);
    const char *const log[] = {programs->turnabout, "log", "-n", "1", NULL};
    const char *const git[] = {"git", "--git-dir", record, "log", "-1", NULL};
    series_add(ours, (double)run_timed(log) / 1e6);
    series_add(gits, (double)run_timed(git) / 1e6);
}

void figure_history(const struct programs *programs)
{
    struct world few;
    struct world many;
    struct openings little = {0};
    struct openings much = {0};
    struct series ours = {0};
    struct series gits = {0};
    world_make(&few, programs, FEW);
    world_make(&many, programs, MANY);
    for (int round = 0; round < rounds(); round++) {
        open_once(programs, round % 2 ? &few : &many, round % 2 ? &little : &much);
        open_once(programs, round % 2 ? &many : &few, round % 2 ? &much : &little);
    }
    for (int round = 0; round < 5 * rounds(); round++) {
        look_once(programs, &many, &ours, &gits);
    }
    report_ratio("history opened, 1000 sessions, to 6", "ms", &much.history, &little.history, 1.3);
    report_ratio("a section through time, 1000 sessions, to 6", "ms", &much.section,
                 &little.section, 1.3);
    report_ratio("log -n 1, 1000 sessions, to git log -1", "ms", &ours, &gits, 1.0);
    release(&little);
    release(&much);
    series_release(&ours);
    series_release(&gits);
    world_remove(&few);
    world_remove(&many);
}
