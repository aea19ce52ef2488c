/*
 * What is taken back goes at once, also while nothing new is released: while something came in
 * somebody's name, while both changed the same words of the record, while its contract is not
 * proved. So it is not made from the record, but from what was released before.
 */
#include <stdlib.h>
#include <string.h>

#include "projecting.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/seals.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/ledger/ledger.h"
#include "turnabout/ledger/merge.h"
#include "turnabout/ledger/refs.h"

/* What was released before */

static bool read_text(struct ta_git *git, const char *path, const char *commit,
                      const char *document, struct ta_projected_step *step, struct ta_error *err)
{
    char *text = NULL;
    enum { TEXTS = sizeof step->texts / sizeof *step->texts };
    if (step->count == TEXTS) {
        return ta_fail(err, TA_DAMAGED, "%s: its commit %s changes more than was released at once.",
                       path, commit);
    }
    if (!ta_ledger_read(git, path, commit, document, &text, err)) {
        return false;
    }
    step->texts[step->count++] = (struct ta_projected_text){ta_copy(document), text};
    return true;
}

static bool read_step(struct ta_git *git, const char *path, const struct ta_entry *entry,
                      struct ta_projected_step *step, struct ta_error *err)
{
    enum { SECOND = 1000 };
    struct ta_paths paths = {0};
    bool ok = ta_ledger_changed(git, path, NULL, entry->id, &paths, err);
    *step = (struct ta_projected_step){.subject = ta_copy(entry->subject),
                                       .when = entry->when.instant / SECOND};
    for (size_t i = 0; ok && i < paths.count; i++) {
        ok = read_text(git, path, entry->id, paths.items[i], step, err);
    }
    ta_paths_release(&paths);
    return ok;
}

bool projection_read(struct ta_git *git, const char *path, const char *commit,
                     struct ta_projection *projection, struct ta_error *err)
{
    struct ta_entries entries = {0};
    bool joined = false;
    *projection = (struct ta_projection){0};
    bool ok = ta_ledger_log_since(git, path, commit, "", &entries, &joined, err);
    for (size_t i = entries.count; ok && i-- > 0;) {
        struct ta_projected_step *step =
            ta_append(&projection->items, projection->count++, sizeof *step);
        ok = read_step(git, path, &entries.items[i], step, err);
    }
    ta_entries_release(&entries);
    return ok;
}

/* What each of the two decided about a session, as far as it is known here */

enum side { BASE, OURS, THEIRS, SIDES };

/** Main, what the remote had, and what both of them began from. */
struct known {
    const struct syncing *syncing;
    char commit[SIDES][TA_ID_SIZE];
};

static void find_known(struct known *known, const struct syncing *syncing)
{
    enum ta_relation relation = TA_UNRELATED;
    *known = (struct known){.syncing = syncing};
    bool has_both = ta_ledger_tip(syncing->record, known->commit[OURS], NULL) &&
                    ta_ledger_ref(syncing->record, TA_REF_REMOTE, known->commit[THEIRS], NULL) &&
                    known->commit[THEIRS][0] != '\0' &&
                    ta_ledger_relate(syncing->desk->git, syncing->record, known->commit[OURS],
                                     known->commit[THEIRS], &relation, known->commit[BASE], NULL);
    if (!has_both || relation == TA_UNRELATED) {
        memcpy(known->commit[THEIRS], known->commit[OURS], TA_ID_SIZE);
        memcpy(known->commit[BASE], known->commit[OURS], TA_ID_SIZE);
    }
}

/* Where there is no such paper, or it cannot be read, nothing was decided. */
static void read_decided(const struct known *known, unsigned session,
                         struct ta_release decided[SIDES])
{
    char *path = ta_session_path(session, "release.md");
    for (enum side side = BASE; side < SIDES; side++) {
        char *text = NULL;
        decided[side] = (struct ta_release){0};
        if (ta_ledger_read(known->syncing->desk->git, known->syncing->record, known->commit[side],
                           path, &text, NULL) &&
            !ta_release_paper_read(&decided[side], text, NULL)) {
            decided[side] = (struct ta_release){0};
        }
        free(text);
    }
    free(path);
}

static void release_decided(struct ta_release decided[SIDES])
{
    for (enum side side = BASE; side < SIDES; side++) {
        ta_release_release(&decided[side]);
    }
}

/* What one of them changed counts. */
static bool together(const bool is_so[SIDES])
{
    return is_so[OURS] != is_so[BASE] ? is_so[OURS] : is_so[THEIRS];
}

