/**
 * The clock of a session. A session is its list of events; what is left is a pure function of them
 * and now, so it survives a crash, a closed lid, and a second terminal.
 *
 * Instants are milliseconds UTC, spans are seconds. Time in a pause does not count; sleep does.
 */
#ifndef TURNABOUT_DOMAIN_SESSION_H
#define TURNABOUT_DOMAIN_SESSION_H

#include <stddef.h>
#include <stdint.h>

#include "turnabout/domain/pair.h"

enum ta_event_kind {
    TA_EVENT_START,
    TA_EVENT_PAUSE,
    TA_EVENT_RESUME,
    TA_EVENT_EXTEND, /**< value: seconds more */
    TA_EVENT_ITEM,   /**< value: index of the agenda's item that begins */
    TA_EVENT_FLOOR,  /**< value: enum ta_role who holds the floor, TA_NOBODY: no one */
    TA_EVENT_END,
    TA_EVENT_KINDS
};

struct ta_event {
    int64_t at;
    enum ta_event_kind kind;
    int value;
};

struct ta_events {
    struct ta_event *items;
    size_t count;
};

enum ta_session_state { TA_SESSION_NONE, TA_SESSION_RUNNING, TA_SESSION_PAUSED, TA_SESSION_ENDED };

enum { TA_SECONDS_CUE = 5 * 60 }; /**< the cue before the end */

/** Whether two sessions of one pair that began at these instants are one conversation, of which
 *  each of the two took notes: they are less than twelve hours apart. */
bool ta_session_is_same(int64_t one, int64_t other);

/** What the clock says at an instant. */
struct ta_reading {
    enum ta_session_state state;
    int64_t started;        /**< instant */
    int64_t ended;          /**< instant; 0 while it runs */
    int64_t elapsed;        /**< seconds, pauses left out */
    int64_t planned;        /**< seconds, extensions included */
    int64_t left;           /**< planned - elapsed; negative over time */
    int item;               /**< index of the item in hand; -1 before the first */
    enum ta_role floor;     /**< who holds it now */
    int64_t held[TA_ROLES]; /**< seconds each held the floor */
};

/**
 * Events in the order they were written; an instant earlier than its predecessor's (a wall clock
 * set back) counts as the predecessor's. `planned` is the agenda's length in seconds.
 */
void ta_session_read(struct ta_reading *reading, const struct ta_events *events, int64_t planned,
                     int64_t now);

/** Seconds spent on each item; `used` has room for `items` and is filled. */
void ta_session_used(int64_t *used, size_t items, const struct ta_events *events, int64_t now);

/** Seconds into the session at an instant, pauses left out: what stands before a note. */
int64_t ta_session_elapsed_at(const struct ta_events *events, int64_t instant);

enum ta_session_verdict {
    TA_SESSION_FINE,
    TA_SESSION_NOT_STARTED,
    TA_SESSION_RUNS_ALREADY,
    TA_SESSION_IS_PAUSED,
    TA_SESSION_IS_NOT_PAUSED,
    TA_SESSION_IS_OVER,
};

/** Whether an event of this kind may follow. */
enum ta_session_verdict ta_session_may(const struct ta_events *events, enum ta_event_kind kind);

void ta_events_add(struct ta_events *events, struct ta_event event);
void ta_events_release(struct ta_events *events);

const char *ta_session_state_name(enum ta_session_state state); /**< "running", "paused", ... */

#endif
