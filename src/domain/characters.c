#include "characters.h"

#include <unictype.h>
#include <unistr.h>

#include "turnabout/base/unicode.h"

bool ta_next_character(struct ta_piece *rest, ucs4_t *character)
{
    if (rest->length == 0) {
        return false;
    }
    int size = u8_mbtouc(character, (const uint8_t *)rest->at, rest->length);
    rest->at += size;
    rest->length -= (size_t)size;
    return true;
}

bool ta_is_word_character(ucs4_t character)
{
    return uc_is_general_category_withtable(character, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M |
                                                           UC_CATEGORY_MASK_N);
}

struct ta_text ta_folded(struct ta_piece text)
{
    struct ta_text out = {0};
    ta_text_add(&out, "");
    if (text.length > 0) {
        ta_fold(&out, text.at, text.length);
    }
    return out;
}
