/* The harness: bench TURNABOUT FLOOR_SCREEN FLOOR_NOTE MERGE_NOW [figure...]; see README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figures.h"
#include "measure.h"

static const struct figure {
    const char *name;
    void (*measure)(const struct programs *programs);
} figures[] = {
    {"home", figure_home},       {"exit", figure_exit},
    {"memory", figure_memory},   {"echo", figure_echo},
    {"many", figure_many},       {"elsewhere", figure_elsewhere},
    {"status", figure_status},   {"note", figure_note},
    {"flushes", figure_flushes}, {"clock", figure_clock},
    {"idle", figure_idle},       {"commit", figure_commit},
    {"history", figure_history}, {"merge", figure_merge},
    {"sync", figure_sync},       {"instructions", figure_instructions},
};

enum { FIGURES = sizeof figures / sizeof *figures };

static bool is_wanted(const char *name, int count, char *const *names)
{
    bool wanted = count == 0;
    for (int i = 0; i < count; i++) {
        wanted = wanted || strcmp(names[i], name) == 0;
    }
    return wanted;
}

/* The same small world for whoever runs it. */
static void pin_environment(void)
{
    static const char *const pinned[][2] = {
        {"HOME", "/nonexistent"},           {"TZ", "Europe/Berlin"}, {"LC_ALL", "C.UTF-8"},
        {"TERM", "xterm-256color"},         {"EMAIL", ""},           {"GIT_CONFIG_NOSYSTEM", "1"},
        {"GIT_CONFIG_GLOBAL", "/dev/null"},
    };
    for (size_t i = 0; i < sizeof pinned / sizeof *pinned; i++) {
        (void)setenv(pinned[i][0], pinned[i][1], 1);
    }
    (void)unsetenv("VISUAL");
    (void)unsetenv("EDITOR");
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        give_up("arguments: TURNABOUT FLOOR_SCREEN FLOOR_NOTE MERGE_NOW [figure...]");
    }
    const struct programs programs = {argv[1], argv[2], argv[3], argv[4]};
    pin_environment();
    int measured = 0;
    for (int i = 0; i < FIGURES; i++) {
        if (is_wanted(figures[i].name, argc - 5, argv + 5)) {
            figures[i].measure(&programs);
            measured++;
        }
    }
    if (measured == 0) {
        give_up("there is no figure %s", argv[5]);
    }
    return report_status();
}
