/**
 * The notes of a running session: a list that follows the newest, and can be walked, edited, given
 * another kind, removed and brought back.
 */
#ifndef TURNABOUT_SRC_TUI_LIVE_NOTES_H
#define TURNABOUT_SRC_TUI_LIVE_NOTES_H

#include "turnabout/desk/session.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/screen.h"

struct notes_view {
    bool walking;   /**< the attention is in the list, not in the line */
    bool hide_mine; /**< what is mine shows as dots */
    bool editing;   /**< the chosen note is in `editor` */
    size_t chosen;  /**< index among all notes; the removed are passed over */
    size_t removed; /**< index of the note removed last, for u; SIZE_MAX: none */
    struct ta_editor editor;
};

/** After notes were added or read anew: keeps what is chosen in bounds. */
void notes_view_follow(struct notes_view *view, const struct ta_notes *notes);
/** Goes into the list, to the newest note; nothing happens without one. */
void notes_view_walk(struct notes_view *view, const struct ta_notes *notes);
/** A key while walking. True: taken. */
bool notes_view_key(struct notes_view *view, struct ta_face *face, struct ta_live *live,
                    const struct ta_key *key);
void notes_view_draw(const struct notes_view *view, const struct ta_live *live,
                     const struct ta_pair *pair, struct ta_surface *surface, struct ta_area area);
void notes_view_release(struct notes_view *view);

/** Appends the `/` commands that a typed line may become. */
void live_commands_matching(struct ta_text *out, const char *line);

#endif
