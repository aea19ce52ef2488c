#include "errand.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "turnabout/base/child.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

enum {
    LINE_MOST = 64 * 1024, /* bytes; a line that is longer is no line of ours */
    GRACE = 5,             /* seconds to end when asked to */
    LEAVING = 1000,        /* milliseconds of it when the app itself ends */
    CANNOT_RUN = 127,
};

struct ta_errand {
    pid_t id;
    int said;    /* its standard output and error */
    int handle;  /* readable when it has ended */
    int timer;   /* armed when it was asked to stop */
    int watched; /* all of them */
    struct ta_text bytes;
    struct ta_errand_state state;
    char *phase, *sentence; /* what `state` points to */
    struct ta_text named;
    char *last;   /* line that it wrote and that is none of the porcelain */
    bool stopped; /* somebody asked it to */
};

/* The child */

/* Signals as a program expects them, a session of its own, and the end with the app: that is gone
 * already when another process is the parent. */
static _Noreturn void become(char *const *arguments, const char *asking, pid_t app, int out)
{
    ta_child_signals();
    (void)setsid();
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    bool told = asking != NULL ? setenv("TURNABOUT_ASKING", asking, true) == 0
                               : unsetenv("TURNABOUT_ASKING") == 0;
    if (getppid() == app && told && nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 &&
        dup2(out, STDOUT_FILENO) >= 0 && dup2(out, STDERR_FILENO) >= 0) {
        (void)execv("/proc/self/exe", arguments);
    }
    _exit(CANNOT_RUN);
}

static char **with_name(const char *const *arguments)
{
    static char name[] = "turnabout";
    size_t count = 0;
    while (arguments[count] != NULL) {
        count++;
    }
    char **all = ta_allocate(count + 2, sizeof *all);
    all[0] = name;
    memcpy(all + 1, arguments, count * sizeof *arguments);
    return all;
}

static bool watch(struct ta_errand *errand, int descriptor)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    return descriptor >= 0 && epoll_ctl(errand->watched, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

static bool launch(struct ta_errand *errand, const char *const *arguments, const char *asking)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
    char **all = with_name(arguments);
    pid_t app = getpid();
    errand->said = ends[0];
    errand->id = fork();
    if (errand->id == 0) {
        become(all, asking, app, ends[1]);
    }
    int problem = errno;
    (void)close(ends[1]);
    free(all);
    errno = problem;
    return errand->id > 0;
}

bool ta_errand_start(struct ta_errand **out, const char *const *arguments, const char *asking,
                     struct ta_error *err)
{
    struct ta_errand *errand = ta_allocate(1, sizeof *errand);
    *errand = (struct ta_errand){.id = -1, .said = -1, .handle = -1, .state = {.percent = -1}};
    errand->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    errand->watched = epoll_create1(EPOLL_CLOEXEC);
    bool ok = errand->timer >= 0 && errand->watched >= 0 && launch(errand, arguments, asking);
    if (ok) {
        errand->handle = pidfd_open(errand->id, 0);
        ok = watch(errand, errand->said) && watch(errand, errand->handle) &&
             watch(errand, errand->timer);
    }
    if (!ok) {
        (void)ta_fail(err, TA_SYSTEM, "It cannot be started: %s. Try again in a moment.",
                      strerror(errno));
        ta_errand_free(errand);
        return false;
    }
    *out = errand;
    return true;
}

int ta_errand_descriptor(const struct ta_errand *errand)
{
    return errand->watched;
}

struct ta_errand_state ta_errand_state(const struct ta_errand *errand)
{
    return errand->state;
}

/* What it says */

static const struct {
    const char *word;
    enum ta_errand_outcome outcome;
} outcomes[] = {
    {"done", TA_ERRAND_DONE},           {"conflicts", TA_ERRAND_CONFLICTS},
    {"rewritten", TA_ERRAND_REWRITTEN}, {"refused", TA_ERRAND_REFUSED},
    {"failed", TA_ERRAND_FAILED},
};

static char *clean_copy(struct ta_piece text)
{
    struct ta_text clean = {0};
    ta_clean(&clean, text.at, text.length);
    return ta_text_take(&clean);
}

static void set(char **string, struct ta_piece text)
{
    free(*string);
    *string = clean_copy(text);
}

static int read_percent(struct ta_piece text)
{
    int percent = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || percent > 100) {
            return -1;
        }
        percent = percent * 10 + (text.at[i] - '0');
    }
    return text.length == 0 || percent > 100 ? -1 : percent;
}

static void take_phase(struct ta_errand *errand, struct ta_piece rest)
{
    struct ta_piece phase = {0};
    struct ta_piece percent = {0};
    (void)ta_next_part(&rest, '\t', &phase);
    (void)ta_next_part(&rest, '\t', &percent);
    set(&errand->phase, phase);
    errand->state.phase = errand->phase;
    errand->state.percent = read_percent(percent);
}

static void end_as(struct ta_errand *errand, enum ta_errand_outcome outcome,
                   struct ta_piece sentence)
{
    set(&errand->sentence, sentence);
    errand->state.sentence = errand->sentence;
    errand->state.outcome = outcome;
}

