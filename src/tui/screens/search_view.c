/* Search as it is seen: the line to type on, what was found, and what can be typed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "search_page.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum {
    MARGIN = 3,
    LIST = 4,  /* row of the first hit */
    WIDE = 64, /* from here on kinds are words */
    PAIR = 14, /* columns of a pair's name */
    KIND = 12, /* of a kind */
    SIGN = 2,  /* of a kind's sign */
    SESSION = 4,
    WIDEST = 160 /* of a line */
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

/* Who, or which session, and what it is: the columns before the text. Returns where it begins. */
static int draw_facts(const struct search_page *page, const struct ta_hit *hit,
                      struct ta_surface *surface, int row)
{
    const struct ta_excerpt *excerpt = &hit->excerpt;
    bool wide = surface->columns >= WIDE;
    int column = MARGIN;
    if (page->released && wide) {
        ta_put(surface, row, column, PAIR - 1, TA_PLAIN, ta_hit_slug(hit));
        column += PAIR;
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

static void draw_hits(const struct search_page *page, struct ta_surface *surface, int rows)
{
    size_t first = ta_list_show(&page->list, (size_t)rows);
    for (size_t i = first; i < page->found.count && (int)(i - first) < rows; i++) {
        draw_hit(page, i, surface, LIST + (int)(i - first));
    }
}

/* Where the chosen one stands. */
static void draw_place(const struct search_page *page, struct ta_surface *surface, int row)
{
    const struct ta_hit *hit = &page->found.items[page->list.chosen];
    struct ta_text text = {0};
    char day[TA_DATE_SIZE];
    if (page->released) {
        ta_text_addf(&text, "%s · ", ta_hit_slug(hit));
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
    ta_rule(surface, row - 1);
    ta_put(surface, row, MARGIN, surface->columns - MARGIN - 1, TA_QUIET, text.bytes);
    ta_text_release(&text);
}

/* What can be typed */

static const struct {
    const char *typed, *meaning;
    bool of_many; /* only where there is more than one pair */
} ways[] = {
    {"urgent juniors", "lines with both words; the last may go on", false},
    {"\"who speaks\"", "these words, one behind the other", false},
    {"kind:promise", "or takeaway, difference, question, note, agenda, contract, reply", false},
    {"session:3", "or several: session:2-4", false},
    {"from:2026-10", "on or after a day, a month, a year", false},
    {"to:2026", "on or before", false},
    {"pair:priya", "of a pair, by a name of one of the two", true},
};

static void draw_help(const struct search_page *page, struct ta_surface *surface, int rows)
{
    enum { TYPED = 17 };
    struct ta_text text = {0};
    int columns = surface->columns - MARGIN - 2;
    struct ta_area area = {LIST, MARGIN, 3, columns < WIDEST / 2 ? columns : WIDEST / 2};
    if (page->released) {
        ta_text_add(&text, "Everything that the pairs of your programme released.");
    } else {
        ta_text_addf(&text,
                     "Everything in the record of %s and %s, in any script; capitals and accents "
                     "do not matter. What is yours alone is not searched.",
                     page->pair.person[TA_MENTOR].name, page->pair.person[TA_MENTEE].name);
    }
    int row = LIST + put_text(surface, area, TA_PLAIN, text.bytes) + 1;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && row < LIST + rows; i++) {
        if (!ways[i].of_many || page->released) {
            ta_put(surface, row, MARGIN, TYPED - 1, TA_KEY_NAME, ways[i].typed);
            ta_put(surface, row, MARGIN + TYPED, columns - TYPED, TA_QUIET, ways[i].meaning);
            row++;
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

void search_draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct search_page *page = state;
    int foot = surface->rows - 3; /* row of the place */
    draw_title(page, surface);
    hits_clear(&page->hits);
    ta_put(surface, 2, 1, 1, TA_ACCENT, "/");
    ta_editor_draw(&page->editor, surface,
                   (struct ta_area){2, MARGIN, 1, surface->columns - MARGIN - 1}, TA_STRONG, true);
    if (page->found.count > 0) {
        draw_hits(page, surface, foot - 1 - LIST);
        draw_place(page, surface, foot);
    } else if (ta_sought_is_empty(&page->sought)) {
        draw_help(page, surface, foot - LIST);
    } else if (!page->indexing) {
        ta_put(surface, LIST, MARGIN, surface->columns - MARGIN - 1, TA_QUIET,
               "Nothing was found.");
    }
    if (page->sought.unclear) {
        ta_put(surface, 3, MARGIN, surface->columns - MARGIN - 1, TA_CAUTION, page->sought.unclear);
    }
}
