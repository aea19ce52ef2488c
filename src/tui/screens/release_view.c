#include <stdio.h>
#include <string.h>

#include "release_page.h"
#include "turnabout/base/unicode.h"

enum {
    MARGIN = 1,
    INDENT = 3,   /* column of what stands below the box */
    INSIDE = 4,   /* column where lines begin in the box */
    NAMES = 14,   /* columns of a name, at most */
    WIDE = 72,    /* columns from which both keys stand in one row */
    LOW = 16,     /* rows below which nothing stands apart */
    WIDEST = 100, /* columns of a line that is still read well */
    STRUCK = 36,  /* columns of a struck line, at most */
};

/* Where things stand on a surface. */
struct layout {
    const struct release_page *page;
    struct ta_area box; /* with its frame */
    int columns;        /* of a line inside */
};

/* What is said below the box */

/* A sentence, and a shorter one for where it does not fit. */
struct said {
    struct ta_text full;
    struct ta_text brief;
};

static void say(struct said *said, const char *full, const char *brief)
{
    ta_text_add(&said->full, full);
    ta_text_add(&said->brief, brief);
}

static void say_done(struct said *said, const struct release_page *page)
{
    if (!page->has_place) {
        say(said,
            "Both of you approved this text. It leaves, to the letter, once the coordinator's "
            "address is set: o.",
            "It leaves with an address: o.");
    } else if (page->is_sent) {
        say(said, "This text is at the coordinator's, to the letter.",
            "It is at the coordinator's.");
    } else {
        say(said, "Released: this text leaves with the next sync, to the letter.",
            "It leaves with the next sync.");
    }
}

/* Who has approved a text that does not stand here any more, and whose key is missing. */
static void say_lapsed(struct said *said, const struct release_page *page, enum ta_role role)
{
    const struct ta_release_state *state = &page->state;
    enum ta_role other = ta_role_other(role);
    struct ta_piece name = ta_pair_short_name(&page->pair, role);
    if (state->lapsed[other]) {
        say(said, "What both of you approved was an earlier text: it no longer counts.",
            "Waits for both of you again.");
    } else if (state->approved[other]) {
        ta_text_addf(&said->full, "%.*s approved an earlier text; waits for %.*s.",
                     (int)name.length, name.at, (int)name.length, name.at);
        ta_text_addf(&said->brief, "Waits for %.*s.", (int)name.length, name.at);
    } else {
        ta_text_addf(&said->full, "%.*s approved an earlier text: that no longer counts.",
                     (int)name.length, name.at);
        ta_text_add(&said->brief, "Waits for both of you.");
    }
}

static void say_waiting(struct said *said, const struct release_page *page)
{
    const bool *lapsed = page->state.lapsed;
    if (lapsed[TA_MENTOR] || lapsed[TA_MENTEE]) {
        say_lapsed(said, page, lapsed[TA_MENTOR] ? TA_MENTOR : TA_MENTEE);
    } else {
        say(said, "Nothing of this leaves before both of you approved this very text.",
            "Leaves once both approve it.");
    }
}

static void say_standing(struct said *said, const struct release_page *page)
{
    switch (page->state.standing) {
    case TA_RELEASE_ATTENDANCE:
        if (page->has_place) {
            say(said,
                "Your contract shares when you met, and no words. This leaves with every sync: "
                "nobody has to approve it.",
                "It leaves with every sync.");
        } else {
            say(said,
                "Your contract shares when you met, and no words. Nobody has to approve it; it "
                "leaves once the coordinator's address is set: o.",
                "It leaves with an address: o.");
        }
        break;
    case TA_RELEASE_WITHHELD:
        say(said,
            "One of you withholds this session: only this leaves. u puts its text back, for both "
            "of you to look at again.",
            "Withheld: only this leaves.");
        break;
    case TA_RELEASE_DONE:
        say_done(said, page);
        break;
    case TA_RELEASE_DRAFT:
        say(said,
            "A draft. Once it is committed, each of you approves this text, or strikes lines.",
            "A draft: it is committed first.");
        break;
    case TA_RELEASE_WAITING:
        say_waiting(said, page);
        break;
    case TA_RELEASE_CLOSED:
        break;
    }
}

static void said_release(struct said *said)
{
    ta_text_release(&said->full);
    ta_text_release(&said->brief);
}

static bool has_keys(const struct release_page *page)
{
    return page->state.standing == TA_RELEASE_WAITING || page->state.standing == TA_RELEASE_DONE;
}

static void say_key(struct ta_text *out, const struct release_page *page, enum ta_role role)
{
    const struct ta_release_state *state = &page->state;
    char day[TA_DATE_SIZE];
    if (!state->approved[role]) {
        ta_text_add(out, state->lapsed[role] ? "· approved the text before"
                                             : "· has not approved it yet");
        return;
    }
    ta_day_short(day, ta_day_of(state->at[role]), page->today);
    ta_text_addf(out, "✓ approved this text, %s", day);
}

