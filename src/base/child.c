#include "turnabout/base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CHUNK = 16384,
    MILLI = 1000,
    MICRO = 1000000,
    GRACE = 1000, /* milliseconds between asking and making */
    ALWAYS = 60000
};

/* What is polled. */
enum { HANDLE, SAID, TOLD, STOP, SIGNALS, ALSO, FILES };

struct run {
    const struct ta_child *child;
    pid_t parent;
    pid_t id;
    int handle;           /* readable when it has ended */
    int in;               /* the child's ends */
    int out[2];           /* standard output: ours to read from, the child's */
    int told[2];          /* standard error */
    int signals;          /* a signalfd */
    int pending;          /* the signal that ended it, which is to follow */
    sigset_t mask_before; /* of this process */
    int64_t begun;        /* milliseconds */
    int64_t heard;
    size_t written;  /* bytes */
    bool is_waiting; /* it may be silent */
};

/* Signals */

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/* Those that nobody has blocked and that are not ignored are watched here. */
static void watch_signals(struct run *run)
{
    sigset_t watched;
    sigset_t held;
    (void)sigprocmask(SIG_BLOCK, NULL, &run->mask_before);
    (void)sigemptyset(&watched);
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
        struct sigaction action;
        if (sigismember(&run->mask_before, ending[i]) == 0 &&
            sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
            (void)sigaddset(&watched, ending[i]);
        }
    }
    held = watched;
    (void)sigaddset(&held, SIGTSTP);
    (void)sigprocmask(SIG_BLOCK, &held, NULL);
    run->signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void leave_signals(const struct run *run)
{
    if (run->pending != 0) {
        (void)raise(run->pending);
    }
    (void)sigprocmask(SIG_SETMASK, &run->mask_before, NULL);
}

/* The child's side */

static void limit(int resource, size_t bytes)
{
    struct rlimit now;
    if (bytes > 0 && getrlimit((__rlimit_resource_t)resource, &now) == 0 && now.rlim_max > bytes) {
        (void)setrlimit((__rlimit_resource_t)resource, &(struct rlimit){bytes, bytes});
    }
}

void ta_child_signals(void)
{
    static const int defaults[] = {SIGINT,  SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU,
                                   SIGTERM, SIGHUP,  SIGPIPE, SIGWINCH};
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++) {
        (void)sigaction(defaults[i], &action, NULL);
    }
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void become(const struct run *run)
{
    const struct ta_child *child = run->child;
    ta_child_signals();
    (void)signal(SIGXFSZ, SIG_IGN);
    if (child->on_terminal) {
        (void)signal(SIGTSTP, SIG_IGN); /* it would only be in the way when it was stopped */
    } else {
        (void)setsid();
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    limit(RLIMIT_FSIZE, child->largest);
    limit(RLIMIT_DATA, child->memory);
    if (getppid() == run->parent && dup2(run->in, STDIN_FILENO) >= 0 &&
        dup2(run->out[1], STDOUT_FILENO) >= 0 && dup2(run->told[1], STDERR_FILENO) >= 0) {
        /* execvp() looks at the PATH of this process, so that is what is changed here. */
        environ = child->environment != NULL ? (char **)child->environment : environ;
        (void)execvp(child->words[0], child->words);
    }
    _exit(TA_CHILD_NOT_FOUND);
}

/* Starting */

/* Standard input as a file in memory: a command that does not read it holds nobody up. */
static int make_input(const char *bytes, size_t length)
{
    if (length == 0) {
        return open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    int file = memfd_create("input", MFD_CLOEXEC);
    for (size_t written = 0; file >= 0 && written < length;) {
        ssize_t done = write(file, bytes + written, length - written);
        if (done < 0 && errno != EINTR) {
            (void)close(file);
            return -1;
        }
        written += done > 0 ? (size_t)done : 0;
    }
    if (file >= 0) {
        (void)lseek(file, 0, SEEK_SET);
    }
    return file;
}

static void close_one(int *file)
{
    if (*file >= 0) {
        (void)close(*file);
    }
    *file = -1;
}

static bool open_pipes(struct run *run)
{
    run->in = make_input(run->child->input, run->child->length);
    if (run->in < 0 || pipe2(run->out, O_CLOEXEC) != 0 || pipe2(run->told, O_CLOEXEC) != 0) {
        return false;
    }
    (void)fcntl(run->out[0], F_SETFL, O_NONBLOCK);
    (void)fcntl(run->told[0], F_SETFL, O_NONBLOCK);
    return true;
}

static bool start(struct run *run)
{
    if (!open_pipes(run)) {
        return false;
    }
    run->parent = getpid();
    run->id = fork();
    if (run->id == 0) {
        become(run);
    }
    run->handle = run->id > 0 ? pidfd_open(run->id, 0) : -1;
    int problem = errno;
    close_one(&run->in);
    close_one(&run->out[1]);
    close_one(&run->told[1]);
    errno = problem;
    return run->handle >= 0;
}

/* Waiting */

static int64_t now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * MILLI + time.tv_nsec / MICRO;
}

/* Takes what was written; false: there is nothing, and never will be when `*file` is closed. */
static bool take(struct run *run, int *file, bool is_error)
{
    char bytes[CHUNK];
    ssize_t length = *file >= 0 ? read(*file, bytes, sizeof bytes) : 0;
    if (length > 0) {
        run->heard = now();
        run->written += (size_t)length;
        run->is_waiting = run->child->hear != NULL &&
                          !run->child->hear(is_error, bytes, (size_t)length, run->child->data);
    } else if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
        close_one(file);
    }
    return length > 0;
}

