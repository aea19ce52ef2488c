#include "turnabout/desk/summary.h"

#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "growing.h"
#include "papers.h"
#include "readme.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/record.h"
#include "turnabout/desk/session.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/store/drafts.h"
#include "waiting.h"

enum { LINE_LONGEST = 10000 };

static bool understand(struct ta_summary_state *state, const struct ta_pair *pair,
                       struct ta_error *err)
{
    ta_summary_release(&state->summary);
    memset(&state->summary, 0, sizeof state->summary);
    return ta_summary_paper_read(&state->summary, state->text, pair, err);
}

/* A date that is still to come, besides the one this session was. */
static bool has_coming(const struct ta_meetings *meetings, const struct ta_meeting *own,
                       int64_t now)
{
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        if (meeting->state == TA_MEETING_PLANNED && meeting != own && meeting->when.instant > now) {
            return true;
        }
    }
    return false;
}

/* The next date by the rhythm, unless one is planned already. */
static bool propose_date(struct papers *papers, struct ta_summary_state *state,
                         struct ta_error *err)
{
    const struct ta_contract *contract = NULL;
    const struct ta_meetings *meetings = NULL;
    if (!papers_contract(papers, &contract, err) || !papers_meetings(papers, &meetings, err)) {
        return false;
    }
    const struct ta_meeting *own = ta_meetings_nearest(meetings, state->summary.held);
    int64_t now = ta_desk_now(papers->desk);
    if (!has_coming(meetings, own, now)) {
        struct ta_moment last = own ? own->when : state->summary.held;
        unsigned weeks = ta_contract_number(contract, TA_CLAUSE_RHYTHM);
        state->proposed = ta_rhythm_next(last, weeks, now);
    }
    return true;
}

static bool read_waiting(struct papers *papers, const struct ta_live *live,
                         struct ta_summary_state *state, struct ta_error *err)
{
    const struct ta_pair *pair = papers->pair;
    if (live->reading.state != TA_SESSION_ENDED) {
        return ta_fail(err, TA_REFUSED,
                       "Session %u is still running: end it first (turnabout session end).",
                       live->sitting.number);
    }
    struct waiting waiting = {0};
    bool ok = waiting_read(papers, live, &waiting, err);
    if (ok) {
        state->session = live->sitting.number;
        state->sitting = live->sitting.id;
        state->revision = waiting.revision;
        state->text = ta_copy(waiting.text);
        state->joined = ta_copy(waiting.committed);
        state->agenda = ta_session_renumber(live->sitting.agenda, live->sitting.number);
        state->off_limits = ta_copy(live->off_limits);
        ok = understand(state, pair, err) && propose_date(papers, state, err);
    }
    waiting_release(&waiting);
    return ok;
}

static bool read_committed(struct papers *papers, unsigned session, struct ta_summary_state *state,
                           struct ta_error *err)
{
    char *path = ta_session_path(session, "summary.md");
    bool ok = session > 0 && papers_text(papers, path, &state->text, err);
    free(path);
    if (session == 0 || (ok && !state->text)) {
        return ta_fail(err, TA_ABSENT,
                       session ? "There is no summary of session %u yet."
                               : "There is no summary yet: hold a session first.",
                       session);
    }
    state->session = session;
    state->committed = true;
    state->off_limits = ta_copy("");
    return ok && understand(state, papers->pair, err);
}

/* While one runs, what the other wrote down of it can be read. */
static bool is_asked_for(const struct ta_live *live, unsigned session, unsigned next)
{
    bool is_written = session > 0 && session < next && live->reading.state != TA_SESSION_ENDED;
    return live->sitting.id && !is_written && (session == 0 || session == live->sitting.number);
}

static bool read_summary(struct papers *papers, unsigned session, struct ta_summary_state *state,
                         struct ta_error *err)
{
    memset(state, 0, sizeof *state);
    memcpy(state->tip, papers->tip, sizeof state->tip);
    struct ta_live live = {0};
    unsigned next = 0;
    bool ok = live_read(papers, &live, err) && papers_session(papers, &next, err);
    bool waiting = is_asked_for(&live, session, next);
    if (ok) {
        ok = waiting ? read_waiting(papers, &live, state, err)
                     : read_committed(papers, session ? session : next - 1, state, err);
    }
    ta_live_release(&live);
    if (!ok) {
        ta_summary_state_release(state);
    }
    return ok;
}

