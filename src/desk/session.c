#include "turnabout/desk/session.h"

#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "papers.h"
#include "sitting.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/agenda.h"
#include "turnabout/document/agenda_paper.h"
#include "turnabout/store/drafts.h"
#include "waiting.h"

enum { SECONDS_AGO_MOST = 12 * 60 * 60, MINUTE = 60, SECOND = 1000 };

static int64_t planned_seconds(const struct ta_agenda *agenda)
{
    return (int64_t)agenda->minutes * MINUTE;
}

static bool read_line(struct ta_desk *desk, struct ta_live *live, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    struct ta_draft draft = {0};
    draft_name(name, DRAFT_LINE, live->sitting.number);
    bool ok = ta_store_draft(desk->store, live->sitting.pair, name, &draft, err);
    live->line = ta_copy(draft.text);
    live->line_revision = draft.revision;
    ta_draft_release(&draft);
    return ok;
}

/* A contract that somebody damaged by hand keeps nobody from taking notes: nothing is marked. */
static void read_off_limits(struct papers *papers, struct ta_live *live)
{
    const struct ta_contract *contract = NULL;
    bool readable = papers_contract(papers, &contract, NULL);
    live->off_limits = ta_copy(readable ? contract->value[TA_CLAUSE_OFF_LIMITS] : "");
}

void sitting_follow_clock(struct ta_desk *desk, const struct ta_sitting *sitting)
{
    if (ta_session_may(&sitting->events, TA_EVENT_END) == TA_SESSION_FINE) {
        (void)ta_clock_follow(&desk->clock, sitting->clock);
    }
}

/* The sitting that is open, with its agenda and clock. */
static bool read_open(struct papers *papers, struct ta_live *live, struct ta_error *err)
{
    struct ta_desk *desk = papers->desk;
    bool ok = ta_store_sitting_open(desk->store, papers->pair->id, &live->sitting, err);
    if (ok && live->sitting.id) {
        ok = ta_agenda_paper_read(&live->agenda, live->sitting.agenda, err) &&
             read_line(desk, live, err);
        live->agenda.session = live->sitting.number;
        read_off_limits(papers, live);
        sitting_follow_clock(desk, &live->sitting);
        ta_live_tick(live, ta_desk_now(desk));
    }
    return ok;
}

bool live_read(struct papers *papers, struct ta_live *live, struct ta_error *err)
{
    memset(live, 0, sizeof *live);
    unsigned next = 0;
    bool is_over = false;
    bool ok = papers_session(papers, &next, err) && read_open(papers, live, err) &&
              (!live->sitting.id || live->sitting.number >= next ||
               waiting_is_over(papers, live, &is_over, err));
    if (!ok || is_over) {
        ta_live_release(live);
    }
    return ok;
}

/* A record that is gone or damaged keeps nobody from going on with a session that runs: its notes
 * need no record until its summary is committed. */
static bool read_running(struct ta_desk *desk, const struct ta_pair *pair, struct ta_live *live)
{
    struct papers papers = {.desk = desk, .pair = pair};
    bool ok = read_open(&papers, live, NULL) && live->sitting.id &&
              live->reading.state != TA_SESSION_ENDED;
    papers_close(&papers);
    if (!ok) {
        ta_live_release(live);
    }
    return ok;
}

bool ta_desk_live(struct ta_desk *desk, const struct ta_pair *pair, struct ta_live *live,
                  struct ta_error *err)
{
    struct papers papers;
    memset(live, 0, sizeof *live);
    bool ok = papers_open(&papers, desk, pair, err) && live_read(&papers, live, err);
    papers_close(&papers);
    return ok || read_running(desk, pair, live);
}

static bool find_sitting(struct ta_desk *desk, const struct ta_pair *pair, unsigned number,
                         struct ta_sitting *sitting, struct ta_error *err)
{
    bool ok = number ? ta_store_sitting(desk->store, pair->id, number, sitting, err)
                     : ta_store_sitting_last(desk->store, pair->id, sitting, err);
    if (!ok || sitting->id) {
        return ok;
    }
    if (number) {
        return ta_fail(err, TA_ABSENT,
                       "Session %u was not held on this machine: turnabout summary show %u shows "
                       "what stayed of it.",
                       number, number);
    }
    return ta_fail(err, TA_ABSENT,
                   "No session was held on this machine yet: turnabout session start.");
}

