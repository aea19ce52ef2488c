#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "turnabout/domain/step.h"

static void assert_step(struct ta_step_facts facts, enum ta_step expected)
{
    assert_int_equal(ta_step_next(&facts), expected);
}

static void a_new_pair_goes_from_contract_to_session(void **state)
{
    (void)state;
    struct ta_step_facts facts = {.agreed = 6};
    assert_step(facts, TA_STEP_CONTRACT);
    facts.contract_ready = true;
    assert_step(facts, TA_STEP_SIGN);
    facts.contract_in_force = true;
    assert_step(facts, TA_STEP_DATE);
    facts.date_set = true;
    assert_step(facts, TA_STEP_AGENDA);
    facts.agenda_shared = true;
    assert_step(facts, TA_STEP_SESSION);
    facts.session = TA_SESSION_RUNNING;
    assert_step(facts, TA_STEP_LIVE);
    facts.session = TA_SESSION_ENDED;
    assert_step(facts, TA_STEP_SUMMARY);
}

static void an_open_session_goes_before_all_that_is_missing(void **state)
{
    (void)state;
    assert_step((struct ta_step_facts){.session = TA_SESSION_PAUSED, .left = 60}, TA_STEP_LIVE);
    assert_step((struct ta_step_facts){.session = TA_SESSION_ENDED}, TA_STEP_SUMMARY);
}

static void a_session_two_hours_over_is_there_to_be_closed(void **state)
{
    (void)state;
    assert_step((struct ta_step_facts){.session = TA_SESSION_RUNNING, .left = -7200}, TA_STEP_LIVE);
    assert_step((struct ta_step_facts){.session = TA_SESSION_RUNNING, .left = -7201},
                TA_STEP_CLOSE);
}

static void all_agreed_sessions_held_is_complete(void **state)
{
    (void)state;
    struct ta_step_facts facts = {.contract_in_force = true, .held = 5, .agreed = 6};
    assert_step(facts, TA_STEP_DATE);
    facts.held = 6;
    assert_step(facts, TA_STEP_COMPLETE);
    facts.date_set = true; /* one more than agreed */
    assert_step(facts, TA_STEP_AGENDA);
}

static void a_date_that_went_by_is_asked_about_before_the_next_agenda(void **state)
{
    (void)state;
    struct ta_step_facts facts = {
        .contract_in_force = true, .date_set = true, .date_missed = true, .agreed = 6};
    assert_step(facts, TA_STEP_MISSED);
    facts.agenda_shared = true;
    assert_step(facts, TA_STEP_MISSED);
    facts.session = TA_SESSION_ENDED;
    assert_step(facts, TA_STEP_SUMMARY);
    facts.session = TA_SESSION_NONE;
    facts.contract_in_force = false;
    assert_step(facts, TA_STEP_CONTRACT);
}

static void what_waits_to_be_released_comes_before_the_next_date(void **state)
{
    (void)state;
    struct ta_step_facts facts = {.contract_in_force = true, .release_waits = true, .agreed = 6};
    assert_step(facts, TA_STEP_RELEASE);
    facts.date_set = true;
    assert_step(facts, TA_STEP_RELEASE);
    facts.session = TA_SESSION_ENDED;
    assert_step(facts, TA_STEP_SUMMARY);
}

static void what_waits_to_be_released_holds_nobody_up(void **state)
{
    (void)state;
    const struct ta_step_facts waits = {
        .contract_in_force = true, .release_waits = true, .date_set = true, .agreed = 6};
    struct ta_step_facts facts = waits;
    facts.agenda_shared = true;
    assert_step(facts, TA_STEP_SESSION);
    facts = waits;
    facts.agenda_late = true;
    assert_step(facts, TA_STEP_AGENDA);
    facts = waits;
    facts.date_missed = true;
    assert_step(facts, TA_STEP_MISSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_pair_goes_from_contract_to_session),
        cmocka_unit_test(an_open_session_goes_before_all_that_is_missing),
        cmocka_unit_test(a_session_two_hours_over_is_there_to_be_closed),
        cmocka_unit_test(a_date_that_went_by_is_asked_about_before_the_next_agenda),
        cmocka_unit_test(all_agreed_sessions_held_is_complete),
        cmocka_unit_test(what_waits_to_be_released_comes_before_the_next_date),
        cmocka_unit_test(what_waits_to_be_released_holds_nobody_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
