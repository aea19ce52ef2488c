#include "turnabout/desk/release.h"

#include <stdlib.h>
#include <string.h>

#include "numbers.h"
#include "papers.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/projection.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/ledger/refs.h"

const char *ta_release_standing_name(enum ta_release_standing standing)
{
    static const char *const names[] = {
        [TA_RELEASE_CLOSED] = "closed",   [TA_RELEASE_ATTENDANCE] = "attendance",
        [TA_RELEASE_WAITING] = "waiting", [TA_RELEASE_WITHHELD] = "withheld",
        [TA_RELEASE_DONE] = "released",   [TA_RELEASE_DRAFT] = "draft",
    };
    return names[standing];
}

/* Reading */

static bool read_terms(const struct papers *papers, struct ta_released_terms *terms,
                       struct ta_error *err)
{
    char *contract = NULL, *signatures = NULL;
    bool ok = papers_text(papers, "contract.md", &contract, err) &&
              papers_text(papers, "signatures.md", &signatures, err);
    struct ta_projected_papers read = {.contract = contract, .signatures = signatures};
    ok = ok && ta_released_terms_read(terms, &read, err);
    free(contract);
    free(signatures);
    return ok;
}

static bool session_text(const struct papers *papers, unsigned session, const char *file,
                         char **text, struct ta_error *err)
{
    char *path = ta_session_path(session, file);
    bool ok = papers_text(papers, path, text, err);
    free(path);
    return ok;
}

static bool read_lines(const struct papers *papers, const struct ta_released_terms *terms,
                       struct ta_release_state *state, struct ta_error *err)
{
    char *text = NULL;
    struct ta_summary summary = {0};
    if (!session_text(papers, state->session, "summary.md", &text, err)) {
        return false;
    }
    /* As the projection reads it: names that both signed. */
    const struct ta_pair *pair = terms->version > 0 ? &terms->pair : papers->pair;
    bool ok =
        text ? ta_summary_paper_read(&summary, text, pair, err)
             : ta_fail(err, TA_ABSENT, "There is no summary of session %u yet.", state->session);
    if (ok) {
        ta_released_compose(&state->lines, &summary, pair->person, terms->level);
    }
    ta_summary_release(&summary);
    free(text);
    return ok;
}

static bool read_decisions(const struct papers *papers, struct ta_release_state *state,
                           struct ta_error *err)
{
    bool ok = session_text(papers, state->session, "release.md", &state->paper, err) &&
              (!state->paper || ta_release_paper_read(&state->release, state->paper, err));
    state->release.session = state->session;
    return ok;
}

static bool has_approved_another(const struct ta_release *release, enum ta_role role)
{
    for (size_t i = 0; i < release->approval_count; i++) {
        if (release->approvals[i].role == role) {
            return true;
        }
    }
    return false;
}

static void tell_approvals(struct ta_release_state *state, const char *digest)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        const struct ta_approval *approval = ta_release_approval(&state->release, role, digest);
        state->approved[role] = approval != NULL;
        state->lapsed[role] = !approval && has_approved_another(&state->release, role);
        if (approval) {
            state->at[role] = approval->when;
        }
    }
}

static void tell_words(struct ta_release_state *state)
{
    ta_released_strike(&state->lines, &state->release);
    state->text = ta_released_text(&state->lines);
    ta_digest(state->digest, state->text, strlen(state->text));
    tell_approvals(state, state->digest);
    bool is_free = ta_release_is_free(&state->release, state->digest);
    state->standing = is_free ? TA_RELEASE_DONE : TA_RELEASE_WAITING;
    if (state->release.withheld) {
        state->standing = TA_RELEASE_WITHHELD;
        free(state->text);
        state->text = ta_released_withheld(&state->lines);
        ta_digest(state->digest, state->text, strlen(state->text));
    }
}

static bool tell_attendance(struct papers *papers, const struct ta_released_terms *terms,
                            struct ta_release_state *state, struct ta_error *err)
{
    const struct ta_meetings *meetings = NULL;
    bool is_shared = state->level == TA_SHARED_ATTENDANCE;
    papers->whole = true;
    state->standing = is_shared ? TA_RELEASE_ATTENDANCE : TA_RELEASE_CLOSED;
    if (is_shared && !papers_meetings(papers, &meetings, err)) {
        return false;
    }
    state->text = is_shared ? ta_released_meetings(meetings, terms->pair.person) : ta_copy("");
    ta_digest(state->digest, state->text, strlen(state->text));
    return true;
}

