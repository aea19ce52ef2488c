#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include "transport.h"
#include "turnabout/base/asking.h"
#include "turnabout/base/memory.h"

/* Bytes: a fetch says some thousand, and hooks there some more. */
enum { LOUDEST = 16 << 20 };

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
    "fetch.unpackLimit=1", /* a pack that is refused leaves nothing; loose objects would lie there
                            */
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

/* A banner of a host can say the same, but not the mark of this run. */
static bool is_remark(const struct ta_git_run *run, struct ta_piece line, const char *words)
{
    if (!ta_piece_starts(line, words)) {
        return false;
    }
    size_t length = strlen(words);
    struct ta_piece mark = {line.at + length, line.length - length};
    return ta_piece_is(ta_piece_trim(mark), run->mark);
}

static void take_line(struct ta_git_run *run, struct ta_piece line)
{
    static const char other[] = "remote: ";
    line = ta_piece_trim(line);
    bool begins = is_remark(run, line, TA_ASKING_BEGINS);
    if (begins || is_remark(run, line, TA_ASKING_ENDS)) {
        run->is_asking = begins;
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

static void tell_given_up(const struct ta_git_run *run)
{
    if (run->transport->given_up != NULL) {
        *run->transport->given_up = run->end == TA_CHILD_SILENT ? TA_GIVEN_UP_SILENT
                                    : run->end == TA_CHILD_SLOW ? TA_GIVEN_UP_SLOW
                                                                : TA_GIVEN_UP_NOT;
    }
}

static void attend(void *data)
{
    struct ta_git_run *run = data;
    ta_answers_attend(run->transport->answers);
}

static void make_mark(struct ta_git_run *run)
{
    uint64_t chance[2] = {0};
    ssize_t length = getrandom(chance, sizeof chance, 0); /* so few are never refused */
    (void)snprintf(run->mark, sizeof run->mark, "%016llx%016llx", (unsigned long long)chance[0],
                   (unsigned long long)chance[1]);
    (void)length;
}

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
    bool keeps = transport->asker != NULL && transport->answers != NULL &&
                 ta_answers_begin(transport->answers);
    make_mark(run);
    char **environment = ta_git_environment(environ, run);
    struct ta_child child = {
        .words = (char *const *)all,
        .environment = environment,
        .largest = largest,
        .loudest = LOUDEST,
        .memory = MEMORY,
        .seconds = transport->seconds > 0 ? transport->seconds : TA_TRANSPORT_SECONDS,
        .silence = transport->silence > 0 ? transport->silence : TA_TRANSPORT_SILENCE,
        .stop = transport->stop,
        .also = keeps ? transport->answers->listener.handle : 0,
        .attend = attend,
        .hear = ta_git_hear,
        .data = run,
    };
    run->end = ta_child_run(&child, &run->status);
    tell_given_up(run);
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
