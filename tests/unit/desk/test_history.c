#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/text.h"
#include "turnabout/desk/history.h"
#include "turnabout/desk/meetings.h"
#include "world.h"

/* The history as git tells it: "id subject" a line. */
static void assert_as_git_has_it(struct world *world)
{
    struct ta_entries entries = {0};
    struct ta_text told = {0};
    char *expected = world_shell(world, "git --git-dir \"$record\" log --format='%H %s, %an, %at'");
    fine(world, ta_desk_history(&world->desk, &world->pair, 0, 0, &entries, &world->err));
    for (size_t i = 0; i < entries.count; i++) {
        const struct ta_entry *entry = &entries.items[i];
        ta_text_addf(&told, "%s %s, %s, %lld\n", entry->id, entry->subject, entry->author,
                     (long long)(entry->when.instant / 1000));
    }
    assert_string_equal(told.bytes, expected);
    free(expected);
    ta_text_release(&told);
    ta_entries_release(&entries);
}

static void by_hand(struct world *world, const char *commands)
{
    struct ta_text script = {0};
    ta_text_addf(&script,
                 "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && "
                 "git config user.name Hand && git config user.email hand@example.org && "
                 "%s && git push -qf origin HEAD:main && cd / && rm -rf $dir",
                 commands);
    free(world_shell(world, script.bytes));
    ta_text_release(&script);
}

static const char *const lines[] = {"! Listen first", "> Dana: ask juniors first"};

static void what_was_committed_here_is_told_without_libgit2(void **state)
{
    struct world *world = *state;
    world_agree(world);
    world_hold(world, lines, 2);
    world_sum_up(world);
    world_reopen(world);
    assert_as_git_has_it(world);
    assert_false(ta_git_is_loaded(world->desk.git));
}

static void commits_by_hand_join_those_that_were_known(void **state)
{
    struct world *world = *state;
    world_agree(world);
    assert_as_git_has_it(world);
    by_hand(world, "date > one && git add one && git commit -qm 'By hand: one' && date > two && "
                   "git add two && git commit -qm 'By hand: two'");
    assert_as_git_has_it(world);
    world_reopen(world);
    assert_as_git_has_it(world);
    assert_false(ta_git_is_loaded(world->desk.git));
}

static void a_history_that_was_rewritten_is_told_anew(void **state)
{
    struct world *world = *state;
    world_agree(world);
    assert_as_git_has_it(world);
    by_hand(world, "git commit -q --amend -m 'Contract: reworded'");
    assert_as_git_has_it(world);
    by_hand(world, "git reset -q --hard HEAD~1");
    assert_as_git_has_it(world);
    world_hold(world, lines, 2);
    world_sum_up(world);
    assert_as_git_has_it(world);
}

static void both_sides_of_a_merge_are_told(void **state)
{
    struct world *world = *state;
    world_agree(world);
    assert_as_git_has_it(world);
    by_hand(world,
            "git checkout -q -b side HEAD~1 && date > side && git add side && git commit -qm Side "
            "&& git checkout -q main && git merge -q --no-edit side");
    struct ta_entries entries = {0};
    fine(world, ta_desk_history(&world->desk, &world->pair, 0, 0, &entries, &world->err));
    char *count = world_shell(world, "git --git-dir \"$record\" rev-list --count main");
    assert_int_equal(entries.count, atoi(count));
    free(count);
    ta_entries_release(&entries);
}

static void the_newest_of_a_damaged_history_are_told(void **state)
{
    struct world *world = *state;
    struct ta_entries entries = {0};
    world_agree(world);
    by_hand(world, "git commit -q --allow-empty -m One && git commit -q --allow-empty -m Two && "
                   "git commit -q --allow-empty -m Three && git commit -q --allow-empty -m Four");
    free(world_shell(world, "cd \"$record\" && id=$(git --git-dir . rev-parse main~3) && "
                            "rm objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-)"));
    fine(world, ta_desk_history(&world->desk, &world->pair, 0, 2, &entries, &world->err));
    assert_int_equal(entries.count, 2);
    assert_string_equal(entries.items[0].subject, "Four");
    ta_entries_release(&entries);
    refused(world, ta_desk_history(&world->desk, &world->pair, 0, 0, &entries, &world->err),
            TA_DAMAGED, "git fsck");
}

static void a_hostile_commit_is_told_in_bounds(void **state)
{
    struct world *world = *state;
    struct ta_entries entries = {0};
    by_hand(world, "head -c 200000 /dev/zero | tr '\\000' x > long && "
                   "GIT_AUTHOR_DATE='@9223372036854775 +0100' git commit -q --allow-empty -F long");
    fine(world, ta_desk_history(&world->desk, &world->pair, 0, 1, &entries, &world->err));
    assert_int_equal(strlen(entries.items[0].subject), 1000);
    assert_int_equal(ta_day_of(entries.items[0].when).year, 9999);
    ta_entries_release(&entries);
}

static char *commit_at(struct world *world, const char *which)
{
    struct ta_text command = {0};
    ta_text_addf(&command, "git --git-dir \"$record\" rev-parse %s | tr -d '\\n'", which);
    char *id = world_shell(world, command.bytes);
    ta_text_release(&command);
    return id;
}

