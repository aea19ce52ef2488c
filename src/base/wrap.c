/* Where a line may be broken. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unilbrk.h>

#include "points.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* What an address on the web is made of; anything else ends it (RFC 3986, appendix C). */
static bool is_in_url(char byte)
{
    return byte > ' ' && byte <= '~' && strchr("<>\"\\^`{}|", byte) == NULL;
}

static bool is_in_scheme(char byte)
{
    return is_ascii(byte) && (uc_is_alnum((ucs4_t)byte) || strchr("+-.", byte) != NULL);
}

/* Whether `at` lies inside a URL that has room on a line of its own. */
static bool splits_url(const char *bytes, size_t length, size_t at, size_t columns)
{
    size_t start = at;
    while (start > 0 && is_in_url(bytes[start - 1])) {
        start--;
    }
    size_t end = at;
    while (end < length && end - at <= columns && is_in_url(bytes[end])) {
        end++;
    }
    const char *mark = start < at ? memmem(bytes + start, end - start, "://", 3) : NULL;
    if (mark == NULL) {
        return false;
    }
    size_t scheme = (size_t)(mark - bytes);
    while (scheme > start && is_in_scheme(bytes[scheme - 1])) {
        scheme--;
    }
    return scheme < at && at < end && end - scheme <= columns;
}

/* Whether the break stands as in "e.|g.", which UAX #14 forbids (LB29) and libunistring 1.0 not. */
static bool splits_abbreviation(const char *bytes, size_t length, size_t at)
{
    if (at == 0 || bytes[at - 1] == '\0' || strchr(".,:;", bytes[at - 1]) == NULL) {
        return false;
    }
    size_t taken;
    ucs4_t point = code_point(bytes, length, at, &taken);
    return uc_is_alpha(point) && ta_width(bytes + at, taken) == 1;
}

static bool may_break(const char *breaks, const char *bytes, size_t length, size_t at,
                      size_t columns)
{
    return breaks[at] == UC_BREAK_POSSIBLE && !splits_abbreviation(bytes, length, at) &&
           !splits_url(bytes, length, at, columns);
}

static bool is_ascii_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The most usual break, which needs no table: before the word of plain letters that `end` lies in
 * or at the beginning of, when a blank and such a word, its comma or its full stop precede it. 0:
 * this is not such a place. */
static size_t simple_break(const char *bytes, size_t end)
{
    size_t word = end;
    while (word > 0 && is_ascii_letter(bytes[word - 1])) {
        word--;
    }
    if (word < 2 || !is_ascii_letter(bytes[end]) || bytes[word - 1] != ' ') {
        return 0;
    }
    char before = bytes[word - 2];
    return is_ascii_letter(before) || before == ',' || before == '.' ? word : 0;
}

/* The last place up to `end` where a line may be broken, or 0. `end` is before `length`. */
static size_t last_break(const char *bytes, size_t length, size_t end, size_t columns)
{
    size_t simple = simple_break(bytes, end);
    if (simple > 0) {
        return simple;
    }
    char small[1024];
    size_t taken;
    (void)code_point(bytes, length, end, &taken);
    size_t window = end + taken;
    char *breaks = window <= sizeof small ? small : ta_allocate(window, 1);
    u8_possible_linebreaks(units(bytes), window, "UTF-8", breaks);
    size_t at = end;
    while (at > 0 && !may_break(breaks, bytes, length, at, columns)) {
        at--;
    }
    if (breaks != small) {
        free(breaks);
    }
    return at;
}

size_t ta_wrap(const char *bytes, size_t length, int columns)
{
    assert(columns >= 1);
    size_t fit = ta_fit(bytes, length, columns);
    size_t end = fit;
    while (end < length && is_blank(bytes[end])) {
        end++;
    }
    if (end == length) {
        return length;
    }
    if (bytes[end] == '\n') {
        return end + 1;
    }
    size_t at = last_break(bytes, length, end, (size_t)columns);
    if (at > 0) {
        return at;
    }
    return end > 0 ? end : ta_character_next(bytes, length, 0);
}
