/* What is counted, not timed: flushes, wake-ups, bytes, instructions. */
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figures.h"
#include "measure.h"
#include "terminal.h"

enum { QUIET = 150, NOTES = 10, WATCHED = 10, TYPED = 100 };

static void go_to(struct pty *pty, const char *const *arguments, const char *keys)
{
    pty_open(pty, arguments);
    pty_await(pty, "help", QUIET);
    for (; *keys != '\0'; keys++) {
        const char key[] = {*keys, '\0'};
        pty_forget(pty);
        (void)pty_send(pty, key);
        pty_await(pty, NULL, QUIET);
    }
}

/* Flushes */

static int lines_of(const char *path)
{
    int lines = 0;
    FILE *file = fopen(path, "r");
    for (int byte = file == NULL ? EOF : fgetc(file); byte != EOF; byte = fgetc(file)) {
        lines += byte == '\n';
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return lines;
}

static void save_notes(struct pty *pty, int count)
{
    for (int i = 0; i < count; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "who waits for whom %d", i);
        (void)pty_send(pty, text);
        pty_await(pty, NULL, QUIET / 3);
        pty_forget(pty);
        (void)pty_send(pty, "\r");
        pty_await(pty, NULL, QUIET);
    }
}

void figure_flushes(const struct programs *programs)
{
    struct world world;
    struct pty pty;
    char trace[128];
    world_make(&world, programs, 10);
    world_begin_session(&world);
    (void)snprintf(trace, sizeof trace, "%s/trace", world.home);
    go_to(&pty,
          (const char *const[]){"strace", "-f", "-qq", "-o", trace, "-e",
                                "trace=fsync,fdatasync,msync,sync_file_range", programs->turnabout,
                                NULL},
          "s");
    save_notes(&pty,
               1); /* the first one begins SQLite's log, and flushes its head and its folder */
    int before = lines_of(trace);
    save_notes(&pty, NOTES);
    report_value("flushes to the disk, a note", "", (double)(lines_of(trace) - before) / NOTES, 1);
    pty_close(&pty);
    world_remove(&world);
}

/* Wake-ups */

static long switches_in(const char *path)
{
    char line[256];
    long switches = 0;
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "voluntary_ctxt_switches:", 24) == 0) {
            switches = strtol(line + 24, NULL, 10);
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return switches;
}

/* How often its threads have gone to sleep. */
static long sleeps_of(pid_t pid)
{
    char pattern[64];
    glob_t found;
    long sleeps = 0;
    (void)snprintf(pattern, sizeof pattern, "/proc/%d/task/*/status", (int)pid);
    if (glob(pattern, 0, NULL, &found) != 0) {
        give_up("cannot read %s", pattern);
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        sleeps += switches_in(found.gl_pathv[i]);
    }
    globfree(&found);
    return sleeps;
}

/* Watches programs that nobody types in, all at the same time. */
static void watch(struct pty *pties, const char *const *names, int count, double wakes,
                  double bytes)
{
    long before[16];
    for (int i = 0; i < count; i++) {
        pty_listen(&pties[i], 1500); /* a draft is saved and a remark goes after a second */
        pty_forget(&pties[i]);
        before[i] = sleeps_of(pties[i].pid);
    }
    pty_listen(&pties[0], WATCHED * 1000);
    for (int i = 0; i < count; i++) {
        char what[96];
        pty_listen(&pties[i], 1);
        (void)snprintf(what, sizeof what, "%s, wake-ups a second", names[i]);
        report_value(what, "", (double)(sleeps_of(pties[i].pid) - before[i]) / WATCHED, wakes);
        (void)snprintf(what, sizeof what, "%s, bytes a second", names[i]);
        report_value(what, "", (double)pties[i].length / WATCHED, bytes);
    }
}

void figure_clock(const struct programs *programs)
{
    struct world world;
    struct pty pty;
    const char *const name = "the ticking clock";
    world_make(&world, programs, 10);
    world_begin_session(&world);
    go_to(&pty, (const char *const[]){programs->turnabout, NULL}, "s");
    /* The watch may begin just before a tick and end just behind one, or redraw a full minute. */
    watch(&pty, &name, 1, 1.1, 16);
    pty_close(&pty);
    world_remove(&world);
}

void figure_idle(const struct programs *programs)
{
    static const char *const names[] = {"home",   "contract", "a clause",
                                        "agenda", "promises", "history"};
    static const char *const keys[] = {"", "c", "c\r", "a", "t", "h"};
    enum { SCREENS = sizeof names / sizeof *names };
    struct world world;
    struct pty pties[SCREENS];
    world_make(&world, programs, 10);
    for (int i = 0; i < SCREENS; i++) {
        go_to(&pties[i], (const char *const[]){programs->turnabout, NULL}, keys[i]);
    }
    watch(pties, names, SCREENS, 0, 0);
    for (int i = 0; i < SCREENS; i++) {
        pty_close(&pties[i]);
    }
    world_remove(&world);
}

/* Instructions */

/* Thousands. They repeat within a percent, so these guard what was reached. */
enum { HOME_AT_MOST = 8000, KEY_AT_MOST = 600 };

static double instructions_in(const char *path)
{
    char line[256];
    double count = 0;
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "totals:", 7) == 0) {
            count = strtod(line + 7, NULL);
        }
    }
    if (file == NULL || count <= 0) {
        give_up("callgrind wrote nothing to %s", path);
    }
    (void)fclose(file);
    return count;
}

/* Thousands of instructions of a program from its start to its end. */
static double instructions_of(const char *program, const char *complete, const char *keys,
                              int typed)
{
    char out[128];
    char option[192];
    struct pty pty;
    (void)snprintf(out, sizeof out, "%s/callgrind", getenv("TURNABOUT_HOME"));
    (void)snprintf(option, sizeof option, "--callgrind-out-file=%s", out);
    pty_open(&pty,
             (const char *const[]){"valgrind", "-q", "--tool=callgrind", option, program, NULL});
    pty_await(&pty, complete, 4 * QUIET);
    for (; *keys != '\0'; keys++) {
        const char key[] = {*keys, '\0'};
        (void)pty_send(&pty, key);
        pty_await(&pty, NULL, 4 * QUIET);
    }
    for (int i = 0; i < typed; i++) {
        pty_forget(&pty);
        (void)pty_send(&pty, "w");
        pty_await(&pty, NULL, QUIET);
    }
    (void)kill(pty.pid, SIGTERM);
    (void)pty_end(&pty);
    pty_close(&pty);
    return instructions_in(out) / 1e3;
}

/* The same of a clause in which so many keys are typed, and nothing was before. */
static double instructions_of_typing(const struct programs *programs, int typed)
{
    struct world world;
    world_make(&world, programs, 10);
    double count = instructions_of(programs->turnabout, "help", "c\r\t", typed);
    world_remove(&world);
    return count;
}

void figure_instructions(const struct programs *programs)
{
    struct world world;
    world_make(&world, programs, 10);
    double floor = instructions_of(programs->floor_screen, "screen complete", "", 0);
    double home = instructions_of(programs->turnabout, "help", "", 0);
    world_remove(&world);
    report_value("instructions, ncurses' one screen", "thousand", floor, -1);
    report_value("instructions, home, start to end", "thousand", home, HOME_AT_MOST);
    double few = instructions_of_typing(programs, TYPED);
    double many = instructions_of_typing(programs, 2 * TYPED);
    report_value("instructions, a key in an editor", "thousand", (many - few) / TYPED, KEY_AT_MOST);
}
