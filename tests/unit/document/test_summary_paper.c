#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"

/* The example of the format's own description. */
static const char example[] = "---\n"
                              "turnabout: summary/1\n"
                              "session: 3\n"
                              "held: 2026-11-24T10:02:00+01:00\n"
                              "minutes: {planned: 45, lasted: 47}\n"
                              "present: [Priya Raman, Dana Holt]\n"
                              "---\n"
                              "# Session 3: Who speaks first\n"
                              "\n"
                              "## Takeaways\n"
                              "- The first to speak sets what can be said\n"
                              "## Differences\n"
                              "- Dana hears a pause as agreement, Priya as caution\n"
                              "## Promises\n"
                              "- [ ] P7 Dana Holt: ask juniors first (due 2026-12-01)\n"
                              "## Questions\n"
                              "- Who decides what counts as urgent\n"
                              "## Notes\n"
                              "- 0:40 Before it all\n"
                              "### Check-in (3 min planned, 5 used)\n"
                              "### Who speaks first (25 min planned, 24 used)\n"
                              "- 19:30 Example from the Lisbon launch\n"
                              "- 1:02:05 Late\n";

#define FRONT "---\nturnabout: summary/1\nsession: 3\n---\n"

static struct ta_summary read_summary(const char *text)
{
    struct ta_summary summary;
    struct ta_error err;
    if (!ta_summary_paper_read(&summary, text, &priya_and_dana, &err)) {
        fail_msg("%s", err.text);
    }
    return summary;
}

static void writes_what_it_reads(void **state)
{
    (void)state;
    struct ta_summary summary = read_summary(example);
    assert_int_equal(summary.session, 3);
    assert_string_equal(summary.title, "Who speaks first");
    assert_int_equal(summary.held.instant, 1795510920000);
    assert_int_equal(summary.held.offset, 60);
    assert_int_equal(summary.planned, 45);
    assert_int_equal(summary.lasted, 47);
    assert_string_equal(summary.present[TA_MENTOR], "Priya Raman");
    assert_string_equal(summary.present[TA_MENTEE], "Dana Holt");
    assert_int_equal(summary.promises.count, 1);
    assert_int_equal(summary.promises.items[0].owner, TA_MENTEE);
    assert_int_equal(summary.promises.items[0].session, 3);
    assert_int_equal(summary.item_count, 3);
    assert_null(summary.items[0].title);
    assert_int_equal(summary.items[0].notes[0].elapsed, 40);
    assert_int_equal(summary.items[2].planned, 25);
    assert_int_equal(summary.items[2].used, 24);
    assert_int_equal(summary.items[2].notes[1].elapsed, 3725);
    assert_text(ta_summary_paper_new(&summary, &priya_and_dana), example);
    ta_summary_release(&summary);
}

static void the_floor_stands_in_front_when_it_was_kept(void **state)
{
    (void)state;
    struct ta_summary summary = {.session = 1, .title = ta_copy(""), .floor = {61, 39}};
    char *text = ta_summary_paper_new(&summary, &priya_and_dana);
    assert_non_null(strstr(text, "\nfloor: {mentor: 61, mentee: 39}\n---\n"));
    ta_summary_release(&summary);
    summary = read_summary(text);
    assert_int_equal(summary.floor[TA_MENTOR], 61);
    assert_int_equal(summary.floor[TA_MENTEE], 39);
    ta_summary_release(&summary);
    free(text);
}

static void names_survive_a_list(void **state)
{
    (void)state;
    struct ta_summary summary = {.session = 1, .title = ta_copy("")};
    summary.present[TA_MENTOR] = ta_copy("Raman, Priya");
    summary.present[TA_MENTEE] = ta_copy("[D] \u0394\u03ac\u03bd\u03b1");
    char *text = ta_summary_paper_new(&summary, &priya_and_dana);
    struct ta_summary read = read_summary(text);
    assert_string_equal(read.present[TA_MENTOR], "Raman, Priya");
    assert_string_equal(read.present[TA_MENTEE], "[D] \u0394\u03ac\u03bd\u03b1");
    assert_string_equal(read.title, "");
    assert_holds(text, "\n# Session 1\n");
    ta_summary_release(&read);
    ta_summary_release(&summary);
    free(text);
}

