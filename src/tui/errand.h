/**
 * An errand: a command line of this very program that goes on beside the app, as a sync does.
 *
 * It is a process with a session of its own: it has no terminal to ask anything on, and a key that
 * ends the app's job does not reach it. What it says comes in lines, as `turnabout sync
 * --porcelain` writes them: `phase`, what it is doing, how many per cent of it, parted by tabs, and
 * at last how it went and a sentence; before that `in-your-name`, something that came in the name
 * of who sits here, and what to do when it was not them. It does not outlive the app.
 */
#ifndef TURNABOUT_SRC_TUI_ERRAND_H
#define TURNABOUT_SRC_TUI_ERRAND_H

#include "turnabout/base/error.h"
#include "turnabout/tui/screen.h"

struct ta_errand;

/**
 * Starts it. `arguments` are those behind the program's name, NULL at the end; `asking` is where
 * its questions go (TURNABOUT_ASKING), NULL: nobody can be asked. TA_SYSTEM.
 */
bool ta_errand_start(struct ta_errand **errand, const char *const *arguments, const char *asking,
                     struct ta_error *err);

/** Readable when it has said something or has ended. */
int ta_errand_descriptor(const struct ta_errand *errand);
/** Takes what it said, without waiting. True: something that is shown is another now. */
bool ta_errand_look(struct ta_errand *errand);
/** What it is doing, in a word or two, and how it ended; the strings stay the errand's. */
struct ta_errand_state ta_errand_state(const struct ta_errand *errand);

/** Asks it to end, and ends its whole group when it has not after a few seconds. */
void ta_errand_stop(struct ta_errand *errand);
/** Ends it if it still runs, at the latest in a second. NULL is fine. */
void ta_errand_free(struct ta_errand *errand);

#endif
