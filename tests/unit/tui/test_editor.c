#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/tui/editor.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum { PLENTY = 4 << 20 };

/* What each test works with: an editor, what was cut, and where it is drawn. */
struct desk {
    struct ta_editor editor;
    struct ta_text clip;
    struct ta_surface surface;
    struct ta_text shown;
};

static struct desk *open_desk(void **state, const char *text, bool lines)
{
    struct desk *desk = *state;
    ta_editor_release(&desk->editor);
    ta_editor_init(&desk->editor, text, lines, PLENTY);
    return desk;
}

static int make_desk(void **state)
{
    struct desk *desk = ta_allocate(1, sizeof *desk);
    *state = desk;
    (void)open_desk(state, NULL, true);
    return 0;
}

static int clear_desk(void **state)
{
    struct desk *desk = *state;
    ta_editor_release(&desk->editor);
    ta_text_release(&desk->clip);
    ta_text_release(&desk->shown);
    ta_surface_release(&desk->surface);
    free(desk);
    return 0;
}

static enum ta_edited press(struct desk *desk, const char *name)
{
    struct ta_key key;
    assert_true(ta_key_read(&key, name));
    return ta_editor_key(&desk->editor, &key, &desk->clip);
}

static void press_all(struct desk *desk, const char *names)
{
    struct ta_piece rest = ta_piece_of(names);
    struct ta_piece name;
    while (ta_next_part(&rest, ' ', &name)) {
        char *copy = ta_piece_copy(name);
        (void)press(desk, copy);
        free(copy);
    }
}

static enum ta_edited type(struct desk *desk, const char *character)
{
    struct ta_key key = {.code = TA_KEY_TEXT};
    assert_true(strlen(character) < sizeof key.text);
    memcpy(key.text, character, strlen(character) + 1);
    return ta_editor_key(&desk->editor, &key, &desk->clip);
}

static void type_all(struct desk *desk, const char *ascii)
{
    for (; *ascii != '\0'; ascii++) {
        const char one[] = {*ascii, '\0'};
        (void)(*ascii == '\n' ? press(desk, "Enter") : type(desk, one));
    }
}

static enum ta_edited paste(struct desk *desk, const char *text)
{
    struct ta_key key = {.code = TA_KEY_PASTE, .pasted = ta_copy(text)};
    enum ta_edited edited = ta_editor_key(&desk->editor, &key, &desk->clip);
    free(key.pasted);
    return edited;
}

static enum ta_edited click(struct desk *desk, int row, int column)
{
    struct ta_key key = {.code = TA_KEY_CLICK, .row = row, .column = column};
    return ta_editor_key(&desk->editor, &key, &desk->clip);
}

/* The text with "|" where the cursor is, and "[", "]" around what is selected. */
static const char *text_of(struct desk *desk)
{
    const struct ta_editor *editor = &desk->editor;
    size_t from = editor->anchor < editor->cursor ? editor->anchor : editor->cursor;
    size_t to = editor->anchor < editor->cursor ? editor->cursor : editor->anchor;
    const char *text = ta_editor_text(editor);
    struct ta_text *out = &desk->shown;
    ta_text_clear(out);
    ta_text_add_bytes(out, text, from);
    ta_text_add(out, from == to ? "|" : "[");
    ta_text_add_bytes(out, text + from, to - from);
    ta_text_add(out, from == to ? "" : "]");
    ta_text_add(out, text + to);
    return out->bytes;
}

static void add_cell(struct ta_text *out, const struct ta_surface *surface,
                     const struct ta_cell *cell)
{
    wchar_t text[TA_CELL_MARKS + 2];
    ta_cell_text(surface, cell, text);
    for (const wchar_t *at = text; *at != L'\0'; at++) {
        char bytes[MB_LEN_MAX + 1] = "";
        assert_true(wctomb(bytes, *at) > 0);
        ta_text_add(out, bytes);
    }
}

/* What a surface shows: rows ended by "/", "|" before the cursor's cell, "{" before and "}" behind
 * what is in the role of a selection. */
static const char *screen_of(struct desk *desk)
{
    struct ta_text *out = &desk->shown;
    const struct ta_surface *surface = &desk->surface;
    ta_text_clear(out);
    for (int row = 0; row < surface->rows; row++) {
        size_t kept = out->length;
        bool selected = false;
        for (int column = 0; column < surface->columns; column++) {
            const struct ta_cell *cell = &surface->cells[row * surface->columns + column];
            bool selection = cell->role == TA_SELECTION;
            bool cursor = row == surface->cursor_row && column == surface->cursor_column;
            ta_text_add(out, selection == selected ? "" : selection ? "{" : "}");
            kept = selection == selected ? kept : out->length;
            ta_text_add(out, cursor ? "|" : "");
            add_cell(out, surface, cell);
            selected = selection;
            bool blank = !selection && !cursor && cell->point == L' ';
            kept = blank ? kept : out->length;
        }
        ta_text_remove(out, kept, out->length - kept);
        ta_text_add(out, selected ? "}/" : "/");
    }
    return out->bytes;
}

