/* Contract: one clause at a time beside the whole, and the two signatures. */
#include <stdio.h>
#include <string.h>

#include "contract_view.h"
#include "screens.h"

enum {
    PAUSE = 1000, /* milliseconds without a key after which a field is saved */
    FIELD_MOST = 20000,
};

static enum ta_clause_group group_of(enum ta_clause clause)
{
    return ta_clause_facts(clause)->group;
}

static bool is_choice(enum ta_clause clause)
{
    return ta_clause_facts(clause)->kind == TA_CLAUSE_CHOICE;
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct contract *contract = state;
    struct ta_contract_state fresh;
    if (!ta_desk_contract(ta_face_desk(face), &contract->pair, &fresh, err)) {
        return false;
    }
    ta_contract_state_release(&contract->state);
    contract->state = fresh;
    return true;
}

static bool open_contract(struct ta_face *face, void *state, const void *argument,
                          struct ta_error *err)
{
    (void)argument;
    struct contract *contract = state;
    ta_list_set_count(&contract->groups, TA_GROUPS + 1);
    if (ta_desk_pair(ta_face_desk(face), NULL, &contract->pair, err) && refresh(face, state, err)) {
        return true;
    }
    ta_pair_release(&contract->pair);
    return false;
}

/* The field in hand */

/* Saves what was typed; a refused value stays in the field, and why is said. */
static bool save(struct ta_face *face, struct contract *contract)
{
    struct ta_error err;
    if (!contract->touched) {
        return true;
    }
    contract->touched = 0;
    return ta_face_check(face,
                         ta_desk_contract_set(ta_face_desk(face), &contract->pair, contract->clause,
                                              ta_editor_text(&contract->field), &err) &&
                             refresh(face, contract, &err),
                         &err);
}

static void enter(struct contract *contract, enum ta_clause clause)
{
    ta_editor_release(&contract->field);
    contract->inside = true;
    contract->clause = clause;
    contract->groups.chosen = (size_t)group_of(clause);
    ta_editor_init(&contract->field, contract_value(contract, clause),
                   contract_is_many_lines(clause), FIELD_MOST);
}

static bool leave_field(struct ta_face *face, struct contract *contract)
{
    if (!save(face, contract)) {
        contract->touched = ta_face_now(face);
        return false;
    }
    contract->inside = false;
    return true;
}

static void close_contract(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    save(face, contract);
    ta_editor_release(&contract->field);
    ta_contract_state_release(&contract->state);
    ta_pair_release(&contract->pair);
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct contract *contract = state;
    if (contract->touched && now - contract->touched >= PAUSE) {
        save(face, contract);
    }
    return contract->touched ? contract->touched + PAUSE : 0;
}

/* Keys */

static enum ta_clause first_of(enum ta_clause_group group)
{
    enum ta_clause clause = 0;
    while (group_of(clause) != group) {
        clause++;
    }
    return clause;
}

/* From clause to clause through all groups; beyond the last are the signatures. */
static void go(struct ta_face *face, struct contract *contract, int by)
{
    int next = (int)contract->clause + by;
    if (!leave_field(face, contract)) {
        return;
    }
    if (next >= 0 && next < TA_CLAUSES) {
        enter(contract, (enum ta_clause)next);
    } else if (next >= TA_CLAUSES) {
        contract->groups.chosen = SIGNATURES;
    }
}

static void choose(struct ta_face *face, struct contract *contract, int by)
{
    const struct ta_clause_facts *facts = ta_clause_facts(contract->clause);
    size_t count = 0;
    while (facts->choices[count]) {
        count++;
    }
    size_t chosen = ta_contract_choice(&contract->state.contract, contract->clause);
    chosen = (chosen + count + (size_t)by) % count;
    ta_editor_set(&contract->field, facts->choices[chosen]);
    contract->touched = ta_face_now(face);
    save(face, contract);
}

static bool key_in_choice(struct ta_face *face, struct contract *contract, const struct ta_key *key)
{
    if (ta_key_is(key, "Right Down Space j l")) {
        choose(face, contract, +1);
    } else if (ta_key_is(key, "Left Up k h")) {
        choose(face, contract, -1);
    } else {
        return false;
    }
    return true;
}

static bool key_in_text(struct ta_face *face, struct contract *contract, const struct ta_key *key)
{
    enum ta_edited edited = ta_editor_key(&contract->field, key, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        contract->touched = ta_face_now(face);
    } else if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION,
                    "A clause is at most 20,000 bytes long: the rest was not taken.");
    }
    return edited != TA_EDIT_NOT_MINE;
}

static bool key_inside(struct ta_face *face, struct contract *contract, const struct ta_key *key)
{
    bool lines = contract_is_many_lines(contract->clause);
    if (ta_key_is(key, "Tab") || (!lines && ta_key_is(key, "Enter"))) {
        go(face, contract, +1);
        return true;
    }
    if (ta_key_is(key, "S-Tab")) {
        go(face, contract, -1);
        return true;
    }
    if (ta_key_is(key, "Esc")) {
        leave_field(face, contract);
        return true;
    }
    if (is_choice(contract->clause)) {
        return key_in_choice(face, contract, key);
    }
    if (key_in_text(face, contract, key)) {
        return true;
    }
    if (ta_key_is(key, "Down Up")) {
        go(face, contract, ta_key_is(key, "Down") ? +1 : -1);
        return true;
    }
    /* What is typed is text: no command may take a plain character out of a field. */
    return key->code == TA_KEY_TEXT;
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct contract *contract = state;
    if (contract->inside) {
        return key_inside(face, contract, pressed);
    }
    return ta_list_key(&contract->groups, pressed);
}

