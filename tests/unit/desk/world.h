/**
 * A desk of its own for each test: an empty folder, a clock that stands, one pair.
 */
#ifndef TURNABOUT_TESTS_DESK_WORLD_H
#define TURNABOUT_TESTS_DESK_WORLD_H

#include "turnabout/desk/agenda.h"
#include "turnabout/desk/contract.h"
#include "turnabout/desk/session.h"
#include "turnabout/desk/standing.h"
#include "turnabout/desk/summary.h"

struct world {
    struct ta_desk desk;
    struct ta_pair pair;
    struct ta_error err;
    char *home;
};

/** Mon 23 Nov 2026, 10:00 in Berlin; the pair is Priya Raman and Dana Holt. cmocka's setup. */
int world_open(void **state);
int world_close(void **state);
/** Closes the desk and opens it again, as a program that was ended and started. */
void world_reopen(struct world *world);
void world_later(struct world *world, int64_t minutes);
void world_days_later(struct world *world, int days);

/** Goals, off-limits "family" and "health", signed by both. */
void world_agree(struct world *world);
/** Starts a session, takes the lines as notes a minute apart, and ends it after 45 minutes. */
void world_hold(struct world *world, const char *const *lines, size_t count);
/** Commits the summary that waits. */
void world_sum_up(struct world *world);

/** The output of a shell command with $record set; free with free(). Fails the test when the
 * command fails. */
char *world_shell(struct world *world, const char *command);

/** What is ours is in some object of the record, what is mine in none, whatever leads to it. */
void no_object_has_it(struct world *world, const char *ours, const char *mine);

/** The call must fail with this code, and its sentence must have this word. */
void refused(struct world *world, bool ok, enum ta_code code, const char *word);
/** The call must not fail. */
void fine(struct world *world, bool ok);

#endif
