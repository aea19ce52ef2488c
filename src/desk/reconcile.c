#include "reconcile.h"

#include <stdlib.h>
#include <string.h>

#include "reconcile_dates.h"
#include "reconcile_sessions.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/desk/record.h"
#include "turnabout/store/index.h"

#define README "README.md"
#define IN_FORCE "contract.md"
#define PROPOSED "contract-proposed.md"

void reconciliation_release(struct reconciliation *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->items[i].document);
        free(all->items[i].text);
    }
    free(all->items);
    free(all->path);
    ta_text_release(&all->renumbered);
    ta_text_release(&all->said);
    ta_choices_release(&all->choices);
    ta_crossings_release(&all->crossings);
    ta_conflicts_release(&all->conflicts);
    *all = (struct reconciliation){0};
}

static struct reconciled *find(const struct reconciliation *all, const char *document)
{
    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->items[i].document, document) == 0) {
            return &all->items[i];
        }
    }
    return NULL;
}

static struct reconciled *item_for(struct reconciliation *all, const char *document)
{
    struct reconciled *item = find(all, document);
    if (item == NULL) {
        item = ta_append(&all->items, all->count++, sizeof *all->items);
        item->document = ta_copy(document);
    }
    free(item->text);
    item->text = NULL;
    item->is_theirs = false;
    return item;
}

void reconcile_put(struct reconciliation *all, const char *document, char *text)
{
    item_for(all, document)->text = text;
}

static const struct ta_crossing *crossing_of(const struct reconciliation *all, const char *document)
{
    for (size_t i = 0; i < all->crossings.count; i++) {
        if (strcmp(all->crossings.items[i].document, document) == 0) {
            return &all->crossings.items[i];
        }
    }
    return NULL;
}

static bool is_changed_by_both(const struct ta_crossing *crossing)
{
    return crossing->is_changed[TA_OURS] && crossing->is_changed[TA_THEIRS];
}

/* What is ours stands in the index, which costs less than to open the repository for it. */
static bool read_ours(const struct reconciliation *all, const char *document, char **text,
                      struct ta_error *err)
{
    char tip[TA_COMMIT_SIZE];
    bool is_indexed = ta_store_index_tip(all->desk->store, all->pair->id, tip, NULL) &&
                      strcmp(tip, all->commit[TA_OURS]) == 0;
    return is_indexed && ta_record_text(all->desk, all->pair, document, text, err);
}

bool reconcile_read(const struct reconciliation *all, enum ta_side side, const char *document,
                    char **text, struct ta_error *err)
{
    struct ta_error refusal = {0};
    const struct ta_crossing *crossing = crossing_of(all, document);
    *text = NULL;
    if (crossing != NULL && is_changed_by_both(crossing)) {
        *text = ta_copy(crossing->text[side]);
        return true;
    }
    if (crossing == NULL || (side == TA_BASE && !crossing->is_changed[TA_OURS])) {
        side = TA_OURS; /* where it is the same */
    }
    if (side == TA_OURS && read_ours(all, document, text, NULL)) {
        return true;
    }
    return ta_ledger_read(all->desk->git, all->path, all->commit[side], document, text, &refusal) ||
           refusal.code == TA_ABSENT || ta_fail(err, refusal.code, "%s", refusal.text);
}

bool reconciled_text(const struct reconciliation *all, const char *document, char **text,
                     struct ta_error *err)
{
    const struct reconciled *item = find(all, document);
    if (item != NULL && !item->is_theirs) {
        *text = ta_copy(item->text);
        return true;
    }
    return reconcile_read(all, item != NULL ? TA_THEIRS : TA_OURS, document, text, err);
}

/* Conflicts */

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL ? strcmp(one, other) == 0 : one == other;
}

static bool is_alike(const struct ta_conflict *one, const struct ta_conflict *other)
{
    return is_same(one->document, other->document) && is_same(one->base, other->base) &&
           is_same(one->ours, other->ours) && is_same(one->theirs, other->theirs);
}

