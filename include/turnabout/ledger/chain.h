/**
 * A repository whose whole history is made anew from what it should say: the released one.
 *
 * Commits follow from their texts, subjects and times alone: author and committer are the program,
 * in UTC. So the same chain has the same ids wherever it is made. What was committed before stays
 * among the objects until git collects them, but no branch leads to it.
 */
#ifndef TURNABOUT_LEDGER_CHAIN_H
#define TURNABOUT_LEDGER_CHAIN_H

#include "turnabout/ledger/ledger.h"

/** One commit: what it changes against the one before. */
struct ta_link {
    const char *subject;
    int64_t when; /**< seconds since 1970 */
    const struct ta_change *changes;
    size_t count;
};

/**
 * Makes `count` commits (at least one) in the repository at `path`, which is made when it is not
 * there, and moves main to the last, whose id goes to `tip`. Durable when it returns; killed on the
 * way, main is where it was. Codes as in ledger.h.
 */
bool ta_ledger_chain(struct ta_git *git, const char *path, const struct ta_link *links,
                     size_t count, char tip[TA_ID_SIZE], struct ta_error *err);

/** The commits alone, in a repository that is there: no branch leads to them, and they are not
 *  flushed yet. For many chains in one repository, each under a ref of its own. */
bool ta_ledger_chain_apart(struct ta_git *git, const char *path, const struct ta_link *links,
                           size_t count, char tip[TA_ID_SIZE], struct ta_error *err);

#endif
