#include "turnabout/domain/sought.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/base/words.h"

/* Phrases */

static void add_word(struct ta_phrase *phrase, struct ta_piece word)
{
    struct ta_text folded = {0};
    ta_fold(&folded, word.at, word.length);
    char **added = ta_append(&phrase->words, phrase->count++, sizeof *phrase->words);
    *added = ta_text_take(&folded);
}

static void read_phrase(struct ta_phrase *phrase, struct ta_piece text, bool beginning)
{
    struct ta_piece word;
    while (ta_next_word(&text, &word)) {
        add_word(phrase, word);
    }
    phrase->beginning = beginning && phrase->count > 0;
}

static void release_phrase(struct ta_phrase *phrase)
{
    for (size_t i = 0; i < phrase->count; i++) {
        free(phrase->words[i]);
    }
    free(phrase->words);
    *phrase = (struct ta_phrase){0};
}

/* "Don't" is two words that must stand together, and so is a row of Chinese characters. */
static void add_phrase(struct ta_sought *sought, struct ta_piece text, bool beginning)
{
    if (sought->count == TA_PHRASES_MOST) {
        return;
    }
    struct ta_phrase *phrase = &sought->phrases[sought->count];
    read_phrase(phrase, text, beginning);
    sought->count += phrase->count > 0;
}

/* Filters */

static void say_unclear(struct ta_sought *sought, const char *filter, struct ta_piece value,
                        const char *instead)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "%s:%.*s", filter, (int)value.length, value.at);
    ta_replace(&sought->unclear, text.bytes);
    ta_replace(&sought->instead, instead);
    ta_text_release(&text);
}

static bool read_number(struct ta_piece *rest, unsigned *number)
{
    size_t digits = 0;
    *number = 0;
    while (digits < rest->length && isdigit((unsigned char)rest->at[digits])) {
        unsigned digit = (unsigned)(rest->at[digits++] - '0');
        *number = *number < UINT32_MAX / 20 ? *number * 10 + digit : *number;
    }
    *rest = (struct ta_piece){rest->at + digits, rest->length - digits};
    return digits > 0 && *number > 0;
}

static void filter_session(struct ta_sought *sought, struct ta_piece value)
{
    struct ta_piece rest = value;
    unsigned first = 0;
    bool ok = read_number(&rest, &first);
    unsigned last = first;
    if (ok && rest.length > 1 && rest.at[0] == '-') {
        rest = (struct ta_piece){rest.at + 1, rest.length - 1};
        ok = read_number(&rest, &last);
    }
    /* "2-" is "2-4" on its way. */
    if (!ok || (rest.length > 0 && !ta_piece_is(rest, "-"))) {
        say_unclear(sought, "session", value, "a number, or two with a hyphen");
        return;
    }
    sought->first_session = first < last ? first : last;
    sought->last_session = first < last ? last : first;
}

static void filter_kind(struct ta_sought *sought, struct ta_piece value)
{
    enum ta_excerpt_kind kind;
    if (ta_excerpt_kind_read(&kind, value)) {
        sought->kinds |= 1U << kind;
        return;
    }
    struct ta_text known = {0};
    for (kind = 0; kind < TA_EXCERPT_KINDS; kind++) {
        bool last = kind + 1 == TA_EXCERPT_KINDS;
        ta_text_addf(&known, "%s%s",
                     kind == 0 ? ""
                     : last    ? " or "
                               : ", ",
                     ta_excerpt_kind_name(kind));
    }
    say_unclear(sought, "kind", value, known.bytes);
    ta_text_release(&known);
}

static void filter_pair(struct ta_sought *sought, struct ta_piece value)
{
    read_phrase(&sought->pair, value, true);
}

/* A day, or the first of a month or a year that the parts name. */
static bool read_day(struct ta_day *day, struct ta_piece value)
{
    struct ta_text whole = {0};
    static const char rest[] = "-01-01"; /* 2026, 2026-10 */
    bool partly = value.length == 4 || value.length == 7;
    ta_text_add_bytes(&whole, value.at, value.length);
    ta_text_add(&whole, partly ? rest + (value.length - 4) : "");
    bool ok = ta_day_read(day, (struct ta_piece){whole.bytes, whole.length});
    ta_text_release(&whole);
    return ok;
}

