/*
 * docs/pair-repository.md promises a format to other programs. Every example in it has to be what
 * this program reads and, where it writes such a file, what it writes.
 */
#include "papers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/digest.h"
#include "turnabout/document/agenda_paper.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/document/reply_paper.h"
#include "turnabout/document/summary_paper.h"

/* The fenced example of a section of the page. */
static char *example(const char *page, const char *title)
{
    static const char fence[] = "```markdown\n";
    struct ta_paper paper;
    assert_true(ta_paper_read(&paper, page, "pair-repository.md", NULL));
    char *section = ta_paper_section_text(&paper, title);
    ta_paper_release(&paper);
    if (strncmp(section, fence, strlen(fence)) != 0) {
        fail_msg("The section %s does not begin with an example", title);
    }
    const char *begins = section + strlen(fence);
    char *text = strndup(begins, (size_t)(strstr(begins, "\n```") + 1 - begins));
    free(section);
    return text;
}

static void fail_unless(bool ok, const struct ta_error *err)
{
    if (!ok) {
        fail_msg("%s", err->text);
    }
}

static unsigned entries_in(const char *text)
{
    unsigned count = 0;
    while ((text = strstr(text, "\n- ")) != NULL) {
        count++;
        text++;
    }
    return count;
}

static void readme(const char *text)
{
    struct ta_pair pair = {0};
    struct ta_moment since;
    struct ta_error err;
    fail_unless(ta_readme_read(&pair, &since, text, &err), &err);
    struct ta_meeting meetings[] = {
        {.id = 1, .state = TA_MEETING_HELD, .session = 3, .by = TA_NOBODY},
        {.id = 2, .when = {1799139600000, 60}, .by = TA_NOBODY},
    };
    struct ta_promise promise = {.id = 7,
                                 .owner = TA_MENTEE,
                                 .text = (char[]){"ask juniors first in Monday's review"},
                                 .due = {2026, 12, 1},
                                 .session = 3};
    const struct ta_readme_facts facts = {
        &pair, since, 2, 6, &(struct ta_meetings){meetings, 2}, &(struct ta_promises){&promise, 1}};
    assert_text(ta_readme_write(&facts), text);
    ta_pair_release(&pair);
}

/* By values: the sentence behind a choice is the program's wording of the day, not the format. */
static void contract(const char *text)
{
    struct ta_contract contract;
    struct ta_contract again;
    struct ta_error err;
    unsigned clauses = 0;
    unsigned sections = 0;
    fail_unless(ta_contract_paper_read(&contract, text, &err), &err);
    char *written = ta_contract_paper_new(&contract);
    fail_unless(ta_contract_paper_read(&again, written, &err), &err);
    assert_int_equal(lines_of(written), lines_of(text));
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        assert_string_equal(contract.value[clause], again.value[clause]);
        if (*contract.value[clause] != '\0') {
            assert_int_equal(ta_clause_check(clause, contract.value[clause]), TA_CLAUSE_FINE);
            clauses++;
        }
    }
    for (const char *at = text; (at = strstr(at, "\n## ")) != NULL; at++) {
        sections++;
    }
    assert_int_equal(clauses, sections);
    ta_contract_release(&again);
    ta_contract_release(&contract);
    free(written);
}

static void signatures(const char *text)
{
    struct ta_signatures signatures;
    struct ta_error err;
    char *again = NULL;
    fail_unless(ta_signatures_read(&signatures, text, &err), &err);
    for (size_t at = 0; at < signatures.count; at++) {
        char *longer;
        assert_true(ta_signatures_append(&longer, again, &signatures.items[at], NULL));
        free(again);
        again = longer;
    }
    assert_text(again, text);
    ta_signatures_release(&signatures);
}

static void meetings(const char *text)
{
    struct ta_meetings meetings;
    struct ta_error err;
    char *again = NULL;
    fail_unless(ta_meetings_read(&meetings, text, &err), &err);
    assert_int_equal(meetings.count, entries_in(text));
    for (size_t at = 0; at < meetings.count; at++) {
        char *longer;
        assert_true(ta_meetings_put(&longer, again, &meetings.items[at], NULL));
        free(again);
        again = longer;
    }
    assert_text(again, text);
    ta_meetings_release(&meetings);
}

