/* Summary: what stays of a session, written by the mentee and committed for both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kept.h"
#include "screens.h"
#include "summary_page.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"

enum { A_LOOK = 300 }; /* milliseconds after the screen stands */

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    return summary_refresh(face, state, err);
}

/* What is being typed is in nobody's way: whoever stores it sees first what was changed. */
static bool heard(struct ta_face *face, void *state)
{
    struct summary_page *page = state;
    bool reading = page->mode == SUMMARY_READING;
    if (reading) {
        (void)summary_reload(face, page);
    }
    return reading;
}

static bool open_summary(struct ta_face *face, void *state, const void *argument,
                         struct ta_error *err)
{
    (void)argument;
    struct summary_page *page = state;
    bool ok = ta_desk_pair(ta_face_desk(face), NULL, &page->pair, err) && refresh(face, state, err);
    if (!ok) {
        ta_pair_release(&page->pair);
    } else if (page->row_count > 1) {
        page->list.chosen = 1; /* the first line; the title was found already */
    }
    if (ok) {
        summary_resume_typed(face, page);
    }
    return ok;
}

/* Lines */

static void edit_line(struct ta_face *face, void *state)
{
    (void)face;
    struct summary_page *page = state;
    const struct summary_row *row = summary_chosen(page);
    const struct ta_promise *promise = summary_promise_of(page, row);
    struct ta_text text = {0};
    if (promise) {
        summary_promise_say(&text, promise, &page->pair, page->today);
    } else {
        ta_text_add(&text, summary_stored(page, row));
    }
    summary_begin(page, SUMMARY_EDITING, text.bytes);
    ta_text_release(&text);
}

static void add_line(struct ta_face *face, void *state)
{
    (void)face;
    struct summary_page *page = state;
    const struct summary_row *row = summary_chosen(page);
    bool last = row->kind == SUMMARY_NOTES;
    page->adding = last ? TA_SUMMARY_QUESTIONS : row->section; /* the title's: takeaways */
    summary_begin(page, SUMMARY_ADDING, NULL);
}

static void keep_edit(struct ta_face *face, void *state)
{
    summary_keep_line(face, state);
}

static void drop_edit(struct ta_face *face, void *state)
{
    summary_end(state);
    summary_keep_typed(face, state);
}

static void strike(struct ta_face *face, void *state)
{
    struct summary_page *page = state;
    if (summary_write_row(face, page, NULL)) {
        summary_make_rows(page);
        ta_face_say(face, TA_QUIET, "Struck. u brings it back.");
    }
}

/* The whole text */

static void take_text(struct ta_face *face, struct summary_page *page, struct ta_text *text)
{
    const char *typed = text->bytes ? text->bytes : "";
    struct ta_error err;
    if (strcmp(page->state.text, typed) == 0) {
        return;
    }
    char *before = ta_copy(page->state.text);
    char name[48];
    (void)snprintf(name, sizeof name, "summary-%u-yours.md", page->state.session);
    if (ta_desk_summary_write(ta_face_desk(face), &page->pair, &page->state, typed, &err)) {
        versions_keep(&page->versions, before);
        drop_kept(face, name);
        summary_make_rows(page);
    } else {
        summary_reload(face, page);
        keep_text(face, &page->mine, text, name, &err);
    }
    free(before);
}

/* A text that could not be taken goes on where it was left. */
static void edit_text(struct ta_face *face, void *state)
{
    struct summary_page *page = state;
    struct ta_text text = page->mine;
    bool resumed = text.length > 0;
    page->mine = (struct ta_text){0};
    if (!resumed) {
        ta_text_add(&text, page->state.text);
    }
    if (ta_face_edit(face, &text, "summary.md")) {
        take_text(face, page, &text);
    } else if (resumed) {
        page->mine = text;
        text = (struct ta_text){0};
    }
    ta_text_release(&text);
}

static void go(struct ta_face *face, struct summary_page *page, enum direction direction)
{
    const char *text = versions_next(&page->versions, direction);
    if (!text) {
        ta_face_say(face, TA_QUIET,
                    direction == BACK ? "Nothing more to undo." : "Nothing more to redo.");
        return;
    }
    char *before = ta_copy(page->state.text);
    struct ta_error err;
    bool ok = ta_desk_summary_write(ta_face_desk(face), &page->pair, &page->state, text, &err);
    if (ok) {
        versions_step(&page->versions, direction, before);
        summary_make_rows(page);
    } else if (err.code == TA_BUSY) {
        summary_say_busy(face, page);
    } else {
        ta_face_check(face, ok, &err);
    }
    free(before);
}

