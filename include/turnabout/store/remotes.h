/**
 * Where a pair's repositories go to when they are synced, and how that went the last time.
 */
#ifndef TURNABOUT_STORE_REMOTES_H
#define TURNABOUT_STORE_REMOTES_H

#include <stddef.h>
#include <stdint.h>

#include "turnabout/store/store.h"

struct ta_stored_remote {
    char *name;     /**< "record" or "released" */
    char *url;      /**< never with a password in it */
    int64_t synced; /**< when a sync last went well, milliseconds since 1970; 0: never yet */
    char *end;      /**< how the last sync ended, a word of the desk's; NULL: there was none */
    char *message;  /**< what it said; NULL: nothing */
};

struct ta_stored_remotes {
    struct ta_stored_remote *items; /**< by name */
    size_t count;
};

/** Those of a pair; none when it has no such pair. */
bool ta_store_remotes(struct ta_store *store, int64_t pair, struct ta_stored_remotes *remotes,
                      struct ta_error *err);
void ta_stored_remotes_release(struct ta_stored_remotes *remotes);

/** Sets where a remote is; with another URL than before, how it went there is forgotten. */
bool ta_store_remote_put(struct ta_store *store, int64_t pair, const char *name, const char *url,
                         struct ta_error *err);
/** `was` tells whether it was there. */
bool ta_store_remote_drop(struct ta_store *store, int64_t pair, const char *name, bool *was,
                          struct ta_error *err);

/** Keeps how a sync ended, for people to see: not flushed. `synced` 0: the time of the last one
 * that went well stays. Nothing when there is no such remote any more. */
bool ta_store_remote_ended(struct ta_store *store, int64_t pair, const char *name, int64_t synced,
                           const char *end, const char *message, struct ta_error *err);

#endif
