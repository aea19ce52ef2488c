/**
 * The agenda of the next session: items with minutes, which the mentee prepares ahead of time.
 */
#ifndef TURNABOUT_DOMAIN_AGENDA_H
#define TURNABOUT_DOMAIN_AGENDA_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/text.h"

enum { TA_MINUTES_LEAST = 1, TA_MINUTES_MOST = 600, TA_AGENDA_ITEMS_MOST = 200 };

struct ta_item {
    char *title;
    unsigned minutes;
    char *notes;  /**< talking notes, any number of lines; NULL or not empty */
    char *origin; /**< where it was carried over from ("session 2"); NULL or not empty */
};

struct ta_agenda {
    unsigned session; /**< its number, from 1 */
    unsigned minutes; /**< the session's length by the contract */
    struct ta_item *items;
    size_t count;
    char **aside; /**< what was offered from sessions before and is not wanted (carry.h) */
    size_t aside_count;
};

enum ta_agenda_verdict {
    TA_AGENDA_FINE,
    TA_AGENDA_NO_TITLE,
    TA_AGENDA_TITLE_NOT_TEXT, /**< not UTF-8, a line end or a control character, or over 500 bytes
                               */
    TA_AGENDA_BAD_MINUTES,    /**< outside 1 to 600 */
    TA_AGENDA_NO_SUCH_ITEM,
    TA_AGENDA_FULL,
    TA_AGENDA_NOTES_NOT_TEXT, /**< not UTF-8, or a control character in them */
};

/**
 * The usual agenda of a session, scaled from a published one-hour plan: of 45 minutes check-in 3,
 * aim 2, last commitments 7, topic 25, wrap-up 8. For other lengths in proportion, each at least a
 * minute, adding up exactly (from five minutes on); the first session has no last commitments
 * (their minutes go to the topic).
 */
void ta_agenda_init(struct ta_agenda *agenda, unsigned session, unsigned minutes);
void ta_agenda_release(struct ta_agenda *agenda);

/** Index from 0; `at` == count adds at the end. Texts are copied. */
enum ta_agenda_verdict ta_agenda_insert(struct ta_agenda *agenda, size_t at, const char *title,
                                        unsigned minutes);
enum ta_agenda_verdict ta_agenda_retitle(struct ta_agenda *agenda, size_t at, const char *title);
enum ta_agenda_verdict ta_agenda_set_minutes(struct ta_agenda *agenda, size_t at, unsigned minutes);
/** NULL or "" takes the notes away. */
enum ta_agenda_verdict ta_agenda_set_notes(struct ta_agenda *agenda, size_t at, const char *notes);
/** NULL or "" takes the origin away. */
enum ta_agenda_verdict ta_agenda_set_origin(struct ta_agenda *agenda, size_t at,
                                            const char *origin);
/** The item is at `to` afterwards; the others keep their order. */
enum ta_agenda_verdict ta_agenda_move(struct ta_agenda *agenda, size_t from, size_t to);
enum ta_agenda_verdict ta_agenda_drop(struct ta_agenda *agenda, size_t at);

/** Adds a line to an item's notes. */
enum ta_agenda_verdict ta_agenda_add_note(struct ta_agenda *agenda, size_t at, const char *line);
/** Remembers that something is not wanted. */
void ta_agenda_set_aside(struct ta_agenda *agenda, const char *text);
/** Whether this is the title of an item, stands in the notes of one, or was set aside. */
bool ta_agenda_knows(const struct ta_agenda *agenda, const char *text);

/**
 * Takes minutes as people type them off the end of a title: "Who speaks first (25 min)". `*minutes`
 * is 0 when there are none. TA_AGENDA_BAD_MINUTES: there are, and they are outside 1 to 600.
 */
enum ta_agenda_verdict ta_agenda_take_minutes(struct ta_piece *title, unsigned *minutes);

/** The minutes of all items. */
unsigned ta_agenda_sum(const struct ta_agenda *agenda);

/** Whether the item is the usual one in which the two go through what they promised. */
bool ta_item_is_commitments(const struct ta_item *item);

/**
 * Where a new topic goes unless said otherwise: before the wrap-up of the usual agenda, else last.
 * And how the usual agenda makes room: `*slot` is the untouched "topic" item of the usual agenda
 * that a first real item takes the place of, or SIZE_MAX.
 */
size_t ta_agenda_place(const struct ta_agenda *agenda, size_t *slot);

/** Puts a topic where ta_agenda_place() says, and tells where that is. In the slot it has the
 *  slot's minutes; else `minutes`, or (0) those that the session has left, or 5. */
enum ta_agenda_verdict ta_agenda_put(struct ta_agenda *agenda, const char *title, unsigned minutes,
                                     size_t *at);
/** The item of the usual agenda where promises are gone through; SIZE_MAX: none. */
size_t ta_agenda_commitments(const struct ta_agenda *agenda);
/** Whether it is one that the usual agenda has every time. */
bool ta_agenda_is_usual(const char *title);

#endif
