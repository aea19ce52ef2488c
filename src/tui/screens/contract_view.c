#include "contract_view.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/unicode.h"

enum {
    LEFT_COLUMNS = 26,
    WIDEST = 90,       /* columns of a clause; beyond, the eye loses the line */
    NARROW = 60,       /* columns below which there is room for the list or a clause, not both */
    TOP = 1,           /* row */
    ROOM_TO_WRITE = 5, /* rows below guidance from which on a blank one parts them */
    ROOMY = 14,        /* rows from which on the clause before is shown too */
    NUMBER_COLUMNS = 6,
};

static enum ta_clause_group group_of(enum ta_clause clause)
{
    return ta_clause_facts(clause)->group;
}

static bool is_choice(enum ta_clause clause)
{
    return ta_clause_facts(clause)->kind == TA_CLAUSE_CHOICE;
}

bool contract_is_many_lines(enum ta_clause clause)
{
    enum ta_clause_kind kind = ta_clause_facts(clause)->kind;
    return kind == TA_CLAUSE_PROSE || kind == TA_CLAUSE_LIST;
}

const char *contract_value(const struct contract *contract, enum ta_clause clause)
{
    return contract->state.contract.value[clause];
}

static void say_signers(struct ta_text *out, const struct contract *contract, bool brief)
{
    bool mentor = contract->state.signed_by[TA_MENTOR] != NULL;
    bool mentee = contract->state.signed_by[TA_MENTEE] != NULL;
    if (mentor != mentee) {
        const struct ta_pair *pair = &contract->pair;
        struct ta_piece signer = ta_pair_short_name(pair, mentor ? TA_MENTOR : TA_MENTEE);
        struct ta_piece other = ta_pair_short_name(pair, mentor ? TA_MENTEE : TA_MENTOR);
        if (!brief) {
            ta_text_addf(out, "signed by %.*s, ", (int)signer.length, signer.at);
        }
        ta_text_addf(out, "waits for %.*s", (int)other.length, other.at);
    } else if (contract->state.in_force) {
        ta_text_addf(out, brief ? "v%u is in force" : "changed since both signed v%u",
                     contract->state.version_in_force);
    } else {
        ta_text_add(out, "not signed yet");
    }
}

/* In force, and nothing is wrong with the signatures. */
static bool holds(const struct contract *contract)
{
    return ta_contract_state_in_force(&contract->state) && ta_seals_hold(&contract->seals);
}

