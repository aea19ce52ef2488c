/* The line that is being typed into a summary, kept at every pause: three lines of text, which say
 * where it belongs, what stands there, and what is typed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "summary_page.h"
#include "turnabout/desk/typed.h"

enum { KEEP_AFTER = 800, NAME_SIZE = 48 }; /* milliseconds */

static const char title_words[] = "title";

static void draft_name(char name[NAME_SIZE], const struct summary_page *page)
{
    (void)snprintf(name, NAME_SIZE, "summary-line/%u", page->state.session);
}

void summary_touch(struct ta_face *face, struct summary_page *page)
{
    page->touched = page->touched ? page->touched : ta_face_now(face);
}

static void say_place(struct ta_text *out, const struct summary_page *page)
{
    const struct summary_row *row = summary_chosen(page);
    if (row->kind == SUMMARY_TITLE) {
        ta_text_add(out, title_words);
    } else {
        ta_text_addf(out, "%s %s", page->mode == SUMMARY_ADDING ? "new" : "line",
                     ta_summary_section_title(row->section));
    }
}

void summary_keep_typed(struct ta_face *face, struct summary_page *page)
{
    char name[NAME_SIZE];
    struct ta_text text = {0};
    bool typing = page->mode != SUMMARY_READING;
    draft_name(name, page);
    if (typing) {
        say_place(&text, page);
        ta_text_addf(&text, "\n%s\n%s", page->stored ? page->stored : "",
                     ta_editor_text(&page->editor));
    }
    ta_desk_keep_typed(ta_face_desk(face), &page->pair, name, typing ? text.bytes : NULL);
    page->touched = 0;
    ta_text_release(&text);
}

int64_t summary_tick_typed(struct ta_face *face, struct summary_page *page, int64_t now)
{
    if (page->touched && now - page->touched >= KEEP_AFTER) {
        summary_keep_typed(face, page);
    }
    return page->touched ? page->touched + KEEP_AFTER : 0;
}

/* What a kept text says; the pieces point into it. */
struct place {
    bool title, added;
    enum ta_summary_section section;
    struct ta_piece stored, typed;
};

static bool is_word(struct ta_piece piece, const char *word)
{
    return piece.length == strlen(word) && memcmp(piece.at, word, piece.length) == 0;
}

static bool read_section(struct ta_piece piece, enum ta_summary_section *section)
{
    for (*section = 0; *section < TA_SUMMARY_SECTIONS; (*section)++) {
        if (is_word(piece, ta_summary_section_title(*section))) {
            return true;
        }
    }
    return false;
}

static bool read_place(struct place *place, const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece head;
    if (!ta_next_line(&rest, &head) || !ta_next_line(&rest, &place->stored)) {
        return false;
    }
    place->typed = rest;
    place->title = is_word(head, title_words);
    place->added = head.length > 4 && memcmp(head.at, "new ", 4) == 0;
    struct ta_piece section = {memchr(head.at, ' ', head.length), 0};
    if (place->title || !section.at) {
        return place->title;
    }
    section.at++;
    section.length = head.length - (size_t)(section.at - head.at);
    return read_section(section, &place->section);
}

/* The row of a stored line in its section; the number of rows: there is none. */
static size_t find_row(const struct summary_page *page, const struct place *place,
                       struct ta_piece text)
{
    size_t row = 0;
    for (; row < page->row_count; row++) {
        const struct summary_row *at = &page->rows[row];
        const char *stored = summary_stored(page, at);
        bool kind = place->title ? at->kind == SUMMARY_TITLE
                                 : at->kind == SUMMARY_LINE && at->section == place->section;
        if (kind && stored && (place->title || is_word(text, stored))) {
            break;
        }
    }
    return row;
}

/* A line whose own is gone becomes a new one of its section. */
static void resume(struct summary_page *page, const struct place *place, const char *typed)
{
    size_t row = place->added ? page->row_count : find_row(page, place, place->stored);
    if (row < page->row_count) {
        page->list.chosen = row;
        summary_begin(page, SUMMARY_EDITING, typed);
    } else if (!place->title) {
        page->adding = place->section;
        summary_begin(page, SUMMARY_ADDING, typed);
    }
}

void summary_resume_typed(struct ta_face *face, struct summary_page *page)
{
    char name[NAME_SIZE];
    char *text = NULL;
    struct place place = {0};
    draft_name(name, page);
    if (page->state.committed) {
        return;
    }
    ta_desk_typed(ta_face_desk(face), &page->pair, name, &text);
    /* It was stored, and only the kept one could not be dropped any more. */
    bool open = text && read_place(&place, text) &&
                (place.title || find_row(page, &place, place.typed) == page->row_count);
    if (open) {
        char *typed = ta_piece_copy(place.typed);
        resume(page, &place, typed);
        free(typed);
        ta_face_say(face, TA_CAUTION, "You were typing this line: Enter keeps it, Esc leaves it.");
    }
    free(text);
}
