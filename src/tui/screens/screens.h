/**
 * The screens, one file each. What a screen is opened with stands beside it; NULL where it says
 * nothing.
 */
#ifndef TURNABOUT_SRC_TUI_SCREENS_H
#define TURNABOUT_SRC_TUI_SCREENS_H

#include "turnabout/base/date.h"
#include "turnabout/tui/screen.h"

/** Where the pair in hand stands, and its next step. */
extern const struct ta_screen home_screen;
/** Naming a pair: who is the mentor, who the mentee, which of them sits here, the topic. */
extern const struct ta_screen first_steps_screen;
/** All pairs; Enter takes one in hand. */
extern const struct ta_screen pairs_screen;
/** The contract, clause by clause, and its signatures. */
extern const struct ta_screen contract_screen;
/** The agenda of the next session. */
extern const struct ta_screen agenda_screen;
/** Prompts to talk about, for an agenda; opened with a struct decks_opening. */
extern const struct ta_screen decks_screen;
/** The session that runs. */
extern const struct ta_screen live_screen;
/** The summary that waits. */
extern const struct ta_screen summary_screen;
/** The mentor's reply to a summary: opened with the number of a session (unsigned). */
extern const struct ta_screen reply_screen;
/** The record's commits and their documents. */
extern const struct ta_screen history_screen;
/** Where the pair's two repositories are synced with. */
extern const struct ta_screen remotes_screen;
/** A pair that is on a remote already, brought to this machine. */
extern const struct ta_screen join_screen;
/** Places that both changed: what each wrote, and the choice. */
extern const struct ta_screen conflicts_screen;
/** A remote whose history is no longer the one that was known: what was found, and the choices. */
extern const struct ta_screen rewritten_screen;
/** All pairs of a coordinator's programme. */
extern const struct ta_screen overview_screen;
/** The same while its filter is typed: opened with the struct overview_page. */
extern const struct ta_screen overview_filter_screen;
/** What one of them released: opened with a struct review_opening. */
extern const struct ta_screen review_screen;

struct review_opening {
    const char *slug;
    unsigned session; /**< the one to begin at; 0: the newest */
};

/** Every promise. */
extern const struct ta_screen promises_screen;
/** What leaves of a session, and two keys; opened with its number (unsigned), NULL: the last. */
extern const struct ta_screen release_screen;
/** How the sessions were, for one of the two alone. */
extern const struct ta_screen ratings_screen;

/** Another day for a planned date, or none; and what became of one that went by: opened with a
 *  struct date_question. */
extern const struct ta_screen date_screen;

struct date_question {
    unsigned meeting; /**< its id */
    struct ta_moment when;
    struct ta_moment proposed; /**< the day to move it to */
    unsigned session;          /**< the number it has when it is held */
    unsigned notice;           /**< hours that the contract asks for */
    bool missed;               /**< it went by without a session */
};

/** A session that was held without the program, written down: opened with a struct written_page.
 */
extern const struct ta_screen written_screen;

struct written_page {
    unsigned session;       /**< its number */
    struct ta_moment began; /**< what is proposed */
};

/** The summary as a mail, before it goes: opened with the number of a session (unsigned). */
extern const struct ta_screen mail_screen;

/** Everything in a pair's record, found as one types. */
extern const struct ta_screen search_screen;
/** The same in what all pairs of a programme released: opened with what is in the line already
 *  (const char *); NULL: nothing. */
extern const struct ta_screen search_released_screen;

/** A text to read, scrolled: opened with a struct reader_text. */
extern const struct ta_screen reader_screen;
/** The same of what other pairs released. */
extern const struct ta_screen released_reader_screen;

struct agenda_page; /* agenda_page.h */

struct decks_opening {
    struct agenda_page *agenda; /**< what the prompts are for; it stays below */
};

/** Where a reader begins in what was found. */
enum reader_place { READER_AT_LINE, READER_AT_FIRST, READER_AT_LAST };

/** Two sessions of a pair, as they were released. */
struct reader_beside {
    unsigned session[2];
    const char *text[2];
};

/** What a text that was found leads on to; it stays below the reader as long as that is open. */
struct reader_way {
    /** Shows the next text that was found (or the one before) in place of this one; false: there is
     *  none. */
    bool (*turn)(struct ta_face *face, void *data, bool back);
    /** Goes to where the text stands among others. */
    void (*go)(struct ta_face *face, void *data);
    void *data;
};

struct reader_text {
    const char *title;
    const char *text;                       /**< copied */
    bool drawn;                             /**< lists have their signs, headings none */
    const struct reader_beside *beside;     /**< shown instead of text when not NULL; copied */
    const struct ta_comparison *comparison; /**< shown instead of text when not NULL; copied */
    const char *sought; /**< words to mark and to go through, as typed; NULL: none. Copied */
    size_t line;        /**< with `sought`: where to begin */
    enum reader_place place;
    const struct reader_way *way; /**< NULL: it leads nowhere. Copied */
};

#endif