static void draw(struct desk *desk, int rows, int columns)
{
    ta_surface_clear(&desk->surface, rows, columns);
    ta_editor_draw(&desk->editor, &desk->surface, (struct ta_area){0, 0, rows, columns}, TA_PLAIN,
                   true);
}

static const char *drawn(struct desk *desk, int rows, int columns)
{
    draw(desk, rows, columns);
    return screen_of(desk);
}

/* Characters and words */

static const char *const characters[] = {
    "a",
    "é",
    "e\u0301",
    "谁",
    "한",
    "\u1112\u1161\u11ab",
    "مُ",
    "نِّ",
    "नि",
    "कि",
    "🇩🇪",
    "👍🏽",
    "❤️",
    "👨‍👩‍👧‍👦",
    "🏴‍☠️",
    "ก็",
    "\t",
    "q\u0301\u0302\u0303\u0304\u0305\u0306",
};

static void moves_over_a_character_as_people_see_it(void **state)
{
    for (size_t i = 0; i < LENGTH(characters); i++) {
        struct ta_text text = {0};
        ta_text_addf(&text, "x%sy", characters[i]);
        struct desk *desk = open_desk(state, text.bytes, true);
        press_all(desk, "Left");
        assert_int_equal(desk->editor.cursor, text.length - 1);
        press_all(desk, "Left");
        assert_int_equal(desk->editor.cursor, 1);
        press_all(desk, "Right");
        assert_int_equal(desk->editor.cursor, text.length - 1);
        ta_text_release(&text);
    }
}

static void deletes_a_character_as_people_see_it(void **state)
{
    for (size_t i = 0; i < LENGTH(characters); i++) {
        struct ta_text text = {0};
        ta_text_addf(&text, "x%sy", characters[i]);
        struct desk *desk = open_desk(state, text.bytes, true);
        press_all(desk, "Left Backspace");
        assert_string_equal(text_of(desk), "x|y");
        desk = open_desk(state, text.bytes, true);
        press_all(desk, "Left Left Delete");
        assert_string_equal(text_of(desk), "x|y");
        ta_text_release(&text);
    }
}

static void takes_flags_one_by_one(void **state)
{
    struct desk *desk = open_desk(state, "🇩🇪🇫🇷🇮🇳", true);
    press_all(desk, "Backspace");
    assert_string_equal(text_of(desk), "🇩🇪🇫🇷|");
    press_all(desk, "Left Left Delete");
    assert_string_equal(text_of(desk), "|🇫🇷");
}

static void keeps_the_cursor_off_the_middle_of_a_character(void **state)
{
    struct desk *desk = open_desk(state, "x\u0301y", true);
    press_all(desk, "Home Right");
    assert_string_equal(text_of(desk), "x\u0301|y");
    desk = open_desk(state, "ax\u0301", true);
    desk->editor.cursor = desk->editor.anchor = 1;
    press_all(desk, "C-k");
    (void)paste(desk, "\u0301z");
    assert_string_equal(text_of(desk), "a\u0301z|");
    press_all(desk, "Home");
    desk = open_desk(state, "\u0301z", true);
    press_all(desk, "Home");
    (void)type(desk, "a");
    assert_string_equal(text_of(desk), "a\u0301|z");
    desk = open_desk(state, "🇫z", true);
    press_all(desk, "Home");
    (void)type(desk, "🇩");
    assert_string_equal(text_of(desk), "🇩🇫|z");
    desk = open_desk(state, "🇩x🇪", true);
    press_all(desk, "Home Right Delete");
    assert_string_equal(text_of(desk), "🇩🇪|");
}

static void composes_what_is_typed_in_parts(void **state)
{
    struct desk *desk = open_desk(state, NULL, true);
    const char *const parts[] = {"e", "\u0301", "न", "ि", "👨", "\u200d", "👩"};
    for (size_t i = 0; i < LENGTH(parts); i++) {
        assert_int_equal(type(desk, parts[i]), TA_EDIT_CHANGED);
    }
    assert_string_equal(text_of(desk), "e\u0301नि👨\u200d👩|");
    press_all(desk, "Backspace Backspace Backspace");
    assert_string_equal(text_of(desk), "|");
}

