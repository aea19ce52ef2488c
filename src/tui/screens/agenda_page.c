#include "agenda_page.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/desk/sent.h"
#include "turnabout/desk/standing.h"
#include "turnabout/document/agenda_paper.h"
#include "turnabout/domain/off_limits.h"

enum { MINUTES_USUAL = 5 /* of an item that comes back for its notes */ };

/* The rows */

bool agenda_has_new_row(const struct agenda_page *page)
{
    return page->mode == AGENDA_NEW && !page->in_slot;
}

const struct ta_item *agenda_item(const struct agenda_page *page, size_t row)
{
    const struct ta_agenda *agenda = &page->state.agenda;
    bool is_new = agenda_has_new_row(page);
    if (is_new && row == page->list.chosen) {
        return NULL;
    }
    size_t index = is_new && row > page->list.chosen ? row - 1 : row;
    return index < agenda->count ? &agenda->items[index] : NULL;
}

bool agenda_touches(const struct agenda_page *page, size_t row, struct ta_piece *topic)
{
    const char *topics = page->state.off_limits;
    const struct ta_item *item = agenda_item(page, row);
    const char *title = item ? item->title : "";
    const char *notes = item && item->notes ? item->notes : "";
    if (row == page->list.chosen && page->mode == AGENDA_NOTES) {
        notes = ta_editor_text(&page->editor);
    } else if (row == page->list.chosen && page->mode != AGENDA_READING) {
        title = ta_editor_text(&page->editor);
    }
    return ta_off_limits_touched(topic, topics, title) ||
           ta_off_limits_touched(topic, topics, notes);
}

size_t agenda_marks(const struct agenda_page *page, size_t *first, struct ta_piece *topic)
{
    size_t marks = 0;
    for (size_t row = 0; row < page->list.count; row++) {
        struct ta_piece found;
        if (agenda_touches(page, row, &found) && marks++ == 0) {
            *first = row;
            *topic = found;
        }
    }
    return marks;
}

/* Reading */

static bool read_date(struct ta_face *face, struct agenda_page *page, struct ta_error *err)
{
    struct ta_meetings meetings = {0};
    bool ok = ta_desk_meetings(ta_face_desk(face), &page->pair, &meetings, err);
    const struct ta_meeting *next = ok ? ta_meetings_next(&meetings) : NULL;
    page->when = next ? next->when : (struct ta_moment){0};
    ta_meetings_release(&meetings);
    return ok;
}

/* The row of the item with this title, the one in `near` before others; count: none. */
static size_t find_item(const struct ta_agenda *agenda, const char *title, size_t near)
{
    if (near < agenda->count && strcmp(agenda->items[near].title, title) == 0) {
        return near;
    }
    size_t row = 0;
    while (row < agenda->count && strcmp(agenda->items[row].title, title) != 0) {
        row++;
    }
    return row;
}

size_t agenda_place_new(struct agenda_page *page)
{
    size_t slot;
    size_t place = ta_agenda_place(&page->state.agenda, &slot);
    page->in_slot = slot != SIZE_MAX;
    return page->in_slot ? slot : place;
}

/* Notes that were changed here and elsewhere: both stand in the editor, these first. */
static void join_notes(struct ta_face *face, struct agenda_page *page, const char *stored)
{
    const char *typed = ta_editor_text(&page->editor);
    if (strcmp(stored, page->notes) == 0 || strcmp(stored, typed) == 0) {
        return;
    }
    struct ta_text both = {0};
    bool changed = strcmp(typed, page->notes) != 0;
    if (changed) {
        ta_text_addf(&both, "%s\n\n", typed);
        ta_face_say(face, TA_CAUTION,
                    "These notes were changed elsewhere meanwhile: both stand here now, yours "
                    "first.");
        page->touched = ta_face_now(face);
    }
    ta_text_add(&both, stored);
    ta_editor_set(&page->editor, both.bytes);
    ta_replace(&page->notes, stored);
    ta_text_release(&both);
}

/* What is being typed stays with its item, wherever that is now; when it is gone, it becomes a new
 * one. */
