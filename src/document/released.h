/**
 * What the writers of released texts share.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_RELEASED_H
#define TURNABOUT_SRC_DOCUMENT_RELEASED_H

#include "turnabout/document/projection.h"

/** A version of the contract that both signed. */
struct released_version {
    unsigned version;
    struct ta_moment since; /* the later of its two signatures */
};

struct released_versions {
    struct released_version *items; /* in the order in which they came in force */
    size_t count;
};

/** Those up to the one in force. Free `items` with free(). */
struct released_versions released_versions_of(const struct ta_released_terms *terms);

/** What pair.md says at one step. */
struct released_moment {
    const struct ta_released_terms *terms;
    const struct released_version *versions; /* in force so far; at least one */
    size_t count;
    unsigned promises[TA_PROMISE_STATES];
};

/** pair.md. Free with free(). */
char *released_pair_text(const struct released_moment *moment);

/** What pair.md says of the level, and of promises, where a line of its body begins. */
#define RELEASED_SEEN "- Seen here: "
#define RELEASED_PROMISES "- Promises: "
/** "attendance, and the takeaways that both approved" */
const char *released_seen(enum ta_shared level);

#endif
