#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

static char said[65536];

int world_open(void **state)
{
    struct world *world = ta_allocate(1, sizeof *world);
    assert_true(ta_folder_temporary(&world->folder, &world->err));
    world->record = ta_path_join(world->folder, "record.git");
    world->git = ta_git_new();
    world->pair.person[TA_MENTOR] =
        (struct ta_person){ta_copy("Priya Raman"), ta_copy("priya@example.org")};
    world->pair.person[TA_MENTEE] = (struct ta_person){ta_copy("Dana Holt"), ta_copy("dana@x.org")};
    const char *const pinned[][2] = {
        {"HOME", world->folder},
        {"GIT_CONFIG_NOSYSTEM", "1"},
        {"GIT_CONFIG_GLOBAL", "/dev/null"},
        {"GIT_DIR", world->record},
        {"GIT_AUTHOR_NAME", "Hand"},
        {"GIT_AUTHOR_EMAIL", "hand@x.org"},
        {"GIT_COMMITTER_NAME", "Hand"},
        {"GIT_COMMITTER_EMAIL", "hand@x.org"},
        {"GIT_INDEX_FILE", "index"},
        {"LC_ALL", "C.UTF-8"},
        {"TZ", "Europe/Berlin"},
    };
    for (size_t i = 0; i < sizeof pinned / sizeof pinned[0]; i++) {
        assert_int_equal(setenv(pinned[i][0], pinned[i][1], 1), 0);
    }
    *state = world;
    return 0;
}

int world_with_record(void **state)
{
    (void)world_open(state);
    struct world *world = *state;
    assert_true(ta_ledger_create(world->git, world->record, &world->err));
    return 0;
}

int world_close(void **state)
{
    struct world *world = *state;
    ta_git_free(world->git);
    assert_true(ta_folder_remove(world->folder, &world->err));
    for (int role = 0; role < TA_ROLES; role++) {
        free(world->pair.person[role].name);
        free(world->pair.person[role].email);
    }
    free(world->record);
    free(world->folder);
    free(world);
    return 0;
}

/* Runs the command and keeps what it printed; its exit status, or -1. */
static int run(const struct world *world, const char *command)
{
    struct ta_text line = {0};
    ta_text_addf(&line, "exec 2>&1; cd '%s' && %s", world->folder, command);
    /* NOLINTNEXTLINE(cert-env33-c): the shell and the git of whoever runs the tests */
    FILE *shell = popen(line.bytes, "re");
    assert_non_null(shell);
    size_t length = fread(said, 1, sizeof said - 1, shell);
    said[length] = '\0';
    while (length > 0 && said[length - 1] == '\n') {
        said[--length] = '\0';
    }
    int status = pclose(shell);
    ta_text_release(&line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool world_runs(struct world *world, const char *command, ...)
{
    char *line;
    va_list arguments;
    va_start(arguments, command);
    assert_true(vasprintf(&line, command, arguments) >= 0);
    va_end(arguments);
    int status = run(world, line);
    free(line);
    return status == 0;
}

const char *world_says(struct world *world, const char *command, ...)
{
    char *line;
    va_list arguments;
    va_start(arguments, command);
    assert_true(vasprintf(&line, command, arguments) >= 0);
    va_end(arguments);
    int status = run(world, line);
    if (status != 0) {
        fail_msg("%s: exit %d: %s", line, status, said);
    }
    free(line);
    return said;
}

static bool commit(struct world *world, unsigned session, const char *path, const char *text)
{
    struct ta_commit commit = {
        .subject = "Session 1: Who speaks first",
        .pair = &world->pair,
        .session = session,
        .author = &world->pair.person[TA_MENTEE],
        .when = {INT64_C(1795510920000), 60},
    };
    struct ta_change change = {.path = path, .text = text};
    return ta_ledger_commit(world->git, world->record, &commit, &change, 1, NULL, world->id,
                            &world->err);
}

void world_commit(struct world *world, unsigned session, const char *path, const char *text)
{
    if (!commit(world, session, path, text)) {
        fail_msg("%s: %s", path, world->err.text);
    }
}

bool world_tries(struct world *world, const char *path, const char *text)
{
    return commit(world, 0, path, text);
}

void world_is_sound(struct world *world)
{
    if (!world_runs(world, "git fsck --strict --full --no-dangling --no-progress > found 2>&1 && "
                           "! grep -v '^notice: ' found && rm found")) {
        fail_msg("git fsck: %s", said);
    }
}
