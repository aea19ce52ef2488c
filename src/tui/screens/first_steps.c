/* First steps: who the two are, who sits here, and what they will talk about. */
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/typed.h"
#include "turnabout/tui/editor.h"
#include "turnabout/tui/frame.h"

enum field { FIELD_ME, FIELD_ROLE, FIELD_OTHER, FIELD_TOPIC, FIELDS };

enum {
    LABEL = 3,  /* column */
    VALUE = 18, /* column */
    ROOMY = 18, /* rows from which on the fields stand apart */
    SHARED_COLUMNS = 44,
    WIDEST = 80, /* columns of the content */
    LINE_MOST = 500,
    KEEP_AFTER = 800, /* milliseconds */
    HINT = 3,         /* rows */
};

static const char draft[] = "first-steps"; /* what is typed here, until there is a pair */

static const struct {
    const char *label;
    const char *hint;
} facts[FIELDS] = {
    [FIELD_ME] = {"You are",
                  "Your name, and your mail in <> if you like: Dana Holt <dana@example.org>"},
    [FIELD_ROLE] = {"and you are",
                    "The mentee is senior, and listens; the mentor is junior, and tells. "
                    "←/→ to change."},
    [FIELD_OTHER] = {"The other is",
                     "The name of the other of the two, and a mail in <> if you know it."},
    [FIELD_TOPIC] = {"You talk about",
                     "In a few words; the contract says more, and you can change it."},
};

static const struct {
    const char *words;
    const char *more;
    enum ta_role me;   /* who sits here */
    enum ta_role mine; /* the role of the name in the first field */
} choices[] = {
    {"the mentee", "", TA_MENTEE, TA_MENTEE},
    {"the mentor", "", TA_MENTOR, TA_MENTOR},
    {"the mentee", ", and we share this keyboard", TA_NOBODY, TA_MENTEE},
    {"the mentor", ", and we share this keyboard", TA_NOBODY, TA_MENTOR},
};

enum { CHOICES = sizeof choices / sizeof *choices };

struct first_steps {
    struct ta_editor text[FIELDS]; /* that of FIELD_ROLE is not used */
    size_t choice;
    enum field field;
    bool is_first;   /* there is no pair yet */
    int64_t touched; /* instant of the first key that is not kept yet; 0: all is */
};

static char *proposed_identity(const struct ta_desk *desk)
{
    struct ta_text text = {0};
    if (desk->config.name) {
        struct ta_person person = {desk->config.name, desk->config.email};
        ta_person_write(&text, &person);
    }
    return ta_text_take(&text);
}

/* Keeping: the choice, then the text of each field, a line each. */

static void touch(struct ta_face *face, struct first_steps *steps)
{
    steps->touched = steps->touched ? steps->touched : ta_face_now(face);
}

static void keep(struct ta_face *face, struct first_steps *steps)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "%zu", steps->choice);
    for (enum field field = 0; field < FIELDS; field++) {
        ta_text_addf(&text, "\n%s", ta_editor_text(&steps->text[field]));
    }
    ta_desk_keep_typed(ta_face_desk(face), NULL, draft, text.bytes);
    steps->touched = 0;
    ta_text_release(&text);
}

/* The first field that nothing stands in, or the last. */
static enum field first_empty(const struct first_steps *steps)
{
    enum field field = FIELD_ME;
    while (field < FIELD_TOPIC && (field == FIELD_ROLE || *ta_editor_text(&steps->text[field]))) {
        field++;
    }
    return field;
}

static void take_up(struct first_steps *steps, const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    if (!ta_next_line(&rest, &line) || line.length != 1 || *line.at < '0' ||
        *line.at >= '0' + CHOICES) {
        return;
    }
    steps->choice = (size_t)(*line.at - '0');
    for (enum field field = 0; field < FIELDS && ta_next_line(&rest, &line); field++) {
        char *typed = ta_piece_copy(line);
        ta_editor_release(&steps->text[field]);
        ta_editor_init(&steps->text[field], typed, false, LINE_MOST);
        free(typed);
    }
    steps->field = first_empty(steps);
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct first_steps *steps = state;
    if (steps->touched && now - steps->touched >= KEEP_AFTER) {
        keep(face, steps);
    }
    return steps->touched ? steps->touched + KEEP_AFTER : 0;
}

