#include "date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    LEAST_LETTERS = 3,    /* of a month's or weekday's name */
    LEAP_YEARS_APART = 8, /* at most, around 1900 or 2100 */
    WORDS = 4,            /* at most, in a day as people type it */
};

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
    return date_take_number(&word, 1, 2, &guess->day.day) && word.length == 0;
}

static bool see_month(struct guess *guess, struct ta_piece word)
{
    guess->day.month = find_name(word, date_month_names, 12) + 1;
    return guess->day.month > 0;
}

static bool see_year(struct guess *guess, struct ta_piece word)
{
    return date_take_number(&word, 4, 4, &guess->day.year) && word.length == 0 &&
           guess->day.year > 0;
}

static bool see_weekday(struct guess *guess, struct ta_piece word)
{
    guess->weekday = find_name(word, date_weekday_names, DAYS_A_WEEK);
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
    return date_take_number(&word, 1, 4, &guess->count) && word.length == 0;
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
        if (date_is_day(guess->day) && ta_days_between(today, guess->day) >= 0) {
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
    bool ok = form->conclude(&guess, today) && date_is_day(guess.day) &&
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
    struct ta_moment moment = date_moment_at(today, minutes);
    return moment.instant > now ? moment : date_moment_at(ta_day_add(today, 1), minutes);
}

/* Whether clocks show that time on that day at all. */
static bool exists(struct ta_moment moment, struct ta_day day, int minutes)
{
    return ta_days_between(day, ta_day_of(moment)) == 0 &&
           date_seconds_of_day(moment) == minutes * 60;
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
    if (!date_take_time(&time, 1, &minutes) || time.length > 0) {
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
    struct ta_moment moment = date_moment_at(day, minutes);
    if (!exists(moment, day, minutes)) {
        return false;
    }
    *out = moment;
    return true;
}

bool ta_moment_guess_past(struct ta_moment *out, struct ta_piece text, int64_t now)
{
    static const int days_back[] = {0, 1, 7, 364};
    static const char today[] = "today";
    struct ta_piece all = ta_piece_trim(text);
    bool fixed = all.length > strlen(today) && strncasecmp(all.at, today, strlen(today)) == 0;
    size_t tries = fixed ? 1 : sizeof days_back / sizeof *days_back;
    if (!ta_moment_guess(out, all, now)) {
        return false;
    }
    for (size_t i = 1; i < tries && out->instant > now; i++) {
        struct ta_moment moment;
        int64_t from = now - days_back[i] * INT64_C(86400000);
        if (ta_moment_guess(&moment, all, from) && moment.instant <= now) {
            *out = moment;
        }
    }
    return true;
}
