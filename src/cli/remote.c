#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/desk/sync.h"

static bool read_remote(struct ta_cli *cli, enum ta_remote *remote, struct ta_error *err)
{
    return ta_remote_read(remote, ta_piece_of(cli->words[0])) ||
           ta_cli_misuse(cli, err, "\"%s\" is no remote: write record or released.", cli->words[0]);
}

bool ta_cli_remote_set(struct ta_cli *cli, struct ta_error *err)
{
    enum ta_remote remote;
    if (!read_remote(cli, &remote, err) ||
        !ta_desk_remote_set(&cli->desk, &cli->pair, remote, cli->words[1], err)) {
        return false;
    }
    ta_print_say(&cli->printer,
                 remote == TA_REMOTE_RECORD
                     ? "The record of %s goes there with turnabout sync."
                     : "What %s releases goes there with turnabout sync, and "
                       "nothing else.",
                 cli->pair.slug);
    return true;
}

bool ta_cli_remote_remove(struct ta_cli *cli, struct ta_error *err)
{
    enum ta_remote remote;
    if (!read_remote(cli, &remote, err) ||
        !ta_desk_remote_remove(&cli->desk, &cli->pair, remote, err)) {
        return false;
    }
    ta_print_say(&cli->printer, "%s has no remote for %s any more; what is there stays there.",
                 cli->pair.slug, remote == TA_REMOTE_RECORD ? "the record" : "what is released");
    return true;
}

static void print_remote(struct ta_printer *printer, enum ta_remote remote,
                         const struct ta_remote_state *state)
{
    char when[TA_DATE_SIZE];
    char shown[TA_DATE_SIZE];
    struct ta_moment synced = ta_moment_local(state->synced);
    ta_moment_write(when, synced);
    ta_moment_short(shown, synced);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "remote", ta_remote_name(remote), ta_remote_name(remote));
    ta_print_string(printer, "url", state->url, state->url);
    ta_print_string(printer, "synced", state->synced != 0 ? when : NULL,
                    state->synced != 0 ? shown : "never synced");
    ta_print_string(printer, "ended",
                    state->end != TA_SYNC_NEVER ? ta_sync_end_name(state->end) : NULL,
                    state->end > TA_SYNC_DONE ? ta_sync_end_name(state->end) : "");
    ta_print_string(printer, "message", state->message, NULL);
    ta_print_end(printer);
}

bool ta_cli_remote_list(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_remote_state remotes[TA_REMOTES];
    if (!ta_desk_remotes(&cli->desk, &cli->pair, remotes, err)) {
        return false;
    }
    bool has_any = false;
    ta_print_list(&cli->printer, NULL);
    for (enum ta_remote remote = TA_REMOTE_RECORD; remote < TA_REMOTES; remote++) {
        if (remotes[remote].url != NULL) {
            print_remote(&cli->printer, remote, &remotes[remote]);
            has_any = true;
        }
    }
    ta_print_end(&cli->printer);
    ta_remotes_release(remotes);
    if (!has_any) {
        ta_cli_hint(cli, "%s is on this machine only: turnabout remote set record URL.",
                    cli->pair.slug);
    }
    return true;
}
