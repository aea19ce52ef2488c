#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "keys.h"
#include "turnabout/base/memory.h"

static void without_a_key_a_name_is_typed_and_nothing_else_is_kept(void **state)
{
    struct world *world = *state;
    world_agree(world);
    expect(world, TA_MENTOR, TA_SEAL_TYPED, true, NULL);
    expect(world, TA_MENTEE, TA_SEAL_TYPED, true, NULL);
    char *files = world_shell(world, "git --git-dir \"$record\" ls-tree -r --name-only main");
    assert_string_equal(files, "README.md\ncontract.md\nsignatures.md\n");
    free(files);
}

static void each_signs_by_their_key_in_the_commit_of_their_name(void **state)
{
    struct world *world = *state;
    draft(world, "Listen");
    sign(world, TA_MENTOR, "priya");
    expect(world, TA_MENTOR, TA_SEAL_KEY, true, NULL);
    expect(world, TA_MENTEE, TA_SEAL_NONE, false, NULL);
    sign(world, TA_MENTEE, "dana.pub");
    assert_true(is_in_force(world));
    char *commits =
        world_shell(world, "git --git-dir \"$record\" log --format=%s --name-only -2 -- signatures "
                           "contract-signers signatures.md | grep -v '^$'");
    assert_string_equal(commits, "Contract v1: signed by both\ncontract-signers\nsignatures.md\n"
                                 "signatures/v1-mentee.sig\n"
                                 "Contract v1: signed by Priya Raman\ncontract-signers\n"
                                 "signatures.md\nsignatures/v1-mentor.sig\n");
    free(commits);
}

static void one_may_have_a_key_and_the_other_none(void **state)
{
    struct world *world = *state;
    draft(world, "Listen");
    sign(world, TA_MENTEE, "dana");
    sign(world, TA_MENTOR, NULL);
    expect(world, TA_MENTEE, TA_SEAL_KEY, true, NULL);
    expect(world, TA_MENTOR, TA_SEAL_TYPED, true, NULL);
    assert_true(is_in_force(world));
}

static void a_key_signs_for_whoever_sits_here_alone(void **state)
{
    struct world *world = *state;
    world->pair.me = TA_MENTOR;
    draft(world, "Listen");
    sign(world, TA_MENTEE, "priya");
    sign(world, TA_MENTOR, "priya");
    expect(world, TA_MENTEE, TA_SEAL_TYPED, true, NULL);
    expect(world, TA_MENTOR, TA_SEAL_KEY, true, NULL);
}

static void nobody_signs_by_the_other_s_key(void **state)
{
    struct world *world = *state;
    draft(world, "Listen");
    sign(world, TA_MENTOR, "priya");
    refused(world, try_to_sign(world, TA_MENTEE, "priya", (struct ta_signing){0}), TA_REFUSED,
            "is Priya Raman's");
    expect(world, TA_MENTEE, TA_SEAL_NONE, false, NULL);
}

static void a_key_that_does_not_sign_signs_nothing_unless_the_name_is_enough(void **state)
{
    struct world *world = *state;
    draft(world, "Listen");
    refused(world, try_to_sign(world, TA_MENTOR, "nowhere", (struct ta_signing){0}), TA_ABSENT,
            "nowhere is not there");
    refused(world, try_to_sign(world, TA_MENTOR, "locked", (struct ta_signing){0}), TA_REFUSED,
            "passphrase");
    expect(world, TA_MENTOR, TA_SEAL_NONE, false, NULL);
    fine(world, try_to_sign(world, TA_MENTOR, "locked", (struct ta_signing){.typed = true}));
    expect(world, TA_MENTOR, TA_SEAL_TYPED, true, NULL);
}

static void a_changed_word_is_not_covered_by_a_signature_of_before(void **state)
{
    struct world *world = *state;
    draft(world, "Listen");
    sign(world, TA_MENTOR, "priya");
    draft(world, "Listen more");
    fine(world, try_to_sign(world, TA_MENTOR, "priya", (struct ta_signing){.typed = true}));
    expect(world, TA_MENTOR, TA_SEAL_TYPED, false, "by name alone");
    fine(world, try_to_sign(world, TA_MENTEE, "dana", (struct ta_signing){.new_key = true}));
    assert_true(is_in_force(world));
}

static void a_signature_of_another_text_does_not_verify(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    by_hand(world, "cp signatures/v1-mentee.sig old.sig");
    draft(world, "Listen more");
    sign(world, TA_MENTOR, "priya");
    sign(world, TA_MENTEE, "dana");
    by_hand(world, "mv old.sig signatures/v2-mentee.sig");
    expect(world, TA_MENTEE, TA_SEAL_KEY, false, "does not verify");
    expect(world, TA_MENTOR, TA_SEAL_KEY, true, NULL);
    assert_false(is_in_force(world));
}

