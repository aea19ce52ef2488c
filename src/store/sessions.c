#include "turnabout/store/sessions.h"

#include <limits.h>
#include <stdlib.h>

#include "internal.h"

/* A note's id names its sitting and its position there: note 12 of sitting 3 is 3000012. */
enum { IDS_OF_A_SITTING = 1000000 };

/* Words in the database: they stay, whatever the screens say. */
static const char *const event_kinds[TA_EVENT_KINDS] = {
    [TA_EVENT_START] = "start",   [TA_EVENT_PAUSE] = "pause", [TA_EVENT_RESUME] = "resume",
    [TA_EVENT_EXTEND] = "extend", [TA_EVENT_ITEM] = "item",   [TA_EVENT_FLOOR] = "floor",
    [TA_EVENT_END] = "end"};
static const char *const note_kinds[TA_NOTE_KINDS] = {
    [TA_NOTE_PLAIN] = "plain",           [TA_NOTE_TAKEAWAY] = "takeaway",
    [TA_NOTE_PROMISE] = "promise",       [TA_NOTE_QUESTION] = "question",
    [TA_NOTE_DIFFERENCE] = "difference", [TA_NOTE_MINE] = "mine"};

static bool read_events(struct ta_store *store, int64_t sitting, struct ta_events *events,
                        struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT kind, at, value FROM event WHERE sitting = :sitting ORDER BY position
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_EVENTS, sql);
    ta_query_integer(&query, ":sitting", sitting);
    while (ta_query_row(&query)) {
        struct ta_event event = {.at = ta_query_number(&query, 1),
                                 .value = (int)ta_query_number(&query, 2)};
        event.kind = (enum ta_event_kind)ta_query_word(&query, 0, event_kinds, TA_EVENT_KINDS);
        ta_events_add(events, event);
    }
    return ta_query_end(&query, err);
}

static bool read_notes(struct ta_store *store, int64_t sitting, struct ta_notes *notes,
                       struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT position, kind, text, at, item, removed FROM note
        WHERE sitting = :sitting ORDER BY position
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_NOTES, sql);
    ta_query_integer(&query, ":sitting", sitting);
    while (ta_query_row(&query)) {
        struct ta_note note = {.id = sitting * IDS_OF_A_SITTING + ta_query_number(&query, 0),
                               .text = ta_query_copy(&query, 2),
                               .at = ta_query_number(&query, 3),
                               .item = (int)ta_query_number(&query, 4),
                               .removed = ta_query_number(&query, 5) != 0};
        note.kind = (enum ta_note_kind)ta_query_word(&query, 1, note_kinds, TA_NOTE_KINDS);
        ta_notes_add(notes, &note);
        free(note.text);
    }
    return ta_query_end(&query, err);
}

/* Which sitting of a pair: of those that are so, the one with the highest number. */
struct wanted {
    unsigned least, most;
    enum ta_sitting_standing latest; /* no further than that */
};

static const struct wanted any_sitting = {1, UINT_MAX, TA_SITTING_SETTLED};

static bool read_head(struct ta_store *store, int64_t pair, struct wanted wanted,
                      struct ta_sitting *sitting, struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT id, pair, number, agenda, change, clock, standing FROM sitting
        WHERE pair = :pair AND number BETWEEN :least AND :most AND standing <= :latest
        ORDER BY number DESC LIMIT 1
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_SITTING, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(&query, ":least", wanted.least);
    ta_query_integer(&query, ":most", wanted.most);
    ta_query_integer(&query, ":latest", wanted.latest);
    if (ta_query_row(&query)) {
        sitting->id = ta_query_number(&query, 0);
        sitting->pair = ta_query_number(&query, 1);
        sitting->number = (unsigned)ta_query_number(&query, 2);
        sitting->agenda = ta_query_copy(&query, 3);
        sitting->change = ta_query_number(&query, 4);
        sitting->clock = ta_query_copy(&query, 5);
        sitting->standing = (enum ta_sitting_standing)ta_query_number(&query, 6);
    }
    return ta_query_end(&query, err);
}

/* Head, events and notes of one moment: another process may be writing. */
static bool read_sitting(struct ta_store *store, int64_t pair, struct wanted wanted,
                         struct ta_sitting *sitting, struct ta_error *err)
{
    *sitting = (struct ta_sitting){0};
    if (!ta_store_begin_reading(store, err)) {
        return false;
    }
    bool ok = read_head(store, pair, wanted, sitting, err);
    if (ok && sitting->id != 0) {
        ok = read_events(store, sitting->id, &sitting->events, err) &&
             read_notes(store, sitting->id, &sitting->notes, err);
    }
    ta_store_end_reading(store);
    if (!ok) {
        ta_sitting_release(sitting);
    }
    return ok;
}

