#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/merge_paper.h"
#include "turnabout/document/release_paper.h"

enum { BASE, OURS, THEIRS, VERSIONS };

static bool has_approval(const struct ta_release *release, const struct ta_approval *approval)
{
    for (size_t at = 0; at < release->approval_count; at++) {
        const struct ta_approval *other = &release->approvals[at];

        if (other->role == approval->role && strcmp(other->digest, approval->digest) == 0) {
            return true;
        }
    }
    return false;
}

/** Whether something stays: both have it, or one of them added it. */
static bool stays(bool base, bool ours, bool theirs)
{
    return ours == theirs ? ours : !base;
}

static int by_digest(const void *one, const void *other)
{
    const struct ta_struck *first = one, *second = other;

    return strcmp(first->digest, second->digest);
}

static void join_strikes(struct ta_release *joined, const struct ta_release version[VERSIONS])
{
    for (int side = OURS; side < VERSIONS; side++) {
        for (size_t at = 0; at < version[side].struck_count; at++) {
            const char *digest = version[side].struck[at].digest;

            if (stays(ta_release_is_struck(&version[BASE], digest),
                      ta_release_is_struck(&version[OURS], digest),
                      ta_release_is_struck(&version[THEIRS], digest))) {
                ta_release_strike(joined, digest);
            }
        }
    }
    if (joined->struck_count > 0) {
        qsort(joined->struck, joined->struck_count, sizeof *joined->struck, by_digest);
    }
}

static int by_time(const void *one, const void *other)
{
    const struct ta_approval *first = one, *second = other;
    int64_t at = first->when.instant, to = second->when.instant;

    if (at != to) {
        return at < to ? -1 : 1;
    }
    return first->role != second->role ? (int)first->role - (int)second->role
                                       : strcmp(first->digest, second->digest);
}

static void join_approvals(struct ta_release *joined, const struct ta_release version[VERSIONS])
{
    for (int side = OURS; side < VERSIONS; side++) {
        for (size_t at = 0; at < version[side].approval_count; at++) {
            const struct ta_approval *approval = &version[side].approvals[at];

            if (!has_approval(joined, approval) &&
                stays(has_approval(&version[BASE], approval),
                      has_approval(&version[OURS], approval),
                      has_approval(&version[THEIRS], approval))) {
                ta_release_add_approval(joined, approval);
            }
        }
    }
    if (joined->approval_count > 0) {
        qsort(joined->approvals, joined->approval_count, sizeof *joined->approvals, by_time);
    }
}

/** Nobody has to approve once more what the other withheld meanwhile: that would not be asked. */
static void join(struct ta_release *joined, const struct ta_release version[VERSIONS],
                 bool has_base)
{
    joined->session = version[OURS].session;
    join_strikes(joined, version);
    joined->withheld =
        has_base ? stays(version[BASE].withheld, version[OURS].withheld, version[THEIRS].withheld)
                 : version[OURS].withheld || version[THEIRS].withheld;
    if (!joined->withheld || version[BASE].withheld) {
        join_approvals(joined, version);
    }
}

char *ta_merge_release(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    const char *const texts[VERSIONS] = {versions->base, versions->ours, versions->theirs};
    struct ta_release version[VERSIONS] = {0}, joined = {0};
    char *written[VERSIONS] = {NULL}, *merged;
    bool ok = true;

    for (int side = BASE; ok && side < VERSIONS; side++) {
        ok = texts[side] == NULL || ta_release_paper_read(&version[side], texts[side], NULL);
    }
    if (ok) {
        join(&joined, version, versions->base != NULL);
    }
    for (int side = OURS; ok && side < VERSIONS; side++) {
        ok = ta_release_paper_write(&written[side], texts[side], &joined, NULL);
    }
    merged = ta_merge_text(ok ? &(struct ta_versions){texts[BASE], written[OURS], written[THEIRS]}
                              : versions,
                           false, chooser);
    for (int side = BASE; side < VERSIONS; side++) {
        ta_release_release(&version[side]);
        free(written[side]);
    }
    ta_release_release(&joined);
    return merged;
}
