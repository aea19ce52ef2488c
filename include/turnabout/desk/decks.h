/**
 * The decks: prompts for a conversation. Some come with the program (themes/conversation); a
 * programme adds its own as conversation/NAME.md in the data folder, and one of a known name takes
 * its place. They are read when they are asked for, never at a start.
 */
#ifndef TURNABOUT_DESK_DECKS_H
#define TURNABOUT_DESK_DECKS_H

#include "turnabout/desk/desk.h"
#include "turnabout/document/deck_paper.h"

struct ta_decks {
    struct ta_deck *items; /**< along the arc: first, middle, last, and then any by title */
    size_t count;
    char **troubles; /**< a sentence of each file that could not be read */
    size_t trouble_count;
};

/** Never fails: what cannot be read is a trouble, and the others are there. */
void ta_desk_decks(const struct ta_desk *desk, struct ta_decks *decks);
void ta_decks_release(struct ta_decks *decks);

/** By name; NULL: there is none. */
const struct ta_deck *ta_decks_find(const struct ta_decks *decks, const char *name);
/** The deck for a session that stands there; a programme's own before the others. NULL: none, for
 *  the sessions in between are free. */
const struct ta_deck *ta_decks_for(const struct ta_decks *decks, enum ta_arc arc);
/** A prompt by "being-heard:3", counted from 1. TA_ABSENT, TA_WRONG. */
bool ta_decks_prompt(const struct ta_decks *decks, const char *place, const struct ta_deck **deck,
                     const struct ta_prompt **prompt, struct ta_error *err);

/** Where an item says that it came from: "the deck being-heard". Free with free(). */
char *ta_deck_origin(const struct ta_deck *deck);

#endif