static void one_who_was_present_is_known_by_name(void **state)
{
    (void)state;
    struct ta_summary summary =
        read_summary("---\nturnabout: summary/1\nsession: 3\npresent: [dana]\n---\n");
    assert_null(summary.present[TA_MENTOR]);
    assert_string_equal(summary.present[TA_MENTEE], "dana");
    ta_summary_release(&summary);
}

/* What one reads of a paper that somebody wrote by hand. */
static void understands_what_people_write(void **state)
{
    (void)state;
    struct ta_summary summary =
        read_summary("---\r\nturnabout: summary/1\r\nsession: 3\r\nheld: yesterday\r\n"
                     "minutes: {lasted : 50,planned:99999999999}\r\n---\r\n"
                     "# What we said\r\n\r\n## Takeaways\r\nWe agreed:\r\n\r\n* one\r\n  "
                     "wrapped\r\n*\r\n* two\r\n"
                     "## Promises\r\n- Sam: look it up (due soon)\r\n- just a line\r\n"
                     "## Notes\r\n### Odd (25 min planned)\r\n- no time\r\n- 10:99999999999 x\r\n- "
                     "1:2:3:4 y\r\n");
    assert_string_equal(summary.title, "What we said");
    assert_int_equal(summary.held.instant, 0);
    assert_int_equal(summary.planned, 0);
    assert_int_equal(summary.lasted, 50);
    assert_int_equal(summary.lines[TA_SUMMARY_TAKEAWAYS].count, 2);
    assert_string_equal(summary.lines[TA_SUMMARY_TAKEAWAYS].items[0], "one wrapped");
    assert_string_equal(summary.lines[TA_SUMMARY_TAKEAWAYS].items[1], "two");
    assert_int_equal(summary.lines[TA_SUMMARY_DIFFERENCES].count, 0);
    assert_int_equal(summary.promises.count, 2);
    assert_int_equal(summary.promises.items[0].owner, TA_NOBODY);
    assert_string_equal(summary.promises.items[0].named, "Sam");
    assert_string_equal(summary.promises.items[0].text, "look it up (due soon)");
    assert_int_equal(summary.promises.items[1].owner, TA_NOBODY);
    assert_string_equal(summary.promises.items[1].text, "just a line");
    assert_int_equal(summary.item_count, 1);
    assert_string_equal(summary.items[0].title, "Odd (25 min planned)");
    assert_string_equal(summary.items[0].notes[0].text, "no time");
    assert_string_equal(summary.items[0].notes[1].text, "10:99999999999 x");
    assert_string_equal(summary.items[0].notes[2].text, "1:2:3:4 y");
    ta_summary_release(&summary);
}

static char *set_line(const char *text, enum ta_summary_section section, size_t index,
                      const char *line)
{
    char *out = NULL;
    struct ta_error err;
    if (!ta_summary_paper_set_line(&out, text, section, index, line, &err)) {
        fail_msg("%s", err.text);
    }
    return out;
}

static void is_the_change(const char *before, char *after, size_t first, size_t removed,
                          const char *added)
{
    struct change change = change_between(before, after);
    assert_int_equal(change.removed, removed);
    assert_int_equal(change.added, lines_of(added));
    if (removed + change.added > 0) {
        assert_int_equal(change.first, first);
    }
    assert_holds(after, added);
    free(after);
}

static void a_line_is_changed_added_and_struck(void **state)
{
    (void)state;
    is_the_change(example, set_line(example, TA_SUMMARY_TAKEAWAYS, 0, "Other"), 10, 1, "- Other\n");
    is_the_change(example, set_line(example, TA_SUMMARY_TAKEAWAYS, 1, "More"), 11, 0, "- More\n");
    is_the_change(example, set_line(example, TA_SUMMARY_QUESTIONS, 0, NULL), 16, 1, "");
    is_the_change(example, set_line(example, TA_SUMMARY_QUESTIONS, 0, "  "), 16, 1, "");
}

