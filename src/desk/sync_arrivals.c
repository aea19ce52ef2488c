/*
 * What came in the name of who sits here. A typed name is no proof: whoever may push to the record
 * can sign and approve in it, and only the person themselves knows whether they did. So they are
 * told. Who works on two machines of their own sees what they did on the other.
 */
#include <stdlib.h>
#include <string.h>

#include "pins.h"
#include "projecting.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/ledger/ledger.h"

#define SIGNATURES "signatures.md"
#define RELEASE "/release.md"

/* Three states of a document: what is in theirs, and neither in ours nor in what they had, came. */
enum side { OURS, HAD, THEIRS, SIDES };

struct arrivals {
    struct syncing *syncing;
    enum ta_role me;
    const char *commit[SIDES];
};

/* Once, however often a sync begins again. */
static void tell(const struct arrivals *arrivals, const struct ta_text *act,
                 const struct ta_text *otherwise, unsigned session)
{
    struct ta_synced *synced = arrivals->syncing->synced;
    for (size_t i = 0; i < synced->named_count; i++) {
        if (strcmp(synced->in_your_name[i].act, act->bytes) == 0) {
            return;
        }
    }
    struct ta_named *named =
        ta_append(&synced->in_your_name, synced->named_count++, sizeof *synced->in_your_name);
    *named = (struct ta_named){ta_copy(act->bytes), ta_copy(otherwise->bytes), session};
}

/* Signatures */

static bool has_signature(const struct ta_signatures *signatures, const struct ta_signature *sought)
{
    for (size_t i = 0; i < signatures->count; i++) {
        const struct ta_signature *item = &signatures->items[i];
        if (item->role == sought->role && item->version == sought->version &&
            strcmp(item->digest, sought->digest) == 0) {
            return true;
        }
    }
    return false;
}

static void tell_signature(const struct arrivals *arrivals, const struct ta_signature *signature,
                           const char *behind)
{
    struct ta_text act = {0};
    struct ta_text otherwise = {0};
    ta_text_addf(&act, "your signature of contract version %u%s", signature->version, behind);
    ta_text_add(&otherwise, "turnabout contract check");
    tell(arrivals, &act, &otherwise, 0);
    ta_text_release(&act);
    ta_text_release(&otherwise);
}

/* Names are only ever added: one that is gone was taken out. */
static void compare_signatures(const struct arrivals *arrivals, char *const text[SIDES])
{
    struct ta_signatures of[SIDES] = {0};
    for (enum side side = OURS; side < SIDES; side++) {
        if (text[side] != NULL && !ta_signatures_read(&of[side], text[side], NULL)) {
            of[side] = (struct ta_signatures){0};
        }
    }
    for (size_t i = 0; i < of[THEIRS].count; i++) {
        const struct ta_signature *signature = &of[THEIRS].items[i];
        if (signature->role == arrivals->me && !has_signature(&of[OURS], signature) &&
            !has_signature(&of[HAD], signature)) {
            tell_signature(arrivals, signature, "");
        }
    }
    for (size_t i = 0; i < of[HAD].count; i++) {
        const struct ta_signature *signature = &of[HAD].items[i];
        if (signature->role == arrivals->me && has_signature(&of[OURS], signature) &&
            !has_signature(&of[THEIRS], signature)) {
            tell_signature(arrivals, signature, " taken out");
        }
    }
    for (enum side side = OURS; side < SIDES; side++) {
        ta_signatures_release(&of[side]);
    }
}

/* Keys */

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

static void compare_keys(const struct arrivals *arrivals, char *const text[SIDES])
{
    struct ta_signers of[SIDES] = {0};
    for (enum side side = OURS; side < SIDES; side++) {
        if (text[side] != NULL && !ta_signers_read(&of[side], text[side], NULL)) {
            of[side] = (struct ta_signers){0};
        }
    }
    const char *key = of[THEIRS].key[arrivals->me];
    if (key != NULL && !is_same(key, of[OURS].key[arrivals->me]) &&
        !is_same(key, of[HAD].key[arrivals->me])) {
        char fingerprint[TA_FINGERPRINT_SIZE];
        struct ta_text act = {0};
        struct ta_text otherwise = {0};
        ta_key_fingerprint(fingerprint, key);
        ta_text_addf(&act, "the key %s as yours", fingerprint);
        ta_text_add(&otherwise, "turnabout contract check");
        tell(arrivals, &act, &otherwise, 0);
        ta_text_release(&act);
        ta_text_release(&otherwise);
    }
    for (enum side side = OURS; side < SIDES; side++) {
        ta_signers_release(&of[side]);
    }
}

/* Approvals */

static void tell_approval(const struct arrivals *arrivals, unsigned session)
{
    struct ta_text act = {0};
    struct ta_text otherwise = {0};
    ta_text_addf(&act, "your approval of session %u", session);
    ta_text_addf(&otherwise, "turnabout release withhold %u", session);
    tell(arrivals, &act, &otherwise, session);
    ta_text_release(&act);
    ta_text_release(&otherwise);
}

