#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/desk/record.h"
#include "world.h"

static bool refresh(struct world *world)
{
    char tip[TA_ID_SIZE];
    return ta_record_refresh(&world->desk, &world->pair, tip, &world->err);
}

static char *text(struct world *world, const char *document)
{
    char *found = NULL;
    fine(world, refresh(world));
    fine(world, ta_record_text(&world->desk, &world->pair, document, &found, &world->err));
    return found;
}

static void edit_by_hand(struct world *world)
{
    free(world_shell(world,
                     "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && "
                     "printf '\\nBring the survey.\\n' >> README.md && git -c user.name=Dana -c "
                     "user.email=dana@example.org commit -qam 'Edited by hand' && "
                     "git push -q origin HEAD:main && rm -rf $dir"));
}

static void what_people_committed_by_hand_is_read(void **state)
{
    edit_by_hand(*state);
    char *readme = text(*state, "README.md");
    assert_non_null(strstr(readme, "Bring the survey."));
    free(readme);
}

static void a_packed_repository_reads_the_same(void **state)
{
    struct world *world = *state;
    world_agree(world);
    char *before = text(world, "contract.md");
    free(world_shell(world, "git --git-dir \"$record\" gc -q --prune=now && "
                            "test ! -e \"$record/refs/heads/main\""));
    world_reopen(world);
    char *after = text(world, "contract.md");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void without_a_change_libgit2_is_not_loaded(void **state)
{
    struct world *world = *state;
    world_agree(world);
    world_reopen(world);
    free(text(world, "contract.md"));
    assert_false(ta_git_is_loaded(world->desk.git));
}

static void a_new_pair_is_read_without_libgit2_at_the_next_start(void **state)
{
    struct world *world = *state;
    world_reopen(world);
    free(text(world, "README.md"));
    assert_false(ta_git_is_loaded(world->desk.git));
}

static void a_record_that_is_gone_is_said_and_nothing_of_ours_is_lost(void **state)
{
    struct world *world = *state;
    fine(world,
         ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_GOALS, "Listen", &world->err));
    free(world_shell(world, "mv \"$record\" \"$record.away\""));
    refused(world, refresh(world), TA_ABSENT, "not where it was");
    free(world_shell(world, "mv \"$record.away\" \"$record\""));
    struct ta_contract_state contract;
    fine(world, ta_desk_contract(&world->desk, &world->pair, &contract, &world->err));
    assert_string_equal(contract.contract.value[TA_CLAUSE_GOALS], "Listen");
    ta_contract_state_release(&contract);
}

static void a_commit_on_an_old_tip_writes_nothing(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    fine(world, ta_record_refresh(&world->desk, &world->pair, tip, &world->err));
    edit_by_hand(world);
    struct ta_commit commit = {.subject = "Late",
                               .pair = &world->pair,
                               .author = &world->pair.person[TA_MENTEE],
                               .when = ta_desk_moment(&world->desk)};
    struct ta_document change = {.path = "README.md", .text = "gone"};
    refused(world, ta_record_commit(&world->desk, &commit, &change, 1, tip, &world->err), TA_BUSY,
            "changed meanwhile");
    char *readme = text(world, "README.md");
    assert_non_null(strstr(readme, "Bring the survey."));
    free(readme);
}

/* The meetings after a change by hand: no date can be set, and what is there stays. */
static void stays(struct world *world, const char *change, const char *sentence, const char *there)
{
    struct ta_moment when = ta_desk_moment(&world->desk);
    char command[512];
    fine(world, ta_desk_meeting_plan(&world->desk, &world->pair, when, TA_NOBODY, &world->err));
    (void)snprintf(command, sizeof command,
                   "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && %s && "
                   "git add . && git -c user.name=D -c user.email=d@example.org commit -qam 'By "
                   "hand' && git push -q origin HEAD:main && cd / && rm -rf $dir",
                   change);
    free(world_shell(world, command));
    when.instant += 60000;
    refused(world, ta_desk_meeting_plan(&world->desk, &world->pair, when, TA_NOBODY, &world->err),
            TA_DAMAGED, sentence);
    free(world_shell(world, there));
}

static void what_is_no_text_is_refused_and_stays_as_it_is(void **state)
{
    stays(*state, "printf '\\000\\n## Ours\\n' >> meetings.md", "meetings.md is not UTF-8",
          "git --git-dir \"$record\" show main:meetings.md | grep -qa Ours");
}

static void what_is_too_large_is_refused_and_stays_as_it_is(void **state)
{
    stays(*state, "head -c 4194304 /dev/zero | tr '\\000' x >> meetings.md",
          "meetings.md is larger than 4 MB",
          "git --git-dir \"$record\" show main:meetings.md | grep -q xxx");
}

static void a_link_is_refused_and_stays_as_it_is(void **state)
{
    stays(*state, "mv meetings.md dates.md && ln -s dates.md meetings.md",
          "meetings.md does not say what it is",
          "git --git-dir \"$record\" ls-tree main meetings.md | grep -q ^120000");
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(what_people_committed_by_hand_is_read),
        IN_A_WORLD(a_packed_repository_reads_the_same),
        IN_A_WORLD(without_a_change_libgit2_is_not_loaded),
        IN_A_WORLD(a_new_pair_is_read_without_libgit2_at_the_next_start),
        IN_A_WORLD(a_record_that_is_gone_is_said_and_nothing_of_ours_is_lost),
        IN_A_WORLD(what_is_no_text_is_refused_and_stays_as_it_is),
        IN_A_WORLD(what_is_too_large_is_refused_and_stays_as_it_is),
        IN_A_WORLD(a_link_is_refused_and_stays_as_it_is),
        IN_A_WORLD(a_commit_on_an_old_tip_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
