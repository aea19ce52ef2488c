#include "turnabout/store/remotes.h"

#include "fixture.h"

static struct ta_stored_remotes remotes_of(struct fixture *fixture, int64_t pair)
{
    struct ta_stored_remotes remotes;
    assert_true(ta_store_remotes(fixture->store, pair, &remotes, &fixture->err));
    return remotes;
}

static void put(struct fixture *fixture, int64_t pair, const char *name, const char *url)
{
    assert_true(ta_store_remote_put(fixture->store, pair, name, url, &fixture->err));
}

static void remotes_are_there_after_a_restart(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ada-bo");
    put(fixture, pair, "released", "https://example.org/programme/priya-dana.git");
    put(fixture, pair, "record", "git@example.org:priya/प्रिया.git");
    put(fixture, other, "record", "/srv/ada-bo.git");
    reopen(fixture);

    struct ta_stored_remotes remotes = remotes_of(fixture, pair);
    assert_int_equal(remotes.count, 2);
    assert_string_equal(remotes.items[0].name, "record");
    assert_string_equal(remotes.items[0].url, "git@example.org:priya/प्रिया.git");
    assert_string_equal(remotes.items[1].name, "released");
    assert_int_equal(remotes.items[0].synced, 0);
    assert_null(remotes.items[0].end);
    ta_stored_remotes_release(&remotes);
}

static void the_last_time_that_went_well_stays(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    put(fixture, pair, "record", "/srv/one.git");
    struct ta_store *store = fixture->store;
    assert_true(ta_store_remote_ended(store, pair, "record", MONDAY, "done", "", NULL));
    assert_true(ta_store_remote_ended(store, pair, "record", 0, "failed", "No network.", NULL));
    struct ta_stored_remotes remotes = remotes_of(fixture, pair);
    assert_int_equal(remotes.items[0].synced, MONDAY);
    assert_string_equal(remotes.items[0].end, "failed");
    assert_string_equal(remotes.items[0].message, "No network.");
    ta_stored_remotes_release(&remotes);
}

static void another_place_has_no_past(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    put(fixture, pair, "record", "/srv/one.git");
    assert_true(ta_store_remote_ended(fixture->store, pair, "record", MONDAY, "done", "", NULL));
    put(fixture, pair, "record", "/srv/one.git");
    struct ta_stored_remotes remotes = remotes_of(fixture, pair);
    assert_int_equal(remotes.items[0].synced, MONDAY);
    ta_stored_remotes_release(&remotes);
    put(fixture, pair, "record", "/srv/two.git");
    remotes = remotes_of(fixture, pair);
    assert_int_equal(remotes.items[0].synced, 0);
    assert_null(remotes.items[0].end);
    ta_stored_remotes_release(&remotes);
}

static void one_is_dropped_alone(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    bool was = false;
    put(fixture, pair, "record", "/srv/one.git");
    put(fixture, pair, "released", "/srv/two.git");
    assert_true(ta_store_remote_drop(fixture->store, pair, "record", &was, &fixture->err));
    assert_true(was);
    assert_true(ta_store_remote_drop(fixture->store, pair, "record", &was, &fixture->err));
    assert_false(was);
    struct ta_stored_remotes remotes = remotes_of(fixture, pair);
    assert_int_equal(remotes.count, 1);
    assert_string_equal(remotes.items[0].name, "released");
    ta_stored_remotes_release(&remotes);
}

static void other_names_and_pairs_are_none(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    assert_false(ta_store_remote_put(fixture->store, pair, "origin", "/srv/x", &fixture->err));
    assert_false(ta_store_remote_put(fixture->store, 77, "record", "/srv/x", &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
    assert_true(
        ta_store_remote_ended(fixture->store, pair, "record", MONDAY, "done", "", &fixture->err));
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM remote"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(remotes_are_there_after_a_restart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_last_time_that_went_well_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_place_has_no_past, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_is_dropped_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_names_and_pairs_are_none, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
