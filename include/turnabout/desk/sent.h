/**
 * How far the two machines are apart, as far as it is known without asking the network: what the
 * home screen says of it. One row of the store, two small files, and a few rows of the log.
 */
#ifndef TURNABOUT_DESK_SENT_H
#define TURNABOUT_DESK_SENT_H

#include "turnabout/desk/sync.h"

enum { TA_UNSENT_MOST = 100 }; /**< counted no further */

struct ta_sent {
    bool is_shared;       /**< the record has a remote; else all that follows is empty */
    int64_t synced;       /**< when a sync last went well; 0: never */
    enum ta_sync_end end; /**< of the last sync */
    bool is_unsent;       /**< main has what the remote had not when it was last asked */
    size_t unsent;        /**< so many commits; 0: nobody knows, or TA_UNSENT_MOST: or more */
    bool waits;           /**< what the remote had is not in main: the pair has to choose */
};

/** Asks no network: what is told is of the last sync. Nothing in it is to be released. */
bool ta_desk_sent(struct ta_desk *desk, const struct ta_pair *pair, struct ta_sent *sent,
                  struct ta_error *err);

/** Whether a document of a session ("agenda.md") stands in main as the remote of the record had not
 *  got it when it was last asked: the other of the two has it with the next sync. */
bool ta_desk_waits_for_sync(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                            const char *document);

/** In a few words: "synced 10:02, 3 to send", behind "last sync failed; " when it did; nothing
 *  without a remote. Appends. */
void ta_sent_say(struct ta_text *out, const struct ta_sent *sent, struct ta_day today);

#endif
