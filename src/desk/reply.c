#include "turnabout/desk/reply.h"

#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "papers.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/reply_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/store/drafts.h"

static bool read_title(const struct papers *papers, struct ta_reply_state *state,
                       struct ta_error *err)
{
    char *text = NULL;
    struct ta_summary summary = {0};
    char *path = ta_session_path(state->session, "summary.md");
    bool ok = papers_text(papers, path, &text, err) &&
              (!text || ta_summary_paper_read(&summary, text, papers->pair, err));
    if (ok && !text) {
        ok = ta_fail(err, TA_ABSENT, "There is no summary of session %u to reply to yet.",
                     state->session);
    }
    state->title = ok ? ta_copy(summary.title) : NULL;
    ta_summary_release(&summary);
    free(path);
    free(text);
    return ok;
}

static bool find_session(struct papers *papers, struct ta_reply_state *state, struct ta_error *err)
{
    unsigned next = 0;
    if (state->session != 0) {
        return true;
    }
    if (!papers_session(papers, &next, err)) {
        return false;
    }
    state->session = next - 1;
    return state->session != 0 ||
           ta_fail(err, TA_ABSENT, "There is no summary to reply to yet: hold a session first.");
}

/* Who wrote it can write it anew; to whom it was written nothing is shown that it does not say. */
static bool read_words(struct ta_reply_state *state, struct ta_error *err)
{
    struct ta_error problem = {0};
    if (state->paper == NULL || ta_reply_paper_read(&state->words, state->paper, &problem)) {
        return true;
    }
    state->trouble = ta_copy(problem.text);
    return state->may_write || ta_fail(err, problem.code, "%s", problem.text);
}

static bool read_committed(const struct papers *papers, struct ta_reply_state *state,
                           struct ta_error *err)
{
    char *path = ta_session_path(state->session, "reply.md");
    bool ok = papers_text(papers, path, &state->paper, err) && read_words(state, err);
    free(path);
    if (ok && !state->words) {
        state->words = ta_copy("");
    }
    return ok;
}

/* What is not committed yet is its writer's alone. */
static bool read_draft(const struct papers *papers, struct ta_reply_state *state,
                       struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    struct ta_draft draft = {0};
    if (!state->may_write) {
        return true;
    }
    draft_name(name, DRAFT_REPLY, state->session);
    bool ok = ta_store_draft(papers->desk->store, papers->pair->id, name, &draft, err);
    if (ok && draft.text) {
        state->revision = draft.revision;
        state->drafted = strcmp(draft.text, state->words) != 0;
        ta_replace(&state->words, draft.text);
    }
    ta_draft_release(&draft);
    return ok;
}

static bool read_off_limits(struct papers *papers, struct ta_reply_state *state,
                            struct ta_error *err)
{
    const struct ta_contract *contract = NULL;
    bool ok = papers_contract(papers, &contract, err);
    state->off_limits = ta_copy(ok ? contract->value[TA_CLAUSE_OFF_LIMITS] : "");
    return ok;
}

bool ta_desk_reply(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                   enum ta_role as, struct ta_reply_state *state, struct ta_error *err)
{
    struct papers papers;
    *state = (struct ta_reply_state){.session = session,
                                     .may_write = ta_desk_actor(pair, as, TA_MENTOR) ==
                                                  &pair->person[TA_MENTOR]};
    bool ok = papers_open(&papers, desk, pair, err);
    if (ok) {
        memcpy(state->tip, papers.tip, sizeof state->tip);
        ok = find_session(&papers, state, err) && read_title(&papers, state, err) &&
             read_committed(&papers, state, err) && read_draft(&papers, state, err) &&
             read_off_limits(&papers, state, err);
    }
    papers_close(&papers);
    if (!ok) {
        ta_reply_state_release(state);
    }
    return ok;
}

void ta_reply_state_release(struct ta_reply_state *state)
{
    free(state->title);
    free(state->words);
    free(state->paper);
    free(state->trouble);
    free(state->off_limits);
    *state = (struct ta_reply_state){0};
}

static bool may_write(const struct ta_pair *pair, const struct ta_reply_state *state,
                      struct ta_error *err)
{
    return state->may_write ||
           ta_fail(err, TA_REFUSED,
                   "The reply is %s's: the mentor writes it, and the mentee reads it.",
                   pair->person[TA_MENTOR].name);
}

static bool check_words(const char *words, struct ta_error *err)
{
    size_t length = strlen(words);
    if (length > TA_REPLY_LONGEST) {
        return ta_fail(err, TA_WRONG, "The reply is too long: say it in at most %d bytes.",
                       TA_REPLY_LONGEST);
    }
    return ta_is_prose((struct ta_piece){words, length}) ||
           ta_fail(err, TA_WRONG,
                   "The reply is not plain UTF-8 text, or has a control character in it: type it "
                   "again.");
}

bool ta_desk_reply_write(struct ta_desk *desk, const struct ta_pair *pair,
                         struct ta_reply_state *state, const char *words, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    draft_name(name, DRAFT_REPLY, state->session);
    if (!may_write(pair, state, err) || !check_words(words, err)) {
        return false;
    }
    char *kept = ta_piece_copy(ta_piece_trim(ta_piece_of(words)));
    bool same = strcmp(kept, state->words) == 0;
    bool ok = same || ta_store_draft_put(desk->store, pair->id, name, kept, &state->revision,
                                         ta_desk_now(desk), err);
    if (ok && !same) {
        ta_replace(&state->words, kept);
        state->drafted = true;
    }
    free(kept);
    return ok;
}

static bool may_commit(const struct ta_pair *pair, const struct ta_reply_state *state,
                       struct ta_error *err)
{
    if (!may_write(pair, state, err)) {
        return false;
    }
    if (ta_piece_trim(ta_piece_of(state->words)).length == 0) {
        return ta_fail(err, TA_WRONG, "The reply is empty: write it first.");
    }
    return state->drafted ||
           ta_fail(err, TA_REFUSED, "The reply to session %u is in the record as it stands here.",
                   state->session);
}

static bool commit(struct ta_desk *desk, const struct ta_pair *pair,
                   const struct ta_reply_state *state, const char *paper, struct ta_error *err)
{
    struct ta_text subject = {0};
    char *path = ta_session_path(state->session, "reply.md");
    ta_text_addf(&subject, "Reply to session %u%s", state->session,
                 state->paper ? ": changed" : "");
    struct ta_commit made = {.subject = subject.bytes,
                             .pair = pair,
                             .session = state->session,
                             .author = &pair->person[TA_MENTOR],
                             .when = ta_desk_moment(desk)};
    struct ta_document document = {.path = path, .text = paper};
    bool ok = ta_record_commit(desk, &made, &document, 1, state->tip, err);
    ta_text_release(&subject);
    free(path);
    return ok;
}

bool ta_desk_reply_commit(struct ta_desk *desk, const struct ta_pair *pair,
                          struct ta_reply_state *state, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    char *paper = NULL;
    bool ok = may_commit(pair, state, err) &&
              ta_reply_paper_set(&paper, state->trouble ? NULL : state->paper, state->session,
                                 state->words, err) &&
              commit(desk, pair, state, paper, err);
    if (ok) {
        /* The words are in the record; a draft that stays says the same. */
        draft_name(name, DRAFT_REPLY, state->session);
        ta_store_draft_drop(desk->store, pair->id, name, state->revision, NULL);
        ta_replace(&state->paper, paper);
        ta_replace(&state->trouble, NULL);
        state->revision = 0;
        state->drafted = false;
    }
    free(paper);
    return ok;
}
