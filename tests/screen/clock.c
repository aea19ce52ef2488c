/*
 * Time stands still in these tests: in the app until a script moves it, and in each command that a
 * script runs, so that a slow machine shows the same minutes as a fast one.
 */
#include "turnabout/base/clock.h"

#include "turnabout/base/date.h"

bool ta_clock_start(struct ta_clock *clock, const char *start, struct ta_error *err)
{
    struct ta_moment moment;
    if (start == NULL || !ta_moment_read(&moment, ta_piece_of(start))) {
        return ta_fail(err, TA_WRONG, "TURNABOUT_CLOCK names no instant.");
    }
    ta_clock_stand(clock, moment.instant);
    return true;
}

int64_t ta_clock_now(const struct ta_clock *clock)
{
    return clock->wall_at_start;
}

void ta_clock_stand(struct ta_clock *clock, int64_t instant)
{
    *clock = (struct ta_clock){.wall_at_start = instant, .boot_at_start = -1};
}

char *ta_clock_mark(const struct ta_clock *clock)
{
    (void)clock;
    return NULL;
}

bool ta_clock_follow(struct ta_clock *clock, const char *mark)
{
    (void)clock;
    (void)mark;
    return false;
}
