#include "turnabout/tui/editor.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "undo.h"
#include "view.h"

enum { WHEEL_ROWS = 3 };

/* Life */

static bool is_wanted(const char *text)
{
    return text != NULL && ta_utf8_is_valid(text, strlen(text));
}

/* One line keeps no line feed. */
static char *flattened(struct ta_piece piece)
{
    char *flat = ta_piece_copy(piece);
    for (char *feed = strchr(flat, '\n'); feed != NULL; feed = strchr(feed, '\n')) {
        *feed = ' ';
    }
    return flat;
}

void ta_editor_init(struct ta_editor *editor, const char *text, bool lines, size_t most)
{
    *editor = (struct ta_editor){.lines = lines, .most = most, .goal = -1};
    editor->view = ta_allocate(1, sizeof *editor->view);
    editor->view->columns = INT_MAX;
    ta_text_add(&editor->text, "");
    ta_editor_set(editor, text);
    ta_undo_release(editor);
}

void ta_editor_set(struct ta_editor *editor, const char *text)
{
    if (!is_wanted(text) || strcmp(text, ta_editor_text(editor)) == 0) {
        return;
    }
    struct ta_piece piece = ta_piece_of(text);
    char *flat = editor->lines ? NULL : flattened(piece);
    piece.at = flat != NULL ? flat : text;
    ta_undo_replace(editor, piece, 0, editor->text.length, TA_RUN_NONE);
    free(flat);
}

const char *ta_editor_text(const struct ta_editor *editor)
{
    return editor->text.bytes != NULL ? editor->text.bytes : "";
}

void ta_editor_release(struct ta_editor *editor)
{
    if (editor == NULL) {
        return;
    }
    ta_undo_release(editor);
    ta_text_release(&editor->text);
    free(editor->view);
    *editor = (struct ta_editor){0};
}

/* Where keys lead to */

static bool has_selection(const struct ta_editor *editor)
{
    return editor->anchor != editor->cursor;
}

static size_t character_back(const struct ta_editor *editor)
{
    return ta_character_before(editor->text.bytes, editor->text.length, editor->cursor);
}

static size_t character_on(const struct ta_editor *editor)
{
    return ta_character_next(editor->text.bytes, editor->text.length, editor->cursor);
}

/* A word may end within a character: of a mark on a flag, say. */
static size_t word_back(const struct ta_editor *editor)
{
    const struct ta_text *text = &editor->text;
    return ta_edge_up_to(text, ta_word_before(text->bytes, text->length, editor->cursor));
}

static size_t word_on(const struct ta_editor *editor)
{
    const struct ta_text *text = &editor->text;
    return ta_edge_from(text, ta_word_next(text->bytes, text->length, editor->cursor));
}

static size_t text_start(const struct ta_editor *editor)
{
    (void)editor;
    return 0;
}

static size_t text_end(const struct ta_editor *editor)
{
    return editor->text.length;
}

static size_t paragraph_start(const struct ta_editor *editor)
{
    return ta_paragraph_start(&editor->text, editor->cursor);
}

/* At its end the line feed goes too. */
static size_t paragraph_end(const struct ta_editor *editor)
{
    size_t end = ta_paragraph_end(&editor->text, editor->cursor);
    return end == editor->cursor && end < editor->text.length ? end + 1 : end;
}

static struct ta_row cursor_row(const struct ta_editor *editor)
{
    return ta_row_at(&editor->text, editor->view->columns, editor->cursor);
}

static size_t row_start(const struct ta_editor *editor)
{
    size_t start = editor->lines ? cursor_row(editor).start : 0;
    return editor->cursor > start ? start : paragraph_start(editor);
}

static size_t row_end(const struct ta_editor *editor)
{
    if (!editor->lines) {
        return editor->text.length;
    }
    struct ta_row row = cursor_row(editor);
    size_t end = ta_row_last(&editor->text, &row);
    return editor->cursor < end ? end : ta_paragraph_end(&editor->text, editor->cursor);
}

