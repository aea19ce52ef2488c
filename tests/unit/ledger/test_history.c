#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/text.h"
#include "world.h"

/* Four commits of ours, session 1 to 4. */
static void four_sessions(struct world *world)
{
    for (unsigned session = 1; session <= 4; session++) {
        char path[64];
        (void)snprintf(path, sizeof path, "sessions/%02u/summary.md", session);
        world_commit(world, session, path, "x\n");
    }
}

static void assert_sessions(struct world *world, size_t skip, size_t limit, const char *expected)
{
    struct ta_entries entries;
    struct ta_text sessions = {0};
    assert_true(ta_ledger_log(world->git, world->record, skip, limit, &entries, &world->err));
    ta_text_add(&sessions, "");
    for (size_t i = 0; i < entries.count; i++) {
        ta_text_addf(&sessions, "%u ", entries.items[i].session);
    }
    char *joined = ta_text_take(&sessions);
    assert_string_equal(joined, expected);
    free(joined);
    ta_entries_release(&entries);
}

static void test_newest_first_in_pages(void **state)
{
    struct world *world = *state;
    assert_sessions(world, 0, 0, "");
    four_sessions(world);
    assert_sessions(world, 0, 0, "4 3 2 1 ");
    assert_sessions(world, 0, 2, "4 3 ");
    assert_sessions(world, 1, 2, "3 2 ");
    assert_sessions(world, 3, 9, "1 ");
    assert_sessions(world, 4, 0, "");
    assert_true(world_runs(world, "git gc -q"));
    assert_sessions(world, 0, 0, "4 3 2 1 ");
}

static void test_an_entry_says_who_when_and_what(void **state)
{
    struct world *world = *state;
    struct ta_entries entries;
    world_commit(world, 1, "README.md", "x\n");
    assert_true(ta_ledger_log(world->git, world->record, 0, 0, &entries, &world->err));
    assert_int_equal(entries.count, 1);
    assert_string_equal(entries.items[0].id, world->id);
    assert_string_equal(entries.items[0].subject, "Session 1: Who speaks first");
    assert_string_equal(entries.items[0].author, "Dana Holt");
    assert_int_equal(entries.items[0].when.instant, INT64_C(1795510920000));
    assert_int_equal(entries.items[0].when.offset, 60);
    ta_entries_release(&entries);
    assert_int_equal(entries.count, 0);
}

struct message {
    const char *text;
    unsigned session;
};

static void test_commits_by_hand_belong_to_the_history(void **state)
{
    static const struct message messages[] = {
        {"By hand", 0},
        {"By hand\n\nSession: 7", 7},
        {"By hand\n\nSession: 7\n\nno trailer up there", 0},
        {"By hand\n\nSession: -7", 0},
        {"By hand\n\nSession: 7x", 0},
        {"By hand\n\nSession: 99999999999999999999", 0},
        {"By hand\n\nSession: ", 0},
    };
    struct world *world = *state;
    world_commit(world, 1, "README.md", "x\n");
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        struct ta_entries entries;
        assert_true(world_runs(world,
                               "git update-ref refs/heads/main $(printf '%%b' '%s' | "
                               "git commit-tree -p main main^{tree})",
                               messages[i].text));
        assert_true(ta_ledger_log(world->git, world->record, 0, 1, &entries, &world->err));
        assert_string_equal(entries.items[0].subject, "By hand");
        assert_string_equal(entries.items[0].author, "Hand");
        assert_int_equal(entries.items[0].session, messages[i].session);
        ta_entries_release(&entries);
    }
}

static void test_history_stops_at_damage(void **state)
{
    struct world *world = *state;
    struct ta_entries entries;
    four_sessions(world);
    const char *id = world_says(world, "git rev-parse main~2");
    assert_true(world_runs(world, "rm -f record.git/objects/%.2s/%s", id, id + 2));
    assert_false(ta_ledger_log(world->git, world->record, 0, 0, &entries, &world->err));
    assert_int_equal(world->err.code, TA_DAMAGED);
    assert_int_equal(entries.count, 0);
    assert_true(world_runs(world, "rm -r record.git"));
    assert_false(ta_ledger_log(world->git, world->record, 0, 0, &entries, &world->err));
    assert_int_equal(world->err.code, TA_ABSENT);
}

static void assert_changed(struct world *world, const char *commit, const char *expected)
{
    struct ta_paths paths;
    struct ta_text joined = {0};
    assert_true(ta_ledger_changed(world->git, world->record, NULL, commit, &paths, &world->err));
    ta_text_add(&joined, "");
    for (size_t i = 0; i < paths.count; i++) {
        ta_text_addf(&joined, "%s ", paths.items[i]);
    }
    char *text = ta_text_take(&joined);
    assert_string_equal(text, expected);
    free(text);
    ta_paths_release(&paths);
    assert_int_equal(paths.count, 0);
}

static void test_what_a_commit_changed(void **state)
{
    struct world *world = *state;
    struct ta_commit commit = {
        .subject = "Change", .pair = &world->pair, .author = &world->pair.person[TA_MENTEE]};
    struct ta_change changes[] = {{"README.md", "changed\n", NULL},
                                  {"gone.md", NULL, NULL},
                                  {"sessions/02/summary.md", "new\n", NULL}};
    world_commit(world, 1, "README.md", "first\n");
    assert_changed(world, world->id, "README.md ");
    world_commit(world, 1, "gone.md", "second\n");
    assert_changed(world, NULL, "gone.md ");
    assert_true(ta_ledger_commit(world->git, world->record, &commit, changes, 3, NULL, world->id,
                                 &world->err));
    assert_changed(world, NULL, "README.md gone.md sessions/02/summary.md ");
    world_commit(world, 1, "README.md", "changed\n");
    assert_changed(world, NULL, "");
}

