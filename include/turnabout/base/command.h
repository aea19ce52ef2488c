/**
 * Other programs, run without a shell: a command that the person set in the configuration, and
 * those that are known by name, as ssh-keygen.
 */
#ifndef TURNABOUT_BASE_COMMAND_H
#define TURNABOUT_BASE_COMMAND_H

#include <stddef.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

/** A program and how it is run. */
struct ta_program {
    char *const *words;       /**< its name, sought in $PATH, and arguments; ended by NULL */
    char *const *environment; /**< ended by NULL; NULL: as this process has it */
    const char *bytes;        /**< its standard input */
    size_t length;
    int seconds; /**< that it may take: then it is ended, with all that it started in its group */
    bool on_terminal; /**< it may ask something on the terminal, which is in its ordinary state;
                         else it has none */
};

/**
 * Runs it and waits until it ends. `out` gets what it wrote to standard output, at most 1 MB;
 * `said` the end of what it wrote to standard error, and with `out` NULL to both. TA_ABSENT: there
 * is no such program. TA_BUSY: it was too slow. TA_SYSTEM: it ended with another status than 0 or
 * by a signal. The sentence has the last line that it said.
 */
bool ta_program_run(const struct ta_program *program, struct ta_text *out, struct ta_text *said,
                    struct ta_error *err);

/** The environment of this process with one setting, "NAME=VALUE", in place of what it had. One
 * block ended by NULL, as long as this process's own is not changed; free with free(). */
char **ta_command_environment(const char *setting);

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
 * cannot be taken apart. TA_ABSENT, TA_BUSY, TA_SYSTEM: it could not be run, ended with another
 * status than 0 or by a signal, or was too slow; the sentence has the last line that it wrote.
 */
bool ta_command_run(const char *command, const char *bytes, size_t length, int seconds,
                    struct ta_error *err);

#endif
