/**
 * What the two do in a session. Every change is durable when the function returns.
 */
#ifndef TURNABOUT_DESK_SESSION_H
#define TURNABOUT_DESK_SESSION_H

#include "turnabout/desk/desk.h"
#include "turnabout/domain/agenda.h"
#include "turnabout/domain/promise.h"
#include "turnabout/store/sessions.h"

/** The session in hand: the one that was started here and is not in the record yet. Another of its
 *  number may be there, from another machine: then what was caught here is added to that. */
struct ta_live {
    struct ta_sitting sitting; /**< id 0: none is in hand */
    struct ta_agenda agenda;   /**< as it was when the session started */
    struct ta_reading reading;
    char *off_limits;      /**< topics of the contract in force, one a line; "" */
    char *line;            /**< what was being typed when it was kept last; NULL: nothing */
    int64_t line_revision; /**< of that draft; 0: none */
};

bool ta_desk_live(struct ta_desk *desk, const struct ta_pair *pair, struct ta_live *live,
                  struct ta_error *err);
/** A session as it was held on this machine, by its number; 0: the last one, in hand or not.
 *  Topics and the line that is being typed are not read. TA_ABSENT. */
bool ta_desk_sitting(struct ta_desk *desk, const struct ta_pair *pair, unsigned number,
                     struct ta_live *live, struct ta_error *err);
/** Reads the clock again, without the store. */
void ta_live_tick(struct ta_live *live, int64_t now);
/** Whether no other process changed the sitting since it was read. What cannot be told is fresh. */
bool ta_live_is_fresh(struct ta_desk *desk, const struct ta_live *live);
void ta_live_release(struct ta_live *live);

/**
 * Starts the next session, `ago` seconds back (0: now; at most 12 hours), with the agenda as it
 * stands and its first item in hand. TA_REFUSED: one runs, or one waits for its summary.
 */
bool ta_desk_session_start(struct ta_desk *desk, const struct ta_pair *pair, int64_t ago,
                           struct ta_error *err);
/** The same from an instant on. */
bool ta_desk_session_start_at(struct ta_desk *desk, const struct ta_pair *pair, int64_t at,
                              struct ta_error *err);

/**
 * A session that was held without the program, and is written down afterwards: when it began, how
 * long it took, and lines with their signs as they would have been caught. It has ended then and
 * waits for its summary like any other. TA_WRONG: it is not over yet, minutes out of range, a line
 * that is no note (the sentence says which). TA_REFUSED: one runs, or one waits for its summary.
 */
bool ta_desk_session_write(struct ta_desk *desk, const struct ta_pair *pair, struct ta_moment held,
                           unsigned minutes, const char *lines, struct ta_error *err);

/** The page it is written on, as it was typed so far. */
struct ta_written {
    char *began, *minutes, *lines; /**< NULL: nothing was written yet */
    int64_t revision;              /**< of the draft; 0: none */
};

/** The page of a session by its number. */
bool ta_desk_written(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                     struct ta_written *written, struct ta_error *err);
/** Keeps it. When that cannot be, nothing happens: it is still on the screen. */
void ta_desk_written_keep(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                          struct ta_written *written);
void ta_written_release(struct ta_written *written);

/** Pause, resume, extend, item, floor. TA_REFUSED says what the session's state forbids. */
bool ta_desk_session_event(struct ta_desk *desk, const struct ta_pair *pair,
                           enum ta_event_kind kind, int value, struct ta_error *err);
/** The next (+1) or the previous (-1) item. TA_REFUSED: there is none. */
bool ta_desk_session_step(struct ta_desk *desk, const struct ta_pair *pair, int by,
                          struct ta_error *err);
/** The same in a sitting that is in hand, without reading it anew: what another terminal did in
 *  between is not seen yet, and ta_live_is_fresh() says so. */
bool ta_live_event(struct ta_desk *desk, struct ta_live *live, enum ta_event_kind kind, int value,
                   struct ta_error *err);
bool ta_live_step(struct ta_desk *desk, struct ta_live *live, int by, struct ta_error *err);
/** Ends it, at an instant (0: now) not before its last event or note. TA_REFUSED, TA_WRONG. */
bool ta_desk_session_end(struct ta_desk *desk, const struct ta_pair *pair, int64_t at,
                         struct ta_error *err);
/** When a forgotten session probably ended: its last note, or its planned end if that is later. */
int64_t ta_live_probable_end(const struct ta_live *live, int64_t now);

/**
 * Catches a line as typed, with its sign. `note` receives it (release with free(note->text)).
 * TA_WRONG: empty, too long, not text. TA_REFUSED: no session runs.
 */
bool ta_desk_session_note(struct ta_desk *desk, const struct ta_pair *pair, const char *line,
                          struct ta_note *note, struct ta_error *err);
/** The same into a sitting that is in hand, without reading it anew: the note is appended to it,
 * and the kept line goes in the same transaction. */
bool ta_live_note(struct ta_desk *desk, struct ta_live *live, const char *line,
                  struct ta_error *err);
/** Keeps the line that is being typed, so that a killed terminal does not lose it. When it cannot
 * be kept, or another terminal keeps its own, nothing happens: it is still on the screen. */
void ta_live_keep_line(struct ta_desk *desk, struct ta_live *live, const char *line);
/** Changes kind, text, or whether it is removed, of a note in hand (by index). TA_BUSY: another
 *  terminal changed it since it was read, and that stands. */
bool ta_live_note_change(struct ta_desk *desk, struct ta_live *live, size_t index,
                         enum ta_note_kind kind, const char *text, bool removed,
                         struct ta_error *err);

#endif
