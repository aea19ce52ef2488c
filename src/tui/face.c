#include "face.h"

#include <stdarg.h>
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
    ANSWER_LIMIT = 4096,
    KEYS_AT_ONCE = 4096, /* handled before the screen is drawn again */
};

struct layer {
    const struct ta_screen *screen;
    void *state;
};

/* A question on the message line: for a line of text, or (when `keys`) for one key. */
enum { NOT_YET = -2 }; /* of a bell that is hung when the first screen stands */

struct question {
    char *text; /* NULL: none is asked */
    char *keys;
    struct ta_editor line;
    void *state; /* of the screen that asks */
    bool (*answer)(struct ta_face *face, void *state, const char *text);
    void (*answer_key)(struct ta_face *face, void *state, char key);
};

struct ta_face {
    struct ta_desk *desk;
    struct ta_term *term;
    struct layer *layers; /* the last one is on top */
    size_t count;
    void **departed; /* states of closed screens, until the key that closed them is handled */
    size_t departed_count;
    struct ta_surface surface;
    struct ta_text clip;
    struct ta_text message;
    enum ta_role_of_cell message_role;
    struct question question;
    int bell;  /* readable when something was changed elsewhere; -1: there is none, or NOT_YET */
    bool news; /* that the screen on top was not told yet */
    bool hides_mine;
    bool failed; /* nothing was left to show `failure` on */
    struct ta_error failure;
};

static struct layer *top(struct ta_face *face)
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

/* Messages and questions */

void ta_face_say(struct ta_face *face, enum ta_role_of_cell role, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text;
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        abort();
    }
    ta_text_clear(&face->message);
    ta_text_add_bytes(&face->message, text, (size_t)length);
    face->message_role = role;
    free(text);
}

bool ta_face_check(struct ta_face *face, bool ok, const struct ta_error *err)
{
    if (!ok) {
        ta_face_say(face, TA_ALARM, "%s", err->text);
    }
    return ok;
}

static void release_question(struct question *question)
{
    free(question->text);
    free(question->keys);
    ta_editor_release(&question->line);
    *question = (struct question){0};
}

static struct question *new_question(struct ta_face *face, const char *text, const char *proposed)
{
    struct question *question = &face->question;
    release_question(question);
    question->text = ta_copy(text);
    question->state = top(face)->state;
    ta_editor_init(&question->line, proposed, false, ANSWER_LIMIT);
    question->line.anchor = 0; /* what is proposed is selected: typing takes its place */
    return question;
}

void ta_face_ask(struct ta_face *face, const char *text, const char *proposed,
                 bool (*answer)(struct ta_face *face, void *state, const char *text))
{
    new_question(face, text, proposed)->answer = answer;
}

void ta_face_ask_key(struct ta_face *face, const char *text, const char *keys,
                     void (*answer)(struct ta_face *face, void *state, char key))
{
    struct question *question = new_question(face, text, NULL);
    question->keys = ta_copy(keys);
    question->answer_key = answer;
}

/* The question is set aside while it is answered, because an answer may ask the next one, or leave
 * the screen. */
static void answer_line(struct ta_face *face)
{
    struct question asked = face->question;
    face->question = (struct question){0};
    bool done = asked.answer(face, asked.state, ta_editor_text(&asked.line));
    bool left = face->count == 0 || top(face)->state != asked.state;
    if (done || left || face->question.text != NULL) {
        release_question(&asked);
    } else {
        face->question = asked;
    }
}

static void answer_key(struct ta_face *face, const struct ta_key *key)
{
    bool plain = key->code == TA_KEY_TEXT && !key->control && !key->alt && key->text[1] == '\0';
    if (!plain || strchr(face->question.keys, key->text[0]) == NULL) {
        return;
    }
    struct question asked = face->question;
    face->question = (struct question){0};
    asked.answer_key(face, asked.state, key->text[0]);
    release_question(&asked);
}

static void take_answer(struct ta_face *face, const struct ta_key *key)
{
    if (key->code == TA_KEY_ESCAPE) {
        release_question(&face->question);
    } else if (face->question.keys != NULL) {
        answer_key(face, key);
    } else if (key->code == TA_KEY_ENTER) {
        answer_line(face);
    } else if (ta_editor_key(&face->question.line, key, &face->clip) == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION, "No more than %d bytes fit here.", (int)ANSWER_LIMIT);
    }
}

/* The stack of screens */

/* The screen is on top while it opens, so that it may ask something at once. */
static bool open_layer(struct ta_face *face, const struct ta_screen *screen, const void *argument,
                       struct ta_error *err)
{
    void *state = ta_allocate(1, screen->size > 0 ? screen->size : 1);
    release_question(&face->question);
    struct layer *layer = ta_append(&face->layers, face->count, sizeof *layer);
    *layer = (struct layer){screen, state};
    face->count++;
    if (screen->open != NULL && !screen->open(face, state, argument, err)) {
        release_question(&face->question);
        face->count--;
        free(state);
        return false;
    }
    return true;
}

