/**
 * Where time comes from. A clock is read at the edges (command line, screens) and its reading is
 * passed down; nothing in the domain asks for the time.
 *
 * Within a process the boot clock carries the time, so a wall clock that is set while the program
 * runs does not move a session, and sleep counts: a meeting goes on. Instants are milliseconds
 * since 1970-01-01T00:00:00Z.
 */
#ifndef TURNABOUT_BASE_CLOCK_H
#define TURNABOUT_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "turnabout/base/error.h"

struct ta_clock {
    int64_t wall_at_start; /**< the instant when the clock was made */
    int64_t boot_at_start; /**< CLOCK_BOOTTIME then, in milliseconds */
};

/**
 * Starts a clock. `start` is NULL for the system's time, or an instant to count from (RFC 3339, as
 * "2026-11-24T09:00:00Z"; demos and tests use it). Fails with TA_WRONG on anything else.
 */
bool ta_clock_start(struct ta_clock *clock, const char *start, struct ta_error *err);

int64_t ta_clock_now(const struct ta_clock *clock);

/** A clock that stands still at an instant until it is moved: boot_at_start is -1. For tests. */
void ta_clock_stand(struct ta_clock *clock, int64_t instant);

#endif
