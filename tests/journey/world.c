#include "world.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

static char program[4096];

void world_program(int argc, char **argv)
{
    if (argc != 2 || !realpath(argv[1], program)) {
        (void)fprintf(stderr, "usage: %s PROGRAM\n", argv[0]);
        exit(2);
    }
}

/* The environment */

static char *print(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *print(const char *format, ...)
{
    char *text;
    va_list arguments;
    va_start(arguments, format);
    assert_true(vasprintf(&text, format, arguments) >= 0);
    va_end(arguments);
    return text;
}

void world_set(struct world *world, const char *name, const char *value)
{
    size_t length = strlen(name);
    size_t at = 0;
    while (world->variables[at] && (strncmp(world->variables[at], name, length) != 0 ||
                                    world->variables[at][length] != '=')) {
        at++;
    }
    assert_true(at < WORLD_VARIABLES);
    free(world->variables[at]);
    world->variables[at] = value ? print("%s=%s", name, value) : NULL;
    for (size_t i = at; !value && world->variables[i + 1]; i++) {
        world->variables[i] = world->variables[i + 1];
        world->variables[i + 1] = NULL;
    }
}

static void set_path(struct world *world)
{
    char *folder = strdup(program);
    *strrchr(folder, '/') = '\0';
    char *path = print("%s:%s", folder, getenv("PATH"));
    world_set(world, "PATH", path);
    free(path);
    free(folder);
}

void world_set_folder(struct world *world, const char *name, const char *folder)
{
    char *path = print("%s/%s", world->folder, folder);
    world_set(world, name, path);
    free(path);
}

int world_make(void **state)
{
    static const char *const pinned[][2] = {
        {"TERM", "xterm-256color"},
        {"TZ", "Europe/Berlin"},
        {"LC_ALL", "C.UTF-8"},
        {"GIT_CONFIG_GLOBAL", "/dev/null"},
        {"GIT_CONFIG_SYSTEM", "/dev/null"},
        {"TURNABOUT_CLOCK", "2026-11-23T09:00:00Z"},
        {"EDITOR", "false"},
    };
    static const char *const passed[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"};
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    *state = world;
    (void)strcpy(world->folder, "/tmp/journey-XXXXXX");
    if (!mkdtemp(world->folder) || chdir(world->folder) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof pinned / sizeof *pinned; i++) {
        world_set(world, pinned[i][0], pinned[i][1]);
    }
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        if (getenv(passed[i])) {
            world_set(world, passed[i], getenv(passed[i]));
        }
    }
    set_path(world);
    world_set_folder(world, "HOME", "person");
    world_set_folder(world, "XDG_DATA_HOME", "person/data");
    world_set_folder(world, "XDG_CONFIG_HOME", "person/config");
    world_set_folder(world, "TURNABOUT_HOME", "home");
    (void)snprintf(world->record, sizeof world->record, "%s/home/pairs/priya-dana/record.git",
                   world->folder);
    world_set(world, "RECORD", world->record);
    return 0;
}

int world_remove(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < WORLD_TERMINALS; i++) {
        terminal_close(world->terminals[i]);
    }
    (void)world_run(world, "chmod -R u+rwX '%s'; rm -rf '%s'", world->folder, world->folder);
    for (size_t i = 0; world->variables[i]; i++) {
        free(world->variables[i]);
    }
    free(world);
    return 0;
}

/* The shell */

static const char *keep(char *text)
{
    static char *kept[3];
    static size_t next;
    free(kept[next]);
    kept[next] = text;
    next = (next + 1) % (sizeof kept / sizeof *kept);
    return text;
}

static char *read_all(int descriptor)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    char chunk[4096];
    ssize_t count;
    while ((count = read(descriptor, chunk, sizeof chunk)) > 0) {
        (void)fwrite(chunk, 1, (size_t)count, out);
    }
    (void)fclose(out);
    while (length > 0 && text[length - 1] == '\n') {
        text[--length] = '\0';
    }
    return text;
}

