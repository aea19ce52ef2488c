#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apart.h"
#include "syncing.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/merge.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/ledger/inspect.h"
#include "turnabout/ledger/merge.h"
#include "turnabout/ledger/refs.h"

enum { TRIES = 6 };

/* One round: fetch, check, merge, push. */
struct round {
    struct syncing *syncing;
    struct ta_synced_remote *synced;
    char ours[TA_ID_SIZE];   /* main */
    char had[TA_ID_SIZE];    /* what the remote had the last time; "": it was never asked */
    char theirs[TA_ID_SIZE]; /* what it has; "": nothing */
    struct ta_error err;
};

static bool fails(struct round *round)
{
    sync_fail(round->synced, &round->err);
    return false;
}

static bool fetch(struct round *round)
{
    struct syncing *syncing = round->syncing;
    const char *url = syncing->url[TA_REMOTE_RECORD];
    return (ta_transport_fetch(&syncing->transport, syncing->record, url, "main", TA_REF_INCOMING,
                               round->theirs, &round->err) &&
            ta_ledger_tip(syncing->record, round->ours, &round->err) &&
            ta_ledger_ref(syncing->record, TA_REF_REMOTE, round->had, &round->err)) ||
           fails(round);
}

/* The remote has this, and it was checked. */
static bool remember(struct round *round, const char *commit)
{
    if (strcmp(round->had, commit) == 0) {
        return true;
    }
    if (!ta_ledger_ref_put(round->syncing->record, TA_REF_REMOTE, commit, &round->err)) {
        return fails(round);
    }
    (void)snprintf(round->had, sizeof round->had, "%s", commit);
    return true;
}

/* Who they are */

bool sync_read_pair(struct ta_desk *desk, const char *record, const char *commit,
                    struct ta_pair *pair, struct ta_error *err)
{
    char *readme = NULL;
    struct ta_moment since;
    struct ta_error problem = {0};
    bool ok = ta_ledger_read(desk->git, record, commit, "README.md", &readme, &problem) &&
              ta_readme_read(pair, &since, readme, &problem);
    free(readme);
    if (!ok && problem.code == TA_ABSENT) {
        return ta_fail(err, TA_REFUSED,
                       "What the remote has is not the record of a pair: it has no README.md. Give "
                       "the address of a repository that turnabout sync has filled, or of an empty "
                       "one.");
    }
    return ok ||
           ta_fail(err, TA_REFUSED,
                   "What the remote has is not taken: %s Nothing here was changed.", problem.text);
}

static bool has_same_names(const struct ta_pair *one, const struct ta_pair *other)
{
    bool are_same = true;
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        const char *name = one->person[role].name;
        are_same = are_same && name != NULL && other->person[role].name != NULL &&
                   strcmp(name, other->person[role].name) == 0;
    }
    return are_same;
}

bool sync_is_ours(struct syncing *syncing, const char *commit, struct ta_error *err)
{
    struct ta_pair theirs = {0};
    bool ok = sync_read_pair(syncing->desk, syncing->record, commit, &theirs, err);
    if (ok && !has_same_names(syncing->pair, &theirs)) {
        ok = ta_fail(err, TA_REFUSED,
                     "What the remote has is the record of %.60s (mentor) and %.60s (mentee), not "
                     "of %.60s and %.60s. Nothing here was changed; turnabout remote set record "
                     "gives this pair another place.",
                     theirs.person[TA_MENTOR].name, theirs.person[TA_MENTEE].name,
                     syncing->pair->person[TA_MENTOR].name, syncing->pair->person[TA_MENTEE].name);
    }
    ta_pair_release(&theirs);
    return ok;
}

/* As much of it as there is room for, and no half character. */
static void keep_newest(struct ta_synced_remote *synced, const char *newest)
{
    size_t length = strnlen(newest, sizeof synced->newest - 1);
    while (length > 0 && ((unsigned char)newest[length] & 0xC0U) == 0x80U) {
        length--;
    }
    (void)snprintf(synced->newest, sizeof synced->newest, "%.*s", (int)length, newest);
}

