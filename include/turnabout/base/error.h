/**
 * What went wrong in the world outside, as one sentence for the person at the keyboard.
 *
 * A function that files, databases, repositories or the network can refuse returns bool and takes a
 * `struct ta_error *` as its last argument. The error belongs to the caller, need not be
 * initialised, and is written only on failure. The sentence says what happened, to which thing, and
 * what to do now; a library's own message is copied into it where it happened and never overwritten
 * above.
 */
#ifndef TURNABOUT_BASE_ERROR_H
#define TURNABOUT_BASE_ERROR_H

#include <stdbool.h>

enum ta_code {
    TA_WRONG = 1, /**< what was given cannot be used: a date, a name, minutes, a text */
    TA_REFUSED,   /**< the state of things forbids it: no session runs, already signed */
    TA_ABSENT,    /**< the thing that was named is not there */
    TA_BUSY,      /**< another process holds it, or changed it meanwhile */
    TA_DAMAGED,   /**< it is there and cannot be read as what it should be */
    TA_SYSTEM,    /**< the operating system said no: disk full, permission, no such folder */
};

struct ta_error {
    enum ta_code code;
    char text[768]; /**< one line of UTF-8 without a line end; may hold raw names: clean to show */
};

/** Writes code and sentence into `err` (which may be NULL) and returns false, always. */
bool ta_fail(struct ta_error *err, enum ta_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