static void moves_by_word(void **state)
{
    struct desk *desk = open_desk(state, "Dana's idea: wait, then ask", true);
    press_all(desk, "C-Left C-Left");
    assert_string_equal(text_of(desk), "Dana's idea: wait, |then ask");
    press_all(desk, "A-b A-b");
    assert_string_equal(text_of(desk), "Dana's |idea: wait, then ask");
    press_all(desk, "C-Right");
    assert_string_equal(text_of(desk), "Dana's idea|: wait, then ask");
    press_all(desk, "A-f");
    assert_string_equal(text_of(desk), "Dana's idea: wait|, then ask");
    press_all(desk, "C-Home A-f");
    assert_string_equal(text_of(desk), "Dana's| idea: wait, then ask");
}

static void moves_by_word_in_other_scripts(void **state)
{
    struct desk *desk = open_desk(state, "من يتكلم أولا", true);
    press_all(desk, "C-Left");
    assert_string_equal(text_of(desk), "من يتكلم |أولا");
    desk = open_desk(state, "जो पहले बोलता", true);
    press_all(desk, "C-Left C-Left");
    assert_string_equal(text_of(desk), "जो |पहले बोलता");
}

static void deletes_by_word_and_to_the_ends(void **state)
{
    struct desk *desk = open_desk(state, "one two three\nfour five", true);
    press_all(desk, "A-Backspace");
    assert_string_equal(text_of(desk), "one two three\nfour |");
    press_all(desk, "C-u");
    assert_string_equal(text_of(desk), "one two three\n|");
    press_all(desk, "C-Home A-d");
    assert_string_equal(text_of(desk), "| two three\n");
    press_all(desk, "C-k");
    assert_string_equal(text_of(desk), "|\n");
    press_all(desk, "C-k");
    assert_string_equal(text_of(desk), "|");
    press_all(desk, "C-k C-u C-w A-d Backspace Delete");
    assert_string_equal(text_of(desk), "|");
}

/* Selecting, cutting, pasting */

static void selects_with_shift(void **state)
{
    struct desk *desk = open_desk(state, "one two", true);
    press_all(desk, "S-Left S-Left");
    assert_string_equal(text_of(desk), "one t[wo]");
    press_all(desk, "S-Home");
    assert_string_equal(text_of(desk), "[one two]");
    press_all(desk, "Left");
    assert_string_equal(text_of(desk), "|one two");
    press_all(desk, "C-S-Right Right");
    assert_string_equal(text_of(desk), "one| two");
    press_all(desk, "S-End Home");
    assert_string_equal(text_of(desk), "|one two");
}

static void replaces_the_selection(void **state)
{
    struct desk *desk = open_desk(state, "one two", true);
    press_all(desk, "C-S-Left");
    (void)type(desk, "x");
    assert_string_equal(text_of(desk), "one x|");
    press_all(desk, "S-Home Delete");
    assert_string_equal(text_of(desk), "|");
    press_all(desk, "C-z C-z");
    assert_string_equal(text_of(desk), "one |two");
}

static void cuts_copies_and_pastes(void **state)
{
    struct desk *desk = open_desk(state, "one two", true);
    press_all(desk, "C-S-Left C-x");
    assert_string_equal(text_of(desk), "one |");
    press_all(desk, "Home C-v");
    assert_string_equal(text_of(desk), "two|one ");
    press_all(desk, "S-Home C-c End C-y");
    assert_string_equal(text_of(desk), "twoone two|");
    press_all(desk, "C-x C-c C-y");
    assert_string_equal(text_of(desk), "twoone twotwo|");
}

static void pastes_several_cuts_in_a_row_as_one(void **state)
{
    struct desk *desk = open_desk(state, "one two three", true);
    press_all(desk, "C-w C-w C-y");
    assert_string_equal(text_of(desk), "one two three|");
    desk = open_desk(state, "a\nb\nc", true);
    press_all(desk, "C-Home C-k C-k C-k C-End C-y");
    assert_string_equal(text_of(desk), "\nca\nb|");
    press_all(desk, "C-w Left C-w C-y");
    assert_string_equal(text_of(desk), "\nca|\n");
}

static void pastes_text_as_text(void **state)
{
    struct desk *desk = open_desk(state, NULL, true);
    assert_int_equal(paste(desk, "q\n:wq\n\tx"), TA_EDIT_CHANGED);
    assert_string_equal(text_of(desk), "q\n:wq\n\tx|");
    desk = open_desk(state, "a\nb", false);
    assert_string_equal(text_of(desk), "a b|");
    assert_int_equal(paste(desk, "q\nz\n"), TA_EDIT_CHANGED);
    assert_string_equal(text_of(desk), "a bq z |");
    press_all(desk, "C-z");
    assert_string_equal(text_of(desk), "a b|");
}

