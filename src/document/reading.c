#include "reading.h"

#include <string.h>

static bool is_blank(char sign)
{
    return sign == ' ' || sign == '\t' || sign == '\n' || sign == '\r';
}

static void skip(struct ta_piece *rest, size_t bytes)
{
    rest->at += bytes;
    rest->length -= bytes;
}

bool ta_take(struct ta_piece *rest, const char *prefix)
{
    if (!ta_piece_starts(*rest, prefix)) {
        return false;
    }
    skip(rest, strlen(prefix));
    return true;
}

bool ta_take_number(struct ta_piece *rest, unsigned most, unsigned *number)
{
    unsigned value = 0;
    size_t at = 0;

    for (; at < rest->length && rest->at[at] >= '0' && rest->at[at] <= '9'; at++) {
        unsigned digit = (unsigned)(rest->at[at] - '0');

        if (digit > most || value > (most - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    if (at == 0) {
        return false;
    }
    skip(rest, at);
    *number = value;
    return true;
}

struct ta_piece ta_take_word(struct ta_piece *rest)
{
    struct ta_piece word = {rest->at, 0};
    size_t at;

    while (word.length < rest->length && !is_blank(rest->at[word.length])) {
        word.length++;
    }
    at = word.length;
    while (at < rest->length && is_blank(rest->at[at])) {
        at++;
    }
    if (at > 0) {
        skip(rest, at);
    }
    return word;
}

bool ta_take_id(struct ta_piece *rest, char letter, unsigned *id)
{
    struct ta_piece behind = *rest, word = ta_take_word(&behind);

    if (word.length < 2 || word.at[0] != letter) {
        return false;
    }
    skip(&word, 1);
    if (!ta_number_read(id, word, 1, TA_NUMBER_MOST)) {
        return false;
    }
    *rest = behind;
    return true;
}

bool ta_take_box(struct ta_piece *rest, bool *ticked)
{
    struct ta_piece behind = *rest;

    *ticked = ta_take(&behind, "[x]") || ta_take(&behind, "[X]");
    if (!*ticked && !ta_take(&behind, "[ ]")) {
        return false;
    }
    if (behind.length > 0 && !is_blank(behind.at[0])) {
        return false;
    }
    while (behind.length > 0 && (behind.at[0] == ' ' || behind.at[0] == '\t')) {
        skip(&behind, 1);
    }
    *rest = behind;
    return true;
}

bool ta_number_read(unsigned *number, struct ta_piece text, unsigned least, unsigned most)
{
    unsigned value;

    text = ta_piece_trim(text);
    if (!ta_take_number(&text, most, &value) || text.length > 0 || value < least) {
        return false;
    }
    *number = value;
    return true;
}

/** The piece without the signs around it, where they are there. */
static struct ta_piece inside(struct ta_piece text, char open, char close)
{
    text = ta_piece_trim(text);
    if (text.length >= 2 && text.at[0] == open && text.at[text.length - 1] == close) {
        skip(&text, 1);
        text.length--;
    }
    return ta_piece_trim(text);
}

bool ta_map_number(unsigned *number, struct ta_piece map, const char *key, unsigned most)
{
    struct ta_piece rest = inside(map, '{', '}'), part;

    while (ta_next_part(&rest, ',', &part)) {
        if (!ta_take(&part, key)) {
            continue;
        }
        part = ta_piece_trim(part);
        if (ta_take(&part, ":")) {
            return ta_number_read(number, part, 0, most);
        }
    }
    return false;
}

struct ta_piece ta_list_open(struct ta_piece text)
{
    return inside(text, '[', ']');
}

bool ta_list_next(struct ta_piece *list, struct ta_piece *item)
{
    const char *end;

    *list = ta_piece_trim(*list);
    if (list->length == 0) {
        return false;
    }
    if (list->at[0] != '"') {
        return ta_next_part(list, ',', item);
    }
    skip(list, 1);
    end = memchr(list->at, '"', list->length);
    *item = end == NULL ? *list : ta_piece_before(*list, end);
    skip(list, item->length);
    end = list->length > 0 ? memchr(list->at, ',', list->length) : NULL;
    skip(list, end == NULL ? list->length : (size_t)(end - list->at) + 1);
    return true;
}

bool ta_take_last(struct ta_piece *text, struct ta_piece *part)
{
    const char *comma = ta_piece_find_last(*text, ',');

    if (comma == NULL) {
        return false;
    }
    *part = ta_piece_trim(ta_piece_from(*text, comma + 1));
    *text = ta_piece_trim(ta_piece_before(*text, comma));
    return true;
}

bool ta_digest_read(char digest[TA_DIGEST_SIZE], struct ta_piece text)
{
    text = ta_piece_trim(text);
    if (text.length != TA_DIGEST_SIZE - 1) {
        return false;
    }
    for (size_t at = 0; at < text.length; at++) {
        char sign = text.at[at];

        if (sign >= 'A' && sign <= 'F') {
            sign = (char)(sign - 'A' + 'a');
        }
        if (!(sign >= '0' && sign <= '9') && !(sign >= 'a' && sign <= 'f')) {
            return false;
        }
        digest[at] = sign;
    }
    digest[text.length] = '\0';
    return true;
}

bool ta_piece_same(struct ta_piece one, struct ta_piece other)
{
    return one.length == other.length &&
           (one.length == 0 || memcmp(one.at, other.at, one.length) == 0);
}

const char *ta_piece_find(struct ta_piece text, const char *part)
{
    return text.length == 0 ? NULL : memmem(text.at, text.length, part, strlen(part));
}

const char *ta_piece_find_last(struct ta_piece text, char sign)
{
    return text.length == 0 ? NULL : memrchr(text.at, sign, text.length);
}

struct ta_piece ta_piece_before(struct ta_piece text, const char *place)
{
    return (struct ta_piece){text.at, (size_t)(place - text.at)};
}

struct ta_piece ta_piece_from(struct ta_piece text, const char *place)
{
    return (struct ta_piece){place, text.length - (size_t)(place - text.at)};
}
