#include "turnabout/domain/release.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

const char *ta_shared_name(enum ta_shared level)
{
    return ta_clause_facts(TA_CLAUSE_SHARED)->choices[level];
}

enum ta_shared ta_release_level(const struct ta_contract *contract)
{
    struct ta_piece value = ta_piece_trim(ta_piece_of(contract->value[TA_CLAUSE_SHARED]));
    enum ta_shared level = TA_SHARED_SUMMARY;
    while (level > TA_SHARED_NOTHING && !ta_piece_is(value, ta_shared_name(level))) {
        level--;
    }
    return level;
}

bool ta_release_is_struck(const struct ta_release *release, const char *digest)
{
    for (size_t i = 0; i < release->struck_count; i++) {
        if (strcmp(release->struck[i].digest, digest) == 0) {
            return true;
        }
    }
    return false;
}

const struct ta_approval *ta_release_approval(const struct ta_release *release, enum ta_role role,
                                              const char *digest)
{
    for (size_t i = release->approval_count; i-- > 0;) {
        const struct ta_approval *approval = &release->approvals[i];
        if (approval->role == role && strcmp(approval->digest, digest) == 0) {
            return approval;
        }
    }
    return NULL;
}

bool ta_release_is_free(const struct ta_release *release, const char *digest)
{
    return !release->withheld && ta_release_approval(release, TA_MENTOR, digest) &&
           ta_release_approval(release, TA_MENTEE, digest);
}

/* What the two would have agreed to is another text now. */
static void drop_approvals(struct ta_release *release)
{
    for (size_t i = 0; i < release->approval_count; i++) {
        free(release->approvals[i].name);
    }
    free(release->approvals);
    release->approvals = NULL;
    release->approval_count = 0;
}

void ta_release_strike(struct ta_release *release, const char *digest)
{
    if (ta_release_is_struck(release, digest)) {
        return;
    }
    struct ta_struck *struck =
        ta_append(&release->struck, release->struck_count++, sizeof *release->struck);
    memcpy(struck->digest, digest, sizeof struck->digest);
    drop_approvals(release);
}

void ta_release_restore(struct ta_release *release, const char *digest)
{
    size_t kept = 0;
    for (size_t i = 0; i < release->struck_count; i++) {
        if (digest && strcmp(release->struck[i].digest, digest) != 0) {
            release->struck[kept++] = release->struck[i];
        }
    }
    if (kept < release->struck_count) {
        release->struck_count = kept;
        drop_approvals(release);
    }
}

void ta_release_withhold(struct ta_release *release, bool withheld)
{
    if (release->withheld != withheld) {
        release->withheld = withheld;
        drop_approvals(release);
    }
}

void ta_release_add_approval(struct ta_release *release, const struct ta_approval *approval)
{
    struct ta_approval *added =
        ta_append(&release->approvals, release->approval_count++, sizeof *release->approvals);
    *added = *approval;
    added->name = ta_copy(approval->name);
}

void ta_release_take_back(struct ta_release *release, enum ta_role role)
{
    size_t kept = 0;
    for (size_t i = 0; i < release->approval_count; i++) {
        if (release->approvals[i].role == role) {
            free(release->approvals[i].name);
        } else {
            release->approvals[kept++] = release->approvals[i];
        }
    }
    release->approval_count = kept;
}

void ta_release_approve(struct ta_release *release, const struct ta_approval *approval)
{
    ta_release_take_back(release, approval->role);
    ta_release_add_approval(release, approval);
}

void ta_release_release(struct ta_release *release)
{
    drop_approvals(release);
    free(release->struck);
    *release = (struct ta_release){0};
}