static void takes_only_utf8(void **state)
{
    struct desk *desk = open_desk(state, "ok", true);
    (void)paste(desk, "a\xff");
    (void)type(desk, "\xc3");
    ta_editor_set(&desk->editor, "\xe2\x82");
    (void)type(desk, "\x1b");
    (void)type(desk, "");
    assert_string_equal(text_of(desk), "ok|");
}

static void takes_nothing_beyond_its_measure(void **state)
{
    struct desk *desk = *state;
    ta_editor_release(&desk->editor);
    ta_editor_init(&desk->editor, "12345678", true, 10);
    assert_int_equal(type(desk, "谁"), TA_EDIT_FULL);
    assert_int_equal(paste(desk, "abc"), TA_EDIT_FULL);
    assert_string_equal(text_of(desk), "12345678|");
    press_all(desk, "S-Left");
    assert_int_equal(paste(desk, "abc"), TA_EDIT_CHANGED);
    assert_int_equal(type(desk, "d"), TA_EDIT_FULL);
    assert_int_equal(press(desk, "Enter"), TA_EDIT_FULL);
    assert_int_equal(press(desk, "Backspace"), TA_EDIT_CHANGED);
    assert_string_equal(text_of(desk), "1234567ab|");
    ta_editor_release(&desk->editor);
    ta_editor_init(&desk->editor, "longer than that", true, 10);
    assert_int_equal(type(desk, "x"), TA_EDIT_FULL);
    assert_string_equal(text_of(desk), "longer than that|");
}

/* Undo */

static void undoes_a_run_of_typing_as_one(void **state)
{
    struct desk *desk = open_desk(state, "x", true);
    type_all(desk, "one two");
    press_all(desk, "Left Right");
    type_all(desk, " three");
    press_all(desk, "C-z");
    assert_string_equal(text_of(desk), "xone two|");
    press_all(desk, "C-z");
    assert_string_equal(text_of(desk), "x|");
    press_all(desk, "C-z C-r C-r C-r");
    assert_string_equal(text_of(desk), "xone two three|");
}

static void undoes_no_more_than_a_line_of_typing(void **state)
{
    struct desk *desk = open_desk(state, NULL, true);
    type_all(desk, "first\nsecond\nthird");
    press_all(desk, "C-z");
    assert_string_equal(text_of(desk), "first\nsecond\n|");
    press_all(desk, "C-_");
    assert_string_equal(text_of(desk), "first\n|");
    desk = open_desk(state, NULL, true);
    for (int i = 0; i < 40; i++) {
        type_all(desk, "words ");
    }
    press_all(desk, "C-z");
    assert_true(desk->editor.text.length > 100);
}

static void undoes_a_run_of_deleting_as_one(void **state)
{
    struct desk *desk = open_desk(state, "one two three", true);
    press_all(desk, "Left Left Left Backspace Backspace Delete Delete Backspace C-z");
    assert_string_equal(text_of(desk), "one two th|ree");
    type_all(desk, "xy");
    press_all(desk, "Backspace C-z");
    assert_string_equal(text_of(desk), "one two thxy|ree");
    press_all(desk, "C-z C-r");
    assert_string_equal(text_of(desk), "one two thxy|ree");
}

static void forgets_what_was_undone_when_something_new_is_done(void **state)
{
    struct desk *desk = open_desk(state, NULL, true);
    type_all(desk, "one");
    press_all(desk, "C-z");
    type_all(desk, "two");
    press_all(desk, "C-r");
    assert_string_equal(text_of(desk), "two|");
}

static void undoes_another_text(void **state)
{
    struct desk *desk = open_desk(state, "mine", true);
    ta_editor_set(&desk->editor, "from the editor\n");
    assert_string_equal(text_of(desk), "from the editor\n|");
    press_all(desk, "C-z");
    assert_string_equal(text_of(desk), "mine|");
    press_all(desk, "C-z");
    assert_string_equal(text_of(desk), "mine|");
    ta_editor_set(&desk->editor, "");
    assert_string_equal(text_of(desk), "|");
}

/* Rows */

static void wraps_and_shows_the_cursor(void **state)
{
    struct desk *desk = open_desk(state, "who speaks first sets what can be said", true);
    assert_string_equal(drawn(desk, 4, 13), "who speaks/first sets/what can be/said| /");
    press_all(desk, "C-Home");
    assert_string_equal(drawn(desk, 2, 13), "|who speaks/first sets/");
    press_all(desk, "Down Down");
    assert_string_equal(drawn(desk, 2, 13), "first sets/|what can be/");
    press_all(desk, "Up");
    assert_string_equal(drawn(desk, 2, 13), "|first sets/what can be/");
    press_all(desk, "C-End");
    assert_string_equal(drawn(desk, 3, 13), "first sets/what can be/said| /");
}

