#include "sealing.h"

#include <stdlib.h>
#include <string.h>

#include "pins.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/history.h"
#include "turnabout/desk/seals.h"
#include "turnabout/ledger/seal.h"

/* The keys around a signature that is being made. */
struct keys {
    struct ta_signers pins, signers;
    char *own; /* the key that signed just now */
};

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

/* Who signs second puts the contract in force: on a signature that does not hold nobody builds. */
static bool judge_other(const struct ta_pair *pair, const struct ta_seal *seal, enum ta_role other,
                        struct ta_signing *signing, struct ta_error *err)
{
    const char *name = pair->person[other].name;
    if (seal->kind == TA_SEAL_NONE || seal->valid || (seal->fresh && signing->new_key) ||
        (seal->unknown && signing->typed)) {
        return true;
    }
    signing->instead = seal->fresh     ? TA_INSTEAD_NEW_KEY
                       : seal->unknown ? TA_INSTEAD_TYPED
                                       : TA_INSTEAD_NOTHING;
    if (seal->fresh) {
        return seal->kind == TA_SEAL_TYPED
                   ? ta_fail(err, TA_REFUSED,
                             "%s signed this text by name alone, though a key is pinned for them: "
                             "ask whether it was them.",
                             name)
                   : ta_fail(err, TA_REFUSED,
                             "%s signed this text with a new key, %s: ask whether it is theirs.",
                             name, seal->fingerprint);
    }
    return ta_fail(err, TA_REFUSED, "%s%s", seal->problem,
                   seal->unknown ? "" : " Change a clause, so that both sign it anew.");
}

static bool check_other(struct ta_desk *desk, const struct ta_pair *pair,
                        const struct ta_contract_state *state, enum ta_role role,
                        struct ta_signing *signing, struct ta_error *err)
{
    enum ta_role other = ta_role_other(role);
    struct ta_seals seals;
    if (state->signed_by[other] == NULL) {
        return true;
    }
    bool ok = ta_desk_seals(desk, pair, state, &seals, err) &&
              judge_other(pair, &seals.of[other], other, signing, err);
    ta_seals_release(&seals);
    return ok;
}

static bool read_keys(struct ta_desk *desk, const struct ta_pair *pair,
                      const struct ta_contract_state *state, struct keys *keys,
                      struct ta_error *err)
{
    char *text = NULL;
    bool ok = pins_read(desk, pair, &keys->pins, err) &&
              ta_desk_history_text(desk, pair, state->tip, SIGNERS, &text, err) &&
              (text == NULL || ta_signers_read(&keys->signers, text, err));
    free(text);
    return ok;
}

static void release_keys(struct keys *keys)
{
    ta_signers_release(&keys->pins);
    ta_signers_release(&keys->signers);
    free(keys->own);
}

/* A key in place of the pinned one, as seals.h says. */
static bool may_change(const struct keys *keys, const struct ta_pair *pair,
                       const struct ta_contract_state *state, enum ta_role role,
                       struct ta_signing *signing, struct ta_error *err)
{
    char own[TA_FINGERPRINT_SIZE];
    char pinned[TA_FINGERPRINT_SIZE];
    const char *other = pair->person[ta_role_other(role)].name;
    ta_key_fingerprint(own, keys->own);
    ta_key_fingerprint(pinned, keys->pins.key[role]);
    if (!signing->new_key) {
        signing->instead = TA_INSTEAD_NEW_KEY;
        return ta_fail(
            err, TA_REFUSED,
            "The key in config.ini, %s, is not the one pinned for %s, %s. In its place it "
            "would count when %s has signed this version, too.",
            own, pair->person[role].name, pinned, other);
    }
    return state->signed_by[ta_role_other(role)] == NULL ||
           ta_fail(err, TA_REFUSED,
                   "%s has signed this text and not seen your new key, %s. Change a clause, sign "
                   "first, and let %s sign after you.",
                   other, own, other);
}

static bool check_own(const struct keys *keys, const struct ta_pair *pair,
                      const struct ta_contract_state *state, enum ta_role role,
                      struct ta_signing *signing, struct ta_error *err)
{
    enum ta_role other = ta_role_other(role);
    if (is_same(keys->own, keys->pins.key[other]) || is_same(keys->own, keys->signers.key[other])) {
        signing->instead = TA_INSTEAD_TYPED;
        return ta_fail(err, TA_REFUSED, "The key in config.ini is %s's, not %s's.",
                       pair->person[other].name, pair->person[role].name);
    }
    return keys->pins.key[role] == NULL || is_same(keys->own, keys->pins.key[role]) ||
           may_change(keys, pair, state, role, signing, err);
}

