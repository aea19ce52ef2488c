/* Refs of a programme: which moved, what is set, and what is kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/file.h"
#include "turnabout/base/text.h"
#include "turnabout/ledger/programme.h"
#include "world.h"

static const char one[] = "1111111111111111111111111111111111111111";
static const char two[] = "2222222222222222222222222222222222222222";

static char *make(struct world *world)
{
    char *path = ta_path_join(world->folder, "programme.git");
    assert_true(ta_programme_create(path, &world->err));
    return path;
}

static struct ta_pair_ref ref_of(const char *slug, const char *tip)
{
    struct ta_pair_ref ref = {.slug = slug};
    (void)snprintf(ref.tip, sizeof ref.tip, "%s", tip);
    return ref;
}

static void note(const struct ta_pair_ref *ref, void *data)
{
    ta_text_addf(data, "%s=%.1s ", ref->slug, ref->tip);
}

/* "a=1 b=2 ": what moved since `known`; `stamp` is that of now. */
static void assert_moved(struct world *world, const char *path, const char *known, char *stamp,
                         const char *expected)
{
    struct ta_text told = {0};
    ta_text_add(&told, "");
    assert_true(ta_programme_moved(path, known, note, &told, stamp, &world->err));
    assert_string_equal(told.bytes, expected);
    ta_text_release(&told);
}

static void only_what_moved_is_told(void **state)
{
    struct world *world = *state;
    char *path = make(world);
    char stamp[TA_STAMP_SIZE];
    char later[TA_STAMP_SIZE];
    assert_moved(world, path, NULL, stamp, "");
    const struct ta_pair_ref first[] = {ref_of("noor", one), ref_of("amara", one)};
    assert_true(ta_programme_set(path, first, 2, &world->err));
    assert_moved(world, path, NULL, stamp, "amara=1 noor=1 ");
    ta_programme_keep(path, stamp);
    assert_moved(world, path, stamp, later, "");
    const struct ta_pair_ref second[] = {ref_of("noor", two), ref_of("zoë", two),
                                         ref_of("amara", "")};
    assert_true(ta_programme_set(path, second, 3, &world->err));
    assert_moved(world, path, stamp, later, "amara= noor=2 zoë=2 ");
    assert_moved(world, path, NULL, later, "noor=2 zoë=2 ");
    free(path);
}

/* Without what was kept everything is told; nothing is ever missed. */
static void what_was_kept_may_be_lost(void **state)
{
    struct world *world = *state;
    char *path = make(world);
    char stamp[TA_STAMP_SIZE];
    char later[TA_STAMP_SIZE];
    const struct ta_pair_ref first[] = {ref_of("amara", one), ref_of("noor", one)};
    assert_true(ta_programme_set(path, first, 2, &world->err));
    assert_moved(world, path, NULL, stamp, "amara=1 noor=1 ");
    const struct ta_pair_ref second[] = {ref_of("noor", two)};
    assert_true(ta_programme_set(path, second, 1, &world->err));
    assert_moved(world, path, stamp, later, "amara=1 noor=2 ");
    free(path);
}

static void a_ref_that_git_wrote_counts(void **state)
{
    struct world *world = *state;
    char *path = make(world);
    char stamp[TA_STAMP_SIZE];
    const struct ta_pair_ref first[] = {ref_of("amara", one)};
    assert_true(ta_programme_set(path, first, 1, &world->err));
    assert_true(world_runs(world, "printf '%s\\n' >'%s/refs/pairs/amara'", two, path));
    assert_moved(world, path, NULL, stamp, "amara=1 amara=2 ");
    assert_true(ta_programme_set(path, first, 1, &world->err));
    assert_moved(world, path, NULL, stamp, "amara=1 ");
    free(path);
}

/* git reads what we wrote, and we what git wrote. */
static void git_has_the_same_refs(void **state)
{
    struct world *world = *state;
    char *path = make(world);
    char stamp[TA_STAMP_SIZE];
    struct ta_pair_ref refs[2] = {{.slug = "zoë"}, {.slug = "amara"}};
    const char *id = world_says(
        world,
        "git --git-dir '%s' commit-tree -m x $(git --git-dir '%s' hash-object -t tree -w "
        "/dev/null)",
        path, path);
    (void)snprintf(refs[0].tip, sizeof refs[0].tip, "%s", id);
    (void)snprintf(refs[1].tip, sizeof refs[1].tip, "%s", id);
    assert_true(ta_programme_set(path, refs, 2, &world->err));
    assert_string_equal(
        world_says(world, "git --git-dir '%s' for-each-ref --format='%%(refname)' | tr '\\n' ' '",
                   path),
        "refs/pairs/amara refs/pairs/zoë ");
    assert_true(world_runs(world,
                           "git --git-dir '%s' pack-refs --all && git --git-dir '%s' fsck --strict",
                           path, path));
    struct ta_text told = {0};
    assert_true(ta_programme_moved(path, NULL, note, &told, stamp, &world->err));
    assert_memory_equal(told.bytes, "amara=", 6);
    ta_text_release(&told);
    free(path);
}

static void a_lock_that_was_left_is_cleared(void **state)
{
    struct world *world = *state;
    char *path = make(world);
    char stamp[TA_STAMP_SIZE];
    const struct ta_pair_ref first[] = {ref_of("amara", one)};
    assert_true(world_runs(world, "touch -d '1 hour ago' '%s/packed-refs.lock'", path));
    assert_true(ta_programme_set(path, first, 1, &world->err));
    assert_moved(world, path, NULL, stamp, "amara=1 ");
    free(path);
}

enum { MANY_TEXTS = 600 }; /* more than what a reading reads from one opening */

static void assert_reads(struct world *world, struct ta_reading *reading, const char *commit,
                         const char *expected)
{
    char *text;
    assert_true(ta_reading_text(reading, commit, "pair.md", &text, &world->err));
    assert_string_equal(text, expected);
    free(text);
}

/* Opened again in between, it goes on where it was; gone meanwhile, that is said, and no more. */
static void many_texts_are_read_one_after_another(void **state)
{
    struct world *world = *state;
    struct ta_reading *reading;
    char first[TA_ID_SIZE];
    char *text;
    world_commit(world, 1, "pair.md", "first\n");
    memcpy(first, world->id, sizeof first);
    world_commit(world, 2, "pair.md", "second\n");
    assert_true(ta_reading_open(&reading, world->git, world->record, &world->err));
    for (int i = 0; i < MANY_TEXTS; i++) {
        assert_reads(world, reading, first, "first\n");
        assert_reads(world, reading, world->id, "second\n");
    }
    for (int i = 0; i < MANY_TEXTS; i++) {
        assert_reads(world, reading, first, "first\n");
    }
    assert_true(world_runs(world, "mv record.git away.git"));
    assert_false(ta_reading_text(reading, world->id, "pair.md", &text, &world->err));
    assert_int_equal(world->err.code, TA_ABSENT);
    assert_non_null(strstr(world->err.text, "There is no record at"));
    assert_true(world_runs(world, "mv away.git record.git"));
    assert_reads(world, reading, world->id, "second\n");
    ta_reading_close(reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_moved_is_told, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_was_kept_may_be_lost, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_ref_that_git_wrote_counts, world_open, world_close),
        cmocka_unit_test_setup_teardown(git_has_the_same_refs, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_lock_that_was_left_is_cleared, world_open, world_close),
        cmocka_unit_test_setup_teardown(many_texts_are_read_one_after_another, world_with_record,
                                        world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
