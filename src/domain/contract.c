#include "turnabout/domain/contract.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "contract_clauses.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { VALUE_LONGEST = 20000, DIGITS_MOST = 9 };

const struct ta_clause_facts *ta_clause_facts(enum ta_clause clause)
{
    assert(clause < TA_CLAUSES);
    return &ta_clause_table[clause];
}

const char *ta_clause_group_title(enum ta_clause_group group)
{
    return ta_clause_group_titles[group];
}

static char hyphened(char letter)
{
    bool upper = letter >= 'A' && letter <= 'Z';
    char lower = (char)(upper ? letter + ('a' - 'A') : letter);
    return (char)(lower == '_' ? '-' : lower);
}

static bool is_id(const char *known, const char *given)
{
    while (*known != '\0' && *known == hyphened(*given)) {
        known++;
        given++;
    }
    return *known == '\0' && *given == '\0';
}

bool ta_clause_find(enum ta_clause *clause, const char *id)
{
    for (enum ta_clause candidate = 0; candidate < TA_CLAUSES; candidate++) {
        if (is_id(ta_clause_table[candidate].id, id)) {
            *clause = candidate;
            return true;
        }
    }
    return false;
}

static void copy_persons(struct ta_person out[TA_ROLES], const struct ta_person person[TA_ROLES])
{
    for (size_t role = 0; role < TA_ROLES; role++) {
        out[role].name = ta_copy(person[role].name);
        out[role].email = ta_copy(person[role].email);
    }
}

void ta_contract_init(struct ta_contract *contract, const struct ta_pair *pair)
{
    *contract = (struct ta_contract){.version = 1};
    copy_persons(contract->person, pair->person);
    for (size_t clause = 0; clause < TA_CLAUSES; clause++) {
        contract->value[clause] = ta_copy(ta_clause_table[clause].preset);
    }
    if (pair->topic != NULL) {
        ta_replace(&contract->value[TA_CLAUSE_TOPIC], pair->topic);
    }
}

void ta_contract_copy(struct ta_contract *out, const struct ta_contract *contract)
{
    *out = (struct ta_contract){.version = contract->version};
    copy_persons(out->person, contract->person);
    for (size_t clause = 0; clause < TA_CLAUSES; clause++) {
        out->value[clause] = ta_copy(contract->value[clause]);
    }
}

void ta_contract_release(struct ta_contract *contract)
{
    if (contract == NULL) {
        return;
    }
    for (size_t role = 0; role < TA_ROLES; role++) {
        ta_person_release(&contract->person[role]);
    }
    for (size_t clause = 0; clause < TA_CLAUSES; clause++) {
        free(contract->value[clause]);
    }
    *contract = (struct ta_contract){0};
}

/* Whole numbers only; what has more digits than any range is out of every range. */
static enum ta_clause_verdict read_number(unsigned *number, struct ta_piece text)
{
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return TA_CLAUSE_NOT_A_NUMBER;
        }
        if (i < DIGITS_MOST) {
            *number = *number * 10 + (unsigned)(text.at[i] - '0');
        }
    }
    return text.length > DIGITS_MOST ? TA_CLAUSE_OUT_OF_RANGE : TA_CLAUSE_FINE;
}

/* In the paper a "#" would end the clause, and a fence of code would swallow those behind it. */
static bool is_heading(struct ta_piece line)
{
    struct ta_piece text = ta_piece_trim(line);
    return ta_piece_starts(text, "#") || ta_piece_starts(text, "```") ||
           ta_piece_starts(text, "~~~");
}

static enum ta_clause_verdict check_line(const struct ta_clause_facts *facts, struct ta_piece value)
{
    (void)facts;
    if (memchr(value.at, '\n', value.length) != NULL) {
        return TA_CLAUSE_NOT_ONE_LINE;
    }
    return is_heading(value) ? TA_CLAUSE_A_HEADING : TA_CLAUSE_FINE;
}

static enum ta_clause_verdict check_prose(const struct ta_clause_facts *facts,
                                          struct ta_piece value)
{
    (void)facts;
    struct ta_piece line;
    while (ta_next_line(&value, &line)) {
        if (is_heading(line)) {
            return TA_CLAUSE_A_HEADING;
        }
    }
    return TA_CLAUSE_FINE;
}

