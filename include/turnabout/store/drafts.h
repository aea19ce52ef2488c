/**
 * Drafts: texts that are being written ("contract", "agenda/3", "summary/3", "line/3"), by pair.
 *
 * Every draft has a revision that rises with each change. Who writes says which revision they read;
 * when it moved meanwhile, nothing is written and nobody's text is lost.
 */
#ifndef TURNABOUT_STORE_DRAFTS_H
#define TURNABOUT_STORE_DRAFTS_H

#include <stdint.h>

#include "turnabout/store/store.h"

struct ta_draft {
    char *text;       /**< NULL: there is no such draft */
    int64_t revision; /**< 0: there is no such draft */
    int64_t changed;  /**< instant */
};

/** No such draft is no failure: text NULL, revision 0. */
bool ta_store_draft(struct ta_store *store, int64_t pair, const char *name, struct ta_draft *draft,
                    struct ta_error *err);
/**
 * Writes a draft that was read at `*revision` (0: there was none), and moves `*revision` on.
 * TA_BUSY: it was changed, or dropped, meanwhile; the stored one stands. TA_ABSENT: no such pair.
 */
bool ta_store_draft_put(struct ta_store *store, int64_t pair, const char *name, const char *text,
                        int64_t *revision, int64_t now, struct ta_error *err);
/** The same for what concerns nobody but who types it: no bell rings. */
bool ta_store_draft_keep(struct ta_store *store, int64_t pair, const char *name, const char *text,
                         int64_t *revision, int64_t now, struct ta_error *err);
/** Drops a draft that was read at `revision`. One that was changed since stays, and one that is
 * gone is gone: neither is a failure. */
bool ta_store_draft_drop(struct ta_store *store, int64_t pair, const char *name, int64_t revision,
                         struct ta_error *err);
void ta_draft_release(struct ta_draft *draft);

#endif
