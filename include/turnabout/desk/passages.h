/**
 * One section through time: what stood under Takeaways in the summary of each session, or in a
 * clause in each version of the contract. Each passage is read when it is asked for, so that it
 * costs the same after a thousand sessions.
 */
#ifndef TURNABOUT_DESK_PASSAGES_H
#define TURNABOUT_DESK_PASSAGES_H

#include "turnabout/desk/desk.h"

/** A section that can be followed. */
struct ta_thread {
    const char *title; /**< its heading: "Takeaways", "Off-limits" */
    const char *id;    /**< "takeaways", "off-limits", "goal-1" */
    bool of_contract;
    unsigned
        entry; /**< a goal by its place, from 1, and nothing else of the clause; 0: all of it */
};

/** Those of summaries first, then the clauses in their order, each goal behind all of them. */
size_t ta_thread_count(void);
struct ta_thread ta_thread_at(size_t index);
/** By id, in any case. TA_WRONG: there is none; the sentence says which there are. */
bool ta_thread_find(struct ta_thread *thread, const char *id, struct ta_error *err);
/** By the heading, in a summary or a contract. False: there is none. */
bool ta_thread_of_heading(struct ta_thread *thread, const char *title, bool of_contract);

/** Where passages are: the sessions that were held, or the commits that changed contract.md. */
struct ta_passages {
    bool of_contract;
    size_t count;
    struct ta_entries versions; /**< of the contract, newest first; else none */
};

/** TA_DAMAGED: the record cannot be read. Release them also when there are none. */
bool ta_desk_passages(struct ta_desk *desk, const struct ta_pair *pair, bool of_contract,
                      struct ta_passages *passages, struct ta_error *err);
void ta_passages_release(struct ta_passages *passages);

struct ta_passage {
    unsigned number;         /**< of the session, or the version; 0: it does not say */
    char commit[TA_ID_SIZE]; /**< of a version of the contract; else "" */
    struct ta_moment when;   /**< when the session was held, or the version committed; instant 0 */
    char *title;             /**< of the session; NULL */
    char *text;              /**< of the section, Markdown; "" when nothing stood there */
};

/**
 * The passage at an index, from the oldest at 0. TA_ABSENT: there is no summary, or the contract
 * was taken away. TA_DAMAGED: it is there and cannot be read. Then number and when are told all the
 * same, as far as they are known. Release it in either case.
 */
bool ta_desk_passage(struct ta_desk *desk, const struct ta_pair *pair,
                     const struct ta_passages *passages, size_t index,
                     const struct ta_thread *thread, struct ta_passage *passage,
                     struct ta_error *err);
void ta_passage_release(struct ta_passage *passage);

/** The next line of a passage that says something, without a list's hyphen. False: no more. */
bool ta_passage_next_line(struct ta_piece *rest, struct ta_piece *line);

#endif
