#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "released.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/record_paper.h"

/* The contract in force */

/** A README that cannot be read says no topic; nothing else is taken from it. */
static void read_topic(struct ta_pair *pair, const char *readme)
{
    struct ta_pair named = {0};
    struct ta_moment since;
    if (readme && ta_readme_read(&named, &since, readme, NULL)) {
        pair->topic = ta_copy(named.topic);
    }
    ta_pair_release(&named);
}

static void take_terms(struct ta_released_terms *terms, const char *readme)
{
    terms->version = terms->contract.version;
    terms->level = ta_release_level(&terms->contract);
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        terms->pair.person[role].name = ta_released_name(terms->contract.person[role].name, role);
    }
    read_topic(&terms->pair, readme);
}

bool ta_released_terms_read(struct ta_released_terms *terms,
                            const struct ta_projected_papers *papers, struct ta_error *err)
{
    char digest[TA_DIGEST_SIZE];
    *terms = (struct ta_released_terms){.pair.me = TA_NOBODY};
    if (!papers->contract || !papers->signatures) {
        return true;
    }
    if (!ta_signatures_read(&terms->signatures, papers->signatures, err)) {
        return false;
    }
    ta_digest(digest, papers->contract, strlen(papers->contract));
    if (!ta_signatures_in_force(&terms->signatures, digest)) {
        return true;
    }
    if (!ta_contract_paper_read(&terms->contract, papers->contract, err)) {
        ta_released_terms_release(terms);
        return false;
    }
    take_terms(terms, papers->readme);
    return true;
}

void ta_released_terms_release(struct ta_released_terms *terms)
{
    ta_pair_release(&terms->pair);
    ta_contract_release(&terms->contract);
    ta_signatures_release(&terms->signatures);
    *terms = (struct ta_released_terms){.pair.me = TA_NOBODY};
}

/* Since when which version is in force */

static void add_version(struct released_versions *versions, unsigned version,
                        struct ta_moment since)
{
    size_t at = versions->count;
    for (size_t i = 0; i < versions->count; i++) {
        if (versions->items[i].version == version) {
            return; /* the first text of a version that both signed */
        }
    }
    (void)ta_append(&versions->items, versions->count++, sizeof *versions->items);
    for (; at > 0 && versions->items[at - 1].since.instant > since.instant; at--) {
        versions->items[at] = versions->items[at - 1];
    }
    versions->items[at] = (struct released_version){version, since};
}

struct released_versions released_versions_of(const struct ta_released_terms *terms)
{
    struct released_versions versions = {0};
    for (size_t i = 0; i < terms->signatures.count; i++) {
        const struct ta_signature *one = &terms->signatures.items[i];
        const struct ta_signature *other =
            ta_signatures_find(&terms->signatures, ta_role_other(one->role), one->digest);
        if (other && one->version <= terms->version) {
            bool is_later = one->when.instant > other->when.instant;
            add_version(&versions, one->version, is_later ? one->when : other->when);
        }
    }
    return versions;
}

/* pair.md */

static void say_versions(struct ta_text *out, const struct released_moment *moment)
{
    for (size_t i = 0; i < moment->count; i++) {
        const struct released_version *version = &moment->versions[i];
        struct ta_moment utc = {version->since.instant, 0};
        char day[TA_DATE_SIZE];
        ta_day_short(day, ta_day_of(utc), (struct ta_day){0});
        ta_text_addf(out, "- Contract version %u: in force from %s\n", version->version, day);
    }
}

static void say_agreed(struct ta_text *out, const struct ta_released_pair *pair)
{
    if (pair->planned > 0) {
        ta_text_addf(out, "- Agreed: %u sessions of %u min, one every %u week%s\n", pair->planned,
                     pair->minutes, pair->rhythm, pair->rhythm == 1 ? "" : "s");
    }
}

static void say_promises(struct ta_text *out, const struct ta_released_pair *pair)
{
    const unsigned *promises = pair->promises;
    if (pair->has_promises) {
        ta_text_addf(out, RELEASED_PROMISES "%u open, %u done, %u told back\n",
                     promises[TA_PROMISE_OPEN], promises[TA_PROMISE_DONE],
                     promises[TA_PROMISE_TOLD]);
    }
}

const char *released_seen(enum ta_shared level)
{
    static const char *const seen[] = {
        [TA_SHARED_NOTHING] = "nothing",
        [TA_SHARED_ATTENDANCE] = "when sessions were held, moved or cancelled",
        [TA_SHARED_TAKEAWAYS] = "attendance, and the takeaways that both approved",
        [TA_SHARED_SUMMARY] =
            "attendance, and the takeaways, promises and questions that both approved",
    };
    return seen[level];
}

static char *body_of(const struct released_moment *moment, const struct ta_released_pair *pair)
{
    struct ta_text body = {0};
    char *topic = plain_copy(pair->topic);
    ta_text_addf(&body, "Reverse mentoring: %s is the mentor, %s the mentee.\n",
                 pair->name[TA_MENTOR], pair->name[TA_MENTEE]);
    if (*topic != '\0') {
        ta_text_addf(&body, "Topic: %s\n", topic);
    }
    ta_text_add(&body, "\n");
    say_versions(&body, moment);
    say_agreed(&body, pair);
    say_promises(&body, pair);
    ta_text_addf(&body, RELEASED_SEEN "%s\n", released_seen(pair->level));
    free(topic);
    return ta_text_take(&body);
}

static const struct released_version *latest(const struct released_moment *moment)
{
    const struct released_version *latest = &moment->versions[0];
    for (size_t i = 1; i < moment->count; i++) {
        latest = moment->versions[i].version > latest->version ? &moment->versions[i] : latest;
    }
    return latest;
}

char *released_pair_text(const struct released_moment *moment)
{
    const struct ta_released_terms *terms = moment->terms;
    const struct released_version *version = latest(moment);
    struct ta_released_pair pair = {.topic = terms->pair.topic,
                                    .level = terms->level,
                                    .contract = version->version,
                                    .since = version->since,
                                    .has_promises = terms->level >= TA_SHARED_TAKEAWAYS};
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        pair.name[role] = terms->pair.person[role].name;
    }
    /* What an earlier version agreed is not in the papers any more. */
    if (version->version == terms->version) {
        pair.planned = ta_contract_number(&terms->contract, TA_CLAUSE_SESSIONS);
        pair.rhythm = ta_contract_number(&terms->contract, TA_CLAUSE_RHYTHM);
        pair.minutes = ta_contract_number(&terms->contract, TA_CLAUSE_DURATION);
    }
    memcpy(pair.promises, moment->promises, sizeof pair.promises);
    char *body = body_of(moment, &pair);
    char *text = ta_released_pair_write(&pair, body);
    free(body);
    return text;
}
