/* Promises: all of them, open first, each with who, until when, and from which session. */
#include <stdio.h>
#include <string.h>

#include "promise_order.h"
#include "screens.h"
#include "tall.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/standing.h"

enum {
    MARGIN = 1,
    BOX = 3, /* column of the boxes and the headings */
    OWNER = 5,
    OWNER_MOST = 12, /* columns of the names */
    NARROW = 60,     /* below it days and sessions stand under the text */
    DUE = 14,        /* columns */
    SESSION = 11,
    WIDEST = 100,
    TEXT_ROWS = 6,
};

struct promises {
    struct ta_pair pair;
    struct ta_promises promises; /* in the order they are shown */
    struct ta_list list;
    struct hits hits;
    struct ta_day today;
};

static const struct ta_promise *chosen(const struct promises *promises)
{
    bool any = promises->list.chosen < promises->promises.count;
    return any ? &promises->promises.items[promises->list.chosen] : NULL;
}

/* The id of the chosen one; 0: there is none. */
static unsigned in_hand(const struct promises *promises)
{
    const struct ta_promise *promise = chosen(promises);
    return promise ? promise->id : 0;
}

/* Reading */

/* In another order the same promise stays chosen. */
static void choose(struct promises *promises, unsigned id)
{
    for (size_t i = 0; i < promises->promises.count; i++) {
        if (promises->promises.items[i].id == id) {
            promises->list.chosen = i;
        }
    }
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct promises *promises = state;
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_promises fresh = {0};
    if (!ta_desk_promises(desk, &promises->pair, &fresh, err)) {
        return false;
    }
    unsigned id = in_hand(promises);
    promises_sort(&fresh);
    ta_promises_release(&promises->promises);
    promises->promises = fresh;
    promises->today = ta_desk_today(desk);
    ta_list_set_count(&promises->list, fresh.count);
    choose(promises, id);
    return true;
}

static bool heard(struct ta_face *face, void *state)
{
    struct ta_error err;
    (void)ta_face_check(face, refresh(face, state, &err), &err);
    return true;
}

static bool open_promises(struct ta_face *face, void *state, const void *argument,
                          struct ta_error *err)
{
    (void)argument;
    struct promises *promises = state;
    bool ok =
        ta_desk_pair(ta_face_desk(face), NULL, &promises->pair, err) && refresh(face, state, err);
    if (!ok) {
        ta_pair_release(&promises->pair);
    }
    return ok;
}

static void close_promises(struct ta_face *face, void *state)
{
    (void)face;
    struct promises *promises = state;
    ta_promises_release(&promises->promises);
    ta_pair_release(&promises->pair);
}

/* What became of the chosen one */

static void become(struct ta_face *face, struct promises *promises, enum ta_promise_state to,
                   enum ta_role as)
{
    static const char *const said[] = {
        [TA_PROMISE_OPEN] = "is open again.",
        [TA_PROMISE_DONE] = "is done. When it was told back to the other, b says so.",
        [TA_PROMISE_TOLD] = "is done and told back.",
    };
    unsigned id = chosen(promises)->id;
    struct ta_error err;
    if (!ta_face_check(
            face,
            ta_desk_promise_become(ta_face_desk(face), &promises->pair, id, to, as, &err) &&
                refresh(face, promises, &err),
            &err)) {
        return;
    }
    ta_face_say(face, TA_GOOD, "P%u %s", id, said[to]);
}

static void turn_done(struct ta_face *face, void *state)
{
    struct promises *promises = state;
    bool open = chosen(promises)->state == TA_PROMISE_OPEN;
    become(face, promises, open ? TA_PROMISE_DONE : TA_PROMISE_OPEN, TA_NOBODY);
}

static enum ta_promise_state told_or_not(const struct promises *promises)
{
    return chosen(promises)->state == TA_PROMISE_TOLD ? TA_PROMISE_DONE : TA_PROMISE_TOLD;
}

static void answer_told(struct ta_face *face, void *state, char key)
{
    struct promises *promises = state;
    if (key == 'y') {
        become(face, promises, told_or_not(promises), ta_role_other(chosen(promises)->owner));
    }
}

