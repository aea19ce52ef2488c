#include "turnabout/domain/off_limits.h"

#include <string.h>

#include "characters.h"
#include "stem.h"

/* Words of a topic that a line need not repeat: "my family" is touched by "the family". */
static const char *const little_words[] = {
    "a",  "about", "an", "and", "for", "from", "her",   "his", "in",   "my",
    "of", "on",    "or", "our", "s",   "the",  "their", "to",  "with", "your",
};

/* Scripts whose words stand without blanks between them, or (Korean) with endings joined on. */
static const struct {
    ucs4_t first, last;
} joined_scripts[] = {
    {0x0E00, 0x0EFF},   /* Thai, Lao */
    {0x1000, 0x109F},   /* Burmese */
    {0x1100, 0x11FF},   /* Korean, as folding takes it apart */
    {0x1780, 0x17FF},   /* Khmer */
    {0x3005, 0x312F},   /* Japanese, Bopomofo */
    {0x3400, 0x9FFF},   /* Chinese characters */
    {0x20000, 0x3FFFF}, /* and the rarer ones */
};

static bool is_joined(ucs4_t character)
{
    for (size_t i = 0; i < sizeof joined_scripts / sizeof *joined_scripts; i++) {
        if (character >= joined_scripts[i].first && character <= joined_scripts[i].last) {
            return true;
        }
    }
    return false;
}

/* Takes the next word off `rest`: word characters that are all joined, or all not. */
static bool next_word(struct ta_piece *rest, struct ta_piece *word, bool *joined)
{
    *word = (struct ta_piece){0};
    struct ta_piece ahead = *rest;
    ucs4_t character = 0;
    while (ta_next_character(&ahead, &character)) {
        bool belongs = ta_is_word_character(character) &&
                       (word->length == 0 || is_joined(character) == *joined);
        if (word->length > 0 && !belongs) {
            break;
        }
        if (belongs && word->length == 0) {
            word->at = rest->at;
            *joined = is_joined(character);
        }
        if (belongs) {
            word->length = (size_t)(ahead.at - word->at);
        }
        *rest = ahead;
    }
    return word->length > 0;
}

static bool is_little(struct ta_piece word)
{
    for (size_t i = 0; i < sizeof little_words / sizeof *little_words; i++) {
        if (ta_piece_is(word, little_words[i])) {
            return true;
        }
    }
    return false;
}

/* Finds joined characters anywhere, and goes behind them. */
static bool pass_characters(struct ta_piece *rest, struct ta_piece word)
{
    const char *found =
        rest->length > 0 ? memmem(rest->at, rest->length, word.at, word.length) : NULL;
    if (found == NULL) {
        return false;
    }
    size_t taken = (size_t)(found - rest->at) + word.length;
    *rest = (struct ta_piece){rest->at + taken, rest->length - taken};
    return true;
}

/* Finds a word with the same stem, and goes behind it. */
static bool pass_word(struct ta_piece *rest, struct ta_piece word)
{
    struct ta_stem wanted = ta_stem_of(word);
    struct ta_piece candidate;
    bool joined = false;
    while (next_word(rest, &candidate, &joined)) {
        struct ta_stem stem = ta_stem_of(candidate);
        if (stem.length == wanted.length && memcmp(stem.bytes, wanted.bytes, stem.length) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether all words of the topic (the little ones only when asked for) stand there in order. */
static bool holds_words(struct ta_piece line, struct ta_piece topic, bool little)
{
    struct ta_piece word;
    bool joined = false;
    bool any = false;
    while (next_word(&topic, &word, &joined)) {
        if (!little && is_little(word)) {
            continue;
        }
        any = true;
        if (joined ? !pass_characters(&line, word) : !pass_word(&line, word)) {
            return false;
        }
    }
    return any;
}

static bool has_great_words(struct ta_piece topic)
{
    struct ta_piece word;
    bool joined = false;
    while (next_word(&topic, &word, &joined)) {
        if (!is_little(word)) {
            return true;
        }
    }
    return false;
}

static bool touches(const struct ta_text *line, struct ta_piece topic)
{
    struct ta_text folded = ta_folded(topic);
    struct ta_piece words = {folded.bytes, folded.length};
    bool found =
        holds_words((struct ta_piece){line->bytes, line->length}, words, !has_great_words(words));
    ta_text_release(&folded);
    return found;
}

bool ta_off_limits_touched(struct ta_piece *topic, const char *topics, const char *line)
{
    struct ta_text folded = ta_folded(ta_piece_of(line));
    struct ta_piece rest = ta_piece_of(topics);
    struct ta_piece entry;
    bool found = false;
    while (!found && ta_next_line(&rest, &entry)) {
        found = touches(&folded, ta_piece_trim(entry));
        if (found) {
            *topic = ta_piece_trim(entry);
        }
    }
    ta_text_release(&folded);
    return found;
}
