#include "turnabout/desk/release.h"

#include <stdlib.h>
#include <string.h>

#include "papers.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/projection.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"
#include "turnabout/document/summary_paper.h"

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
    return true;
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

static bool has_summary(const struct papers *papers, unsigned session)
{
    char *text = NULL;
    bool is_there = session > 0 && session_text(papers, session, "summary.md", &text, NULL) && text;
    free(text);
    return is_there;
}

static bool read_all(struct papers *papers, struct ta_releases *releases, struct ta_error *err)
{
    const struct ta_meetings *meetings = NULL;
    struct ta_released_terms terms = {0};
    papers->whole = true;
    bool ok = read_terms(papers, &terms, err) && papers_meetings(papers, &meetings, err);
    for (size_t i = 0; ok && i < meetings->count; i++) {
        if (has_summary(papers, meetings->items[i].session)) {
            struct ta_release_state *state =
                ta_append(&releases->items, releases->count++, sizeof *state);
            ok = read_state(papers, &terms, meetings->items[i].session, state, err);
        }
    }
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

/* Acts */

static bool shares_words(const struct ta_release_state *state, struct ta_error *err)
{
    if (state->standing == TA_RELEASE_CLOSED) {
        return ta_fail(err, TA_REFUSED,
                       state->contract > 0
                           ? "Your contract shares nothing with the coordinator: nothing leaves."
                           : "No contract is in force: nothing leaves before both signed one.");
    }
    return state->standing != TA_RELEASE_ATTENDANCE ||
           ta_fail(err, TA_REFUSED,
                   "Your contract shares dates and minutes, and no words: they need no approval, "
                   "and there is nothing to strike or withhold.");
}

/* What stands in the record now, when it is still what the person saw. */
static bool read_as_seen(struct ta_desk *desk, const struct ta_pair *pair,
                         const struct ta_release_state *seen, struct ta_release_state *now,
                         struct ta_error *err)
{
    if (!ta_desk_release(desk, pair, seen->session, now, err)) {
        return false;
    }
    bool ok = shares_words(now, err);
    if (ok && strcmp(now->digest, seen->digest) != 0) {
        ok = ta_fail(err, TA_BUSY,
                     "The text of session %u was changed meanwhile: look at it again, then decide.",
                     seen->session);
    }
    if (!ok) {
        ta_release_state_release(now);
    }
    return ok;
}

/* Who struck a line or withholds a session is written nowhere. */
static const struct ta_person one_of_the_pair = {.name = (char[]){"One of the pair"},
                                                 .email = (char[]){"pair@localhost"}};

static bool commit(struct ta_desk *desk, const struct ta_pair *pair,
                   const struct ta_release_state *state, const struct ta_person *author,
                   const char *did, struct ta_error *err)
{
    char *text = NULL;
    char *path = ta_session_path(state->session, "release.md");
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Release of session %u: %s", state->session, did);
    struct ta_commit commit = {.subject = subject.bytes,
                               .pair = pair,
                               .session = state->session,
                               .author = author,
                               .when = ta_desk_moment(desk)};
    bool ok = ta_release_paper_write(&text, state->paper, &state->release, err);
    struct ta_document document = {.path = path, .text = text};
    ok = ok && ta_record_commit(desk, &commit, &document, 1, state->tip, err);
    ta_text_release(&subject);
    free(path);
    free(text);
    return ok;
}

static bool may_approve(const struct ta_release_state *state, const struct ta_pair *pair,
                        enum ta_role who, struct ta_error *err)
{
    if (who == TA_NOBODY) {
        return ta_fail(err, TA_WRONG, "Say who approves: --as mentor or --as mentee.");
    }
    if (state->standing == TA_RELEASE_WITHHELD) {
        return ta_fail(err, TA_REFUSED,
                       "Session %u is withheld: put its text back first (turnabout release restore "
                       "%u), look at it, then approve.",
                       state->session, state->session);
    }
    if (state->standing == TA_RELEASE_DONE) {
        return ta_fail(err, TA_REFUSED,
                       "Both have approved this text of session %u already: it is released.",
                       state->session);
    }
    return !state->approved[who] ||
           ta_fail(err, TA_REFUSED, "%s has approved this text already; %s has not yet.",
                   pair->person[who].name, pair->person[ta_role_other(who)].name);
}

bool ta_desk_release_approve(struct ta_desk *desk, const struct ta_pair *pair,
                             const struct ta_release_state *seen, enum ta_role as,
                             struct ta_error *err)
{
    struct ta_release_state now;
    enum ta_role who = as != TA_NOBODY ? as : pair->me;
    if (!read_as_seen(desk, pair, seen, &now, err)) {
        return false;
    }
    bool ok = may_approve(&now, pair, who, err);
    if (ok) {
        struct ta_text did = {0};
        struct ta_approval approval = {
            .role = who, .name = pair->person[who].name, .when = ta_desk_moment(desk)};
        memcpy(approval.digest, now.digest, sizeof approval.digest);
        ta_release_approve(&now.release, &approval);
        ta_text_addf(&did, "approved by %s", pair->person[who].name);
        ok = commit(desk, pair, &now, &pair->person[who], did.bytes, err);
        ta_text_release(&did);
    }
    ta_release_state_release(&now);
    return ok;
}

static bool strike(struct ta_release_state *state, size_t at, struct ta_error *err)
{
    if (at >= state->lines.count || state->lines.items[at].struck) {
        return ta_fail(err, TA_WRONG,
                       "Session %u has no such line: turnabout release preview %u shows them, "
                       "counted from 1.",
                       state->session, state->session);
    }
    const struct ta_released_line *line = &state->lines.items[at];
    if (line->kind == TA_RELEASED_FACT || line->kind == TA_RELEASED_BLANK) {
        return ta_fail(err, TA_WRONG,
                       line->kind == TA_RELEASED_FACT
                           ? "The first line says when the session was, which your contract "
                             "shares: it cannot be struck."
                           : "A blank line cannot be struck: strike those around it.");
    }
    char digest[TA_DIGEST_SIZE];
    ta_released_digest(digest, line);
    ta_release_strike(&state->release, digest);
    return true;
}

bool ta_desk_release_strike(struct ta_desk *desk, const struct ta_pair *pair,
                            const struct ta_release_state *seen, const size_t *lines, size_t count,
                            struct ta_error *err)
{
    struct ta_release_state now;
    if (!read_as_seen(desk, pair, seen, &now, err)) {
        return false;
    }
    bool ok = now.standing != TA_RELEASE_WITHHELD ||
              ta_fail(err, TA_REFUSED,
                      "Session %u is withheld: no line of it leaves, so there is none to strike.",
                      now.session);
    for (size_t i = 0; ok && i < count; i++) {
        ok = strike(&now, lines[i], err);
    }
    ok = ok && commit(desk, pair, &now, &one_of_the_pair,
                      count == 1 ? "a line struck" : "lines struck", err);
    ta_release_state_release(&now);
    return ok;
}

static bool restore(struct ta_release_state *state, size_t at, struct ta_error *err)
{
    bool is_any = state->release.struck_count > 0;
    bool is_all = at >= state->lines.count;
    if (is_any && is_all) {
        ta_release_restore(&state->release, NULL);
        return true;
    }
    if (is_all || !state->lines.items[at].itself) {
        return ta_fail(err, TA_REFUSED,
                       is_all ? "No line of session %u is struck."
                              : "That line of session %u is not struck by itself.",
                       state->session);
    }
    char digest[TA_DIGEST_SIZE];
    ta_released_digest(digest, &state->lines.items[at]);
    ta_release_restore(&state->release, digest);
    return true;
}

bool ta_desk_release_restore(struct ta_desk *desk, const struct ta_pair *pair,
                             const struct ta_release_state *seen, size_t line, struct ta_error *err)
{
    struct ta_release_state now;
    if (!read_as_seen(desk, pair, seen, &now, err)) {
        return false;
    }
    bool ok = restore(&now, line, err) &&
              commit(desk, pair, &now, &one_of_the_pair,
                     line >= now.lines.count ? "struck lines put back" : "a line put back", err);
    ta_release_state_release(&now);
    return ok;
}

bool ta_desk_release_withhold(struct ta_desk *desk, const struct ta_pair *pair,
                              const struct ta_release_state *seen, bool withheld,
                              struct ta_error *err)
{
    struct ta_release_state now;
    if (!read_as_seen(desk, pair, seen, &now, err)) {
        return false;
    }
    bool ok = now.release.withheld != withheld ||
              ta_fail(err, TA_REFUSED,
                      withheld ? "Session %u is withheld already." : "Session %u is not withheld.",
                      now.session);
    ta_release_withhold(&now.release, withheld);
    ok = ok && commit(desk, pair, &now, &one_of_the_pair,
                      withheld ? "withheld" : "no longer withheld", err);
    ta_release_state_release(&now);
    return ok;
}

void ta_release_say_undone(struct ta_text *out)
{
    ta_text_add(out,
                "With the next sync its words are gone from what the coordinator is shown. Copies "
                "that were made before stay where they are, and the remote may keep the old text "
                "until it cleans up.");
}
