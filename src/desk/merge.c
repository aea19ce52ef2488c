#include "turnabout/desk/merge.h"

#include <stdlib.h>
#include <string.h>

#include "reconcile.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/record.h"
#include "turnabout/ledger/refs.h"

enum { TRIES = 5 }; /* while others commit */

void ta_conflicts_release(struct ta_conflicts *conflicts)
{
    for (size_t i = 0; i < conflicts->count; i++) {
        struct ta_conflict *conflict = &conflicts->items[i];
        free(conflict->document);
        free(conflict->heading);
        free(conflict->base);
        free(conflict->ours);
        free(conflict->theirs);
        free(conflict->shown[0]);
        free(conflict->shown[1]);
        free(conflict->choice);
    }
    free(conflicts->items);
    *conflicts = (struct ta_conflicts){0};
}

/* How main stands to theirs. */
static bool begin(struct reconciliation *all, struct ta_desk *desk, const struct ta_pair *pair,
                  const char *theirs, enum ta_relation *relation, struct ta_error *err)
{
    *all = (struct reconciliation){.desk = desk, .pair = pair, .path = ta_record_path(desk, pair)};
    strncat(all->commit[TA_THEIRS], theirs, TA_ID_SIZE - 1);
    ta_ledger_hold(desk->git, all->path);
    return ta_record_refresh(desk, pair, all->commit[TA_OURS], err) &&
           ta_ledger_relate(desk->git, all->path, all->commit[TA_OURS], theirs, relation,
                            all->commit[TA_BASE], err);
}

/* The commit */

/* When nobody had to choose, nobody did it; and it was so when the later of the two was made. So
 * whoever joins them makes the same commit. */
static void sign_alone(const struct reconciliation *all, struct ta_commit *commit)
{
    static const struct ta_person nobody = {"Turnabout", "turnabout@localhost"};
    struct ta_moment ours = all->crossings.when[TA_OURS];
    struct ta_moment theirs = all->crossings.when[TA_THEIRS];
    int order = strcmp(all->commit[TA_OURS], all->commit[TA_THEIRS]);
    commit->author = &nobody;
    bool is_ours = ours.instant != theirs.instant ? ours.instant > theirs.instant : order < 0;
    commit->when = is_ours ? ours : theirs;
}

static void say_choices(struct ta_text *body, const struct ta_conflicts *conflicts)
{
    for (size_t i = 0; i < conflicts->count; i++) {
        const struct ta_conflict *conflict = &conflicts->items[i];
        bool has_heading = conflict->heading[0] != '\0';
        ta_text_addf(body, "%s- %s%s%s\n",
                     i == 0 ? "Chosen, where both had changed the same:\n" : "", conflict->document,
                     has_heading ? ": " : "", conflict->heading);
    }
}

static bool write_commit(const struct reconciliation *all, struct ta_commit *commit,
                         struct ta_error *err)
{
    char id[TA_ID_SIZE];
    struct ta_change *changes = ta_allocate(all->count + 1, sizeof *changes);
    for (size_t i = 0; i < all->count; i++) {
        const struct reconciled *item = &all->items[i];
        changes[i] = (struct ta_change){.path = item->document,
                                        .text = item->text,
                                        .from = item->is_theirs ? all->commit[TA_THEIRS] : NULL};
    }
    bool ok = ta_ledger_commit(all->desk->git, all->path, commit, changes, all->count,
                               all->commit[TA_OURS], id, err);
    free(changes);
    return ok;
}

static bool commit_both(const struct reconciliation *all, struct ta_error *err)
{
    struct ta_text body = {0};
    if (all->renumbered.length > 0) {
        ta_text_addf(&body, "Held apart under one number:\n%s", all->renumbered.bytes);
    }
    say_choices(&body, &all->conflicts);
    struct ta_commit commit = {.subject = "Merged: what each wrote on their own machine",
                               .body = body.bytes,
                               .pair = all->pair,
                               .joined = all->commit[TA_THEIRS],
                               .author = ta_desk_actor(all->pair, TA_NOBODY, TA_MENTEE),
                               .when = ta_desk_moment(all->desk)};
    if (all->conflicts.count == 0) {
        sign_alone(all, &commit);
    }
    bool ok = write_commit(all, &commit, err);
    ta_text_release(&body);
    /* What was chosen is in the commit. */
    return ok && (all->choices.count == 0 ||
                  ta_store_choices_drop(all->desk->store, all->pair->id, NULL) || ok);
}

static bool join(struct reconciliation *all, enum ta_merged *merged, size_t *conflicts,
                 struct ta_error *err)
{
    if (!reconcile(all, err)) {
        return false;
    }
    *conflicts = all->conflicts.left;
    *merged = all->conflicts.left > 0 ? TA_MERGED_CONFLICTS : TA_MERGED_BOTH;
    return all->conflicts.left > 0 || (reconciled_fits(all, err) && commit_both(all, err));
}

