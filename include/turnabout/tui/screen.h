/**
 * A screen is a const table of functions at the foot of its file; the face is what runs them: a
 * stack of screens, one message line, one question at a time, help and palette made from the
 * command tables.
 *
 * A command is one thing a person can do: tables of them make the keys, the footer, `?`, and `:`.
 */
#ifndef TURNABOUT_TUI_SCREEN_H
#define TURNABOUT_TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"
#include "turnabout/tui/key.h"
#include "turnabout/tui/surface.h"

struct ta_desk; /* what a person can do: turnabout/desk/desk.h */
struct ta_face;
struct ta_term;

struct ta_command {
    const char *name; /**< "agenda": for `:` and the footer */
    const char *keys; /**< blank-separated names; the first is shown */
    const char *help; /**< one line */
    void (*run)(struct ta_face *face, void *state);
    bool (*applies)(const void *state); /**< NULL: always */
    bool quiet;                         /**< not in the footer */
};

/** How an errand ended that was sent: turnabout sync, say. */
enum ta_errand_outcome {
    TA_ERRAND_UNDER_WAY,
    TA_ERRAND_DONE,
    TA_ERRAND_CONFLICTS, /**< both changed the same: the two have to choose */
    TA_ERRAND_REWRITTEN, /**< the remote's history is another one: they have to decide */
    TA_ERRAND_REFUSED,   /**< what the remote has is not taken, or it does not take ours */
    TA_ERRAND_FAILED,    /**< not reached, no git, a full disk */
    TA_ERRAND_STOPPED,   /**< here, by a person */
};

struct ta_errand_state {
    const char *phase; /**< what it is at, cleaned; NULL: it has not said yet */
    int percent;       /**< of that; -1: nobody knows */
    bool ended;
    enum ta_errand_outcome outcome;
    const char *sentence; /**< how it ended, cleaned; NULL: it has not */
    const char *named;    /**< what came in the name of who sits here, a list; NULL: nothing */
};

struct ta_screen {
    const char *name; /**< "contract" */
    size_t size;      /**< of its state, zeroed before open */
    const struct ta_command *commands;
    size_t command_count;
    bool typing; /**< every key goes to `key` first; the commands get what it does not take */
    bool apart;  /**< it is not about the pair in hand: what acts on that pair does not apply */

    /** Fails: the screen is not shown, the error is, and `close` is not called. `argument` is the
     *  opener's. Any of these functions but `draw` may be NULL. */
    bool (*open)(struct ta_face *face, void *state, const void *argument, struct ta_error *err);
    /** Called when it is on top again. */
    bool (*refresh)(struct ta_face *face, void *state, struct ta_error *err);
    /** Called when another terminal or a command has changed something, and nothing is asked here
     * at the moment. False: not now, it will be called again. NULL: what is shown stays. */
    bool (*heard)(struct ta_face *face, void *state);
    /** Called when an errand that was sent has ended and this screen is on top. True: it has said
     *  so; else (or NULL) the errand's sentence is said. */
    bool (*returned)(struct ta_face *face, void *state, const struct ta_errand_state *errand);
    /** A key that no command took (or, when typing, before they are asked). True: taken. */
    bool (*key)(struct ta_face *face, void *state, const struct ta_key *key);
    /** Called after keys were handled, and when the instant has come that it returned last: when it
     *  wants to be called again; 0: not for time's sake. */
    int64_t (*tick)(struct ta_face *face, void *state, int64_t now);
    /** Draws all rows but the last two (message line and footer), which are the face's. */
    void (*draw)(const struct ta_face *face, const void *state, struct ta_surface *surface);
    /** Saves what is not saved yet and frees what the state holds; the state itself stays readable
     *  until the command that led here returns. */
    void (*close)(struct ta_face *face, void *state);
};

/**
 * Runs the face with a first screen until it is left. The desk and the terminal are the caller's.
 * Fails with the error of a first screen, or of one that replaced the last, that does not open.
 */
bool ta_face_run(struct ta_desk *desk, struct ta_term *term, const struct ta_screen *first,
                 const void *argument, struct ta_error *err);

struct ta_desk *ta_face_desk(const struct ta_face *face);
int64_t ta_face_now(const struct ta_face *face);
/** Whether what is mine is hidden: somebody may look on. As long as the program runs. */
bool *ta_face_hides_mine(struct ta_face *face);
/** What was cut or copied last, for all editors. */
struct ta_text *ta_face_clip(struct ta_face *face);

/** Puts a screen on top. A failure to open is said on the message line. */
void ta_face_push(struct ta_face *face, const struct ta_screen *screen, const void *argument);
/** Takes the top screen off; the one below is refreshed. The last one off ends the face. */
void ta_face_pop(struct ta_face *face);
/** Pops and pushes in one. */
void ta_face_replace(struct ta_face *face, const struct ta_screen *screen, const void *argument);

/** Takes all screens off and begins anew with this one. */
void ta_face_restart(struct ta_face *face, const struct ta_screen *screen, const void *argument);

/** A sentence on the message line until the next key. */
void ta_face_say(struct ta_face *face, enum ta_role_of_cell role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** The same for an error. Returns `ok`, so that calls chain. */
bool ta_face_check(struct ta_face *face, bool ok, const struct ta_error *err);
/** Takes a sentence back that is no longer so, if it is the one that is shown. */
void ta_face_unsay(struct ta_face *face, const char *text);

/** Asks for one line above the footer. `answer` gets the text on Enter; Escape asks nothing more. A
 *  false answer keeps the question open (it has said why). */
void ta_face_ask(struct ta_face *face, const char *question, const char *proposed,
                 bool (*answer)(struct ta_face *face, void *state, const char *text));
/** The same for a file to write to: what stands there already is replaced only after a yes. */
void ta_face_ask_file(struct ta_face *face, const char *question, const char *proposed,
                      bool (*answer)(struct ta_face *face, void *state, const char *path));
/** Asks for one key of `keys` ("yn"); any other key but Escape is ignored. */
void ta_face_ask_key(struct ta_face *face, const char *question, const char *keys,
                     void (*answer)(struct ta_face *face, void *state, char key));

/** Whether somebody typed something meanwhile: long work may make way for it. */
bool ta_face_is_typed(const struct ta_face *face);

/**
 * Sends an errand: a command line of this program that goes on beside the app, whatever screen is
 * on top meanwhile; what git and ssh ask for is asked here. `arguments` end with NULL and are those
 * behind the program's name; `name` begins a sentence ("Sync") and stays the caller's. One at a
 * time: false, and it has said so.
 */
bool ta_face_send(struct ta_face *face, const char *name, const char *const *arguments);
/** Syncs the pair in hand, or stops what goes on; without a remote it leads to where one is set. */
void ta_face_sync(struct ta_face *face);
/** Stops the errand that goes on. What it has done until then stands. */
void ta_face_stop(struct ta_face *face);
/** Whether one goes on. */
bool ta_face_is_away(const struct ta_face *face);

/** The terminal's bell. */
void ta_face_bell(struct ta_face *face);

/** Lends the terminal to a program that asks something on it, and takes it back; `face` is a struct
 *  ta_face. */
void ta_face_lend(void *face, bool lent);

/** The person's own editor on a text; true when it came back, changed or not. Says errors itself.
 */
bool ta_face_edit(struct ta_face *face, struct ta_text *text, const char *name);

#endif
