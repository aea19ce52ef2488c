#include "trial.h"

#include <stdio.h>
#include <string.h>

#include "turnabout/base/date.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum { SECOND = 1000, FRUITS = 30 };

struct trial {
    struct ta_list fruits;
    int64_t now;
    char answer[64];
    unsigned draws, refreshed;
    bool secret_allowed;
};

static bool open_trial(struct ta_face *face, void *state, const void *argument,
                       struct ta_error *err)
{
    (void)argument;
    (void)err;
    struct trial *trial = state;
    ta_list_set_count(&trial->fruits, FRUITS);
    trial->now = ta_face_now(face);
    return true;
}

static bool refresh_trial(struct ta_face *face, void *state, struct ta_error *err)
{
    (void)face;
    (void)err;
    ((struct trial *)state)->refreshed++;
    return true;
}

static bool key_trial(struct ta_face *face, void *state, const struct ta_key *key)
{
    (void)face;
    return ta_list_key(&((struct trial *)state)->fruits, key);
}

static int64_t tick_trial(struct ta_face *face, void *state, int64_t now)
{
    (void)face;
    ((struct trial *)state)->now = now;
    return now - now % SECOND + SECOND;
}

static void draw_trial(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct trial *trial = state;
    char time[TA_DATE_SIZE];
    ta_moment_time(time, ta_moment_local(trial->now));
    ta_title(surface, "Trial", time);
    (void)ta_putf(surface, 1, 1, 60, TA_QUIET, "answer \"%s\", refreshed %u", trial->answer,
                  trial->refreshed);
    ta_rule(surface, 2);
    size_t rows = (size_t)(surface->rows - 5);
    size_t first = ta_list_show(&trial->fruits, rows);
    for (size_t row = 0; row < rows && first + row < trial->fruits.count; row++) {
        bool chosen = first + row == trial->fruits.chosen;
        (void)ta_putf(surface, 3 + (int)row, 1, 30, chosen ? TA_CHOSEN : TA_PLAIN, "fruit %zu",
                      first + row + 1);
        if (chosen) {
            surface->cursor_row = 3 + (int)row;
            surface->cursor_column = 1;
        }
    }
}

static bool take_name(struct ta_face *face, void *state, const char *text)
{
    struct trial *trial = state;
    if (text[0] == '\0') {
        ta_face_say(face, TA_ALARM, "A name has at least one letter; Escape leaves it.");
        return false;
    }
    (void)snprintf(trial->answer, sizeof trial->answer, "%s", text);
    return true;
}

static void ask_name(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_ask(face, "What is its name?", "apple", take_name);
}

static void take_choice(struct ta_face *face, void *state, char key)
{
    struct trial *trial = state;
    (void)snprintf(trial->answer, sizeof trial->answer, "key %c", key);
    trial->secret_allowed = key == 'y';
    ta_face_bell(face);
}

static void ask_choice(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_ask_key(face, "Allow the secret?", "yn", take_choice);
}

static void say_long(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_say(face, TA_CAUTION,
                "A long sentence that a narrow window cannot show on a single line is shown on as "
                "many as it needs, because it says what to do now.");
}

static bool secret_applies(const void *state)
{
    return ((const struct trial *)state)->secret_allowed;
}

static void tell_secret(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_say(face, TA_MINE, "The secret.");
}

/* A second screen, to type on. */

struct typing {
    struct ta_editor line;
};

static bool open_typing(struct ta_face *face, void *state, const void *argument,
                        struct ta_error *err)
{
    (void)face;
    if (argument != NULL) {
        return ta_fail(err, TA_REFUSED, "It does not open: try another door.");
    }
    ta_editor_init(&((struct typing *)state)->line, NULL, false, 100);
    return true;
}

static bool key_typing(struct ta_face *face, void *state, const struct ta_key *key)
{
    struct typing *typing = state;
    return ta_editor_key(&typing->line, key, ta_face_clip(face)) != TA_EDIT_NOT_MINE;
}

static void draw_typing(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct typing *typing = state;
    ta_title(surface, "Typing", NULL);
    ta_editor_draw(&typing->line, surface, (struct ta_area){2, 1, 1, surface->columns - 2},
                   TA_PLAIN, true);
}

static void close_typing(struct ta_face *face, void *state)
{
    (void)face;
    ta_editor_release(&((struct typing *)state)->line);
}

static void clear_line(struct ta_face *face, void *state)
{
    ta_editor_set(&((struct typing *)state)->line, "");
    ta_face_say(face, TA_GOOD, "Cleared.");
}

static const struct ta_command typing_commands[] = {
    {.name = "clear", .keys = "F2", .help = "Empty the line", .run = clear_line},
};

static const struct ta_screen typing_screen = {
    .name = "typing",
    .size = sizeof(struct typing),
    .commands = typing_commands,
    .command_count = sizeof typing_commands / sizeof typing_commands[0],
    .typing = true,
    .open = open_typing,
    .key = key_typing,
    .draw = draw_typing,
    .close = close_typing,
};

static void open_second(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &typing_screen, NULL);
}

static void open_locked(struct ta_face *face, void *state)
{
    ta_face_push(face, &typing_screen, state);
}

static const struct ta_command trial_commands[] = {
    {.name = "name it", .keys = "Enter n", .help = "Give the fruit a name", .run = ask_name},
    {.name = "choose", .keys = "c", .help = "Choose with one key", .run = ask_choice},
    {.name = "talk", .keys = "t", .help = "A long sentence", .run = say_long},
    {.name = "write", .keys = "w", .help = "A screen to type on", .run = open_second},
    {.name = "locked", .keys = "l", .help = "A screen that does not open", .run = open_locked},
    {.name = "secret",
     .keys = "s",
     .help = "Only when it is allowed",
     .run = tell_secret,
     .applies = secret_applies},
};

const struct ta_screen trial_screen = {
    .name = "trial",
    .size = sizeof(struct trial),
    .commands = trial_commands,
    .command_count = sizeof trial_commands / sizeof trial_commands[0],
    .open = open_trial,
    .refresh = refresh_trial,
    .key = key_trial,
    .tick = tick_trial,
    .draw = draw_trial,
};
