#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/released.h"
#include "turnabout/document/summary_paper.h"

#define SUMMARY                                                                                    \
    "---\nturnabout: summary/1\nsession: 3\nheld: 2026-11-24T10:02:00+01:00\n"                     \
    "minutes: {planned: 45, lasted: 47}\npresent: [Priya Raman, Dana Holt]\n"                      \
    "floor: {mentor: 61, mentee: 39}\n---\n# Session 3: Who speaks first\n\n"                      \
    "## Takeaways\n- The first to speak sets what can be said\n- Silence is not agreement\n"       \
    "## Differences\n- Dana hears a pause as agreement\n"                                          \
    "## Promises\n- [ ] P7 Dana Holt: ask juniors first (due 2026-12-01)\n"                        \
    "- [x] P8 Priya Raman: send the list\n"                                                        \
    "## Questions\n- Who decides what counts as urgent\n"                                          \
    "## Notes\n### Who speaks first (25 min planned, 24 used)\n- 19:30 The Lisbon launch\n"

#define FACT "# Session 3, 24 Nov 2026, 47 min\n"

static struct ta_released_lines compose(const char *text, enum ta_shared level)
{
    struct ta_summary summary;
    struct ta_released_lines lines;
    struct ta_error err;
    if (!ta_summary_paper_read(&summary, text, &priya_and_dana, &err)) {
        fail_msg("%s", err.text);
    }
    ta_released_compose(&lines, &summary, priya_and_dana.person, level);
    ta_summary_release(&summary);
    return lines;
}

static void assert_released(enum ta_shared level, const char *expected)
{
    struct ta_released_lines lines = compose(SUMMARY, level);
    assert_text(ta_released_text(&lines), expected);
    ta_released_lines_release(&lines);
}

static void takeaways_are_words_and_a_count(void **state)
{
    (void)state;
    assert_released(TA_SHARED_TAKEAWAYS, FACT "- The first to speak sets what can be said\n"
                                              "- Silence is not agreement\n\n"
                                              "Promises made: 2\n");
}

static void a_summary_has_promises_and_questions(void **state)
{
    (void)state;
    assert_released(TA_SHARED_SUMMARY, FACT "- The first to speak sets what can be said\n"
                                            "- Silence is not agreement\n\n"
                                            "## Promises\n"
                                            "- Dana Holt: ask juniors first (due 2026-12-01)\n"
                                            "- Priya Raman: send the list\n"
                                            "## Questions\n"
                                            "- Who decides what counts as urgent\n");
}

static void below_takeaways_there_are_no_words(void **state)
{
    (void)state;
    assert_released(TA_SHARED_ATTENDANCE, FACT);
    assert_released(TA_SHARED_NOTHING, FACT);
}

/* Strikes the lines with these texts and tells what is left. */
static void assert_struck(const char *const *struck, const char *expected)
{
    struct ta_released_lines lines = compose(SUMMARY, TA_SHARED_SUMMARY);
    struct ta_release release = {0};
    for (; *struck; struck++) {
        char digest[TA_DIGEST_SIZE];
        ta_digest(digest, *struck, strlen(*struck));
        ta_release_strike(&release, digest);
    }
    ta_released_strike(&lines, &release);
    assert_text(ta_released_text(&lines), expected);
    ta_release_release(&release);
    ta_released_lines_release(&lines);
}

static void a_struck_line_is_not_there(void **state)
{
    (void)state;
    assert_struck(
        (const char *[]){"- Silence is not agreement", "- Priya Raman: send the list", NULL},
        FACT "- The first to speak sets what can be said\n\n"
             "## Promises\n- Dana Holt: ask juniors first (due 2026-12-01)\n"
             "## Questions\n- Who decides what counts as urgent\n");
}

static void a_struck_heading_takes_its_section(void **state)
{
    (void)state;
    assert_struck((const char *[]){"## Promises", NULL},
                  FACT "- The first to speak sets what can be said\n- Silence is not agreement\n\n"
                       "## Questions\n- Who decides what counts as urgent\n");
}

static void a_heading_without_lines_goes(void **state)
{
    (void)state;
    assert_struck((const char *[]){"- Who decides what counts as urgent", "## Promises", NULL},
                  FACT "- The first to speak sets what can be said\n- Silence is not agreement\n");
}

static void facts_cannot_be_struck(void **state)
{
    (void)state;
    assert_struck((const char *[]){"# Session 3, 24 Nov 2026, 47 min", "", "## Promises",
                                   "## Questions", "- Silence is not agreement",
                                   "- The first to speak sets what can be said", NULL},
                  FACT);
}

