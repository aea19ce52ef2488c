#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/contract.h"

static struct ta_pair pair = {
    .topic = "Who gets heard in our meetings",
    .person = {[TA_MENTOR] = {.name = "Priya Raman", .email = "priya@example.org"},
               [TA_MENTEE] = {.name = "Dana Holt"}},
};

static size_t lines_at(const char *text, int columns)
{
    size_t length = strlen(text);
    size_t lines = 0;
    for (size_t at = 0; at < length; lines++) {
        at += ta_wrap(text + at, length - at, columns);
    }
    return lines;
}

static void ids_and_titles_are_unique(void **state)
{
    (void)state;
    for (enum ta_clause a = 0; a < TA_CLAUSES; a++) {
        enum ta_clause found = TA_CLAUSES;
        assert_true(ta_clause_find(&found, ta_clause_facts(a)->id));
        assert_int_equal(found, a);
        for (enum ta_clause b = 0; b < a; b++) {
            assert_string_not_equal(ta_clause_facts(a)->title, ta_clause_facts(b)->title);
        }
    }
}

static void groups_stand_together_and_in_order(void **state)
{
    (void)state;
    enum ta_clause_group group = TA_GROUP_TOPIC;
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        enum ta_clause_group next = ta_clause_facts(clause)->group;
        assert_true(next == group || next == group + 1);
        group = next;
    }
    assert_int_equal(group, TA_GROUPS - 1);
    assert_string_equal(ta_clause_group_title(TA_GROUP_SHARED), "What may be shared");
    assert_string_equal(ta_clause_group_title(TA_GROUP_ENDING), "If it does not work");
}

static void guidance_is_a_sentence_that_fits_a_narrow_pane(void **state)
{
    (void)state;
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        const struct ta_clause_facts *facts = ta_clause_facts(clause);
        bool opens = clause == 0 || facts->group != ta_clause_facts(clause - 1)->group;
        size_t lines = lines_at(facts->guidance, 50);
        if (lines < 1 || lines > (opens ? 2 : 3)) {
            fail_msg("the guidance of %s takes %zu lines", facts->id, lines);
        }
        assert_int_equal(facts->guidance[strlen(facts->guidance) - 1], '.');
    }
}

static void each_kind_has_what_it_needs(void **state)
{
    (void)state;
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        const struct ta_clause_facts *facts = ta_clause_facts(clause);
        assert_int_equal(facts->unit != NULL, facts->kind == TA_CLAUSE_NUMBER);
        assert_int_equal(facts->choices[0] != NULL, facts->kind == TA_CLAUSE_CHOICE);
        for (size_t i = 0; i < 5; i++) {
            assert_int_equal(facts->choices[i] != NULL, facts->meanings[i] != NULL);
        }
        bool counts = facts->kind == TA_CLAUSE_NUMBER || facts->kind == TA_CLAUSE_LIST;
        assert_int_equal(facts->most > facts->least, counts);
    }
}

static void a_new_contract_lacks_only_its_goals(void **state)
{
    (void)state;
    struct ta_contract contract;
    ta_contract_init(&contract, &pair);
    assert_int_equal(contract.version, 1);
    assert_string_equal(contract.value[TA_CLAUSE_TOPIC], "Who gets heard in our meetings");
    assert_string_equal(contract.person[TA_MENTOR].email, "priya@example.org");
    assert_null(contract.person[TA_MENTEE].email);
    assert_int_equal(ta_contract_unfit(&contract, 0), TA_CLAUSE_GOALS);
    assert_int_equal(ta_contract_unfit(&contract, TA_CLAUSE_GOALS + 1), TA_CLAUSES);
    ta_replace(&contract.value[TA_CLAUSE_GOALS], "Juniors speak first in every review");
    assert_int_equal(ta_contract_unfit(&contract, 0), TA_CLAUSES);
    ta_contract_release(&contract);
    ta_contract_release(NULL);
}

static void the_presets_are_what_the_field_recommends(void **state)
{
    (void)state;
    struct ta_contract contract;
    ta_contract_init(&contract, &(struct ta_pair){.person = {{.name = "A"}, {.name = "B"}}});
    assert_string_equal(contract.value[TA_CLAUSE_TOPIC], "");
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_DURATION), 45);
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_RHYTHM), 3);
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_SESSIONS), 6);
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_LEAD), 24);
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_NOTICE), 48);
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_REPLY), 2);
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_REVIEW), 3);
    assert_string_equal(contract.value[TA_CLAUSE_PLACE],
                        "In the mentor's space, or a neutral place");
    assert_int_equal(ta_contract_choice(&contract, TA_CLAUSE_SHARED), TA_SHARED_ATTENDANCE);
    assert_string_equal(contract.value[TA_CLAUSE_REPORTING_LINE], "different");
    ta_contract_release(&contract);
}

