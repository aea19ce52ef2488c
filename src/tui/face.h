/**
 * The face from inside: what its files (face.c, question.c, foot.c, errands.c) and the overlays
 * know of it beyond turnabout/tui/screen.h.
 */
#ifndef TURNABOUT_SRC_TUI_FACE_H
#define TURNABOUT_SRC_TUI_FACE_H

#include "turnabout/base/asking.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/screen.h"
#include "turnabout/tui/term.h"

struct ta_errand;

/** A screen and its state: what an overlay is about. */
struct ta_subject {
    const struct ta_screen *screen;
    void *state;
};

/** A question on the message line: for a line of text, or (when `keys`) for one key. */
struct ta_face_question {
    char *text; /**< NULL: none is asked */
    char *keys;
    struct ta_editor line;
    bool is_file; /**< the line names one that is written to */
    char *path;   /**< it stands there already, and `keys` are about that; NULL: they are not */
    void *state;  /**< of the screen that asks */
    bool (*answer)(struct ta_face *face, void *state, const char *text);
    void (*answer_key)(struct ta_face *face, void *state, char key);
};

struct ta_face {
    struct ta_desk *desk;
    struct ta_term *term;
    struct ta_subject *layers; /**< the last one is on top */
    size_t count;
    void **departed; /**< states of closed screens, until the key that closed them is handled */
    size_t departed_count;
    struct ta_surface surface;
    struct ta_text clip;
    struct ta_text message;
    enum ta_role_of_cell message_role;
    struct ta_text kept; /**< said while an overlay was on top, for the screen below */
    enum ta_role_of_cell kept_role;
    struct ta_face_question question;
    struct ta_errand *errand;       /**< what goes on beside the face; NULL: nothing */
    const char *errand_name;        /**< what it is called in a sentence: "Sync" */
    const struct ta_screen *sender; /**< the screen that was on top when it was sent */
    struct ta_listener listener;    /**< where git and ssh ask, while there is an errand */
    struct ta_text named;           /**< what errands brought in one's name, and nobody saw yet */
    struct ta_asked asked;          /**< what they ask, when `is_asked` */
    unsigned asked_count;           /**< which of its questions that is, from 1 */
    bool is_asked;
    bool declines; /**< a question was declined: those that follow are, too */
    int bell;  /**< readable when something was changed elsewhere; -1: there is none, or not yet */
    bool news; /**< that the screen on top was not told yet */
    bool hides_mine;
    bool failed; /**< nothing was left to show `failure` on */
    struct ta_error failure;
};

/** The screen on top; NULL: there is none any more. */
struct ta_subject *ta_face_top(struct ta_face *face);

/** The commands that every screen has besides its own. */
extern const struct ta_command ta_common_commands[];
/** The one among them that leads to the screen before. */
extern const struct ta_command *const ta_back;
/** How many of them apply to the screen: those that act on the pair in hand stand last. */
size_t ta_common_command_count(const struct ta_screen *screen);

/** Whether the command can be given now. */
bool ta_command_applies(const struct ta_command *command, const void *state);

/** Takes an overlay off: nothing below has changed, so nothing is read anew. */
void ta_face_dismiss(struct ta_face *face);

/** Overlays; opened with a struct ta_subject. */
extern const struct ta_screen ta_help_screen;
extern const struct ta_screen ta_palette_screen;
bool ta_is_overlay(const struct ta_screen *screen);

/* question.c */

void ta_face_question_release(struct ta_face_question *question);
/** A key for the question that is asked. */
void ta_face_question_key(struct ta_face *face, const struct ta_key *key);
/** Draws it so that it ends on `row`; returns its first row. */
int ta_face_question_draw(const struct ta_face_question *question, struct ta_surface *surface,
                          int row);

/* foot.c */

/** The two rows at the foot: what is said or asked, and the keys. */
void ta_face_draw_foot(struct ta_face *face);
/** Keeps what is said beyond the keys of an overlay, until a screen was drawn with it. */
void ta_face_keep_said(struct ta_face *face);
/** Says it again where a screen is on top that says nothing else. */
void ta_face_say_kept(struct ta_face *face);
/** A sentence that ends on row `last`, with as many rows above as it needs; returns the first. */
int ta_draw_sentence(struct ta_surface *surface, int last, enum ta_role_of_cell role,
                     const char *text);

/* errands.c */

/** Readable when there is something to look at; -1: nothing can come. */
int ta_face_errand_descriptor(const struct ta_face *face);
int ta_face_asker_descriptor(const struct ta_face *face);
/** Takes what the errand and its questions bring, without waiting. True: something is to be shown
 *  anew. */
bool ta_face_look_at_errand(struct ta_face *face);
/** Shows the question of git or ssh that waits, where nobody is typing. */
void ta_face_show_asked(struct ta_face *face);
/** Shows what came in the name of who sits here, where nobody is typing or is asked something. */
void ta_face_show_named(struct ta_face *face);
/** How far the errand is, or what it asks, for the message line. Appends, or not. */
void ta_face_say_errand(const struct ta_face *face, struct ta_text *out);
/** Answers it; NULL: declines, this and all that follow on this errand. */
void ta_face_answer(struct ta_face *face, const char *answer);
/** What can be done about it on every screen. */
extern const struct ta_command ta_asked_commands[1];
/** Ends what goes on beside the face. */
void ta_face_end_errand(struct ta_face *face);
/** A question of git or ssh. */
extern const struct ta_screen asked_screen;

#endif
