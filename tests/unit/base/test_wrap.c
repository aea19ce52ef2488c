/* Where lines of a text are broken. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/unicode.h"

#define FAMILY "\U0001F469\u200d\U0001F469\u200d\U0001F467"
#define FLAGS "\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7"
#define WAVE "\U0001F44B\U0001F3FD"
#define E_ACUTE "e\u0301"

/* Wraps the whole text and shows the lines with '|' between them. */
static void assert_lines(const char *text, int columns, const char *expected)
{
    struct ta_text lines = {0};
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t end = ta_wrap(text + at, length - at, columns);
        assert_in_range(end, 1, length - at);
        ta_text_add(&lines, at > 0 ? "|" : "");
        ta_text_add_bytes(&lines, text + at, end);
        at += end;
    }
    assert_string_equal(lines.bytes, expected);
    ta_text_release(&lines);
}

static void lines_break_where_people_break_them(void **state)
{
    (void)state;
    assert_lines("who speaks first", 20, "who speaks first");
    assert_lines("who speaks first", 10, "who speaks |first");
    assert_lines("who speaks first", 9, "who |speaks |first");
    assert_lines("one   \ttwo", 3, "one   \t|two");
    assert_lines("well-known", 6, "well-|known");
    assert_lines("so, e.g. this", 7, "so, |e.g. |this");
    assert_lines("at 3.14 or 10:30", 6, "at |3.14 |or |10:30");
    assert_lines("a (b) c", 3, "a |(b) |c");
    assert_lines("中文字", 4, "中文|字");
    assert_lines("中文。", 4, "中|文。");
    assert_lines("été " E_ACUTE "t" E_ACUTE " été", 4, "été |" E_ACUTE "t" E_ACUTE " |été");
}

static void a_line_feed_ends_a_line(void **state)
{
    (void)state;
    assert_lines("one\ntwo\n", 10, "one\n|two\n");
    assert_lines("\n\n", 10, "\n|\n");
    assert_lines("one  \ntwo", 3, "one  \n|two");
    assert_lines("one", 3, "one");
    assert_lines("one\n", 3, "one\n");
    assert_lines("one   ", 3, "one   ");
}

static void words_break_only_when_wider_than_the_line(void **state)
{
    (void)state;
    assert_lines("a incomprehensible b", 8, "a |incompre|hensible |b");
    assert_lines("abc", 1, "a|b|c");
    assert_lines("中a", 1, "中|a");
    assert_lines(FAMILY E_ACUTE, 2, FAMILY "|" E_ACUTE);
    assert_lines("e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301");
}

static void an_address_that_fits_a_line_stays_whole(void **state)
{
    (void)state;
    assert_lines("see https://example.org/a-b/c?d=e for", 30,
                 "see |https://example.org/a-b/c?d=e |for");
    assert_lines("(https://example.org/a-b/c?d=e)", 31, "(https://example.org/a-b/c?d=e)");
    assert_lines("请看https://example.org/a-b，好", 23, "请看|https://example.org/a-b|，好");
    assert_lines("a://b a-b c://d", 5, "a://b |a-b |c://d");
}

static void an_address_wider_than_a_line_is_broken(void **state)
{
    (void)state;
    assert_lines("see https://example.org/aaaa/bbbb", 20, "see https://|example.org/aaaa/|bbbb");
}

static void a_window_of_any_width_is_filled(void **state)
{
    (void)state;
    const char *text = "Dana hört eine Pause als Zustimmung, Priya als Vorsicht: 中文字和 "
                       "https://example.org/aaaa/bbbb?c=d " FAMILY FLAGS WAVE " e\u0301te\u0301 "
                       "Donaudampfschifffahrtsgesellschaftskapitän\n\n  (so) … \t end";
    size_t length = strlen(text);
    for (int columns = 1; columns < 120; columns++) {
        for (size_t at = 0; at < length;) {
            size_t end = ta_wrap(text + at, length - at, columns);
            assert_in_range(end, 1, length - at);
            assert_true(ta_utf8_is_valid(text + at, end));
            struct ta_piece line = {text + at, end};
            while (line.length > 0 && strchr(" \t\n", line.at[line.length - 1]) != NULL) {
                line.length--;
            }
            bool one = ta_character_next(line.at, line.length, 0) >= line.length;
            assert_true(one || ta_width(line.at, line.length) <= columns);
            at += end;
        }
    }
}

int main(void)
{
    if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_where_people_break_them),
        cmocka_unit_test(a_line_feed_ends_a_line),
        cmocka_unit_test(words_break_only_when_wider_than_the_line),
        cmocka_unit_test(an_address_that_fits_a_line_stays_whole),
        cmocka_unit_test(an_address_wider_than_a_line_is_broken),
        cmocka_unit_test(a_window_of_any_width_is_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