/* Whose promise it is nobody knows: so each of the two may have been told. */
static void answer_who(struct ta_face *face, void *state, char key)
{
    struct promises *promises = state;
    become(face, promises, told_or_not(promises), key == 'm' ? TA_MENTOR : TA_MENTEE);
}

/* At a keyboard that both share, the one it was promised to is asked. */
static void turn_told(struct ta_face *face, void *state)
{
    struct promises *promises = state;
    const struct ta_promise *promise = chosen(promises);
    const struct ta_person *person = promises->pair.person;
    if (promises->pair.me != TA_NOBODY || promise->state == TA_PROMISE_OPEN) {
        become(face, promises, told_or_not(promises), TA_NOBODY);
        return;
    }
    struct ta_text question = {0};
    bool told = promise->state == TA_PROMISE_TOLD;
    if (promise->owner == TA_NOBODY) {
        ta_text_addf(&question, "Who says so: (m) %s or (e) %s?", person[TA_MENTOR].name,
                     person[TA_MENTEE].name);
        ta_face_ask_key(face, question.bytes, "me", answer_who);
    } else {
        ta_text_addf(&question,
                     told ? "%s, were you not told after all?" : "%s, were you told how it went?",
                     person[ta_role_other(promise->owner)].name);
        ta_face_ask_key(face, question.bytes, "yn", answer_told);
    }
    ta_text_release(&question);
}

static bool is_open(const void *state)
{
    const struct ta_promise *promise = chosen(state);
    return promise && promise->id && promise->state == TA_PROMISE_OPEN;
}

static bool is_done(const void *state)
{
    const struct ta_promise *promise = chosen(state);
    return promise && promise->id && promise->state == TA_PROMISE_DONE;
}

static bool is_told(const void *state)
{
    const struct ta_promise *promise = chosen(state);
    return promise && promise->id && promise->state == TA_PROMISE_TOLD;
}

static const struct ta_command commands[] = {
    {"done", "Space", "It is done", turn_done, is_open, false},
    {"told back", "b", "It was told back: only the one it was promised to says so", turn_told,
     is_done, false},
    {"not done", "Space", "It is not done after all", turn_done, is_done, false},
    {"not told back", "b", "It was not told back after all", turn_told, is_told, false},
};

/* Drawing */

static const struct {
    const char *heading, *box;
    enum ta_role_of_cell role;
} states[] = {
    [TA_PROMISE_OPEN] = {"Open", "☐", TA_PROMISE},
    [TA_PROMISE_DONE] = {"Done, not yet told back", "☑", TA_PROMISE},
    [TA_PROMISE_TOLD] = {"Done and told back", "☑", TA_GOOD},
};

struct layout {
    const struct promises *promises;
    int rows;
    int owner;         /* where names begin: behind the ids, when there is room for those */
    int text, columns; /* where texts begin, and how wide they are */
    int end;           /* column behind the last */
    bool narrow;
};

static struct ta_piece owner_of(const struct promises *promises, const struct ta_promise *promise)
{
    if (promise->owner == TA_NOBODY) {
        return ta_piece_of(promise->named ? promise->named : "?");
    }
    return ta_pair_short_name(&promises->pair, promise->owner);
}

/* The state's heading stands above its first promise. */
static bool is_first(const struct promises *promises, size_t index)
{
    const struct ta_promise *items = promises->promises.items;
    return index == 0 || items[index].state != items[index - 1].state;
}

static int head_rows(const struct promises *promises, size_t index)
{
    return is_first(promises, index) ? 1 + (index > 0) : 0;
}

static int promise_rows(const void *data, size_t index)
{
    const struct layout *layout = data;
    const struct ta_promise *promise = &layout->promises->promises.items[index];
    int rows = wrapped_rows(promise->text, layout->columns);
    rows = rows < TEXT_ROWS ? rows : TEXT_ROWS;
    rows += layout->narrow + head_rows(layout->promises, index);
    return rows < layout->rows ? rows : layout->rows;
}

