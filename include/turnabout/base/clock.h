/**
 * Where time comes from. A clock is read at the edges (command line, screens) and its reading is
 * passed down; nothing in the domain asks for the time.
 *
 * Within a process the boot clock carries the time, so a wall clock that is set while the program
 * runs does not move a session, and sleep counts: a meeting goes on. Another process goes on from a
 * mark of the first, so that both have the same time, whatever was set in between. Instants are
 * milliseconds since 1970-01-01T00:00:00Z.
 */
#ifndef TURNABOUT_BASE_CLOCK_H
#define TURNABOUT_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "turnabout/base/error.h"

struct ta_clock {
    int64_t wall_at_start; /**< the instant when the clock was made */
    int64_t boot_at_start; /**< CLOCK_BOOTTIME then, in milliseconds */
    bool is_given;         /**< it counts from an instant that somebody chose */
};

/**
 * Starts a clock. `start` is NULL for the system's time, or an instant to count from (RFC 3339, as
 * "2026-11-24T09:00:00Z"; demos and tests use it), which after "=" it stands still at, or "+1h",
 * "-1h30m" for the system's time as if somebody had set the wall clock so far. Fails with TA_WRONG
 * on anything else.
 */
bool ta_clock_start(struct ta_clock *clock, const char *start, struct ta_error *err);

int64_t ta_clock_now(const struct ta_clock *clock);

/** Where a clock stands, in a word that another process of this boot of the machine can go on from;
 *  NULL when the clock is not the system's. Free with free(). */
char *ta_clock_mark(const struct ta_clock *clock);
/** Goes on from a mark. False, and nothing changes: it is NULL or of another boot (what the wall
 *  clock says is then the best there is), or the clock is not the system's. */
bool ta_clock_follow(struct ta_clock *clock, const char *mark);

/** A clock that stands still at an instant until it is moved: boot_at_start is -1. For tests. */
void ta_clock_stand(struct ta_clock *clock, int64_t instant);

#endif