bool ta_desk_summary(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                     struct ta_summary_state *state, struct ta_error *err)
{
    struct papers papers;
    memset(state, 0, sizeof *state);
    bool ok = papers_open(&papers, desk, pair, err) && read_summary(&papers, session, state, err);
    papers_close(&papers);
    return ok;
}

void ta_summary_state_release(struct ta_summary_state *state)
{
    free(state->text);
    free(state->joined);
    free(state->agenda);
    free(state->off_limits);
    ta_summary_release(&state->summary);
    memset(state, 0, sizeof *state);
}

/* Takes the new text over: writes the draft, then reads it anew. */
static bool put(struct ta_desk *desk, const struct ta_pair *pair, struct ta_summary_state *state,
                char *text, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    draft_name(name, DRAFT_SUMMARY, state->session);
    bool ok = ta_store_draft_put(desk->store, pair->id, name, text, &state->revision,
                                 ta_desk_now(desk), err) &&
              waiting_keep_joined(desk, pair, state, err);
    if (!ok) {
        free(text);
        return false;
    }
    free(state->text);
    state->text = text;
    return understand(state, pair, err);
}

static bool is_open(const struct ta_summary_state *state, struct ta_error *err)
{
    return !state->committed ||
           ta_fail(err, TA_REFUSED, "The summary of session %u is committed: it stays as it is.",
                   state->session);
}

static bool check_line(const char *line, struct ta_error *err)
{
    size_t length = strlen(line);
    if (ta_piece_trim(ta_piece_of(line)).length == 0) {
        return ta_fail(err, TA_WRONG, "The line is empty: write something, or strike it.");
    }
    if (length > LINE_LONGEST) {
        return ta_fail(err, TA_WRONG, "The line is too long: at most %d bytes.", LINE_LONGEST);
    }
    if (!ta_is_prose(ta_piece_of(line)) || strchr(line, '\n')) {
        return ta_fail(err, TA_WRONG,
                       "A line of the summary is one line of plain UTF-8 text: leave line ends and "
                       "control characters out.");
    }
    return true;
}

bool ta_desk_summary_set_title(struct ta_desk *desk, const struct ta_pair *pair,
                               struct ta_summary_state *state, const char *title,
                               struct ta_error *err)
{
    char *text = NULL;
    return is_open(state, err) && check_line(title, err) &&
           ta_summary_paper_set_title(&text, state->text, title, err) &&
           put(desk, pair, state, text, err);
}

bool ta_desk_summary_set_line(struct ta_desk *desk, const struct ta_pair *pair,
                              struct ta_summary_state *state, enum ta_summary_section section,
                              size_t index, const char *line, struct ta_error *err)
{
    char *text = NULL;
    return is_open(state, err) && (!line || check_line(line, err)) &&
           ta_summary_paper_set_line(&text, state->text, section, index, line, err) &&
           put(desk, pair, state, text, err);
}

bool ta_desk_summary_write(struct ta_desk *desk, const struct ta_pair *pair,
                           struct ta_summary_state *state, const char *text, struct ta_error *err)
{
    if (strcmp(text, state->text) == 0) {
        return true;
    }
    struct ta_summary summary = {0};
    bool ok = is_open(state, err) && ta_summary_paper_read(&summary, text, pair, err);
    if (ok && summary.session != state->session) {
        ok = ta_fail(err, TA_WRONG,
                     "This is the summary of session %u: leave the line \"session:\" as it was.",
                     state->session);
    }
    ta_summary_release(&summary);
    return ok && put(desk, pair, state, ta_copy(text), err);
}

/* Committing: the texts of one commit, made one after the other */

struct commit_texts {
    char *summary, *agenda, *readme;
    struct growing meetings, promises;
    char *summary_path, *agenda_path;
    bool agenda_changed;
};

static void release_texts(struct commit_texts *texts)
{
    free(texts->summary);
    free(texts->agenda);
    growing_release(&texts->meetings);
    growing_release(&texts->promises);
    free(texts->readme);
    free(texts->summary_path);
    free(texts->agenda_path);
}

