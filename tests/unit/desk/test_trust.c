/* Somebody who may push and has no key types names, takes files out and puts old ones back: nothing
 * of that counts where keys are pinned, and nothing is released by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "keys.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/release.h"

static const char *const lines[] = {"! The first to speak sets what can be said"};

static void set(struct world *world, enum ta_clause clause, const char *value)
{
    fine(world, ta_desk_contract_set(&world->desk, &world->pair, clause, value, &world->err));
}

/* A contract that both signed by key and that shares this, and a session with its summary. */
static void share(struct world *world, const char *level)
{
    set(world, TA_CLAUSE_SHARED, level);
    sign_both(world, "Listen");
    world_hold(world, lines, 1);
    world_sum_up(world);
}

static bool project(struct world *world, char tip[TA_ID_SIZE])
{
    return ta_desk_project(&world->desk, &world->pair, tip, &world->err);
}

/* Nothing is released by what stands in the record now, and what was stays as it was. */
static void releases_nothing(struct world *world, const char *word)
{
    char tip[TA_ID_SIZE];
    const char *show = "git --git-dir \"$TURNABOUT_HOME\"/pairs/*/released.git rev-parse main";
    char *before = world_shell(world, show);
    refused(world, project(world, tip), TA_REFUSED, word);
    refused(world, project(world, tip), TA_REFUSED, "turnabout contract check");
    char *after = world_shell(world, show);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static bool approve(struct world *world, enum ta_role role)
{
    struct ta_release_state seen;
    fine(world, ta_desk_release(&world->desk, &world->pair, 1, &seen, &world->err));
    bool ok = ta_desk_release_approve(&world->desk, &world->pair, &seen, role, &world->err);
    ta_release_state_release(&seen);
    return ok;
}

static void a_contract_whose_keys_do_not_hold_releases_nothing(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    share(world, "attendance");
    fine(world, project(world, tip));
    by_hand(world,
            "sed -i 's/^version: 1/version: 2/; s/^attendance: .*/summary: all of it/' contract.md "
            "&& " TYPE_BY_HAND("2", PRIYA, DANA));
    releases_nothing(world, "Priya Raman");
    refused(world, approve(world, TA_MENTOR), TA_REFUSED, "turnabout contract check");
}

static void keys_that_hold_release(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    share(world, "takeaways");
    fine(world, project(world, tip));
    fine(world, approve(world, TA_MENTOR));
    fine(world, approve(world, TA_MENTEE));
    fine(world, project(world, tip));
    char *text = world_shell(world, "git --git-dir \"$TURNABOUT_HOME\"/pairs/*/released.git show "
                                    "main:sessions/01/released.md");
    assert_non_null(strstr(text, "The first to speak"));
    free(text);
}

static void without_ssh_keygen_nothing_is_released_and_it_says_what_to_install(void **state)
{
    struct world *world = *state;
    share(world, "takeaways");
    char tip[TA_ID_SIZE];
    char *path = ta_copy(getenv("PATH"));
    setenv("PATH", world->home, 1);
    bool ok = project(world, tip);
    setenv("PATH", path, 1);
    free(path);
    refused(world, ok, TA_REFUSED, "openssh-client");
    fine(world, project(world, tip));
}

/* A draft lies on the desk: what is in force is looked at all the same. */
static void a_draft_does_not_hide_what_is_in_force(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    share(world, "attendance");
    fine(world, project(world, tip));
    draft(world, "Listen more");
    fine(world, project(world, tip));
    by_hand(world, "git rm -q signatures/v1-mentor.sig");
    releases_nothing(world, "was taken out");
}

static void without_the_list_and_the_signatures_the_keys_are_missed(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    share(world, "attendance");
    fine(world, project(world, tip));
    by_hand(world, "git rm -qr contract-signers signatures");
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "was taken out");
    releases_nothing(world, "was taken out");
}

#define AS_OF_VERSION_1                                                                            \
    "first=$(git log --format=%H --grep='Contract v1: signed by both') && git rm -qrf "            \
    "contract.md signatures && git checkout -q $first -- contract.md signatures"

/* Both signed it once, and by key; but that is not what they agreed last. */
static void an_older_contract_that_is_put_back_is_not_in_force(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    struct ta_contract_state now;
    share(world, "summary");
    set(world, TA_CLAUSE_SHARED, "attendance");
    sign_both(world, "Listen more");
    fine(world, project(world, tip));
    by_hand(world, AS_OF_VERSION_1);
    fine(world, ta_desk_contract(&world->desk, &world->pair, &now, &world->err));
    assert_int_equal(now.version_in_force, 0);
    ta_contract_state_release(&now);
    refused(world, approve(world, TA_MENTOR), TA_REFUSED, "No contract is in force");
}

/* And who also takes the names under the later one out is found out by its keys. */
static void an_older_contract_with_its_older_names_is_found_out(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    share(world, "summary");
    set(world, TA_CLAUSE_SHARED, "attendance");
    sign_both(world, "Listen more");
    fine(world, project(world, tip));
    by_hand(world, AS_OF_VERSION_1 " && git checkout -q $first -- signatures.md");
    expect(world, TA_MENTEE, TA_SEAL_KEY, false, "version 2");
    releases_nothing(world, "version 2");
}

/* What was found out of the history before does not hide what came since. */
static void keys_that_come_later_are_seen(void **state)
{
    struct world *world = *state;
    char tip[TA_ID_SIZE];
    set(world, TA_CLAUSE_SHARED, "attendance");
    world_agree(world);
    fine(world, project(world, tip));
    sign_both(world, "Listen");
    by_hand(world, "git rm -qr contract-signers signatures");
    releases_nothing(world, "was taken out");
}

