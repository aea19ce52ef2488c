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
        if (!is_ignored(code_point(result, folded_length, at, &taken))) {
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
