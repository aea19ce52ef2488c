/**
 * A command that the person set in the configuration, run without a shell.
 */
#ifndef TURNABOUT_BASE_COMMAND_H
#define TURNABOUT_BASE_COMMAND_H

#include <stddef.h>

#include "turnabout/base/error.h"

/**
 * Takes a command line apart at its blanks; '...' and "..." hold blanks together, and nothing else
 * has a meaning: no variable, no pattern, no second command. NULL: a quote does not end, or nothing
 * is there. One block ended by NULL; free with free().
 */
char **ta_command_words(const char *command);

/**
 * Runs a command with these bytes as its standard input, without a terminal, and waits until it
 * ends, at most so many seconds: then it is ended, with all that it started in its own group. It is
 * sought in $PATH, then in /usr/sbin and /usr/lib, where mail programs like to be. TA_WRONG: it
 * cannot be taken apart. TA_SYSTEM: it could not be run, ended with another status than 0 or by a
 * signal, or was too slow; the sentence has the last line that it wrote.
 */
bool ta_command_run(const char *command, const char *bytes, size_t length, int seconds,
                    struct ta_error *err);

#endif
