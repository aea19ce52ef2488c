/**
 * A script of keys and expected screens: one step a line, a verb and what it is about.
 */
#ifndef TURNABOUT_TESTS_SCREEN_SCRIPT_H
#define TURNABOUT_TESTS_SCREEN_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/error.h"

struct step {
    int line; /**< from 1 */
    char *verb;
    char *about; /**< the rest of the line without white space at its ends; "" */
};

struct script {
    char *folder;
    struct step *steps;
    size_t count;
    size_t at; /**< the step that is next */
    unsigned failures;
};

/** Reads `folder`/script; empty lines and those that begin with "#" are passed over. */
bool script_read(struct script *script, const char *folder, struct ta_error *err);
void script_release(struct script *script);

/** The next step, not taken; NULL at the end. */
const struct step *script_look(const struct script *script);

/** Says what went wrong at the step that was taken last (a TAP remark) and counts it. */
void script_fail(struct script *script, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
