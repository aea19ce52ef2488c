#include "undo.h"

#include <stdlib.h>

#include "rows.h"
#include "turnabout/base/memory.h"

enum { LONG_RUN = 80 }; /* bytes behind which a run of typing ends with the next word */

static void free_steps(struct ta_editor_step **steps)
{
    while (*steps != NULL) {
        struct ta_editor_step *step = *steps;
        *steps = step->next;
        ta_text_release(&step->removed);
        ta_text_release(&step->inserted);
        free(step);
    }
}

void ta_undo_release(struct ta_editor *editor)
{
    free_steps(&editor->undo);
    free_steps(&editor->redo);
}

/* A run of typing is undone as one, but never more than about a line of it. */
static bool is_full(const struct ta_text *typed)
{
    char last = typed->bytes[typed->length - 1];
    return last == '\n' || (typed->length >= LONG_RUN && last == ' ');
}

static bool joins_typing(const struct ta_editor_step *step, size_t from, size_t to)
{
    return from == to && from == step->at + step->inserted.length && !is_full(&step->inserted);
}

static bool joins_erasing(const struct ta_editor_step *step, size_t from, size_t to)
{
    return step->inserted.length == 0 && (to == step->at || from == step->at);
}

/* The newest step, when what happens now belongs to it. */
static struct ta_editor_step *running(const struct ta_editor *editor, size_t from, size_t to,
                                      enum ta_run run)
{
    struct ta_editor_step *step = editor->undo;
    if (step == NULL || step->run != run || run == TA_RUN_NONE) {
        return NULL;
    }
    bool joins =
        run == TA_RUN_TYPING ? joins_typing(step, from, to) : joins_erasing(step, from, to);
    return joins ? step : NULL;
}

static struct ta_editor_step *begin_step(struct ta_editor *editor, size_t from, enum ta_run run)
{
    struct ta_editor_step *step = ta_allocate(1, sizeof *step);
    step->next = editor->undo;
    step->run = run;
    step->at = from;
    step->cursor_before = editor->cursor;
    editor->undo = step;
    return step;
}

static void put_cursor(struct ta_editor *editor, size_t at)
{
    editor->cursor = at;
    editor->anchor = at;
    editor->goal = -1;
}

void ta_undo_replace(struct ta_editor *editor, struct ta_piece bytes, size_t from, size_t to,
                     enum ta_run run)
{
    struct ta_editor_step *step = running(editor, from, to, run);
    if (step == NULL) {
        step = begin_step(editor, from, run);
    }
    if (to > from) {
        size_t taken = from < step->at ? 0 : step->removed.length;
        ta_text_insert(&step->removed, taken, editor->text.bytes + from, to - from);
        ta_text_remove(&editor->text, from, to - from);
        step->at = from < step->at ? from : step->at;
    }
    ta_text_add_bytes(&step->inserted, bytes.at, bytes.length);
    ta_text_insert(&editor->text, from, bytes.at, bytes.length);
    /* A mark or a joiner at the join may have made one character of two. */
    put_cursor(editor, ta_edge_from(&editor->text, from + bytes.length));
    step->cursor_after = editor->cursor;
    free_steps(&editor->redo);
}

void ta_undo_end_run(struct ta_editor *editor)
{
    if (editor->undo != NULL) {
        editor->undo->run = TA_RUN_NONE;
    }
}

static bool swap(struct ta_editor *editor, struct ta_editor_step **from, struct ta_editor_step **to)
{
    struct ta_editor_step *step = *from;
    if (step == NULL) {
        return false;
    }
    bool back = from == &editor->undo;
    const struct ta_text *old = back ? &step->inserted : &step->removed;
    const struct ta_text *new = back ? &step->removed : &step->inserted;
    ta_text_remove(&editor->text, step->at, old->length);
    ta_text_insert(&editor->text, step->at, new->bytes, new->length);
    put_cursor(editor, back ? step->cursor_before : step->cursor_after);
    step->run = TA_RUN_NONE;
    *from = step->next;
    step->next = *to;
    *to = step;
    ta_undo_end_run(editor);
    return true;
}

bool ta_undo_back(struct ta_editor *editor)
{
    return swap(editor, &editor->undo, &editor->redo);
}

bool ta_undo_again(struct ta_editor *editor)
{
    return swap(editor, &editor->redo, &editor->undo);
}
