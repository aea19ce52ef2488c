/* Search as it is seen: the line to type on, what was found, and what can be typed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "search_page.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum {
    MARGIN = 3,
    LIST = 4,            /* row of the first hit */
    WIDE = 64,           /* from here on kinds are words */
    WIDE_WITH_PAIR = 96, /* the same beside the names of a pair */
    PAIR_LEAST = 11,     /* columns of the names of a pair: a quarter of all, within these */
    PAIR_MOST = 30,
    KIND = 12, /* of a kind */
    SIGN = 2,  /* of a kind's sign */
    SESSION = 4,
    WIDEST = 160, /* of a line */
    SENTENCE = 2, /* rows of the chosen one as a whole */
    TALL = 14,    /* rows from which on it has them */
    ROOMY = 13    /* rows of the help from which on a blank one parts it */
};

/* How a kind looks; those without a sign are quiet. */
static const struct {
    const char *sign;
    enum ta_role_of_cell role;
} looks[TA_EXCERPT_KINDS] = {
    [TA_EXCERPT_TAKEAWAY] = {"!", TA_TAKEAWAY}, [TA_EXCERPT_DIFFERENCE] = {"~", TA_DIFFERENCE},
    [TA_EXCERPT_PROMISE] = {">", TA_PROMISE},   [TA_EXCERPT_QUESTION] = {"?", TA_QUESTION},
    [TA_EXCERPT_NOTE] = {"·", TA_QUIET},        [TA_EXCERPT_AGENDA] = {"a", TA_QUIET},
    [TA_EXCERPT_SESSION] = {"s", TA_QUIET},     [TA_EXCERPT_REPLY] = {"r", TA_QUIET},
    [TA_EXCERPT_CONTRACT] = {"v", TA_QUIET},    [TA_EXCERPT_MEETING] = {"m", TA_QUIET},
    [TA_EXCERPT_PAIR] = {"p", TA_QUIET},
};

/* What was found */

/* A line with the words that are sought marked. */
static void draw_text(const struct search_page *page, const struct ta_hit *hit,
                      struct ta_surface *surface, struct ta_area area, bool chosen)
{
    char *line = ta_hit_line(hit, &page->sought, area.columns);
    struct ta_piece rest = ta_piece_of(line);
    struct ta_piece place;
    ta_put(surface, area.row, area.column, area.columns, chosen ? TA_STRONG : TA_PLAIN, line);
    while (ta_sought_next(&page->sought, &rest, &place)) {
        int column = ta_width(line, (size_t)(place.at - line));
        int columns = ta_width(place.at, place.length);
        columns = column + columns > area.columns ? area.columns - column : columns;
        if (columns > 0) {
            ta_paint(surface, (struct ta_area){area.row, area.column + column, 1, columns},
                     TA_SELECTION);
        }
    }
    free(line);
}

static int columns_of_pair(const struct ta_surface *surface)
{
    int columns = surface->columns / 4;
    return columns < PAIR_LEAST ? PAIR_LEAST : columns > PAIR_MOST ? PAIR_MOST : columns;
}

static void draw_pair(const struct ta_hit *hit, struct ta_surface *surface, struct ta_area area)
{
    struct ta_text pair = {0};
    ta_hit_say_pair_in(&pair, hit, area.columns);
    ta_put(surface, area.row, area.column, area.columns, TA_PLAIN, pair.bytes);
    ta_text_release(&pair);
}

/* Who, or which session, and what it is: the columns before the text. Returns where it begins. */
static int draw_facts(const struct search_page *page, const struct ta_hit *hit,
                      struct ta_surface *surface, int row)
{
    const struct ta_excerpt *excerpt = &hit->excerpt;
    bool wide = surface->columns >= (page->released ? WIDE_WITH_PAIR : WIDE);
    int column = MARGIN;
    if (page->released) {
        int columns = columns_of_pair(surface);
        draw_pair(hit, surface, (struct ta_area){row, column, 1, columns});
        column += columns + 1;
    }
    if (excerpt->session > 0) {
        char number[24];
        (void)snprintf(number, sizeof number, "%u", excerpt->session);
        ta_put_right(surface, row, column, SESSION - 1, TA_QUIET, number);
    }
    column += SESSION;
    ta_put(surface, row, column, wide ? KIND - 1 : 1, looks[excerpt->kind].role,
           wide ? ta_excerpt_kind_name(excerpt->kind) : looks[excerpt->kind].sign);
    return column + (wide ? KIND : SIGN);
}

static void draw_hit(const struct search_page *page, size_t index, struct ta_surface *surface,
                     int row)
{
    const struct ta_hit *hit = &page->found.items[index];
    bool chosen = index == page->list.chosen;
    if (chosen) {
        ta_put(surface, row, 1, 1, TA_ACCENT, "▸");
    }
    int column = draw_facts(page, hit, surface, row);
    int columns = surface->columns - column - 1;
    struct ta_area area = {row, column, 1, columns < WIDEST ? columns : WIDEST};
    draw_text(page, hit, surface, area, chosen);
    hits_add(&page->hits, row, 1, index);
}

