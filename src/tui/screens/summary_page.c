#include "summary_page.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/desk/standing.h"
#include "turnabout/document/record_paper.h"

/* Reading */

/* The next date that is still to come. Where one is proposed, the only one that is planned is this
 * session's own, even if it was held a day ahead of it. */
static bool read_date(struct ta_face *face, struct summary_page *page,
                      const struct ta_summary_state *fresh, struct ta_error *err)
{
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_meetings meetings = {0};
    bool ok = ta_desk_meetings(desk, &page->pair, &meetings, err);
    page->planned = (struct ta_moment){0};
    for (size_t i = 0; ok && i < meetings.count; i++) {
        const struct ta_meeting *meeting = &meetings.items[i];
        bool coming = !fresh->proposed.instant && meeting->state == TA_MEETING_PLANNED &&
                      meeting->when.instant > ta_desk_now(desk);
        if (coming && (!page->planned.instant || meeting->when.instant < page->planned.instant)) {
            page->planned = meeting->when;
        }
    }
    ta_meetings_release(&meetings);
    return ok;
}

/* What cannot be read leaves nothing, either; its own screen says why. */
static void read_release(struct ta_face *face, struct summary_page *page)
{
    struct ta_desk *desk = ta_face_desk(face);
    const struct ta_summary_state *summary = &page->state;
    struct ta_release_state state = {0};
    bool ok = summary->committed
                  ? ta_desk_release(desk, &page->pair, summary->session, &state, NULL)
                  : ta_desk_release_draft(desk, &page->pair, &summary->summary, &state, NULL);
    page->released = ok ? state.standing : TA_RELEASE_CLOSED;
    page->shared = ok ? state.level : TA_SHARED_NOTHING;
    ta_release_state_release(&state);
}

/* The row whose stored text is being edited, wherever it is now; when it is gone, what is typed
 * becomes a new line of its section. */
static void follow_edit(struct summary_page *page)
{
    const struct summary_row was = *summary_chosen(page);
    summary_make_rows(page);
    if (page->mode != SUMMARY_EDITING || was.kind == SUMMARY_TITLE) {
        return;
    }
    size_t found = page->row_count;
    for (size_t i = 0; i < page->row_count; i++) {
        const struct summary_row *row = &page->rows[i];
        bool same = row->kind == SUMMARY_LINE && row->section == was.section &&
                    strcmp(summary_stored(page, row), page->stored) == 0;
        found = same && (found == page->row_count || row->index == was.index) ? i : found;
    }
    if (found < page->row_count) {
        page->list.chosen = found;
        return;
    }
    page->mode = SUMMARY_ADDING;
    page->adding = was.section;
    summary_make_rows(page);
}

bool summary_refresh(struct ta_face *face, struct summary_page *page, struct ta_error *err)
{
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_summary_state fresh = {0};
    if (!ta_desk_summary(desk, &page->pair, 0, &fresh, err) ||
        !read_date(face, page, &fresh, err)) {
        ta_summary_state_release(&fresh);
        return false;
    }
    const char *text = page->state.text;
    if (page->state.session != fresh.session || fresh.committed) {
        versions_release(&page->versions);
    } else if (text && strcmp(text, fresh.text) != 0) {
        versions_keep(&page->versions, text); /* changed elsewhere: one step like any other */
    }
    ta_summary_state_release(&page->state);
    page->state = fresh;
    page->today = ta_desk_today(desk);
    read_release(face, page);
    if (page->row_count > 0) {
        follow_edit(page);
    } else {
        summary_make_rows(page);
    }
    return true;
}

bool summary_reload(struct ta_face *face, struct summary_page *page)
{
    struct ta_error err;
    return ta_face_check(face, summary_refresh(face, page, &err), &err);
}

/* Typing */

void summary_say_busy(struct ta_face *face, struct summary_page *page)
{
    if (summary_reload(face, page)) {
        ta_face_say(face, TA_CAUTION, "The summary was changed elsewhere, to this. %s",
                    page->mode == SUMMARY_READING ? "Now do it once more."
                                                  : "Enter keeps what you typed.");
    }
}

void summary_begin(struct summary_page *page, enum summary_mode mode, const char *text)
{
    page->mode = mode;
    ta_editor_init(&page->editor, text, false, SUMMARY_LINE_MOST);
    summary_make_rows(page);
    ta_replace(&page->stored, summary_stored(page, summary_chosen(page)));
}

void summary_end(struct summary_page *page)
{
    ta_editor_release(&page->editor);
    page->mode = SUMMARY_READING;
    summary_make_rows(page);
}

/* The line as the document has it, of what was typed; free with free(). */
static char *line_of(const struct summary_page *page, const char *typed)
{
    const struct summary_row *row = summary_chosen(page);
    if (row->kind == SUMMARY_TITLE || row->section != TA_SUMMARY_PROMISES ||
        ta_piece_trim(ta_piece_of(typed)).length == 0) {
        return ta_copy(typed);
    }
    struct ta_promise promise;
    struct ta_text line = {0};
    summary_promise_take(&promise, typed, summary_promise_of(page, row), &page->pair, page->today);
    ta_promise_write(&line, &promise, &page->pair, false);
    ta_promise_release(&promise);
    return ta_text_take(&line);
}

bool summary_write_row(struct ta_face *face, struct summary_page *page, const char *line)
{
    struct ta_desk *desk = ta_face_desk(face);
    const struct summary_row *row = summary_chosen(page);
    char *before = ta_copy(page->state.text);
    struct ta_error err;
    bool ok = row->kind == SUMMARY_TITLE
                  ? ta_desk_summary_set_title(desk, &page->pair, &page->state, line, &err)
                  : ta_desk_summary_set_line(desk, &page->pair, &page->state, row->section,
                                             row->index, line, &err);
    if (ok) {
        versions_keep(&page->versions, before);
    } else if (err.code == TA_BUSY) {
        summary_say_busy(face, page);
    } else {
        ta_face_check(face, ok, &err);
    }
    free(before);
    return ok;
}

bool summary_keep_line(struct ta_face *face, struct summary_page *page)
{
    const char *typed = ta_editor_text(&page->editor);
    bool empty = page->mode == SUMMARY_ADDING && ta_piece_trim(ta_piece_of(typed)).length == 0;
    char *line = line_of(page, typed);
    bool same = page->stored && strcmp(line, page->stored) == 0;
    bool kept = empty || same || summary_write_row(face, page, line);
    free(line);
    if (kept) {
        summary_end(page);
        summary_keep_typed(face, page);
    }
    return kept;
}
