#include "turnabout/desk/sync.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "command.h"
#include "turnabout/base/asking.h"
#include "turnabout/base/unicode.h"
#include "turnabout/ledger/transport.h"

/*
 * What is asked on the way (passwords, keys of hosts) is asked by this program, called by git: on
 * the terminal, or where the app waits for it. Who ends it ends git first, through `stop`.
 */
struct line_out {
    struct ta_transport transport;
    struct ta_answers answers;
    char *program;
    bool porcelain;
    FILE *out;
};

static int watch_signals(void)
{
    sigset_t ending;
    (void)sigemptyset(&ending);
    (void)sigaddset(&ending, SIGINT);
    (void)sigaddset(&ending, SIGTERM);
    (void)sigaddset(&ending, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &ending, NULL);
    int descriptor = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
    return descriptor > 0 ? descriptor : 0;
}

static void open_line(struct ta_cli *cli, struct line_out *line)
{
    const char *asking = cli->world->lookup(TA_ASKING);
    bool has_terminal = isatty(STDIN_FILENO) != 0 || isatty(STDERR_FILENO) != 0;
    *line = (struct line_out){.porcelain = cli->option[TA_OPTION_PORCELAIN] != NULL,
                              .out = cli->world->out};
    if (asking == NULL && has_terminal) {
        asking = "terminal";
    }
    line->program = ta_asker_path();
    if (asking != NULL && line->program != NULL) {
        line->transport.asker = line->program;
        line->transport.asking = asking;
    }
    line->transport.answers = &line->answers;
    line->transport.stop = watch_signals();
}

static void close_line(struct line_out *line)
{
    if (line->transport.stop > 0) {
        (void)close(line->transport.stop);
    }
    ta_answers_release(&line->answers);
    free(line->program);
}

/* Lines for the app: fields parted by tabs, which no field has in it. */
static void write_fields(const struct line_out *line, const char *word, const char *text)
{
    struct ta_text clean = {0};
    ta_clean(&clean, text, strlen(text));
    (void)fprintf(line->out, "%s\t%s", word, clean.bytes != NULL ? clean.bytes : "");
    ta_text_release(&clean);
}

static void tell_phase(const char *phase, int percent, void *data)
{
    const struct line_out *line = data;
    if (line->porcelain) {
        write_fields(line, "phase", phase);
        (void)fprintf(line->out, "\t%d\n", percent);
        (void)fflush(line->out);
    }
}

/* The last line; what failed is in it, and nowhere else. */
static void end_porcelain(struct ta_cli *cli, const struct line_out *line, const char *word,
                          const char *sentence)
{
    if (line->porcelain) {
        write_fields(line, word, sentence);
        (void)fprintf(line->out, "\n");
        (void)fflush(line->out);
        cli->silent = true;
    }
}

static void name_porcelain(const struct line_out *line, const struct ta_synced *synced)
{
    for (size_t i = 0; i < synced->named_count; i++) {
        write_fields(line, "in-your-name", synced->in_your_name[i].act);
        write_fields(line, "", synced->in_your_name[i].otherwise);
        (void)fprintf(line->out, "\n");
    }
}

/* sync */

static bool read_rewritten(struct ta_cli *cli, enum ta_rewritten *rewritten, struct ta_error *err)
{
    const char *word = cli->option[TA_OPTION_REWRITTEN];
    *rewritten = TA_REWRITTEN_ASK;
    if (word == NULL) {
        return true;
    }
    bool is_take = strcmp(word, "take") == 0;
    *rewritten = is_take ? TA_REWRITTEN_TAKE : TA_REWRITTEN_MERGE;
    return is_take || strcmp(word, "merge") == 0 ||
           ta_cli_misuse(cli, err,
                         "\"%s\" is neither: write --rewritten merge or --rewritten take.", word);
}

static void add_count(struct ta_text *out, size_t count, const char *what)
{
    if (count > 0) {
        ta_text_addf(out, "%s%zu %s", out->length > 0 ? ", " : "", count, what);
    }
}

/* "2 commits received (the last: Agenda for session 3)" */
static void say_received(struct ta_text *out, const struct ta_synced_remote *synced)
{
    size_t count = synced->fetched;
    add_count(out, count, count == 1 ? "commit received" : "commits received");
    if (count > 0 && synced->newest[0] != '\0') {
        ta_text_addf(out, " (%s%s)", count == 1 ? "" : "the last: ", synced->newest);
    }
}

/* "Record: 2 commits received, 3 sent; both came together." */
static void say_counts(struct ta_text *out, enum ta_remote remote,
                       const struct ta_synced_remote *synced)
{
    struct ta_text counts = {0};
    say_received(&counts, synced);
    add_count(&counts, synced->pushed, synced->pushed == 1 ? "commit sent" : "commits sent");
    ta_text_addf(out, "%s: %s%s.", remote == TA_REMOTE_RECORD ? "Record" : "Released",
                 counts.length > 0 ? counts.bytes : "nothing new",
                 synced->merged ? "; what each of you did came together" : "");
    if (synced->contract_merged) {
        ta_text_add(out, " The contract was merged: both of you sign it again.");
    }
    if (synced->end == TA_SYNC_DONE && synced->message[0] != '\0') {
        ta_text_addf(out, " %s", synced->message);
    }
    ta_text_release(&counts);
}

