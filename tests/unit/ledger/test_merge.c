#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/ledger/merge.h"

/* A commit on main by hand; what it is called in `id`. */
static void commit(struct world *world, const char *path, const char *text, char id[TA_ID_SIZE])
{
    world_commit(world, 0, path, text);
    memcpy(id, world->id, TA_ID_SIZE);
}

static void go_back(struct world *world, const char *id)
{
    (void)world_says(world, "git update-ref refs/heads/main %s", id);
}

static enum ta_relation relation(struct world *world, const char *ours, const char *theirs,
                                 const char *expected)
{
    enum ta_relation found;
    char base[TA_ID_SIZE];
    assert_true(
        ta_ledger_relate(world->git, world->record, ours, theirs, &found, base, &world->err));
    assert_string_equal(base, expected);
    return found;
}

static void histories_relate_as_git_says(void **state)
{
    struct world *world = *state;
    char base[TA_ID_SIZE];
    char ours[TA_ID_SIZE];
    char theirs[TA_ID_SIZE];
    commit(world, "a.md", "a\n", base);
    commit(world, "b.md", "b\n", ours);
    go_back(world, base);
    commit(world, "c.md", "c\n", theirs);
    assert_int_equal(relation(world, ours, ours, ours), TA_SAME);
    assert_int_equal(relation(world, ours, base, base), TA_AHEAD);
    assert_int_equal(relation(world, base, theirs, base), TA_BEHIND);
    assert_int_equal(relation(world, ours, theirs, base), TA_DIVERGED);
    assert_int_equal(relation(world, "", theirs, ""), TA_BEHIND);
    char other[TA_ID_SIZE];
    (void)snprintf(other, sizeof other, "%s",
                   world_says(world, "git commit-tree -m alone %s^{tree}", base));
    assert_int_equal(relation(world, ours, other, ""), TA_UNRELATED);
}

static void main_moves_on_only_from_where_it_was(void **state)
{
    struct world *world = *state;
    char base[TA_ID_SIZE];
    char theirs[TA_ID_SIZE];
    commit(world, "a.md", "a\n", base);
    commit(world, "b.md", "b\n", theirs);
    go_back(world, base);
    assert_false(ta_ledger_forward(world->git, world->record, theirs, theirs, &world->err));
    assert_int_equal(world->err.code, TA_BUSY);
    assert_true(ta_ledger_forward(world->git, world->record, base, theirs, &world->err));
    assert_string_equal(world_says(world, "git rev-parse main"), theirs);
    assert_false(ta_ledger_forward(world->git, world->record, theirs,
                                   "0123456789012345678901234567890123456789", &world->err));
    assert_int_equal(world->err.code, TA_ABSENT);
}

static void what_differs_is_told_with_its_texts(void **state)
{
    struct world *world = *state;
    char id[TA_SIDES][TA_ID_SIZE];
    commit(world, "sessions/01/same.md", "same\n", id[TA_BASE]);
    commit(world, "sessions/01/both.md", "base\n", id[TA_BASE]);
    commit(world, "gone.md", "going\n", id[TA_BASE]);
    commit(world, "sessions/01/both.md", "ours\n", id[TA_OURS]);
    commit(world, "ours.md", "ours\n", id[TA_OURS]);
    go_back(world, id[TA_BASE]);
    commit(world, "sessions/01/both.md", "theirs\n", id[TA_THEIRS]);
    commit(world, "gone.md", NULL, id[TA_THEIRS]);
    const char *const commits[TA_SIDES] = {id[TA_BASE], id[TA_OURS], id[TA_THEIRS]};
    struct ta_crossings found;
    assert_true(ta_ledger_cross(world->git, world->record, commits, &found, &world->err));
    assert_int_equal(found.count, 3);
    assert_string_equal(found.items[0].document, "gone.md");
    assert_false(found.items[0].is_changed[TA_OURS]);
    assert_true(found.items[0].is_changed[TA_THEIRS]);
    assert_string_equal(found.items[1].document, "ours.md");
    assert_false(found.items[1].is_changed[TA_THEIRS]);
    assert_null(found.items[1].text[TA_OURS]);
    assert_string_equal(found.items[2].document, "sessions/01/both.md");
    assert_string_equal(found.items[2].text[TA_BASE], "base\n");
    assert_string_equal(found.items[2].text[TA_OURS], "ours\n");
    assert_string_equal(found.items[2].text[TA_THEIRS], "theirs\n");
    assert_int_equal(found.when[TA_OURS].instant, INT64_C(1795510920000));
    ta_crossings_release(&found);
}

