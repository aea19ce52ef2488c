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

void sync_read_sessions(const struct syncing *syncing, struct sync_sessions *sessions)
{
    struct ta_store *store = syncing->desk->store;
    struct ta_sitting sitting = {0};
    *sessions = (struct sync_sessions){0};
    if (ta_store_sitting_open(store, syncing->pair->id, &sitting, NULL) && sitting.id != 0) {
        sessions->sitting = sitting.id;
        sessions->session = sitting.number;
        sessions->is_written = is_written(syncing, sitting.number);
    }
    ta_sitting_release(&sitting);
    (void)ta_store_sitting_numbers(store, syncing->pair->id, &sessions->numbers, NULL);
}

static void say_open(struct ta_text *out, const struct sync_sessions *was,
                     const struct sync_sessions *is)
{
    if (is->sitting == 0 || is->sitting != was->sitting) {
        return;
    }
    if (is->session != was->session) {
        ta_text_addf(out,
                     "%sWhat you have in hand as session %u is session %u now: the number was "
                     "taken on the other machine.",
                     out->length > 0 ? " " : "", was->session, is->session);
    }
    if (is->is_written && (!was->is_written || is->session != was->session)) {
        ta_text_addf(out,
                     "%sSession %u, which you have in hand, was written down on the other machine, "
                     "too: your notes are added to that summary when you finish yours (turnabout "
                     "summary show).",
                     out->length > 0 ? " " : "", is->session);
    }
}

/* Those that were in the record, and got another number when the other brought both together. */
static void say_moved(struct ta_text *out, const struct sync_sessions *was,
                      const struct sync_sessions *is)
{
    size_t count = was->numbers.count < is->numbers.count ? was->numbers.count : is->numbers.count;
    for (size_t i = 0; i < count; i++) {
        if (was->numbers.items[i].number != is->numbers.items[i].number &&
            was->numbers.items[i].sitting != is->sitting) {
            ta_text_addf(out, "%sTwo sessions were held as session %u: yours is session %u now.",
                         out->length > 0 ? " " : "", was->numbers.items[i].number,
                         is->numbers.items[i].number);
        }
    }
}

void sync_say_sessions(const struct syncing *syncing, struct sync_sessions *was,
                       struct ta_synced_remote *synced)
{
    struct sync_sessions is;
    struct ta_text said = {0};
    if (was->sitting != 0) {
        sitting_let_go(syncing->desk, syncing->pair);
    }
    sync_read_sessions(syncing, &is);
    if (syncing->said.length > 0) {
        ta_text_add(&said, syncing->said.bytes);
    } else {
        say_moved(&said, was, &is);
    }
    say_open(&said, was, &is);
    if (said.length > 0) {
        ta_text_addf(&said, "%s%s", synced->message[0] != '\0' ? " " : "", synced->message);
        (void)snprintf(synced->message, sizeof synced->message, "%s", said.bytes);
    }
    ta_text_release(&said);
    free(is.numbers.items);
    free(was->numbers.items);
}
