/* Which addresses are one place: a false no gives away a record, a false yes costs a sentence. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "turnabout/ledger/place.h"
#include "world.h"

static const struct {
    const char *one;
    const char *other;
    bool is_same;
} rows[] = {
    {"git@host.example:dana/pair.git", "https://host.example/dana/pair", true},
    {"git@host.example:dana/pair.git", "ssh://git@host.example/dana/pair.git/", true},
    {"git@host.example:dana/pair", "other@HOST.Example.:dana/pair.git", true},
    {"ssh://host.example:2222/srv/pair", "host.example:/srv/pair", true},
    {"[host.example:2222]:/srv/pair", "ssh://host.example/srv//./x/../pair", true},
    {"ssh://git@[fe80::1]:22/srv/pair", "git@[fe80::1]:/srv/pair", true},
    {"http://host.example:8080/dana/pair?x#y", "https://host.example/dana/pair", true},
    {"https://user@host.example/Dana/Pair", "https://host.example/dana/pair", true},
    {"https://host.example/dana/p%61ir", "git://host.example/dana/pair.git", true},
    {"ssh://host.example/~/pair", "host.example:pair.git", true},
    {"ssh://host.example/~dana/pair", "host.example:~/pair", true},
    {"host.example:pair.git", "host.example:/home/git/pair.git", true},
    {"host.example:pair.git", "https://host.example/git/pair", true},
    {"https://host.example/git/pair", "ssh://host.example/srv/git/pair.git", true},
    {"ssh://localhost/srv/nobody/pair", "/srv/nobody/pair.git", true},
    {"ssh://127.0.0.1:2222/srv/nobody/pair", "file:///srv/nobody/./pair/.git", true},
    {"file:///srv/nobody/p%61ir", "/srv/nobody/pair", true},
    {"git@host.example:dana/pair", "git@host.example:dana/released", false},
    {"git@host.example:dana/pair", "git@other.example:dana/pair", false},
    {"https://host.example/dana/pair", "https://host.example/priya/pair", false},
    {"https://host.example/dana/pair", "https://host.example/pair", false},
    {"https://host.example/dana/xpair", "git@host.example:pair", false},
    {"git@host.example:dana/pair", "https://host.example/dana/pair-released", false},
    {"ssh://host.example/srv/pair", "/srv/pair", false},
    {"/srv/nobody/pair", "/srv/nobody/pair2", false},
    {"/srv/nobody/Pair", "/srv/nobody/pair", false},
};

static void is(const struct ta_rewrites *rewrites, const char *one, const char *other, bool is_same)
{
    if (ta_place_is_same(rewrites, one, other) != is_same ||
        ta_place_is_same(rewrites, other, one) != is_same) {
        fail_msg("%s and %s: %s", one, other, is_same ? "they are one" : "they are two");
    }
}

static void one_host_and_path_is_one_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is(NULL, rows[i].one, rows[i].other, rows[i].is_same);
        is(NULL, rows[i].one, rows[i].one, true);
    }
}

static void one_folder_is_one_place(void **state)
{
    struct world *world = *state;
    char folder[4096];
    char one[4200];
    char other[4200];
    assert_true(world_runs(world, "mkdir -p real/pair.git real/two.git && ln -s real linked && "
                                  "ln -s two.git real/other.git && ln -s pair.git three"));
    (void)snprintf(folder, sizeof folder, "%s", world->folder);
    static const struct {
        const char *one;
        const char *other;
        bool is_same;
    } here[] = {
        {"real/pair.git", "linked/pair", true},       {"real/two", "linked/other", true},
        {"real/not-yet", "linked/not-yet.git", true}, {"real/pair.git", "real/two.git", false},
        {"real/not-yet", "real/never", false},
    };
    for (size_t i = 0; i < sizeof here / sizeof here[0]; i++) {
        (void)snprintf(one, sizeof one, "%s/%s", folder, here[i].one);
        (void)snprintf(other, sizeof other, "file://%s/%s", folder, here[i].other);
        is(NULL, one, other, here[i].is_same);
    }
}

static void what_git_rewrites_counts(void **state)
{
    struct world *world = *state;
    struct ta_rewrites rewrites;
    assert_true(world_runs(world, "git config url.https://host.example/.insteadOf h: && "
                                  "git config url.https://host.example/dana/.insteadOf h:d/ && "
                                  "git config url.host.example:.pushInsteadOf https://read/"));
    ta_rewrites_read(&rewrites, world->record);
    is(NULL, "h:pair", "https://host.example/pair", false);
    is(&rewrites, "h:pair", "https://host.example/pair", true);
    is(&rewrites, "h:d/pair", "https://host.example/dana/pair", true);
    is(&rewrites, "h:d/pair", "https://host.example/d/pair", false);
    is(&rewrites, "https://read/dana/pair", "h:dana/pair", true);
    is(&rewrites, "https://read/dana/pair", "h:dana/other", false);
    ta_rewrites_release(&rewrites);
    ta_rewrites_read(&rewrites, "/nobody/has/this");
    ta_rewrites_release(&rewrites);
}

static void what_lies_in_a_folder_is_found(void **state)
{
    struct world *world = *state;
    struct ta_rewrites rewrites;
    char path[4096];
    assert_true(world_runs(world, "git config url.%s/.insteadOf own:", world->folder));
    ta_rewrites_read(&rewrites, world->record);
    assert_true(ta_place_is_within(NULL, world->record, world->folder));
    assert_true(ta_place_is_within(NULL, world->folder, world->folder));
    (void)snprintf(path, sizeof path, "file://localhost%s/./not/there/../yet", world->folder);
    assert_true(ta_place_is_within(NULL, path, world->folder));
    (void)snprintf(path, sizeof path, "ssh://127.0.0.1%s/pair.git", world->folder);
    assert_true(ta_place_is_within(NULL, path, world->folder));
    (void)snprintf(path, sizeof path, "ssh://host.example%s/pair.git", world->folder);
    assert_false(ta_place_is_within(NULL, path, world->folder));
    (void)snprintf(path, sizeof path, "%s-2/pair.git", world->folder);
    assert_false(ta_place_is_within(NULL, path, world->folder));
    (void)snprintf(path, sizeof path, "%s/link", world->folder);
    assert_int_equal(symlink("/usr", path), 0);
    assert_false(ta_place_is_within(NULL, path, world->folder));
    assert_false(ta_place_is_within(NULL, "own:pair.git", world->folder));
    assert_true(ta_place_is_within(&rewrites, "own:pair.git", world->folder));
    ta_rewrites_release(&rewrites);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_host_and_path_is_one_place),
        cmocka_unit_test_setup_teardown(one_folder_is_one_place, world_with_record, world_close),
        cmocka_unit_test_setup_teardown(what_git_rewrites_counts, world_with_record, world_close),
        cmocka_unit_test_setup_teardown(what_lies_in_a_folder_is_found, world_with_record,
                                        world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
