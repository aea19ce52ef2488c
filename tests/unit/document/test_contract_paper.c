#include "papers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/contract_paper.h"

static struct ta_contract contract_with(enum ta_clause clause, const char *value)
{
    struct ta_contract contract;
    ta_contract_init(&contract, &priya_and_dana);
    ta_replace(&contract.value[clause], value);
    return contract;
}

static char *paper_with(enum ta_clause clause, const char *value)
{
    struct ta_contract contract = contract_with(clause, value);
    char *text = ta_contract_paper_new(&contract);
    ta_contract_release(&contract);
    return text;
}

static struct ta_contract read_contract(const char *text)
{
    struct ta_contract contract;
    struct ta_error err;
    if (!ta_contract_paper_read(&contract, text, &err)) {
        fail_msg("%s", err.text);
    }
    return contract;
}

static void has_value(const char *text, enum ta_clause clause, const char *expected)
{
    struct ta_contract contract = read_contract(text);
    assert_string_equal(contract.value[clause], expected);
    ta_contract_release(&contract);
}

/* A paper with nothing but this section. */
static void section_means(enum ta_clause clause, const char *section, const char *value)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "---\nturnabout: contract/1\n---\n## %s\n%s",
                 ta_clause_facts(clause)->title, section);
    has_value(text.bytes, clause, value);
    ta_text_release(&text);
}

static void a_fresh_paper_says_everything(void **state)
{
    (void)state;
    struct ta_contract contract =
        contract_with(TA_CLAUSE_OFF_LIMITS, "family\nhealth; and what comes of it");
    ta_replace(&contract.value[TA_CLAUSE_NOT_THIS], "Not a training.\n\n    - nor this\nNor that.");
    ta_replace(&contract.value[TA_CLAUSE_PLACE], "");
    ta_replace(&contract.value[TA_CLAUSE_RHYTHM], "1");
    contract.version = 12;
    char *text = ta_contract_paper_new(&contract);
    struct ta_contract read = read_contract(text);
    assert_int_equal(read.version, 12);
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        assert_string_equal(read.person[role].name, contract.person[role].name);
        assert_string_equal(read.person[role].email, contract.person[role].email);
    }
    /* ";" parts the entries of a list, wherever it is typed. */
    ta_replace(&contract.value[TA_CLAUSE_OFF_LIMITS], "family\nhealth\nand what comes of it");
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        assert_string_equal(read.value[clause], contract.value[clause]);
    }
    ta_contract_release(&read);
    ta_contract_release(&contract);
    free(text);
}

static void a_fresh_paper_reads_as_one(void **state)
{
    (void)state;
    struct ta_contract contract = {.version = 2};
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        contract.value[clause] = ta_copy("");
    }
    contract.person[TA_MENTOR] = (struct ta_person){ta_copy("Priya Raman"), NULL};
    contract.person[TA_MENTEE] = (struct ta_person){ta_copy("Dana Holt"), ta_copy("d@example.org")};
    ta_replace(&contract.value[TA_CLAUSE_TOPIC], "Who gets heard");
    ta_replace(&contract.value[TA_CLAUSE_GOALS], "Juniors speak first\nNo meeting on Fridays");
    ta_replace(&contract.value[TA_CLAUSE_DURATION], "45");
    ta_replace(&contract.value[TA_CLAUSE_RHYTHM], "1");
    struct ta_text expected = {0};
    ta_text_add(&expected, "---\n"
                           "turnabout: contract/1\n"
                           "version: 2\n"
                           "mentor: Priya Raman\n"
                           "mentee: Dana Holt <d@example.org>\n"
                           "---\n"
                           "# Mentoring contract of Priya Raman and Dana Holt\n");
    ta_text_addf(&expected, "\n## %s\n\nWho gets heard\n", ta_clause_facts(TA_CLAUSE_TOPIC)->title);
    ta_text_addf(&expected, "\n## %s\n\n- Juniors speak first\n- No meeting on Fridays\n",
                 ta_clause_facts(TA_CLAUSE_GOALS)->title);
    ta_text_addf(&expected, "\n## %s\n\n45 minutes\n", ta_clause_facts(TA_CLAUSE_DURATION)->title);
    ta_text_addf(&expected, "\n## %s\n\n1 week\n", ta_clause_facts(TA_CLAUSE_RHYTHM)->title);
    assert_text(ta_contract_paper_new(&contract), expected.bytes);
    ta_text_release(&expected);
    ta_contract_release(&contract);
}