static bool find_date(struct papers *papers, struct ta_release_state *state, struct ta_error *err)
{
    const struct ta_meetings *meetings = NULL;
    papers->whole = true;
    if (!papers_meetings(papers, &meetings, err)) {
        return false;
    }
    state->is_undated = true;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        bool is_it = meeting->state == TA_MEETING_HELD && meeting->session == state->session;
        state->is_undated = state->is_undated && !is_it;
    }
    return true;
}

static bool read_state(struct papers *papers, const struct ta_released_terms *terms,
                       unsigned session, struct ta_release_state *state, struct ta_error *err)
{
    *state = (struct ta_release_state){
        .session = session, .level = terms->level, .contract = terms->version};
    memcpy(state->tip, papers->tip, sizeof state->tip);
    if (!read_lines(papers, terms, state, err) || !read_decisions(papers, state, err)) {
        return false;
    }
    if (state->level < TA_SHARED_TAKEAWAYS) {
        return tell_attendance(papers, terms, state, err);
    }
    tell_words(state);
    return find_date(papers, state, err);
}

static bool last_session(struct papers *papers, unsigned *session, struct ta_error *err)
{
    unsigned next = 0;
    if (!papers_session(papers, &next, err)) {
        return false;
    }
    *session = next - 1;
    return next > 1 || ta_fail(err, TA_ABSENT, "There is no summary yet: hold a session first.");
}

bool ta_desk_release(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                     struct ta_release_state *state, struct ta_error *err)
{
    struct papers papers;
    struct ta_released_terms terms = {0};
    *state = (struct ta_release_state){0};
    bool ok = papers_open(&papers, desk, pair, err) && read_terms(&papers, &terms, err) &&
              (session > 0 || last_session(&papers, &session, err)) &&
              read_state(&papers, &terms, session, state, err);
    papers_close(&papers);
    ta_released_terms_release(&terms);
    if (!ok) {
        ta_release_state_release(state);
    }
    return ok;
}

bool ta_desk_release_draft(struct ta_desk *desk, const struct ta_pair *pair,
                           const struct ta_summary *summary, struct ta_release_state *state,
                           struct ta_error *err)
{
    struct papers papers;
    struct ta_released_terms terms = {0};
    bool ok = papers_open(&papers, desk, pair, err) && read_terms(&papers, &terms, err);
    *state = (struct ta_release_state){
        .session = summary->session, .level = terms.level, .contract = terms.version};
    if (ok) {
        const struct ta_person *person = terms.version > 0 ? terms.pair.person : pair->person;
        ta_released_compose(&state->lines, summary, person, terms.level);
    }
    if (ok && terms.level >= TA_SHARED_TAKEAWAYS) {
        state->standing = TA_RELEASE_DRAFT;
        state->text = ta_released_text(&state->lines);
        ta_digest(state->digest, state->text, strlen(state->text));
    } else if (ok) {
        ok = tell_attendance(&papers, &terms, state, err);
    }
    papers_close(&papers);
    ta_released_terms_release(&terms);
    if (!ok) {
        ta_release_state_release(state);
    }
    return ok;
}

/* Whether a role, or both of them, approved the text of this summary as it stands. */
static bool is_approved(const struct ta_summary *summary, const struct ta_contract *contract,
                        const struct ta_release *release, enum ta_role role)
{
    struct ta_released_lines lines;
    struct ta_person person[TA_ROLES] = {0};
    char digest[TA_DIGEST_SIZE];
    for (enum ta_role each = TA_MENTOR; each < TA_ROLES; each++) {
        person[each].name = ta_released_name(contract->person[each].name, each);
    }
    ta_released_compose(&lines, summary, person, ta_release_level(contract));
    ta_released_strike(&lines, release);
    char *text = ta_released_text(&lines);
    ta_digest(digest, text, strlen(text));
    bool both = ta_release_is_free(release, digest);
    bool approved = role == TA_NOBODY ? both : ta_release_approval(release, role, digest) != NULL;
    free(text);
    free(person[TA_MENTOR].name);
    free(person[TA_MENTEE].name);
    ta_released_lines_release(&lines);
    return approved;
}

