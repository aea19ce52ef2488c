#include "conflicts_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "marked.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum {
    MARGIN = 3,
    WIDE = 76,    /* columns from which the two stand side by side */
    WIDEST = 140, /* columns of both together */
    NARROW = 46,  /* columns from which the title has room for what is left to choose */
    LOW = 18,     /* rows below which only the editor shows while one edits */
};

/* Documents in words */

static const struct {
    const char *file, *words;
} documents[] = {
    {"contract.md", "The contract"},
    {"contract-proposed.md", "The contract that waits for a signature"},
    {"meetings.md", "The dates"},
    {"promises.md", "The promises"},
    {"signatures.md", "The signatures"},
    {"README.md", "The first page"},
};

static const struct {
    const char *file, *words;
} of_sessions[] = {
    {"agenda.md", "The agenda for session"},
    {"summary.md", "The summary of session"},
    {"reply.md", "The reply to session"},
    {"release.md", "What is released of session"},
};

/* "sessions/03/agenda.md", "sessions/100s/123/agenda.md": the number stands before the last "/". */
static unsigned session_of(const char *path, const char **file)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL || strncmp(path, "sessions/", strlen("sessions/")) != 0) {
        return 0;
    }
    const char *number = slash;
    while (number > path && number[-1] != '/') {
        number--;
    }
    *file = slash + 1;
    return (unsigned)strtoul(number, NULL, 10);
}

void conflicts_say_document(struct ta_text *out, const char *path)
{
    const char *file = path;
    unsigned session = session_of(path, &file);
    for (size_t i = 0; session > 0 && i < sizeof of_sessions / sizeof *of_sessions; i++) {
        if (strcmp(file, of_sessions[i].file) == 0) {
            ta_text_addf(out, "%s %u", of_sessions[i].words, session);
            return;
        }
    }
    for (size_t i = 0; session == 0 && i < sizeof documents / sizeof *documents; i++) {
        if (strcmp(path, documents[i].file) == 0) {
            ta_text_add(out, documents[i].words);
            return;
        }
    }
    ta_text_add(out, path);
}

static struct ta_piece heading_of(const struct ta_conflict *conflict)
{
    struct ta_piece heading = ta_piece_of(conflict->heading != NULL ? conflict->heading : "");
    while (heading.length > 0 && (*heading.at == '#' || *heading.at == ' ')) {
        heading.at++;
        heading.length--;
    }
    return heading;
}

/* Sides */

enum side { OURS, THEIRS };

static const char *text_of(const struct ta_conflict *conflict, enum side side)
{
    return conflict->shown[side];
}

/* What its words are compared with: what both began with, or where nothing stood, the other. */
static const char *before(const struct ta_conflict *conflict, enum side side)
{
    const char *base = conflict->base;
    const char *other = text_of(conflict, side == OURS ? THEIRS : OURS);
    const char *with = base != NULL && base[0] != '\0' ? base : other;
    return with != NULL ? with : "";
}

static void say_side(struct ta_text *out, const struct conflicts *page, enum side side)
{
    enum ta_role me = page->pair.me;
    if (me == TA_NOBODY) {
        ta_text_add(out, side == OURS ? "On this machine" : "On the other");
    } else if (side == OURS) {
        ta_text_add(out, "Yours");
    } else {
        struct ta_piece name = ta_pair_short_name(&page->pair, ta_role_other(me));
        ta_text_addf(out, "%.*s's", (int)name.length, name.at);
    }
}

static int rows_of(const char *text, int columns)
{
    return text == NULL || text[0] == '\0' ? 1 : marked_rows(text, columns);
}

static int at_least(int one, int other)
{
    return one > other ? one : other;
}

static int at_most(int one, int other)
{
    return one < other ? one : other;
}

/* Drawing is what finds out how much there is to scroll: as far as the longest text needs. */
static void remember(const struct conflicts *page, int rows, int shown)
{
    struct conflicts *remembered = (struct conflicts *)page;
    if (rows > shown) {
        remembered->page = remembered->bottom > 0 ? at_most(page->page, shown) : shown;
        remembered->bottom = at_least(page->bottom, rows - shown);
    }
}

