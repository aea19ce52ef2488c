/* Signing: what stands on the screen, each in their own name. */
#include <string.h>

#include "contract_acts.h"

/* Nobody signs what is not on the screen: the draft may have changed elsewhere meanwhile. */
static bool is_as_shown(struct ta_face *face, struct contract *contract)
{
    char shown[TA_DIGEST_SIZE];
    struct ta_error err;
    memcpy(shown, contract->state.digest, sizeof shown);
    if (!ta_face_check(face, contract_refresh(face, contract, &err), &err)) {
        return false;
    }
    if (strcmp(shown, contract->state.digest) != 0) {
        ta_face_say(face, TA_CAUTION,
                    "The paper was changed elsewhere, to this. Read it, then sign it.");
        return false;
    }
    return true;
}

static void say_signed(struct ta_face *face, struct contract *contract)
{
    const struct ta_person *person = contract->pair.person;
    struct ta_error err;
    if (!contract_refresh(face, contract, &err)) {
        ta_face_say(face, TA_CAUTION, "Signed by %s. %s", person[contract->signer].name, err.text);
        return;
    }
    contract->groups.chosen = SIGNATURES;
    if (ta_contract_state_in_force(&contract->state)) {
        ta_face_say(face, TA_GOOD, "Both signed: contract v%u is in force.",
                    contract->state.version_in_force);
    } else {
        ta_face_say(face, TA_GOOD, "Signed by %s. It is in force when %s has signed too.",
                    person[contract->signer].name, person[ta_role_other(contract->signer)].name);
    }
}

static void sign(struct ta_face *face, struct contract *contract);

/* What was refused may still be meant. */
static void answer_instead(struct ta_face *face, void *state, char key)
{
    struct contract *contract = state;
    struct ta_signing *signing = &contract->signing;
    if (key == 'y') {
        signing->typed = signing->typed || signing->instead == TA_INSTEAD_TYPED;
        signing->new_key = signing->new_key || signing->instead == TA_INSTEAD_NEW_KEY;
        sign(face, contract);
    }
}

static void ask_instead(struct ta_face *face, const struct contract *contract,
                        const struct ta_error *refusal)
{
    bool typed = contract->signing.instead == TA_INSTEAD_TYPED;
    struct ta_text question = {0};
    ta_text_addf(&question, "%s %s", refusal->text,
                 typed ? "Sign with the name alone?" : "Sign all the same?");
    ta_face_ask_key(face, question.bytes, "yn", answer_instead);
    ta_text_release(&question);
}

static void sign(struct ta_face *face, struct contract *contract)
{
    struct ta_error err;
    if (!is_as_shown(face, contract)) {
        return;
    }
    contract->signing.instead = TA_INSTEAD_NOTHING;
    if (ta_desk_contract_sign_with(ta_face_desk(face), &contract->pair, contract->signer,
                                   &contract->signing, &err)) {
        say_signed(face, contract);
    } else if (contract->signing.instead != TA_INSTEAD_NOTHING) {
        ask_instead(face, contract, &err);
    } else {
        (void)ta_face_check(face, false, &err);
    }
}

static void sign_as(struct ta_face *face, struct contract *contract, enum ta_role role)
{
    contract->signer = role;
    contract->signing = (struct ta_signing){.lend = ta_face_lend, .data = face};
    sign(face, contract);
}

static void answer_signer(struct ta_face *face, void *state, char key)
{
    struct contract *contract = state;
    if (key == 'm') {
        sign_as(face, contract, TA_MENTOR);
    } else if (key == 'e') {
        sign_as(face, contract, TA_MENTEE);
    }
}

static void answer_other(struct ta_face *face, void *state, char key)
{
    struct contract *contract = state;
    if (key == 'y') {
        sign_as(face, contract, contract->state.signed_by[TA_MENTOR] ? TA_MENTEE : TA_MENTOR);
    }
}

/* What is missing comes before who signs. */
static bool may_be_signed(struct ta_face *face, struct contract *contract)
{
    enum ta_clause unfit = ta_contract_unfit(&contract->state.contract, 0);
    if (unfit == TA_CLAUSES) {
        return true;
    }
    struct ta_error err;
    contract_enter(contract, unfit);
    return ta_face_check(
        face,
        ta_clause_refuse(unfit, ta_clause_check(unfit, contract_value(contract, unfit)), &err),
        &err);
}

void contract_say_in_force(struct ta_face *face, const struct contract *contract)
{
    unsigned version = contract->state.version_in_force;
    ta_face_say(face, TA_GOOD,
                "Both signed this text: v%u is in force. Change a clause to begin v%u.", version,
                version + 1);
}

void contract_ask_signer(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    if (!may_be_signed(face, contract)) {
        return;
    }
    const struct ta_person *person = contract->pair.person;
    const struct ta_signature *const *signed_by = contract->state.signed_by;
    struct ta_text question = {0};
    if (signed_by[TA_MENTOR] || signed_by[TA_MENTEE]) {
        ta_text_addf(&question, "Sign this exact text as %s?",
                     person[signed_by[TA_MENTOR] ? TA_MENTEE : TA_MENTOR].name);
        ta_face_ask_key(face, question.bytes, "yn", answer_other);
    } else {
        ta_text_addf(&question, "Who signs this exact text: (m) %s or (e) %s?",
                     person[TA_MENTOR].name, person[TA_MENTEE].name);
        ta_face_ask_key(face, question.bytes, "me", answer_signer);
    }
    ta_text_release(&question);
}
