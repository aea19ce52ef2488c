/* Decks: prompts to talk about, for the agenda below. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agenda_page.h"
#include "screens.h"
#include "turnabout/base/unicode.h"

enum {
    MARGIN = 1,
    WIDE = 70,       /* from here on a deck stands beside the list */
    LIST = 34,       /* columns of the list beside it */
    WIDEST = 100,    /* columns of a deck; beyond, the eye loses the line */
    LOW = 18,        /* rows below which a deck is its prompts only */
    NUMBER = 4,      /* columns before a prompt */
    PROMPT_MOST = 3, /* rows of a prompt that is not chosen */
};

struct decks_page {
    struct agenda_page *agenda;
    struct ta_decks decks;
    const struct ta_deck *proposed; /* by the arc; NULL: none */
    struct ta_list list;
    struct ta_list prompts; /* of the chosen deck */
    bool inside;            /* a deck is open */
    struct hits hits;
};

static const struct ta_deck *chosen_deck(const struct decks_page *page)
{
    return &page->decks.items[page->list.chosen];
}

static const struct ta_prompt *chosen_prompt(const struct decks_page *page)
{
    return &chosen_deck(page)->items[page->prompts.chosen];
}

static bool open_decks(struct ta_face *face, void *state, const void *argument,
                       struct ta_error *err)
{
    (void)err;
    struct decks_page *page = state;
    page->agenda = ((const struct decks_opening *)argument)->agenda;
    ta_desk_decks(ta_face_desk(face), &page->decks);
    page->proposed = ta_decks_for(&page->decks, page->agenda->state.arc);
    ta_list_set_count(&page->list, page->decks.count);
    if (page->proposed) {
        page->list.chosen = (size_t)(page->proposed - page->decks.items);
    }
    return true;
}

static void close_decks(struct ta_face *face, void *state)
{
    (void)face;
    struct decks_page *page = state;
    ta_decks_release(&page->decks);
}

/* What a person can do */

static void open_deck(struct ta_face *face, void *state)
{
    (void)face;
    struct decks_page *page = state;
    page->inside = true;
    page->prompts = (struct ta_list){0};
    ta_list_set_count(&page->prompts, chosen_deck(page)->count);
}