static void draw_title(const struct contract *contract, struct ta_surface *surface)
{
    bool narrow = surface->columns < NARROW;
    struct ta_text left = {0};
    ta_text_add(&left, narrow ? "Contract  " : "Contract   ");
    if (holds(contract)) {
        ta_text_addf(&left, "v%u in force, signed by both", contract->state.version_in_force);
    } else if (ta_contract_state_in_force(&contract->state)) {
        ta_text_addf(&left, "v%u · a signature is not proved", contract->state.version_in_force);
    } else {
        ta_text_addf(&left, "draft %u · ", contract->state.contract.version);
        say_signers(&left, contract, narrow);
    }
    struct ta_piece mentor = ta_pair_short_name(&contract->pair, TA_MENTOR);
    struct ta_piece mentee = ta_pair_short_name(&contract->pair, TA_MENTEE);
    struct ta_text right = {0};
    ta_text_addf(&right, "%.*s ⇄ %.*s", (int)mentor.length, mentor.at, (int)mentee.length,
                 mentee.at);
    ta_title(surface, left.bytes, narrow ? NULL : right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

/* A group is complete when every clause in it says something that may be signed. */
static bool is_complete(const struct contract *contract, enum ta_clause_group group)
{
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        const char *value = contract_value(contract, clause);
        if (group_of(clause) == group &&
            (!*value || ta_clause_check(clause, value) != TA_CLAUSE_FINE)) {
            return false;
        }
    }
    return true;
}

void contract_judge(struct contract *contract)
{
    for (enum ta_clause_group group = 0; group < TA_GROUPS; group++) {
        contract->complete[group] = is_complete(contract, group);
    }
}

static const char *group_title(size_t group)
{
    return group == SIGNATURES ? "Signatures" : ta_clause_group_title((enum ta_clause_group)group);
}

static void draw_group_row(const struct contract *contract, size_t group,
                           struct ta_surface *surface, int row, int column, int columns)
{
    bool chosen = group == contract->groups.chosen;
    bool complete = group == SIGNATURES ? holds(contract) : contract->complete[group];
    ta_put(surface, row, column + 1, 1, complete ? TA_GOOD : TA_QUIET, complete ? "✓" : "·");
    ta_put(surface, row, column + 3, columns - 3, chosen ? TA_STRONG : TA_PLAIN,
           group_title(group));
    hits_add(&contract->hits, row, 1, group);
    if (chosen) {
        ta_put(surface, row, column, 1, TA_ACCENT, "▸");
    }
    if (chosen && !contract->inside) {
        surface->cursor_row = row;
        surface->cursor_column = column;
    }
}

/* Framed where there is room for a frame. */
static void draw_groups(const struct contract *contract, struct ta_surface *surface,
                        struct ta_area area)
{
    struct ta_area list = area;
    if (area.rows >= TA_GROUPS + 3) {
        ta_box(surface, area, "Clauses");
        list = (struct ta_area){area.row + 1, area.column + 1, area.rows - 2, area.columns - 2};
    }
    hits_clear(&contract->hits);
    size_t top = ta_list_show(&contract->groups, (size_t)list.rows);
    for (size_t i = top; i <= TA_GROUPS && (int)(i - top) < list.rows; i++) {
        draw_group_row(contract, i, surface, list.row + (int)(i - top), list.column, list.columns);
    }
}

/* What is drawn of a clause says how many rows it would take, with more room than there is too. */

static int draw_text(const char *text, enum ta_role_of_cell role, struct ta_surface *surface,
                     struct ta_area area)
{
    int rows = area.rows > 0 ? ta_put_wrapped(surface, area, role, text) : 0;
    bool all = rows > 0 && rows < area.rows;
    return all ? rows : wrapped_rows(text, area.columns);
}

static int draw_choice(const struct contract *contract, enum ta_clause clause,
                       struct ta_surface *surface, struct ta_area area)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    bool inside = contract->inside && contract->clause == clause;
    size_t chosen = ta_contract_choice(&contract->state.contract, clause);
    int row = 0;
    for (size_t i = 0; facts->choices[i]; i++) {
        if (!inside && i != chosen) {
            continue;
        }
        struct ta_area line = {area.row + row, area.column + 2, area.rows - row, area.columns - 2};
        struct ta_text words = {0};
        ta_text_addf(&words, "%s: %s", facts->choices[i], facts->meanings[i]);
        if (line.rows > 0) {
            ta_put(surface, line.row, area.column, 1, TA_ACCENT, i == chosen ? "●" : "○");
        }
        if (inside && i == chosen) {
            surface->cursor_row = line.row;
            surface->cursor_column = area.column;
        }
        row += draw_text(words.bytes, i == chosen ? TA_STRONG : TA_QUIET, surface, line);
        ta_text_release(&words);
    }
    return row;
}

/* "45     minutes, 15 to 240" */
static void draw_unit(enum ta_clause clause, struct ta_surface *surface, struct ta_area area)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    ta_putf(surface, area.row, area.column + NUMBER_COLUMNS + 1, area.columns - NUMBER_COLUMNS - 1,
            TA_QUIET, "%s, %u to %u", facts->unit ? facts->unit : "", facts->least, facts->most);
}

