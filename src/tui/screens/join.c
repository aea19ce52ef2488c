/* Join: the pair is on a remote already, because the other of the two set it up; it is brought to
 * this machine. */
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/typed.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum field { FIELD_URL, FIELD_ROLE, FIELDS };

enum {
    LABEL = 3,
    VALUE = 18,
    ROOMY = 18,
    WIDEST = 80,
    LINE_MOST = 2000,
    KEEP_AFTER = 800, /* milliseconds */
};

static const char draft[] = "join"; /* what is typed here, until it is joined */

static const struct {
    const char *words;
    const char *role; /* for --as; NULL: the names say it */
} choices[] = {
    {"known by name", NULL},
    {"the mentor", "mentor"},
    {"the mentee", "mentee"},
};

enum { CHOICES = sizeof choices / sizeof *choices };

static const struct {
    const char *label, *hint;
} facts[FIELDS] = {
    [FIELD_URL] = {"The address",
                   "What the other of the two gave you: git@host:team/pair.git, an https:// or "
                   "ssh:// address, or a folder. You need to be allowed to read and write there."},
    [FIELD_ROLE] = {"You are",
                    "Your name in git's configuration, or in Turnabout's, tells who of the two you "
                    "are; if it does not, say it here. ←/→ to change."},
};

struct join {
    struct ta_editor url;
    size_t choice;
    enum field field;
    bool away; /* the errand was sent */
    int64_t touched;
};

static void keep(struct ta_face *face, struct join *join)
{
    ta_desk_keep_typed(ta_face_desk(face), NULL, draft, ta_editor_text(&join->url));
    join->touched = 0;
}

static bool open_join(struct ta_face *face, void *state, const void *argument, struct ta_error *err)
{
    (void)argument;
    (void)err;
    struct join *join = state;
    char *kept = NULL;
    ta_desk_typed(ta_face_desk(face), NULL, draft, &kept);
    ta_editor_init(&join->url, kept, false, LINE_MOST);
    free(kept);
    return true;
}

static void close_join(struct ta_face *face, void *state)
{
    struct join *join = state;
    if (join->touched) {
        keep(face, join);
    }
    ta_editor_release(&join->url);
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct join *join = state;
    if (join->touched && now - join->touched >= KEEP_AFTER) {
        keep(face, join);
    }
    return join->touched ? join->touched + KEEP_AFTER : 0;
}

/* Joining */

static void send(struct ta_face *face, struct join *join)
{
    struct ta_piece typed = ta_piece_trim(ta_piece_of(ta_editor_text(&join->url)));
    if (typed.length == 0) {
        join->field = FIELD_URL;
        ta_face_say(face, TA_ALARM,
                    "The address is missing: the other of the two has it (home, "
                    "then o).");
        return;
    }
    char *url = ta_piece_copy(typed);
    const char *role = choices[join->choice].role;
    const char *const arguments[] = {
        "pair", "join", "--porcelain", role ? "--as" : url, role ? role : NULL, url, NULL};
    join->away = ta_face_send(face, "Join", arguments);
    free(url);
}

/* Where the command line asks for an option, the page has a field. */
static void say_why_not(struct ta_face *face, struct join *join,
                        const struct ta_errand_state *errand)
{
    bool unknown =
        choices[join->choice].role == NULL && strstr(errand->sentence, ": say which") != NULL;
    bool stopped = errand->outcome == TA_ERRAND_STOPPED;
    if (unknown) {
        join->field = FIELD_ROLE;
    }
    if (unknown) {
        const char *names_end = strchr(errand->sentence, ':');
        ta_face_say(face, TA_CAUTION, "%.*s: which of them are you?",
                    (int)(names_end - errand->sentence), errand->sentence);
        return;
    }
    ta_face_say(face, stopped ? TA_QUIET : TA_CAUTION, "%s", errand->sentence);
}

static bool returned(struct ta_face *face, void *state, const struct ta_errand_state *errand)
{
    struct join *join = state;
    join->away = false;
    if (errand->outcome != TA_ERRAND_DONE) {
        say_why_not(face, join, errand);
        return true;
    }
    ta_desk_keep_typed(ta_face_desk(face), NULL, draft, NULL);
    join->touched = 0;
    ta_face_restart(face, &home_screen, NULL);
    ta_face_say(face, TA_GOOD, "%s", errand->sentence);
    return true;
}

/* What a person can do */

static void go_on(struct ta_face *face, void *state)
{
    struct join *join = state;
    if (join->field == FIELD_URL) {
        join->field = FIELD_ROLE;
    } else {
        send(face, join);
    }
}

static void go_back(struct ta_face *face, void *state)
{
    (void)face;
    ((struct join *)state)->field = FIELD_URL;
}

