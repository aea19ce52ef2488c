#include "document_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/date.h"
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

bool document_take_heading(struct ta_piece *line)
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

const char *document_take_sign(struct ta_piece *line)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (ta_piece_starts(*line, signs[i].source)) {
            advance(line, strlen(signs[i].source));
            return signs[i].sign;
        }
    }
    return NULL;
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
    const char *sign = document_take_sign(line);
    if (sign != NULL) {
        shown->sign = ta_piece_of(sign);
        shown->behind = 2;
    }
}

/* What machines read, in words */

static void say_moment(struct ta_text *out, struct ta_moment moment)
{
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(moment));
    ta_moment_time(time, moment);
    ta_text_addf(out, "%s %s", day, time);
}

static void say_held(struct ta_text *out, struct ta_piece value)
{
    ta_text_add(out, "Held ");
    ta_text_add_bytes(out, value.at, value.length);
}

static void say_since(struct ta_text *out, struct ta_piece value)
{
    ta_text_add(out, "Since ");
    ta_text_add_bytes(out, value.at, value.length);
}

static void say_version(struct ta_text *out, struct ta_piece value)
{
    ta_text_addf(out, "Version %.*s", (int)value.length, value.at);
}

/* 0: there is none. */
static unsigned long number_behind(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    return at ? strtoul(at + strlen(key), NULL, 10) : 0;
}

/* "45", or "{planned: 45, lasted: 47}" */
static void say_minutes(struct ta_text *out, struct ta_piece value)
{
    char *copy = ta_piece_copy(value);
    unsigned long planned = number_behind(copy, "planned: ");
    unsigned long lasted = number_behind(copy, "lasted: ");
    if (planned > 0 && lasted > 0) {
        ta_text_addf(out, "%lu min, planned for %lu", lasted, planned);
    } else {
        ta_text_addf(out, "%s min", copy);
    }
    free(copy);
}

/* "[A, B]" */
static void say_present(struct ta_text *out, struct ta_piece value)
{
    bool list = value.length >= 2 && *value.at == '[' && value.at[value.length - 1] == ']';
    struct ta_piece names = list ? (struct ta_piece){value.at + 1, value.length - 2} : value;
    ta_text_addf(out, "Present: %.*s", (int)names.length, names.at);
}

/* The address is for machines. */
static void say_person(struct ta_text *out, struct ta_piece value, const char *role)
{
    const char *bracket = value.length > 0 ? memchr(value.at, '<', value.length) : NULL;
    struct ta_piece name = {value.at, bracket ? (size_t)(bracket - value.at) : value.length};
    name = ta_piece_trim(name);
    ta_text_addf(out, "%s: %.*s", role, (int)name.length, name.at);
}

static void say_topic(struct ta_text *out, struct ta_piece value)
{
    ta_text_addf(out, "Topic: %.*s", (int)value.length, value.at);
}

static void say_mentor(struct ta_text *out, struct ta_piece value)
{
    say_person(out, value, "Mentor");
}

static void say_mentee(struct ta_text *out, struct ta_piece value)
{
    say_person(out, value, "Mentee");
}

static const struct {
    const char *key;
    void (*say)(struct ta_text *out, struct ta_piece value); /* NULL: nobody needs to read it */
} keys[] = {
    {"turnabout", NULL},      {"session", NULL},        {"held", say_held},
    {"since", say_since},     {"version", say_version}, {"minutes", say_minutes},
    {"present", say_present}, {"mentor", say_mentor},   {"mentee", say_mentee},
    {"topic", say_topic},
};

/* A line of the front matter as a person reads it; false: it is left out. What is not known stays
 * as it is. */
static bool say_front(struct ta_text *out, struct ta_piece line)
{
    struct ta_piece rest = line;
    struct ta_piece key;
    bool parts = memchr(line.at, ':', line.length) != NULL && ta_next_part(&rest, ':', &key);
    rest = ta_piece_trim(rest);
    for (size_t i = 0; parts && i < sizeof keys / sizeof *keys; i++) {
        if (ta_piece_is(key, keys[i].key)) {
            if (keys[i].say) {
                keys[i].say(out, rest);
            }
            return keys[i].say != NULL;
        }
    }
    ta_text_add_bytes(out, line.at, line.length);
    return true;
}

