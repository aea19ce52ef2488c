/**
 * The agenda's page: what it holds and how that is read, typed and saved (agenda_page.c), and how
 * it is drawn (agenda_view.c, agenda_below.c).
 */
#ifndef TURNABOUT_SRC_TUI_AGENDA_PAGE_H
#define TURNABOUT_SRC_TUI_AGENDA_PAGE_H

#include "tall.h"
#include "turnabout/desk/agenda.h"
#include "turnabout/desk/decks.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/screen.h"
#include "versions.h"

enum { AGENDA_TITLE_MOST = 500, AGENDA_NOTES_MOST = 20000 }; /* bytes */

enum agenda_mode {
    AGENDA_READING,
    AGENDA_TITLE, /**< the chosen item's title is in the editor */
    AGENDA_NEW,   /**< a new item's title is */
    AGENDA_NOTES, /**< the chosen item's talking notes are */
};

struct agenda_page {
    struct ta_pair pair;
    struct ta_agenda_state state;
    struct ta_day today;
    bool waits;            /**< it is shared here, and the other has it with the next sync */
    struct ta_moment when; /**< of the session; instant 0: no date yet */
    struct ta_list list;   /**< the items, and among them the new one while it is typed */
    struct hits hits;
    size_t carried; /**< which of those carried over is offered */
    char *prompt;   /**< of the deck that the arc proposes; NULL: it proposes none */
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

/** Reads it anew. What is being typed stays with its item, wherever that is now; when the item is
 *  gone, it becomes a new one. A change made elsewhere can be undone like any other. */
bool agenda_refresh(struct ta_face *face, struct agenda_page *page, struct ta_error *err);
/** The same, and says itself when it fails. */
bool agenda_reload(struct ta_face *face, struct agenda_page *page);

/** The name of whom it is shared with. */
struct ta_piece agenda_reader(const struct agenda_page *page);

/** The paper of the agenda as it is stored. Free with free(). */
char *agenda_paper(const struct agenda_page *page);
/** Saves a change that was made to the agenda in hand, when its verdict is fine; typing ends with
 *  it. `before` is the paper without the change, and is taken: the change can be undone. */
bool agenda_save(struct ta_face *face, struct agenda_page *page, enum ta_agenda_verdict verdict,
                 char *before);
/** Reads it anew after a change was stored or not, and says why not. */
void agenda_show_stored(struct ta_face *face, struct agenda_page *page, bool stored,
                        const struct ta_error *err);

/** Undoes the last change to the agenda, or does it again. */
void agenda_go(struct ta_face *face, struct agenda_page *page, enum direction direction);

/** Where a new item goes; `in_slot` says whether it takes the place of the one that is there. */
size_t agenda_place_new(struct agenda_page *page);
/** Begins typing in the chosen row; `text` may be NULL. */
void agenda_begin(struct agenda_page *page, enum agenda_mode mode, const char *text);
/** Ends it without keeping anything. */
void agenda_end(struct agenda_page *page);
/** True: the title is stored, or there was nothing to store, and typing has ended. */
bool agenda_keep_title(struct ta_face *face, struct agenda_page *page);
/** True: the notes are stored; typing goes on. When they were changed elsewhere, both are joined
 *  and stored. */
bool agenda_keep_notes(struct ta_face *face, struct agenda_page *page);

/** A new item is typed in a row of its own. */
bool agenda_has_new_row(const struct agenda_page *page);
/** The item in a row of the list; NULL: the new one. */
const struct ta_item *agenda_item(const struct agenda_page *page, size_t row);
/** Whether what stands in a row, or is typed there, touches what is off limits; `*topic` is what.
 */
bool agenda_touches(const struct agenda_page *page, size_t row, struct ta_piece *topic);
/** How many items touch what is off limits; `*first` and `*topic` tell of the first. */
size_t agenda_marks(const struct agenda_page *page, size_t *first, struct ta_piece *topic);

void agenda_draw(const struct agenda_page *page, struct ta_surface *surface);

enum {
    AGENDA_NARROW = 60, /**< columns below which there are no bars and no labels */
    AGENDA_LOW = 18,    /**< rows below which the part below has two lines at most */
};

/** How many lines each part below the list gets of those that are there; in a low window marks come
 *  before what was carried over, that before the stage, and ways to elsewhere are left to the keys.
 */
struct agenda_parts {
    int head, carried, review, prompt, mark, stage;
};
struct agenda_parts agenda_divide(const struct agenda_page *page, int rows);
int agenda_parts_rows(const struct agenda_parts *parts);
/** Draws them; their rule is the row above the area. */
void agenda_draw_below(const struct agenda_page *page, const struct agenda_parts *parts,
                       struct ta_surface *surface, struct ta_area area);

#endif