static bool open_first_steps(struct ta_face *face, void *state, const void *argument,
                             struct ta_error *err)
{
    (void)argument;
    struct first_steps *steps = state;
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_pairs pairs = {0};
    if (!ta_desk_pairs(desk, &pairs, err)) {
        return false;
    }
    steps->is_first = pairs.count == 0;
    ta_pairs_release(&pairs);
    char *me = proposed_identity(desk);
    for (enum field field = 0; field < FIELDS; field++) {
        ta_editor_init(&steps->text[field], field == FIELD_ME ? me : NULL, false, LINE_MOST);
    }
    free(me);
    steps->text[FIELD_ME].anchor = 0; /* what is proposed is selected: typing takes its place */
    char *kept = NULL;
    ta_desk_typed(desk, NULL, draft, &kept);
    if (kept) {
        take_up(steps, kept);
        ta_face_say(face, TA_QUIET, "This is what you had typed: go on, or change it.");
    }
    free(kept);
    return true;
}

static void close_first_steps(struct ta_face *face, void *state)
{
    struct first_steps *steps = state;
    if (steps->touched) {
        keep(face, steps);
    }
    for (enum field field = 0; field < FIELDS; field++) {
        ta_editor_release(&steps->text[field]);
    }
}

/* Drawing */

/* The column behind the last that is used. */
static int content_end(const struct ta_surface *surface)
{
    int end = surface->columns - LABEL;
    return end < WIDEST ? end : WIDEST;
}

static void draw_choice(const struct first_steps *steps, bool chosen, struct ta_surface *surface,
                        struct ta_area value)
{
    bool wide = value.columns >= SHARED_COLUMNS;
    ta_putf(surface, value.row, value.column, value.columns, chosen ? TA_STRONG : TA_PLAIN,
            chosen ? "‹ %s%s ›" : "%s%s", choices[steps->choice].words,
            wide ? choices[steps->choice].more : "");
    if (chosen) {
        surface->cursor_row = value.row;
        surface->cursor_column = value.column;
    }
}

static void draw_field(const struct first_steps *steps, enum field field,
                       struct ta_surface *surface, int row)
{
    bool chosen = steps->field == field;
    struct ta_area value = {row, VALUE, 1, content_end(surface) - VALUE};
    ta_put(surface, row, LABEL - 2, 1, TA_ACCENT, chosen ? "▸" : " ");
    ta_put(surface, row, LABEL, VALUE - LABEL - 1, chosen ? TA_STRONG : TA_PLAIN,
           facts[field].label);
    if (field == FIELD_ROLE) {
        draw_choice(steps, chosen, surface, value);
        return;
    }
    const struct ta_editor *editor = &steps->text[field];
    if (chosen) {
        ta_editor_draw(editor, surface, value, TA_STRONG, true);
    } else {
        ta_put(surface, row, VALUE, value.columns, TA_PLAIN, ta_editor_text(editor));
    }
    if (!ta_editor_text(editor)[0]) {
        ta_fill(surface, value, TA_FRAME, "·");
    }
}

/* What the field in hand is for. */
static void draw_hint(const struct first_steps *steps, struct ta_surface *surface,
                      struct ta_area area)
{
    bool shared = steps->field == FIELD_ROLE && choices[steps->choice].me == TA_NOBODY;
    ta_put_wrapped(surface, area, TA_QUIET,
                   shared ? "You share this keyboard: whoever signs or writes says which of you "
                            "it is. ←/→ to change."
                          : facts[steps->field].hint);
}

