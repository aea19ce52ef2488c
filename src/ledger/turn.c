#include "turn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "turnabout/base/file.h"

/*
 * Writers of this program wait for each other; a git that somebody runs holds the ref for a few
 * milliseconds. So a ref lock that has stood for OLD seconds is left over from one that was killed.
 */
enum {
    TURN_TRIES = 30, /* about five seconds */
    OLD = 2,
    FIRST_PAUSE = 10, /* milliseconds, doubled each time */
    LONGEST_PAUSE = 200
};

void ta_turn_pause(unsigned attempt)
{
    long pause = FIRST_PAUSE;
    while (attempt-- > 1 && pause < LONGEST_PAUSE) {
        pause *= 2;
    }
    pause = pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
    struct timespec span = {.tv_nsec = pause * 1000000};
    (void)nanosleep(&span, NULL);
}

/* The lock file is never removed: its removal would give two writers two locks. */
bool ta_turn_take(const char *path, int *turn, struct ta_error *err)
{
    char *file = ta_path_join(path, "turnabout.lock");
    *turn = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool ok = *turn >= 0;
    for (unsigned attempt = 1; ok && flock(*turn, LOCK_EX | LOCK_NB) != 0; attempt++) {
        ok = (errno == EWOULDBLOCK || errno == EINTR) && attempt < TURN_TRIES;
        if (ok) {
            ta_turn_pause(attempt);
        }
    }
    int problem = errno;
    free(file);
    if (!ok && problem == EWOULDBLOCK) {
        return ta_fail(err, TA_BUSY,
                       "Another Turnabout is writing to %s and does not finish; try again, or end "
                       "it.",
                       path);
    }
    return ok || ta_fail(err, TA_SYSTEM,
                         "The record %s cannot be written: %s; see to its "
                         "permissions and free space.",
                         path, strerror(problem));
}

void ta_turn_end(int turn)
{
    if (turn >= 0) {
        (void)close(turn);
    }
}

/* A clock that was set back makes a left lock look as if it came from the future. */
bool ta_branch_clear(const char *path)
{
    struct stat status;
    char *lock = ta_path_join(path, "refs/heads/main.lock");
    bool is_old = stat(lock, &status) == 0 && llabs((long long)time(NULL) - status.st_mtime) >= OLD;
    bool is_cleared = is_old && unlink(lock) == 0;
    free(lock);
    return is_cleared;
}