/* The place in a row that is nearest to the column that was aimed for. */
static size_t at_goal(const struct ta_editor *editor, const struct ta_row *row)
{
    size_t last = ta_row_last(&editor->text, row);
    return row->start + ta_fit(editor->text.bytes + row->start, last - row->start, editor->goal);
}

static size_t rows_back(const struct ta_editor *editor, int count)
{
    struct ta_row row = cursor_row(editor);
    if (row.start == 0) {
        return 0;
    }
    row = ta_row_above(&editor->text, editor->view->columns, row.start, (size_t)count);
    return at_goal(editor, &row);
}

static size_t rows_on(const struct ta_editor *editor, int count)
{
    struct ta_row row = cursor_row(editor);
    int gone = 0;
    while (gone < count && ta_row_next(&editor->text, editor->view->columns, &row)) {
        gone++;
    }
    return gone > 0 ? at_goal(editor, &row) : editor->text.length;
}

static int page(const struct ta_editor *editor)
{
    return editor->view->area.rows > 2 ? editor->view->area.rows - 1 : 1;
}

static size_t row_back(const struct ta_editor *editor)
{
    return rows_back(editor, 1);
}

static size_t row_on(const struct ta_editor *editor)
{
    return rows_on(editor, 1);
}

static size_t page_back(const struct ta_editor *editor)
{
    return rows_back(editor, page(editor));
}

static size_t wheel_back(const struct ta_editor *editor)
{
    return rows_back(editor, WHEEL_ROWS);
}

static size_t wheel_on(const struct ta_editor *editor)
{
    return rows_on(editor, WHEEL_ROWS);
}

static size_t page_on(const struct ta_editor *editor)
{
    return rows_on(editor, page(editor));
}

/* What keys do */

static enum ta_edited move(struct ta_editor *editor, size_t to, bool select)
{
    editor->cursor = to;
    editor->anchor = select ? editor->anchor : to;
    editor->goal = -1;
    ta_undo_end_run(editor);
    return TA_EDIT_MOVED;
}

/* Where the first of several rows up and down started from is what all of them aim for. */
static enum ta_edited climb(struct ta_editor *editor, size_t (*target)(const struct ta_editor *),
                            bool select)
{
    if (editor->goal < 0) {
        size_t start = cursor_row(editor).start;
        editor->goal = ta_width(editor->text.bytes + start, editor->cursor - start);
    }
    int goal = editor->goal;
    enum ta_edited edited = move(editor, target(editor), select);
    editor->goal = goal;
    return edited;
}

/* A selection is left at its near end. */
static enum ta_edited step(struct ta_editor *editor, size_t to, size_t near_end, bool select)
{
    return move(editor, has_selection(editor) && !select ? near_end : to, select);
}

static enum ta_edited erase(struct ta_editor *editor, size_t to, enum ta_run run)
{
    size_t from = editor->cursor;
    if (has_selection(editor)) {
        from = ta_selection_start(editor);
        to = ta_selection_end(editor);
        run = TA_RUN_NONE;
    }
    if (from == to) {
        return TA_EDIT_MOVED;
    }
    ta_undo_replace(editor, (struct ta_piece){0}, from < to ? from : to, from < to ? to : from,
                    run);
    return TA_EDIT_CHANGED;
}

static enum ta_edited insert(struct ta_editor *editor, const char *bytes, enum ta_run run)
{
    size_t from = ta_selection_start(editor);
    size_t to = ta_selection_end(editor);
    struct ta_piece piece = ta_piece_of(bytes);
    if (piece.length == 0 || !is_wanted(bytes)) {
        return TA_EDIT_MOVED;
    }
    size_t kept = editor->text.length - (to - from);
    if (kept > editor->most || piece.length > editor->most - kept) {
        return TA_EDIT_FULL;
    }
    char *flat = editor->lines ? NULL : flattened(piece);
    piece.at = flat != NULL ? flat : bytes;
    ta_undo_replace(editor, piece, from, to, run);
    free(flat);
    return TA_EDIT_CHANGED;
}

static enum ta_edited cut(struct ta_editor *editor, size_t to, enum ta_run run,
                          struct ta_text *clip)
{
    enum ta_edited edited = erase(editor, to, run);
    if (edited == TA_EDIT_CHANGED) {
        const struct ta_text *removed = &editor->undo->removed;
        ta_text_clear(clip);
        ta_text_add_bytes(clip, removed->bytes, removed->length);
    }
    return edited;
}

