#include "apart.h"

#include <stdlib.h>
#include <string.h>

#include "remotes.h"
#include "turnabout/desk/release.h"
#include "turnabout/ledger/inspect.h"
#include "turnabout/ledger/merge.h"
#include "turnabout/ledger/place.h"

bool apart_by_address(const struct syncing *syncing, struct ta_error *err)
{
    const char *record = syncing->url[TA_REMOTE_RECORD];
    const char *released = syncing->url[TA_REMOTE_RELEASED];
    for (enum ta_remote remote = TA_REMOTE_RECORD; remote < TA_REMOTES; remote++) {
        const char *url = syncing->url[remote];
        if (url != NULL && !remote_is_elsewhere(syncing->desk, NULL, url, err)) {
            return false;
        }
    }
    return record == NULL || released == NULL || !ta_place_is_same(NULL, record, released) ||
           ta_fail(err, TA_REFUSED,
                   "The record and what is released would go to the same place: make a repository "
                   "of its own for what is released, and name it with turnabout remote set "
                   "released URL. Nothing was sent.");
}

bool apart_by_rules(const struct syncing *syncing, enum ta_remote remote, struct ta_error *err)
{
    return remote_is_free(syncing->desk, syncing->pair, remote, syncing->url[remote], err);
}

bool apart_by_history(const struct syncing *syncing, const char *theirs, struct ta_error *err)
{
    char parent[TA_ID_SIZE];
    return !ta_ledger_parent(syncing->desk->git, syncing->released, theirs, parent, NULL) ||
           ta_fail(err, TA_REFUSED,
                   "The record's remote holds what is released: that is where the coordinator "
                   "reads. Make a repository of its own for the record, and name it with turnabout "
                   "remote set record URL. Nothing was sent there.");
}

/* A commit that is not there at all is looked for first: libgit2 1.5 loses a little memory over the
 * history of one. */
bool apart_is_record(const struct syncing *syncing, const char *commit)
{
    char main[TA_ID_SIZE];
    char base[TA_ID_SIZE];
    enum ta_relation relation;
    return commit[0] != '\0' && ta_ledger_tip(syncing->record, main, NULL) &&
           ta_ledger_parent(syncing->desk->git, syncing->record, commit, base, NULL) &&
           ta_ledger_relate(syncing->desk->git, syncing->record, main, commit, &relation, base,
                            NULL) &&
           relation != TA_UNRELATED;
}

/* Looking */

static bool cannot_look(const struct ta_error *problem, struct ta_error *err)
{
    return ta_fail(err, problem->code,
                   "The record goes to an empty repository only when the coordinator's was seen to "
                   "be another: %s",
                   problem->text);
}

/* What stands there now was not there when the record's remote was found empty. */
static bool put_first(struct syncing *syncing, struct ta_error *err)
{
    struct ta_synced_remote *synced = &syncing->synced->remote[TA_REMOTE_RELEASED];
    char ours[TA_ID_SIZE];
    enum ta_push result;
    size_t count = 0;
    bool ok =
        ta_desk_project(syncing->desk, syncing->pair, ours, err) &&
        (ours[0] != '\0' || ta_desk_project_nothing(syncing->desk, syncing->pair, ours, err)) &&
        ta_ledger_count(syncing->desk->git, syncing->released, ours, "", &count, err) &&
        ta_transport_push(&syncing->transport, syncing->released, syncing->url[TA_REMOTE_RELEASED],
                          ours, "main", "", &result, err);
    synced->pushed += ok && result == TA_PUSH_DONE ? count : 0;
    return ok;
}

bool apart_by_looking(struct syncing *syncing, const char *theirs, struct ta_error *err)
{
    const char *released = syncing->url[TA_REMOTE_RELEASED];
    bool is_first = theirs[0] == '\0';
    struct ta_error problem = {0};
    char tip[TA_ID_SIZE];
    if (released == NULL || (syncing->was_released && !is_first)) {
        return true;
    }
    if (!ta_transport_look(&syncing->transport, syncing->record, released, "main", tip, &problem)) {
        /* What has the record already learns nothing by more of it. */
        return !is_first || cannot_look(&problem, err);
    }
    if (tip[0] == '\0') {
        return !is_first || put_first(syncing, &problem) || cannot_look(&problem, err);
    }
    return !apart_is_record(syncing, tip) ||
           ta_fail(err, TA_REFUSED,
                   "The coordinator's remote holds your record: name another place for what is "
                   "released with turnabout remote set released URL. Nothing was sent.");
}
