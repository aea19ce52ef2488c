/**
 * Sessions that were started on this machine, with their events and notes; the notes that are mine
 * stay here for good.
 *
 * A session is open from its first event until what was caught in it stands in the record. That is
 * kept here, for one of its number may come in from another machine before. Of one pair at most one
 * session has no end event.
 */
#ifndef TURNABOUT_STORE_SESSIONS_H
#define TURNABOUT_STORE_SESSIONS_H

#include <stdint.h>

#include "turnabout/domain/note.h"
#include "turnabout/domain/session.h"
#include "turnabout/store/store.h"

enum ta_sitting_standing {
    TA_SITTING_OPEN,       /**< its summary is yet to be committed */
    TA_SITTING_COMMITTING, /**< it was about to be: whether it was, is seen in the record */
    TA_SITTING_SETTLED     /**< it is in the record */
};

struct ta_sitting {
    int64_t id; /**< 0: there is none */
    int64_t pair;
    unsigned number; /**< of the session */
    char *agenda;    /**< the agenda's text as it was when the session started */
    struct ta_events events;
    struct ta_notes notes; /**< removed ones too, marked so */
    char *clock;    /**< the clock's mark when it was started (base/clock.h); NULL: none was kept */
    int64_t change; /**< rises with every change of this sitting, by whichever process */
    enum ta_sitting_standing standing;
};

/** Makes the sitting with its start event, and with `item` of its agenda in hand (-1: none).
 *  TA_REFUSED: this pair has one that has not ended, or one of this number. */
bool ta_store_sitting_start(struct ta_store *store, int64_t pair, unsigned number,
                            const char *agenda, int64_t started, int item, int64_t *id,
                            struct ta_error *err);

/** Makes a sitting that is over already, with all its events and notes, in one transaction with
 *  `drop_draft` (may be NULL), a draft of the pair that goes. TA_REFUSED as above. */
bool ta_store_sitting_write(struct ta_store *store, int64_t pair, unsigned number,
                            const char *agenda, const struct ta_events *events,
                            const struct ta_notes *notes, const char *drop_draft,
                            struct ta_error *err);

/** The sitting of a number; id 0 when there is none. */
bool ta_store_sitting(struct ta_store *store, int64_t pair, unsigned number,
                      struct ta_sitting *sitting, struct ta_error *err);
/** The one with the highest number; id 0 when there is none. */
bool ta_store_sitting_last(struct ta_store *store, int64_t pair, struct ta_sitting *sitting,
                           struct ta_error *err);
/** The one that is not settled, of several that with the highest number; id 0: all are. */
bool ta_store_sitting_open(struct ta_store *store, int64_t pair, struct ta_sitting *sitting,
                           struct ta_error *err);
/** Says how it stands. */
bool ta_store_sitting_settle(struct ta_store *store, int64_t id, enum ta_sitting_standing standing,
                             struct ta_error *err);
/** The last one, with the number of its notes that stand instead of the notes. */
bool ta_store_sitting_glance(struct ta_store *store, int64_t pair, struct ta_sitting *sitting,
                             size_t *notes, struct ta_error *err);
/** Which number each sitting has. */
struct ta_sitting_numbers {
    struct {
        int64_t sitting;
        unsigned number;
    } * items; /**< by sitting; free() */
    size_t count;
};
bool ta_store_sitting_numbers(struct ta_store *store, int64_t pair,
                              struct ta_sitting_numbers *numbers, struct ta_error *err);

struct ta_session_move {
    unsigned from, to;
};
/** Gives sessions other numbers, all at once: sittings, ratings, and these drafts ("summary" is
 *  summary/3), NULL behind the last. A number that one moves to is free, or moves as well. */
bool ta_store_sessions_move(struct ta_store *store, int64_t pair, const char *const *drafts,
                            const struct ta_session_move *moves, size_t count,
                            struct ta_error *err);
/** Keeps the clock's mark with it. */
bool ta_store_sitting_set_clock(struct ta_store *store, int64_t id, const char *clock,
                                struct ta_error *err);
/** Reads only the change counter: whether a reading is still fresh. One indexed read. */
bool ta_store_sitting_change(struct ta_store *store, int64_t id, int64_t *change,
                             struct ta_error *err);

/**
 * Appends an event if ta_session_may() allows it after what is stored, decided inside the
 * transaction, so that two terminals cannot contradict each other. `*verdict` tells; a refusal by
 * the rule returns true with a verdict that is not fine, and writes nothing.
 */
bool ta_store_event_add(struct ta_store *store, int64_t sitting, struct ta_event event,
                        enum ta_session_verdict *verdict, struct ta_error *err);

/** Adds a note and writes its id into it; `drop_draft` (may be NULL) names a draft of the pair that
 *  goes in the same transaction. TA_REFUSED: the sitting has ended. TA_ABSENT: it is gone. */
bool ta_store_note_add(struct ta_store *store, int64_t sitting, struct ta_note *note,
                       const char *drop_draft, struct ta_error *err);
/** Kind, text and removed of the note with the id of `was`, which was read like that. TA_BUSY: it
 *  was changed meanwhile, and stands as it was changed. TA_ABSENT: it is gone. */
bool ta_store_note_change(struct ta_store *store, const struct ta_note *was,
                          const struct ta_note *note, struct ta_error *err);

void ta_sitting_release(struct ta_sitting *sitting);

#endif
