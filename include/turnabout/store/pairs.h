/**
 * The pairs this machine knows.
 */
#ifndef TURNABOUT_STORE_PAIRS_H
#define TURNABOUT_STORE_PAIRS_H

#include "turnabout/domain/pair.h"
#include "turnabout/store/store.h"

/**
 * Stores a pair, writes its new id into it, and takes it in hand: the setting "pair" is its slug.
 * Both or neither, however it ends. TA_REFUSED: the slug is taken.
 */
bool ta_store_pair_add(struct ta_store *store, struct ta_pair *pair, int64_t now,
                       struct ta_error *err);
/** TA_ABSENT: no pair has this slug. */
bool ta_store_pair_find(struct ta_store *store, const char *slug, struct ta_pair *pair,
                        struct ta_error *err);
/** Sets the address of one of the two. */
bool ta_store_pair_set_address(struct ta_store *store, int64_t pair, enum ta_role role,
                               const char *address, struct ta_error *err);
/** Says who of the two sits at this machine; TA_NOBODY: both. */
bool ta_store_pair_set_me(struct ta_store *store, int64_t pair, enum ta_role me,
                          struct ta_error *err);
/** All of them, by slug. */
bool ta_store_pairs(struct ta_store *store, struct ta_pairs *pairs, struct ta_error *err);

#endif