static enum ta_edited cut_selection(struct ta_editor *editor, struct ta_text *clip)
{
    return cut(editor, editor->cursor, TA_RUN_NONE, clip);
}

static enum ta_edited copy_selection(struct ta_editor *editor, struct ta_text *clip)
{
    size_t from = ta_selection_start(editor);
    if (has_selection(editor)) {
        ta_text_clear(clip);
        ta_text_add_bytes(clip, editor->text.bytes + from, ta_selection_end(editor) - from);
    }
    return TA_EDIT_MOVED;
}

static enum ta_edited paste_clip(struct ta_editor *editor, struct ta_text *clip)
{
    return insert(editor, clip->bytes != NULL ? clip->bytes : "", TA_RUN_NONE);
}

static enum ta_edited undo(struct ta_editor *editor, struct ta_text *clip)
{
    (void)clip;
    return ta_undo_back(editor) ? TA_EDIT_CHANGED : TA_EDIT_MOVED;
}

static enum ta_edited redo(struct ta_editor *editor, struct ta_text *clip)
{
    (void)clip;
    return ta_undo_again(editor) ? TA_EDIT_CHANGED : TA_EDIT_MOVED;
}

/* Keys */

enum deed { DO, GO, BACK, ON, CLIMB, ERASE, CUT };

struct binding {
    enum ta_key_code code;
    const char *letter; /* with TA_KEY_TEXT */
    bool control, alt;
    enum deed deed;
    size_t (*target)(const struct ta_editor *editor);
    enum ta_edited (*action)(struct ta_editor *editor, struct ta_text *clip); /* of DO */
};

static const struct binding bindings[] = {
    {.code = TA_KEY_LEFT, .deed = BACK, .target = character_back},
    {.code = TA_KEY_RIGHT, .deed = ON, .target = character_on},
    {.code = TA_KEY_TEXT, .letter = "b", .control = true, .deed = BACK, .target = character_back},
    {.code = TA_KEY_TEXT, .letter = "f", .control = true, .deed = ON, .target = character_on},
    {.code = TA_KEY_LEFT, .control = true, .deed = GO, .target = word_back},
    {.code = TA_KEY_RIGHT, .control = true, .deed = GO, .target = word_on},
    {.code = TA_KEY_TEXT, .letter = "b", .alt = true, .deed = GO, .target = word_back},
    {.code = TA_KEY_TEXT, .letter = "f", .alt = true, .deed = GO, .target = word_on},
    {.code = TA_KEY_HOME, .deed = GO, .target = row_start},
    {.code = TA_KEY_END, .deed = GO, .target = row_end},
    {.code = TA_KEY_TEXT, .letter = "a", .control = true, .deed = GO, .target = row_start},
    {.code = TA_KEY_TEXT, .letter = "e", .control = true, .deed = GO, .target = row_end},
    {.code = TA_KEY_HOME, .control = true, .deed = GO, .target = text_start},
    {.code = TA_KEY_END, .control = true, .deed = GO, .target = text_end},
    {.code = TA_KEY_UP, .deed = CLIMB, .target = row_back},
    {.code = TA_KEY_DOWN, .deed = CLIMB, .target = row_on},
    {.code = TA_KEY_PAGE_UP, .deed = CLIMB, .target = page_back},
    {.code = TA_KEY_PAGE_DOWN, .deed = CLIMB, .target = page_on},
    {.code = TA_KEY_WHEEL_UP, .deed = CLIMB, .target = wheel_back},
    {.code = TA_KEY_WHEEL_DOWN, .deed = CLIMB, .target = wheel_on},
    {.code = TA_KEY_BACKSPACE, .deed = ERASE, .target = character_back},
    {.code = TA_KEY_DELETE, .deed = ERASE, .target = character_on},
    {.code = TA_KEY_TEXT, .letter = "h", .control = true, .deed = ERASE, .target = character_back},
    {.code = TA_KEY_TEXT, .letter = "d", .control = true, .deed = ERASE, .target = character_on},
    {.code = TA_KEY_BACKSPACE, .alt = true, .deed = ERASE, .target = word_back},
    {.code = TA_KEY_TEXT, .letter = "w", .control = true, .deed = CUT, .target = word_back},
    {.code = TA_KEY_TEXT, .letter = "d", .alt = true, .deed = CUT, .target = word_on},
    {.code = TA_KEY_TEXT, .letter = "k", .control = true, .deed = CUT, .target = paragraph_end},
    {.code = TA_KEY_TEXT, .letter = "u", .control = true, .deed = CUT, .target = paragraph_start},
    {.code = TA_KEY_TEXT, .letter = "x", .control = true, .action = cut_selection},
    {.code = TA_KEY_TEXT, .letter = "c", .control = true, .action = copy_selection},
    {.code = TA_KEY_TEXT, .letter = "v", .control = true, .action = paste_clip},
    {.code = TA_KEY_TEXT, .letter = "y", .control = true, .action = paste_clip},
    {.code = TA_KEY_TEXT, .letter = "z", .control = true, .action = undo},
    {.code = TA_KEY_TEXT, .letter = "_", .control = true, .action = undo},
    {.code = TA_KEY_TEXT, .letter = "r", .control = true, .action = redo},
};