static void a_signature_that_is_none_is_told(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    by_hand(world, "echo nothing >signatures/v1-mentor.sig");
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "does not verify");
}

static void a_signature_that_was_taken_out_is_missed(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    by_hand(world, "git rm -q signatures/v1-mentor.sig");
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "was taken out");
    by_hand(world, "git rm -q contract-signers signatures/v1-mentee.sig");
    expect(world, TA_MENTEE, TA_SEAL_KEY, false, "was taken out");
}

static void a_key_that_is_put_in_the_list_later_is_not_believed(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    by_hand(world, LIST_BY_HAND("mentor", "other") " && " SIGN_BY_HAND("mentor", "other"));
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "another key");
    by_hand(world, LIST_BY_HAND("mentee", "locked"));
    expect(world, TA_MENTEE, TA_SEAL_KEY, false, "does not verify");
}

static void a_list_that_says_more_than_two_keys_is_trusted_in_nothing(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    by_hand(world, "sed -i 's/^mentor namespaces=/mentor cert-authority,namespaces=/' "
                   "contract-signers");
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "Line 1 of contract-signers");
    draft(world, "Listen more");
    refused(world, try_to_sign(world, TA_MENTOR, "priya", (struct ta_signing){0}), TA_DAMAGED,
            "Line 1 of contract-signers");
    fine(world, try_to_sign(world, TA_MENTOR, "priya", (struct ta_signing){.typed = true}));
}

static void a_new_key_has_to_be_meant_and_counts_when_the_other_signs_after_it(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    draft(world, "Listen more");
    refused(world, try_to_sign(world, TA_MENTOR, "other", (struct ta_signing){0}), TA_REFUSED,
            "is not the one pinned for Priya Raman");
    fine(world, try_to_sign(world, TA_MENTOR, "other", (struct ta_signing){.new_key = true}));
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "when Dana Holt signs");
    refused(world, try_to_sign(world, TA_MENTEE, "dana", (struct ta_signing){0}), TA_REFUSED,
            "ask whether it is theirs");
    fine(world, try_to_sign(world, TA_MENTEE, "dana", (struct ta_signing){.new_key = true}));
    assert_true(is_in_force(world));
    draft(world, "Listen much more");
    sign(world, TA_MENTOR, "other");
    refused(world, try_to_sign(world, TA_MENTEE, "locked", (struct ta_signing){.typed = false}),
            TA_REFUSED, "passphrase");
    sign(world, TA_MENTEE, "dana");
    assert_true(is_in_force(world));
}

static void a_new_key_is_not_slipped_in_behind_the_other_s_signature(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    draft(world, "Listen more");
    sign(world, TA_MENTEE, "dana");
    refused(world, try_to_sign(world, TA_MENTOR, "other", (struct ta_signing){.new_key = true}),
            TA_REFUSED, "not seen your new key");
}

/* Somebody who may push, and has neither key: names, list and signatures are all theirs to write.
 */
static void who_has_no_key_cannot_make_both_signatures(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    by_hand(world,
            "sed -i 's/^version: 1/version: 2/; s/45 minutes/15 minutes/' contract.md "
            "&& " TYPE_BY_HAND("2", PRIYA, DANA) " && " LIST_BY_HAND(
                "mentor",
                "other") " && " LIST_BY_HAND("mentee",
                                             "other") " && ssh-keygen -q -Y sign -n "
                                                      "turnabout-contract -f "
                                                      "\"$TURNABOUT_HOME\"/other <contract.md | "
                                                      "tee signatures/v2-mentor.sig "
                                                      ">signatures/v2-mentee.sig");
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "another key");
    expect(world, TA_MENTEE, TA_SEAL_KEY, false, "another key");
    assert_false(is_in_force(world));
}

#define LIST_AND_SIGN_BY_HAND LIST_BY_HAND("mentor", "other") " && " SIGN_BY_HAND("mentor", "other")

/* The other's signature is genuine, but older than the key that it is to speak for. */
static void an_old_signature_does_not_speak_for_a_new_key(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    by_hand(world, LIST_AND_SIGN_BY_HAND " && git rm -q contract.md signatures/v1-mentee.sig");
    by_hand(world, "git checkout -q HEAD~1 contract.md signatures/v1-mentee.sig");
    expect(world, TA_MENTEE, TA_SEAL_KEY, true, NULL);
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "another key");
    assert_false(is_in_force(world));
}

