#include <stdlib.h>
#include <string.h>

#include "reconcile.h"
#include "turnabout/desk/contract.h"
#include "turnabout/document/agenda_paper.h"
#include "turnabout/document/chosen.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/document/summary_paper.h"

/* Readers: what a place takes is told by how its paper is read */

static bool read_agenda(const struct ta_chosen *chosen, const struct ta_pair *pair,
                        struct ta_error *err)
{
    struct ta_agenda agenda;
    (void)pair;
    bool ok = ta_agenda_paper_read(&agenda, chosen->text, err);
    if (ok) {
        ta_agenda_release(&agenda);
    }
    return ok;
}

static bool read_summary(const struct ta_chosen *chosen, const struct ta_pair *pair,
                         struct ta_error *err)
{
    struct ta_summary summary;
    bool ok = ta_summary_paper_read(&summary, chosen->text, pair, err);
    if (ok) {
        ta_summary_release(&summary);
    }
    return ok;
}

static bool read_release(const struct ta_chosen *chosen, const struct ta_pair *pair,
                         struct ta_error *err)
{
    struct ta_release release;
    (void)pair;
    bool ok = ta_release_paper_read(&release, chosen->text, err);
    if (ok) {
        ta_release_release(&release);
    }
    return ok;
}

/* A contract */

static bool has_value(const char *text, enum ta_clause clause, const char *value)
{
    struct ta_contract contract;
    if (text == NULL || !ta_contract_paper_read(&contract, text, NULL)) {
        return false;
    }
    bool has = strcmp(contract.value[clause], value) == 0;
    ta_contract_release(&contract);
    return has;
}

/* What either of them says already is theirs to say, whatever it is. */
static bool takes(const struct ta_chosen *chosen, enum ta_clause clause, const char *value,
                  struct ta_error *err)
{
    enum ta_clause_verdict verdict = ta_clause_check(clause, value);
    return verdict == TA_CLAUSE_FINE || has_value(chosen->either[0], clause, value) ||
           has_value(chosen->either[1], clause, value) || ta_clause_refuse(clause, verdict, err);
}

static bool read_contract(const struct ta_chosen *chosen, const struct ta_pair *pair,
                          struct ta_error *err)
{
    struct ta_contract contract;
    (void)pair;
    if (!ta_contract_paper_read(&contract, chosen->text, err)) {
        return false;
    }
    bool ok = true;
    for (enum ta_clause clause = 0; ok && clause < TA_CLAUSES; clause++) {
        ok = takes(chosen, clause, contract.value[clause], err);
    }
    ta_contract_release(&contract);
    return ok;
}

static const struct {
    const char *file;
    bool (*read)(const struct ta_chosen *chosen, const struct ta_pair *pair, struct ta_error *err);
} readers[] = {
    {"contract.md", read_contract}, {"contract-proposed.md", read_contract},
    {"/agenda.md", read_agenda},    {"/summary.md", read_summary},
    {"/release.md", read_release},
};

/* Those that begin with a slash stand in the folder of a session. */
static bool is_of(const char *path, const char *file)
{
    const char *slash = strrchr(path, '/');
    if (*file != '/') {
        return strcmp(path, file) == 0;
    }
    return slash != NULL && strcmp(slash, file) == 0 &&
           strncmp(path, "sessions/", strlen("sessions/")) == 0;
}

static bool is_readable(const struct ta_chosen *chosen, const struct ta_pair *pair,
                        struct ta_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof readers / sizeof *readers; i++) {
        ok = !is_of(chosen->path, readers[i].file) || readers[i].read(chosen, pair, err);
    }
    return ok;
}

bool reconcile_fits(const struct reconciliation *of, const struct ta_conflict *conflict,
                    const char *text, struct ta_error *err)
{
    char *tried = NULL, *ours = NULL, *theirs = NULL;
    struct ta_error problem = {0};
    bool ok = reconcile_try(of, conflict, text, &tried, err) &&
              reconcile_try(of, conflict, conflict->ours, &ours, err) &&
              reconcile_try(of, conflict, conflict->theirs, &theirs, err);
    const struct ta_chosen chosen = {conflict->document, tried, {ours, theirs}};
    if (ok && tried != NULL &&
        !(ta_chosen_check(&chosen, of->pair, &problem) &&
          is_readable(&chosen, of->pair, &problem))) {
        ok =
            ta_fail(err, TA_WRONG, "This cannot stand there: %s Nothing was chosen.", problem.text);
    }
    free(tried);
    free(ours);
    free(theirs);
    return ok;
}

bool reconciled_fits(const struct reconciliation *all, struct ta_error *err)
{
    struct ta_error problem = {0};
    for (size_t i = 0; i < all->count; i++) {
        const struct reconciled *item = &all->items[i];
        if (item->text != NULL && !ta_record_takes(item->document, item->text, &problem)) {
            return ta_fail(
                err, TA_REFUSED,
                "What each of you wrote does not go together: %s Nothing was changed; %s",
                problem.text,
                all->conflicts.count > 0
                    ? "choose again (turnabout conflict list shows the places)."
                    : "put it right here, then sync again.");
        }
    }
    return true;
}