static void follow_edit(struct ta_face *face, struct agenda_page *page)
{
    const struct ta_agenda *agenda = &page->state.agenda;
    if (page->mode == AGENDA_TITLE || page->mode == AGENDA_NOTES) {
        size_t row = find_item(agenda, page->title, page->list.chosen);
        page->list.chosen = row;
        if (row < agenda->count && page->mode == AGENDA_NOTES) {
            const char *notes = agenda->items[row].notes;
            join_notes(face, page, notes ? notes : "");
        } else if (row == agenda->count && page->mode == AGENDA_TITLE) {
            page->mode = AGENDA_NEW;
        }
    }
    if (page->mode == AGENDA_NEW) {
        page->list.chosen = agenda_place_new(page);
    }
}

bool agenda_refresh(struct ta_face *face, struct agenda_page *page, struct ta_error *err)
{
    struct ta_agenda_state fresh = {0};
    if (!ta_desk_agenda(ta_face_desk(face), &page->pair, &fresh, err) ||
        !read_date(face, page, err)) {
        ta_agenda_state_release(&fresh);
        return false;
    }
    const char *text = page->state.text;
    if (page->state.agenda.session != fresh.agenda.session) {
        versions_release(&page->versions);
    } else if (text && fresh.text && strcmp(text, fresh.text) != 0) {
        versions_keep(&page->versions, text); /* changed elsewhere: one step like any other */
    }
    ta_agenda_state_release(&page->state);
    page->state = fresh;
    page->waits = fresh.shared && ta_desk_waits_for_sync(ta_face_desk(face), &page->pair,
                                                         fresh.agenda.session, "agenda.md");
    page->today = ta_desk_today(ta_face_desk(face));
    follow_edit(face, page);
    ta_list_set_count(&page->list, fresh.agenda.count + agenda_has_new_row(page));
    page->carried = page->carried < fresh.carried.count ? page->carried : 0;
    return true;
}

/* Saving */

char *agenda_paper(const struct agenda_page *page)
{
    char *text = NULL;
    if (page->state.text || !ta_agenda_paper_write(&text, NULL, &page->state.agenda, NULL)) {
        text = ta_copy(page->state.text ? page->state.text : "");
    }
    return text;
}

bool agenda_reload(struct ta_face *face, struct agenda_page *page)
{
    struct ta_error err;
    return ta_face_check(face, agenda_refresh(face, page, &err), &err);
}

void agenda_show_stored(struct ta_face *face, struct agenda_page *page, bool stored,
                        const struct ta_error *err)
{
    if (!agenda_reload(face, page)) {
        return;
    }
    if (!stored && err->code == TA_BUSY) {
        ta_face_say(face, TA_CAUTION, "The agenda was changed elsewhere, to this. %s",
                    page->mode == AGENDA_READING ? "Now do it once more."
                                                 : "Enter keeps what you typed.");
    } else {
        ta_face_check(face, stored, err);
    }
}

void agenda_end(struct agenda_page *page)
{
    ta_editor_release(&page->editor);
    page->mode = AGENDA_READING;
    free(page->before);
    page->before = NULL;
    page->touched = 0;
    ta_list_set_count(&page->list, page->state.agenda.count);
}

bool agenda_save(struct ta_face *face, struct agenda_page *page, enum ta_agenda_verdict verdict,
                 char *before)
{
    struct ta_error err;
    struct ta_desk *desk = ta_face_desk(face);
    bool fine = ta_face_check(face, ta_agenda_refuse(verdict, page->list.chosen + 1, &err), &err);
    bool saved = fine && ta_desk_agenda_save(desk, &page->pair, &page->state, &err);
    if (saved) {
        versions_keep(&page->versions, before);
        agenda_end(page);
    }
    if (fine) {
        agenda_show_stored(face, page, saved, &err);
    }
    free(before);
    return saved;
}

