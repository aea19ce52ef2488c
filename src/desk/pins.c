#include "pins.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/desk/history.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/ledger/seal.h"

char *seal_path(unsigned version, enum ta_role role)
{
    struct ta_text path = {0};
    ta_text_addf(&path, "signatures/v%u-%s.sig", version, ta_role_name(role));
    return ta_text_take(&path);
}

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

/* The keys as of a commit; none where there is no such file, or one that is not trusted. */
static bool signers_at(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
                       struct ta_signers *signers, struct ta_error *err)
{
    char *text = NULL;
    *signers = (struct ta_signers){0};
    if (!ta_desk_history_text(desk, pair, commit, SIGNERS, &text, err)) {
        return false;
    }
    if (text != NULL && !ta_signers_read(signers, text, NULL)) {
        *signers = (struct ta_signers){0};
    }
    free(text);
    return true;
}

/* Pins what is not pinned yet; `changed`: a role has another key than that. */
static void pin_first(struct ta_signers *pins, const struct ta_signers *signers, bool *changed)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        const char *key = signers->key[role];
        if (key != NULL && pins->key[role] == NULL) {
            pins->key[role] = ta_copy(key);
        }
        *changed = *changed || (key != NULL && !is_same(key, pins->key[role]));
    }
}

/* Listed newest first, the history is gone through from its beginning. */
static bool read_first(struct ta_desk *desk, const struct ta_pair *pair, struct ta_signers *pins,
                       bool *changed, struct ta_error *err)
{
    struct ta_entries entries = {0};
    bool ok = ta_desk_history_versions(desk, pair, SIGNERS, 0, &entries, err);
    for (size_t i = entries.count; ok && i > 0; i--) {
        struct ta_signers signers;
        ok = signers_at(desk, pair, entries.items[i - 1].id, &signers, err);
        if (ok) {
            pin_first(pins, &signers, changed);
            ta_signers_release(&signers);
        }
    }
    ta_entries_release(&entries);
    return ok;
}

/* Another key: a version of the contract that both signed speaks for it */

/* A version that came in force with a commit, as that commit has it. */
struct version {
    const char *commit;
    char *text;
    unsigned number;
    struct ta_signers signers, before; /* `before`: as of the commit before, when one had signed */
    bool sealed[TA_ROLES];             /* by the key that stands in `signers` */
};

static bool is_sealed(struct ta_desk *desk, const struct ta_pair *pair,
                      const struct version *version, enum ta_role role)
{
    char *signature = NULL;
    char *path = seal_path(version->number, role);
    struct ta_signers one = {0};
    one.key[role] = version->signers.key[role];
    char *signers = ta_signers_write(&one);
    bool ok = one.key[role] != NULL &&
              ta_desk_history_text(desk, pair, version->commit, path, &signature, NULL) &&
              signature != NULL &&
              ta_seal_verify(version->text, signature, TA_SEAL_NAMESPACE, ta_role_name(role),
                             signers, NULL);
    free(signers);
    free(signature);
    free(path);
    return ok;
}

static bool read_number(struct version *version)
{
    struct ta_contract contract = {0};
    bool ok = version->text != NULL && ta_contract_paper_read(&contract, version->text, NULL);
    version->number = ok ? contract.version : 0;
    ta_contract_release(&contract);
    return ok;
}

static bool read_version(struct ta_desk *desk, const struct ta_pair *pair, struct version *version,
                         struct ta_error *err)
{
    char *before = NULL;
    bool ok =
        ta_desk_history_text(desk, pair, version->commit, "contract.md", &version->text, err) &&
        ta_desk_history_before(desk, pair, version->commit, SIGNERS, &before, err) &&
        signers_at(desk, pair, version->commit, &version->signers, err);
    if (before != NULL && !ta_signers_read(&version->before, before, NULL)) {
        version->before = (struct ta_signers){0};
    }
    free(before);
    bool readable = ok && read_number(version);
    for (enum ta_role role = TA_MENTOR; readable && role < TA_ROLES; role++) {
        version->sealed[role] = is_sealed(desk, pair, version, role);
    }
    return ok;
}

static void release_version(struct version *version)
{
    free(version->text);
    ta_signers_release(&version->signers);
    ta_signers_release(&version->before);
}

/* The new key had signed, and stood there to be seen, before the other did. */
static bool speaks_for(const struct version *version, const struct ta_signers *pins,
                       enum ta_role role)
{
    enum ta_role other = ta_role_other(role);
    bool seen = is_same(version->before.key[role], version->signers.key[role]);
    bool agreed =
        pins->key[other] == NULL ||
        (version->sealed[other] && is_same(version->signers.key[other], pins->key[other]));
    return version->sealed[role] && seen && agreed;
}

static void follow_version(struct ta_signers *pins, const struct version *version)
{
    bool moves[TA_ROLES];
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        moves[role] = speaks_for(version, pins, role);
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (moves[role]) {
            ta_replace(&pins->key[role], version->signers.key[role]);
        }
    }
}

static bool follow_versions(struct ta_desk *desk, const struct ta_pair *pair,
                            struct ta_signers *pins, struct ta_error *err)
{
    struct ta_entries entries = {0};
    bool ok = ta_desk_history_versions(desk, pair, "contract.md", 0, &entries, err);
    for (size_t i = entries.count; ok && i > 0; i--) {
        struct version version = {.commit = entries.items[i - 1].id};
        ok = read_version(desk, pair, &version, err);
        if (ok) {
            follow_version(pins, &version);
        }
        release_version(&version);
    }
    ta_entries_release(&entries);
    return ok;
}

bool pins_read(struct ta_desk *desk, const struct ta_pair *pair, struct ta_signers *pins,
               struct ta_error *err)
{
    bool changed = false;
    *pins = (struct ta_signers){0};
    bool ok = read_first(desk, pair, pins, &changed, err) &&
              (!changed || follow_versions(desk, pair, pins, err));
    if (!ok) {
        ta_signers_release(pins);
    }
    return ok;
}
