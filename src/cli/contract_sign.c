/* Signing the contract, and what the signatures under it are worth. */
#include "command.h"
#include "turnabout/desk/contract.h"
#include "turnabout/desk/seals.h"

static bool find_signer(struct ta_cli *cli, enum ta_role *role, struct ta_error *err)
{
    if (!ta_cli_as(cli, role, err)) {
        return false;
    }
    if (*role == TA_NOBODY) {
        *role = cli->pair.me;
    }
    if (*role == TA_NOBODY) {
        *role = ta_desk_identity(&cli->desk, &cli->pair);
    }
    return *role != TA_NOBODY ||
           ta_cli_misuse(cli, err, "Say who signs: --as mentor or --as mentee.");
}

/* What was signed with, where there is a key: a person should know whose it was. */
static void say_key(struct ta_cli *cli, enum ta_role role, const struct ta_contract_state *state)
{
    struct ta_seals seals;
    struct ta_error err;
    if (!ta_desk_seals(&cli->desk, &cli->pair, state, &seals, &err)) {
        return;
    }
    const struct ta_seal *seal = &seals.of[role];
    const char *other = cli->pair.person[ta_role_other(role)].name;
    if (seal->kind == TA_SEAL_KEY) {
        ta_print_say(&cli->printer, "By key: %s.", seal->fingerprint);
    } else if (seal->fresh) {
        ta_print_say(&cli->printer,
                     "By name alone, though a key is pinned: it counts when %s signs, too.", other);
    } else if (cli->desk.config.key != NULL && !ta_desk_key_is_of(&cli->desk, &cli->pair, role)) {
        ta_print_say(&cli->printer, "By name alone: the key in config.ini is %s's.", other);
    }
    if (seal->fresh && seal->kind == TA_SEAL_KEY) {
        ta_print_say(&cli->printer, "It takes the place of the pinned key when %s signs, too.",
                     other);
    }
    ta_seals_release(&seals);
}

static void say_signature(struct ta_cli *cli, enum ta_role role,
                          const struct ta_contract_state *state)
{
    const struct ta_person *person = cli->pair.person;
    ta_print_say(&cli->printer, "%s signed contract v%u as %s.", person[role].name,
                 state->contract.version, ta_role_name(role));
    say_key(cli, role, state);
    if (ta_contract_state_in_force(state)) {
        ta_print_say(&cli->printer, "It is in force.");
    } else {
        ta_print_say(&cli->printer, "It is in force when %s has signed this text, too.",
                     person[ta_role_other(role)].name);
    }
    ta_cli_warn_of_line(cli, &state->contract);
}

/* ssh-keygen asks for a passphrase on the terminal, which is its own meanwhile. */
static void lend(void *data, bool lent)
{
    (void)data;
    (void)lent;
}

static bool sign(struct ta_cli *cli, enum ta_role role, struct ta_error *err)
{
    static const char *const instead[] = {
        [TA_INSTEAD_NOTHING] = "",
        [TA_INSTEAD_TYPED] = " Nothing was signed; --typed signs with the name alone.",
        [TA_INSTEAD_NEW_KEY] = " Nothing was signed; --new-key signs all the same.",
    };
    struct ta_error refusal;
    struct ta_signing signing = {.typed = cli->option[TA_OPTION_TYPED] != NULL,
                                 .new_key = cli->option[TA_OPTION_NEW_KEY] != NULL,
                                 .lend = lend};
    return ta_desk_contract_sign_with(&cli->desk, &cli->pair, role, &signing, &refusal) ||
           ta_fail(err, refusal.code, "%s%s", refusal.text, instead[signing.instead]);
}

bool ta_cli_contract_sign(struct ta_cli *cli, struct ta_error *err)
{
    enum ta_role role;
    struct ta_contract_state state = {0};
    if (!find_signer(cli, &role, err) || !sign(cli, role, err)) {
        return false;
    }
    if (ta_desk_contract(&cli->desk, &cli->pair, &state, err)) {
        say_signature(cli, role, &state);
    } else {
        ta_print_say(&cli->printer, "%s signed as %s.", cli->pair.person[role].name,
                     ta_role_name(role));
        ta_cli_done_but(cli, err);
    }
    ta_contract_state_release(&state);
    return true;
}

/* Checking */

static void print_missing(struct ta_cli *cli, const struct ta_contract_state *state)
{
    const struct ta_person *person = cli->pair.person;
    ta_print_list(&cli->printer, "missing");
    for (enum ta_clause clause = 0;
         (clause = ta_contract_unfit(&state->contract, clause)) < TA_CLAUSES; clause++) {
        struct ta_text shown = {0};
        struct ta_error why;
        (void)ta_clause_refuse(clause, ta_clause_check(clause, state->contract.value[clause]),
                               &why);
        ta_text_addf(&shown, "%s: %s", ta_clause_facts(clause)->id, why.text);
        ta_print_string(&cli->printer, NULL, ta_clause_facts(clause)->id, shown.bytes);
        ta_text_release(&shown);
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        struct ta_text shown = {0};
        const char *name =
            role == TA_MENTOR ? "signature of the mentor" : "signature of the mentee";
        ta_text_addf(&shown, "%s, %s", name, person[role].name);
        if (state->signed_by[role] == NULL) {
            ta_print_string(&cli->printer, NULL, name, shown.bytes);
        }
        ta_text_release(&shown);
    }
    ta_print_end(&cli->printer);
}