static void take_named(struct ta_errand *errand, struct ta_piece rest)
{
    struct ta_piece act = {0};
    (void)ta_next_part(&rest, '\t', &act);
    ta_text_add(&errand->named, "- ");
    ta_clean(&errand->named, act.at, act.length);
    ta_text_add(&errand->named, "\n  If that was not you: ");
    ta_clean(&errand->named, rest.at, rest.length);
    ta_text_add(&errand->named, "\n");
    errand->state.named = errand->named.bytes;
}

static void take_line(struct ta_errand *errand, struct ta_piece line)
{
    struct ta_piece rest = line;
    struct ta_piece verb = {0};
    (void)ta_next_part(&rest, '\t', &verb);
    if (ta_piece_is(verb, "phase")) {
        take_phase(errand, rest);
        return;
    }
    if (ta_piece_is(verb, "in-your-name")) {
        take_named(errand, rest);
        return;
    }
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        if (ta_piece_is(verb, outcomes[i].word)) {
            end_as(errand, outcomes[i].outcome, ta_piece_trim(rest));
            return;
        }
    }
    set(&errand->last, line);
}

static bool take_lines(struct ta_errand *errand)
{
    bool any = false;
    char *end;
    while (errand->bytes.length > 0 &&
           (end = memchr(errand->bytes.bytes, '\n', errand->bytes.length)) != NULL) {
        size_t length = (size_t)(end - errand->bytes.bytes);
        take_line(errand, (struct ta_piece){errand->bytes.bytes, length});
        ta_text_remove(&errand->bytes, 0, length + 1);
        any = true;
    }
    if (errand->bytes.length > LINE_MOST) {
        ta_text_clear(&errand->bytes);
    }
    return any;
}

/* False: there will be no more. */
static bool read_all(struct ta_errand *errand)
{
    char bytes[4096];
    ssize_t length;
    while ((length = read(errand->said, bytes, sizeof bytes)) > 0 ||
           (length < 0 && errno == EINTR)) {
        ta_text_add_bytes(&errand->bytes, bytes, length > 0 ? (size_t)length : 0);
    }
    return length < 0 && errno == EAGAIN;
}

static bool is_readable(int descriptor)
{
    struct pollfd file = {descriptor, POLLIN, 0};
    return descriptor >= 0 && poll(&file, 1, 0) > 0;
}

static void end_group(const struct ta_errand *errand, int signal)
{
    if (errand->id > 0) {
        (void)kill(-errand->id, signal);
        (void)kill(errand->id, signal); /* its group may not be there yet */
    }
}

/* It has ended: one that said nothing of how it went did not go well. */
static void conclude(struct ta_errand *errand)
{
    int status = 0;
    end_group(errand,
              SIGKILL); /* whoever is left of it; its own number is taken until it is waited for */
    while (waitpid(errand->id, &status, 0) < 0 && errno == EINTR) {
    }
    errand->id = -1;
    errand->state.ended = true;
    if (errand->stopped && errand->state.outcome != TA_ERRAND_DONE) {
        end_as(errand, TA_ERRAND_STOPPED, ta_piece_of("Stopped: what was here is as it was."));
    } else if (errand->state.outcome == TA_ERRAND_UNDER_WAY) {
        const char *why = errand->last != NULL ? errand->last : "it ended before it was through.";
        end_as(errand, TA_ERRAND_FAILED, ta_piece_of(why));
    }
}

bool ta_errand_look(struct ta_errand *errand)
{
    if (errand->state.ended || !is_readable(errand->watched)) {
        return false;
    }
    bool ended = is_readable(errand->handle);
    if (errand->said >= 0 && !read_all(errand)) {
        (void)close(errand->said);
        errand->said = -1;
    }
    bool news = take_lines(errand);
    uint64_t times;
    if (read(errand->timer, &times, sizeof times) == (ssize_t)sizeof times) {
        end_group(errand, SIGKILL);
    }
    if (ended) {
        conclude(errand);
    }
    return news || ended;
}

/* Its end */

void ta_errand_stop(struct ta_errand *errand)
{
    const struct itimerspec after = {.it_value.tv_sec = GRACE};
    if (errand->id > 0 && !errand->stopped) {
        errand->stopped = true;
        end_group(errand, SIGTERM);
        (void)timerfd_settime(errand->timer, 0, &after, NULL);
    }
}

static void close_all(const int *descriptors, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (descriptors[i] >= 0) {
            (void)close(descriptors[i]);
        }
    }
}

void ta_errand_free(struct ta_errand *errand)
{
    if (errand == NULL) {
        return;
    }
    if (errand->id > 0) {
        struct pollfd end = {errand->handle, POLLIN, 0};
        end_group(errand, SIGTERM);
        (void)poll(&end, 1, LEAVING);
        end_group(errand, SIGKILL);
        conclude(errand);
    }
    close_all((const int[]){errand->said, errand->handle, errand->timer, errand->watched}, 4);
    ta_text_release(&errand->bytes);
    ta_text_release(&errand->named);
    free(errand->phase);
    free(errand->sentence);
    free(errand->last);
    free(errand);
}