static void what_is_no_text_is_left_to_git(void **state)
{
    struct world *world = *state;
    char id[TA_SIDES][TA_ID_SIZE];
    commit(world, "x.md", "base\n", id[TA_BASE]);
    commit(world, "x.md", "ours\n", id[TA_OURS]);
    (void)snprintf(id[TA_THEIRS], TA_ID_SIZE, "%s",
                   world_says(world,
                              "git commit-tree -m link -p %s $(printf '120000 blob %%s\\tx.md"
                              "\\n' $(printf /etc | git hash-object -w --stdin) | git mktree)",
                              id[TA_BASE]));
    const char *const commits[TA_SIDES] = {id[TA_BASE], id[TA_OURS], id[TA_THEIRS]};
    struct ta_crossings found;
    assert_false(ta_ledger_cross(world->git, world->record, commits, &found, &world->err));
    assert_int_equal(world->err.code, TA_DAMAGED);
    assert_non_null(strstr(world->err.text, "x.md"));
}

static void a_commit_joins_two_in_the_order_of_their_ids(void **state)
{
    struct world *world = *state;
    char base[TA_ID_SIZE];
    char one[TA_ID_SIZE];
    char other[TA_ID_SIZE];
    char joined[2][TA_ID_SIZE];
    commit(world, "a.md", "a\n", base);
    commit(world, "b.md", "b\n", one);
    go_back(world, base);
    commit(world, "c/c.md", "c\n", other);
    for (int i = 0; i < 2; i++) {
        struct ta_commit merge = {.subject = "Merged",
                                  .pair = &world->pair,
                                  .author = &world->pair.person[TA_MENTEE],
                                  .when = {INT64_C(1795510920000), 60},
                                  .joined = i ? one : other};
        struct ta_change change = {.path = i ? "b.md" : "c/c.md", .from = i ? one : other};
        const char *main = i ? other : one;
        go_back(world, main);
        assert_true(ta_ledger_commit(world->git, world->record, &merge, &change, 1, main, joined[i],
                                     &world->err));
    }
    assert_string_equal(joined[0], joined[1]);
    assert_string_equal(world_says(world, "git ls-tree -r --name-only main"), "a.md\nb.md\nc/c.md");
    assert_string_equal(
        world_says(world, "git log --graph --format=%%s main | tr -d ' ' | head -2"),
        "*Merged\n|\\");
    const char *const parents[] = {strcmp(one, other) < 0 ? one : other,
                                   strcmp(one, other) < 0 ? other : one};
    assert_string_equal(world_says(world, "git rev-parse main^1"), parents[0]);
    assert_string_equal(world_says(world, "git rev-parse main^2"), parents[1]);
    world_is_sound(world);
    struct ta_entries entries;
    assert_true(ta_ledger_versions(world->git, world->record, "c/c.md", 0, &entries, &world->err));
    assert_int_equal(entries.count, 1);
    assert_string_equal(entries.items[0].id, other);
    ta_entries_release(&entries);
}

struct seen {
    char said[256];
};

static bool see(const char *document, const char *text, size_t length, void *data,
                struct ta_error *err)
{
    struct seen *seen = data;
    (void)err;
    (void)snprintf(seen->said + strlen(seen->said), sizeof seen->said - strlen(seen->said),
                   "%s=%.*s ", document, (int)length, text);
    return true;
}

static void miss(const char *document, void *data)
{
    struct seen *seen = data;
    (void)snprintf(seen->said + strlen(seen->said), sizeof seen->said - strlen(seen->said), "-%s ",
                   document);
}

static void only_what_changed_is_walked(void **state)
{
    struct world *world = *state;
    struct seen seen = {""};
    char before[TA_ID_SIZE];
    char after[TA_ID_SIZE];
    commit(world, "same.md", "s", before);
    commit(world, "gone.md", "g", before);
    commit(world, "gone.md", NULL, after);
    commit(world, "a/new.md", "n", after);
    assert_true(ta_ledger_walk_changed(world->git, world->record, before, after, see, miss, &seen,
                                       &world->err));
    assert_string_equal(seen.said, "a/new.md=n -gone.md ");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, world_with_record, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(histories_relate_as_git_says),
        TEST(main_moves_on_only_from_where_it_was),
        TEST(what_differs_is_told_with_its_texts),
        TEST(what_is_no_text_is_left_to_git),
        TEST(a_commit_joins_two_in_the_order_of_their_ids),
        TEST(only_what_changed_is_walked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
