#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"

static void allocates_zeroes(void **state)
{
    (void)state;
    unsigned char *bytes = ta_allocate(100, 3);
    for (size_t i = 0; i < 300; i++) {
        assert_int_equal(bytes[i], 0);
    }
    free(bytes);
    void *nothing = ta_allocate(0, 8);
    assert_non_null(nothing);
    free(nothing);
}

static void copies(void **state)
{
    (void)state;
    char original[] = "Priya";
    char *copy = ta_copy(original);
    original[0] = 'F';
    assert_string_equal(copy, "Priya");
    assert_string_equal(original, "Friya");
    free(copy);
    assert_null(ta_copy(NULL));

    char *part = ta_copy_bytes("Dana Holt", 4);
    assert_string_equal(part, "Dana");
    free(part);
    char *empty = ta_copy_bytes(NULL, 0);
    assert_string_equal(empty, "");
    free(empty);
}

static void replaces_by_itself_and_by_nothing(void **state)
{
    (void)state;
    char *name = NULL;
    ta_replace(&name, "Dana Holt");
    ta_replace(&name, name);
    assert_string_equal(name, "Dana Holt");
    ta_replace(&name, name + 5);
    assert_string_equal(name, "Holt");
    ta_replace(&name, NULL);
    assert_null(name);
}

struct thing {
    int number;
    char tail[5];
};

static void appends_and_keeps_what_was_there(void **state)
{
    (void)state;
    struct thing *things = NULL;
    for (size_t count = 0; count < 1000; count++) {
        struct thing *thing = ta_append(&things, count, sizeof *things);
        assert_ptr_equal(thing, things + count);
        assert_int_equal(thing->number, 0);
        assert_int_equal(thing->tail[4], 0);
        *thing = (struct thing){(int)count, "tail"};
    }
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(things[i].number, i);
        assert_string_equal(things[i].tail, "tail");
    }
    free(things);
}

/* Items are taken off the end and others put there, around every size at which the array grows. */
static void appends_after_taking_away(void **state)
{
    (void)state;
    struct thing *things = NULL;
    size_t count = 0;
    for (int round = 0; round < 40; round++) {
        for (int i = 0; i < 5; i++) {
            struct thing *thing = ta_append(&things, count++, sizeof *things);
            assert_int_equal(thing->number, 0);
            thing->number = (int)count;
        }
        count -= 3;
    }
    assert_int_equal(count, 80);
    assert_int_equal(things[79].number, 80);
    count = 0;
    ((struct thing *)ta_append(&things, count, sizeof *things))->number = 7;
    assert_int_equal(things[0].number, 7);
    free(things);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocates_zeroes),
        cmocka_unit_test(copies),
        cmocka_unit_test(replaces_by_itself_and_by_nothing),
        cmocka_unit_test(appends_and_keeps_what_was_there),
        cmocka_unit_test(appends_after_taking_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
