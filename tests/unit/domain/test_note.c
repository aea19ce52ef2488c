#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/note.h"

static void assert_note(const char *line, enum ta_note_kind kind, const char *text)
{
    enum ta_note_kind read;
    struct ta_piece piece;
    assert_int_equal(ta_note_read(&read, &piece, ta_piece_of(line)), TA_NOTE_FINE);
    assert_int_equal(read, kind);
    assert_true(ta_piece_is(piece, text));
    assert_true(piece.at >= line && piece.at + piece.length <= line + strlen(line));
}

static void assert_verdict(const char *line, enum ta_note_verdict verdict)
{
    enum ta_note_kind kind;
    struct ta_piece text;
    assert_int_equal(ta_note_read(&kind, &text, ta_piece_of(line)), verdict);
}

static void a_sign_at_the_beginning_tells_the_kind(void **state)
{
    (void)state;
    assert_note("Example from the Lisbon launch", TA_NOTE_PLAIN, "Example from the Lisbon launch");
    assert_note("! The first to speak", TA_NOTE_TAKEAWAY, "The first to speak");
    assert_note(">Dana: ask", TA_NOTE_PROMISE, "Dana: ask");
    assert_note("?  Who decides?  ", TA_NOTE_QUESTION, "Who decides?");
    assert_note("~ silence", TA_NOTE_DIFFERENCE, "silence");
    assert_note("% I was nervous", TA_NOTE_MINE, "I was nervous");
    assert_note("!! twice", TA_NOTE_TAKEAWAY, "! twice");
}

static void a_sign_anywhere_else_is_text(void **state)
{
    (void)state;
    assert_note("50 % of them", TA_NOTE_PLAIN, "50 % of them");
    assert_note("really?", TA_NOTE_PLAIN, "really?");
}

static void a_blank_before_it_does_not_hide_a_sign(void **state)
{
    (void)state;
    assert_note(" % I was nervous", TA_NOTE_MINE, "I was nervous");
    assert_note("\t ! The first to speak", TA_NOTE_TAKEAWAY, "The first to speak");
    assert_note(" \\% of them", TA_NOTE_PLAIN, "% of them");
    assert_verdict("  %  ", TA_NOTE_EMPTY);
}

static void a_sign_is_known_as_every_keyboard_has_it(void **state)
{
    (void)state;
    assert_note("\uFF05 I was nervous", TA_NOTE_MINE, "I was nervous");
    assert_note("\u066A I was nervous", TA_NOTE_MINE, "I was nervous");
    assert_note("\uFE6AI was nervous", TA_NOTE_MINE, "I was nervous");
    assert_note("\uFF01\u4F60\u597D", TA_NOTE_TAKEAWAY, "\u4F60\u597D");
    assert_note("\uFF1EDana: ask", TA_NOTE_PROMISE, "Dana: ask");
    assert_note("\u061F Who decides", TA_NOTE_QUESTION, "Who decides");
    assert_note("\u301C silence", TA_NOTE_DIFFERENCE, "silence");
    assert_note("\\\uFF05 of them", TA_NOTE_PLAIN, "\uFF05 of them");
}

static void what_is_not_seen_does_not_hide_a_sign(void **state)
{
    (void)state;
    assert_note("\u00A0% I was nervous", TA_NOTE_MINE, "I was nervous");
    assert_note("\u3000 \uFF05 I was nervous", TA_NOTE_MINE, "I was nervous");
    assert_note("\uFEFF\u200F% I was nervous", TA_NOTE_MINE, "I was nervous");
    assert_note("\u200FDana", TA_NOTE_PLAIN, "\u200FDana");
    assert_verdict("\u00A0\uFF05", TA_NOTE_EMPTY);
}

static void a_text_is_checked_without_its_sign(void **state)
{
    (void)state;
    assert_int_equal(ta_note_check(ta_piece_of("> so")), TA_NOTE_FINE);
    assert_int_equal(ta_note_check(ta_piece_of("!")), TA_NOTE_FINE);
    assert_int_equal(ta_note_check(ta_piece_of(" ")), TA_NOTE_EMPTY);
    assert_int_equal(ta_note_check(ta_piece_of("a\nb")), TA_NOTE_NOT_TEXT);
}