static void compare_releases(const struct arrivals *arrivals, char *const text[SIDES])
{
    struct ta_release of[SIDES] = {0};
    for (enum side side = OURS; side < SIDES; side++) {
        if (text[side] != NULL && !ta_release_paper_read(&of[side], text[side], NULL)) {
            of[side] = (struct ta_release){0};
        }
    }
    for (size_t i = 0; i < of[THEIRS].approval_count; i++) {
        const struct ta_approval *approval = &of[THEIRS].approvals[i];
        if (approval->role == arrivals->me &&
            ta_release_approval(&of[OURS], approval->role, approval->digest) == NULL &&
            ta_release_approval(&of[HAD], approval->role, approval->digest) == NULL) {
            tell_approval(arrivals, of[THEIRS].session);
        }
    }
    for (enum side side = OURS; side < SIDES; side++) {
        ta_release_release(&of[side]);
    }
}

/* The documents */

static void (*comparison_of(const char *document))(const struct arrivals *, char *const[SIDES])
{
    size_t length = strlen(document);
    if (strcmp(document, SIGNATURES) == 0) {
        return compare_signatures;
    }
    if (strcmp(document, SIGNERS) == 0) {
        return compare_keys;
    }
    bool is_release = strncmp(document, "sessions/", strlen("sessions/")) == 0 &&
                      length > strlen(RELEASE) &&
                      strcmp(document + length - strlen(RELEASE), RELEASE) == 0;
    return is_release ? compare_releases : NULL;
}

static bool read_side(const struct arrivals *arrivals, enum side side, const char *document,
                      char **text, struct ta_error *err)
{
    const struct syncing *syncing = arrivals->syncing;
    struct ta_error problem = {0};
    const char *commit = arrivals->commit[side];
    return commit[0] == '\0' ||
           ta_ledger_read(syncing->desk->git, syncing->record, commit, document, text, &problem) ||
           problem.code == TA_ABSENT || ta_fail(err, problem.code, "%s", problem.text);
}

static bool compare(const struct arrivals *arrivals, const char *document, struct ta_error *err)
{
    char *text[SIDES] = {0};
    void (*comparison)(const struct arrivals *, char *const[SIDES]) = comparison_of(document);
    bool ok = true;
    for (enum side side = OURS; comparison != NULL && ok && side < SIDES; side++) {
        ok = read_side(arrivals, side, document, &text[side], err);
    }
    if (comparison != NULL && ok) {
        comparison(arrivals, text);
    }
    for (enum side side = OURS; side < SIDES; side++) {
        free(text[side]);
    }
    return ok;
}

bool sync_find_named(struct syncing *syncing, const char *ours, const char *had, const char *theirs,
                     struct ta_error *err)
{
    const struct ta_pair *pair = syncing->pair;
    enum ta_role me = pair->me != TA_NOBODY ? pair->me : ta_desk_identity(syncing->desk, pair);
    struct arrivals arrivals = {syncing, me, {ours, had, theirs}};
    struct ta_paths paths = {0};
    if (me == TA_NOBODY || ours[0] == '\0') {
        return true;
    }
    bool ok = ta_ledger_changed(syncing->desk->git, syncing->record, ours, theirs, &paths, err);
    for (size_t i = 0; ok && i < paths.count; i++) {
        ok = compare(&arrivals, paths.items[i], err);
    }
    ta_paths_release(&paths);
    return ok;
}

/* What is said of it */

void sync_settle_named(const struct syncing *syncing, struct ta_synced *synced)
{
    for (size_t i = 0; i < synced->named_count; i++) {
        struct ta_named *named = &synced->in_your_name[i];
        if (named->session > 0 && release_is_withheld(syncing, named->session)) {
            struct ta_text act = {0};
            ta_text_addf(&act, "%s (withheld)", named->act);
            ta_replace(&named->act, act.bytes);
            ta_replace(&named->otherwise, "");
            ta_text_release(&act);
        }
    }
}

static bool was_said(const struct ta_synced *synced, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (strcmp(synced->in_your_name[i].otherwise, synced->in_your_name[at].otherwise) == 0) {
            return true;
        }
    }
    return false;
}

static void say_acts(struct ta_text *out, const struct ta_synced *synced, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ta_text_addf(out, "%s%s", i == 0 ? "In your name came: " : ", ",
                     synced->in_your_name[i].act);
    }
    if (count < synced->named_count) {
        ta_text_addf(out, " and %zu more", synced->named_count - count);
    }
}

void sync_say_named(struct ta_text *out, const struct ta_synced *synced)
{
    enum { MOST = 4 }; /* what a person reads in a sentence */
    size_t count = synced->named_count < MOST ? synced->named_count : MOST;
    if (count == 0) {
        return;
    }
    say_acts(out, synced, count);
    bool has_advice = false;
    for (size_t i = 0; i < count; i++) {
        const char *otherwise = synced->in_your_name[i].otherwise;
        if (otherwise[0] != '\0' && !was_said(synced, i)) {
            ta_text_addf(out, "%s%s", has_advice ? ", " : ". If that was not you: ", otherwise);
            has_advice = true;
        }
    }
    ta_text_add(out, ".");
}

void ta_synced_release(struct ta_synced *synced)
{
    for (size_t i = 0; i < synced->named_count; i++) {
        free(synced->in_your_name[i].act);
        free(synced->in_your_name[i].otherwise);
    }
    free(synced->in_your_name);
    *synced = (struct ta_synced){0};
}