bool ta_desk_sitting(struct ta_desk *desk, const struct ta_pair *pair, unsigned number,
                     struct ta_live *live, struct ta_error *err)
{
    memset(live, 0, sizeof *live);
    bool ok = find_sitting(desk, pair, number, &live->sitting, err) &&
              ta_agenda_paper_read(&live->agenda, live->sitting.agenda, err);
    if (ok) {
        live->off_limits = ta_copy("");
        ta_live_tick(live, ta_desk_now(desk));
    } else {
        ta_live_release(live);
    }
    return ok;
}

void ta_live_tick(struct ta_live *live, int64_t now)
{
    ta_session_read(&live->reading, &live->sitting.events, planned_seconds(&live->agenda), now);
}

void ta_live_release(struct ta_live *live)
{
    ta_sitting_release(&live->sitting);
    ta_agenda_release(&live->agenda);
    free(live->off_limits);
    free(live->line);
    memset(live, 0, sizeof *live);
}

/* What the state of a session forbids, as a sentence. */
static bool refuse(enum ta_session_verdict verdict, struct ta_error *err)
{
    switch (verdict) {
    case TA_SESSION_FINE:
        return true;
    case TA_SESSION_NOT_STARTED:
        return ta_fail(err, TA_REFUSED,
                       "No session is running: begin one with turnabout session start.");
    case TA_SESSION_RUNS_ALREADY:
        return ta_fail(err, TA_REFUSED, "The session is running already: go on with it.");
    case TA_SESSION_IS_PAUSED:
        return ta_fail(err, TA_REFUSED,
                       "The session is paused already: go on with turnabout session resume.");
    case TA_SESSION_IS_NOT_PAUSED:
        return ta_fail(err, TA_REFUSED, "The session is not paused: there is nothing to resume.");
    case TA_SESSION_IS_OVER:
        return ta_fail(err, TA_REFUSED,
                       "The session has ended: finish its summary with turnabout summary show and "
                       "turnabout summary commit.");
    }
    return false;
}

bool sitting_may_begin(const struct ta_live *live, struct ta_error *err)
{
    if (!live->sitting.id) {
        return true;
    }
    if (live->reading.state == TA_SESSION_ENDED) {
        return ta_fail(
            err, TA_REFUSED,
            "Session %u waits for its summary: commit it (turnabout summary commit), then "
            "start the next.",
            live->sitting.number);
    }
    return ta_fail(
        err, TA_REFUSED,
        "Session %u is running already: join it with turnabout, or end it with turnabout "
        "session end.",
        live->sitting.number);
}

static int64_t last_instant(const struct ta_sitting *sitting)
{
    int64_t last = 0;
    for (size_t i = 0; i < sitting->events.count; i++) {
        int64_t at = sitting->events.items[i].at;
        last = at > last ? at : last;
    }
    for (size_t i = 0; i < sitting->notes.count; i++) {
        int64_t at = sitting->notes.items[i].at;
        last = at > last ? at : last;
    }
    return last;
}

/* Without it the wall clock has to do. */
static void keep_clock(struct ta_desk *desk, int64_t sitting)
{
    char *mark = ta_clock_mark(&desk->clock);
    if (mark != NULL) {
        (void)ta_store_sitting_set_clock(desk->store, sitting, mark, NULL);
    }
    free(mark);
}

static bool begin(struct ta_desk *desk, const struct ta_pair *pair, int64_t started,
                  struct ta_error *err)
{
    struct ta_agenda_state agenda = {0};
    char *text = NULL;
    int64_t id = 0;
    bool ok = ta_desk_agenda(desk, pair, &agenda, err) &&
              ta_agenda_paper_write(&text, agenda.text, &agenda.agenda, err) &&
              ta_store_sitting_start(desk->store, pair->id, agenda.agenda.session, text, started,
                                     agenda.agenda.count > 0 ? 0 : -1, &id, err);
    free(text);
    ta_agenda_state_release(&agenda);
    if (ok) {
        keep_clock(desk, id);
    }
    return ok;
}

bool ta_desk_session_start_at(struct ta_desk *desk, const struct ta_pair *pair, int64_t at,
                              struct ta_error *err)
{
    struct ta_live live = {0};
    int64_t ago = ta_desk_now(desk) - at;
    if (ago < 0 || ago > (int64_t)SECONDS_AGO_MOST * SECOND) {
        return ta_fail(err, TA_WRONG, "A session can be started from now back to 12 hours ago.");
    }
    bool ok = ta_desk_live(desk, pair, &live, err) && sitting_may_begin(&live, err) &&
              begin(desk, pair, at, err);
    ta_live_release(&live);
    return ok;
}

