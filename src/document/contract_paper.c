#include "turnabout/document/contract_paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "person.h"
#include "reading.h"
#include "turnabout/document/paper.h"

/* How a clause's value stands in its section, and how it is found there again */

static void write_text(struct ta_text *out, const struct ta_clause_facts *facts, const char *value)
{
    (void)facts;
    ta_text_add(out, value);
}

static void write_list(struct ta_text *out, const struct ta_clause_facts *facts, const char *value)
{
    struct ta_piece rest = ta_piece_of(value), line;

    (void)facts;
    while (ta_next_line(&rest, &line)) {
        ta_text_add(out, "- ");
        ta_text_add_bytes(out, line.at, line.length);
        ta_text_add(out, "\n");
    }
}

/** "weeks" is "week" for one of them. */
static struct ta_piece unit_of(const struct ta_clause_facts *facts, bool one)
{
    struct ta_piece unit = ta_piece_of(facts->unit == NULL ? "" : facts->unit);

    if (one && unit.length > 1 && unit.at[unit.length - 1] == 's') {
        unit.length--;
    }
    return unit;
}

static void write_number(struct ta_text *out, const struct ta_clause_facts *facts,
                         const char *value)
{
    struct ta_piece unit = unit_of(facts, strcmp(value, "1") == 0);

    ta_text_add(out, value);
    ta_text_add(out, unit.length > 0 ? " " : "");
    ta_text_add_bytes(out, unit.at, unit.length);
}

/** With what it means, so that nobody signs a word whose meaning stands elsewhere. */
static void write_choice(struct ta_text *out, const struct ta_clause_facts *facts,
                         const char *value)
{
    ta_text_add(out, value);
    for (size_t at = 0; at < sizeof facts->choices / sizeof *facts->choices; at++) {
        if (facts->choices[at] != NULL && facts->meanings[at] != NULL &&
            strcmp(facts->choices[at], value) == 0) {
            ta_text_addf(out, ": %s", facts->meanings[at]);
        }
    }
}

/** One line, however it was wrapped. */
static void read_line(struct ta_text *out, const struct ta_clause_facts *facts, const char *text)
{
    (void)facts;
    ta_add_line(out, text);
}

static void read_prose(struct ta_text *out, const struct ta_clause_facts *facts, const char *text)
{
    (void)facts;
    ta_text_add(out, text);
}

/** One entry a line: list entries, wrapped or not, and lines that are none. */
static void read_list(struct ta_text *out, const struct ta_clause_facts *facts, const char *text)
{
    struct ta_piece rest = ta_piece_of(text), line;
    struct ta_marker marker = {0}, next;

    (void)facts;
    while (ta_next_line(&rest, &line)) {
        bool continues = marker.content > 0 && ta_line_continues(line, &marker);
        struct ta_piece entry = line;

        if (!continues && ta_line_marker(&next, line)) {
            marker = next;
            entry = (struct ta_piece){line.at + marker.text, line.length - marker.text};
        }
        entry = ta_piece_trim(entry);
        if (entry.length == 0) {
            continue;
        }
        if (out->length > 0) {
            ta_text_add(out, continues ? " " : "\n");
        }
        ta_text_add_bytes(out, entry.at, entry.length);
    }
}

static void read_choice(struct ta_text *out, const struct ta_clause_facts *facts, const char *text)
{
    struct ta_piece word = ta_piece_trim((struct ta_piece){text, strcspn(text, ":")});

    (void)facts;
    ta_text_add_bytes(out, word.at, word.length);
}

static const struct form {
    void (*write)(struct ta_text *out, const struct ta_clause_facts *facts, const char *value);
    void (*read)(struct ta_text *out, const struct ta_clause_facts *facts, const char *text);
} forms[] = {
    [TA_CLAUSE_LINE] = {write_text, read_line},
    [TA_CLAUSE_PROSE] = {write_text, read_prose},
    [TA_CLAUSE_LIST] = {write_list, read_list},
    [TA_CLAUSE_NUMBER] = {write_number, read_line},
    [TA_CLAUSE_CHOICE] = {write_choice, read_choice},
};