bool ta_store_sitting(struct ta_store *store, int64_t pair, unsigned number,
                      struct ta_sitting *sitting, struct ta_error *err)
{
    return read_sitting(store, pair, (struct wanted){number, number, TA_SITTING_SETTLED}, sitting,
                        err);
}

bool ta_store_sitting_last(struct ta_store *store, int64_t pair, struct ta_sitting *sitting,
                           struct ta_error *err)
{
    return read_sitting(store, pair, any_sitting, sitting, err);
}

bool ta_store_sitting_open(struct ta_store *store, int64_t pair, struct ta_sitting *sitting,
                           struct ta_error *err)
{
    return read_sitting(store, pair, (struct wanted){1, UINT_MAX, TA_SITTING_COMMITTING}, sitting,
                        err);
}

bool ta_store_sitting_settle(struct ta_store *store, int64_t id, enum ta_sitting_standing standing,
                             struct ta_error *err)
{
    static const char sql[] = SQL(
        UPDATE sitting SET standing = :standing WHERE id = :id
    );
    if (!ta_store_begin(store, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":standing", standing);
    ta_query_integer(&query, ":id", id);
    return ta_store_finish(store, ta_query_run(&query, err), err);
}

bool ta_store_sitting_change(struct ta_store *store, int64_t id, int64_t *change,
                             struct ta_error *err)
{
    *change = 0;
    static const char sql[] = SQL(
        SELECT change FROM sitting WHERE id = :id
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_SITTING_CHANGE, sql);
    ta_query_integer(&query, ":id", id);
    if (ta_query_row(&query)) {
        *change = ta_query_number(&query, 0);
    }
    return ta_query_end(&query, err);
}

static bool touch(struct ta_store *store, int64_t sitting, struct ta_error *err)
{
    static const char sql[] = SQL(
        UPDATE sitting SET change = change + 1 WHERE id = :sitting
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_SITTING_TOUCH, sql);
    ta_query_integer(&query, ":sitting", sitting);
    return ta_query_run(&query, err);
}

static bool insert_event(struct ta_store *store, int64_t sitting, size_t position,
                         struct ta_event event, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO event (sitting, position, kind, at, value)
        VALUES (:sitting, :position, :kind, :at, :value)
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_EVENT_ADD, sql);
    ta_query_integer(&query, ":sitting", sitting);
    ta_query_integer(&query, ":position", (int64_t)position);
    ta_query_text(&query, ":kind", event_kinds[event.kind]);
    ta_query_integer(&query, ":at", event.at);
    ta_query_integer(&query, ":value", event.value);
    return ta_query_run(&query, err);
}

/* A session that is in the way of a new one of this number: it has not ended, or is the same. One
 * that the record has by another number is not. */
static bool refuse_second(struct ta_store *store, int64_t pair, unsigned number,
                          struct ta_error *err)
{
    int64_t in_the_way = 0;
    static const char sql[] = SQL(
        SELECT number FROM sitting
        WHERE pair = :pair AND (number = :number AND standing <> :settled OR NOT EXISTS
            (SELECT 1 FROM event WHERE sitting = sitting.id AND kind = 'end'))
        LIMIT 1
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(&query, ":number", number);
    ta_query_integer(&query, ":settled", TA_SITTING_SETTLED);
    if (ta_query_row(&query)) {
        in_the_way = ta_query_number(&query, 0);
    }
    if (!ta_query_end(&query, err)) {
        return false;
    }
    return in_the_way == 0 ||
           ta_fail(err, TA_REFUSED, "Session %lld of this pair was started already: %s.",
                   (long long)in_the_way,
                   in_the_way == number ? "go on with it" : "end it before the next one");
}

/* For one of a number that the record gives to another now: its notes stay, further back. */
static bool make_room(struct ta_store *store, int64_t pair, unsigned number, struct ta_error *err)
{
    static const char sql[] = SQL(
        UPDATE sitting
        SET number = 1 + (SELECT max(number) FROM sitting WHERE pair = :pair), change = change + 1
        WHERE pair = :pair AND number = :number
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(&query, ":number", number);
    return ta_query_run(&query, err);
}

static bool insert_sitting(struct ta_store *store, int64_t pair, unsigned number,
                           const char *agenda, int64_t *id, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO sitting (pair, number, agenda) VALUES (:pair, :number, :agenda)
    );
    if (!make_room(store, pair, number, err)) {
        return false;
    }
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":pair", pair);
    ta_query_integer(&query, ":number", number);
    ta_query_text(&query, ":agenda", agenda);
    bool ok = ta_query_run(&query, err);
    *id = sqlite3_last_insert_rowid(store->database);
    return ok;
}

