/* Contract: one clause at a time beside the whole, and the two signatures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/contract.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum {
    LEFT_COLUMNS = 26,
    NARROW = 60,
    SIGNATURES = TA_GROUPS, /* the row behind the groups */
    PAUSE = 1000,           /* milliseconds without a key after which a field is saved */
    FIELD_MOST = 20000,
    TOP = 2,
};

struct contract {
    struct ta_pair pair;
    struct ta_contract_state state;
    struct ta_list groups;
    bool inside;           /* the attention is in a clause, not in the list of groups */
    enum ta_clause clause; /* the clause in hand when inside */
    struct ta_editor field;
    int64_t touched; /* instant of the last change that is not saved; 0: none */
};

static enum ta_clause_group group_of(enum ta_clause clause)
{
    return ta_clause_facts(clause)->group;
}

static bool is_choice(enum ta_clause clause)
{
    return ta_clause_facts(clause)->kind == TA_CLAUSE_CHOICE;
}

static bool is_many_lines(enum ta_clause clause)
{
    enum ta_clause_kind kind = ta_clause_facts(clause)->kind;
    return kind == TA_CLAUSE_PROSE || kind == TA_CLAUSE_LIST;
}

static const char *value_of(const struct contract *contract, enum ta_clause clause)
{
    return contract->state.contract.value[clause];
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

/* --- the field in hand --------------------------------------------------------------------------
 */

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
    ta_editor_init(&contract->field, value_of(contract, clause), is_many_lines(clause), FIELD_MOST);
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

/* --- drawing ------------------------------------------------------------------------------------
 */

static void say_signers(struct ta_text *out, const struct contract *contract)
{
    bool mentor = contract->state.signed_by[TA_MENTOR] != NULL;
    bool mentee = contract->state.signed_by[TA_MENTEE] != NULL;
    if (mentor != mentee) {
        struct ta_piece signer =
            ta_person_first_name(&contract->pair.person[mentor ? TA_MENTOR : TA_MENTEE]);
        struct ta_piece other =
            ta_person_first_name(&contract->pair.person[mentor ? TA_MENTEE : TA_MENTOR]);
        ta_text_addf(out, "signed by %.*s, waits for %.*s", (int)signer.length, signer.at,
                     (int)other.length, other.at);
    } else if (contract->state.in_force) {
        ta_text_addf(out, "changed since both signed v%u", contract->state.version_in_force);
    } else {
        ta_text_add(out, "not signed yet");
    }
}

static void draw_title(const struct contract *contract, struct ta_surface *surface)
{
    struct ta_text left = {0};
    if (ta_contract_state_in_force(&contract->state)) {
        ta_text_addf(&left, "Contract   v%u in force, signed by both",
                     contract->state.version_in_force);
    } else {
        ta_text_addf(&left, "Contract   draft %u · ", contract->state.contract.version);
        say_signers(&left, contract);
    }
    struct ta_piece mentor = ta_person_first_name(&contract->pair.person[TA_MENTOR]);
    struct ta_piece mentee = ta_person_first_name(&contract->pair.person[TA_MENTEE]);
    struct ta_text right = {0};
    ta_text_addf(&right, "%.*s ⇄ %.*s", (int)mentor.length, mentor.at, (int)mentee.length,
                 mentee.at);
    ta_title(surface, left.bytes, right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

/* A group is complete when every clause in it says something that may be signed. */
static bool is_complete(const struct contract *contract, enum ta_clause_group group)
{
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        const char *value = value_of(contract, clause);
        if (group_of(clause) == group &&
            (!*value || ta_clause_check(clause, value) != TA_CLAUSE_FINE)) {
            return false;
        }
    }
    return true;
}

static void draw_groups(const struct contract *contract, struct ta_surface *surface,
                        struct ta_area area)
{
    ta_box(surface, area, "Clauses");
    for (size_t i = 0; i <= TA_GROUPS && (int)i < area.rows - 2; i++) {
        bool chosen = i == contract->groups.chosen;
        int row = area.row + 1 + (int)i;
        bool signatures = i == SIGNATURES;
        bool complete = signatures ? ta_contract_state_in_force(&contract->state)
                                   : is_complete(contract, (enum ta_clause_group)i);
        const char *title =
            signatures ? "Signatures" : ta_clause_group_title((enum ta_clause_group)i);
        ta_put(surface, row, area.column + 2, 1, complete ? TA_GOOD : TA_QUIET,
               complete ? "✓" : "·");
        ta_put(surface, row, area.column + 4, area.columns - 6, chosen ? TA_STRONG : TA_PLAIN,
               title);
        if (chosen) {
            ta_put(surface, row, area.column + 1, 1, TA_ACCENT, "▸");
        }
        if (chosen && !contract->inside) {
            surface->cursor_row = row;
            surface->cursor_column = area.column + 1;
        }
    }
}

static int draw_choice(const struct contract *contract, enum ta_clause clause,
                       struct ta_surface *surface, struct ta_area area)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    bool inside = contract->inside && contract->clause == clause;
    size_t chosen = ta_contract_choice(&contract->state.contract, clause);
    int row = 0;
    for (size_t i = 0; facts->choices[i] && row < area.rows; i++) {
        if (!inside && i != chosen) {
            continue;
        }
        struct ta_area line = {area.row + row, area.column + 2, area.rows - row, area.columns - 2};
        struct ta_text words = {0};
        ta_text_addf(&words, "%s: %s", facts->choices[i], facts->meanings[i]);
        ta_put(surface, line.row, area.column, 1, TA_ACCENT, i == chosen ? "●" : "○");
        row += ta_put_wrapped(surface, line, i == chosen ? TA_STRONG : TA_QUIET, words.bytes);
        if (inside && i == chosen) {
            surface->cursor_row = line.row;
            surface->cursor_column = area.column;
        }
        ta_text_release(&words);
    }
    return row;
}

static int draw_field(const struct contract *contract, struct ta_surface *surface,
                      struct ta_area area)
{
    /* Drawing scrolls the editor to its cursor: that is a matter of showing, not of the text. */
    struct ta_editor *field = (struct ta_editor *)&contract->field;
    int rows = ta_editor_rows(field, area.columns);
    int room = area.rows > 3 ? area.rows / 2 + 1 : area.rows;
    rows = rows < 1 ? 1 : rows > room ? room : rows;
    area.rows = is_many_lines(contract->clause) ? rows : 1;
    ta_editor_draw(field, surface, area, TA_STRONG, true);
    if (!ta_editor_text(field)[0]) {
        struct ta_area dots = {area.row, area.column, 1, area.columns};
        ta_fill(surface, dots, TA_FRAME, "·");
    }
    return area.rows;
}

/* "45 minutes"; a list with a hyphen a line. */
static void say_value(struct ta_text *out, const struct contract *contract, enum ta_clause clause)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    struct ta_piece rest = ta_piece_of(value_of(contract, clause));
    struct ta_piece line;
    if (facts->kind == TA_CLAUSE_NUMBER) {
        ta_text_addf(out, "%.*s %s", (int)rest.length, rest.at, facts->unit ? facts->unit : "");
        return;
    }
    for (int i = 0; ta_next_line(&rest, &line); i++) {
        ta_text_addf(out, "%s%s%.*s", i ? "\n" : "", facts->kind == TA_CLAUSE_LIST ? "· " : "",
                     (int)line.length, line.at);
    }
}

