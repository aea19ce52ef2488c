#include "pins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "naming.h"
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

bool pins_listed(struct ta_desk *desk, const struct ta_pair *pair, const char *commit,
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

/* What is found out on the way. */
struct pinning {
    struct ta_desk *desk;
    const struct ta_pair *pair;
    struct ta_signers *pins;
    struct ta_entries lists;          /* the versions of contract-signers, newest first */
    char first[TA_ROLES][TA_ID_SIZE]; /* the commit of the first key */
    bool changed;                     /* somebody has another key than the first */
};

static bool leads_to(const struct pinning *pinning, const char *older, const char *newer)
{
    return naming_leads_to(pinning->desk, pinning->pair, older, newer);
}

/* Pins a key that is the first of its role. Of two where neither came first, none is. */
static void pin(struct pinning *pinning, enum ta_role role, const char *key, const char *commit)
{
    char **pinned = &pinning->pins->key[role];
    if (*pinned == NULL) {
        *pinned = ta_copy(key);
        (void)snprintf(pinning->first[role], TA_ID_SIZE, "%s", commit);
    } else if (strcmp(*pinned, key) != 0) {
        pinning->changed = true;
        if (!leads_to(pinning, pinning->first[role], commit)) {
            ta_replace(pinned, "");
        }
    }
}

static bool read_list(struct pinning *pinning, const char *commit, struct ta_error *err)
{
    struct ta_signers signers;
    if (!pins_listed(pinning->desk, pinning->pair, commit, &signers, err)) {
        return false;
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (signers.key[role] != NULL) {
            pin(pinning, role, signers.key[role], commit);
        }
    }
    ta_signers_release(&signers);
    return true;
}

/* Listed newest first, the history is gone through from its beginning. */
static bool read_lists(struct pinning *pinning, struct ta_error *err)
{
    bool ok =
        ta_desk_history_versions(pinning->desk, pinning->pair, SIGNERS, 0, &pinning->lists, err);
    for (size_t i = pinning->lists.count; ok && i > 0; i--) {
        ok = read_list(pinning, pinning->lists.items[i - 1].id, err);
    }
    return ok;
}

/* The first commit whose list has this key; "" when there is none. */
static void find_listing(const struct pinning *pinning, enum ta_role role, const char *key,
                         char commit[TA_ID_SIZE])
{
    commit[0] = '\0';
    for (size_t i = pinning->lists.count; commit[0] == '\0' && i > 0; i--) {
        struct ta_signers signers;
        const char *id = pinning->lists.items[i - 1].id;
        if (pins_listed(pinning->desk, pinning->pair, id, &signers, NULL)) {
            if (is_same(signers.key[role], key)) {
                (void)snprintf(commit, TA_ID_SIZE, "%s", id);
            }
            ta_signers_release(&signers);
        }
    }
}

/* Another key: a version of the contract that both signed speaks for it */

/* A version that came in force with a commit, as that commit has it. */
struct version {
    const char *commit;
    char *text;
    unsigned number;
    struct ta_signers signers;
    bool sealed[TA_ROLES]; /* by the key that stands in `signers` */
};

/* Whether a commit has a signature over the version's text by this key. */
static bool has_seal(const struct pinning *pinning, const struct version *version,
                     const char *commit, enum ta_role role, const char *key)
{
    char *signature = NULL;
    char *path = seal_path(version->number, role);
    struct ta_signers one = {0};
    one.key[role] = (char *)key;
    char *signers = ta_signers_write(&one);
    bool ok = ta_desk_history_text(pinning->desk, pinning->pair, commit, path, &signature, NULL) &&
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

static bool read_version(const struct pinning *pinning, struct version *version,
                         struct ta_error *err)
{
    bool ok = ta_desk_history_text(pinning->desk, pinning->pair, version->commit, "contract.md",
                                   &version->text, err) &&
              pins_listed(pinning->desk, pinning->pair, version->commit, &version->signers, err);
    bool readable = ok && read_number(version);
    for (enum ta_role role = TA_MENTOR; readable && role < TA_ROLES; role++) {
        const char *key = version->signers.key[role];
        version->sealed[role] =
            key != NULL && has_seal(pinning, version, version->commit, role, key);
    }
    return ok;
}

/* Every signature of the other's over this text came behind the commit that lists the new key: one
 * that was there before may have been taken from there, and says nothing of it. */
static bool signed_behind(const struct pinning *pinning, const struct version *version,
                          enum ta_role other, const char *listing)
{
    struct ta_entries entries = {0};
    char *path = seal_path(version->number, other);
    bool ok = ta_desk_history_versions(pinning->desk, pinning->pair, path, 0, &entries, NULL);
    for (size_t i = 0; ok && i < entries.count; i++) {
        const char *commit = entries.items[i].id;
        ok = leads_to(pinning, listing, commit) ||
             !has_seal(pinning, version, commit, other, pinning->pins->key[other]);
    }
    ta_entries_release(&entries);
    free(path);
    return ok;
}

/* The same of who has no key, and so only a name. */
static bool named_behind(const struct pinning *pinning, const struct version *version,
                         enum ta_role other, const char *listing)
{
    struct naming naming;
    char digest[TA_DIGEST_SIZE];
    ta_digest(digest, version->text, strlen(version->text));
    bool ok = naming_read(&naming, pinning->desk, pinning->pair, digest, NULL) &&
              naming_behind(&naming, other, listing);
    naming_release(&naming);
    return ok;
}

/* Whether the other, who knew of it, has signed what the new key signed. */
static bool speaks_for(const struct pinning *pinning, const struct version *version,
                       enum ta_role role)
{
    enum ta_role other = ta_role_other(role);
    const char *pinned = pinning->pins->key[role];
    const char *judge = pinning->pins->key[other];
    const char *key = version->signers.key[role];
    char listing[TA_ID_SIZE];
    if (!version->sealed[role] || pinned == NULL || pinned[0] == '\0' || is_same(key, pinned)) {
        return false;
    }
    find_listing(pinning, role, key, listing);
    if (judge == NULL) {
        return named_behind(pinning, version, other, listing);
    }
    return version->sealed[other] && is_same(version->signers.key[other], judge) &&
           signed_behind(pinning, version, other, listing);
}

static void follow_version(const struct pinning *pinning, const struct version *version)
{
    bool moves[TA_ROLES];
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        moves[role] = speaks_for(pinning, version, role);
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (moves[role]) {
            ta_replace(&pinning->pins->key[role], version->signers.key[role]);
        }
    }
}

static bool follow_versions(const struct pinning *pinning, struct ta_error *err)
{
    struct ta_entries entries = {0};
    bool ok =
        ta_desk_history_versions(pinning->desk, pinning->pair, "contract.md", 0, &entries, err);
    for (size_t i = entries.count; ok && i > 0; i--) {
        struct version version = {.commit = entries.items[i - 1].id};
        ok = read_version(pinning, &version, err);
        if (ok) {
            follow_version(pinning, &version);
        }
        free(version.text);
        ta_signers_release(&version.signers);
    }
    ta_entries_release(&entries);
    return ok;
}

bool pins_read(struct ta_desk *desk, const struct ta_pair *pair, struct ta_signers *pins,
               struct ta_error *err)
{
    struct pinning pinning = {.desk = desk, .pair = pair, .pins = pins};
    *pins = (struct ta_signers){0};
    bool ok = read_lists(&pinning, err) && (!pinning.changed || follow_versions(&pinning, err));
    ta_entries_release(&pinning.lists);
    if (!ok) {
        ta_signers_release(pins);
    }
    return ok;
}
