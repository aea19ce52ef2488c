#include "turnabout/base/words.h"

#include <stddef.h>
#include <unictype.h>
#include <unistr.h>

enum sort { BETWEEN, LETTER, MARK, CHARACTER };

/* Blocks of the scripts whose characters are words. */
static const struct {
    ucs4_t first, last;
} apart[] = {
    {0x0E00, 0x0EFF},   /* Thai, Lao */
    {0x1000, 0x109F},   /* Burmese */
    {0x1780, 0x17FF},   /* Khmer */
    {0x3005, 0x3007},   /* ideographs that repeat, close and count */
    {0x3040, 0x30FF},   /* kana */
    {0x31F0, 0x31FF},   /* more of them */
    {0x3400, 0x9FFF},   /* ideographs */
    {0xAC00, 0xD7A3},   /* Korean syllables */
    {0xF900, 0xFAFF},   /* ideographs */
    {0xFF66, 0xFF9F},   /* narrow kana */
    {0x20000, 0x3FFFF}, /* ideographs */
};

static bool stands_apart(ucs4_t point)
{
    for (size_t i = 0; i < sizeof apart / sizeof *apart && point >= apart[i].first; i++) {
        if (point <= apart[i].last) {
            return true;
        }
    }
    return false;
}

static enum sort sort_of_byte(unsigned char byte)
{
    unsigned char small = byte | 0x20U;
    return (small >= 'a' && small <= 'z') || (byte >= '0' && byte <= '9') ? LETTER : BETWEEN;
}

/* Invisible formatting is a mark like any other: folding takes it away. */
static enum sort sort_of_point(ucs4_t point)
{
    if (uc_is_general_category_withtable(point, UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Cf)) {
        return MARK;
    }
    if (!uc_is_general_category_withtable(point, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)) {
        return BETWEEN;
    }
    return stands_apart(point) ? CHARACTER : LETTER;
}

/* The sort of the character at the beginning of a text that is not empty, and its bytes. */
static enum sort look(struct ta_piece text, size_t *taken)
{
    unsigned char byte = (unsigned char)*text.at;
    if (byte < 0x80U) {
        *taken = 1;
        return sort_of_byte(byte);
    }
    ucs4_t point;
    int length = u8_mbtoucr(&point, (const uint8_t *)text.at, text.length);
    *taken = length > 0 ? (size_t)length : 1;
    return length > 0 ? sort_of_point(point) : BETWEEN;
}

static void skip(struct ta_piece *text, size_t bytes)
{
    text->at += bytes;
    text->length -= bytes;
}

/* Marks belong to what they stand on; on nothing, they are no word. */
bool ta_next_word(struct ta_piece *rest, struct ta_piece *word)
{
    enum sort begins = BETWEEN;
    size_t taken = 0;
    while (rest->length > 0 && (begins = look(*rest, &taken)) != LETTER && begins != CHARACTER) {
        skip(rest, taken);
    }
    if (rest->length == 0) {
        return false;
    }
    *word = (struct ta_piece){rest->at, 0};
    enum sort sort;
    do {
        word->length += taken;
        skip(rest, taken);
        sort = rest->length > 0 ? look(*rest, &taken) : BETWEEN;
    } while ((sort == MARK || (sort == LETTER && begins == LETTER)) &&
             word->length + taken <= TA_WORD_LONGEST);
    return true;
}
