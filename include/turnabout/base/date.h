/**
 * Instants, days and spans, read and written. Zones are those of the C library (TZ).
 *
 * An instant is milliseconds since 1970-01-01T00:00:00Z. A moment is an instant together with the
 * zone's offset it was written with, so that "10:00 in Berlin" stays 10:00 when read elsewhere.
 */
#ifndef TURNABOUT_BASE_DATE_H
#define TURNABOUT_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/text.h"

struct ta_moment {
    int64_t instant;
    int offset; /**< minutes east of UTC */
};

/** A calendar day; year 0 stands for "no day". */
struct ta_day {
    int year, month, day;
};

enum { TA_DATE_SIZE = 64 }; /**< enough for everything written below, NUL included */

/** The moment in the local zone. */
struct ta_moment ta_moment_local(int64_t instant);

/** RFC 3339 with offset, to the second: 2026-11-24T10:02:00+01:00 (Z for offset 0 is read too). */
void ta_moment_write(char out[TA_DATE_SIZE], struct ta_moment moment);
bool ta_moment_read(struct ta_moment *out, struct ta_piece text);

/**
 * A date and time as people type it, in the local zone, seen from `now`: "2026-11-24 10:00",
 * "24 Nov 10:00", "24 November 2026 10:00", "Tue 10:00", "tomorrow 10:00", "today 9:30", "10:00"
 * (the next time it is that late), and RFC 3339. False when it is none of these, or no such day.
 */
bool ta_moment_guess(struct ta_moment *out, struct ta_piece text, int64_t now);

/**
 * The same of what has happened: "10:00" was today or yesterday, "Mon 10:00" the last Monday, "24
 * Nov 10:00" this year or the last. When there is no such time in the past, the coming one.
 */
bool ta_moment_guess_past(struct ta_moment *out, struct ta_piece text, int64_t now);

/**
 * A day as people type it, seen from `today`: "2026-12-01", "1 Dec", "1 December 2027", "Dec 1",
 * "Friday" (the next one, never today), "tomorrow", "today", "in 2 weeks", "in 3 days", "next
 * week". A day without a year is the next such day.
 */
bool ta_day_guess(struct ta_day *out, struct ta_piece text, struct ta_day today);

/** ISO: 2026-12-01. */
bool ta_day_read(struct ta_day *out, struct ta_piece text);
void ta_day_write(char out[TA_DATE_SIZE], struct ta_day day);

struct ta_day ta_day_of(struct ta_moment moment);
struct ta_day ta_day_add(struct ta_day day, int days);
int ta_days_between(struct ta_day from, struct ta_day to); /**< positive when `to` is later */
int ta_day_of_week(struct ta_day day);                     /**< 0 is Monday, 6 Sunday */

/** The same local time `days` later, whatever the zone does in between. */
struct ta_moment ta_moment_add_days(struct ta_moment moment, int days);

/** For reading: "24 Nov", with the year when it is not `today`'s: "24 Nov 2027". */
void ta_day_short(char out[TA_DATE_SIZE], struct ta_day day, struct ta_day today);
/** For reading: "Tue 24 Nov 2026". */
void ta_day_long(char out[TA_DATE_SIZE], struct ta_day day);
/** For reading, in the moment's own offset: "Tue 24 Nov 10:00". */
void ta_moment_short(char out[TA_DATE_SIZE], struct ta_moment moment);
/** For typing: "2026-11-24 10:00", in the moment's own offset; ta_moment_guess() reads it. */
void ta_moment_typed(char out[TA_DATE_SIZE], struct ta_moment moment);
/** For reading: "today", "tomorrow", "in 2 days", "yesterday", "3 days ago". */
void ta_day_from(char out[TA_DATE_SIZE], struct ta_day day, struct ta_day today);
/** "10:21", in the moment's own offset. */
void ta_moment_time(char out[TA_DATE_SIZE], struct ta_moment moment);

/** "27:08", from an hour on "1:02:05"; negative spans as their size. Seconds. */
void ta_span_clock(char out[TA_DATE_SIZE], int64_t seconds);

/** A span as typed: "10m", "1h", "1h30m", "90s", "90" (minutes). Seconds; false if none of these.
 */
bool ta_span_read(int64_t *seconds, struct ta_piece text);

#endif
