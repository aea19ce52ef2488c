/**
 * The summary's page: its lines as rows of one list (summary_rows.c), how they are read, typed and
 * saved (summary_page.c), and how they are drawn (summary_view.c).
 */
#ifndef TURNABOUT_SRC_TUI_SUMMARY_PAGE_H
#define TURNABOUT_SRC_TUI_SUMMARY_PAGE_H

#include "tall.h"
#include "turnabout/desk/release.h"
#include "turnabout/desk/summary.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/screen.h"
#include "versions.h"

enum { SUMMARY_LINE_MOST = 10000 }; /* bytes */

enum summary_row_kind {
    SUMMARY_TITLE,
    SUMMARY_LINE,
    SUMMARY_NONE, /**< a section without a line */
    SUMMARY_NEW,  /**< the line that is being added to a section */
    SUMMARY_NOTES /**< notes by item, folded */
};

struct summary_row {
    enum summary_row_kind kind;
    enum ta_summary_section section; /**< of a line, none or new */
    size_t index;                    /**< of a line in its section */
    bool first;                      /**< the section's heading stands above it */
};

enum summary_mode { SUMMARY_READING, SUMMARY_EDITING, SUMMARY_ADDING };

struct summary_page {
    struct ta_pair pair;
    struct ta_summary_state state;
    struct ta_moment planned;          /**< next date that is set already; instant 0: none */
    enum ta_release_standing released; /**< what leaves of it */
    enum ta_shared shared;             /**< by the contract in force */
    struct ta_day today;
    struct summary_row *rows;
    size_t row_count;
    struct ta_list list;
    struct hits hits;
    enum summary_mode mode;
    enum ta_summary_section adding; /**< section of the line that is added */
    struct ta_editor editor;
    char *stored; /**< the edited line or title as it is stored; NULL: a new one */
    struct versions versions;
    int64_t prepare; /**< instant to make ready for the commit, while it is read; 0: not yet told */
    bool is_prepared;
    int64_t touched;     /**< instant of the first key that is not kept yet; 0: all is */
    struct ta_text mine; /**< from the person's editor and not taken; empty: none */
};

/** Reads it anew. What is being typed stays with its line, wherever that is now; when the line is
 *  gone, it becomes a new one of its section. A change made elsewhere can be undone like any other.
 */
bool summary_refresh(struct ta_face *face, struct summary_page *page, struct ta_error *err);
/** The same, and says itself when it fails. */
bool summary_reload(struct ta_face *face, struct summary_page *page);
/** The same after another window wrote the draft, and says what to do now. */
void summary_say_busy(struct ta_face *face, struct summary_page *page);

/** Begins typing in the chosen row, or in a new one of the section `adding`. */
void summary_begin(struct summary_page *page, enum summary_mode mode, const char *text);
/** Ends it without keeping anything. */
void summary_end(struct summary_page *page);
/** True: what is typed is stored, or there was nothing to store, and typing has ended. */
bool summary_keep_line(struct ta_face *face, struct summary_page *page);
/** Stores the chosen row's line; NULL strikes it. What stood before can be had back. */
bool summary_write_row(struct ta_face *face, struct summary_page *page, const char *line);

/** A key changed the line that is typed: it is kept at the next pause. */
void summary_touch(struct ta_face *face, struct summary_page *page);
/** Keeps what is typed at a pause; returns when it wants to be called again, 0: not. */
int64_t summary_tick_typed(struct ta_face *face, struct summary_page *page, int64_t now);
/** Keeps it now; when nothing is typed, what was kept goes. */
void summary_keep_typed(struct ta_face *face, struct summary_page *page);
/** Goes on with a line that was being typed when the program was killed. */
void summary_resume_typed(struct ta_face *face, struct summary_page *page);

/** Makes the rows anew from the state; keeps what is chosen in bounds. */
void summary_make_rows(struct summary_page *page);
const struct summary_row *summary_chosen(const struct summary_page *page);
/** The stored text of a row that has one (the title, a line), else NULL. */
const char *summary_stored(const struct summary_page *page, const struct summary_row *row);
/** The promise of a row; NULL: it is none. */
const struct ta_promise *summary_promise_of(const struct summary_page *page,
                                            const struct summary_row *row);
/** How many lines of the notes do. */
size_t summary_note_marks(const struct summary_page *page, struct ta_piece *topic);
/** Lines of all items' notes. */
size_t summary_note_count(const struct ta_summary *summary);
/** How many lines touch what is off limits, those of the notes among them; `*topic` tells of the
 *  first. */
size_t summary_marks(const struct summary_page *page, struct ta_piece *topic);

/**
 * A promise as it is typed, "Dana: ask juniors first by 1 Dec", and back: understood, written as
 * the document does, with what was known of it before (NULL: nothing).
 */
void summary_promise_say(struct ta_text *out, const struct ta_promise *promise,
                         const struct ta_pair *pair, struct ta_day today);
void summary_promise_take(struct ta_promise *promise, const char *typed,
                          const struct ta_promise *known, const struct ta_pair *pair,
                          struct ta_day today);

void summary_draw(const struct summary_page *page, struct ta_surface *surface);

#endif
