#include "turnabout/domain/agenda.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { TITLE_LONGEST = 500 }; /* bytes */

/* The published plan of 45 minutes. */
enum usual { CHECK_IN, AIM, LAST_COMMITMENTS, TOPIC, WRAP_UP, USUAL_ITEMS };
enum { USUAL_LENGTH = 45 };

static const struct {
    const char *title;
    unsigned minutes;
} usual[USUAL_ITEMS] = {
    [CHECK_IN] = {"Check-in", 3},
    [AIM] = {"What we want from today", 2},
    [LAST_COMMITMENTS] = {"Last commitments", 7},
    [TOPIC] = {"Our topic", 25},
    [WRAP_UP] = {"Wrap-up", 8},
};

/* In proportion, rounded to the nearest minute. */
static unsigned scaled(unsigned share, unsigned minutes)
{
    unsigned rounded = (2 * share * minutes + USUAL_LENGTH) / (2 * USUAL_LENGTH);
    return rounded > TA_MINUTES_LEAST ? rounded : TA_MINUTES_LEAST;
}

/* The topic takes what the others leave, so that the sum is exact. */
void ta_agenda_init(struct ta_agenda *agenda, unsigned session, unsigned minutes)
{
    *agenda = (struct ta_agenda){.session = session, .minutes = minutes};
    size_t topic = 0;
    for (enum usual item = CHECK_IN; item < USUAL_ITEMS; item++) {
        if (item == LAST_COMMITMENTS && session <= 1) {
            continue;
        }
        if (item == TOPIC) {
            topic = agenda->count;
        }
        ta_agenda_insert(agenda, agenda->count, usual[item].title,
                         item == TOPIC ? TA_MINUTES_LEAST : scaled(usual[item].minutes, minutes));
    }
    unsigned sum = ta_agenda_sum(agenda);
    if (sum < minutes) {
        agenda->items[topic].minutes += minutes - sum;
    }
}

static void release_item(struct ta_item *item)
{
    free(item->title);
    free(item->notes);
    free(item->origin);
}

void ta_agenda_release(struct ta_agenda *agenda)
{
    if (agenda == NULL) {
        return;
    }
    for (size_t i = 0; i < agenda->count; i++) {
        release_item(&agenda->items[i]);
    }
    free(agenda->items);
    *agenda = (struct ta_agenda){0};
}

static enum ta_agenda_verdict check_title(const char *title)
{
    struct ta_piece piece = ta_piece_trim(ta_piece_of(title));
    if (piece.length == 0) {
        return TA_AGENDA_NO_TITLE;
    }
    if (piece.length > TITLE_LONGEST || !ta_is_line(piece)) {
        return TA_AGENDA_TITLE_NOT_TEXT;
    }
    return TA_AGENDA_FINE;
}

static enum ta_agenda_verdict check_minutes(unsigned minutes)
{
    bool fine = minutes >= TA_MINUTES_LEAST && minutes <= TA_MINUTES_MOST;
    return fine ? TA_AGENDA_FINE : TA_AGENDA_BAD_MINUTES;
}

static enum ta_agenda_verdict check_place(const struct ta_agenda *agenda, size_t at)
{
    return at < agenda->count ? TA_AGENDA_FINE : TA_AGENDA_NO_SUCH_ITEM;
}

/* The item at `from` goes to `to`; those between give way. */
static void shift(struct ta_agenda *agenda, size_t from, size_t to)
{
    struct ta_item moved = agenda->items[from];
    for (; from < to; from++) {
        agenda->items[from] = agenda->items[from + 1];
    }
    for (; from > to; from--) {
        agenda->items[from] = agenda->items[from - 1];
    }
    agenda->items[to] = moved;
}

enum ta_agenda_verdict ta_agenda_insert(struct ta_agenda *agenda, size_t at, const char *title,
                                        unsigned minutes)
{
    if (agenda->count >= TA_AGENDA_ITEMS_MOST) {
        return TA_AGENDA_FULL;
    }
    if (at > agenda->count) {
        return TA_AGENDA_NO_SUCH_ITEM;
    }
    enum ta_agenda_verdict verdict = check_title(title);
    if (verdict == TA_AGENDA_FINE) {
        verdict = check_minutes(minutes);
    }
    if (verdict != TA_AGENDA_FINE) {
        return verdict;
    }
    struct ta_item *item = ta_append(&agenda->items, agenda->count++, sizeof *item);
    item->title = ta_piece_copy(ta_piece_trim(ta_piece_of(title)));
    item->minutes = minutes;
    shift(agenda, agenda->count - 1, at);
    return TA_AGENDA_FINE;
}

