/* History: the way a pair has come, a line a commit, and the document as it was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document_view.h"
#include "screens.h"
#include "tall.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/history.h"

enum {
    PAGE = 100, /* commits read at once */
    WIDE = 80,  /* columns from which both panes show */
    MARGIN = 1,
    DATE = 5, /* column where dates begin */
    LIST_MOST = 56,
    WIDEST = 96, /* columns of a document that is still read well */
    WHEEL = 3,   /* rows */
    LOW = 14,    /* rows of a document below which no blank one stands above it */
};

struct history {
    struct ta_pair pair;
    struct ta_day today;
    struct ta_entries entries;
    bool all; /* there are no older ones */
    struct ta_list list;
    struct hits hits;
    char shown[TA_ID_SIZE]; /* the commit whose document this is */
    char *path, *text;      /* NULL: it has none */
    struct ta_error trouble;
    bool troubled; /* the document cannot be read; `trouble` says why */
    bool reading;  /* the attention is in the document */
    int top;       /* rows it is scrolled by */
    int rows;      /* of the document when it was last drawn */
};

/* Reading */

static bool read_more(struct ta_face *face, struct history *history, size_t limit,
                      struct ta_error *err)
{
    struct ta_entries *entries = &history->entries;
    struct ta_entries more = {0};
    if (!ta_desk_history(ta_face_desk(face), &history->pair, entries->count, limit, &more, err)) {
        return false;
    }
    history->all = limit == 0 || more.count < limit;
    for (size_t i = 0; i < more.count; i++) {
        struct ta_entry *entry =
            ta_append(&entries->items, entries->count++, sizeof *entries->items);
        *entry = more.items[i];
    }
    free(more.items);
    ta_list_set_count(&history->list, entries->count);
    return true;
}

static void release_document(struct history *history)
{
    free(history->path);
    free(history->text);
    history->path = NULL;
    history->text = NULL;
    history->shown[0] = '\0';
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct history *history = state;
    size_t read = history->entries.count > PAGE ? history->entries.count : PAGE;
    ta_entries_release(&history->entries);
    history->entries = (struct ta_entries){0};
    history->today = ta_desk_today(ta_face_desk(face));
    release_document(history);
    return read_more(face, history, read, err);
}

static bool open_history(struct ta_face *face, void *state, const void *argument,
                         struct ta_error *err)
{
    (void)argument;
    struct history *history = state;
    bool ok =
        ta_desk_pair(ta_face_desk(face), NULL, &history->pair, err) && refresh(face, state, err);
    if (!ok) {
        ta_pair_release(&history->pair);
    }
    return ok;
}

static void close_history(struct ta_face *face, void *state)
{
    (void)face;
    struct history *history = state;
    release_document(history);
    ta_entries_release(&history->entries);
    ta_pair_release(&history->pair);
}

/* The document follows the chosen commit once no more keys wait: walking fast reads none. */
static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    (void)now;
    struct history *history = state;
    if (history->entries.count == 0) {
        return 0;
    }
    const char *id = history->entries.items[history->list.chosen].id;
    if (strcmp(history->shown, id) != 0) {
        release_document(history);
        history->top = 0;
        struct ta_paths paths = {0};
        history->troubled = !ta_desk_history_documents(ta_face_desk(face), &history->pair, NULL, id, &paths, &history->trouble);
        if (paths.count > 0) {
            history->path = ta_copy(paths.items[0]);
            history->troubled = !ta_desk_history_text(ta_face_desk(face), &history->pair, id, history->path, &history->text, &history->trouble);
        }
        ta_paths_release(&paths);
        (void)snprintf(history->shown, sizeof history->shown, "%s", id);
    }
    return 0;
}

/* Drawing */

