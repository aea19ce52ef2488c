#include "papers.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/document/agenda_paper.h"

#define FRONT "---\nturnabout: agenda/1\nsession: 3\nminutes: 45\n---\n"

static struct ta_agenda read_agenda(const char *text)
{
    struct ta_agenda agenda;
    struct ta_error err;
    if (!ta_agenda_paper_read(&agenda, text, &err)) {
        fail_msg("%s", err.text);
    }
    return agenda;
}

static char *write_agenda(const char *text, const struct ta_agenda *agenda)
{
    char *out = NULL;
    struct ta_error err;
    if (!ta_agenda_paper_write(&out, text, agenda, &err)) {
        fail_msg("%s", err.text);
    }
    return out;
}

static struct ta_agenda agenda_of(unsigned session, unsigned minutes)
{
    return (struct ta_agenda){.session = session, .minutes = minutes};
}

static void add(struct ta_agenda *agenda, const char *title, unsigned minutes, const char *origin,
                const char *notes)
{
    size_t at = agenda->count;
    assert_int_equal(ta_agenda_insert(agenda, at, title, minutes), TA_AGENDA_FINE);
    assert_int_equal(ta_agenda_set_origin(agenda, at, origin), TA_AGENDA_FINE);
    assert_int_equal(ta_agenda_set_notes(agenda, at, notes), TA_AGENDA_FINE);
}

static void same_text(const char *one, const char *other)
{
    assert_int_equal(one == NULL, other == NULL);
    if (one != NULL) {
        assert_string_equal(one, other);
    }
}

static void same_agenda(const struct ta_agenda *one, const struct ta_agenda *other)
{
    assert_int_equal(one->session, other->session);
    assert_int_equal(one->minutes, other->minutes);
    assert_int_equal(one->count, other->count);
    for (size_t at = 0; at < one->count; at++) {
        assert_string_equal(one->items[at].title, other->items[at].title);
        assert_int_equal(one->items[at].minutes, other->items[at].minutes);
        same_text(one->items[at].notes, other->items[at].notes);
        same_text(one->items[at].origin, other->items[at].origin);
    }
    assert_int_equal(one->aside_count, other->aside_count);
    for (size_t at = 0; at < one->aside_count; at++) {
        assert_string_equal(one->aside[at], other->aside[at]);
    }
}

static void a_fresh_paper_reads_as_one(void **state)
{
    (void)state;
    struct ta_agenda agenda = agenda_of(3, 45);
    add(&agenda, "Check-in", 3, NULL, NULL);
    add(&agenda, "Who speaks first", 25, "session 2", "Dana: after Monday's review I counted.");
    assert_text(write_agenda(NULL, &agenda), FRONT "# Agenda for session 3\n"
                                                   "\n"
                                                   "1. Check-in (3 min)\n"
                                                   "2. Who speaks first (25 min)\n"
                                                   "   From session 2.\n"
                                                   "   Dana: after Monday's review I counted.\n");
    ta_agenda_release(&agenda);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct ta_agenda agenda = agenda_of(120, 600);
    add(&agenda, "Title (7 min) (not these)", 1, NULL, NULL);
    add(&agenda, "12. not a number", 600, NULL, "From here on.\n\n  - deeper\n\n# no heading");
    add(&agenda, "- [x] `code` ## \u0926\u093f\u0932\u094d\u0932\u0940 \u2603", 5, "session 2",
        "From session 1.\n```\nopen");
    add(&agenda, "(45 min)", 45, "a talk, in May", "1. a\n2. b");
    for (size_t more = 0; more < 110; more++) {
        add(&agenda, "More", 2, NULL, "line\n   indented\n\tand a tab");
    }
    char *text = write_agenda(NULL, &agenda);
    struct ta_agenda read = read_agenda(text);
    same_agenda(&read, &agenda);
    assert_text(write_agenda(text, &read), text);
    free(text);
    ta_agenda_release(&read);
    ta_agenda_release(&agenda);
}

