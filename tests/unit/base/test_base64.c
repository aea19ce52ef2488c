#include "turnabout/base/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* RFC 4648, 10. */
static const struct {
    const char *bytes, *letters;
} vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

static void the_vectors_of_the_standard_go_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        struct ta_text letters = {0};
        struct ta_text bytes = {0};
        ta_base64_write(&letters, vectors[i].bytes, strlen(vectors[i].bytes));
        assert_string_equal(letters.length > 0 ? letters.bytes : "", vectors[i].letters);
        assert_true(ta_base64_read(&bytes, ta_piece_of(vectors[i].letters)));
        assert_string_equal(bytes.length > 0 ? bytes.bytes : "", vectors[i].bytes);
        ta_text_release(&letters);
        ta_text_release(&bytes);
    }
}

static void every_byte_comes_back_over_several_lines(void **state)
{
    (void)state;
    char all[256];
    for (size_t i = 0; i < sizeof all; i++) {
        all[i] = (char)i;
    }
    struct ta_text letters = {0};
    struct ta_text bytes = {0};
    ta_base64_write(&letters, all, sizeof all);
    ta_text_insert(&letters, 70, "\n", 1);
    ta_text_insert(&letters, 140, "\r\n ", 3);
    assert_true(ta_base64_read(&bytes, (struct ta_piece){letters.bytes, letters.length}));
    assert_int_equal(bytes.length, sizeof all);
    assert_memory_equal(bytes.bytes, all, sizeof all);
    ta_text_release(&letters);
    ta_text_release(&bytes);
}

static void what_is_none_is_refused_and_adds_nothing(void **state)
{
    (void)state;
    static const char *const wrong[] = {"Z",     "Zg", "Zg=",  "Zg===",    "Zh==",  "Zm9=",
                                        "Zm9v=", "=",  "====", "Zg==Zg==", "Zm9v!", "Zm\xC3\xA4"};
    struct ta_text bytes = {0};
    ta_text_add(&bytes, "kept");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (ta_base64_read(&bytes, ta_piece_of(wrong[i]))) {
            fail_msg("\"%s\" was taken", wrong[i]);
        }
        assert_string_equal(bytes.bytes, "kept");
    }
    assert_false(ta_base64_read(&bytes, (struct ta_piece){"Zm\0v", 4}));
    ta_text_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_standard_go_both_ways),
        cmocka_unit_test(every_byte_comes_back_over_several_lines),
        cmocka_unit_test(what_is_none_is_refused_and_adds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