void agenda_go(struct ta_face *face, struct agenda_page *page, enum direction direction)
{
    const char *text = versions_next(&page->versions, direction);
    if (!text) {
        ta_face_say(face, TA_QUIET,
                    direction == BACK ? "Nothing more to undo." : "Nothing more to redo.");
        return;
    }
    char *before = agenda_paper(page);
    struct ta_error err;
    bool ok = ta_desk_agenda_write(ta_face_desk(face), &page->pair, &page->state, text, &err);
    if (ok) {
        versions_step(&page->versions, direction, before);
    }
    agenda_show_stored(face, page, ok, &err);
    free(before);
}

/* Typing a title */

void agenda_begin(struct agenda_page *page, enum agenda_mode mode, const char *text)
{
    page->mode = mode;
    bool notes = mode == AGENDA_NOTES;
    ta_editor_init(&page->editor, text, notes, notes ? AGENDA_NOTES_MOST : AGENDA_TITLE_MOST);
    const struct ta_item *item = agenda_item(page, page->list.chosen);
    ta_replace(&page->title, item ? item->title : NULL);
}

/* What was typed, with minutes behind it or without. */
static enum ta_agenda_verdict put_title(struct agenda_page *page, const char *typed, bool is_new)
{
    struct ta_agenda *agenda = &page->state.agenda;
    struct ta_piece text = ta_piece_of(typed);
    unsigned minutes;
    enum ta_agenda_verdict verdict = ta_agenda_take_minutes(&text, &minutes);
    if (verdict != TA_AGENDA_FINE) {
        return verdict;
    }
    char *title = ta_piece_copy(text);
    verdict = is_new ? ta_agenda_put(agenda, title, 0, &page->list.chosen)
                     : ta_agenda_retitle(agenda, page->list.chosen, title);
    free(title);
    return verdict == TA_AGENDA_FINE && minutes > 0
               ? ta_agenda_set_minutes(agenda, page->list.chosen, minutes)
               : verdict;
}

bool agenda_keep_title(struct ta_face *face, struct agenda_page *page)
{
    const char *title = ta_editor_text(&page->editor);
    bool is_new = page->mode == AGENDA_NEW;
    bool same = !is_new && strcmp(title, page->title) == 0;
    bool empty = is_new && ta_piece_trim(ta_piece_of(title)).length == 0;
    if (same || empty) {
        agenda_end(page);
        return true;
    }
    char *before = agenda_paper(page);
    return agenda_save(face, page, put_title(page, title, is_new), before);
}

/* Talking notes */

/* Puts what is typed into the agenda; an item that went meanwhile comes back for it. */
static enum ta_agenda_verdict put_notes(struct agenda_page *page, const char *notes)
{
    struct ta_agenda *agenda = &page->state.agenda;
    size_t row = find_item(agenda, page->title, page->list.chosen);
    enum ta_agenda_verdict verdict = TA_AGENDA_FINE;
    if (row == agenda->count) {
        verdict = ta_agenda_insert(agenda, row, page->title, MINUTES_USUAL);
    }
    page->list.chosen = row;
    return verdict == TA_AGENDA_FINE ? ta_agenda_set_notes(agenda, row, notes) : verdict;
}

bool agenda_keep_notes(struct ta_face *face, struct agenda_page *page)
{
    bool kept = strcmp(ta_editor_text(&page->editor), page->notes) == 0;
    for (int attempt = 0; !kept && attempt < 2; attempt++) {
        struct ta_desk *desk = ta_face_desk(face);
        const char *typed = ta_editor_text(&page->editor);
        struct ta_error err;
        bool fine = ta_agenda_refuse(put_notes(page, typed), page->list.chosen + 1, &err);
        kept = fine && ta_desk_agenda_save(desk, &page->pair, &page->state, &err);
        if (kept && page->before) {
            versions_keep(&page->versions, page->before);
            free(page->before);
            page->before = NULL;
        }
        if (kept) {
            ta_replace(&page->notes, typed);
        } else if (!fine || err.code != TA_BUSY || attempt > 0) {
            ta_face_check(face, false, &err);
            break;
        }
        agenda_reload(face, page);
    }
    page->touched = 0;
    return kept;
}