static void change_role(struct ta_face *face, void *state)
{
    (void)face;
    struct join *join = state;
    join->choice = (join->choice + 1) % CHOICES;
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static void stop(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_stop(face);
}

static bool is_away(const void *state)
{
    return ((const struct join *)state)->away;
}

static bool is_here(const void *state)
{
    return !is_away(state);
}

static bool is_url(const void *state)
{
    return is_here(state) && ((const struct join *)state)->field == FIELD_URL;
}

static bool is_role(const void *state)
{
    return is_here(state) && ((const struct join *)state)->field == FIELD_ROLE;
}

static bool key_in_role(struct join *join, const struct ta_key *pressed)
{
    if (ta_key_is(pressed, "Right Space")) {
        join->choice = (join->choice + 1) % CHOICES;
    } else if (ta_key_is(pressed, "Left")) {
        join->choice = (join->choice + CHOICES - 1) % CHOICES;
    } else {
        return pressed->code == TA_KEY_TEXT;
    }
    return true;
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct join *join = state;
    if (join->away) {
        return pressed->code == TA_KEY_TEXT || pressed->code == TA_KEY_PASTE;
    }
    if (ta_key_is(pressed, "Tab Down S-Tab Up")) {
        join->field = join->field == FIELD_URL ? FIELD_ROLE : FIELD_URL;
        return true;
    }
    if (join->field == FIELD_ROLE) {
        return key_in_role(join, pressed);
    }
    enum ta_edited edited = ta_editor_key(&join->url, pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED && !join->touched) {
        join->touched = ta_face_now(face);
    }
    return edited != TA_EDIT_NOT_MINE;
}

/* Drawing */

static int content_end(const struct ta_surface *surface)
{
    int end = surface->columns - LABEL;
    return end < WIDEST ? end : WIDEST;
}

static void draw_url(const struct join *join, bool chosen, struct ta_surface *surface,
                     struct ta_area value)
{
    if (!ta_editor_text(&join->url)[0]) {
        ta_fill(surface, value, TA_FRAME, "·");
    }
    if (chosen) {
        ta_editor_draw(&join->url, surface, value, TA_STRONG, true);
    } else if (ta_editor_text(&join->url)[0]) {
        ta_put(surface, value.row, value.column, value.columns, TA_PLAIN,
               ta_editor_text(&join->url));
    }
}

static void draw_role(const struct join *join, bool chosen, struct ta_surface *surface,
                      struct ta_area value)
{
    ta_putf(surface, value.row, value.column, value.columns, chosen ? TA_STRONG : TA_PLAIN,
            chosen ? "‹ %s ›" : "%s", choices[join->choice].words);
    if (chosen) {
        surface->cursor_row = value.row;
        surface->cursor_column = value.column;
    }
}

static void draw_field(const struct join *join, enum field field, struct ta_surface *surface,
                       int row)
{
    bool chosen = join->field == field && !join->away;
    struct ta_area value = {row, VALUE, 1, content_end(surface) - VALUE};
    ta_put(surface, row, LABEL - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_put(surface, row, LABEL, VALUE - LABEL - 1, chosen ? TA_STRONG : TA_PLAIN,
           facts[field].label);
    (field == FIELD_URL ? draw_url : draw_role)(join, chosen, surface, value);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct join *join = state;
    bool roomy = surface->rows >= ROOMY;
    int row = 2;
    ta_title(surface, "Join", NULL);
    struct ta_area area = {row, LABEL, 4, content_end(surface) - LABEL};
    if (roomy) {
        row += ta_put_wrapped(surface, area, TA_PLAIN,
                              "The other of the two has set it up already, and gave you an "
                              "address: all that you share comes to this machine, and from now on "
                              "each of you works on your own.") +
               1;
    }
    for (enum field field = 0; field < FIELDS; field++) {
        draw_field(join, field, surface, row);
        row += roomy ? 2 : 1;
    }
    row += roomy ? 0 : 1;
    struct ta_area hint = {row, roomy ? VALUE : LABEL, surface->rows - 2 - row, 0};
    hint.columns = content_end(surface) - hint.column;
    ta_put_wrapped(surface, hint, TA_QUIET,
                   join->away ? "On the way. What is here already stays as it is."
                              : facts[join->field].hint);
}

static const struct ta_command commands[] = {
    {"change", "Right", "Who of the two you are", change_role, is_role, false},
    {"next", "Enter", "The next line", go_on, is_url, false},
    {"join", "Enter", "Bring the pair to this machine", go_on, is_role, false},
    {"back", "S-Tab", "The line before", go_back, is_role, false},
    {"stop", "Esc", "Stop; nothing is here yet", stop, is_away, false},
    {"leave", "Esc", "Leave without joining", leave, is_here, false},
};

const struct ta_screen join_screen = {
    .name = "join",
    .apart = true,
    .size = sizeof(struct join),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_join,
    .returned = returned,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_join,
};
