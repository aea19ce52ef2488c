#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document_view.h"
#include "history_page.h"
#include "turnabout/base/unicode.h"

enum {
    WIDE = 80, /* columns from which both panes show */
    MARGIN = 1,
    DATE = 5, /* column where dates begin */
    LIST_MOST = 56,
    WIDEST = 96, /* columns of a document that is still read well */
    DOTS = 3,    /* column of the first session's dot */
    STEP = 6,    /* columns from one dot to the next */
    STEP_NARROW = 3,
    LOW = 14, /* rows of a document below which no blank one stands above it */
};

static const struct {
    const char *kind, *letter;
    enum ta_role_of_cell role;
} letters[] = {
    {"contract", "v", TA_GOOD}, {"session", "s", TA_ACCENT}, {"agenda", "a", TA_PLAIN},
    {"meeting", "m", TA_QUIET}, {"pair", "p", TA_QUIET},     {"merge", "⇄", TA_QUIET},
    {"reply", "r", TA_PLAIN},
};

static void draw_letter(const struct ta_entry *entry, struct ta_surface *surface, int row)
{
    const char *kind = ta_entry_kind(entry);
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (strcmp(letters[i].kind, kind) == 0) {
            ta_put(surface, row, MARGIN + 2, 1, letters[i].role, letters[i].letter);
            return;
        }
    }
    ta_put(surface, row, MARGIN + 2, 1, TA_QUIET, "·");
}

static void say_day(char out[TA_DATE_SIZE], const struct history *history, size_t index)
{
    ta_day_short(out, ta_day_of(history->entries.items[index].when), history->today);
}

static void draw_entry(const struct history *history, size_t index, int dates,
                       struct ta_surface *surface, int row, int columns)
{
    const struct ta_entry *entry = &history->entries.items[index];
    bool is_chosen = index == history->list.chosen;
    char day[TA_DATE_SIZE];
    say_day(day, history, index);
    if (is_chosen) {
        ta_put(surface, row, MARGIN, 1, TA_ACCENT, "▸");
    }
    if (strcmp(entry->id, history->mark.id) == 0) {
        ta_put(surface, row, MARGIN + 1, 1, TA_CAUTION, "◆");
    }
    draw_letter(entry, surface, row);
    ta_put_right(surface, row, DATE, dates, TA_QUIET, day);
    int subject = DATE + dates + 2;
    ta_put(surface, row, subject, columns - subject, is_chosen ? TA_STRONG : TA_PLAIN,
           entry->subject);
    if (is_chosen && !history->reading) {
        surface->cursor_row = row;
        surface->cursor_column = MARGIN;
    }
}

static void draw_list(const struct history *history, struct ta_surface *surface,
                      struct ta_area area)
{
    size_t top = ta_list_show(&history->list, (size_t)area.rows);
    size_t end = top + (size_t)area.rows;
    end = end < history->entries.count ? end : history->entries.count;
    int dates = 0;
    for (size_t i = top; i < end; i++) {
        char day[TA_DATE_SIZE];
        say_day(day, history, i);
        int width = ta_width(day, strlen(day));
        dates = width > dates ? width : dates;
    }
    for (size_t i = top; i < end; i++) {
        int row = area.row + (int)(i - top);
        draw_entry(history, i, dates, surface, row, area.columns);
        hits_add(&history->hits, row, 1, i);
    }
}

static void draw_head(const struct history *history, const struct ta_entry *entry,
                      struct ta_surface *surface, struct ta_area area)
{
    char when[TA_DATE_SIZE];
    struct ta_text text = {0};
    ta_moment_short(when, entry->when);
    ta_text_addf(&text, "%s · %s", when, entry->author);
    if (history_path(history)) {
        ta_text_addf(&text, " · %s", history_path(history));
    }
    if (history->paths.count > 1) {
        ta_text_addf(&text, " (%zu of %zu)", history->file + 1, history->paths.count);
    }
    ta_put(surface, area.row, area.column, area.columns, TA_STRONG, entry->subject);
    ta_put(surface, area.row + 1, area.column, area.columns, TA_QUIET, text.bytes);
    ta_text_release(&text);
}

/* A commit that joins two histories changes only what neither had so. */
static const char *no_text(const struct history *history)
{
    if (history_path(history)) {
        return "This document was taken away here.";
    }
    if (strcmp(ta_entry_kind(history_chosen(history)), "merge") == 0) {
        return "What each of you did on your own machine came together here. It stands in the "
               "commits below; nothing had to be written anew.";
    }
    return "This commit changed no document.";
}

static void draw_document(const struct history *history, struct ta_surface *surface,
                          struct ta_area area)
{
    draw_head(history, history_chosen(history), surface, area);
    int head = area.rows < LOW ? 2 : 3;
    struct ta_area body = {area.row + head, area.column, area.rows - head, area.columns};
    struct history *remembered = (struct history *)history;
    remembered->rows = body.rows;
    remembered->columns = body.columns;
    if (history->text && history->section) {
        int row = document_row(history->text, history->section, body.columns);
        remembered->top = row > 0 ? row : 0;
        free(remembered->section);
        remembered->section = NULL;
    }
    if (history->troubled) {
        ta_put_wrapped(surface, body, TA_ALARM, history->trouble.text);
    } else if (!history->text) {
        ta_put_wrapped(surface, body, TA_QUIET, no_text(history));
    } else {
        remembered->top = document_draw(history->text, history->top, surface, body);
    }
    if (history->reading) {
        surface->cursor_row = body.row;
        surface->cursor_column = body.column;
    }
}

