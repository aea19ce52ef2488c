#include "document_view.h"

#include <string.h>

#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

enum { INDENT_MOST = 12, LEVEL_MOST = 6 };

/* One line of the document as it is shown. */
struct shown {
    int indent;           /* columns before it */
    struct ta_piece sign; /* of a list; empty: none */
    int behind;           /* columns of the sign, also before what is wrapped */
    struct ta_piece text;
    enum ta_role_of_cell role;
};

static const struct {
    const char *source, *sign;
} signs[] = {
    {"- [ ] ", "☐"}, {"- [x] ", "☑"}, {"- [X] ", "☑"}, {"- ", "·"}, {"* ", "·"}, {"+ ", "·"},
};

static size_t blanks(struct ta_piece line)
{
    size_t count = 0;
    while (count < line.length && line.at[count] == ' ') {
        count++;
    }
    return count;
}

static void advance(struct ta_piece *line, size_t by)
{
    line->at += by;
    line->length -= by;
}

static bool take_heading(struct ta_piece *line)
{
    size_t level = 0;
    while (level < line->length && line->at[level] == '#') {
        level++;
    }
    if (level == 0 || level > LEVEL_MOST || level == line->length || line->at[level] != ' ') {
        return false;
    }
    advance(line, level + 1);
    return true;
}

/* "12. " */
static size_t number_length(struct ta_piece line)
{
    size_t digits = 0;
    while (digits < line.length && line.at[digits] >= '0' && line.at[digits] <= '9') {
        digits++;
    }
    bool number = digits > 0 && digits < 4 && digits + 1 < line.length && line.at[digits] == '.' &&
                  line.at[digits + 1] == ' ';
    return number ? digits + 2 : 0;
}

static void take_sign(struct shown *shown, struct ta_piece *line)
{
    size_t number = number_length(*line);
    if (number > 0) {
        shown->sign = (struct ta_piece){line->at, number};
        shown->behind = (int)number;
        advance(line, number);
        return;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (ta_piece_starts(*line, signs[i].source)) {
            shown->sign = ta_piece_of(signs[i].sign);
            shown->behind = 2;
            advance(line, strlen(signs[i].source));
            return;
        }
    }
}

/* False: the line is not shown. `front`: within the front matter, whose fences are left out. */
static bool show(struct shown *shown, struct ta_piece line, bool *front, bool first)
{
    *shown = (struct shown){.role = TA_PLAIN};
    if (ta_piece_is(line, "---") && (first || *front)) {
        *front = first;
        return false;
    }
    if (*front) {
        shown->role = TA_QUIET;
    } else if (take_heading(&line)) {
        shown->role = TA_STRONG;
    } else {
        size_t indent = blanks(line);
        shown->indent = indent < INDENT_MOST ? (int)indent : INDENT_MOST;
        advance(&line, indent);
        take_sign(shown, &line);
    }
    shown->text = line;
    return true;
}

/* Going through the rows of a document; without a surface they are only counted. */
struct walk {
    struct ta_surface *surface;
    struct ta_area area;
    int top, row;
    bool apart; /* the row before is blank, or there is none */
};

static bool is_over(const struct walk *walk)
{
    return walk->row >= walk->top + walk->area.rows;
}

/* One row of a line: `head` tells that it is the first. */
static void put_row(struct walk *walk, const struct shown *shown, struct ta_piece row, bool head)
{
    int at = walk->area.row + walk->row - walk->top;
    bool seen = walk->surface && walk->row >= walk->top && !is_over(walk);
    walk->row++;
    if (!seen) {
        return;
    }
    int column = walk->area.column + shown->indent;
    if (head) {
        ta_put_bytes(walk->surface, at, column, shown->behind, TA_QUIET, shown->sign.at,
                     shown->sign.length);
    }
    ta_put_bytes(walk->surface, at, column + shown->behind,
                 walk->area.columns - shown->indent - shown->behind, shown->role, row.at,
                 row.length);
}

static void put_line(struct walk *walk, const struct shown *shown)
{
    struct ta_text clean = {0};
    int columns = walk->area.columns - shown->indent - shown->behind;
    ta_clean(&clean, shown->text.at, shown->text.length);
    ta_text_add(&clean, "");
    size_t at = 0;
    do {
        size_t taken = ta_wrap(clean.bytes + at, clean.length - at, columns > 1 ? columns : 1);
        size_t length = taken;
        while (length > 0 && clean.bytes[at + length - 1] == ' ') {
            length--;
        }
        put_row(walk, shown, (struct ta_piece){clean.bytes + at, length}, at == 0);
        at += taken;
    } while (at < clean.length && !is_over(walk));
    ta_text_release(&clean);
}

static void go_through(struct walk *walk, const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    bool front = false;
    for (size_t i = 0; !is_over(walk) && ta_next_line(&rest, &line); i++) {
        struct shown shown;
        if (!show(&shown, line, &front, i == 0)) {
            continue;
        }
        if (shown.role == TA_STRONG && !walk->apart) {
            walk->row++; /* headings stand apart, also where the document is dense */
        }
        put_line(walk, &shown);
        walk->apart = shown.text.length == 0;
    }
}

int document_draw(const char *text, int top, struct ta_surface *surface, struct ta_area area)
{
    struct walk count = {.area = area, .top = top, .apart = true};
    go_through(&count, text);
    int highest = count.row > area.rows ? count.row - area.rows : 0;
    struct walk walk = {surface, area, top < highest ? top : highest, 0, true};
    go_through(&walk, text);
    return walk.top;
}
