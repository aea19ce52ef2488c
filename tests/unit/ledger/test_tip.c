#include <string.h>
#include <unistd.h>

#include "world.h"

#define ID "0123456789abcdef0123456789abcdef01234567"

static const char *tip_of(struct world *world)
{
    static char tip[TA_ID_SIZE];
    if (!ta_ledger_tip(world->record, tip, &world->err)) {
        fail_msg("%s", world->err.text);
    }
    return tip;
}

static void test_nothing_committed_is_empty(void **state)
{
    assert_string_equal(tip_of(*state), "");
}

static void test_follows_commits_through_gc(void **state)
{
    struct world *world = *state;
    world_commit(world, 1, "README.md", "one\n");
    assert_string_equal(tip_of(world), world->id);
    assert_true(world_runs(world, "git gc -q && ! test -e record.git/refs/heads/main"));
    assert_string_equal(tip_of(world), world->id);
    world_commit(world, 1, "README.md", "two\n");
    assert_string_equal(tip_of(world), world->id);
    assert_string_equal(tip_of(world), world_says(world, "git rev-parse main"));
}

static void test_other_packed_refs_are_not_main(void **state)
{
    struct world *world = *state;
    assert_true(world_runs(world, "printf '# pack-refs with: peeled fully-peeled sorted \\n" ID
                                  " refs/heads/main-2\\n" ID " refs/tags/v1\\n^" ID
                                  "\\n' > record.git/packed-refs"));
    assert_string_equal(tip_of(world), "");
    assert_true(world_runs(world, "echo '%s refs/heads/main' >> record.git/packed-refs", ID));
    assert_string_equal(tip_of(world), ID);
}

static void test_what_is_no_id_is_refused(void **state)
{
    static const char *const garbage[] = {
        "",
        "\\0\\0\\0",
        "ref: refs/heads/other\\n",
        "0123456789abcdef\\n",
        ID "0\\n",
        "g123456789abcdef0123456789abcdef01234567\\n",
        ID ID "\\n",
        ID "\\n" ID "\\n",
    };
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
        assert_true(world_runs(world, "printf '%s' > record.git/refs/heads/main", garbage[i]));
        assert_false(ta_ledger_tip(world->record, tip, &world->err));
        assert_int_equal(world->err.code, TA_DAMAGED);
        assert_non_null(strstr(world->err.text, world->record));
        assert_string_equal(tip, "");
    }
    assert_true(world_runs(world, "rm record.git/refs/heads/main && "
                                  "echo 'abc refs/heads/main' > record.git/packed-refs"));
    assert_false(ta_ledger_tip(world->record, tip, &world->err));
    assert_int_equal(world->err.code, TA_DAMAGED);
}

/* The repository may be on a shared disk, and anybody's. */
static void test_a_pipe_is_not_waited_for(void **state)
{
    static const char *const places[] = {"refs/heads/main", "packed-refs"};
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        assert_true(world_runs(world, "mkfifo record.git/%s", places[i]));
        (void)alarm(10); /* so that waiting fails */
        assert_false(ta_ledger_tip(world->record, tip, &world->err));
        (void)alarm(0);
        assert_int_equal(world->err.code, TA_WRONG);
        assert_non_null(strstr(world->err.text, places[i]));
        assert_true(world_runs(world, "rm record.git/%s", places[i]));
    }
}

static void test_no_repository_is_absent(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    assert_true(world_runs(world, "rm -r record.git"));
    assert_false(ta_ledger_tip(world->record, tip, &world->err));
    assert_int_equal(world->err.code, TA_ABSENT);
    assert_non_null(strstr(world->err.text, world->record));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_committed_is_empty, world_with_record,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_follows_commits_through_gc, world_with_record,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_other_packed_refs_are_not_main, world_with_record,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_what_is_no_id_is_refused, world_with_record,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_a_pipe_is_not_waited_for, world_with_record,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_no_repository_is_absent, world_with_record,
                                        world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
