#include <string.h>
#include <unistd.h>

#include "world.h"

static void test_a_new_record_is_bare_on_main(void **state)
{
    struct world *world = *state;
    assert_string_equal(world_says(world, "git config core.bare"), "true");
    assert_string_equal(world_says(world, "git symbolic-ref HEAD"), "refs/heads/main");
    assert_string_equal(world_says(world, "ls"), "record.git");
    world_is_sound(world);
}

static void test_what_stands_there_stays(void **state)
{
    struct world *world = *state;
    world_commit(world, 1, "README.md", "Hello\n");
    assert_false(ta_ledger_create(world->git, world->record, &world->err));
    assert_int_equal(world->err.code, TA_REFUSED);
    assert_non_null(strstr(world->err.text, world->record));
    assert_string_equal(world_says(world, "git show main:README.md"), "Hello");
    assert_true(world_runs(world, "rm -r record.git && ln -s nowhere record.git"));
    assert_false(ta_ledger_create(world->git, world->record, &world->err));
    assert_int_equal(world->err.code, TA_REFUSED);
}

static void test_a_creation_that_was_killed_can_be_repeated(void **state)
{
    struct world *world = *state;
    assert_true(world_runs(world, "git init -q --bare record.git.new && touch record.git.new/x"));
    assert_true(ta_ledger_create(world->git, world->record, &world->err));
    assert_string_equal(world_says(world, "ls"), "record.git");
    assert_false(world_runs(world, "test -e record.git/x"));
    world_is_sound(world);
}

static void test_no_room_for_a_record(void **state)
{
    struct world *world = *state;
    assert_false(ta_ledger_create(world->git, "/proc/no/record.git", &world->err));
    assert_int_equal(world->err.code, TA_SYSTEM);
    assert_non_null(strstr(world->err.text, "/proc/no/record.git"));
}

struct refusal {
    const char *damage; /* done by a shell */
    enum ta_code code;
    const char *said; /* a part of the sentence */
};

static const struct refusal refusals[] = {
    {"rm -r record.git", TA_ABSENT, "There is no record at"},
    {"rm -r record.git && echo > record.git", TA_DAMAGED, "is not a git repository"},
    {"rm record.git/HEAD", TA_DAMAGED, "is not a git repository"},
    {"rm -r record.git && git init -q --bare --object-format=sha256 -b main", TA_DAMAGED,
     "SHA-256"},
    {"git config core.repositoryformatversion 1 && git config extensions.partialclone origin",
     TA_DAMAGED, "a partial clone"},
    {"git config core.repositoryformatversion 1 && git config extensions.refstorage reftable",
     TA_DAMAGED, "reftable"},
    {"git config core.repositoryformatversion 9", TA_DAMAGED, "a newer git"},
    {"echo '[[[' > record.git/config", TA_DAMAGED, "config"},
};

static void test_what_is_no_record_of_ours_is_told(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        assert_true(world_runs(world, "rm -rf record.git"));
        assert_true(ta_ledger_create(world->git, world->record, &world->err));
        assert_true(world_runs(world, "%s", refusals[i].damage));
        if (world_tries(world, "README.md", "Hello\n")) {
            fail_msg("after %s it still commits", refusals[i].damage);
        }
        assert_int_equal(world->err.code, refusals[i].code);
        assert_non_null(strstr(world->err.text, refusals[i].said));
        assert_non_null(strstr(world->err.text, world->record));
    }
}

/* git takes a repository of somebody else's for a trap, and so does the program. */
static void test_a_record_of_another_user_is_refused(void **state)
{
    struct world *world = *state;
    char *text;
    if (geteuid() != 0) {
        skip();
    }
    world_commit(world, 1, "README.md", "Hello\n");
    assert_true(world_runs(world, "chown -R 65534 record.git"));
    assert_false(ta_ledger_read(world->git, world->record, NULL, "README.md", &text, &world->err));
    assert_int_equal(world->err.code, TA_DAMAGED);
    assert_non_null(strstr(world->err.text, "another user"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_new_record_is_bare_on_main, world_with_record,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_what_stands_there_stays, world_with_record,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_a_creation_that_was_killed_can_be_repeated, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_no_room_for_a_record, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_what_is_no_record_of_ours_is_told, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_a_record_of_another_user_is_refused, world_with_record,
                                        world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
