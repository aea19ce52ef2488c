/* Pairs: all of them; Enter takes one in hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "tall.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/desk.h"
#include "turnabout/desk/programme.h"
#include "turnabout/tui/frame.h"

#define IN_HAND "in hand"

enum {
    TOP = 2,       /* row of the first pair */
    PAIR_ROWS = 3, /* names, topic, a blank one */
    MARGIN = 3,    /* column of the names */
    WIDE = 70,     /* columns from which on the names for commands are shown */
    SLUG_MOST = 24,
    WIDEST = 100, /* columns; beyond, the eye loses the line */
};

struct pairs {
    struct ta_pairs pairs;
    char *in_hand; /* its slug; NULL: none */
    struct ta_list list;
    struct hits hits;
    bool programme; /* there is one that is looked after here */
};

static void choose_in_hand(struct pairs *pairs)
{
    for (size_t i = 0; pairs->in_hand && i < pairs->pairs.count; i++) {
        if (strcmp(pairs->pairs.items[i].slug, pairs->in_hand) == 0) {
            pairs->list.chosen = i;
        }
    }
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct pairs *pairs = state;
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_pair in_hand = {0};
    ta_pairs_release(&pairs->pairs);
    memset(&pairs->pairs, 0, sizeof pairs->pairs);
    if (!ta_desk_pairs(desk, &pairs->pairs, err)) {
        return false;
    }
    ta_list_set_count(&pairs->list, pairs->pairs.count);
    bool any = ta_desk_pair(desk, NULL, &in_hand, NULL);
    ta_replace(&pairs->in_hand, any ? in_hand.slug : NULL);
    ta_pair_release(&in_hand);
    choose_in_hand(pairs);
    pairs->programme = ta_desk_has_programme(desk);
    return true;
}

static bool open_pairs(struct ta_face *face, void *state, const void *argument,
                       struct ta_error *err)
{
    (void)argument;
    return refresh(face, state, err);
}

static void close_pairs(struct ta_face *face, void *state)
{
    (void)face;
    struct pairs *pairs = state;
    ta_pairs_release(&pairs->pairs);
    free(pairs->in_hand);
}

static void draw_pair(const struct pairs *pairs, size_t index, struct ta_surface *surface, int row)
{
    const struct ta_pair *pair = &pairs->pairs.items[index];
    bool chosen = index == pairs->list.chosen;
    bool in_hand = pairs->in_hand && strcmp(pair->slug, pairs->in_hand) == 0;
    int columns = surface->columns - 2 * MARGIN;
    columns = columns < WIDEST ? columns : WIDEST;
    int slug = surface->columns >= WIDE ? SLUG_MOST + 2 : 0;
    int mark = in_hand ? (int)strlen(IN_HAND) + 2 : 0;
    ta_put(surface, row, MARGIN - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    int names = ta_putf(surface, row, MARGIN, columns - slug - mark, chosen ? TA_STRONG : TA_PLAIN,
                        "%s ⇄ %s", pair->person[TA_MENTOR].name, pair->person[TA_MENTEE].name);
    if (in_hand) {
        ta_put(surface, row, MARGIN + names + 2, mark, TA_GOOD, IN_HAND);
    }
    if (slug) {
        ta_put_right(surface, row, MARGIN + columns - SLUG_MOST, SLUG_MOST, TA_QUIET, pair->slug);
    }
    ta_put(surface, row + 1, MARGIN, columns, TA_QUIET, pair->topic ? pair->topic : "");
    hits_add(&pairs->hits, row, 2, index);
    if (chosen) {
        surface->cursor_row = row;
        surface->cursor_column = MARGIN - 2;
    }
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct pairs *pairs = state;
    char count[32];
    (void)snprintf(count, sizeof count, "%zu %s", pairs->pairs.count,
                   pairs->pairs.count == 1 ? "pair" : "pairs");
    ta_title(surface, "Pairs   mentor ⇄ mentee", count);
    hits_clear(&pairs->hits);
    int rows = (surface->rows - 2 - TOP + 1) / PAIR_ROWS;
    size_t top = ta_list_show(&pairs->list, (size_t)rows);
    for (size_t i = top; i < pairs->pairs.count && (int)(i - top) < rows; i++) {
        draw_pair(pairs, i, surface, TOP + PAIR_ROWS * (int)(i - top));
    }
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct pairs *pairs = state;
    return hits_key(&pairs->hits, &pairs->list, pressed) || ta_list_key(&pairs->list, pressed);
}

static bool has_pairs(const void *state)
{
    return ((const struct pairs *)state)->pairs.count > 0;
}

static void take(struct ta_face *face, void *state)
{
    struct pairs *pairs = state;
    struct ta_error err;
    const char *slug = pairs->pairs.items[pairs->list.chosen].slug;
    if (ta_face_check(face, ta_desk_pair_use(ta_face_desk(face), slug, TA_NOBODY, &err), &err)) {
        ta_face_pop(face);
    }
}

static void name_new(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &first_steps_screen, NULL);
}

static void join(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &join_screen, NULL);
}

static bool has_programme(const void *state)
{
    return ((const struct pairs *)state)->programme;
}

static void go_overview(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &overview_screen, NULL);
}

static const struct ta_command commands[] = {
    {"take in hand", "Enter", "Work with this pair", take, has_pairs, false},
    {"new pair", "n", "Name a new pair", name_new, NULL, false},
    {"join", "J", "Join a pair that the other has set up", join, NULL, false},
    {"overview", "o", "All pairs of your programme, for coordinators", go_overview, has_programme,
     false},
};

const struct ta_screen pairs_screen = {
    .name = "pairs",
    .size = sizeof(struct pairs),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_pairs,
    .refresh = refresh,
    .key = key,
    .draw = draw,
    .close = close_pairs,
};