static void close_top(struct ta_face *face)
{
    struct layer layer = *top(face);
    release_question(&face->question);
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
    struct layer *layer = top(face);
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

/* The common commands */

static void open_overlay(struct ta_face *face, const struct ta_screen *overlay)
{
    struct ta_subject subject = {top(face)->screen, top(face)->state};
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

const struct ta_command ta_common_commands[] = {
    {"help", "? F1", "All keys that work here", show_help, NULL, false},
    {"command", ": A-x", "Any command by its name", show_palette, NULL, true},
    {"back", "q Esc", "To the screen before; from the first one, out", go_back, NULL, true},
    {"redraw", "C-l", "Draw the screen anew", redraw, NULL, true},
};

const size_t ta_common_command_count = sizeof ta_common_commands / sizeof ta_common_commands[0];

/* Keys */

bool ta_command_applies(const struct ta_command *command, const void *state)
{
    return command->applies == NULL || command->applies(state);
}

static bool run_command(struct ta_face *face, const struct ta_command *commands, size_t count,
                        const struct ta_key *key)
{
    void *state = top(face)->state;
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

static bool give_key(struct ta_face *face, const struct layer *layer, const struct ta_key *key)
{
    return layer->screen->key != NULL && layer->screen->key(face, layer->state, key);
}

static void take_screen_key(struct ta_face *face, const struct ta_key *key)
{
    const struct layer layer = *top(face);
    const struct ta_screen *screen = layer.screen;
    if (screen->typing && give_key(face, &layer, key)) {
        return;
    }
    if (run_command(face, screen->commands, screen->command_count, key) ||
        run_command(face, ta_common_commands, ta_common_command_count, key)) {
        return;
    }
    if (!screen->typing) {
        (void)give_key(face, &layer, key);
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
            take_answer(face, key);
        } else {
            take_screen_key(face, key);
        }
    }
    free_departed(face);
}

/* Drawing: the two rows at the foot */

static const struct {
    const char *name, *shown;
} shown_keys[] = {
    {"Enter", "⏎"}, {"Left", "←"}, {"Right", "→"}, {"Up", "↑"}, {"Down", "↓"},
};

/* The first of the names, as the footer shows it; when typing, the first that is not text. */
static void say_key(struct ta_text *out, const char *names, bool typing)
{
    struct ta_piece rest = ta_piece_of(names);
    struct ta_piece name = {0};
    while (ta_next_part(&rest, ' ', &name) && typing && name.length <= 1) {
    }
    for (size_t i = 0; i < sizeof shown_keys / sizeof shown_keys[0]; i++) {
        if (ta_piece_is(name, shown_keys[i].name)) {
            name = ta_piece_of(shown_keys[i].shown);
        }
    }
    ta_text_add_bytes(out, name.at, name.length);
}

/* Puts "key name" when it fits before `end`; returns the columns used. */
static int put_foot(struct ta_surface *surface, int column, int end, const char *key,
                    const char *name)
{
    int row = surface->rows - 1;
    int key_width = ta_width(key, strlen(key));
    int name_width = ta_width(name, strlen(name));
    if (column + key_width + 1 + name_width > end) {
        return 0;
    }
    (void)ta_put(surface, row, column, key_width, TA_KEY_NAME, key);
    (void)ta_put(surface, row, column + key_width + 1, name_width, TA_FOOT, name);
    return key_width + 1 + name_width;
}

static int put_foot_command(struct ta_surface *surface, int column, int end,
                            const struct ta_command *command, bool typing)
{
    struct ta_text key = {0};
    say_key(&key, command->keys, typing);
    int used = put_foot(surface, column, end, key.bytes, command->name);
    ta_text_release(&key);
    return used;
}

static bool is_in_foot(const struct ta_command *command, const void *state)
{
    return !command->quiet && command->keys != NULL && ta_command_applies(command, state);
}

/* As many commands as fit, and always the one that leads to all others. */
static void draw_commands(const struct layer *layer, struct ta_surface *surface)
{
    enum { HELP_WIDTH = 7, GAP = 2 }; /* "F1 help" */
    const struct ta_screen *screen = layer->screen;
    int end = surface->columns - 1;
    int kept = ta_is_overlay(screen) ? 0 : HELP_WIDTH + GAP;
    int column = 1;
    for (size_t i = 0; i < screen->command_count; i++) {
        if (!is_in_foot(&screen->commands[i], layer->state)) {
            continue;
        }
        int used = put_foot_command(surface, column, end - kept, &screen->commands[i], false);
        if (used == 0) {
            break;
        }
        column += used + GAP;
    }
    if (!ta_is_overlay(screen)) {
        (void)put_foot_command(surface, column, end, &ta_common_commands[0], screen->typing);
    }
}

static void draw_foot(struct ta_face *face)
{
    struct ta_surface *surface = &face->surface;
    ta_paint(surface, (struct ta_area){surface->rows - 1, 0, 1, surface->columns}, TA_FOOT);
    if (face->question.text == NULL) {
        draw_commands(top(face), surface);
        return;
    }
    int column = 1;
    if (face->question.keys == NULL) {
        column += put_foot(surface, column, surface->columns - 1, "⏎", "answer") + 2;
    }
    (void)put_foot(surface, column, surface->columns - 1, "Esc", "leave it");
}

/* A sentence that ends on row `last`, with as many rows above as it needs; returns the first. */
static int draw_sentence(struct ta_surface *surface, int last, enum ta_role_of_cell role,
                         const char *text)
{
    int most = surface->rows / 2;
    int columns = surface->columns - 2;
    struct ta_surface trial;
    ta_surface_init(&trial, most, columns);
    int rows = ta_put_wrapped(&trial, (struct ta_area){0, 0, most, columns}, role, text);
    ta_surface_release(&trial);
    int first = last - (rows > 0 ? rows : 1) + 1;
    ta_fill(surface, (struct ta_area){first, 0, rows, surface->columns}, TA_PLAIN, " ");
    (void)ta_put_wrapped(surface, (struct ta_area){first, 1, rows, columns}, role, text);
    return first;
}

/* The question with its keys: "Sign it? [y/n]". */
static int draw_key_question(struct ta_surface *surface, const struct question *question, int row)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "%s [", question->text);
    for (const char *key = question->keys; *key != '\0'; key++) {
        ta_text_addf(&text, "%s%c", key == question->keys ? "" : "/", *key);
    }
    ta_text_add(&text, "]");
    int first = draw_sentence(surface, row, TA_STRONG, text.bytes);
    ta_text_release(&text);
    surface->cursor_row = first;
    surface->cursor_column = 1;
    return first;
}

