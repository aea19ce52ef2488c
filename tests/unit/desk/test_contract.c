#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "turnabout/store/drafts.h"
#include "world.h"

static void set(struct world *world, enum ta_clause clause, const char *value)
{
    fine(world, ta_desk_contract_set(&world->desk, &world->pair, clause, value, &world->err));
}

static void sign(struct world *world, enum ta_role role)
{
    fine(world, ta_desk_contract_sign(&world->desk, &world->pair, role, &world->err));
}

static bool try_to_sign(struct world *world, enum ta_role role)
{
    return ta_desk_contract_sign(&world->desk, &world->pair, role, &world->err);
}

static void read(struct world *world, struct ta_contract_state *state)
{
    fine(world, ta_desk_contract(&world->desk, &world->pair, state, &world->err));
}

static void nothing_drafted_cannot_be_signed(void **state)
{
    refused(*state, try_to_sign(*state, TA_MENTOR), TA_REFUSED, "Nothing is drafted");
}

static void without_goals_it_cannot_be_signed(void **state)
{
    set(*state, TA_CLAUSE_PLACE, "the canteen");
    refused(*state, try_to_sign(*state, TA_MENTOR), TA_WRONG, "Goals");
}

static void one_signature_is_not_in_force(void **state)
{
    struct world *world = *state;
    struct ta_contract_state contract;
    set(world, TA_CLAUSE_GOALS, "Listen");
    sign(world, TA_MENTOR);
    read(world, &contract);
    assert_null(contract.in_force);
    assert_non_null(contract.signed_by[TA_MENTOR]);
    assert_null(contract.signed_by[TA_MENTEE]);
    ta_contract_state_release(&contract);
    refused(world, try_to_sign(world, TA_MENTOR), TA_REFUSED, "signed this text already");
}

static void a_word_changed_after_a_signature_asks_for_it_again(void **state)
{
    struct world *world = *state;
    struct ta_contract_state contract;
    set(world, TA_CLAUSE_GOALS, "Listen");
    sign(world, TA_MENTOR);
    set(world, TA_CLAUSE_GOALS, "Listen more");
    sign(world, TA_MENTEE);
    read(world, &contract);
    assert_null(contract.in_force);
    assert_null(contract.signed_by[TA_MENTOR]);
    assert_non_null(contract.signed_by[TA_MENTEE]);
    ta_contract_state_release(&contract);
    sign(world, TA_MENTOR);
    read(world, &contract);
    assert_true(ta_contract_state_in_force(&contract));
    assert_string_equal(contract.contract.value[TA_CLAUSE_GOALS], "Listen more");
    ta_contract_state_release(&contract);
}

static void anybody_can_check_the_signature_with_sha256sum(void **state)
{
    struct world *world = *state;
    world_agree(world);
    free(world_shell(world, "sum=$(git --git-dir \"$record\" show main:contract.md | sha256sum | "
                            "cut -c1-64) && test $(git --git-dir \"$record\" show "
                            "main:signatures.md | grep -c \"sha256 $sum\") = 2"));
}

static void an_amendment_leaves_the_old_version_in_force_until_both_signed(void **state)
{
    struct world *world = *state;
    struct ta_contract_state contract;
    world_agree(world);
    set(world, TA_CLAUSE_DURATION, "60");
    sign(world, TA_MENTEE);
    read(world, &contract);
    assert_int_equal(contract.version_in_force, 1);
    assert_int_equal(contract.contract.version, 2);
    assert_non_null(strstr(contract.in_force, "45 minutes"));
    assert_false(ta_contract_state_in_force(&contract));
    ta_contract_state_release(&contract);
    sign(world, TA_MENTOR);
    read(world, &contract);
    assert_int_equal(contract.version_in_force, 2);
    assert_null(contract.proposed);
    assert_non_null(strstr(contract.in_force, "60 minutes"));
    ta_contract_state_release(&contract);
    char *files = world_shell(world, "git --git-dir \"$record\" ls-tree --name-only main");
    assert_null(strstr(files, "contract-proposed.md"));
    free(files);
}

