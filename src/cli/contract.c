#include "turnabout/desk/contract.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/memory.h"

static bool is_same_line(const struct ta_contract *contract)
{
    return strcmp(contract->value[TA_CLAUSE_REPORTING_LINE], "same") == 0;
}

void ta_cli_warn_of_line(struct ta_cli *cli, const struct ta_contract *contract)
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
    ta_cli_warn_of_line(cli, &state.contract);
    ta_contract_state_release(&state);
    return true;
}

bool ta_cli_contract_edit(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_contract_state state = {0};
    bool changed = false;
    bool ok = ta_desk_contract(&cli->desk, &cli->pair, &state, err) &&
              ta_cli_edit(cli, state.paper, "contract.md", write_paper, &state, &changed, err);
    if (ok && !changed && state.outdated) {
        /* Who saw it and left it as it is means it so, as the next version. */
        ok = write_paper(cli, &state, state.paper, err);
        changed = true;
    }
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
        ta_cli_warn_of_line(cli, &state.contract);
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