static void only_the_list_is_replaced(void **state)
{
    (void)state;
    struct ta_agenda agenda = agenda_of(3, 60);
    const char *text = "---\r\nturnabout: agenda/1\r\nsession: 3\r\nmood: good\r\nminutes: 45\r\n"
                       "---\r\n# Our own title\r\n- a bullet of ours\r\n\r\n1. Old (3 min)\r\n"
                       "   Notes\r\n\r\n2. Old, too\r\n\r\nAfterwards\r\n1. another list\r\n";
    add(&agenda, "New", 10, NULL, "Note");
    assert_text(write_agenda(text, &agenda),
                "---\r\nturnabout: agenda/1\r\nsession: 3\r\nmood: good\r\nminutes: 60\r\n"
                "---\r\n# Our own title\r\n- a bullet of ours\r\n\r\n1. New (10 min)\r\n"
                "   Note\r\n\r\nAfterwards\r\n1. another list\r\n");
    ta_agenda_release(&agenda);
}

static void a_list_comes_and_goes(void **state)
{
    (void)state;
    struct ta_agenda none = agenda_of(3, 45);
    struct ta_agenda one = agenda_of(3, 45);
    add(&one, "Topic", 45, NULL, NULL);
    char *empty = write_agenda(FRONT "Text", &none);
    assert_string_equal(empty, FRONT "Text");
    assert_text(write_agenda(empty, &one), FRONT "Text\n\n1. Topic (45 min)\n");
    assert_text(write_agenda(FRONT "Text\n\n1. Topic\n", &none), FRONT "Text\n\n");
    free(empty);
    ta_agenda_release(&one);
}

static void one_item(const char *list, const char *title, unsigned minutes)
{
    struct ta_text text = {0};
    ta_text_addf(&text, FRONT "%s\n", list);
    struct ta_agenda agenda = read_agenda(text.bytes);
    assert_int_equal(agenda.count, 1);
    assert_string_equal(agenda.items[0].title, title);
    assert_int_equal(agenda.items[0].minutes, minutes);
    ta_agenda_release(&agenda);
    ta_text_release(&text);
}

static void understands_what_people_write(void **state)
{
    (void)state;
    one_item("1. Check-in", "Check-in", 5);
    one_item("7) Check-in (3 minutes)", "Check-in", 3);
    one_item("- Check-in (3m)", "Check-in", 3);
    one_item("* Check-in ( 3 ) ", "Check-in", 3);
    one_item("1. Check-in (3')", "Check-in", 3);
    one_item("1. Check-in (0 min)", "Check-in (0 min)", 5);
    one_item("1. Check-in (601 min)", "Check-in (601 min)", 5);
    one_item("1. Check-in (99999999999999999999 min)", "Check-in (99999999999999999999 min)", 5);
    one_item("1. Plan (3 options)", "Plan (3 options)", 5);
    one_item("1. Plan ()", "Plan ()", 5);
    one_item("1. Tab\there (4 min)", "Tab here", 4);
    one_item("1.\n2. (3 min)\n3. Check-in", "Check-in", 5);
    one_item("1.\n   Check-in (3 min)", "Check-in", 3);
    one_item("10. Check-in (3 min)\n   - its note", "Check-in", 3);
    one_item("```\n1. Code\n```\n1. Check-in", "Check-in", 5);
}

static void minutes_of_the_session_fall_back_to_the_sum(void **state)
{
    (void)state;
    struct ta_agenda agenda = read_agenda(
        "---\nturnabout: agenda/1\nsession: 2\nminutes: 0\n---\n1. a (20 min)\n2. b (30 min)\n");
    assert_int_equal(agenda.minutes, 50);
    ta_agenda_release(&agenda);
}

static void refuse(const char *text, const char *because)
{
    struct ta_agenda agenda;
    struct ta_error err;
    assert_false(ta_agenda_paper_read(&agenda, text, &err));
    assert_int_equal(err.code, TA_DAMAGED);
    assert_holds(err.text, because);
    assert_int_equal(agenda.count, 0);
}