static void leave_deck(struct ta_face *face, void *state)
{
    (void)face;
    struct decks_page *page = state;
    page->inside = false;
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static void take_as_item(struct ta_face *face, void *state)
{
    struct decks_page *page = state;
    struct agenda_page *agenda = page->agenda;
    char *before = agenda_paper(agenda);
    char *origin = ta_deck_origin(chosen_deck(page));
    enum ta_agenda_verdict verdict =
        ta_agenda_put(&agenda->state.agenda, chosen_prompt(page)->text, 0, &agenda->list.chosen);
    if (verdict == TA_AGENDA_FINE) {
        verdict = ta_agenda_set_origin(&agenda->state.agenda, agenda->list.chosen, origin);
    }
    if (agenda_save(face, agenda, verdict, before)) {
        ta_face_say(face, TA_GOOD, "On the agenda as item %zu. u takes it off again.",
                    agenda->list.chosen + 1);
    }
    free(origin);
}

static void take_as_note(struct ta_face *face, void *state)
{
    struct decks_page *page = state;
    struct agenda_page *agenda = page->agenda;
    char *before = agenda_paper(agenda);
    enum ta_agenda_verdict verdict =
        ta_agenda_add_note(&agenda->state.agenda, agenda->list.chosen, chosen_prompt(page)->text);
    if (agenda_save(face, agenda, verdict, before)) {
        ta_face_say(face, TA_GOOD, "A talking note under item %zu now. u takes it off again.",
                    agenda->list.chosen + 1);
    }
}

static void undo(struct ta_face *face, void *state)
{
    agenda_go(face, ((struct decks_page *)state)->agenda, BACK);
}

static void redo(struct ta_face *face, void *state)
{
    agenda_go(face, ((struct decks_page *)state)->agenda, AGAIN);
}

/* Keys */

static bool is_outside(const void *state)
{
    return !((const struct decks_page *)state)->inside;
}

static bool is_inside(const void *state)
{
    return ((const struct decks_page *)state)->inside;
}

static bool is_beside_item(const void *state)
{
    return is_inside(state) && ((const struct decks_page *)state)->agenda->state.agenda.count > 0;
}

static const struct ta_command commands[] = {
    {"open", "Enter Right l", "The prompts of this deck", open_deck, is_outside, false},
    {"agenda", "Tab Esc q", "Back to the agenda", leave, is_outside, false},
    {"as an item", "Enter", "The prompt becomes an item of the agenda", take_as_item, is_inside,
     false},
    {"as a note", "+", "The prompt becomes a talking note under the chosen item", take_as_note,
     is_beside_item, false},
    {"decks", "Esc Left h q", "Back to the decks", leave_deck, is_inside, false},
    {"agenda", "Tab", "Back to the agenda", leave, is_inside, false},
    {"undo", "u", "Undo the last change to the agenda", undo, NULL, false},
    {"redo", "C-r", "Redo what was undone", redo, NULL, true},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct decks_page *page = state;
    struct ta_list *list = page->inside ? &page->prompts : &page->list;
    return hits_key(&page->hits, list, pressed) || ta_list_key(list, pressed);
}

/* Drawing: the list */

static void draw_row(const struct decks_page *page, size_t index, struct ta_surface *surface,
                     struct ta_area area)
{
    const struct ta_deck *deck = &page->decks.items[index];
    bool chosen = index == page->list.chosen;
    if (chosen) {
        ta_put(surface, area.row, area.column, 1, page->inside ? TA_QUIET : TA_ACCENT, "▸");
    }
    ta_put(surface, area.row, area.column + 2, area.columns - 2, chosen ? TA_STRONG : TA_PLAIN,
           deck->title);
    if (chosen && !page->inside) {
        surface->cursor_row = area.row;
        surface->cursor_column = area.column + 2;
    }
}

static void draw_list(const struct decks_page *page, struct ta_surface *surface,
                      struct ta_area area)
{
    size_t first = ta_list_show(&page->list, (size_t)area.rows);
    for (size_t i = first; i < page->list.count && (int)(i - first) < area.rows; i++) {
        struct ta_area row = {area.row + (int)(i - first), area.column, 1, area.columns};
        draw_row(page, i, surface, row);
        if (!page->inside) {
            hits_add(&page->hits, row.row, 1, i);
        }
    }
}

/* Drawing: a deck */

/* What a row of prompts needs to know. */
struct shelf {
    const struct decks_page *page;
    int columns; /* of a prompt */
};

static int prompt_rows(const void *data, size_t index)
{
    const struct shelf *shelf = data;
    const struct ta_prompt *prompt = &chosen_deck(shelf->page)->items[index];
    bool chosen = shelf->page->inside && index == shelf->page->prompts.chosen;
    int rows = wrapped_rows(prompt->text, shelf->columns);
    if (!chosen) {
        return rows < PROMPT_MOST ? rows : PROMPT_MOST;
    }
    return rows + (prompt->note ? wrapped_rows(prompt->note, shelf->columns) : 0);
}

static void draw_prompt(const struct shelf *shelf, size_t index, struct ta_surface *surface,
                        struct ta_area area)
{
    const struct ta_prompt *prompt = &chosen_deck(shelf->page)->items[index];
    bool chosen = shelf->page->inside && index == shelf->page->prompts.chosen;
    char number[24];
    (void)snprintf(number, sizeof number, "%zu", index + 1);
    if (chosen) {
        ta_put(surface, area.row, area.column - 1, 1, TA_ACCENT, "▸");
        surface->cursor_row = area.row;
        surface->cursor_column = area.column + NUMBER;
    }
    ta_put_right(surface, area.row, area.column, NUMBER - 1, TA_QUIET, number);
    struct ta_area text = {area.row, area.column + NUMBER, area.rows, shelf->columns};
    int used = put_text(surface, text, chosen ? TA_STRONG : TA_PLAIN, prompt->text);
    if (chosen && prompt->note && used < area.rows) {
        text.row += used;
        text.rows -= used;
        put_text(surface, text, TA_QUIET, prompt->note);
    }
}

static void draw_prompts(const struct decks_page *page, struct ta_surface *surface,
                         struct ta_area area)
{
    struct shelf shelf = {page, area.columns - NUMBER};
    struct tall tall = {prompt_rows, &shelf};
    size_t index = page->inside ? tall_list_show(&page->prompts, &tall, area.rows) : 0;
    int row = area.row;
    int end = area.row + area.rows;
    for (; index < chosen_deck(page)->count && row < end; index++) {
        int rows = prompt_rows(&shelf, index);
        if (row + rows > end && row > area.row) {
            break;
        }
        rows = row + rows > end ? end - row : rows;
        draw_prompt(&shelf, index, surface, (struct ta_area){row, area.column, rows, area.columns});
        if (page->inside) {
            hits_add(&page->hits, row, rows, index);
        }
        row += rows;
    }
}

/* Why it stands here, what it is for, and what to mind. */
static int draw_about(const struct decks_page *page, struct ta_surface *surface,
                      struct ta_area area)
{
    const struct ta_deck *deck = chosen_deck(page);
    const char *mark = deck == page->proposed ? "Made for this session."
                       : deck->own            ? "From your own folder."
                                              : "";
    struct ta_area rest = area;
    if (*mark) {
        ta_put(surface, area.row, area.column, area.columns, TA_ACCENT, mark);
        rest.row += 2;
        rest.rows -= 2;
    }
    if (deck->about[0] != '\0') {
        int rows = put_text(surface, rest, TA_PLAIN, deck->about) + 1;
        rest.row += rows;
        rest.rows -= rows;
    }
    if (deck->note && rest.rows > 2) {
        int rows = put_text(surface, rest, TA_QUIET, deck->note) + 1;
        rest.row += rows;
    }
    return rest.row - area.row;
}

/* Who is choosing sees what a deck is for; who is inside sees its prompts. */
static void draw_deck(const struct decks_page *page, struct ta_surface *surface,
                      struct ta_area area)
{
    if (!page->inside && area.rows > 4) {
        struct ta_area about = area;
        about.rows = area.rows / 2 + 2;
        int used = draw_about(page, surface, about);
        area.row += used;
        area.rows -= used;
    }
    draw_prompts(page, surface, area);
}

/* The page */

static void draw_head(const struct decks_page *page, struct ta_surface *surface)
{
    const struct agenda_page *agenda = page->agenda;
    struct ta_text left = {0};
    char right[32];
    ta_text_add(&left, page->inside ? chosen_deck(page)->title : "Decks");
    ta_text_addf(&left, "   for session %u", agenda->state.agenda.session);
    (void)snprintf(right, sizeof right, "%zu decks", page->decks.count);
    ta_title(surface, left.bytes, surface->columns >= WIDE ? right : NULL);
    ta_text_release(&left);
}

/* Where a note would go; or which file could not be read. */
static void draw_foot(const struct decks_page *page, struct ta_surface *surface, int row)
{
    const struct ta_item *item = agenda_item(page->agenda, page->agenda->list.chosen);
    int columns = surface->columns - 2 * MARGIN - 2;
    struct ta_text text = {0};
    ta_rule(surface, row - 1);
    if (page->decks.trouble_count > 0 && !page->inside) {
        ta_text_add(&text, page->decks.troubles[0]);
        if (page->decks.trouble_count > 1) {
            ta_text_addf(&text, " (and %zu more: turnabout deck list)",
                         page->decks.trouble_count - 1);
        }
        put_text(surface, (struct ta_area){row, MARGIN + 2, 2, columns}, TA_CAUTION, text.bytes);
    } else if (item) {
        ta_text_addf(&text, "A note goes under: %s", item->title);
        ta_put(surface, row, MARGIN + 2, columns, TA_QUIET, text.bytes);
    } else {
        ta_put(surface, row, MARGIN + 2, columns, TA_QUIET, "The agenda is empty.");
    }
    ta_text_release(&text);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct decks_page *page = state;
    int top = surface->rows < LOW ? 1 : 2;
    int foot_rows = page->decks.trouble_count > 0 && !page->inside ? 2 : 1;
    int foot = surface->rows - 2 - foot_rows;
    struct ta_area area = {top, MARGIN, foot - 1 - top, surface->columns - 2 * MARGIN};
    draw_head(page, surface);
    draw_foot(page, surface, foot);
    hits_clear(&page->hits);
    bool wide = surface->columns >= WIDE;
    if (wide || !page->inside) {
        struct ta_area list = area;
        list.columns = wide ? LIST : area.columns;
        draw_list(page, surface, list);
        area.column += LIST + 1;
        area.columns -= LIST + 1;
    } else {
        area.column += 1;
        area.columns -= 1;
    }
    area.columns = area.columns < WIDEST ? area.columns : WIDEST;
    if (wide || page->inside) {
        draw_deck(page, surface, area);
    }
}

const struct ta_screen decks_screen = {
    .name = "decks",
    .size = sizeof(struct decks_page),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_decks,
    .key = key,
    .draw = draw,
    .close = close_decks,
};