static void a_line_keeps_its_marker_and_line_end(void **state)
{
    (void)state;
    const char *text =
        FRONT "## Takeaways\nSome prose\n\n* one\n  wrapped\n\n  below\n 2) two\n\nEnd";
    is_the_change(text, set_line(text, TA_SUMMARY_TAKEAWAYS, 0, "new"), 7, 4, "* new\n");
    is_the_change(text, set_line(text, TA_SUMMARY_TAKEAWAYS, 1, "new"), 11, 1, " 2) new\n");
    is_the_change(text, set_line(text, TA_SUMMARY_TAKEAWAYS, 2, "new"), 12, 0, "- new\n");
    const char *windows = "---\r\nturnabout: summary/1\r\nsession: 3\r\n---\r\n## Takeaways\r\n- a";
    assert_text(
        set_line(windows, TA_SUMMARY_TAKEAWAYS, 1, "b"),
        "---\r\nturnabout: summary/1\r\nsession: 3\r\n---\r\n## Takeaways\r\n- a\r\n- b\r\n");
}

static void a_section_that_is_missing_is_added_in_its_place(void **state)
{
    (void)state;
    const char *text =
        FRONT "# Session 3\n\n## Takeaways\n- a\n\n## Ours\nx\n\n## Notes\n- 0:01 n\n";
    assert_text(set_line(text, TA_SUMMARY_PROMISES, 0, "[ ] Dana: ask"),
                FRONT "# Session 3\n\n## Takeaways\n- a\n\n## Promises\n\n- [ ] Dana: ask\n\n"
                      "## Ours\nx\n\n## Notes\n- 0:01 n\n");
    assert_text(set_line(FRONT "## Takeaways\n## Notes\n", TA_SUMMARY_TAKEAWAYS, 0, "a"),
                FRONT "## Takeaways\n- a\n## Notes\n");
    assert_text(
        set_line(FRONT "## Takeaways\nProse\n  in\n\n## Notes\n", TA_SUMMARY_TAKEAWAYS, 0, "a"),
        FRONT "## Takeaways\nProse\n  in\n- a\n\n## Notes\n");
    assert_text(set_line(FRONT "## Takeaways\nProse\n```\nopen\n", TA_SUMMARY_TAKEAWAYS, 0, "a"),
                FRONT "## Takeaways\nProse\n- a\n```\nopen\n");
}

static void refuse_line(const char *text, size_t index, const char *line, enum ta_code code)
{
    struct ta_error err;
    char *out;
    assert_false(ta_summary_paper_set_line(&out, text, TA_SUMMARY_TAKEAWAYS, index, line, &err));
    assert_int_equal(err.code, code);
}

static void refuses_a_line_that_cannot_be(void **state)
{
    (void)state;
    refuse_line(example, 2, "x", TA_ABSENT);
    refuse_line(example, 1, NULL, TA_ABSENT);
    refuse_line(example, (size_t)-1, NULL, TA_ABSENT);
    refuse_line(FRONT, 0, NULL, TA_ABSENT);
    refuse_line(FRONT, 1, "x", TA_ABSENT);
    refuse_line(example, 0, "two\nlines", TA_WRONG);
    refuse_line(example, 0, "\xFF", TA_WRONG);
    refuse_line("# no summary\n", 0, "x", TA_DAMAGED);
}

static void expect_title(const char *text, const char *title, const char *after)
{
    char *out;
    struct ta_error err;
    if (!ta_summary_paper_set_title(&out, text, title, &err)) {
        fail_msg("%s", err.text);
    }
    assert_text(out, after);
}