static void say_day(char out[TA_DATE_SIZE], const struct promises *promises,
                    const struct ta_promise *promise)
{
    struct ta_day day = promise->state == TA_PROMISE_OPEN   ? promise->due
                        : promise->state == TA_PROMISE_DONE ? promise->done
                                                            : promise->told;
    out[0] = '\0';
    if (day.year) {
        ta_day_short(out, day, promises->today);
    }
}

/* In words, for not every terminal shows colours. */
static void say_late(char out[TA_DATE_SIZE], const struct ta_promise *promise, struct ta_day today)
{
    int days = ta_days_between(promise->due, today);
    (void)snprintf(out, TA_DATE_SIZE, "%d day%s late", days, days == 1 ? "" : "s");
}

static void draw_facts(const struct layout *layout, const struct ta_promise *promise,
                       struct ta_surface *surface, int row)
{
    static const char *const words[] = {
        [TA_PROMISE_OPEN] = "due ", [TA_PROMISE_DONE] = "done ", [TA_PROMISE_TOLD] = "told "};
    bool late = ta_promise_is_overdue(promise, layout->promises->today);
    enum ta_role_of_cell role = late ? TA_CAUTION : TA_QUIET;
    char day[TA_DATE_SIZE];
    char session[32] = "";
    say_day(day, layout->promises, promise);
    if (late && !layout->narrow) {
        say_late(day, promise, layout->promises->today);
    }
    if (promise->session) {
        (void)snprintf(session, sizeof session, "session %u", promise->session);
    }
    if (layout->narrow) {
        ta_putf(surface, row, layout->text, layout->columns, role, "%s%s%s%s",
                late     ? "overdue: "
                : day[0] ? words[promise->state]
                         : "",
                day, day[0] && session[0] ? " · " : "", session);
        return;
    }
    ta_put_right(surface, row, layout->end - SESSION - DUE, DUE, role, day);
    ta_put_right(surface, row, layout->end - SESSION, SESSION, TA_QUIET, session);
}

static void draw_heading(const struct layout *layout, const struct ta_promise *promise,
                         struct ta_surface *surface, int row)
{
    static const char *const columns[] = {
        [TA_PROMISE_OPEN] = "due", [TA_PROMISE_DONE] = "done", [TA_PROMISE_TOLD] = "told"};
    ta_put(surface, row, BOX, layout->columns, TA_QUIET, states[promise->state].heading);
    if (!layout->narrow) {
        ta_put_right(surface, row, layout->end - SESSION - DUE, DUE, TA_QUIET,
                     columns[promise->state]);
        ta_put_right(surface, row, layout->end - SESSION, SESSION, TA_QUIET, "from");
    }
}

/* Returns how high it is. */
static int draw_promise(const struct layout *layout, size_t index, struct ta_surface *surface,
                        int row)
{
    const struct promises *promises = layout->promises;
    const struct ta_promise *promise = &promises->promises.items[index];
    bool chosen = index == promises->list.chosen;
    bool past = promise->state == TA_PROMISE_TOLD;
    int rows = promise_rows(layout, index);
    int head = head_rows(promises, index);
    if (head > 0 && rows > head) {
        draw_heading(layout, promise, surface, row + head - 1);
    }
    head = head < rows ? head : rows - 1;
    int at = row + head;
    struct ta_piece owner = owner_of(promises, promise);
    enum ta_role_of_cell role = chosen ? TA_STRONG : past ? TA_QUIET : TA_PLAIN;
    if (chosen) {
        ta_put(surface, at, MARGIN, 1, TA_ACCENT, "▸");
    }
    ta_put(surface, at, BOX, 1, states[promise->state].role, states[promise->state].box);
    if (layout->owner > OWNER && promise->id) {
        ta_putf(surface, at, OWNER, layout->owner - OWNER - 1, TA_QUIET, "P%u", promise->id);
    }
    ta_put_bytes(surface, at, layout->owner, layout->text - layout->owner - 2, role, owner.at,
                 owner.length);
    int facts = layout->narrow && rows - head > 1;
    struct ta_area text = {at, layout->text, rows - head - facts, layout->columns};
    ta_put_wrapped(surface, text, role, promise->text);
    if (facts || !layout->narrow) {
        draw_facts(layout, promise, surface, facts ? row + rows - 1 : at);
    }
    if (chosen) {
        surface->cursor_row = at;
        surface->cursor_column = OWNER;
    }
    return rows;
}