static int draw_welcome(struct ta_surface *surface, bool is_first)
{
    struct ta_area area = {2, LABEL, 4, content_end(surface) - LABEL};
    int rows = ta_put_wrapped(
        surface, area, TA_PLAIN,
        is_first
            ? "Welcome. Turnabout keeps the conversations of a reverse-mentoring pair: your "
              "contract, your agendas, your sessions. All of it lies in files that the two of "
              "you own. Four lines, and you can begin. Has the other of the two begun already, and "
              "given you an address? F2 joins."
            : "Who meets whom, and about what?");
    return 2 + rows + 1;
}

/* Whoever is none of two finds the way at the foot of the page, from this row on if there is room.
 */
static void draw_coordinator(struct ta_surface *surface, int row)
{
    int foot = surface->rows - 4;
    if (foot >= row) {
        ta_put(surface, foot, LABEL, content_end(surface) - LABEL, TA_QUIET,
               "You look after many pairs? F3 opens a programme of them.");
    }
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    const struct first_steps *steps = state;
    ta_title(surface, steps->is_first ? "Turnabout" : "A new pair", NULL);
    bool roomy = surface->rows >= ROOMY;
    int row = roomy ? draw_welcome(surface, steps->is_first) : 2;
    for (enum field field = 0; field < FIELDS; field++) {
        draw_field(steps, field, surface, row);
        row += roomy ? 2 : 1;
    }
    struct ta_area hint = {row + (roomy ? 0 : 1), VALUE, HINT, content_end(surface) - VALUE};
    if (!roomy) {
        hint.column = LABEL;
        hint.columns = content_end(surface) - LABEL;
    }
    draw_hint(steps, surface, hint);
    if (steps->is_first) {
        draw_coordinator(surface, hint.row + HINT + 1);
    }
}

/* What a person can do */

static bool say_person(struct ta_face *face, struct first_steps *steps, enum field field,
                       enum ta_person_verdict verdict)
{
    static const char *const sentences[] = {
        [TA_PERSON_NO_NAME] = "A name is missing here.",
        [TA_PERSON_BAD_EMAIL] = "That is no mail address: write it as Name <name@example.org>.",
        [TA_PERSON_NOT_TEXT] =
            "There is a character in the name that cannot be kept: type it again.",
        [TA_PERSON_TOO_LONG] = "The name is too long: at most 200 bytes.",
    };
    if (verdict == TA_PERSON_FINE) {
        return true;
    }
    steps->field = field;
    ta_face_say(face, TA_ALARM, "%s", sentences[verdict]);
    return false;
}

static bool read_person(struct ta_face *face, struct first_steps *steps, enum field field,
                        struct ta_person *person)
{
    return say_person(face, steps, field,
                      ta_person_read(person, ta_piece_of(ta_editor_text(&steps->text[field]))));
}

static bool read_topic(struct ta_face *face, struct first_steps *steps, char **topic)
{
    struct ta_piece text = ta_piece_trim(ta_piece_of(ta_editor_text(&steps->text[FIELD_TOPIC])));
    if (text.length == 0) {
        steps->field = FIELD_TOPIC;
        ta_face_say(face, TA_ALARM, "What will you talk about? A few words are enough.");
        return false;
    }
    *topic = ta_piece_copy(text);
    return true;
}

/* What is wrong with a pair whose fields are each fine is that it is no two. */
static bool store(struct ta_face *face, struct first_steps *steps, struct ta_pair *pair)
{
    struct ta_error err;
    bool stored = ta_desk_pair_new(ta_face_desk(face), pair, &err);
    if (!stored && err.code == TA_WRONG) {
        steps->field = FIELD_OTHER;
    }
    return ta_face_check(face, stored, &err);
}

static void make(struct ta_face *face, struct first_steps *steps)
{
    struct ta_pair pair = {.me = choices[steps->choice].me};
    enum ta_role mine = choices[steps->choice].mine;
    bool made = read_person(face, steps, FIELD_ME, &pair.person[mine]) &&
                read_person(face, steps, FIELD_OTHER, &pair.person[ta_role_other(mine)]) &&
                read_topic(face, steps, &pair.topic) && store(face, steps, &pair);
    ta_pair_release(&pair);
    if (!made) {
        return;
    }
    ta_desk_keep_typed(ta_face_desk(face), NULL, draft, NULL);
    steps->touched = 0;
    if (steps->is_first) {
        ta_face_replace(face, &home_screen, NULL);
    } else {
        ta_face_pop(face);
    }
}

