/* One section through time: what stood there in every session, or every version of the contract. */
#include "passages.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/history.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/tui/frame.h"

enum {
    TOP = 2,
    MARGIN = 3,
    INDENT = 5,
    SIGN = 2,    /* columns */
    WIDEST = 96, /* of text that is still read well */
};

struct passage_row {
    char *text; /* clean */
    enum ta_role_of_cell role;
    int column;
    const char *sign; /* before it, NULL: none */
};

/* A passage laid out in rows; none until it is first seen. */
struct laid {
    struct passage_row *rows;
    size_t count;
};

/* A row on the screen. */
struct place {
    size_t index;
    size_t row;
};

struct screen {
    struct ta_face *face; /* who reads passages when they come into sight */
    struct ta_pair pair;
    struct ta_day today;
    struct ta_thread thread;
    struct ta_passages passages;
    struct laid *laid; /* one a passage */
    int columns;       /* that they were laid out for */
    size_t chosen;
    struct place top;
    int rows; /* of the text when it was last drawn */
};

/* Laying out */

static void add_row(struct laid *laid, struct ta_piece text, enum ta_role_of_cell role, int column,
                    const char *sign)
{
    struct passage_row *row = ta_append(&laid->rows, laid->count++, sizeof *laid->rows);
    *row = (struct passage_row){ta_piece_copy(text), role, column, sign};
}

/* One line in as many rows as it needs. */
static void add_wrapped(struct laid *laid, struct ta_piece line, int columns,
                        enum ta_role_of_cell role, const char *sign)
{
    struct ta_text clean = {0};
    ta_clean(&clean, line.at, line.length);
    columns = columns > INDENT + SIGN ? columns - INDENT - SIGN : 1;
    for (size_t at = 0; at < clean.length;) {
        size_t length = ta_wrap(clean.bytes + at, clean.length - at, columns);
        add_row(laid, ta_piece_trim((struct ta_piece){clean.bytes + at, length}), role,
                INDENT + SIGN, at == 0 ? sign : NULL);
        at += length;
    }
    ta_text_release(&clean);
}

static void add_head(const struct screen *screen, struct laid *laid,
                     const struct ta_passage *passage)
{
    struct ta_text head = {0};
    struct ta_text clean = {0};
    char day[TA_DATE_SIZE];
    ta_text_addf(&head, screen->thread.of_contract ? "v%u" : "%u", passage->number);
    if (passage->when.instant != 0) {
        ta_day_short(day, ta_day_of(passage->when), screen->today);
        ta_text_addf(&head, "   %6s", day);
    }
    if (passage->title) {
        ta_text_addf(&head, "   %s", passage->title);
    }
    ta_clean(&clean, head.bytes, head.length);
    add_row(laid, (struct ta_piece){clean.bytes, clean.length}, TA_STRONG, MARGIN, NULL);
    ta_text_release(&head);
    ta_text_release(&clean);
}

static const struct {
    const char *id, *sign;
    enum ta_role_of_cell role;
} signs[] = {
    {"takeaways", "!", TA_TAKEAWAY},
    {"differences", "~", TA_DIFFERENCE},
    {"promises", ">", TA_PROMISE},
    {"questions", "?", TA_QUESTION},
};

static void add_lines(const struct screen *screen, struct laid *laid, const char *text)
{
    const char *sign = screen->thread.of_contract ? NULL : "·";
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    enum ta_role_of_cell role = TA_PLAIN;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strcmp(signs[i].id, screen->thread.id) == 0) {
            sign = signs[i].sign;
            role = signs[i].role;
        }
    }
    while (ta_passage_next_line(&rest, &line)) {
        bool heading = ta_piece_starts(line, "### ");
        if (heading) {
            line = (struct ta_piece){line.at + 4, line.length - 4};
        }
        add_wrapped(laid, line, screen->columns, heading ? TA_QUIET : role, heading ? NULL : sign);
    }
}

/* What a passage says, and a word when it says nothing. */
static void lay_out(const struct screen *screen, struct laid *laid, size_t index)
{
    struct ta_passage passage;
    struct ta_error trouble;
    bool ok = ta_desk_passage(ta_face_desk(screen->face), &screen->pair, &screen->passages, index,
                              &screen->thread, &passage, &trouble);
    add_head(screen, laid, &passage);
    if (!ok) {
        add_wrapped(laid, ta_piece_of(trouble.text), screen->columns,
                    trouble.code == TA_ABSENT ? TA_QUIET : TA_ALARM, NULL);
    } else {
        size_t before = laid->count;
        add_lines(screen, laid, passage.text);
        if (laid->count == before) {
            add_wrapped(laid, ta_piece_of("nothing"), screen->columns, TA_QUIET, NULL);
        }
    }
    add_row(laid, ta_piece_of(""), TA_PLAIN, MARGIN, NULL);
    ta_passage_release(&passage);
}

/* Only what is seen is read. */
static const struct laid *laid_at(const struct screen *screen, size_t index)
{
    struct laid *laid = &screen->laid[index];
    if (laid->count == 0) {
        lay_out(screen, laid, index);
    }
    return laid;
}

