/**
 * The log: what history shows of every commit, so that it opens without a repository. Derived, as
 * the index is: it may be deleted at any time, and the desk brings it up from the repository.
 *
 * It is in step with `main` when its newest commit is main's. What stands in it was read from a
 * repository that others may have written: it may hold anything.
 */
#ifndef TURNABOUT_STORE_LOG_H
#define TURNABOUT_STORE_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/date.h"
#include "turnabout/store/index.h"

struct ta_logged {
    char id[TA_COMMIT_SIZE];
    char *subject;
    char *author;
    struct ta_moment when;
    unsigned session; /**< 0: none */
};

/** The newest commit in the log of a pair; "" when there is none. */
bool ta_store_log_tip(struct ta_store *store, int64_t pair, char tip[TA_COMMIT_SIZE],
                      struct ta_error *err);

/**
 * Puts commits, newest first, on top of the log, in one transaction. `from` is the newest that was
 * there before. TA_BUSY: it is not any more. TA_ABSENT: no such pair.
 */
bool ta_store_log_add(struct ta_store *store, int64_t pair, const char *from,
                      const struct ta_logged *commits, size_t count, struct ta_error *err);
/** The same with the whole log dropped first: these are all its commits. */
bool ta_store_log_replace(struct ta_store *store, int64_t pair, const char *from,
                          const struct ta_logged *commits, size_t count, struct ta_error *err);

/** At most `limit` commits (0: all), newest first, after skipping `skip`. Each is handed to `take`,
 *  which owns its strings from then on. */
bool ta_store_log_read(struct ta_store *store, int64_t pair, size_t skip, size_t limit,
                       void (*take)(void *data, struct ta_logged *commit), void *data,
                       struct ta_error *err);

/** How many commits stand above the one with this id, looked for no further than `limit` of them;
 *  `found`: whether it is there. */
bool ta_store_log_above(struct ta_store *store, int64_t pair, const char *id, size_t limit,
                        bool *found, size_t *above, struct ta_error *err);

/** How many commits' ids begin with these digits, counted no further than two; `id` is the newest
 *  of them. */
bool ta_store_log_find(struct ta_store *store, int64_t pair, const char *digits, size_t *found,
                       char id[TA_COMMIT_SIZE], struct ta_error *err);

#endif