static void refuses_what_is_no_agenda(void **state)
{
    (void)state;
    struct ta_text many = {0};
    struct ta_text wide = {0};
    refuse("---\nturnabout: agenda/2\nsession: 1\n---\n", "newer Turnabout");
    refuse("---\nturnabout: agenda/1\n---\n1. a\n", "session: 1");
    refuse("---\nturnabout: agenda/1\nsession: 0\n---\n1. a\n", "session: 1");
    ta_text_add(&many, FRONT);
    for (size_t at = 0; at <= TA_AGENDA_ITEMS_MOST; at++) {
        ta_text_add(&many, "1. item\n");
    }
    refuse(many.bytes, "more than 200 items");
    ta_text_addf(&wide, FRONT "1. a\n2. %0600d\n", 0);
    refuse(wide.bytes, "item 2");
    ta_text_release(&many);
    ta_text_release(&wide);
}

static void read_any(const char *text)
{
    struct ta_agenda agenda;
    struct ta_agenda again;
    char *out;
    if (!ta_agenda_paper_read(&agenda, text, NULL)) {
        return;
    }
    assert_true(ta_agenda_paper_write(&out, text, &agenda, NULL));
    assert_true(ta_agenda_paper_read(&again, out, NULL));
    if (agenda.count > 0) { /* without its list, another one of the paper may be taken for it */
        same_agenda(&again, &agenda);
    }
    ta_agenda_release(&again);
    ta_agenda_release(&agenda);
    free(out);
}

static void what_was_set_aside_is_a_section_of_its_own(void **state)
{
    (void)state;
    struct ta_agenda agenda = agenda_of(3, 45);
    add(&agenda, "Check-in", 3, NULL, NULL);
    ta_agenda_set_aside(&agenda, "Who decides");
    ta_agenda_set_aside(&agenda, "1. Why so early");
    char *text = write_agenda(NULL, &agenda);
    assert_non_null(strstr(text, "1. Check-in (3 min)\n\n## Set aside\n\n- Who decides\n"));
    struct ta_agenda read = read_agenda(text);
    same_agenda(&read, &agenda);
    assert_text(write_agenda(text, &read), text);
    free(text);
    ta_agenda_release(&read);
    ta_agenda_release(&agenda);
}

static void what_was_set_aside_is_never_taken_for_the_agenda(void **state)
{
    (void)state;
    const char *text = FRONT "# Agenda\n\n## Set aside\n\n- Who decides\n";
    struct ta_agenda agenda = read_agenda(text);
    assert_int_equal(agenda.count, 0);
    assert_int_equal(agenda.aside_count, 1);
    add(&agenda, "Check-in", 3, NULL, NULL);
    char *out = write_agenda(text, &agenda);
    assert_string_equal(out,
                        FRONT "# Agenda\n\n1. Check-in (3 min)\n\n## Set aside\n\n- Who decides\n");
    struct ta_agenda again = read_agenda(out);
    same_agenda(&again, &agenda);
    free(out);
    ta_agenda_release(&again);
    ta_agenda_release(&agenda);
}

static void the_section_goes_with_its_last_entry(void **state)
{
    (void)state;
    const char *text = FRONT "1. Check-in (3 min)\n\n## Set aside\n\n- Who decides\n";
    struct ta_agenda agenda = read_agenda(text);
    free(agenda.aside[0]);
    agenda.aside_count = 0;
    char *out = write_agenda(text, &agenda);
    assert_null(strstr(out, "Set aside"));
    free(out);
    ta_agenda_release(&agenda);
}

static void survives_any_bytes(void **state)
{
    (void)state;
    survive(FRONT "# Agenda\n\n1. Check-in (3 min)\n2. Who (25 min)\n   From session 2.\n"
                  "   Dana: counted.\n\n   - twice\n10. Last\n    note\n\nText\n- bullet\n"
                  "## Set aside\n- Why\n- When\n",
            read_any);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_paper_reads_as_one),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(only_the_list_is_replaced),
        cmocka_unit_test(a_list_comes_and_goes),
        cmocka_unit_test(understands_what_people_write),
        cmocka_unit_test(minutes_of_the_session_fall_back_to_the_sum),
        cmocka_unit_test(refuses_what_is_no_agenda),
        cmocka_unit_test(what_was_set_aside_is_a_section_of_its_own),
        cmocka_unit_test(what_was_set_aside_is_never_taken_for_the_agenda),
        cmocka_unit_test(the_section_goes_with_its_last_entry),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
