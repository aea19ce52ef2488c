/*
 * Runs the screen tests: each folder below the given one is a case, its file `script` says what is
 * typed and what must be seen (steps: headless.h). Between the times that the app is open, a script
 * has these steps:
 *
 *     clock 2026-11-22T09:00:00Z    where time stands
 *     size 80x24                    columns and rows of the terminal
 *     env EDITOR=true               the environment
 *     run pair new --mentor ...     the command line; also while the app is open, as if elsewhere
 *     refused session note x        the same, and it must end with status 1
 *     sh git init --bare x.git      a shell, which must end with 0; also while the app is open
 *     open --demo                   opens the app with arguments; any other step opens it without
 *     trial                         opens the face on trial.c instead of the app
 *
 * Each case runs in a process and a TURNABOUT_HOME of its own. Prints TAP.
 */
#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

#include "headless.h"
#include "trial.h"
#include "turnabout/base/asking.h"
#include "turnabout/base/date.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/cli/cli.h"
#include "turnabout/desk/desk.h"
#include "turnabout/tui/term.h"
#include "turnabout/tui/tui.h"

static const char *const pinned[][2] = {
    {"HOME", "/nonexistent"},
    {"TZ", "Europe/Berlin"},
    {"LC_ALL", "C.UTF-8"},
    {"GIT_CONFIG_GLOBAL", "/dev/null"},
    {"GIT_CONFIG_SYSTEM", "/dev/null"},
    {"EMAIL", ""},
    {"EDITOR", "true"},
    {"VISUAL", ""},
};

static const char first_instant[] = "2026-11-22T09:00:00Z";

/* A case's folder has another name each time; by this one it looks the same in every message. */
static const char here[] = "/proc/self/cwd";

/* Where the case stands; file scope because the app is opened by a callback without a context. */
static struct stage {
    struct script script;
    struct player player;
    struct ta_clock clock; /* while the app is not open */
} stage;

/* The command line and the app, which share one door */

static bool open_with(struct ta_desk *desk, bool (*run)(struct ta_desk *desk, struct ta_error *err),
                      struct ta_error *err)
{
    ta_clock_stand(&desk->clock, ta_clock_now(&stage.clock));
    stage.player.clock = &desk->clock;
    headless_play(&stage.player);
    bool ok = run(desk, err);
    stage.clock = desk->clock;
    stage.player.clock = &stage.clock;
    return ok;
}

static bool open_app(struct ta_desk *desk, struct ta_error *err)
{
    return open_with(desk, ta_tui_run, err);
}

static bool open_overview(struct ta_desk *desk, struct ta_error *err)
{
    return open_with(desk, ta_tui_run_overview, err);
}

static void tell_time(void)
{
    char instant[TA_DATE_SIZE];
    ta_moment_write(instant, (struct ta_moment){ta_clock_now(stage.player.clock), 0});
    (void)setenv("TURNABOUT_CLOCK", instant, true);
}

static int call(const char *arguments, bool terminal)
{
    wordexp_t words = {.we_offs = 1};
    if (wordexp(arguments, &words, WRDE_NOCMD | WRDE_DOOFFS) != 0) {
        script_fail(&stage.script, "\"%s\" cannot be taken apart as a shell would", arguments);
        return -1;
    }
    static char name[] = "turnabout";
    words.we_wordv[0] = name;
    tell_time();
    FILE *nothing = fopen("/dev/null", "r+");
    struct ta_cli_world world = {getenv,   nothing,  nothing,      stdout,
                                 terminal, open_app, open_overview};
    (void)printf("# ");
    int status = ta_cli_main((int)words.we_wordc + 1, words.we_wordv, &world);
    (void)printf("# turnabout %s: %d\n", arguments, status);
    (void)fclose(nothing);
    words.we_wordv[0] = NULL;
    wordfree(&words);
    return status;
}

static void must_end_with(int wanted, const char *arguments, bool terminal)
{
    int status = call(arguments, terminal);
    if (status != wanted) {
        script_fail(&stage.script, "turnabout %s ended with status %d", arguments, status);
    }
}

/* Steps */

static void step_run(const char *about)
{
    must_end_with(TA_CLI_DONE, about, false);
}

static void step_refused(const char *about)
{
    must_end_with(TA_CLI_REFUSED, about, false);
}

static void step_shell(const char *about)
{
    int status = -1;
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        (void)execl("/bin/sh", "sh", "-c", about, (char *)NULL);
        _exit(EXIT_FAILURE);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        script_fail(&stage.script, "%s failed", about);
    }
}

static void step_open(const char *about)
{
    must_end_with(TA_CLI_DONE, about, true);
}

static void step_clock(const char *about)
{
    struct ta_moment moment;
    if (ta_moment_read(&moment, ta_piece_of(about))) {
        ta_clock_stand(stage.player.clock, moment.instant);
    } else {
        script_fail(&stage.script, "\"%s\" is no instant", about);
    }
}

static void step_size(const char *about)
{
    char *end;
    long columns = strtol(about, &end, 10);
    long rows = *end == 'x' ? strtol(end + 1, &end, 10) : 0;
    if (columns <= 0 || rows <= 0 || *end != '\0') {
        script_fail(&stage.script, "\"%s\" is no size", about);
        return;
    }
    stage.player.columns = (int)columns;
    stage.player.rows = (int)rows;
}