static void filter_day(struct ta_sought *sought, struct ta_piece value, bool first)
{
    struct ta_day day;
    if (!read_day(&day, value)) {
        say_unclear(sought, first ? "from" : "to", value,
                    "a day (2026-11-24), a month (2026-11) or a year");
    } else if (first) {
        sought->from = day;
    } else if (value.length == 4) {
        sought->to = (struct ta_day){day.year, 12, 31};
    } else if (value.length == 7) {
        bool december = day.month == 12;
        struct ta_day next = {day.year + december, december ? 1 : day.month + 1, 1};
        sought->to = ta_day_add(next, -1);
    } else {
        sought->to = day;
    }
}

static void filter_from(struct ta_sought *sought, struct ta_piece value)
{
    filter_day(sought, value, true);
}

static void filter_to(struct ta_sought *sought, struct ta_piece value)
{
    filter_day(sought, value, false);
}

static const struct {
    const char *name;
    void (*read)(struct ta_sought *sought, struct ta_piece value);
} filters[] = {
    {"pair:", filter_pair}, {"session:", filter_session}, {"kind:", filter_kind},
    {"from:", filter_from}, {"to:", filter_to},
};

/* Reading a line */

static struct ta_piece behind(struct ta_piece text, size_t bytes)
{
    return (struct ta_piece){text.at + bytes, text.length - bytes};
}

/* Takes up to the next blank, or what stands in quotes. */
static struct ta_piece take_part(struct ta_piece *rest, bool *quoted)
{
    *quoted = rest->length > 0 && *rest->at == '"';
    *rest = *quoted ? behind(*rest, 1) : *rest;
    size_t length = 0;
    while (length < rest->length &&
           (*quoted ? rest->at[length] != '"' : strchr(" \t\n\r", rest->at[length]) == NULL)) {
        length++;
    }
    struct ta_piece part = {rest->at, length};
    *rest = behind(*rest, length < rest->length ? length + 1 : length);
    return part;
}

/* How long the name of a filter at the beginning is, its colon included; 0: there is none. */
static size_t find_filter(struct ta_piece rest, size_t *which)
{
    for (*which = 0; *which < sizeof filters / sizeof *filters; (*which)++) {
        size_t length = strlen(filters[*which].name);
        if (rest.length >= length && strncasecmp(rest.at, filters[*which].name, length) == 0) {
            return length;
        }
    }
    return 0;
}

static void read_part(struct ta_sought *sought, struct ta_piece *rest, bool filtered, bool as_typed)
{
    bool quoted;
    size_t which = 0;
    size_t name = filtered ? find_filter(*rest, &which) : 0;
    *rest = behind(*rest, name);
    const char *end = rest->at + rest->length;
    struct ta_piece part = take_part(rest, &quoted);
    if (name > 0 && part.length > 0) {
        filters[which].read(sought, part);
        return;
    }
    bool last = as_typed && !quoted && part.at + part.length == end;
    bool open = part.length > 1 && part.at[part.length - 1] == '*';
    add_phrase(sought, part, last || open);
}

static void read_line(struct ta_sought *sought, const char *line, bool filtered, bool as_typed)
{
    struct ta_piece rest = ta_piece_of(line);
    *sought = (struct ta_sought){0};
    while (rest.length > 0) {
        if (strchr(" \t\n\r", *rest.at) != NULL) {
            rest = behind(rest, 1);
        } else {
            read_part(sought, &rest, filtered, as_typed);
        }
    }
}

void ta_sought_read(struct ta_sought *sought, const char *line, bool as_typed)
{
    read_line(sought, line, true, as_typed);
}

void ta_sought_read_words(struct ta_sought *sought, const char *line)
{
    read_line(sought, line, false, true);
}

void ta_sought_release(struct ta_sought *sought)
{
    for (size_t i = 0; i < sought->count; i++) {
        release_phrase(&sought->phrases[i]);
    }
    release_phrase(&sought->pair);
    free(sought->unclear);
    free(sought->instead);
    *sought = (struct ta_sought){0};
}

