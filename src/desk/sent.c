#include "turnabout/desk/sent.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/ledger/refs.h"
#include "turnabout/store/log.h"

/* How many commits came on top of what the remote had. What the log does not know it may only not
 * have been told yet: it is brought up then, which a joined history needs once. */
static bool count(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                  const char *remote, struct ta_sent *sent, struct ta_error *err)
{
    bool found = false;
    bool ok = ta_store_log_above(desk->store, pair->id, remote, TA_UNSENT_MOST, &found,
                                 &sent->unsent, err);
    if (ok && !found) {
        ok = log_refresh(desk, pair, path, err) &&
             ta_store_log_above(desk->store, pair->id, remote, TA_UNSENT_MOST, &found,
                                &sent->unsent, err);
    }
    sent->waits = !found && sent->end == TA_SYNC_CONFLICTS;
    sent->unsent = found ? sent->unsent : 0;
    return ok;
}

static bool compare(struct ta_desk *desk, const struct ta_pair *pair, const char *path,
                    struct ta_sent *sent, struct ta_error *err)
{
    char tip[TA_ID_SIZE];
    char remote[TA_ID_SIZE];
    if (!ta_ledger_tip(path, tip, err) || !ta_ledger_ref(path, TA_REF_REMOTE, remote, err)) {
        return false;
    }
    sent->is_unsent = strcmp(tip, remote) != 0;
    return !sent->is_unsent || remote[0] == '\0' || count(desk, pair, path, remote, sent, err);
}

bool ta_desk_sent(struct ta_desk *desk, const struct ta_pair *pair, struct ta_sent *sent,
                  struct ta_error *err)
{
    struct ta_remote_state remotes[TA_REMOTES];
    *sent = (struct ta_sent){0};
    if (!ta_desk_remotes(desk, pair, remotes, err)) {
        return false;
    }
    const struct ta_remote_state *record = &remotes[TA_REMOTE_RECORD];
    *sent = (struct ta_sent){
        .is_shared = record->url != NULL, .synced = record->synced, .end = record->end};
    ta_remotes_release(remotes);
    if (!sent->is_shared) {
        return true;
    }
    char *path = ta_record_path(desk, pair);
    bool ok = compare(desk, pair, path, sent, err);
    free(path);
    return ok;
}

static bool differs(struct ta_desk *desk, const char *path, const char *remote,
                    const char *document)
{
    char *here = NULL;
    char *there = NULL;
    bool differs = ta_ledger_read(desk->git, path, NULL, document, &here, NULL) &&
                   (!ta_ledger_read(desk->git, path, remote, document, &there, NULL) ||
                    strcmp(here, there) != 0);
    free(here);
    free(there);
    return differs;
}

bool ta_desk_waits_for_sync(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                            const char *document)
{
    char remote[TA_ID_SIZE];
    if (!ta_desk_is_unsent(desk, pair)) {
        return false;
    }
    char *path = ta_record_path(desk, pair);
    char *place = ta_session_path(session, document);
    bool waits = ta_ledger_ref(path, TA_REF_REMOTE, remote, NULL) &&
                 (remote[0] == '\0' || differs(desk, path, remote, place));
    free(place);
    free(path);
    return waits;
}

/* A time of day or a day, not how long ago: that would be wrong on a screen that stands still. */
static void say_when(struct ta_text *out, int64_t synced, struct ta_day today)
{
    char when[TA_DATE_SIZE];
    struct ta_moment moment = ta_moment_local(synced);
    if (ta_days_between(ta_day_of(moment), today) == 0) {
        ta_moment_time(when, moment);
    } else {
        ta_day_short(when, ta_day_of(moment), today);
    }
    ta_text_addf(out, "synced %s", when);
}

void ta_sent_say(struct ta_text *out, const struct ta_sent *sent, struct ta_day today)
{
    bool failed = sent->end == TA_SYNC_FAILED || sent->end == TA_SYNC_REFUSED;
    if (!sent->is_shared) {
        return;
    }
    if (failed) {
        ta_text_add(out, "last sync failed; ");
    }
    if (sent->synced == 0) {
        ta_text_add(out, "not synced yet");
        return;
    }
    say_when(out, sent->synced, today);
    if (sent->unsent >= TA_UNSENT_MOST) {
        ta_text_add(out, ", many to send");
    } else if (sent->unsent > 0) {
        ta_text_addf(out, ", %zu to send", sent->unsent);
    } else if (sent->is_unsent) {
        ta_text_add(out, ", not all sent");
    }
}
