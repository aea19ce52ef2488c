#include <stdio.h>
#include <string.h>

#include "agenda_page.h"
#include "turnabout/base/unicode.h"
#include "turnabout/domain/off_limits.h"

enum {
    MARGIN = 1,
    TITLE = 6,     /* column where titles begin */
    LABELS = 16,   /* columns of the labels below */
    NARROW = 60,   /* below it no bars, no labels */
    LOW = 18,      /* rows below which the part below has two lines at most */
    BAR_MOST = 16, /* columns */
    NOTES_LEAST = 3,
    CARRIED_MOST = 3,
    TITLE_MOST = 3, /* rows of the chosen title */
};

/* Where things stand on a surface. */
struct layout {
    const struct agenda_page *page;
    struct ta_area list;
    struct ta_area below; /* its rule is the row above */
    int minutes;          /* column behind the minutes */
    int bar;              /* columns of the bars */
};

bool agenda_has_new_row(const struct agenda_page *page)
{
    return page->mode == AGENDA_NEW && !page->in_slot;
}

const struct ta_item *agenda_item(const struct agenda_page *page, size_t row)
{
    const struct ta_agenda *agenda = &page->state.agenda;
    bool is_new = agenda_has_new_row(page);
    if (is_new && row == page->list.chosen) {
        return NULL;
    }
    size_t index = is_new && row > page->list.chosen ? row - 1 : row;
    return index < agenda->count ? &agenda->items[index] : NULL;
}

/* What is off limits */

static bool touches(const struct agenda_page *page, size_t row, struct ta_piece *topic)
{
    const char *topics = page->state.off_limits;
    const struct ta_item *item = agenda_item(page, row);
    const char *title = item ? item->title : "";
    const char *notes = item && item->notes ? item->notes : "";
    if (row == page->list.chosen && page->mode == AGENDA_NOTES) {
        notes = ta_editor_text(&page->editor);
    } else if (row == page->list.chosen && page->mode != AGENDA_READING) {
        title = ta_editor_text(&page->editor);
    }
    return ta_off_limits_touched(topic, topics, title) ||
           ta_off_limits_touched(topic, topics, notes);
}

size_t agenda_marks(const struct agenda_page *page, size_t *first, struct ta_piece *topic)
{
    size_t marks = 0;
    for (size_t row = 0; row < page->list.count; row++) {
        struct ta_piece found;
        if (touches(page, row, &found) && marks++ == 0) {
            *first = row;
            *topic = found;
        }
    }
    return marks;
}

/* The items */

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
               title_columns(layout, touches(page, row, &topic));
}