static void undo(struct ta_face *face, void *state)
{
    go(face, state, BACK);
}

static void redo(struct ta_face *face, void *state)
{
    go(face, state, AGAIN);
}

/* "# Who speaks first (25 min planned, 24 used)" and its notes. */
static void say_item(struct ta_text *out, const struct ta_summary_item *item)
{
    if (item->count == 0) {
        return;
    }
    if (item->title) {
        ta_text_addf(out, "%s# %s (%u min planned, %u used)\n", out->length ? "\n" : "",
                     item->title, item->planned, item->used);
    }
    for (size_t i = 0; i < item->count; i++) {
        char time[TA_DATE_SIZE] = "";
        if (item->notes[i].elapsed >= 0) {
            ta_span_clock(time, item->notes[i].elapsed);
        }
        ta_text_addf(out, "%6s  %s\n", time, item->notes[i].text);
    }
}

static void read_notes(struct ta_face *face, void *state)
{
    struct summary_page *page = state;
    struct ta_text title = {0};
    struct ta_text text = {0};
    ta_text_addf(&title, "Notes of session %u by item", page->state.session);
    for (size_t i = 0; i < page->state.summary.item_count; i++) {
        say_item(&text, &page->state.summary.items[i]);
    }
    struct reader_text reader = {.title = title.bytes, .text = text.bytes};
    ta_face_push(face, &reader_screen, &reader);
    ta_text_release(&title);
    ta_text_release(&text);
}

/* Committing */

static bool commit(struct ta_face *face, struct summary_page *page, const struct ta_moment *next)
{
    struct ta_text said = {0};
    struct ta_error err;
    ta_text_addf(&said, "Committed for both: Session %u: %s · r: how was it, for you alone?",
                 page->state.session, page->state.summary.title);
    bool ok = ta_face_check(face,
                            ta_desk_summary_commit(ta_face_desk(face), &page->pair, &page->state,
                                                   next, TA_NOBODY, &err),
                            &err);
    if (ok) {
        ta_face_pop(face);
        ta_face_say(face, TA_GOOD, "%s", said.bytes);
    } else if (err.code == TA_BUSY) {
        summary_say_busy(face, page);
    }
    ta_text_release(&said);
    return ok;
}

static bool answer_date(struct ta_face *face, void *state, const char *text)
{
    struct ta_moment when;
    int64_t now = ta_face_now(face);
    if (ta_piece_trim(ta_piece_of(text)).length == 0) {
        commit(face, state, NULL);
        return true;
    }
    if (!ta_moment_guess(&when, ta_piece_of(text), now)) {
        ta_face_say(face, TA_ALARM, "That is no date: write it as 2026-12-15 10:00, or Tue 10:00.");
        return false;
    }
    if (when.instant <= now) {
        ta_face_say(face, TA_ALARM, "That is past: give a date to come, or none.");
        return false;
    }
    commit(face, state, &when);
    return true;
}

static void answer_commit(struct ta_face *face, void *state, char key)
{
    if (key == 'y') {
        commit(face, state, NULL);
    }
}

/* The next date is fixed before closing, unless it is set already. */
static void ask_date(struct ta_face *face, struct summary_page *page)
{
    struct ta_moment proposed = page->state.proposed;
    if (page->planned.instant || !proposed.instant) {
        ta_face_ask_key(face, "Commit the summary, for both to read?", "yn", answer_commit);
        return;
    }
    char time[TA_DATE_SIZE];
    char text[TA_DATE_SIZE];
    struct ta_day day = ta_day_of(proposed);
    ta_moment_time(time, proposed);
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d %.5s", day.year, day.month, day.day, time);
    ta_face_ask(face, "Commit; next date (empty: none)", text, answer_date);
}

static void answer_marks(struct ta_face *face, void *state, char key)
{
    if (key == 'y') {
        ask_date(face, state);
    }
}

static void ask_commit(struct ta_face *face, void *state)
{
    struct summary_page *page = state;
    struct ta_piece topic;
    size_t marks = summary_marks(page, &topic);
    if (marks == 0) {
        ask_date(face, page);
        return;
    }
    struct ta_text question = {0};
    ta_text_addf(&question,
                 "⚠ %zu line%s \"%.*s\", which your contract keeps off limits. Commit all the "
                 "same?",
                 marks, marks == 1 ? " touches" : "s touch", (int)topic.length, topic.at);
    ta_face_ask_key(face, question.bytes, "yn", answer_marks);
    ta_text_release(&question);
}

