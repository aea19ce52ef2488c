#include "turnabout/domain/summary.h"

#include <stdlib.h>

#include "turnabout/base/memory.h"

enum { SECONDS = 60, PERCENT = 100 };

const char *ta_summary_section_title(enum ta_summary_section section)
{
    static const char *const titles[TA_SUMMARY_SECTIONS] = {
        [TA_SUMMARY_TAKEAWAYS] = "Takeaways",
        [TA_SUMMARY_DIFFERENCES] = "Differences",
        [TA_SUMMARY_PROMISES] = "Promises",
        [TA_SUMMARY_QUESTIONS] = "Questions",
    };
    return titles[section];
}

static unsigned rounded_minutes(int64_t seconds)
{
    return (unsigned)((seconds + SECONDS / 2) / SECONDS);
}

static struct ta_summary_item *add_item(struct ta_summary *summary, const char *title)
{
    struct ta_summary_item *item = ta_append(&summary->items, summary->item_count++, sizeof *item);
    item->title = ta_copy(title);
    return item;
}

static void add_items(struct ta_summary *summary, const struct ta_agenda *agenda,
                      const int64_t *used)
{
    for (size_t i = 0; i < agenda->count; i++) {
        struct ta_summary_item *item = add_item(summary, agenda->items[i].title);
        item->planned = agenda->items[i].minutes;
        item->used = rounded_minutes(used[i]);
    }
}

/* The item that took longest; when no item was ever in hand, the one that was to take longest. */
static const char *longest_title(const struct ta_agenda *agenda, const int64_t *used)
{
    size_t longest = 0;
    for (size_t i = 1; i < agenda->count; i++) {
        bool more = used[i] > used[longest];
        bool meant =
            used[i] == used[longest] && agenda->items[i].minutes > agenda->items[longest].minutes;
        if (more || meant) {
            longest = i;
        }
    }
    return agenda->count > 0 ? agenda->items[longest].title : "";
}

static bool is_plain(const struct ta_note *note)
{
    return !note->removed && note->kind == TA_NOTE_PLAIN;
}

static bool has_item(const struct ta_note *note, const struct ta_agenda *agenda)
{
    return note->item >= 0 && (size_t)note->item < agenda->count;
}

/* Room above the items for what was said before the first of them, when anything was. */
static size_t add_beginning(struct ta_summary *summary, const struct ta_summary_source *source)
{
    for (size_t i = 0; i < source->notes->count; i++) {
        const struct ta_note *note = &source->notes->items[i];
        if (is_plain(note) && !has_item(note, source->agenda)) {
            add_item(summary, NULL);
            return 1;
        }
    }
    return 0;
}

static void add_note(struct ta_summary_item *item, const struct ta_note *note,
                     const struct ta_events *events)
{
    struct ta_summary_note *added = ta_append(&item->notes, item->count++, sizeof *added);
    added->elapsed = note->at != 0 ? ta_session_elapsed_at(events, note->at) : -1;
    added->text = ta_copy(note->text);
}

static void add_promise(struct ta_summary *summary, const struct ta_note *note,
                        const struct ta_pair *pair)
{
    struct ta_promise promise;
    ta_promise_understand(&promise, ta_piece_of(note->text), pair, ta_day_of(summary->held));
    promise.session = summary->session;
    ta_promises_add(&summary->promises, &promise);
    ta_promise_release(&promise);
}

/* The sections that are the notes of one kind, word for word. */
static enum ta_summary_section section_of(enum ta_note_kind kind)
{
    static const enum ta_summary_section sections[TA_NOTE_KINDS] = {
        [TA_NOTE_PLAIN] = TA_SUMMARY_SECTIONS,         [TA_NOTE_TAKEAWAY] = TA_SUMMARY_TAKEAWAYS,
        [TA_NOTE_PROMISE] = TA_SUMMARY_SECTIONS,       [TA_NOTE_QUESTION] = TA_SUMMARY_QUESTIONS,
        [TA_NOTE_DIFFERENCE] = TA_SUMMARY_DIFFERENCES, [TA_NOTE_MINE] = TA_SUMMARY_SECTIONS,
    };
    return sections[kind];
}

static void sort_notes(struct ta_summary *summary, const struct ta_summary_source *source,
                       size_t first_item)
{
    for (size_t i = 0; i < source->notes->count; i++) {
        const struct ta_note *note = &source->notes->items[i];
        if (note->removed || note->kind == TA_NOTE_MINE) {
            continue;
        }
        if (section_of(note->kind) != TA_SUMMARY_SECTIONS) {
            ta_summary_add_line(summary, section_of(note->kind), note->text);
        } else if (note->kind == TA_NOTE_PROMISE) {
            add_promise(summary, note, source->pair);
        } else {
            add_note(
                &summary
                     ->items[has_item(note, source->agenda) ? first_item + (size_t)note->item : 0],
                note, source->events);
        }
    }
}

/* The shares of the two make a hundred, however they are rounded. */
static void share_floor(struct ta_summary *summary, const struct ta_reading *reading)
{
    int64_t mentor = reading->held[TA_MENTOR];
    int64_t all = mentor + reading->held[TA_MENTEE];
    if (all > 0) {
        summary->floor[TA_MENTOR] = (unsigned)((mentor * PERCENT + all / 2) / all);
        summary->floor[TA_MENTEE] = PERCENT - summary->floor[TA_MENTOR];
    }
}

void ta_summary_make(struct ta_summary *summary, const struct ta_summary_source *source)
{
    const struct ta_agenda *agenda = source->agenda;
    struct ta_reading reading;
    ta_session_read(&reading, source->events, (int64_t)agenda->minutes * SECONDS, 0);
    int64_t *used = ta_allocate(agenda->count, sizeof *used);
    ta_session_used(used, agenda->count, source->events, 0);
    *summary = (struct ta_summary){
        .session = agenda->session,
        .title = ta_copy(longest_title(agenda, used)),
        .held = ta_moment_local(reading.started),
        .planned = agenda->minutes,
        .lasted = rounded_minutes(reading.elapsed),
    };
    for (size_t role = 0; role < TA_ROLES; role++) {
        summary->present[role] = ta_copy(source->pair->person[role].name);
    }
    share_floor(summary, &reading);
    size_t first_item = add_beginning(summary, source);
    add_items(summary, agenda, used);
    free(used);
    sort_notes(summary, source, first_item);
}

void ta_summary_add_line(struct ta_summary *summary, enum ta_summary_section section,
                         const char *text)
{
    struct ta_summary_lines *lines = &summary->lines[section];
    char **added = ta_append(&lines->items, lines->count++, sizeof *added);
    *added = ta_copy(text);
}

static void release_lines(struct ta_summary_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->items[i]);
    }
    free(lines->items);
}

static void release_item(struct ta_summary_item *item)
{
    for (size_t i = 0; i < item->count; i++) {
        free(item->notes[i].text);
    }
    free(item->notes);
    free(item->title);
}

void ta_summary_release(struct ta_summary *summary)
{
    if (summary == NULL) {
        return;
    }
    free(summary->title);
    for (size_t role = 0; role < TA_ROLES; role++) {
        free(summary->present[role]);
    }
    for (size_t section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        release_lines(&summary->lines[section]);
    }
    ta_promises_release(&summary->promises);
    for (size_t i = 0; i < summary->item_count; i++) {
        release_item(&summary->items[i]);
    }
    free(summary->items);
    *summary = (struct ta_summary){0};
}
