#include "turnabout/document/signers_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/text.h"

/* Keys and signatures that ssh-keygen made. */
#define KEY "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKalhEh/bKhO6YC2OsR6JEpjOpPsR7nHARLitea0cSM8"
#define SECOND "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKUz53NS1sea/DCDdIV20/M+nuAHeBdzK6bGkc3254t3"
#define RSA                                                                                        \
    "ssh-rsa "                                                                                     \
    "AAAAB3NzaC1yc2EAAAADAQABAAABAQCZVplECA4thKOmMrnOQyawDAMk+ITNf6qV5+"                           \
    "LL3dUDm59Us8qNg1NRhxViCK02yiSX8BBu6IAKY+CW5g7z/"                                              \
    "RqQOWlE0ggkmrmdawlIe5KVLb8X8NcFlbKSder+"                                                      \
    "mFwNwtyQo7YS5pCnB3C1yWu1R0bm0PHgflyQHpPYCtIVgiR7aOKp3mnLrj6ZnUFucrn2ElRPnqKLBYDcZb4/5/"       \
    "3cdBlxKR9gqmgsCb7FZNV9y5OC6Y/"                                                                \
    "ZRL0SMLGL5gRgUtYYV+"                                                                          \
    "hmo63wTFBdU4gj1gI96dlLC192ctKZBN6velg0dFbHmodTYku72YhYU34KFjsUtLYRsIvUOQp1jfTbnJC+RJ7J"
#define FINGERPRINT "SHA256:oOlOj8ehIGeXQjfj/QulGkm7f426DSvckwTtIoieX7Y"
#define FOR_US "namespaces=\"turnabout-contract\" "

static const char *const signature =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgpqWESH9sqE7pgLY6xHokSmM6k+\n"
    "xHuccBEuK15rRxIzwAAAASdHVybmFib3V0LWNvbnRyYWN0AAAAAAAAAAZzaGE1MTIAAABT\n"
    "AAAAC3NzaC1lZDI1NTE5AAAAQLm0wRoY2TC9mW/JJQneybnSMykFTRpxDBiBsRbMoyMa4s\n"
    "QUnwcPinI9f3VvDVWpuN8TB4BUVxhxQ1f1UDhoqwo=\n"
    "-----END SSH SIGNATURE-----\n";
static const char *const of_a_file =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgpqWESH9sqE7pgLY6xHokSmM6k+\n"
    "xHuccBEuK15rRxIzwAAAAEZmlsZQAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUx\n"
    "OQAAAEDfUVfuRu3ctg0JyYul3pn2XwNRum9nzkjhw52eu205lTjvgMW+JLQMDIer++WYlD\n"
    "jtylVbAKsl0OQzlOf+FaEJ\n"
    "-----END SSH SIGNATURE-----\n";

static void refuses(const char *text)
{
    struct ta_signers signers;
    struct ta_error err;
    if (ta_signers_read(&signers, text, &err)) {
        fail_msg("\"%s\" was taken", text);
    }
    assert_int_equal(err.code, TA_DAMAGED);
    assert_null(signers.key[TA_MENTOR]);
    assert_null(signers.key[TA_MENTEE]);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    struct ta_signers signers = {.key = {[TA_MENTOR] = KEY, [TA_MENTEE] = RSA}};
    struct ta_error err;
    char *text = ta_signers_write(&signers);
    assert_string_equal(text, "mentor " FOR_US KEY "\nmentee " FOR_US RSA "\n");
    assert_true(ta_signers_read(&signers, text, &err));
    assert_string_equal(signers.key[TA_MENTOR], KEY);
    assert_string_equal(signers.key[TA_MENTEE], RSA);
    ta_signers_release(&signers);
    free(text);
}

static void comments_and_one_key_alone_are_fine(void **state)
{
    (void)state;
    struct ta_signers signers;
    struct ta_error err;
    const char *text = "# our keys\r\n\n  mentee " FOR_US SECOND " dana@laptop of two words\r\n";
    assert_true(ta_signers_read(&signers, text, &err));
    assert_null(signers.key[TA_MENTOR]);
    assert_string_equal(signers.key[TA_MENTEE], SECOND);
    ta_signers_release(&signers);
    assert_true(ta_signers_read(&signers, "", &err));
}

