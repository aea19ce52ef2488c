#include "turnabout/base/unicode.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>
#include <uniwbrk.h>
#include <uniwidth.h>
#include <wchar.h>

#include "points.h"
#include "turnabout/base/memory.h"

enum {
    REPLACEMENT = 0xFFFD,
    MARKS_SHOWN = 4,
    WINDOW = 64, /* bytes looked at first for a character's edge */
    WORD_WINDOW = 256,
    WORD_MARGIN = 32, /* edges this near to the end of a window may depend on what is behind it */
};

static bool is_printable_ascii(char byte)
{
    return byte >= ' ' && byte <= '~';
}

/* The printable ASCII that a text begins with: what most of it is, and the quickest to judge. */
static size_t plain_length(const char *bytes, size_t length)
{
    size_t plain = 0;
    while (plain < length && is_printable_ascii(bytes[plain])) {
        plain++;
    }
    return plain;
}

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0U) == 0x80U;
}

/* `at`, or the beginning of the code point that it lies in. */
static size_t align(const char *bytes, size_t at)
{
    size_t aligned = at;
    while (aligned > 0 && at - aligned < 3 && continues(bytes[aligned])) {
        aligned--;
    }
    return aligned;
}

bool ta_utf8_is_valid(const char *bytes, size_t length)
{
    return length == 0 ||
           (memchr(bytes, '\0', length) == NULL && u8_check(units(bytes), length) == NULL);
}