static void step_env(const char *about)
{
    const char *equals = strchr(about, '=');
    if (equals == NULL) {
        script_fail(&stage.script, "\"%s\" sets nothing", about);
        return;
    }
    char *name = ta_copy_bytes(about, (size_t)(equals - about));
    (void)setenv(name, equals + 1, true);
    free(name);
}

static void step_trial(const char *about)
{
    (void)about;
    struct ta_desk desk = {.clock = stage.clock};
    struct ta_theme theme;
    struct ta_term *term = NULL;
    struct ta_error err;
    ta_theme_default(&theme);
    stage.player.clock = &desk.clock;
    headless_play(&stage.player);
    if (!ta_term_open(&term, &theme, &err) ||
        !ta_face_run(&desk, term, &trial_screen, NULL, &err)) {
        script_fail(&stage.script, "%s", err.text);
    }
    ta_term_close(term);
    stage.clock = desk.clock;
    stage.player.clock = &stage.clock;
}

static const struct {
    const char *verb;
    void (*step)(const char *about);
    bool outside; /* only while the app is not open */
} verbs[] = {
    {"run", step_run, false},  {"refused", step_refused, false}, {"env", step_env, false},
    {"open", step_open, true}, {"trial", step_trial, true},      {"clock", step_clock, true},
    {"size", step_size, true}, {"sh", step_shell, false},
};

static bool take_step(const struct step *step, bool outside)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(step->verb, verbs[i].verb) == 0 && (outside || !verbs[i].outside)) {
            verbs[i].step(step->about);
            return true;
        }
    }
    return false;
}

static bool take_step_inside(struct player *player, const struct step *step)
{
    (void)player;
    return take_step(step, false);
}

/* Cases */

static void play(void)
{
    const struct step *step;
    while ((step = script_look(&stage.script)) != NULL && stage.script.failures == 0) {
        size_t before = stage.script.at++;
        if (!take_step(step, true)) {
            stage.script.at = before; /* the app takes it */
            step_open("");
            if (stage.script.at == before) {
                stage.script.at++;
                script_fail(&stage.script, "the app did not take the step \"%s\"", step->verb);
            }
        }
    }
}

static void pin_environment(void)
{
    for (size_t i = 0; i < sizeof pinned / sizeof pinned[0]; i++) {
        (void)setenv(pinned[i][0], pinned[i][1], true);
    }
    (void)setenv("TURNABOUT_HOME", here, true);
    (void)setlocale(LC_ALL, "");
}

static bool enter(const char *folder, struct ta_error *err)
{
    return chdir(folder) == 0 || ta_fail(err, TA_SYSTEM, "Cannot go to %s.", folder);
}

static bool run_case(const char *folder)
{
    struct ta_error err;
    char *home = NULL;
    stage.player = (struct player){
        .script = &stage.script,
        .clock = &stage.clock,
        .rows = 24,
        .columns = 80,
        .step = take_step_inside,
    };
    if (!ta_folder_temporary(&home, &err) || !script_read(&stage.script, folder, &err) ||
        !enter(home, &err)) {
        script_fail(&stage.script, "%s", err.text);
        free(home);
        return false;
    }
    pin_environment();
    step_clock(first_instant);
    play();
    (void)ta_folder_remove(home, NULL);
    bool ok = stage.script.failures == 0;
    script_release(&stage.script);
    free(home);
    return ok;
}

/* In a process of its own, so that one that crashes is one that failed. */
static bool passes(const char *folder)
{
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        exit(run_case(folder) ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    int status = -1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static int is_case(const struct dirent *entry)
{
    return entry->d_type == DT_DIR && entry->d_name[0] != '.';
}

static bool is_wanted(const char *name, int count, char **names)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return count == 0;
}

/* What the app starts beside itself is this program: then it is the command line, or who asks. */
static int run_errand(int argc, char **argv)
{
    struct ta_cli_world world = {.lookup = getenv, .in = stdin, .out = stdout, .err = stderr};
    (void)setlocale(LC_ALL, "");
    return ta_asker_is_called() ? ta_asker_main(argc, argv) : ta_cli_main(argc, argv, &world);
}

/* screens FOLDER [CASE...] */
int main(int argc, char **argv)
{
    if (getenv(TA_ASKING) != NULL) {
        return run_errand(argc, argv);
    }
    struct dirent **cases = NULL;
    char *root = argc < 2 ? NULL : realpath(argv[1], NULL);
    int count = root == NULL ? -1 : scandir(root, &cases, is_case, alphasort);
    if (count < 0) {
        (void)fprintf(stderr, "usage: screens FOLDER [CASE...]\n");
        return EXIT_FAILURE;
    }
    int number = 0;
    int failed = 0;
    for (int i = 0; i < count; i++) {
        if (is_wanted(cases[i]->d_name, argc - 2, argv + 2)) {
            char *folder = ta_path_join(root, cases[i]->d_name);
            bool ok = passes(folder);
            (void)printf("%s %d - %s\n", ok ? "ok" : "not ok", ++number, cases[i]->d_name);
            failed += ok ? 0 : 1;
            free(folder);
        }
        free(cases[i]);
    }
    free(cases);
    free(root);
    (void)printf("1..%d\n", number);
    return failed == 0 && number > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