static void leaves_no_row_unused(void **state)
{
    struct desk *desk = open_desk(state, "1\n2\n3\n4\n5\n6", true);
    assert_string_equal(drawn(desk, 3, 9), "4/5/6| /");
    press_all(desk, "Backspace Backspace Backspace Backspace");
    assert_string_equal(drawn(desk, 3, 9), "2/3/4| /");
    press_all(desk, "C-u Enter");
    assert_string_equal(drawn(desk, 4, 9), "2/3//| /");
}

static void shows_columns_of_every_script(void **state)
{
    struct desk *desk = open_desk(state, "谁先说话会决定别人", true);
    assert_string_equal(drawn(desk, 3, 9), "谁先说话/会决定别/人| /");
    assert_int_equal(desk->surface.cursor_column, 2);
    desk = open_desk(state, "e\u0301e\u0301 मन", true);
    assert_string_equal(drawn(desk, 1, 9), "e\u0301e\u0301 मन| /");
    assert_int_equal(desk->surface.cursor_column, 5);
    desk = open_desk(state, "من يتكلم أولا", true);
    assert_string_equal(drawn(desk, 2, 10), "من يتكلم/أولا| /");
    desk = open_desk(state, "🇩🇪 👨‍👩‍👧‍👦", true);
    draw(desk, 1, 20);
    assert_int_equal(desk->surface.cursor_column,
                     ta_width(ta_editor_text(&desk->editor), desk->editor.text.length));
}

static void shows_no_control_byte(void **state)
{
    struct desk *desk = open_desk(state, "a\x1b[31mb\u202ec\u202c", true);
    assert_string_equal(drawn(desk, 1, 20), "a\ufffd[31mb\ufffdc\ufffd| /");
    assert_string_equal(ta_editor_text(&desk->editor), "a\x1b[31mb\u202ec\u202c");
}

static void goes_up_and_down_by_row(void **state)
{
    struct desk *desk = open_desk(state, "who speaks first\n\nsets what can be said", true);
    draw(desk, 6, 12);
    press_all(desk, "Up");
    assert_string_equal(text_of(desk), "who speaks first\n\nsets what| can be said");
    press_all(desk, "C-Home Right Right Right Right Right Right Down");
    assert_string_equal(text_of(desk), "who speaks first|\n\nsets what can be said");
    press_all(desk, "Down");
    assert_string_equal(text_of(desk), "who speaks first\n|\nsets what can be said");
    press_all(desk, "S-Down");
    assert_string_equal(text_of(desk), "who speaks first\n[\nsets w]hat can be said");
    press_all(desk, "Up Up Up Up");
    assert_string_equal(text_of(desk), "|who speaks first\n\nsets what can be said");
    press_all(desk, "PgDn PgDn");
    assert_string_equal(text_of(desk), "who speaks first\n\nsets what can be said|");
    press_all(desk, "WheelUp");
    assert_string_equal(text_of(desk), "who speaks first|\n\nsets what can be said");
}

static void keeps_the_column_through_short_rows_and_wide_characters(void **state)
{
    struct desk *desk = open_desk(state, "abcdef\n\n谁先说\nabcdef", true);
    draw(desk, 6, 20);
    press_all(desk, "Left Up");
    assert_string_equal(text_of(desk), "abcdef\n\n谁先|说\nabcdef");
    press_all(desk, "Up");
    assert_string_equal(text_of(desk), "abcdef\n|\n谁先说\nabcdef");
    press_all(desk, "Up");
    assert_string_equal(text_of(desk), "abcde|f\n\n谁先说\nabcdef");
    press_all(desk, "Left Down Down");
    assert_string_equal(text_of(desk), "abcdef\n\n谁先|说\nabcdef");
}

static void goes_to_the_ends_of_row_and_paragraph(void **state)
{
    struct desk *desk = open_desk(state, "who speaks first sets\nwhat can be said", true);
    draw(desk, 6, 12);
    press_all(desk, "C-Home Down Right Home");
    assert_string_equal(text_of(desk), "who speaks |first sets\nwhat can be said");
    press_all(desk, "Home");
    assert_string_equal(text_of(desk), "|who speaks first sets\nwhat can be said");
    press_all(desk, "C-e");
    assert_string_equal(text_of(desk), "who speaks| first sets\nwhat can be said");
    press_all(desk, "End");
    assert_string_equal(text_of(desk), "who speaks first sets|\nwhat can be said");
    press_all(desk, "End Home C-a C-a");
    assert_string_equal(text_of(desk), "|who speaks first sets\nwhat can be said");
}