/* Nothing reads what was fetched before this said yes; what is refused is let go of at once. */
static bool inspect(struct round *round)
{
    struct syncing *syncing = round->syncing;
    const char *const known[] = {round->ours, round->had};
    char root[TA_ID_SIZE];
    size_t count = 0;
    bool is_new = strcmp(round->theirs, round->ours) != 0 && strcmp(round->theirs, round->had) != 0;
    if (!is_new) {
        return true;
    }
    bool ok = apart_by_history(syncing, round->theirs, &round->err) &&
              ta_ledger_inspect(syncing->desk->git, syncing->record, round->theirs,
                                &ta_layout_record, known, 2, root, &round->err) &&
              sync_is_ours(syncing, round->theirs, &round->err);
    if (!ok) {
        (void)ta_ledger_ref_drop(syncing->desk->git, syncing->record, TA_REF_INCOMING, NULL);
        return fails(round);
    }
    char *newest = NULL;
    struct ta_git *git = syncing->desk->git;
    ok = ta_ledger_count(git, syncing->record, round->theirs, round->ours, &count, &round->err) &&
         ta_ledger_newest(git, syncing->record, round->theirs, round->ours, &newest, &round->err);
    round->synced->fetched += count;
    keep_newest(round->synced, newest != NULL ? newest : "");
    free(newest);
    return ok || fails(round);
}

/* Before it is merged, and while it is known what the remote had the last time. */
static bool find_named(struct round *round)
{
    return sync_find_named(round->syncing, round->ours, round->had, round->theirs, &round->err) ||
           fails(round);
}

/* A history that was rewritten */

static bool relate(struct round *round, const char *one, const char *other,
                   enum ta_relation *relation)
{
    char base[TA_ID_SIZE];
    return ta_ledger_relate(round->syncing->desk->git, round->syncing->record, one, other, relation,
                            base, &round->err) ||
           fails(round);
}

static bool find_rewritten(struct round *round, bool *is_rewritten)
{
    enum ta_relation relation = TA_SAME;
    *is_rewritten = false;
    if (round->had[0] == '\0' || strcmp(round->had, round->theirs) == 0) {
        return true;
    }
    bool ok = round->theirs[0] == '\0' || relate(round, round->had, round->theirs, &relation);
    *is_rewritten = round->theirs[0] == '\0' || (relation != TA_SAME && relation != TA_BEHIND);
    return ok;
}

/* "refs/turnabout/kept/2026-11-24T100000", in UTC, and a number behind it when there is one of this
 * second. */
static bool keep(struct round *round, const char *commit, struct ta_text *name)
{
    const char *record = round->syncing->record;
    char when[TA_DATE_SIZE];
    char there[TA_ID_SIZE] = "";
    ta_moment_write(when, (struct ta_moment){.instant = ta_desk_now(round->syncing->desk)});
    bool ok = true;
    for (unsigned number = 1; ok && (number == 1 || there[0] != '\0'); number++) {
        ta_text_clear(name);
        ta_text_add(name, TA_REF_KEPT);
        for (const char *at = when; *at != '\0' && *at != '+' && *at != 'Z'; at++) {
            ta_text_add_bytes(name, at, *at != ':');
        }
        if (number > 1) {
            ta_text_addf(name, "-%u", number);
        }
        ok = ta_ledger_ref(record, name->bytes, there, &round->err);
        ok =
            ok && (there[0] != '\0' || ta_ledger_ref_put(record, name->bytes, commit, &round->err));
    }
    return ok || fails(round);
}

/* What the remote had is in main, unless a choice was still waited for. */
static bool keep_what_it_had(struct round *round)
{
    struct ta_text name = {0};
    enum ta_relation relation = TA_SAME;
    bool ok = relate(round, round->had, round->ours, &relation);
    if (ok && relation != TA_SAME && relation != TA_BEHIND) {
        ok = keep(round, round->had, &name);
    }
    ta_text_release(&name);
    return ok;
}