static int draw_value(const struct contract *contract, enum ta_clause clause,
                      struct ta_surface *surface, struct ta_area area)
{
    if (is_choice(clause)) {
        return draw_choice(contract, clause, surface, area);
    }
    if (contract->inside && contract->clause == clause) {
        return draw_field(contract, surface, area);
    }
    if (!*value_of(contract, clause)) {
        bool required = ta_clause_facts(clause)->required;
        return ta_put(surface, area.row, area.column, area.columns,
                      required ? TA_CAUTION : TA_QUIET,
                      required ? "still to be written" : "nothing")
                   ? 1
                   : 0;
    }
    struct ta_text text = {0};
    say_value(&text, contract, clause);
    int rows = ta_put_wrapped(surface, area, TA_PLAIN, text.bytes ? text.bytes : "");
    ta_text_release(&text);
    return rows;
}

static int draw_clause(const struct contract *contract, enum ta_clause clause,
                       struct ta_surface *surface, struct ta_area area)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    bool chosen = contract->inside && contract->clause == clause;
    ta_put(surface, area.row, area.column, area.columns, chosen ? TA_ACCENT : TA_QUIET,
           facts->title);
    int row = 1;
    struct ta_area rest = {area.row + row, area.column, area.rows - row, area.columns};
    if (chosen) {
        row += ta_put_wrapped(surface, rest, TA_QUIET, facts->guidance);
        rest = (struct ta_area){area.row + row, area.column, area.rows - row, area.columns};
    }
    row += rest.rows > 0 ? draw_value(contract, clause, surface, rest) : 0;
    bool same_line = clause == TA_CLAUSE_REPORTING_LINE &&
                     ta_contract_choice(&contract->state.contract, clause) == 1;
    if (same_line && row < area.rows) {
        rest = (struct ta_area){area.row + row, area.column, area.rows - row, area.columns};
        row += ta_put_wrapped(surface, rest, TA_CAUTION,
                              "⚠ In one reporting line it is hard to speak openly: think about "
                              "another pair. It is your decision, and stands in the contract.");
    }
    return row + 1;
}

