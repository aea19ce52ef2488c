#include "date.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
    SECONDS_A_DAY = 86400,
    MINUTES_A_DAY = 1440,
};

const char *const date_month_names[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

const char *const date_weekday_names[DAYS_A_WEEK] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

/* Days: counted from 1970-01-01 in the proleptic Gregorian calendar */

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

/* The year begins in March here, so that the leap day is its last (H. Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms"). */
static int64_t number_of(struct ta_day day)
{
    int64_t year = day.month <= 2 ? (int64_t)day.year - 1 : day.year;
    int64_t month = (day.month + 9) % 12;
    int64_t era = floor_divide(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * month + 2) / 5 + day.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static struct ta_day day_of_number(int64_t number)
{
    int64_t shifted = number + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
    int64_t year = year_of_era + era * 400 + (month >= 10 ? 1 : 0);
    return (struct ta_day){(int)year, (int)((month + 2) % 12 + 1), (int)day};
}

bool date_is_day(struct ta_day day)
{
    if (day.year < 1 || day.month < 1 || day.month > 12 || day.day < 1 || day.day > 31) {
        return false;
    }
    struct ta_day same = day_of_number(number_of(day));
    return same.month == day.month;
}

struct ta_day ta_day_add(struct ta_day day, int days)
{
    return day.year == 0 ? day : day_of_number(number_of(day) + days);
}

int ta_days_between(struct ta_day from, struct ta_day to)
{
    return (int)(number_of(to) - number_of(from));
}

int ta_day_of_week(struct ta_day day)
{
    int64_t number = number_of(day) + 3; /* 1970-01-01 was a Thursday */
    return (int)(number - floor_divide(number, DAYS_A_WEEK) * DAYS_A_WEEK);
}

/* Moments */

/* A local time: seconds since 1970-01-01T00:00:00 on the clock at the wall. */
static int64_t wall_seconds(struct ta_moment moment)
{
    return floor_divide(moment.instant, MILLISECONDS) + (int64_t)moment.offset * 60;
}

static int64_t zone_offset(int64_t seconds)
{
    time_t time = (time_t)seconds;
    struct tm local;
    return localtime_r(&time, &local) == NULL ? 0 : local.tm_gmtoff;
}

/* The instant, in seconds, at which the local zone's clocks show `wall`. In an overlap the first;
 * in a gap what the offset before it makes of it, as RFC 5545 (3.3.5) says. mktime() chooses by
 * what it was asked before. */
static int64_t zone_instant(int64_t wall)
{
    int64_t before = wall - zone_offset(wall - SECONDS_A_DAY);
    int64_t behind = wall - zone_offset(wall + SECONDS_A_DAY);
    bool only_behind = before + zone_offset(before) != wall && behind + zone_offset(behind) == wall;
    return only_behind ? behind : before;
}

struct ta_moment ta_moment_local(int64_t instant)
{
    int64_t seconds = floor_divide(instant, MILLISECONDS);
    return (struct ta_moment){instant, (int)(zone_offset(seconds) / 60)};
}

struct ta_moment date_moment_at(struct ta_day day, int minutes)
{
    int64_t wall = number_of(day) * SECONDS_A_DAY + (int64_t)minutes * 60;
    return ta_moment_local(zone_instant(wall) * MILLISECONDS);
}

struct ta_day ta_day_of(struct ta_moment moment)
{
    return day_of_number(floor_divide(wall_seconds(moment), SECONDS_A_DAY));
}

int date_seconds_of_day(struct ta_moment moment)
{
    int64_t wall = wall_seconds(moment);
    return (int)(wall - floor_divide(wall, SECONDS_A_DAY) * SECONDS_A_DAY);
}

struct ta_moment ta_moment_add_days(struct ta_moment moment, int days)
{
    int64_t shift = (int64_t)days * SECONDS_A_DAY;
    struct ta_moment shifted = {moment.instant + shift * MILLISECONDS, moment.offset};
    /* What was written elsewhere keeps its offset: the rules of its zone are not known. */
    if (ta_moment_local(moment.instant).offset != moment.offset) {
        return shifted;
    }
    int64_t wall = wall_seconds(shifted);
    int64_t part = shifted.instant - floor_divide(shifted.instant, MILLISECONDS) * MILLISECONDS;
    return ta_moment_local(zone_instant(wall) * MILLISECONDS + part);
}

/* Writing */

void ta_day_write(char out[TA_DATE_SIZE], struct ta_day day)
{
    out[0] = '\0';
    if (day.year != 0) {
        (void)snprintf(out, TA_DATE_SIZE, "%04d-%02d-%02d", day.year, day.month, day.day);
    }
}

void ta_moment_write(char out[TA_DATE_SIZE], struct ta_moment moment)
{
    struct ta_day day = ta_day_of(moment);
    int seconds = date_seconds_of_day(moment);
    int offset = abs(moment.offset);
    (void)snprintf(out, TA_DATE_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", day.year,
                   day.month, day.day, seconds / 3600, seconds / 60 % 60, seconds % 60,
                   moment.offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

void ta_moment_time(char out[TA_DATE_SIZE], struct ta_moment moment)
{
    int seconds = date_seconds_of_day(moment);
    (void)snprintf(out, TA_DATE_SIZE, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
}

void ta_moment_typed(char out[TA_DATE_SIZE], struct ta_moment moment)
{
    struct ta_day day = ta_day_of(moment);
    int seconds = date_seconds_of_day(moment);
    (void)snprintf(out, TA_DATE_SIZE, "%04d-%02d-%02d %02d:%02d", day.year, day.month, day.day,
                   seconds / 3600, seconds / 60 % 60);
}

void ta_day_short(char out[TA_DATE_SIZE], struct ta_day day, struct ta_day today)
{
    const char *month = date_month_names[(day.month + 11) % 12];
    if (day.year == today.year) {
        (void)snprintf(out, TA_DATE_SIZE, "%d %.3s", day.day, month);
    } else {
        (void)snprintf(out, TA_DATE_SIZE, "%d %.3s %d", day.day, month, day.year);
    }
}

void ta_day_long(char out[TA_DATE_SIZE], struct ta_day day)
{
    (void)snprintf(out, TA_DATE_SIZE, "%.3s %d %.3s %d", date_weekday_names[ta_day_of_week(day)],
                   day.day, date_month_names[(day.month + 11) % 12], day.year);
}

void ta_moment_short(char out[TA_DATE_SIZE], struct ta_moment moment)
{
    struct ta_day day = ta_day_of(moment);
    int seconds = date_seconds_of_day(moment);
    (void)snprintf(out, TA_DATE_SIZE, "%.3s %d %.3s %02d:%02d",
                   date_weekday_names[ta_day_of_week(day)], day.day,
                   date_month_names[day.month - 1], seconds / 3600, seconds / 60 % 60);
}

void ta_day_from(char out[TA_DATE_SIZE], struct ta_day day, struct ta_day today)
{
    static const char *const near[] = {"yesterday", "today", "tomorrow"};
    int days = ta_days_between(today, day);
    if (days >= -1 && days <= 1) {
        (void)snprintf(out, TA_DATE_SIZE, "%s", near[days + 1]);
    } else if (days > 0) {
        (void)snprintf(out, TA_DATE_SIZE, "in %d days", days);
    } else {
        (void)snprintf(out, TA_DATE_SIZE, "%d days ago", -days);
    }
}

void ta_span_clock(char out[TA_DATE_SIZE], int64_t seconds)
{
    uint64_t size = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds;
    if (size < 3600) {
        (void)snprintf(out, TA_DATE_SIZE, "%" PRIu64 ":%02" PRIu64, size / 60, size % 60);
    } else {
        (void)snprintf(out, TA_DATE_SIZE, "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64, size / 3600,
                       size / 60 % 60, size % 60);
    }
}

/* Reading: each takes what it knows off the front of `rest` */

static bool take_character(struct ta_piece *rest, const char *allowed)
{
    if (rest->length == 0 || rest->at[0] == '\0' || strchr(allowed, rest->at[0]) == NULL) {
        return false;
    }
    *rest = (struct ta_piece){rest->at + 1, rest->length - 1};
    return true;
}

bool date_starts_with_digit(struct ta_piece piece)
{
    return piece.length > 0 && piece.at[0] >= '0' && piece.at[0] <= '9';
}

bool date_take_number(struct ta_piece *rest, int least, int most, int *number)
{
    int digits = 0;
    *number = 0;
    while (digits < most && date_starts_with_digit(*rest)) {
        *number = *number * 10 + (rest->at[0] - '0');
        *rest = (struct ta_piece){rest->at + 1, rest->length - 1};
        digits++;
    }
    return digits >= least;
}

static bool take_day(struct ta_piece *rest, struct ta_day *day)
{
    return date_take_number(rest, 4, 4, &day->year) && take_character(rest, "-") &&
           date_take_number(rest, 2, 2, &day->month) && take_character(rest, "-") &&
           date_take_number(rest, 2, 2, &day->day) && date_is_day(*day);
}

bool date_take_time(struct ta_piece *rest, int least, int *minutes)
{
    int hour;
    int minute;
    bool ok = date_take_number(rest, least, 2, &hour) && take_character(rest, ":") &&
              date_take_number(rest, 2, 2, &minute) && hour < 24 && minute < 60;
    *minutes = ok ? hour * MINUTES_AN_HOUR + minute : 0;
    return ok;
}

/* Seconds, and a fraction of them, of which milliseconds are kept. */
static bool take_seconds(struct ta_piece *rest, int *milliseconds)
{
    int seconds;
    if (!date_take_number(rest, 2, 2, &seconds) || seconds >= 60) {
        return false;
    }
    *milliseconds = seconds * MILLISECONDS;
    if (!take_character(rest, ".")) {
        return true;
    }
    bool any = date_starts_with_digit(*rest);
    for (int worth = 100; date_starts_with_digit(*rest); worth /= 10) {
        *milliseconds += (rest->at[0] - '0') * worth;
        *rest = (struct ta_piece){rest->at + 1, rest->length - 1};
    }
    return any;
}

static bool take_offset(struct ta_piece *rest, int *minutes)
{
    *minutes = 0;
    if (take_character(rest, "Zz")) {
        return true;
    }
    bool west = take_character(rest, "-");
    if (!west && !take_character(rest, "+")) {
        return false;
    }
    bool ok = date_take_time(rest, 2, minutes);
    *minutes = west ? -*minutes : *minutes;
    return ok;
}

bool ta_day_read(struct ta_day *out, struct ta_piece text)
{
    struct ta_day day;
    if (!take_day(&text, &day) || text.length > 0) {
        return false;
    }
    *out = day;
    return true;
}

bool ta_moment_read(struct ta_moment *out, struct ta_piece text)
{
    struct ta_day day;
    int minutes;
    int milliseconds;
    int offset;
    bool ok = take_day(&text, &day) && take_character(&text, "Tt") &&
              date_take_time(&text, 2, &minutes) && take_character(&text, ":") &&
              take_seconds(&text, &milliseconds) && take_offset(&text, &offset) && text.length == 0;
    if (!ok) {
        return false;
    }
    int64_t seconds = number_of(day) * SECONDS_A_DAY + (int64_t)(minutes - offset) * 60;
    *out = (struct ta_moment){seconds * MILLISECONDS + milliseconds, offset};
    return true;
}

/* Spans */

struct span_unit {
    const char *letter;
    int seconds;
};

bool ta_span_read(int64_t *seconds, struct ta_piece text)
{
    static const struct span_unit units[] = {{"hH", 3600}, {"mM", 60}, {"sS", 1}};
    struct ta_piece all = ta_piece_trim(text);
    struct ta_piece rest = all;
    struct ta_piece plain = all;
    int number;
    if (date_take_number(&plain, 1, 9, &number) && plain.length == 0) {
        *seconds = (int64_t)number * 60;
        return true;
    }
    int64_t sum = 0;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct ta_piece part = rest;
        if (date_take_number(&part, 1, 9, &number) && take_character(&part, units[i].letter)) {
            sum += (int64_t)number * units[i].seconds;
            rest = ta_piece_trim(part);
        }
    }
    bool ok = rest.length == 0 && all.length > 0;
    if (ok) {
        *seconds = sum;
    }
    return ok;
}