static bool ask(struct round *round)
{
    bool is_empty = round->theirs[0] == '\0';
    sync_end(round->synced, TA_SYNC_REWRITTEN,
             "%s. Nothing was changed here or there. turnabout sync --rewritten merge brings back "
             "what is gone there%s.",
             is_empty ? "The remote is empty now, and had your record the last time"
                      : "Somebody has rewritten the history at the remote: commits that were there "
                        "the last time are gone",
             is_empty
                 ? ""
                 : "; --rewritten take gives up what only your record has, and keeps a copy of "
                   "it aside");
    return false;
}

static bool take_theirs(struct round *round)
{
    struct syncing *syncing = round->syncing;
    struct ta_text kept = {0};
    char tip[TA_ID_SIZE];
    if (round->theirs[0] == '\0') {
        sync_end(round->synced, TA_SYNC_REFUSED,
                 "The remote is empty, so there is nothing to take. turnabout sync --rewritten "
                 "merge brings your record back to it.");
        return false;
    }
    if (find_named(round) && keep(round, round->ours, &kept) &&
        ((ta_ledger_forward(syncing->desk->git, syncing->record, round->ours, round->theirs,
                            &round->err) &&
          ta_record_refresh(syncing->desk, syncing->pair, tip, &round->err)) ||
         fails(round)) &&
        remember(round, round->theirs)) {
        sync_end(round->synced, TA_SYNC_DONE,
                 "The history at the remote is yours now; what your record had is kept: git "
                 "--git-dir %s log %s.",
                 syncing->record, kept.bytes);
    }
    ta_text_release(&kept);
    return false;
}

/* True: the sync goes on. */
static bool settle_rewritten(struct round *round)
{
    bool is_rewritten;
    if (!find_rewritten(round, &is_rewritten)) {
        return false;
    }
    if (!is_rewritten) {
        return true;
    }
    switch (round->syncing->options->rewritten) {
    case TA_REWRITTEN_MERGE:
        return keep_what_it_had(round);
    case TA_REWRITTEN_TAKE:
        return take_theirs(round);
    case TA_REWRITTEN_ASK:
        break;
    }
    return ask(round);
}

/* Merging */

static bool say_unrelated(struct round *round)
{
    sync_end(round->synced, TA_SYNC_REFUSED,
             "What the remote has began apart from your record, as when both of you made the pair: "
             "the two cannot become one. Keep one of them: turnabout remote remove record, then "
             "turnabout pair join %.200s --slug NAME takes the other in beside yours. Nothing was "
             "changed.",
             round->syncing->url[TA_REMOTE_RECORD]);
    return false;
}

static bool say_conflicts(struct round *round, size_t conflicts)
{
    round->synced->conflicts = conflicts;
    sync_end(
        round->synced, TA_SYNC_CONFLICTS,
        "Both of you changed the same words in %zu %s: turnabout conflict list shows them, and "
        "when all are chosen the next sync sends it. Nothing is lost meanwhile.",
        conflicts, conflicts == 1 ? "place" : "places");
    return false;
}

static char *read_at(const struct round *round, const char *commit, const char *document)
{
    char *text = NULL;
    (void)ta_ledger_read(round->syncing->desk->git, round->syncing->record, commit, document, &text,
                         NULL);
    return text;
}

static bool differs(const char *text, const char *other)
{
    return text != NULL && (other == NULL || strcmp(text, other) != 0);
}

/* A paper that is neither's: nobody has signed it. */
static bool is_contract_new(const struct round *round)
{
    static const char *const papers[] = {"contract-proposed.md", "contract.md"};
    bool is_new = false;
    for (size_t i = 0; !is_new && i < sizeof papers / sizeof *papers; i++) {
        char *merged = read_at(round, NULL, papers[i]);
        char *ours = read_at(round, round->ours, papers[i]);
        char *theirs = read_at(round, round->theirs, papers[i]);
        is_new = differs(merged, ours) && differs(merged, theirs);
        free(merged);
        free(ours);
        free(theirs);
    }
    return is_new;
}