static void print_remote(struct ta_printer *printer, enum ta_remote remote,
                         const struct ta_synced_remote *synced)
{
    bool is_refused = synced->end == TA_SYNC_REFUSED || synced->end == TA_SYNC_REWRITTEN;
    ta_print_object(printer, NULL);
    ta_print_string(printer, "remote", ta_remote_name(remote), NULL);
    ta_print_number(printer, "fetched", (int64_t)synced->fetched, NULL);
    ta_print_number(printer, "pushed", (int64_t)synced->pushed, NULL);
    ta_print_flag(printer, "merged", synced->merged, NULL);
    ta_print_number(printer, "conflicts", (int64_t)synced->conflicts, NULL);
    ta_print_flag(printer, "refused", is_refused, NULL);
    ta_print_string(printer, "ended", ta_sync_end_name(synced->end), NULL);
    ta_print_string(printer, "message", synced->message, NULL);
    ta_print_end(printer);
}

static bool is_there(const struct ta_synced_remote *synced)
{
    return synced->end != TA_SYNC_NEVER || synced->message[0] != '\0';
}

static void print_all(struct ta_printer *printer, const struct ta_synced *synced)
{
    ta_print_object(printer, NULL);
    ta_print_list(printer, "remotes");
    for (enum ta_remote remote = TA_REMOTE_RECORD; remote < TA_REMOTES; remote++) {
        if (is_there(&synced->remote[remote])) {
            print_remote(printer, remote, &synced->remote[remote]);
        }
    }
    ta_print_end(printer);
    ta_print_list(printer, "in_your_name");
    for (size_t i = 0; i < synced->named_count; i++) {
        ta_print_string(printer, NULL, synced->in_your_name[i].act, NULL);
    }
    ta_print_end(printer);
    ta_print_end(printer);
}

static void say_all(const struct ta_synced *synced, struct ta_text *out)
{
    for (enum ta_remote remote = TA_REMOTE_RECORD; remote < TA_REMOTES; remote++) {
        if (synced->remote[remote].end == TA_SYNC_DONE) {
            ta_text_add(out, out->length > 0 ? " " : "");
            say_counts(out, remote, &synced->remote[remote]);
        }
    }
}

static const struct ta_synced_remote *find_worst(const struct ta_synced *synced)
{
    const struct ta_synced_remote *record = &synced->remote[TA_REMOTE_RECORD];
    return record->end == synced->end ? record : &synced->remote[TA_REMOTE_RELEASED];
}

static void print_synced(struct ta_cli *cli, const struct ta_synced *synced,
                         const struct line_out *line)
{
    struct ta_text said = {0};
    say_all(synced, &said);
    bool is_done = synced->end == TA_SYNC_DONE;
    const char *sentence = is_done && said.bytes != NULL ? said.bytes : find_worst(synced)->message;
    if (line->porcelain) {
        name_porcelain(line, synced);
        end_porcelain(cli, line, ta_sync_end_name(synced->end), sentence);
    } else if (cli->option[TA_OPTION_JSON] != NULL) {
        print_all(&cli->printer, synced);
    } else if (said.length > 0) {
        ta_print_say(&cli->printer, "%s", said.bytes);
    }
    ta_text_release(&said);
}

bool ta_cli_sync(struct ta_cli *cli, struct ta_error *err)
{
    struct line_out line;
    struct ta_synced synced = {0};
    struct ta_sync_options options = {.phase = tell_phase, .data = &line};
    if (cli->option[TA_OPTION_ALL] != NULL) {
        return ta_cli_sync_all(cli, err);
    }
    if (!ta_desk_pair(&cli->desk, cli->option[TA_OPTION_PAIR], &cli->pair, err) ||
        !read_rewritten(cli, &options.rewritten, err)) {
        return false;
    }
    open_line(cli, &line);
    options.transport = &line.transport;
    bool ok = ta_desk_sync(&cli->desk, &cli->pair, &options, &synced, err);
    if (ok) {
        print_synced(cli, &synced, &line);
    } else {
        end_porcelain(cli, &line, ta_sync_end_name(TA_SYNC_FAILED), err->text);
    }
    close_line(&line);
    ok = ok && (synced.end == TA_SYNC_DONE ||
                ta_fail(err, TA_REFUSED, "%s", find_worst(&synced)->message));
    ta_synced_release(&synced);
    return ok;
}

/* pair join */

bool ta_cli_pair_join(struct ta_cli *cli, struct ta_error *err)
{
    struct line_out line;
    struct ta_joining joining = {.url = cli->words[0],
                                 .slug = cli->option[TA_OPTION_SLUG],
                                 .phase = tell_phase,
                                 .data = &line};
    struct ta_text said = {0};
    struct ta_pair *pair = &cli->pair;
    if (!ta_cli_as(cli, &joining.me, err)) {
        return false;
    }
    open_line(cli, &line);
    joining.transport = &line.transport;
    bool ok = ta_desk_join(&cli->desk, &joining, pair, err);
    if (ok) {
        ta_text_addf(&said, "%s is in hand: %s (mentor) and %s (mentee). You are the %s.",
                     pair->slug, pair->person[TA_MENTOR].name, pair->person[TA_MENTEE].name,
                     ta_role_name(pair->me));
    }
    if (line.porcelain) {
        end_porcelain(cli, &line,
                      ta_sync_end_name(ok                        ? TA_SYNC_DONE
                                       : err->code == TA_REFUSED ? TA_SYNC_REFUSED
                                                                 : TA_SYNC_FAILED),
                      ok ? said.bytes : err->text);
    } else if (ok) {
        ta_print_say(&cli->printer, "%s", said.bytes);
    }
    ta_text_release(&said);
    close_line(&line);
    return ok;
}