/* What a person can do */

static bool is_outside(const void *state)
{
    return !((const struct contract *)state)->inside;
}

static bool is_inside(const void *state)
{
    return !is_outside(state);
}

static void ask_signer(struct ta_face *face, void *state);

static void go_in(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    if (contract->groups.chosen == SIGNATURES) {
        ask_signer(face, state);
    } else {
        enter(contract, first_of((enum ta_clause_group)contract->groups.chosen));
    }
}

static void next_clause(struct ta_face *face, void *state)
{
    go(face, state, +1);
}

static void show_paper(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    struct reader_text text = {.title = "Contract: the whole paper", .text = contract->state.paper};
    ta_face_push(face, &reader_screen, &text);
}

static void show_difference(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    struct ta_difference difference = {0};
    struct ta_error err;
    if (!ta_face_check(
            face,
            ta_desk_contract_difference(ta_face_desk(face), &contract->pair, &difference, &err),
            &err)) {
        return;
    }
    char title[64] = "Contract: all of it is new";
    if (contract->state.in_force) {
        snprintf(title, sizeof title, "Contract: against v%u in force",
                 contract->state.version_in_force);
    }
    struct reader_text text = {.title = title, .difference = &difference};
    ta_face_push(face, &reader_screen, &text);
    ta_difference_release(&difference);
}

/* Both versions are kept: the other's is the draft, this one is shown to be copied from. */
static void show_both(struct ta_face *face, const struct ta_text *mine)
{
    struct reader_text text = {.title = "Your text; the draft was changed elsewhere meanwhile",
                               .text = mine->bytes};
    ta_face_push(face, &reader_screen, &text);
}

static void edit_paper(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_text text = {0};
    struct ta_error err = {0};
    ta_text_add(&text, contract->state.paper);
    if (ta_face_edit(face, &text, "contract.md")) {
        bool ok = ta_desk_contract_write(desk, &contract->pair, &contract->state, text.bytes, &err);
        if (!ok && err.code == TA_BUSY) {
            show_both(face, &text);
        }
        if (ta_face_check(face, ok, &err)) {
            ta_face_check(face, refresh(face, contract, &err), &err);
        }
    }
    ta_text_release(&text);
}

static void sign_as(struct ta_face *face, struct contract *contract, enum ta_role role)
{
    struct ta_error err;
    struct ta_desk *desk = ta_face_desk(face);
    if (!ta_face_check(face, ta_desk_contract_sign(desk, &contract->pair, role, &err), &err) ||
        !ta_face_check(face, refresh(face, contract, &err), &err)) {
        return;
    }
    contract->groups.chosen = SIGNATURES;
    if (ta_contract_state_in_force(&contract->state)) {
        ta_face_say(face, TA_GOOD, "Both signed: contract v%u is in force.",
                    contract->state.version_in_force);
    } else {
        ta_face_say(face, TA_GOOD, "Signed by %s. It is in force when %s has signed too.",
                    contract->pair.person[role].name,
                    contract->pair.person[ta_role_other(role)].name);
    }
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

/* What is missing comes before who signs. */
static bool may_be_signed(struct ta_face *face, struct contract *contract)
{
    enum ta_clause unfit = ta_contract_unfit(&contract->state.contract, 0);
    if (unfit == TA_CLAUSES) {
        return true;
    }
    struct ta_error err;
    enter(contract, unfit);
    return ta_face_check(
        face,
        ta_clause_refuse(unfit, ta_clause_check(unfit, contract_value(contract, unfit)), &err),
        &err);
}

static void ask_signer(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    if (ta_contract_state_in_force(&contract->state)) {
        ta_face_say(face, TA_GOOD,
                    "Both signed this text: v%u is in force. Change a clause to begin v%u.",
                    contract->state.version_in_force, contract->state.version_in_force + 1);
        return;
    }
    if (!may_be_signed(face, contract)) {
        return;
    }
    struct ta_text question = {0};
    char keys[3] = "";
    ta_text_add(&question, "Who signs this text?");
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (!contract->state.signed_by[role]) {
            char key = role == TA_MENTOR ? 'm' : 'e';
            keys[strlen(keys)] = key;
            ta_text_addf(&question, "  %c %s", key, contract->pair.person[role].name);
        }
    }
    ta_face_ask_key(face, question.bytes, keys, answer_signer);
    ta_text_release(&question);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    contract_draw(state, surface);
}

static const struct ta_command commands[] = {
    {"open", "Enter Right l", "Into the clause, to write it", go_in, is_outside, false},
    {"next clause", "Tab", "The next clause", next_clause, is_inside, false},
    {"difference", "d", "What changed against the version in force", show_difference, is_outside,
     false},
    {"whole paper", "v", "Read the paper as it will be signed", show_paper, is_outside, false},
    {"editor", "e", "The whole paper in your editor", edit_paper, is_outside, false},
    {"sign", "s", "Sign this exact text", ask_signer, is_outside, false},
};

const struct ta_screen contract_screen = {
    .name = "contract",
    .size = sizeof(struct contract),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_contract,
    .refresh = refresh,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_contract,
};
