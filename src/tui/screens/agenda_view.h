/**
 * The agenda's page: what it holds, and how it is drawn.
 */
#ifndef TURNABOUT_SRC_TUI_AGENDA_VIEW_H
#define TURNABOUT_SRC_TUI_AGENDA_VIEW_H

#include "tall.h"
#include "turnabout/desk/agenda.h"
#include "turnabout/tui/editor.h"
#include "versions.h"

enum agenda_mode {
    AGENDA_READING,
    AGENDA_TITLE, /**< the chosen item's title is in the editor */
    AGENDA_NEW,   /**< a new item's title is */
    AGENDA_NOTES, /**< the chosen item's talking notes are */
};

struct agenda_page {
    struct ta_pair pair;
    struct ta_agenda_state state;
    struct ta_moment when; /**< of the session; instant 0: no date yet */
    struct ta_list list;   /**< the items, and among them the new one while it is typed */
    struct hits hits;
    size_t carried; /**< which of the questions carried over is offered */
    enum agenda_mode mode;
    bool in_slot; /**< AGENDA_NEW: in place of the untouched topic, which is the chosen row */
    struct ta_editor editor;
    char *title;     /**< of the item that is edited, to find it again */
    char *notes;     /**< its notes as they are stored; "" for none */
    char *before;    /**< AGENDA_NOTES: the paper before its first change; NULL: it is kept */
    int64_t touched; /**< instant of the last change to notes not saved yet; 0: none */
    struct versions versions;
    struct ta_text mine; /**< from the person's editor and not taken; empty: none */
};

/** A new item is typed in a row of its own. */
bool agenda_has_new_row(const struct agenda_page *page);
/** The item in a row of the list; NULL: the new one. */
const struct ta_item *agenda_item(const struct agenda_page *page, size_t row);
/** How many items touch what is off limits; `*first` and `*topic` tell of the first. */
size_t agenda_marks(const struct agenda_page *page, size_t *first, struct ta_piece *topic);

void agenda_draw(const struct agenda_page *page, struct ta_surface *surface);

#endif
