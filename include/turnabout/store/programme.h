/**
 * The pairs of a coordinator's programme, and what they released, laid out for one look at all.
 *
 * The pairs are what the coordinator entered. All else is derived from the programme's repository:
 * it may be deleted, and the desk makes it anew. One row a pair holds what its line in the overview
 * says, in the order in which pairs need a look; one row a session holds its day and the text that
 * was released. How many sessions a month had, and the like, is counted as rows change
 * (ta_store_figures()), so that no first screen adds up the rows of a whole programme.
 */
#ifndef TURNABOUT_STORE_PROGRAMME_H
#define TURNABOUT_STORE_PROGRAMME_H

#include <stddef.h>
#include <stdint.h>

#include "turnabout/domain/attendance.h"
#include "turnabout/store/index.h"
#include "turnabout/store/store.h"

/** A pair of the programme. All strings are the member's; end it with ta_member_release(). */
struct ta_member {
    int64_t id;
    char *slug;
    char *mentor, *mentee; /**< names; "" until they are known */
    char *topic;           /**< may be NULL */
    char *url;             /**< of its released repository */
    int64_t added;
    int64_t fetched;            /**< when it was last asked for, with success; 0: never */
    char *trouble;              /**< why it was in vain the last time; NULL: it was not */
    char tip[TA_COMMIT_SIZE];   /**< the commit that was read; "": none */
    char taken[TA_COMMIT_SIZE]; /**< the one that all of this is of: the same, or the last before it
                                     that made sense */
    struct ta_attendance attendance;
};

struct ta_members {
    struct ta_member *items;
    size_t count;
};

/** The last look at a pair was in vain, or there was none yet, so that what is known of it may be
 *  old, or nothing. */
bool ta_is_missing(const struct ta_member *member);

void ta_member_release(struct ta_member *member);
void ta_members_release(struct ta_members *members);

/**
 * Adds pairs, all or none; ids are written into them. TA_REFUSED: a slug or an address is there
 * already; `*wrong` (may be NULL) is the index of the first that is.
 */
bool ta_store_members_add(struct ta_store *store, struct ta_member *members, size_t count,
                          size_t *wrong, struct ta_error *err);
/** Takes a pair out with all that was derived from it. TA_ABSENT. */
bool ta_store_member_remove(struct ta_store *store, const char *slug, struct ta_error *err);
/** By slug. TA_ABSENT. */
bool ta_store_member(struct ta_store *store, const char *slug, struct ta_member *member,
                     struct ta_error *err);
/** Whether there is any. */
bool ta_store_has_members(struct ta_store *store, bool *any, struct ta_error *err);
/** How fetching went: `trouble` NULL when it went well. */
bool ta_store_member_fetched(struct ta_store *store, int64_t member, int64_t when,
                             const char *trouble, struct ta_error *err);
/** The same of many that went well, in one transaction. */
bool ta_store_members_fetched(struct ta_store *store, const int64_t *members, size_t count,
                              int64_t when, struct ta_error *err);

enum ta_overview_order {
    TA_ORDER_NEED, /**< those that need a look longest, then those that are missing
                        (ta_is_missing()), then those that will need one soonest */
    TA_ORDER_NAME, /**< of the mentor */
    TA_ORDER_LAST, /**< who has not met for longest */
    TA_ORDER_NEXT, /**< who meets next; then those whose date has passed */
    TA_ORDER_HELD, /**< the fewest sessions of those agreed on */
    TA_ORDERS
};

enum { TA_WORDS_MOST = 4 };

/** Which pairs, and in which order. */
struct ta_overview_query {
    enum ta_overview_order order;
    const char *words[TA_WORDS_MOST]; /**< folded (ta_fold()); each must stand in names, topic or
                                           slug, or in what the row says of its state: "not
                                           fetched", "unsigned", "needs a look"; NULL: no more */
    struct ta_day today;              /**< on which one needs a look, or has a date before one */
    size_t skip, limit;               /**< limit 0: all */
};

