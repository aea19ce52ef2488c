#include "turnabout/document/reply_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void reads(const char *paper, const char *words)
{
    char *read;
    struct ta_error err;
    if (!ta_reply_paper_read(&read, paper, &err)) {
        fail_msg("%s", err.text);
    }
    assert_string_equal(read, words);
    free(read);
}

static char *set(const char *paper, const char *words)
{
    char *out = NULL;
    struct ta_error err;
    if (!ta_reply_paper_set(&out, paper, 3, words, &err)) {
        fail_msg("%s", err.text);
    }
    return out;
}

static void a_new_paper_holds_the_words_behind_its_heading(void **state)
{
    (void)state;
    char *paper = set(NULL, "  I heard it differently.\n\n## Twice\n- once\n\n");
    assert_string_equal(paper, "---\nturnabout: reply/1\nsession: 3\n---\n# Reply to session 3\n\n"
                               "I heard it differently.\n\n## Twice\n- once\n");
    reads(paper, "I heard it differently.\n\n## Twice\n- once");
    free(paper);
}

static void other_words_leave_the_rest_as_it_was(void **state)
{
    (void)state;
    const char *by_hand =
        "---\nturnabout: reply/1\nsession: 3\nmood: good\n---\n\n# To Dana\n\nOld "
        "words.\n";
    reads(by_hand, "Old words.");
    char *paper = set(by_hand, "New words.");
    assert_string_equal(paper, "---\nturnabout: reply/1\nsession: 3\nmood: good\n---\n\n# To "
                               "Dana\n\nNew words.\n");
    free(paper);
}

static void without_a_heading_all_of_it_is_words(void **state)
{
    (void)state;
    reads("---\nturnabout: reply/1\n---\nOnly words.\n# And a heading\n",
          "Only words.\n# And a heading");
    reads("---\nturnabout: reply/1\n---\n", "");
}

static void what_is_no_reply_is_refused(void **state)
{
    static const char *const wrong[] = {"", "words", "---\nturnabout: summary/1\n---\nwords\n",
                                        "---\nturnabout: reply/2\n---\nwords\n"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *words;
        char *out = NULL;
        struct ta_error err;
        assert_false(ta_reply_paper_read(&words, wrong[i], &err));
        assert_int_equal(err.code, TA_DAMAGED);
        assert_false(ta_reply_paper_set(&out, wrong[i], 3, "words", &err));
        assert_null(out);
    }
}

static void first_line(const char *words, const char *expected)
{
    struct ta_piece line = ta_reply_first_line(words);
    char *text = ta_piece_copy(line);
    assert_string_equal(text, expected);
    free(text);
}

static void the_first_line_is_the_first_that_says_something(void **state)
{
    (void)state;
    first_line("I heard it.\nTwice.", "I heard it.");
    first_line("\n  \n## What I heard\n\nThat", "What I heard");
    first_line("---\n- a dot", "a dot");
    first_line("> quoted", "quoted");
    first_line("", "");
    first_line("#\n-\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_paper_holds_the_words_behind_its_heading),
        cmocka_unit_test(other_words_leave_the_rest_as_it_was),
        cmocka_unit_test(without_a_heading_all_of_it_is_words),
        cmocka_unit_test(what_is_no_reply_is_refused),
        cmocka_unit_test(the_first_line_is_the_first_that_says_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