static void promises(const char *text)
{
    struct ta_promises promises;
    struct ta_error err;
    char *again = NULL;
    fail_unless(ta_promises_read(&promises, text, &priya_and_dana, &err), &err);
    assert_int_equal(promises.count, entries_in(text));
    for (size_t at = 0; at < promises.count; at++) {
        char *longer;
        assert_int_not_equal(promises.items[at].owner, TA_NOBODY);
        assert_true(ta_promises_put(&longer, again, &promises.items[at], &priya_and_dana, NULL));
        free(again);
        again = longer;
    }
    assert_text(again, text);
    ta_promises_release(&promises);
}

static void agenda(const char *text)
{
    struct ta_agenda agenda;
    struct ta_error err;
    char *again;
    fail_unless(ta_agenda_paper_read(&agenda, text, &err), &err);
    assert_int_equal(ta_agenda_sum(&agenda), agenda.minutes);
    assert_true(ta_agenda_paper_write(&again, NULL, &agenda, NULL));
    assert_text(again, text);
    ta_agenda_release(&agenda);
}

static void summary(const char *text)
{
    struct ta_summary summary;
    struct ta_error err;
    fail_unless(ta_summary_paper_read(&summary, text, &priya_and_dana, &err), &err);
    assert_int_equal(summary.promises.items[0].owner, TA_MENTEE);
    assert_text(ta_summary_paper_new(&summary, &priya_and_dana), text);
    ta_summary_release(&summary);
}

static void reply(const char *text)
{
    struct ta_error err;
    char *words;
    char *again = NULL;
    fail_unless(ta_reply_paper_read(&words, text, &err), &err);
    const unsigned session = 3;
    fail_unless(ta_reply_paper_set(&again, NULL, session, words, &err), &err);
    assert_text(again, text);
    free(words);
}

static void release(const char *text)
{
    struct ta_release decided;
    struct ta_error err;
    char *written;
    fail_unless(ta_release_paper_read(&decided, text, &err), &err);
    assert_int_equal(decided.struck_count + decided.approval_count, entries_in(text));
    fail_unless(ta_release_paper_write(&written, NULL, &decided, &err), &err);
    assert_text(written, text);
    ta_release_release(&decided);
}

static const struct {
    const char *title;
    void (*check)(const char *text);
} examples[] = {
    {"README.md", readme},
    {"contract.md", contract},
    {"contract-proposed.md", contract},
    {"signatures.md", signatures},
    {"meetings.md", meetings},
    {"promises.md", promises},
    {"sessions/NN/agenda.md", agenda},
    {"sessions/NN/summary.md", summary},
    {"sessions/NN/reply.md", reply},
    {"sessions/NN/release.md", release},
};

enum { EXAMPLES = sizeof examples / sizeof *examples };

static void every_example_is_what_the_program_writes(void **state)
{
    for (size_t at = 0; at < EXAMPLES; at++) {
        char *text = example(*state, examples[at].title);
        examples[at].check(text);
        free(text);
    }
}

static void no_example_is_left_out(void **state)
{
    size_t fences = 0;
    for (const char *at = *state; (at = strstr(at, "\n```markdown\n")) != NULL; at++) {
        fences++;
    }
    assert_int_equal(fences, EXAMPLES);
}

/* The page says how to check a signature by hand; with its own examples that has to come out. */
static void the_signatures_are_those_of_the_contract(void **state)
{
    char *text = example(*state, "contract.md");
    char *signed_text = example(*state, "signatures.md");
    char digest[TA_DIGEST_SIZE];
    struct ta_signatures signatures;
    ta_digest(digest, text, strlen(text));
    assert_true(ta_signatures_read(&signatures, signed_text, NULL));
    assert_true(ta_signatures_in_force(&signatures, digest));
    ta_signatures_release(&signatures);
    free(signed_text);
    free(text);
}

static void every_clause_and_choice_is_named(void **state)
{
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        const struct ta_clause_facts *facts = ta_clause_facts(clause);
        assert_holds(*state, facts->title);
        for (size_t at = 0; facts->kind == TA_CLAUSE_CHOICE && facts->choices[at] != NULL; at++) {
            struct ta_text choice = {0};
            ta_text_addf(&choice, "`%s`", facts->choices[at]);
            assert_holds(*state, choice.bytes);
            ta_text_release(&choice);
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_is_what_the_program_writes),
        cmocka_unit_test(no_example_is_left_out),
        cmocka_unit_test(the_signatures_are_those_of_the_contract),
        cmocka_unit_test(every_clause_and_choice_is_named),
    };
    if (argc != 2) {
        (void)fprintf(stderr, "usage: %s docs/pair-repository.md\n", argv[0]);
        return 2;
    }
    page_path = argv[1];
    return cmocka_run_group_tests(tests, read_page, free_page);
}
