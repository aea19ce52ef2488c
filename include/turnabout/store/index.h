/**
 * The index: documents of the record as of one commit, so that the first screen needs no
 * repository. Derived: it may be deleted at any time and is rebuilt by the desk from the
 * repository.
 */
#ifndef TURNABOUT_STORE_INDEX_H
#define TURNABOUT_STORE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "turnabout/store/store.h"

enum { TA_COMMIT_SIZE = 41 }; /**< forty digits and NUL */

struct ta_indexed {
    const char *path; /**< in the record */
    const char *text; /**< NULL: the document is gone */
};

/** Which commit the index of a pair was made from; "" when it has none. */
bool ta_store_index_tip(struct ta_store *store, int64_t pair, char tip[TA_COMMIT_SIZE],
                        struct ta_error *err);
/**
 * Moves the index of a pair from `from` to `tip`, changing these documents, in one transaction.
 * TA_BUSY: the index is not at `from` any more. TA_ABSENT: no such pair.
 */
bool ta_store_index_move(struct ta_store *store, int64_t pair, const char *from, const char *tip,
                         const struct ta_indexed *documents, size_t count, struct ta_error *err);
/** The same with everything known of the pair dropped first: these are all its documents. */
bool ta_store_index_replace(struct ta_store *store, int64_t pair, const char *from, const char *tip,
                            const struct ta_indexed *documents, size_t count, struct ta_error *err);
/** `*text` is NULL when there is no such document; free(). */
bool ta_store_index_text(struct ta_store *store, int64_t pair, const char *path, char **text,
                         struct ta_error *err);

/** Every document of a pair, one visit each; the texts are only lent. */
bool ta_store_index_walk(struct ta_store *store, int64_t pair,
                         void (*visit)(const struct ta_indexed *document, void *data), void *data,
                         struct ta_error *err);

#endif
