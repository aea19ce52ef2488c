#include "turnabout/base/base64.h"

#include <string.h>

enum { LETTER_BITS = 6, BYTE_BITS = 8, LETTER_MOST = 63, BYTE_MOST = 255 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void ta_base64_write(struct ta_text *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        unsigned group = (unsigned)(unsigned char)bytes[i] << 16;
        group |= left > 1 ? (unsigned)(unsigned char)bytes[i + 1] << 8 : 0;
        group |= left > 2 ? (unsigned)(unsigned char)bytes[i + 2] : 0;
        ta_text_add_bytes(out, &digits[group >> 18], 1);
        ta_text_add_bytes(out, &digits[group >> 12 & LETTER_MOST], 1);
        ta_text_add_bytes(out, left > 1 ? &digits[group >> 6 & LETTER_MOST] : "=", 1);
        ta_text_add_bytes(out, left > 2 ? &digits[group & LETTER_MOST] : "=", 1);
    }
}

/* Bits that were read and make no whole byte yet. */
struct reading {
    unsigned held, bits;
    size_t letters, ends; /* so many letters, and "=" behind them */
};

static bool take_letter(struct ta_text *out, struct reading *reading, char letter)
{
    const char *digit = letter != '\0' ? strchr(digits, letter) : NULL;
    if (letter == '=') {
        reading->ends++;
        return true;
    }
    if (digit == NULL || reading->ends > 0) {
        return false;
    }
    reading->held = (reading->held << LETTER_BITS | (unsigned)(digit - digits)) & 0xFFFF;
    reading->bits += LETTER_BITS;
    reading->letters++;
    if (reading->bits >= BYTE_BITS) {
        reading->bits -= BYTE_BITS;
        char byte = (char)(reading->held >> reading->bits & BYTE_MOST);
        ta_text_add_bytes(out, &byte, 1);
    }
    return true;
}

static bool is_whole(const struct reading *reading)
{
    bool unset = (reading->held & ((1U << reading->bits) - 1)) == 0;
    return unset && reading->ends <= 2 && reading->letters % 4 != 1 &&
           (reading->letters + reading->ends) % 4 == 0;
}

bool ta_base64_read(struct ta_text *out, struct ta_piece letters)
{
    struct reading reading = {0};
    size_t before = out->length;
    bool ok = true;
    for (size_t i = 0; ok && i < letters.length; i++) {
        ok = strchr(" \t\r\n", letters.at[i]) != NULL && letters.at[i] != '\0'
                 ? true
                 : take_letter(out, &reading, letters.at[i]);
    }
    if (!ok || !is_whole(&reading)) {
        ta_text_remove(out, before, out->length - before);
        return false;
    }
    return true;
}