static bool is_line_end_or_control(ucs4_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

static bool is_plain(struct ta_piece text, const char *allowed)
{
    size_t at = plain_length(text.at, text.length);
    if (at == text.length) {
        return true;
    }
    if (!ta_utf8_is_valid(text.at, text.length)) {
        return false;
    }
    while (at < text.length) {
        size_t taken;
        ucs4_t point = code_point(text.at, text.length, at, &taken);
        if (is_line_end_or_control(point) && (point >= 0x20 || !strchr(allowed, (int)point))) {
            return false;
        }
        at += taken;
        at += plain_length(text.at + at, text.length - at);
    }
    return true;
}

bool ta_is_line(struct ta_piece text)
{
    return is_plain(text, "");
}

bool ta_is_prose(struct ta_piece text)
{
    return is_plain(text, "\n\t");
}

/* Characters */

/* The first edge behind `at` within `window` bytes, or 0: u8_grapheme_breaks sees whole families
 * and flags where u8_grapheme_next, which looks at pairs, does not. */
static size_t edge_within(const char *bytes, size_t window)
{
    char small[WINDOW];
    char *breaks = window <= sizeof small ? small : ta_allocate(window, 1);
    u8_grapheme_breaks(units(bytes), window, breaks);
    const char *edge = window > 1 ? memchr(breaks + 1, 1, window - 1) : NULL;
    size_t found = edge == NULL ? 0 : (size_t)(edge - breaks);
    if (breaks != small) {
        free(breaks);
    }
    return found;
}

/* Whether there is an edge between two code points whatever stands before them. */
static bool always_breaks(ucs4_t before, ucs4_t behind)
{
    bool regional = uc_graphemeclusterbreak_property(before) == GBP_RI &&
                    uc_graphemeclusterbreak_property(behind) == GBP_RI;
    bool joined = uc_graphemeclusterbreak_property(before) == GBP_ZWJ;
    return !regional && !joined && uc_is_grapheme_break(before, behind);
}

/* Whether the character at `at` is one code point, and the next two tell so. */
static bool stands_alone(const char *bytes, size_t length, size_t at, size_t *end)
{
    size_t taken;
    ucs4_t point = code_point(bytes, length, at, &taken);
    *end = at + taken;
    return *end == length || always_breaks(point, code_point(bytes, length, *end, &taken));
}

size_t ta_character_next(const char *bytes, size_t length, size_t at)
{
    if (at >= length) {
        return length;
    }
    if (is_printable_ascii(bytes[at]) && (at + 1 == length || is_ascii(bytes[at + 1]))) {
        return at + 1;
    }
    size_t end;
    if (stands_alone(bytes, length, at, &end)) {
        return end;
    }
    for (size_t window = WINDOW; window < length - at; window *= 2) {
        size_t edge = edge_within(bytes + at, align(bytes, at + window) - at);
        if (edge > 0) {
            return at + edge;
        }
    }
    size_t edge = edge_within(bytes + at, length - at);
    return edge > 0 ? at + edge : length;
}

/* The last edge before `at` (> 0) that can be told from two code points. */
static size_t certain_edge_before(const char *bytes, size_t at)
{
    size_t taken;
    size_t edge = align(bytes, at - 1);
    ucs4_t behind = code_point(bytes, at, edge, &taken);
    while (edge > 0) {
        size_t start = align(bytes, edge - 1);
        ucs4_t before = code_point(bytes, edge, start, &taken);
        if (always_breaks(before, behind)) {
            break;
        }
        edge = start;
        behind = before;
    }
    return edge;
}

size_t ta_character_before(const char *bytes, size_t length, size_t at)
{
    if (at > length) {
        at = length;
    }
    if (at == 0) {
        return 0;
    }
    if (is_printable_ascii(bytes[at - 1])) {
        bool alone = at == 1 || is_ascii(bytes[at - 2]);
        if (alone) {
            return at - 1;
        }
    }
    size_t edge = certain_edge_before(bytes, at);
    for (size_t next = edge; next < at; next = ta_character_next(bytes, at, edge)) {
        edge = next;
    }
    return edge;
}

/* Words */

static bool begins_word(const char *bytes, size_t length, size_t at)
{
    size_t taken;
    ucs4_t point = code_point(bytes, length, at, &taken);
    return point == '_' || uc_is_alnum(point);
}

/* The end of the segment that begins at `at`. */
static size_t segment_end(const char *breaks, size_t length, size_t at)
{
    const char *edge = at + 1 < length ? memchr(breaks + at + 1, 1, length - at - 1) : NULL;
    return edge == NULL ? length : (size_t)(edge - breaks);
}

/* The end of the first word in a window, or its length. */
static size_t first_word_end(const char *bytes, size_t window)
{
    char *breaks = ta_allocate(window, 1);
    u8_wordbreaks(units(bytes), window, breaks);
    size_t at = 0;
    while (at < window && !begins_word(bytes, window, at)) {
        at = segment_end(breaks, window, at);
    }
    size_t end = at < window ? segment_end(breaks, window, at) : window;
    free(breaks);
    return end;
}

size_t ta_word_next(const char *bytes, size_t length, size_t at)
{
    if (at >= length) {
        return length;
    }
    for (size_t window = WORD_WINDOW; window < length - at; window *= 2) {
        size_t seen = align(bytes, at + window) - at;
        size_t end = first_word_end(bytes + at, seen);
        if (end + WORD_MARGIN < seen) {
            return at + end;
        }
    }
    return at + first_word_end(bytes + at, length - at);
}

/* The beginning of the last word in a window, or 0. */
static size_t last_word_start(const char *bytes, size_t window)
{
    char *breaks = ta_allocate(window, 1);
    u8_wordbreaks(units(bytes), window, breaks);
    size_t start = 0;
    for (size_t at = 0; at < window; at = segment_end(breaks, window, at)) {
        if (begins_word(bytes, window, at)) {
            start = at;
        }
    }
    free(breaks);
    return start;
}

size_t ta_word_before(const char *bytes, size_t length, size_t at)
{
    if (at > length) {
        at = length;
    }
    if (at == 0) {
        return 0;
    }
    for (size_t window = WORD_WINDOW; window < at; window *= 2) {
        size_t from = align(bytes, at - window);
        size_t start = last_word_start(bytes + from, at - from);
        if (start > WORD_MARGIN) {
            return from + start;
        }
    }
    return last_word_start(bytes, at);
}

/* What the terminal shows */

/* A code point on its way to the terminal. */
struct shown {
    ucs4_t point; /* 0: nothing is shown */
    int columns;
};

/* What was met before: whether a mark can sit on it, and how many do. */
struct run {
    ucs4_t before; /* 0 at the beginning */
    int marks;
};

static bool is_dropped(ucs4_t point)
{
    bool joiner = point == 0x200CU || point == 0x200DU;
    bool selector =
        (point >= 0xFE00U && point <= 0xFE0FU) || (point >= 0xE0100U && point <= 0xE01EFU);
    bool skin_tone = point >= 0x1F3FBU && point <= 0x1F3FFU;
    return joiner || selector || skin_tone;
}

/* libc's table, because ncurses counts with it. The plain C locale has none beyond ASCII: there
 * libunistring's stands in. */
static int columns_of(ucs4_t point)
{
    return MB_CUR_MAX > 1 ? wcwidth((wchar_t)point) : uc_width(point, "UTF-8");
}

static struct shown show_mark(const struct run *run, ucs4_t point)
{
    bool formatting = uc_is_general_category(point, UC_FORMAT);
    if (formatting || uc_is_grapheme_break(run->before, point)) {
        return (struct shown){REPLACEMENT, 1};
    }
    return (struct shown){run->marks <= MARKS_SHOWN ? point : 0, 0};
}

static struct shown show(struct run *run, ucs4_t point)
{
    if (point == '\n') {
        *run = (struct run){point, 0};
        return (struct shown){point, 0};
    }
    if (is_dropped(point)) {
        run->before = run->before == 0 ? 0 : point;
        return (struct shown){0};
    }
    int columns = point == '\t' || point == 0xADU ? -1 : columns_of(point);
    run->marks = columns == 0 ? run->marks + 1 : 0;
    struct shown shown = columns == 0
                             ? show_mark(run, point)
                             : (struct shown){columns < 0 ? REPLACEMENT : point, abs(columns)};
    if (point == '\t') {
        shown.point = ' ';
    }
    run->before = point;
    return shown;
}

int ta_width(const char *bytes, size_t length)
{
    int width = 0;
    struct run run = {0};
    size_t taken;
    for (size_t at = 0; at < length; at += taken) {
        taken = 1;
        if (is_printable_ascii(bytes[at])) {
            run = (struct run){(ucs4_t)bytes[at], 0};
            width++;
        } else {
            width += show(&run, code_point(bytes, length, at, &taken)).columns;
        }
    }
    return width;
}

/* Edges that one look at a window found: asking for each character alone would look at the same
 * bytes again and again. */
struct edges {
    size_t from, to;
    char breaks[WINDOW];
};

static size_t next_edge(struct edges *edges, const char *bytes, size_t length, size_t at)
{
    if (is_printable_ascii(bytes[at]) && (at + 1 == length || is_ascii(bytes[at + 1]))) {
        return at + 1;
    }
    const char *edge = NULL;
    if (at + 1 < edges->to) {
        edge = memchr(edges->breaks + (at + 1 - edges->from), 1, edges->to - at - 1);
    }
    if (edge == NULL) {
        edges->from = at;
        edges->to = length - at > WINDOW ? align(bytes, at + WINDOW) : length;
        u8_grapheme_breaks(units(bytes) + at, edges->to - at, edges->breaks);
        edge = edges->to - at > 1 ? memchr(edges->breaks + 1, 1, edges->to - at - 1) : NULL;
    }
    return edge != NULL ? edges->from + (size_t)(edge - edges->breaks)
                        : ta_character_next(bytes, length, at);
}

/* Plain characters from the beginning that fit; not one that a mark may follow. */
static size_t fit_plain(const char *bytes, size_t length, int columns)
{
    size_t most = columns > 0 ? (size_t)columns : 0;
    size_t plain = plain_length(bytes, length < most ? length : most);
    bool marked = plain > 0 && plain < length && !is_ascii(bytes[plain]);
    return marked ? plain - 1 : plain;
}

size_t ta_fit(const char *bytes, size_t length, int columns)
{
    size_t at = fit_plain(bytes, length, columns);
    if (at == length) {
        return length;
    }
    struct edges edges = {0};
    int left = columns - (int)at;
    while (at < length && bytes[at] != '\n') {
        size_t next = next_edge(&edges, bytes, length, at);
        left -= next - at == 1 ? 1 : ta_width(bytes + at, next - at);
        if (left < 0) {
            break;
        }
        at = next;
    }
    return at;
}

void ta_clean(struct ta_text *out, const char *bytes, size_t length)
{
    struct run run = {0};
    size_t taken;
    for (size_t at = 0; at < length; at += taken) {
        taken = plain_length(bytes + at, length - at);
        if (taken > 0) {
            ta_text_add_bytes(out, bytes + at, taken);
            run = (struct run){(ucs4_t)bytes[at + taken - 1], 0};
            continue;
        }
        struct shown shown = show(&run, code_point(bytes, length, at, &taken));
        if (shown.point != 0) {
            uint8_t encoded[4];
            int size = u8_uctomb(encoded, shown.point, sizeof encoded);
            ta_text_add_bytes(out, (const char *)encoded, (size_t)size);
        }
    }
}