/* `said` may be NULL. */
static bool merge_once(struct ta_desk *desk, const struct ta_pair *pair, const char *theirs,
                       enum ta_merged *merged, size_t *conflicts, struct ta_text *said,
                       struct ta_error *err)
{
    struct reconciliation all;
    enum ta_relation relation = TA_SAME;
    bool ok = begin(&all, desk, pair, theirs, &relation, err);
    *merged = TA_MERGED_NOTHING;
    *conflicts = 0;
    if (ok && relation == TA_BEHIND) {
        *merged = TA_MERGED_FORWARD;
        ok = ta_ledger_forward(desk->git, all.path, all.commit[TA_OURS], theirs, err);
    } else if (ok && relation == TA_DIVERGED) {
        ok = join(&all, merged, conflicts, err);
    } else if (ok && relation == TA_UNRELATED) {
        ok = ta_fail(err, TA_REFUSED,
                     "The other record has nothing in common with %s: it is another pair's, or was "
                     "begun anew; see that the remote is the right one.",
                     all.path);
    }
    if (ok && (*merged == TA_MERGED_FORWARD || *merged == TA_MERGED_BOTH)) {
        char tip[TA_ID_SIZE];
        /* The record is as it should be; an index that cannot follow is made anew when read. */
        (void)ta_record_refresh(desk, pair, tip, NULL);
    }
    if (ok && *merged == TA_MERGED_BOTH && said != NULL && all.said.length > 0) {
        ta_text_add(said, all.said.bytes);
    }
    ta_ledger_let_go(desk->git);
    reconciliation_release(&all);
    return ok;
}

bool ta_desk_merge(struct ta_desk *desk, const struct ta_pair *pair, const char *theirs,
                   enum ta_merged *merged, size_t *conflicts, struct ta_error *err)
{
    return ta_desk_merge_telling(desk, pair, theirs, merged, conflicts, NULL, err);
}

bool ta_desk_merge_telling(struct ta_desk *desk, const struct ta_pair *pair, const char *theirs,
                           enum ta_merged *merged, size_t *conflicts, struct ta_text *said,
                           struct ta_error *err)
{
    struct ta_error refusal = {0};
    bool ok = false;
    for (int i = 0; !ok && i < TRIES && (i == 0 || refusal.code == TA_BUSY); i++) {
        ok = merge_once(desk, pair, theirs, merged, conflicts, said, &refusal);
    }
    return ok || ta_fail(err, refusal.code, "%s", refusal.text);
}

/* Conflicts */

/* With the ones there are, and what they come from. */
static bool find_conflicts(struct ta_desk *desk, const struct ta_pair *pair,
                           struct reconciliation *all, struct ta_error *err)
{
    char theirs[TA_ID_SIZE];
    char *path = ta_record_path(desk, pair);
    enum ta_relation relation = TA_SAME;
    *all = (struct reconciliation){0};
    bool ok = ta_ledger_ref(path, TA_REF_REMOTE, theirs, err) &&
              begin(all, desk, pair, theirs, &relation, err) &&
              (relation != TA_DIVERGED || reconcile(all, err));
    ta_ledger_let_go(desk->git);
    free(path);
    return ok;
}

bool ta_desk_conflicts(struct ta_desk *desk, const struct ta_pair *pair,
                       struct ta_conflicts *conflicts, struct ta_error *err)
{
    struct reconciliation all;
    *conflicts = (struct ta_conflicts){0};
    bool ok = find_conflicts(desk, pair, &all, err);
    if (ok) {
        reconcile_say_dates(&all);
        *conflicts = all.conflicts;
        all.conflicts = (struct ta_conflicts){0};
    }
    reconciliation_release(&all);
    return ok;
}

static bool is_text(const char *text, struct ta_error *err)
{
    return text == NULL || ta_is_prose(ta_piece_of(text)) ||
           ta_fail(
               err, TA_WRONG,
               "This is not plain UTF-8 text, or has a control character in it: type it again.");
}

static bool is_there(const struct ta_conflicts *conflicts, const char *digest, struct ta_error *err)
{
    for (size_t i = 0; i < conflicts->count; i++) {
        if (strcmp(conflicts->items[i].digest, digest) == 0) {
            return true;
        }
    }
    return ta_fail(err, TA_BUSY,
                   "The record went on meanwhile, and this is no longer to be chosen: look at it "
                   "again (turnabout conflict list).");
}

/* A whole document without a word in it is one that goes: that is what one of the two did. */
static const char *words_of(const struct ta_conflict *conflict, const char *text)
{
    bool is_empty = text == NULL || ta_piece_trim(ta_piece_of(text)).length == 0;
    if (conflict->whole) {
        return is_empty ? NULL : text;
    }
    return text != NULL ? text : "";
}

bool ta_desk_conflict_choose(struct ta_desk *desk, const struct ta_pair *pair,
                             const struct ta_conflict *conflict, const char *text,
                             struct ta_error *err)
{
    struct reconciliation all = {0};
    enum ta_merged merged;
    size_t left;
    const char *chosen = words_of(conflict, text);
    bool ok = is_text(chosen, err) && find_conflicts(desk, pair, &all, err) &&
              is_there(&all.conflicts, conflict->digest, err) &&
              reconcile_fits(&all, conflict, chosen, err) &&
              ta_store_choice_put(desk->store, pair->id, conflict->digest, chosen, err) &&
              ta_desk_merge(desk, pair, all.commit[TA_THEIRS], &merged, &left, err);
    reconciliation_release(&all);
    return ok;
}
