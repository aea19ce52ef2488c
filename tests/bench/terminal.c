#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "measure.h"

enum { ROWS = 24, COLUMNS = 80, PATIENCE = 60 * 1000 };

int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Shared with the child, which says when it goes over to the program. */
static int64_t *shared_instant(void)
{
    void *page =
        mmap(NULL, sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) {
        give_up("no memory to share: %s", strerror(errno));
    }
    return page;
}

void pty_open(struct pty *pty, const char *const *arguments)
{
    *pty = (struct pty){.fd = -1};
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    int64_t *instant = shared_instant();
    pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
    if (pty->pid == 0) {
        *instant = now_ns();
        (void)execvp(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    if (pty->pid < 0) {
        give_up("no pseudo-terminal: %s", strerror(errno));
    }
    /* What is read may come before this process runs again: then the child has been there. */
    pty_await(pty, NULL, 0);
    pty->started = *instant;
    (void)munmap(instant, sizeof *instant);
}

void pty_close(struct pty *pty)
{
    if (pty->pid > 0) {
        (void)kill(pty->pid, SIGKILL);
        (void)waitpid(pty->pid, NULL, 0);
    }
    if (pty->fd >= 0) {
        (void)close(pty->fd);
    }
    free(pty->bytes);
    *pty = (struct pty){.fd = -1};
}

int64_t pty_send(struct pty *pty, const char *keys)
{
    int64_t sent = now_ns();
    size_t length = strlen(keys);
    if (write(pty->fd, keys, length) != (ssize_t)length) {
        give_up("cannot write to the pseudo-terminal: %s", strerror(errno));
    }
    return sent;
}

/* Takes what has come. False: the other side has ended. */
static bool take(struct pty *pty)
{
    char bytes[65536];
    ssize_t got = read(pty->fd, bytes, sizeof bytes);
    int64_t now = now_ns();
    if (got <= 0) {
        return false;
    }
    pty->last = now;
    pty->bytes = realloc(pty->bytes, pty->length + (size_t)got + 1);
    if (pty->bytes == NULL) {
        give_up("no memory");
    }
    memcpy(pty->bytes + pty->length, bytes, (size_t)got);
    pty->length += (size_t)got;
    pty->bytes[pty->length] = '\0';
    return true;
}

/* Waits for bytes. False: none came in time. */
static bool wait_for_bytes(struct pty *pty, int milliseconds)
{
    struct pollfd ready = {.fd = pty->fd, .events = POLLIN};
    int count = poll(&ready, 1, milliseconds);
    if (count < 0 && errno != EINTR) {
        give_up("cannot wait: %s", strerror(errno));
    }
    return count > 0;
}

static bool has_written(const struct pty *pty, const char *text)
{
    return pty->length > 0 &&
           (text == NULL || memmem(pty->bytes, pty->length, text, strlen(text)) != NULL);
}

void pty_await(struct pty *pty, const char *text, int quiet)
{
    while (!has_written(pty, text)) {
        if (!wait_for_bytes(pty, PATIENCE) || !take(pty)) {
            give_up("\"%s\" never came; this did: %s", text == NULL ? "" : text,
                    pty->bytes == NULL ? "" : pty->bytes);
        }
    }
    while (wait_for_bytes(pty, quiet) && take(pty)) {
    }
}

void pty_forget(struct pty *pty)
{
    pty->length = 0;
}

void pty_listen(struct pty *pty, int milliseconds)
{
    int64_t end = now_ns() + (int64_t)milliseconds * 1000000;
    for (int64_t now = now_ns(); now < end; now = now_ns()) {
        if (wait_for_bytes(pty, (int)((end - now) / 1000000) + 1) && !take(pty)) {
            give_up("the program ended: %s", pty->bytes == NULL ? "" : pty->bytes);
        }
    }
}

int64_t pty_end(struct pty *pty)
{
    int ended = (int)syscall(SYS_pidfd_open, pty->pid, 0);
    if (ended < 0) {
        give_up("cannot watch the program: %s", strerror(errno));
    }
    struct pollfd ready[] = {{.fd = ended, .events = POLLIN}, {.fd = pty->fd, .events = POLLIN}};
    while ((ready[0].revents & POLLIN) == 0) {
        if (poll(ready, 2, PATIENCE) <= 0) {
            give_up("the program does not end: %s", pty->bytes == NULL ? "" : pty->bytes);
        }
        if (ready[1].revents != 0 && !take(pty)) {
            ready[1].fd = -1;
        }
    }
    int64_t now = now_ns();
    (void)close(ended);
    (void)waitpid(pty->pid, NULL, 0);
    pty->pid = 0;
    return now;
}