static void withheld_says_only_that(void **state)
{
    (void)state;
    struct ta_released_lines lines = compose(SUMMARY, TA_SHARED_SUMMARY);
    assert_text(ta_released_withheld(&lines), FACT "\nWithheld.\n");
    ta_released_lines_release(&lines);
}

/* What a person wrote, and how it stands in the released text. */
static const struct {
    const char *said, *released;
} entries[] = {
    {"plain", "- plain"},
    {"# no heading", "- \\# no heading"},
    {"- no list", "- \\- no list"},
    {"+", "- \\+"},
    {"12. no list", "- 12\\. no list"},
    {"3) no list", "- 3\\) no list"},
    {"12.5 of them", "- 12\\.5 of them"},
    {"12 of them", "- 12 of them"},
    {"> no quote", "- \\> no quote"},
    {"``` no code", "- \\``` no code"},
    {"~~~", "- \\~~~"},
    {"---", "- \\---"},
    {"* * *", "- \\* * *"},
    {"**loud**", "- **loud**"},
    {"-5 degrees", "- -5 degrees"},
    {"<!-- gone", "- \\<!-- gone"},
    {"a\x1b[31mred\x07", "- a [31mred"},
    {"two\xE2\x80\xA8lines\xC2\x85here", "- two lines here"},
    {"\xE2\x80\xAEturned", "- turned"},
    {"broken \xff byte", "- broken \xEF\xBF\xBD byte"},
    {"\\ back", "- \\\\ back"},
    {"  edges\t", "- edges"},
};

static void an_entry_stays_one_entry(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        struct ta_summary summary = {.session = 3};
        struct ta_released_lines lines;
        struct ta_text expected = {0};
        ta_summary_add_line(&summary, TA_SUMMARY_TAKEAWAYS, entries[i].said);
        ta_released_compose(&lines, &summary, priya_and_dana.person, TA_SHARED_TAKEAWAYS);
        ta_text_addf(&expected, "# Session 3\n%s\n", entries[i].released);
        assert_text(ta_released_text(&lines), expected.bytes);
        ta_text_release(&expected);
        ta_released_lines_release(&lines);
        ta_summary_release(&summary);
    }
}

static void what_was_released_is_read_back(void **state)
{
    (void)state;
    struct ta_summary summary = {
        .session = 123, .held = {1795510920000, 60}, .lasted = 47}; /* 24 Nov 2026 10:02 */
    struct ta_promise promise = {.owner = TA_MENTEE, .text = "ask", .due = {2026, 12, 1}};
    struct ta_released_lines lines;
    struct ta_released_session session;
    struct ta_error err;
    ta_summary_add_line(&summary, TA_SUMMARY_TAKEAWAYS, "# one");
    ta_summary_add_line(&summary, TA_SUMMARY_TAKEAWAYS, "2. two");
    ta_summary_add_line(&summary, TA_SUMMARY_QUESTIONS, "why");
    ta_promises_add(&summary.promises, &promise);
    ta_released_compose(&lines, &summary, priya_and_dana.person, TA_SHARED_SUMMARY);
    char *text = ta_released_text(&lines);
    assert_true(ta_released_session_read(&session, text, &err));
    assert_int_equal(session.session, 123);
    assert_int_equal(session.minutes, 47);
    assert_int_equal(session.day.year, 2026);
    assert_int_equal(session.day.month, 11);
    assert_int_equal(session.day.day, 24);
    assert_int_equal(session.takeaways.count, 2);
    assert_string_equal(session.takeaways.items[0], "# one");
    assert_string_equal(session.takeaways.items[1], "2. two");
    assert_int_equal(session.promises.count, 1);
    assert_string_equal(session.promises.items[0], "Dana Holt: ask (due 2026-12-01)");
    assert_int_equal(session.questions.count, 1);
    assert_false(session.withheld);
    assert_false(session.has_made);
    ta_released_session_release(&session);
    free(text);
    ta_released_lines_release(&lines);
    ta_summary_release(&summary);
}

