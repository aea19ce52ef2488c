#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sys/wait.h>

#include "measure.h"
#include "terminal.h"

enum { SCRIPT = 4096, DAY = 24 * 60 * 60, FIRST_DAY = 1577872800 /* 1 Jan 2020, 10:00 UTC */ };

static int run(const char *const *arguments)
{
    posix_spawn_file_actions_t quiet;
    (void)posix_spawn_file_actions_init(&quiet);
    (void)posix_spawn_file_actions_addopen(&quiet, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    (void)posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid;
    int failed = posix_spawnp(&pid, arguments[0], &quiet, NULL, (char *const *)arguments, environ);
    (void)posix_spawn_file_actions_destroy(&quiet);
    if (failed != 0) {
        give_up("%s: %s", arguments[0], strerror(failed));
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

int64_t run_timed(const char *const *arguments)
{
    int64_t start = now_ns();
    int status = run(arguments);
    int64_t spent = now_ns() - start;
    if (status != 0) {
        give_up("%s %s failed", arguments[0], arguments[1]);
    }
    return spent;
}

void run_script(const char *format, ...)
{
    char script[SCRIPT];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(script, sizeof script, format, arguments);
    va_end(arguments);
    const char *const shell[] = {"sh", "-eu", "-c", script, NULL};
    if (length < 0 || length >= SCRIPT || run(shell) != 0) {
        give_up("this script failed: %s", script);
    }
}

/* The past */

static void write_day(char day[32], int64_t when)
{
    time_t at = (time_t)when;
    struct tm parts;
    (void)gmtime_r(&at, &parts);
    (void)strftime(day, 32, "%Y-%m-%dT%H:%M:%S+00:00", &parts);
}

static void add_file(FILE *out, const char *path, const char *text)
{
    (void)fprintf(out, "M 100644 inline %s\ndata %zu\n%s\n", path, strlen(text), text);
}

/* From session 100 on there is a folder for each hundred. */
static void write_folder(char folder[64], int number)
{
    if (number < 100) {
        (void)snprintf(folder, 64, "sessions/%02d", number);
    } else {
        (void)snprintf(folder, 64, "sessions/%d00s/%d", number / 100, number);
    }
}

static void add_agenda(FILE *out, const char *folder, int number)
{
    char path[96];
    char text[1024];
    (void)snprintf(path, sizeof path, "%s/agenda.md", folder);
    (void)snprintf(text, sizeof text,
                   "---\nturnabout: agenda/1\nsession: %d\nminutes: 45\n---\n"
                   "# Agenda for session %d\n\n1. Check-in (3 min)\n"
                   "2. What we want from today (2 min)\n3. Who speaks first (25 min)\n"
                   "4. Wrap-up (8 min)\n",
                   number, number);
    add_file(out, path, text);
}

static void add_summary(FILE *out, const char *folder, int number, const char *day)
{
    char path[96];
    char text[2048];
    (void)snprintf(path, sizeof path, "%s/summary.md", folder);
    (void)snprintf(
        text, sizeof text,
        "---\nturnabout: summary/1\nsession: %d\nheld: %s\nminutes: {planned: 45, lasted: 47}\n"
        "present: [Priya Raman, Dana Holt]\n---\n# Session %d: Who speaks first\n\n"
        "## Takeaways\n- The first to speak sets what can be said\n"
        "- A question to the room is a question to the loudest\n"
        "## Differences\n- Dana hears a pause as agreement, Priya as caution\n"
        "## Promises\n- [ ] P%d Dana Holt: ask juniors first in review %d\n"
        "## Questions\n- Who decides what counts as urgent\n"
        "## Notes\n### Check-in (3 min planned, 3 used)\n- 01:10 Both slept badly\n"
        "### Who speaks first (25 min planned, 24 used)\n- 19:30 Example from launch %d\n"
        "- 21:05 Four of six juniors said nothing\n- 24:40 The chair had spoken first\n",
        number, day, number, number, number, number);
    add_file(out, path, text);
}

/* A file that lists all that was until session `last`, one line each. */
static void add_list(FILE *out, const char *path, const char *head, int last,
                     void (*write_line)(FILE *list, int number, int last))
{
    char *text = NULL;
    size_t length = 0;
    FILE *list = open_memstream(&text, &length);
    if (list == NULL) {
        give_up("no memory");
    }
    (void)fputs(head, list);
    for (int number = 1; number <= last; number++) {
        write_line(list, number, last);
    }
    (void)fclose(list);
    add_file(out, path, text);
    free(text);
}

static void write_meeting(FILE *list, int number, int last)
{
    char day[32];
    (void)last;
    write_day(day, FIRST_DAY + (int64_t)number * DAY);
    (void)fprintf(list, "- M%d %s held as session %d, 47 min\n", number, day, number);
}

static void write_promise(FILE *list, int number, int last)
{
    char day[32];
    write_day(day, FIRST_DAY + (int64_t)(number + 1) * DAY);
    if (last - number < 3) {
        (void)fprintf(list, "- [ ] P%d Dana Holt: ask juniors first in review %d (session %d)\n",
                      number, number, number);
    } else {
        (void)fprintf(list,
                      "- [x] P%d Dana Holt: ask juniors first in review %d (session %d, "
                      "done %.10s, told %.10s)\n",
                      number, number, number, day, day);
    }
}

static void add_session(FILE *out, int number, const char *parent)
{
    char folder[64];
    char day[32];
    char message[256];
    int64_t when = FIRST_DAY + (int64_t)number * DAY;
    write_folder(folder, number);
    write_day(day, when);
    (void)snprintf(message, sizeof message,
                   "Session %d: Who speaks first\n\nMentor: Priya Raman\nMentee: Dana Holt\n"
                   "Session: %d\n",
                   number, number);
    (void)fprintf(out,
                  "commit refs/heads/main\ncommitter Dana Holt <dana@example.org> %lld +0000\n"
                  "data %zu\n%s%s",
                  (long long)when, strlen(message), message, parent);
    add_agenda(out, folder, number);
    add_summary(out, folder, number, day);
    add_list(out, "meetings.md", "---\nturnabout: meetings/1\n---\n# Meetings\n\n", number,
             write_meeting);
    add_list(out, "promises.md", "---\nturnabout: promises/1\n---\n# Promises\n\n", number,
             write_promise);
    (void)fputc('\n', out);
}

static void write_past(const char *home, int sessions)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/past", home);
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        give_up("%s: %s", path, strerror(errno));
    }
    for (int number = 1; number <= sessions; number++) {
        add_session(out, number, number == 1 ? "from refs/heads/main^0\n" : "");
    }
    if (fclose(out) != 0) {
        give_up("%s: %s", path, strerror(errno));
    }
    run_script("git --git-dir '%s/pairs/priya-dana/record.git' fast-import --quiet < '%s'\n"
               "rm '%s'\n",
               home, path, path);
}

/* Worlds */

void world_use(const struct world *world)
{
    (void)setenv("TURNABOUT_HOME", world->home, 1);
}

void world_make(struct world *world, const struct programs *programs, int sessions)
{
    const char *folder = getenv("TMPDIR");
    *world = (struct world){.sessions = sessions};
    (void)snprintf(world->home, sizeof world->home, "%s/turnabout-bench-XXXXXX",
                   folder != NULL ? folder : "/tmp");
    if (mkdtemp(world->home) == NULL) {
        give_up("%s: %s", world->home, strerror(errno));
    }
    world_use(world);
    (void)setenv("TURNABOUT", programs->turnabout, 1);
    run_script("\"$TURNABOUT\" pair new --mentor 'Priya Raman <priya@example.org>' "
               "--mentee 'Dana Holt <dana@example.org>' --topic 'Who gets heard in our meetings'\n"
               "\"$TURNABOUT\" contract set goals 'Juniors speak first in every review'\n"
               "\"$TURNABOUT\" contract sign --as mentor\n"
               "\"$TURNABOUT\" contract sign --as mentee\n");
    write_past(world->home, sessions);
    run_script("\"$TURNABOUT\" log\n\"$TURNABOUT\" promise list\n");
}

void world_begin_session(const struct world *world)
{
    world_use(world);
    run_script("\"$TURNABOUT\" session start");
}

void world_remove(struct world *world)
{
    run_script("rm -rf '%s'", world->home);
    *world = (struct world){0};
}
