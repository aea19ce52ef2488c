/**
 * The difference between two texts, line by line, as libgit2 finds it.
 */
#ifndef TURNABOUT_LEDGER_DIFFERENCE_H
#define TURNABOUT_LEDGER_DIFFERENCE_H

#include "turnabout/ledger/ledger.h"

struct ta_difference_line {
    char origin; /**< ' ' in both, '-' only before, '+' only after */
    char *text;  /**< without its line end */
};

struct ta_difference {
    struct ta_difference_line *items;
    size_t count;
};

/** All lines of both texts in reading order. Two equal texts have no '-' and no '+'. */
bool ta_ledger_difference(struct ta_git *git, const char *before, const char *after,
                          struct ta_difference *difference, struct ta_error *err);
void ta_difference_release(struct ta_difference *difference);

#endif
