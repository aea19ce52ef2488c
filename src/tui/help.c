/*
 * What one can do here: a list of the commands of a screen, narrowed as one types. `?` looks for
 * the words anywhere, `:` for the beginning of a name; Enter gives the command.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "face.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum {
    MOST_COLUMNS = 76,
    WIDE_COLUMNS = 60, /* from here on keys, name and help stand side by side */
    KEYS_COLUMNS = 12,
    KEYS_COLUMNS_LEAST = 9,
    NAME_COLUMNS = 14,
    SEARCH_LIMIT = 128,
    MORE_COLUMNS = 8, /* " more ↓ ", in the lower border */
};

/* Leads to a command whose own keys are others' here. */
#define LIST_KEY "A-x"

struct found {
    const struct ta_command *command;
};

struct overlay {
    struct ta_subject subject;
    const char *title;
    bool (*matches)(const struct ta_command *command, const char *typed);
    struct ta_editor line;
    struct found *found;
    struct ta_list list;
    bool is_asked;   /* by git or ssh */
    bool lists_keys; /* it is there to find keys by */
};

static bool holds(const char *text, const char *typed)
{
    return text != NULL && strcasestr(text, typed) != NULL;
}

static bool matches_anywhere(const struct ta_command *command, const char *typed)
{
    return holds(command->name, typed) || holds(command->help, typed) ||
           (command->keys != NULL && strstr(command->keys, typed) != NULL);
}

static bool matches_name(const struct ta_command *command, const char *typed)
{
    return strncasecmp(command->name, typed, strlen(typed)) == 0;
}

static bool is_common(const struct ta_screen *screen, const struct ta_command *command)
{
    for (size_t i = 0; i < ta_common_command_count(screen); i++) {
        if (command == &ta_common_commands[i]) {
            return true;
        }
    }
    return false;
}