static void what_is_in_force_is_not_signed_again(void **state)
{
    world_agree(*state);
    refused(*state, try_to_sign(*state, TA_MENTOR), TA_REFUSED, "nothing to sign");
}

static void a_value_out_of_range_changes_nothing(void **state)
{
    struct world *world = *state;
    struct ta_contract_state contract;
    refused(
        world,
        ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_DURATION, "9999", &world->err),
        TA_WRONG, "from 15 to 240");
    refused(
        world,
        ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_GOALS, "a;b;c;d", &world->err),
        TA_WRONG, "at most 3");
    read(world, &contract);
    assert_false(contract.drafted);
    ta_contract_state_release(&contract);
}

static void an_editor_that_began_before_another_change_loses_neither_text(void **state)
{
    struct world *world = *state;
    struct ta_contract_state began;
    set(world, TA_CLAUSE_GOALS, "Listen");
    read(world, &began);
    set(world, TA_CLAUSE_PLACE, "the canteen");
    struct ta_text edited = {0};
    ta_text_add(&edited, began.paper);
    ta_text_add(&edited, "\nA line of ours.\n");
    refused(world,
            ta_desk_contract_write(&world->desk, &world->pair, &began, edited.bytes, &world->err),
            TA_BUSY, "changed");
    ta_contract_state_release(&began);
    read(world, &began);
    assert_string_equal(began.contract.value[TA_CLAUSE_PLACE], "the canteen");
    fine(world,
         ta_desk_contract_write(&world->desk, &world->pair, &began, edited.bytes, &world->err));
    ta_text_release(&edited);
    ta_contract_state_release(&began);
}

static void the_difference_says_what_an_amendment_changes(void **state)
{
    struct world *world = *state;
    struct ta_comparison comparison;
    world_agree(world);
    set(world, TA_CLAUSE_PLACE, "the canteen");
    fine(world, ta_desk_contract_difference(&world->desk, &world->pair, &comparison, &world->err));
    bool added = false;
    assert_true(comparison.differs);
    for (size_t i = 0; i < comparison.line_count; i++) {
        const struct ta_compared_line *line = &comparison.lines[i];
        struct ta_text text = {0};
        ta_compared_write(&text, &comparison, line);
        added = added || (line->change != TA_CHANGE_NONE && strstr(text.bytes, "the canteen"));
        assert_false(line->change != TA_CHANGE_NONE && strstr(text.bytes, "family"));
        ta_text_release(&text);
    }
    assert_true(added);
    ta_comparison_release(&comparison);
}

static void put_draft(struct world *world, const char *text)
{
    struct ta_contract_state now;
    read(world, &now);
    fine(world, ta_store_draft_put(world->desk.store, world->pair.id, "contract", text,
                                   &now.revision, 0, &world->err));
    ta_contract_state_release(&now);
}

static char *in_force(struct world *world)
{
    struct ta_contract_state now;
    read(world, &now);
    char *text = ta_copy(now.in_force);
    ta_contract_state_release(&now);
    return text;
}

static void amend(struct world *world, const char *goals)
{
    set(world, TA_CLAUSE_GOALS, goals);
    sign(world, TA_MENTOR);
    sign(world, TA_MENTEE);
}

static void what_is_changed_by_hand_is_not_in_force_until_both_sign_it(void **state)
{
    struct world *world = *state;
    struct ta_contract_state contract;
    world_agree(world);
    free(world_shell(world,
                     "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && "
                     "sed -i 's/^45 minutes/120 minutes/' contract.md && git -c user.name=P -c "
                     "user.email=p@example.org commit -qam 'By hand' && git push -q origin "
                     "HEAD:main && rm -rf $dir"));
    read(world, &contract);
    assert_null(contract.in_force);
    assert_int_equal(contract.contract.version, 2);
    assert_string_equal(contract.contract.value[TA_CLAUSE_DURATION], "120");
    ta_contract_state_release(&contract);
    sign(world, TA_MENTOR);
    sign(world, TA_MENTEE);
    read(world, &contract);
    assert_int_equal(contract.version_in_force, 2);
    assert_true(ta_contract_state_in_force(&contract));
    ta_contract_state_release(&contract);
}

