#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "input.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* A key as a test names it: "C-l", "Click@3,10" (from 0), "Paste[text]". */
static void add_name(struct ta_text *out, const struct ta_key *key)
{
    char name[16];
    ta_key_write(name, key);
    ta_text_addf(out, "%s%s", out->length == 0 ? "" : " ", name);
    if (key->code == TA_KEY_PASTE) {
        ta_text_addf(out, "[%s]", key->pasted);
    } else if (key->code >= TA_KEY_CLICK && key->code <= TA_KEY_WHEEL_DOWN) {
        ta_text_addf(out, "@%d,%d", key->row, key->column);
    }
}

/* The names of all keys that come when the bytes arrive in pieces of a size. */
static char *keys_in_pieces(const char *bytes, size_t length, size_t size)
{
    struct ta_input input = {0};
    struct ta_text names = {0};
    struct ta_key key;
    for (size_t at = 0; at < length; at += size) {
        ta_input_take(&input, bytes + at, size < length - at ? size : length - at);
        while (ta_input_next(&input, &key)) {
            add_name(&names, &key);
        }
    }
    while (ta_input_patience(&input) >= 0) {
        if (ta_input_give_up(&input, &key)) {
            add_name(&names, &key);
        }
    }
    ta_input_release(&input);
    return ta_text_take(&names);
}

/* However the bytes arrive, the keys are the same. */
static void expect_keys(const char *bytes, const char *names)
{
    size_t length = strlen(bytes);
    for (size_t size = 1; size <= length; size++) {
        char *found = keys_in_pieces(bytes, length, size);
        assert_string_equal(found, names);
        free(found);
    }
}

static void characters_and_controls(void **state)
{
    (void)state;
    expect_keys("aZ 9", "a Z Space 9");
    expect_keys("é日👍", "é 日 👍");
    expect_keys("\r\n\t\x7F\b", "Enter Enter Tab Backspace Backspace");
    expect_keys("\x01\x1A\x1F\x1C", "C-a C-z C-_ C-\\");
    expect_keys("\033x\033\r\033é", "A-x A-Enter A-é");
    char *space = keys_in_pieces("\0", 1, 1);
    assert_string_equal(space, "C-Space");
    free(space);
}

static void sequences_of_many_terminals(void **state)
{
    (void)state;
    expect_keys("\033[A\033OB\033[C\033[D", "Up Down Right Left");
    expect_keys("\033[H\033OF\033[1~\033[4~\033[7~\033[8~", "Home End Home End Home End");
    expect_keys("\033[3~\033[5~\033[6~", "Delete PgUp PgDn");
    expect_keys("\033OP\033[11~\033[[A\033[[E\033[15~\033[24~", "F1 F1 F1 F5 F5 F12");
    expect_keys("\033[Z\033OM", "S-Tab Enter");
    expect_keys("\033[1;5C\033[1;2A\033[3;3~\033[1;8H", "C-Right S-Up A-Delete C-A-S-Home");
    expect_keys("\033\033[A", "Esc Up");
}

static void what_means_no_key_is_passed_over(void **state)
{
    (void)state;
    expect_keys("\033[I\033[2~a\033[200;1Rb\033[?62;22c\033Ozc", "a b c");
    expect_keys("a\xFF\xC0\xAF"
                "b\xC2\x80"
                "c",
                "a b c");
    expect_keys("\033[99999999999999999999;5~a", "a");
    expect_keys("\033[201~a", "a");
    expect_keys("\xE2\x82z", "z");
}

static void the_mouse(void **state)
{
    (void)state;
    expect_keys("\033[<0;11;4M\033[<0;11;4m", "Click@3,10");
    expect_keys("\033[<64;300;100M\033[<65;1;1M", "WheelUp@99,299 WheelDown@0,0");
    expect_keys("\033[<4;2;2M\033[<16;2;2M", "S-Click@1,1 C-Click@1,1");
    expect_keys("\033[<2;5;5M\033[<32;5;5M\033[<0;5M\033[<0;0;0Mx", "x");
    expect_keys("\033[M !\"\033[M`+$x", "Click@1,0 WheelUp@3,10 x");
}

static void a_paste_is_text_and_what_follows_is_keys(void **state)
{
    (void)state;
    expect_keys("\033[200~q\033[201~q", "Paste[q] q");
    expect_keys("a\033[200~\033[201~\033[A", "a Paste[] Up");
    expect_keys("\033[200~one\r\ntwo\rthree\nfour\ttab\r\r\n\033[201~",
                "Paste[one\ntwo\nthree\nfour\ttab\n\n]");
    expect_keys("\033[200~\033[31mred\033[20x\x07\033[201\033[201~.", "Paste[[31mred[20x[201] .");
    expect_keys("\033[200~a\033[201~\033[200~b\033[201~", "Paste[a] Paste[b]");
}