/* What is signed says itself what a choice means. */
static void a_choice_stands_there_with_its_meaning(void **state)
{
    (void)state;
    const struct ta_clause_facts *facts = ta_clause_facts(TA_CLAUSE_SHARED);
    for (size_t at = 0; facts->choices[at] != NULL; at++) {
        struct ta_text line = {0};
        char *text = paper_with(TA_CLAUSE_SHARED, facts->choices[at]);
        ta_text_addf(&line, "\n%s: %s\n", facts->choices[at], facts->meanings[at]);
        assert_holds(text, line.bytes);
        has_value(text, TA_CLAUSE_SHARED, facts->choices[at]);
        ta_text_release(&line);
        free(text);
    }
}

static void understands_what_people_write(void **state)
{
    (void)state;
    section_means(TA_CLAUSE_DURATION, "45\n", "45");
    section_means(TA_CLAUSE_DURATION, "\n  45 min\n", "45");
    section_means(TA_CLAUSE_DURATION, "45 hours\n", "45 hours");
    section_means(TA_CLAUSE_SHARED, "Takeaways\n", "takeaways");
    section_means(TA_CLAUSE_PLACE, "In the\nmentor's space\n", "In the mentor's space");
    section_means(TA_CLAUSE_GOALS, "1. one\n   wrapped\n2) two\n* three\n",
                  "one wrapped\ntwo\nthree");
    section_means(TA_CLAUSE_OFF_LIMITS, "family\nhealth\n\n- money\n-\n", "family\nhealth\nmoney");
    section_means(TA_CLAUSE_NOT_THIS, "\r\na\r\n\r\nb\r\n", "a\n\nb");
    section_means(TA_CLAUSE_NOT_THIS, "", "");
}

static void set_clause(const char *text, enum ta_clause clause, const char *value, char **out)
{
    struct ta_error err;
    if (!ta_contract_paper_set(out, text, clause, value, &err)) {
        fail_msg("%s", err.text);
    }
}

static void changing_a_clause_changes_its_lines_alone(void **state)
{
    (void)state;
    char *text = paper_with(TA_CLAUSE_OFF_LIMITS, "family");
    char *after;
    set_clause(text, TA_CLAUSE_OFF_LIMITS, "family\nhealth", &after);
    struct change change = change_between(text, after);
    assert_int_equal(change.removed, 0);
    assert_int_equal(change.added, 1);
    has_value(after, TA_CLAUSE_OFF_LIMITS, "family\nhealth");
    free(after);
    set_clause(text, TA_CLAUSE_DURATION, "60", &after);
    change = change_between(text, after);
    assert_int_equal(change.removed, 1);
    assert_int_equal(change.added, 1);
    free(after);
    free(text);
}

static void a_value_that_stands_there_stays_as_it_is_written(void **state)
{
    (void)state;
    const char *text = "---\nturnabout: contract/1\n---\n## Length of a session\n45 min, no more\n"
                       "## Goals\n1. one\n";
    char *after;
    assert_string_equal(ta_clause_facts(TA_CLAUSE_GOALS)->title, "Goals");
    set_clause(text, TA_CLAUSE_GOALS, "one", &after);
    assert_text(after, text);
}

static void a_clause_comes_and_goes(void **state)
{
    (void)state;
    char *text = paper_with(TA_CLAUSE_PLACE, "");
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        char *without;
        char *with;
        struct ta_contract contract = read_contract(text);
        set_clause(text, clause, "", &without);
        has_value(without, clause, "");
        set_clause(without, clause, contract.value[clause], &with);
        assert_text(with, text);
        free(without);
        ta_contract_release(&contract);
    }
    free(text);
}

static void a_new_clause_stands_in_the_order_of_the_table(void **state)
{
    (void)state;
    char *text = paper_with(TA_CLAUSE_PLACE, "");
    char *after;
    char *whole = paper_with(TA_CLAUSE_PLACE, "Room 4");
    set_clause(text, TA_CLAUSE_PLACE, "Room 4", &after);
    assert_text(after, whole);
    free(whole);
    free(text);
}