static void run_child(struct world *world, const char *script, int out)
{
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(out, STDERR_FILENO);
    char *const arguments[] = {"/bin/sh", "-euc", (char *)script, NULL};
    (void)execve(arguments[0], arguments, world->variables);
    _exit(127);
}

static char *run(struct world *world, const char *script)
{
    int ends[2];
    int status;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        run_child(world, script, ends[1]);
    }
    (void)close(ends[1]);
    char *text = read_all(ends[0]);
    (void)close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    world->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return text;
}

const char *world_run(struct world *world, const char *script, ...)
{
    char *text;
    va_list arguments;
    va_start(arguments, script);
    assert_true(vasprintf(&text, script, arguments) >= 0);
    va_end(arguments);
    const char *said = keep(run(world, text));
    free(text);
    return said;
}

const char *world_must(struct world *world, const char *file, int line, const char *script, ...)
{
    char *text;
    va_list arguments;
    va_start(arguments, script);
    assert_true(vasprintf(&text, script, arguments) >= 0);
    va_end(arguments);
    const char *said = keep(run(world, text));
    if (world->status != 0) {
        print_error("%s\nended with %d and said:\n%s\n", text, world->status, said);
        _fail(file, line);
    }
    free(text);
    return said;
}

/* Terminals */

static struct terminal *open_terminal(struct world *world, char *const *arguments, int rows,
                                      int columns)
{
    for (size_t i = 0; i < WORLD_TERMINALS; i++) {
        if (!world->terminals[i]) {
            world->terminals[i] = terminal_open(arguments, world->variables, rows, columns);
            return world->terminals[i];
        }
    }
    fail_msg("no more than %d terminals", WORLD_TERMINALS);
    return NULL;
}

struct terminal *world_app(struct world *world)
{
    return world_app_sized(world, 24, 80);
}

struct terminal *world_app_sized(struct world *world, int rows, int columns)
{
    return open_terminal(world, (char *[]){program, NULL}, rows, columns);
}

struct terminal *world_command(struct world *world, const char *argument)
{
    return open_terminal(world, (char *[]){program, (char *)argument, NULL}, 24, 80);
}

struct terminal *world_script(struct world *world, const char *script)
{
    return open_terminal(world, (char *[]){"/bin/sh", "-c", (char *)script, NULL}, 24, 80);
}

/* What journeys begin with */

void world_pair(struct world *world)
{
    world_do(world, "turnabout pair new --mentor 'Priya Raman <priya@example.org>' "
                    "--mentee 'Dana Holt <dana@example.org>' --topic 'Who gets heard'\n"
                    "turnabout contract set goals 'Juniors speak first'\n"
                    "turnabout contract set off-limits 'family; health'\n"
                    "turnabout contract set shared takeaways\n"
                    "turnabout contract sign --as mentor\n"
                    "turnabout contract sign --as mentee\n"
                    "turnabout meeting plan '2026-11-24 10:00'\n");
}

void world_session(struct world *world)
{
    world_pair(world);
    world_do(world, "turnabout agenda add 'Who speaks first' --minutes 25\n"
                    "turnabout agenda share\n"
                    "turnabout session start\n");
}

/* What must always hold */

static bool is_whole(const char *path)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *check = NULL;
    bool whole =
        sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &check, NULL) == SQLITE_OK &&
        sqlite3_step(check) == SQLITE_ROW &&
        strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
    (void)sqlite3_finalize(check);
    (void)sqlite3_close(database);
    return whole;
}

void world_check(struct world *world, const char *file, int line)
{
    char path[96];
    (void)snprintf(path, sizeof path, "%s/home/turnabout.db", world->folder);
    (void)world_must(world, file, line, "git --git-dir \"$RECORD\" fsck --strict --no-dangling");
    if (!is_whole(path)) {
        print_error("%s is damaged\n", path);
        _fail(file, line);
    }
}

void assert_part(const char *text, const char *part, bool there, const char *file, int line)
{
    if ((strstr(text, part) != NULL) != there) {
        print_error("\"%s\" %s in:\n%s\n", part, there ? "is not" : "is", text);
        _fail(file, line);
    }
}
