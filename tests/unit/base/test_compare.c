#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/compare.h"
#include "turnabout/base/memory.h"

static const char *const open_signs[] = {"", "[-", "{+"};
static const char *const close_signs[] = {"", "-]", "+}"};

/* "ask [-the-]{+a+} junior" */
static void assert_compared(const char *before, const char *after, const char *expected)
{
    struct ta_runs runs = {0};
    struct ta_text told = {0};
    ta_compare(&runs, ta_piece_of(before), ta_piece_of(after));
    ta_text_add(&told, "");
    for (size_t i = 0; i < runs.count; i++) {
        const struct ta_run *run = &runs.items[i];
        ta_text_addf(&told, "%s%.*s%s", open_signs[run->change], (int)run->text.length,
                     run->text.at, close_signs[run->change]);
    }
    assert_string_equal(told.bytes, expected);
    ta_text_release(&told);
    ta_runs_release(&runs);
}

static void a_word_that_changed_shows_as_that(void **state)
{
    (void)state;
    assert_compared("Ask the juniors first.\n", "Ask two juniors first.\n",
                    "Ask [-the-]{+two+} juniors first.\n");
    assert_compared("Ask juniors\n", "Ask juniors first\n", "Ask juniors{+ first+}\n");
    assert_compared("In Monday's review\n", "In Monday’s review\n",
                    "In [-Monday's-]{+Monday’s+} review\n");
    assert_compared("30 minutes\n", "45 minutes\n", "[-30-]{+45+} minutes\n");
}

static void words_are_those_of_unicode(void **state)
{
    (void)state;
    assert_compared("Zoë spricht mit Jürgen\n", "Zoë spricht mit Jorgen\n",
                    "Zoë spricht mit [-Jürgen-]{+Jorgen+}\n");
    /* One family, one character, one word: never half of it. */
    assert_compared("we 👨‍👩‍👧 here\n", "we 👨‍👩‍👦 here\n",
                    "we [-👨‍👩‍👧-]{+👨‍👩‍👦+} here\n");
}

static void equal_texts_have_no_change(void **state)
{
    (void)state;
    assert_compared("", "", "");
    assert_compared("a\nb\n", "a\nb\n", "a\nb\n");
}

static void one_that_came_or_went_is_whole(void **state)
{
    (void)state;
    assert_compared("", "a\nb\n", "{+a\nb\n+}");
    assert_compared("a\nb\n", "", "[-a\nb\n-]");
    assert_compared("a\nc\n", "a\nb\nc\n", "a\n{+b\n+}c\n");
    assert_compared("a\nb\nc\n", "a\nc\n", "a\n[-b\n-]c\n");
}

static void lines_with_little_in_common_are_not_mixed(void **state)
{
    (void)state;
    assert_compared("Everybody speaks in turn\n", "The chair listens to all of us for once\n",
                    "[-Everybody speaks in turn\n-]{+The chair listens to all of us for once\n+}");
}

static void a_phrase_that_changed_is_one_change(void **state)
{
    (void)state;
    assert_compared("We will always ask the senior people first, then decide\n",
                    "We will always ask every junior person first, then decide\n",
                    "We will always ask [-the senior people-]{+every junior person+} first, then "
                    "decide\n");
}

static void text_that_is_not_utf8_is_compared_by_line(void **state)
{
    (void)state;
    assert_compared("a \xff one\nsame\n", "a \xff two\nsame\n",
                    "[-a \xff one\n-]{+a \xff two\n+}same\n");
}

/* Any two texts */

static unsigned next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33U);
}

static void make_text(struct ta_text *text, uint64_t *seed, const char *const *parts,
                      unsigned kinds)
{
    unsigned length = next_random(seed) % 24;
    ta_text_add(text, "");
    for (unsigned i = 0; i < length; i++) {
        ta_text_add(text, parts[next_random(seed) % kinds]);
    }
}