static const struct {
    const char *kind, *letter;
    enum ta_role_of_cell role;
} letters[] = {
    {"contract", "v", TA_GOOD}, {"session", "s", TA_ACCENT}, {"agenda", "a", TA_PLAIN},
    {"meeting", "m", TA_QUIET}, {"pair", "p", TA_QUIET},
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
    bool chosen = index == history->list.chosen;
    char day[TA_DATE_SIZE];
    say_day(day, history, index);
    if (chosen) {
        ta_put(surface, row, MARGIN, 1, TA_ACCENT, "▸");
    }
    draw_letter(entry, surface, row);
    ta_put_right(surface, row, DATE, dates, TA_QUIET, day);
    int subject = DATE + dates + 2;
    ta_put(surface, row, subject, columns - subject, chosen ? TA_STRONG : TA_PLAIN, entry->subject);
    if (chosen && !history->reading) {
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
    if (history->path) {
        ta_text_addf(&text, " · %s", history->path);
    }
    ta_put(surface, area.row, area.column, area.columns, TA_STRONG, entry->subject);
    ta_put(surface, area.row + 1, area.column, area.columns, TA_QUIET, text.bytes);
    ta_text_release(&text);
}

static void draw_document(const struct history *history, struct ta_surface *surface,
                          struct ta_area area)
{
    const struct ta_entry *entry = &history->entries.items[history->list.chosen];
    draw_head(history, entry, surface, area);
    int head = area.rows < LOW ? 2 : 3;
    struct ta_area body = {area.row + head, area.column, area.rows - head, area.columns};
    struct history *remembered = (struct history *)history;
    remembered->rows = body.rows;
    if (history->troubled) {
        ta_put_wrapped(surface, body, TA_ALARM, history->trouble.text);
    } else if (!history->text) {
        ta_put_wrapped(surface, body, TA_QUIET, "This commit changed no document.");
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

static void draw_title(const struct history *history, struct ta_surface *surface)
{
    struct ta_text left = {0};
    char right[48];
    ta_text_addf(&left, "History   %s ⇄ %s", history->pair.person[TA_MENTOR].name,
                 history->pair.person[TA_MENTEE].name);
    (void)snprintf(right, sizeof right, "%zu commit%s%s", history->entries.count,
                   history->entries.count == 1 ? "" : "s", history->all ? "" : " and older");
    ta_title(surface, left.bytes, right);
    ta_text_release(&left);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct history *history = state;
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
    int top = surface->rows < WIDE / 4 ? 1 : 2;
    rows -= top - 1;
    if (wide || !history->reading) {
        struct ta_area list = {top, MARGIN, rows, wide ? edge - 1 : surface->columns - 1};
        draw_list(history, surface, list);
    }
    if (wide) {
        ta_fill(surface, (struct ta_area){1, edge, surface->rows - 3, 1}, TA_FRAME, "│");
    }
    if (wide || history->reading) {
        struct ta_area document = {top, edge + 2, rows, surface->columns - edge - 4};
        document.columns = document.columns < WIDEST ? document.columns : WIDEST;
        draw_document(history, surface, document);
    }
}

/* Keys */

static bool is_in_list(const void *state)
{
    const struct history *history = state;
    return !history->reading && history->entries.count > 0;
}

static bool is_in_document(const void *state)
{
    return ((const struct history *)state)->reading;
}

static void go_in(struct ta_face *face, void *state)
{
    (void)face;
    ((struct history *)state)->reading = true;
}

static void go_out(struct ta_face *face, void *state)
{
    (void)face;
    ((struct history *)state)->reading = false;
}

/* Older and newer than the chosen one, without leaving the document. */
static void go_older(struct ta_face *face, void *state)
{
    struct history *history = state;
    struct ta_error err;
    if (history->list.chosen + 1 < history->list.count) {
        history->list.chosen++;
    }
    if (!history->all && history->list.chosen + 1 == history->list.count) {
        ta_face_check(face, read_more(face, history, PAGE, &err), &err);
    }
}

static void go_newer(struct ta_face *face, void *state)
{
    (void)face;
    struct history *history = state;
    history->list.chosen -= history->list.chosen > 0;
}

static const struct ta_command commands[] = {
    {"read", "Enter Tab", "Into the document, to scroll it", go_in, is_in_list, false},
    {"back to the list", "Esc Tab q", "Back to the list of commits", go_out, is_in_document, false},
    {"older", "[", "The commit before", go_older, NULL, false},
    {"newer", "]", "The commit after", go_newer, NULL, false},
};

static const struct {
    const char *keys;
    int rows, pages;
} scrolls[] = {
    {"Up k", -1, 0},      {"Down j", 1, 0},      {"PgUp b", 0, -1},      {"PgDn Space", 0, 1},
    {"Home g", 0, -1000}, {"End G", 0, 1000000}, {"WheelUp", -WHEEL, 0}, {"WheelDown", WHEEL, 0},
};

static bool scroll(struct history *history, const struct ta_key *pressed)
{
    for (size_t i = 0; i < sizeof scrolls / sizeof *scrolls; i++) {
        if (ta_key_is(pressed, scrolls[i].keys)) {
            int page = history->rows > 1 ? history->rows - 1 : 1;
            history->top += scrolls[i].rows + scrolls[i].pages * page;
            history->top = history->top > 0 ? history->top : 0;
            return true;
        }
    }
    return false;
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct history *history = state;
    struct ta_error err;
    if (history->reading) {
        return scroll(history, pressed);
    }
    /* The end of the list is the end of the history, not of what was read. */
    bool end = ta_key_is(pressed, "End G");
    if (end && !history->all) {
        ta_face_check(face, read_more(face, history, 0, &err), &err);
    }
    bool taken =
        hits_key(&history->hits, &history->list, pressed) || ta_list_key(&history->list, pressed);
    if (taken && !history->all && history->list.chosen + PAGE / 2 >= history->list.count) {
        ta_face_check(face, read_more(face, history, PAGE, &err), &err);
    }
    return taken;
}

const struct ta_screen history_screen = {
    .name = "history",
    .size = sizeof(struct history),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_history,
    .refresh = refresh,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_history,
};
