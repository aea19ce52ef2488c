#include "turnabout/base/command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

enum {
    NOT_FOUND = 127,
    SAID_MOST = 4096,
    OUT_MOST = 1 << 20,
    SHOWN_MOST = 200,
    MILLI = 1000,
    MICRO = 1000000,
};

/* Words */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* Copies one word and its NUL from `from` to `to`; NULL: its quote does not end. */
static const char *take_word(const char *from, char **to)
{
    char quote = '\0';
    for (; *from != '\0' && (quote != '\0' || !is_blank(*from)); from++) {
        if (quote == '\0' && (*from == '"' || *from == '\'')) {
            quote = *from;
        } else if (quote != '\0' && *from == quote) {
            quote = '\0';
        } else {
            *(*to)++ = *from;
        }
    }
    *(*to)++ = '\0';
    return quote == '\0' ? from : NULL;
}

static const char *skip_blanks(const char *at)
{
    while (is_blank(*at)) {
        at++;
    }
    return at;
}

char **ta_command_words(const char *command)
{
    size_t length = strlen(command);
    size_t most = length / 2 + 2; /* words, and the NULL behind them */
    char **words = ta_allocate(1, most * sizeof *words + length + 2);
    char *text = (char *)(words + most);
    size_t count = 0;
    const char *at = skip_blanks(command);
    while (at != NULL && *at != '\0') {
        words[count++] = text;
        at = take_word(at, &text);
        at = at != NULL ? skip_blanks(at) : NULL;
    }
    if (at == NULL || count == 0 || words[0][0] == '\0') {
        free(words);
        return NULL;
    }
    return words;
}

/* The child */

struct child {
    pid_t id;
    int said;   /* what it says is read from here: standard error, and output unless that is kept */
    int out;    /* a file in memory that keeps standard output; -1: it is said */
    int handle; /* readable when it has ended */
};

/* What the child has as its standard files. */
struct files {
    int in, out, said;
};

/* Signals as a program expects them; and no terminal to ask anything on, in a session of its own.
 * One that asks on the terminal stays with us, and would only be in the way when it was stopped. */
static _Noreturn void become(const struct ta_program *program, struct files files)
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
    if (program->on_terminal) {
        (void)signal(SIGTSTP, SIG_IGN);
    } else {
        (void)setsid();
    }
    if (dup2(files.in, STDIN_FILENO) >= 0 && dup2(files.out, STDOUT_FILENO) >= 0 &&
        dup2(files.said, STDERR_FILENO) >= 0) {
        (void)execvp(program->words[0], program->words);
    }
    _exit(NOT_FOUND);
}

static bool is_set_by(const char *setting, const char *name)
{
    size_t length = strcspn(setting, "=");
    return strncmp(setting, name, length) == 0 && name[length] == '=';
}

char **ta_command_environment(const char *setting)
{
    size_t count = 0;
    while (environ[count] != NULL) {
        count++;
    }
    size_t length = strlen(setting) + 1;
    char **environment = ta_allocate(1, (count + 2) * sizeof *environment + length);
    environment[0] = memcpy(environment + count + 2, setting, length);
    size_t kept = 1;
    for (size_t i = 0; i < count; i++) {
        if (!is_set_by(setting, environ[i])) {
            environment[kept++] = environ[i];
        }
    }
    return environment;
}

/* Two more folders behind $PATH. */
static char **environment_with_path(void)
{
    const char *set = getenv("PATH");
    struct ta_text path = {0};
    ta_text_addf(&path, "PATH=%s:/usr/sbin:/usr/lib", set != NULL ? set : "/usr/bin:/bin");
    char **environment = ta_command_environment(path.bytes);
    ta_text_release(&path);
    return environment;
}

