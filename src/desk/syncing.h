/**
 * What the two halves of a sync share, and joining with them.
 */
#ifndef TURNABOUT_SRC_DESK_SYNCING_H
#define TURNABOUT_SRC_DESK_SYNCING_H

#include "turnabout/desk/sync.h"
#include "turnabout/ledger/transport.h"
#include "turnabout/store/sessions.h"

struct syncing {
    struct ta_desk *desk;
    const struct ta_pair *pair;
    const struct ta_sync_options *options;
    struct ta_synced *synced;
    struct ta_transport transport; /**< that of the options, telling its progress to `phase` */
    const char *about;             /**< what is under way: "Record" */
    char *url[TA_REMOTES];         /**< NULL: there is no such remote */
    struct ta_text said;           /**< sentences on sessions that got other numbers */
    bool was_released;             /**< the last sync brought what is released to its place */
    char *record;                  /**< where the repository of each lies */
    char *released;
};

/** Brings the record and its remote together. */
void sync_record(struct syncing *syncing, struct ta_synced_remote *synced);
/** Brings what is released to the coordinator's remote. False: it was not even made, for a reason
 *  that `synced` tells. */
bool sync_released(struct syncing *syncing, struct ta_synced_remote *synced);
/** What became of what was taken back. */
enum sync_taken {
    SYNC_TAKEN_NOTHING, /**< there was nothing to take back, as far as is known */
    SYNC_TAKEN,         /**< it is gone at the coordinator's remote */
    SYNC_TAKEN_FAILED,  /**< it is still there, for this reason */
};
/** Takes out of what stands at the coordinator's remote what was taken back, and adds nothing;
 *  leaves how it ended to be told. `is_synced`: the record has what both know. */
enum sync_taken sync_take_back(struct syncing *syncing, bool is_synced,
                               struct ta_synced_remote *synced, struct ta_error *err);

/** Writes down how it ends, with a sentence. */
void sync_end(struct ta_synced_remote *synced, enum ta_sync_end end, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** Ends it with what went wrong. */
void sync_fail(struct ta_synced_remote *synced, const struct ta_error *err);
/** Waits a moment, longer with each attempt, and never two machines alike. */
void sync_pause(unsigned attempt);

/** The transport of the options with its progress told as `phase` has it. */
void sync_listen(struct syncing *syncing, const struct ta_transport *transport);

/** Takes the lock of a folder of pairs, so that no two programs are at it at once; `*lock` is to be
 *  closed. TA_BUSY. */
bool sync_lock(const char *file, const char *what, int *lock, struct ta_error *err);

/** Lists what a checked commit brings in the name of who sits here: what neither `ours` nor `had`
 *  (what the remote had the last time; "": nothing) has. Reads the documents only that differ. */
bool sync_find_named(struct syncing *syncing, const char *ours, const char *had, const char *theirs,
                     struct ta_error *err);
/** Of a session that one of the two withholds by now, that is told in place of what to do. */
void sync_settle_named(const struct syncing *syncing, struct ta_synced *synced);
/** Appends what was listed as a sentence or two, or nothing. */
void sync_say_named(struct ta_text *out, const struct ta_synced *synced);

/** The session that is open here, whether the record has a summary of it, and the numbers of those
 *  that were held here. */
struct sync_sessions {
    int64_t sitting; /**< 0: none is open */
    unsigned session;
    bool is_written;
    struct ta_sitting_numbers numbers;
};
void sync_read_sessions(const struct syncing *syncing, struct sync_sessions *sessions);
/** Says in front of the message what a sync made of them, and releases `was`. */
void sync_say_sessions(const struct syncing *syncing, struct sync_sessions *was,
                       struct ta_synced_remote *synced);

/** Whether a fetched commit, with its README, is the record of these two. */
bool sync_is_ours(struct syncing *syncing, const char *commit, struct ta_error *err);
/** Who a fetched record is of: fills in a zeroed pair. TA_REFUSED. */
bool sync_read_pair(struct ta_desk *desk, const char *record, const char *commit,
                    struct ta_pair *pair, struct ta_error *err);

#endif