static void names_the_session(void **state)
{
    (void)state;
    char *out;
    expect_title(FRONT "# Session 3: Old\nx\n", "New: it", FRONT "# Session 3: New: it\nx\n");
    expect_title(FRONT "x\n", "New", FRONT "# Session 3: New\n\nx\n");
    expect_title(FRONT "```\n# no\n```\n# Old", NULL, FRONT "```\n# no\n```\n# Session 3\n");
    expect_title(FRONT "## Takeaways\n# Later\n", "New",
                 FRONT "# Session 3: New\n\n## Takeaways\n# Later\n");
    assert_false(ta_summary_paper_set_title(&out, FRONT, "a\nb", NULL));
}

static void numbers_promises_that_have_no_id(void **state)
{
    (void)state;
    char *out;
    const char *text =
        FRONT "## Promises\r\n\r\n- [ ] Dana Holt: ask\r\n  again\r\n"
              "* [x] P3 Priya Raman: told\r\n1. just a line\r\n- [ ]\r\n"
              "- P9 no box\r\n- [ ] P0 zero\r\n-\r\n  below\r\n## Questions\r\n- [ ] not one\r\n";
    assert_true(ta_summary_paper_number(&out, text, &priya_and_dana, 7, NULL));
    assert_text(out, FRONT "## Promises\r\n\r\n- [ ] P7 Dana Holt: ask\r\n  again\r\n"
                           "* [x] P3 Priya Raman: told\r\n1. [ ] P8 just a line\r\n- [ ] P9 \r\n"
                           "- P9 no box\r\n- [ ] P10 P0 zero\r\n- [ ] P11 \r\n  below\r\n## "
                           "Questions\r\n- [ ] not one\r\n");
}