static void keeps_what_it_does_not_know(void **state)
{
    (void)state;
    const char *text =
        "---\r\nturnabout: contract/1\r\ncolour: blue # ours\r\nversion: 3\r\n---\r\n"
        "Preamble\r\n## Our own clause\r\nText\t\r\n## Goals\r\n- a\r\n\r\n"
        "## Another\r\n```\r\n## Goals\r\n```";
    char *after;
    set_clause(text, TA_CLAUSE_GOALS, "b", &after);
    assert_text(after,
                "---\r\nturnabout: contract/1\r\ncolour: blue # ours\r\nversion: 3\r\n---\r\n"
                "Preamble\r\n## Our own clause\r\nText\t\r\n## Goals\r\n\r\n- b\r\n\r\n"
                "## Another\r\n```\r\n## Goals\r\n```");
    assert_true(ta_contract_paper_set_version(&after, text, 4, NULL));
    struct change change = change_between(text, after);
    assert_int_equal(change.first, 3);
    assert_int_equal(change.removed, 1);
    assert_holds(after, "\r\nversion: 4\r\n");
    free(after);
}

static void refuse(const char *text, const char *because)
{
    struct ta_contract contract;
    struct ta_error err;
    char *out;
    assert_false(ta_contract_paper_read(&contract, text, &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, because);
    assert_holds(err.text, "contract.md");
    assert_false(ta_contract_paper_set(&out, text, TA_CLAUSE_TOPIC, "x", &err));
    assert_false(ta_contract_paper_set_version(&out, text, 2, &err));
    ta_contract_release(&contract);
}

static void refuses_what_is_no_contract(void **state)
{
    (void)state;
    refuse("", "does not say what it is");
    refuse("---\nturnabout: contract/2\n---\n", "newer Turnabout");
    refuse("---\nturnabout: summary/1\n---\n", "something else");
    refuse("---\nturnabout: contract/1\n", "never ends");
    refuse("---\nturnabout: contract/1\n---\n\xFF", "UTF-8");
}

static void numbers_and_names_of_any_kind_are_survived(void **state)
{
    (void)state;
    struct ta_contract contract =
        read_contract("---\nturnabout: contract/1\nversion: -3\nmentor: <>\n---\n");
    assert_int_equal(contract.version, 1);
    assert_string_equal(contract.person[TA_MENTOR].name, "<>");
    assert_string_equal(contract.person[TA_MENTEE].name, "");
    ta_contract_release(&contract);
    contract = read_contract("---\nturnabout: contract/1\nversion: 99999999999\n---\n");
    assert_int_equal(contract.version, 1);
    ta_contract_release(&contract);
}

static void read_any(const char *text)
{
    struct ta_contract contract;
    char *out;
    if (!ta_contract_paper_read(&contract, text, NULL)) {
        return;
    }
    ta_contract_release(&contract);
    if (ta_contract_paper_set(&out, text, TA_CLAUSE_GOALS, "new\ngoals", NULL)) {
        has_value(out, TA_CLAUSE_GOALS, "new\ngoals");
        free(out);
    }
}

static void survives_any_bytes(void **state)
{
    (void)state;
    char *text = paper_with(TA_CLAUSE_OFF_LIMITS, "family\nhealth");
    survive(text, read_any);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_paper_says_everything),
        cmocka_unit_test(a_fresh_paper_reads_as_one),
        cmocka_unit_test(a_choice_stands_there_with_its_meaning),
        cmocka_unit_test(understands_what_people_write),
        cmocka_unit_test(changing_a_clause_changes_its_lines_alone),
        cmocka_unit_test(a_value_that_stands_there_stays_as_it_is_written),
        cmocka_unit_test(a_clause_comes_and_goes),
        cmocka_unit_test(a_new_clause_stands_in_the_order_of_the_table),
        cmocka_unit_test(keeps_what_it_does_not_know),
        cmocka_unit_test(refuses_what_is_no_contract),
        cmocka_unit_test(numbers_and_names_of_any_kind_are_survived),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
