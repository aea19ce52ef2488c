/**
 * Questions that git and ssh have while nobody sits in front of them: passwords, passphrases, keys
 * of hosts. They run what GIT_ASKPASS and SSH_ASKPASS name, with the question as its argument, and
 * read the answer from its standard output. That program is this one, called with two variables
 * set:
 *
 * - TURNABOUT_ASKER, not empty: this process is to ask, and nothing else.
 * - TURNABOUT_ASKING: where. The path of a socket (ta_listener_open()), or "terminal": /dev/tty, or
 *   "terminal:/dev/pts/3", the terminal by its name, which can be reached from another session.
 *
 * While it waits for the answer it says so on standard error (TA_ASKING_BEGINS, TA_ASKING_ENDS,
 * each a line), for whoever runs git and counts how long git has been silent.
 */
#ifndef TURNABOUT_BASE_ASKING_H
#define TURNABOUT_BASE_ASKING_H

#include <stdbool.h>
#include <stddef.h>

#define TA_ASKING "TURNABOUT_ASKING"
#define TA_ASKER "TURNABOUT_ASKER"
#define TA_ASKING_BEGINS "turnabout: a question is asked"
#define TA_ASKING_ENDS "turnabout: the question was answered"

#endif