/* Without what is new it is the old text; without what is gone, the new one. */
static void assert_applies(const struct ta_runs *runs, const char *before, const char *after)
{
    struct ta_text old = {0};
    struct ta_text new = {0};
    ta_text_add(&old, "");
    ta_text_add(&new, "");
    for (size_t i = 0; i < runs->count; i++) {
        const struct ta_run *run = &runs->items[i];
        assert_true(run->text.length > 0);
        if (run->change != TA_CHANGE_NEW) {
            ta_text_add_bytes(&old, run->text.at, run->text.length);
        }
        if (run->change != TA_CHANGE_GONE) {
            ta_text_add_bytes(&new, run->text.at, run->text.length);
        }
        /* What is gone stands before what is new, and never twice in a row. */
        assert_true(
            i == 0 || runs->items[i - 1].change == TA_CHANGE_NONE ||
            (runs->items[i - 1].change == TA_CHANGE_GONE && run->change != TA_CHANGE_GONE) ||
            run->change == TA_CHANGE_NONE);
    }
    assert_string_equal(old.bytes, before);
    assert_string_equal(new.bytes, after);
    ta_text_release(&old);
    ta_text_release(&new);
}

static void applying_a_difference_gives_the_new_text(void **state)
{
    (void)state;
    static const char *const parts[] = {"ask ", "the ", "juniors", " ",     "\n",   ", ",
                                        "é",    "\r\n", "\xff",    "first", "\n\n", "e\xcc\x81"};
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        struct ta_text before = {0};
        struct ta_text after = {0};
        struct ta_runs runs = {0};
        unsigned kinds = 2 + next_random(&seed) % 11;
        make_text(&before, &seed, parts, kinds);
        make_text(&after, &seed, parts, kinds);
        ta_compare(&runs, ta_piece_of(before.bytes), ta_piece_of(after.bytes));
        assert_applies(&runs, before.bytes, after.bytes);
        ta_runs_release(&runs);
        ta_text_release(&before);
        ta_text_release(&after);
    }
}

/* How many lines two texts of two-byte lines have in common at best. */
static size_t best_of(const char *before, const char *after)
{
    size_t one = strlen(before) / 3;
    size_t other = strlen(after) / 3;
    size_t best[32][32] = {{0}};
    for (size_t i = 1; i <= one; i++) {
        for (size_t j = 1; j <= other; j++) {
            bool equal = memcmp(before + 3 * (i - 1), after + 3 * (j - 1), 3) == 0;
            size_t skipped = best[i - 1][j] > best[i][j - 1] ? best[i - 1][j] : best[i][j - 1];
            best[i][j] = equal ? best[i - 1][j - 1] + 1 : skipped;
        }
    }
    return best[one][other];
}

static void as_much_stays_as_can(void **state)
{
    (void)state;
    static const char *const parts[] = {"\xff"
                                        "a\n",
                                        "\xff"
                                        "b\n",
                                        "\xff"
                                        "c\n",
                                        "\xff"
                                        "d\n",
                                        "\xff"
                                        "e\n",
                                        "\xff"
                                        "f\n"};
    uint64_t seed = 11;
    for (int round = 0; round < 20000; round++) {
        struct ta_text before = {0};
        struct ta_text after = {0};
        struct ta_runs runs = {0};
        unsigned kinds = 1 + next_random(&seed) % 6;
        size_t same = 0;
        make_text(&before, &seed, parts, kinds);
        make_text(&after, &seed, parts, kinds);
        ta_compare(&runs, ta_piece_of(before.bytes), ta_piece_of(after.bytes));
        for (size_t i = 0; i < runs.count; i++) {
            same += runs.items[i].change == TA_CHANGE_NONE ? runs.items[i].text.length / 3 : 0;
        }
        assert_int_equal(same, best_of(before.bytes, after.bytes));
        ta_runs_release(&runs);
        ta_text_release(&before);
        ta_text_release(&after);
    }
}