static void forget(struct screen *screen)
{
    for (size_t i = 0; i < screen->passages.count; i++) {
        struct laid *laid = &screen->laid[i];
        for (size_t j = 0; j < laid->count; j++) {
            free(laid->rows[j].text);
        }
        free(laid->rows);
        *laid = (struct laid){0};
    }
}

/* Reading */

static void release(struct screen *screen)
{
    forget(screen);
    free(screen->laid);
    ta_passages_release(&screen->passages);
    screen->laid = NULL;
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct screen *screen = state;
    struct ta_passages fresh = {0};
    if (!ta_desk_passages(ta_face_desk(face), &screen->pair, screen->thread.of_contract, &fresh,
                          err)) {
        return false;
    }
    release(screen);
    screen->face = face;
    screen->passages = fresh;
    screen->laid = ta_allocate(fresh.count + 1, sizeof *screen->laid);
    screen->today = ta_desk_today(ta_face_desk(face));
    if (screen->chosen >= fresh.count) {
        screen->chosen = fresh.count > 0 ? fresh.count - 1 : 0;
    }
    screen->top = (struct place){screen->chosen, 0};
    return true;
}

/* Whoever reads goes on reading where they were. */
static bool heard(struct ta_face *face, void *state)
{
    struct screen *screen = state;
    struct place top = screen->top;
    size_t chosen = screen->chosen;
    struct ta_error err;
    if (ta_face_check(face, refresh(face, state, &err), &err) && screen->chosen == chosen) {
        screen->top = top;
    }
    return true;
}

static bool open_passages(struct ta_face *face, void *state, const void *argument,
                          struct ta_error *err)
{
    struct screen *screen = state;
    const struct passages_at *at = argument;
    screen->thread = at->thread;
    screen->chosen = at->session > 0 && !at->thread.of_contract ? at->session - 1 : SIZE_MAX;
    bool ok =
        ta_desk_pair(ta_face_desk(face), NULL, &screen->pair, err) && refresh(face, state, err);
    if (!ok) {
        ta_pair_release(&screen->pair);
    }
    return ok;
}

static void close_passages(struct ta_face *face, void *state)
{
    (void)face;
    struct screen *screen = state;
    release(screen);
    ta_pair_release(&screen->pair);
}

/* Rows */

static bool down(const struct screen *screen, struct place *place)
{
    if (place->row + 1 < laid_at(screen, place->index)->count) {
        place->row++;
        return true;
    }
    if (place->index + 1 >= screen->passages.count) {
        return false;
    }
    *place = (struct place){place->index + 1, 0};
    return true;
}

static bool up(const struct screen *screen, struct place *place)
{
    if (place->row > 0) {
        place->row--;
        return true;
    }
    if (place->index == 0) {
        return false;
    }
    place->index--;
    place->row = laid_at(screen, place->index)->count - 1;
    return true;
}

/* No room is left unused at the end. */
static void settle(struct screen *screen)
{
    if (screen->passages.count == 0) {
        return;
    }
    struct place place = screen->top;
    size_t rows = laid_at(screen, place.index)->count;
    screen->top.row = place.row < rows ? place.row : rows - 1;
    place = screen->top;
    int used = 1;
    while (used < screen->rows && down(screen, &place)) {
        used++;
    }
    for (; used < screen->rows && up(screen, &screen->top); used++) {
    }
}

/* The chosen one is among those that are seen. */
static void choose_seen(struct screen *screen)
{
    struct place last = screen->top;
    for (int row = 1; row < screen->rows && down(screen, &last); row++) {
    }
    size_t first = screen->top.index + (screen->top.row > 0 && screen->top.index < last.index);
    screen->chosen = screen->chosen < first ? first : screen->chosen;
    screen->chosen = screen->chosen > last.index ? last.index : screen->chosen;
}

static void scroll(struct screen *screen, int by)
{
    for (; by > 0 && down(screen, &screen->top); by--) {
    }
    for (; by < 0 && up(screen, &screen->top); by++) {
    }
    settle(screen);
    choose_seen(screen);
}

