#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "turnabout/base/unicode.h"

#define FAMILY "\U0001F469\u200d\U0001F469\u200d\U0001F467"
#define FLAGS "\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7"
#define WAVE "\U0001F44B\U0001F3FD"
#define E_ACUTE "e\u0301"
#define KSHI "\u0915\u093f" /* one character of two code points, each a column wide */

static void valid_text_is_whole_utf8_without_nul(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } wrong[] = {
        {"a\0b", 3},
        {"\xff", 1},
        {"\xc3", 1},
        {"a\xe4\xb8", 3},
        {"\xc0\xaf", 2},
        {"\xed\xa0\x80", 3},
        {"\xf4\x90\x80\x80", 4},
        {"\x80", 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(ta_utf8_is_valid(wrong[i].bytes, wrong[i].length));
    }
    assert_true(ta_utf8_is_valid("Größe 中 " FAMILY, strlen("Größe 中 " FAMILY)));
    assert_true(ta_utf8_is_valid(NULL, 0));
}

static void a_line_has_no_line_end_and_no_control_character(void **state)
{
    (void)state;
    static const char *const lines[] = {"", "Größe 中", FAMILY, "caf\u00E9 \u00A0"};
    static const char *const prose[] = {"one\ntwo", "a\tb", "\n"};
    static const char *const neither[] = {"a\rb",     "\x1b[2J",  "bell \x07", "\x7f", "\xC2\x85",
                                          "\xC2\x9B", "a\u2028b", "a\u2029b",  "\xC3", "\xFF"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_true(ta_is_line(ta_piece_of(lines[i])));
        assert_true(ta_is_prose(ta_piece_of(lines[i])));
    }
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++) {
        assert_false(ta_is_line(ta_piece_of(prose[i])));
        assert_true(ta_is_prose(ta_piece_of(prose[i])));
    }
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++) {
        assert_false(ta_is_line(ta_piece_of(neither[i])));
        assert_false(ta_is_prose(ta_piece_of(neither[i])));
    }
    assert_false(ta_is_line((struct ta_piece){"a\0b", 3}));
}

/* The text is the concatenation of its characters: each edge is found from both sides. */
static void assert_characters(const char *const *characters, size_t count)
{
    struct ta_text text = {0};
    for (size_t i = 0; i < count; i++) {
        ta_text_add(&text, characters[i]);
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t next = at + strlen(characters[i]);
        assert_int_equal(ta_character_next(text.bytes, text.length, at), next);
        assert_int_equal(ta_character_before(text.bytes, text.length, next), at);
        at = next;
    }
    ta_text_release(&text);
}

static void characters_are_what_people_see(void **state)
{
    (void)state;
    static const char *const characters[] = {
        "a",
        E_ACUTE,
        "é",
        "\t",
        "中",
        "文",
        FAMILY,
        "\U0001F1E9\U0001F1EA",
        "\U0001F1EB\U0001F1F7",
        "\U0001F1E9",
        "x",
        WAVE,
        "👋",
        KSHI,
        "\u1112\u1161\u11ab",
        "\r\n",
        "\n",
        "\u0301",
        "❤\ufe0f",
        "न\u094d",
        "\u0645\u064f",
        " ",
        "~",
    };
    assert_characters(characters, sizeof characters / sizeof characters[0]);
}

static void many_flags_are_paired_from_the_first(void **state)
{
    (void)state;
    enum { FLAG_COUNT = 100 };
    const char *characters[FLAG_COUNT];
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        characters[i] = "\U0001F1E9\U0001F1EA";
    }
    assert_characters(characters, FLAG_COUNT);
}

/* Longer than any window: still one character. */
static void a_character_may_carry_many_marks(void **state)
{
    (void)state;
    struct ta_text heap = {0};
    ta_text_add(&heap, "a");
    for (size_t i = 0; i < 300; i++) {
        ta_text_add(&heap, i % 2 == 0 ? "\u0301" : "\u0302");
    }
    const char *const characters[] = {"x", heap.bytes, "é", FAMILY};
    assert_characters(characters, sizeof characters / sizeof characters[0]);
    ta_text_release(&heap);
}

