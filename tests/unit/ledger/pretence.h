/**
 * What the tests of the transport share: a fetch that must fail, and a git that does as it is told.
 */
#ifndef TURNABOUT_TESTS_LEDGER_PRETENCE_H
#define TURNABOUT_TESTS_LEDGER_PRETENCE_H

#include "turnabout/ledger/transport.h"
#include "world.h"

/** Fetches into the world's record; it must fail with this code, and say these words. */
void fetch_fails(struct world *world, const struct ta_transport *transport, const char *url,
                 enum ta_code code, const char *words);

/** From now on git is this line of a shell, until stop_pretending(). */
void pretend(struct world *world, const char *script);
void stop_pretending(struct world *world);

#endif