static void refuse(const char *text, const char *because)
{
    struct ta_summary summary;
    struct ta_error err;
    char *out;
    assert_false(ta_summary_paper_read(&summary, text, &priya_and_dana, &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, because);
    assert_null(summary.title);
    assert_false(ta_summary_paper_number(&out, "", &priya_and_dana, 1, &err));
}

static void refuses_what_is_no_summary(void **state)
{
    (void)state;
    refuse("---\nturnabout: summary/2\nsession: 1\n---\n", "newer Turnabout");
    refuse("---\nturnabout: summary/1\n---\n", "session: 1");
    refuse("---\nturnabout: summary/1\nsession: 99999999999\n---\n", "session: 1");
    refuse("", "does not say what it is");
}

static void read_any(const char *text)
{
    struct ta_summary summary;
    char *out;
    if (!ta_summary_paper_read(&summary, text, &priya_and_dana, NULL)) {
        return;
    }
    for (enum ta_summary_section section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        size_t count = summary.lines[section].count;
        struct ta_summary after;
        assert_true(ta_summary_paper_set_line(&out, text, section, count, "one more", NULL));
        assert_true(ta_summary_paper_read(&after, out, &priya_and_dana, NULL));
        assert_int_equal(after.lines[section].count, count + 1);
        assert_string_equal(after.lines[section].items[count], "one more");
        ta_summary_release(&after);
        free(out);
    }
    assert_true(ta_summary_paper_number(&out, text, &priya_and_dana, 1, NULL));
    free(out);
    ta_summary_release(&summary);
}

static void survives_any_bytes(void **state)
{
    (void)state;
    survive(example, read_any);
}

/* A paper as large as is read at all, every line a promise: no step may be slower than linear. */
static void the_largest_paper_is_no_trap(void **state)
{
    (void)state;
    struct ta_text text = {0};
    char *out;
    ta_text_add(&text, FRONT "## Promises\n");
    while (text.length < 4 * 1024 * 1024 - 8) {
        ta_text_add(&text, "- [ ] x\n");
    }
    assert_true(ta_summary_paper_number(&out, text.bytes, &priya_and_dana, 1, NULL));
    assert_holds(out + strlen(out) - 20, "P524");
    free(out);
    ta_text_release(&text);
}

#define HEAD                                                                                       \
    "---\nturnabout: summary/1\nsession: 3\nheld: 2026-11-24T10:02:00+01:00\n---\n# Session 3: "

static void two_of_one_session_become_one(void **state)
{
    (void)state;
    static const char there[] = HEAD "Theirs\n\n## Takeaways\n- Both\n- Theirs\n## Promises\n"
                                     "- [ ] P7 Dana Holt: ask juniors first (due 2026-12-01)\n"
                                     "## Notes\n### Check-in (3 min planned, 5 used)\n- 0:40 A\n";
    static const char own[] = HEAD "Ours\n\n## Takeaways\n- Both\n- Ours\n## Promises\n"
                                   "- [ ] Dana Holt: ask juniors first (due 2026-12-01)\n"
                                   "- [ ] Priya Raman: tell the board\n"
                                   "## Notes\n### Check-in (3 min planned, 5 used)\n- 0:50 B\n"
                                   "\nIn my own words.\n";
    char *joined = ta_summary_paper_join(own, NULL, there, &priya_and_dana);
    struct ta_summary summary = read_summary(joined);
    assert_string_equal(summary.title, "Theirs");
    assert_int_equal(summary.lines[TA_SUMMARY_TAKEAWAYS].count, 3);
    assert_int_equal(summary.promises.count, 2);
    assert_int_equal(summary.promises.items[0].id + summary.promises.items[1].id, 7);
    assert_int_equal(summary.item_count, 1);
    assert_int_equal(summary.items[0].count, 2);
    assert_holds(joined, "In my own words.");
    ta_summary_release(&summary);
    free(joined);
}

static void what_was_joined_is_not_put_there_again(void **state)
{
    (void)state;
    static const char was[] = HEAD "x\n\n## Takeaways\n- Struck here\n- One\n";
    static const char is[] = HEAD "x\n\n## Takeaways\n- Struck here\n- One more word\n";
    static const char own[] = HEAD "x\n\n## Takeaways\n- One\n- Ours\n";
    char *joined = ta_summary_paper_join(own, was, is, &priya_and_dana);
    assert_string_equal(joined, HEAD "x\n\n## Takeaways\n- One more word\n- Ours\n");
    free(joined);
}

static void assert_renumbered(const char *text, const char *expected)
{
    char *renumbered = ta_session_renumber(text, 12);
    assert_string_equal(renumbered, expected);
    free(renumbered);
}

static void a_paper_gets_another_number(void **state)
{
    (void)state;
    assert_renumbered("---\nturnabout: summary/1\nsession: 3\n---\n# Session 3: After session 3\n"
                      "session: 3\n",
                      "---\nturnabout: summary/1\nsession: 12\n---\n"
                      "# Session 12: After session 3\nsession: 3\n");
    assert_renumbered("---\r\nsession:   3 \r\n---\r\n# Agenda for session 3\r\n",
                      "---\r\nsession:   12 \r\n---\r\n# Agenda for session 12\r\n");
    assert_renumbered("---\nsession: 3\n---\n# What session 2 left\n",
                      "---\nsession: 12\n---\n# What session 2 left\n");
    assert_renumbered("---\nsession: three\n---\n# Session 3\n",
                      "---\nsession: three\n---\n# Session 3\n");
    assert_renumbered("session", "session");
    assert_renumbered("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_it_reads),
        cmocka_unit_test(the_floor_stands_in_front_when_it_was_kept),
        cmocka_unit_test(names_survive_a_list),
        cmocka_unit_test(one_who_was_present_is_known_by_name),
        cmocka_unit_test(understands_what_people_write),
        cmocka_unit_test(a_line_is_changed_added_and_struck),
        cmocka_unit_test(a_line_keeps_its_marker_and_line_end),
        cmocka_unit_test(a_section_that_is_missing_is_added_in_its_place),
        cmocka_unit_test(refuses_a_line_that_cannot_be),
        cmocka_unit_test(names_the_session),
        cmocka_unit_test(numbers_promises_that_have_no_id),
        cmocka_unit_test(two_of_one_session_become_one),
        cmocka_unit_test(what_was_joined_is_not_put_there_again),
        cmocka_unit_test(a_paper_gets_another_number),
        cmocka_unit_test(refuses_what_is_no_summary),
        cmocka_unit_test(survives_any_bytes),
        cmocka_unit_test(the_largest_paper_is_no_trap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
