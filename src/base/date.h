/**
 * What reading a date as we write it and guessing one as people type it have in common.
 */
#ifndef TURNABOUT_SRC_BASE_DATE_H
#define TURNABOUT_SRC_BASE_DATE_H

#include "turnabout/base/date.h"

enum { DAYS_A_WEEK = 7, MINUTES_AN_HOUR = 60, MILLISECONDS = 1000 };

extern const char *const date_month_names[12];
extern const char *const date_weekday_names[DAYS_A_WEEK]; /**< from Monday */

bool date_is_day(struct ta_day day);
/** A moment of the local zone, from a day and minutes since its midnight. */
struct ta_moment date_moment_at(struct ta_day day, int minutes);

/** Since the midnight of the moment's own zone. */
int date_seconds_of_day(struct ta_moment moment);

/** Each takes what it knows off the front of `rest`. */
bool date_starts_with_digit(struct ta_piece piece);
/** A number of `least` to `most` (at most 9) digits. */
bool date_take_number(struct ta_piece *rest, int least, int most, int *number);
/** Hours, of at least `least` digits, and minutes as minutes since midnight. */
bool date_take_time(struct ta_piece *rest, int least, int *minutes);

#endif
