#include "turnabout/domain/agenda.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum {
    TITLE_LONGEST = 500, /* bytes */
    MINUTES_USUAL = 5,   /* of a new item when no minutes are left */
};

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
    for (size_t i = 0; i < agenda->aside_count; i++) {
        free(agenda->aside[i]);
    }
    free(agenda->items);
    free(agenda->aside);
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

enum ta_agenda_verdict ta_agenda_add_note(struct ta_agenda *agenda, size_t at, const char *line)
{
    if (check_place(agenda, at) != TA_AGENDA_FINE) {
        return TA_AGENDA_NO_SUCH_ITEM;
    }
    const char *notes = agenda->items[at].notes;
    struct ta_text both = {0};
    ta_text_addf(&both, "%s%s%s", notes ? notes : "", notes ? "\n" : "", line);
    enum ta_agenda_verdict verdict = ta_agenda_set_notes(agenda, at, both.bytes);
    ta_text_release(&both);
    return verdict;
}

void ta_agenda_set_aside(struct ta_agenda *agenda, const char *text)
{
    char **aside = ta_append(&agenda->aside, agenda->aside_count++, sizeof *agenda->aside);
    *aside = ta_copy(text);
}

bool ta_agenda_knows(const struct ta_agenda *agenda, const char *text)
{
    for (size_t i = 0; i < agenda->count; i++) {
        const struct ta_item *item = &agenda->items[i];
        if (strcmp(item->title, text) == 0 || (item->notes && strstr(item->notes, text))) {
            return true;
        }
    }
    for (size_t i = 0; i < agenda->aside_count; i++) {
        if (strcmp(agenda->aside[i], text) == 0) {
            return true;
        }
    }
    return false;
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

/* "min", "m", "minutes", an apostrophe. */
static bool is_minute_word(struct ta_piece word)
{
    static const char *const words[] = {"min", "mins", "min.", "minute", "minutes", "m", "'"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ta_piece_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

/* Digits and the word behind them; what no session can last counts as just too long. */
static bool read_minutes(struct ta_piece text, unsigned *minutes)
{
    size_t digits = 0;
    *minutes = 0;
    for (; digits < text.length && text.at[digits] >= '0' && text.at[digits] <= '9'; digits++) {
        *minutes = *minutes * 10 + (unsigned)(text.at[digits] - '0');
        *minutes = *minutes > TA_MINUTES_MOST ? TA_MINUTES_MOST + 1 : *minutes;
    }
    struct ta_piece word = {text.at + digits, text.length - digits};
    return digits > 0 && is_minute_word(ta_piece_trim(word));
}

enum ta_agenda_verdict ta_agenda_take_minutes(struct ta_piece *title, unsigned *minutes)
{
    struct ta_piece text = ta_piece_trim(*title);
    size_t open = text.length;
    *minutes = 0;
    while (open > 0 && text.at[open - 1] != '(') {
        open--;
    }
    if (open == 0 || text.at[text.length - 1] != ')') {
        return TA_AGENDA_FINE;
    }
    unsigned read;
    struct ta_piece inside = {text.at + open, text.length - open - 1};
    if (!read_minutes(ta_piece_trim(inside), &read)) {
        return TA_AGENDA_FINE;
    }
    if (check_minutes(read) != TA_AGENDA_FINE) {
        return TA_AGENDA_BAD_MINUTES;
    }
    *minutes = read;
    *title = ta_piece_trim((struct ta_piece){text.at, open - 1});
    return TA_AGENDA_FINE;
}

static bool is_untouched_topic(const struct ta_item *item)
{
    return strcmp(item->title, usual[TOPIC].title) == 0 && item->notes == NULL &&
           item->origin == NULL;
}

bool ta_item_is_commitments(const struct ta_item *item)
{
    return strcmp(item->title, usual[LAST_COMMITMENTS].title) == 0;
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

static unsigned minutes_left(const struct ta_agenda *agenda)
{
    unsigned sum = ta_agenda_sum(agenda);
    unsigned left = sum < agenda->minutes ? agenda->minutes - sum : MINUTES_USUAL;
    return left < TA_MINUTES_MOST ? left : TA_MINUTES_MOST;
}

enum ta_agenda_verdict ta_agenda_put(struct ta_agenda *agenda, const char *title, unsigned minutes,
                                     size_t *at)
{
    size_t slot;
    *at = ta_agenda_place(agenda, &slot);
    if (slot != SIZE_MAX) {
        *at = slot;
        return ta_agenda_retitle(agenda, slot, title);
    }
    return ta_agenda_insert(agenda, *at, title, minutes > 0 ? minutes : minutes_left(agenda));
}

size_t ta_agenda_commitments(const struct ta_agenda *agenda)
{
    for (size_t i = 0; i < agenda->count; i++) {
        if (strcmp(agenda->items[i].title, usual[LAST_COMMITMENTS].title) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool ta_agenda_is_usual(const char *title)
{
    for (enum usual item = CHECK_IN; item < USUAL_ITEMS; item++) {
        if (strcmp(title, usual[item].title) == 0) {
            return true;
        }
    }
    return false;
}
