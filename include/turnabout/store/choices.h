/**
 * What a pair chose where two histories of their record contradict each other. A choice is known by
 * a digest of the place and its texts; it goes when the histories are one.
 */
#ifndef TURNABOUT_STORE_CHOICES_H
#define TURNABOUT_STORE_CHOICES_H

#include <stddef.h>
#include <stdint.h>

#include "turnabout/store/store.h"

struct ta_choice {
    char *digest;
    char *text; /**< NULL: the document goes */
};

struct ta_choices {
    struct ta_choice *items;
    size_t count;
};

/** All that wait of a pair, by digest; texts are their own. */
bool ta_store_choices(struct ta_store *store, int64_t pair, struct ta_choices *choices,
                      struct ta_error *err);
/** The choice with this digest; NULL: there is none. */
const struct ta_choice *ta_choices_find(const struct ta_choices *choices, const char *digest);
void ta_choices_release(struct ta_choices *choices);

/** Keeps a choice, in place of one that was made before. TA_ABSENT: no such pair. */
bool ta_store_choice_put(struct ta_store *store, int64_t pair, const char *digest, const char *text,
                         struct ta_error *err);
/** Drops all choices of a pair. */
bool ta_store_choices_drop(struct ta_store *store, int64_t pair, struct ta_error *err);

#endif