bool ta_store_sitting_start(struct ta_store *store, int64_t pair, unsigned number,
                            const char *agenda, int64_t started, int item, int64_t *id,
                            struct ta_error *err)
{
    int64_t made = 0;
    struct ta_event start = {.kind = TA_EVENT_START, .at = started};
    struct ta_event first = {.kind = TA_EVENT_ITEM, .at = started, .value = item};
    if (!ta_store_begin(store, err)) {
        return false;
    }
    bool ok = refuse_second(store, pair, number, err) &&
              insert_sitting(store, pair, number, agenda, &made, err) &&
              insert_event(store, made, 0, start, err) &&
              (item < 0 || insert_event(store, made, 1, first, err));
    ok = ta_store_finish(store, ok, err);
    if (ok) {
        *id = made;
    }
    return ok;
}

bool ta_store_sitting_set_clock(struct ta_store *store, int64_t id, const char *clock,
                                struct ta_error *err)
{
    if (!ta_store_begin(store, err)) {
        return false;
    }
    store->is_quiet = true;
    struct ta_query query = ta_query_once(store,
                                          SQL(UPDATE sitting SET clock = :clock WHERE id = :id));
    ta_query_text(&query, ":clock", clock);
    ta_query_integer(&query, ":id", id);
    return ta_store_finish(store, ta_query_run(&query, err), err);
}

static bool count_notes(struct ta_store *store, int64_t sitting, size_t *count,
                        struct ta_error *err)
{
    struct ta_query query = ta_query_once(
        store, SQL(SELECT count(*) FROM note WHERE sitting = :sitting AND removed = 0));
    ta_query_integer(&query, ":sitting", sitting);
    *count = ta_query_row(&query) ? (size_t)ta_query_number(&query, 0) : 0;
    return ta_query_end(&query, err);
}

bool ta_store_sitting_glance(struct ta_store *store, int64_t pair, struct ta_sitting *sitting,
                             size_t *notes, struct ta_error *err)
{
    *sitting = (struct ta_sitting){0};
    *notes = 0;
    if (!ta_store_begin_reading(store, err)) {
        return false;
    }
    bool ok = read_head(store, pair, any_sitting, sitting, err);
    if (ok && sitting->id != 0) {
        ok = read_events(store, sitting->id, &sitting->events, err) &&
             count_notes(store, sitting->id, notes, err);
    }
    ta_store_end_reading(store);
    if (!ok) {
        ta_sitting_release(sitting);
    }
    return ok;
}

bool ta_store_event_add(struct ta_store *store, int64_t sitting, struct ta_event event,
                        enum ta_session_verdict *verdict, struct ta_error *err)
{
    struct ta_events events = {0};
    if (!ta_store_begin(store, err)) {
        return false;
    }
    bool ok = read_events(store, sitting, &events, err);
    if (ok) {
        *verdict = ta_session_may(&events, event.kind);
    }
    if (ok && *verdict == TA_SESSION_FINE) {
        ok = insert_event(store, sitting, events.count, event, err) && touch(store, sitting, err);
    }
    ta_events_release(&events);
    return ta_store_finish(store, ok, err);
}

/* Where the next note of a sitting goes. */
struct place {
    int64_t sitting;
    int64_t position;
    int64_t pair;
};

/* Finds the place, if the sitting still takes notes. */
static bool find_place(struct ta_store *store, int64_t sitting, struct place *place,
                       struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT pair,
            (SELECT coalesce(max(position), 0) + 1 FROM note WHERE sitting = :sitting),
            EXISTS (SELECT 1 FROM event WHERE sitting = :sitting AND kind = 'end')
        FROM sitting WHERE id = :sitting
    );
    bool has_ended = false;
    *place = (struct place){.sitting = sitting};
    struct ta_query query = ta_query_kept(store, TA_KEPT_NOTE_PLACE, sql);
    ta_query_integer(&query, ":sitting", sitting);
    if (ta_query_row(&query)) {
        place->pair = ta_query_number(&query, 0);
        place->position = ta_query_number(&query, 1);
        has_ended = ta_query_number(&query, 2) != 0;
    }
    if (!ta_query_end(&query, err)) {
        return false;
    }
    if (place->pair == 0) {
        return ta_fail(err, TA_ABSENT,
                       "This session was taken out with its pair meanwhile: the note is not kept.");
    }
    return !has_ended || ta_fail(err, TA_REFUSED,
                                 "The session has ended, the note is not kept: write it into the "
                                 "summary.");
}

static bool insert_note(struct ta_store *store, const struct place *place,
                        const struct ta_note *note, struct ta_error *err)
{
    static const char sql[] = SQL(
        INSERT INTO note (sitting, position, kind, at, item, removed, text)
        VALUES (:sitting, :position, :kind, :at, :item, :removed, :text)
    );
    struct ta_query query = ta_query_kept(store, TA_KEPT_NOTE_ADD, sql);
    ta_query_integer(&query, ":sitting", place->sitting);
    ta_query_integer(&query, ":position", place->position);
    ta_query_text(&query, ":kind", note_kinds[note->kind]);
    ta_query_integer(&query, ":at", note->at);
    ta_query_integer(&query, ":item", note->item);
    ta_query_integer(&query, ":removed", note->removed);
    ta_query_text(&query, ":text", note->text);
    return ta_query_run(&query, err);
}