static void a_long_paste_ends_at_the_limit_and_loses_nothing_behind_it(void **state)
{
    (void)state;
    struct ta_text bytes = {0};
    struct ta_key key;
    ta_text_add(&bytes, "\033[200~."); /* so that the limit falls into a character */
    while (bytes.length < TA_PASTE_LIMIT + 100) {
        ta_text_add(&bytes, "日本語.");
    }
    ta_text_add(&bytes, "\033[201~\r");
    struct ta_input input = {0};
    for (size_t at = 0; at < bytes.length; at += 4095) {
        size_t left = bytes.length - at;
        assert_false(ta_input_next(&input, &key));
        ta_input_take(&input, bytes.bytes + at, left < 4095 ? left : 4095);
    }
    assert_true(ta_input_next(&input, &key));
    assert_int_equal(key.code, TA_KEY_PASTE);
    size_t length = strlen(key.pasted);
    assert_in_range(length, TA_PASTE_LIMIT - 3, TA_PASTE_LIMIT);
    assert_true(ta_utf8_is_valid(key.pasted, length));
    assert_true(ta_input_next(&input, &key));
    assert_int_equal(key.code, TA_KEY_ENTER);
    assert_false(ta_input_next(&input, &key));
    ta_input_release(&input);
    ta_text_release(&bytes);
}

static void take(struct ta_input *input, const char *bytes)
{
    ta_input_take(input, bytes, strlen(bytes));
}

static void an_escape_alone_is_a_key_after_a_moment(void **state)
{
    (void)state;
    struct ta_input input = {0};
    struct ta_key key;
    assert_int_equal(ta_input_patience(&input), -1);
    take(&input, "\033");
    assert_false(ta_input_next(&input, &key));
    assert_int_equal(ta_input_patience(&input), 25);
    assert_true(ta_input_give_up(&input, &key));
    assert_int_equal(key.code, TA_KEY_ESCAPE);
    assert_int_equal(ta_input_patience(&input), -1);
    ta_input_release(&input);
}

static void half_a_sequence_that_never_ends_is_no_key(void **state)
{
    (void)state;
    static const char *const halves[] = {"\033[1;", "\xE2\x82", "\033[<0;1"};
    for (size_t i = 0; i < LENGTH(halves); i++) {
        struct ta_input input = {0};
        struct ta_key key;
        take(&input, halves[i]);
        assert_false(ta_input_next(&input, &key));
        assert_in_range(ta_input_patience(&input), 100, 1000);
        assert_false(ta_input_give_up(&input, &key));
        assert_int_equal(ta_input_patience(&input), -1);
        take(&input, "x");
        assert_true(ta_input_next(&input, &key));
        assert_string_equal(key.text, "x");
        ta_input_release(&input);
    }
}

static void a_paste_without_end_is_given_as_far_as_it_came(void **state)
{
    (void)state;
    expect_keys("\033[200~half", "Paste[half]");
}

static void alt_with_a_bracket_is_a_key(void **state)
{
    (void)state;
    expect_keys("\033[", "A-[");
    expect_keys("\033O", "A-O");
}

/* It may have been a password. */
static void what_was_read_does_not_stay(void **state)
{
    (void)state;
    static const char bytes[] = "\033[200~open sesame\033[201~";
    struct ta_input input = {0};
    struct ta_key key;
    ta_input_take(&input, bytes, sizeof bytes - 1);
    assert_true(ta_input_next(&input, &key));
    assert_string_equal(key.pasted, "open sesame");
    ta_input_take(&input, "x", 1);
    assert_true(ta_input_next(&input, &key));
    assert_true(input.paste.room > strlen("open sesame") && input.bytes.room > sizeof bytes);
    assert_null(memmem(input.paste.bytes, strlen("open sesame"), "sesame", 6));
    assert_null(memmem(input.bytes.bytes, sizeof bytes - 1, "sesame", 6));
    ta_input_release(&input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_and_controls),
        cmocka_unit_test(sequences_of_many_terminals),
        cmocka_unit_test(what_means_no_key_is_passed_over),
        cmocka_unit_test(the_mouse),
        cmocka_unit_test(a_paste_is_text_and_what_follows_is_keys),
        cmocka_unit_test(a_long_paste_ends_at_the_limit_and_loses_nothing_behind_it),
        cmocka_unit_test(an_escape_alone_is_a_key_after_a_moment),
        cmocka_unit_test(half_a_sequence_that_never_ends_is_no_key),
        cmocka_unit_test(what_was_read_does_not_stay),
        cmocka_unit_test(a_paste_without_end_is_given_as_far_as_it_came),
        cmocka_unit_test(alt_with_a_bracket_is_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
