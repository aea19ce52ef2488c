#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/digest.h"

/* The examples of FIPS 180-4 (NIST, SHA256.pdf), and the empty message. */
static void agrees_with_the_standard(void **state)
{
    (void)state;
    static const struct {
        const char *message, *digest;
    } examples[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        char digest[TA_DIGEST_SIZE];
        ta_digest(digest, examples[i].message, strlen(examples[i].message));
        assert_string_equal(digest, examples[i].digest);
    }
}

static void covers_every_byte(void **state)
{
    (void)state;
    char one[TA_DIGEST_SIZE];
    char other[TA_DIGEST_SIZE];
    ta_digest(one, "a\0b", 3);
    ta_digest(other, "a\0c", 3);
    assert_string_not_equal(one, other);
    ta_digest(one, NULL, 0);
    ta_digest(other, "", 0);
    assert_string_equal(one, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_standard),
        cmocka_unit_test(covers_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