static int owner_columns(const struct promises *promises)
{
    int widest = 1;
    for (size_t i = 0; i < promises->promises.count; i++) {
        struct ta_piece owner = owner_of(promises, &promises->promises.items[i]);
        int width = ta_width(owner.at, owner.length);
        widest = width > widest ? width : widest;
    }
    return widest < OWNER_MOST ? widest : OWNER_MOST;
}

/* "P12" and a blank. */
static int id_columns(const struct ta_promises *promises)
{
    int columns = 3;
    for (unsigned next = ta_promises_next_id(promises); next > 10; next /= 10) {
        columns++;
    }
    return columns;
}

static void draw_empty(const struct promises *promises, struct ta_surface *surface)
{
    struct ta_piece name = ta_pair_short_name(&promises->pair, TA_MENTEE);
    struct ta_text text = {0};
    ta_text_addf(&text,
                 "Nothing is promised yet. In a session, a line such as\n\n"
                 "   > %.*s: ask the juniors first by 1 Dec\n\n"
                 "becomes a promise. It stays here until it is done, and told back to the other.",
                 (int)name.length, name.at);
    struct ta_area area = {2, BOX, surface->rows - 4, surface->columns - 2 * BOX};
    ta_put_wrapped(surface, area, TA_PLAIN, text.bytes);
    surface->cursor_row = area.row;
    surface->cursor_column = area.column;
    ta_text_release(&text);
}

static void draw_title(const struct promises *promises, struct ta_surface *surface)
{
    size_t open = 0;
    size_t late = 0;
    for (size_t i = 0; i < promises->promises.count; i++) {
        const struct ta_promise *promise = &promises->promises.items[i];
        open += promise->state == TA_PROMISE_OPEN;
        late += ta_promise_is_overdue(promise, promises->today);
    }
    struct ta_text right = {0};
    ta_text_addf(&right, "%zu open", open);
    if (late > 0) {
        ta_text_addf(&right, ", %zu overdue", late);
    }
    ta_title(surface, "Promises", right.bytes);
    ta_text_release(&right);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct promises *promises = state;
    draw_title(promises, surface);
    hits_clear(&promises->hits);
    if (promises->promises.count == 0) {
        draw_empty(promises, surface);
        return;
    }
    bool narrow = surface->columns < NARROW;
    int owner = OWNER + (narrow ? 0 : id_columns(&promises->promises));
    struct layout layout = {.promises = promises,
                            .owner = owner,
                            .text = owner + owner_columns(promises) + 2,
                            .narrow = narrow};
    int top = surface->rows < 20 ? 1 : 2;
    layout.rows = surface->rows - 2 - top;
    layout.end = surface->columns - 2 < WIDEST ? surface->columns - 2 : WIDEST;
    layout.columns = layout.end - layout.text - (layout.narrow ? 0 : DUE + SESSION + 2);
    struct tall tall = {promise_rows, &layout};
    size_t index = tall_list_show(&promises->list, &tall, layout.rows);
    int end = top + layout.rows;
    for (; index < promises->list.count && top + promise_rows(&layout, index) <= end; index++) {
        int rows = draw_promise(&layout, index, surface, top);
        hits_add(&promises->hits, top, rows, index);
        top += rows;
    }
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct promises *promises = state;
    return hits_key(&promises->hits, &promises->list, pressed) ||
           ta_list_key(&promises->list, pressed);
}

const struct ta_screen promises_screen = {
    .name = "promises",
    .size = sizeof(struct promises),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_promises,
    .refresh = refresh,
    .heard = heard,
    .key = key,
    .draw = draw,
    .close = close_promises,
};
