#include "turnabout/base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

enum { LEAST_ROOM = 64 };

/* Room for `more` bytes and the NUL behind them. */
static void make_room(struct ta_text *text, size_t more)
{
    if (more >= SIZE_MAX / 2 - text->length) {
        abort();
    }
    size_t needed = text->length + more + 1;
    if (needed <= text->room) {
        return;
    }
    size_t room = text->room < LEAST_ROOM ? LEAST_ROOM : text->room;
    while (room < needed) {
        room *= 2;
    }
    char *bytes = realloc(text->bytes, room);
    if (bytes == NULL) {
        abort();
    }
    text->bytes = bytes;
    text->room = room;
}

void ta_text_add(struct ta_text *text, const char *string)
{
    ta_text_add_bytes(text, string, strlen(string));
}

void ta_text_add_bytes(struct ta_text *text, const char *bytes, size_t length)
{
    ta_text_insert(text, text->length, bytes, length);
}

void ta_text_addf(struct ta_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    ta_text_addv(text, format, arguments);
    va_end(arguments);
}

void ta_text_addv(struct ta_text *text, const char *format, va_list arguments)
{
    assert(format != NULL);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    assert(length >= 0);
    make_room(text, (size_t)length);
    (void)vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    va_end(again);
    text->length += (size_t)length;
}

void ta_text_insert(struct ta_text *text, size_t at, const char *bytes, size_t length)
{
    assert(at <= text->length);
    make_room(text, length);
    memmove(text->bytes + at + length, text->bytes + at, text->length - at);
    if (length > 0) {
        memcpy(text->bytes + at, bytes, length);
    }
    text->length += length;
    text->bytes[text->length] = '\0';
}

void ta_text_remove(struct ta_text *text, size_t at, size_t length)
{
    assert(at <= text->length && length <= text->length - at);
    if (length == 0) {
        return;
    }
    memmove(text->bytes + at, text->bytes + at + length, text->length - at - length + 1);
    text->length -= length;
}

void ta_text_clear(struct ta_text *text)
{
    text->length = 0;
    if (text->bytes != NULL) {
        text->bytes[0] = '\0';
    }
}

void ta_text_release(struct ta_text *text)
{
    free(text->bytes);
    *text = (struct ta_text){0};
}

char *ta_text_take(struct ta_text *text)
{
    char *bytes = text->bytes != NULL ? text->bytes : ta_copy("");
    *text = (struct ta_text){0};
    return bytes;
}

struct ta_piece ta_piece_of(const char *string)
{
    return (struct ta_piece){string, string == NULL ? 0 : strlen(string)};
}

bool ta_piece_is(struct ta_piece piece, const char *string)
{
    return piece.length == strlen(string) && ta_piece_starts(piece, string);
}

bool ta_piece_starts(struct ta_piece piece, const char *prefix)
{
    size_t length = strlen(prefix);
    return length == 0 || (piece.length >= length && memcmp(piece.at, prefix, length) == 0);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

struct ta_piece ta_piece_trim(struct ta_piece piece)
{
    while (piece.length > 0 && is_blank(piece.at[piece.length - 1])) {
        piece.length--;
    }
    while (piece.length > 0 && is_blank(piece.at[0])) {
        piece.at++;
        piece.length--;
    }
    return piece;
}

char *ta_piece_copy(struct ta_piece piece)
{
    return ta_copy_bytes(piece.at, piece.length);
}

/* Takes what lies before the first `separator` (or all) off `rest`, and the separator with it. */
static bool take(struct ta_piece *rest, char separator, struct ta_piece *part)
{
    if (rest->length == 0) {
        return false;
    }
    const char *end = memchr(rest->at, separator, rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->at);
    size_t taken = end == NULL ? length : length + 1;
    *part = (struct ta_piece){rest->at, length};
    *rest = (struct ta_piece){rest->at + taken, rest->length - taken};
    return true;
}

bool ta_next_line(struct ta_piece *rest, struct ta_piece *line)
{
    size_t before = rest->length;
    if (!take(rest, '\n', line)) {
        return false;
    }
    bool ended = before - rest->length > line->length;
    if (ended && line->length > 0 && line->at[line->length - 1] == '\r') {
        line->length--;
    }
    return true;
}

struct ta_piece ta_last_line(struct ta_piece text)
{
    struct ta_piece last = {0};
    struct ta_piece line;
    while (ta_next_line(&text, &line)) {
        line = ta_piece_trim(line);
        last = line.length > 0 ? line : last;
    }
    return last;
}

bool ta_next_part(struct ta_piece *rest, char separator, struct ta_piece *part)
{
    if (!take(rest, separator, part)) {
        return false;
    }
    *part = ta_piece_trim(*part);
    return true;
}