static void moving_stays_within_the_text(void **state)
{
    (void)state;
    assert_int_equal(ta_character_next("ab", 2, 2), 2);
    assert_int_equal(ta_character_next("ab", 2, 9), 2);
    assert_int_equal(ta_character_before("ab", 2, 0), 0);
    assert_int_equal(ta_character_before("ab", 2, 9), 1);
    assert_int_equal(ta_character_next("", 0, 0), 0);
    assert_int_equal(ta_word_next("ab", 2, 2), 2);
    assert_int_equal(ta_word_before("ab", 2, 0), 0);
    assert_int_equal(ta_word_before("", 0, 0), 0);
}

/* Words end at '>' and begin at '<' in the pattern, which are no part of the text. */
static void assert_words(const char *pattern)
{
    char text[1000] = "";
    size_t starts[20] = {0};
    size_t ends[20] = {0};
    size_t count = 0;
    size_t length = 0;
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == '<') {
            starts[count] = length;
        } else if (*at == '>') {
            ends[count++] = length;
        } else {
            text[length++] = *at;
        }
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        at = ta_word_next(text, length, at);
        assert_int_equal(at, ends[i]);
    }
    assert_int_equal(ta_word_next(text, length, at), length);
    at = length;
    for (size_t i = count; i > 0; i--) {
        at = ta_word_before(text, length, at);
        assert_int_equal(at, starts[i - 1]);
    }
    assert_int_equal(ta_word_before(text, length, at), 0);
}

static void words_are_found_both_ways(void **state)
{
    (void)state;
    assert_words("<Who> <speaks> <first>?");
    assert_words("  (<Dana's>) <3.14>, <e"
                 "\u0301"
                 "te\u0301>\n\n<Größe>");
    assert_words("<да> — <нет>");
    assert_words("<中><文> 👋🏽 <snake_case>");
    assert_words("");
    assert_words(" ... ");
}

static void words_are_found_far_away(void **state)
{
    (void)state;
    char pattern[1000];
    (void)snprintf(pattern, sizeof pattern, "<a>%300s<%s>%300s<z>", "",
                   "longlonglonglonglonglonglonglonglonglonglonglonglong", "");
    assert_words(pattern);
    /* Words of any length, so that each edge of a window falls into one. */
    for (size_t length = 1; length < 300; length += 7) {
        char word[300] = "";
        memset(word, 'w', length);
        (void)snprintf(pattern, sizeof pattern, "<%s> <it's> <%s>'", word, word);
        assert_words(pattern);
    }
}

/* An edge of a window may fall into a word, which then looks like another. */
static void a_word_is_whole_behind_any_gap(void **state)
{
    (void)state;
    for (int gap = 1; gap < 600; gap++) {
        char pattern[700];
        (void)snprintf(pattern, sizeof pattern, "<don't>%*s", gap, "");
        assert_words(pattern);
    }
}

static void a_cursor_within_a_word_reaches_its_ends(void **state)
{
    (void)state;
    const char *text = "Who speaks first";
    assert_int_equal(ta_word_next(text, strlen(text), 6), 10);
    assert_int_equal(ta_word_before(text, strlen(text), 6), 4);
    assert_int_equal(ta_word_next(text, strlen(text), 3), 10);
    assert_int_equal(ta_word_before(text, strlen(text), 4), 0);
}

enum { HUGE_TEXT = 1 << 20, SEEN = 4096 };

/* A text of a megabyte of which only `SEEN` bytes from `from` may be touched: what looks at more
 * ends this test with a fault. */
