#include "stem.h"

#include <stdbool.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "characters.h"

/* An ending that gives way when enough of the word is left before it. */
struct ending {
    const char *ending;
    const char *instead;
    size_t bytes;   /* at least so many */
    size_t measure; /* at least so many vowels with consonants behind them */
};

/* First that fits; a row that puts the same ending back protects it from those below. */
static const struct ending number[] = {
    {"ies", "y", 2, 0}, {"ss", "ss", 0, 0},          {"us", "us", 0, 0},   {"is", "is", 0, 0},
    {"s", "", 2, 0},    {"children", "child", 0, 0}, {"men", "man", 0, 0},
};

static const struct ending irregular[] = {
    {"sse", "ss", 1, 0},
    {"wive", "wife", 0, 0},
    {"ship", "", 0, 2},
};

static const struct ending tense[] = {
    {"ied", "y", 2, 0}, {"eed", "ee", 0, 1}, {"eed", "eed", 0, 0},
    {"ed", "", 0, 1},   {"ing", "", 0, 1},
};

static const struct ending derivation[] = {
    {"business", "business", 0, 0},
    {"iness", "y", 0, 1},
    {"ness", "", 0, 1},
    {"ability", "able", 0, 1},
    {"ancy", "ant", 0, 1},
    {"ency", "ent", 0, 1},
    {"ically", "ic", 0, 1},
    {"ical", "ic", 0, 1},
    {"ious", "ion", 0, 1},
    {"ation", "ate", 0, 1},
    {"sion", "s", 0, 1},
    {"tion", "t", 0, 1},
    {"ment", "", 0, 2},
    {"er", "", 0, 2},
};

/* A final t-marbuta is heard as t once something follows it. */
static const struct ending arabic_endings[] = {
    {"ها", "", 6, 0}, {"هم", "", 6, 0}, {"نا", "", 6, 0}, {"ات", "ت", 4, 0},
    {"ان", "", 6, 0}, {"ون", "", 6, 0}, {"ين", "", 6, 0}, {"ة", "ت", 4, 0},
    {"ه", "", 6, 0},  {"ك", "", 6, 0},  {"ي", "", 6, 0},
};

static const struct ending devanagari_endings[] = {
    {"\u093F\u092F", "", 6, 0}, /* of plurals in -iyan, -iyon */
};

static const char *const arabic_beginnings[] = {"وال", "بال", "كال", "فال", "ال", "لل", "و"};

#define ROWS(table) (sizeof(table) / sizeof *(table))

static bool is_vowel(const struct ta_stem *word, size_t at)
{
    char letter = word->bytes[at];
    if (letter == 'y') {
        return at > 0 && strchr("aeiou", word->bytes[at - 1]) == NULL;
    }
    return strchr("aeiou", letter) != NULL;
}

/* How often a vowel is followed by a consonant in the first `length` letters. */
static size_t measure(const struct ta_stem *word, size_t length)
{
    size_t count = 0;
    for (size_t at = 1; at < length; at++) {
        count += is_vowel(word, at - 1) && !is_vowel(word, at);
    }
    return count;
}

static bool ends_in(const struct ta_stem *word, const char *ending)
{
    size_t length = strlen(ending);
    return word->length >= length &&
           memcmp(word->bytes + word->length - length, ending, length) == 0;
}

static bool fits(const struct ta_stem *word, const struct ending *row)
{
    if (!ends_in(word, row->ending)) {
        return false;
    }
    size_t left = word->length - strlen(row->ending);
    return left >= row->bytes && (row->measure == 0 || measure(word, left) >= row->measure);
}

/* What comes instead is never longer than the ending. True when the word became shorter. */
static bool apply(struct ta_stem *word, const struct ending *table, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        if (fits(word, &table[i])) {
            size_t length = strlen(table[i].instead);
            size_t taken = strlen(table[i].ending);
            word->length -= taken;
            memcpy(word->bytes + word->length, table[i].instead, length);
            word->length += length;
            return taken > length;
        }
    }
    return false;
}