/** The members that a query finds, in its order; what they hold is their own. */
bool ta_store_members(struct ta_store *store, const struct ta_overview_query *query,
                      struct ta_members *members, struct ta_error *err);
/** Which of all that a query finds, whatever its limit, a member is; `*place` stays as it is when
 *  it is none of them. */
bool ta_store_members_place(struct ta_store *store, const struct ta_overview_query *query,
                            int64_t member, size_t *place, struct ta_error *err);
/** How many a query would find, whatever its limit. */
bool ta_store_members_count(struct ta_store *store, const struct ta_overview_query *query,
                            size_t *count, struct ta_error *err);
/** How many need a look on a day. */
bool ta_store_members_in_need(struct ta_store *store, struct ta_day today, size_t *count,
                              struct ta_error *err);

/** How many are missing (ta_is_missing()). */
bool ta_store_members_missing(struct ta_store *store, size_t *count, struct ta_error *err);

/** A session that was held, as released. */
struct ta_released_row {
    unsigned session;
    struct ta_moment held;
    unsigned minutes;
    bool withheld;    /**< the pair keeps its words */
    const char *text; /**< the whole of released.md; NULL: only that it was held. The store has it
                           not: it stays in the repository */
};

/** Begins to write what pairs' commits hold. Not `durable`: it is not flushed, for there is much of
 *  it and it can be made anew. */
bool ta_store_begin_releases(struct ta_store *store, bool durable, struct ta_error *err);
/**
 * What a pair's commit holds, in place of what was known of the pair; rows that are as they were
 * are left alone. The member's id, names, topic, tip and attendance are read.
 */
bool ta_store_release(struct ta_store *store, const struct ta_member *member,
                      const struct ta_released_row *sessions, size_t count, struct ta_error *err);
/** What a pair's commit holds cannot be taken, and why: what was known of the pair stays. */
bool ta_store_release_refused(struct ta_store *store, int64_t member, const char *tip,
                              const char *trouble, struct ta_error *err);
/** Ends it; with `ok` false nothing is changed. `stamp` (may be NULL) tells which state of the
 *  programme's refs was read to its end. */
bool ta_store_end_releases(struct ta_store *store, bool durable, bool ok, const char *stamp,
                           struct ta_error *err);
/** That stamp; NULL: none. Free with free(). */
bool ta_store_releases_stamp(struct ta_store *store, char **stamp, struct ta_error *err);
/** Forgets what was derived; the pairs stay. It is read anew the next time. */
bool ta_store_forget_releases(struct ta_store *store, struct ta_error *err);

/** The sessions of a pair in their order, one visit each; the row is only lent. */
bool ta_store_released_sessions(struct ta_store *store, int64_t member,
                                void (*visit)(const struct ta_released_row *row, void *data),
                                void *data, struct ta_error *err);

/** What is counted. `key` of a month: 202611; of a gap: days from one session of a pair to its
 *  next; of a cancelled date: who asked (enum ta_role). */
enum ta_figure_kind {
    TA_FIGURE_PAIRS,    /**< of the programme */
    TA_FIGURE_RELEASED, /**< pairs of which anything came */
    TA_FIGURE_SIGNED,   /**< pairs with a contract in force */
    TA_FIGURE_HELD,
    TA_FIGURE_MOVED,
    TA_FIGURE_CANCELLED,
    TA_FIGURE_MONTH,
    TA_FIGURE_GAP,
    TA_FIGURE_MISSING,  /**< pairs that the last look was in vain for, or there was none */
    TA_FIGURE_UNSIGNED, /**< pairs that were asked, and of which nothing came */
    TA_FIGURE_KINDS
};

/** Every count that is not 0, by kind and key. */
bool ta_store_figures(struct ta_store *store,
                      void (*visit)(enum ta_figure_kind kind, int64_t key, int64_t count,
                                    void *data),
                      void *data, struct ta_error *err);

#endif