static char *hidden(size_t from, const char *unit)
{
    char *text = mmap(NULL, HUGE_TEXT, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(text, MAP_FAILED);
    assert_int_equal(mprotect(text + from, SEEN, PROT_READ | PROT_WRITE), 0);
    size_t length = strlen(unit);
    for (size_t at = 0; at < SEEN - SEEN % length; at++) {
        text[from + at] = unit[at % length];
    }
    return text;
}

static void a_step_in_a_long_text_looks_at_little_of_it(void **state)
{
    (void)state;
    static const char *const units[] = {"abc def ", "中文 ", "e\u0301 ", WAVE "a"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        char *front = hidden(0, units[i]);
        assert_in_range(ta_character_next(front, HUGE_TEXT, 0), 1, 8);
        assert_in_range(ta_word_next(front, HUGE_TEXT, 0), 1, SEEN);
        assert_in_range(ta_fit(front, HUGE_TEXT, 80), 40, 400);
        assert_in_range(ta_wrap(front, HUGE_TEXT, 80), 40, 400);
        assert_int_equal(munmap(front, HUGE_TEXT), 0);
        size_t last = strlen(units[i]) * (SEEN / strlen(units[i]));
        char *back = hidden(HUGE_TEXT - SEEN, units[i]);
        size_t end = HUGE_TEXT - SEEN + last;
        assert_in_range(ta_character_before(back, end, end), end - 8, end - 1);
        assert_in_range(ta_word_before(back, end, end), HUGE_TEXT - SEEN, end - 1);
        assert_int_equal(munmap(back, HUGE_TEXT), 0);
    }
}

struct shown {
    const char *bytes, *clean;
    int width;
};

static const struct shown shown[] = {
    {"", "", 0},
    {"plain text", "plain text", 10},
    {"中文é", "中文é", 5},
    {"a\tb", "a b", 3},
    {"a\nb", "a\nb", 2},
    {"\033[31mred\a\177", "\ufffd[31mred\ufffd\ufffd", 10},
    {"\xc2\x9b"
     "1m\r",
     "\ufffd1m\ufffd", 4},
    {"a\u202eb\u202c\u2066c\u2069", "a\ufffdb\ufffd\ufffdc\ufffd", 7},
    {"a\u200bb\ufeffc\u2060\u00ad\u061c", "a\ufffdb\ufffdc\ufffd\ufffd\ufffd", 8},
    {"\u2028\u0378\ufdd0", "\ufffd\ufffd\ufffd", 3},
    {"a\xff\xc3"
     "b\xe4\xb8",
     "a\ufffd\ufffdb\ufffd", 5},
    {"❤\ufe0f", "❤", 1},
    {FAMILY, "\U0001F469\U0001F469\U0001F467", 6},
    {WAVE "!", "\U0001F44B!", 3},
    {"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
     "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645", 7},
    {E_ACUTE "!", E_ACUTE "!", 2},
    {"e\u0301\u0302\u0303\u0304\u0305\u0306!", "e\u0301\u0302\u0303\u0304!", 2},
    {"e\u0301\u0302\u0303\u0304f\u0301", "e\u0301\u0302\u0303\u0304f\u0301", 2},
    {"\u0301a", "\ufffda", 2},
    {"a\n\u0301", "a\n\ufffd", 2},
    {"a\U000E0041!", "a\ufffd!", 3},
    {"\t\u0301", " \ufffd", 2},
    {"\u1112\u1161\u11ab", "\u1112\u1161\u11ab", 2},
    {"a\u1161", "a\ufffd", 2},
    {KSHI, KSHI, 2},
};

static void nothing_unsafe_reaches_a_terminal(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        struct ta_text text = {0};
        ta_text_add(&text, ">");
        ta_clean(&text, shown[i].bytes, strlen(shown[i].bytes));
        assert_string_equal(text.bytes + 1, shown[i].clean);
        ta_text_release(&text);
    }
    struct ta_text text = {0};
    ta_clean(&text, "a\0b", 3);
    assert_string_equal(text.bytes, "a\ufffdb");
    ta_text_release(&text);
}