static void draw_rows(const struct screen *screen, struct ta_surface *surface)
{
    struct place place = screen->top;
    bool more = screen->passages.count > 0;
    for (int row = 0; more && row < screen->rows; row++) {
        const struct passage_row *shown = &laid_at(screen, place.index)->rows[place.row];
        int at = TOP + row;
        if (place.row == 0 && place.index == screen->chosen) {
            ta_put(surface, at, MARGIN - 2, 1, TA_ACCENT, "▸");
            surface->cursor_row = at;
        }
        if (shown->sign) {
            ta_put(surface, at, shown->column - SIGN, 1, shown->role, shown->sign);
        }
        ta_put(surface, at, shown->column, surface->columns - shown->column - 1, shown->role,
               shown->text);
        more = down(screen, &place);
    }
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    struct screen *screen = (struct screen *)state; /* what is laid out is a matter of showing it */
    struct ta_text title = {0};
    char right[48];
    int columns = surface->columns - 2 * MARGIN;
    columns = columns < WIDEST ? columns : WIDEST;
    int rows = surface->rows - 2 - TOP;
    if (columns != screen->columns || rows != screen->rows) {
        forget(screen);
        screen->columns = columns;
        screen->rows = rows;
        screen->top = (struct place){screen->chosen, 0};
    }
    settle(screen);
    ta_text_addf(&title, "%s through time", screen->thread.title);
    (void)snprintf(right, sizeof right, "%zu %s%s", screen->passages.count,
                   screen->thread.of_contract ? "version" : "session",
                   screen->passages.count == 1 ? "" : "s");
    ta_title(surface, title.bytes, right);
    ta_text_release(&title);
    if (screen->passages.count == 0) {
        struct ta_area area = {TOP, MARGIN, screen->rows, columns};
        ta_put_wrapped(surface, area, TA_QUIET,
                       screen->thread.of_contract
                           ? "No contract is in force yet: its versions will stand here."
                           : "No session was held yet: what stays of each will stand here.");
    }
    surface->cursor_row = TOP;
    surface->cursor_column = MARGIN - 2;
    draw_rows(screen, surface);
}

/* Keys */

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct screen *screen = state;
    if (screen->passages.count == 0) {
        return false;
    }
    bool home = ta_key_is(pressed, "g Home");
    if (!home && !ta_key_is(pressed, "G End")) {
        int by = ta_scroll(pressed, screen->rows);
        if (by != 0) {
            scroll(screen, by);
        }
        return by != 0;
    }
    size_t last = screen->passages.count - 1;
    screen->top = (struct place){home ? 0 : last, 0};
    settle(screen);
    screen->chosen = home ? 0 : last;
    return true;
}

static void choose(struct screen *screen, size_t index)
{
    screen->chosen = index;
    screen->top = (struct place){index, 0};
}

static void go_earlier(struct ta_face *face, void *state)
{
    (void)face;
    struct screen *screen = state;
    choose(screen, screen->chosen > 0 ? screen->chosen - 1 : 0);
}

static void go_later(struct ta_face *face, void *state)
{
    (void)face;
    struct screen *screen = state;
    if (screen->chosen + 1 < screen->passages.count) {
        choose(screen, screen->chosen + 1);
    }
}

/* The whole paper that a passage stands in. */
static void show_paper(struct ta_face *face, void *state)
{
    struct screen *screen = state;
    struct ta_error err;
    char *text = NULL;
    bool of_contract = screen->thread.of_contract;
    size_t newest_first = screen->passages.count - 1 - screen->chosen;
    const char *commit = of_contract ? screen->passages.versions.items[newest_first].id : NULL;
    char *path = of_contract ? ta_copy("contract.md")
                             : ta_session_path((unsigned)screen->chosen + 1, "summary.md");
    bool ok = ta_face_check(
        face, ta_desk_history_text(ta_face_desk(face), &screen->pair, commit, path, &text, &err),
        &err);
    if (ok) {
        struct reader_text reader = {.title = path, .text = text ? text : ""};
        ta_face_push(face, &reader_screen, &reader);
    }
    free(path);
    free(text);
}

static bool has_passages(const void *state)
{
    return ((const struct screen *)state)->passages.count > 0;
}

/* Another section, of the contract after those of the summaries. */
static void change_section(struct ta_face *face, struct screen *screen, size_t by)
{
    struct ta_error err;
    size_t count = ta_thread_count();
    assert(count > 0);
    size_t at = 0;
    while (at < count && strcmp(ta_thread_at(at).id, screen->thread.id) != 0) {
        at++;
    }
    struct ta_thread before = screen->thread;
    screen->thread = ta_thread_at((at + by) % count);
    if (screen->thread.of_contract != before.of_contract) {
        screen->chosen = SIZE_MAX;
    }
    if (!ta_face_check(face, refresh(face, screen, &err), &err)) {
        screen->thread = before;
    }
}

static void next_section(struct ta_face *face, void *state)
{
    change_section(face, state, 1);
}

static void previous_section(struct ta_face *face, void *state)
{
    change_section(face, state, ta_thread_count() - 1);
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static const struct ta_command commands[] = {
    {"whole paper", "Enter", "All of the paper that this stands in", show_paper, has_passages,
     false},
    {"earlier", "[", "The one before", go_earlier, has_passages, false},
    {"later", "]", "The one after", go_later, has_passages, false},
    {"next section", "Right Tab", "The next section: of the summary, then the contract's clauses",
     next_section, NULL, false},
    {"section before", "Left S-Tab", "The section before", previous_section, NULL, true},
    {"back", "q Esc", "To the history", leave, NULL, false},
};

const struct ta_screen passages_screen = {
    .name = "passages",
    .size = sizeof(struct screen),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_passages,
    .refresh = refresh,
    .heard = heard,
    .key = key,
    .draw = draw,
    .close = close_passages,
};