/* A branch that begins before everything, made later and merged. */
static void a_key_that_is_slipped_in_before_the_first_is_not_the_first(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    free(world_shell(
        world,
        "dir=$(mktemp -d) && git clone -q \"$record\" $dir && cd $dir && git config user.name X && "
        "git config user.email x@example.org && git checkout -q -b side $(git rev-list "
        "--max-parents=0 HEAD) && echo mentor 'namespaces=\"turnabout-contract\"' $(cut -d' ' "
        "-f1,2 \"$TURNABOUT_HOME\"/other.pub) >contract-signers && git add -A && "
        "GIT_COMMITTER_DATE=2020-01-01T00:00:00Z GIT_AUTHOR_DATE=2020-01-01T00:00:00Z git commit "
        "-qm Side && git merge -q -s ours --no-edit origin/main 2>/dev/null && git checkout -q "
        "origin/main -- . && git show side:contract-signers >theirs && grep mentee "
        "contract-signers >>theirs && mv theirs contract-signers && ssh-keygen -q -Y sign -n "
        "turnabout-contract -f \"$TURNABOUT_HOME\"/other <contract.md >signatures/v1-mentor.sig && "
        "git add -A && git commit -q --amend --no-edit && git push -q origin HEAD:main && rm -rf "
        "$dir"));
    expect(world, TA_MENTOR, TA_SEAL_KEY, false, "none of them came first");
    assert_false(is_in_force(world));
}

static void on_a_signature_that_does_not_hold_nobody_builds(void **state)
{
    struct world *world = *state;
    draft(world, "Listen");
    sign(world, TA_MENTOR, "priya");
    by_hand(world, "ssh-keygen -q -Y sign -n turnabout-contract -f \"$TURNABOUT_HOME\"/priya "
                   "<README.md >signatures/v1-mentor.sig");
    refused(world, try_to_sign(world, TA_MENTEE, NULL, (struct ta_signing){0}), TA_REFUSED,
            "Change a clause");
    expect(world, TA_MENTEE, TA_SEAL_NONE, false, NULL);
}

static void without_ssh_keygen_nothing_is_called_valid_or_forged(void **state)
{
    struct world *world = *state;
    sign_both(world, "Listen");
    char *path = ta_copy(getenv("PATH"));
    struct ta_seals seals;
    setenv("PATH", world->home, 1);
    read_seals(world, &seals);
    setenv("PATH", path, 1);
    free(path);
    assert_false(seals.of[TA_MENTOR].valid);
    assert_true(seals.of[TA_MENTOR].unknown);
    assert_non_null(strstr(seals.of[TA_MENTOR].problem, "openssh-client"));
    ta_seals_release(&seals);
}

#define WITH_KEYS(test) cmocka_unit_test_setup_teardown(test, world_with_keys, world_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KEYS(without_a_key_a_name_is_typed_and_nothing_else_is_kept),
        WITH_KEYS(each_signs_by_their_key_in_the_commit_of_their_name),
        WITH_KEYS(one_may_have_a_key_and_the_other_none),
        WITH_KEYS(a_key_signs_for_whoever_sits_here_alone),
        WITH_KEYS(nobody_signs_by_the_other_s_key),
        WITH_KEYS(a_key_that_does_not_sign_signs_nothing_unless_the_name_is_enough),
        WITH_KEYS(a_changed_word_is_not_covered_by_a_signature_of_before),
        WITH_KEYS(a_signature_of_another_text_does_not_verify),
        WITH_KEYS(a_signature_that_is_none_is_told),
        WITH_KEYS(a_signature_that_was_taken_out_is_missed),
        WITH_KEYS(a_key_that_is_put_in_the_list_later_is_not_believed),
        WITH_KEYS(a_list_that_says_more_than_two_keys_is_trusted_in_nothing),
        WITH_KEYS(a_new_key_has_to_be_meant_and_counts_when_the_other_signs_after_it),
        WITH_KEYS(a_new_key_is_not_slipped_in_behind_the_other_s_signature),
        WITH_KEYS(who_has_no_key_cannot_make_both_signatures),
        WITH_KEYS(an_old_signature_does_not_speak_for_a_new_key),
        WITH_KEYS(a_key_that_is_slipped_in_before_the_first_is_not_the_first),
        WITH_KEYS(on_a_signature_that_does_not_hold_nobody_builds),
        WITH_KEYS(without_ssh_keygen_nothing_is_called_valid_or_forged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
