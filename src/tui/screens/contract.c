/* Contract: one clause at a time beside the whole, and the two signatures. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "contract_acts.h"
#include "kept.h"
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

/* Verifying takes programs to run: once for a commit and a paper. */
static bool read_seals(struct ta_face *face, struct contract *contract, struct ta_error *err)
{
    char of[sizeof contract->sealed];
    (void)snprintf(of, sizeof of, "%s%s", contract->state.tip, contract->state.digest);
    if (strcmp(of, contract->sealed) == 0) {
        return true;
    }
    ta_seals_release(&contract->seals);
    bool ok =
        ta_desk_seals(ta_face_desk(face), &contract->pair, &contract->state, &contract->seals, err);
    memcpy(contract->sealed, ok ? of : "", ok ? sizeof of : 1);
    return ok;
}

bool contract_refresh(struct ta_face *face, struct contract *contract, struct ta_error *err)
{
    struct ta_contract_state fresh;
    if (!ta_desk_contract(ta_face_desk(face), &contract->pair, &fresh, err)) {
        return false;
    }
    ta_contract_state_release(&contract->state);
    contract->state = fresh;
    contract->has_key = ta_face_desk(face)->config.key != NULL;
    contract_judge(contract);
    return read_seals(face, contract, err);
}

/* One has signed the text on the desk: the next step is the other's name. */
static bool waits_for_second(const struct ta_contract_state *state)
{
    return !state->signed_by[TA_MENTOR] != !state->signed_by[TA_MENTEE];
}

static bool open_contract(struct ta_face *face, void *state, const void *argument,
                          struct ta_error *err)
{
    (void)argument;
    struct contract *contract = state;
    ta_list_set_count(&contract->groups, TA_GROUPS + 1);
    if (ta_desk_pair(ta_face_desk(face), NULL, &contract->pair, err) &&
        contract_refresh(face, contract, err)) {
        contract->groups.chosen = waits_for_second(&contract->state) ? SIGNATURES : 0;
        return true;
    }
    ta_contract_state_release(&contract->state);
    ta_pair_release(&contract->pair);
    return false;
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    return contract_refresh(face, state, err);
}

/* A clause that is open here stays as it is until it is left. */
static bool heard(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    struct ta_error err;
    if (!contract->inside) {
        (void)ta_face_check(face, contract_refresh(face, contract, &err), &err);
    }
    return !contract->inside;
}

/* The field in hand */

static bool store(struct ta_face *face, struct contract *contract, struct ta_error *err)
{
    bool stored = !contract->touched ||
                  (ta_desk_contract_set(ta_face_desk(face), &contract->pair, contract->clause,
                                        ta_editor_text(&contract->field), err) &&
                   contract_refresh(face, contract, err));
    contract->touched = stored ? 0 : contract->touched;
    contract->refused = !stored;
    return stored;
}

/* Saves what was typed; a refused value stays in the field, and why is said, and `more`. */
static bool save(struct ta_face *face, struct contract *contract, const char *more)
{
    struct ta_error err;
    if (store(face, contract, &err)) {
        return true;
    }
    ta_face_say(face, TA_ALARM, "%s%s", err.text, more);
    return false;
}

static void touch(struct ta_face *face, struct contract *contract)
{
    contract->pressed = ta_face_now(face);
    contract->touched = contract->touched ? contract->touched : contract->pressed;
    contract->refused = false;
    contract->leaving = false;
}

void contract_enter(struct contract *contract, enum ta_clause clause)
{
    ta_editor_release(&contract->field);
    contract->inside = true;
    contract->clause = clause;
    contract->groups.chosen = (size_t)group_of(clause);
    ta_editor_init(&contract->field, contract_value(contract, clause),
                   contract_is_many_lines(clause), FIELD_MOST);
}

static bool leave_field(struct ta_face *face, struct contract *contract, const char *more)
{
    if (!save(face, contract, more)) {
        return false;
    }
    contract->inside = false;
    return true;
}

static void close_contract(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    save(face, contract, "");
    ta_text_release(&contract->mine);
    ta_editor_release(&contract->field);
    ta_seals_release(&contract->seals);
    ta_contract_state_release(&contract->state);
    ta_pair_release(&contract->pair);
}