/* The answer beside the question when both fit well, else below it. */
static int draw_line_question(struct ta_surface *surface, const struct question *question, int row)
{
    int width = ta_width(question->text, strlen(question->text));
    bool beside = width + 1 <= surface->columns / 2;
    int column = beside ? width + 2 : 1;
    ta_fill(surface, (struct ta_area){row, 0, 1, surface->columns}, TA_PLAIN, " ");
    int first = draw_sentence(surface, beside ? row : row - 1, TA_STRONG, question->text);
    struct ta_area area = {row, column, 1, surface->columns - 1 - column};
    ta_editor_draw(&question->line, surface, area, TA_PLAIN, true);
    return first;
}

/* What is said stands above what is asked. */
static void draw_message_line(struct ta_face *face)
{
    struct ta_surface *surface = &face->surface;
    const struct question *question = &face->question;
    int row = surface->rows - 2;
    if (question->text != NULL) {
        row = (question->keys != NULL ? draw_key_question : draw_line_question)(surface, question,
                                                                                row) -
              1;
    }
    if (face->message.length > 0) {
        (void)draw_sentence(surface, row, face->message_role, face->message.bytes);
    }
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
        const struct layer *layer = top(face);
        layer->screen->draw(face, layer->state, &face->surface);
        draw_message_line(face);
        draw_foot(face);
    }
    ta_term_show(face->term, &face->surface);
}

/* Running */

/* The instant at which the screen on top wants to be called; 0: it does not. */
static int64_t tick(struct ta_face *face)
{
    const struct layer layer = *top(face);
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

static bool listen(struct ta_face *face)
{
    face->news = ta_desk_heard(face->desk) || face->news;
    return face->news;
}

/* Who is asked something answers first: what they are asked about stays as it is shown. */
static void tell_news(struct ta_face *face)
{
    if (!listen(face) || face->question.text != NULL) {
        return;
    }
    const struct layer layer = *top(face);
    face->news = layer.screen->heard != NULL && !layer.screen->heard(face, layer.state);
    free_departed(face);
}

/* The next key, or TA_KEY_NONE when it is time or something was changed elsewhere: half a key, say,
 * changes nothing that is shown. */
static void wait_for_key(struct ta_face *face, int64_t wake_at, struct ta_key *key)
{
    int64_t left;
    do {
        left = left_until(face, wake_at);
        ta_term_wait(face->term, left, face->bell, key);
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
    free(face->layers);
    release_question(&face->question);
    ta_surface_release(&face->surface);
    ta_text_release(&face->clip);
    ta_text_release(&face->message);
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
