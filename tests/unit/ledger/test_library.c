#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/file.h"
#include "world.h"

/* The first screen reads the tip; loading libgit2 for that would cost more than the screen. */
static void test_the_tip_is_read_without_libgit2(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    assert_true(world_runs(world, "git init -q --bare -b main record.git"));
    assert_true(ta_ledger_tip(world->record, tip, &world->err));
    assert_false(ta_git_is_loaded(world->git));
    world_commit(world, 1, "README.md", "Hello\n");
    assert_true(ta_git_is_loaded(world->git));
}

static void test_configuration_of_the_machine_has_no_say(void **state)
{
    struct world *world = *state;
    assert_true(world_runs(world, "mkdir -p .config/git && echo '[[[ nonsense' > .gitconfig && "
                                  "cp .gitconfig .config/git/config"));
    assert_true(ta_ledger_create(world->git, world->record, &world->err));
    world_commit(world, 1, "README.md", "Hello\n");
    world_is_sound(world);
}

/* Only a new process can be started without the library, so this program starts itself. */
static void test_a_missing_library_is_named(void **state)
{
    struct world *world = *state;
    char self[4096];
    assert_non_null(realpath("/proc/self/exe", self));
    assert_true(world_runs(world, "echo none > libgit2.so.1.5"));
    const char *said = world_says(world, "LD_LIBRARY_PATH=. '%s' without", self);
    assert_non_null(strstr(said, "install the package libgit2-1.5."));
}

static int say_what_is_missing(void)
{
    struct ta_error err;
    char id[TA_ID_SIZE] = "";
    struct ta_git *git = ta_git_new();
    bool ok = ta_ledger_parent(git, ".", id, id, &err);
    bool is_loaded = ta_git_is_loaded(git);
    ta_git_free(git);
    if (ok || is_loaded || err.code != TA_SYSTEM) {
        return EXIT_FAILURE;
    }
    puts(err.text);
    return EXIT_SUCCESS;
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "without") == 0) {
        return say_what_is_missing();
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_tip_is_read_without_libgit2, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_configuration_of_the_machine_has_no_say, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_a_missing_library_is_named, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
