#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "turnabout/base/memory.h"
#include "turnabout/domain/release.h"

#define ONE "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define OTHER "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"

static void approve(struct ta_release *release, enum ta_role role, const char *digest)
{
    struct ta_approval approval = {.role = role, .name = (char[]){"Somebody"}};
    for (size_t i = 0; i < sizeof approval.digest; i++) {
        approval.digest[i] = digest[i];
    }
    ta_release_approve(release, &approval);
}

static void both_keys_over_the_same_text_free_it(void **state)
{
    (void)state;
    struct ta_release release = {.session = 1};
    approve(&release, TA_MENTEE, ONE);
    assert_false(ta_release_is_free(&release, ONE));
    approve(&release, TA_MENTOR, OTHER);
    assert_false(ta_release_is_free(&release, ONE));
    assert_false(ta_release_is_free(&release, OTHER));
    approve(&release, TA_MENTOR, ONE);
    assert_true(ta_release_is_free(&release, ONE));
    ta_release_release(&release);
}

static void one_approval_a_role_counts(void **state)
{
    (void)state;
    struct ta_release release = {.session = 1};
    approve(&release, TA_MENTEE, ONE);
    approve(&release, TA_MENTEE, OTHER);
    assert_null(ta_release_approval(&release, TA_MENTEE, ONE));
    assert_non_null(ta_release_approval(&release, TA_MENTEE, OTHER));
    ta_release_release(&release);
}

static void both(struct ta_release *release)
{
    approve(release, TA_MENTEE, ONE);
    approve(release, TA_MENTOR, ONE);
    assert_true(ta_release_is_free(release, ONE));
}

static void whoever_changes_what_leaves_takes_the_keys_out(void **state)
{
    (void)state;
    struct ta_release release = {.session = 1};
    both(&release);
    ta_release_strike(&release, OTHER);
    assert_false(ta_release_is_free(&release, ONE));
    both(&release);
    ta_release_strike(&release, OTHER); /* it is struck already: nothing changes */
    assert_true(ta_release_is_free(&release, ONE));
    ta_release_restore(&release, OTHER);
    assert_false(ta_release_is_struck(&release, OTHER));
    assert_int_equal(release.approval_count, 0);
    both(&release);
    ta_release_withhold(&release, true);
    assert_int_equal(release.approval_count, 0);
    ta_release_release(&release);
}

static void what_is_withheld_is_not_free(void **state)
{
    (void)state;
    struct ta_release release = {.session = 1};
    ta_release_withhold(&release, true);
    approve(&release, TA_MENTEE, ONE);
    approve(&release, TA_MENTOR, ONE);
    assert_false(ta_release_is_free(&release, ONE));
    ta_release_release(&release);
}

static void one_strike_or_all_are_taken_back(void **state)
{
    (void)state;
    struct ta_release release = {.session = 1};
    ta_release_strike(&release, ONE);
    ta_release_strike(&release, OTHER);
    ta_release_restore(&release, ONE);
    assert_false(ta_release_is_struck(&release, ONE));
    assert_true(ta_release_is_struck(&release, OTHER));
    ta_release_strike(&release, ONE);
    ta_release_restore(&release, NULL);
    assert_int_equal(release.struck_count, 0);
    ta_release_release(&release);
}

static void a_level_that_nobody_knows_shares_nothing(void **state)
{
    (void)state;
    struct ta_contract contract = {0};
    contract.value[TA_CLAUSE_SHARED] = (char[]){"takeaways"};
    assert_int_equal(ta_release_level(&contract), TA_SHARED_TAKEAWAYS);
    contract.value[TA_CLAUSE_SHARED] = (char[]){"everything"};
    assert_int_equal(ta_release_level(&contract), TA_SHARED_NOTHING);
    contract.value[TA_CLAUSE_SHARED] = (char[]){""};
    assert_int_equal(ta_release_level(&contract), TA_SHARED_NOTHING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_keys_over_the_same_text_free_it),
        cmocka_unit_test(one_approval_a_role_counts),
        cmocka_unit_test(whoever_changes_what_leaves_takes_the_keys_out),
        cmocka_unit_test(what_is_withheld_is_not_free),
        cmocka_unit_test(one_strike_or_all_are_taken_back),
        cmocka_unit_test(a_level_that_nobody_knows_shares_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