/* A typed name where a key is pinned */

static void a_typed_name_waits_for_the_other_where_a_key_is_pinned(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    draft(world, "Listen more");
    refused(world, try_to_sign(world, TA_MENTOR, NULL, (struct ta_signing){0}), TA_REFUSED,
            "pinned");
    fine(world, try_to_sign(world, TA_MENTOR, NULL, (struct ta_signing){.typed = true}));
    expect(world, TA_MENTOR, TA_SEAL_TYPED, false, "when Dana Holt signs");
    refused(world, try_to_sign(world, TA_MENTEE, "dana", (struct ta_signing){0}), TA_REFUSED,
            "ask whether");
    fine(world, try_to_sign(world, TA_MENTEE, "dana", (struct ta_signing){.new_key = true}));
    expect(world, TA_MENTOR, TA_SEAL_TYPED, true, NULL);
    assert_true(is_in_force(world));
}

static void a_typed_name_does_not_come_behind_the_other_s_key(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    draft(world, "Listen more");
    sign(world, TA_MENTEE, "dana");
    refused(world, try_to_sign(world, TA_MENTOR, NULL, (struct ta_signing){.typed = true}),
            TA_REFUSED, "Change a clause");
    by_hand(world,
            "git mv contract-proposed.md contract.md -f && " TYPE_BY_HAND("2", PRIYA, PRIYA));
    expect(world, TA_MENTOR, TA_SEAL_TYPED, false, "did not sign after it");
    expect(world, TA_MENTEE, TA_SEAL_KEY, true, NULL);
    assert_false(is_in_force(world));
}

static void two_typed_names_do_not_take_the_place_of_two_keys(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    by_hand(world, "sed -i 's/^version: 1/version: 2/' contract.md && "
                   "sum=$(sha256sum <contract.md | cut -c1-64) && echo \"- v2 " PRIYA
                   ", 2026-11-24T10:00:00+01:00, sha256 $sum\" >>signatures.md");
    by_hand(world, "sum=$(sha256sum <contract.md | cut -c1-64) && echo \"- v2 " DANA
                   ", 2026-11-24T10:00:00+01:00, sha256 $sum\" >>signatures.md");
    expect(world, TA_MENTOR, TA_SEAL_TYPED, false, "did not sign after it");
    expect(world, TA_MENTEE, TA_SEAL_TYPED, false, "did not sign after it");
    assert_false(is_in_force(world));
}

/* Who has no key may be the second, too. */
static void a_typed_name_counts_when_who_has_no_key_signs_after_it(void **state)
{
    struct world *world = *state;
    draft(world, "Listen");
    sign(world, TA_MENTOR, "priya");
    sign(world, TA_MENTEE, NULL);
    draft(world, "Listen more");
    fine(world, try_to_sign(world, TA_MENTOR, NULL, (struct ta_signing){.typed = true}));
    fine(world, try_to_sign(world, TA_MENTEE, NULL, (struct ta_signing){.new_key = true}));
    assert_true(is_in_force(world));
    draft(world, "Listen much more");
    sign(world, TA_MENTEE, NULL);
    by_hand(world,
            "git mv contract-proposed.md contract.md -f && " TYPE_BY_HAND("3", PRIYA, PRIYA));
    expect(world, TA_MENTOR, TA_SEAL_TYPED, false, "did not sign after it");
}

/* With a list of their own, and a contract that nobody else has signed. */
static void a_key_takes_no_place_before_who_has_none_has_signed(void **state)
{
    struct world *world = *state;
    draft(world, "Listen");
    sign(world, TA_MENTOR, "priya");
    sign(world, TA_MENTEE, NULL);
    by_hand(world, "sed -i 's/^version: 1/version: 2/' contract.md && " LIST_BY_HAND(
                       "mentor", "other") " && ssh-keygen -q -Y sign -n turnabout-contract -f "
                                          "\"$TURNABOUT_HOME\"/other <contract.md "
                                          ">signatures/v2-mentor.sig");
    by_hand(world, TYPE_BY_HAND("2", PRIYA, PRIYA));
    struct ta_seals seals;
    read_seals(world, &seals);
    assert_false(seals.of[TA_MENTOR].valid);
    ta_seals_release(&seals);
}

#define WITH_KEYS(test) cmocka_unit_test_setup_teardown(test, world_with_keys, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KEYS(a_contract_whose_keys_do_not_hold_releases_nothing),
        WITH_KEYS(keys_that_hold_release),
        WITH_KEYS(without_ssh_keygen_nothing_is_released_and_it_says_what_to_install),
        WITH_KEYS(a_draft_does_not_hide_what_is_in_force),
        WITH_KEYS(without_the_list_and_the_signatures_the_keys_are_missed),
        WITH_KEYS(an_older_contract_that_is_put_back_is_not_in_force),
        WITH_KEYS(an_older_contract_with_its_older_names_is_found_out),
        WITH_KEYS(keys_that_come_later_are_seen),
        WITH_KEYS(a_typed_name_waits_for_the_other_where_a_key_is_pinned),
        WITH_KEYS(a_typed_name_does_not_come_behind_the_other_s_key),
        WITH_KEYS(two_typed_names_do_not_take_the_place_of_two_keys),
        WITH_KEYS(a_typed_name_counts_when_who_has_no_key_signs_after_it),
        WITH_KEYS(a_key_takes_no_place_before_who_has_none_has_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