/* The day, when it is not the planned one. */
static struct ta_day day_late(const struct ta_meeting *planned, struct ta_moment held)
{
    bool late = planned && ta_days_between(ta_day_of(planned->when), ta_day_of(held)) > 0;
    return late ? ta_day_of(held) : (struct ta_day){0};
}

/* The other wrote it down already. */
static bool is_held(const struct ta_meetings *meetings, unsigned session)
{
    for (size_t i = 0; i < meetings->count; i++) {
        if (meetings->items[i].session == session) {
            return true;
        }
    }
    return false;
}

static bool put_held(const struct ta_meetings *meetings, const struct ta_summary *summary,
                     unsigned *next_id, struct growing *text, struct ta_error *err)
{
    const struct ta_meeting *planned = ta_meetings_nearest(meetings, summary->held);
    struct ta_meeting held = {.id = planned ? planned->id : (*next_id)++,
                              .when = planned ? planned->when : summary->held,
                              .state = TA_MEETING_HELD,
                              .session = summary->session,
                              .minutes = summary->lasted,
                              .late = day_late(planned, summary->held),
                              .by = TA_NOBODY};
    return growing_put_meeting(text, &held, err);
}

static bool write_meetings(struct papers *papers, const struct ta_summary *summary,
                           const struct ta_moment *next, struct growing *text, struct ta_error *err)
{
    const struct ta_meetings *meetings = NULL;
    if (!growing_read(text, papers, "meetings.md", err) ||
        !papers_meetings(papers, &meetings, err)) {
        return false;
    }
    unsigned next_id = ta_meetings_next_id(meetings);
    bool ok =
        is_held(meetings, summary->session) || put_held(meetings, summary, &next_id, text, err);
    if (ok && next && !ta_meetings_planned_at(meetings, next->instant)) {
        struct ta_meeting coming = {
            .id = next_id, .when = *next, .state = TA_MEETING_PLANNED, .by = TA_NOBODY};
        ok = growing_put_meeting(text, &coming, err);
    }
    return ok;
}

/* Those that the other wrote down already may have been kept since. */
static bool put_promises(const struct ta_pair *pair, const struct ta_summary *summary,
                         unsigned first_id, struct growing *text, struct ta_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < summary->promises.count; i++) {
        struct ta_promise promise = summary->promises.items[i];
        promise.session = summary->session;
        ok = promise.id < first_id || growing_put_promise(text, &promise, pair, err);
    }
    return ok;
}

/* Numbers the summary's promises after those of the record and carries them over. */
static bool write_promises(struct papers *papers, const struct ta_summary_state *state,
                           struct commit_texts *texts, struct ta_summary *numbered,
                           struct ta_error *err)
{
    const struct ta_pair *pair = papers->pair;
    const struct ta_promises *promises = NULL;
    return growing_read(&texts->promises, papers, "promises.md", err) &&
           papers_promises(papers, &promises, err) &&
           ta_summary_paper_number(&texts->summary, state->text, pair,
                                   ta_promises_next_id(promises), err) &&
           ta_summary_paper_read(numbered, texts->summary, pair, err) &&
           put_promises(pair, numbered, state->joined ? ta_promises_next_id(promises) : 0,
                        &texts->promises, err);
}

/* The agenda as it was held, when the record does not have it so. */
static bool write_agenda(const struct papers *papers, const struct ta_summary_state *state,
                         struct commit_texts *texts, struct ta_error *err)
{
    char *shared = NULL;
    bool ok = papers_text(papers, texts->agenda_path, &shared, err);
    if (ok) {
        texts->agenda = ta_copy(state->agenda);
        texts->agenda_changed = !shared || (!state->joined && strcmp(shared, state->agenda) != 0);
    }
    free(shared);
    return ok;
}

static bool write_texts(struct papers *papers, const struct ta_summary_state *state,
                        const struct ta_moment *next, struct commit_texts *texts,
                        struct ta_error *err)
{
    struct ta_summary numbered = {0};
    texts->summary_path = ta_session_path(state->session, "summary.md");
    texts->agenda_path = ta_session_path(state->session, "agenda.md");
    bool ok = write_promises(papers, state, texts, &numbered, err) &&
              write_agenda(papers, state, texts, err) &&
              write_meetings(papers, &numbered, next, &texts->meetings, err);
    if (ok) {
        struct readme_news news = {.meetings = texts->meetings.brief,
                                   .promises = texts->promises.brief};
        ok = readme_make(papers, &news, &texts->readme, err);
    }
    ta_summary_release(&numbered);
    return ok;
}