static void a_commit_is_found_by_its_first_digits(void **state)
{
    struct world *world = *state;
    char id[TA_ID_SIZE];
    world_agree(world);
    char *tip = commit_at(world, "main");
    char digits[8] = "";
    strncat(digits, tip, 7);
    fine(world, ta_desk_history_find(&world->desk, &world->pair, digits, id, &world->err));
    assert_string_equal(id, tip);
    refused(world, ta_desk_history_find(&world->desk, &world->pair, "abc", id, &world->err),
            TA_WRONG, "four digits");
    refused(world, ta_desk_history_find(&world->desk, &world->pair, "main", id, &world->err),
            TA_WRONG, "no commit");
    refused(world,
            ta_desk_history_find(&world->desk, &world->pair,
                                 "0000000000000000000000000000000000000000", id, &world->err),
            TA_ABSENT, "turnabout log");
    free(tip);
}

static void what_tells_most_of_a_commit_comes_first(void **state)
{
    struct world *world = *state;
    struct ta_paths paths = {0};
    world_agree(world);
    world_hold(world, lines, 2);
    world_sum_up(world);
    char *tip = commit_at(world, "main");
    fine(world,
         ta_desk_history_documents(&world->desk, &world->pair, NULL, tip, &paths, &world->err));
    assert_true(paths.count >= 3);
    assert_string_equal(paths.items[0], "sessions/01/summary.md");
    assert_string_equal(paths.items[paths.count - 1], "README.md");
    ta_paths_release(&paths);
    free(tip);
}

static void the_versions_of_a_document_and_what_it_was_before(void **state)
{
    struct world *world = *state;
    struct ta_entries entries = {0};
    char *before = NULL;
    char *after = NULL;
    world_agree(world);
    by_hand(world, "printf '\\nBring the survey.\\n' >> contract.md && git commit -qam 'Edited'");
    fine(world, ta_desk_history_versions(&world->desk, &world->pair, "contract.md", 0, &entries,
                                         &world->err));
    assert_int_equal(entries.count, 2);
    assert_string_equal(entries.items[0].subject, "Edited");
    const char *id = entries.items[0].id;
    fine(world, ta_desk_history_before(&world->desk, &world->pair, id, "contract.md", &before,
                                       &world->err));
    fine(world,
         ta_desk_history_text(&world->desk, &world->pair, id, "contract.md", &after, &world->err));
    assert_null(strstr(before, "Bring the survey."));
    assert_non_null(strstr(after, "Bring the survey."));
    free(before);
    free(after);
    /* The first version has nothing before it. */
    fine(world, ta_desk_history_before(&world->desk, &world->pair, entries.items[1].id,
                                       "contract.md", &before, &world->err));
    assert_null(before);
    ta_entries_release(&entries);
}

static void an_amendment_is_compared_with_what_is_in_force(void **state)
{
    struct world *world = *state;
    char *before = NULL;
    world_agree(world);
    fine(world, ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_GOALS, "Other goals",
                                     &world->err));
    fine(world, ta_desk_contract_sign(&world->desk, &world->pair, TA_MENTOR, &world->err));
    char *tip = commit_at(world, "main");
    fine(world, ta_desk_history_before(&world->desk, &world->pair, tip, "contract-proposed.md",
                                       &before, &world->err));
    assert_non_null(before);
    assert_null(strstr(before, "Other goals"));
    free(before);
    free(tip);
}

static void assert_path(const char *words, const char *expected)
{
    char *path = NULL;
    struct ta_error err;
    bool ok = ta_document_find(&path, words, &err);
    if (expected != NULL) {
        assert_true(ok);
        assert_string_equal(path, expected);
    } else {
        assert_false(ok);
        assert_int_equal(err.code, TA_WRONG);
        assert_null(path);
    }
    free(path);
}

static void documents_have_names(void **state)
{
    (void)state;
    assert_path("contract", "contract.md");
    assert_path("Contract", "contract.md");
    assert_path("agenda 3", "sessions/03/agenda.md");
    assert_path("summary/123", "sessions/100s/123/summary.md");
    assert_path("sessions/03/reply.md", "sessions/03/reply.md");
    assert_path("summary", NULL);
    assert_path("summary/0", NULL);
    assert_path("summary/3x", NULL);
    assert_path("contract 2", NULL);
    assert_path("letters", NULL);
    assert_path("", NULL);
}

static void the_arc_is_what_was_held_and_agreed(void **state)
{
    struct world *world = *state;
    unsigned held = 9;
    unsigned agreed = 0;
    fine(world, ta_desk_arc(&world->desk, &world->pair, &held, &agreed, &world->err));
    assert_int_equal(held, 0);
    assert_int_equal(agreed, 6);
    world_agree(world);
    world_hold(world, lines, 2);
    world_sum_up(world);
    fine(world, ta_desk_arc(&world->desk, &world->pair, &held, &agreed, &world->err));
    assert_int_equal(held, 1);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(what_was_committed_here_is_told_without_libgit2),
        IN_A_WORLD(commits_by_hand_join_those_that_were_known),
        IN_A_WORLD(a_history_that_was_rewritten_is_told_anew),
        IN_A_WORLD(both_sides_of_a_merge_are_told),
        IN_A_WORLD(the_newest_of_a_damaged_history_are_told),
        IN_A_WORLD(a_hostile_commit_is_told_in_bounds),
        IN_A_WORLD(a_commit_is_found_by_its_first_digits),
        IN_A_WORLD(what_tells_most_of_a_commit_comes_first),
        IN_A_WORLD(the_versions_of_a_document_and_what_it_was_before),
        IN_A_WORLD(an_amendment_is_compared_with_what_is_in_force),
        cmocka_unit_test(documents_have_names),
        IN_A_WORLD(the_arc_is_what_was_held_and_agreed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