enum ta_agenda_verdict ta_agenda_retitle(struct ta_agenda *agenda, size_t at, const char *title)
{
    enum ta_agenda_verdict verdict = check_place(agenda, at);
    if (verdict == TA_AGENDA_FINE) {
        verdict = check_title(title);
    }
    if (verdict != TA_AGENDA_FINE) {
        return verdict;
    }
    char *kept = ta_piece_copy(ta_piece_trim(ta_piece_of(title)));
    free(agenda->items[at].title);
    agenda->items[at].title = kept;
    return TA_AGENDA_FINE;
}

enum ta_agenda_verdict ta_agenda_set_minutes(struct ta_agenda *agenda, size_t at, unsigned minutes)
{
    enum ta_agenda_verdict verdict = check_place(agenda, at);
    if (verdict == TA_AGENDA_FINE) {
        verdict = check_minutes(minutes);
    }
    if (verdict == TA_AGENDA_FINE) {
        agenda->items[at].minutes = minutes;
    }
    return verdict;
}

static const char *null_if_blank(const char *text)
{
    return text != NULL && ta_piece_trim(ta_piece_of(text)).length > 0 ? text : NULL;
}

enum ta_agenda_verdict ta_agenda_set_notes(struct ta_agenda *agenda, size_t at, const char *notes)
{
    if (check_place(agenda, at) != TA_AGENDA_FINE) {
        return TA_AGENDA_NO_SUCH_ITEM;
    }
    const char *kept = null_if_blank(notes);
    if (kept != NULL && !ta_is_prose(ta_piece_of(kept))) {
        return TA_AGENDA_NOTES_NOT_TEXT;
    }
    ta_replace(&agenda->items[at].notes, kept);
    return TA_AGENDA_FINE;
}

enum ta_agenda_verdict ta_agenda_set_origin(struct ta_agenda *agenda, size_t at, const char *origin)
{
    if (check_place(agenda, at) != TA_AGENDA_FINE) {
        return TA_AGENDA_NO_SUCH_ITEM;
    }
    ta_replace(&agenda->items[at].origin, null_if_blank(origin));
    return TA_AGENDA_FINE;
}

enum ta_agenda_verdict ta_agenda_move(struct ta_agenda *agenda, size_t from, size_t to)
{
    if (from >= agenda->count || to >= agenda->count) {
        return TA_AGENDA_NO_SUCH_ITEM;
    }
    shift(agenda, from, to);
    return TA_AGENDA_FINE;
}

enum ta_agenda_verdict ta_agenda_drop(struct ta_agenda *agenda, size_t at)
{
    if (check_place(agenda, at) != TA_AGENDA_FINE) {
        return TA_AGENDA_NO_SUCH_ITEM;
    }
    shift(agenda, at, agenda->count - 1);
    release_item(&agenda->items[--agenda->count]);
    return TA_AGENDA_FINE;
}

unsigned ta_agenda_sum(const struct ta_agenda *agenda)
{
    unsigned sum = 0;
    for (size_t i = 0; i < agenda->count; i++) {
        sum += agenda->items[i].minutes;
    }
    return sum;
}

static bool is_untouched_topic(const struct ta_item *item)
{
    return strcmp(item->title, usual[TOPIC].title) == 0 && item->notes == NULL &&
           item->origin == NULL;
}

size_t ta_agenda_place(const struct ta_agenda *agenda, size_t *slot)
{
    size_t place = agenda->count;
    *slot = SIZE_MAX;
    for (size_t i = 0; i < agenda->count; i++) {
        if (*slot == SIZE_MAX && is_untouched_topic(&agenda->items[i])) {
            *slot = i;
        }
        if (strcmp(agenda->items[i].title, usual[WRAP_UP].title) == 0) {
            place = i;
        }
    }
    return place;
}
