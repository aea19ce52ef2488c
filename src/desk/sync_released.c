#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apart.h"
#include "folders.h"
#include "projecting.h"
#include "syncing.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/release.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/released.h"
#include "turnabout/ledger/inspect.h"
#include "turnabout/ledger/refs.h"

/*
 * What is released is made from the record, the same on both machines, so there is nothing to
 * merge: what stands at the coordinator's remote is replaced, with a lease on what was found there.
 * But only what came from this pair is replaced, changed by somebody or not; anything else there is
 * somebody's, and the record of a pair must not be where released things go.
 */
enum { TRIES = 4 };

static const char scratch_folder[] = ".incoming.git";

struct sending {
    struct syncing *syncing;
    struct ta_synced_remote *synced;
    const char *url;
    char ours[TA_ID_SIZE];   /* what is to be there; "": nothing */
    char theirs[TA_ID_SIZE]; /* what is there */
    char had[TA_ID_SIZE];    /* what was there the last time */
    bool is_foreign;         /* somebody else has changed it */
    bool is_made_elsewhere;  /* the other's machine made it, perhaps of more than is here */
    bool was_record_synced_again;
    bool is_made;                     /* what is to be there was made of the record */
    struct ta_projection *only_there; /* only to be read, when what is there is this pair's */
    struct ta_error err;
};

static bool fails(struct sending *sending)
{
    sync_fail(sending->synced, &sending->err);
    return false;
}

static bool is_commit_of(const struct sending *sending, const char *repository, const char *commit)
{
    char parent[TA_ID_SIZE];
    return commit[0] != '\0' &&
           ta_ledger_parent(sending->syncing->desk->git, repository, commit, parent, NULL);
}

static bool refuse_record(struct sending *sending)
{
    sync_end(sending->synced, TA_SYNC_REFUSED,
             "The coordinator's remote holds a pair's record, and nothing is released to such a "
             "place: name another with turnabout remote set released URL. Nothing was sent there.");
    return false;
}

static bool refuse_other(struct sending *sending)
{
    sync_end(sending->synced, TA_SYNC_REFUSED,
             "The coordinator's remote holds something that is not this pair's, and would be "
             "overwritten: make an empty repository for what %s releases. Nothing was sent there.",
             sending->syncing->pair->slug);
    return false;
}

/* What nobody here has seen, fetched where it touches nothing */

static bool is_a_record(const struct sending *sending, const char *scratch)
{
    struct ta_pair pair = {0};
    struct ta_moment since;
    char *text = NULL;
    bool is_record =
        ta_ledger_read(sending->syncing->desk->git, scratch, NULL, "README.md", &text, NULL) &&
        ta_readme_read(&pair, &since, text, NULL);
    ta_pair_release(&pair);
    free(text);
    return is_record;
}

static bool has_names_of(const struct ta_released_pair *released, const struct ta_pair *pair)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        const char *name = released->name[role];
        if (name == NULL || strcmp(name, pair->person[role].name) != 0) {
            return false;
        }
    }
    return true;
}

/* Released by this pair, or taken back by it. */
static bool is_released_by_us(const struct sending *sending, const char *scratch)
{
    struct ta_released_pair released = {0};
    char *text = NULL;
    bool is_ours =
        ta_ledger_read(sending->syncing->desk->git, scratch, NULL, "pair.md", &text, NULL) &&
        ta_released_pair_read(&released, text, NULL);
    is_ours = is_ours && (released.level == TA_SHARED_NOTHING ||
                          has_names_of(&released, sending->syncing->pair));
    ta_released_pair_release(&released);
    free(text);
    return is_ours;
}

/* What the program makes is always by the same hand. */
static bool is_by_another(const struct sending *sending, const char *scratch)
{
    struct ta_entries entries;
    if (!ta_ledger_log(sending->syncing->desk->git, scratch, 0, 1, &entries, NULL)) {
        return true;
    }
    bool is_other = entries.count == 0 || strcmp(entries.items[0].author, "Turnabout") != 0;
    ta_entries_release(&entries);
    return is_other;
}

static bool judge(struct sending *sending, const char *scratch)
{
    char root[TA_ID_SIZE];
    struct ta_error problem;
    bool goes_on_from_ours = is_commit_of(sending, scratch, sending->had) ||
                             is_commit_of(sending, scratch, sending->ours);
    bool is_sound = ta_ledger_inspect(sending->syncing->desk->git, scratch, sending->theirs,
                                      &ta_layout_released, NULL, 0, root, &problem);
    if (is_sound && is_a_record(sending, scratch)) {
        return refuse_record(sending);
    }
    if (!goes_on_from_ours && !(is_sound && is_released_by_us(sending, scratch))) {
        return refuse_other(sending);
    }
    sending->is_foreign = !is_sound || is_by_another(sending, scratch);
    sending->is_made_elsewhere = !sending->is_foreign;
    return true;
}