static void counts_its_rows(void **state)
{
    const struct {
        const char *text;
        int columns, rows;
    } cases[] = {
        {"", 10, 1},          {"a", 10, 1},           {"a\n", 10, 2},   {"\n\n", 10, 3},
        {"123456789", 10, 1}, {"1234567890", 10, 2},  {"谁先", 1, 2},   {"a b c", 2, 3},
        {"谁先说", 5, 2},     {"one two\nsix", 5, 3}, {"one   ", 4, 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct desk *desk = open_desk(state, cases[i].text, true);
        assert_int_equal(ta_editor_rows(&desk->editor, cases[i].columns), cases[i].rows);
    }
}

static void marks_what_is_selected(void **state)
{
    struct desk *desk = open_desk(state, "one\ntwo\nsix", true);
    press_all(desk, "Left Up Up S-Down S-Down");
    assert_string_equal(drawn(desk, 3, 8), "on{e }/{two }/{si}|x/");
}

static void puts_the_cursor_where_it_is_clicked(void **state)
{
    struct desk *desk = open_desk(state, "who speaks first\n谁先说", true);
    ta_surface_clear(&desk->surface, 10, 40);
    ta_editor_draw(&desk->editor, &desk->surface, (struct ta_area){2, 5, 4, 12}, TA_PLAIN, true);
    assert_int_equal(desk->surface.cursor_row, 4);
    assert_int_equal(click(desk, 3, 7), TA_EDIT_MOVED);
    assert_string_equal(text_of(desk), "who speaks fi|rst\n谁先说");
    (void)click(desk, 4, 8);
    assert_string_equal(text_of(desk), "who speaks first\n谁|先说");
    (void)click(desk, 5, 16);
    assert_string_equal(text_of(desk), "who speaks first\n谁先说|");
    (void)click(desk, 2, 16);
    assert_string_equal(text_of(desk), "who speaks| first\n谁先说");
    assert_int_equal(click(desk, 1, 7), TA_EDIT_NOT_MINE);
    assert_int_equal(click(desk, 3, 17), TA_EDIT_NOT_MINE);
}

static void draws_nothing_outside_of_its_area(void **state)
{
    struct desk *desk = open_desk(state, "who speaks first\n谁先说", true);
    ta_surface_clear(&desk->surface, 3, 12);
    ta_editor_draw(&desk->editor, &desk->surface, (struct ta_area){1, 4, 1, 4}, TA_PLAIN, false);
    assert_string_equal(screen_of(desk), "/    说//");
    assert_int_equal(desk->surface.cursor_row, -1);
    ta_editor_draw(&desk->editor, &desk->surface, (struct ta_area){1, 4, 0, 4}, TA_PLAIN, true);
    assert_int_equal(desk->surface.cursor_row, -1);
}

/* One line */

static void scrolls_one_line_sideways(void **state)
{
    struct desk *desk = open_desk(state, "abcdefghijklmnopqrstuvwxyz", false);
    assert_string_equal(drawn(desk, 1, 12), "…uvwxyz| /");
    press_all(desk, "Left Left Left");
    assert_string_equal(drawn(desk, 1, 12), "…uvw|xyz/");
    press_all(desk, "Left Left Left");
    assert_string_equal(drawn(desk, 1, 12), "…opqrst|uvwx…/");
    press_all(desk, "Home");
    assert_string_equal(drawn(desk, 1, 12), "|abcdefghijk…/");
    press_all(desk, "End C-u");
    assert_string_equal(drawn(desk, 1, 12), "| /");
    (void)paste(desk, "谁先说话会决定别人能说什么");
    assert_string_equal(drawn(desk, 1, 12), "…说什么| /");
}

static void leaves_other_keys_to_the_screen(void **state)
{
    const char *const names[] = {"Esc",  "Tab",  "S-Tab", "F3",      "Enter",   "Up", "PgUp",
                                 "Down", "PgDn", "C-g",   "A-Enter", "WheelUp", "A-x"};
    struct desk *desk = open_desk(state, "one", false);
    draw(desk, 1, 20);
    for (size_t i = 0; i < LENGTH(names); i++) {
        assert_int_equal(press(desk, names[i]), TA_EDIT_NOT_MINE);
    }
    const char *const of_lines[] = {"Esc", "Tab", "S-Tab", "F3", "C-g", "C-Enter", "A-x"};
    desk = open_desk(state, "one", true);
    for (size_t i = 0; i < LENGTH(of_lines); i++) {
        assert_int_equal(press(desk, of_lines[i]), TA_EDIT_NOT_MINE);
    }
    assert_string_equal(text_of(desk), "one|");
}

static void tells_changing_from_moving(void **state)
{
    struct desk *desk = open_desk(state, "one", false);
    assert_int_equal(press(desk, "Left"), TA_EDIT_MOVED);
    assert_int_equal(press(desk, "Delete"), TA_EDIT_CHANGED);
    assert_int_equal(press(desk, "Delete"), TA_EDIT_MOVED);
    assert_int_equal(press(desk, "C-z"), TA_EDIT_CHANGED);
    assert_int_equal(press(desk, "C-z"), TA_EDIT_MOVED);
    assert_int_equal(press(desk, "C-r"), TA_EDIT_CHANGED);
    assert_int_equal(press(desk, "C-r"), TA_EDIT_MOVED);
}

/* Anything, in any order */

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static const char *const pieces[] = {
    "a",
    " ",
    "word",
    "é",
    "\u0301",
    "谁先",
    "مُ",
    "नि",
    "क्",
    "🇩",
    "🇪",
    "👨",
    "\u200d",
    "👩🏽",
    "\n",
    "\t",
    "https://example.org/a/b/c",
    "\u00ad",
    "\u202e\u202c",
    "한",
    "\u1112",
    "\u1161",
    "،",
};

static const char *const strokes[] = {
    "Left",     "Right", "Up",     "Down",      "Home",   "End",    "C-Left", "C-Right",
    "C-Home",   "C-End", "S-Left", "S-Right",   "S-Up",   "S-Down", "S-Home", "S-End",
    "C-S-Left", "PgUp",  "PgDn",   "Backspace", "Delete", "C-w",    "A-d",    "C-k",
    "C-u",      "C-x",   "C-c",    "C-v",       "C-z",    "C-r",    "Enter",
};

static void do_anything(struct desk *desk, uint32_t *seed)
{
    uint32_t choice = next_random(seed) % 100;
    uint32_t which = next_random(seed);
    if (choice < 55) {
        (void)type(desk, pieces[which % 16]);
    } else if (choice < 65) {
        (void)paste(desk, pieces[which % LENGTH(pieces)]);
    } else if (choice < 75) {
        int rows = 1 + (int)(which % 7);
        draw(desk, rows, 1 + (int)(which / 7 % 23));
        assert_in_range(desk->surface.cursor_row, 0, rows - 1);
        assert_in_range(desk->surface.cursor_column, 0, desk->surface.columns - 1);
    } else if (choice < 78) {
        (void)click(desk, (int)(which % 5), (int)(which / 5 % 20));
    } else {
        (void)press(desk, strokes[which % LENGTH(strokes)]);
    }
}

static void assert_at_edge(const struct ta_editor *editor, size_t at)
{
    const struct ta_text *text = &editor->text;
    size_t edge = 0;
    while (edge < at) {
        edge = ta_character_next(text->bytes, text->length, edge);
    }
    assert_int_equal(edge, at);
}

static void assert_sound(const struct ta_editor *editor)
{
    assert_true(ta_utf8_is_valid(ta_editor_text(editor), editor->text.length));
    assert_in_range(editor->cursor, 0, editor->text.length);
    assert_in_range(editor->anchor, 0, editor->text.length);
    assert_at_edge(editor, editor->cursor);
    assert_at_edge(editor, editor->anchor);
    assert_true(editor->lines || strchr(ta_editor_text(editor), '\n') == NULL);
}

/* Undoes everything and does it again: each text that was there must come back. */
static void go_back_and_forth(struct desk *desk, const char *first)
{
    char *texts[2048];
    size_t count = 0;
    do {
        assert_true(count < LENGTH(texts));
        texts[count++] = ta_copy(ta_editor_text(&desk->editor));
    } while (press(desk, "C-z") == TA_EDIT_CHANGED);
    assert_string_equal(texts[count - 1], first);
    while (count > 0) {
        assert_string_equal(ta_editor_text(&desk->editor), texts[count - 1]);
        assert_sound(&desk->editor);
        free(texts[--count]);
        assert_int_equal(press(desk, "C-r"), count > 0 ? TA_EDIT_CHANGED : TA_EDIT_MOVED);
    }
}

static void stays_sound_whatever_is_done(void **state)
{
    const char first[] = "नि first 👨‍👩‍👧‍👦";
    for (uint32_t round = 1; round <= 60; round++) {
        uint32_t seed = round * 2654435761U;
        struct desk *desk = open_desk(state, first, round % 3 != 0);
        draw(desk, 4, 20);
        for (int i = 0; i < 400; i++) {
            do_anything(desk, &seed);
            assert_sound(&desk->editor);
        }
        press_all(desk, "C-r");
        go_back_and_forth(desk, first);
    }
}

/* Large texts */

static struct ta_text repeated(const char *piece, size_t length)
{
    struct ta_text text = {0};
    while (text.length < length) {
        ta_text_add(&text, piece);
    }
    return text;
}

static int64_t spent(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static const char *const large[] = {
    "who speaks first sets what can be said, and who is waited for decides what is heard.\n",
    "who speaks first sets what can be said, ",
    "0123456789abcdef",
    "谁先说话会决定别人能说什么",
    "जो पहले बोलता है वह तय करता है ",
    "\n",
};

static int64_t cost_of_keys(void **state, const char *piece, size_t length, bool lines)
{
    const char *const keys[] = {"Up",   "a",     "Down", "C-Home", "x",   "PgDn", "C-End", "b",
                                "PgUp", "Enter", "Home", "S-Down", "C-z", "End",  "Delete"};
    struct ta_text text = repeated(piece, length);
    struct desk *desk = open_desk(state, text.bytes, lines);
    ta_text_release(&text);
    draw(desk, 24, 80);
    int64_t start = spent();
    for (size_t k = 0; k < 4 * LENGTH(keys); k++) {
        (void)press(desk, keys[k % LENGTH(keys)]);
        draw(desk, 24, 80);
    }
    return spent() - start;
}

/* Of several, since what else runs on the machine only adds to it. */
static int64_t least_cost(void **state, const char *piece, size_t length, bool lines)
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        int64_t cost = cost_of_keys(state, piece, length, lines);
        least = cost < least ? cost : least;
    }
    return least;
}