static bool is_bound(const struct binding *binding, const struct ta_key *key)
{
    return binding->code == key->code && binding->control == key->control &&
           binding->alt == key->alt &&
           (binding->letter == NULL || strcmp(binding->letter, key->text) == 0);
}

static const struct binding *find_binding(const struct ta_editor *editor, const struct ta_key *key)
{
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
        if (is_bound(&bindings[i], key)) {
            return bindings[i].deed == CLIMB && !editor->lines ? NULL : &bindings[i];
        }
    }
    return NULL;
}

static enum ta_edited run(struct ta_editor *editor, const struct binding *binding, bool select,
                          struct ta_text *clip)
{
    switch (binding->deed) {
    case DO:
        return binding->action(editor, clip);
    case GO:
        return move(editor, binding->target(editor), select);
    case BACK:
        return step(editor, binding->target(editor), ta_selection_start(editor), select);
    case ON:
        return step(editor, binding->target(editor), ta_selection_end(editor), select);
    case CLIMB:
        return climb(editor, binding->target, select);
    case ERASE:
        return erase(editor, binding->target(editor), TA_RUN_ERASING);
    case CUT:
        return cut(editor, binding->target(editor), TA_RUN_CUTTING, clip);
    }
    abort();
}

static bool is_typed(const struct ta_key *key)
{
    unsigned char first = (unsigned char)key->text[0];
    return key->code == TA_KEY_TEXT && !key->control && !key->alt && first >= ' ' && first != 0x7F;
}

static bool is_line_feed(const struct ta_editor *editor, const struct ta_key *key)
{
    return editor->lines && key->code == TA_KEY_ENTER && !key->control && !key->alt;
}

enum ta_edited ta_editor_key(struct ta_editor *editor, const struct ta_key *key,
                             struct ta_text *clip)
{
    bool mouse = key->code >= TA_KEY_CLICK && key->code <= TA_KEY_WHEEL_DOWN;
    if (mouse && !ta_view_holds(editor, key->row, key->column)) {
        return TA_EDIT_NOT_MINE;
    }
    const struct binding *binding = find_binding(editor, key);
    if (binding != NULL) {
        return run(editor, binding, key->shift, clip);
    }
    enum ta_run typing = has_selection(editor) ? TA_RUN_NONE : TA_RUN_TYPING;
    if (is_typed(key)) {
        return insert(editor, key->text, typing);
    }
    if (is_line_feed(editor, key)) {
        return insert(editor, "\n", typing);
    }
    if (key->code == TA_KEY_PASTE) {
        return insert(editor, key->pasted != NULL ? key->pasted : "", TA_RUN_NONE);
    }
    if (key->code == TA_KEY_CLICK) {
        return move(editor, ta_view_place(editor, key->row, key->column), key->shift);
    }
    return TA_EDIT_NOT_MINE;
}
