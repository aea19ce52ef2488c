#include "turnabout/base/clock.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "turnabout/base/date.h"
#include "turnabout/base/text.h"

enum { STANDING = -1, MILLISECONDS = 1000, BOOT_SIZE = 37 };

static int64_t read_clock(clockid_t id)
{
    struct timespec time = {0};
    (void)clock_gettime(id, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* "+1h", "-1h30m": how far the wall clock is set off. */
static bool read_offset(int64_t *offset, const char *start)
{
    int64_t seconds = 0;
    bool ok =
        (start[0] == '+' || start[0] == '-') && ta_span_read(&seconds, ta_piece_of(start + 1));
    *offset = (start[0] == '-' ? -seconds : seconds) * MILLISECONDS;
    return ok;
}

bool ta_clock_start(struct ta_clock *clock, const char *start, struct ta_error *err)
{
    struct ta_moment moment = {0};
    int64_t offset = 0;
    bool stands = start != NULL && start[0] == '=';
    start = stands ? start + 1 : start;
    bool given = start != NULL && !read_offset(&offset, start);
    if (!given) {
        moment.instant = read_clock(CLOCK_REALTIME) + offset;
    } else if (!ta_moment_read(&moment, ta_piece_of(start))) {
        return ta_fail(err, TA_WRONG,
                       "\"%s\" is not an instant to start the clock from; write it as "
                       "2026-11-24T09:00:00Z.",
                       start);
    }
    *clock = (struct ta_clock){moment.instant, read_clock(CLOCK_BOOTTIME), given};
    if (stands) {
        ta_clock_stand(clock, moment.instant);
    }
    return true;
}

/* Which boot of the machine this is: another one after every start. */
static bool read_boot(char boot[BOOT_SIZE])
{
    int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    bool ok = file >= 0 && read(file, boot, BOOT_SIZE - 1) == BOOT_SIZE - 1;
    boot[BOOT_SIZE - 1] = '\0';
    if (file >= 0) {
        (void)close(file);
    }
    return ok;
}

static bool is_systems(const struct ta_clock *clock)
{
    return !clock->is_given && clock->boot_at_start != STANDING;
}

char *ta_clock_mark(const struct ta_clock *clock)
{
    char boot[BOOT_SIZE];
    struct ta_text mark = {0};
    if (!is_systems(clock) || !read_boot(boot)) {
        return NULL;
    }
    ta_text_addf(&mark, "%s %lld %lld", boot, (long long)clock->boot_at_start,
                 (long long)clock->wall_at_start);
    return ta_text_take(&mark);
}

/* " 12345 1795510920000" */
static bool read_instants(int64_t instants[2], const char *text)
{
    for (int i = 0; i < 2; i++) {
        char *rest = NULL;
        instants[i] = strtoll(text, &rest, 10);
        if (rest == text || instants[i] < 0) {
            return false;
        }
        text = rest;
    }
    return *text == '\0';
}

bool ta_clock_follow(struct ta_clock *clock, const char *mark)
{
    char boot[BOOT_SIZE];
    int64_t instants[2];
    if (mark == NULL || !is_systems(clock) || !read_boot(boot) ||
        strncmp(mark, boot, BOOT_SIZE - 1) != 0 || !read_instants(instants, mark + BOOT_SIZE - 1)) {
        return false;
    }
    clock->boot_at_start = instants[0];
    clock->wall_at_start = instants[1];
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
    *clock = (struct ta_clock){.wall_at_start = instant, .boot_at_start = STANDING};
}