static void the_choices_of_sharing_are_in_their_order(void **state)
{
    (void)state;
    const char *const *choices = ta_clause_facts(TA_CLAUSE_SHARED)->choices;
    assert_string_equal(choices[TA_SHARED_NOTHING], "nothing");
    assert_string_equal(choices[TA_SHARED_ATTENDANCE], "attendance");
    assert_string_equal(choices[TA_SHARED_TAKEAWAYS], "takeaways");
    assert_string_equal(choices[TA_SHARED_SUMMARY], "summary");
    assert_null(choices[TA_SHARED_SUMMARY + 1]);
}

static void a_clause_is_found_as_people_type_it(void **state)
{
    (void)state;
    enum ta_clause clause = TA_CLAUSES;
    assert_true(ta_clause_find(&clause, "Off_Limits"));
    assert_int_equal(clause, TA_CLAUSE_OFF_LIMITS);
    assert_false(ta_clause_find(&clause, "off"));
    assert_false(ta_clause_find(&clause, "off-limits-too"));
    assert_false(ta_clause_find(&clause, ""));
    assert_int_equal(clause, TA_CLAUSE_OFF_LIMITS);
}

static void assert_check(enum ta_clause clause, const char *value, enum ta_clause_verdict expected)
{
    assert_int_equal(ta_clause_check(clause, value), expected);
}

static void numbers_have_a_range(void **state)
{
    (void)state;
    assert_check(TA_CLAUSE_DURATION, "15", TA_CLAUSE_FINE);
    assert_check(TA_CLAUSE_DURATION, "240", TA_CLAUSE_FINE);
    assert_check(TA_CLAUSE_DURATION, "14", TA_CLAUSE_OUT_OF_RANGE);
    assert_check(TA_CLAUSE_DURATION, "241", TA_CLAUSE_OUT_OF_RANGE);
    assert_check(TA_CLAUSE_DURATION, "4294967341", TA_CLAUSE_OUT_OF_RANGE); /* 45 in 32 bits */
    assert_check(TA_CLAUSE_DURATION, "-45", TA_CLAUSE_NOT_A_NUMBER);
    assert_check(TA_CLAUSE_DURATION, "4.5", TA_CLAUSE_NOT_A_NUMBER);
    assert_check(TA_CLAUSE_DURATION, "soon", TA_CLAUSE_NOT_A_NUMBER);
    assert_check(TA_CLAUSE_DURATION, "", TA_CLAUSE_EMPTY);
    assert_check(TA_CLAUSE_RHYTHM, "26", TA_CLAUSE_FINE);
    assert_check(TA_CLAUSE_RHYTHM, "0", TA_CLAUSE_OUT_OF_RANGE);
    assert_check(TA_CLAUSE_SESSIONS, "60", TA_CLAUSE_FINE);
    assert_check(TA_CLAUSE_SESSIONS, "61", TA_CLAUSE_OUT_OF_RANGE);
}

static void choices_are_the_known_ones(void **state)
{
    (void)state;
    assert_check(TA_CLAUSE_REPORTING_LINE, "same", TA_CLAUSE_FINE);
    assert_check(TA_CLAUSE_REPORTING_LINE, "other", TA_CLAUSE_NOT_A_CHOICE);
    assert_check(TA_CLAUSE_SHARED, "everything", TA_CLAUSE_NOT_A_CHOICE);
    assert_check(TA_CLAUSE_SHARED, "", TA_CLAUSE_EMPTY);
}

static void one_to_three_goals_and_thirty_topics(void **state)
{
    (void)state;
    assert_check(TA_CLAUSE_GOALS, "", TA_CLAUSE_EMPTY);
    assert_check(TA_CLAUSE_GOALS, " \n \n", TA_CLAUSE_EMPTY);
    assert_check(TA_CLAUSE_GOALS, "a\nb\n\nc", TA_CLAUSE_FINE);
    assert_check(TA_CLAUSE_GOALS, "a\nb\nc\nd", TA_CLAUSE_TOO_MANY);
    assert_check(TA_CLAUSE_OFF_LIMITS, "", TA_CLAUSE_FINE);
    char topics[61];
    for (size_t i = 0; i < 30; i++) {
        memcpy(topics + 2 * i, "x\n", 3);
    }
    assert_check(TA_CLAUSE_OFF_LIMITS, topics, TA_CLAUSE_FINE);
    topics[59] = '\0';
    struct ta_text more = {0};
    ta_text_addf(&more, "%s\nx", topics);
    assert_check(TA_CLAUSE_OFF_LIMITS, more.bytes, TA_CLAUSE_TOO_MANY);
    ta_text_release(&more);
}