static enum ta_clause_verdict check_list(const struct ta_clause_facts *facts, struct ta_piece value)
{
    struct ta_piece entry;
    unsigned entries = 0;
    while (ta_next_line(&value, &entry)) {
        entries += ta_piece_trim(entry).length > 0;
    }
    return entries > facts->most ? TA_CLAUSE_TOO_MANY : TA_CLAUSE_FINE;
}

static enum ta_clause_verdict check_number(const struct ta_clause_facts *facts,
                                           struct ta_piece value)
{
    unsigned number = 0;
    enum ta_clause_verdict verdict = read_number(&number, value);
    if (verdict == TA_CLAUSE_FINE && (number < facts->least || number > facts->most)) {
        verdict = TA_CLAUSE_OUT_OF_RANGE;
    }
    return verdict;
}

/* The index of a choice, or that of the NULL behind the last. */
static size_t find_choice(const struct ta_clause_facts *facts, struct ta_piece value)
{
    size_t choice = 0;
    while (facts->choices[choice] != NULL && !ta_piece_is(value, facts->choices[choice])) {
        choice++;
    }
    return choice;
}

static enum ta_clause_verdict check_choice(const struct ta_clause_facts *facts,
                                           struct ta_piece value)
{
    bool known = facts->choices[find_choice(facts, value)] != NULL;
    return known ? TA_CLAUSE_FINE : TA_CLAUSE_NOT_A_CHOICE;
}

enum ta_clause_verdict ta_clause_check(enum ta_clause clause, const char *value)
{
    static enum ta_clause_verdict (*const checks[])(const struct ta_clause_facts *,
                                                    struct ta_piece) = {
        [TA_CLAUSE_LINE] = check_line,     [TA_CLAUSE_PROSE] = check_prose,
        [TA_CLAUSE_LIST] = check_list,     [TA_CLAUSE_NUMBER] = check_number,
        [TA_CLAUSE_CHOICE] = check_choice,
    };
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    struct ta_piece whole = ta_piece_of(value);
    struct ta_piece text = ta_piece_trim(whole);
    if (whole.length > VALUE_LONGEST) {
        return TA_CLAUSE_TOO_LONG;
    }
    if (!ta_is_prose(text)) {
        return TA_CLAUSE_NOT_TEXT;
    }
    if (text.length == 0) {
        return facts->required ? TA_CLAUSE_EMPTY : TA_CLAUSE_FINE;
    }
    return checks[facts->kind](facts, text);
}

/* Appends the lines of a text as one line each, ended by LF whatever ended them. */
static void tidy_prose(struct ta_text *out, const struct ta_clause_facts *facts,
                       struct ta_piece typed)
{
    (void)facts;
    struct ta_piece line;
    while (ta_next_line(&typed, &line)) {
        ta_text_add(out, out->length > 0 ? "\n" : "");
        ta_text_add_bytes(out, line.at, line.length);
    }
}

static struct ta_piece without_bullet(struct ta_piece entry)
{
    bool bullet = ta_piece_starts(entry, "- ") || ta_piece_is(entry, "-");
    return bullet ? ta_piece_trim((struct ta_piece){entry.at + 1, entry.length - 1}) : entry;
}

static void tidy_list(struct ta_text *out, const struct ta_clause_facts *facts,
                      struct ta_piece typed)
{
    (void)facts;
    struct ta_piece line;
    struct ta_piece part;
    while (ta_next_line(&typed, &line)) {
        while (ta_next_part(&line, ';', &part)) {
            struct ta_piece entry = without_bullet(part);
            if (entry.length == 0) {
                continue;
            }
            ta_text_add(out, out->length > 0 ? "\n" : "");
            ta_text_add_bytes(out, entry.at, entry.length);
        }
    }
}

/* "45 minutes", "45 min" and "45m" are 45 where minutes are meant; "45 hours" stays what it is. */
static void tidy_number(struct ta_text *out, const struct ta_clause_facts *facts,
                        struct ta_piece typed)
{
    struct ta_piece number = typed;
    while (number.length > 0 && strchr("0123456789", number.at[number.length - 1]) == NULL) {
        number.length--;
    }
    struct ta_piece unit =
        ta_piece_trim((struct ta_piece){typed.at + number.length, typed.length - number.length});
    bool is_unit =
        unit.length <= strlen(facts->unit) && strncasecmp(unit.at, facts->unit, unit.length) == 0;
    struct ta_piece kept = is_unit ? number : typed;
    ta_text_add_bytes(out, kept.at, kept.length);
}