/* What stands in a field is looked at when it is left, so that a mistake is said where it is. */
static bool is_fine(struct ta_face *face, struct first_steps *steps)
{
    struct ta_person person = {0};
    enum field field = steps->field;
    bool fine =
        (field != FIELD_ME && field != FIELD_OTHER) || read_person(face, steps, field, &person);
    ta_person_release(&person);
    return fine;
}

static void next_field(struct ta_face *face, struct first_steps *steps)
{
    if (steps->field == FIELD_TOPIC) {
        make(face, steps);
    } else if (is_fine(face, steps)) {
        steps->field++;
    }
}

static void go_on(struct ta_face *face, void *state)
{
    next_field(face, state);
}

static void go_back(struct ta_face *face, void *state)
{
    (void)face;
    struct first_steps *steps = state;
    steps->field -= steps->field > 0;
}

static bool key_in_role(struct ta_face *face, struct first_steps *steps, const struct ta_key *key)
{
    if (ta_key_is(key, "Right Space")) {
        steps->choice = (steps->choice + 1) % CHOICES;
    } else if (ta_key_is(key, "Left")) {
        steps->choice = (steps->choice + CHOICES - 1) % CHOICES;
    } else {
        return key->code == TA_KEY_TEXT; /* a letter is no command in the middle of a form */
    }
    touch(face, steps);
    return true;
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct first_steps *steps = state;
    if (ta_key_is(pressed, "Enter Tab Down")) {
        bool last = steps->field == FIELD_TOPIC && !ta_key_is(pressed, "Enter");
        if (!last) {
            next_field(face, steps);
        }
        return true;
    }
    if (ta_key_is(pressed, "S-Tab Up")) {
        go_back(face, steps);
        return true;
    }
    if (steps->field == FIELD_ROLE) {
        return key_in_role(face, steps, pressed);
    }
    enum ta_edited edited = ta_editor_key(&steps->text[steps->field], pressed, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        touch(face, steps);
    }
    return edited != TA_EDIT_NOT_MINE;
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static void join(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &join_screen, NULL);
}

static void go_overview(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &overview_screen, NULL);
}

static bool is_first(const void *state)
{
    return ((const struct first_steps *)state)->is_first;
}

static bool is_last(const void *state)
{
    return ((const struct first_steps *)state)->field == FIELD_TOPIC;
}

static bool is_not_last(const void *state)
{
    return !is_last(state);
}

static bool is_not_first(const void *state)
{
    return ((const struct first_steps *)state)->field != FIELD_ME;
}

static bool is_role(const void *state)
{
    return ((const struct first_steps *)state)->field == FIELD_ROLE;
}

static void change_role(struct ta_face *face, void *state)
{
    struct first_steps *steps = state;
    steps->choice = (steps->choice + 1) % CHOICES;
    touch(face, steps);
}

static const struct ta_command commands[] = {
    {"change", "Right", "Mentor or mentee, your own keyboard or shared", change_role, is_role,
     false},
    {"next", "Enter", "The next line", go_on, is_not_last, false},
    {"begin", "Enter", "Begin with this pair", go_on, is_last, false},
    {"back", "S-Tab", "The line before", go_back, is_not_first, false},
    {"join", "F2", "The other has begun: join with their address", join, NULL, false},
    {"leave", "Esc", "Leave without naming a pair", leave, NULL, false},
    {"overview", "F3", "You look after many pairs: a programme of them", go_overview, is_first,
     false},
};

const struct ta_screen first_steps_screen = {
    .name = "first steps",
    .apart = true,
    .size = sizeof(struct first_steps),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_first_steps,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_first_steps,
};