/* What is counted is what is shown, and cleaning twice changes nothing. */
static void width_is_that_of_the_clean_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        struct ta_text twice = {0};
        ta_clean(&twice, shown[i].clean, strlen(shown[i].clean));
        assert_string_equal(twice.length > 0 ? twice.bytes : "", shown[i].clean);
        assert_int_equal(ta_width(shown[i].bytes, strlen(shown[i].bytes)), shown[i].width);
        assert_int_equal(ta_width(shown[i].clean, strlen(shown[i].clean)), shown[i].width);
        ta_text_release(&twice);
    }
}

/* The sum over characters is the sum over the text: whoever draws piece by piece ends up there. */
static void width_is_the_sum_of_its_characters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        size_t length = strlen(shown[i].bytes);
        int sum = 0;
        for (size_t at = 0; at < length;) {
            size_t next = ta_character_next(shown[i].bytes, length, at);
            sum += ta_width(shown[i].bytes + at, next - at);
            at = next;
        }
        assert_int_equal(sum, shown[i].width);
    }
}

static void every_byte_can_be_cleaned(void **state)
{
    (void)state;
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        char bytes[2] = {(char)(pair >> 8U), (char)(pair & 0xFFU)};
        struct ta_text text = {0};
        ta_clean(&text, bytes, sizeof bytes);
        assert_true(ta_utf8_is_valid(text.bytes, text.length));
        for (size_t i = 0; i < text.length; i++) {
            unsigned char byte = (unsigned char)text.bytes[i];
            assert_true(byte == '\n' || (byte >= ' ' && byte != 0x7F));
        }
        ta_text_release(&text);
    }
}

static void other_locales_count_alike(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_ALL, "C"));
    const char *text = "中文é" E_ACUTE "\u202e\u202c";
    int width = ta_width(text, strlen(text));
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    assert_int_equal(width, 8);
}

static void fits_whole_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int columns;
        size_t fits;
    } examples[] = {
        {"plain", 0, 0},     {"plain", 3, 3},          {"plain", 5, 5},
        {"plain", 9, 5},     {"中文", 1, 0},           {"中文", 3, 3},
        {"中文", 4, 6},      {E_ACUTE "x", 1, 3},      {FAMILY "x", 5, 0},
        {FAMILY "x", 6, 18}, {"a\u0301\u0302b", 1, 5}, {"ab\ncd", 9, 2},
        {"\n", 3, 0},        {"a\tb", 2, 2},           {"", 3, 0},
        {"plain", -1, 0},    {"a\u200db", 1, 4},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        assert_int_equal(ta_fit(examples[i].text, strlen(examples[i].text), examples[i].columns),
                         examples[i].fits);
    }
}

int main(void)
{
    if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_text_is_whole_utf8_without_nul),
        cmocka_unit_test(a_line_has_no_line_end_and_no_control_character),
        cmocka_unit_test(characters_are_what_people_see),
        cmocka_unit_test(many_flags_are_paired_from_the_first),
        cmocka_unit_test(a_character_may_carry_many_marks),
        cmocka_unit_test(moving_stays_within_the_text),
        cmocka_unit_test(words_are_found_both_ways),
        cmocka_unit_test(words_are_found_far_away),
        cmocka_unit_test(a_word_is_whole_behind_any_gap),
        cmocka_unit_test(a_cursor_within_a_word_reaches_its_ends),
        cmocka_unit_test(a_step_in_a_long_text_looks_at_little_of_it),
        cmocka_unit_test(nothing_unsafe_reaches_a_terminal),
        cmocka_unit_test(width_is_that_of_the_clean_form),
        cmocka_unit_test(width_is_the_sum_of_its_characters),
        cmocka_unit_test(every_byte_can_be_cleaned),
        cmocka_unit_test(other_locales_count_alike),
        cmocka_unit_test(fits_whole_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
