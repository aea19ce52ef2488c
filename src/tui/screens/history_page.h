/**
 * History's page: what it holds and how that is read (history_page.c), and how it is drawn
 * (history_view.c).
 */
#ifndef TURNABOUT_SRC_TUI_HISTORY_PAGE_H
#define TURNABOUT_SRC_TUI_HISTORY_PAGE_H

#include "tall.h"
#include "turnabout/desk/history.h"
#include "turnabout/tui/screen.h"

enum { HISTORY_PAGE = 100 }; /* commits read at once */

/** A version that was set aside, to be compared with another. */
struct history_mark {
    char id[TA_ID_SIZE]; /**< "": none */
    char *path, *text;
    struct ta_moment when;
};

struct history {
    struct ta_pair pair;
    struct ta_entries entries;
    char *only; /**< the document whose versions are listed; NULL: every commit */
    struct ta_list list;
    struct hits hits;
    struct ta_paths paths; /**< all that the commit changed */
    size_t file;           /**< which of them is shown */
    char *text;            /**< NULL: the document went */
    char *section;         /**< to be scrolled to; NULL: none */
    struct history_mark mark;
    unsigned held, agreed; /**< sessions */
    int top;               /**< rows the document is scrolled by */
    int rows, columns;     /**< of the document when it was last drawn */
    struct ta_day today;
    struct ta_error trouble;
    bool all;               /**< there are no older ones */
    bool troubled;          /**< the document cannot be read; `trouble` says why */
    bool reading;           /**< the attention is in the document */
    char shown[TA_ID_SIZE]; /**< the commit whose document this is */
};

/** The document of the chosen commit that is shown; NULL: it changed none, or was not read yet. */
const char *history_path(const struct history *history);
/** Only when there are entries. */
const struct ta_entry *history_chosen(const struct history *history);
/** The session that a commit belongs to; 0: none. */
unsigned history_session(const struct ta_entry *entry);

/** Reads the commits anew; the one in hand stays in hand, when it is among them. */
bool history_refresh(struct ta_face *face, struct history *history, struct ta_error *err);
/** Reads so many older ones (0: all) behind those that were read. */
bool history_read_more(struct ta_face *face, struct history *history, size_t limit,
                       struct ta_error *err);
/** The document of the chosen commit, before anything is done with it. */
void history_follow(struct ta_face *face, struct history *history);
/** The text of the document that is shown. */
void history_read_text(struct ta_face *face, struct history *history);
void history_release_mark(struct history *history);
void history_release(struct history *history);

void history_draw(const struct history *history, struct ta_surface *surface);

#endif
