#include "headless.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"
#include "turnabout/base/date.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/term.h"

struct size {
    int columns, rows;
};

/* From unusably small to larger than any desk. */
static const struct size sweep[] = {
    {1, 1},   {20, 5},  {39, 12},  {40, 11},  {40, 12},  {41, 13},
    {53, 17}, {79, 23}, {132, 43}, {300, 12}, {40, 100}, {300, 100},
};

enum { SIZES = sizeof sweep / sizeof sweep[0], PATIENCE = 20 * 1000 };

struct ta_term {
    struct player *player;
    struct ta_surface shown;
    struct ta_key *keys; /* waiting; those before `taken` are gone */
    size_t count, taken;
    struct ta_text pasted;
    size_t swept; /* sizes of the sweep that were shown; SIZES + 1: it is over */
    struct size before_sweep;
    unsigned rings;
};

/* A test has one terminal, and term.h has no place to name it. */
static struct player *next_player;

void headless_play(struct player *player)
{
    next_player = player;
}

bool ta_term_open(struct ta_term **out, const struct ta_theme *theme, struct ta_error *err)
{
    (void)theme;
    (void)err;
    struct ta_term *term = ta_allocate(1, sizeof *term);
    term->player = next_player;
    term->swept = SIZES + 1;
    *out = term;
    return true;
}

void ta_term_close(struct ta_term *term)
{
    if (term == NULL) {
        return;
    }
    ta_surface_release(&term->shown);
    ta_text_release(&term->pasted);
    free(term->keys);
    free(term);
}

void ta_term_size(const struct ta_term *term, int *rows, int *columns)
{
    *rows = term->player->rows;
    *columns = term->player->columns;
}

void ta_term_show(struct ta_term *term, const struct ta_surface *surface)
{
    ta_surface_clear(&term->shown, surface->rows, surface->columns);
    size_t count = (size_t)surface->rows * (size_t)surface->columns;
    memcpy(term->shown.cells, surface->cells, count * sizeof *surface->cells);
    for (size_t i = 0; i < surface->mark_count; i++) {
        *(struct ta_marks *)ta_append(&term->shown.marks, term->shown.mark_count++,
                                      sizeof *surface->marks) = surface->marks[i];
    }
    term->shown.cursor_row = surface->cursor_row;
    term->shown.cursor_column = surface->cursor_column;
    picture_check(term->player->script, surface);
}

void ta_term_forget(struct ta_term *term)
{
    (void)term;
}

void ta_term_leave(struct ta_term *term)
{
    (void)term;
}

void ta_term_return(struct ta_term *term)
{
    (void)term;
}

void ta_term_bell(struct ta_term *term)
{
    term->rings++;
}

/* Steps */

static struct ta_key *add_key(struct ta_term *term)
{
    struct ta_key *key = ta_append(&term->keys, term->count, sizeof *key);
    term->count++;
    return key;
}

static void step_key(struct ta_term *term, const char *about)
{
    struct ta_piece rest = ta_piece_of(about);
    struct ta_piece name;
    while (ta_next_part(&rest, ' ', &name)) {
        char *copy = ta_piece_copy(name);
        if (!ta_key_read(add_key(term), copy)) {
            script_fail(term->player->script, "\"%s\" is no key", copy);
        }
        free(copy);
    }
}

static void step_type(struct ta_term *term, const char *about)
{
    size_t length = strlen(about);
    for (size_t at = 0; at < length;) {
        size_t next = ta_character_next(about, length, at);
        struct ta_key *key = add_key(term);
        key->code = TA_KEY_TEXT;
        (void)snprintf(key->text, sizeof key->text, "%.*s", (int)(next - at), about + at);
        at = next;
    }
}

/* "\\n" and "\\t" mean what they do in C; any other byte behind "\\" is itself. */
static char unescape(char escaped)
{
    switch (escaped) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    default:
        return escaped;
    }
}

static void step_paste(struct ta_term *term, const char *about)
{
    ta_text_clear(&term->pasted);
    for (const char *byte = about; *byte != '\0'; byte++) {
        char plain = *byte;
        if (plain == '\\' && byte[1] != '\0') {
            byte++;
            plain = unescape(*byte);
        }
        ta_text_add_bytes(&term->pasted, &plain, 1);
    }
    struct ta_key *key = add_key(term);
    key->code = TA_KEY_PASTE;
    key->pasted = term->pasted.bytes;
}

/* Two numbers with something between them. */
static bool read_pair(struct ta_term *term, const char *about, int *one, int *other)
{
    char *end;
    *one = (int)strtol(about, &end, 10);
    *other = (int)strtol(*end == '\0' ? end : end + 1, &end, 10);
    bool ok = *one > 0 && *other > 0 && *end == '\0';
    if (!ok) {
        script_fail(term->player->script, "\"%s\" are not two numbers from 1 up", about);
    }
    return ok;
}

static void step_click(struct ta_term *term, const char *about)
{
    int row;
    int column;
    if (read_pair(term, about, &row, &column)) {
        *add_key(term) =
            (struct ta_key){.code = TA_KEY_CLICK, .row = row - 1, .column = column - 1};
    }
}