static bool is_withheld(const struct ta_release decided[SIDES])
{
    bool is_so[SIDES];
    for (enum side side = BASE; side < SIDES; side++) {
        is_so[side] = decided[side].withheld;
    }
    return together(is_so);
}

static bool is_line_struck(const struct ta_release decided[SIDES], struct ta_piece line)
{
    bool is_so[SIDES];
    char digest[TA_DIGEST_SIZE];
    ta_digest(digest, line.at, line.length);
    for (enum side side = BASE; side < SIDES; side++) {
        is_so[side] = ta_release_is_struck(&decided[side], digest);
    }
    return together(is_so);
}

static bool is_some_line_struck(const struct ta_release decided[SIDES], const char *page)
{
    while (*page != '\0') {
        struct ta_piece line = {page, strcspn(page, "\n")};
        if (line.length > 0 && is_line_struck(decided, line)) {
            return true;
        }
        page += line.length + (page[line.length] == '\n');
    }
    return false;
}

bool release_is_withheld(const struct syncing *syncing, unsigned session)
{
    struct known known;
    struct ta_release decided[SIDES];
    find_known(&known, syncing);
    read_decided(&known, session, decided);
    bool withheld = is_withheld(decided);
    release_decided(decided);
    return withheld;
}

/* What goes */

/** Where that is looked up. */
struct reasons {
    struct known known;
    struct ta_projection now; /* what the record would release */
    bool has_now;
};

static bool says_withheld(const char *page)
{
    struct ta_released_session session = {0};
    bool withheld =
        page != NULL && ta_released_session_read(&session, page, NULL) && session.withheld;
    ta_released_session_release(&session);
    return withheld;
}

/* Whether a page that was released goes. */
static bool goes(const struct reasons *reasons, unsigned session, const char *path,
                 const char *page, bool *withheld)
{
    if (reasons->has_now) {
        const char *now = ta_projected_at_end(&reasons->now, path);
        *withheld = says_withheld(now);
        return now == NULL || strcmp(now, page) != 0;
    }
    struct ta_release decided[SIDES];
    read_decided(&reasons->known, session, decided);
    *withheld = is_withheld(decided);
    bool is_gone = *withheld || is_some_line_struck(decided, page);
    release_decided(decided);
    return is_gone;
}

static void look_at(const struct reasons *reasons, const struct ta_projected_text *text,
                    struct ta_retraction *retraction)
{
    struct ta_released_session session = {0};
    bool is_page = strncmp(text->path, "sessions/", strlen("sessions/")) == 0 &&
                   ta_released_session_read(&session, text->text, NULL);
    bool withheld = false;
    char *path = ta_session_path(session.session, "released.md");
    if (is_page && !session.withheld && strcmp(path, text->path) == 0 &&
        goes(reasons, session.session, path, text->text, &withheld)) {
        struct ta_retracted *item =
            ta_append(&retraction->items, retraction->count++, sizeof *item);
        *item = (struct ta_retracted){session.session, withheld};
    }
    free(path);
    ta_released_session_release(&session);
}

static enum ta_shared level_of(const struct ta_projection *projection)
{
    struct ta_released_pair pair = {.level = TA_SHARED_NOTHING};
    const char *text = ta_projected_at_end(projection, "pair.md");
    enum ta_shared level =
        text != NULL && ta_released_pair_read(&pair, text, NULL) ? pair.level : TA_SHARED_NOTHING;
    ta_released_pair_release(&pair);
    return level;
}

bool projection_take_back(struct syncing *syncing, bool is_synced, struct ta_projection *projection)
{
    struct reasons reasons = {0};
    struct ta_retraction retraction = {.level = TA_SHARED_SUMMARY};
    char record[TA_ID_SIZE];
    reasons.has_now =
        is_synced && ta_desk_contract_is_proved(syncing->desk, syncing->pair, NULL) &&
        projection_of_record(syncing->desk, syncing->pair, &reasons.now, record, NULL);
    if (reasons.has_now) {
        retraction.level = level_of(&reasons.now);
    } else {
        find_known(&reasons.known, syncing);
    }
    for (size_t i = 0; i < projection->count; i++) {
        for (size_t text = 0; text < projection->items[i].count; text++) {
            look_at(&reasons, &projection->items[i].texts[text], &retraction);
        }
    }
    bool is_less = ta_retract(projection, &retraction);
    ta_projection_release(&reasons.now);
    free(retraction.items);
    return is_less;
}
