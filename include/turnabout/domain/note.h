/**
 * A note: one line caught during a session. Its kind says what becomes of it in the summary.
 */
#ifndef TURNABOUT_DOMAIN_NOTE_H
#define TURNABOUT_DOMAIN_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/text.h"

enum ta_note_kind {
    TA_NOTE_PLAIN,
    TA_NOTE_TAKEAWAY,   /**< ! */
    TA_NOTE_PROMISE,    /**< > */
    TA_NOTE_QUESTION,   /**< ? */
    TA_NOTE_DIFFERENCE, /**< ~ */
    TA_NOTE_MINE,       /**< % : stays on this machine; in no document, no log, no mail */
    TA_NOTE_KINDS
};

struct ta_note_facts {
    char sign;        /**< how a line of this kind begins; ' ' for plain */
    const char *name; /**< "takeaway" */
};

const struct ta_note_facts *ta_note_facts(enum ta_note_kind kind);

enum { TA_NOTE_LONGEST = 10000 }; /**< bytes */

struct ta_note {
    int64_t id; /**< the store's */
    enum ta_note_kind kind;
    char *text; /**< without the sign; one line */
    int64_t at; /**< instant it was caught; 0: not known, it was written down afterwards */
    int item;   /**< index of the agenda's item in hand, -1: none */
    bool removed;
};

struct ta_notes {
    struct ta_note *items; /**< in the order they were caught */
    size_t count;
};

enum ta_note_verdict {
    TA_NOTE_FINE,
    TA_NOTE_EMPTY, /**< nothing, or only a sign */
    TA_NOTE_TOO_LONG,
    TA_NOTE_NOT_TEXT, /**< not UTF-8, or a control character or line end in it */
};

/** Whether this may be the text of a note. */
enum ta_note_verdict ta_note_check(struct ta_piece text);

/**
 * Takes a typed line apart. A sign counts only before everything else; blanks and marks that are
 * not seen do not hide it, nor does its form in full width or in Arabic, for what was meant to be
 * mine must not become plain by one of them. A backslash before it makes the line plain ("\> 3
 * people" is the plain note "> 3 people"). `text` points into `line`.
 */
enum ta_note_verdict ta_note_read(enum ta_note_kind *kind, struct ta_piece *text,
                                  struct ta_piece line);

/** Copies the note to the end. */
void ta_notes_add(struct ta_notes *notes, const struct ta_note *note);
void ta_notes_release(struct ta_notes *notes);

#endif