static bool fetch_aside(struct sending *sending, const char *scratch)
{
    struct syncing *syncing = sending->syncing;
    return (ta_ledger_create(syncing->desk->git, scratch, &sending->err) &&
            ta_transport_fetch(&syncing->transport, scratch, sending->url, "main",
                               "refs/heads/main", sending->theirs, &sending->err)) ||
           fails(sending);
}

static bool look_closely(struct sending *sending)
{
    char *scratch = pair_file(sending->syncing->desk, sending->syncing->pair->slug, scratch_folder);
    (void)ta_folder_remove(scratch, NULL);
    bool ok =
        fetch_aside(sending, scratch) && (sending->theirs[0] == '\0' || judge(sending, scratch));
    if (ok && sending->only_there != NULL && sending->is_made_elsewhere) {
        sending->is_foreign = !projection_read(sending->syncing->desk->git, scratch,
                                               sending->theirs, sending->only_there, NULL);
    }
    (void)ta_folder_remove(scratch, NULL);
    free(scratch);
    return ok;
}

/* Whether what is there may be replaced. */
static bool may_replace(struct sending *sending)
{
    struct syncing *syncing = sending->syncing;
    if (sending->theirs[0] == '\0' || strcmp(sending->theirs, sending->had) == 0) {
        return true;
    }
    if (apart_is_record(syncing, sending->theirs)) {
        return refuse_record(sending);
    }
    return is_commit_of(sending, syncing->released, sending->theirs) || look_closely(sending);
}

/* One round */

static bool read_had(struct sending *sending)
{
    struct ta_error problem = {0};
    sending->had[0] = '\0';
    return ta_ledger_ref(sending->syncing->released, TA_REF_REMOTE, sending->had, &problem) ||
           problem.code == TA_ABSENT || ta_fail(&sending->err, problem.code, "%s", problem.text) ||
           fails(sending);
}

static bool look(struct sending *sending)
{
    struct syncing *syncing = sending->syncing;
    sending->is_foreign = false;
    sending->is_made_elsewhere = false;
    return (ta_transport_look(&syncing->transport, syncing->record, sending->url, "main",
                              sending->theirs, &sending->err) ||
            fails(sending)) &&
           read_had(sending);
}

static bool compare(struct sending *sending)
{
    const struct syncing *syncing = sending->syncing;
    sending->is_made = ta_desk_project(syncing->desk, syncing->pair, sending->ours, &sending->err);
    return sending->is_made ? look(sending) : fails(sending);
}

/* Where nothing is to be released and something was, that is what is said. */
static bool say_nothing_more(struct sending *sending)
{
    return sending->ours[0] != '\0' ||
           ta_desk_project_nothing(sending->syncing->desk, sending->syncing->pair, sending->ours,
                                   &sending->err) ||
           fails(sending);
}

static bool remember(struct sending *sending)
{
    return strcmp(sending->had, sending->ours) == 0 || sending->ours[0] == '\0' ||
           ta_ledger_ref_put(sending->syncing->released, TA_REF_REMOTE, sending->ours,
                             &sending->err) ||
           fails(sending);
}

static void end_well(struct sending *sending)
{
    if (remember(sending)) {
        sync_end(sending->synced, TA_SYNC_DONE, "%s",
                 sending->is_foreign
                     ? "Somebody else had changed what is released; what the two of "
                       "you let go stands there again."
                     : "");
    }
}

/* True: it moved meanwhile, once more. */
static bool push(struct sending *sending)
{
    struct syncing *syncing = sending->syncing;
    enum ta_push result;
    size_t count = 0;
    bool is_known = is_commit_of(sending, syncing->released, sending->theirs);
    if (!ta_ledger_count(syncing->desk->git, syncing->released, sending->ours,
                         is_known ? sending->theirs : "", &count, &sending->err)) {
        return fails(sending);
    }
    if (!apart_by_rules(syncing, TA_REMOTE_RELEASED, &sending->err)) {
        return fails(sending);
    }
    if (!ta_transport_push(&syncing->transport, syncing->released, sending->url, sending->ours,
                           "main", sending->theirs, &result, &sending->err)) {
        sync_end(sending->synced, result == TA_PUSH_REFUSED ? TA_SYNC_REFUSED : TA_SYNC_FAILED,
                 "%s", sending->err.text);
        return false;
    }
    if (result == TA_PUSH_DONE) {
        sending->synced->pushed += count;
        end_well(sending);
    }
    return result == TA_PUSH_MOVED;
}

/* The other may have sent more, record first, since our record was synced: then what is here is not
 * the last word. True: once more. */
