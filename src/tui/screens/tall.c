#include "tall.h"

#include <string.h>

#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"

int wrapped_rows(const char *text, int columns)
{
    struct ta_text clean = {0};
    ta_clean(&clean, text, strlen(text));
    int rows = 0;
    for (size_t at = 0; at < clean.length && columns > 0; rows++) {
        at += ta_wrap(clean.bytes + at, clean.length - at, columns);
    }
    ta_text_release(&clean);
    return rows > 0 ? rows : 1;
}

int put_text(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role,
             const char *text)
{
    struct ta_text clean = {0};
    ta_clean(&clean, text, strlen(text));
    size_t at = 0;
    int row = 0;
    while (row + 1 < area.rows && at < clean.length && area.columns > 0) {
        size_t length = ta_wrap(clean.bytes + at, clean.length - at, area.columns);
        struct ta_piece line = ta_piece_trim((struct ta_piece){clean.bytes + at, length});
        ta_put_bytes(surface, area.row + row++, area.column, area.columns, role, line.at,
                     line.length);
        at += length;
    }
    if (row < area.rows && at < clean.length) {
        ta_put(surface, area.row + row++, area.column, area.columns, role, clean.bytes + at);
    }
    ta_text_release(&clean);
    return row > 0 ? row : 1;
}

/* The first row to show when `last` is the last. */
static size_t first_before(const struct tall *tall, size_t last, int rows)
{
    size_t first = last;
    for (int used = tall->rows(tall->data, last); first > 0; first--) {
        used += tall->rows(tall->data, first - 1);
        if (used > rows) {
            break;
        }
    }
    return first;
}

static size_t shown(const struct ta_list *list, const struct tall *tall, int rows)
{
    size_t count = 0;
    for (int used = 0; list->top + count < list->count; count++) {
        used += tall->rows(tall->data, list->top + count);
        if (used > rows) {
            break;
        }
    }
    return count;
}

size_t tall_list_show(const struct ta_list *list, const struct tall *tall, int rows)
{
    if (list->count == 0) {
        return 0;
    }
    struct ta_list *remembered = (struct ta_list *)list;
    size_t earliest = first_before(tall, list->chosen, rows);
    size_t latest = first_before(tall, list->count - 1, rows);
    latest = latest < list->chosen ? latest : list->chosen;
    size_t top = list->top < latest ? list->top : latest;
    remembered->top = top > earliest ? top : earliest;
    remembered->page = shown(list, tall, rows);
    return list->top;
}

void hits_clear(const struct hits *hits)
{
    ((struct hits *)hits)->count = 0;
}

void hits_add(const struct hits *hits, int row, int rows, size_t index)
{
    struct hits *remembered = (struct hits *)hits;
    if (hits->count < HITS_MOST) {
        remembered->items[remembered->count++] = (struct hit){row, rows, index};
    }
}

bool hits_key(const struct hits *hits, struct ta_list *list, const struct ta_key *key)
{
    if (key->code != TA_KEY_CLICK) {
        return false;
    }
    for (size_t i = 0; i < hits->count; i++) {
        const struct hit *hit = &hits->items[i];
        if (key->row >= hit->row && key->row < hit->row + hit->rows) {
            list->chosen = hit->index < list->count ? hit->index : list->chosen;
        }
    }
    return true;
}
