#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "transport.h"
#include "turnabout/base/asking.h"
#include "turnabout/base/memory.h"

/* Objects may say of themselves that they are huge. Built with the address sanitizer this program,
 * which is run for the questions, needs more than anybody has. */
#ifdef TA_ADDRESS_SANITIZER
enum { MEMORY = 0 };
#else
enum { MEMORY = 1 << 30 };
#endif

/*
 * What the person's own configuration says of hooks and upkeep is about their own repositories, not
 * about this program's; what it says of keys, proxies and passwords stands.
 */
static const char *const switches[] = {
    "git",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.fsync=objects",
    "-c",
    "core.fsyncMethod=batch",
    "-c",
    "core.bigFileThreshold=16m",
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
    "-c",
    "transfer.fsckObjects=true",
    "-c",
    "fetch.fsckObjects=true",
    "-c",
    "fetch.unpackLimit=100",
    "-c",
    "fetch.writeCommitGraph=false",
    "-c",
    "transfer.bundleURI=false",
    "-c",
    "transfer.credentialsInUrl=allow",
    "-c",
    "push.gpgSign=false",
    "-c",
    "push.useForceIfIncludes=false",
    "-c",
    "submodule.recurse=false",
    "-c",
    "advice.fetchShowForcedUpdates=false",
};

/* Of the variables that the person has set these must not reach git. */
static const char *const removed[] = {
    "GIT_", "LC_ALL=", "LANGUAGE=", "SSH_ASKPASS", TA_ASKING "=", TA_ASKER "=",
};

