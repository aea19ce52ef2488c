/**
 * What one of the two does at their machine: one act, chosen by chance, in a process of its own
 * that may be killed at any moment.
 */
#ifndef TURNABOUT_TESTS_DESK_MACHINES_ACTS_H
#define TURNABOUT_TESTS_DESK_MACHINES_ACTS_H

#include <stdint.h>

struct act {
    const char *home;    /**< TURNABOUT_HOME of the machine */
    const char *remote;  /**< a bare repository that both share */
    const char *said;    /**< file: lines of what the record has from now on, appended */
    const char *dropped; /**< file: lines that a choice left out, appended before it is made */
    int64_t now;
    uint64_t chance;
    unsigned number; /**< of the act: whatever it writes has it in it */
};

/** How a process ends that did what it should, or was told no by a rule. */
enum { ACT_DONE = 0, ACT_REFUSED = 3, ACT_BROKEN = 4 };

/** Whatever chance says. */
int act_any(const struct act *act);
/** The first: makes the pair and its remote. */
int act_begin(const struct act *act);
/** Fetches, merges and pushes. */
int act_sync(const struct act *act);
/** The same, and chooses wherever both changed the same. */
int act_settle(const struct act *act);
/** What the index has is what main has: ACT_DONE. */
int act_look(const struct act *act);

#endif
