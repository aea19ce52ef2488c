/**
 * What the files of fetching share: threads run git (fetching_work.c), in turns (fetching_turns.h),
 * and who began it takes in what has come (fetching.c). Private to the desk.
 */
#ifndef TURNABOUT_DESK_FETCHING_PRIVATE_H
#define TURNABOUT_DESK_FETCHING_PRIVATE_H

#include "fetching_turns.h"

enum { BATCH = 32 }; /* pairs that came and are handed over at once */

/** A thread, and the repository that it alone fetches into. */
struct worker {
    struct ta_fetching *fetching;
    pthread_t thread;
    char *incoming; /**< NULL: it is not made yet */
    unsigned number;
    bool is_spare;              /**< it is there to wait for those who are silent */
    bool has_heard;             /**< somebody who was not */
    struct job *pending[BATCH]; /**< what came and was not handed over yet */
    size_t pending_count;
};

struct ta_fetching {
    struct ta_desk *desk;
    char *programme, *incoming; /**< the repository, and the folder of those fetched into */
    struct ta_day today;
    int turn;
    int seconds;
    struct ta_members members;
    struct job *jobs;
    struct turns turns;
    atomic_bool stopped; /**< no thread begins another */
    int stop;            /**< eventfd: readable when stopped */
    int came;            /**< eventfd: readable when a job is done or was put off */
    struct worker *workers;
    size_t worker_count, worker_most;
    pthread_t packer; /**< makes one pack of many, when all are fetched */
    bool is_ending, is_packing;
    atomic_bool is_packed;
    bool pack_ok;
    struct ta_error pack_err;
    struct ta_fetch_count count;
    size_t taken; /**< of those that moved, when refs were set last */
};

/** A thread's whole life; `data` is its struct worker. */
void *fetching_work(void *data);

#endif
