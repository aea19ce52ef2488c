/**
 * A deck: prompts for a conversation, a Markdown file that a programme can write, too.
 *
 *     ---
 *     turnabout: deck/1
 *     title: Who gets heard
 *     when: any
 *     about: For two people who sit in the same meetings and do not hear the same thing.
 *     ---
 *     # Who gets heard
 *
 *     Ask for one meeting, not for meetings.
 *
 *     1. Which meeting of the last month would you have run otherwise?
 *        Begin with what happened, minute by minute.
 *
 * `when` is where in the arc the deck belongs: first, middle, last or any (any, when it is
 * missing). Every list entry is a prompt; what is indented below it is a note to it, and the text
 * before the first one is a note to the deck.
 */
#ifndef TURNABOUT_DOCUMENT_DECK_PAPER_H
#define TURNABOUT_DOCUMENT_DECK_PAPER_H

#include "turnabout/base/error.h"
#include "turnabout/domain/arc.h"

enum { TA_DECK_PROMPTS_MOST = 50 };

struct ta_prompt {
    char *text; /**< one line, fit for the title of an agenda's item */
    char *note; /**< NULL: none */
};

struct ta_deck {
    char *name; /**< of its file, without ".md" */
    char *title;
    char *about; /**< a sentence of what it is for; "" when it says nothing */
    char *note;  /**< NULL: none */
    enum ta_arc when;
    bool own; /**< from the person's folder */
    struct ta_prompt *items;
    size_t count;
};

/** TA_DAMAGED: no title, no prompt or too many, a prompt that is no line of text (at most 500
 *  bytes), a word for `when` that is none. `file` is for the sentence. */
bool ta_deck_read(struct ta_deck *deck, const char *name, const char *text, const char *file,
                  struct ta_error *err);
void ta_deck_release(struct ta_deck *deck);

#endif
