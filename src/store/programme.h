/**
 * What the files of the programme's tables share. Private to the store.
 */
#ifndef TURNABOUT_STORE_PROGRAMME_PRIVATE_H
#define TURNABOUT_STORE_PROGRAMME_PRIVATE_H

#include "internal.h"
#include "turnabout/store/programme.h"

/** Days since 1970-01-01, in which the database counts; year 0 is LAST_DAY. */
int64_t ta_day_number(struct ta_day day);
struct ta_day ta_day_numbered(int64_t number);

/** Writes the row of a pair in the overview, within a transaction. */
bool ta_member_write(struct ta_store *store, const struct ta_member *member, struct ta_error *err);

#endif