/* One that is shorter than the other stays at its own end. */
static void draw_text(const struct conflicts *page, const char *with, const char *text,
                      struct ta_surface *surface, struct ta_area area)
{
    if (area.rows <= 0) {
        return;
    }
    if (text == NULL || text[0] == '\0') {
        ta_put(surface, area.row, area.column, area.columns, TA_QUIET,
               text == NULL ? "(the whole document is taken away)" : "(nothing stands here)");
        return;
    }
    int rows = rows_of(text, area.columns);
    remember(page, rows, area.rows);
    marked_draw(with, text, at_most(page->top, at_least(rows - area.rows, 0)), surface, area);
}

/* Side by side, in two boxes */

static void draw_box(const struct conflicts *page, const struct ta_conflict *conflict,
                     enum side side, struct ta_surface *surface, struct ta_area box)
{
    struct ta_text title = {0};
    say_side(&title, page, side);
    ta_box(surface, box, title.bytes);
    ta_text_release(&title);
    struct ta_area inner = {box.row + 1, box.column + 2, box.rows - 2, box.columns - 4};
    draw_text(page, before(conflict, side), text_of(conflict, side), surface, inner);
}

/* Returns the rows used. */
static int draw_beside(const struct conflicts *page, const struct ta_conflict *conflict,
                       struct ta_surface *surface, struct ta_area area)
{
    int left = (area.columns - 1) / 2;
    int right = area.columns - 1 - left;
    int wanted = at_least(rows_of(text_of(conflict, OURS), left - 4),
                          rows_of(text_of(conflict, THEIRS), right - 4));
    int rows = at_most(wanted + 2, area.rows);
    struct ta_area one = {area.row, area.column, rows, left};
    struct ta_area other = {area.row, area.column + left + 1, rows, right};
    draw_box(page, conflict, OURS, surface, one);
    draw_box(page, conflict, THEIRS, surface, other);
    return rows;
}

/* One below the other: a word, and the text below it. Returns the rows used. */
static int draw_labelled(const struct conflicts *page, const char *label, const char *with,
                         const char *text, struct ta_surface *surface, struct ta_area area)
{
    if (area.rows < 2) {
        return 0;
    }
    int rows = at_most(rows_of(text, area.columns), area.rows - 1);
    ta_put(surface, area.row, area.column, area.columns, TA_QUIET, label);
    draw_text(page, with, text, surface,
              (struct ta_area){area.row + 1, area.column, rows, area.columns});
    return rows + 1;
}

static int draw_stacked(const struct conflicts *page, const struct ta_conflict *conflict,
                        struct ta_surface *surface, struct ta_area area)
{
    int used = 0;
    int share = area.rows / 2;
    for (enum side side = OURS; side <= THEIRS; side++) {
        struct ta_text label = {0};
        struct ta_area part = {area.row + used, area.column,
                               side == OURS ? share : area.rows - used, area.columns};
        say_side(&label, page, side);
        used += draw_labelled(page, label.bytes, before(conflict, side), text_of(conflict, side),
                              surface, part);
        ta_text_release(&label);
    }
    return used;
}

/* The page */

static void draw_head(const struct conflicts *page, const struct ta_conflict *conflict,
                      struct ta_surface *surface, int columns, bool roomy)
{
    struct ta_text words = {0};
    struct ta_piece heading = heading_of(conflict);
    int row = roomy ? 2 : 1;
    conflicts_say_document(&words, conflict->document);
    char *place = ta_piece_copy(heading);
    if (place[0] != '\0' && strcasestr(words.bytes, place) == NULL) {
        ta_text_addf(&words, ": %s", place);
    }
    free(place);
    ta_put(surface, row, MARGIN, columns, TA_STRONG, words.bytes);
    ta_text_release(&words);
    surface->cursor_row = row;
    surface->cursor_column = MARGIN;
    (void)page;
}