static void a_value_cannot_break_the_paper(void **state)
{
    (void)state;
    assert_check(TA_CLAUSE_TOPIC, "one\ntwo", TA_CLAUSE_NOT_ONE_LINE);
    assert_check(TA_CLAUSE_TOPIC, "## Exit", TA_CLAUSE_A_HEADING);
    assert_check(TA_CLAUSE_RECORDS, "fine\n  # Exit\nnever", TA_CLAUSE_A_HEADING);
    assert_check(TA_CLAUSE_RECORDS, "fine\n```\ncode", TA_CLAUSE_A_HEADING);
    assert_check(TA_CLAUSE_RECORDS, "fine\n~~~\ncode", TA_CLAUSE_A_HEADING);
    assert_check(TA_CLAUSE_RECORDS, "room #3, and so on", TA_CLAUSE_FINE);
    assert_check(TA_CLAUSE_OFF_LIMITS, "#MeToo", TA_CLAUSE_FINE);
}

static void a_value_is_text(void **state)
{
    (void)state;
    assert_check(TA_CLAUSE_RECORDS, "one\n\ttwo", TA_CLAUSE_FINE);
    assert_check(TA_CLAUSE_RECORDS, "one\x1b[2J", TA_CLAUSE_NOT_TEXT);
    assert_check(TA_CLAUSE_TOPIC, "\xff\xfe", TA_CLAUSE_NOT_TEXT);
    assert_check(TA_CLAUSE_TOPIC, "من يُسمَع في اجتماعاتنا", TA_CLAUSE_FINE);
    char *value = ta_allocate(20002, 1);
    memset(value, 'x', 20000);
    assert_check(TA_CLAUSE_RECORDS, value, TA_CLAUSE_FINE);
    value[20000] = 'x';
    assert_check(TA_CLAUSE_RECORDS, value, TA_CLAUSE_TOO_LONG);
    free(value);
}

static void assert_tidy(enum ta_clause clause, const char *typed, const char *expected)
{
    char *tidy = ta_clause_tidy(clause, typed);
    assert_string_equal(tidy, expected);
    char *again = ta_clause_tidy(clause, tidy);
    assert_string_equal(again, expected);
    free(again);
    free(tidy);
}

static void what_is_typed_is_tidied_once_and_for_all(void **state)
{
    (void)state;
    assert_tidy(TA_CLAUSE_TOPIC, "  Who gets heard ", "Who gets heard");
    assert_tidy(TA_CLAUSE_TOPIC, " \n", "");
    assert_tidy(TA_CLAUSE_OFF_LIMITS, "family; health", "family\nhealth");
    assert_tidy(TA_CLAUSE_OFF_LIMITS, "- family\r\n\n -  health ;;\n-\n", "family\nhealth");
    assert_tidy(TA_CLAUSE_OFF_LIMITS, "-5 degrees", "-5 degrees");
    assert_tidy(TA_CLAUSE_RECORDS, " one\r\n\r\ntwo \n", "one\n\ntwo");
    assert_tidy(TA_CLAUSE_SHARED, " TakeAways ", "takeaways");
}

static void numbers_are_kept_without_their_unit(void **state)
{
    (void)state;
    assert_tidy(TA_CLAUSE_DURATION, "45 minutes", "45");
    assert_tidy(TA_CLAUSE_DURATION, "45 Min", "45");
    assert_tidy(TA_CLAUSE_DURATION, "45m", "45");
    assert_tidy(TA_CLAUSE_RHYTHM, "1 week", "1");
    assert_tidy(TA_CLAUSE_NOTICE, "48h", "48");
    assert_tidy(TA_CLAUSE_DURATION, "2 hours", "2 hours");
    assert_tidy(TA_CLAUSE_DURATION, "an hour", "an hour");
    assert_tidy(TA_CLAUSE_DURATION, "minutes", "");
}

static void a_value_that_is_none_falls_back_to_the_preset(void **state)
{
    (void)state;
    struct ta_contract contract;
    ta_contract_init(&contract, &pair);
    ta_replace(&contract.value[TA_CLAUSE_DURATION], "60");
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_DURATION), 60);
    ta_replace(&contract.value[TA_CLAUSE_DURATION], "9999");
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_DURATION), 45);
    ta_replace(&contract.value[TA_CLAUSE_DURATION], "");
    assert_int_equal(ta_contract_number(&contract, TA_CLAUSE_DURATION), 45);
    ta_replace(&contract.value[TA_CLAUSE_SHARED], "all");
    assert_int_equal(ta_contract_choice(&contract, TA_CLAUSE_SHARED), TA_SHARED_ATTENDANCE);
    ta_replace(&contract.value[TA_CLAUSE_SHARED], "summary");
    assert_int_equal(ta_contract_choice(&contract, TA_CLAUSE_SHARED), TA_SHARED_SUMMARY);
    ta_contract_release(&contract);
}