static bool merge(struct round *round)
{
    struct syncing *syncing = round->syncing;
    enum ta_relation relation;
    enum ta_merged merged = TA_MERGED_NOTHING;
    size_t conflicts = 0;
    if (round->theirs[0] == '\0') {
        return true;
    }
    if (!relate(round, round->ours, round->theirs, &relation)) {
        return false;
    }
    if (relation == TA_UNRELATED) {
        return say_unrelated(round);
    }
    if (!find_named(round) || !remember(round, round->theirs)) {
        return false;
    }
    if ((relation == TA_BEHIND || relation == TA_DIVERGED) &&
        !ta_desk_merge_telling(syncing->desk, syncing->pair, round->theirs, &merged, &conflicts,
                               &syncing->said, &round->err)) {
        return fails(round);
    }
    round->synced->merged |= merged == TA_MERGED_BOTH;
    round->synced->contract_merged |= merged == TA_MERGED_BOTH && is_contract_new(round);
    return merged != TA_MERGED_CONFLICTS || say_conflicts(round, conflicts);
}

/* Pushing; true: the other was faster, so once more. */

static bool push(struct round *round)
{
    struct syncing *syncing = round->syncing;
    enum ta_push result;
    size_t count = 0;
    if (!ta_ledger_tip(syncing->record, round->ours, &round->err)) {
        return fails(round);
    }
    if (strcmp(round->ours, round->theirs) == 0) {
        sync_end(round->synced, TA_SYNC_DONE, "%s", "");
        return false;
    }
    if (!ta_ledger_count(syncing->desk->git, syncing->record, round->ours, round->theirs, &count,
                         &round->err)) {
        return fails(round);
    }
    if (!ta_ledger_inspect_ours(syncing->desk->git, syncing->record, round->ours, &ta_layout_record,
                                round->theirs, &round->err) ||
        !apart_by_rules(syncing, TA_REMOTE_RECORD, &round->err) ||
        !apart_by_looking(syncing, round->theirs, &round->err)) {
        return fails(round);
    }
    if (!ta_transport_push(&syncing->transport, syncing->record, syncing->url[TA_REMOTE_RECORD],
                           round->ours, "main", round->theirs[0] != '\0' ? NULL : "", &result,
                           &round->err)) {
        sync_end(round->synced, result == TA_PUSH_REFUSED ? TA_SYNC_REFUSED : TA_SYNC_FAILED, "%s",
                 round->err.text);
        return false;
    }
    if (result == TA_PUSH_DONE && remember(round, round->ours)) {
        round->synced->pushed += count;
        sync_end(round->synced, TA_SYNC_DONE, "%s", "");
    }
    return result == TA_PUSH_MOVED;
}

static bool is_same_everywhere(const struct round *round)
{
    return strcmp(round->theirs, round->ours) == 0 && strcmp(round->theirs, round->had) == 0;
}

/* True: once more. */
static bool exchange(struct syncing *syncing, struct ta_synced_remote *synced)
{
    struct round round = {.syncing = syncing, .synced = synced};
    if (!fetch(&round)) {
        return false;
    }
    if (is_same_everywhere(&round)) {
        sync_end(synced, TA_SYNC_DONE, "%s", "");
        return false;
    }
    return (round.theirs[0] == '\0' || inspect(&round)) && settle_rewritten(&round) &&
           merge(&round) && push(&round);
}

static void exchange_all(struct syncing *syncing, struct ta_synced_remote *synced)
{
    for (unsigned attempt = 1; exchange(syncing, synced); attempt++) {
        if (attempt == TRIES) {
            sync_end(synced, TA_SYNC_FAILED,
                     "The remote was changed by others each time before your record got there; try "
                     "again in a moment.");
            return;
        }
        sync_pause(attempt);
    }
}

void sync_record(struct syncing *syncing, struct ta_synced_remote *synced)
{
    struct sync_sessions open;
    syncing->about = "Record";
    sync_read_sessions(syncing, &open);
    exchange_all(syncing, synced);
    sync_say_sessions(syncing, &open, synced);
    ta_text_release(&syncing->said);
}