static int draw_field(const struct contract *contract, struct ta_surface *surface,
                      struct ta_area area)
{
    const struct ta_editor *field = &contract->field;
    int rows = ta_editor_rows(field, area.columns);
    int room = area.rows > 3 ? area.rows / 2 + 1 : area.rows;
    rows = rows < 1 ? 1 : rows > room ? room : rows;
    area.rows = contract_is_many_lines(contract->clause) ? rows : 1;
    if (ta_clause_facts(contract->clause)->kind == TA_CLAUSE_NUMBER) {
        draw_unit(contract->clause, surface, area);
        area.columns = NUMBER_COLUMNS;
    }
    ta_editor_draw(field, surface, area, TA_STRONG, true);
    if (!ta_editor_text(field)[0]) {
        struct ta_area dots = {area.row, area.column, 1, area.columns};
        ta_fill(surface, dots, TA_FRAME, "·");
    }
    return area.rows;
}

/* A dot an entry, with its further lines below its words. */
static int draw_list(const char *value, struct ta_surface *surface, struct ta_area area)
{
    struct ta_piece rest = ta_piece_of(value);
    struct ta_piece line;
    int row = 0;
    while (ta_next_line(&rest, &line)) {
        char *words = ta_piece_copy(line);
        struct ta_area entry = {area.row + row, area.column + 2, area.rows - row, area.columns - 2};
        if (entry.rows > 0) {
            ta_put(surface, entry.row, area.column, 1, TA_PLAIN, "·");
        }
        row += draw_text(words, TA_PLAIN, surface, entry);
        free(words);
    }
    return row;
}

/* "45 minutes" */
static int draw_words(const char *value, const char *unit, struct ta_surface *surface,
                      struct ta_area area)
{
    struct ta_text words = {0};
    ta_text_addf(&words, "%s%s%s", value, unit ? " " : "", unit ? unit : "");
    int rows = draw_text(words.bytes, TA_PLAIN, surface, area);
    ta_text_release(&words);
    return rows;
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
    if (!*contract_value(contract, clause)) {
        bool required = ta_clause_facts(clause)->required;
        return draw_text(required ? "still to be written" : "nothing",
                         required ? TA_CAUTION : TA_QUIET, surface, area);
    }
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    const char *value = contract_value(contract, clause);
    return facts->kind == TA_CLAUSE_LIST ? draw_list(value, surface, area)
                                         : draw_words(value, facts->unit, surface, area);
}

static struct ta_area below(struct ta_area area, int rows)
{
    return (struct ta_area){area.row + rows, area.column, area.rows - rows, area.columns};
}

/* The guidance of the clause in hand, as long as it leaves room to write in; returns the rows. */
static int draw_guidance(enum ta_clause clause, struct ta_surface *surface, struct ta_area area)
{
    const char *guidance = ta_clause_facts(clause)->guidance;
    int rows = wrapped_rows(guidance, area.columns);
    if (rows + 2 > area.rows) {
        return 0;
    }
    ta_put_wrapped(surface, area, TA_QUIET, guidance);
    return rows + ROOM_TO_WRITE > area.rows ? rows : rows + 1;
}

static int draw_clause(const struct contract *contract, enum ta_clause clause,
                       struct ta_surface *surface, struct ta_area area)
{
    bool chosen = contract->inside && contract->clause == clause;
    ta_put(surface, area.row, area.column, area.columns, chosen ? TA_ACCENT : TA_QUIET,
           ta_clause_facts(clause)->title);
    int rows = 1;
    if (chosen) {
        ta_put(surface, area.row, area.column - 1, 1, TA_ACCENT, "▸");
        if (ta_clause_facts(clause)->kind == TA_CLAUSE_LIST) {
            ta_put_right(surface, area.row, area.column, area.columns, TA_QUIET, "one a line");
        }
        rows += draw_guidance(clause, surface, below(area, rows));
    }
    rows += draw_value(contract, clause, surface, below(area, rows));
    if (clause == TA_CLAUSE_REPORTING_LINE &&
        ta_contract_choice(&contract->state.contract, clause) == 1) {
        rows += draw_text("⚠ In one reporting line it is hard to speak openly: think about "
                          "another pair. It is your decision, and stands in the contract.",
                          TA_CAUTION, surface, below(area, rows));
    }
    return rows;
}