static const char *worth_of(const struct ta_seal *seal)
{
    if (seal->kind != TA_SEAL_KEY) {
        return seal->valid ? "typed" : "typed, not valid";
    }
    return seal->valid ? "by key" : seal->unknown ? "by key, not verified" : "by key, not valid";
}

static void print_signature(struct ta_printer *printer, const struct ta_signature *signature,
                            const struct ta_seal *seal)
{
    char when[TA_DATE_SIZE];
    char day[TA_DATE_SIZE];
    bool by_key = seal->kind == TA_SEAL_KEY;
    const char *key = seal->fingerprint[0] != '\0' ? seal->fingerprint : NULL;
    struct ta_text shown = {0};
    ta_moment_write(when, signature->when);
    ta_day_long(day, ta_day_of(signature->when));
    ta_text_addf(&shown, "signed by %s", signature->name);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "role", ta_role_name(signature->role), NULL);
    ta_print_string(printer, "name", signature->name, shown.bytes);
    ta_print_string(printer, "when", when, day);
    ta_print_string(printer, "kind", by_key ? "ssh" : "typed", worth_of(seal));
    ta_print_flag(printer, "valid", seal->valid, NULL);
    ta_print_string(printer, "key", key, seal->valid && by_key ? key : NULL);
    ta_print_string(printer, "problem", seal->problem, NULL);
    ta_print_end(printer);
    ta_text_release(&shown);
}

static void print_signatures(struct ta_printer *printer, const struct ta_contract_state *state,
                             const struct ta_seals *seals)
{
    ta_print_list(printer, "signatures");
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (state->signed_by[role] != NULL) {
            print_signature(printer, state->signed_by[role], &seals->of[role]);
        }
    }
    ta_print_end(printer);
}

static void say_problems(struct ta_cli *cli, const struct ta_seals *seals)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (seals->of[role].problem != NULL) {
            ta_print_say(&cli->printer, "%s", seals->of[role].problem);
        }
    }
}

static const char *where_it_stands(const struct ta_contract_state *state, bool holds)
{
    if (!ta_contract_state_in_force(state)) {
        return state->drafted ? "not in force; missing:" : "not written yet; missing:";
    }
    return holds ? "in force." : "signed by both, but a signature is not proved:";
}

/* A draft on the desk does not hide what is wrong below it. */
static void say_in_force(struct ta_cli *cli, const struct ta_contract_state *drafted)
{
    struct ta_contract_state state = {0};
    struct ta_seals seals = {0};
    struct ta_error err;
    unsigned version = drafted->version_in_force;
    bool ok = ta_desk_contract_in_force(&cli->desk, &cli->pair, &state, &err) &&
              ta_desk_seals(&cli->desk, &cli->pair, &state, &seals, &err);
    if (!ok) {
        ta_print_say(&cli->printer, "%s", err.text);
    } else if (ta_seals_hold(&seals)) {
        ta_print_say(&cli->printer, "Contract v%u stays in force until both have signed v%u.",
                     version, drafted->next_version);
    } else {
        ta_print_say(&cli->printer,
                     "Contract v%u, which both signed before, is not proved, so that nothing is "
                     "released by it:",
                     version);
        say_problems(cli, &seals);
    }
    ta_seals_release(&seals);
    ta_contract_state_release(&state);
}

/* In force is what both have signed, as far as that can be proved. */
static void print_check(struct ta_cli *cli, const struct ta_contract_state *state,
                        const struct ta_seals *seals)
{
    bool holds = ta_seals_hold(seals);
    bool in_force = ta_contract_state_in_force(state) && holds;
    unsigned version = state->outdated ? state->next_version : state->contract.version;
    ta_print_say(&cli->printer, "Contract v%u is %s", version, where_it_stands(state, holds));
    ta_print_object(&cli->printer, NULL);
    ta_print_number(&cli->printer, "version", version, NULL);
    ta_print_flag(&cli->printer, "in_force", in_force, NULL);
    print_missing(cli, state);
    print_signatures(&cli->printer, state, seals);
    ta_print_end(&cli->printer);
    say_problems(cli, seals);
    if (!ta_contract_state_in_force(state) && state->version_in_force > 0) {
        say_in_force(cli, state);
    }
    ta_cli_warn_of_line(cli, &state->contract);
}

static bool conclude(const struct ta_contract_state *state, const struct ta_seals *seals,
                     struct ta_error *err)
{
    if (!ta_contract_is_current(state, err)) {
        return false;
    }
    if (!ta_contract_state_in_force(state)) {
        return ta_fail(err, TA_REFUSED,
                       "The contract is not in force: write what is missing (turnabout contract "
                       "set CLAUSE TEXT), then both sign it (turnabout contract sign --as ROLE).");
    }
    if (seals->of[TA_MENTOR].unknown || seals->of[TA_MENTEE].unknown) {
        return ta_fail(err, TA_REFUSED,
                       "Contract v%u was signed with a key, and nothing here can verify that.",
                       state->contract.version);
    }
    return ta_seals_hold(seals) ||
           ta_fail(err, TA_REFUSED,
                   "A signature under contract v%u does not hold: find out why, then change a "
                   "clause and sign the new version, both of you.",
                   state->contract.version);
}

bool ta_cli_contract_check(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_contract_state state = {0};
    struct ta_seals seals = {0};
    bool ok = ta_desk_contract(&cli->desk, &cli->pair, &state, err) &&
              ta_desk_seals(&cli->desk, &cli->pair, &state, &seals, err);
    if (ok) {
        print_check(cli, &state, &seals);
        ok = conclude(&state, &seals, err);
    }
    ta_seals_release(&seals);
    ta_contract_state_release(&state);
    return ok;
}
