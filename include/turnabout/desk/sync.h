/**
 * The same record on two machines, and what the coordinator gets: remotes, joining, syncing.
 *
 * A pair may have two remotes, and does not need either: `record` is shared by the two of them,
 * `released` is the coordinator's. Whatever comes from a remote is untrusted: it is fetched beside
 * the record (TA_REF_INCOMING), checked (ledger/inspect.h), and only then merged. What is refused
 * leaves main, the drafts and everything else as they were.
 *
 * A sync may take as long as the network does. It never asks on its own: passwords come from the
 * transport's asker. Of two syncs of one pair at once the second is refused (TA_BUSY).
 */
#ifndef TURNABOUT_DESK_SYNC_H
#define TURNABOUT_DESK_SYNC_H

#include "turnabout/desk/desk.h"

struct ta_transport;

enum ta_remote { TA_REMOTE_RECORD, TA_REMOTE_RELEASED, TA_REMOTES };

/** "record", "released". */
const char *ta_remote_name(enum ta_remote remote);
/** Reads such a name, in any case. */
bool ta_remote_read(enum ta_remote *remote, struct ta_piece text);

/** How a sync ended; the later the worse. */
enum ta_sync_end {
    TA_SYNC_NEVER,     /**< there was none yet, or there is no such remote */
    TA_SYNC_DONE,      /**< both sides have the same */
    TA_SYNC_CONFLICTS, /**< both changed the same words: the pair has to choose (desk/merge.h) */
    TA_SYNC_REWRITTEN, /**< what the remote had is no longer in its history: the pair has to say */
    TA_SYNC_REFUSED,   /**< what the remote has is not taken, or it does not take ours */
    TA_SYNC_FAILED,    /**< it could not be reached, or the disk is full, or git is missing */
};

/** "done", "conflicts", "rewritten", "refused", "failed"; "never". */
const char *ta_sync_end_name(enum ta_sync_end end);

/* Remotes */

/** Where a remote is and how it went the last time; all empty when there is none. */
struct ta_remote_state {
    char *url;            /**< NULL: there is no such remote */
    int64_t synced;       /**< when a sync last went well; 0: never */
    enum ta_sync_end end; /**< of the last sync */
    char *message;        /**< what it said; NULL: nothing */
};

/**
 * Sets where a remote is: a path (made whole by the working folder), or a URL that the user's git
 * knows. TA_WRONG: it is none, or has a password in it, which would end up in the database, in
 * messages and in the list of processes: the sentence tells of credential helpers. TA_REFUSED: the
 * other remote of the pair is the same place, or it is another pair's, or lies in the folder with
 * the program's own data.
 */
bool ta_desk_remote_set(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                        const char *url, struct ta_error *err);
/** TA_ABSENT: there is no such remote. What was synced stays on both sides. */
bool ta_desk_remote_remove(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote,
                           struct ta_error *err);
/** Release each with ta_remotes_release(). */
bool ta_desk_remotes(struct ta_desk *desk, const struct ta_pair *pair,
                     struct ta_remote_state remotes[TA_REMOTES], struct ta_error *err);
void ta_remotes_release(struct ta_remote_state remotes[TA_REMOTES]);
/** Whether the pair has such a remote. */
bool ta_desk_has_remote(struct ta_desk *desk, const struct ta_pair *pair, enum ta_remote remote);
/** Whether main has commits that the remote of the record had not when it was last asked; false
 *  without such a remote. Reads two small files. */
bool ta_desk_is_unsent(struct ta_desk *desk, const struct ta_pair *pair);

/* Joining */

struct ta_joining {
    const char *url;
    enum ta_role me;  /**< who sits here; TA_NOBODY: whoever the configured identity is */
    const char *slug; /**< NULL: made from the names */
    const struct ta_transport *transport; /**< NULL: one that asks nothing */
    /** As in struct ta_sync_options. */
    void (*phase)(const char *phase, int percent, void *data);
    void *data;
};

/**
 * Brings a pair from a remote to this machine, with its record and this remote, and in hand. What
 * is half done lies aside in pairs/.join and is cleared by the next try.
 *
 * `pair` must be zeroed; persons and topic are filled in also when TA_WRONG says that nobody knows
 * who of the two sits here. TA_REFUSED: the pair is here already (`pair->slug` says where), the
 * slug is taken, or what is there is not taken as a record. TA_ABSENT: the remote is empty.
 */
bool ta_desk_join(struct ta_desk *desk, const struct ta_joining *joining, struct ta_pair *pair,
                  struct ta_error *err);

/* Syncing */

/** What to do when the remote's history was rewritten (a forced push, or an older copy). */
enum ta_rewritten {
    TA_REWRITTEN_ASK,   /**< nothing: the sync ends with TA_SYNC_REWRITTEN */
    TA_REWRITTEN_MERGE, /**< both are kept: what was taken away there is brought back */
    TA_REWRITTEN_TAKE   /**< theirs becomes ours; ours stays under TA_REF_KEPT */
};

struct ta_sync_options {
    enum ta_rewritten rewritten;
    const struct ta_transport *transport; /**< NULL: one that asks nothing */
    /** What it is at: "Record: receiving", and 0 to 100; may be NULL. The transport's own progress
     * is not told. */
    void (*phase)(const char *phase, int percent, void *data);
    void *data;
};

/** What became of one remote. */
struct ta_synced_remote {
    enum ta_sync_end end;
    size_t fetched, pushed; /**< commits */
    char newest[160];       /**< how the newest fetched begins; "": none, or it says nothing new */
    bool merged;            /**< theirs and ours came together in a commit */
    bool contract_merged;   /**< so did their contract, into a paper that nobody has signed */
    size_t conflicts;       /**< that wait for the pair */
    char message[768];      /**< a sentence; "": nothing to say. May hold raw names. */
};

/** Something that came with the record in the name of who sits here. */
struct ta_named {
    char *act;        /**< "your approval of session 2" */
    char *otherwise;  /**< what to do when it was somebody else: "turnabout release withhold 2"; "":
                           nothing more */
    unsigned session; /**< of an approval; 0: it is none */
};

struct ta_synced {
    struct ta_synced_remote remote[TA_REMOTES];
    enum ta_sync_end end; /**< the worst of them */
    struct ta_named *in_your_name;
    size_t named_count;
};

void ta_synced_release(struct ta_synced *synced);

/**
 * Fetches the record, checks and merges it, pushes it (again, when the other pushed meanwhile);
 * then brings released.git up to it and pushes that, with a lease. Without a remote of the record
 * only the second. True: it ran, and `synced` says how it ended; release it. TA_ABSENT: the pair
 * has no remote. TA_BUSY: another sync of the pair is under way.
 *
 * Names are typed, and whoever may push can type them. What came in the name of who sits here
 * (signatures, approvals, a key) is listed, and said in the message of the record; what is new to
 * be released then waits for the next sync, so that they have seen it before words leave by it.
 * What one of the two took back goes at once, and also while the record waits for a choice.
 */
bool ta_desk_sync(struct ta_desk *desk, const struct ta_pair *pair,
                  const struct ta_sync_options *options, struct ta_synced *synced,
                  struct ta_error *err);

#endif