/* A text that is not there differs from one that is empty. */
static void add_part(struct ta_text *all, const char *part)
{
    ta_text_addf(all, "%zu:", part != NULL ? strlen(part) + 1 : 0);
    ta_text_add(all, part != NULL ? part : "");
}

/* The same words may stand at several places of a document: so the places are counted. */
static void name_conflict(const struct ta_conflicts *before, struct ta_conflict *conflict)
{
    struct ta_text text = {0};
    size_t met = 0;
    for (size_t i = 0; i < before->count; i++) {
        met += is_alike(&before->items[i], conflict);
    }
    add_part(&text, conflict->document);
    ta_text_addf(&text, "%zu:", met);
    add_part(&text, conflict->base);
    add_part(&text, conflict->ours);
    add_part(&text, conflict->theirs);
    ta_digest(conflict->digest, text.bytes, text.length);
    ta_text_release(&text);
}

static const struct ta_conflict *add_conflict(struct reconciliation *all,
                                              const struct ta_versions *text, const char *heading,
                                              bool whole)
{
    struct ta_conflict conflict = {.document = ta_copy(all->document),
                                   .heading = ta_copy(heading),
                                   .whole = whole,
                                   .base = ta_copy(text->base),
                                   .ours = ta_copy(text->ours),
                                   .theirs = ta_copy(text->theirs)};
    name_conflict(&all->conflicts, &conflict);
    const struct ta_choice *choice = ta_choices_find(&all->choices, conflict.digest);
    conflict.is_chosen = choice != NULL;
    conflict.choice = choice != NULL ? ta_copy(choice->text) : NULL;
    all->conflicts.left += choice == NULL;
    struct ta_conflict *added =
        ta_append(&all->conflicts.items, all->conflicts.count++, sizeof *added);
    *added = conflict;
    return added;
}

static char *choose(const struct ta_place *place, void *data)
{
    const struct ta_conflict *conflict = add_conflict(data, &place->text, place->heading, false);
    return conflict->is_chosen ? ta_copy(conflict->choice != NULL ? conflict->choice : "") : NULL;
}

/* Documents that both changed */

static char *merge_agenda(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    return ta_merge_text(versions, true, chooser);
}

static char *merge_any(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    return ta_merge_text(versions, false, chooser);
}

static char *merge_lists(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    (void)chooser;
    return ta_merge_union(versions);
}

/* A signature is one of one text: which of two it is to be is told by the contract (settle()). */
static char *take_either(const struct ta_versions *versions, const struct ta_chooser *chooser)
{
    (void)chooser;
    return ta_copy(strcmp(versions->ours, versions->theirs) < 0 ? versions->ours
                                                                : versions->theirs);
}