static void a_copy_outlives_what_it_was_made_from(void **state)
{
    (void)state;
    struct ta_contract contract;
    struct ta_contract copy;
    ta_contract_init(&contract, &pair);
    contract.version = 3;
    char *duration = ta_copy(contract.value[TA_CLAUSE_DURATION]);
    ta_contract_copy(&copy, &contract);
    ta_contract_release(&contract);
    assert_int_equal(copy.version, 3);
    assert_string_equal(copy.person[TA_MENTEE].name, "Dana Holt");
    assert_string_equal(copy.value[TA_CLAUSE_DURATION], duration);
    free(duration);
    ta_contract_release(&copy);
}

static struct ta_signature signature_of(enum ta_role role, char *name, unsigned version,
                                        const char *text)
{
    struct ta_signature signature = {.role = role, .version = version};
    signature.name = name;
    ta_digest(signature.digest, text, strlen(text));
    return signature;
}

static void add(struct ta_signatures *signatures, enum ta_role role, char *name, const char *text)
{
    struct ta_signature signature = signature_of(role, name, 1, text);
    ta_signatures_add(signatures, &signature);
}

static void in_force_is_what_both_signed_word_for_word(void **state)
{
    (void)state;
    char first[TA_DIGEST_SIZE];
    char second[TA_DIGEST_SIZE];
    ta_digest(first, "first text", 10);
    ta_digest(second, "second text", 11);
    struct ta_signatures signatures = {0};
    assert_false(ta_signatures_in_force(&signatures, first));
    add(&signatures, TA_MENTOR, "Priya Raman", "first text");
    add(&signatures, TA_MENTEE, "Dana Holt", "second text");
    assert_false(ta_signatures_in_force(&signatures, first));
    assert_false(ta_signatures_in_force(&signatures, second));
    add(&signatures, TA_MENTEE, "Dana Holt", "first text");
    assert_true(ta_signatures_in_force(&signatures, first));
    assert_false(ta_signatures_in_force(&signatures, second));
    assert_string_equal(ta_signatures_find(&signatures, TA_MENTOR, first)->name, "Priya Raman");
    assert_null(ta_signatures_find(&signatures, TA_MENTOR, second));
    ta_signatures_release(&signatures);
    assert_int_equal(signatures.count, 0);
    ta_signatures_release(NULL);
}

static void a_version_counts_when_both_signed_the_same_text_of_it(void **state)
{
    (void)state;
    struct ta_signatures signatures = {0};
    assert_int_equal(ta_signatures_version(&signatures), 0);
    add(&signatures, TA_MENTOR, "Priya Raman", "first text");
    assert_int_equal(ta_signatures_version(&signatures), 0);
    add(&signatures, TA_MENTEE, "Dana Holt", "first text");
    struct ta_signature second = signature_of(TA_MENTOR, "Priya Raman", 2, "second text");
    ta_signatures_add(&signatures, &second);
    assert_int_equal(ta_signatures_version(&signatures), 1);
    second.role = TA_MENTEE;
    ta_signatures_add(&signatures, &second);
    assert_int_equal(ta_signatures_version(&signatures), 2);
    ta_signatures_release(&signatures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_and_titles_are_unique),
        cmocka_unit_test(groups_stand_together_and_in_order),
        cmocka_unit_test(guidance_is_a_sentence_that_fits_a_narrow_pane),
        cmocka_unit_test(each_kind_has_what_it_needs),
        cmocka_unit_test(a_new_contract_lacks_only_its_goals),
        cmocka_unit_test(the_presets_are_what_the_field_recommends),
        cmocka_unit_test(the_choices_of_sharing_are_in_their_order),
        cmocka_unit_test(a_clause_is_found_as_people_type_it),
        cmocka_unit_test(numbers_have_a_range),
        cmocka_unit_test(choices_are_the_known_ones),
        cmocka_unit_test(one_to_three_goals_and_thirty_topics),
        cmocka_unit_test(a_value_cannot_break_the_paper),
        cmocka_unit_test(a_value_is_text),
        cmocka_unit_test(what_is_typed_is_tidied_once_and_for_all),
        cmocka_unit_test(numbers_are_kept_without_their_unit),
        cmocka_unit_test(a_value_that_is_none_falls_back_to_the_preset),
        cmocka_unit_test(a_copy_outlives_what_it_was_made_from),
        cmocka_unit_test(in_force_is_what_both_signed_word_for_word),
        cmocka_unit_test(a_version_counts_when_both_signed_the_same_text_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
