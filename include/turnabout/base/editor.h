/**
 * The person's own editor ($VISUAL, $EDITOR, else vi) on a piece of text.
 */
#ifndef TURNABOUT_BASE_EDITOR_H
#define TURNABOUT_BASE_EDITOR_H

#include <stdbool.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

/**
 * Writes the text to a private temporary file (mode 0600, named `name`, as "summary.md"), runs
 * `command` on it through the shell with the terminal's signals and mask at their defaults, waits,
 * and reads the file back. The terminal must be in its ordinary state (curses suspended).
 * TA_SYSTEM: the editor could not run or ended with an error: the sentence names the kept file,
 * which is then left in place so that nothing typed is lost. TA_WRONG: what came back is not UTF-8
 * or over 1 MB; kept too.
 */
bool ta_editor_run(struct ta_text *text, const char *command, const char *name,
                   struct ta_error *err);

/** VISUAL, else EDITOR, else "vi", from an environment given as lookups. */
const char *ta_editor_command(char *(*lookup)(const char *name));

#endif
