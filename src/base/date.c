#include "turnabout/base/date.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
    SECONDS_A_DAY = 86400,
    DAYS_A_WEEK = 7,
    MINUTES_AN_HOUR = 60,
    MINUTES_A_DAY = 1440,
    MILLISECONDS = 1000,
    LEAST_LETTERS = 3,    /* of a month's or weekday's name */
    LEAP_YEARS_APART = 8, /* at most, around 1900 or 2100 */
    WORDS = 4,            /* at most, in a day as people type it */
};

static const char *const month_names[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

static const char *const weekday_names[DAYS_A_WEEK] = {
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

static bool is_day(struct ta_day day)
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

/* A moment of the local zone, from a day and minutes since its midnight. */
static struct ta_moment moment_at(struct ta_day day, int minutes)
{
    int64_t wall = number_of(day) * SECONDS_A_DAY + (int64_t)minutes * 60;
    return ta_moment_local(zone_instant(wall) * MILLISECONDS);
}

struct ta_day ta_day_of(struct ta_moment moment)
{
    return day_of_number(floor_divide(wall_seconds(moment), SECONDS_A_DAY));
}

static int seconds_of_day(struct ta_moment moment)
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
    int seconds = seconds_of_day(moment);
    int offset = abs(moment.offset);
    (void)snprintf(out, TA_DATE_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", day.year,
                   day.month, day.day, seconds / 3600, seconds / 60 % 60, seconds % 60,
                   moment.offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

void ta_moment_time(char out[TA_DATE_SIZE], struct ta_moment moment)
{
    int seconds = seconds_of_day(moment);
    (void)snprintf(out, TA_DATE_SIZE, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
}

void ta_day_short(char out[TA_DATE_SIZE], struct ta_day day, struct ta_day today)
{
    const char *month = month_names[(day.month + 11) % 12];
    if (day.year == today.year) {
        (void)snprintf(out, TA_DATE_SIZE, "%d %.3s", day.day, month);
    } else {
        (void)snprintf(out, TA_DATE_SIZE, "%d %.3s %d", day.day, month, day.year);
    }
}

void ta_day_long(char out[TA_DATE_SIZE], struct ta_day day)
{
    (void)snprintf(out, TA_DATE_SIZE, "%.3s %d %.3s %d", weekday_names[ta_day_of_week(day)],
                   day.day, month_names[(day.month + 11) % 12], day.year);
}

void ta_moment_short(char out[TA_DATE_SIZE], struct ta_moment moment)
{
    struct ta_day day = ta_day_of(moment);
    int seconds = seconds_of_day(moment);
    (void)snprintf(out, TA_DATE_SIZE, "%.3s %d %.3s %02d:%02d", weekday_names[ta_day_of_week(day)],
                   day.day, month_names[day.month - 1], seconds / 3600, seconds / 60 % 60);
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

static bool starts_with_digit(struct ta_piece piece)
{
    return piece.length > 0 && piece.at[0] >= '0' && piece.at[0] <= '9';
}

/* A number of `least` to `most` (at most 9) digits. */
static bool take_number(struct ta_piece *rest, int least, int most, int *number)
{
    int digits = 0;
    *number = 0;
    while (digits < most && starts_with_digit(*rest)) {
        *number = *number * 10 + (rest->at[0] - '0');
        *rest = (struct ta_piece){rest->at + 1, rest->length - 1};
        digits++;
    }
    return digits >= least;
}

static bool take_day(struct ta_piece *rest, struct ta_day *day)
{
    return take_number(rest, 4, 4, &day->year) && take_character(rest, "-") &&
           take_number(rest, 2, 2, &day->month) && take_character(rest, "-") &&
           take_number(rest, 2, 2, &day->day) && is_day(*day);
}

/* Hours and minutes as minutes since midnight. */
static bool take_time(struct ta_piece *rest, int least, int *minutes)
{
    int hour;
    int minute;
    bool ok = take_number(rest, least, 2, &hour) && take_character(rest, ":") &&
              take_number(rest, 2, 2, &minute) && hour < 24 && minute < 60;
    *minutes = ok ? hour * MINUTES_AN_HOUR + minute : 0;
    return ok;
}

/* Seconds, and a fraction of them, of which milliseconds are kept. */
static bool take_seconds(struct ta_piece *rest, int *milliseconds)
{
    int seconds;
    if (!take_number(rest, 2, 2, &seconds) || seconds >= 60) {
        return false;
    }
    *milliseconds = seconds * MILLISECONDS;
    if (!take_character(rest, ".")) {
        return true;
    }
    bool any = starts_with_digit(*rest);
    for (int worth = 100; starts_with_digit(*rest); worth /= 10) {
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
    bool ok = take_time(rest, 2, minutes);
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
              take_time(&text, 2, &minutes) && take_character(&text, ":") &&
              take_seconds(&text, &milliseconds) && take_offset(&text, &offset) && text.length == 0;
    if (!ok) {
        return false;
    }
    int64_t seconds = number_of(day) * SECONDS_A_DAY + (int64_t)(minutes - offset) * 60;
    *out = (struct ta_moment){seconds * MILLISECONDS + milliseconds, offset};
    return true;
}

/* Guessing: a day is up to four words, and a table of forms tells what they can be */

static bool agrees(struct ta_piece word, const char *name)
{
    return word.length == strlen(name) && strncasecmp(word.at, name, word.length) == 0;
}

/* The index of the name that the word is or abbreviates, or -1. */
static int find_name(struct ta_piece word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (word.length >= LEAST_LETTERS && word.length <= strlen(names[i]) &&
            strncasecmp(word.at, names[i], word.length) == 0) {
            return i;
        }
    }
    return -1;
}

/* What has been understood of a day so far. */
struct guess {
    struct ta_day day; /* parts that were not named are 0 */
    int weekday;       /* 0 is Monday; -1 when none was named */
    int count, days;   /* "in 3 weeks": 3 times 7 days */
};

static bool see_day(struct guess *guess, struct ta_piece word)
{
    return take_number(&word, 1, 2, &guess->day.day) && word.length == 0;
}

static bool see_month(struct guess *guess, struct ta_piece word)
{
    guess->day.month = find_name(word, month_names, 12) + 1;
    return guess->day.month > 0;
}

static bool see_year(struct guess *guess, struct ta_piece word)
{
    return take_number(&word, 4, 4, &guess->day.year) && word.length == 0 && guess->day.year > 0;
}

static bool see_weekday(struct guess *guess, struct ta_piece word)
{
    guess->weekday = find_name(word, weekday_names, DAYS_A_WEEK);
    return guess->weekday >= 0;
}

static bool see_iso(struct guess *guess, struct ta_piece word)
{
    return ta_day_read(&guess->day, word);
}

static bool see_in(struct guess *guess, struct ta_piece word)
{
    (void)guess;
    return agrees(word, "in");
}

static bool see_next(struct guess *guess, struct ta_piece word)
{
    guess->count = 1;
    return agrees(word, "next");
}

static bool see_count(struct guess *guess, struct ta_piece word)
{
    return take_number(&word, 1, 4, &guess->count) && word.length == 0;
}

struct span_word {
    const char *word;
    int days;
};

static bool find_span(struct guess *guess, struct ta_piece word, const struct span_word *words,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (agrees(word, words[i].word)) {
            guess->days = words[i].days;
            return true;
        }
    }
    return false;
}

static bool see_unit(struct guess *guess, struct ta_piece word)
{
    static const struct span_word units[] = {
        {"day", 1}, {"days", 1}, {"week", DAYS_A_WEEK}, {"weeks", DAYS_A_WEEK}};
    return find_span(guess, word, units, sizeof units / sizeof units[0]);
}

static bool see_week(struct guess *guess, struct ta_piece word)
{
    guess->days = DAYS_A_WEEK;
    return agrees(word, "week");
}

static bool see_near(struct guess *guess, struct ta_piece word)
{
    static const struct span_word near[] = {{"today", 0}, {"tomorrow", 1}};
    guess->count = 1;
    return find_span(guess, word, near, sizeof near / sizeof near[0]);
}

/* How the day follows from what was understood. */

static bool count_on(struct guess *guess, struct ta_day today)
{
    guess->day = ta_day_add(today, guess->count * guess->days);
    return true;
}

static bool next_weekday(struct guess *guess, struct ta_day today)
{
    int ahead = (guess->weekday - ta_day_of_week(today) + DAYS_A_WEEK - 1) % DAYS_A_WEEK + 1;
    guess->day = ta_day_add(today, ahead);
    return true;
}

static bool as_named(struct guess *guess, struct ta_day today)
{
    (void)guess;
    (void)today;
    return true;
}

/* The first such day from today on: 29 February may be years away. */
static bool next_such(struct guess *guess, struct ta_day today)
{
    for (int years = 0; years <= LEAP_YEARS_APART; years++) {
        guess->day.year = today.year + years;
        bool matches = guess->weekday < 0 || guess->weekday == ta_day_of_week(guess->day);
        if (is_day(guess->day) && ta_days_between(today, guess->day) >= 0) {
            return matches;
        }
    }
    return false;
}

struct form {
    bool (*words[WORDS])(struct guess *guess, struct ta_piece word);
    bool (*conclude)(struct guess *guess, struct ta_day today);
};

static const struct form forms[] = {
    {{see_iso}, as_named},
    {{see_near}, count_on},
    {{see_weekday}, next_weekday},
    {{see_next, see_week}, count_on},
    {{see_in, see_count, see_unit}, count_on},
    {{see_day, see_month}, next_such},
    {{see_month, see_day}, next_such},
    {{see_day, see_month, see_year}, as_named},
    {{see_month, see_day, see_year}, as_named},
    {{see_weekday, see_day, see_month}, next_such},
    {{see_weekday, see_month, see_day}, next_such},
    {{see_weekday, see_day, see_month, see_year}, as_named},
    {{see_weekday, see_month, see_day, see_year}, as_named},
};

/* The words, without the commas between them; more than fit, or none, give -1. */
static int split(struct ta_piece words[WORDS], struct ta_piece text)
{
    int count = 0;
    for (struct ta_piece rest = ta_piece_trim(text), word; ta_next_part(&rest, ' ', &word);) {
        if (word.length > 0 && word.at[word.length - 1] == ',') {
            word.length--;
        }
        if (word.length == 0) {
            continue;
        }
        if (count == WORDS) {
            return -1;
        }
        words[count++] = word;
    }
    return count > 0 ? count : -1;
}

static bool try_form(const struct form *form, const struct ta_piece *words, int count,
                     struct ta_day today, struct ta_day *out)
{
    struct guess guess = {.weekday = -1};
    for (int i = 0; i < WORDS; i++) {
        bool wanted = form->words[i] != NULL;
        if (wanted != (i < count) || (wanted && !form->words[i](&guess, words[i]))) {
            return false;
        }
    }
    bool ok = form->conclude(&guess, today) && is_day(guess.day) &&
              (guess.weekday < 0 || guess.weekday == ta_day_of_week(guess.day));
    if (ok) {
        *out = guess.day;
    }
    return ok;
}

bool ta_day_guess(struct ta_day *out, struct ta_piece text, struct ta_day today)
{
    struct ta_piece words[WORDS];
    int count = split(words, text);
    for (size_t i = 0; count > 0 && i < sizeof forms / sizeof forms[0]; i++) {
        if (try_form(&forms[i], words, count, today, out)) {
            return true;
        }
    }
    return false;
}

/* Where the time begins: behind the last blank, or the T of "2026-11-24T10:00". */
static size_t time_start(struct ta_piece text)
{
    size_t at = text.length;
    while (at > 0 && strchr(" \tTt", text.at[at - 1]) == NULL) {
        at--;
    }
    return at;
}

/* Today or tomorrow, whichever is first behind `now`. */
static struct ta_moment next_time(struct ta_day today, int minutes, int64_t now)
{
    struct ta_moment moment = moment_at(today, minutes);
    return moment.instant > now ? moment : moment_at(ta_day_add(today, 1), minutes);
}

/* Whether clocks show that time on that day at all. */
static bool exists(struct ta_moment moment, struct ta_day day, int minutes)
{
    return ta_days_between(day, ta_day_of(moment)) == 0 && seconds_of_day(moment) == minutes * 60;
}

bool ta_moment_guess(struct ta_moment *out, struct ta_piece text, int64_t now)
{
    struct ta_piece all = ta_piece_trim(text);
    if (ta_moment_read(out, all)) {
        return true;
    }
    size_t start = time_start(all);
    struct ta_piece time = {all.at + start, all.length - start};
    int minutes;
    if (!take_time(&time, 1, &minutes) || time.length > 0) {
        return false;
    }
    struct ta_day today = ta_day_of(ta_moment_local(now));
    struct ta_day day = today;
    if (start == 0) {
        *out = next_time(today, minutes, now);
        return true;
    }
    if (!ta_day_guess(&day, (struct ta_piece){all.at, start - 1}, today)) {
        return false;
    }
    struct ta_moment moment = moment_at(day, minutes);
    if (!exists(moment, day, minutes)) {
        return false;
    }
    *out = moment;
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
    if (take_number(&plain, 1, 9, &number) && plain.length == 0) {
        *seconds = (int64_t)number * 60;
        return true;
    }
    int64_t sum = 0;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct ta_piece part = rest;
        if (take_number(&part, 1, 9, &number) && take_character(&part, units[i].letter)) {
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
