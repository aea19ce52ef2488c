/**
 * Whose turn it is among the pairs that are fetched. Private to the desk.
 *
 * There are two rounds. In the first each pair has little time: one that says nothing is put off,
 * and so are those of a host that has said nothing to several and answered nobody. In the second
 * round they have all the time that is allowed. A host that let that pass, too, is given up with
 * all its pairs, and after a while no more are begun: hosts that are gone cost minutes, not hours.
 */
#ifndef TURNABOUT_DESK_FETCHING_TURNS_H
#define TURNABOUT_DESK_FETCHING_TURNS_H

#include <pthread.h>
#include <stdatomic.h>

#include "turnabout/desk/fetching.h"
#include "turnabout/ledger/transport.h"

struct host;

/** A pair; until `is_done` it is a thread's, from then on the stepper's. */
struct job {
    const struct ta_member *member;
    struct host *host; /**< NULL: it is a path here */
    enum ta_fetch_outcome outcome;
    char tip[TA_ID_SIZE];
    char *trouble;       /**< of the first round, too, until the second is over */
    atomic_bool is_late; /**< it was put off */
    bool may_wait;       /**< it is not known whether its host answers */
    bool is_hopeless;    /**< it is not worth another try */
    atomic_bool is_done;
    bool is_counted;
    bool is_taken; /**< its ref was set */
};

struct turns {
    pthread_mutex_t lock;
    struct job **first;
    size_t count, first_at; /**< of all, and the next of them */
    struct job **late;
    size_t late_count, late_at;
    void *hosts;     /**< a tree of struct host, by name */
    int seconds;     /**< for a pair in the second round to be silent */
    int64_t late_to; /**< milliseconds of the monotonic clock; 0: the second round has not begun */
};

/** Those that failed the last time come last; of the others, those that need no network first. */
void turns_begin(struct turns *turns, struct job *jobs, size_t count, int seconds);
void turns_end(struct turns *turns);

/** The next, of either round; NULL: there is none at present. */
struct job *turns_take(struct turns *turns);
/** How a try went; true: the pair comes again in the second round. */
bool turns_put_off(struct turns *turns, struct job *job, enum ta_given_up given_up);
/** How many were put off and wait for somebody, when nobody is waiting for the first round. */
size_t turns_waiting(struct turns *turns);

#endif