static void draw_hits(const struct search_page *page, struct ta_surface *surface,
                      struct ta_area area)
{
    size_t first = ta_list_show(&page->list, (size_t)area.rows);
    for (size_t i = first; i < page->found.count && (int)(i - first) < area.rows; i++) {
        draw_hit(page, i, surface, area.row + (int)(i - first));
    }
}

/* The chosen one: where it stands. */
static void draw_place(const struct search_page *page, struct ta_surface *surface, int row)
{
    const struct ta_hit *hit = &page->found.items[page->list.chosen];
    struct ta_text text = {0};
    char day[TA_DATE_SIZE];
    if (page->released) {
        ta_hit_say_pair(&text, hit);
        ta_text_add(&text, " · ");
    }
    ta_text_add(&text, ta_excerpt_kind_name(hit->excerpt.kind));
    if (hit->excerpt.session > 0) {
        ta_text_addf(&text, " of session %u", hit->excerpt.session);
    }
    if (hit->excerpt.day.year > 0) {
        ta_day_short(day, hit->excerpt.day, page->today);
        ta_text_addf(&text, " · %s", day);
    }
    if (!page->released) {
        ta_text_addf(&text, " · %s", hit->path);
    }
    ta_put(surface, row, MARGIN, surface->columns - MARGIN - 1, TA_QUIET, text.bytes);
    ta_text_release(&text);
}

/* All of it, as far as there is room: its row in the list may leave out what is in the middle. */
static void draw_sentence(const struct search_page *page, struct ta_surface *surface,
                          struct ta_area area)
{
    struct ta_text line = {0};
    struct ta_piece rest = ta_piece_of(page->found.items[page->list.chosen].excerpt.text);
    struct ta_piece part;
    while (ta_next_line(&rest, &part)) {
        ta_text_add(&line, line.length > 0 ? " " : "");
        ta_text_add_bytes(&line, part.at, part.length);
    }
    (void)put_text(surface, area, TA_PLAIN, line.bytes != NULL ? line.bytes : "");
    ta_text_release(&line);
}

/* Draws what was found, from this row on. */
static void draw_found(const struct search_page *page, struct ta_surface *surface, int row)
{
    int foot = surface->rows - 3;
    int sentence = surface->rows >= TALL ? SENTENCE : 0;
    int columns = surface->columns - MARGIN - 2;
    int rule = foot - sentence - 1;
    draw_hits(page, surface, (struct ta_area){row, 0, rule - row, surface->columns});
    ta_rule(surface, rule);
    draw_place(page, surface, rule + 1);
    if (sentence > 0) {
        draw_sentence(page, surface,
                      (struct ta_area){rule + 2, MARGIN, sentence,
                                       columns < WIDEST / 2 ? columns : WIDEST / 2});
    }
}

/* What can be typed */

static const struct {
    const char *typed;
    const char *meaning; /* NULL: the kinds that there are here */
    const char *briefly; /* where it is narrow */
    bool of_many;        /* only where there is more than one pair */
} ways[] = {
    {"urgent juniors", "lines with both words; the last may go on", "lines with both words", false},
    {"\"who speaks\"", "these words, one behind the other", "one behind the other", false},
    {"kind:question", NULL, NULL, false},
    {"session:3", "or several: session:2-4", "or several: session:2-4", false},
    {"from:2026-10", "on or after a day, a month, a year", "since a day, month or year", false},
    {"to:2026", "on or before", "on or before", false},
    {"pair:priya", "of a pair, by a name of one of the two", "by one of their names", true},
};

/* The kinds that there are here, but one. */
static void say_kinds(struct ta_text *out, bool released, const char *but, const char *before_last)
{
    const char *waits = NULL; /* until it is known whether it is the last */
    bool any = false;
    for (enum ta_excerpt_kind kind = 0; kind < TA_EXCERPT_KINDS; kind++) {
        const char *name = ta_excerpt_kind_name(kind);
        if ((!released || ta_excerpt_kind_is_released(kind)) && strcmp(name, but) != 0) {
            ta_text_addf(out, "%s%s", any ? ", " : "", waits ? waits : "");
            any = any || waits;
            waits = name;
        }
    }
    ta_text_addf(out, "%s%s", before_last, waits);
}