static void tidy_choice(struct ta_text *out, const struct ta_clause_facts *facts,
                        struct ta_piece typed)
{
    (void)facts;
    for (size_t i = 0; i < typed.length; i++) {
        bool upper = typed.at[i] >= 'A' && typed.at[i] <= 'Z';
        char lower = (char)(upper ? typed.at[i] + ('a' - 'A') : typed.at[i]);
        ta_text_add_bytes(out, &lower, 1);
    }
}

static void tidy_line(struct ta_text *out, const struct ta_clause_facts *facts,
                      struct ta_piece typed)
{
    (void)facts;
    ta_text_add_bytes(out, typed.at, typed.length);
}

char *ta_clause_tidy(enum ta_clause clause, const char *typed)
{
    static void (*const tidy[])(struct ta_text *, const struct ta_clause_facts *,
                                struct ta_piece) = {
        [TA_CLAUSE_LINE] = tidy_line,     [TA_CLAUSE_PROSE] = tidy_prose,
        [TA_CLAUSE_LIST] = tidy_list,     [TA_CLAUSE_NUMBER] = tidy_number,
        [TA_CLAUSE_CHOICE] = tidy_choice,
    };
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    struct ta_piece text = ta_piece_trim(ta_piece_of(typed));
    struct ta_text out = {0};
    if (text.length > 0) {
        tidy[facts->kind](&out, facts, text);
    }
    return ta_text_take(&out);
}

unsigned ta_contract_number(const struct ta_contract *contract, enum ta_clause clause)
{
    const char *value = contract->value[clause];
    bool fine = ta_clause_check(clause, value) == TA_CLAUSE_FINE;
    unsigned number = 0;
    (void)read_number(&number,
                      ta_piece_trim(ta_piece_of(fine ? value : ta_clause_table[clause].preset)));
    return number;
}

size_t ta_contract_choice(const struct ta_contract *contract, enum ta_clause clause)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    size_t choice = find_choice(facts, ta_piece_trim(ta_piece_of(contract->value[clause])));
    return facts->choices[choice] != NULL ? choice : find_choice(facts, ta_piece_of(facts->preset));
}

enum ta_clause ta_contract_unfit(const struct ta_contract *contract, enum ta_clause from)
{
    enum ta_clause clause = from;
    while (clause < TA_CLAUSES &&
           ta_clause_check(clause, contract->value[clause]) == TA_CLAUSE_FINE) {
        clause++;
    }
    return clause;
}

void ta_signatures_add(struct ta_signatures *signatures, const struct ta_signature *signature)
{
    struct ta_signature *added = ta_append(&signatures->items, signatures->count++, sizeof *added);
    *added = *signature;
    added->name = ta_copy(signature->name);
}

const struct ta_signature *ta_signatures_find(const struct ta_signatures *signatures,
                                              enum ta_role role, const char *digest)
{
    for (size_t i = 0; i < signatures->count; i++) {
        const struct ta_signature *signature = &signatures->items[i];
        if (signature->role == role && strcmp(signature->digest, digest) == 0) {
            return signature;
        }
    }
    return NULL;
}

bool ta_signatures_both(const struct ta_signatures *signatures, const char *digest)
{
    return ta_signatures_find(signatures, TA_MENTOR, digest) != NULL &&
           ta_signatures_find(signatures, TA_MENTEE, digest) != NULL;
}

unsigned ta_signatures_version(const struct ta_signatures *signatures)
{
    unsigned highest = 0;
    for (size_t i = 0; i < signatures->count; i++) {
        const struct ta_signature *signature = &signatures->items[i];
        if (signature->version > highest && ta_signatures_both(signatures, signature->digest)) {
            highest = signature->version;
        }
    }
    return highest;
}

bool ta_signatures_in_force(const struct ta_signatures *signatures, const char *digest)
{
    const struct ta_signature *mentor = ta_signatures_find(signatures, TA_MENTOR, digest);
    const struct ta_signature *mentee = ta_signatures_find(signatures, TA_MENTEE, digest);
    return mentor != NULL && mentee != NULL && mentor->version == mentee->version &&
           mentor->version == ta_signatures_version(signatures);
}

void ta_signatures_release(struct ta_signatures *signatures)
{
    if (signatures == NULL) {
        return;
    }
    for (size_t i = 0; i < signatures->count; i++) {
        free(signatures->items[i].name);
    }
    free(signatures->items);
    *signatures = (struct ta_signatures){0};
}
