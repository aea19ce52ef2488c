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

/** The columns of a member's row, and where they are from. */
#define MEMBER_COLUMNS                                                                             \
    "programme_pair.id, slug, mentor, mentee, topic, url, added, fetched, trouble, tip, joined, "  \
    "seen, released, level, contract, since, planned, rhythm, promises, open, done, told, held, "  \
    "moved, cancelled_mentor, cancelled_mentee, cancelled_other, last, last_zone, next, "          \
    "next_zone, run, run_by, run_day, course, taken"

#define FROM_MEMBERS                                                                               \
    "FROM released_pair JOIN programme_pair ON programme_pair.id = released_pair.pair "

/** A row with these columns, which are the first of it. */
void ta_member_read(struct ta_query *query, struct ta_member *member);

#endif