/* Standard input as a file in memory: a command that does not read it holds nobody up. */
static int make_file(const char *bytes, size_t length)
{
    int file = memfd_create("standard", MFD_CLOEXEC);
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

/* execvpe() looks at the PATH of this process, so that is what is changed in the child. */
static pid_t start(const struct ta_program *program, struct files files)
{
    pid_t id = fork();
    if (id == 0) {
        environ = program->environment != NULL ? (char **)program->environment : environ;
        become(program, files);
    }
    return id;
}

static void close_all(const int *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (files[i] >= 0) {
            (void)close(files[i]);
        }
    }
}

static bool open_child(struct child *child, const struct ta_program *program, bool keeps_out)
{
    int pipes[2] = {-1, -1};
    int in = make_file(program->bytes, program->length);
    *child = (struct child){.id = -1, .handle = -1, .out = keeps_out ? make_file("", 0) : -1};
    bool ok = in >= 0 && (!keeps_out || child->out >= 0) && pipe2(pipes, O_CLOEXEC) == 0;
    child->said = pipes[0];
    if (ok) {
        struct files files = {in, keeps_out ? child->out : pipes[1], pipes[1]};
        (void)fcntl(pipes[0], F_SETFL, O_NONBLOCK);
        child->id = start(program, files);
        child->handle = child->id > 0 ? pidfd_open(child->id, 0) : -1;
        ok = child->handle >= 0;
    }
    int problem = errno;
    close_all((const int[]){in, pipes[1]}, 2);
    errno = problem;
    return ok;
}

/* Waiting */

static int64_t milliseconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MILLI + now.tv_nsec / MICRO;
}

