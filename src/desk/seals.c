#include "turnabout/desk/seals.h"

#include <stdlib.h>
#include <string.h>

#include "naming.h"
#include "pins.h"
#include "turnabout/desk/history.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/ledger/seal.h"

/* What a signature is judged by. */
struct evidence {
    struct ta_desk *desk;
    const struct ta_pair *pair;
    const struct ta_contract_state *state;
    struct ta_signers pins;
    struct ta_signers signers; /* as of the commit that the state was read from */
    struct ta_error distrust;  /* why they are not trusted */
    bool is_trusted;
};

static const char *name_of(const struct evidence *evidence, enum ta_role role)
{
    return evidence->pair->person[role].name;
}

/* Puts down what is wrong. Returns true: that there is something wrong is no failure. */
static bool object(struct ta_seal *seal, const struct ta_error *problem)
{
    struct ta_text text = {0};
    ta_text_add(&text, problem->text);
    seal->valid = false;
    seal->problem = ta_text_take(&text);
    return true;
}

static bool read_signature(const struct evidence *evidence, const char *commit, enum ta_role role,
                           char **signature, struct ta_error *err)
{
    char *path = seal_path(evidence->state->contract.version, role);
    bool ok = ta_desk_history_text(evidence->desk, evidence->pair, commit, path, signature, err);
    free(path);
    return ok;
}

static bool verifies(const char *text, const char *signature, enum ta_role role, const char *key,
                     struct ta_error *err)
{
    struct ta_signers one = {0};
    one.key[role] = (char *)key;
    char *signers = ta_signers_write(&one);
    bool ok = ta_seal_verify(text, signature, TA_SEAL_NAMESPACE, ta_role_name(role), signers, err);
    free(signers);
    return ok;
}

/* Typed only: unless a signature by the pinned key, over this very text, was there once. */
static bool was_taken_out(const struct evidence *evidence, enum ta_role role, bool *taken,
                          struct ta_error *err)
{
    struct ta_entries entries = {0};
    char *path = seal_path(evidence->state->contract.version, role);
    bool ok = ta_desk_history_versions(evidence->desk, evidence->pair, path, 0, &entries, err);
    for (size_t i = 0; ok && !*taken && i < entries.count; i++) {
        char *signature = NULL;
        ok = read_signature(evidence, entries.items[i].id, role, &signature, err);
        *taken = ok && signature != NULL &&
                 verifies(evidence->state->paper, signature, role, evidence->pins.key[role], NULL);
        free(signature);
    }
    ta_entries_release(&entries);
    free(path);
    return ok;
}

/* The name stood there before the role had any key. */
static bool is_older_than_keys(const struct evidence *evidence, const struct naming *naming,
                               enum ta_role role, bool *older, struct ta_error *err)
{
    struct ta_entries lists = {0};
    bool ok = ta_desk_history_versions(evidence->desk, evidence->pair, SIGNERS, 0, &lists, err);
    *older = ok;
    for (size_t i = 0; *older && i < lists.count; i++) {
        struct ta_signers listed;
        const char *commit = lists.items[i].id;
        ok = pins_listed(evidence->desk, evidence->pair, commit, &listed, err);
        *older = ok && (listed.key[role] == NULL || naming_before(naming, role, commit));
        ta_signers_release(&listed);
    }
    ta_entries_release(&lists);
    return ok;
}

/* Every signature by the pinned key of a role's came behind the typed name of the other. */
static bool sealed_behind(const struct evidence *evidence, const struct naming *naming,
                          enum ta_role role, bool *behind, struct ta_error *err)
{
    struct ta_entries entries = {0};
    enum ta_role other = ta_role_other(role);
    const char *pinned = evidence->pins.key[role];
    char *path = seal_path(evidence->state->contract.version, role);
    char *now = NULL;
    bool ok = read_signature(evidence, evidence->state->tip, role, &now, err) &&
              ta_desk_history_versions(evidence->desk, evidence->pair, path, 0, &entries, err);
    *behind = ok && now != NULL && verifies(evidence->state->paper, now, role, pinned, NULL);
    for (size_t i = 0; *behind && i < entries.count; i++) {
        const char *commit = entries.items[i].id;
        char *signature = NULL;
        ok = read_signature(evidence, commit, role, &signature, err);
        *behind = ok && (signature == NULL || naming_before(naming, other, commit) ||
                         !verifies(evidence->state->paper, signature, role, pinned, NULL));
        free(signature);
    }
    ta_entries_release(&entries);
    free(now);
    free(path);
    return ok;
}