bool ta_sought_is_empty(const struct ta_sought *sought)
{
    return sought->count == 0 && sought->pair.count == 0 && sought->last_session == 0 &&
           sought->kinds == 0 && sought->from.year == 0 && sought->to.year == 0;
}

/* Finding */

static bool is_word(struct ta_text *scratch, struct ta_piece word, const char *sought,
                    bool beginning)
{
    ta_text_clear(scratch);
    ta_fold(scratch, word.at, word.length);
    size_t length = strlen(sought);
    return scratch->length >= length && memcmp(scratch->bytes, sought, length) == 0 &&
           (beginning || scratch->length == length);
}

/* Whether the phrase stands where `word` is the first and `rest` what follows; `end` is behind it.
 */
static bool stands_at(const struct ta_phrase *phrase, struct ta_text *scratch, struct ta_piece word,
                      struct ta_piece rest, const char **end)
{
    for (size_t i = 0; i < phrase->count; i++) {
        bool last = i + 1 == phrase->count;
        if ((i > 0 && !ta_next_word(&rest, &word)) ||
            !is_word(scratch, word, phrase->words[i], last && phrase->beginning)) {
            return false;
        }
    }
    *end = word.at + word.length;
    return true;
}

bool ta_sought_fits(const struct ta_sought *sought, struct ta_piece text)
{
    struct ta_text scratch = {0};
    struct ta_piece word;
    const char *end;
    unsigned missing = (1U << sought->count) - 1;
    while (missing != 0 && ta_next_word(&text, &word)) {
        for (size_t i = 0; i < sought->count; i++) {
            bool found = (missing >> i & 1U) != 0 &&
                         stands_at(&sought->phrases[i], &scratch, word, text, &end);
            missing &= ~((unsigned)found << i);
        }
    }
    ta_text_release(&scratch);
    return missing == 0;
}

/* Each word may stand anywhere among the names. */
bool ta_sought_names(const struct ta_sought *sought, struct ta_piece names)
{
    struct ta_text scratch = {0};
    bool all = true;
    for (size_t i = 0; all && i < sought->pair.count; i++) {
        struct ta_piece rest = names;
        struct ta_piece word;
        bool found = false;
        while (!found && ta_next_word(&rest, &word)) {
            found = is_word(&scratch, word, sought->pair.words[i], true);
        }
        all = found;
    }
    ta_text_release(&scratch);
    return all;
}

bool ta_sought_is_slug(const struct ta_sought *sought, struct ta_piece slug)
{
    struct ta_text scratch = {0};
    struct ta_piece word;
    size_t count = 0;
    bool same = true;
    while (same && ta_next_word(&slug, &word)) {
        same =
            count < sought->pair.count && is_word(&scratch, word, sought->pair.words[count], false);
        count++;
    }
    ta_text_release(&scratch);
    return same && count > 0 && count == sought->pair.count;
}

bool ta_sought_next(const struct ta_sought *sought, struct ta_piece *rest, struct ta_piece *place)
{
    struct ta_text scratch = {0};
    struct ta_piece word;
    *place = (struct ta_piece){0};
    while (place->length == 0 && ta_next_word(rest, &word)) {
        for (size_t i = 0; i < sought->count; i++) {
            const char *end;
            if (stands_at(&sought->phrases[i], &scratch, word, *rest, &end) &&
                end > word.at + place->length) {
                *place = (struct ta_piece){word.at, (size_t)(end - word.at)};
            }
        }
    }
    if (place->length > 0) {
        const char *end = rest->at + rest->length;
        rest->at = place->at + place->length;
        rest->length = (size_t)(end - rest->at);
    }
    ta_text_release(&scratch);
    return place->length > 0;
}

void ta_hits_release(struct ta_hits *hits)
{
    for (size_t i = 0; i < hits->count; i++) {
        free(hits->items[i].source);
        free(hits->items[i].names);
        free(hits->items[i].path);
        free(hits->items[i].excerpt.text);
    }
    free(hits->items);
    *hits = (struct ta_hits){0};
}
