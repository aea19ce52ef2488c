/**
 * A program in a pseudo-terminal of 80x24, and when its bytes came. Times are nanoseconds of
 * CLOCK_MONOTONIC. What does not happen within a minute ends the harness.
 */
#ifndef TURNABOUT_TESTS_BENCH_TERMINAL_H
#define TURNABOUT_TESTS_BENCH_TERMINAL_H

#include <stddef.h>
#include <stdint.h>

#include <sys/types.h>

struct pty {
    int fd;
    pid_t pid;
    int64_t started; /**< just before exec */
    int64_t last;    /**< when the last byte came */
    char *bytes;     /**< what was written since the last pty_forget(), with a NUL behind it */
    size_t length;
};

int64_t now_ns(void);

/** Runs `arguments` (NULL at the end) with this program's environment. */
void pty_open(struct pty *pty, const char *const *arguments);
/** Ends what still runs. */
void pty_close(struct pty *pty);

/** Presses keys, as a terminal sends them. Returns when. */
int64_t pty_send(struct pty *pty, const char *keys);
/**
 * Waits until `text` was written (any byte, if NULL) and then nothing more for `quiet`
 * milliseconds: pty->last is when the screen was complete.
 */
void pty_await(struct pty *pty, const char *text, int quiet);
void pty_forget(struct pty *pty);
/** Takes what comes in this time. */
void pty_listen(struct pty *pty, int milliseconds);
/** Waits for the end of the program. Returns when it ended. */
int64_t pty_end(struct pty *pty);

#endif
