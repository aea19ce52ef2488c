#include "turnabout/desk/agenda.h"

#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "papers.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/agenda_paper.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/summary_paper.h"
#include "turnabout/store/drafts.h"

/* What was carried over */

/* What cannot be read offers nothing; where it is shown, it says what is wrong with it. */
static bool read_past(struct papers *papers, unsigned session, struct ta_past *past,
                      struct ta_error *err)
{
    char *agenda_path = ta_session_path(session, "agenda.md");
    char *summary_path = ta_session_path(session, "summary.md");
    char *agenda = NULL;
    char *summary = NULL;
    struct ta_error damage;
    bool ok = papers_text(papers, agenda_path, &agenda, err) &&
              papers_text(papers, summary_path, &summary, err);
    if (ok && agenda && !ta_agenda_paper_read(&past->agenda, agenda, &damage)) {
        past->agenda = (struct ta_agenda){0};
    }
    if (ok && summary && !ta_summary_paper_read(&past->summary, summary, papers->pair, &damage)) {
        past->summary = (struct ta_summary){0};
    }
    free(agenda_path);
    free(summary_path);
    free(agenda);
    free(summary);
    return ok;
}

static bool read_carried(struct papers *papers, struct ta_agenda_state *state, struct ta_error *err)
{
    struct ta_past pasts[TA_CARRY_BACK] = {0};
    const struct ta_promises *promises = NULL;
    unsigned session = state->agenda.session;
    size_t count = session - 1 < TA_CARRY_BACK ? session - 1 : TA_CARRY_BACK;
    bool ok = papers_promises(papers, &promises, err);
    for (size_t i = 0; ok && i < count; i++) {
        ok = read_past(papers, session - 1 - (unsigned)i, &pasts[i], err);
    }
    if (ok) {
        ta_carry_over(&state->carried, pasts, count, &state->agenda);
        ta_carry_promises(&state->carried, promises, papers->pair, &state->agenda);
    }
    for (size_t i = 0; i < count; i++) {
        ta_agenda_release(&pasts[i].agenda);
        ta_summary_release(&pasts[i].summary);
    }
    return ok;
}

/* A draft that was shared may be here still: the program was killed before it could drop it. */
static bool is_shared(const struct ta_agenda_state *state, const char *shared)
{
    char *text = NULL;
    bool same = ta_agenda_paper_write(&text, state->text, &state->agenda, NULL) &&
                strcmp(text, shared) == 0;
    free(text);
    return same;
}

/* Draft, else what the record has, else the usual agenda. */
static bool choose(struct ta_agenda_state *state, const struct ta_draft *draft, const char *shared,
                   unsigned session, unsigned minutes, struct ta_error *err)
{
    const char *text = draft->text ? draft->text : shared;
    state->was_shared = shared != NULL;
    state->revision = draft->revision;
    if (!text) {
        ta_agenda_init(&state->agenda, session, minutes);
        return true;
    }
    state->text = ta_copy(text);
    if (!ta_agenda_paper_read(&state->agenda, text, err)) {
        return false;
    }
    state->agenda.session = session;
    state->agenda.minutes = minutes;
    state->shared = text == shared || (shared && is_shared(state, shared));
    return true;
}

static bool read_texts(struct papers *papers, unsigned session, char **shared,
                       struct ta_draft *draft, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    draft_name(name, DRAFT_AGENDA, session);
    char *path = ta_session_path(session, "agenda.md");
    bool ok = papers_text(papers, path, shared, err) &&
              ta_store_draft(papers->desk->store, papers->pair->id, name, draft, err);
    free(path);
    return ok;
}

bool agenda_read(struct papers *papers, struct ta_agenda_state *state, struct ta_error *err)
{
    memset(state, 0, sizeof *state);
    const struct ta_contract *contract = NULL;
    unsigned session = 0;
    char *shared = NULL;
    struct ta_draft draft = {0};
    bool ok = papers_contract(papers, &contract, err) && papers_session(papers, &session, err) &&
              read_texts(papers, session, &shared, &draft, err) &&
              choose(state, &draft, shared, session,
                     ta_contract_number(contract, TA_CLAUSE_DURATION), err);
    if (ok) {
        memcpy(state->tip, papers->tip, sizeof state->tip);
        state->off_limits = ta_copy(contract->value[TA_CLAUSE_OFF_LIMITS]);
        state->arc = ta_arc_of(session, ta_contract_number(contract, TA_CLAUSE_REVIEW),
                               ta_contract_number(contract, TA_CLAUSE_SESSIONS));
    } else {
        ta_agenda_state_release(state);
    }
    free(shared);
    ta_draft_release(&draft);
    return ok;
}

bool ta_desk_agenda(struct ta_desk *desk, const struct ta_pair *pair, struct ta_agenda_state *state,
                    struct ta_error *err)
{
    struct papers papers;
    memset(state, 0, sizeof *state);
    bool ok = papers_open(&papers, desk, pair, err) && agenda_read(&papers, state, err);
    if (ok && !read_carried(&papers, state, err)) {
        ok = false;
        ta_agenda_state_release(state);
    }
    papers_close(&papers);
    return ok;
}

void ta_agenda_state_release(struct ta_agenda_state *state)
{
    ta_agenda_release(&state->agenda);
    free(state->text);
    free(state->off_limits);
    ta_carries_release(&state->carried);
    memset(state, 0, sizeof *state);
}