bool ta_store_note_add(struct ta_store *store, int64_t sitting, struct ta_note *note,
                       const char *drop_draft, struct ta_error *err)
{
    struct place place = {0};
    if (!ta_store_begin(store, err)) {
        return false;
    }
    bool ok = find_place(store, sitting, &place, err) && insert_note(store, &place, note, err) &&
              touch(store, sitting, err) &&
              (drop_draft == NULL || ta_draft_drop_within(store, place.pair, drop_draft, err));
    ok = ta_store_finish(store, ok, err);
    if (ok) {
        note->id = sitting * IDS_OF_A_SITTING + place.position;
    }
    return ok;
}

static bool insert_events(struct ta_store *store, int64_t sitting, const struct ta_events *events,
                          struct ta_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < events->count; i++) {
        ok = insert_event(store, sitting, i, events->items[i], err);
    }
    return ok;
}

static bool insert_notes(struct ta_store *store, int64_t sitting, const struct ta_notes *notes,
                         struct ta_error *err)
{
    struct place place = {.sitting = sitting};
    bool ok = true;
    for (size_t i = 0; ok && i < notes->count; i++) {
        place.position++;
        ok = insert_note(store, &place, &notes->items[i], err);
    }
    return ok;
}

bool ta_store_sitting_write(struct ta_store *store, int64_t pair, unsigned number,
                            const char *agenda, const struct ta_events *events,
                            const struct ta_notes *notes, const char *drop_draft,
                            struct ta_error *err)
{
    int64_t made = 0;
    if (!ta_store_begin(store, err)) {
        return false;
    }
    bool ok = refuse_second(store, pair, number, err) &&
              insert_sitting(store, pair, number, agenda, &made, err) &&
              insert_events(store, made, events, err) && insert_notes(store, made, notes, err) &&
              (drop_draft == NULL || ta_draft_drop_within(store, pair, drop_draft, err));
    return ta_store_finish(store, ok, err);
}

static bool has_note(struct ta_store *store, int64_t id, struct ta_error *err)
{
    static const char sql[] = SQL(
        SELECT 1 FROM note WHERE sitting = :sitting AND position = :position
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_integer(&query, ":sitting", id / IDS_OF_A_SITTING);
    ta_query_integer(&query, ":position", id % IDS_OF_A_SITTING);
    bool found = ta_query_row(&query);
    return ta_query_end(&query, err) &&
           (found ||
            ta_fail(err, TA_ABSENT, "This note is not there any more: nothing was changed."));
}

static bool update_note(struct ta_store *store, const struct ta_note *was,
                        const struct ta_note *note, struct ta_error *err)
{
    static const char sql[] = SQL(
        UPDATE note SET kind = :kind, text = :text, removed = :removed
        WHERE sitting = :sitting AND position = :position
            AND kind = :was_kind AND text = :was_text AND removed = :was_removed
    );
    struct ta_query query = ta_query_once(store, sql);
    ta_query_text(&query, ":kind", note_kinds[note->kind]);
    ta_query_text(&query, ":text", note->text);
    ta_query_integer(&query, ":removed", note->removed);
    ta_query_integer(&query, ":sitting", was->id / IDS_OF_A_SITTING);
    ta_query_integer(&query, ":position", was->id % IDS_OF_A_SITTING);
    ta_query_text(&query, ":was_kind", note_kinds[was->kind]);
    ta_query_text(&query, ":was_text", was->text);
    ta_query_integer(&query, ":was_removed", was->removed);
    if (!ta_query_run(&query, err)) {
        return false;
    }
    if (ta_store_has_changed(store)) {
        return true;
    }
    return has_note(store, was->id, err) &&
           ta_fail(err, TA_BUSY,
                   "This note was changed elsewhere meanwhile: nothing was changed here; look at "
                   "it as it stands now.");
}

bool ta_store_note_change(struct ta_store *store, const struct ta_note *was,
                          const struct ta_note *note, struct ta_error *err)
{
    int64_t sitting = was->id / IDS_OF_A_SITTING;
    if (!ta_store_begin(store, err)) {
        return false;
    }
    bool ok = update_note(store, was, note, err) && touch(store, sitting, err);
    return ta_store_finish(store, ok, err);
}

void ta_sitting_release(struct ta_sitting *sitting)
{
    if (sitting == NULL) {
        return;
    }
    free(sitting->agenda);
    free(sitting->clock);
    ta_events_release(&sitting->events);
    ta_notes_release(&sitting->notes);
    *sitting = (struct ta_sitting){0};
}
