#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "asking.h"
#include "turnabout/base/asking.h"
#include "turnabout/base/memory.h"

enum { PATIENCE = 300000 /* milliseconds */ };

/* The answer, and room for the NUL or line end behind it. */
struct answer {
    char bytes[TA_ANSWER_MOST + 2];
    size_t length;
};

bool ta_asker_is_called(void)
{
    const char *called = getenv(TA_ASKER);
    return called != NULL && called[0] != '\0';
}

char *ta_asker_path(void)
{
    static const char deleted[] = " (deleted)"; /* it was replaced by a newer one meanwhile */
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) {
        return NULL;
    }
    size_t tail = strlen(deleted);
    path[length] = '\0';
    if ((size_t)length > tail && strcmp(path + (size_t)length - tail, deleted) == 0) {
        path[(size_t)length - tail] = '\0';
    }
    return ta_copy(path);
}

static void write_all(int file, const char *bytes, size_t length)
{
    for (size_t written = 0; written < length;) {
        ssize_t done = write(file, bytes + written, length - written);
        if (done < 0 && errno != EINTR) {
            return;
        }
        written += done > 0 ? (size_t)done : 0;
    }
}

static void remark(const char *line)
{
    struct ta_text whole = {0};
    const char *mark = getenv(TA_ASKER);
    ta_text_addf(&whole, "\n%s %s\n", line,
                 mark != NULL ? mark : ""); /* what stood there may have no line end */
    write_all(STDERR_FILENO, whole.bytes, whole.length);
    ta_text_release(&whole);
}

/* What ends this process must find the terminal as it was; it is polled for. */
static int watch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    sigset_t watched;
    (void)sigemptyset(&watched);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)sigaddset(&watched, numbers[i]);
    }
    (void)sigprocmask(SIG_BLOCK, &watched, NULL);
    return signalfd(-1, &watched, SFD_CLOEXEC);
}

/* Until there is something to read; false: a signal came, or nothing for too long. */
static bool wait_for(int file, int signals)
{
    struct pollfd files[2] = {{file, POLLIN, 0}, {signals, POLLIN, 0}};
    int ready;
    do {
        ready = poll(files, 2, PATIENCE);
    } while (ready < 0 && errno == EINTR);
    return ready > 0 && files[1].revents == 0;
}

/* On the terminal */

static int open_terminal(const char *where)
{
    static const char named[] = "terminal:";
    const char *path =
        strncmp(where, named, strlen(named)) == 0 ? where + strlen(named) : "/dev/tty";
    int terminal = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal >= 0 && isatty(terminal) != 1) {
        (void)close(terminal);
        return -1;
    }
    return terminal;
}

static void put_question(int terminal, const struct ta_question *question)
{
    struct ta_text words = {0};
    ta_question_say(&words, question);
    ta_text_add(&words, question->kind == TA_ASKED_TOUCH ? ".\n" : ": ");
    write_all(terminal, words.bytes, words.length);
    ta_text_release(&words);
}

/* A line as the terminal's own editing gives it. */
static bool read_line(int terminal, int signals, struct answer *answer)
{
    char *end = NULL;
    while (end == NULL && answer->length < TA_ANSWER_MOST && wait_for(terminal, signals)) {
        ssize_t length =
            read(terminal, answer->bytes + answer->length, TA_ANSWER_MOST - answer->length);
        if (length <= 0) {
            return false;
        }
        answer->length += (size_t)length;
        end = memchr(answer->bytes, '\n', answer->length);
    }
    answer->length = end != NULL ? (size_t)(end - answer->bytes) : 0;
    answer->bytes[answer->length] = '\0';
    return end != NULL;
}

static bool ask_terminal(const char *where, const struct ta_question *question,
                         struct answer *answer)
{
    int signals = watch_signals();
    int terminal = open_terminal(where);
    struct termios before;
    if (terminal < 0 || signals < 0 || tcgetattr(terminal, &before) != 0) {
        return false;
    }
    struct termios quiet = before;
    quiet.c_lflag |= ICANON | ISIG;
    if (ta_question_is_secret(question)) {
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        quiet.c_lflag |= ECHONL;
    }
    (void)tcsetattr(terminal, TCSAFLUSH, &quiet);
    put_question(terminal, question);
    bool ok = read_line(terminal, signals, answer);
    (void)tcsetattr(terminal, TCSAFLUSH, &before);
    if (!ok) {
        write_all(terminal, "\n", 1);
    }
    (void)close(terminal);
    (void)close(signals);
    return ok;
}

/* Over the socket */

