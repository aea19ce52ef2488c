#include "turnabout/domain/session.h"

#include <stdlib.h>

#include "turnabout/base/memory.h"

enum { MILLISECONDS = 1000, STATES = TA_SESSION_ENDED + 1 };

/* Instants are kept within a range whose differences never overflow. */
static const int64_t latest = INT64_C(1) << 61;

/* A walk along the events; spans in milliseconds. */
struct walk {
    enum ta_session_state state;
    int64_t at; /* the instant reached */
    int64_t started, ended;
    int64_t elapsed;
    int64_t more; /* seconds, by extensions */
    int64_t held[TA_ROLES];
    enum ta_role floor;
    int item;
    int64_t *used; /* of each item, or NULL */
    size_t items;
};

/* What may happen in which state. */
static const enum ta_session_verdict rules[TA_EVENT_KINDS][STATES] = {
    [TA_EVENT_START] = {TA_SESSION_FINE, TA_SESSION_RUNS_ALREADY, TA_SESSION_RUNS_ALREADY,
                        TA_SESSION_IS_OVER},
    [TA_EVENT_PAUSE] = {TA_SESSION_NOT_STARTED, TA_SESSION_FINE, TA_SESSION_IS_PAUSED,
                        TA_SESSION_IS_OVER},
    [TA_EVENT_RESUME] = {TA_SESSION_NOT_STARTED, TA_SESSION_IS_NOT_PAUSED, TA_SESSION_FINE,
                         TA_SESSION_IS_OVER},
    [TA_EVENT_EXTEND] = {TA_SESSION_NOT_STARTED, TA_SESSION_FINE, TA_SESSION_FINE,
                         TA_SESSION_IS_OVER},
    [TA_EVENT_ITEM] = {TA_SESSION_NOT_STARTED, TA_SESSION_FINE, TA_SESSION_FINE,
                       TA_SESSION_IS_OVER},
    [TA_EVENT_FLOOR] = {TA_SESSION_NOT_STARTED, TA_SESSION_FINE, TA_SESSION_FINE,
                        TA_SESSION_IS_OVER},
    [TA_EVENT_END] = {TA_SESSION_NOT_STARTED, TA_SESSION_FINE, TA_SESSION_FINE, TA_SESSION_IS_OVER},
};

static void begin(struct walk *walk, int64_t *used, size_t items)
{
    *walk =
        (struct walk){.at = -latest, .floor = TA_NOBODY, .item = -1, .used = used, .items = items};
}

static int64_t not_before(const struct walk *walk, int64_t instant)
{
    if (instant > latest) {
        return latest;
    }
    return instant > walk->at ? instant : walk->at;
}

static void advance(struct walk *walk, int64_t instant)
{
    int64_t reached = not_before(walk, instant);
    int64_t span = reached - walk->at;
    walk->at = reached;
    if (walk->state != TA_SESSION_RUNNING) {
        return;
    }
    walk->elapsed += span;
    if (walk->floor < TA_ROLES) {
        walk->held[walk->floor] += span;
    }
    if (walk->used != NULL && walk->item >= 0 && (size_t)walk->item < walk->items) {
        walk->used[walk->item] += span;
    }
}

static void begin_session(struct walk *walk, int value)
{
    (void)value;
    walk->state = TA_SESSION_RUNNING;
    walk->started = walk->at;
}

static void begin_pause(struct walk *walk, int value)
{
    (void)value;
    walk->state = TA_SESSION_PAUSED;
}

static void end_pause(struct walk *walk, int value)
{
    (void)value;
    walk->state = TA_SESSION_RUNNING;
}

static void extend(struct walk *walk, int value)
{
    walk->more += value;
}

static void take_item(struct walk *walk, int value)
{
    walk->item = value >= 0 ? value : -1;
}

static void give_floor(struct walk *walk, int value)
{
    walk->floor = value >= 0 && value < TA_ROLES ? (enum ta_role)value : TA_NOBODY;
}

static void end_session(struct walk *walk, int value)
{
    (void)value;
    walk->state = TA_SESSION_ENDED;
    walk->ended = walk->at;
}

static void happen(struct walk *walk, const struct ta_event *event)
{
    static void (*const actions[TA_EVENT_KINDS])(struct walk *, int) = {
        [TA_EVENT_START] = begin_session, [TA_EVENT_PAUSE] = begin_pause,
        [TA_EVENT_RESUME] = end_pause,    [TA_EVENT_EXTEND] = extend,
        [TA_EVENT_ITEM] = take_item,      [TA_EVENT_FLOOR] = give_floor,
        [TA_EVENT_END] = end_session,
    };
    advance(walk, event->at);
    if (rules[event->kind][walk->state] == TA_SESSION_FINE) {
        actions[event->kind](walk, event->value);
    }
}

/* Along all events, and on to `now`. */
static void walk_to(struct walk *walk, const struct ta_events *events, int64_t now)
{
    for (size_t i = 0; i < events->count; i++) {
        happen(walk, &events->items[i]);
    }
    advance(walk, now);
}

void ta_session_read(struct ta_reading *reading, const struct ta_events *events, int64_t planned,
                     int64_t now)
{
    struct walk walk;
    begin(&walk, NULL, 0);
    walk_to(&walk, events, now);
    *reading = (struct ta_reading){
        .state = walk.state,
        .started = walk.started,
        .ended = walk.ended,
        .elapsed = walk.elapsed / MILLISECONDS,
        .planned = planned + walk.more,
        .item = walk.item,
        .floor = walk.floor,
        .held = {walk.held[TA_MENTOR] / MILLISECONDS, walk.held[TA_MENTEE] / MILLISECONDS},
    };
    reading->left = reading->planned - reading->elapsed;
}

void ta_session_used(int64_t *used, size_t items, const struct ta_events *events, int64_t now)
{
    for (size_t i = 0; i < items; i++) {
        used[i] = 0;
    }
    struct walk walk;
    begin(&walk, used, items);
    walk_to(&walk, events, now);
    for (size_t i = 0; i < items; i++) {
        used[i] /= MILLISECONDS;
    }
}

int64_t ta_session_elapsed_at(const struct ta_events *events, int64_t instant)
{
    struct walk walk;
    begin(&walk, NULL, 0);
    for (size_t i = 0; i < events->count; i++) {
        if (not_before(&walk, events->items[i].at) > instant) {
            break;
        }
        happen(&walk, &events->items[i]);
    }
    advance(&walk, instant);
    return walk.elapsed / MILLISECONDS;
}

enum ta_session_verdict ta_session_may(const struct ta_events *events, enum ta_event_kind kind)
{
    struct walk walk;
    begin(&walk, NULL, 0);
    walk_to(&walk, events, -latest);
    return rules[kind][walk.state];
}

void ta_events_add(struct ta_events *events, struct ta_event event)
{
    struct ta_event *added = ta_append(&events->items, events->count++, sizeof *added);
    *added = event;
}

void ta_events_release(struct ta_events *events)
{
    if (events == NULL) {
        return;
    }
    free(events->items);
    *events = (struct ta_events){0};
}

const char *ta_session_state_name(enum ta_session_state state)
{
    static const char *const names[STATES] = {
        [TA_SESSION_NONE] = "none",
        [TA_SESSION_RUNNING] = "running",
        [TA_SESSION_PAUSED] = "paused",
        [TA_SESSION_ENDED] = "ended",
    };
    return names[state];
}

bool ta_session_is_same(int64_t one, int64_t other)
{
    static const int64_t twelve_hours = INT64_C(12) * 60 * 60 * 1000;
    int64_t apart = one < other ? other - one : one - other;
    return apart < twelve_hours;
}