static void step_advance(struct ta_term *term, const char *about)
{
    int64_t seconds;
    if (!ta_span_read(&seconds, ta_piece_of(about))) {
        script_fail(term->player->script, "\"%s\" is no span of time", about);
        return;
    }
    ta_clock_stand(term->player->clock, ta_clock_now(term->player->clock) + seconds * 1000);
    add_key(term)->code = TA_KEY_NONE;
}

static void set_size(struct ta_term *term, struct size size)
{
    term->player->columns = size.columns;
    term->player->rows = size.rows;
    add_key(term)->code = TA_KEY_RESIZE;
}

static void step_resize(struct ta_term *term, const char *about)
{
    struct size size;
    if (read_pair(term, about, &size.columns, &size.rows)) {
        set_size(term, size);
    }
}

static void step_sweep(struct ta_term *term, const char *about)
{
    (void)about;
    term->before_sweep = (struct size){term->player->columns, term->player->rows};
    term->swept = 0;
}

static void step_expect(struct ta_term *term, const char *about)
{
    picture_expect(term->player->script, &term->shown, about);
}

static void step_see(struct ta_term *term, const char *about)
{
    if (!picture_holds(&term->shown, about)) {
        script_fail(term->player->script, "\"%s\" is not shown", about);
        picture_print(&term->shown);
    }
}

static void step_cursor(struct ta_term *term, const char *about)
{
    int row;
    int column;
    if (!read_pair(term, about, &row, &column)) {
        return;
    }
    const struct ta_surface *shown = &term->shown;
    if (shown->cursor_row != row - 1 || shown->cursor_column != column - 1) {
        script_fail(term->player->script, "the cursor stands at %d %d", shown->cursor_row + 1,
                    shown->cursor_column + 1);
    }
}

static void step_bell(struct ta_term *term, const char *about)
{
    (void)about;
    if (term->rings == 0) {
        script_fail(term->player->script, "the bell did not ring");
    }
    term->rings = 0;
}

static void step_hang_up(struct ta_term *term, const char *about)
{
    (void)about;
    add_key(term)->code = TA_KEY_HANG_UP;
}

static const struct {
    const char *verb;
    void (*step)(struct ta_term *term, const char *about);
} verbs[] = {
    {"key", step_key},     {"type", step_type},       {"paste", step_paste},
    {"click", step_click}, {"advance", step_advance}, {"resize", step_resize},
    {"sweep", step_sweep}, {"expect", step_expect},   {"cursor", step_cursor},
    {"bell", step_bell},   {"hangup", step_hang_up},  {"see", step_see},
};

static void take_step(struct ta_term *term, const struct step *step)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(step->verb, verbs[i].verb) == 0) {
            verbs[i].step(term, step->about);
            return;
        }
    }
    if (!term->player->step(term->player, step)) {
        script_fail(term->player->script, "there is no step \"%s\"", step->verb);
    }
}

/* Waiting */

bool ta_term_next(struct ta_term *term, struct ta_key *key)
{
    if (term->taken == term->count) {
        return false;
    }
    *key = term->keys[term->taken++];
    return true;
}

bool ta_term_is_typed(const struct ta_term *term)
{
    (void)term;
    return false;
}

static void sweep_on(struct ta_term *term)
{
    set_size(term, term->swept < SIZES ? sweep[term->swept] : term->before_sweep);
    term->swept++;
}

static bool is_next(const struct ta_term *term, const char *verb)
{
    const struct step *step = script_look(term->player->script);
    return step != NULL && strcmp(step->verb, verb) == 0;
}

static bool is_ready(const int watched[TA_TERM_WATCHED], int patience)
{
    struct pollfd descriptors[TA_TERM_WATCHED];
    for (int i = 0; i < TA_TERM_WATCHED; i++) {
        descriptors[i] = (struct pollfd){.fd = watched[i], .events = POLLIN};
    }
    return poll(descriptors, TA_TERM_WATCHED, patience) > 0;
}

/* What was changed elsewhere is heard before somebody looks; a key that follows at once is faster.
 */
static bool is_heard(const struct ta_term *term, const int watched[TA_TERM_WATCHED])
{
    return is_next(term, "expect") && is_ready(watched, 0);
}

/* What somebody waits to see may come from elsewhere, too. */
static bool is_awaited(const struct ta_term *term, const int watched[TA_TERM_WATCHED])
{
    return term->swept > SIZES && is_next(term, "see") &&
           !picture_holds(&term->shown, script_look(term->player->script)->about) &&
           is_ready(watched, PATIENCE);
}

void ta_term_wait(struct ta_term *term, int64_t wake_in, const int watched[TA_TERM_WATCHED],
                  struct ta_key *key)
{
    struct script *script = term->player->script;
    *key = (struct ta_key){.code = TA_KEY_NONE};
    while (!ta_term_next(term, key) && wake_in != 0 && !is_heard(term, watched) &&
           !is_awaited(term, watched)) {
        free(term->keys);
        term->keys = NULL;
        term->count = 0;
        term->taken = 0;
        const struct step *step = script_look(script);
        if (term->swept <= SIZES) {
            sweep_on(term);
        } else if (step != NULL) {
            script->at++;
            take_step(term, step);
        } else {
            add_key(term)->code = TA_KEY_HANG_UP;
        }
    }
}
