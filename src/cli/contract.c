#include "turnabout/desk/contract.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/memory.h"

static bool is_same_line(const struct ta_contract *contract)
{
    return strcmp(contract->value[TA_CLAUSE_REPORTING_LINE], "same") == 0;
}

static void warn_of_line(struct ta_cli *cli, const struct ta_contract *contract)
{
    if (is_same_line(contract)) {
        ta_cli_remark(cli,
                      "You are in one reporting line: it is harder to speak openly to somebody "
                      "who decides about your work. The contract says that you know.");
    }
}

/* Showing */

static void print_entries(struct ta_printer *printer, const char *name, const char *entries)
{
    struct ta_piece rest = ta_piece_of(entries);
    struct ta_piece line;
    ta_print_list(printer, name);
    while (ta_next_line(&rest, &line)) {
        char *entry = ta_piece_copy(line);
        ta_print_string(printer, NULL, entry, NULL);
        free(entry);
    }
    ta_print_end(printer);
}

static void print_clause(struct ta_printer *printer, const struct ta_contract *contract,
                         enum ta_clause clause)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    if (facts->kind == TA_CLAUSE_LIST) {
        print_entries(printer, facts->id, contract->value[clause]);
    } else if (facts->kind == TA_CLAUSE_NUMBER) {
        ta_print_number(printer, facts->id, ta_contract_number(contract, clause), NULL);
    } else {
        ta_print_string(printer, facts->id, contract->value[clause], NULL);
    }
}

static void print_contract(struct ta_printer *printer, const struct ta_contract_state *state)
{
    ta_print_object(printer, NULL);
    ta_print_number(printer, "version", state->contract.version, NULL);
    ta_print_number(printer, "version_in_force", state->version_in_force, NULL);
    ta_print_flag(printer, "in_force", ta_contract_state_in_force(state), NULL);
    ta_print_string(printer, "sha256", state->digest, NULL);
    ta_print_object(printer, "clauses");
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        print_clause(printer, &state->contract, clause);
    }
    ta_print_end(printer);
    ta_print_string(printer, "text", state->paper, NULL);
    ta_print_end(printer);
}

bool ta_cli_contract_show(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_contract_state state = {0};
    if (!ta_desk_contract(&cli->desk, &cli->pair, &state, err)) {
        return false;
    }
    print_contract(&cli->printer, &state);
    ta_cli_say_paper(cli, state.paper);
    ta_contract_state_release(&state);
    return true;
}

/* Writing */

static bool write_paper(struct ta_cli *cli, void *state, const char *text, struct ta_error *err)
{
    return ta_desk_contract_write(&cli->desk, &cli->pair, state, text, err);
}

static bool say_draft(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_contract_state state = {0};
    if (!ta_desk_contract(&cli->desk, &cli->pair, &state, err)) {
        return false;
    }
    ta_print_say(&cli->printer, "Contract v%u is drafted; both sign it: turnabout contract sign.",
                 state.contract.version);
    warn_of_line(cli, &state.contract);
    ta_contract_state_release(&state);
    return true;
}

bool ta_cli_contract_edit(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_contract_state state = {0};
    bool changed = false;
    bool ok = ta_desk_contract(&cli->desk, &cli->pair, &state, err) &&
              ta_cli_edit(cli, state.paper, "contract.md", write_paper, &state, &changed, err);
    ta_contract_state_release(&state);
    if (ok && !changed) {
        ta_print_say(&cli->printer, "Nothing was changed.");
    }
    return ok && (!changed || say_draft(cli, err));
}

static bool find_clause(struct ta_cli *cli, enum ta_clause *clause, struct ta_error *err)
{
    if (ta_clause_find(clause, cli->words[0])) {
        return true;
    }
    struct ta_text ids = {0};
    ta_cli_list_clauses(&ids);
    (void)ta_cli_misuse(cli, err, "The contract has no clause \"%s\": there are %s.", cli->words[0],
                        ids.bytes);
    ta_text_release(&ids);
    return false;
}

/* The texts behind the clause: entries of a list, one a line; anything else is one text. */
static bool read_value(struct ta_cli *cli, enum ta_clause clause, struct ta_text *value,
                       struct ta_error *err)
{
    bool list = ta_clause_facts(clause)->kind == TA_CLAUSE_LIST;
    if (!list && cli->word_count > 2) {
        return ta_cli_misuse(cli, err, "The clause \"%s\" takes one text: put it in quotes.",
                             cli->words[0]);
    }
    for (size_t i = 1; i < cli->word_count; i++) {
        struct ta_text text = {0};
        if (!ta_cli_text(cli, cli->words[i], &text, err)) {
            return false;
        }
        ta_text_add(value, i > 1 ? "\n" : "");
        ta_text_add_bytes(value, text.bytes, text.length);
        ta_text_release(&text);
    }
    return true;
}