static int name_columns(const struct release_page *page)
{
    int widest = 0;
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        struct ta_piece name = ta_pair_short_name(&page->pair, role);
        int width = ta_width(name.at, name.length);
        widest = width > widest ? width : widest;
    }
    return widest < NAMES ? widest : NAMES;
}

static void draw_key(const struct release_page *page, struct ta_surface *surface,
                     struct ta_area area, enum ta_role role)
{
    int names = name_columns(page);
    struct ta_piece name = ta_pair_short_name(&page->pair, role);
    bool approved = page->state.approved[role];
    struct ta_text text = {0};
    say_key(&text, page, role);
    ta_put_bytes(surface, area.row, area.column, names, approved ? TA_PLAIN : TA_STRONG, name.at,
                 name.length);
    ta_put(surface, area.row, area.column + names + 2, area.columns - names - 2,
           approved ? TA_GOOD : TA_QUIET, text.bytes);
    ta_text_release(&text);
}

static void draw_keys(const struct release_page *page, struct ta_surface *surface, int row)
{
    int columns = surface->columns - INDENT - 1;
    if (surface->columns < WIDE) {
        draw_key(page, surface, (struct ta_area){row, INDENT, 1, columns}, TA_MENTOR);
        draw_key(page, surface, (struct ta_area){row + 1, INDENT, 1, columns}, TA_MENTEE);
        return;
    }
    int half = columns < WIDEST ? columns / 2 : WIDEST / 2;
    draw_key(page, surface, (struct ta_area){row, INDENT, 1, half - 2}, TA_MENTOR);
    draw_key(page, surface, (struct ta_area){row, INDENT + half, 1, half - 2}, TA_MENTEE);
}

static int key_rows(const struct release_page *page, const struct ta_surface *surface)
{
    return has_keys(page) ? 1 + (surface->columns < WIDE) : 0;
}

/* The box */

static int said_columns(const struct ta_surface *surface)
{
    int columns = surface->columns - 2 * INDENT;
    return columns < WIDEST ? columns : WIDEST;
}

/* An entry is wrapped behind its hyphen. */
static size_t mark_of(const struct ta_released_line *line)
{
    return strncmp(line->text, "- ", 2) == 0 ? 2 : 0;
}

static int line_rows(const void *data, size_t index)
{
    const struct layout *layout = data;
    const struct ta_released_line *line = &release_lines(layout->page)->items[index];
    size_t mark = mark_of(line);
    int rows = line->struck ? 1 : wrapped_rows(line->text + mark, layout->columns - (int)mark);
    int room = layout->box.rows - 2;
    return rows < room ? rows : room;
}

/* As long as the line was, so that the page keeps its shape; its words are nobody's any more. */
static void draw_struck(const struct layout *layout, const struct ta_released_line *line,
                        struct ta_surface *surface, int row, enum ta_role_of_cell role)
{
    static const char said[] = "struck by one of you";
    if (line->kind == TA_RELEASED_BLANK) {
        return;
    }
    int room = layout->columns - (int)sizeof said - 1;
    int width = ta_width(line->text, strlen(line->text));
    width = width < STRUCK ? width : STRUCK;
    width = width < room ? width : room;
    width = width > 1 ? width : 1;
    ta_fill(surface, (struct ta_area){row, INSIDE, 1, width}, TA_QUIET, "▒");
    ta_put(surface, row, INSIDE + width + 1, layout->columns - width - 1, role,
           line->itself ? said : "with its section");
}

static void draw_line(const struct layout *layout, size_t index, struct ta_surface *surface,
                      int row, int rows)
{
    const struct release_page *page = layout->page;
    const struct ta_released_line *line = &release_lines(page)->items[index];
    bool chosen = index == page->list.chosen;
    bool is_fact = line->kind == TA_RELEASED_FACT || line->kind == TA_RELEASED_HEADING;
    enum ta_role_of_cell role = chosen ? TA_STRONG : TA_PLAIN;
    if (chosen) {
        ta_put(surface, row, MARGIN + 1, 1, TA_ACCENT, "▸");
        surface->cursor_row = row;
        surface->cursor_column = INSIDE;
    }
    if (line->struck) {
        draw_struck(layout, line, surface, row, chosen ? TA_STRONG : TA_QUIET);
        return;
    }
    int mark = (int)mark_of(line);
    struct ta_area area = {row, INSIDE + mark, rows, layout->columns - mark};
    ta_put_bytes(surface, row, INSIDE, mark, role, line->text, (size_t)mark);
    put_text(surface, area, is_fact ? TA_STRONG : role, line->text + mark);
}

