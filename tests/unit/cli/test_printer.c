#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <locale.h>

#include "turnabout/cli/printer.h"

static void assert_prints(struct ta_printer *printer, const char *expected)
{
    assert_int_equal(printer->depth, 0);
    assert_string_equal(printer->out.bytes, expected);
    ta_printer_release(printer);
}

/* One list of two records, as a command prints it. */
static void print_records(struct ta_printer *printer)
{
    ta_print_list(printer, NULL);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "name", "李明", "李明");
    ta_print_number(printer, "minutes", 5, "5 min");
    ta_print_flag(printer, "open", true, NULL);
    ta_print_end(printer);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "name", "Zoë A.", "Zoë A.");
    ta_print_number(printer, "minutes", 120, "120 min");
    ta_print_flag(printer, "open", false, NULL);
    ta_print_end(printer);
    ta_print_end(printer);
}

static void json_is_one_record_a_line(void **state)
{
    (void)state;
    struct ta_printer printer;
    ta_printer_init(&printer, &ta_printer_json);
    print_records(&printer);
    assert_prints(&printer, "[\n"
                            "{\"name\": \"李明\", \"minutes\": 5, \"open\": true},\n"
                            "{\"name\": \"Zoë A.\", \"minutes\": 120, \"open\": false}\n"
                            "]\n");
}

static void text_aligns_columns_by_what_is_seen(void **state)
{
    (void)state;
    struct ta_printer printer;
    ta_printer_init(&printer, &ta_printer_text);
    print_records(&printer);
    assert_prints(&printer, "李明      5 min\n"
                            "Zoë A.  120 min\n");
}

static void print_nested(struct ta_printer *printer)
{
    ta_print_say(printer, "Session %d", 3);
    ta_print_object(printer, NULL);
    ta_print_number(printer, "session_number", 3, "3");
    ta_print_nothing(printer, "ended", "not yet");
    ta_print_list(printer, "none");
    ta_print_end(printer);
    ta_print_list(printer, "lines");
    ta_print_string(printer, NULL, "one", "· one");
    ta_print_string(printer, NULL, "two", "· two");
    ta_print_end(printer);
    ta_print_object(printer, "place");
    ta_print_string(printer, "room", NULL, NULL);
    ta_print_end(printer);
    ta_print_end(printer);
}

static void json_nests_and_leaves_sentences_out(void **state)
{
    (void)state;
    struct ta_printer printer;
    ta_printer_init(&printer, &ta_printer_json);
    print_nested(&printer);
    assert_prints(&printer, "{\"session_number\": 3, \"ended\": null, \"none\": [], "
                            "\"lines\": [\"one\", \"two\"], \"place\": {\"room\": null}}\n");
}

static void text_labels_values_and_leaves_out_what_is_not_shown(void **state)
{
    (void)state;
    struct ta_printer printer;
    ta_printer_init(&printer, &ta_printer_text);
    print_nested(&printer);
    assert_prints(&printer, "Session 3\n"
                            "session number  3\n"
                            "ended           not yet\n"
                            "· one\n"
                            "· two\n");
}

static void print_string(struct ta_printer *printer, const struct ta_printer_kind *kind,
                         const char *string)
{
    ta_printer_init(printer, kind);
    ta_print_list(printer, NULL);
    ta_print_string(printer, NULL, string, string);
    ta_print_end(printer);
}

static void json_escapes_what_steers_and_mends_what_is_malformed(void **state)
{
    (void)state;
    static const struct {
        const char *string, *json;
    } strings[] = {
        {"\"quoted\" \\", "\"\\\"quoted\\\" \\\\\""},
        {"a\033[31m\tb\n\x7F", "\"a\\u001B[31m\\u0009b\\u000A\\u007F\""},
        {"\xC2\x9B \xE2\x80\xAE \xE2\x80\xA8", "\"\\u009B \\u202E \\u2028\""},
        {"cut \xE2\x82", "\"cut \uFFFD\uFFFD\""},
        {"\xFFlone \xC0\x80", "\"\uFFFDlone \uFFFD\uFFFD\""},
        {"\U0001F680", "\"\U0001F680\""},
    };
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        struct ta_printer printer;
        struct ta_text expected = {0};
        print_string(&printer, &ta_printer_json, strings[i].string);
        ta_text_addf(&expected, "[\n%s\n]\n", strings[i].json);
        assert_prints(&printer, expected.bytes);
        ta_text_release(&expected);
    }
}

static void text_never_lets_a_terminal_be_steered(void **state)
{
    (void)state;
    struct ta_printer printer;
    print_string(&printer, &ta_printer_text, "a\033[31m\nb \xE2\x80\xAE \xFF");
    assert_prints(&printer, "a\uFFFD[31m b \uFFFD \uFFFD\n");
    ta_printer_init(&printer, &ta_printer_text);
    ta_print_say(&printer, "%s", "two\nlines\a");
    assert_prints(&printer, "two\nlines\uFFFD\n");
}

int main(void)
{
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_one_record_a_line),
        cmocka_unit_test(text_aligns_columns_by_what_is_seen),
        cmocka_unit_test(json_nests_and_leaves_sentences_out),
        cmocka_unit_test(text_labels_values_and_leaves_out_what_is_not_shown),
        cmocka_unit_test(json_escapes_what_steers_and_mends_what_is_malformed),
        cmocka_unit_test(text_never_lets_a_terminal_be_steered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
