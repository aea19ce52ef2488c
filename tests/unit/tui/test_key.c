#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/tui/key.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void a_name_says_code_and_modifiers(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ta_key key;
    } cases[] = {
        {"c", {.code = TA_KEY_TEXT, .text = "c"}},
        {"C", {.code = TA_KEY_TEXT, .text = "C"}},
        {"ü", {.code = TA_KEY_TEXT, .text = "ü"}},
        {"?", {.code = TA_KEY_TEXT, .text = "?"}},
        {"Space", {.code = TA_KEY_TEXT, .text = " "}},
        {"-", {.code = TA_KEY_TEXT, .text = "-"}},
        {"C--", {.code = TA_KEY_TEXT, .text = "-", .control = true}},
        {"C-l", {.code = TA_KEY_TEXT, .text = "l", .control = true}},
        {"A-x", {.code = TA_KEY_TEXT, .text = "x", .alt = true}},
        {"Enter", {.code = TA_KEY_ENTER}},
        {"Esc", {.code = TA_KEY_ESCAPE}},
        {"Tab", {.code = TA_KEY_TAB}},
        {"S-Tab", {.code = TA_KEY_BACK_TAB}},
        {"C-S-Left", {.code = TA_KEY_LEFT, .control = true, .shift = true}},
        {"C-A-S-Backspace",
         {.code = TA_KEY_BACKSPACE, .control = true, .alt = true, .shift = true}},
        {"F1", {.code = TA_KEY_F1}},
        {"F9", {.code = TA_KEY_F1 + 8}},
        {"F12", {.code = TA_KEY_F12}},
        {"S-F10", {.code = TA_KEY_F1 + 9, .shift = true}},
        {"PgDn", {.code = TA_KEY_PAGE_DOWN}},
        {"WheelUp", {.code = TA_KEY_WHEEL_UP}},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct ta_key key;
        assert_true(ta_key_read(&key, cases[i].name));
        assert_int_equal(key.code, cases[i].key.code);
        assert_string_equal(key.text, cases[i].key.text);
        assert_int_equal(key.control, cases[i].key.control);
        assert_int_equal(key.alt, cases[i].key.alt);
        assert_int_equal(key.shift, cases[i].key.shift);
        char written[16];
        ta_key_write(written, &key);
        assert_string_equal(written, cases[i].name);
    }
}

static void what_is_no_name_is_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"",
                                        "ab",
                                        "F0",
                                        "F13",
                                        "F1x",
                                        "C-",
                                        "X-a",
                                        "\x01",
                                        "\xFF",
                                        "enter",
                                        "👨‍👩‍👧‍👦"};
    for (size_t i = 0; i < LENGTH(names); i++) {
        struct ta_key key;
        assert_false(ta_key_read(&key, names[i]));
    }
}

static void a_second_name_of_a_key_is_written_as_the_first(void **state)
{
    (void)state;
    struct ta_key key;
    char written[16];
    assert_true(ta_key_read(&key, "Escape"));
    ta_key_write(written, &key);
    assert_string_equal(written, "Esc");
}

static bool is(const char *name, const char *names)
{
    struct ta_key key;
    assert_true(ta_key_read(&key, name));
    return ta_key_is(&key, names);
}

static void a_key_is_one_of_the_names(void **state)
{
    (void)state;
    assert_true(is("n", "Enter n"));
    assert_true(is("Enter", "  Enter  n "));
    assert_true(is("Esc", "q Escape"));
    assert_true(is("Space", "Space"));
    assert_false(is("N", "Enter n"));
    assert_false(is("C-n", "Enter n"));
    assert_false(is("S-Enter", "Enter n"));
    assert_false(is("n", ""));
    assert_false(is("Tab", "S-Tab"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_says_code_and_modifiers),
        cmocka_unit_test(what_is_no_name_is_refused),
        cmocka_unit_test(a_second_name_of_a_key_is_written_as_the_first),
        cmocka_unit_test(a_key_is_one_of_the_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
