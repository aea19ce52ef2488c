#include "naming.h"

#include <stdlib.h>

#include "turnabout/base/memory.h"
#include "turnabout/desk/history.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/ledger/merge.h"

#define SIGNATURES "signatures.md"

bool naming_leads_to(struct ta_desk *desk, const struct ta_pair *pair, const char *older,
                     const char *newer)
{
    enum ta_relation relation = TA_UNRELATED;
    char base[TA_ID_SIZE];
    char *path = ta_record_path(desk, pair);
    bool ok = ta_ledger_relate(desk->git, path, older, newer, &relation, base, NULL);
    free(path);
    return ok && relation == TA_BEHIND;
}

/* What cannot be read has no name. */
static bool read_names(struct naming *naming, size_t at, const char *digest, struct ta_error *err)
{
    struct ta_signatures signatures = {0};
    char *text = NULL;
    bool ok = ta_desk_history_text(naming->desk, naming->pair, naming->commits.items[at].id,
                                   SIGNATURES, &text, err);
    if (text != NULL && ta_signatures_read(&signatures, text, NULL)) {
        for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
            naming->has[at][role] = ta_signatures_find(&signatures, role, digest) != NULL;
        }
        ta_signatures_release(&signatures);
    }
    free(text);
    return ok;
}

bool naming_read(struct naming *naming, struct ta_desk *desk, const struct ta_pair *pair,
                 const char *digest, struct ta_error *err)
{
    *naming = (struct naming){.desk = desk, .pair = pair};
    if (!ta_desk_history_versions(desk, pair, SIGNATURES, 0, &naming->commits, err)) {
        return false;
    }
    bool ok = true;
    naming->has = ta_allocate(naming->commits.count + 1, sizeof *naming->has);
    for (size_t i = 0; ok && i < naming->commits.count; i++) {
        ok = read_names(naming, i, digest, err);
    }
    return ok;
}

void naming_release(struct naming *naming)
{
    ta_entries_release(&naming->commits);
    free(naming->has);
    *naming = (struct naming){0};
}

/* Listed newest first, and the oldest leads to the most. */
bool naming_before(const struct naming *naming, enum ta_role role, const char *commit)
{
    for (size_t i = naming->commits.count; i-- > 0;) {
        if (naming->has[i][role] &&
            naming_leads_to(naming->desk, naming->pair, naming->commits.items[i].id, commit)) {
            return true;
        }
    }
    return false;
}

bool naming_behind(const struct naming *naming, enum ta_role role, const char *commit)
{
    bool any = false;
    for (size_t i = 0; i < naming->commits.count; i++) {
        if (naming->has[i][role] &&
            !naming_leads_to(naming->desk, naming->pair, commit, naming->commits.items[i].id)) {
            return false;
        }
        any = any || naming->has[i][role];
    }
    return any;
}

bool naming_follows(const struct naming *naming, enum ta_role role)
{
    bool any = false;
    for (size_t i = 0; i < naming->commits.count; i++) {
        if (naming->has[i][role] &&
            !naming_before(naming, ta_role_other(role), naming->commits.items[i].id)) {
            return false;
        }
        any = any || naming->has[i][role];
    }
    return any;
}
