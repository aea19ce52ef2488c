/* The two rows at the foot of every screen: what is said or asked, and the keys that matter. */
#include <stdarg.h>
#include <string.h>

#include "face.h"
#include "turnabout/base/unicode.h"

/* Messages */

void ta_face_say(struct ta_face *face, enum ta_role_of_cell role, const char *format, ...)
{
    struct ta_text text = {0};
    va_list arguments;
    va_start(arguments, format);
    ta_text_addv(&text, format, arguments); /* what it says now may be among them */
    va_end(arguments);
    ta_text_release(&face->message);
    face->message = text;
    face->message_role = role;
}

bool ta_face_check(struct ta_face *face, bool ok, const struct ta_error *err)
{
    if (!ok) {
        ta_face_say(face, TA_ALARM, "%s", err->text);
    }
    return ok;
}

void ta_face_unsay(struct ta_face *face, const char *text)
{
    if (face->message.length > 0 && strcmp(face->message.bytes, text) == 0) {
        ta_text_clear(&face->message);
    }
}

void ta_face_keep_said(struct ta_face *face)
{
    ta_text_release(&face->kept);
    ta_text_add(&face->kept, face->message.bytes);
    face->kept_role = face->message_role;
}

void ta_face_say_kept(struct ta_face *face)
{
    if (face->kept.length == 0 || ta_is_overlay(ta_face_top(face)->screen)) {
        return;
    }
    if (face->message.length == 0) {
        ta_face_say(face, face->kept_role, "%s", face->kept.bytes);
    }
    ta_text_release(&face->kept);
}

/* Keys */

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

/* As many commands as fit, and always the one that leads to all others; where nothing can be done,
 * the way back. */
static void draw_commands(const struct ta_subject *layer, struct ta_surface *surface)
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
        if (column == 1) {
            int used = put_foot_command(surface, column, end - kept, ta_back, screen->typing);
            column += used + GAP;
        }
        (void)put_foot_command(surface, column, end, &ta_common_commands[0], screen->typing);
    }
}

static void draw_keys(struct ta_face *face)
{
    struct ta_surface *surface = &face->surface;
    ta_paint(surface, (struct ta_area){surface->rows - 1, 0, 1, surface->columns}, TA_FOOT);
    if (face->question.text == NULL) {
        draw_commands(ta_face_top(face), surface);
        return;
    }
    int column = 1;
    if (face->question.keys == NULL) {
        column += put_foot(surface, column, surface->columns - 1, "⏎", "answer") + 2;
    }
    (void)put_foot(surface, column, surface->columns - 1, "Esc", "leave it");
}

int ta_draw_sentence(struct ta_surface *surface, int last, enum ta_role_of_cell role,
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

/* What is said stands above what is asked. Where nobody says anything, what goes on beside. */
static void draw_message_line(struct ta_face *face)
{
    struct ta_surface *surface = &face->surface;
    const struct ta_face_question *question = &face->question;
    int row = surface->rows - 2;
    if (question->text != NULL) {
        row = ta_face_question_draw(question, surface, row) - 1;
    }
    if (face->message.length > 0) {
        (void)ta_draw_sentence(surface, row, face->message_role, face->message.bytes);
    } else if (question->text == NULL) {
        struct ta_text errand = {0};
        ta_face_say_errand(face, &errand);
        (void)ta_put(surface, row, 1, surface->columns - 2, TA_QUIET,
                     errand.length > 0 ? errand.bytes : "");
        ta_text_release(&errand);
    }
}

void ta_face_draw_foot(struct ta_face *face)
{
    draw_message_line(face);
    draw_keys(face);
}
