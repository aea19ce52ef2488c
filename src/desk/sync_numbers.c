/* What a sync says of sessions: of the one that is open here when the other's came in. */
#include <stdio.h>
#include <stdlib.h>

#include "sitting.h"
#include "syncing.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/store/sessions.h"

static bool is_written(const struct syncing *syncing, unsigned session)
{
    char *text = NULL;
    char *path = ta_session_path(session, "summary.md");
    bool is_one = ta_record_text(syncing->desk, syncing->pair, path, &text, NULL) && text != NULL;
    free(path);
    free(text);
    return is_one;
}

void sync_read_open(const struct syncing *syncing, struct sync_open *open)
{
    struct ta_sitting sitting = {0};
    *open = (struct sync_open){0};
    if (ta_store_sitting_open(syncing->desk->store, syncing->pair->id, &sitting, NULL) &&
        sitting.id != 0) {
        *open = (struct sync_open){sitting.id, sitting.number, is_written(syncing, sitting.number)};
    }
    ta_sitting_release(&sitting);
}

static void say(struct ta_text *out, const struct sync_open *was, const struct sync_open *is)
{
    if (is->sitting == 0 || is->sitting != was->sitting) {
        return;
    }
    if (is->session != was->session) {
        ta_text_addf(out,
                     "What you have in hand as session %u is session %u now: the number was taken "
                     "on the other machine.",
                     was->session, is->session);
    }
    if (is->is_written && (!was->is_written || is->session != was->session)) {
        ta_text_addf(out,
                     "%sSession %u, which you have in hand, was written down on the other machine, "
                     "too: your notes are added to that summary when you finish yours (turnabout "
                     "summary show).",
                     out->length > 0 ? " " : "", is->session);
    }
}

void sync_say_open(const struct syncing *syncing, const struct sync_open *was,
                   struct ta_synced_remote *synced)
{
    struct sync_open is;
    struct ta_text said = {0};
    if (was->sitting != 0) {
        sitting_let_go(syncing->desk, syncing->pair);
    }
    sync_read_open(syncing, &is);
    say(&said, was, &is);
    if (said.length > 0) {
        ta_text_addf(&said, "%s%s", synced->message[0] != '\0' ? " " : "", synced->message);
        (void)snprintf(synced->message, sizeof synced->message, "%s", said.bytes);
    }
    ta_text_release(&said);
}