/* What stands in the clause now, as it was understood. */
static bool say_clause(struct ta_cli *cli, enum ta_clause clause, struct ta_error *err)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    struct ta_contract_state state = {0};
    if (!ta_desk_contract(&cli->desk, &cli->pair, &state, err)) {
        return false;
    }
    struct ta_text shown = {0};
    struct ta_piece rest = ta_piece_of(state.contract.value[clause]);
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        bool list = facts->kind == TA_CLAUSE_LIST;
        ta_text_add(&shown, shown.length == 0 ? "" : list ? "; " : " ");
        ta_text_add_bytes(&shown, line.at, line.length);
    }
    ta_print_say(&cli->printer, "%s: %s%s%s", facts->title,
                 shown.length > 0 ? shown.bytes : "nothing", facts->unit != NULL ? " " : "",
                 facts->unit != NULL ? facts->unit : "");
    if (clause == TA_CLAUSE_REPORTING_LINE) {
        warn_of_line(cli, &state.contract);
    }
    ta_text_release(&shown);
    ta_contract_state_release(&state);
    return true;
}

bool ta_cli_contract_set(struct ta_cli *cli, struct ta_error *err)
{
    enum ta_clause clause = TA_CLAUSES;
    struct ta_text value = {0};
    bool ok = find_clause(cli, &clause, err) && read_value(cli, clause, &value, err) &&
              ta_desk_contract_set(&cli->desk, &cli->pair, clause,
                                   value.length > 0 ? value.bytes : "", err);
    ta_text_release(&value);
    return ok && say_clause(cli, clause, err);
}

/* Signing */

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

static void say_signature(struct ta_cli *cli, enum ta_role role,
                          const struct ta_contract_state *state)
{
    const struct ta_person *person = cli->pair.person;
    ta_print_say(&cli->printer, "%s signed contract v%u as %s.", person[role].name,
                 state->contract.version, ta_role_name(role));
    if (ta_contract_state_in_force(state)) {
        ta_print_say(&cli->printer, "It is in force.");
    } else {
        ta_print_say(&cli->printer, "It is in force when %s has signed this text, too.",
                     person[ta_role_other(role)].name);
    }
    warn_of_line(cli, &state->contract);
}

bool ta_cli_contract_sign(struct ta_cli *cli, struct ta_error *err)
{
    enum ta_role role;
    struct ta_contract_state state = {0};
    if (!find_signer(cli, &role, err) ||
        !ta_desk_contract_sign(&cli->desk, &cli->pair, role, err)) {
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

/* The difference */

bool ta_cli_contract_diff(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_comparison comparison;
    if (!ta_desk_contract_difference(&cli->desk, &cli->pair, &comparison, err)) {
        return false;
    }
    ta_print_list(&cli->printer, NULL);
    ta_cli_compare(cli, &comparison);
    ta_print_end(&cli->printer);
    if (!comparison.differs) {
        ta_print_say(&cli->printer, "No line differs from the contract in force.");
    }
    ta_comparison_release(&comparison);
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

static void print_signatures(struct ta_printer *printer, const struct ta_contract_state *state)
{
    ta_print_list(printer, "signatures");
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        const struct ta_signature *signature = state->signed_by[role];
        if (signature == NULL) {
            continue;
        }
        char when[TA_DATE_SIZE];
        char day[TA_DATE_SIZE];
        struct ta_text shown = {0};
        ta_moment_write(when, signature->when);
        ta_day_long(day, ta_day_of(signature->when));
        ta_text_addf(&shown, "signed by %s", signature->name);
        ta_print_object(printer, NULL);
        ta_print_string(printer, "role", ta_role_name(role), NULL);
        ta_print_string(printer, "name", signature->name, shown.bytes);
        ta_print_string(printer, "when", when, day);
        ta_print_end(printer);
        ta_text_release(&shown);
    }
    ta_print_end(printer);
}

bool ta_cli_contract_check(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_contract_state state = {0};
    if (!ta_desk_contract(&cli->desk, &cli->pair, &state, err)) {
        return false;
    }
    unsigned version = state.contract.version;
    bool in_force = ta_contract_state_in_force(&state);
    ta_print_say(&cli->printer, "Contract v%u is %s", version,
                 in_force        ? "in force."
                 : state.drafted ? "not in force; missing:"
                                 : "not written yet; missing:");
    ta_print_object(&cli->printer, NULL);
    ta_print_number(&cli->printer, "version", version, NULL);
    ta_print_flag(&cli->printer, "in_force", in_force, NULL);
    print_missing(cli, &state);
    print_signatures(&cli->printer, &state);
    ta_print_end(&cli->printer);
    if (!in_force && state.version_in_force > 0) {
        ta_print_say(&cli->printer, "Contract v%u stays in force until both have signed v%u.",
                     state.version_in_force, version);
    }
    warn_of_line(cli, &state.contract);
    ta_contract_state_release(&state);
    return in_force ||
           ta_fail(err, TA_REFUSED,
                   "The contract is not in force: write what is missing (turnabout contract set "
                   "CLAUSE TEXT), then both sign it (turnabout contract sign --as ROLE).");
}
