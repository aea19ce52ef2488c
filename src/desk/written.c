/* A session that was held without the program, written down afterwards. */
#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "sitting.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/agenda.h"
#include "turnabout/document/agenda_paper.h"
#include "turnabout/store/drafts.h"

static const int64_t minute_ms = 60000;

static bool check_time(struct ta_moment held, unsigned minutes, int64_t now, struct ta_error *err)
{
    if (minutes < TA_MINUTES_LEAST || minutes > TA_MINUTES_MOST) {
        return ta_fail(err, TA_WRONG, "A session takes from %d to %d minutes.", TA_MINUTES_LEAST,
                       TA_MINUTES_MOST);
    }
    return held.instant + (int64_t)minutes * minute_ms <= now ||
           ta_fail(err, TA_WRONG,
                   "That session is not over yet: give when it began, and the minutes it took, so "
                   "that both are past.");
}

/* Blank lines are none. */
static bool add_line(struct ta_notes *notes, struct ta_piece line, size_t number,
                     struct ta_error *err)
{
    struct ta_note note = {.item = -1};
    struct ta_piece text = {0};
    struct ta_error why = {0};
    if (ta_piece_trim(line).length == 0) {
        return true;
    }
    if (!sitting_refuse_note(ta_note_read(&note.kind, &text, line), &why)) {
        return ta_fail(err, TA_WRONG, "Line %zu: %s", number, why.text);
    }
    note.text = ta_piece_copy(text);
    ta_notes_add(notes, &note);
    free(note.text);
    return true;
}

static bool read_lines(struct ta_notes *notes, const char *lines, struct ta_error *err)
{
    struct ta_piece rest = ta_piece_of(lines);
    struct ta_piece line;
    bool ok = true;
    for (size_t number = 1; ok && ta_next_line(&rest, &line); number++) {
        ok = add_line(notes, line, number, err);
    }
    return ok;
}

static bool store(struct ta_desk *desk, const struct ta_pair *pair, const struct ta_events *events,
                  const struct ta_notes *notes, struct ta_error *err)
{
    struct ta_agenda_state agenda = {0};
    char *text = NULL;
    char draft[DRAFT_NAME_SIZE];
    bool ok = ta_desk_agenda(desk, pair, &agenda, err) &&
              ta_agenda_paper_write(&text, agenda.text, &agenda.agenda, err);
    draft_name(draft, DRAFT_WRITTEN, agenda.agenda.session);
    ok = ok && ta_store_sitting_write(desk->store, pair->id, agenda.agenda.session, text, events,
                                      notes, draft, err);
    free(text);
    ta_agenda_state_release(&agenda);
    return ok;
}

bool ta_desk_session_write(struct ta_desk *desk, const struct ta_pair *pair, struct ta_moment held,
                           unsigned minutes, const char *lines, struct ta_error *err)
{
    struct ta_live live = {0};
    struct ta_notes notes = {0};
    struct ta_event both[] = {{held.instant, TA_EVENT_START, 0},
                              {held.instant + (int64_t)minutes * minute_ms, TA_EVENT_END, 0}};
    struct ta_events events = {both, sizeof both / sizeof *both};
    bool ok = check_time(held, minutes, ta_desk_now(desk), err) &&
              ta_desk_live(desk, pair, &live, err) && sitting_may_begin(&live, err) &&
              read_lines(&notes, lines, err) && store(desk, pair, &events, &notes, err);
    ta_notes_release(&notes);
    ta_live_release(&live);
    return ok;
}

/* The page as a draft: when it began, the minutes, and the lines below them. */

static char *take_line(struct ta_piece *rest)
{
    struct ta_piece line = {0};
    return ta_next_line(rest, &line) ? ta_piece_copy(line) : ta_copy("");
}

bool ta_desk_written(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                     struct ta_written *written, struct ta_error *err)
{
    char name[DRAFT_NAME_SIZE];
    struct ta_draft draft = {0};
    *written = (struct ta_written){0};
    draft_name(name, DRAFT_WRITTEN, session);
    bool ok = ta_store_draft(desk->store, pair->id, name, &draft, err);
    if (ok && draft.text) {
        struct ta_piece rest = ta_piece_of(draft.text);
        written->began = take_line(&rest);
        written->minutes = take_line(&rest);
        written->lines = ta_piece_copy(rest);
        written->revision = draft.revision;
    }
    ta_draft_release(&draft);
    return ok;
}

void ta_desk_written_keep(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                          struct ta_written *written)
{
    char name[DRAFT_NAME_SIZE];
    struct ta_text text = {0};
    draft_name(name, DRAFT_WRITTEN, session);
    ta_text_addf(&text, "%s\n%s\n", written->began, written->minutes);
    ta_text_add(&text, written->lines);
    ta_store_draft_put(desk->store, pair->id, name, text.bytes, &written->revision,
                       ta_desk_now(desk), NULL);
    ta_text_release(&text);
}

void ta_written_release(struct ta_written *written)
{
    free(written->began);
    free(written->minutes);
    free(written->lines);
    *written = (struct ta_written){0};
}