/* Who types on without a pause loses no more than a second either; but what is not finished is not
 * called wrong. */
static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct contract *contract = state;
    struct ta_error err;
    if (!contract->touched || contract->refused) {
        return 0;
    }
    if (now - contract->touched < PAUSE) {
        return contract->touched + PAUSE;
    }
    if (now - contract->pressed >= PAUSE) {
        save(face, contract, "");
    } else if (!store(face, contract, &err)) {
        contract->refused = false;
        contract->touched = now;
        return now + PAUSE;
    }
    return 0;
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
    if (!leave_field(face, contract, "")) {
        return;
    }
    if (next >= 0 && next < TA_CLAUSES) {
        contract_enter(contract, (enum ta_clause)next);
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
    assert(count > 0);
    size_t chosen = ta_contract_choice(&contract->state.contract, contract->clause);
    chosen = (chosen + count + (size_t)by) % count;
    ta_editor_set(&contract->field, facts->choices[chosen]);
    touch(face, contract);
    save(face, contract, "");
}

static void leave_for_list(struct ta_face *face, void *state);

static bool key_in_choice(struct ta_face *face, struct contract *contract, const struct ta_key *key)
{
    if (ta_key_is(key, "Right Down Space j l")) {
        choose(face, contract, +1);
    } else if (ta_key_is(key, "Left Up k h")) {
        choose(face, contract, -1);
    } else if (ta_key_is(key, "q")) {
        leave_for_list(face, contract);
    } else {
        return false;
    }
    return true;
}

/* What is typed into a number and is none; what is pasted is looked at when the field is left. */
static bool is_no_digit(enum ta_clause clause, const struct ta_key *key)
{
    bool is_typed = key->code == TA_KEY_TEXT && !key->control && !key->alt;
    return ta_clause_facts(clause)->kind == TA_CLAUSE_NUMBER && is_typed &&
           (key->text[0] < '0' || key->text[0] > '9');
}

static bool key_in_text(struct ta_face *face, struct contract *contract, const struct ta_key *key)
{
    if (is_no_digit(contract->clause, key)) {
        const struct ta_clause_facts *facts = ta_clause_facts(contract->clause);
        ta_face_say(face, TA_QUIET, "Digits only: from %u to %u %s.", facts->least, facts->most,
                    facts->unit ? facts->unit : "units");
        return true;
    }
    enum ta_edited edited = ta_editor_key(&contract->field, key, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        touch(face, contract);
    } else if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION,
                    "A clause is at most 20,000 bytes long: the rest was not taken.");
    }
    return edited != TA_EDIT_NOT_MINE;
}

