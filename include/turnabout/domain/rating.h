/**
 * How a session was, for one of the two alone: statements answered from 1 (not at all) to 5
 * (entirely), each of which may be skipped.
 *
 * The first four follow the ideas of the Session Rating Scale; one more is for the mentor, whose
 * time and courage it costs, and one for the mentee, who is to do something with it.
 */
#ifndef TURNABOUT_DOMAIN_RATING_H
#define TURNABOUT_DOMAIN_RATING_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/domain/pair.h"

enum ta_statement {
    TA_STATEMENT_OPENLY,
    TA_STATEMENT_MATTERED,
    TA_STATEMENT_SUITED,
    TA_STATEMENT_WORTH,
    TA_STATEMENT_COST,      /**< the mentor's; to agree with it is what is bad */
    TA_STATEMENT_DIFFERENT, /**< the mentee's */
    TA_STATEMENTS
};

enum { TA_RATING_SKIPPED = 0, TA_RATING_LEAST = 1, TA_RATING_MOST = 5 };

struct ta_statement_facts {
    const char *name;       /**< "openly": in the database and on the command line; it stays */
    const char *words;      /**< "I could speak openly" */
    const char *suggestion; /**< what to do when the answers stay bad: a sentence or two */
    enum ta_role only;      /**< whose it is; TA_NOBODY: of both */
    bool burdens;           /**< 4 and 5 are what 1 and 2 are elsewhere */
};

const struct ta_statement_facts *ta_statement_facts(enum ta_statement statement);
/** Whether a role is asked for it. */
bool ta_statement_is_for(enum ta_statement statement, enum ta_role role);

/** One session as one of the two answered it. */
struct ta_rating {
    unsigned session;
    int value[TA_STATEMENTS]; /**< 1 to 5, or skipped */
};

/** Of one role, by session, rising; sessions without any answer may be absent. */
struct ta_ratings {
    struct ta_rating *items;
    size_t count;
};

/** The rating of a session; NULL: nothing was answered. */
const struct ta_rating *ta_ratings_of(const struct ta_ratings *ratings, unsigned session);
/** Puts an answer where it belongs; skipped takes one back. */
void ta_ratings_put(struct ta_ratings *ratings, unsigned session, enum ta_statement statement,
                    int value);
void ta_ratings_release(struct ta_ratings *ratings);

/** A block as high as the answer, "▁" to "█"; "·" for skipped. One column wide. */
const char *ta_rating_mark(int value);
/** Whether an answer says that something is amiss. Skipped never does. */
bool ta_rating_is_low(enum ta_statement statement, int value);

enum { TA_RATINGS_RUN = 2 }; /* low answers in a row from which on something is suggested */

/** How many of the last answers to a statement were low, one after the other; sessions in which it
 *  was skipped are passed over. */
unsigned ta_ratings_run(const struct ta_ratings *ratings, enum ta_statement statement);
/** The statement with the longest run that is a reason to suggest something, of several the first;
 *  TA_STATEMENTS: there is none. */
enum ta_statement ta_ratings_concern(const struct ta_ratings *ratings);

#endif
