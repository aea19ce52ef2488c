/**
 * What is measured on: a folder with a pair that has held many sessions, made by the program itself
 * and, for what lies in the past, by git fast-import in the public format.
 */
#ifndef TURNABOUT_TESTS_BENCH_WORLD_H
#define TURNABOUT_TESTS_BENCH_WORLD_H

#include <stdbool.h>
#include <stdint.h>

/** Paths. */
struct programs {
    const char *turnabout;
    const char *floor_screen;
    const char *floor_note;
    const char *merge_now;
};

struct world {
    char home[64]; /**< $TURNABOUT_HOME, below $TMPDIR or /tmp */
    int sessions;  /**< the last one in the record */
};

void world_make(struct world *world, const struct programs *programs, int sessions);
/** What is run from now on works in it. */
void world_use(const struct world *world);
/** Begins a session, so that the live screen can be opened; also makes the world the one in use. */
void world_begin_session(const struct world *world);
void world_remove(struct world *world);

/** Runs a script with sh -eu; `turnabout` is the program. What it prints is not shown. */
void run_script(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** Runs a program and waits for its end; returns nanoseconds. Its output is not shown. */
int64_t run_timed(const char *const *arguments);

#endif