/* To look at the whole text would cost 64 times as much in the larger one. Twice as much is usual:
 * bytes are moved, and paragraphs looked for. */
static void costs_the_same_in_a_large_text(void **state)
{
    for (size_t i = 0; i < LENGTH(large); i++) {
        bool lines = i % 2 == 0;
        int64_t small = least_cost(state, large[i], 1 << 14, lines);
        assert_in_range(least_cost(state, large[i], 1 << 20, lines), 0, 16 * small);
    }
}

static void finds_the_same_rows_from_above_and_from_below(void **state)
{
    for (size_t i = 0; i < LENGTH(large); i++) {
        struct ta_text text = repeated(large[i], 20000);
        struct desk *desk = open_desk(state, text.bytes, true);
        draw(desk, 10, 40);
        size_t starts[20001];
        size_t rows = 0;
        (void)press(desk, "C-Home");
        do {
            starts[rows++] = desk->editor.cursor;
            (void)press(desk, "Down");
        } while (desk->editor.cursor < text.length);
        if (text.bytes[text.length - 1] == '\n') {
            starts[rows++] = text.length;
        }
        press_all(desk, "C-End Home");
        while (rows > 0) {
            assert_int_equal(desk->editor.cursor, starts[--rows]);
            (void)press(desk, "Up");
        }
        ta_text_release(&text);
    }
}

