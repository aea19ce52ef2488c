#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/arc.h"

static const int64_t hour = 3600000;

static void the_arc_has_a_beginning_a_middle_and_an_end(void **state)
{
    (void)state;
    assert_int_equal(ta_arc_of(1, 3, 6), TA_ARC_FIRST);
    assert_int_equal(ta_arc_of(2, 3, 6), TA_ARC_ANY);
    assert_int_equal(ta_arc_of(3, 3, 6), TA_ARC_MIDDLE);
    assert_int_equal(ta_arc_of(4, 3, 6), TA_ARC_ANY);
    assert_int_equal(ta_arc_of(6, 3, 6), TA_ARC_LAST);
    assert_int_equal(ta_arc_of(7, 3, 6), TA_ARC_ANY);
}

static void a_short_arc_has_no_middle(void **state)
{
    (void)state;
    assert_int_equal(ta_arc_of(1, 1, 1), TA_ARC_FIRST);
    assert_int_equal(ta_arc_of(1, 1, 6), TA_ARC_FIRST);
    assert_int_equal(ta_arc_of(3, 3, 3), TA_ARC_LAST);
}

static void a_place_in_the_arc_has_a_name(void **state)
{
    (void)state;
    enum ta_arc arc = TA_ARC_ANY;
    for (enum ta_arc each = TA_ARC_ANY; each < TA_ARCS; each++) {
        assert_true(ta_arc_find(&arc, ta_piece_of(ta_arc_name(each))));
        assert_int_equal(arc, each);
    }
    assert_false(ta_arc_find(&arc, ta_piece_of("")));
    assert_false(ta_arc_find(&arc, ta_piece_of("second")));
}

/* The next date is at hour 100. */
static enum ta_reminder remind(unsigned lead, unsigned notice, bool shared, int64_t now,
                               int64_t *due)
{
    struct ta_reminder_facts facts = {100 * hour, lead, notice, shared};
    return ta_remind(&facts, now, due);
}

static void an_agenda_is_due_its_lead_time_ahead(void **state)
{
    (void)state;
    int64_t due = 0;
    assert_int_equal(remind(24, 0, false, 0, &due), TA_REMIND_AGENDA);
    assert_true(due == 76 * hour);
    assert_int_equal(remind(24, 0, false, 76 * hour - 1, &due), TA_REMIND_AGENDA);
    assert_int_equal(remind(24, 0, false, 76 * hour, &due), TA_REMIND_AGENDA_LATE);
    assert_int_equal(remind(24, 0, true, 76 * hour, &due), TA_REMIND_NOTHING);
    assert_int_equal(remind(0, 0, false, 99 * hour, &due), TA_REMIND_NOTHING);
}

static void less_time_than_the_notice_is_said(void **state)
{
    (void)state;
    int64_t due = 0;
    assert_int_equal(remind(24, 48, true, 52 * hour, &due), TA_REMIND_NOTHING);
    assert_int_equal(remind(24, 48, true, 52 * hour + 1, &due), TA_REMIND_NOTICE);
    assert_int_equal(remind(24, 48, false, 60 * hour, &due), TA_REMIND_NOTICE);
    assert_int_equal(remind(24, 48, false, 80 * hour, &due), TA_REMIND_AGENDA_LATE);
}

static void a_date_that_has_come_asks_for_nothing(void **state)
{
    (void)state;
    int64_t due = 0;
    struct ta_reminder_facts none = {0, 24, 48, false};
    assert_int_equal(remind(24, 48, false, 100 * hour, &due), TA_REMIND_NOTHING);
    assert_int_equal(ta_remind(&none, 0, &due), TA_REMIND_NOTHING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_arc_has_a_beginning_a_middle_and_an_end),
        cmocka_unit_test(a_short_arc_has_no_middle),
        cmocka_unit_test(a_place_in_the_arc_has_a_name),
        cmocka_unit_test(an_agenda_is_due_its_lead_time_ahead),
        cmocka_unit_test(less_time_than_the_notice_is_said),
        cmocka_unit_test(a_date_that_has_come_asks_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