static void a_draft_that_a_kill_left_behind_is_none(void **state)
{
    struct world *world = *state;
    struct ta_contract_state contract;
    world_agree(world);
    char *first = in_force(world);
    put_draft(world, first);
    read(world, &contract);
    assert_true(ta_contract_state_in_force(&contract));
    ta_contract_state_release(&contract);
    amend(world, "Listen more");
    put_draft(world, first);
    read(world, &contract);
    assert_true(ta_contract_state_in_force(&contract));
    assert_int_equal(contract.version_in_force, 2);
    ta_contract_state_release(&contract);
    free(first);
    amend(world, "Listen most");
}

static void a_draft_from_before_the_last_signatures_is_not_signed_unseen(void **state)
{
    struct world *world = *state;
    struct ta_contract_state contract;
    struct ta_text old = {0};
    world_agree(world);
    char *first = in_force(world);
    ta_text_addf(&old, "%s\nA line of ours.\n", first);
    amend(world, "Listen more");
    put_draft(world, old.bytes);
    refused(world, try_to_sign(world, TA_MENTOR), TA_REFUSED, "before version 2 was signed");
    refused(world,
            ta_desk_contract_set(&world->desk, &world->pair, TA_CLAUSE_PLACE, "x", &world->err),
            TA_REFUSED, "before version 2 was signed");
    read(world, &contract);
    assert_true(contract.outdated);
    fine(world, ta_desk_contract_write(&world->desk, &world->pair, &contract, contract.paper,
                                       &world->err));
    ta_contract_state_release(&contract);
    sign(world, TA_MENTOR);
    sign(world, TA_MENTEE);
    read(world, &contract);
    assert_int_equal(contract.version_in_force, 3);
    assert_non_null(strstr(contract.in_force, "A line of ours."));
    ta_contract_state_release(&contract);
    ta_text_release(&old);
    free(first);
}

static void an_editor_that_began_before_the_signatures_does_not_take_them_back(void **state)
{
    struct world *world = *state;
    struct ta_contract_state began;
    struct ta_text edited = {0};
    world_agree(world);
    read(world, &began);
    amend(world, "Listen more");
    ta_text_addf(&edited, "%s\nA line of ours.\n", began.paper);
    refused(world,
            ta_desk_contract_write(&world->desk, &world->pair, &began, edited.bytes, &world->err),
            TA_BUSY, "signed or changed meanwhile");
    ta_contract_state_release(&began);
    ta_text_release(&edited);
    read(world, &began);
    assert_true(ta_contract_state_in_force(&began));
    ta_contract_state_release(&began);
}

static void what_it_says_already_begins_no_new_version(void **state)
{
    struct world *world = *state;
    struct ta_contract_state contract;
    world_agree(world);
    set(world, TA_CLAUSE_GOALS, " Juniors speak first ");
    read(world, &contract);
    assert_true(ta_contract_state_in_force(&contract));
    ta_contract_state_release(&contract);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(nothing_drafted_cannot_be_signed),
        IN_A_WORLD(without_goals_it_cannot_be_signed),
        IN_A_WORLD(one_signature_is_not_in_force),
        IN_A_WORLD(a_word_changed_after_a_signature_asks_for_it_again),
        IN_A_WORLD(anybody_can_check_the_signature_with_sha256sum),
        IN_A_WORLD(an_amendment_leaves_the_old_version_in_force_until_both_signed),
        IN_A_WORLD(what_is_in_force_is_not_signed_again),
        IN_A_WORLD(a_value_out_of_range_changes_nothing),
        IN_A_WORLD(an_editor_that_began_before_another_change_loses_neither_text),
        IN_A_WORLD(the_difference_says_what_an_amendment_changes),
        IN_A_WORLD(what_is_changed_by_hand_is_not_in_force_until_both_sign_it),
        IN_A_WORLD(a_draft_that_a_kill_left_behind_is_none),
        IN_A_WORLD(a_draft_from_before_the_last_signatures_is_not_signed_unseen),
        IN_A_WORLD(an_editor_that_began_before_the_signatures_does_not_take_them_back),
        IN_A_WORLD(what_it_says_already_begins_no_new_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
