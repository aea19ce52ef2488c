/* The remote's history is no longer the one that was known: what was found, in plain words, and
 * what the two can do. */
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "tall.h"
#include "turnabout/desk/desk.h"
#include "turnabout/tui/frame.h"

enum { MARGIN = 3, WIDEST = 90, ROOMY = 20, MORE_ROWS = 3 };

static const char explained[] =
    "What was received from there before is no longer in its history: somebody has put another one "
    "in its place (a forced push), or an older copy was laid back. Nothing on this machine has "
    "changed, and nothing is sent or received until one of you says what is to be.";

static const char explained_briefly[] =
    "Somebody replaced the history there. Nothing here has changed.";

static const struct choice {
    const char *title, *more;
    const char *word; /* for --rewritten; NULL: leaves the page */
} choices[] = {
    {"Bring it back", "Both are kept: what was taken away there is there again, for both of you.",
     "merge"},
    {"Take theirs",
     "Theirs becomes yours, too. What you have now is set aside on this machine and not lost.",
     "take"},
    {"Not now", "Ask the other of the two first. S asks you again.", NULL},
};

enum { CHOICES = sizeof choices / sizeof *choices };

struct rewritten {
    struct ta_pair pair;
    struct ta_list list;
    struct hits hits;
};

static bool open_rewritten(struct ta_face *face, void *state, const void *argument,
                           struct ta_error *err)
{
    (void)argument;
    struct rewritten *rewritten = state;
    if (!ta_desk_pair(ta_face_desk(face), NULL, &rewritten->pair, err)) {
        return false;
    }
    ta_list_set_count(&rewritten->list, CHOICES);
    return true;
}

static void close_rewritten(struct ta_face *face, void *state)
{
    (void)face;
    struct rewritten *rewritten = state;
    ta_pair_release(&rewritten->pair);
}

/* What a person can do */

static void send(struct ta_face *face, const struct rewritten *rewritten, const char *word)
{
    const char *const arguments[] = {"sync",        "--porcelain", "--pair", rewritten->pair.slug,
                                     "--rewritten", word,          NULL};
    if (ta_face_send(face, "Sync", arguments)) {
        ta_face_pop(face);
    }
}

static void take_theirs(struct ta_face *face, void *state, char key)
{
    if (key == 'y') {
        send(face, state, "take");
    }
}

static void decide(struct ta_face *face, void *state)
{
    const struct rewritten *rewritten = state;
    const char *word = choices[rewritten->list.chosen].word;
    if (word == NULL) {
        ta_face_pop(face);
    } else if (strcmp(word, "take") == 0) {
        ta_face_ask_key(face, "Put theirs in the place of yours, and set yours aside?", "yn",
                        take_theirs);
    } else {
        send(face, rewritten, word);
    }
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct rewritten *rewritten = state;
    return hits_key(&rewritten->hits, &rewritten->list, pressed) ||
           ta_list_key(&rewritten->list, pressed);
}

/* Drawing. Returns the rows used. */

static int draw_choice(const struct rewritten *rewritten, size_t index, struct ta_surface *surface,
                       struct ta_area area)
{
    bool chosen = index == rewritten->list.chosen;
    if (area.rows < 1) {
        return 0;
    }
    ta_put(surface, area.row, area.column - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_put(surface, area.row, area.column, area.columns, chosen ? TA_STRONG : TA_PLAIN,
           choices[index].title);
    int rows = 1;
    if (chosen || surface->rows >= ROOMY) {
        struct ta_area more = {area.row + 1, area.column, area.rows - 1, area.columns};
        rows += more.rows > 0 ? ta_put_wrapped(surface, more, TA_QUIET, choices[index].more) : 0;
    }
    hits_add(&rewritten->hits, area.row, rows, index);
    if (chosen) {
        surface->cursor_row = area.row;
        surface->cursor_column = area.column - 2;
    }
    return rows + (surface->rows >= ROOMY ? 1 : 0);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct rewritten *rewritten = state;
    bool roomy = surface->rows >= ROOMY;
    int columns = surface->columns - 2 * MARGIN;
    columns = columns < WIDEST ? columns : WIDEST;
    int row = roomy ? 2 : 1;
    ta_title(surface, "Another history", rewritten->pair.slug);
    hits_clear(&rewritten->hits);
    struct ta_area area = {row, MARGIN, surface->rows - 2 - row, columns};
    struct ta_area text = area;
    text.rows = roomy ? area.rows : area.rows - CHOICES - MORE_ROWS;
    bool fits = wrapped_rows(explained, columns) <= text.rows;
    const char *said = fits ? explained : explained_briefly;
    int used = ta_put_wrapped(surface, text, TA_PLAIN, said) + (roomy ? 1 : 0);
    for (size_t i = 0; i < CHOICES; i++) {
        struct ta_area rest = {area.row + used, MARGIN + 2, area.rows - used, columns - 2};
        used += draw_choice(rewritten, i, surface, rest);
    }
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static const struct ta_command commands[] = {
    {"do that", "Enter", "What is chosen is done", decide, NULL, false},
    {"back", "Esc q", "Back; what is to be can be said later", leave, NULL, false},
};

const struct ta_screen rewritten_screen = {
    .name = "another history",
    .size = sizeof(struct rewritten),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_rewritten,
    .key = key,
    .draw = draw,
    .close = close_rewritten,
};
