#include "turnabout/base/clock.h"

#include <time.h>

#include "turnabout/base/date.h"

enum { STANDING = -1 };

static int64_t read_clock(clockid_t id)
{
    struct timespec time = {0};
    (void)clock_gettime(id, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool ta_clock_start(struct ta_clock *clock, const char *start, struct ta_error *err)
{
    struct ta_moment moment = {0};
    if (start == NULL) {
        moment.instant = read_clock(CLOCK_REALTIME);
    } else if (!ta_moment_read(&moment, ta_piece_of(start))) {
        return ta_fail(err, TA_WRONG,
                       "\"%s\" is not an instant to start the clock from; write it as "
                       "2026-11-24T09:00:00Z.",
                       start);
    }
    *clock = (struct ta_clock){moment.instant, read_clock(CLOCK_BOOTTIME)};
    return true;
}

int64_t ta_clock_now(const struct ta_clock *clock)
{
    if (clock->boot_at_start == STANDING) {
        return clock->wall_at_start;
    }
    return clock->wall_at_start + read_clock(CLOCK_BOOTTIME) - clock->boot_at_start;
}

void ta_clock_stand(struct ta_clock *clock, int64_t instant)
{
    *clock = (struct ta_clock){instant, STANDING};
}
