/* What the two do about releasing: approve, take that back, strike, put back, withhold. */
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/desk/release.h"
#include "turnabout/desk/seals.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/release_paper.h"

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
    bool ok = may_approve(&now, pair, who, err) && ta_desk_contract_is_proved(desk, pair, err);
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

static bool may_take_back(struct ta_desk *desk, const struct ta_release_state *state,
                          const struct ta_pair *pair, enum ta_role who, struct ta_error *err)
{
    if (who == TA_NOBODY) {
        return ta_fail(err, TA_WRONG, "Say whose approval it is: --as mentor or --as mentee.");
    }
    if (!state->approved[who]) {
        return ta_fail(err, TA_REFUSED, "%s has not approved this text of session %u.",
                       pair->person[who].name, state->session);
    }
    return state->standing != TA_RELEASE_DONE || !ta_desk_release_is_sent(desk, pair, state) ||
           ta_fail(err, TA_REFUSED,
                   "The text of session %u is at the coordinator's: turnabout release withhold %u "
                   "takes it from there with the next sync.",
                   state->session, state->session);
}

bool ta_desk_release_take_back(struct ta_desk *desk, const struct ta_pair *pair,
                               const struct ta_release_state *seen, enum ta_role as,
                               struct ta_error *err)
{
    struct ta_release_state now;
    enum ta_role who = as != TA_NOBODY ? as : pair->me;
    if (!read_as_seen(desk, pair, seen, &now, err)) {
        return false;
    }
    bool ok = may_take_back(desk, &now, pair, who, err);
    if (ok) {
        struct ta_text did = {0};
        ta_release_take_back(&now.release, who);
        ta_text_addf(&did, "approval taken back by %s", pair->person[who].name);
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
