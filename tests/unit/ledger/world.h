/**
 * What a test of the ledger stands in: a folder of its own with nothing of this machine's git
 * configuration, a pair, a place for their record, and the real git to look at it with.
 */
#ifndef TURNABOUT_TESTS_LEDGER_WORLD_H
#define TURNABOUT_TESTS_LEDGER_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "turnabout/ledger/ledger.h"

struct world {
    char *folder;
    char *record; /**< "<folder>/record.git", made by world_with_record() */
    struct ta_git *git;
    struct ta_pair pair;
    struct ta_error err;
    char id[TA_ID_SIZE]; /**< of the last commit made by world_commit() */
};

/** For cmocka_unit_test_setup_teardown(); the state is a struct world. */
int world_open(void **state);
int world_with_record(void **state);
int world_close(void **state);

/** Runs a shell's command line in the world's folder, where git means the record. True: exit 0. */
bool world_runs(struct world *world, const char *command, ...)
    __attribute__((format(printf, 2, 3)));

/** The same, must succeed; what it printed, without the last line end, until the next call. */
const char *world_says(struct world *world, const char *command, ...)
    __attribute__((format(printf, 2, 3)));

/** Dana commits one document as of session `session`; must succeed. */
void world_commit(struct world *world, unsigned session, const char *path, const char *text);

/** As above, and may fail: for what the error says. */
bool world_tries(struct world *world, const char *path, const char *text);

/** The record as git sees it: `git fsck --strict` finds nothing. */
void world_is_sound(struct world *world);

#endif