/* A name alone where a key is pinned: the other, who knew of it, has signed after it. */
static bool is_borne_out(const struct evidence *evidence, enum ta_role role, bool *counts,
                         struct ta_error *err)
{
    struct naming naming;
    enum ta_role other = ta_role_other(role);
    const char *key = evidence->pins.key[other];
    bool ok = naming_read(&naming, evidence->desk, evidence->pair, evidence->state->digest, err) &&
              is_older_than_keys(evidence, &naming, role, counts, err);
    if (ok && !*counts && evidence->state->signed_by[other] != NULL) {
        if (key == NULL) {
            *counts = naming_follows(&naming, other);
        } else {
            ok = sealed_behind(evidence, &naming, other, counts, err);
        }
    }
    naming_release(&naming);
    return ok;
}

static bool doubt_name(const struct evidence *evidence, enum ta_role role, struct ta_seal *seal)
{
    struct ta_error problem;
    enum ta_role other = ta_role_other(role);
    seal->fresh = evidence->state->signed_by[other] == NULL;
    (void)ta_fail(&problem, TA_DAMAGED,
                  seal->fresh
                      ? "%s signed by name alone, though a key is pinned for them: it counts when "
                        "%s signs this version, too."
                      : "%s's signature is a typed name, though a key is pinned for them, and %s "
                        "did not sign after it.",
                  name_of(evidence, role), name_of(evidence, other));
    return object(seal, &problem);
}

static bool say_taken_out(const struct evidence *evidence, enum ta_role role, struct ta_seal *seal)
{
    struct ta_error problem;
    seal->kind = TA_SEAL_KEY;
    (void)ta_fail(&problem, TA_DAMAGED,
                  "%s signed this text with a key, and that signature was taken out of the "
                  "record: see by whom with git log main -- signatures.",
                  name_of(evidence, role));
    return object(seal, &problem);
}

static bool judge_typed(const struct evidence *evidence, enum ta_role role, struct ta_seal *seal,
                        struct ta_error *err)
{
    bool taken = false;
    bool counts = false;
    seal->kind = TA_SEAL_TYPED;
    seal->valid = evidence->pins.key[role] == NULL;
    if (seal->valid) {
        return true;
    }
    if (!was_taken_out(evidence, role, &taken, err)) {
        return false;
    }
    if (taken) {
        return say_taken_out(evidence, role, seal);
    }
    if (!is_borne_out(evidence, role, &counts, err)) {
        return false;
    }
    seal->valid = counts;
    return counts || doubt_name(evidence, role, seal);
}

/* Another key than the pinned one: it may be new, or somebody else's. */
static bool doubt_key(const struct evidence *evidence, enum ta_role role, const char *key,
                      struct ta_seal *seal)
{
    char pinned[TA_FINGERPRINT_SIZE];
    struct ta_error problem;
    enum ta_role other = ta_role_other(role);
    seal->fresh = evidence->state->signed_by[other] == NULL;
    ta_key_fingerprint(seal->fingerprint, key);
    ta_key_fingerprint(pinned, evidence->pins.key[role]);
    (void)ta_fail(&problem, TA_DAMAGED,
                  seal->fresh
                      ? "%s signed with a new key, %s, and not with the pinned one, %s: it "
                        "takes its place when %s signs this version, too."
                      : "%s's signature is by another key, %s, than the pinned one, %s, and "
                        "%s did not sign after it.",
                  name_of(evidence, role), seal->fingerprint, pinned, name_of(evidence, other));
    return object(seal, &problem);
}

static bool refute(const struct evidence *evidence, enum ta_role role, struct ta_seal *seal,
                   const struct ta_error *why)
{
    struct ta_error problem;
    const char *name = name_of(evidence, role);
    seal->unknown = why->code != TA_REFUSED;
    if (seal->unknown) {
        (void)ta_fail(&problem, why->code, "%s signed with a key, and that was not verified. %s",
                      name, why->text);
    } else {
        (void)ta_fail(&problem, TA_DAMAGED,
                      "%s's signature does not verify: it is of another text, or by another key.",
                      name);
    }
    return object(seal, &problem);
}

static bool judge_key(const struct evidence *evidence, enum ta_role role, const char *signature,
                      struct ta_seal *seal)
{
    struct ta_error problem;
    const char *pinned = evidence->pins.key[role];
    const char *key = evidence->signers.key[role];
    seal->kind = TA_SEAL_KEY;
    if (!evidence->is_trusted) {
        return object(seal, &evidence->distrust);
    }
    if (pinned == NULL || key == NULL) {
        (void)ta_fail(&problem, TA_DAMAGED,
                      "%s's signature is by a key, and " SIGNERS " has no key of theirs: see who "
                      "changed it with git log -p main -- " SIGNERS ".",
                      name_of(evidence, role));
        return object(seal, &problem);
    }
    if (pinned[0] == '\0') {
        (void)ta_fail(
            &problem, TA_DAMAGED,
            "The record has several keys of %s's, and none of them came first: nobody can "
            "tell whose they are. See git log --graph -p main -- " SIGNERS ".",
            name_of(evidence, role));
        return object(seal, &problem);
    }
    if (!verifies(evidence->state->paper, signature, role, key, &problem)) {
        return refute(evidence, role, seal, &problem);
    }
    if (strcmp(key, pinned) != 0) {
        return doubt_key(evidence, role, key, seal);
    }
    ta_key_fingerprint(seal->fingerprint, key);
    seal->valid = true;
    return true;
}