/* Whether the screen itself does something else with this key. */
static bool is_taken(const struct overlay *overlay, struct ta_piece name)
{
    const struct ta_screen *screen = overlay->subject.screen;
    for (size_t i = 0; i < screen->command_count; i++) {
        const struct ta_command *command = &screen->commands[i];
        struct ta_piece rest = ta_piece_of(command->keys != NULL ? command->keys : "");
        struct ta_piece key;
        while (ta_command_applies(command, overlay->subject.state) &&
               ta_next_part(&rest, ' ', &key)) {
            if (key.length == name.length && memcmp(key.at, name.at, key.length) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* As many keys of a command as there is room for; where one types, a character is text and no key
 * for what is common to all screens, and neither is what the screen has taken for itself. */
static void say_keys(struct ta_text *out, const struct overlay *overlay,
                     const struct ta_command *command, int columns)
{
    bool text_counts =
        !overlay->subject.screen->typing || !is_common(overlay->subject.screen, command);
    struct ta_piece rest = ta_piece_of(command->keys);
    for (struct ta_piece name; ta_next_part(&rest, ' ', &name);) {
        bool taken = is_common(overlay->subject.screen, command) && is_taken(overlay, name);
        bool fits = out->length == 0 || (int)(out->length + 1 + name.length) <= columns;
        if ((text_counts || name.length > 1) && !taken && fits) {
            ta_text_addf(out, "%s%.*s", out->length > 0 ? " " : "", (int)name.length, name.at);
        }
    }
}

/* Whether the screen has something of the same name and the same keys: it stands for both. */
static bool is_there_already(const struct overlay *overlay, const struct ta_command *command)
{
    bool same = false;
    for (size_t i = 0; i < overlay->list.count; i++) {
        same = same || strcmp(overlay->found[i].command->name, command->name) == 0;
    }
    if (!same || !is_common(overlay->subject.screen, command)) {
        return false;
    }
    struct ta_text keys = {0};
    say_keys(&keys, overlay, command, KEYS_COLUMNS);
    bool left = keys.length > 0;
    ta_text_release(&keys);
    return !left;
}

static void find_among(struct overlay *overlay, const struct ta_command *commands, size_t count)
{
    const char *typed = ta_editor_text(&overlay->line);
    for (size_t i = 0; i < count; i++) {
        if (ta_command_applies(&commands[i], overlay->subject.state) &&
            overlay->matches(&commands[i], typed) && !is_there_already(overlay, &commands[i])) {
            overlay->found[overlay->list.count++].command = &commands[i];
        }
    }
}

static void find(struct overlay *overlay)
{
    const struct ta_screen *screen = overlay->subject.screen;
    overlay->list = (struct ta_list){0};
    if (overlay->is_asked) {
        find_among(overlay, ta_asked_commands, 1);
    }
    find_among(overlay, screen->commands, screen->command_count);
    find_among(overlay, ta_common_commands, ta_common_command_count(screen));
}

static void open_overlay(struct overlay *overlay, const struct ta_subject *subject)
{
    overlay->subject = *subject;
    ta_editor_init(&overlay->line, NULL, false, SEARCH_LIMIT);
    size_t most = subject->screen->command_count + ta_common_command_count(subject->screen) + 1;
    overlay->found = ta_allocate(most, sizeof *overlay->found);
    find(overlay);
}

static bool open_help(struct ta_face *face, void *state, const void *argument, struct ta_error *err)
{
    (void)err;
    struct overlay *overlay = state;
    overlay->is_asked = face->is_asked;
    overlay->lists_keys = true;
    overlay->title = "What you can do here";
    overlay->matches = matches_anywhere;
    open_overlay(overlay, argument);
    return true;
}

static bool open_palette(struct ta_face *face, void *state, const void *argument,
                         struct ta_error *err)
{
    (void)err;
    struct overlay *overlay = state;
    overlay->is_asked = face->is_asked;
    overlay->title = "Command";
    overlay->matches = matches_name;
    open_overlay(overlay, argument);
    return true;
}

static void close_overlay(struct ta_face *face, void *state)
{
    (void)face;
    struct overlay *overlay = state;
    ta_editor_release(&overlay->line);
    free(overlay->found);
}

/* Keys */

static void give_chosen(struct ta_face *face, void *state)
{
    const struct overlay *overlay = state;
    if (overlay->list.count == 0) {
        return;
    }
    const struct ta_command *command = overlay->found[overlay->list.chosen].command;
    struct ta_subject subject = overlay->subject;
    ta_face_dismiss(face);
    command->run(face, subject.state);
}

static void complete(struct ta_face *face, void *state)
{
    (void)face;
    struct overlay *overlay = state;
    if (overlay->list.count > 0) {
        ta_editor_set(&overlay->line, overlay->found[overlay->list.chosen].command->name);
        find(overlay);
    }
}

static void dismiss(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_dismiss(face);
}

static const struct ta_command commands[] = {
    {.name = "do it", .keys = "Enter", .help = "Give the chosen command", .run = give_chosen},
    {.name = "back", .keys = "Esc F1", .help = "Back to the screen", .run = dismiss},
    {.name = "complete", .keys = "Tab", .help = "The chosen command's name", .run = complete},
};

static bool is_text(const struct ta_key *key)
{
    return key->code == TA_KEY_TEXT || key->code == TA_KEY_HOME || key->code == TA_KEY_END;
}

static bool take_key(struct ta_face *face, void *state, const struct ta_key *key)
{
    struct overlay *overlay = state;
    if (!is_text(key) && ta_list_key(&overlay->list, key)) {
        return true;
    }
    enum ta_edited edited = ta_editor_key(&overlay->line, key, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        find(overlay);
    }
    return edited != TA_EDIT_NOT_MINE;
}

/* The clock below goes on. */
static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    const struct ta_subject *subject = &((struct overlay *)state)->subject;
    return subject->screen->tick == NULL ? 0 : subject->screen->tick(face, subject->state, now);
}

/* Drawing */

static struct ta_area place(const struct overlay *overlay, const struct ta_surface *surface)
{
    const struct ta_screen *screen = overlay->subject.screen;
    size_t most = screen->command_count + ta_common_command_count(screen);
    int columns = surface->columns - 4 < MOST_COLUMNS ? surface->columns - 4 : MOST_COLUMNS;
    int rows = surface->rows - 4;
    rows = (size_t)rows < most + 3 ? rows : (int)most + 3;
    return (struct ta_area){(surface->rows - 2 - rows) / 2 + 1, (surface->columns - columns) / 2,
                            rows, columns};
}

/* Where it is narrow, the help says it all: only what has no key shows its name. */
static void draw_command(const struct overlay *overlay, const struct ta_command *command,
                         struct ta_surface *surface, struct ta_area line, bool chosen)
{
    struct ta_text names = {0};
    bool wide = line.columns >= WIDE_COLUMNS;
    bool keyless = command->keys == NULL;
    int keys = wide ? KEYS_COLUMNS : KEYS_COLUMNS_LEAST;
    int help = line.column + keys + (wide ? NAME_COLUMNS : 0);
    if (!keyless) {
        say_keys(&names, overlay, command, keys - 1);
        if (overlay->lists_keys && names.length == 0) {
            ta_text_add(&names, LIST_KEY);
        }
    } else if (!wide) {
        ta_text_add(&names, command->name);
    }
    if (names.length > 0) {
        (void)ta_put(surface, line.row, line.column, keys - 1, TA_KEY_NAME, names.bytes);
    }
    ta_text_release(&names);
    if (wide) {
        (void)ta_put(surface, line.row, line.column + keys, NAME_COLUMNS - 1, TA_PLAIN,
                     command->name);
    }
    (void)ta_put(surface, line.row, help, line.column + line.columns - help, TA_QUIET,
                 command->help);
    if (chosen) {
        ta_paint(surface, line, TA_CHOSEN);
    }
}

static void draw_found(const struct overlay *overlay, struct ta_surface *surface,
                       struct ta_area area)
{
    size_t first = ta_list_show(&overlay->list, (size_t)area.rows);
    for (int row = 0; row < area.rows && first + (size_t)row < overlay->list.count; row++) {
        size_t index = first + (size_t)row;
        struct ta_area line = {area.row + row, area.column, 1, area.columns};
        draw_command(overlay, overlay->found[index].command, surface, line,
                     index == overlay->list.chosen);
    }
    if (overlay->list.count == 0) {
        (void)ta_put(surface, area.row, area.column, area.columns, TA_QUIET, "Nothing like that.");
    }
    if (first + (size_t)area.rows < overlay->list.count) {
        (void)ta_put(surface, area.row + area.rows, area.column + area.columns - MORE_COLUMNS,
                     MORE_COLUMNS, TA_QUIET, " more ↓ ");
    }
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    const struct overlay *overlay = state;
    overlay->subject.screen->draw(face, overlay->subject.state, surface);
    struct ta_area box = place(overlay, surface);
    /* A blank on either side: a mark beside the box would point into it. */
    ta_fill(surface, (struct ta_area){box.row, box.column - 1, box.rows, box.columns + 2}, TA_PLAIN,
            " ");
    ta_box(surface, box, overlay->title);
    struct ta_area line = {box.row + 1, box.column + 2, 1, box.columns - 4};
    (void)ta_put(surface, line.row, line.column, 2, TA_KEY_NAME, "›");
    line.column += 2;
    line.columns -= 2;
    ta_editor_draw(&overlay->line, surface, line, TA_PLAIN, true);
    draw_found(overlay, surface,
               (struct ta_area){box.row + 2, box.column + 2, box.rows - 3, box.columns - 4});
}

const struct ta_screen ta_help_screen = {
    .name = "help",
    .size = sizeof(struct overlay),
    .commands = commands,
    .command_count = sizeof commands / sizeof commands[0],
    .typing = true,
    .open = open_help,
    .key = take_key,
    .tick = tick,
    .draw = draw,
    .close = close_overlay,
};

const struct ta_screen ta_palette_screen = {
    .name = "command",
    .size = sizeof(struct overlay),
    .commands = commands,
    .command_count = sizeof commands / sizeof commands[0],
    .typing = true,
    .open = open_palette,
    .key = take_key,
    .tick = tick,
    .draw = draw,
    .close = close_overlay,
};

bool ta_is_overlay(const struct ta_screen *screen)
{
    return screen == &ta_help_screen || screen == &ta_palette_screen;
}
