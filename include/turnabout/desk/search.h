/**
 * Searching everything that may be read on this machine: the records of its pairs, and for a
 * coordinator what was released. Drafts, running sessions and what is mine are not searched.
 *
 * The index is brought up to the repositories when a search is opened, in as many steps as the
 * caller likes: what was indexed so far is found meanwhile. An index that is missing or damaged is
 * made anew.
 */
#ifndef TURNABOUT_DESK_SEARCH_H
#define TURNABOUT_DESK_SEARCH_H

#include "turnabout/desk/desk.h"
#include "turnabout/domain/sought.h"

/** What is searched. */
struct ta_search_scope {
    const struct ta_pair *pair; /**< only the record of this one; NULL: those of all */
    bool records;
    bool released;
};

struct ta_searching;

/** Opens the index and finds what there is to search; nothing is indexed yet. Where `scope` names a
 *  pair, that is not kept. End it with ta_searching_close(), also while indexing is not done. */
bool ta_searching_open(struct ta_searching **searching, struct ta_desk *desk,
                       const struct ta_search_scope *scope, struct ta_error *err);
void ta_searching_close(struct ta_searching *searching);

/** Indexes for so many milliseconds, one repository at least. A repository that cannot be read
 * stays as it was indexed before (ta_searching_trouble()). `*done`: all that can be read is up to
 * date. */
bool ta_searching_step(struct ta_searching *searching, int64_t milliseconds, bool *done,
                       struct ta_error *err);
/** How many repositories are still to be read, of how many. */
size_t ta_searching_left(const struct ta_searching *searching, size_t *all);
/** Why a repository could not be read; NULL: all could. */
const char *ta_searching_trouble(const struct ta_searching *searching);

/** How to search. */
struct ta_search_wish {
    bool ranked; /**< best first; else newest first */
    size_t limit;
    bool (*stopped)(void *data); /**< asked now and then; NULL: to the end */
    void *data;
};

/** End `hits` with ta_hits_release(). */
bool ta_searching_find(struct ta_searching *searching, const struct ta_sought *sought,
                       const struct ta_search_wish *wish, struct ta_hits *hits,
                       struct ta_error *err);

/** The slug of the pair that a hit is of; points into the hit. */
const char *ta_hit_slug(const struct ta_hit *hit);
/** "Owen Hart ⇄ Priya Osei", or the slug where they have no names. Appends. */
void ta_hit_say_pair(struct ta_text *out, const struct ta_hit *hit);
/** The same in so many columns, if possible: "Owen ⇄ Priya Osei". Appends. */
void ta_hit_say_pair_in(struct ta_text *out, const struct ta_hit *hit, int columns);
/** Whether it is of a pair's record on this machine; else it was released. */
bool ta_hit_is_ours(const struct ta_hit *hit);
/** What was found as one line with `columns` or fewer, in which the first of the words that were
 *  sought can be seen, and how it begins; "…" stands where something is left out. Free with free().
 */
char *ta_hit_line(const struct ta_hit *hit, const struct ta_sought *sought, int columns);
/** The document that it stands in, as it is now; NULL when it is not there any more. Free with
 *  free(). */
bool ta_hit_text(struct ta_desk *desk, const struct ta_hit *hit, char **text, struct ta_error *err);

#endif