static int title_rows(const struct layout *layout, size_t row)
{
    if (!is_spread(layout, row)) {
        return 1;
    }
    const struct ta_item *item = agenda_item(layout->page, row);
    struct ta_piece topic;
    int rows = wrapped_rows(item->title, title_columns(layout, touches(layout->page, row, &topic)));
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
    bool marked = touches(page, row, &topic);
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

/* What stands below: the draft, what was carried over, what is off limits */

static void put_label(struct ta_surface *surface, struct ta_area *line, enum ta_role_of_cell role,
                      const char *label)
{
    if (surface->columns >= NARROW) {
        ta_put(surface, line->row, line->column, LABELS - 1, role, label);
        line->column += LABELS;
        line->columns -= LABELS;
    }
}

static void say_stage(struct ta_text *out, const struct agenda_page *page)
{
    const struct ta_agenda_state *state = &page->state;
    const struct ta_pair *pair = &page->pair;
    enum ta_role reader = pair->me == TA_MENTEE ? TA_MENTOR : TA_MENTEE;
    reader = pair->me == TA_NOBODY ? TA_MENTOR : reader;
    struct ta_piece name = ta_pair_short_name(pair, reader);
    if (state->shared) {
        ta_text_addf(out, "shared with %.*s as it stands here", (int)name.length, name.at);
    } else if (state->was_shared) {
        ta_text_addf(out, "changed since %.*s got it: S shares it again", (int)name.length,
                     name.at);
    } else if (!state->text) {
        ta_text_add(out, "as usual: n puts your topic on it");
    } else {
        ta_text_addf(out, "a draft, saved: S shares it with %.*s", (int)name.length, name.at);
    }
}

static void draw_stage(const struct agenda_page *page, struct ta_surface *surface,
                       struct ta_area line)
{
    const struct ta_agenda *agenda = &page->state.agenda;
    unsigned sum = ta_agenda_sum(agenda);
    struct ta_text text = {0};
    say_stage(&text, page);
    put_label(surface, &line, TA_QUIET, "Agenda");
    if (sum > agenda->minutes) {
        char over[32];
        (void)snprintf(over, sizeof over, "%u min over", sum - agenda->minutes);
        line.columns -=
            2 + ta_put_right(surface, line.row, line.column, line.columns, TA_CAUTION, over);
    }
    ta_put(surface, line.row, line.column, line.columns, page->state.shared ? TA_GOOD : TA_QUIET,
           text.bytes);
    ta_text_release(&text);
}

static const char offer_keys[] = "+ take in  x set aside  Space next";
static const char one_offer_keys[] = "+ take in  x set aside";

static void draw_carried_head(const struct agenda_page *page, struct ta_surface *surface,
                              struct ta_area line)
{
    size_t count = page->state.carried.count;
    const char *keys = count > 1 ? offer_keys : one_offer_keys;
    int room = line.columns - (int)strlen(keys) - 2;
    ta_putf(surface, line.row, line.column, room, TA_QUIET,
            count > 1 ? "Carried over, %zu of %zu" : "Carried over", page->carried + 1, count);
    ta_put_right(surface, line.row, line.column, line.columns, TA_KEY_NAME, keys);
}

static const struct {
    const char *sign;
    enum ta_role_of_cell role;
} carry_signs[TA_CARRY_KINDS] = {
    [TA_CARRY_QUESTION] = {"?", TA_QUESTION},
    [TA_CARRY_ITEM] = {"·", TA_QUIET},
    [TA_CARRY_PROMISE] = {"☐", TA_PROMISE},
};

/* "tell back · from session 2" */
static void say_carry(struct ta_text *out, const struct ta_carry *carry, struct ta_day today)
{
    if (carry->done) {
        ta_text_add(out, "tell back · ");
    } else if (carry->due.year) {
        char due[TA_DATE_SIZE];
        ta_day_short(due, carry->due, today);
        ta_text_addf(out, "due %s · ", due);
    }
    ta_text_addf(out, "from %s", carry->origin);
}

static void draw_carried(const struct agenda_page *page, size_t index, struct ta_surface *surface,
                         struct ta_area line)
{
    const struct ta_carry *carry = &page->state.carried.items[index];
    bool offered = index == page->carried;
    struct ta_text more = {0};
    say_carry(&more, carry, page->today);
    int room = surface->columns >= NARROW ? ta_width(more.bytes, more.length) + 2 : 0;
    ta_put(surface, line.row, line.column, 1, carry_signs[carry->kind].role,
           carry->done ? "☑" : carry_signs[carry->kind].sign);
    ta_put(surface, line.row, line.column + 2, line.columns - 2 - room,
           offered ? TA_STRONG : TA_PLAIN, carry->text);
    if (room > 0) {
        ta_put_right(surface, line.row, line.column, line.columns, TA_QUIET, more.bytes);
    }
    ta_text_release(&more);
}

/* A line with its label, and a key at the right. */
static void draw_way(struct ta_surface *surface, struct ta_area line, const char *label,
                     enum ta_role_of_cell role, const char *text, const char *key)
{
    put_label(surface, &line, TA_QUIET, label);
    int room = (int)strlen(key) + 2;
    ta_put(surface, line.row, line.column, line.columns - room, role, text);
    ta_put_right(surface, line.row, line.column, line.columns, TA_KEY_NAME, key);
}

static void draw_prompt(const struct agenda_page *page, struct ta_surface *surface,
                        struct ta_area line)
{
    struct ta_text text = {0};
    if (page->prompt) {
        ta_text_addf(&text, "“%s”", page->prompt);
    } else {
        ta_text_add(&text, "questions to talk about, by theme");
    }
    draw_way(surface, line, "Prompts", page->prompt ? TA_PLAIN : TA_QUIET, text.bytes, "Tab decks");
    ta_text_release(&text);
}

static void draw_review(struct ta_surface *surface, struct ta_area line)
{
    draw_way(surface, line, "Review", TA_PLAIN, "half-way: read your contract again, amend it",
             "c contract");
}

static void draw_mark(const struct agenda_page *page, struct ta_surface *surface,
                      struct ta_area line)
{
    size_t first = 0;
    struct ta_piece topic = {0};
    size_t marks = agenda_marks(page, &first, &topic);
    bool chosen = touches(page, page->list.chosen, &topic);
    first = chosen ? page->list.chosen : first;
    put_label(surface, &line, TA_CAUTION, "⚠ Off limits");
    bool narrow = surface->columns < NARROW;
    struct ta_text more = {0};
    ta_text_add(&more, "");
    if (marks > 1) {
        ta_text_addf(&more, ", and %zu more", marks - 1);
    }
    ta_putf(surface, line.row, line.column, line.columns, TA_CAUTION,
            narrow ? "⚠ item %zu touches \"%.*s\"%s"
                   : "item %zu touches \"%.*s\", named in your contract%s",
            first + 1, (int)topic.length, topic.at, more.bytes);
    ta_text_release(&more);
}

/* How many lines each part gets of those that are there; in a low window marks come before what
 * was carried over, that before the stage, and ways to elsewhere are left to the keys. */
struct parts {
    int head, carried, review, prompt, mark, stage;
};

static int sum_of(const struct parts *parts)
{
    return parts->head + parts->carried + parts->review + parts->prompt + parts->mark +
           parts->stage;
}

static struct parts divide(const struct agenda_page *page, int rows)
{
    size_t first;
    struct ta_piece topic;
    int carried =
        page->state.carried.count < CARRIED_MOST ? (int)page->state.carried.count : CARRIED_MOST;
    struct parts parts = {.mark = agenda_marks(page, &first, &topic) > 0};
    if (rows >= LOW) {
        parts.head = carried > 0;
        parts.carried = carried;
        parts.review = page->state.arc == TA_ARC_MIDDLE;
        parts.prompt = 1;
        parts.stage = 1;
        return parts;
    }
    int left = 2 - parts.mark;
    parts.stage = carried < left;
    left -= parts.stage;
    parts.carried = carried < left ? carried : left;
    return parts;
}

static void draw_carries(const struct layout *layout, const struct parts *parts,
                         struct ta_surface *surface, struct ta_area *line)
{
    const struct agenda_page *page = layout->page;
    size_t rows = (size_t)parts->carried;
    size_t top = page->carried >= rows ? page->carried - rows + 1 : 0;
    if (parts->head) {
        draw_carried_head(page, surface, *line);
        line->row++;
    }
    for (size_t i = 0; i < rows; i++, line->row++) {
        draw_carried(page, top + i, surface, *line);
    }
}

static void draw_below(const struct layout *layout, const struct parts *parts,
                       struct ta_surface *surface)
{
    const struct agenda_page *page = layout->page;
    struct ta_area line = layout->below;
    line.rows = 1;
    ta_rule(surface, line.row - 1);
    draw_carries(layout, parts, surface, &line);
    if (parts->review) {
        draw_review(surface, line);
        line.row++;
    }
    if (parts->prompt) {
        draw_prompt(page, surface, line);
        line.row++;
    }
    if (parts->mark) {
        draw_mark(page, surface, line);
        line.row++;
    }
    if (parts->stage) {
        draw_stage(page, surface, line);
    }
}

/* The page */

static void draw_head(const struct agenda_page *page, struct ta_surface *surface)
{
    const struct ta_agenda *agenda = &page->state.agenda;
    unsigned sum = ta_agenda_sum(agenda);
    struct ta_text left = {0};
    char right[48];
    (void)snprintf(right, sizeof right, "%u of %u min", sum, agenda->minutes);
    bool narrow = surface->columns < NARROW;
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
    struct parts parts = divide(page, surface->rows);
    int foot = surface->rows - 2; /* the face's rows begin here */
    int below = sum_of(&parts);
    int top = surface->rows < LOW ? 1 : 2;
    struct layout layout = {.page = page};
    if (surface->columns >= NARROW) {
        layout.bar = surface->columns / 8 < BAR_MOST ? surface->columns / 8 : BAR_MOST;
    }
    layout.minutes = surface->columns - 2 - (layout.bar ? layout.bar + 1 : 0);
    layout.below =
        (struct ta_area){foot - below, MARGIN + 2, below, surface->columns - 2 * MARGIN - 3};
    layout.list = (struct ta_area){top, MARGIN, foot - below - 1 - top, surface->columns - 2};
    draw_head(page, surface);
    hits_clear(&page->hits);
    if (page->list.count == 0) {
        draw_empty(&layout, surface);
    } else {
        draw_items(&layout, surface);
    }
    draw_below(&layout, &parts, surface);
}