int main(void)
{
    if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
        return EXIT_FAILURE;
    }
#define TEST(function) cmocka_unit_test_setup_teardown(function, make_desk, clear_desk)
    const struct CMUnitTest tests[] = {
        TEST(moves_over_a_character_as_people_see_it),
        TEST(deletes_a_character_as_people_see_it),
        TEST(takes_flags_one_by_one),
        TEST(keeps_the_cursor_off_the_middle_of_a_character),
        TEST(composes_what_is_typed_in_parts),
        TEST(moves_by_word),
        TEST(moves_by_word_in_other_scripts),
        TEST(deletes_by_word_and_to_the_ends),
        TEST(selects_with_shift),
        TEST(replaces_the_selection),
        TEST(cuts_copies_and_pastes),
        TEST(pastes_several_cuts_in_a_row_as_one),
        TEST(pastes_text_as_text),
        TEST(takes_only_utf8),
        TEST(takes_nothing_beyond_its_measure),
        TEST(undoes_a_run_of_typing_as_one),
        TEST(undoes_no_more_than_a_line_of_typing),
        TEST(undoes_a_run_of_deleting_as_one),
        TEST(forgets_what_was_undone_when_something_new_is_done),
        TEST(undoes_another_text),
        TEST(wraps_and_shows_the_cursor),
        TEST(leaves_no_row_unused),
        TEST(shows_columns_of_every_script),
        TEST(shows_no_control_byte),
        TEST(goes_up_and_down_by_row),
        TEST(keeps_the_column_through_short_rows_and_wide_characters),
        TEST(goes_to_the_ends_of_row_and_paragraph),
        TEST(counts_its_rows),
        TEST(marks_what_is_selected),
        TEST(puts_the_cursor_where_it_is_clicked),
        TEST(draws_nothing_outside_of_its_area),
        TEST(scrolls_one_line_sideways),
        TEST(leaves_other_keys_to_the_screen),
        TEST(tells_changing_from_moving),
        TEST(stays_sound_whatever_is_done),
        TEST(costs_the_same_in_a_large_text),
        TEST(finds_the_same_rows_from_above_and_from_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