/* Milliseconds until one of both limits, at least 0; `*end` becomes the one that is first. */
static int time_left(const struct run *run, enum ta_child_end *end)
{
    const struct ta_child *child = run->child;
    int64_t whole = child->seconds > 0 ? run->begun + (int64_t)child->seconds * MILLI : INT64_MAX;
    int64_t silent = child->silence > 0 && !run->is_waiting
                         ? run->heard + (int64_t)child->silence * MILLI
                         : INT64_MAX;
    *end = silent < whole ? TA_CHILD_SILENT : TA_CHILD_SLOW;
    int64_t left = (silent < whole ? silent : whole) - now();
    return left <= 0 ? 0 : left < ALWAYS ? (int)left : ALWAYS;
}

static bool is_signalled(struct run *run)
{
    struct signalfd_siginfo info;
    bool came = run->signals >= 0 && read(run->signals, &info, sizeof info) == sizeof info;
    if (came) {
        run->pending = (int)info.ssi_signo;
    }
    return came;
}

static void prepare(const struct run *run, struct pollfd *files)
{
    const int watched[FILES] = {
        [HANDLE] = run->handle,   [SAID] = run->out[0],
        [TOLD] = run->told[0],    [STOP] = run->child->stop > 0 ? run->child->stop : -1,
        [SIGNALS] = run->signals, [ALSO] = run->child->also > 0 ? run->child->also : -1,
    };
    for (size_t i = 0; i < FILES; i++) {
        files[i] = (struct pollfd){watched[i], POLLIN, 0};
    }
}

/* Until the child has ended, or must be. Its own children may keep the pipes open. */
static enum ta_child_end wait_for(struct run *run)
{
    for (;;) {
        enum ta_child_end end;
        struct pollfd files[FILES];
        int left = time_left(run, &end);
        prepare(run, files);
        int ready = poll(files, FILES, left);
        if (left == 0 && files[HANDLE].revents == 0) {
            return end;
        }
        if (ready <= 0) {
            continue;
        }
        if (files[HANDLE].revents != 0) {
            return TA_CHILD_ENDED;
        }
        if (files[STOP].revents != 0 || is_signalled(run)) {
            return TA_CHILD_STOPPED;
        }
        if (run->child->loudest > 0 && run->written > run->child->loudest) {
            return TA_CHILD_LOUD;
        }
        if (files[ALSO].revents != 0) {
            run->child->attend(run->child->data);
        }
        (void)(files[SAID].revents != 0 && take(run, &run->out[0], false));
        (void)(files[TOLD].revents != 0 && take(run, &run->told[0], true));
    }
}

/* It may have left its group. */
static void send_both(const struct run *run, int number)
{
    (void)kill(-run->id, number);
    (void)kill(run->id, number);
}

/* A moment to put things in order: a password that is asked for gives the terminal its echo back.
 * Whoever is left has our pipe open. Then all of the group goes, while its leader, not yet
 * collected, still keeps its number. */
static void make_end(struct run *run)
{
    int64_t end = now() + GRACE;
    send_both(run, SIGTERM);
    for (int64_t left = GRACE; left > 0 && run->told[0] >= 0; left = end - now()) {
        struct pollfd told = {run->told[0], POLLIN, 0};
        if (poll(&told, 1, (int)left) > 0) {
            (void)take(run, &run->told[0], true);
        }
    }
    send_both(run, SIGKILL);
}

static int collect(struct run *run)
{
    int status = 0;
    while (waitpid(run->id, &status, 0) < 0 && errno == EINTR) {
    }
    /* What goes on behind it may write for ever. */
    for (int i = 0; i < CHUNK && take(run, &run->out[0], false); i++) {
    }
    for (int i = 0; i < CHUNK && take(run, &run->told[0], true); i++) {
    }
    return status;
}

enum ta_child_end ta_child_run(const struct ta_child *child, int *status)
{
    struct run run = {child, 0, -1, -1, -1, {-1, -1}, {-1, -1}, -1, 0, .begun = now()};
    run.heard = run.begun;
    *status = 0;
    watch_signals(&run);
    enum ta_child_end end = start(&run) ? wait_for(&run) : TA_CHILD_FAILED;
    int problem = errno;
    if (run.id > 0) {
        if (end != TA_CHILD_ENDED) {
            make_end(&run);
        }
        *status = collect(&run);
    }
    int *files[] = {&run.handle,  &run.in,      &run.out[0], &run.out[1],
                    &run.told[0], &run.told[1], &run.signals};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        close_one(files[i]);
    }
    leave_signals(&run);
    errno = problem;
    return end;
}