static void a_backslash_makes_a_sign_text(void **state)
{
    (void)state;
    assert_note("\\> 3 people", TA_NOTE_PLAIN, "> 3 people");
    assert_note("\\%", TA_NOTE_PLAIN, "%");
    assert_note("\\alpha", TA_NOTE_PLAIN, "\\alpha");
    assert_note("\\\\> x", TA_NOTE_PLAIN, "\\\\> x");
    assert_note("\\", TA_NOTE_PLAIN, "\\");
}

static void nothing_to_keep_is_empty(void **state)
{
    (void)state;
    assert_verdict("", TA_NOTE_EMPTY);
    assert_verdict("  ", TA_NOTE_EMPTY);
    assert_verdict("!", TA_NOTE_EMPTY);
    assert_verdict("%   ", TA_NOTE_EMPTY);
    enum ta_note_kind kind;
    struct ta_piece text;
    assert_int_equal(ta_note_read(&kind, &text, (struct ta_piece){0}), TA_NOTE_EMPTY);
}

static void a_note_is_one_line_of_text(void **state)
{
    (void)state;
    assert_verdict("one\ntwo", TA_NOTE_NOT_TEXT);
    assert_verdict("a\x1b[2J", TA_NOTE_NOT_TEXT);
    assert_verdict("a\xc3", TA_NOTE_NOT_TEXT);
    assert_verdict("a\tb", TA_NOTE_NOT_TEXT);
    enum ta_note_kind kind;
    struct ta_piece text;
    assert_int_equal(ta_note_read(&kind, &text, (struct ta_piece){"a\0b", 3}), TA_NOTE_NOT_TEXT);
}

static void ten_thousand_bytes_and_no_more(void **state)
{
    (void)state;
    char line[10004] = "! ";
    memset(line + 2, 'x', 10001);
    line[10002] = '\0';
    assert_verdict(line, TA_NOTE_FINE);
    line[10002] = 'x';
    line[10003] = '\0';
    assert_verdict(line, TA_NOTE_TOO_LONG);
}

static void every_kind_is_told_by_its_own_sign(void **state)
{
    (void)state;
    for (enum ta_note_kind kind = TA_NOTE_TAKEAWAY; kind < TA_NOTE_KINDS; kind++) {
        char line[] = {ta_note_facts(kind)->sign, 'x', '\0'};
        assert_note(line, kind, "x");
    }
    assert_int_equal(ta_note_facts(TA_NOTE_PLAIN)->sign, ' ');
    assert_string_equal(ta_note_facts(TA_NOTE_MINE)->name, "mine");
    assert_string_equal(ta_note_facts(TA_NOTE_TAKEAWAY)->name, "takeaway");
}

static void notes_are_copied_when_added(void **state)
{
    (void)state;
    struct ta_notes notes = {0};
    char text[] = "first";
    for (int64_t i = 0; i < 20; i++) {
        ta_notes_add(&notes, &(struct ta_note){.id = i, .text = text, .item = -1});
    }
    text[0] = 'x';
    assert_string_equal(notes.items[0].text, "first");
    assert_int_equal(notes.items[19].id, 19);
    ta_notes_release(&notes);
    assert_int_equal(notes.count, 0);
    ta_notes_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sign_at_the_beginning_tells_the_kind),
        cmocka_unit_test(a_sign_anywhere_else_is_text),
        cmocka_unit_test(a_blank_before_it_does_not_hide_a_sign),
        cmocka_unit_test(a_sign_is_known_as_every_keyboard_has_it),
        cmocka_unit_test(what_is_not_seen_does_not_hide_a_sign),
        cmocka_unit_test(a_text_is_checked_without_its_sign),
        cmocka_unit_test(a_backslash_makes_a_sign_text),
        cmocka_unit_test(nothing_to_keep_is_empty),
        cmocka_unit_test(a_note_is_one_line_of_text),
        cmocka_unit_test(ten_thousand_bytes_and_no_more),
        cmocka_unit_test(every_kind_is_told_by_its_own_sign),
        cmocka_unit_test(notes_are_copied_when_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