static void what_ssh_keygen_would_understand_and_we_do_not_want_is_refused(void **state)
{
    (void)state;
    refuses("mentor " KEY "\n");
    refuses("* " FOR_US KEY "\n");
    refuses("mentor,mentee " FOR_US KEY "\n");
    refuses("Mentor " FOR_US KEY "\n");
    refuses("nobody " FOR_US KEY "\n");
    refuses("mentor namespaces=\"*\" " KEY "\n");
    refuses("mentor namespaces=\"turnabout-contract,git\" " KEY "\n");
    refuses("mentor cert-authority " KEY "\n");
    refuses("mentor cert-authority," FOR_US KEY "\n");
    refuses("mentor " FOR_US "cert-authority " KEY "\n");
    refuses("mentor namespaces=\"turnabout-contract\",valid-before=\"20200101\" " KEY "\n");
    refuses("mentor " FOR_US KEY "\nmentor " FOR_US SECOND "\n");
    refuses("mentor " FOR_US KEY "\ncarol " FOR_US SECOND "\n");
}

static void what_is_no_key_is_refused(void **state)
{
    (void)state;
    refuses("mentor " FOR_US "\n");
    refuses("mentor " FOR_US "ssh-ed25519\n");
    refuses("mentor " FOR_US "ssh-ed25519 AAAA\n");
    refuses("mentor " FOR_US "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5\n"); /* the name of the type alone */
    refuses("mentor " FOR_US "ssh-rsa "
            "AAAAC3NzaC1lZDI1NTE5AAAAIKalhEh/bKhO6YC2OsR6JEpjOpPsR7nHARLitea0cSM8\n"); /* of another
                                                                                          type */
    refuses("mentor " FOR_US "ssh-dss AAAAB3NzaC1kc3MAAAAA\n");
    refuses("mentor " FOR_US "ssh-ed25519-cert-v01@openssh.com "
            "AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIOiD3V2f\n");
    refuses("mentor " FOR_US "ssh-ed25519 //////3NzaC1lZDI1NTE5\n"); /* longer than it is */
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    (void)state;
    struct ta_text text = {0};
    while (text.length < 17000) {
        ta_text_add(&text, "# once more\n");
    }
    refuses(text.bytes);
    ta_text_release(&text);
}

static void a_signature_tells_its_key(void **state)
{
    (void)state;
    char *key;
    struct ta_error err;
    assert_true(ta_seal_key(&key, signature, &err));
    assert_string_equal(key, KEY);
    free(key);
}

static void no_signature(const char *text)
{
    char *key;
    struct ta_error err;
    if (ta_seal_key(&key, text, &err)) {
        fail_msg("\"%s\" was taken", text);
    }
    assert_int_equal(err.code, TA_DAMAGED);
    assert_null(key);
}

static void what_is_no_signature_of_a_contract_tells_none(void **state)
{
    (void)state;
    no_signature("");
    no_signature("-----BEGIN SSH SIGNATURE-----");
    no_signature("-----BEGIN SSH SIGNATURE----------END SSH SIGNATURE-----");
    no_signature("-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n");
    no_signature(
        "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAf////8=\n-----END SSH SIGNATURE-----\n");
    no_signature(of_a_file);
    char *shorter = strdup(signature);
    assert_non_null(shorter);
    shorter[strlen(shorter) - 3] = '\0';
    no_signature(shorter);
    free(shorter);
}

static void a_fingerprint_is_that_of_ssh_keygen(void **state)
{
    (void)state;
    char shown[TA_FINGERPRINT_SIZE];
    ta_key_fingerprint(shown, KEY);
    assert_string_equal(shown, FINGERPRINT);
    ta_key_fingerprint(shown, "nothing");
    assert_string_equal(shown, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(comments_and_one_key_alone_are_fine),
        cmocka_unit_test(what_ssh_keygen_would_understand_and_we_do_not_want_is_refused),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(a_file_that_is_too_large_is_refused),
        cmocka_unit_test(a_signature_tells_its_key),
        cmocka_unit_test(what_is_no_signature_of_a_contract_tells_none),
        cmocka_unit_test(a_fingerprint_is_that_of_ssh_keygen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
