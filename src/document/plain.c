#include "plain.h"

#include <stdint.h>
#include <string.h>

#include <unistr.h>

static bool is_control(ucs4_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

static bool is_dropped(ucs4_t point)
{
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
           point == 0xFEFF;
}

size_t plain_character(const char *text, size_t length)
{
    ucs4_t point;
    int bytes = u8_mbtouc(&point, (const uint8_t *)text, length);
    return bytes > 0 ? (size_t)bytes : 1;
}

static void add_character(struct ta_text *out, const char *at, size_t bytes)
{
    ucs4_t point;
    if (u8_mbtoucr(&point, (const uint8_t *)at, bytes) < 0) {
        ta_text_add(out, "\uFFFD");
    } else if (is_control(point)) {
        ta_text_add(out, " ");
    } else if (!is_dropped(point)) {
        ta_text_add_bytes(out, at, bytes);
    }
}

void plain_add(struct ta_text *out, const char *text)
{
    struct ta_text line = {0};
    size_t length = text ? strlen(text) : 0;
    for (size_t at = 0, bytes = 0; at < length; at += bytes) {
        bytes = plain_character(text + at, length - at);
        add_character(&line, text + at, bytes);
    }
    struct ta_piece trimmed = ta_piece_trim((struct ta_piece){line.bytes, line.length});
    ta_text_add_bytes(out, trimmed.at, trimmed.length);
    ta_text_release(&line);
}

char *plain_copy(const char *text)
{
    struct ta_text out = {0};
    plain_add(&out, text);
    return ta_text_take(&out);
}
