#include "fixture.h"
#include "turnabout/store/index.h"

#define FIRST "1111111111111111111111111111111111111111"
#define SECOND "2222222222222222222222222222222222222222"

static void assert_tip(struct fixture *fixture, int64_t pair, const char *expected)
{
    char tip[TA_COMMIT_SIZE];
    assert_true(ta_store_index_tip(fixture->store, pair, tip, &fixture->err));
    assert_string_equal(tip, expected);
}

static void assert_text(struct fixture *fixture, int64_t pair, const char *path,
                        const char *expected)
{
    char *text = NULL;
    assert_true(ta_store_index_text(fixture->store, pair, path, &text, &fixture->err));
    if (expected == NULL) {
        assert_null(text);
    } else {
        assert_non_null(text);
        assert_string_equal(text, expected);
    }
    free(text);
}

static bool move(struct fixture *fixture, int64_t pair, const char *from, const char *tip,
                 const char *path, const char *text)
{
    struct ta_indexed document = {path, text};
    return ta_store_index_move(fixture->store, pair, from, tip, &document, 1, &fixture->err);
}

static bool replace(struct fixture *fixture, int64_t pair, const char *from, const char *tip,
                    const char *path, const char *text)
{
    struct ta_indexed document = {path, text};
    return ta_store_index_replace(fixture->store, pair, from, tip, &document, 1, &fixture->err);
}

static void a_pair_begins_without_an_index(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    assert_tip(fixture, pair, "");
    assert_text(fixture, pair, "contract.md", NULL);
}

static void documents_are_as_of_the_tip(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    struct ta_indexed first[] = {{"contract.md", "one"}, {"README.md", "two"}, {"log.md", "three"}};
    struct ta_indexed second[] = {{"contract.md", "four"}, {"log.md", NULL}, {"none.md", NULL}};
    assert_true(ta_store_index_move(fixture->store, pair, "", FIRST, first, 3, &fixture->err));
    assert_true(move(fixture, other, "", SECOND, "contract.md", "theirs"));
    assert_true(ta_store_index_move(fixture->store, pair, FIRST, SECOND, second, 3, &fixture->err));
    reopen(fixture);
    assert_tip(fixture, pair, SECOND);
    assert_text(fixture, pair, "contract.md", "four");
    assert_text(fixture, pair, "README.md", "two");
    assert_text(fixture, pair, "log.md", NULL);
    assert_text(fixture, other, "contract.md", "theirs");
}

static void an_index_made_anew_keeps_nothing_old(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    assert_true(move(fixture, pair, "", FIRST, "old.md", "old"));
    assert_true(move(fixture, other, "", FIRST, "old.md", "theirs"));
    assert_true(replace(fixture, pair, FIRST, SECOND, "new.md", "new"));
    assert_text(fixture, pair, "old.md", NULL);
    assert_text(fixture, pair, "new.md", "new");
    assert_text(fixture, other, "old.md", "theirs");
}

static void who_moves_from_another_tip_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    assert_true(move(fixture, pair, "", FIRST, "contract.md", "one"));
    assert_false(replace(fixture, pair, "", SECOND, "contract.md", "of an older reading"));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_false(move(fixture, pair, SECOND, SECOND, "contract.md", "two"));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_false(move(fixture, pair, "", SECOND, "contract.md", "two"));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_tip(fixture, pair, FIRST);
    assert_text(fixture, pair, "contract.md", "one");
}

static void an_index_for_a_pair_that_is_gone_is_absent(void **state)
{
    struct fixture *fixture = *state;
    assert_false(replace(fixture, 77, "", FIRST, "contract.md", "one"));
    assert_int_equal(fixture->err.code, TA_ABSENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pair_begins_without_an_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(documents_are_as_of_the_tip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_made_anew_keeps_nothing_old, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_moves_from_another_tip_changes_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_index_for_a_pair_that_is_gone_is_absent, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
