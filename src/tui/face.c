#include "face.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/editor.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/desk.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/term.h"

enum {
    LEAST_ROWS = 12,
    LEAST_COLUMNS = 40,
    KEYS_AT_ONCE = 4096, /* handled before the screen is drawn again */
};

/* Of a bell that is hung when the first screen stands. */
enum { NOT_YET = -2 };

struct ta_subject *ta_face_top(struct ta_face *face)
{
    return face->count == 0 ? NULL : &face->layers[face->count - 1];
}

struct ta_desk *ta_face_desk(const struct ta_face *face)
{
    return face->desk;
}

int64_t ta_face_now(const struct ta_face *face)
{
    return ta_clock_now(&face->desk->clock);
}

struct ta_text *ta_face_clip(struct ta_face *face)
{
    return &face->clip;
}

bool *ta_face_hides_mine(struct ta_face *face)
{
    return &face->hides_mine;
}

void ta_face_bell(struct ta_face *face)
{
    ta_term_bell(face->term);
}

/* The stack of screens */

/* The screen is on top while it opens, so that it may ask something at once. */
static bool open_layer(struct ta_face *face, const struct ta_screen *screen, const void *argument,
                       struct ta_error *err)
{
    void *state = ta_allocate(1, screen->size > 0 ? screen->size : 1);
    ta_face_question_release(&face->question);
    struct ta_subject *layer = ta_append(&face->layers, face->count, sizeof *layer);
    *layer = (struct ta_subject){screen, state};
    face->count++;
    if (screen->open != NULL && !screen->open(face, state, argument, err)) {
        ta_face_question_release(&face->question);
        face->count--;
        free(state);
        return false;
    }
    return true;
}

static void close_top(struct ta_face *face)
{
    struct ta_subject layer = *ta_face_top(face);
    ta_face_question_release(&face->question);
    face->count--;
    if (layer.screen->close != NULL) {
        layer.screen->close(face, layer.state);
    }
    void **departed = ta_append(&face->departed, face->departed_count, sizeof *departed);
    *departed = layer.state;
    face->departed_count++;
}

static void free_departed(struct ta_face *face)
{
    while (face->departed_count > 0) {
        free(face->departed[--face->departed_count]);
    }
    free(face->departed);
    face->departed = NULL;
}

static void refresh_top(struct ta_face *face)
{
    struct ta_subject *layer = ta_face_top(face);
    struct ta_error err;
    if (layer != NULL && layer->screen->refresh != NULL) {
        (void)ta_face_check(face, layer->screen->refresh(face, layer->state, &err), &err);
    }
}

void ta_face_push(struct ta_face *face, const struct ta_screen *screen, const void *argument)
{
    struct ta_error err;
    (void)ta_face_check(face, open_layer(face, screen, argument, &err), &err);
}

void ta_face_dismiss(struct ta_face *face)
{
    close_top(face);
}

void ta_face_pop(struct ta_face *face)
{
    close_top(face);
    refresh_top(face);
}

void ta_face_replace(struct ta_face *face, const struct ta_screen *screen, const void *argument)
{
    struct ta_error err;
    close_top(face);
    if (open_layer(face, screen, argument, &err)) {
        return;
    }
    refresh_top(face);
    (void)ta_face_check(face, false, &err);
    if (face->count == 0) {
        face->failed = true;
        face->failure = err;
    }
}

void ta_face_restart(struct ta_face *face, const struct ta_screen *screen, const void *argument)
{
    while (face->count > 1) {
        close_top(face);
    }
    ta_face_replace(face, screen, argument);
}

/* The common commands */

static void open_overlay(struct ta_face *face, const struct ta_screen *overlay)
{
    struct ta_subject subject = {ta_face_top(face)->screen, ta_face_top(face)->state};
    ta_face_push(face, overlay, &subject);
}

static void show_help(struct ta_face *face, void *state)
{
    (void)state;
    open_overlay(face, &ta_help_screen);
}

static void show_palette(struct ta_face *face, void *state)
{
    (void)state;
    open_overlay(face, &ta_palette_screen);
}