static void test_a_merge_is_seen_from_its_first_parent(void **state)
{
    struct world *world = *state;
    world_commit(world, 1, "README.md", "x\n");
    world_commit(world, 2, "ours.md", "x\n");
    assert_true(world_runs(
        world, "b=$(echo y | git hash-object -w --stdin) && git read-tree main~1 && "
               "git update-index --add --cacheinfo 100644,$b,theirs.md && "
               "other=$(git commit-tree -p main~1 -m theirs $(git write-tree)) && "
               "git read-tree main && git update-index --add --cacheinfo 100644,$b,theirs.md "
               "--cacheinfo 120000,$b,link && git update-ref refs/heads/main "
               "$(git commit-tree -p main -p $other -m merge $(git write-tree))"));
    assert_changed(world, NULL, "theirs.md ");
    struct ta_entries entries;
    assert_true(ta_ledger_log(world->git, world->record, 0, 0, &entries, &world->err));
    assert_int_equal(entries.count, 4);
    assert_string_equal(entries.items[0].subject, "merge");
    ta_entries_release(&entries);
}

static void test_an_unknown_commit_changed_nothing(void **state)
{
    struct world *world = *state;
    struct ta_paths paths;
    world_commit(world, 1, "README.md", "x\n");
    assert_false(ta_ledger_changed(world->git, world->record, NULL, "main", &paths, &world->err));
    assert_int_equal(world->err.code, TA_ABSENT);
    assert_int_equal(paths.count, 0);
}

static void assert_since(struct world *world, const char *known, bool joined, const char *expected)
{
    char tip[TA_ID_SIZE];
    char from[TA_ID_SIZE] = "";
    bool is_joined = !joined;
    struct ta_entries entries;
    struct ta_text sessions = {0};
    if (*known) {
        strncat(from, world_says(world, "git rev-parse %s", known), TA_ID_SIZE - 1);
    }
    assert_true(ta_ledger_tip(world->record, tip, &world->err));
    assert_true(ta_ledger_log_since(world->git, world->record, tip, from, &entries, &is_joined,
                                    &world->err));
    assert_int_equal(is_joined, joined);
    ta_text_add(&sessions, "");
    for (size_t i = 0; i < entries.count; i++) {
        ta_text_addf(&sessions, "%u ", entries.items[i].session);
    }
    assert_string_equal(sessions.bytes, expected);
    ta_text_release(&sessions);
    ta_entries_release(&entries);
}

static void test_what_is_new_since_a_commit(void **state)
{
    struct world *world = *state;
    four_sessions(world);
    assert_since(world, "", false, "4 3 2 1 ");
    assert_since(world, "main", true, "");
    assert_since(world, "main~3", true, "4 3 2 ");
    assert_true(world_runs(world, "git tag old main && "
                                  "git update-ref refs/heads/main main~2"));
    assert_since(world, "old", false, "2 1 ");
}

static void assert_versions(struct world *world, const char *document, size_t limit,
                            const char *expected)
{
    struct ta_entries entries;
    struct ta_text sessions = {0};
    assert_true(
        ta_ledger_versions(world->git, world->record, document, limit, &entries, &world->err));
    ta_text_add(&sessions, "");
    for (size_t i = 0; i < entries.count; i++) {
        ta_text_addf(&sessions, "%u ", entries.items[i].session);
    }
    assert_string_equal(sessions.bytes, expected);
    ta_text_release(&sessions);
    ta_entries_release(&entries);
}

static void test_the_versions_of_a_document(void **state)
{
    struct world *world = *state;
    assert_versions(world, "contract.md", 0, "");
    world_commit(world, 1, "contract.md", "first\n");
    world_commit(world, 2, "README.md", "x\n");
    world_commit(world, 3, "contract.md", "second\n");
    world_commit(world, 4, "contract.md", "second\n");
    world_commit(world, 5, "contract.md", NULL);
    world_commit(world, 6, "contract.md", "second\n");
    assert_versions(world, "contract.md", 0, "6 5 3 1 ");
    assert_versions(world, "contract.md", 2, "6 5 ");
    assert_versions(world, "sessions/01/summary.md", 0, "");
}

static void test_the_commit_before(void **state)
{
    struct world *world = *state;
    char parent[TA_ID_SIZE];
    char first[TA_ID_SIZE];
    world_commit(world, 1, "README.md", "x\n");
    (void)snprintf(first, sizeof first, "%s", world->id);
    world_commit(world, 2, "README.md", "y\n");
    assert_true(ta_ledger_parent(world->git, world->record, world->id, parent, &world->err));
    assert_string_equal(parent, first);
    assert_true(ta_ledger_parent(world->git, world->record, first, parent, &world->err));
    assert_string_equal(parent, "");
}

#define WITH_RECORD(test) cmocka_unit_test_setup_teardown(test, world_with_record, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RECORD(test_newest_first_in_pages),
        WITH_RECORD(test_an_entry_says_who_when_and_what),
        WITH_RECORD(test_commits_by_hand_belong_to_the_history),
        WITH_RECORD(test_history_stops_at_damage),
        WITH_RECORD(test_what_a_commit_changed),
        WITH_RECORD(test_a_merge_is_seen_from_its_first_parent),
        WITH_RECORD(test_an_unknown_commit_changed_nothing),
        WITH_RECORD(test_what_is_new_since_a_commit),
        WITH_RECORD(test_the_versions_of_a_document),
        WITH_RECORD(test_the_commit_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