/* The key that signed stands in the list; what is written is what the other will verify with. */
static bool list_key(struct keys *keys, const struct ta_contract_state *state, enum ta_role role,
                     struct sealing *sealing, struct ta_error *err)
{
    bool stands = is_same(keys->signers.key[role], keys->own);
    ta_replace(&keys->signers.key[role], keys->own);
    char *signers = ta_signers_write(&keys->signers);
    bool ok = ta_seal_verify(state->paper, sealing->signature, TA_SEAL_NAMESPACE,
                             ta_role_name(role), signers, err);
    if (ok && !stands) {
        sealing->signers = signers;
        signers = NULL;
    }
    free(signers);
    return ok;
}

static bool sign(struct ta_desk *desk, const struct ta_contract_state *state,
                 struct ta_signing *signing, struct sealing *sealing, struct ta_error *err)
{
    struct ta_sealer sealer = {.key = desk->config.key,
                               .what = TA_SEAL_NAMESPACE,
                               .lend = signing->lend,
                               .data = signing->data};
    bool ok = ta_seal_make(&sealer, state->paper, &sealing->signature, err);
    signing->instead = ok ? TA_INSTEAD_NOTHING : TA_INSTEAD_TYPED;
    return ok;
}

static bool make_seal(struct ta_desk *desk, const struct ta_pair *pair,
                      const struct ta_contract_state *state, enum ta_role role,
                      struct ta_signing *signing, struct sealing *sealing, struct ta_error *err)
{
    struct keys keys = {0};
    bool ok = read_keys(desk, pair, state, &keys, err) &&
              sign(desk, state, signing, sealing, err) &&
              ta_seal_key(&keys.own, sealing->signature, err) &&
              check_own(&keys, pair, state, role, signing, err) &&
              list_key(&keys, state, role, sealing, err);
    release_keys(&keys);
    return ok;
}

/* A name where a key is pinned, as seals.h says. */
static bool may_be_typed(struct ta_desk *desk, const struct ta_pair *pair,
                         const struct ta_contract_state *state, enum ta_role role,
                         struct ta_signing *signing, struct ta_error *err)
{
    struct ta_signers pins;
    const char *name = pair->person[role].name;
    const char *other = pair->person[ta_role_other(role)].name;
    if (!pins_read(desk, pair, &pins, err)) {
        return false;
    }
    bool ok = pins.key[role] == NULL;
    if (!ok && !signing->typed) {
        signing->instead = TA_INSTEAD_TYPED;
        (void)ta_fail(err, TA_REFUSED,
                      "A key is pinned for %s, and none of theirs is in config.ini here. By name "
                      "alone it would count when %s has signed this version, too.",
                      name, other);
    } else if (!ok && state->signed_by[ta_role_other(role)] != NULL) {
        (void)ta_fail(err, TA_REFUSED,
                      "%s has signed this text and not seen that %s, who has a key, signs by name "
                      "alone. Change a clause, sign first, and let %s sign after that.",
                      other, name, other);
    } else {
        ok = true;
    }
    ta_signers_release(&pins);
    return ok;
}

bool sealing_make(struct ta_desk *desk, const struct ta_pair *pair,
                  const struct ta_contract_state *state, enum ta_role role,
                  struct ta_signing *signing, struct sealing *sealing, struct ta_error *err)
{
    bool by_key =
        desk->config.key != NULL && !signing->typed && ta_desk_key_is_of(desk, pair, role);
    *sealing = (struct sealing){.path = seal_path(state->contract.version, role)};
    bool ok = check_other(desk, pair, state, role, signing, err) &&
              (by_key ? make_seal(desk, pair, state, role, signing, sealing, err)
                      : may_be_typed(desk, pair, state, role, signing, err));
    if (!ok) {
        sealing_release(sealing);
    }
    return ok;
}

void sealing_release(struct sealing *sealing)
{
    free(sealing->path);
    free(sealing->signature);
    free(sealing->signers);
    *sealing = (struct sealing){0};
}