static int draw_way(const struct search_page *page, size_t index, struct ta_surface *surface,
                    struct ta_area area)
{
    enum { TYPED = 17 };
    struct ta_text kinds = {0};
    bool wide = surface->columns >= WIDE;
    const char *meaning = wide ? ways[index].meaning : ways[index].briefly;
    if (!meaning) {
        ta_text_add(&kinds, "or ");
        say_kinds(&kinds, page->released, "question", ", ");
        meaning = kinds.bytes;
    }
    ta_put(surface, area.row, area.column, TYPED - 1, TA_KEY_NAME, ways[index].typed);
    area.column += TYPED;
    area.columns -= TYPED;
    int rows = put_text(surface, area, TA_QUIET, meaning);
    ta_text_release(&kinds);
    return rows;
}

static void draw_help(const struct search_page *page, struct ta_surface *surface, int rows)
{
    struct ta_text text = {0};
    int columns = surface->columns - MARGIN - 2;
    columns = columns < WIDEST / 2 ? columns : WIDEST / 2;
    bool roomy = rows >= ROOMY;
    if (page->released) {
        ta_text_add(&text, roomy ? "Everything that the pairs of your programme released."
                                 : "All that your pairs released.");
    } else {
        ta_text_addf(&text,
                     "Everything in the record of %s and %s, in any script; capitals and accents "
                     "do not matter. What is yours alone is not searched.",
                     page->pair.person[TA_MENTOR].name, page->pair.person[TA_MENTEE].name);
    }
    int end = LIST + rows;
    struct ta_area area = {LIST, MARGIN, 3, columns};
    area.row += put_text(surface, area, TA_PLAIN, text.bytes) + roomy;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && area.row < end; i++) {
        if (!ways[i].of_many || page->released) {
            area.rows = end - area.row;
            area.row += draw_way(page, i, surface, area);
        }
    }
    ta_text_release(&text);
}

/* The page */

static void say_count(struct ta_text *out, const struct search_page *page)
{
    const struct ta_hits *found = &page->found;
    if (page->indexing) {
        size_t all;
        size_t left = ta_searching_left(page->searching, &all);
        ta_text_addf(out, "reading %zu of %zu", all - left, all);
    } else if (found->is_ranked && found->more) {
        ta_text_addf(out, "the best %zu of %s%zu", found->count,
                     found->is_of_newest ? "the newest " : "", found->total);
    } else if (found->more) {
        ta_text_addf(out, "the newest %zu", found->count);
    } else if (!ta_sought_is_empty(&page->sought)) {
        ta_text_addf(out, "%zu found", found->count);
    }
}

static void draw_title(const struct search_page *page, struct ta_surface *surface)
{
    struct ta_text left = {0};
    struct ta_text right = {0};
    ta_text_add(&left, "Search   ");
    if (page->released) {
        ta_text_add(&left, "what was released");
    } else {
        struct ta_piece mentor = ta_pair_short_name(&page->pair, TA_MENTOR);
        struct ta_piece mentee = ta_pair_short_name(&page->pair, TA_MENTEE);
        ta_text_addf(&left, "%.*s ⇄ %.*s", (int)mentor.length, mentor.at, (int)mentee.length,
                     mentee.at);
    }
    say_count(&right, page);
    ta_title(surface, left.bytes, right.bytes ? right.bytes : "");
    ta_text_release(&left);
    ta_text_release(&right);
}

/* What was typed and is left out. Returns the first row below. */
static int draw_unclear(const struct search_page *page, struct ta_surface *surface)
{
    struct ta_text text = {0};
    const struct ta_sought *sought = &page->sought;
    if (!sought->unclear) {
        return LIST;
    }
    ta_text_addf(&text, "%s is left out: give ", sought->unclear);
    if (ta_piece_starts(ta_piece_of(sought->unclear), "kind:")) {
        say_kinds(&text, page->released, "", " or ");
    } else {
        ta_text_add(&text, sought->instead);
    }
    ta_text_add(&text, ".");
    struct ta_area area = {LIST - 1, MARGIN, 3, surface->columns - MARGIN - 2};
    int rows = put_text(surface, area, TA_CAUTION, text.bytes);
    ta_text_release(&text);
    return LIST - 1 + rows + (rows > 1);
}

void search_draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct search_page *page = state;
    draw_title(page, surface);
    hits_clear(&page->hits);
    ta_put(surface, 2, 1, 1, TA_ACCENT, "/");
    ta_editor_draw(&page->editor, surface,
                   (struct ta_area){2, MARGIN, 1, surface->columns - MARGIN - 1}, TA_STRONG, true);
    int row = draw_unclear(page, surface);
    if (page->found.count > 0) {
        draw_found(page, surface, row);
    } else if (ta_sought_is_empty(&page->sought) && !page->sought.unclear) {
        draw_help(page, surface, surface->rows - 2 - LIST);
    } else if (!page->indexing) {
        ta_put(surface, row, MARGIN, surface->columns - MARGIN - 1, TA_QUIET, "Nothing was found.");
    }
}
