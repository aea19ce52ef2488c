#include <stdlib.h>
#include <string.h>

#include "pins.h"
#include "reconcile.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/record_paper.h"

#define README "README.md"
#define IN_FORCE "contract.md"
#define PROPOSED "contract-proposed.md"
#define SIGNATURES "signatures.md"

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL ? strcmp(one, other) == 0 : one == other;
}

/* The contract */

/** What the record says of it. */
struct contracts {
    char *in_force, *proposed, *signatures;
    struct ta_signatures names;
};

static void release(struct contracts *contracts)
{
    free(contracts->in_force);
    free(contracts->proposed);
    free(contracts->signatures);
    ta_signatures_release(&contracts->names);
    *contracts = (struct contracts){0};
}

/* What somebody damaged by hand is not settled; whoever reads it says what is wrong. */
static bool read_contracts(const struct reconciliation *all, struct contracts *contracts,
                           struct ta_error *err)
{
    bool ok = reconciled_text(all, IN_FORCE, &contracts->in_force, err) &&
              reconciled_text(all, PROPOSED, &contracts->proposed, err) &&
              reconciled_text(all, SIGNATURES, &contracts->signatures, err);
    if (ok && contracts->signatures != NULL &&
        !ta_signatures_read(&contracts->names, contracts->signatures, NULL)) {
        contracts->names = (struct ta_signatures){0};
    }
    return ok;
}

static bool both_signed(const struct contracts *contracts, const char *text)
{
    char digest[TA_DIGEST_SIZE];
    if (text == NULL) {
        return false;
    }
    ta_digest(digest, text, strlen(text));
    return ta_signatures_both(&contracts->names, digest);
}

static unsigned version_of(const char *text)
{
    struct ta_contract contract = {0};
    unsigned version = 0;
    if (text != NULL && ta_contract_paper_read(&contract, text, NULL)) {
        version = contract.version;
        ta_contract_release(&contract);
    }
    return version;
}

/* One that was in force already, before the version that is, only goes. */
static void settle_signed(struct reconciliation *all, const struct contracts *contracts)
{
    bool was_before = both_signed(contracts, contracts->in_force) &&
                      version_of(contracts->in_force) >= version_of(contracts->proposed);
    if (!was_before) {
        reconcile_put(all, IN_FORCE, ta_copy(contracts->proposed));
    }
    reconcile_put(all, PROPOSED, NULL);
}

static bool has_text(const struct reconciliation *all, enum ta_side side, const char *text)
{
    static const char *const papers[] = {IN_FORCE, PROPOSED};
    bool found = false;
    for (size_t i = 0; text != NULL && !found && i < sizeof papers / sizeof *papers; i++) {
        char *own = NULL;
        found = reconcile_read(all, side, papers[i], &own, NULL) && own != NULL &&
                strcmp(own, text) == 0;
        free(own);
    }
    return found;
}

/* By key it was signed under the number that is another's now. */
static void take_seals_of(struct reconciliation *all, const struct contracts *contracts,
                          unsigned version)
{
    bool ours = has_text(all, TA_OURS, contracts->in_force);
    if (ours == has_text(all, TA_THEIRS, contracts->in_force)) {
        return;
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        char *path = seal_path(version, role);
        char *seal = NULL;
        char *merged = NULL;
        if (reconcile_read(all, ours ? TA_OURS : TA_THEIRS, path, &seal, NULL) &&
            reconciled_text(all, path, &merged, NULL) && !is_same(merged, seal)) {
            reconcile_put(all, path, seal);
            seal = NULL;
        }
        free(merged);
        free(seal);
        free(path);
    }
}

/* One that was written while the other's came into force is the next; as it says so in its text,
 * nobody has signed it. */
static void settle_outrun(struct reconciliation *all, const struct contracts *contracts)
{
    char *next = NULL;
    unsigned version = version_of(contracts->proposed);
    unsigned last = ta_signatures_version(&contracts->names);
    if (version > 0 && version != last + 1 &&
        ta_contract_paper_set_version(&next, contracts->proposed, last + 1, NULL)) {
        reconcile_put(all, PROPOSED, next);
        take_seals_of(all, contracts, version);
    }
}

/* A proposal that each signed on their own machine is in force. */
static bool settle_contract(struct reconciliation *all, struct ta_error *err)
{
    struct contracts contracts = {0};
    bool ok = read_contracts(all, &contracts, err);
    if (ok && both_signed(&contracts, contracts.proposed)) {
        settle_signed(all, &contracts);
    } else if (ok) {
        settle_outrun(all, &contracts);
    }
    release(&contracts);
    return ok;
}

/* Signatures as files of their own: of two of one name, that of the side whose text stands */

static bool is_signature(const struct ta_crossing *crossing)
{
    size_t length = strlen(crossing->document);
    return length > 4 && strcmp(crossing->document + length - 4, ".sig") == 0 &&
           crossing->text[TA_OURS] != NULL && crossing->text[TA_THEIRS] != NULL;
}

static bool settle_signatures(struct reconciliation *all, struct ta_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < all->crossings.count; i++) {
        const struct ta_crossing *crossing = &all->crossings.items[i];
        char *text = NULL;
        if (!is_signature(crossing)) {
            continue;
        }
        ok = reconciled_text(all, IN_FORCE, &text, err);
        bool ours = ok && has_text(all, TA_OURS, text);
        bool theirs = ok && has_text(all, TA_THEIRS, text);
        if (ours != theirs) {
            reconcile_put(all, crossing->document,
                          ta_copy(crossing->text[ours ? TA_OURS : TA_THEIRS]));
        }
        free(text);
    }
    return ok;
}