bool ta_desk_session_start(struct ta_desk *desk, const struct ta_pair *pair, int64_t ago,
                           struct ta_error *err)
{
    bool sane = ago >= 0 && ago <= SECONDS_AGO_MOST; /* a span beyond would overflow below */
    int64_t now = ta_desk_now(desk);
    return ta_desk_session_start_at(desk, pair, sane ? now - ago * SECOND : now + SECOND, err);
}

static bool add_event(struct ta_desk *desk, const struct ta_live *live, struct ta_event event,
                      struct ta_error *err)
{
    if (!live->sitting.id) {
        return refuse(TA_SESSION_NOT_STARTED, err);
    }
    enum ta_session_verdict verdict = TA_SESSION_FINE;
    return ta_store_event_add(desk->store, live->sitting.id, event, &verdict, err) &&
           refuse(verdict, err);
}

bool ta_desk_session_event(struct ta_desk *desk, const struct ta_pair *pair,
                           enum ta_event_kind kind, int value, struct ta_error *err)
{
    struct ta_live live = {0};
    bool ok = ta_desk_live(desk, pair, &live, err) && ta_live_event(desk, &live, kind, value, err);
    ta_live_release(&live);
    return ok;
}

static bool has_item(const struct ta_live *live, int item, struct ta_error *err)
{
    if (!live->sitting.id) {
        return refuse(TA_SESSION_NOT_STARTED, err);
    }
    if (item < 0) {
        return ta_fail(err, TA_REFUSED, "This is the first item of the agenda.");
    }
    if ((size_t)item >= live->agenda.count) {
        return ta_fail(err, TA_REFUSED, "This is the last item of the agenda.");
    }
    return true;
}

bool ta_desk_session_step(struct ta_desk *desk, const struct ta_pair *pair, int by,
                          struct ta_error *err)
{
    struct ta_live live = {0};
    bool ok = ta_desk_live(desk, pair, &live, err) && ta_live_step(desk, &live, by, err);
    ta_live_release(&live);
    return ok;
}

bool ta_live_event(struct ta_desk *desk, struct ta_live *live, enum ta_event_kind kind, int value,
                   struct ta_error *err)
{
    struct ta_event event = {ta_desk_now(desk), kind, value};
    if (!add_event(desk, live, event, err)) {
        return false;
    }
    ta_events_add(&live->sitting.events, event);
    live->sitting.change++;
    ta_live_tick(live, event.at);
    return true;
}

bool ta_live_step(struct ta_desk *desk, struct ta_live *live, int by, struct ta_error *err)
{
    int item = live->reading.item + by;
    return has_item(live, item, err) && ta_live_event(desk, live, TA_EVENT_ITEM, item, err);
}

int64_t ta_live_probable_end(const struct ta_live *live, int64_t now)
{
    int64_t planned_end = now + live->reading.left * SECOND;
    int64_t last = last_instant(&live->sitting);
    int64_t end = planned_end > last ? planned_end : last;
    return end < now ? end : now;
}

static bool may_end_at(const struct ta_live *live, int64_t at, int64_t now, struct ta_error *err)
{
    if (live->sitting.id && at < last_instant(&live->sitting)) {
        return ta_fail(err, TA_WRONG,
                       "The session cannot end before its last note or event: give a later time.");
    }
    if (at > now) {
        return ta_fail(err, TA_WRONG,
                       "The session cannot end in the future: give a time that is past.");
    }
    return true;
}

/* One that is in nobody's hand though it is not settled has nothing to add to the summary that is
 * in the record; it need not be looked at again. If that cannot be written down, it is next time.
 */
void sitting_let_go(struct ta_desk *desk, const struct ta_pair *pair)
{
    struct ta_sitting sitting = {0};
    struct ta_live live = {0};
    if (ta_store_sitting_open(desk->store, pair->id, &sitting, NULL) && sitting.id != 0 &&
        ta_desk_live(desk, pair, &live, NULL) && live.sitting.id == 0) {
        (void)ta_store_sitting_settle(desk->store, sitting.id, TA_SITTING_SETTLED, NULL);
    }
    ta_live_release(&live);
    ta_sitting_release(&sitting);
}

bool ta_desk_session_end(struct ta_desk *desk, const struct ta_pair *pair, int64_t at,
                         struct ta_error *err)
{
    struct ta_live live = {0};
    bool ok = ta_desk_live(desk, pair, &live, err);
    int64_t now = ta_desk_now(desk);
    struct ta_event event = {at ? at : now, TA_EVENT_END, 0};
    ok = ok && (!at || may_end_at(&live, at, now, err)) && add_event(desk, &live, event, err);
    ta_live_release(&live);
    if (ok) {
        sitting_let_go(desk, pair);
    }
    return ok;
}