static char *body_of(enum ta_clause clause, const char *value)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    struct ta_text out = {0};

    forms[facts->kind].write(&out, facts, value);
    return ta_text_take(&out);
}

/** What stands in the section, as the clause keeps it: hand-written "45 min" is 45. */
static char *value_of(const struct ta_paper *paper, enum ta_clause clause)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    char *text = ta_paper_section_text(paper, facts->title), *value;
    struct ta_text out = {0};

    forms[facts->kind].read(&out, facts, text);
    free(text);
    text = ta_text_take(&out);
    value = ta_clause_tidy(clause, text);
    free(text);
    return value;
}

/* The paper */

static void set_version(struct ta_paper *paper, unsigned version)
{
    char digits[16];

    (void)snprintf(digits, sizeof digits, "%u", version);
    ta_paper_set_value(paper, "version", digits);
}

static void add_heading(struct ta_paper *paper, const struct ta_person person[TA_ROLES])
{
    struct ta_text heading = {0};

    ta_text_add(&heading, "# Mentoring contract of ");
    ta_add_line(&heading, person[TA_MENTOR].name);
    ta_text_add(&heading, " and ");
    ta_add_line(&heading, person[TA_MENTEE].name);
    ta_paper_replace(paper, (struct ta_span){paper->count, 0}, heading.bytes);
    ta_text_release(&heading);
}

char *ta_contract_paper_new(const struct ta_contract *contract)
{
    struct ta_paper paper = {0};

    ta_paper_set_value(&paper, "turnabout", "contract/1");
    set_version(&paper, contract->version);
    ta_persons_set(&paper, contract->person);
    add_heading(&paper, contract->person);
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        const char *value = contract->value[clause];
        char *body;

        if (value == NULL || *value == '\0') {
            continue;
        }
        body = body_of(clause, value);
        ta_paper_set_section(&paper, ta_clause_facts(clause)->title, body);
        free(body);
    }
    return ta_paper_take(&paper);
}

static bool open_paper(struct ta_paper *paper, const char *text, struct ta_error *err)
{
    return ta_paper_read_kind(paper, text, "contract", 1, "contract.md", err);
}

bool ta_contract_paper_read(struct ta_contract *contract, const char *text, struct ta_error *err)
{
    struct ta_paper paper;

    *contract = (struct ta_contract){.version = 1};
    if (!open_paper(&paper, text, err)) {
        return false;
    }
    ta_number_read(&contract->version, ta_paper_value(&paper, "version"), 1, TA_NUMBER_MOST);
    ta_persons_read(contract->person, &paper);
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        contract->value[clause] = value_of(&paper, clause);
    }
    ta_paper_release(&paper);
    return true;
}

static void set_clause(struct ta_paper *paper, enum ta_clause clause, const char *value)
{
    const char *titles[TA_CLAUSES];
    struct ta_span span;
    char *body = body_of(clause, value);

    for (enum ta_clause at = 0; at < TA_CLAUSES; at++) {
        titles[at] = ta_clause_facts(at)->title;
    }
    if (*value == '\0') {
        ta_paper_remove_section(paper, titles[clause]);
    } else if (ta_paper_section(paper, titles[clause], &span)) {
        ta_paper_set_section(paper, titles[clause], body);
    } else {
        ta_paper_add_section(paper, titles, TA_CLAUSES, clause, body);
    }
    free(body);
}

bool ta_contract_paper_set(char **out, const char *text, enum ta_clause clause, const char *value,
                           struct ta_error *err)
{
    struct ta_paper paper;
    char *old;

    if (!open_paper(&paper, text, err)) {
        return false;
    }
    old = value_of(&paper, clause);
    /* A value that is there already stays as it is written. */
    if (*value == '\0' || strcmp(old, value) != 0) {
        set_clause(&paper, clause, value);
    }
    free(old);
    *out = ta_paper_take(&paper);
    return true;
}

bool ta_contract_paper_set_version(char **out, const char *text, unsigned version,
                                   struct ta_error *err)
{
    struct ta_paper paper;

    if (!open_paper(&paper, text, err)) {
        return false;
    }
    set_version(&paper, version);
    *out = ta_paper_take(&paper);
    return true;
}