static size_t list_documents(const struct commit_texts *texts, struct ta_document documents[5])
{
    size_t count = 0;
    documents[count++] = (struct ta_document){texts->summary_path, texts->summary, NULL};
    documents[count++] =
        (struct ta_document){"meetings.md", texts->meetings.whole, texts->meetings.brief};
    documents[count++] = (struct ta_document){"README.md", texts->readme, NULL};
    if (texts->promises.whole) {
        documents[count++] =
            (struct ta_document){"promises.md", texts->promises.whole, texts->promises.brief};
    }
    if (texts->agenda_changed) {
        documents[count++] = (struct ta_document){texts->agenda_path, texts->agenda, NULL};
    }
    return count;
}

/* The commit stands. A draft that cannot go (a full disk) is never looked at again: no failure. */
static void drop_draft(struct ta_desk *desk, const struct ta_pair *pair, const char *name)
{
    struct ta_draft draft = {0};
    if (ta_store_draft(desk->store, pair->id, name, &draft, NULL) && draft.text) {
        ta_store_draft_drop(desk->store, pair->id, name, draft.revision, NULL);
    }
    ta_draft_release(&draft);
}

static void drop_drafts(struct ta_desk *desk, const struct ta_pair *pair, unsigned session)
{
    char name[DRAFT_NAME_SIZE];
    draft_name(name, DRAFT_SUMMARY, session);
    drop_draft(desk, pair, name);
    draft_name(name, DRAFT_JOINED, session);
    drop_draft(desk, pair, name);
    draft_name(name, DRAFT_AGENDA, session);
    drop_draft(desk, pair, name);
}

/* What is committed is what was seen, not a text that another terminal has changed since. */
static bool is_as_read(struct papers *papers, const struct ta_summary_state *read,
                       struct ta_error *err)
{
    struct ta_summary_state now;
    if (!read_summary(papers, read->session, &now, err)) {
        return false;
    }
    bool ok = is_open(&now, err) &&
              ((now.text && strcmp(now.text, read->text) == 0) ||
               ta_fail(err, TA_BUSY,
                       "The summary of session %u was changed elsewhere meanwhile: look at it "
                       "again, then commit it.",
                       read->session));
    ta_summary_state_release(&now);
    return ok;
}

bool ta_desk_summary_commit(struct ta_desk *desk, const struct ta_pair *pair,
                            struct ta_summary_state *state, const struct ta_moment *next,
                            enum ta_role as, struct ta_error *err)
{
    if (!is_open(state, err)) {
        return false;
    }
    struct commit_texts texts = {0};
    struct ta_document documents[5];
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Session %u: %s", state->session, state->summary.title);
    struct ta_commit commit = {.subject = subject.bytes,
                               .pair = pair,
                               .session = state->session,
                               .author = ta_desk_actor(pair, as, TA_MENTEE),
                               .when = ta_desk_moment(desk)};
    struct papers papers;
    bool ok = papers_open(&papers, desk, pair, err) && is_as_read(&papers, state, err) &&
              write_texts(&papers, state, next, &texts, err);
    papers_close(&papers);
    /* Said before, so that whoever is killed in between does not hold it twice. */
    ok = ok && ta_store_sitting_settle(desk->store, state->sitting, TA_SITTING_COMMITTING, err);
    bool is_tried = ok;
    ok = ok && ta_record_commit(desk, &commit, documents, list_documents(&texts, documents),
                                state->tip, err);
    if (is_tried) {
        (void)ta_store_sitting_settle(desk->store, state->sitting,
                                      ok ? TA_SITTING_SETTLED : TA_SITTING_OPEN, NULL);
    }
    if (ok) {
        drop_drafts(desk, pair, state->session);
        state->committed = true;
    }
    ta_text_release(&subject);
    release_texts(&texts);
    return ok;
}