bool sitting_refuse_note(enum ta_note_verdict verdict, struct ta_error *err)
{
    switch (verdict) {
    case TA_NOTE_FINE:
        return true;
    case TA_NOTE_EMPTY:
        return ta_fail(err, TA_WRONG, "The note is empty: write what to keep behind the sign.");
    case TA_NOTE_TOO_LONG:
        return ta_fail(err, TA_WRONG,
                       "The note is too long: a note is one line of at most %d bytes.",
                       TA_NOTE_LONGEST);
    case TA_NOTE_NOT_TEXT:
        return ta_fail(err, TA_WRONG,
                       "The note is not one line of plain UTF-8 text: leave line ends and control "
                       "characters out.");
    }
    return false;
}

/* Kind and text of a typed line; the note owns its text afterwards. */
static bool understand(struct ta_note *note, const char *line, struct ta_error *err)
{
    struct ta_piece text = {0};
    if (!sitting_refuse_note(ta_note_read(&note->kind, &text, ta_piece_of(line)), err)) {
        return false;
    }
    note->text = ta_piece_copy(text);
    return true;
}

static bool takes_notes(const struct ta_live *live, struct ta_error *err)
{
    if (!live->sitting.id) {
        return refuse(TA_SESSION_NOT_STARTED, err);
    }
    return live->reading.state != TA_SESSION_ENDED || refuse(TA_SESSION_IS_OVER, err);
}

static bool catch_line(struct ta_desk *desk, struct ta_live *live, const char *line,
                       const char *draft, struct ta_note *note, struct ta_error *err)
{
    *note = (struct ta_note){.at = ta_desk_now(desk), .item = live->reading.item};
    if (!takes_notes(live, err) || !understand(note, line, err)) {
        return false;
    }
    bool ok = ta_store_note_add(desk->store, live->sitting.id, note, draft, err);
    if (!ok) {
        free(note->text);
        note->text = NULL;
    }
    return ok;
}

bool ta_desk_session_note(struct ta_desk *desk, const struct ta_pair *pair, const char *line,
                          struct ta_note *note, struct ta_error *err)
{
    struct ta_live live = {0};
    bool ok =
        ta_desk_live(desk, pair, &live, err) && catch_line(desk, &live, line, NULL, note, err);
    ta_live_release(&live);
    return ok;
}

bool ta_live_note(struct ta_desk *desk, struct ta_live *live, const char *line,
                  struct ta_error *err)
{
    struct ta_note note;
    char draft[DRAFT_NAME_SIZE];
    draft_name(draft, DRAFT_LINE, live->sitting.number);
    if (!catch_line(desk, live, line, live->line_revision ? draft : NULL, &note, err)) {
        return false;
    }
    live->line_revision = 0;
    ta_notes_add(&live->sitting.notes, &note);
    live->sitting
        .change++; /* as the store did; another's change in between shows as a difference */
    free(note.text);
    return true;
}

void ta_live_keep_line(struct ta_desk *desk, struct ta_live *live, const char *line)
{
    char name[DRAFT_NAME_SIZE];
    draft_name(name, DRAFT_LINE, live->sitting.number);
    ta_store_draft_keep(desk->store, live->sitting.pair, name, line, &live->line_revision,
                        ta_desk_now(desk), NULL);
}

bool ta_live_is_fresh(struct ta_desk *desk, const struct ta_live *live)
{
    int64_t change = 0;
    return !ta_store_sitting_change(desk->store, live->sitting.id, &change, NULL) ||
           change == live->sitting.change;
}

bool ta_live_note_change(struct ta_desk *desk, struct ta_live *live, size_t index,
                         enum ta_note_kind kind, const char *text, bool removed,
                         struct ta_error *err)
{
    struct ta_note *note = &live->sitting.notes.items[index];
    struct ta_note changed = *note;
    changed.kind = kind;
    changed.text = ta_copy(text);
    changed.removed = removed;
    bool ok = sitting_refuse_note(ta_note_check(ta_piece_of(text)), err) &&
              ta_store_note_change(desk->store, note, &changed, err);
    free(changed.text);
    if (ok) {
        note->kind = kind;
        note->removed = removed;
        ta_replace(&note->text, text);
        live->sitting.change++;
    }
    return ok;
}