static void large_texts_with_nothing_in_common_come_to_an_end(void **state)
{
    (void)state;
    struct ta_text before = {0};
    struct ta_text after = {0};
    struct ta_runs runs = {0};
    uint64_t seed = 3;
    for (int i = 0; i < 60000; i++) {
        ta_text_addf(&before, "%u %u\n", next_random(&seed) % 50, next_random(&seed));
        ta_text_addf(&after, "%u %u\n", next_random(&seed) % 50, next_random(&seed));
    }
    ta_compare(&runs, ta_piece_of(before.bytes), ta_piece_of(after.bytes));
    assert_applies(&runs, before.bytes, after.bytes);
    ta_runs_release(&runs);
    ta_text_release(&before);
    ta_text_release(&after);
}

/* Line by line */

static void assert_lines(const char *before, const char *after, const char *expected)
{
    static const char signs[] = " -+*";
    struct ta_comparison comparison;
    struct ta_text told = {0};
    bool gap = false;
    ta_compare_lines(&comparison, before, after);
    ta_text_add(&told, "");
    for (size_t i = 0; i < comparison.line_count; i++) {
        if (ta_comparison_shows(&comparison, i)) {
            ta_text_addf(&told, "%s%c", gap ? "...\n" : "", signs[comparison.lines[i].change]);
            ta_compared_write(&told, &comparison, &comparison.lines[i]);
            ta_text_add(&told, "\n");
        }
        gap = !ta_comparison_shows(&comparison, i);
    }
    assert_string_equal(told.bytes, expected);
    ta_text_release(&told);
    ta_comparison_release(&comparison);
}

static void lines_say_how_they_changed(void **state)
{
    (void)state;
    assert_lines("one\ntwo words\nthree\n", "one\ntwo signs\nfour\nthree\n",
                 " one\n*two [-words-]{+signs+}\n+four\n three\n");
    assert_lines("one\ntwo\n", "two\n", "-one\n two\n");
    assert_lines("a\n\nb\n", "a\nx\n\nb\n", " a\n+x\n \n b\n");
    assert_lines("old\nb\n", "new old\nmore\nb\n", "*{+new +}old\n+more\n b\n");
    assert_lines("one", "one\n", "");
    assert_lines("", "", "");
}

static void a_line_end_that_went_has_a_sign(void **state)
{
    (void)state;
    assert_lines("ask the juniors\nfirst of all\n", "ask the juniors first of all\n",
                 "*ask the juniors[-↵-]\n*{+ +}first of all\n");
}

static void what_did_not_change_is_left_out_but_for_its_heading(void **state)
{
    (void)state;
    assert_lines("# Contract\n1\n2\n## Goals\n3\n4\n5\n6\nold\n7\n8\n9\n10\n11\n",
                 "# Contract\n1\n2\n## Goals\n3\n4\n5\n6\nnew\n7\n8\n9\n10\n11\n",
                 "...\n ## Goals\n...\n 5\n 6\n-old\n+new\n 7\n 8\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_that_changed_shows_as_that),
        cmocka_unit_test(words_are_those_of_unicode),
        cmocka_unit_test(equal_texts_have_no_change),
        cmocka_unit_test(one_that_came_or_went_is_whole),
        cmocka_unit_test(lines_with_little_in_common_are_not_mixed),
        cmocka_unit_test(a_phrase_that_changed_is_one_change),
        cmocka_unit_test(text_that_is_not_utf8_is_compared_by_line),
        cmocka_unit_test(applying_a_difference_gives_the_new_text),
        cmocka_unit_test(as_much_stays_as_can),
        cmocka_unit_test(large_texts_with_nothing_in_common_come_to_an_end),
        cmocka_unit_test(lines_say_how_they_changed),
        cmocka_unit_test(a_line_end_that_went_has_a_sign),
        cmocka_unit_test(what_did_not_change_is_left_out_but_for_its_heading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