static void go_release(struct ta_face *face, void *state)
{
    const struct summary_page *page = state;
    ta_face_push(face, &release_screen, &page->state.session);
}

static void go_mail(struct ta_face *face, void *state)
{
    const struct summary_page *page = state;
    ta_face_push(face, &mail_screen, &page->state.session);
}

/* Keys */

static bool is_typing(const void *state)
{
    return ((const struct summary_page *)state)->mode != SUMMARY_READING;
}

static bool is_reading(const void *state)
{
    return !is_typing(state);
}

static bool is_open(const void *state)
{
    const struct summary_page *page = state;
    return page->mode == SUMMARY_READING && !page->state.committed;
}

static bool is_on(const void *state, enum summary_row_kind kind)
{
    const struct summary_page *page = state;
    return page->mode == SUMMARY_READING && summary_chosen(page)->kind == kind;
}

static bool is_on_line(const void *state)
{
    return is_open(state) && is_on(state, SUMMARY_LINE);
}

static bool is_on_text(const void *state)
{
    return is_on_line(state) || (is_open(state) && is_on(state, SUMMARY_TITLE));
}

static bool is_on_none(const void *state)
{
    return is_open(state) && is_on(state, SUMMARY_NONE);
}

static bool is_on_notes(const void *state)
{
    return is_on(state, SUMMARY_NOTES);
}

static const struct ta_command commands[] = {
    {"keep", "Enter", "Keep the line as typed", keep_edit, is_typing, false},
    {"leave it", "Esc", "Leave the line as it was", drop_edit, is_typing, false},
    {"edit", "Enter", "Change the line in its place", edit_line, is_on_text, false},
    {"write", "Enter", "The first line of this section", add_line, is_on_none, false},
    {"open", "Enter", "The notes of the session by item", read_notes, is_on_notes, false},
    {"new", "n", "A new line in this section", add_line, is_open, false},
    {"strike", "x D Delete", "Strike the line", strike, is_on_line, false},
    {"undo", "u", "Undo the last change to the summary", undo, is_open, false},
    {"redo", "C-r", "Redo what was undone", redo, is_open, true},
    {"editor", "e", "The whole summary in your own editor", edit_text, is_open, false},
    {"mail", "m", "The summary as a mail, to read before it goes", go_mail, is_reading, false},
    {"commit", "C", "Commit the summary, for both to read", ask_commit, is_open, false},
    {"release", "p", "What the coordinator sees of it", go_release, is_reading, false},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct summary_page *page = state;
    if (page->mode == SUMMARY_READING) {
        return hits_key(&page->hits, &page->list, pressed) || ta_list_key(&page->list, pressed);
    }
    enum ta_edited edited = ta_editor_key(&page->editor, pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        summary_touch(face, page);
    } else if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION, "A line has room for %d bytes: the rest was not taken.",
                    SUMMARY_LINE_MOST);
    }
    return edited != TA_EDIT_NOT_MINE;
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    summary_draw(state, surface);
}

/* What is typed is kept, whatever closes the screen. */
static void close_summary(struct ta_face *face, void *state)
{
    struct summary_page *page = state;
    if (is_typing(page) && !summary_keep_line(face, page)) {
        summary_keep_typed(face, page);
        summary_end(page);
    }
    ta_summary_state_release(&page->state);
    versions_release(&page->versions);
    ta_text_release(&page->mine);
    free(page->stored);
    free(page->rows);
    ta_pair_release(&page->pair);
}

/* Whoever has read the summary does not wait for libgit2 on committing it. */
static int64_t prepare(struct ta_face *face, struct summary_page *page, int64_t now)
{
    if (page->state.committed || page->is_prepared) {
        return 0;
    }
    page->prepare = page->prepare ? page->prepare : now + A_LOOK;
    if (now < page->prepare) {
        return page->prepare;
    }
    ta_record_prepare(ta_face_desk(face), &page->pair);
    page->is_prepared = true;
    return 0;
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    int64_t keep = summary_tick_typed(face, state, now);
    int64_t look = prepare(face, state, now);
    return keep && (!look || keep < look) ? keep : look;
}

const struct ta_screen summary_screen = {
    .name = "summary",
    .size = sizeof(struct summary_page),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_summary,
    .refresh = refresh,
    .heard = heard,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_summary,
};
