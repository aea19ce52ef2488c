/* From exec to the home screen, back out, and what it takes of memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figures.h"
#include "measure.h"
#include "terminal.h"

enum { QUIET = 40, FEW = 1, MANY = 1000 };

static const char HOME_COMPLETE[] = "help";
static const char FLOOR_COMPLETE[] = "screen complete";

/* Milliseconds from exec to the last byte of the first screen, and from a key to the end. */
struct visit {
    double start, end;
};

static struct visit visit(const char *const *arguments, const char *complete, const char *leave)
{
    struct pty pty;
    pty_open(&pty, arguments);
    pty_await(&pty, complete, QUIET);
    double start = (double)(pty.last - pty.started) / 1e6;
    int64_t left = pty_send(&pty, leave);
    double end = (double)(pty_end(&pty) - left) / 1e6;
    pty_close(&pty);
    return (struct visit){start, end};
}

enum who { FLOOR, NANO, HOME_FEW, HOME_MANY, VISITORS };

struct visits {
    struct series start[VISITORS], end[VISITORS];
};

static void visit_once(struct visits *visits, enum who who, const struct programs *programs,
                       const struct world worlds[VISITORS])
{
    const char *const floor[] = {programs->floor_screen, NULL};
    const char *const nano[] = {"nano", "-I", NULL};
    const char *const home[] = {programs->turnabout, NULL};
    const char *const *const commands[VISITORS] = {floor, nano, home, home};
    const char *const complete[VISITORS] = {FLOOR_COMPLETE, "Exit", HOME_COMPLETE, HOME_COMPLETE};
    const char *const leave[VISITORS] = {"q", "\x18", "q", "q"};
    if (worlds[who].home[0] != '\0') {
        world_use(&worlds[who]);
    }
    struct visit one = visit(commands[who], complete[who], leave[who]);
    series_add(&visits->start[who], one.start);
    series_add(&visits->end[who], one.end);
}

static void release_visits(struct visits *visits)
{
    for (int who = 0; who < VISITORS; who++) {
        series_release(&visits->start[who]);
        series_release(&visits->end[who]);
    }
}

static void make_visits(struct visits *visits, const struct programs *programs)
{
    struct world worlds[VISITORS] = {0};
    world_make(&worlds[HOME_FEW], programs, FEW);
    world_make(&worlds[HOME_MANY], programs, MANY);
    for (int round = -1; round < rounds(); round++) {
        if (round == 0) {
            release_visits(visits); /* the round before warmed the caches */
        }
        for (int turn = 0; turn < VISITORS; turn++) {
            visit_once(visits, (enum who)((turn + round + VISITORS) % VISITORS), programs, worlds);
        }
    }
    world_remove(&worlds[HOME_FEW]);
    world_remove(&worlds[HOME_MANY]);
}

void figure_home(const struct programs *programs)
{
    struct visits visits = {0};
    make_visits(&visits, programs);
    const struct series *start = visits.start;
    report_ratio("home, 1 session, to ncurses' one screen", "ms", &start[HOME_FEW], &start[FLOOR],
                 1.6);
    report_ratio("home, 1000 sessions, to ncurses' one screen", "ms", &start[HOME_MANY],
                 &start[FLOOR], 1.6);
    report_ratio("home, 1000 sessions, to 1 session", "ms", &start[HOME_MANY], &start[HOME_FEW], 0);
    report_ratio("nano, to ncurses' one screen", "ms", &start[NANO], &start[FLOOR], 0);
    release_visits(&visits);
}

void figure_exit(const struct programs *programs)
{
    struct visits visits = {0};
    make_visits(&visits, programs);
    const struct series *end = visits.end;
    report_ratio("exit, to the ncurses program's", "ms", &end[HOME_FEW], &end[FLOOR], 2.0);
    report_ratio("exit with 1000 sessions, to the same", "ms", &end[HOME_MANY], &end[FLOOR], 2.0);
    report_ratio("nano's exit, to the same", "ms", &end[NANO], &end[FLOOR], 0);
    release_visits(&visits);
}

/* MiB at most, from /proc. */
static double peak_of(pid_t pid)
{
    char path[64];
    char line[256];
    double peak = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        give_up("cannot read %s", path);
    }
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            peak = strtod(line + 6, NULL) / 1024;
        }
    }
    (void)fclose(file);
    return peak;
}

static double peak_when_complete(const char *program, const char *complete)
{
    const char *const arguments[] = {program, NULL};
    struct pty pty;
    pty_open(&pty, arguments);
    pty_await(&pty, complete, QUIET);
    double peak = peak_of(pty.pid);
    pty_close(&pty);
    return peak;
}

void figure_memory(const struct programs *programs)
{
    struct world world;
    report_value("memory, ncurses' one screen", "MiB",
                 peak_when_complete(programs->floor_screen, FLOOR_COMPLETE), -1);
    world_make(&world, programs, FEW);
    report_value("memory, home, 1 session", "MiB",
                 peak_when_complete(programs->turnabout, HOME_COMPLETE), 6);
    world_remove(&world);
    world_make(&world, programs, MANY);
    report_value("memory, home, 1000 sessions", "MiB",
                 peak_when_complete(programs->turnabout, HOME_COMPLETE), 6);
    world_remove(&world);
}

/* A status bar asks, and a task list would. */

void figure_status(const struct programs *programs)
{
    struct world world;
    struct series times[2] = {0};
    const char *const asked[] = {programs->turnabout, "session", "status",
                                 "--format",          "%r %i",   NULL};
    const char *const least[] = {"/bin/true", NULL};
    world_make(&world, programs, MANY);
    world_begin_session(&world);
    for (int round = -1; round < 10 * rounds(); round++) {
        double ours = (double)run_timed(asked) / 1e6;
        double floor = (double)run_timed(least) / 1e6;
        if (round >= 0) {
            series_add(&times[0], ours);
            series_add(&times[1], floor);
        }
    }
    report_ratio("session status, to /bin/true", "ms", &times[0], &times[1], 3.0);
    series_release(&times[0]);
    series_release(&times[1]);
    world_remove(&world);
}
