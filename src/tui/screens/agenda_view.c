#include <stdio.h>
#include <string.h>

#include "agenda_page.h"
#include "turnabout/base/unicode.h"

enum {
    MARGIN = 1,
    TITLE = 6,     /* column where titles begin */
    BAR_MOST = 16, /* columns */
    NOTES_LEAST = 3,
    TITLE_MOST = 3, /* rows of the chosen title */
    TIGHT = 45,     /* columns below which the title has room for a date, and none for "min" */
};

/* Where things stand on a surface. */
struct layout {
    const struct agenda_page *page;
    struct ta_area list;
    int minutes; /* column behind the minutes */
    int bar;     /* columns of the bars */
};

static int notes_columns(const struct layout *layout)
{
    return layout->minutes - TITLE;
}

static int title_columns(const struct layout *layout, bool marked)
{
    return layout->minutes - 5 - TITLE - (marked ? 2 : 0);
}

/* The chosen title is read whole, and where it came from below it, when they need more than a row.
 */
static bool is_spread(const struct layout *layout, size_t row)
{
    const struct agenda_page *page = layout->page;
    const struct ta_item *item = agenda_item(page, row);
    struct ta_piece topic;
    return item && row == page->list.chosen && page->mode == AGENDA_READING &&
           layout->list.rows > TITLE_MOST + 1 &&
           ta_width(item->title, strlen(item->title)) >
               title_columns(layout, agenda_touches(page, row, &topic));
}

static int title_rows(const struct layout *layout, size_t row)
{
    if (!is_spread(layout, row)) {
        return 1;
    }
    const struct ta_item *item = agenda_item(layout->page, row);
    struct ta_piece topic;
    int rows =
        wrapped_rows(item->title, title_columns(layout, agenda_touches(layout->page, row, &topic)));
    return (rows < TITLE_MOST ? rows : TITLE_MOST) + (item->origin != NULL);
}

/* Rows under the chosen item for its talking notes: all of them, when at least the rows around it
 * can be told from them. */
static int notes_rows(const struct layout *layout, size_t row)
{
    const struct agenda_page *page = layout->page;
    const struct ta_item *item = agenda_item(page, row);
    if (row != page->list.chosen || !item) {
        return 0;
    }
    int most = layout->list.rows > 4 ? layout->list.rows - 3 : layout->list.rows - 1;
    most -= title_rows(layout, row) - 1;
    int rows = 0;
    if (page->mode == AGENDA_NOTES) {
        rows = ta_editor_rows(&page->editor, notes_columns(layout));
        rows = rows < NOTES_LEAST ? NOTES_LEAST : rows;
    } else if (item->notes) {
        rows = wrapped_rows(item->notes, notes_columns(layout));
    }
    return rows < most ? rows : most > 0 ? most : 0;
}

static int item_rows(const void *data, size_t row)
{
    return title_rows(data, row) + notes_rows(data, row);
}

static size_t lines_of(const char *notes)
{
    struct ta_piece rest = ta_piece_of(notes);
    struct ta_piece line;
    size_t lines = 0;
    while (ta_next_line(&rest, &line)) {
        lines += ta_piece_trim(line).length > 0;
    }
    return lines;
}

/* What is said quietly behind a title. */
static void say_more(struct ta_text *out, const struct ta_item *item, bool chosen)
{
    ta_text_add(out, "");
    if (item->origin) {
        ta_text_addf(out, "  from %s", item->origin);
    }
    if (item->notes && !chosen) {
        size_t lines = lines_of(item->notes);
        ta_text_addf(out, "%s%zu note%s", item->origin ? " · " : "  ", lines,
                     lines == 1 ? "" : "s");
    }
}

static void draw_title(const struct ta_item *item, bool chosen, struct ta_surface *surface,
                       struct ta_area area)
{
    struct ta_text more = {0};
    say_more(&more, item, chosen);
    int width = ta_width(item->title, strlen(item->title));
    int room = area.columns - ta_width(more.bytes, more.length);
    /* A title has its half at least; what is more gives way first. */
    room = room < area.columns / 2 ? area.columns : room;
    width = width < room ? width : room;
    int used =
        ta_put(surface, area.row, area.column, width, chosen ? TA_STRONG : TA_PLAIN, item->title);
    if (room < area.columns) {
        ta_put(surface, area.row, area.column + used, area.columns - used, TA_QUIET, more.bytes);
    }
    ta_text_release(&more);
}

/* Returns the rows used. */
static int draw_spread(const struct ta_item *item, struct ta_surface *surface, struct ta_area area)
{
    area.rows -= item->origin != NULL;
    int rows = put_text(surface, area, TA_STRONG, item->title);
    if (item->origin) {
        ta_putf(surface, area.row + rows, area.column, area.columns, TA_QUIET, "from %s",
                item->origin);
    }
    return rows + (item->origin != NULL);
}

static void draw_notes(const struct layout *layout, const struct ta_item *item, int rows,
                       struct ta_surface *surface, int row)
{
    struct ta_area area = {row, TITLE, rows, notes_columns(layout)};
    if (layout->page->mode == AGENDA_NOTES) {
        ta_editor_draw(&layout->page->editor, surface, area, TA_PLAIN, true);
        return;
    }
    bool cut = wrapped_rows(item->notes, area.columns) > rows;
    area.rows -= cut && rows > 1;
    ta_put_wrapped(surface, area, TA_PLAIN, item->notes);
    if (cut && rows > 1) {
        ta_put(surface, row + rows - 1, TITLE, area.columns, TA_QUIET, "… o opens all of it");
    }
}

