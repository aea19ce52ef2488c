/**
 * Fetching what the pairs of a programme released: many at once, each with a limit of its own, and
 * those that are silent behind all others, so that a slow or broken one holds nobody up; and only
 * what moved is read.
 *
 * Threads of its own run git (turnabout/ledger/transport.h); whoever began it takes in what has
 * come, with ta_fetching_step(), as often as they like. Nothing is asked on the way: where a
 * password would be needed, an agent or a credential helper has to know it. What came is checked
 * before it is taken in (turnabout/ledger/inspect.h), and what lies under a wrong address is told.
 */
#ifndef TURNABOUT_DESK_FETCHING_H
#define TURNABOUT_DESK_FETCHING_H

#include "turnabout/desk/programme.h"

struct ta_fetching;

enum ta_fetch_outcome {
    TA_FETCH_WAITS,   /**< it was not its turn yet, or it was stopped before */
    TA_FETCH_SAME,    /**< nothing new */
    TA_FETCH_MOVED,   /**< something new came */
    TA_FETCH_NOTHING, /**< there is nothing yet: they have not released anything */
    TA_FETCH_REFUSED, /**< what came cannot be taken: it is not theirs, or not sound */
    TA_FETCH_FAILED   /**< it could not be fetched */
};

/** "waits", "same", "moved", "nothing", "refused", "failed". */
const char *ta_fetch_outcome_name(enum ta_fetch_outcome outcome);

/** A pair that is fetched. The strings are the fetching's. */
struct ta_fetched {
    const struct ta_member *member; /**< as it was before */
    enum ta_fetch_outcome outcome;
    const char *trouble; /**< of those refused and failed; else NULL */
};

struct ta_fetch_count {
    size_t all, done, moved, failed; /**< failed: or refused; done: not those that were stopped */
    size_t late;                     /**< put off, since they do not answer, and not done yet */
    bool running;                    /**< there is more to come */
};

enum { TA_FETCH_AT_ONCE = 8, TA_FETCH_SECONDS = 60 };

/**
 * `at_once` 0: TA_FETCH_AT_ONCE; `seconds` a pair may be silent or, when others wait, take at all,
 * 0: TA_FETCH_SECONDS. TA_BUSY: another program fetches.
 *
 * A pair that says nothing for a twelfth of that is put off until all others were asked, and then
 * has all of it, while four times as many are waited for at once. One that speaks may take ten
 * times as long then. Of a host that is silent for four pairs and answers nobody the others are not
 * asked, and five such limits after the second round began none is asked a second time: with
 * TA_FETCH_SECONDS, all hosts that are gone cost five seconds each, eight of them at once, and six
 * minutes at most.
 */
bool ta_fetching_begin(struct ta_fetching **fetching, struct ta_desk *desk, unsigned at_once,
                       int seconds, struct ta_error *err);
/** Takes in what has come, after waiting for it at most so many milliseconds. */
bool ta_fetching_step(struct ta_fetching *fetching, int wait, struct ta_fetch_count *count,
                      struct ta_error *err);
/** Ends what is being fetched; what has come is still taken in by the next steps. */
void ta_fetching_stop(struct ta_fetching *fetching);
struct ta_fetched ta_fetching_pair(const struct ta_fetching *fetching, size_t index);
/** Stops, and waits until all threads have ended. */
void ta_fetching_end(struct ta_fetching *fetching);

#endif