static bool sync_record_again(struct sending *sending)
{
    struct syncing *syncing = sending->syncing;
    struct ta_synced_remote *record = &syncing->synced->remote[TA_REMOTE_RECORD];
    sending->was_record_synced_again = true;
    sync_record(syncing, record);
    syncing->about = "Released";
    return record->end == TA_SYNC_DONE && syncing->synced->named_count == 0;
}

static bool send(struct sending *sending)
{
    if (!compare(sending)) {
        return false;
    }
    if (strcmp(sending->ours, sending->theirs) == 0) {
        end_well(sending);
        return false;
    }
    if (!may_replace(sending)) {
        return false;
    }
    if (sending->is_made_elsewhere && !sending->was_record_synced_again &&
        sending->syncing->url[TA_REMOTE_RECORD] != NULL) {
        return sync_record_again(sending);
    }
    if (!say_nothing_more(sending)) {
        return false;
    }
    if (strcmp(sending->ours, sending->theirs) == 0) {
        end_well(sending);
        return false;
    }
    return push(sending);
}

bool sync_released(struct syncing *syncing, struct ta_synced_remote *synced)
{
    struct sending sending = {
        .syncing = syncing, .synced = synced, .url = syncing->url[TA_REMOTE_RELEASED]};
    syncing->about = "Released";
    for (unsigned attempt = 1; send(&sending); attempt++) {
        if (attempt == TRIES) {
            sync_end(synced, TA_SYNC_FAILED,
                     "The coordinator's remote was changed each time before what you release got "
                     "there; try again in a moment.");
            return true;
        }
        sync_pause(attempt);
    }
    return sending.is_made;
}

/* Taking back: from what is there when the pair made it, from what was there the last time when
 * somebody changed it */

static bool read_last(struct sending *sending, struct ta_projection *last)
{
    const struct syncing *syncing = sending->syncing;
    *last = (struct ta_projection){0};
    return is_commit_of(sending, syncing->released, sending->had) &&
           projection_read(syncing->desk->git, syncing->released, sending->had, last, NULL);
}

static bool read_there(struct sending *sending)
{
    const struct syncing *syncing = sending->syncing;
    if (is_commit_of(sending, syncing->released, sending->theirs)) {
        return projection_read(syncing->desk->git, syncing->released, sending->theirs,
                               sending->only_there, &sending->err) ||
               fails(sending);
    }
    if (!may_replace(sending) || !sending->is_foreign) {
        return sending->only_there->count > 0;
    }
    ta_projection_release(sending->only_there);
    return read_last(sending, sending->only_there);
}

/* True: it moved meanwhile, once more. */
static bool send_less(struct sending *sending, bool is_synced)
{
    struct syncing *syncing = sending->syncing;
    struct ta_projection *there = sending->only_there;
    bool ok = look(sending) && sending->theirs[0] != '\0' && read_there(sending) &&
              projection_take_back(syncing, is_synced, there);
    ok = ok &&
         (projection_write(syncing->desk, syncing->released, there, sending->ours, &sending->err) ||
          fails(sending));
    ta_projection_release(there);
    return ok && push(sending);
}

/* As far as is known without asking. */
static bool is_due(struct sending *sending, bool is_synced)
{
    struct ta_projection last = {0};
    bool due = read_had(sending) && read_last(sending, &last) &&
               projection_take_back(sending->syncing, is_synced, &last);
    ta_projection_release(&last);
    return due;
}

enum sync_taken sync_take_back(struct syncing *syncing, bool is_synced,
                               struct ta_synced_remote *synced, struct ta_error *err)
{
    struct ta_synced_remote taking = {0};
    struct ta_projection there = {0};
    struct sending sending = {.syncing = syncing,
                              .synced = &taking,
                              .url = syncing->url[TA_REMOTE_RELEASED],
                              .only_there = &there};
    bool due = is_due(&sending, is_synced);
    enum ta_sync_end of_record = syncing->synced->remote[TA_REMOTE_RECORD].end;
    if (!due && of_record > TA_SYNC_CONFLICTS) {
        return SYNC_TAKEN_NOTHING; /* where nothing could be learnt, nothing is asked */
    }
    syncing->about = "Released";
    bool moved = true;
    for (unsigned attempt = 1; moved && attempt <= TRIES; attempt++) {
        moved = send_less(&sending, is_synced);
    }
    synced->pushed += taking.pushed;
    if (taking.end == TA_SYNC_DONE) {
        return SYNC_TAKEN;
    }
    (void)ta_fail(err, TA_SYSTEM, "%s",
                  moved ? "it was changed there each time; try again in a moment."
                        : taking.message);
    bool failed = moved || taking.end != TA_SYNC_NEVER;
    return due && failed ? SYNC_TAKEN_FAILED : SYNC_TAKEN_NOTHING;
}