static void go_back(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static void redraw(struct ta_face *face, void *state)
{
    (void)state;
    ta_term_forget(face->term);
}

static void sync(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_sync(face);
}

const struct ta_command ta_common_commands[] = {
    {"help", "? F1", "All keys that work here", show_help, NULL, false},
    {"command", ": A-x", "Any command by its name", show_palette, NULL, true},
    {"back", "q Esc", "To the screen before; q leaves the first one", go_back, NULL, true},
    {"redraw", "C-l", "Draw the screen anew", redraw, NULL, true},
    {"sync", "S", "Sync with the other machine; again stops it", sync, NULL, true},
};

const struct ta_command *const ta_back = &ta_common_commands[2];

size_t ta_common_command_count(const struct ta_screen *screen)
{
    enum { COMMON = sizeof ta_common_commands / sizeof ta_common_commands[0], OF_PAIR = 1 };
    return screen->apart ? COMMON - OF_PAIR : COMMON;
}

/* Keys */

bool ta_command_applies(const struct ta_command *command, const void *state)
{
    return command->applies == NULL || command->applies(state);
}

static bool run_command(struct ta_face *face, const struct ta_command *commands, size_t count,
                        const struct ta_key *key)
{
    void *state = ta_face_top(face)->state;
    for (size_t i = 0; i < count; i++) {
        const struct ta_command *command = &commands[i];
        if (command->keys != NULL && ta_key_is(key, command->keys) &&
            ta_command_applies(command, state)) {
            command->run(face, state);
            return true;
        }
    }
    return false;
}

static bool give_key(struct ta_face *face, const struct ta_subject *layer, const struct ta_key *key)
{
    return layer->screen->key != NULL && layer->screen->key(face, layer->state, key);
}

/* One Esc too many, after a few screens, is no wish to leave. Where q is a letter, Esc leaves. */
static bool is_esc_too_many(const struct ta_face *face, const struct ta_screen *screen,
                            const struct ta_key *key)
{
    return face->count == 1 && !screen->typing && key->code == TA_KEY_ESCAPE;
}

/* Keys that seek something in a list or a text are no question when there is nothing to find. */
static bool is_worth_an_answer(const struct ta_key *key)
{
    bool function_key = key->code >= TA_KEY_F1 && key->code <= TA_KEY_F12;
    return key->code == TA_KEY_TEXT || key->code == TA_KEY_ENTER || key->code == TA_KEY_TAB ||
           key->code == TA_KEY_BACK_TAB || function_key;
}

/* The command that has the key, and does not apply now; NULL: none has it. */
static const struct ta_command *waiting_for(const struct ta_screen *screen,
                                            const struct ta_key *key)
{
    for (size_t i = 0; i < screen->command_count; i++) {
        const struct ta_command *command = &screen->commands[i];
        if (command->keys != NULL && ta_key_is(key, command->keys)) {
            return command;
        }
    }
    return NULL;
}

static void say_idle(struct ta_face *face, const struct ta_screen *screen, const struct ta_key *key)
{
    const struct ta_command *command = waiting_for(screen, key);
    const char *help = screen->typing ? "F1" : "?";
    char name[16];
    ta_key_write(name, key);
    if (command != NULL) {
        ta_face_say(face, TA_QUIET, "%s (%s) does nothing now; %s shows the keys.", name,
                    command->name, help);
    } else {
        ta_face_say(face, TA_QUIET, "%s does nothing here; %s shows the keys.", name, help);
    }
}

static bool run_own_command(struct ta_face *face, const struct ta_screen *screen,
                            const struct ta_key *key)
{
    return (face->is_asked && run_command(face, ta_asked_commands, 1, key)) ||
           run_command(face, screen->commands, screen->command_count, key);
}

static void take_screen_key(struct ta_face *face, const struct ta_key *key)
{
    const struct ta_subject layer = *ta_face_top(face);
    const struct ta_screen *screen = layer.screen;
    if ((screen->typing && give_key(face, &layer, key)) || run_own_command(face, screen, key)) {
        return;
    }
    if (is_esc_too_many(face, screen, key)) {
        ta_face_say(face, TA_QUIET, "This is the first screen: q leaves. Nothing has to be saved.");
    } else if (!run_command(face, ta_common_commands, ta_common_command_count(screen), key) &&
               (screen->typing || !give_key(face, &layer, key)) && is_worth_an_answer(key)) {
        say_idle(face, screen, key);
    }
}

static bool is_small(const struct ta_face *face)
{
    int rows;
    int columns;
    ta_term_size(face->term, &rows, &columns);
    return rows < LEAST_ROWS || columns < LEAST_COLUMNS;
}

static void take_key(struct ta_face *face, const struct ta_key *key)
{
    if (key->code == TA_KEY_HANG_UP) {
        while (face->count > 0) {
            close_top(face);
        }
    } else if (key->code != TA_KEY_NONE && key->code != TA_KEY_RESIZE && !is_small(face)) {
        ta_text_clear(&face->message);
        if (face->question.text != NULL) {
            ta_face_question_key(face, key);
        } else {
            take_screen_key(face, key);
        }
    }
    free_departed(face);
}

static void draw_too_small(struct ta_surface *surface)
{
    (void)ta_putf(surface, 0, 0, surface->columns, TA_STRONG, "%dx%d is too small: %dx%d",
                  surface->columns, surface->rows, (int)LEAST_COLUMNS, (int)LEAST_ROWS);
    surface->cursor_row = 0;
    surface->cursor_column = 0;
}

static void draw(struct ta_face *face)
{
    int rows;
    int columns;
    ta_term_size(face->term, &rows, &columns);
    ta_surface_clear(&face->surface, rows, columns);
    if (is_small(face)) {
        draw_too_small(&face->surface);
    } else {
        const struct ta_subject *layer = ta_face_top(face);
        ta_face_say_kept(face);
        layer->screen->draw(face, layer->state, &face->surface);
        ta_face_draw_foot(face);
    }
    ta_term_show(face->term, &face->surface);
}

/* Running */

/* The instant at which the screen on top wants to be called; 0: it does not. */
static int64_t tick(struct ta_face *face)
{
    const struct ta_subject layer = *ta_face_top(face);
    int64_t now = ta_face_now(face);
    int64_t wanted = layer.screen->tick == NULL ? 0 : layer.screen->tick(face, layer.state, now);
    free_departed(face);
    return wanted == 0 || wanted > now ? wanted : now + 1;
}

/* Milliseconds until an instant; -1: it never comes. */
static int64_t left_until(const struct ta_face *face, int64_t instant)
{
    int64_t left = instant - ta_face_now(face);
    return instant == 0 ? -1 : left > 0 ? left : 0;
}

/* Whether another terminal, a command or what goes on beside has something to show. */
static bool listen(struct ta_face *face)
{
    bool told = ta_face_look_at_errand(face);
    face->news = ta_desk_heard(face->desk) || face->news;
    return face->news || told;
}

/* Who is asked something answers first: what they are asked about stays as it is shown. What an
 * overlay is about is told when the overlay is gone. */
static void tell_news(struct ta_face *face)
{
    (void)listen(face);
    ta_face_show_asked(face);
    ta_face_show_named(face);
    const struct ta_subject layer = *ta_face_top(face);
    if (!face->news || face->question.text != NULL || ta_is_overlay(layer.screen)) {
        return;
    }
    face->news = layer.screen->heard != NULL && !layer.screen->heard(face, layer.state);
    free_departed(face);
}

/* The next key, or TA_KEY_NONE when it is time or something was changed elsewhere: half a key, say,
 * changes nothing that is shown. */
static void wait_for_key(struct ta_face *face, int64_t wake_at, struct ta_key *key)
{
    int64_t left;
    do {
        int watched[TA_TERM_WATCHED] = {face->bell, ta_face_errand_descriptor(face),
                                        ta_face_asker_descriptor(face)};
        left = left_until(face, wake_at);
        ta_term_wait(face->term, left, watched, key);
    } while (key->code == TA_KEY_NONE && left != 0 && !listen(face));
}

/* All keys that are there, so that a paste into a terminal without paste marks draws once. */
static void take_keys(struct ta_face *face, int64_t wake_at)
{
    struct ta_key key;
    wait_for_key(face, wake_at, &key);
    take_key(face, &key);
    for (int i = 0; i < KEYS_AT_ONCE && key.code != TA_KEY_NONE && face->count > 0; i++) {
        if (!ta_term_next(face->term, &key)) {
            break;
        }
        take_key(face, &key);
    }
}

static void release(struct ta_face *face)
{
    ta_face_end_errand(face);
    free(face->layers);
    ta_face_question_release(&face->question);
    ta_surface_release(&face->surface);
    ta_text_release(&face->clip);
    ta_text_release(&face->message);
    ta_text_release(&face->kept);
    ta_text_release(&face->named);
}

/* Behind the first screen, which does not wait for it; what was changed since that was read is
 * news. True when it was hung just now. */
static bool hang_bell(struct ta_face *face)
{
    bool hangs = face->bell != NOT_YET;
    if (!hangs) {
        face->bell = ta_desk_listen(face->desk);
        face->news = face->bell >= 0;
    }
    return !hangs;
}

bool ta_face_run(struct ta_desk *desk, struct ta_term *term, const struct ta_screen *first,
                 const void *argument, struct ta_error *err)
{
    struct ta_face face = {.desk = desk, .term = term, .bell = NOT_YET};
    bool ok = open_layer(&face, first, argument, err);
    while (face.count > 0) {
        int64_t wake_at = tick(&face);
        if (face.count > 0) {
            draw(&face);
        }
        if (face.count > 0 && !hang_bell(&face)) {
            take_keys(&face, wake_at);
        }
        if (face.count > 0) {
            tell_news(&face);
        }
    }
    if (face.failed) {
        ok = ta_fail(err, face.failure.code, "%s", face.failure.text);
    }
    release(&face);
    return ok;
}

void ta_face_lend(void *face, bool lent)
{
    struct ta_term *term = ((struct ta_face *)face)->term;
    (lent ? ta_term_leave : ta_term_return)(term);
}

bool ta_face_is_typed(const struct ta_face *face)
{
    return ta_term_is_typed(face->term);
}

bool ta_face_edit(struct ta_face *face, struct ta_text *text, const char *name)
{
    struct ta_error err;
    ta_term_leave(face->term);
    bool ok = ta_editor_run(text, face->desk->editor, name, &err);
    ta_term_return(face->term);
    return ta_face_check(face, ok, &err);
}