/* The first clause drawn: so far down that the one in hand has room. */
static enum ta_clause first_drawn(const struct contract *contract, enum ta_clause_group group)
{
    enum ta_clause first = 0;
    while (group_of(first) != group) {
        first++;
    }
    if (contract->inside && contract->clause > first) {
        return contract->clause > first + 1 ? contract->clause - 1 : first;
    }
    return first;
}

static void draw_group(const struct contract *contract, enum ta_clause_group group,
                       struct ta_surface *surface, struct ta_area area)
{
    ta_box(surface, area, ta_clause_group_title(group));
    int row = area.row + 1;
    int bottom = area.row + area.rows - 1;
    for (enum ta_clause clause = first_drawn(contract, group);
         clause < TA_CLAUSES && group_of(clause) == group && row < bottom; clause++) {
        struct ta_area rest = {row, area.column + 2, bottom - row, area.columns - 4};
        row += draw_clause(contract, clause, surface, rest);
    }
}

static const char *const meaning =
    "A signature covers the exact text of the paper: its SHA-256 is kept beside the name and the "
    "day. Change a word, and the paper asks for both signatures again; until then the version that "
    "both signed stays in force.";

static int draw_signer(const struct contract *contract, enum ta_role role,
                       struct ta_surface *surface, struct ta_area area)
{
    const struct ta_signature *signature = contract->state.signed_by[role];
    int name = ta_putf(surface, area.row, area.column, area.columns, TA_STRONG, "%s",
                       contract->pair.person[role].name);
    ta_putf(surface, area.row, area.column + name, area.columns - name, TA_QUIET, ", %s",
            ta_role_name(role));
    if (!signature) {
        ta_put(surface, area.row + 1, area.column, area.columns, TA_QUIET,
               "· has not signed this text");
        return 3;
    }
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(signature->when));
    ta_moment_time(time, signature->when);
    ta_putf(surface, area.row + 1, area.column, area.columns, TA_GOOD, "✓ signed %s %s", day, time);
    return 3;
}

static void draw_signatures(const struct contract *contract, struct ta_surface *surface,
                            struct ta_area area)
{
    ta_box(surface, area, "Signatures");
    struct ta_area rest = {area.row + 1, area.column + 2, area.rows - 2, area.columns - 4};
    rest.row += draw_signer(contract, TA_MENTOR, surface, rest);
    rest.row += draw_signer(contract, TA_MENTEE, surface, rest);
    rest.row += ta_putf(surface, rest.row, rest.column, rest.columns, TA_QUIET, "SHA-256 %.16s…",
                        contract->state.digest)
                    ? 2
                    : 0;
    rest.rows = area.row + area.rows - 1 - rest.row;
    if (rest.rows > 0) {
        ta_put_wrapped(surface, rest, TA_QUIET, meaning);
    }
}

static void draw_right(const struct contract *contract, struct ta_surface *surface,
                       struct ta_area area)
{
    if (contract->groups.chosen == SIGNATURES) {
        draw_signatures(contract, surface, area);
    } else {
        draw_group(contract, (enum ta_clause_group)contract->groups.chosen, surface, area);
    }
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct contract *contract = state;
    draw_title(contract, surface);
    int rows = surface->rows - 2 - TOP + 1;
    bool narrow = surface->columns < NARROW;
    struct ta_area left = {TOP - 1, 1, rows, narrow ? surface->columns - 2 : LEFT_COLUMNS};
    struct ta_area right = {TOP - 1, LEFT_COLUMNS + 2, rows, surface->columns - LEFT_COLUMNS - 3};
    if (!narrow) {
        left.rows = rows < TA_GROUPS + 3 ? rows : TA_GROUPS + 3;
        draw_groups(contract, surface, left);
        draw_right(contract, surface, right);
    } else if (contract->inside) {
        draw_right(contract, surface, left);
    } else {
        draw_groups(contract, surface, left);
    }
}

/* --- keys ---------------------------------------------------------------------------------------
 */

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
    bool lines = is_many_lines(contract->clause);
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

/* --- what a person can do -----------------------------------------------------------------------
 */

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
        face, ta_clause_refuse(unfit, ta_clause_check(unfit, value_of(contract, unfit)), &err),
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
