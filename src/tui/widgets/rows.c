#include "rows.h"

#include <string.h>

#include "turnabout/base/unicode.h"

enum {
    SEGMENT = 4096,    /* bytes of a paragraph wrapped at once */
    SEAM_SEARCH = 128, /* bytes in which a blank is looked for, to lay a seam behind it */
};

struct span {
    size_t from, to;
};

static bool is_edge(const struct ta_text *text, size_t at)
{
    if (at == 0 || at >= text->length) {
        return at <= text->length;
    }
    size_t before = ta_character_before(text->bytes, text->length, at);
    return ta_character_next(text->bytes, text->length, before) == at;
}

size_t ta_edge_from(const struct ta_text *text, size_t at)
{
    if (is_edge(text, at)) {
        return at;
    }
    size_t before = ta_character_before(text->bytes, text->length, at);
    return ta_character_next(text->bytes, text->length, before);
}

size_t ta_edge_up_to(const struct ta_text *text, size_t at)
{
    while (at > 0 && at < text->length && ((unsigned char)text->bytes[at] & 0xC0U) == 0x80U) {
        at--;
    }
    return is_edge(text, at) ? at : ta_character_before(text->bytes, text->length, at);
}

size_t ta_paragraph_start(const struct ta_text *text, size_t at)
{
    const char *feed = at > 0 ? memrchr(text->bytes, '\n', at) : NULL;
    return feed == NULL ? 0 : (size_t)(feed - text->bytes) + 1;
}

size_t ta_paragraph_end(const struct ta_text *text, size_t at)
{
    const char *feed = at < text->length ? memchr(text->bytes + at, '\n', text->length - at) : NULL;
    return feed == NULL ? text->length : (size_t)(feed - text->bytes);
}

static struct span paragraph_at(const struct ta_text *text, size_t at)
{
    size_t end = ta_paragraph_end(text, at);
    return (struct span){ta_paragraph_start(text, at), end < text->length ? end + 1 : end};
}

static size_t seam(const struct ta_text *text, struct span paragraph, size_t number)
{
    size_t at = paragraph.from + number * SEGMENT;
    if (number == 0 || at >= paragraph.to) {
        return number == 0 ? paragraph.from : paragraph.to;
    }
    const char *blank = memrchr(text->bytes + at - SEAM_SEARCH, ' ', SEAM_SEARCH);
    return ta_edge_up_to(text, blank == NULL ? at : (size_t)(blank - text->bytes) + 1);
}

/* What is wrapped at once around `at`. */
static struct span segment_at(const struct ta_text *text, size_t at)
{
    struct span paragraph = paragraph_at(text, at);
    if (at == paragraph.to && at > paragraph.from) {
        at--;
    }
    size_t number = (at - paragraph.from) / SEGMENT;
    struct span segment = {seam(text, paragraph, number), seam(text, paragraph, number + 1)};
    while (segment.to <= at && segment.to < paragraph.to) {
        number++;
        segment = (struct span){segment.to, seam(text, paragraph, number + 1)};
    }
    return segment;
}

/* A line may be broken between a blank and a mark, which are one character. */
static struct ta_row row_from(const struct ta_text *text, int columns, size_t start, size_t end)
{
    size_t length = end > start ? ta_wrap(text->bytes + start, end - start, columns) : 0;
    return (struct ta_row){start, ta_edge_from(text, start + length), end};
}

struct ta_row ta_row_at(const struct ta_text *text, int columns, size_t at)
{
    struct span segment = segment_at(text, at);
    struct ta_row row = row_from(text, columns, segment.from, segment.to);
    while (row.end <= at && row.end < row.seam) {
        row = row_from(text, columns, row.end, row.seam);
    }
    return row;
}

bool ta_row_next(const struct ta_text *text, int columns, struct ta_row *row)
{
    size_t start = row->end;
    bool another = start < text->length || (row->start < start && text->bytes[start - 1] == '\n');
    if (another) {
        size_t end = start < row->seam ? row->seam : segment_at(text, start).to;
        *row = row_from(text, columns, start, end);
    }
    return another;
}

struct ta_row ta_row_above(const struct ta_text *text, int columns, size_t start, size_t count)
{
    while (count > 0 && start > 0) {
        struct span segment = segment_at(text, start - 1);
        struct ta_row first = row_from(text, columns, segment.from, segment.to);
        size_t rows = 1;
        for (struct ta_row row = first; row.end < start; rows++) {
            row = row_from(text, columns, row.end, row.seam);
        }
        for (; rows > count; rows--) {
            first = row_from(text, columns, first.end, first.seam);
        }
        count -= rows;
        start = first.start;
    }
    return row_from(text, columns, start, segment_at(text, start).to);
}

size_t ta_row_last(const struct ta_text *text, const struct ta_row *row)
{
    if (row->end > row->start && text->bytes[row->end - 1] == '\n') {
        return row->end - 1;
    }
    bool last = row->end == text->length;
    return last ? row->end : ta_character_before(text->bytes, text->length, row->end);
}