static bool look_for_later(const struct evidence *evidence, enum ta_role role, const char *commit,
                           unsigned *later, struct ta_error *err)
{
    struct ta_contract contract = {0};
    char *text = NULL;
    char *signature = NULL;
    bool ok =
        ta_desk_history_text(evidence->desk, evidence->pair, commit, "contract.md", &text, err);
    if (text != NULL && ta_contract_paper_read(&contract, text, NULL) &&
        contract.version > evidence->state->contract.version) {
        char *path = seal_path(contract.version, role);
        ok = ta_desk_history_text(evidence->desk, evidence->pair, commit, path, &signature, err);
        if (signature != NULL && verifies(text, signature, role, evidence->pins.key[role], NULL)) {
            *later = contract.version;
        }
        free(path);
    }
    ta_contract_release(&contract);
    free(signature);
    free(text);
    return ok;
}

/* A later version that was in the record, signed by the key of this role. 0: none. */
static bool find_later(const struct evidence *evidence, enum ta_role role, unsigned *later,
                       struct ta_error *err)
{
    struct ta_entries versions = {0};
    bool ok =
        ta_desk_history_versions(evidence->desk, evidence->pair, "contract.md", 0, &versions, err);
    for (size_t i = 0; ok && *later == 0 && i < versions.count; i++) {
        ok = look_for_later(evidence, role, versions.items[i].id, later, err);
    }
    ta_entries_release(&versions);
    return ok;
}

/* An older contract, put back with its older names, is what they agreed once. */
static bool judge_age(const struct evidence *evidence, enum ta_role role, struct ta_seal *seal,
                      struct ta_error *err)
{
    unsigned later = 0;
    struct ta_error problem;
    if (!seal->valid || evidence->pins.key[role] == NULL) {
        return true;
    }
    if (!find_later(evidence, role, &later, err)) {
        return false;
    }
    (void)ta_fail(
        &problem, TA_DAMAGED,
        "%s signed version %u after this one, and somebody put this one back: see by whom "
        "with git log main -- contract.md.",
        name_of(evidence, role), later);
    return later == 0 || object(seal, &problem);
}

static bool judge(const struct evidence *evidence, enum ta_role role, struct ta_seal *seal,
                  struct ta_error *err)
{
    char *signature = NULL;
    if (evidence->state->signed_by[role] == NULL) {
        return true;
    }
    bool ok = read_signature(evidence, evidence->state->tip, role, &signature, err) &&
              (signature != NULL ? judge_key(evidence, role, signature, seal)
                                 : judge_typed(evidence, role, seal, err)) &&
              judge_age(evidence, role, seal, err);
    free(signature);
    return ok;
}

static bool gather(struct evidence *evidence, struct ta_error *err)
{
    char *text = NULL;
    if (!pins_read(evidence->desk, evidence->pair, &evidence->pins, err) ||
        !ta_desk_history_text(evidence->desk, evidence->pair, evidence->state->tip, SIGNERS, &text,
                              err)) {
        return false;
    }
    evidence->is_trusted =
        text == NULL || ta_signers_read(&evidence->signers, text, &evidence->distrust);
    free(text);
    return true;
}

bool ta_desk_seals(struct ta_desk *desk, const struct ta_pair *pair,
                   const struct ta_contract_state *state, struct ta_seals *seals,
                   struct ta_error *err)
{
    *seals = (struct ta_seals){0};
    if (state->signed_by[TA_MENTOR] == NULL && state->signed_by[TA_MENTEE] == NULL) {
        return true;
    }
    struct evidence evidence = {.desk = desk, .pair = pair, .state = state};
    bool ok = gather(&evidence, err);
    for (enum ta_role role = TA_MENTOR; ok && role < TA_ROLES; role++) {
        ok = judge(&evidence, role, &seals->of[role], err);
    }
    ta_signers_release(&evidence.pins);
    ta_signers_release(&evidence.signers);
    if (!ok) {
        ta_seals_release(seals);
    }
    return ok;
}

void ta_seals_release(struct ta_seals *seals)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        free(seals->of[role].problem);
    }
    *seals = (struct ta_seals){0};
}

bool ta_seals_hold(const struct ta_seals *seals)
{
    return seals->of[TA_MENTOR].valid && seals->of[TA_MENTEE].valid;
}

bool ta_desk_key_is_of(const struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role)
{
    enum ta_role owner = pair->me != TA_NOBODY ? pair->me : ta_desk_identity(desk, pair);
    return owner == TA_NOBODY || owner == role;
}