static void draw_minutes(const struct layout *layout, const struct ta_item *item,
                         struct ta_surface *surface, int row)
{
    char minutes[16];
    (void)snprintf(minutes, sizeof minutes, "%u", item->minutes);
    ta_put_right(surface, row, layout->minutes - 4, 4, TA_PLAIN, minutes);
    ta_bar(surface, row, layout->minutes + 1, layout->bar, TA_ACCENT, item->minutes,
           layout->page->state.agenda.minutes);
}

/* A row of the list; returns how high it is. */
static int draw_item(const struct layout *layout, size_t row, struct ta_surface *surface, int at)
{
    const struct agenda_page *page = layout->page;
    const struct ta_item *item = agenda_item(page, row);
    bool chosen = row == page->list.chosen;
    bool typed = chosen && (page->mode == AGENDA_TITLE || page->mode == AGENDA_NEW);
    struct ta_piece topic;
    bool marked = agenda_touches(page, row, &topic);
    char number[24];
    (void)snprintf(number, sizeof number, "%zu", row + 1);
    if (chosen) {
        ta_put(surface, at, MARGIN, 1, TA_ACCENT, "▸");
    }
    ta_put_right(surface, at, MARGIN + 1, 3, TA_QUIET, number);
    struct ta_area title = {at, TITLE, title_rows(layout, row), title_columns(layout, false)};
    if (marked && !typed) {
        title.column += ta_put(surface, at, TITLE, 1, TA_CAUTION, "⚠") + 1;
        title.columns -= title.column - TITLE;
    }
    int used = 1;
    if (is_spread(layout, row)) {
        used = draw_spread(item, surface, title);
    } else if (typed) {
        ta_editor_draw(&page->editor, surface, title, TA_STRONG, true);
    } else {
        draw_title(item, chosen, surface, title);
    }
    if (item) {
        draw_minutes(layout, item, surface, at);
    }
    int rows = notes_rows(layout, row);
    if (item && rows > 0) {
        draw_notes(layout, item, rows, surface, at + used);
    }
    if (chosen && page->mode == AGENDA_READING) {
        surface->cursor_row = at;
        surface->cursor_column = TITLE;
    }
    return used + rows;
}

static void draw_items(const struct layout *layout, struct ta_surface *surface)
{
    const struct ta_list *list = &layout->page->list;
    struct tall tall = {item_rows, layout};
    size_t row = tall_list_show(list, &tall, layout->list.rows);
    int at = layout->list.row;
    int end = at + layout->list.rows;
    for (; row < list->count && at + item_rows(layout, row) <= end; row++) {
        int rows = draw_item(layout, row, surface, at);
        hits_add(&layout->page->hits, at, rows, row);
        at += rows;
    }
}

static void draw_empty(const struct layout *layout, struct ta_surface *surface)
{
    struct ta_text text = {0};
    struct ta_piece name = ta_pair_short_name(&layout->page->pair, TA_MENTEE);
    ta_text_addf(&text,
                 "Nothing is on this agenda. n puts a topic on it; it is %.*s's to set, and "
                 "u brings back what was here.",
                 (int)name.length, name.at);
    struct ta_area area = layout->list;
    area.column = MARGIN + 2;
    area.columns = surface->columns - 2 * area.column;
    ta_put_wrapped(surface, area, TA_QUIET, text.bytes);
    ta_text_release(&text);
    surface->cursor_row = area.row;
    surface->cursor_column = area.column;
}

/* The page */

static void draw_head(const struct agenda_page *page, struct ta_surface *surface)
{
    const struct ta_agenda *agenda = &page->state.agenda;
    unsigned sum = ta_agenda_sum(agenda);
    struct ta_text left = {0};
    char right[48];
    bool narrow = surface->columns < AGENDA_NARROW;
    bool tight = surface->columns < TIGHT;
    (void)snprintf(right, sizeof right, tight ? "%u of %u" : "%u of %u min", sum, agenda->minutes);
    ta_text_addf(&left, narrow ? "Agenda %u   " : "Agenda for session %u   ", agenda->session);
    if (page->when.instant) {
        char date[TA_DATE_SIZE];
        ta_moment_short(date, page->when);
        ta_text_add(&left, date);
    } else {
        ta_text_add(&left, "no date yet");
    }
    ta_title(surface, left.bytes, right);
    if (sum > agenda->minutes) {
        int width = (int)strlen(right);
        ta_paint(surface, (struct ta_area){0, surface->columns - 1 - width, 1, width}, TA_CAUTION);
    }
    ta_text_release(&left);
}

void agenda_draw(const struct agenda_page *page, struct ta_surface *surface)
{
    struct agenda_parts parts = agenda_divide(page, surface->rows);
    int foot = surface->rows - 2; /* the face's rows begin here */
    int below = agenda_parts_rows(&parts);
    int top = surface->rows < AGENDA_LOW ? 1 : 2;
    struct layout layout = {.page = page};
    if (surface->columns >= AGENDA_NARROW) {
        layout.bar = surface->columns / 8 < BAR_MOST ? surface->columns / 8 : BAR_MOST;
    }
    layout.minutes = surface->columns - 2 - (layout.bar ? layout.bar + 1 : 0);
    layout.list = (struct ta_area){top, MARGIN, foot - below - 1 - top, surface->columns - 2};
    draw_head(page, surface);
    hits_clear(&page->hits);
    if (page->list.count == 0) {
        draw_empty(&layout, surface);
    } else {
        draw_items(&layout, surface);
    }
    agenda_draw_below(
        page, &parts, surface,
        (struct ta_area){foot - below, MARGIN + 2, below, surface->columns - 2 * MARGIN - 3});
}