static void counts_and_withholding_are_read(void **state)
{
    (void)state;
    struct ta_released_session session;
    struct ta_error err;
    assert_true(ta_released_session_read(&session, FACT "- a\n\nPromises made: 2\n", &err));
    assert_true(session.has_made);
    assert_int_equal(session.made, 2);
    ta_released_session_release(&session);
    assert_true(ta_released_session_read(&session, FACT "\nWithheld.\n", &err));
    assert_true(session.withheld);
    ta_released_session_release(&session);
    assert_false(ta_released_session_read(&session, "", &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_false(ta_released_session_read(&session, "# Session 0\n", &err));
    assert_false(ta_released_session_read(&session, "hello\n", &err));
}

static void read_anything(const char *text)
{
    struct ta_released_session session;
    if (ta_released_session_read(&session, text, NULL)) {
        ta_released_session_release(&session);
    }
}

static void anything_can_be_read(void **state)
{
    (void)state;
    survive(FACT "- a\n\n## Promises\n- Dana Holt: ask\n## Questions\n- why\n", read_anything);
}

/* pair.md */

#define PAIR                                                                                       \
    "---\nturnabout: released/1\nmentor: Priya Raman\nmentee: Dana Holt\n"                         \
    "topic: Who gets heard in our meetings\nlevel: takeaways\ncontract: 2\n"                       \
    "since: 2026-11-22T09:00:00Z\nplanned: 6\nrhythm: 3\nminutes: 45\n"                            \
    "promises: {open: 2, done: 1, told: 1}\n---\n# Priya Raman and Dana Holt\n\nBelow.\n"

static const struct ta_released_pair pair = {
    .name = {(char[]){"Priya Raman"}, (char[]){"Dana Holt"}},
    .topic = (char[]){"Who gets heard in our meetings"},
    .level = TA_SHARED_TAKEAWAYS,
    .contract = 2,
    .since = {1795338000000, 60},
    .planned = 6,
    .rhythm = 3,
    .minutes = 45,
    .has_promises = true,
    .promises = {2, 1, 1},
};

static void the_pair_is_written(void **state)
{
    (void)state;
    assert_text(ta_released_pair_write(&pair, "Below.\n"), PAIR);
}

static void the_pair_is_read_back(void **state)
{
    (void)state;
    struct ta_released_pair read;
    struct ta_error err;
    assert_true(ta_released_pair_read(&read, PAIR, &err));
    char *again = ta_released_pair_write(&read, "Below.\n");
    assert_text(again, PAIR);
    ta_released_pair_release(&read);
}

static void nothing_names_nobody(void **state)
{
    (void)state;
    struct ta_released_pair nothing = {.level = TA_SHARED_NOTHING};
    assert_text(ta_released_pair_write(&nothing, NULL),
                "---\nturnabout: released/1\nlevel: nothing\n---\n");
}

static void no_address_is_written(void **state)
{
    (void)state;
    struct ta_released_pair odd = {
        .name = {(char[]){"Priya <priya@example.org> x"}, (char[]){"dana@example.org"}},
        .level = TA_SHARED_ATTENDANCE};
    assert_text(ta_released_pair_write(&odd, NULL),
                "---\nturnabout: released/1\nmentor: Priya\nmentee: mentee\nlevel: attendance\n"
                "---\n# Priya and mentee\n");
}

static void an_unknown_level_is_nothing(void **state)
{
    (void)state;
    struct ta_released_pair read;
    struct ta_error err;
    assert_true(ta_released_pair_read(
        &read, "---\nturnabout: released/1\nlevel: everything\npromises: x\n---\n", &err));
    assert_int_equal(read.level, TA_SHARED_NOTHING);
    assert_int_equal(read.promises[0], 0);
    ta_released_pair_release(&read);
    assert_false(ta_released_pair_read(&read, "---\nturnabout: released/2\n---\n", &err));
    assert_int_equal(err.code, TA_DAMAGED);
}

static void read_any_pair(const char *text)
{
    struct ta_released_pair read;
    if (ta_released_pair_read(&read, text, NULL)) {
        ta_released_pair_release(&read);
    }
}

static void any_pair_can_be_read(void **state)
{
    (void)state;
    survive(PAIR, read_any_pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takeaways_are_words_and_a_count),
        cmocka_unit_test(a_summary_has_promises_and_questions),
        cmocka_unit_test(below_takeaways_there_are_no_words),
        cmocka_unit_test(a_struck_line_is_not_there),
        cmocka_unit_test(a_struck_heading_takes_its_section),
        cmocka_unit_test(a_heading_without_lines_goes),
        cmocka_unit_test(facts_cannot_be_struck),
        cmocka_unit_test(withheld_says_only_that),
        cmocka_unit_test(an_entry_stays_one_entry),
        cmocka_unit_test(what_was_released_is_read_back),
        cmocka_unit_test(counts_and_withholding_are_read),
        cmocka_unit_test(anything_can_be_read),
        cmocka_unit_test(the_pair_is_written),
        cmocka_unit_test(the_pair_is_read_back),
        cmocka_unit_test(nothing_names_nobody),
        cmocka_unit_test(no_address_is_written),
        cmocka_unit_test(an_unknown_level_is_nothing),
        cmocka_unit_test(any_pair_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
