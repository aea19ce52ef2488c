#include "turnabout/ledger/seal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "turnabout/base/command.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

enum {
    QUIET_SECONDS = 60,   /* an agent may have its own question to ask, a token wait for a touch */
    ASKING_SECONDS = 600, /* somebody looks for a passphrase */
};

/* The user's settings may bring a window up to ask: not while nobody may be asked. */
#define NEVER_ASK "SSH_ASKPASS_REQUIRE=never"

static bool lacks_program(struct ta_error *err)
{
    return ta_fail(err, TA_ABSENT,
                   "There is no ssh-keygen, which signs and verifies with your keys: install it "
                   "(openssh-client).");
}

/* What ssh-keygen says when it cannot sign, and what it means. */
static const struct {
    const char *said;
    enum ta_code code;
    const char *sentence; /* of the key */
} refusals[] = {
    {"assphrase", TA_REFUSED, "The key %s was not unlocked: its passphrase is needed."},
    {"UNPROTECTED", TA_SYSTEM,
     "The private key of %s can be read by others, so that ssh-keygen does not use it: chmod 600 "
     "it."},
    {"No private key", TA_ABSENT,
     "There is no private key for %s, neither beside it nor in an agent: see that it is there, or "
     "add it with ssh-add."},
    {"agent refused", TA_REFUSED, "The agent refused to sign with the key %s."},
};

static bool is_locked(const struct ta_text *said)
{
    return said->length > 0 && strstr(said->bytes, refusals[0].said) != NULL;
}

static bool explain(const char *key, const struct ta_text *said, const struct ta_error *problem,
                    struct ta_error *err)
{
    if (problem->code == TA_ABSENT) {
        return lacks_program(err);
    }
    for (size_t i = 0; said->length > 0 && i < sizeof refusals / sizeof *refusals; i++) {
        if (strstr(said->bytes, refusals[i].said) != NULL) {
            struct ta_text sentence = {0};
            const char *rest = strstr(refusals[i].sentence, "%s");
            ta_text_add_bytes(&sentence, refusals[i].sentence,
                              (size_t)(rest - refusals[i].sentence));
            ta_text_addf(&sentence, "%s%s", key, rest + strlen("%s"));
            (void)ta_fail(err, refusals[i].code, "%s", sentence.bytes);
            ta_text_release(&sentence);
            return false;
        }
    }
    return ta_fail(err, TA_SYSTEM, "The key %s did not sign: %s", key, problem->text);
}

static bool is_there(const char *key)
{
    return access(key, F_OK) == 0;
}

/* Once without asking: an agent, or a key without a passphrase. Else with the terminal. */
static bool run_signing(const struct ta_sealer *sealer, struct ta_program *program,
                        struct ta_text *out, struct ta_text *said, struct ta_error *err)
{
    char **quiet = ta_command_environment(NEVER_ASK);
    program->environment = quiet;
    program->seconds = QUIET_SECONDS;
    bool ok = ta_program_run(program, out, said, err);
    if (!ok && is_locked(said) && sealer->lend != NULL) {
        program->environment = NULL;
        program->seconds = ASKING_SECONDS;
        program->on_terminal = true;
        ta_text_clear(out);
        ta_text_clear(said);
        sealer->lend(sealer->data, true);
        ok = ta_program_run(program, out, said, err);
        sealer->lend(sealer->data, false);
    }
    free(quiet);
    return ok;
}

bool ta_seal_make(const struct ta_sealer *sealer, const char *text, char **signature,
                  struct ta_error *err)
{
    *signature = NULL;
    if (!is_there(sealer->key)) {
        return ta_fail(err, TA_ABSENT,
                       "The key %s is not there: see \"key\" under [signing] in "
                       "config.ini.",
                       sealer->key);
    }
    char *words[] = {"ssh-keygen",        "-q", "-Y", "sign", "-n", (char *)sealer->what, "-f",
                     (char *)sealer->key, NULL};
    struct ta_program program = {.words = words, .bytes = text, .length = strlen(text)};
    struct ta_text out = {0};
    struct ta_text said = {0};
    struct ta_error problem = {0};
    bool ok = run_signing(sealer, &program, &out, &said, &problem) ||
              explain(sealer->key, &said, &problem, err);
    if (ok) {
        *signature = ta_text_take(&out);
    }
    ta_text_release(&out);
    ta_text_release(&said);
    return ok;
}

/* ssh-keygen wants them as files. */
struct evidence {
    char *folder, *signers, *signature;
};

/* No need to flush what is gone in a moment. */
static bool put(const char *path, const char *text, struct ta_error *err)
{
    FILE *file = fopen(path, "wbe");
    bool ok = file != NULL && fputs(text, file) >= 0;
    ok = file != NULL && fclose(file) == 0 && ok;
    return ok || ta_fail(err, TA_SYSTEM, "%s cannot be written: %s.", path, strerror(errno));
}

static bool lay_out(struct evidence *evidence, const char *signature, const char *signers,
                    struct ta_error *err)
{
    *evidence = (struct evidence){0};
    if (!ta_folder_temporary(&evidence->folder, err)) {
        return false;
    }
    evidence->signers = ta_path_join(evidence->folder, "signers");
    evidence->signature = ta_path_join(evidence->folder, "signature");
    return put(evidence->signers, signers, err) && put(evidence->signature, signature, err);
}

static void clear_away(struct evidence *evidence)
{
    if (evidence->folder != NULL) {
        (void)ta_folder_remove(evidence->folder, NULL);
    }
    free(evidence->folder);
    free(evidence->signers);
    free(evidence->signature);
}

static bool judge(const struct ta_error *problem, struct ta_error *err)
{
    if (problem->code == TA_ABSENT) {
        return lacks_program(err);
    }
    return ta_fail(err, TA_REFUSED,
                   "The signature does not verify: it is of another text, or by another key.");
}

bool ta_seal_verify(const char *text, const char *signature, const char *what,
                    const char *principal, const char *signers, struct ta_error *err)
{
    struct evidence evidence;
    struct ta_text out = {0};
    struct ta_text said = {0};
    bool ok = lay_out(&evidence, signature, signers, err);
    if (ok) {
        char *words[] = {"ssh-keygen", "-q",
                         "-Y",         "verify",
                         "-f",         evidence.signers,
                         "-I",         (char *)principal,
                         "-n",         (char *)what,
                         "-s",         evidence.signature,
                         NULL};
        struct ta_program program = {
            .words = words, .bytes = text, .length = strlen(text), .seconds = QUIET_SECONDS};
        struct ta_error problem = {0};
        ok = ta_program_run(&program, &out, &said, &problem) || judge(&problem, err);
    }
    clear_away(&evidence);
    ta_text_release(&out);
    ta_text_release(&said);
    return ok;
}