static bool put(struct ta_desk *desk, const struct ta_pair *pair, struct ta_agenda_state *state,
                char *text, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    draft_name(name, DRAFT_AGENDA, state->agenda.session);
    if (!ta_store_draft_put(desk->store, pair->id, name, text, &state->revision, ta_desk_now(desk),
                            err)) {
        free(text);
        return false;
    }
    free(state->text);
    state->text = text;
    state->shared = false;
    return true;
}

bool ta_desk_agenda_save(struct ta_desk *desk, const struct ta_pair *pair,
                         struct ta_agenda_state *state, struct ta_error *err)
{
    char *text = NULL;
    return ta_agenda_paper_write(&text, state->text, &state->agenda, err) &&
           put(desk, pair, state, text, err);
}

/* Minutes that no item can have stay in a title when a record says them; who writes them now is
 * told. */
static bool check_minutes(const struct ta_agenda *agenda, struct ta_error *err)
{
    for (size_t i = 0; i < agenda->count; i++) {
        struct ta_piece title = ta_piece_of(agenda->items[i].title);
        unsigned minutes;
        if (ta_agenda_take_minutes(&title, &minutes) == TA_AGENDA_BAD_MINUTES) {
            return ta_fail(err, TA_WRONG, "Item %zu, \"%.80s\": minutes go from %d to %d.", i + 1,
                           agenda->items[i].title, TA_MINUTES_LEAST, TA_MINUTES_MOST);
        }
    }
    return true;
}

bool ta_desk_agenda_write(struct ta_desk *desk, const struct ta_pair *pair,
                          struct ta_agenda_state *state, const char *text, struct ta_error *err)
{
    if (state->text && strcmp(text, state->text) == 0) {
        return true;
    }
    struct ta_agenda agenda = {0};
    if (!ta_agenda_paper_read(&agenda, text, err) || !check_minutes(&agenda, err) ||
        !put(desk, pair, state, ta_copy(text), err)) {
        ta_agenda_release(&agenda);
        return false;
    }
    agenda.session = state->agenda.session;
    agenda.minutes = state->agenda.minutes;
    ta_agenda_release(&state->agenda);
    state->agenda = agenda;
    return true;
}

static bool commit_agenda(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role as,
                          const struct ta_agenda_state *state, const char *text,
                          struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    draft_name(name, DRAFT_AGENDA, state->agenda.session);
    char *path = ta_session_path(state->agenda.session, "agenda.md");
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Agenda for session %u%s", state->agenda.session,
                 state->was_shared ? ": changed" : "");
    struct ta_commit commit = {.subject = subject.bytes,
                               .pair = pair,
                               .session = state->agenda.session,
                               .author = ta_desk_actor(pair, as, TA_MENTEE),
                               .when = ta_desk_moment(desk)};
    struct ta_document document = {.path = path, .text = text};
    bool ok = ta_record_commit(desk, &commit, &document, 1, state->tip, err);
    if (ok) {
        /* What was shared is in the record; a draft that stays says the same, or more. */
        ta_store_draft_drop(desk->store, pair->id, name, state->revision, NULL);
    }
    ta_text_release(&subject);
    free(path);
    return ok;
}

bool ta_desk_agenda_share(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role as,
                          struct ta_error *err)
{
    struct ta_agenda_state state = {0};
    char *text = NULL;
    bool ok = ta_desk_agenda(desk, pair, &state, err);
    if (ok && state.shared) {
        ok = ta_fail(err, TA_REFUSED, "The agenda for session %u is shared as it is: nothing new.",
                     state.agenda.session);
    }
    if (ok && state.agenda.count == 0) {
        ok = ta_fail(err, TA_REFUSED,
                     "The agenda is empty: add an item first (turnabout agenda add).");
    }
    ok = ok && ta_agenda_paper_write(&text, state.text, &state.agenda, err) &&
         commit_agenda(desk, pair, as, &state, text, err);
    free(text);
    ta_agenda_state_release(&state);
    return ok;
}

bool ta_agenda_refuse(enum ta_agenda_verdict verdict, size_t item, struct ta_error *err)
{
    switch (verdict) {
    case TA_AGENDA_FINE:
        return true;
    case TA_AGENDA_NO_TITLE:
        return ta_fail(err, TA_WRONG, "An agenda item needs a title: say what it is about.");
    case TA_AGENDA_TITLE_NOT_TEXT:
        return ta_fail(
            err, TA_WRONG,
            "A title is one line of plain UTF-8 text, at most 500 bytes: type it again.");
    case TA_AGENDA_NOTES_NOT_TEXT:
        return ta_fail(
            err, TA_WRONG,
            "Talking notes are plain UTF-8 text without control characters, at most 20,000 "
            "bytes: type them again.");
    case TA_AGENDA_BAD_MINUTES:
        return ta_fail(err, TA_WRONG, "Minutes go from %d to %d.", TA_MINUTES_LEAST,
                       TA_MINUTES_MOST);
    case TA_AGENDA_NO_SUCH_ITEM:
        return ta_fail(err, TA_ABSENT,
                       "The agenda has no item %zu: turnabout agenda show lists them.", item);
    case TA_AGENDA_FULL:
        return ta_fail(err, TA_REFUSED,
                       "The agenda is full: %d items are more than a session holds.",
                       TA_AGENDA_ITEMS_MOST);
    }
    return false;
}