/* By the end of their path. `keeps`: one that only one of the two has any more stays. */
static const struct {
    const char *end;
    char *(*merge)(const struct ta_versions *versions, const struct ta_chooser *chooser);
    bool keeps;
} rules[] = {
    {"/agenda.md", merge_agenda, false},
    {"/release.md", ta_merge_release, true},
    {"signatures.md", merge_lists, true},
    {"contract-signers", merge_lists, true},
    {".sig", take_either, true},
    {PROPOSED, merge_any, true},
    {"", merge_any, false},
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static size_t rule_for(const char *document)
{
    size_t rule = 0;
    while (!ends_with(document, rules[rule].end)) {
        rule++;
    }
    return rule;
}

/* One took the document away, and the other changed it. */
static void keep_or_ask(struct reconciliation *all, const struct ta_versions *text, bool keeps)
{
    const char *kept = text->ours != NULL ? text->ours : text->theirs;
    if (!keeps) {
        const struct ta_conflict *conflict = add_conflict(all, text, "", true);
        kept = conflict->is_chosen ? conflict->choice : text->ours;
    }
    reconcile_put(all, all->document, ta_copy(kept));
}

static void merge_document(struct reconciliation *all, const struct ta_versions *text)
{
    const struct ta_chooser chooser = {choose, all};
    size_t rule = rule_for(all->document);
    if (is_same(text->ours, text->base) || is_same(text->theirs, text->base)) {
        const char *changed = is_same(text->ours, text->base) ? text->theirs : text->ours;
        reconcile_put(all, all->document, ta_copy(changed));
    } else if (text->ours == NULL || text->theirs == NULL) {
        keep_or_ask(all, text, rules[rule].keeps);
    } else {
        reconcile_put(all, all->document, rules[rule].merge(text, &chooser));
    }
}

/* Documents in which things have ids */

typedef char *merge_things(const struct ta_versions *versions, const struct ta_chooser *chooser,
                           struct ta_renumberings *ours, struct ta_renumberings *theirs);

static void merge_entries(struct reconciliation *all, const struct ta_crossing *crossing,
                          merge_things *merge, struct ta_renumberings ids[TA_SIDES])
{
    const struct ta_versions text = {crossing->text[TA_BASE], crossing->text[TA_OURS],
                                     crossing->text[TA_THEIRS]};
    const struct ta_chooser chooser = {choose, all};
    if (text.ours == NULL || text.theirs == NULL) {
        keep_or_ask(all, &text, true);
    } else {
        reconcile_put(all, all->document, merge(&text, &chooser, &ids[TA_OURS], &ids[TA_THEIRS]));
    }
}

static void merge_named(struct reconciliation *all, const char *document, merge_things *merge,
                        struct ta_renumberings ids[TA_SIDES])
{
    for (size_t i = 0; i < all->crossings.count; i++) {
        const struct ta_crossing *crossing = &all->crossings.items[i];
        if (strcmp(crossing->document, document) == 0 && is_changed_by_both(crossing)) {
            all->document = document;
            merge_entries(all, crossing, merge, ids);
        }
    }
}

static void renumber(char **text, const struct ta_renumberings *ids)
{
    if (*text != NULL && ids->count > 0) {
        char *renumbered = ta_renumber_promises(*text, ids);
        free(*text);
        *text = renumbered;
    }
}

static bool is_summary(const char *document)
{
    return ends_with(document, "/summary.md");
}

/* What one of the two wrote with ids that are others by now. */
static bool renumber_alone(struct reconciliation *all, const struct ta_crossing *crossing,
                           const struct ta_renumberings ids[TA_SIDES], struct ta_error *err)
{
    enum ta_side side = crossing->is_changed[TA_OURS] ? TA_OURS : TA_THEIRS;
    char *text = NULL;
    bool concerns = is_summary(crossing->document) && ids[side].count > 0;
    if (concerns && !reconcile_read(all, side, crossing->document, &text, err)) {
        return false;
    }
    if (text != NULL) {
        renumber(&text, &ids[side]);
        reconcile_put(all, crossing->document, text);
    } else if (side == TA_THEIRS) {
        item_for(all, crossing->document)->is_theirs = true;
    }
    return true;
}

/* Two proposals were both made from the contract that was in force. */
static bool find_origin(const struct reconciliation *all, struct ta_crossing *crossing,
                        struct ta_error *err)
{
    char **base = &crossing->text[TA_BASE];
    return strcmp(crossing->document, PROPOSED) != 0 || *base != NULL ||
           reconcile_read(all, TA_BASE, IN_FORCE, base, err);
}

static bool merge_crossing(struct reconciliation *all, struct ta_crossing *crossing,
                           const struct ta_renumberings ids[TA_SIDES], struct ta_error *err)
{
    all->document = crossing->document;
    if (!is_changed_by_both(crossing)) {
        return renumber_alone(all, crossing, ids, err);
    }
    bool is_done = find(all, crossing->document) != NULL;
    if (is_done || strcmp(crossing->document, README) == 0) {
        return true;
    }
    if (is_summary(crossing->document)) {
        renumber(&crossing->text[TA_OURS], &ids[TA_OURS]);
        renumber(&crossing->text[TA_THEIRS], &ids[TA_THEIRS]);
    }
    if (!find_origin(all, crossing, err)) {
        return false;
    }
    merge_document(all, &(struct ta_versions){crossing->text[TA_BASE], crossing->text[TA_OURS],
                                              crossing->text[TA_THEIRS]});
    return true;
}

/* One conversation of which each took notes may have been held under a date of each. */
static void unite_dates(struct reconciliation *all)
{
    for (size_t i = 0; i < all->crossings.count; i++) {
        struct ta_crossing *crossing = &all->crossings.items[i];
        if (strcmp(crossing->document, "meetings.md") == 0 && is_changed_by_both(crossing)) {
            reconcile_unite_dates(&crossing->text[TA_OURS], &crossing->text[TA_THEIRS],
                                  crossing->text[TA_BASE]);
        }
    }
}

static bool merge_all(struct reconciliation *all, struct ta_error *err)
{
    struct ta_renumberings meetings[TA_SIDES] = {0};
    struct ta_renumberings promises[TA_SIDES] = {0};
    bool ok = true;
    unite_dates(all);
    merge_named(all, "meetings.md", ta_merge_meetings, meetings);
    merge_named(all, "promises.md", ta_merge_promises, promises);
    for (size_t i = 0; ok && i < all->crossings.count; i++) {
        ok = merge_crossing(all, &all->crossings.items[i], promises, err);
    }
    for (enum ta_side side = TA_BASE; side < TA_SIDES; side++) {
        ta_renumberings_release(&meetings[side]);
        ta_renumberings_release(&promises[side]);
    }
    return ok;
}

/* Those of one document stay as they stand in it. */
static void sort_conflicts(struct ta_conflicts *conflicts)
{
    for (size_t i = 1; i < conflicts->count; i++) {
        struct ta_conflict conflict = conflicts->items[i];
        size_t to = i;
        for (; to > 0 && strcmp(conflict.document, conflicts->items[to - 1].document) < 0; to--) {
            conflicts->items[to] = conflicts->items[to - 1];
        }
        conflicts->items[to] = conflict;
    }
}

static bool read_all(struct reconciliation *all, struct ta_error *err)
{
    const char *const commit[TA_SIDES] = {all->commit[TA_BASE], all->commit[TA_OURS],
                                          all->commit[TA_THEIRS]};
    return ta_store_choices(all->desk->store, all->pair->id, &all->choices, err) &&
           ta_ledger_cross(all->desk->git, all->path, commit, &all->crossings, err) &&
           reconcile_sessions(all, err);
}

bool reconcile(struct reconciliation *all, struct ta_error *err)
{
    bool ok = read_all(all, err) && merge_all(all, err);
    sort_conflicts(&all->conflicts);
    return ok && (all->conflicts.left > 0 || settle(all, err));
}

static void suppose(struct ta_choices *choices, const char *digest, const char *text)
{
    struct ta_choice *choice = (struct ta_choice *)ta_choices_find(choices, digest);
    if (choice == NULL) {
        choice = ta_append(&choices->items, choices->count++, sizeof *choice);
        *choice = (struct ta_choice){.digest = ta_copy(digest)};
    }
    ta_replace(&choice->text, text);
}

bool reconcile_try(const struct reconciliation *of, const struct ta_conflict *conflict,
                   const char *text, char **document, struct ta_error *err)
{
    struct reconciliation all = {.desk = of->desk, .pair = of->pair, .path = ta_copy(of->path)};
    *document = NULL;
    memcpy(all.commit, of->commit, sizeof all.commit);
    bool ok = read_all(&all, err);
    if (ok) {
        suppose(&all.choices, conflict->digest, text);
        ok = merge_all(&all, err) && reconciled_text(&all, conflict->document, document, err);
    }
    reconciliation_release(&all);
    return ok;
}