static bool is_removed(const char *variable)
{
    for (size_t i = 0; i < sizeof removed / sizeof removed[0]; i++) {
        if (strncmp(variable, removed[i], strlen(removed[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void set(char **environment, size_t *count, const char *name, const char *value)
{
    struct ta_text variable = {0};
    ta_text_addf(&variable, "%s=%s", name, value);
    environment[(*count)++] = ta_text_take(&variable);
}

/* git is in a session of its own, where /dev/tty is nothing: the terminal goes by its name. */
static void set_where(char **environment, size_t *count, const char *asking)
{
    char name[64];
    bool is_terminal = strcmp(asking, "terminal") == 0;
    if (is_terminal && (ttyname_r(STDIN_FILENO, name, sizeof name) == 0 ||
                        ttyname_r(STDERR_FILENO, name, sizeof name) == 0)) {
        struct ta_text where = {0};
        ta_text_addf(&where, "terminal:%s", name);
        set(environment, count, TA_ASKING, where.bytes);
        ta_text_release(&where);
    } else {
        set(environment, count, TA_ASKING, asking);
    }
}

char **ta_git_environment(char *const *environment, const struct ta_transport *transport)
{
    enum { OURS = 12 };
    const char *asker = transport->asker != NULL ? transport->asker : "/bin/false";
    size_t count = 0;
    while (environment[count] != NULL) {
        count++;
    }
    char **made = ta_allocate(count + OURS, sizeof *made);
    count = 0;
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (!is_removed(environment[i])) {
            made[count++] = ta_copy(environment[i]);
        }
    }
    set(made, &count, "LC_ALL", "C");
    set(made, &count, "GIT_TERMINAL_PROMPT", "0");
    set(made, &count, "GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
    set(made, &count, "GIT_NO_REPLACE_OBJECTS", "1");
    set(made, &count, "GIT_ASKPASS", asker);
    set(made, &count, "SSH_ASKPASS", asker);
    set(made, &count, "SSH_ASKPASS_REQUIRE", "force");
    if (transport->asker != NULL && transport->asking != NULL) {
        set(made, &count, TA_ASKER, "1");
        set_where(made, &count, transport->asking);
    }
    return made;
}

void ta_git_environment_free(char **environment)
{
    for (size_t i = 0; environment[i] != NULL; i++) {
        free(environment[i]);
    }
    free(environment);
}

/* What it says */

struct phase {
    const char *name; /* git's */
    const char *ours;
};

static const struct phase phases[] = {
    {"Compressing objects", "preparing"}, {"Receiving objects", "receiving"},
    {"Resolving deltas", "checking"},     {"Unpacking objects", "receiving"},
    {"Writing objects", "sending"},
};

static void report(struct ta_git_run *run, const char *phase, unsigned percent)
{
    bool is_new = strcmp(run->phase, phase) != 0 || run->percent != percent;
    (void)snprintf(run->phase, sizeof run->phase, "%s", phase);
    run->percent = percent;
    if (is_new && run->transport->progress != NULL) {
        run->transport->progress(phase, percent, run->transport->data);
    }
}

/* "Receiving objects:  42% (5/12)"; others of its kind ("Counting objects: 5") are no news. */
static bool is_progress(struct ta_git_run *run, struct ta_piece line)
{
    const char *colon = line.length > 0 ? memchr(line.at, ':', line.length) : NULL;
    if (colon == NULL) {
        return false;
    }
    struct ta_piece name = {line.at, (size_t)(colon - line.at)};
    struct ta_piece rest =
        ta_piece_trim((struct ta_piece){colon + 1, line.length - name.length - 1});
    unsigned percent = 0;
    size_t digits = 0;
    while (digits < rest.length && digits < 3 && rest.at[digits] >= '0' && rest.at[digits] <= '9') {
        percent = percent * 10 + (unsigned)(rest.at[digits++] - '0');
    }
    bool is_share = digits > 0 && digits < rest.length && rest.at[digits] == '%' && percent <= 100;
    for (size_t i = 0; is_share && i < sizeof phases / sizeof phases[0]; i++) {
        if (ta_piece_is(name, phases[i].name)) {
            report(run, phases[i].ours, percent);
        }
    }
    return is_share || ta_piece_is(name, "Counting objects") ||
           ta_piece_is(name, "Enumerating objects");
}

/* Keeps the end of what is said. */
static void keep(struct ta_text *lines, struct ta_piece line)
{
    ta_text_add_bytes(lines, line.at, line.length);
    ta_text_add(lines, "\n");
    if (lines->length > TA_SAID_MOST) {
        ta_text_remove(lines, 0, lines->length - TA_SAID_MOST);
    }
}

static void take_line(struct ta_git_run *run, struct ta_piece line)
{
    static const char other[] = "remote: ";
    line = ta_piece_trim(line);
    if (ta_piece_is(line, TA_ASKING_BEGINS) || ta_piece_is(line, TA_ASKING_ENDS)) {
        run->is_asking = ta_piece_is(line, TA_ASKING_BEGINS);
        return;
    }
    bool is_other = ta_piece_starts(line, other);
    if (is_other) {
        line.at += strlen(other);
        line.length -= strlen(other);
    }
    if (line.length > 0 && !is_progress(run, line)) {
        keep(is_other ? &run->other : &run->said, line);
    }
}

static bool ends_line(char byte)
{
    return byte == '\n' || byte == '\r';
}

bool ta_git_hear(bool is_error, const char *bytes, size_t length, void *data)
{
    struct ta_git_run *run = data;
    if (!is_error) {
        size_t room = TA_SAID_MOST - run->out.length;
        ta_text_add_bytes(&run->out, bytes, length < room ? length : room);
        return !run->is_asking;
    }
    for (size_t i = 0; i < length; i++) {
        if (ends_line(bytes[i])) {
            take_line(run, (struct ta_piece){run->line.bytes, run->line.length});
            ta_text_clear(&run->line);
        } else if (run->line.length < TA_SAID_LINE) {
            ta_text_add_bytes(&run->line, &bytes[i], 1);
        }
    }
    return !run->is_asking;
}

/* Running */

void ta_git_run(struct ta_git_run *run, const char *path, const char *const *words, size_t largest)
{
    enum { COMMON = sizeof switches / sizeof switches[0], MOST = COMMON + 24 };
    const struct ta_transport *transport = run->transport;
    const char *all[MOST];
    size_t count = 0;
    struct ta_text repository = {0};
    ta_text_addf(&repository, "--git-dir=%s", path);
    for (; count < COMMON; count++) {
        all[count] = switches[count];
    }
    all[count++] = repository.bytes;
    for (size_t i = 0; words[i] != NULL && count < MOST - 1; i++) {
        all[count++] = words[i];
    }
    all[count] = NULL;
    report(run, "connecting", 0);
    char **environment = ta_git_environment(environ, transport);
    struct ta_child child = {
        .words = (char *const *)all,
        .environment = environment,
        .largest = largest,
        .memory = MEMORY,
        .seconds = transport->seconds > 0 ? transport->seconds : TA_TRANSPORT_SECONDS,
        .silence = transport->silence > 0 ? transport->silence : TA_TRANSPORT_SILENCE,
        .stop = transport->stop,
        .hear = ta_git_hear,
        .data = run,
    };
    run->end = ta_child_run(&child, &run->status);
    take_line(run, (struct ta_piece){run->line.bytes, run->line.length});
    ta_git_environment_free(environment);
    ta_text_release(&repository);
}

bool ta_git_run_is_done(const struct ta_git_run *run)
{
    return run->end == TA_CHILD_ENDED && run->status == 0;
}

void ta_git_run_release(struct ta_git_run *run)
{
    ta_text_release(&run->out);
    ta_text_release(&run->said);
    ta_text_release(&run->other);
    ta_text_release(&run->line);
}
