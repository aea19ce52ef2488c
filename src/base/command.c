#include "turnabout/base/command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "turnabout/base/child.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

enum { SAID_MOST = 4096, OUT_MOST = 1 << 20, SHOWN_MOST = 200 };

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

/* Environment */

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

/* Running */

/* What a program writes; `out` NULL: all of it is said. */
struct heard {
    struct ta_text *out;
    struct ta_text *said;
    bool is_too_much;
};

/* Of what it says the end is kept. */
static bool hear(bool is_error, const char *bytes, size_t length, void *data)
{
    struct heard *heard = data;
    if (!is_error && heard->out != NULL) {
        heard->is_too_much = heard->is_too_much || length > OUT_MOST - heard->out->length;
        ta_text_add_bytes(heard->out, bytes, heard->is_too_much ? 0 : length);
        return true;
    }
    ta_text_add_bytes(heard->said, bytes, length);
    if (heard->said->length > SAID_MOST) {
        ta_text_remove(heard->said, 0, heard->said->length - SAID_MOST);
    }
    return true;
}

/* What it was about: the last line that it wrote, in brackets. */
static void add_last_line(struct ta_text *out, const struct ta_text *said)
{
    struct ta_piece last = ta_last_line((struct ta_piece){said->bytes, said->length});
    struct ta_text clean = {0};
    ta_clean(&clean, last.at, last.length);
    if (clean.length > 0) {
        size_t shown = ta_fit(clean.bytes, clean.length, SHOWN_MOST);
        ta_text_addf(out, " (%.*s)", (int)shown, clean.bytes);
    }
    ta_text_release(&clean);
}

static bool judge_status(const char *program, int status, const struct heard *heard,
                         const char *last, struct ta_error *err)
{
    if (WIFSIGNALED(status)) {
        return ta_fail(err, TA_SYSTEM, "\"%s\" was ended by a signal (%s)%s.", program,
                       strsignal(WTERMSIG(status)), last);
    }
    if (WEXITSTATUS(status) == TA_CHILD_NOT_FOUND && heard->said->length == 0) {
        return ta_fail(err, TA_ABSENT,
                       "\"%s\" could not be run: see that it is installed, and written as it is "
                       "called.",
                       program);
    }
    if (WEXITSTATUS(status) != 0) {
        return ta_fail(err, TA_SYSTEM, "\"%s\" ended with status %d%s.", program,
                       WEXITSTATUS(status), last);
    }
    return !heard->is_too_much ||
           ta_fail(err, TA_SYSTEM, "\"%s\" wrote more than %d bytes: that is too much.", program,
                   OUT_MOST);
}

/* Whether all went well, and if not, what did not. */
static bool judge(const struct ta_program *program, enum ta_child_end end, int status,
                  const struct heard *heard, const char *last, struct ta_error *err)
{
    const char *name = program->words[0];
    switch (end) {
    case TA_CHILD_ENDED:
        return judge_status(name, status, heard, last, err);
    case TA_CHILD_FAILED:
        return ta_fail(err, TA_SYSTEM, "\"%s\" could not be started: %s.", name, strerror(errno));
    case TA_CHILD_STOPPED:
        return ta_fail(err, TA_SYSTEM, "\"%s\" was stopped%s; what it did before is not known.",
                       name, last);
    default:
        return ta_fail(err, TA_BUSY,
                       "\"%s\" did not end within %d seconds and was stopped%s; what it did before "
                       "is not known.",
                       name, program->seconds, last);
    }
}

static bool run_child(const struct ta_program *program, struct heard *heard, struct ta_error *err)
{
    struct ta_child child = {
        .words = program->words,
        .environment = program->environment,
        .input = program->bytes,
        .length = program->length,
        .on_terminal = program->on_terminal,
        .seconds = program->seconds,
        .hear = hear,
        .data = heard,
    };
    int status;
    enum ta_child_end end = ta_child_run(&child, &status);
    struct ta_text words = {0};
    add_last_line(&words, heard->said);
    bool ok = judge(program, end, status, heard, words.length > 0 ? words.bytes : "", err);
    ta_text_release(&words);
    return ok;
}

/* What asks on the terminal gets ^C and ^\ alone: it ends, and the sentence says so. */
bool ta_program_run(const struct ta_program *program, struct ta_text *out, struct ta_text *said,
                    struct ta_error *err)
{
    struct heard heard = {out, said, false};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction interrupt;
    struct sigaction quit;
    if (program->on_terminal) {
        (void)sigaction(SIGINT, &ignore, &interrupt);
        (void)sigaction(SIGQUIT, &ignore, &quit);
    }
    bool ok = run_child(program, &heard, err);
    if (program->on_terminal) {
        (void)sigaction(SIGINT, &interrupt, NULL);
        (void)sigaction(SIGQUIT, &quit, NULL);
    }
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
