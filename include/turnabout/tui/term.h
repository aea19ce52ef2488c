/**
 * The terminal: the only module that sees curses. Everything else draws on a surface and reads
 * keys.
 *
 * Waiting is one poll() on the terminal and the signals, with at most one timeout: nobody typing
 * and no clock on the screen means no wake-up and no byte. The tests have a second implementation
 * of this header without a terminal (tests/screen/headless.c).
 */
#ifndef TURNABOUT_TUI_TERM_H
#define TURNABOUT_TUI_TERM_H

#include <stdint.h>

#include "turnabout/base/error.h"
#include "turnabout/tui/key.h"
#include "turnabout/tui/surface.h"
#include "turnabout/tui/theme.h"

struct ta_term;

/**
 * Takes over the terminal. TA_WRONG: standard input or output is not a terminal, TERM is unset,
 * unknown or cannot place the cursor ("dumb"); the sentence says which, and what works without one.
 */
bool ta_term_open(struct ta_term **term, const struct ta_theme *theme, struct ta_error *err);
/** Gives it back as it was. NULL is fine. In between, SIGWINCH, SIGHUP, SIGINT, SIGTERM and SIGTSTP
 *  are blocked: a child process that does not come through ta_term_leave() unblocks them itself. */
void ta_term_close(struct ta_term *term);

void ta_term_size(const struct ta_term *term, int *rows, int *columns);

/** Brings the terminal to what the surface shows, changing only what differs. */
void ta_term_show(struct ta_term *term, const struct ta_surface *surface);
/** The next show draws everything anew (Ctrl-L). */
void ta_term_forget(struct ta_term *term);

enum { TA_TERM_WATCHED = 3 };

/**
 * Waits for a key, for `wake_in` milliseconds (-1: for ever) or until one of `watched` (file
 * descriptors, -1: none) is readable, whichever is first; key code TA_KEY_NONE when it was no key.
 * The key is good until the next call. SIGWINCH, SIGHUP, SIGTERM come as keys; Ctrl-Z suspends and
 * comes back by itself.
 */
void ta_term_wait(struct ta_term *term, int64_t wake_in, const int watched[TA_TERM_WATCHED],
                  struct ta_key *key);
/** A key that was read already, or the next of many that come at once; without waiting. False:
 * none. */
bool ta_term_next(struct ta_term *term, struct ta_key *key);

/** Whether something was typed that was not read yet: long work may make way for it. */
bool ta_term_is_typed(const struct ta_term *term);

/** Leaves the terminal to another program (the person's editor), and takes it back. */
void ta_term_leave(struct ta_term *term);
void ta_term_return(struct ta_term *term);

void ta_term_bell(struct ta_term *term);

#endif