/* How far an RFC 3339 time reaches that begins here; 0: there is none. */
static size_t moment_at(struct ta_piece rest, struct ta_moment *moment)
{
    enum { LEAST = 20, MOST = 25, T = 10 };
    if (rest.length < LEAST || rest.at[T] != 'T') {
        return 0;
    }
    size_t length = rest.at[LEAST - 1] == 'Z' ? LEAST : MOST;
    bool is_one =
        rest.length >= length && ta_moment_read(moment, (struct ta_piece){rest.at, length});
    return is_one ? length : 0;
}

/* Appends a line with its times as people write them. */
static void add_with_times(struct ta_text *out, struct ta_piece line)
{
    while (line.length > 0) {
        struct ta_moment moment;
        size_t length = *line.at >= '0' && *line.at <= '9' ? moment_at(line, &moment) : 0;
        if (length > 0) {
            say_moment(out, moment);
        } else {
            length = 1;
            ta_text_add_bytes(out, line.at, 1);
        }
        advance(&line, length);
    }
}

/* Lines */

/* False: the line is not shown. `front`: within the front matter, whose fences are left out. */
static bool show(struct shown *shown, struct ta_piece line, struct ta_text *said, bool *front,
                 bool first)
{
    *shown = (struct shown){.role = TA_PLAIN};
    if (ta_piece_is(line, "---") && (first || *front)) {
        *front = first;
        return false;
    }
    if (*front) {
        ta_text_clear(said);
        if (!say_front(said, line)) {
            return false;
        }
        line = (struct ta_piece){said->bytes, said->length};
        shown->role = TA_QUIET;
    } else if (document_take_heading(&line)) {
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
    bool apart;            /* the row before is blank, or there is none */
    struct ta_text said;   /* a line in other words */
    struct ta_piece above; /* the section that the row `top` lies in; empty: none */
    const char *sought;    /* title of a section; NULL: none */
    int found;             /* its row; -1: it is not there */
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
    struct ta_text timely = {0};
    int columns = walk->area.columns - shown->indent - shown->behind;
    add_with_times(&timely, shown->text);
    ta_clean(&clean, timely.bytes, timely.length);
    ta_text_release(&timely);
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

static void note_section(struct walk *walk, struct ta_piece title)
{
    if (walk->row <= walk->top || walk->above.length == 0) {
        walk->above = title;
    }
    if (walk->found < 0 && walk->sought && ta_piece_is(title, walk->sought)) {
        walk->found = walk->row;
    }
}

static void go_through(struct walk *walk, const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    bool front = false;
    walk->found = -1;
    for (size_t i = 0; !is_over(walk) && ta_next_line(&rest, &line); i++) {
        struct shown shown;
        if (!show(&shown, line, &walk->said, &front, i == 0)) {
            continue;
        }
        if (shown.role == TA_STRONG && !walk->apart) {
            walk->row++; /* headings stand apart, also where the document is dense */
        }
        if (ta_piece_starts(line, "## ")) {
            note_section(walk, shown.text);
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
    struct walk walk = {
        .surface = surface, .area = area, .top = top < highest ? top : highest, .apart = true};
    go_through(&walk, text);
    ta_text_release(&count.said);
    ta_text_release(&walk.said);
    return walk.top;
}

enum { ALL_ROWS = 1 << 24 };

char *document_section(const char *text, int top, int columns)
{
    struct walk walk = {.area = {0, 0, ALL_ROWS, columns}, .top = top, .apart = true};
    go_through(&walk, text);
    char *title = walk.above.length > 0 ? ta_piece_copy(ta_piece_trim(walk.above)) : NULL;
    ta_text_release(&walk.said);
    return title;
}

int document_row(const char *text, const char *section, int columns)
{
    struct walk walk = {.area = {0, 0, ALL_ROWS, columns}, .apart = true, .sought = section};
    go_through(&walk, text);
    ta_text_release(&walk.said);
    return walk.found;
}