static int connect_to(const char *path)
{
    struct sockaddr_un address;
    int handle = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    int folder = ta_socket_address(&address, path);
    bool ok = handle >= 0 && folder >= 0 &&
              connect(handle, (const struct sockaddr *)&address, sizeof address) == 0 &&
              ta_socket_is_ours(handle);
    if (folder >= 0) {
        (void)close(folder);
    }
    if (!ok && handle >= 0) {
        (void)close(handle);
        handle = -1;
    }
    return handle;
}

/* Sends a packet, and takes the answer to it; false: there is none. */
static bool exchange(const char *path, const struct ta_text *packet, struct answer *answer)
{
    int handle = connect_to(path);
    char back[1 + TA_ANSWER_MOST] = {0};
    struct pollfd file = {handle, POLLIN, 0};
    ssize_t length = -1;
    if (handle >= 0 &&
        send(handle, packet->bytes, packet->length, MSG_NOSIGNAL) == (ssize_t)packet->length &&
        poll(&file, 1, PATIENCE) > 0) {
        length = recv(handle, back, sizeof back, 0);
    }
    bool ok = length > 0 && back[0] == '+';
    if (ok) {
        answer->length = (size_t)length - 1;
        memcpy(answer->bytes, back + 1, answer->length);
        answer->bytes[answer->length] = '\0';
    }
    explicit_bzero(back, sizeof back);
    if (handle >= 0) {
        (void)close(handle);
    }
    return ok;
}

static bool ask_socket(const char *path, const char *prompt, const char *hint,
                       struct answer *answer)
{
    struct ta_text packet = {0};
    ta_text_addf(&packet, "%.16s\n", hint != NULL ? hint : "");
    ta_text_add_bytes(&packet, prompt, strnlen(prompt, TA_QUESTION_MOST - packet.length));
    bool ok = exchange(path, &packet, answer);
    ta_text_release(&packet);
    return ok;
}

/* What was typed for another git of the same row. */

static bool recall(const char *path, const char *prompt, struct answer *answer)
{
    struct ta_text packet = {0};
    ta_text_addf(&packet, "?%.*s", TA_QUESTION_MOST, prompt);
    bool ok = path != NULL && exchange(path, &packet, answer);
    ta_text_release(&packet);
    return ok;
}

static void keep(const char *path, const char *prompt, const struct answer *answer)
{
    struct ta_text packet = {0};
    struct answer none = {.length = 0};
    ta_text_addf(&packet, "=%.*s", TA_QUESTION_MOST, prompt);
    ta_text_add_bytes(&packet, "", 1);
    ta_text_add_bytes(&packet, answer->bytes, answer->length);
    if (path != NULL) {
        (void)exchange(path, &packet, &none);
    }
    explicit_bzero(packet.bytes, packet.length);
    ta_text_release(&packet);
}

/* "Y" is as good as "yes"; a fingerprint stays as it is. */
static bool is_yes(const struct answer *answer)
{
    return strcasecmp(answer->bytes, "y") == 0 || strcasecmp(answer->bytes, "yes") == 0;
}

static void tell(const struct ta_question *question, struct answer *answer)
{
    static const char yes[] = "yes";
    if (question->kind == TA_ASKED_HOST && is_yes(answer)) {
        answer->length = strlen(yes);
        memcpy(answer->bytes, yes, sizeof yes);
    }
    answer->bytes[answer->length++] = '\n';
    write_all(STDOUT_FILENO, answer->bytes, answer->length);
}

static bool ask(const char *where, const char *prompt, const struct ta_question *question,
                struct answer *answer)
{
    remark(TA_ASKING_BEGINS);
    bool ok = where[0] == '/' ? ask_socket(where, prompt, getenv("SSH_ASKPASS_PROMPT"), answer)
                              : ask_terminal(where, question, answer);
    remark(TA_ASKING_ENDS);
    return ok;
}

int ta_asker_main(int argc, char **argv)
{
    const char *where = getenv(TA_ASKING);
    const char *kept = getenv(TA_ANSWERS);
    const char *prompt = argc > 1 ? argv[1] : "";
    struct ta_question question = {0};
    struct answer answer = {.length = 0};
    if (where == NULL || where[0] == '\0') {
        return EXIT_FAILURE;
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* whoever asks is gone */
    ta_question_read(&question, prompt, getenv("SSH_ASKPASS_PROMPT"));
    bool is_lasting = ta_question_is_lasting(&question);
    bool ok = is_lasting && recall(kept, prompt, &answer);
    if (!ok) {
        ok = ask(where, prompt, &question, &answer);
        if (ok && is_lasting) {
            keep(kept, prompt, &answer);
        }
    }
    ok = ok && (question.kind != TA_ASKED_CONFIRM || is_yes(&answer));
    if (ok) {
        tell(&question, &answer);
    }
    explicit_bzero(&answer, sizeof answer);
    ta_question_release(&question);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
