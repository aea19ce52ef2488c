/* The rows of a summary, and its promises as they are typed. */
#include <stdlib.h>
#include <string.h>

#include "summary_page.h"
#include "turnabout/base/memory.h"
#include "turnabout/domain/off_limits.h"

/* Rows */

static void add_row(struct summary_page *page, struct summary_row row)
{
    *(struct summary_row *)ta_append(&page->rows, page->row_count++, sizeof *page->rows) = row;
}

static void add_section(struct summary_page *page, enum ta_summary_section section)
{
    size_t count = page->state.summary.lines[section].count;
    bool adding = page->mode == SUMMARY_ADDING && page->adding == section;
    for (size_t i = 0; i < count; i++) {
        add_row(page, (struct summary_row){SUMMARY_LINE, section, i, i == 0});
    }
    if (adding) {
        page->list.chosen = page->row_count;
        add_row(page, (struct summary_row){SUMMARY_NEW, section, count, count == 0});
    } else if (count == 0) {
        add_row(page, (struct summary_row){SUMMARY_NONE, section, 0, true});
    }
}

void summary_make_rows(struct summary_page *page)
{
    page->row_count = 0;
    add_row(page, (struct summary_row){.kind = SUMMARY_TITLE});
    for (enum ta_summary_section section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        add_section(page, section);
    }
    if (summary_note_count(&page->state.summary) > 0) {
        add_row(page, (struct summary_row){.kind = SUMMARY_NOTES});
    }
    ta_list_set_count(&page->list, page->row_count);
}

const struct summary_row *summary_chosen(const struct summary_page *page)
{
    return &page->rows[page->list.chosen];
}

const char *summary_stored(const struct summary_page *page, const struct summary_row *row)
{
    if (row->kind == SUMMARY_TITLE) {
        return page->state.summary.title;
    }
    const struct ta_summary_lines *lines = &page->state.summary.lines[row->section];
    return row->kind == SUMMARY_LINE ? lines->items[row->index] : NULL;
}

const struct ta_promise *summary_promise_of(const struct summary_page *page,
                                            const struct summary_row *row)
{
    bool promise = row->kind == SUMMARY_LINE && row->section == TA_SUMMARY_PROMISES;
    return promise ? &page->state.summary.promises.items[row->index] : NULL;
}

size_t summary_note_count(const struct ta_summary *summary)
{
    size_t count = 0;
    for (size_t i = 0; i < summary->item_count; i++) {
        count += summary->items[i].count;
    }
    return count;
}

size_t summary_note_marks(const struct summary_page *page, struct ta_piece *topic)
{
    const struct ta_summary *summary = &page->state.summary;
    size_t marks = 0;
    for (size_t i = 0; i < summary->item_count; i++) {
        for (size_t j = 0; j < summary->items[i].count; j++) {
            struct ta_piece found;
            const char *text = summary->items[i].notes[j].text;
            if (ta_off_limits_touched(&found, page->state.off_limits, text) && marks++ == 0) {
                *topic = found;
            }
        }
    }
    return marks;
}

size_t summary_marks(const struct summary_page *page, struct ta_piece *topic)
{
    size_t marks = 0;
    for (size_t i = 0; i < page->row_count; i++) {
        const char *text = summary_stored(page, &page->rows[i]);
        struct ta_piece found;
        if (text && ta_off_limits_touched(&found, page->state.off_limits, text) && marks++ == 0) {
            *topic = found;
        }
    }
    struct ta_piece found;
    size_t notes = summary_note_marks(page, &found);
    if (notes > 0 && marks == 0) {
        *topic = found;
    }
    return marks + notes;
}

/* Promises */

/* A day as it can be typed again: without its year only where that is the one it is taken for. */
static void say_day(struct ta_text *out, struct ta_day day, struct ta_day today)
{
    char written[TA_DATE_SIZE];
    struct ta_day guessed;
    ta_day_short(written, day, today);
    if (!ta_day_guess(&guessed, ta_piece_of(written), today) || ta_days_between(guessed, day)) {
        ta_day_write(written, day);
    }
    ta_text_add(out, written);
}

void summary_promise_say(struct ta_text *out, const struct ta_promise *promise,
                         const struct ta_pair *pair, struct ta_day today)
{
    if (promise->owner != TA_NOBODY) {
        struct ta_piece name = ta_pair_short_name(pair, promise->owner);
        bool clear = ta_pair_who(pair, name) == promise->owner;
        name = clear ? name : ta_piece_of(pair->person[promise->owner].name);
        ta_text_addf(out, "%.*s: ", (int)name.length, name.at);
    } else if (promise->named) {
        ta_text_addf(out, "%s: ", promise->named);
    }
    ta_text_add(out, promise->text);
    if (promise->due.year) {
        ta_text_add(out, " by ");
        say_day(out, promise->due, today);
    }
}

/* A name that is neither of the two stays the owner for as long as it stands there. */
static struct ta_piece behind_name(const char *typed, const char *named)
{
    struct ta_piece text = ta_piece_trim(ta_piece_of(typed));
    size_t length = strlen(named);
    if (ta_piece_starts(text, named) && text.length > length && text.at[length] == ':') {
        text.at += length + 1;
        text.length -= length + 1;
        return ta_piece_trim(text);
    }
    return (struct ta_piece){0};
}

void summary_promise_take(struct ta_promise *promise, const char *typed,
                          const struct ta_promise *known, const struct ta_pair *pair,
                          struct ta_day today)
{
    struct ta_piece theirs = {0};
    if (known && known->owner == TA_NOBODY && known->named) {
        theirs = behind_name(typed, known->named);
    }
    ta_promise_understand(promise, theirs.length ? theirs : ta_piece_of(typed), pair, today);
    if (theirs.length) {
        promise->owner = TA_NOBODY;
        promise->named = ta_copy(known->named);
    }
    if (known) {
        promise->id = known->id;
        promise->state = known->state;
    }
}
