/**
 * What the files of the search index share: the index as it lies in its database.
 *
 * An entry is an excerpt. Its id is its day and its place among those of that day, so that the
 * order of ids is the order of time, and the newest are found from the end. The table `words` holds
 * no text: what is deleted from it has to be given once more.
 */
#ifndef TURNABOUT_SRC_STORE_ENTRIES_H
#define TURNABOUT_SRC_STORE_ENTRIES_H

#include "internal.h"
#include "turnabout/store/search.h"

enum { TA_IDS_OF_A_DAY_BITS = 20 };

/** A change of `words` that waits for the end of the transaction. */
struct ta_pending {
    int64_t id;
    char *text; /**< with its tags */
    bool gone;
};

/** Begins a tag: a word that stands before a text and that nobody can type. "\1k3": of kind 3;
 *  "\1s7": of session 7; "\1o": ours. */
enum { TA_TAG = 1 };

struct ta_search {
    struct ta_store *store; /**< the connection to search.db */
    char *path;
    struct ta_pending *pending;
    size_t pending_count;
    int64_t day, last; /**< the first id of the day that was added to last, and the last of it */
};

void ta_search_forget_pending(struct ta_search *search);

/** Calls for each id of a paper's runs: "17-20 31-31". */
void ta_search_runs(const char *runs, void (*visit)(int64_t id, void *data), void *data);

/** The first id of a day. */
int64_t ta_search_day_id(struct ta_day day);
struct ta_day ta_search_id_day(int64_t id);

#endif