/* README.md */

/** What its front matter says. */
struct front {
    struct ta_pair pair;
    struct ta_moment since;
    bool is_there;
};

static bool read_front(const struct reconciliation *all, enum ta_side side, struct front *front,
                       struct ta_error *err)
{
    char *text = NULL;
    bool ok = reconcile_read(all, side, README, &text, err);
    front->is_there = ok && text != NULL && ta_readme_read(&front->pair, &front->since, text, NULL);
    free(text);
    return ok;
}

/* The value that was changed; of two the one that sorts first. */
static const char *pick(const char *base, const char *ours, const char *theirs)
{
    if (is_same(ours, base) || is_same(theirs, base)) {
        return is_same(ours, base) ? theirs : ours;
    }
    if (ours == NULL || theirs == NULL) {
        return ours != NULL ? ours : theirs;
    }
    return strcmp(ours, theirs) < 0 ? ours : theirs;
}

static struct ta_moment pick_since(const struct front front[TA_SIDES])
{
    const struct ta_moment *ours = &front[TA_OURS].since;
    const struct ta_moment *theirs = &front[TA_THEIRS].since;
    if (ours->instant == front[TA_BASE].since.instant) {
        return *theirs;
    }
    return theirs->instant == front[TA_BASE].since.instant || ours->instant < theirs->instant
               ? *ours
               : *theirs;
}

/* Where somebody broke the file, the other's is right. */
static void join_fronts(const struct reconciliation *all, struct front front[TA_SIDES],
                        struct front *joined)
{
    struct front *ours = &front[TA_OURS];
    struct front *theirs = &front[TA_THEIRS];
    struct front known = {.pair = *all->pair, .is_there = true};
    const struct front *one = ours->is_there ? ours : theirs->is_there ? theirs : &known;
    const struct front *other = theirs->is_there ? theirs : one;
    const struct front *base = front[TA_BASE].is_there ? &front[TA_BASE] : one;
    const struct front picked[TA_SIDES] = {*base, *one, *other};
    ta_replace(&joined->pair.topic, pick(base->pair.topic, one->pair.topic, other->pair.topic));
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        const struct ta_person *was = &base->pair.person[role];
        const struct ta_person *first = &one->pair.person[role];
        const struct ta_person *second = &other->pair.person[role];
        struct ta_person *person = &joined->pair.person[role];
        ta_replace(&person->name, pick(was->name, first->name, second->name));
        ta_replace(&person->email, pick(was->email, first->email, second->email));
    }
    joined->since = pick_since(picked);
}

static bool tell_contract(const struct reconciliation *all, struct ta_readme_facts *facts,
                          struct ta_error *err)
{
    struct contracts contracts = {0};
    struct ta_contract contract = {0};
    bool ok = read_contracts(all, &contracts, err);
    if (ok && both_signed(&contracts, contracts.in_force)) {
        ok = ta_contract_paper_read(&contract, contracts.in_force, err);
        if (ok) {
            facts->version = contract.version;
            facts->agreed = ta_contract_number(&contract, TA_CLAUSE_SESSIONS);
            ta_contract_release(&contract);
        }
    }
    release(&contracts);
    return ok;
}

static bool read_lists(const struct reconciliation *all, const struct ta_pair *pair,
                       struct ta_meetings *meetings, struct ta_promises *promises,
                       struct ta_error *err)
{
    char *dates = NULL;
    char *words = NULL;
    bool ok = reconciled_text(all, "meetings.md", &dates, err) &&
              reconciled_text(all, "promises.md", &words, err) &&
              (dates == NULL || ta_meetings_read(meetings, dates, err)) &&
              (words == NULL || ta_promises_read(promises, words, pair, err));
    free(dates);
    free(words);
    return ok;
}

static bool write_readme(struct reconciliation *all, const struct front *front,
                         struct ta_error *err)
{
    struct ta_meetings meetings = {0};
    struct ta_promises promises = {0};
    struct ta_readme_facts facts = {
        .pair = &front->pair, .since = front->since, .meetings = &meetings, .promises = &promises};
    bool ok =
        tell_contract(all, &facts, err) && read_lists(all, &front->pair, &meetings, &promises, err);
    if (ok) {
        reconcile_put(all, README, ta_readme_write(&facts));
    }
    ta_meetings_release(&meetings);
    ta_promises_release(&promises);
    return ok;
}

static bool settle_readme(struct reconciliation *all, struct ta_error *err)
{
    struct front front[TA_SIDES] = {0};
    struct front joined = {0};
    bool ok = true;
    for (enum ta_side side = TA_BASE; ok && side < TA_SIDES; side++) {
        ok = read_front(all, side, &front[side], err);
    }
    if (ok) {
        join_fronts(all, front, &joined);
        ok = write_readme(all, &joined, err);
    }
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        ta_pair_release(&front[side].pair);
    }
    ta_pair_release(&joined.pair);
    return ok;
}

/* It tells of the contract, the dates and the promises, and of nothing that lies in a session. */
static bool concerns_readme(const struct reconciliation *all)
{
    static const char sessions[] = "sessions/";
    for (size_t i = 0; i < all->crossings.count; i++) {
        if (strncmp(all->crossings.items[i].document, sessions, sizeof sessions - 1) != 0) {
            return true;
        }
    }
    return false;
}

bool settle(struct reconciliation *all, struct ta_error *err)
{
    return settle_contract(all, err) && settle_signatures(all, err) &&
           (!concerns_readme(all) || settle_readme(all, err));
}
