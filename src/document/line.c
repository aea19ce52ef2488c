#include "line.h"

#include <string.h>

enum { TAB = 4, DEEPEST = 6, FENCE_LEAST = 3, DIGITS_MOST = 9, INDENT_MOST = 3, NESTED = 2 };

static bool is_blank(char sign)
{
    return sign == ' ' || sign == '\t';
}

static bool is_end(char sign)
{
    return is_blank(sign) || sign == '\n' || sign == '\r';
}

static bool is_digit(char sign)
{
    return sign >= '0' && sign <= '9';
}

static struct ta_piece without_end(struct ta_piece line)
{
    while (line.length > 0 && is_end(line.at[line.length - 1])) {
        line.length--;
    }
    return line;
}

/** Columns of the blanks at the beginning; `bytes` is how many they are. */
static size_t indent_of(struct ta_piece line, size_t *bytes)
{
    size_t column = 0, at = 0;

    for (; at < line.length && is_blank(line.at[at]); at++) {
        column = line.at[at] == '\t' ? column / TAB * TAB + TAB : column + 1;
    }
    *bytes = at;
    return column;
}

static size_t run_of(struct ta_piece line, size_t from, char sign)
{
    size_t at = from;

    while (at < line.length && line.at[at] == sign) {
        at++;
    }
    return at - from;
}

static bool opens_fence(struct ta_fence *fence, struct ta_piece line)
{
    size_t length;

    if (line.length == 0 || (line.at[0] != '`' && line.at[0] != '~')) {
        return false;
    }
    length = run_of(line, 0, line.at[0]);
    if (length < FENCE_LEAST) {
        return false;
    }
    /* ```like this``` is code within a line. */
    if (line.at[0] == '`' && memchr(line.at + length, '`', line.length - length) != NULL) {
        return false;
    }
    *fence = (struct ta_fence){line.at[0], length};
    return true;
}

static bool closes_fence(const struct ta_fence *fence, struct ta_piece line)
{
    size_t at, length;

    line = without_end(line);
    if (indent_of(line, &at) > INDENT_MOST) {
        return false;
    }
    length = run_of(line, at, fence->sign);
    return length >= fence->length && at + length == line.length;
}

bool ta_fence_holds(struct ta_fence *fence, struct ta_piece line)
{
    if (fence->sign == 0) {
        return opens_fence(fence, line);
    }
    if (closes_fence(fence, line)) {
        fence->sign = 0;
    }
    return true;
}

/** "Title ##" is the title "Title". */
static struct ta_piece without_closing_signs(struct ta_piece title)
{
    size_t length = title.length;

    while (length > 0 && title.at[length - 1] == '#') {
        length--;
    }
    if (length > 0 && !is_blank(title.at[length - 1])) {
        return title;
    }
    title.length = length;
    return ta_piece_trim(title);
}

unsigned ta_line_level(struct ta_piece line, struct ta_piece *title)
{
    size_t level = run_of(line, 0, '#');

    if (level == 0 || level > DEEPEST) {
        return 0;
    }
    line = without_end(line);
    if (level < line.length && !is_blank(line.at[level])) {
        return 0;
    }
    if (title != NULL) {
        struct ta_piece text = {line.at + level, line.length - level};

        *title = without_closing_signs(ta_piece_trim(text));
    }
    return (unsigned)level;
}

/** Bytes of "-", "*", "+", "1." or "1)" from `at` on; 0: none of them stands there. */
static size_t sign_of(struct ta_piece line, size_t at, bool *numbered)
{
    size_t digits = 0;

    *numbered = false;
    if (at < line.length && (line.at[at] == '-' || line.at[at] == '*' || line.at[at] == '+')) {
        return 1;
    }
    while (at + digits < line.length && is_digit(line.at[at + digits])) {
        digits++;
    }
    if (digits == 0 || digits > DIGITS_MOST || at + digits == line.length) {
        return 0;
    }
    *numbered = true;
    return line.at[at + digits] == '.' || line.at[at + digits] == ')' ? digits + 1 : 0;
}

/** "* * *" is a rule across the page, not a list entry. */
static bool is_rule(struct ta_piece line, size_t from)
{
    size_t signs = 0;

    for (size_t at = from; at < line.length; at++) {
        if (line.at[at] == line.at[from]) {
            signs++;
        } else if (!is_blank(line.at[at])) {
            return false;
        }
    }
    return signs >= 3;
}

bool ta_line_marker(struct ta_marker *marker, struct ta_piece line)
{
    size_t at, sign, blanks;
    struct ta_piece behind;

    line = without_end(line);
    marker->indent = indent_of(line, &at);
    sign = sign_of(line, at, &marker->numbered);
    if (sign == 0 || is_rule(line, at)) {
        return false;
    }
    behind = (struct ta_piece){line.at + at + sign, line.length - at - sign};
    blanks = indent_of(behind, &marker->text);
    if (blanks == 0 && behind.length > 0) {
        return false;
    }
    /* With five blanks and more, Markdown sees code that begins one blank behind the marker. */
    marker->content = marker->indent + sign + (blanks == 0 || blanks > TAB ? 1 : blanks);
    marker->text += at + sign;
    return true;
}

bool ta_line_continues(struct ta_piece line, const struct ta_marker *marker)
{
    struct ta_marker own;
    size_t at;

    if (line.length == 0 || !is_blank(line.at[0]) || ta_line_is_blank(line)) {
        return false;
    }
    return indent_of(line, &at) >= marker->indent + NESTED || !ta_line_marker(&own, line);
}

bool ta_line_is_blank(struct ta_piece line)
{
    return without_end(line).length == 0;
}

struct ta_piece ta_line_unindent(struct ta_piece line, size_t columns)
{
    size_t column = 0, at = 0;

    line = without_end(line);
    for (; column < columns && at < line.length && is_blank(line.at[at]); at++) {
        column = line.at[at] == '\t' ? column / TAB * TAB + TAB : column + 1;
    }
    return (struct ta_piece){line.at + at, line.length - at};
}

bool ta_take_line(struct ta_piece *rest, struct ta_piece *line)
{
    const char *end;

    if (rest->length == 0) {
        return false;
    }
    end = memchr(rest->at, '\n', rest->length);
    *line = *rest;
    if (end != NULL) {
        line->length = (size_t)(end - rest->at) + 1;
    }
    rest->at += line->length;
    rest->length -= line->length;
    return true;
}

size_t ta_lines_in(struct ta_piece text)
{
    struct ta_piece line;
    size_t count = 0;
    while (ta_take_line(&text, &line)) {
        count++;
    }
    return count;
}

const char *ta_line_end(struct ta_piece text)
{
    const char *end = text.length > 0 ? memchr(text.at, '\n', text.length) : NULL;

    return end != NULL && end > text.at && end[-1] == '\r' ? "\r\n" : "\n";
}

void ta_add_line(struct ta_text *out, const char *text)
{
    size_t start = out->length;

    if (text == NULL) {
        return;
    }
    ta_text_add(out, text);
    for (size_t at = start; at < out->length; at++) {
        if (out->bytes[at] == '\n' || out->bytes[at] == '\r') {
            out->bytes[at] = ' ';
        }
    }
}
