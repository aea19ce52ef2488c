#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/document/merge_paper.h"
#include "turnabout/document/release_paper.h"

enum { BASE, OURS, THEIRS, VERSIONS };

static bool has_approval(const struct ta_release *release, const struct ta_approval *approval)
{
    return ta_release_approval(release, approval->role, approval->digest) != NULL;
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

/* What is decided is written anew; a line end of the other kind would make every line another. */
static char *rest_of(const char *text, const struct ta_release *joined)
{
    const struct ta_release undecided = {.session = joined->session, .withheld = joined->withheld};
    struct ta_text rest = {0};
    char *written = NULL;

    if (text == NULL || !ta_release_paper_write(&written, text, &undecided, NULL)) {
        return NULL;
    }
    for (const char *at = written; *at != '\0'; at++) {
        ta_text_add_bytes(&rest, at, !(at[0] == '\r' && at[1] == '\n'));
    }
    free(written);
    return ta_text_take(&rest);
}

static char *merge_rest(const char *const texts[VERSIONS], const struct ta_release *joined,
                        const struct ta_chooser *chooser)
{
    char *rest[VERSIONS], *merged;

    for (int side = BASE; side < VERSIONS; side++) {
        rest[side] = rest_of(texts[side], joined);
    }
    merged =
        ta_merge_text(&(struct ta_versions){rest[BASE], rest[OURS], rest[THEIRS]}, false, chooser);
    for (int side = BASE; side < VERSIONS; side++) {
        free(rest[side]);
    }
    return merged;
}

static char *merge_decided(const char *const texts[VERSIONS], const struct ta_release *joined,
                           const struct ta_chooser *chooser)
{
    char *rest = merge_rest(texts, joined, chooser), *merged = NULL;

    if (!ta_release_paper_write(&merged, rest, joined, NULL)) {
        return rest;
    }
    free(rest);
    return merged;
}

char *ta_merge_release(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    const char *const texts[VERSIONS] = {versions->base, versions->ours, versions->theirs};
    struct ta_release version[VERSIONS] = {0}, joined = {0};
    char *merged = NULL;
    bool ok = true;

    for (int side = BASE; ok && side < VERSIONS; side++) {
        ok = texts[side] == NULL || ta_release_paper_read(&version[side], texts[side], NULL);
    }
    if (ok) {
        join(&joined, version, versions->base != NULL);
        merged = merge_decided(texts, &joined, chooser);
    } else {
        merged = ta_merge_text(versions, false, chooser);
    }
    for (int side = BASE; side < VERSIONS; side++) {
        ta_release_release(&version[side]);
    }
    ta_release_release(&joined);
    return merged;
}
