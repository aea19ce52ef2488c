/*
 * What git or ssh asks for on the way: a password, a passphrase, a name, whether a machine is the
 * right one. What is typed stands in one place, which is wiped when it is sent or left; it is never
 * an editor's, whose undo and clipboard would keep it.
 */
#include <stdio.h>
#include <string.h>

#include "face.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/frame.h"

enum { MARGIN = 3, WIDEST = 80, ROOMY = 16 /* rows from which on things stand apart */ };

struct asked {
    unsigned count; /* which of the face's questions this is */
    bool is_asked;  /* else it was taken back */
    enum ta_asked_kind kind;
    bool secret;
    char answer[TA_ANSWER_MOST]; /* with a NUL when it is sent */
    size_t length;
};

static const char hidden[] =
    "What you type is not shown and written nowhere: it goes to git or ssh, and "
    "is wiped when this sync ends.";

static const struct {
    const char *hint;
    bool is_chosen; /* yes or no, not typed */
} kinds[] = {
    [TA_ASKED_OTHER] = {hidden, false},
    [TA_ASKED_USER] = {"Your name on that machine, as its owner gave it to you.", false},
    [TA_ASKED_PASSWORD] = {hidden, false},
    [TA_ASKED_PASSPHRASE] =
        {"What you type is not shown and written nowhere: it goes to ssh, and is "
         "wiped when this sync ends. An ssh agent would spare you the question.",
         false},
    [TA_ASKED_PIN] = {hidden, false},
    [TA_ASKED_CODE] = {"It works once; whoever gave you the account says where it comes from.",
                       false},
    [TA_ASKED_HOST] =
        {"This machine has not met that one before, and cannot know by itself whether "
         "it is the right one. Compare the fingerprint with the one that its owner "
         "names (GitHub, GitLab and others have theirs on a page). When you trust it, "
         "ssh remembers it.",
         true},
    [TA_ASKED_CONFIRM] = {"ssh asks because your key is set so that each use of it is confirmed.",
                          true},
    [TA_ASKED_TOUCH] = {"Nothing is to be typed here.", true},
};

static void wipe(struct asked *asked)
{
    explicit_bzero(asked->answer, sizeof asked->answer);
    asked->length = 0;
}

/* The question that waits now, which may be another than was shown. */
static void take(struct asked *asked, const struct ta_face *face)
{
    if (face->asked_count != asked->count) {
        wipe(asked);
    }
    asked->count = face->asked_count;
    asked->is_asked = face->is_asked;
    if (face->is_asked) {
        asked->kind = face->asked.question.kind;
        asked->secret = ta_question_is_secret(&face->asked.question);
    }
}

static bool open_asked(struct ta_face *face, void *state, const void *argument,
                       struct ta_error *err)
{
    (void)argument;
    take(state, face);
    return face->is_asked || ta_fail(err, TA_ABSENT, "Nothing is asked for any more.");
}

static void close_asked(struct ta_face *face, void *state)
{
    (void)face;
    wipe(state);
}

/* One that was taken back, because its time was over or the errand was stopped, goes by itself. */
static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    (void)now;
    struct asked *asked = state;
    take(asked, face);
    if (!asked->is_asked) {
        ta_face_pop(face);
    }
    return 0;
}

/* Typing */

static bool add(struct asked *asked, const char *bytes, size_t length)
{
    bool fits = asked->length + length < sizeof asked->answer;
    if (fits) {
        memcpy(asked->answer + asked->length, bytes, length);
        asked->length += length;
    }
    return fits;
}

static void erase(struct asked *asked)
{
    size_t before = ta_character_before(asked->answer, asked->length, asked->length);
    explicit_bzero(asked->answer + before, asked->length - before);
    asked->length = before;
}

static bool is_plain(const struct ta_key *key)
{
    return key->code == TA_KEY_TEXT && !key->control && !key->alt;
}

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    struct asked *asked = state;
    bool fits = true;
    if (kinds[asked->kind].is_chosen) {
        return is_plain(pressed) && !ta_key_is(pressed, "y n");
    }
    if (is_plain(pressed)) {
        fits = add(asked, pressed->text, strlen(pressed->text));
    } else if (pressed->code == TA_KEY_PASTE) {
        fits = add(asked, pressed->pasted, strcspn(pressed->pasted, "\n"));
    } else if (pressed->code == TA_KEY_BACKSPACE) {
        erase(asked);
    } else if (ta_key_is(pressed, "C-u")) {
        wipe(asked);
    } else {
        return false;
    }
    if (!fits) {
        ta_face_say(face, TA_CAUTION, "No more fits here.");
    }
    return true;
}

/* What a person can do. Nothing below has changed, so nothing is read anew. */

static void answer(struct ta_face *face, struct asked *asked, const char *line)
{
    if (face->is_asked && face->asked_count == asked->count) {
        ta_face_answer(face, line);
    }
    wipe(asked);
    ta_face_dismiss(face);
}