/* Takes what was written, and keeps the end of it. */
static bool listen_to(const struct child *child, struct ta_text *said)
{
    char bytes[SAID_MOST];
    ssize_t length = read(child->said, bytes, sizeof bytes);
    if (length > 0) {
        ta_text_add_bytes(said, bytes, (size_t)length);
    }
    if (said->length > SAID_MOST) {
        ta_text_remove(said, 0, said->length - SAID_MOST);
    }
    return length > 0 || (length < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Until the child has ended; false: the time is over. Its own children may keep the pipe open. */
static bool wait_for(const struct child *child, struct ta_text *said, int seconds)
{
    int64_t end = milliseconds_now() + (int64_t)seconds * MILLI;
    struct pollfd files[2] = {{child->handle, POLLIN, 0}, {child->said, POLLIN, 0}};
    while (!(files[0].revents & POLLIN)) {
        int64_t left = end - milliseconds_now();
        if (left <= 0) {
            return false;
        }
        int ready = poll(files, 2, (int)left);
        if (ready > 0 && files[1].revents != 0 && !listen_to(child, said)) {
            files[1].fd = -1;
        }
        if (ready <= 0) {
            files[0].revents = 0;
        }
    }
    return true;
}

/* The status of waitpid(). */
static int finish(const struct child *child, struct ta_text *said, bool in_time)
{
    int status = 0;
    if (!in_time) {
        (void)kill(-child->id, SIGKILL);
        (void)kill(child->id, SIGKILL); /* it may have left its group, or never have had its own */
    }
    while (waitpid(child->id, &status, 0) < 0 && errno == EINTR) {
    }
    (void)listen_to(child, said);
    return status;
}

/* What stands in the file in memory; TA_WRONG: too much of it. */
static bool read_out(const struct child *child, const char *program, struct ta_text *out,
                     struct ta_error *err)
{
    off_t length = lseek(child->out, 0, SEEK_END);
    if (length < 0 || length > OUT_MOST) {
        return ta_fail(err, TA_SYSTEM, "\"%s\" wrote more than %d bytes: that is too much.",
                       program, OUT_MOST);
    }
    char *bytes = ta_allocate((size_t)length + 1, 1);
    ssize_t done = pread(child->out, bytes, (size_t)length, 0);
    ta_text_add_bytes(out, bytes, done > 0 ? (size_t)done : 0);
    free(bytes);
    return true;
}

/* What it was about: the last line that it wrote, in brackets. */
static void add_last_line(struct ta_text *out, const struct ta_text *said)
{
    struct ta_piece rest = {said->bytes, said->length};
    struct ta_piece line;
    struct ta_piece last = {0};
    while (ta_next_line(&rest, &line)) {
        line = ta_piece_trim(line);
        last = line.length > 0 ? line : last;
    }
    struct ta_text clean = {0};
    ta_clean(&clean, last.at, last.length);
    if (clean.length > 0) {
        size_t shown = ta_fit(clean.bytes, clean.length, SHOWN_MOST);
        ta_text_addf(out, " (%.*s)", (int)shown, clean.bytes);
    }
    ta_text_release(&clean);
}

/* Whether all went well, and if not, what did not. */
static bool judge(const char *program, int status, bool in_time, int seconds,
                  const struct ta_text *said, struct ta_error *err)
{
    if (in_time && status == 0) {
        return true;
    }
    struct ta_text words = {0};
    add_last_line(&words, said);
    const char *last = words.length > 0 ? words.bytes : "";
    if (!in_time) {
        (void)ta_fail(err, TA_SYSTEM,
                      "\"%s\" did not end within %d seconds and was stopped%s; what it did before "
                      "is not known.",
                      program, seconds, last);
    } else if (WIFSIGNALED(status)) {
        (void)ta_fail(err, TA_SYSTEM, "\"%s\" was ended by a signal (%s)%s.", program,
                      strsignal(WTERMSIG(status)), last);
    } else if (WEXITSTATUS(status) == NOT_FOUND && said->length == 0) {
        (void)ta_fail(err, TA_ABSENT,
                      "\"%s\" could not be run: see that it is installed, and written as it is "
                      "called.",
                      program);
    } else {
        (void)ta_fail(err, TA_SYSTEM, "\"%s\" ended with status %d%s.", program,
                      WEXITSTATUS(status), last);
    }
    ta_text_release(&words);
    return false;
}

/* ^C and ^\\ are for what asks on the terminal alone. */
static bool run_child(struct child *child, const struct ta_program *program, struct ta_text *out,
                      struct ta_text *said, struct ta_error *err)
{
    const char *name = program->words[0];
    bool ok = open_child(child, program, out != NULL);
    if (!ok) {
        (void)ta_fail(err, TA_SYSTEM, "\"%s\" could not be started: %s.", name, strerror(errno));
    }
    if (child->id > 0) {
        bool in_time = ok && wait_for(child, said, program->seconds);
        int status = finish(child, said, in_time);
        ok = ok && judge(name, status, in_time, program->seconds, said, err) &&
             (out == NULL || read_out(child, name, out, err));
    }
    return ok;
}

/* What asks on the terminal gets ^C and ^\ alone: it ends, and the sentence says so. */
bool ta_program_run(const struct ta_program *program, struct ta_text *out, struct ta_text *said,
                    struct ta_error *err)
{
    struct child child;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction interrupt;
    struct sigaction quit;
    if (program->on_terminal) {
        (void)sigaction(SIGINT, &ignore, &interrupt);
        (void)sigaction(SIGQUIT, &ignore, &quit);
    }
    bool ok = run_child(&child, program, out, said, err);
    if (program->on_terminal) {
        (void)sigaction(SIGINT, &interrupt, NULL);
        (void)sigaction(SIGQUIT, &quit, NULL);
    }
    close_all((const int[]){child.said, child.out, child.handle}, 3);
    return ok;
}

bool ta_command_run(const char *command, const char *bytes, size_t length, int seconds,
                    struct ta_error *err)
{
    char **words = ta_command_words(command);
    if (words == NULL) {
        return ta_fail(err, TA_WRONG,
                       "\"%s\" is no command: it is empty, or a quote in it does not end.",
                       command);
    }
    char **environment = environment_with_path();
    struct ta_program program = {.words = words,
                                 .environment = environment,
                                 .bytes = bytes,
                                 .length = length,
                                 .seconds = seconds};
    struct ta_text said = {0};
    bool ok = ta_program_run(&program, NULL, &said, err);
    ta_text_release(&said);
    free(environment);
    free(words);
    return ok;
}
