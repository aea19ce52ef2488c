#include "turnabout/ledger/difference.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/text.h"
#include "world.h"

struct example {
    const char *before, *after;
    const char *lines; /* each with its origin before and "|" behind it */
};

static const struct example examples[] = {
    {"", "", ""},
    {"a\nb\n", "a\nb\n", " a| b|"},
    {"", "a\n", "+a|"},
    {"a\nb\n", "", "-a|-b|"},
    {"a\nb\nc\n", "a\nB\nc\nd\n", " a|-b|+B| c|+d|"},
    {"a\nb", "a\nb\n", " a| b|"},
    {"a\nb", "a\nc", " a|-b|+c|"},
    {"a\r\nb\r\n", "a\r\n", " a|-b|"},
    {"a\n\nb\n", "a\nb\n", " a|-| b|"},
    {"\x01\x02\x03\x04\n\xff\xfe\n", "\x01\x02\x03\x04\n", " \x01\x02\x03\x04|-\xff\xfe|"},
    {"Été\n", "Été 😀\n", "-Été|+Été 😀|"},
};

static void assert_difference(struct world *world, const struct example *example)
{
    struct ta_difference difference;
    struct ta_text lines = {0};
    assert_true(ta_ledger_difference(world->git, example->before, example->after, &difference,
                                     &world->err));
    for (size_t i = 0; i < difference.count; i++) {
        ta_text_addf(&lines, "%c%s|", difference.items[i].origin, difference.items[i].text);
    }
    char *joined = ta_text_take(&lines);
    assert_string_equal(joined, example->lines);
    free(joined);
    ta_difference_release(&difference);
    assert_int_equal(difference.count, 0);
}

static void test_every_line_of_both_in_reading_order(void **state)
{
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        assert_difference(*state, &examples[i]);
    }
}

/* However far two changes lie apart, what stands between them is shown. */
static void test_nothing_between_two_changes_is_left_out(void **state)
{
    struct world *world = *state;
    struct ta_text before = {0};
    struct ta_text after = {0};
    struct ta_difference difference;
    ta_text_add(&before, "first\n");
    ta_text_add(&after, "FIRST\n");
    for (int i = 0; i < 2000; i++) {
        ta_text_addf(&before, "line %d\n", i);
        ta_text_addf(&after, "line %d\n", i);
    }
    ta_text_add(&before, "last\n");
    ta_text_add(&after, "LAST\n");
    assert_true(
        ta_ledger_difference(world->git, before.bytes, after.bytes, &difference, &world->err));
    assert_int_equal(difference.count, 2004);
    assert_string_equal(difference.items[1].text, "FIRST");
    assert_string_equal(difference.items[1001].text, "line 999");
    assert_int_equal(difference.items[1001].origin, ' ');
    assert_string_equal(difference.items[2002].text, "last");
    assert_int_equal(difference.items[2002].origin, '-');
    ta_difference_release(&difference);
    ta_text_release(&before);
    ta_text_release(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_line_of_both_in_reading_order, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_nothing_between_two_changes_is_left_out, world_open,
                                        world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