/* What cannot be read asks for nothing: its own screen says what is wrong with it. */
bool release_waits(const struct papers *papers, const struct ta_summary *summary)
{
    char *text = NULL;
    struct ta_release release = {0};
    if (summary->session == 0 || ta_release_level(&papers->contract) < TA_SHARED_TAKEAWAYS ||
        !session_text(papers, summary->session, "release.md", &text, NULL)) {
        return false;
    }
    bool waits = !text;
    if (text && ta_release_paper_read(&release, text, NULL)) {
        waits = !release.withheld &&
                !is_approved(summary, &papers->contract, &release, papers->pair->me);
    }
    ta_release_release(&release);
    free(text);
    return waits;
}

void ta_release_state_release(struct ta_release_state *state)
{
    ta_released_lines_release(&state->lines);
    ta_release_release(&state->release);
    free(state->text);
    free(state->paper);
    *state = (struct ta_release_state){0};
}

bool ta_desk_release_is_sent(struct ta_desk *desk, const struct ta_pair *pair,
                             const struct ta_release_state *state)
{
    char commit[TA_ID_SIZE] = "";
    char *text = NULL;
    char *path = ta_released_path(desk, pair);
    char *document = ta_session_path(state->session, "released.md");
    bool is_sent = ta_ledger_ref(path, TA_REF_REMOTE, commit, NULL) && commit[0] != '\0' &&
                   ta_ledger_read(desk->git, path, commit, document, &text, NULL) &&
                   strcmp(text, state->text) == 0;
    free(text);
    free(document);
    free(path);
    return is_sent;
}

size_t ta_release_line(const struct ta_release_state *state, unsigned number)
{
    size_t line = 0;
    for (unsigned seen = 0; line < state->lines.count; line++) {
        seen += !state->lines.items[line].struck;
        if (number > 0 && seen == number) {
            break;
        }
    }
    return line;
}

/* All sessions */

static int compare_sessions(const void *one, const void *other)
{
    const struct ta_release_state *a = one, *b = other;
    return a->session < b->session ? -1 : a->session > b->session;
}

struct listed {
    unsigned *sessions;
    size_t count;
};

static void list_session(const struct ta_indexed *document, void *data)
{
    struct listed *listed = data;
    unsigned session = numbers_of_summary(document->path);
    if (session > 0) {
        *(unsigned *)ta_append(&listed->sessions, listed->count++, sizeof session) = session;
    }
}

/* Whoever has a summary, whether meetings.md tells of it or somebody took its line out by hand. */
static bool read_all(struct papers *papers, struct ta_releases *releases, struct ta_error *err)
{
    struct ta_released_terms terms = {0};
    struct listed listed = {0};
    papers->whole = true;
    bool ok =
        read_terms(papers, &terms, err) &&
        ta_store_index_walk(papers->desk->store, papers->pair->id, list_session, &listed, err);
    for (size_t i = 0; ok && i < listed.count; i++) {
        struct ta_release_state *state =
            ta_append(&releases->items, releases->count++, sizeof *state);
        ok = read_state(papers, &terms, listed.sessions[i], state, err);
    }
    free(listed.sessions);
    ta_released_terms_release(&terms);
    return ok;
}

bool ta_desk_releases(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_releases *releases, struct ta_error *err)
{
    struct papers papers;
    *releases = (struct ta_releases){0};
    bool ok = papers_open(&papers, desk, pair, err) && read_all(&papers, releases, err);
    papers_close(&papers);
    if (!ok) {
        ta_releases_release(releases);
    } else if (releases->count > 0) {
        qsort(releases->items, releases->count, sizeof *releases->items, compare_sessions);
    }
    return ok;
}

void ta_releases_release(struct ta_releases *releases)
{
    for (size_t i = 0; i < releases->count; i++) {
        ta_release_state_release(&releases->items[i]);
    }
    free(releases->items);
    *releases = (struct ta_releases){0};
}
