#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/document/excerpts.h"

/* Each as "line kind session day text" on a line. */
static void excerpts_are(const char *path, const char *text, const char *expected)
{
    struct ta_excerpts excerpts = {0};
    struct ta_text said = {0};
    ta_excerpts_read(&excerpts, path, text);
    for (size_t i = 0; i < excerpts.count; i++) {
        const struct ta_excerpt *one = &excerpts.items[i];
        ta_text_addf(&said, "%zu %s %u %d-%d %s\n", one->line, ta_excerpt_kind_name(one->kind),
                     one->session, one->day.month, one->day.day, one->text);
    }
    assert_string_equal(said.bytes ? said.bytes : "", expected);
    ta_text_release(&said);
    ta_excerpts_release(&excerpts);
}

static void a_summary_line_by_line(void **state)
{
    (void)state;
    excerpts_are(
        "sessions/03/summary.md",
        "---\nturnabout: summary/1\nsession: 3\nheld: 2026-11-24T10:02:00+01:00\n---\n"
        "# Session 3: Who speaks first\n\n## Takeaways\n- The first to speak\n"
        "  sets what can be said\n## Differences\n- A pause\n## Promises\n- [ ] Dana: ask\n"
        "## Questions\n- Who decides\n## Notes\n### Check-in (3 min planned, 4 used)\n"
        "- 19:30 Example from Lisbon\n\nWritten by hand.\n",
        "5 session 3 11-24 Who speaks first\n"
        "8 takeaway 3 11-24 The first to speak\nsets what can be said\n"
        "11 difference 3 11-24 A pause\n"
        "15 question 3 11-24 Who decides\n"
        "18 note 3 11-24 Example from Lisbon\n"
        "20 note 3 11-24 Written by hand.\n");
}

static void an_agenda_without_what_each_has(void **state)
{
    (void)state;
    excerpts_are(
        "sessions/100s/123/agenda.md",
        "---\nturnabout: agenda/1\nsession: 123\n---\n# Agenda\n\n1. Check-in (3 min)\n"
        "2. Who speaks first (25 min)\n   Dana: I counted.\n3. Wrap-up (8 min)\n   Lisbon\n\n"
        "## Set aside\n\n- Why so early\n",
        "7 agenda 123 0-0 Who speaks first\nDana: I counted.\n"
        "9 agenda 123 0-0 Wrap-up\nLisbon\n"
        "14 agenda 123 0-0 Why so early\n");
}

static void a_contract_clause_by_clause(void **state)
{
    (void)state;
    excerpts_are("contract.md",
                 "---\nturnabout: contract/1\nversion: 2\n---\n# Contract\n\nOf two.\n\n"
                 "## Topic\n\nWho gets heard\n\n## Off-limits\n\n- family\n- health\n\n"
                 "## Support\n\nTwo\nlines.\n",
                 "10 contract 0 0-0 Topic: Who gets heard\n"
                 "14 contract 0 0-0 Off-limits: family; health\n"
                 "19 contract 0 0-0 Support: Two lines.\n");
}

static void lists_of_the_record(void **state)
{
    (void)state;
    excerpts_are("promises.md",
                 "---\nturnabout: promises/1\n---\n# Promises\n\n"
                 "- [x] P5 Dana Holt: publish (due 2026-11-10, session 2)\n- [ ] P6 Priya: share\n",
                 "5 promise 2 0-0 P5 Dana Holt: publish (due 2026-11-10, session 2)\n"
                 "6 promise 0 0-0 P6 Priya: share\n");
    excerpts_are("meetings.md",
                 "---\nturnabout: meetings/1\n---\n# Meetings\n\n"
                 "- M1 2026-11-24T10:00:00+01:00 held as session 1, 47 min\n"
                 "- M2 2026-12-15T10:00:00+01:00 cancelled by mentee, 4 h notice: travel\n",
                 "6 meeting 0 12-15 M2 2026-12-15T10:00:00+01:00 cancelled by mentee, 4 h notice: "
                 "travel\n");
    excerpts_are(
        "README.md",
        "---\nturnabout: record/1\nmentor: Priya Raman <p@example.org>\nmentee: Dana Holt\n"
        "topic: Who gets heard\n---\n# Both\n",
        "2 pair 0 0-0 Priya Raman and Dana Holt: Who gets heard\n");
}

static void what_was_released(void **state)
{
    (void)state;
    excerpts_are("sessions/03/released.md",
                 "# Session 3, 24 Nov 2026, 47 min\n- The first to speak\n- Another\n\n"
                 "Promises made: 2\n",
                 "1 takeaway 3 0-0 The first to speak\n2 takeaway 3 0-0 Another\n");
    excerpts_are("sessions/03/released.md",
                 "# Session 3, 24 Nov 2026, 47 min\n- One\n\n## Promises\n- Dana Holt: ask\n\n"
                 "## Questions\n- Who\n",
                 "1 takeaway 3 0-0 One\n4 promise 3 0-0 Dana Holt: ask\n7 question 3 0-0 Who\n");
    excerpts_are("sessions/04/released.md", "# Session 4, 1 Dec 2026, 40 min\n\nWithheld.\n", "");
}

static void what_is_not_searched(void **state)
{
    (void)state;
    assert_false(ta_is_searched("signatures.md"));
    assert_false(ta_is_searched("sessions/01/release.md"));
    assert_true(ta_is_searched("sessions/01/reply.md"));
    excerpts_are("signatures.md", "- v2 mentee Dana Holt\n", "");
    excerpts_are("contract.md", "no front matter\n", "");
    excerpts_are("sessions/01/summary.md", "---\nturnabout: summary/1\nnever ends\n", "");
    excerpts_are("sessions/01/reply.md", "\xFF\xFE", "");
    assert_int_equal(ta_path_session("sessions/100s/123/summary.md"), 123);
    assert_int_equal(ta_path_session("sessions/100s/summary.md"), 0);
    assert_int_equal(ta_path_session("summary.md"), 0);
}

static void fenced_code_is_text(void **state)
{
    (void)state;
    excerpts_are(
        "sessions/01/reply.md",
        "---\nturnabout: reply/1\n---\n# Reply\n\n```\n# no heading\n- no entry\n```\nend\n",
        "5 reply 1 0-0 ```\n# no heading\n- no entry\n```\nend\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_summary_line_by_line),
        cmocka_unit_test(an_agenda_without_what_each_has),
        cmocka_unit_test(a_contract_clause_by_clause),
        cmocka_unit_test(lists_of_the_record),
        cmocka_unit_test(what_was_released),
        cmocka_unit_test(what_is_not_searched),
        cmocka_unit_test(fenced_code_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
