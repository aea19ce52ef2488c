#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

static void fills_in_code_and_sentence(void **state)
{
    (void)state;
    struct ta_error err;
    assert_false(ta_fail(&err, TA_ABSENT, "There is no pair \"%s\".", "priya-dana"));
    assert_int_equal(err.code, TA_ABSENT);
    assert_string_equal(err.text, "There is no pair \"priya-dana\".");
}

static void nobody_may_want_the_sentence(void **state)
{
    (void)state;
    assert_false(ta_fail(NULL, TA_SYSTEM, "%s", "whatever"));
}

static void stays_on_one_line(void **state)
{
    (void)state;
    struct ta_error err;
    (void)ta_fail(&err, TA_SYSTEM, "%s", "remote: no\r\nremote: not you\n");
    assert_string_equal(err.text, "remote: no  remote: not you ");
}

static void takes_its_own_text_as_argument(void **state)
{
    (void)state;
    struct ta_error err;
    (void)ta_fail(&err, TA_BUSY, "the file is locked");
    (void)ta_fail(&err, TA_SYSTEM, "Not saved: %s.", err.text);
    assert_string_equal(err.text, "Not saved: the file is locked.");
}

/* Whatever the width of the characters, and wherever the end of the room falls in them. */
static void is_cut_between_characters(void **state)
{
    (void)state;
    static const char *const characters[] = {"a", "é", "中", "😀"};
    struct ta_error err;
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        for (size_t shift = 0; shift < 4; shift++) {
            struct ta_text text = {0};
            ta_text_add_bytes(&text, "xxx", shift);
            while (text.length < sizeof err.text + 8) {
                ta_text_add(&text, characters[i]);
            }
            (void)ta_fail(&err, TA_WRONG, "%s", text.bytes);
            size_t length = strlen(err.text);
            assert_true(length < sizeof err.text && length + 4 >= sizeof err.text);
            assert_memory_equal(err.text, text.bytes, length);
            assert_true(ta_utf8_is_valid(err.text, length));
            ta_text_release(&text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_in_code_and_sentence),
        cmocka_unit_test(nobody_may_want_the_sentence),
        cmocka_unit_test(stays_on_one_line),
        cmocka_unit_test(takes_its_own_text_as_argument),
        cmocka_unit_test(is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
