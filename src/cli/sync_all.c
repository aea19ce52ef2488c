#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "command.h"
#include "turnabout/desk/fetching.h"

enum { STEP = 200 }; /* milliseconds */

/* Ctrl-C ends what is being fetched first; what has come is kept. */
static int watch_signals(sigset_t *before)
{
    sigset_t ending;
    (void)sigemptyset(&ending);
    (void)sigaddset(&ending, SIGINT);
    (void)sigaddset(&ending, SIGTERM);
    (void)sigaddset(&ending, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &ending, before);
    return signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool has_signal(int descriptor)
{
    struct signalfd_siginfo which;
    return descriptor >= 0 && read(descriptor, &which, sizeof which) == (ssize_t)sizeof which;
}

static void tell_progress(struct ta_cli *cli, const struct ta_fetch_count *count, bool shown)
{
    if (shown) {
        (void)fprintf(cli->world->err, "\rfetching %zu of %zu", count->done, count->all);
        if (count->late > 0) {
            (void)fprintf(cli->world->err, ", %zu %s not answer yet", count->late,
                          count->late == 1 ? "does" : "do");
        }
        (void)fprintf(cli->world->err, "\x1b[K");
        (void)fflush(cli->world->err);
    }
}

static bool fetch_all(struct ta_cli *cli, struct ta_fetching *fetching,
                      struct ta_fetch_count *count, bool *stopped, struct ta_error *err)
{
    sigset_t before;
    int signals = watch_signals(&before);
    bool shown = isatty(STDERR_FILENO) != 0 && cli->option[TA_OPTION_JSON] == NULL;
    bool ok = true;
    do {
        ok = ta_fetching_step(fetching, STEP, count, err);
        tell_progress(cli, count, shown);
        if (has_signal(signals)) {
            *stopped = true;
            ta_fetching_stop(fetching);
        }
    } while (ok && count->running);
    if (shown) {
        (void)fprintf(cli->world->err, "\r\x1b[K");
    }
    if (signals >= 0) {
        (void)close(signals);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return ok;
}

/* Programs get every pair; people those that are news. */
static void print_pairs(struct ta_cli *cli, const struct ta_fetching *fetching, size_t all)
{
    bool json = cli->option[TA_OPTION_JSON] != NULL;
    ta_print_list(&cli->printer, NULL);
    for (size_t i = 0; i < all; i++) {
        struct ta_fetched pair = ta_fetching_pair(fetching, i);
        if (json || pair.outcome == TA_FETCH_MOVED || pair.trouble != NULL) {
            const char *outcome = ta_fetch_outcome_name(pair.outcome);
            ta_print_object(&cli->printer, NULL);
            ta_print_string(&cli->printer, "pair", pair.member->slug, pair.member->slug);
            ta_print_string(&cli->printer, "outcome", outcome, outcome);
            ta_print_string(&cli->printer, "trouble", pair.trouble,
                            pair.trouble != NULL ? pair.trouble : "");
            ta_print_end(&cli->printer);
        }
    }
    ta_print_end(&cli->printer);
}

static bool judge(struct ta_cli *cli, const struct ta_fetch_count *count, bool stopped,
                  struct ta_error *err)
{
    ta_print_say(&cli->printer, "%zu of %zu pairs fetched: %zu had something new.",
                 count->done - count->failed, count->all, count->moved);
    if (stopped) {
        return ta_fail(
            err, TA_REFUSED,
            "Fetching was stopped: what has come is kept, the rest comes the next time.");
    }
    return count->failed == 0 ||
           ta_fail(err, TA_SYSTEM,
                   "%zu pair%s could not be fetched: turnabout programme list says why.",
                   count->failed, count->failed == 1 ? "" : "s");
}

bool ta_cli_sync_all(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_fetching *fetching;
    struct ta_fetch_count count = {0};
    bool stopped = false;
    if (!ta_fetching_begin(&fetching, &cli->desk, 0, 0, err)) {
        return false;
    }
    bool ok = fetch_all(cli, fetching, &count, &stopped, err);
    if (ok) {
        print_pairs(cli, fetching, count.all);
        ok = judge(cli, &count, stopped, err);
    }
    ta_fetching_end(fetching);
    if (ok && count.all == 0) {
        ta_cli_hint(cli, "The programme has no pair yet. Begin with: turnabout programme add URL, "
                         "or turnabout programme import pairs.csv");
    }
    return ok;
}
