#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/text.h"
#include "turnabout/base/words.h"
#include "turnabout/domain/sought.h"

static void words_are(const char *text, const char *expected)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece word;
    struct ta_text found = {0};
    while (ta_next_word(&rest, &word)) {
        ta_text_addf(&found, "%s%.*s", found.length > 0 ? "|" : "", (int)word.length, word.at);
    }
    assert_string_equal(found.bytes ? found.bytes : "", expected);
    ta_text_release(&found);
}

static void words_of_any_script(void **state)
{
    (void)state;
    words_are("Who speaks first, and who doesn't?", "Who|speaks|first|and|who|doesn|t");
    words_are("Été 2026: naïve", "Été|2026|naïve");
    words_are("谁先发言 ok", "谁|先|发|言|ok");
    words_are("カタカナ", "カ|タ|カ|ナ");
    words_are("กิน", "กิ|น");
    words_are("회의에서", "회|의|에|서");
    words_are("می‌خواهم", "می‌خواهم");
    words_are("*** -- \"", "");
    words_are("\xFF\xFEwords\xFF of", "words|of");
}

static void a_row_without_end_is_several_words(void **state)
{
    (void)state;
    char row[3 * TA_WORD_LONGEST + 1];
    memset(row, 'a', sizeof row - 1);
    row[sizeof row - 1] = '\0';
    struct ta_piece rest = ta_piece_of(row);
    struct ta_piece word;
    size_t count = 0;
    while (ta_next_word(&rest, &word)) {
        assert_true(word.length <= TA_WORD_LONGEST);
        count++;
    }
    assert_int_equal(count, 3);
}

static bool fits(const char *line, const char *text)
{
    struct ta_sought sought;
    ta_sought_read(&sought, line, true);
    bool result = ta_sought_fits(&sought, ta_piece_of(text));
    ta_sought_release(&sought);
    return result;
}

static void every_word_must_stand_there(void **state)
{
    (void)state;
    const char *text = "Ask the juniors first in Monday's review";
    assert_true(fits("review juniors", text));
    assert_false(fits("review seniors", text));
    assert_true(fits("jun", text));
    assert_false(fits("jun review", text)); /* only the last one goes on */
    assert_true(fits("jun* review", text));
    assert_false(fits("\"jun\"", text));
    assert_false(fits("jun ", text));
    assert_true(fits("\"juniors first\"", text));
    assert_false(fits("\"first juniors\"", text));
    assert_true(fits("monday's", text));
    assert_true(fits("MONDAY", text));
}

static void scripts_agree_without_accents(void **state)
{
    (void)state;
    assert_true(fits("strasse", "Die STRAßE"));
    assert_true(fits("cafe", "im Café"));
    assert_true(fits("先发", "会议上谁先发言"));
    assert_false(fits("发先", "会议上谁先发言"));
    assert_true(fits("الاول", "الأَوَّلُ يتكلم"));
    assert_true(fits("회의", "팀회의에서"));
}

static void filters_narrow_it_down(void **state)
{
    (void)state;
    struct ta_sought sought;
    ta_sought_read(&sought, "urgent kind:prom session:4-2 from:2026-02 to:2024-02 pair:\"Dana H\"",
                   true);
    assert_int_equal(sought.count, 1);
    assert_int_equal(sought.kinds, 1U << TA_EXCERPT_PROMISE);
    assert_int_equal(sought.first_session, 2);
    assert_int_equal(sought.last_session, 4);
    assert_int_equal(sought.from.day, 1);
    assert_int_equal(sought.to.day, 29);
    assert_true(ta_sought_names(&sought, ta_piece_of("priya-dana Priya Raman Dana Holt")));
    assert_false(ta_sought_names(&sought, ta_piece_of("amara-jan Amara Jan Hild")));
    assert_null(sought.unclear);
    ta_sought_release(&sought);
}

static void what_is_no_filter_is_left_out_and_said(void **state)
{
    (void)state;
    static const char *const lines[] = {"kind:weather", "session:x", "from:soon", "to:2026-13",
                                        "session:0"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct ta_sought sought;
        ta_sought_read(&sought, lines[i], true);
        assert_true(ta_sought_is_empty(&sought));
        assert_non_null(sought.unclear);
        ta_sought_release(&sought);
    }
}

static void nothing_typed_is_an_error(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "",     "\"",    "\"\"\"",     "*",       "kind:", "pair:",      "a\"b",
        "\xFF", "-\"-*", "session:1-", "pair:\"", "::::",  "from:\"2026"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct ta_sought sought;
        ta_sought_read(&sought, lines[i], true);
        (void)ta_sought_fits(&sought, ta_piece_of("a text"));
        ta_sought_release(&sought);
    }
    char many[400] = "";
    for (int i = 0; i < 100; i++) {
        strcat(many, "a ");
    }
    assert_true(fits(many, "a"));
}

static void places_are_told_one_by_one(void **state)
{
    (void)state;
    struct ta_sought sought;
    struct ta_piece rest = ta_piece_of("Who speaks: who waits, and whose turn");
    struct ta_piece place;
    struct ta_text found = {0};
    ta_sought_read(&sought, "\"who waits\" who", true);
    while (ta_sought_next(&sought, &rest, &place)) {
        ta_text_addf(&found, "[%.*s]", (int)place.length, place.at);
    }
    assert_string_equal(found.bytes, "[Who][who waits][whose]");
    ta_text_release(&found);
    ta_sought_release(&sought);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_any_script),
        cmocka_unit_test(a_row_without_end_is_several_words),
        cmocka_unit_test(every_word_must_stand_there),
        cmocka_unit_test(scripts_agree_without_accents),
        cmocka_unit_test(filters_narrow_it_down),
        cmocka_unit_test(what_is_no_filter_is_left_out_and_said),
        cmocka_unit_test(nothing_typed_is_an_error),
        cmocka_unit_test(places_are_told_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
