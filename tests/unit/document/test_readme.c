#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/record_paper.h"

static const struct ta_moment since = {1793523600000, 60}; /* 1 November 2026, 10:00 in Berlin */

static void reads_back(const char *text, const struct ta_pair *expected)
{
    struct ta_pair pair = {0};
    struct ta_moment made;
    struct ta_error err;
    if (!ta_readme_read(&pair, &made, text, &err)) {
        fail_msg("%s", err.text);
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        assert_string_equal(pair.person[role].name, expected->person[role].name);
        assert_int_equal(pair.person[role].email == NULL, expected->person[role].email == NULL);
        if (pair.person[role].email != NULL) {
            assert_string_equal(pair.person[role].email, expected->person[role].email);
        }
    }
    assert_int_equal(pair.topic == NULL, expected->topic == NULL);
    if (pair.topic != NULL) {
        assert_string_equal(pair.topic, expected->topic);
    }
    assert_int_equal(made.instant, since.instant);
    assert_int_equal(made.offset, since.offset);
    ta_pair_release(&pair);
}

static void a_new_pair(void **state)
{
    (void)state;
    struct ta_readme_facts facts = {.pair = &priya_and_dana, .since = since};
    char *text = ta_readme_write(&facts);
    assert_string_equal(text,
                        "---\n"
                        "turnabout: record/1\n"
                        "mentor: Priya Raman <priya@example.org>\n"
                        "mentee: Dana Holt <dana@example.org>\n"
                        "topic: Who gets heard in our meetings\n"
                        "since: 2026-11-01T10:00:00+01:00\n"
                        "---\n"
                        "# Priya Raman and Dana Holt\n"
                        "\n"
                        "Reverse mentoring: Priya Raman is the mentor, Dana Holt the mentee.\n"
                        "Topic: Who gets heard in our meetings\n"
                        "\n"
                        "## Where things stand\n"
                        "- Contract: none in force yet\n"
                        "- Sessions: 0 held\n"
                        "- Next meeting: no date set\n");
    reads_back(text, &priya_and_dana);
    free(text);
}

static void a_pair_in_the_middle(void **state)
{
    (void)state;
    struct ta_meeting items[] = {
        {.id = 1, .state = TA_MEETING_HELD, .session = 100, .by = TA_NOBODY},
        {.id = 2, .state = TA_MEETING_HELD, .session = 2, .by = TA_NOBODY},
        {.id = 3, .when = {1795510800000, 60}, .by = TA_NOBODY},
    };
    struct ta_promise made[] = {
        {.id = 1, .owner = TA_MENTOR, .text = (char[]){"share"}, .session = 1},
        {.id = 2, .owner = TA_MENTEE, .text = (char[]){"ask"}, .state = TA_PROMISE_DONE},
        {.id = 3, .owner = TA_MENTEE, .text = (char[]){"count"}, .due = {2026, 12, 1}},
    };
    const struct ta_meetings meetings = {items, 3};
    const struct ta_promises promises = {made, 3};
    struct ta_readme_facts facts = {&priya_and_dana, since, 2, 120, &meetings, &promises};
    char *text = ta_readme_write(&facts);
    assert_holds(text, "- Contract: [version 2](contract.md) is in force\n");
    assert_holds(text, "- Sessions: 100 of 120 held; "
                       "[summary of session 100](sessions/100s/100/summary.md)\n");
    assert_holds(text, "- Next meeting: Tue 24 Nov 2026, 10:00 ([all meetings](meetings.md))\n");
    assert_holds(text, "## Open promises\n- [ ] P1 Priya Raman: share (session 1)\n"
                       "- [ ] P3 Dana Holt: count (due 2026-12-01)\n");
    assert_null(strstr(text, "P2"));
    reads_back(text, &priya_and_dana);
    free(text);
}

static void names_of_any_script_come_back(void **state)
{
    (void)state;
    const struct ta_pair pair = {
        .topic = (char[]){"\"Who: speaks\" # first"},
        .person = {{(char[]){"\u041f\u0440\u0438\u044f: \"P\" Raman"}, NULL},
                   {(char[]){"\u0645\u0646\u0649"}, (char[]){"mona@example.org"}}},
    };
    const struct ta_readme_facts facts = {.pair = &pair, .since = since};
    char *text = ta_readme_write(&facts);
    reads_back(text, &pair);
    free(text);
}

static void a_pair_without_a_topic(void **state)
{
    (void)state;
    struct ta_pair pair = priya_and_dana;
    pair.topic = NULL;
    const struct ta_readme_facts facts = {.pair = &pair, .since = since};
    char *text = ta_readme_write(&facts);
    reads_back(text, &pair);
    assert_null(strstr(text, "Topic:"));
    free(text);
}

static void refuse(const char *text, const char *because)
{
    struct ta_pair pair = {0};
    struct ta_moment made;
    struct ta_error err;
    assert_false(ta_readme_read(&pair, &made, text, &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, "README.md");
    assert_holds(err.text, because);
    assert_null(pair.person[TA_MENTOR].name);
}

static void refuses_what_names_no_pair(void **state)
{
    (void)state;
    refuse("# A project\n", "does not say what it is");
    refuse("---\nturnabout: record/2\n---\n", "newer Turnabout");
    refuse("---\nturnabout: record/1\nmentee: Dana\n---\n", "who the mentor is");
    refuse("---\nturnabout: record/1\nmentor: Priya\nmentee: <>\n---\n", "who the mentee is");
}

static void is_path(unsigned session, const char *path)
{
    assert_text(ta_session_path(session, "summary.md"), path);
}

static void sessions_have_their_folders(void **state)
{
    (void)state;
    is_path(1, "sessions/01/summary.md");
    is_path(99, "sessions/99/summary.md");
    is_path(100, "sessions/100s/100/summary.md");
    is_path(123, "sessions/100s/123/summary.md");
    is_path(1999, "sessions/1900s/1999/summary.md");
}

static void read_any(const char *text)
{
    struct ta_pair pair = {0};
    struct ta_moment made;
    if (ta_readme_read(&pair, &made, text, NULL)) {
        ta_pair_release(&pair);
    }
}

static void survives_any_bytes(void **state)
{
    (void)state;
    const struct ta_readme_facts facts = {.pair = &priya_and_dana, .since = since};
    char *text = ta_readme_write(&facts);
    survive(text, read_any);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_pair),
        cmocka_unit_test(a_pair_in_the_middle),
        cmocka_unit_test(names_of_any_script_come_back),
        cmocka_unit_test(a_pair_without_a_topic),
        cmocka_unit_test(refuses_what_names_no_pair),
        cmocka_unit_test(sessions_have_their_folders),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
