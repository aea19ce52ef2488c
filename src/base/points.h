/**
 * The code points of UTF-8, as the files around unicode.h look at them.
 */
#ifndef TURNABOUT_SRC_BASE_POINTS_H
#define TURNABOUT_SRC_BASE_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <unistr.h>

/** Bytes as libunistring takes them. */
static inline const uint8_t *units(const char *bytes)
{
    return (const uint8_t *)bytes;
}

static inline bool is_ascii(char byte)
{
    return (unsigned char)byte < 0x80U;
}

/** The code point at `at`, which is before `length`, and its bytes; malformed ones are U+FFFD. */
static inline ucs4_t code_point(const char *bytes, size_t length, size_t at, size_t *taken)
{
    ucs4_t point;
    *taken = (size_t)u8_mbtouc(&point, units(bytes) + at, length - at);
    return point;
}

#endif
