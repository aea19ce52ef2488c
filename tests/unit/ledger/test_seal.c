#include "turnabout/ledger/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

/* A folder with keys that ssh-keygen makes. */
struct keys {
    char *folder;
    char *path; /* $PATH as it was */
    struct ta_error err;
};

static void shell(const char *command)
{
    if (system(command) != 0) { /* NOLINT(cert-env33-c): the ssh-keygen of whoever runs the tests */
        fail_msg("this failed: %s", command);
    }
}

static int make_keys(void **state)
{
    struct keys *keys = ta_allocate(1, sizeof *keys);
    *state = keys;
    assert_true(ta_folder_temporary(&keys->folder, &keys->err));
    keys->path = ta_copy(getenv("PATH"));
    setenv("keys", keys->folder, 1);
    setenv("HOME", keys->folder, 1);
    unsetenv("SSH_AUTH_SOCK");
    shell("cd \"$keys\" && ssh-keygen -q -t ed25519 -N '' -C '' -f plain && "
          "ssh-keygen -q -t rsa -b 2048 -N '' -C '' -f rsa && "
          "ssh-keygen -q -t ed25519 -N 'a secret' -C '' -f locked");
    return 0;
}

static int remove_keys(void **state)
{
    struct keys *keys = *state;
    setenv("PATH", keys->path, 1);
    assert_true(ta_folder_remove(keys->folder, &keys->err));
    free(keys->folder);
    free(keys->path);
    free(keys);
    return 0;
}

static bool make(struct keys *keys, const char *name, const char *text, char **signature)
{
    char *path = ta_path_join(keys->folder, name);
    struct ta_sealer sealer = {.key = path, .what = "turnabout-contract"};
    bool ok = ta_seal_make(&sealer, text, signature, &keys->err);
    free(path);
    return ok;
}

static char *seal(struct keys *keys, const char *name, const char *text)
{
    char *signature;
    if (!make(keys, name, text, &signature)) {
        fail_msg("%s", keys->err.text);
    }
    return signature;
}

static char *signers_of(struct keys *keys, const char *name)
{
    struct ta_text file = {0};
    struct ta_text key = {0};
    char *path = ta_path_join(keys->folder, name);
    assert_true(ta_file_read(&key, path, 4096, &keys->err));
    ta_text_addf(&file, "mentor namespaces=\"turnabout-contract\" %s", key.bytes);
    ta_text_release(&key);
    free(path);
    return ta_text_take(&file);
}

static bool verify(struct keys *keys, const char *text, const char *signature, const char *signers)
{
    return ta_seal_verify(text, signature, "turnabout-contract", "mentor", signers, &keys->err);
}

static void refused(struct keys *keys, bool ok, enum ta_code code, const char *word)
{
    assert_false(ok);
    assert_int_equal(keys->err.code, code);
    if (strstr(keys->err.text, word) == NULL) {
        fail_msg("\"%s\" is not in: %s", word, keys->err.text);
    }
}

static void a_key_by_either_of_its_files_signs_and_verifies(void **state)
{
    static const char *const names[] = {"plain", "plain.pub", "rsa", "rsa.pub"};
    static const char *const publics[] = {"plain.pub", "plain.pub", "rsa.pub", "rsa.pub"};
    struct keys *keys = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *signature = seal(keys, names[i], "What we agree.\n");
        char *signers = signers_of(keys, publics[i]);
        assert_true(verify(keys, "What we agree.\n", signature, signers));
        refused(keys, verify(keys, "What we agree. \n", signature, signers), TA_REFUSED, "verify");
        free(signature);
        free(signers);
    }
}

static void another_key_another_name_or_another_purpose_does_not_verify(void **state)
{
    struct keys *keys = *state;
    char *signature = seal(keys, "plain", "text");
    char *signers = signers_of(keys, "rsa.pub");
    refused(keys, verify(keys, "text", signature, signers), TA_REFUSED, "verify");
    free(signers);
    signers = signers_of(keys, "plain.pub");
    refused(keys,
            ta_seal_verify("text", signature, "turnabout-contract", "mentee", signers, &keys->err),
            TA_REFUSED, "verify");
    refused(keys, ta_seal_verify("text", signature, "file", "mentor", signers, &keys->err),
            TA_REFUSED, "verify");
    refused(keys, verify(keys, "text", "", signers), TA_REFUSED, "verify");
    refused(keys, verify(keys, "text", "-----BEGIN SSH SIGNATURE-----\nAAAA\n", signers),
            TA_REFUSED, "verify");
    free(signature);
    free(signers);
}

static void a_key_of_an_agent_signs(void **state)
{
    struct keys *keys = *state;
    shell("cd \"$keys\" && eval \"$(ssh-agent -s -a \"$keys/agent\")\" >/dev/null && "
          "echo \"$SSH_AGENT_PID\" >agent.pid && ssh-add -q plain && mv plain hidden");
    struct ta_text socket = {0};
    ta_text_addf(&socket, "%s/agent", keys->folder);
    setenv("SSH_AUTH_SOCK", socket.bytes, 1);
    ta_text_release(&socket);
    char *signature = NULL;
    bool ok = make(keys, "plain.pub", "text", &signature);
    unsetenv("SSH_AUTH_SOCK");
    shell("cd \"$keys\" && kill \"$(cat agent.pid)\" && mv hidden plain");
    assert_true(ok);
    char *signers = signers_of(keys, "plain.pub");
    assert_true(verify(keys, "text", signature, signers));
    free(signers);
    free(signature);
}

static void what_keeps_a_key_from_signing_is_told(void **state)
{
    struct keys *keys = *state;
    char *signature;
    refused(keys, make(keys, "nothing", "text", &signature), TA_ABSENT, "nothing is not there");
    refused(keys, make(keys, "locked", "text", &signature), TA_REFUSED, "passphrase is needed");
    refused(keys, make(keys, "locked.pub", "text", &signature), TA_REFUSED, "passphrase");
    shell("cd \"$keys\" && mv plain moved");
    refused(keys, make(keys, "plain.pub", "text", &signature), TA_ABSENT, "no private key");
    shell("cd \"$keys\" && mv moved plain && chmod 644 plain");
    refused(keys, make(keys, "plain", "text", &signature), TA_SYSTEM, "can be read by others");
    shell("cd \"$keys\" && chmod 600 plain && echo nothing >none");
    refused(keys, make(keys, "none", "text", &signature), TA_SYSTEM, "did not sign");
    assert_null(signature);
}

static void without_ssh_keygen_it_is_told_what_to_install(void **state)
{
    struct keys *keys = *state;
    char *signature = seal(keys, "plain", "text");
    char *signers = signers_of(keys, "plain.pub");
    setenv("PATH", keys->folder, 1);
    refused(keys, verify(keys, "text", signature, signers), TA_ABSENT, "openssh-client");
    free(signature);
    refused(keys, make(keys, "plain", "text", &signature), TA_ABSENT, "openssh-client");
    setenv("PATH", keys->path, 1);
    free(signers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_by_either_of_its_files_signs_and_verifies),
        cmocka_unit_test(another_key_another_name_or_another_purpose_does_not_verify),
        cmocka_unit_test(a_key_of_an_agent_signs),
        cmocka_unit_test(what_keeps_a_key_from_signing_is_told),
        cmocka_unit_test(without_ssh_keygen_it_is_told_what_to_install),
    };
    return cmocka_run_group_tests(tests, make_keys, remove_keys);
}