/* The first clause drawn: so far down that the one in hand has room. */
static enum ta_clause first_drawn(const struct contract *contract, enum ta_clause_group group,
                                  int rows)
{
    enum ta_clause first = 0;
    while (group_of(first) != group) {
        first++;
    }
    if (!contract->inside || contract->clause == first) {
        return first;
    }
    return rows < ROOMY ? contract->clause : contract->clause - 1;
}

static void draw_group(const struct contract *contract, enum ta_clause_group group,
                       struct ta_surface *surface, struct ta_area area)
{
    ta_box(surface, area, ta_clause_group_title(group));
    struct ta_area rest = {area.row + 1, area.column + 2, area.rows - 2, area.columns - 4};
    enum ta_clause clause = first_drawn(contract, group, rest.rows);
    for (; clause < TA_CLAUSES && group_of(clause) == group && rest.rows > 0; clause++) {
        int rows = draw_clause(contract, clause, surface, rest);
        rest = below(rest, rows < rest.rows ? rows + 1 : rows);
    }
    bool all = rest.rows >= 0 && (clause == TA_CLAUSES || group_of(clause) != group);
    if (!all) {
        ta_put(surface, area.row + area.rows - 1, area.column + area.columns - 10, 8, TA_QUIET,
               " more ↓ ");
    }
}

static const char *const meaning =
    "A signature covers the exact text of the paper: its SHA-256 is kept beside the name and the "
    "day. Change a word, and the paper asks for both signatures again; until then the version that "
    "both signed stays in force.";

static const char *const with_key =
    "With the key of config.ini a signature proves who signed. Anybody can verify it with "
    "ssh-keygen.";

/* "✓ signed Mon 23 Nov 2026 10:00, by key", and below it what is wrong with it. */
static int draw_seal(const struct contract *contract, enum ta_role role, struct ta_surface *surface,
                     struct ta_area area)
{
    const struct ta_signature *signature = contract->state.signed_by[role];
    const struct ta_seal *seal = &contract->seals.of[role];
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(signature->when));
    ta_moment_time(time, signature->when);
    ta_putf(surface, area.row, area.column, area.columns, seal->valid ? TA_GOOD : TA_CAUTION,
            "%s signed %s %s, %s", seal->valid ? "✓" : "⚠", day, time,
            seal->kind == TA_SEAL_KEY ? "by key" : "typed");
    return 1 + (seal->problem ? draw_text(seal->problem, TA_CAUTION, surface, below(area, 1)) : 0);
}

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
    return draw_seal(contract, role, surface, below(area, 1)) + 2;
}

static void draw_signatures(const struct contract *contract, struct ta_surface *surface,
                            struct ta_area area)
{
    ta_box(surface, area, "Signatures");
    struct ta_area rest = {area.row + 1, area.column + 2, area.rows - 2, area.columns - 4};
    rest = below(rest, draw_signer(contract, TA_MENTOR, surface, rest));
    rest = below(rest, draw_signer(contract, TA_MENTEE, surface, rest));
    if (rest.rows > 0) {
        ta_putf(surface, rest.row, rest.column, rest.columns, TA_QUIET, "SHA-256 %.16s…",
                contract->state.digest);
        rest = below(rest, 2);
    }
    if (rest.rows > 0) {
        rest = below(rest, ta_put_wrapped(surface, rest, TA_QUIET, meaning) + 1);
    }
    if (rest.rows > 0 && contract->has_key) {
        ta_put_wrapped(surface, rest, TA_QUIET, with_key);
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

void contract_draw(const struct contract *contract, struct ta_surface *surface)
{
    draw_title(contract, surface);
    int rows = surface->rows - 2 - TOP;
    bool narrow = surface->columns < NARROW;
    struct ta_area left = {TOP, 1, rows, narrow ? surface->columns - 2 : LEFT_COLUMNS};
    struct ta_area right = {TOP, LEFT_COLUMNS + 2, rows, surface->columns - LEFT_COLUMNS - 3};
    right.columns = right.columns < WIDEST ? right.columns : WIDEST;
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