static void send(struct ta_face *face, void *state)
{
    struct asked *asked = state;
    asked->answer[asked->length] = '\0';
    answer(face, asked, asked->answer);
}

static void say_yes(struct ta_face *face, void *state)
{
    answer(face, state, "yes");
}

static void decline(struct ta_face *face, void *state)
{
    answer(face, state, NULL);
    ta_face_stop(face);
}

static bool is_typed(const void *state)
{
    return !kinds[((const struct asked *)state)->kind].is_chosen;
}

static bool is_chosen(const void *state)
{
    return !is_typed(state);
}

static bool is_host(const void *state)
{
    return ((const struct asked *)state)->kind == TA_ASKED_HOST;
}

static bool is_confirmed(const void *state)
{
    return ((const struct asked *)state)->kind == TA_ASKED_CONFIRM;
}

/* Drawing */

/* A dot a character, as many as fit. */
static void draw_answer(const struct asked *asked, struct ta_surface *surface, struct ta_area line)
{
    int column = line.column;
    ta_put(surface, line.row, column - 2, 1, TA_ACCENT, "▸");
    if (asked->secret) {
        int dots = 0;
        for (size_t at = 0; at < asked->length && dots < line.columns - 1; dots++) {
            at = ta_character_next(asked->answer, asked->length, at);
        }
        ta_fill(surface, (struct ta_area){line.row, column, 1, dots}, TA_STRONG, "•");
        column += dots;
    } else {
        column += ta_put_bytes(surface, line.row, column, line.columns - 1, TA_STRONG,
                               asked->answer, asked->length);
    }
    surface->cursor_row = line.row;
    surface->cursor_column = column;
}

static struct ta_area below(struct ta_area area, int rows)
{
    return (struct ta_area){area.row + rows, area.column, area.rows - rows, area.columns};
}

static int put(struct ta_surface *surface, struct ta_area area, enum ta_role_of_cell role,
               const char *text)
{
    return area.rows > 0 ? ta_put_wrapped(surface, area, role, text) : 0;
}

/* Which machine, and its key's fingerprint, whole, with a line of its own. */
static int draw_host(const struct ta_question *question, struct ta_surface *surface,
                     struct ta_area area)
{
    struct ta_text host = {0};
    ta_text_addf(&host, "Is this the key of %s?",
                 question->about[0] != '\0' ? question->about : "that machine");
    int used = put(surface, area, TA_STRONG, host.bytes);
    ta_text_release(&host);
    return used + put(surface, below(area, used), TA_ACCENT,
                      question->fingerprint[0] != '\0' ? question->fingerprint : question->words);
}

static int draw_question(const struct ta_question *question, struct ta_surface *surface,
                         struct ta_area area)
{
    if (question->kind == TA_ASKED_HOST) {
        return draw_host(question, surface, area);
    }
    struct ta_text words = {0};
    ta_question_say(&words, question);
    int used = put(surface, area, TA_STRONG, words.length > 0 ? words.bytes : question->words);
    ta_text_release(&words);
    return used;
}

static void draw_asked(const struct asked *asked, const struct ta_question *question,
                       struct ta_surface *surface)
{
    int gap = surface->rows >= ROOMY ? 2 : 1;
    int columns = surface->columns - 2 * MARGIN;
    columns = columns < WIDEST ? columns : WIDEST;
    struct ta_area area = {gap, MARGIN, surface->rows - 2 - gap, columns};
    surface->cursor_row = gap;
    surface->cursor_column = MARGIN;
    area = below(area, draw_question(question, surface, area) + gap - 1);
    if (!kinds[asked->kind].is_chosen) {
        draw_answer(asked, surface, area);
        area = below(area, gap);
    }
    (void)put(surface, area, TA_QUIET, kinds[asked->kind].hint);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    const struct asked *asked = state;
    char title[64];
    char count[32];
    (void)snprintf(title, sizeof title, "%s asks", face->errand_name);
    (void)snprintf(count, sizeof count, "question %u", asked->count);
    ta_title(surface, title, asked->count > 1 ? count : NULL);
    if (face->is_asked && face->asked_count == asked->count) {
        draw_asked(asked, &face->asked.question, surface);
    }
}

static const struct ta_command commands[] = {
    {"send", "Enter", "Send what is typed to git or ssh", send, is_typed, false},
    {"yes, trust it", "y", "It is the right one: go on, and remember it", say_yes, is_host, false},
    {"yes", "y", "Go on", say_yes, is_confirmed, false},
    {"no", "n Esc", "Do not go on", decline, is_chosen, false},
    {"answer nothing", "Esc", "Answer nothing, and stop", decline, is_typed, false},
};

const struct ta_screen asked_screen = {
    .name = "asked",
    .size = sizeof(struct asked),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .typing = true,
    .open = open_asked,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_asked,
};
