/* What the face asks on its message line: for a line of text, or for one key. */
#include <stdlib.h>
#include <string.h>

#include "face.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { ANSWER_LIMIT = 4096 };

void ta_face_question_release(struct ta_face_question *question)
{
    free(question->text);
    free(question->keys);
    free(question->path);
    ta_editor_release(&question->line);
    *question = (struct ta_face_question){0};
}

static struct ta_face_question *new_question(struct ta_face *face, const char *text,
                                             const char *proposed)
{
    struct ta_face_question *question = &face->question;
    ta_face_question_release(question);
    question->text = ta_copy(text);
    question->state = ta_face_top(face)->state;
    ta_editor_init(&question->line, proposed, false, ANSWER_LIMIT);
    question->line.anchor = 0; /* what is proposed is selected: typing takes its place */
    return question;
}

void ta_face_ask(struct ta_face *face, const char *text, const char *proposed,
                 bool (*answer)(struct ta_face *face, void *state, const char *text))
{
    new_question(face, text, proposed)->answer = answer;
}

void ta_face_ask_file(struct ta_face *face, const char *text, const char *proposed,
                      bool (*answer)(struct ta_face *face, void *state, const char *path))
{
    struct ta_face_question *question = new_question(face, text, proposed);
    question->answer = answer;
    question->is_file = true;
}

void ta_face_ask_key(struct ta_face *face, const char *text, const char *keys,
                     void (*answer)(struct ta_face *face, void *state, char key))
{
    struct ta_face_question *question = new_question(face, text, NULL);
    question->keys = ta_copy(keys);
    question->answer_key = answer;
}

/* What stands there would be gone. */
static void ask_to_replace(struct ta_face *face)
{
    struct ta_face_question *question = &face->question;
    struct ta_text text = {0};
    free(question->path);
    question->path = ta_copy(ta_editor_text(&question->line));
    question->keys = ta_copy("yn");
    ta_text_addf(&text, "%s is there already: replace it?", question->path);
    free(question->text);
    question->text = ta_text_take(&text);
}

/* The question is set aside while it is answered, because an answer may ask the next one, or leave
 * the screen. */
static void answer_line(struct ta_face *face)
{
    struct ta_face_question asked = face->question;
    face->question = (struct ta_face_question){0};
    bool done = asked.answer(face, asked.state, ta_editor_text(&asked.line));
    bool left = face->count == 0 || ta_face_top(face)->state != asked.state;
    if (done || left || face->question.text != NULL) {
        ta_face_question_release(&asked);
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
    struct ta_face_question asked = face->question;
    face->question = (struct ta_face_question){0};
    if (asked.path == NULL) {
        asked.answer_key(face, asked.state, key->text[0]);
    } else if (key->text[0] == 'y') {
        (void)asked.answer(face, asked.state, asked.path);
    } else {
        ta_face_say(face, TA_QUIET, "%s is as it was.", asked.path);
    }
    ta_face_question_release(&asked);
}

void ta_face_question_key(struct ta_face *face, const struct ta_key *key)
{
    if (key->code == TA_KEY_ESCAPE) {
        ta_face_question_release(&face->question);
    } else if (face->question.keys != NULL) {
        answer_key(face, key);
    } else if (key->code == TA_KEY_ENTER && face->question.is_file &&
               ta_file_stands(ta_editor_text(&face->question.line))) {
        ask_to_replace(face);
    } else if (key->code == TA_KEY_ENTER) {
        answer_line(face);
    } else if (ta_editor_key(&face->question.line, key, &face->clip) == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION, "No more than %d bytes fit here.", (int)ANSWER_LIMIT);
    }
}

/* Drawing */

/* The question with its keys: "Sign it? [y/n]". */
static int draw_key_question(struct ta_surface *surface, const struct ta_face_question *question,
                             int row)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "%s [", question->text);
    for (const char *key = question->keys; *key != '\0'; key++) {
        ta_text_addf(&text, "%s%c", key == question->keys ? "" : "/", *key);
    }
    ta_text_add(&text, "]");
    int first = ta_draw_sentence(surface, row, TA_STRONG, text.bytes);
    ta_text_release(&text);
    surface->cursor_row = first;
    surface->cursor_column = 1;
    return first;
}

/* The answer beside the question when both fit well, else below it. */
static int draw_line_question(struct ta_surface *surface, const struct ta_face_question *question,
                              int row)
{
    int width = ta_width(question->text, strlen(question->text));
    bool beside = width + 1 <= surface->columns / 2;
    int column = beside ? width + 2 : 1;
    ta_fill(surface, (struct ta_area){row, 0, 1, surface->columns}, TA_PLAIN, " ");
    int first = ta_draw_sentence(surface, beside ? row : row - 1, TA_STRONG, question->text);
    struct ta_area area = {row, column, 1, surface->columns - 1 - column};
    ta_editor_draw(&question->line, surface, area, TA_PLAIN, true);
    return first;
}

int ta_face_question_draw(const struct ta_face_question *question, struct ta_surface *surface,
                          int row)
{
    return question->keys != NULL ? draw_key_question(surface, question, row)
                                  : draw_line_question(surface, question, row);
}
