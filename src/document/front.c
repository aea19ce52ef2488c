#include "front.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "line.h"
#include "reading.h"
#include "turnabout/base/unicode.h"
#include "turnabout/document/paper.h"

/** How many bytes at the beginning are ASCII; eight at a time, because nearly all of them are. */
static size_t ascii_run(struct ta_piece text)
{
    const uint64_t high = 0x8080808080808080U;
    uint64_t eight;
    size_t at = 0;

    for (; at + sizeof eight <= text.length; at += sizeof eight) {
        memcpy(&eight, text.at + at, sizeof eight);
        if ((eight & high) != 0) {
            break;
        }
    }
    while (at < text.length && (unsigned char)text.at[at] < 0x80) {
        at++;
    }
    return at;
}

static size_t other_run(struct ta_piece text)
{
    size_t at = 0;

    while (at < text.length && (unsigned char)text.at[at] >= 0x80) {
        at++;
    }
    return at;
}

/** ASCII never stands within a character, so what is between it is valid by itself or not at all.
 */
static bool is_utf8(struct ta_piece text)
{
    while (text.length > 0) {
        size_t ascii = ascii_run(text), other;

        text = (struct ta_piece){text.at + ascii, text.length - ascii};
        other = other_run(text);
        if (!ta_utf8_is_valid(text.at, other)) {
            return false;
        }
        text = (struct ta_piece){text.at + other, text.length - other};
    }
    return true;
}

bool ta_front_is_text(struct ta_piece text, const char *name, struct ta_error *err)
{
    if (text.length > TA_PAPER_LARGEST) {
        return ta_fail(err, TA_DAMAGED,
                       "%s is larger than %d MB; shorten it, or take the version before from the "
                       "repository.",
                       name, TA_PAPER_LARGEST / (1024 * 1024));
    }
    if (!is_utf8(text)) {
        return ta_fail(err, TA_DAMAGED,
                       "%s is not UTF-8 text; convert it, or take the version before from the "
                       "repository.",
                       name);
    }
    return true;
}

static bool is_fence(struct ta_piece line)
{
    return ta_piece_is(ta_line_unindent(line, 0), "---");
}

bool ta_front_split(struct ta_piece text, struct ta_piece *front, struct ta_piece *body,
                    const char *name, struct ta_error *err)
{
    struct ta_piece rest = text, line;

    *front = (struct ta_piece){text.at, 0};
    *body = text;
    ta_take(&rest, "\xEF\xBB\xBF"); /* editors on Windows put a byte order mark there */
    if (!ta_take_line(&rest, &line) || !is_fence(line)) {
        return true;
    }
    while (ta_take_line(&rest, &line)) {
        if (is_fence(line)) {
            *front = ta_piece_before(text, rest.at);
            *body = rest;
            return true;
        }
    }
    return ta_fail(err, TA_DAMAGED,
                   "The front matter of %s never ends; close it with a line \"---\".", name);
}

static struct ta_piece without_quotes(struct ta_piece value)
{
    if (value.length >= 2 && value.at[0] == '"' && value.at[value.length - 1] == '"') {
        return (struct ta_piece){value.at + 1, value.length - 2};
    }
    return value;
}

bool ta_front_line(struct ta_piece line, const char *key, struct ta_piece *value)
{
    if (!ta_take(&line, key)) {
        return false;
    }
    line = ta_piece_trim(line);
    if (!ta_take(&line, ":")) {
        return false;
    }
    *value = without_quotes(ta_piece_trim(line));
    return true;
}

bool ta_front_check_kind(struct ta_piece value, const char *kind, unsigned version,
                         const char *name, struct ta_error *err)
{
    unsigned number;
    struct ta_piece rest = value;

    if (value.length == 0) {
        return ta_fail(err, TA_DAMAGED,
                       "%s does not say what it is; its front matter needs the line "
                       "\"turnabout: %s/%u\".",
                       name, kind, version);
    }
    if (!ta_take(&rest, kind) || !ta_take(&rest, "/") ||
        !ta_number_read(&number, rest, 1, UINT_MAX)) {
        return ta_fail(err, TA_DAMAGED,
                       "%s says that it is something else; its front matter needs the line "
                       "\"turnabout: %s/%u\".",
                       name, kind, version);
    }
    if (number > version) {
        return ta_fail(err, TA_DAMAGED,
                       "%s was written by a newer Turnabout (%s/%u, and this one reads up to "
                       "%s/%u); update Turnabout to read it.",
                       name, kind, number, kind, version);
    }
    return true;
}

static bool needs_quotes(struct ta_piece value)
{
    struct ta_piece bare = without_quotes(value);

    return ta_piece_trim(value).length < value.length || bare.length < value.length;
}

void ta_front_add_value(struct ta_text *out, const char *value)
{
    const char *quote = needs_quotes(ta_piece_of(value)) ? "\"" : "";

    ta_text_add(out, quote);
    ta_add_line(out, value);
    ta_text_add(out, quote);
}