static int list_columns(const struct ta_surface *surface)
{
    int columns = surface->columns * 9 / 20;
    return columns < LIST_MOST ? columns : LIST_MOST;
}

/* Both by their whole names where the title has room for them. */
static void say_pair(struct ta_text *out, const struct ta_pair *pair, int columns)
{
    ta_text_addf(out, "History   %s ⇄ %s", pair->person[TA_MENTOR].name,
                 pair->person[TA_MENTEE].name);
    if (ta_width(out->bytes, out->length) > columns) {
        struct ta_piece mentor = ta_pair_short_name(pair, TA_MENTOR);
        struct ta_piece mentee = ta_pair_short_name(pair, TA_MENTEE);
        ta_text_clear(out);
        ta_text_addf(out, "History   %.*s ⇄ %.*s", (int)mentor.length, mentor.at,
                     (int)mentee.length, mentee.at);
    }
}

static void draw_title(const struct history *history, struct ta_surface *surface)
{
    enum { GAP = 4 }; /* between the two, and at the edges */
    struct ta_text left = {0};
    struct ta_text right = {0};
    size_t count = history->entries.count;
    if (history->only) {
        ta_text_addf(&right, "%zu version%s of %s", count, count == 1 ? "" : "s", history->only);
    } else {
        ta_text_addf(&right, "%zu commit%s%s", count, count == 1 ? "" : "s",
                     history->all ? "" : " and older");
    }
    say_pair(&left, &history->pair, surface->columns - ta_width(right.bytes, right.length) - GAP);
    ta_title(surface, left.bytes, right.bytes);
    ta_text_release(&left);
    ta_text_release(&right);
}

/* A dot a session in one row, as many as fit around the one in hand, and what that one is. */
static void draw_arc(const struct history *history, struct ta_surface *surface, int row)
{
    unsigned here = history_session(history_chosen(history));
    unsigned all = history->agreed > history->held ? history->agreed : history->held;
    char label[48] = "";
    if (here > 0) {
        (void)snprintf(label, sizeof label, "session %u of %u", here, all);
    } else {
        (void)snprintf(label, sizeof label, "%u of %u held", history->held, all);
    }
    int columns = surface->columns - 2 * DOTS - (int)strlen(label) - 4;
    int step = surface->columns < WIDE ? STEP_NARROW : STEP;
    unsigned fits = columns > 0 ? (unsigned)(columns / step) + 1 : 1;
    unsigned middle = here > 0 ? here : history->held;
    unsigned first = middle > fits / 2 && all > fits ? middle - fits / 2 : 1;
    first = all > fits && first > all - fits + 1 ? all - fits + 1 : first;
    int column = DOTS;
    for (unsigned session = first; session <= all && session < first + fits; session++) {
        bool is_here = session == here;
        bool more = session < all && session + 1 < first + fits;
        ta_put(surface, row, column, 1,
               is_here                    ? TA_ACCENT
               : session <= history->held ? TA_GOOD
                                          : TA_QUIET,
               is_here                    ? "◉"
               : session <= history->held ? "●"
                                          : "○");
        ta_fill(surface, (struct ta_area){row, column + 1, 1, more ? step - 1 : 0}, TA_FRAME, "─");
        column += more ? step : 1;
    }
    ta_put(surface, row, column + 2, surface->columns - column - 3, TA_QUIET, label);
}

void history_draw(const struct history *history, struct ta_surface *surface)
{
    bool wide = surface->columns >= WIDE;
    int rows = surface->rows - 3; /* the title's and the face's are not ours */
    int edge = wide ? list_columns(surface) : 0;
    draw_title(history, surface);
    hits_clear(&history->hits);
    if (history->entries.count == 0) {
        struct ta_area area = {2, 3, rows - 1, surface->columns - 6};
        ta_put_wrapped(surface, area, TA_QUIET,
                       "Nothing was committed yet: what you agree on will stand here.");
        return;
    }
    int top = surface->rows < WIDE / 4 ? 2 : 3;
    rows -= top - 1;
    draw_arc(history, surface, 1);
    if (wide || !history->reading) {
        struct ta_area list = {top, MARGIN, rows, wide ? edge - 1 : surface->columns - 1};
        draw_list(history, surface, list);
    }
    if (wide) {
        ta_fill(surface, (struct ta_area){2, edge, surface->rows - 4, 1}, TA_FRAME, "│");
    }
    if (wide || history->reading) {
        struct ta_area document = {top, edge + 2, rows, surface->columns - edge - 4};
        document.columns = document.columns < WIDEST ? document.columns : WIDEST;
        draw_document(history, surface, document);
    }
}