static const char *stage(const struct ta_conflict *conflict, int columns)
{
    static const char open[] = "Choose what is to stand there";
    static const char open_in_full[] =
        "Choose what is to stand there; until then each of you keeps their own.";
    if (!conflict->is_chosen) {
        return columns >= (int)strlen(open_in_full) ? open_in_full : open;
    }
    const char *choice = conflict->choice != NULL ? conflict->choice : "";
    if (conflict->ours != NULL && strcmp(choice, conflict->ours) == 0) {
        return "Chosen: yours.";
    }
    if (conflict->theirs != NULL && strcmp(choice, conflict->theirs) == 0) {
        return "Chosen: theirs.";
    }
    return "Chosen: a text of its own, below.";
}

static void draw_editor(const struct conflicts *page, struct ta_surface *surface,
                        struct ta_area area)
{
    if (area.rows < 3) {
        return;
    }
    ta_box(surface, area, "What is to stand there");
    struct ta_area inner = {area.row + 1, area.column + 2, area.rows - 2, area.columns - 4};
    ta_editor_draw(&page->editor, surface, inner, TA_PLAIN, true);
}

/* What both began with, or what is chosen when it is neither's. */
static void draw_below(const struct conflicts *page, const struct ta_conflict *conflict,
                       struct ta_surface *surface, struct ta_area area)
{
    bool own = conflict->is_chosen && conflict->choice != NULL && !page->editing &&
               (conflict->ours == NULL || strcmp(conflict->choice, conflict->ours) != 0) &&
               (conflict->theirs == NULL || strcmp(conflict->choice, conflict->theirs) != 0);
    if (own) {
        int used = draw_labelled(page, "Chosen", conflict->choice, conflict->choice, surface, area);
        area.row += used + 1;
        area.rows -= used + 1;
    }
    (void)draw_labelled(page, "Before you both changed it",
                        conflict->base != NULL ? conflict->base : "", conflict->base, surface,
                        area);
}

static void draw_sides(const struct conflicts *page, const struct ta_conflict *conflict,
                       struct ta_surface *surface, struct ta_area area)
{
    bool wide = surface->columns >= WIDE;
    int base = page->editing ? at_least(area.rows / 2, 4)
                             : at_most(rows_of(conflict->base, area.columns) + 2, area.rows / 3);
    struct ta_area upper = area;
    upper.rows -= base;
    int used = (wide ? draw_beside : draw_stacked)(page, conflict, surface, upper);
    int gap = page->editing || area.rows - used < 3 ? 0 : 1;
    struct ta_area lower = {area.row + used + gap, area.column, area.rows - used - gap,
                            area.columns};
    (page->editing ? (void)draw_editor(page, surface, lower)
                   : draw_below(page, conflict, surface, lower));
}

static void draw_conflict(const struct conflicts *page, const struct ta_conflict *conflict,
                          struct ta_surface *surface)
{
    bool roomy = surface->rows >= LOW;
    int columns = at_most(surface->columns - 2 * MARGIN, WIDEST);
    draw_head(page, conflict, surface, columns, roomy);
    int row = roomy ? 3 : 2;
    if (roomy || !page->editing) {
        ta_put(surface, row++, MARGIN, columns, conflict->is_chosen ? TA_GOOD : TA_QUIET,
               stage(conflict, columns));
    }
    row += roomy;
    struct ta_area area = {row, MARGIN, surface->rows - 2 - row, columns};
    if (page->editing && !roomy) {
        draw_editor(page, surface, area);
    } else {
        draw_sides(page, conflict, surface, area);
    }
}

void conflicts_draw(const struct conflicts *page, struct ta_surface *surface)
{
    struct conflicts *remembered = (struct conflicts *)page;
    const struct ta_conflicts *conflicts = &page->conflicts;
    char count[64];
    (void)snprintf(count, sizeof count,
                   surface->columns < NARROW ? "%zu of %zu" : "%zu of %zu · %zu to choose",
                   page->at + 1, conflicts->count, conflicts->left);
    ta_title(surface, "You both changed this", count);
    remembered->bottom = 0;
    if (page->at < conflicts->count) {
        draw_conflict(page, &conflicts->items[page->at], surface);
    }
    remembered->top = at_most(page->top, page->bottom);
}