static bool key_inside(struct ta_face *face, struct contract *contract, const struct ta_key *key)
{
    bool lines = contract_is_many_lines(contract->clause);
    if (!lines && ta_key_is(key, "Enter")) {
        go(face, contract, +1);
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
    return key->code == TA_KEY_TEXT && !key->control && !key->alt;
}

static bool is_signed(const struct contract *contract)
{
    return ta_contract_state_in_force(&contract->state);
}

static bool asks_to_sign(const struct contract *contract, const struct ta_key *key)
{
    return ta_key_is(key, contract->groups.chosen == SIGNATURES ? "Enter s" : "s");
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct contract *contract = state;
    if (contract->inside) {
        return key_inside(face, contract, pressed);
    }
    if (is_signed(contract) && asks_to_sign(contract, pressed)) {
        contract_say_in_force(face, contract);
        return true;
    }
    return hits_key(&contract->hits, &contract->groups, pressed) ||
           ta_list_key(&contract->groups, pressed);
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

static void go_in(struct ta_face *face, void *state)
{
    (void)face;
    struct contract *contract = state;
    contract_enter(contract, first_of((enum ta_clause_group)contract->groups.chosen));
}

static void next_clause(struct ta_face *face, void *state)
{
    go(face, state, +1);
}

static void previous_clause(struct ta_face *face, void *state)
{
    go(face, state, -1);
}

/* What is refused keeps the person in the field; who insists leaves it as it was before. */
static void leave_for_list(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    if (contract->leaving) {
        contract->touched = 0;
        contract->leaving = false;
    }
    contract->leaving = !leave_field(face, contract, " Esc again leaves it as it was.");
}

static bool is_choosing(const void *state)
{
    const struct contract *contract = state;
    return contract->inside && is_choice(contract->clause);
}

static void choose_next(struct ta_face *face, void *state)
{
    choose(face, state, +1);
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
    struct ta_comparison comparison = {0};
    struct ta_error err;
    if (!ta_face_check(
            face,
            ta_desk_contract_difference(ta_face_desk(face), &contract->pair, &comparison, &err),
            &err)) {
        return;
    }
    unsigned version = contract->state.version_in_force;
    char title[64] = "Contract: all of it is new";
    if (contract->state.in_force) {
        (void)snprintf(title, sizeof title, "Contract: what changed since v%u", version);
    }
    if (comparison.differs) {
        struct reader_text text = {.title = title, .comparison = &comparison};
        ta_face_push(face, &reader_screen, &text);
    } else {
        ta_face_say(face, TA_QUIET, "Nothing changed since both signed v%u.", version);
    }
    ta_comparison_release(&comparison);
}

/* The whole paper as it came from the person's editor. */
static void take_paper(struct ta_face *face, struct contract *contract, struct ta_text *text)
{
    struct ta_error err;
    const char *typed = text->bytes ? text->bytes : "";
    bool taken =
        ta_desk_contract_write(ta_face_desk(face), &contract->pair, &contract->state, typed, &err);
    struct ta_error trouble;
    ta_face_check(face, contract_refresh(face, contract, &trouble), &trouble);
    if (!taken) {
        struct ta_text name = {0};
        ta_text_addf(&name, "contract-%s-yours.md", contract->pair.slug);
        keep_text(face, &contract->mine, text, name.bytes, &err);
        ta_text_release(&name);
    }
}

/* A text that could not be taken goes on where it was left. */
static void edit_paper(struct ta_face *face, void *state)
{
    struct contract *contract = state;
    struct ta_text text = contract->mine;
    bool resumed = text.length > 0;
    contract->mine = (struct ta_text){0};
    if (!resumed) {
        ta_text_add(&text, contract->state.paper);
    }
    if (ta_face_edit(face, &text, "contract.md")) {
        take_paper(face, contract, &text);
    } else if (resumed) {
        contract->mine = text;
        text = (struct ta_text){0};
    }
    ta_text_release(&text);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    contract_draw(state, surface);
}

/* On the row of the signatures, where there is still one to give. */
static bool is_to_be_signed(const void *state)
{
    const struct contract *contract = state;
    return is_outside(state) && contract->groups.chosen == SIGNATURES && !is_signed(contract);
}

static bool is_on_clauses(const void *state)
{
    const struct contract *contract = state;
    return is_outside(state) && contract->groups.chosen != SIGNATURES;
}

static bool may_sign(const void *state)
{
    const struct contract *contract = state;
    return is_on_clauses(state) && !is_signed(contract);
}

/* Where there is a version before. */
static bool has_before(const void *state)
{
    const struct contract *contract = state;
    return is_outside(state) && contract->state.in_force;
}

static const struct ta_command commands[] = {
    {"open", "Enter Right l", "Into the clause, to write it", go_in, is_on_clauses, false},
    {"sign", "Enter s", "Sign this exact text", contract_ask_signer, is_to_be_signed, false},
    {"choose", "Down Right Space", "The next choice", choose_next, is_choosing, false},
    {"next clause", "Tab", "The next clause", next_clause, is_inside, false},
    {"clauses", "Esc", "Back to the list of clauses", leave_for_list, is_inside, false},
    {"clause before", "S-Tab", "The clause before", previous_clause, is_inside, false},
    {"whole paper", "v", "Read the paper as it will be signed", show_paper, is_outside, false},
    {"sign", "s", "Sign this exact text", contract_ask_signer, may_sign, false},
    {"difference", "d", "What changed against the version in force", show_difference, has_before,
     false},
    {"editor", "e", "The whole paper in your editor", edit_paper, is_outside, false},
};

const struct ta_screen contract_screen = {
    .name = "contract",
    .size = sizeof(struct contract),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_contract,
    .refresh = refresh,
    .heard = heard,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_contract,
};
