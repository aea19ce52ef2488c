/**
 * The notes of a running session: a list that follows the newest, and can be walked, edited, given
 * another kind, removed and brought back (live_notes.c); and how it is drawn (live_notes_view.c).
 */
#ifndef TURNABOUT_SRC_TUI_LIVE_NOTES_H
#define TURNABOUT_SRC_TUI_LIVE_NOTES_H

#include "turnabout/desk/session.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/screen.h"

struct notes_view {
    bool walking;     /**< the attention is in the list, not in the line */
    bool hide_mine;   /**< what is mine shows as dots */
    bool editing;     /**< the chosen note is in `editor` */
    size_t chosen;    /**< index among all notes; the removed are passed over */
    int64_t *removed; /**< ids of notes removed here, for u; the newest is the last */
    size_t removed_count;
    bool warned;              /**< that the note in `editor` was removed elsewhere */
    char *edited;             /**< the note in `editor` as it was seen last, sign and all */
    enum ta_note_kind wanted; /**< the kind that a note of mine becomes, when that is confirmed */
    struct ta_editor editor;
    int64_t touched; /**< instant of the first key in `editor` that is not kept yet; 0: all is */
};

/** The nearest note that stands, from `from` on in a direction; count when there is none. One that
 *  is being edited stands, though another terminal removed it. */
size_t notes_view_standing(const struct notes_view *view, const struct ta_notes *notes, size_t from,
                           int direction);

/** The notes were read anew, and others may stand among those that were there: what is chosen stays
 *  chosen, or what stands next to it when it was removed elsewhere. */
void notes_view_follow(struct notes_view *view, const struct ta_notes *before,
                       const struct ta_notes *notes);
/** Goes into the list, to the newest note; nothing happens without one. */
void notes_view_walk(struct notes_view *view, const struct ta_notes *notes);
/** Back to the line. */
void notes_view_leave(struct notes_view *view);
/** A key while walking that is none of the commands below. True: taken. */
bool notes_view_key(struct notes_view *view, struct ta_face *face, struct ta_live *live,
                    const struct ta_key *key);
void notes_view_release(struct notes_view *view);

/** A change that was being typed when the program was killed is in the editor again. */
void notes_view_resume(struct notes_view *view, struct ta_face *face, const struct ta_live *live);
/** Keeps what is typed at a pause. True: there is something yet to be kept. */
bool notes_view_tick(struct notes_view *view, struct ta_face *face, const struct ta_live *live,
                     int64_t now);

/** What is done to the chosen note. */
void notes_view_edit(struct notes_view *view, struct ta_face *face, struct ta_live *live);
void notes_view_keep(struct notes_view *view, struct ta_face *face, struct ta_live *live);
void notes_view_cancel(struct notes_view *view, struct ta_face *face, const struct ta_live *live);
void notes_view_remove(struct notes_view *view, struct ta_face *face, struct ta_live *live);
/** The note removed last, then the one before it. */
void notes_view_bring_back(struct notes_view *view, struct ta_face *face, struct ta_live *live);

void notes_view_draw(const struct notes_view *view, const struct ta_live *live,
                     const struct ta_pair *pair, struct ta_surface *surface, struct ta_area area);

/** A line that is typed; as dots when it is mine and that is hidden. */
void live_draw_typed(const struct ta_editor *editor, bool hide_mine, struct ta_surface *surface,
                     struct ta_area area, bool focus);

#endif