static void draw_lines(const struct layout *layout, struct ta_surface *surface)
{
    const struct release_page *page = layout->page;
    struct tall tall = {line_rows, layout};
    int row = layout->box.row + 1;
    int end = layout->box.row + layout->box.rows - 1;
    size_t index = tall_list_show(&page->list, &tall, layout->box.rows - 2);
    for (; index < page->list.count && row + line_rows(layout, index) <= end; index++) {
        int rows = line_rows(layout, index);
        draw_line(layout, index, surface, row, rows);
        hits_add(&page->hits, row, rows, index);
        row += rows;
    }
    if (page->list.top > 0 || index < page->list.count) {
        char part[48];
        (void)snprintf(part, sizeof part, " line %zu of %zu ", page->list.chosen + 1,
                       page->list.count);
        ta_put_right(surface, end, layout->box.column, layout->box.columns - 2, TA_QUIET, part);
    }
}

/* The page */

static void draw_title(const struct release_page *page, struct ta_surface *surface)
{
    const struct ta_release_state *state = &page->state;
    struct ta_text left = {0};
    struct ta_text right = {0};
    if (surface->columns < WIDE) {
        ta_text_addf(&left, "Release of session %u", state->session);
    } else {
        bool is_yet_to_be =
            state->standing == TA_RELEASE_WAITING || state->standing == TA_RELEASE_DRAFT;
        ta_text_addf(&left, "What the coordinator %s of session %u",
                     is_yet_to_be ? "would see" : "sees", state->session);
    }
    if (state->contract > 0) {
        ta_text_addf(&right, surface->columns < WIDE ? "%s" : "contract: %s",
                     ta_shared_name(state->level));
    }
    ta_title(surface, left.bytes, right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

/* Nothing leaves: only words, where a box would be empty. */
static void draw_closed(const struct release_page *page, struct ta_surface *surface)
{
    struct ta_area area = {2, INDENT, surface->rows - 4, said_columns(surface)};
    bool has_contract = page->state.contract > 0;
    ta_put(surface, area.row, INDENT, area.columns, TA_STRONG, "Nothing leaves.");
    area.row += 2;
    area.rows -= 2;
    ta_put_wrapped(surface, area, TA_PLAIN,
                   has_contract
                       ? "By your contract the coordinator sees nothing of your sessions: not when "
                         "you meet, and not a word. c opens the contract; its clause \"What the "
                         "coordinator may see\" says how much."
                       : "No contract is in force. Before both of you signed one, nothing is "
                         "shown to anybody.");
    surface->cursor_row = 2;
    surface->cursor_column = INDENT;
}

static int rows_of_text(const struct layout *layout)
{
    int rows = 0;
    for (size_t i = 0; i < layout->page->list.count; i++) {
        rows += line_rows(layout, i);
    }
    return rows;
}

/* The box is as high as its text, or as there is room for. */
static struct layout lay_out(const struct release_page *page, const struct ta_surface *surface,
                             int said)
{
    bool low = surface->rows < LOW;
    int top = low ? 1 : 2;
    int below = key_rows(page, surface) + said + (low ? 0 : 1 + (key_rows(page, surface) > 0));
    int columns = surface->columns - 2 * MARGIN;
    columns = columns < WIDEST + 2 * INDENT ? columns : WIDEST + 2 * INDENT;
    struct layout layout = {.page = page,
                            .box = {top, MARGIN, surface->rows - 2 - top - below, columns},
                            .columns = columns - 2 * INSIDE + MARGIN + 1};
    int needed = rows_of_text(&layout) + 2;
    layout.box.rows = needed < layout.box.rows ? needed : layout.box.rows;
    return layout;
}

/* What stands below the box, from `row` on. */
static void draw_said(const struct release_page *page, const struct said *said,
                      struct ta_surface *surface, int row)
{
    int columns = said_columns(surface);
    int left = surface->rows - 2 - row;
    bool fits = wrapped_rows(said->full.bytes, columns) <= left;
    const char *text = fits ? said->full.bytes : said->brief.bytes;
    put_text(surface, (struct ta_area){row, INDENT, left, columns},
             page->state.standing == TA_RELEASE_DONE ? TA_GOOD : TA_QUIET, text);
}

static void draw_page(const struct release_page *page, const struct said *said,
                      struct ta_surface *surface)
{
    bool low = surface->rows < LOW;
    int wanted = wrapped_rows(said->full.bytes, said_columns(surface));
    int most = low ? 1 : 3;
    struct layout layout = lay_out(page, surface, wanted < most ? wanted : most);
    const char *document =
        page->state.standing == TA_RELEASE_ATTENDANCE ? "meetings.md" : "released.md";
    ta_box(surface, layout.box, document);
    draw_lines(&layout, surface);
    int row = layout.box.row + layout.box.rows + !low;
    int keys = key_rows(page, surface);
    if (keys > 0) {
        draw_keys(page, surface, row);
        row += keys + !low;
    }
    /* A short document leaves more room than was asked for. */
    draw_said(page, said, surface, row);
}

void release_draw(const struct release_page *page, struct ta_surface *surface)
{
    draw_title(page, surface);
    hits_clear(&page->hits);
    if (page->state.standing == TA_RELEASE_CLOSED) {
        draw_closed(page, surface);
        return;
    }
    struct said said = {0};
    say_standing(&said, page);
    draw_page(page, &said, surface);
    said_release(&said);
}
