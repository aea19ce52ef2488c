/**
 * A surface as text, to keep in a file and to compare with one.
 */
#ifndef TURNABOUT_TESTS_SCREEN_PICTURE_H
#define TURNABOUT_TESTS_SCREEN_PICTURE_H

#include "script.h"
#include "turnabout/tui/surface.h"

/**
 * Compares the surface with the file `name` of the script's folder (characters, a row a line,
 * trailing blanks trimmed), and, when there is one, with the file whose name ends in ".roles"
 * instead (a letter a cell, see picture.c). With UPDATE in the environment the files are written
 * instead. Differences are said by script_fail().
 */
void picture_expect(struct script *script, const struct ta_surface *surface, const char *name);

/** Whether a text stands in some row. */
bool picture_holds(const struct ta_surface *surface, const char *text);
/** As remarks of TAP. */
void picture_print(const struct ta_surface *surface);

/** Says so when a cell holds what must never reach a terminal. */
void picture_check(struct script *script, const struct ta_surface *surface);

#endif
