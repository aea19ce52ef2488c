/* What two texts are compared by. */
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "points.h"
#include "turnabout/base/unicode.h"

/* Accents, and the vowel points of Hebrew and Arabic, by their combining classes. The marks that
 * other scripts spell with (Indic vowels, kana voicing) have lower ones and stay. */
static bool is_ignored(ucs4_t point)
{
    int class = uc_combining_class(point);
    bool accent = class >= UC_CCC_ATBL || (class >= 10 && class <= 36);
    return accent || uc_is_general_category(point, UC_FORMAT);
}

/* Letters that have no accent to take away, and are written plain by whoever has no key for them.
 */
static ucs4_t plain(ucs4_t point)
{
    static const struct {
        ucs4_t letter;
        char plain;
    } letters[] = {
        {0x0131, 'i'}, /* ı, of which I is the capital */
        {0x0142, 'l'}, /* ł */
        {0x00F8, 'o'}, /* ø */
        {0x0111, 'd'}, /* đ */
    };
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (point == letters[i].letter) {
            return (ucs4_t)letters[i].plain;
        }
    }
    return point;
}

static void add_folded(struct ta_text *out, const char *bytes, size_t length)
{
    size_t folded_length = 0;
    uint8_t *folded = u8_casefold(units(bytes), length, NULL, UNINORM_NFKD, NULL, &folded_length);
    if (folded == NULL) {
        abort();
    }
    const char *result = (const char *)folded;
    size_t taken;
    for (size_t at = 0; at < folded_length; at += taken) {
        ucs4_t point = code_point(result, folded_length, at, &taken);
        ucs4_t letter = plain(point);
        if (letter != point) {
            ta_text_add_bytes(out, &(char){(char)letter}, 1);
        } else if (!is_ignored(point)) {
            ta_text_add_bytes(out, result + at, taken);
        }
    }
    free(folded);
}

void ta_fold(struct ta_text *out, const char *bytes, size_t length)
{
    size_t plain = 0;
    while (plain < length && is_ascii(bytes[plain])) {
        plain++;
    }
    if (plain < length && ta_utf8_is_valid(bytes, length)) {
        add_folded(out, bytes, length);
        return;
    }
    size_t from = out->length;
    ta_text_add_bytes(out, bytes, length);
    for (size_t at = from; at < out->length; at++) {
        bool upper = out->bytes[at] >= 'A' && out->bytes[at] <= 'Z';
        out->bytes[at] = (char)(upper ? out->bytes[at] + ('a' - 'A') : out->bytes[at]);
    }
}
