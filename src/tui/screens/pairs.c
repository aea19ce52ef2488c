/* Pairs: all of them; Enter takes one in hand. */
#include <stdio.h>
#include <string.h>

#include "screens.h"
#include "turnabout/desk/desk.h"
#include "turnabout/tui/frame.h"

struct pairs {
    struct ta_pairs pairs;
    char in_hand[256];
    struct ta_list list;
};

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
    if (ta_desk_pair(desk, NULL, &in_hand, NULL)) {
        snprintf(pairs->in_hand, sizeof pairs->in_hand, "%s", in_hand.slug);
    }
    ta_pair_release(&in_hand);
    return true;
}

static bool open_pairs(struct ta_face *face, void *state, const void *argument,
                       struct ta_error *err)
{
    (void)argument;
    struct pairs *pairs = state;
    if (!refresh(face, state, err)) {
        return false;
    }
    for (size_t i = 0; i < pairs->pairs.count; i++) {
        if (strcmp(pairs->pairs.items[i].slug, pairs->in_hand) == 0) {
            pairs->list.chosen = i;
        }
    }
    return true;
}

static void close_pairs(struct ta_face *face, void *state)
{
    (void)face;
    ta_pairs_release(&((struct pairs *)state)->pairs);
}

static void draw_pair(const struct pairs *pairs, size_t index, struct ta_surface *surface, int row)
{
    const struct ta_pair *pair = &pairs->pairs.items[index];
    bool chosen = index == pairs->list.chosen;
    bool in_hand = strcmp(pair->slug, pairs->in_hand) == 0;
    int columns = surface->columns - 6;
    int slug = surface->columns >= 70 ? 24 : 0;
    ta_put(surface, row, 1, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_putf(surface, row, 3, columns - slug - 9, chosen ? TA_STRONG : TA_PLAIN, "%s ⇄ %s",
            pair->person[TA_MENTOR].name, pair->person[TA_MENTEE].name);
    ta_put_right(surface, row, 3, columns - slug, TA_GOOD, in_hand ? "in hand" : "");
    if (slug) {
        ta_put_right(surface, row, 3, columns, TA_QUIET, pair->slug);
    }
    ta_put(surface, row + 1, 3, columns, TA_QUIET, pair->topic ? pair->topic : "");
    if (chosen) {
        surface->cursor_row = row;
        surface->cursor_column = 3;
    }
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct pairs *pairs = state;
    char count[32];
    snprintf(count, sizeof count, "%zu", pairs->pairs.count);
    ta_title(surface, "Pairs", count);
    size_t rows = (size_t)(surface->rows - 4) / 3;
    size_t top = ta_list_show(&pairs->list, rows ? rows : 1);
    for (size_t i = top; i < pairs->pairs.count && i - top < (rows ? rows : 1); i++) {
        draw_pair(pairs, i, surface, 2 + 3 * (int)(i - top));
    }
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    return ta_list_key(&((struct pairs *)state)->list, pressed);
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
    if (ta_face_check(face, ta_desk_pair_use(ta_face_desk(face), slug, &err), &err)) {
        ta_face_pop(face);
    }
}

static void name_new(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &first_steps_screen, NULL);
}

static const struct ta_command commands[] = {
    {"take in hand", "Enter", "Work with this pair", take, has_pairs, false},
    {"new pair", "n", "Name a new pair", name_new, NULL, false},
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