/* Consonant, vowel, consonant at the end, as in "fir": such a word had an e behind it. */
static bool is_short(const struct ta_stem *word)
{
    size_t length = word->length;
    return length >= 3 && measure(word, length) == 1 && !is_vowel(word, length - 3) &&
           is_vowel(word, length - 2) && !is_vowel(word, length - 1) &&
           strchr("wxy", word->bytes[length - 1]) == NULL;
}

static bool ends_in_double(const struct ta_stem *word)
{
    size_t length = word->length;
    return length >= 2 && word->bytes[length - 1] == word->bytes[length - 2] &&
           !is_vowel(word, length - 1);
}

/* "runn" becomes "run", and "fir" becomes "fire". */
static void mend(struct ta_stem *word)
{
    if (ends_in_double(word) && strchr("lsz", word->bytes[word->length - 1]) == NULL) {
        word->length--;
    } else if (is_short(word) && word->length < TA_STEM_SIZE) {
        word->bytes[word->length++] = 'e';
    }
}

static void drop_last_letter(struct ta_stem *word)
{
    struct ta_stem without = *word;
    without.length--;
    bool silent = ends_in(word, "e") && measure(&without, without.length) >= 1;
    bool doubled = ends_in(word, "ll") && measure(&without, without.length) >= 2;
    if (doubled || (silent && !is_short(&without))) {
        *word = without;
    }
}

static void stem_english(struct ta_stem *word)
{
    (void)apply(word, number, ROWS(number));
    (void)apply(word, irregular, ROWS(irregular));
    if (apply(word, tense, ROWS(tense))) {
        mend(word);
    }
    (void)apply(word, derivation, ROWS(derivation));
    if (word->length > 1) {
        drop_last_letter(word);
    }
}

static void drop_arabic_beginning(struct ta_stem *word)
{
    enum { LEAST_LEFT = 6 }; /* bytes: three letters */
    for (size_t i = 0; i < ROWS(arabic_beginnings); i++) {
        size_t length = strlen(arabic_beginnings[i]);
        if (word->length >= length + LEAST_LEFT &&
            memcmp(word->bytes, arabic_beginnings[i], length) == 0) {
            word->length -= length;
            memmove(word->bytes, word->bytes + length, word->length);
            return;
        }
    }
}

static void stem_arabic(struct ta_stem *word)
{
    drop_arabic_beginning(word);
    bool shorter = true;
    while (shorter) {
        shorter = apply(word, arabic_endings, ROWS(arabic_endings));
    }
}

/* The last character, as a mark; 0 when it is none. */
static int size_of_last_mark(const struct ta_stem *word)
{
    ucs4_t character = 0;
    const uint8_t *bytes = (const uint8_t *)word->bytes;
    const uint8_t *last = u8_prev(&character, bytes + word->length, bytes);
    bool mark = last != NULL && uc_is_general_category_withtable(character, UC_CATEGORY_MASK_M);
    return mark ? (int)(bytes + word->length - last) : 0;
}

static void stem_marked(struct ta_stem *word)
{
    for (int size = size_of_last_mark(word); size > 0; size = size_of_last_mark(word)) {
        word->length -= (size_t)size;
    }
    (void)apply(word, devanagari_endings, ROWS(devanagari_endings));
}

static bool is_english(struct ta_piece word)
{
    for (size_t i = 0; i < word.length; i++) {
        if (word.at[i] < 'a' || word.at[i] > 'z') {
            return false;
        }
    }
    return true;
}

static bool is_arabic(struct ta_piece word)
{
    ucs4_t character = 0;
    return ta_next_character(&word, &character) && character >= 0x0620 && character <= 0x06FF;
}

struct ta_stem ta_stem_of(struct ta_piece word)
{
    struct ta_stem stem = {.length = word.length < TA_STEM_SIZE ? word.length : TA_STEM_SIZE};
    memcpy(stem.bytes, word.at, stem.length);
    if (word.length > TA_STEM_SIZE) {
        return stem;
    }
    if (is_english(word)) {
        stem_english(&stem);
    } else if (is_arabic(word)) {
        stem_arabic(&stem);
    } else {
        stem_marked(&stem);
    }
    return stem;
}
