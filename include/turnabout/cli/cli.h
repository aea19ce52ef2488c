/**
 * The command line: one table of commands over the desk, for shells, scripts and status bars.
 *
 * Exit status: TA_CLI_DONE; TA_CLI_REFUSED, when what was asked is refused or failed, with one line
 * on standard error that says what to do; TA_CLI_MISUSED, when the line itself is not understood:
 * an unknown command or option, too few or too many arguments, a word or number of the wrong form.
 */
#ifndef TURNABOUT_CLI_CLI_H
#define TURNABOUT_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "turnabout/base/error.h"

struct ta_desk;

enum { TA_CLI_DONE = 0, TA_CLI_REFUSED = 1, TA_CLI_MISUSED = 2 };

/** What the command line touches outside itself; all of it belongs to the caller. */
struct ta_cli_world {
    char *(*lookup)(const char *name); /**< the environment: getenv(), or a test's own */
    FILE *in, *out, *err;
    bool terminal; /**< input and output are a terminal: the app can be opened */
    /** Runs the app until it is left: without a command, and for --demo. */
    bool (*open_app)(struct ta_desk *desk, struct ta_error *err);
    /** The same with all pairs of the programme first. */
    bool (*open_overview)(struct ta_desk *desk, struct ta_error *err);
};

/**
 * Does what the arguments ask and returns the exit status. `--demo` points TURNABOUT_HOME of this
 * process at a folder of its own, which is removed again.
 */
int ta_cli_main(int argc, char **argv, const struct ta_cli_world *world);

#endif
