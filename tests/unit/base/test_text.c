#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/text.h"

static void grows_by_what_is_added(void **state)
{
    (void)state;
    struct ta_text text = {0};
    ta_text_add(&text, "Session");
    ta_text_addf(&text, " %d: ", 3);
    ta_text_add_bytes(&text, "Who speaks", 3);
    assert_string_equal(text.bytes, "Session 3: Who");
    assert_int_equal(text.length, 14);
    ta_text_release(&text);
    assert_null(text.bytes);
    assert_int_equal(text.length, 0);
    ta_text_release(&text);
}

static void is_ended_by_nul_at_every_length(void **state)
{
    (void)state;
    struct ta_text text = {0};
    for (size_t i = 0; i < 5000; i++) {
        ta_text_add(&text, "x");
        assert_true(text.room > text.length);
        assert_int_equal(text.bytes[text.length], '\0');
    }
    assert_int_equal(strlen(text.bytes), 5000);
    ta_text_release(&text);
}

static void formats_what_is_longer_than_its_room(void **state)
{
    (void)state;
    struct ta_text text = {0};
    ta_text_addf(&text, "%0300d|%s", 7, "end");
    assert_int_equal(text.length, 304);
    assert_string_equal(text.bytes + 299, "7|end");
    ta_text_release(&text);
}

static void holds_any_bytes(void **state)
{
    (void)state;
    struct ta_text text = {0};
    ta_text_add_bytes(&text, "a\0b\377", 4);
    assert_int_equal(text.length, 4);
    assert_memory_equal(text.bytes, "a\0b\377", 5);
    ta_text_release(&text);
}

static void inserts_and_removes_anywhere(void **state)
{
    (void)state;
    struct ta_text text = {0};
    ta_text_insert(&text, 0, "who", 3);
    ta_text_insert(&text, 3, " first", 6);
    ta_text_insert(&text, 3, " speaks", 7);
    ta_text_insert(&text, 0, "", 0);
    assert_string_equal(text.bytes, "who speaks first");
    ta_text_remove(&text, 3, 7);
    assert_string_equal(text.bytes, "who first");
    ta_text_remove(&text, 3, 6);
    ta_text_remove(&text, 0, 3);
    assert_string_equal(text.bytes, "");
    assert_int_equal(text.length, 0);
    ta_text_release(&text);
    ta_text_remove(&text, 0, 0);
    assert_null(text.bytes);
}

static void clears_and_is_used_again(void **state)
{
    (void)state;
    struct ta_text text = {0};
    ta_text_clear(&text);
    ta_text_add(&text, "first");
    ta_text_clear(&text);
    assert_string_equal(text.bytes, "");
    ta_text_add(&text, "second");
    assert_string_equal(text.bytes, "second");
    ta_text_release(&text);
}

static void hands_over_a_string_even_when_empty(void **state)
{
    (void)state;
    struct ta_text text = {0};
    char *nothing = ta_text_take(&text);
    assert_string_equal(nothing, "");
    free(nothing);
    ta_text_add(&text, "kept");
    char *taken = ta_text_take(&text);
    assert_string_equal(taken, "kept");
    free(taken);
    assert_null(text.bytes);
    assert_int_equal(text.room, 0);
}

static void assert_piece(struct ta_piece piece, const char *expected)
{
    char *copy = ta_piece_copy(piece);
    assert_string_equal(copy, expected);
    free(copy);
}

static void compares_pieces(void **state)
{
    (void)state;
    struct ta_piece piece = {"goals: three", 5};
    assert_true(ta_piece_is(piece, "goals"));
    assert_false(ta_piece_is(piece, "goal"));
    assert_false(ta_piece_is(piece, "goals:"));
    assert_true(ta_piece_starts(piece, "go"));
    assert_true(ta_piece_starts(piece, ""));
    assert_false(ta_piece_starts(piece, "goals:"));
    struct ta_piece none = ta_piece_of(NULL);
    assert_true(ta_piece_is(none, ""));
    assert_false(ta_piece_starts(none, "a"));
}

static void trims_both_ends(void **state)
{
    (void)state;
    assert_piece(ta_piece_trim(ta_piece_of(" \t a b \r\n")), "a b");
    assert_piece(ta_piece_trim(ta_piece_of("ab")), "ab");
    assert_piece(ta_piece_trim(ta_piece_of(" \n ")), "");
    assert_piece(ta_piece_trim((struct ta_piece){0}), "");
    /* U+00A0 is a character of the text, not white space to cut. */
    assert_piece(ta_piece_trim(ta_piece_of("\u00a0x ")), "\u00a0x");
}

static void takes_lines_of_every_ending(void **state)
{
    (void)state;
    static const char *const expected[] = {"one", "", "two\r ", "three", "\r", "last"};
    struct ta_piece rest = ta_piece_of("one\n\r\ntwo\r \nthree\r\n\r\r\nlast");
    struct ta_piece line;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_true(ta_next_line(&rest, &line));
        assert_piece(line, expected[i]);
    }
    assert_false(ta_next_line(&rest, &line));
}

static void a_line_end_at_the_end_starts_no_line(void **state)
{
    (void)state;
    struct ta_piece rest = ta_piece_of("only\n");
    struct ta_piece line;
    assert_true(ta_next_line(&rest, &line));
    assert_false(ta_next_line(&rest, &line));
    struct ta_piece none = {0};
    assert_false(ta_next_line(&none, &line));
    /* Without a line feed a carriage return ends no line. */
    struct ta_piece open = ta_piece_of("open\r");
    assert_true(ta_next_line(&open, &line));
    assert_piece(line, "open\r");
}

static void takes_parts_trimmed(void **state)
{
    (void)state;
    static const char *const expected[] = {"family", "", "health", "age"};
    struct ta_piece rest = ta_piece_of(" family ;; health;\tage ;");
    struct ta_piece part;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_true(ta_next_part(&rest, ';', &part));
        assert_piece(part, expected[i]);
    }
    assert_false(ta_next_part(&rest, ';', &part));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_by_what_is_added),
        cmocka_unit_test(is_ended_by_nul_at_every_length),
        cmocka_unit_test(formats_what_is_longer_than_its_room),
        cmocka_unit_test(holds_any_bytes),
        cmocka_unit_test(inserts_and_removes_anywhere),
        cmocka_unit_test(clears_and_is_used_again),
        cmocka_unit_test(hands_over_a_string_even_when_empty),
        cmocka_unit_test(compares_pieces),
        cmocka_unit_test(trims_both_ends),
        cmocka_unit_test(takes_lines_of_every_ending),
        cmocka_unit_test(a_line_end_at_the_end_starts_no_line),
        cmocka_unit_test(takes_parts_trimmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
