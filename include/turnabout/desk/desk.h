/**
 * The desk: everything a person does with Turnabout is one function of this layer, and this is the
 * only door for both faces, the screens and the command line.
 *
 * `struct ta_desk` holds what is made once, in main: the folders, the configuration, the clock, the
 * store and libgit2's handle. Nothing else in the program has state of its own.
 */
#ifndef TURNABOUT_DESK_DESK_H
#define TURNABOUT_DESK_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "turnabout/base/clock.h"
#include "turnabout/base/config.h"
#include "turnabout/base/error.h"
#include "turnabout/base/places.h"
#include "turnabout/domain/pair.h"
#include "turnabout/ledger/ledger.h"
#include "turnabout/store/store.h"

struct ta_reading;

struct ta_desk {
    struct ta_places places;
    struct ta_config config;
    struct ta_clock clock;
    struct ta_store *store;
    struct ta_store *programme;  /**< of a coordinator; NULL until it is needed (programme.h) */
    struct ta_reading *released; /**< the texts of the programme; likewise */
    struct ta_git *git;
    char *editor; /**< the person's editor as a shell command */
};

/**
 * Finds the folders, makes them when they are not there, reads the configuration and opens the
 * store. `lookup` is getenv() or a test's own. TURNABOUT_CLOCK gives the clock another start.
 */
bool ta_desk_open(struct ta_desk *desk, char *(*lookup)(const char *name), struct ta_error *err);
void ta_desk_close(struct ta_desk *desk);

/** A descriptor that becomes readable when another terminal or a command has changed something;
 *  -1: there can be none. It stays the desk's. */
int ta_desk_listen(struct ta_desk *desk);
/** Whether something was changed elsewhere since this was asked last. Never waits. */
bool ta_desk_heard(struct ta_desk *desk);

int64_t ta_desk_now(const struct ta_desk *desk);
/** Now in the local zone. */
struct ta_moment ta_desk_moment(const struct ta_desk *desk);
struct ta_day ta_desk_today(const struct ta_desk *desk);

/**
 * Makes a pair from persons, topic and `me`: finds a slug, makes its record with a first commit,
 * stores it, and puts it in hand. TA_WRONG: no name, or both are the same person.
 */
bool ta_desk_pair_new(struct ta_desk *desk, struct ta_pair *pair, struct ta_error *err);
/** The pair with this slug, or (NULL) the one in hand. A record that lies in its folder while the
 * database does not know its pair (it was lost, or a copy was laid back) is taken in again.
 * TA_ABSENT says which there are. */
bool ta_desk_pair(struct ta_desk *desk, const char *slug, struct ta_pair *pair,
                  struct ta_error *err);
/** Puts a pair in hand; `me`, when it is somebody, is who sits at this machine from now on.
 *  TA_ABSENT. */
bool ta_desk_pair_use(struct ta_desk *desk, const char *slug, enum ta_role me,
                      struct ta_error *err);
/** All of them; those of records that are there when the database knows none. */
bool ta_desk_pairs(struct ta_desk *desk, struct ta_pairs *pairs, struct ta_error *err);

/** Who acts: `as` when it is somebody, else who sits here, else `usual`. */
const struct ta_person *ta_desk_actor(const struct ta_pair *pair, enum ta_role as,
                                      enum ta_role usual);

/** The role of the configured identity in this pair, by address, then by name; TA_NOBODY: neither.
 */
enum ta_role ta_desk_identity(const struct ta_desk *desk, const struct ta_pair *pair);

#endif
