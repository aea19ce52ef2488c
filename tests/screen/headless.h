/**
 * A terminal that is a script: it implements turnabout/tui/term.h without a terminal, gives the
 * script's keys to the program and compares what is shown with what the script expects.
 *
 *     key Enter Down C-l      keys by name, given at once
 *     type Hello              each character a key, given at once
 *     paste two\nlines        one paste; \n, \t and \\ as in C
 *     click 3 10              row and column, from 1
 *     advance 5m              the clock moves on
 *     resize 50x15            columns and rows
 *     sweep                   many sizes, one after the other, and back
 *     expect home.screen      see picture.h
 *     see Not reached           waits until this is shown, for what goes on elsewhere
 *     cursor 23 4             where the cursor stands: row and column, from 1
 *     bell                    it rang since the last time this was asked
 *     hangup                  the terminal goes away
 *
 * Other verbs go to the player. After the last step the terminal hangs up.
 */
#ifndef TURNABOUT_TESTS_SCREEN_HEADLESS_H
#define TURNABOUT_TESTS_SCREEN_HEADLESS_H

#include "script.h"
#include "turnabout/base/clock.h"

struct player {
    struct script *script;
    struct ta_clock *clock; /**< stands still; moved by "advance" */
    int rows, columns;
    /** A step that is not the terminal's; false: there is no such verb. */
    bool (*step)(struct player *player, const struct step *step);
};

/** The next terminal that is opened plays this; it belongs to the caller. */
void headless_play(struct player *player);

#endif
