/* What was promised, beside the last commitments of the agenda. */
#include <stdio.h>
#include <string.h>

#include "live_view.h"
#include "turnabout/base/unicode.h"

enum { MOST = 6, NOTES_LEAST = 3, OWNER_MOST = 12, BOX = 2 };

static bool is_in_hand(const struct live *live)
{
    const struct ta_agenda *agenda = &live->live.agenda;
    int item = live->live.reading.item;
    return item >= 0 && (size_t)item < agenda->count &&
           ta_item_is_commitments(&agenda->items[item]);
}

static struct ta_piece owner_of(const struct live *live, const struct ta_promise *promise)
{
    if (promise->owner == TA_NOBODY) {
        return ta_piece_of(promise->named ? promise->named : "?");
    }
    return ta_person_first_name(&live->pair.person[promise->owner]);
}

/* How many are not told back, and the columns that their owners' names take. They stand first. */
static size_t count_waiting(const struct live *live, int *owner)
{
    size_t count = 0;
    while (count < live->promises.count && live->promises.items[count].state != TA_PROMISE_TOLD) {
        struct ta_piece name = owner_of(live, &live->promises.items[count]);
        int width = ta_width(name.at, name.length);
        *owner = width > *owner ? width : *owner;
        count++;
    }
    *owner = *owner < OWNER_MOST ? *owner : OWNER_MOST;
    return count;
}

static void say_state(char out[TA_DATE_SIZE], const struct ta_promise *promise, struct ta_day today)
{
    char day[TA_DATE_SIZE];
    ta_day_short(day, promise->due, today);
    bool late = ta_promise_is_overdue(promise, today);
    if (promise->state == TA_PROMISE_DONE) {
        (void)snprintf(out, TA_DATE_SIZE, "done: tell back");
    } else if (promise->due.year) {
        (void)snprintf(out, TA_DATE_SIZE, "%s %.40s", late ? "was due" : "due", day);
    } else {
        out[0] = '\0';
    }
}

static void draw_one(const struct live *live, const struct ta_promise *promise, int owner,
                     struct ta_surface *surface, struct ta_area area)
{
    char state[TA_DATE_SIZE];
    struct ta_day today = ta_day_of(ta_moment_local(live->now));
    struct ta_piece name = owner_of(live, promise);
    say_state(state, promise, today);
    int end = area.columns - ta_width(state, strlen(state)) - 2;
    int text = BOX + owner + 2;
    ta_put(surface, area.row, area.column, 1, TA_PROMISE,
           promise->state == TA_PROMISE_OPEN ? "☐" : "☑");
    ta_put_bytes(surface, area.row, area.column + BOX, owner, TA_PLAIN, name.at, name.length);
    ta_put(surface, area.row, area.column + text, end - text, TA_PLAIN, promise->text);
    ta_put_right(surface, area.row, area.column, area.columns,
                 ta_promise_is_overdue(promise, today) ? TA_CAUTION : TA_QUIET, state);
}

int live_draw_promises(const struct live *live, struct ta_surface *surface, struct ta_area area)
{
    int owner = 1;
    size_t count = is_in_hand(live) ? count_waiting(live, &owner) : 0;
    int room = area.rows - NOTES_LEAST;
    if (count == 0 || room < 2) {
        return 0;
    }
    room = room < MOST ? room : MOST;
    size_t shown = count > (size_t)room - 1 ? (size_t)room - 1 : count;
    bool more = shown < count;
    shown -= more && shown > 1;
    for (size_t i = 0; i < shown; i++) {
        struct ta_area line = {area.row + (int)i, area.column, 1, area.columns};
        draw_one(live, &live->promises.items[i], owner, surface, line);
    }
    int row = area.row + (int)shown;
    if (more) {
        ta_putf(surface, row++, area.column + BOX, area.columns - BOX, TA_QUIET, "… and %zu more",
                count - shown);
    }
    ta_fill(surface, (struct ta_area){row++, area.column, 1, area.columns}, TA_FRAME, "┄");
    return row - area.row;
}
