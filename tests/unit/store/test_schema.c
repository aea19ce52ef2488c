#include "fixture.h"

static int64_t version(struct ta_store *store)
{
    return ask(store, "PRAGMA user_version");
}

static int64_t tables(struct ta_store *store, const char *condition)
{
    char sql[256];
    (void)snprintf(
        sql, sizeof sql,
        "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND schema = 'main' "
        "AND name NOT LIKE 'sqlite_%%' AND %s",
        condition);
    return ask(store, sql);
}

/* The steps of these tests begin at version 1, however many the program itself has by now. */
static void begin_at_version_1(struct fixture *fixture)
{
    assert_true(ta_store_run(fixture->store, "PRAGMA user_version = 1", &fixture->err));
}

static void every_table_is_strict(void **state)
{
    struct fixture *fixture = *state;
    assert_true(tables(fixture->store, "strict") >= 8);
    assert_int_equal(tables(fixture->store, "NOT strict"), 0);
}

static void steps_not_taken_yet_are_taken_in_order(void **state)
{
    struct fixture *fixture = *state;
    static const char *const steps[] = {
        "CREATE TABLE never (a)", /* version 0 to 1: long done */
        "CREATE TABLE sky (colour TEXT) STRICT; INSERT INTO sky VALUES ('blue')",
        "ALTER TABLE sky ADD COLUMN clouds INTEGER; UPDATE sky SET clouds = 3",
    };
    begin_at_version_1(fixture);
    int64_t pair = add_pair(fixture->store, "priya-dana");
    assert_true(ta_schema_migrate(fixture->store, steps, 3, &fixture->err));
    assert_int_equal(version(fixture->store), 3);
    assert_int_equal(ask(fixture->store, "SELECT clouds FROM sky WHERE colour = 'blue'"), 3);
    assert_int_equal(tables(fixture->store, "name = 'never'"), 0);
    assert_int_equal(ask(fixture->store, "SELECT id FROM pair"), pair);
}

static void a_step_that_fails_takes_all_of_them_back(void **state)
{
    struct fixture *fixture = *state;
    static const char *const steps[] = {
        "",
        "CREATE TABLE sky (colour TEXT) STRICT",
        "INSERT INTO no_such_table VALUES (1)",
    };
    begin_at_version_1(fixture);
    assert_false(ta_schema_migrate(fixture->store, steps, 3, &fixture->err));
    assert_int_equal(version(fixture->store), 1);
    assert_int_equal(tables(fixture->store, "name = 'sky'"), 0);
    (void)add_pair(fixture->store, "priya-dana");
}

static bool migrate_too(struct fixture *fixture, void *data)
{
    const char *const *steps = data;
    struct ta_store *store = NULL;
    bool ok = ta_store_connect(&store, fixture->path, &fixture->err) &&
              ta_schema_migrate(store, steps, 2, &fixture->err);
    ta_store_close(store);
    return ok;
}

static void programs_that_migrate_at_once_take_each_step_once(void **state)
{
    struct fixture *fixture = *state;
    static const char *steps[] = {"", "CREATE TABLE sky (colour TEXT) STRICT; "
                                      "INSERT INTO sky VALUES ('blue')"};
    pid_t children[4];
    begin_at_version_1(fixture);
    close_store(fixture);
    for (size_t i = 0; i < 4; i++) {
        children[i] = in_child(migrate_too, fixture, (void *)steps);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_true(went_well(children[i]));
    }
    assert_true(ta_store_connect(&fixture->store, fixture->path, NULL));
    assert_int_equal(version(fixture->store), 2);
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM sky"), 1);
}

static void a_database_of_the_first_version_is_brought_up_to_date(void **state)
{
    struct fixture *fixture = *state;
    int64_t current = version(fixture->store);
    int64_t pair = add_pair(fixture->store, "priya-dana");
    assert_true(ta_store_run(
        fixture->store,
        "DROP TABLE log; DROP TABLE rating; DROP TABLE remote; DROP TABLE choice;"
        "ALTER TABLE sitting DROP COLUMN clock;"
        "ALTER TABLE sitting DROP COLUMN standing;"
        "INSERT INTO sitting (pair, number, agenda) SELECT pair.id, value, '' FROM pair, "
        "json_each('[1, 2, 100, 101]');"
        "INSERT INTO document SELECT pair.id, value, '' FROM pair, "
        "json_each('[\"sessions/01/summary.md\", "
        "\"sessions/100s/100/summary.md\"]')",
        NULL));
    begin_at_version_1(fixture);
    reopen(fixture);
    assert_int_equal(version(fixture->store), current);
    assert_int_equal(tables(fixture->store, "name IN ('log', 'rating', 'remote', 'choice')"), 4);
    assert_int_equal(ask(fixture->store, "SELECT id FROM pair"), pair);
    /* What had a summary is settled; of the others it is looked for in the record. */
    assert_int_equal(ask(fixture->store, "SELECT sum(number * standing) FROM sitting"),
                     2 * (1 + 100) + (2 + 101));
    assert_whole(fixture->store);
}

/* Whoever types a plain letter finds pairs that were read before such letters were folded. */
static void names_that_were_read_are_folded_as_new_ones(void **state)
{
    enum { BEFORE = 3 };
    struct fixture *fixture = *state;
    struct ta_store *store = NULL;
    assert_true(ta_store_connect(&store, ":memory:", &fixture->err));
    assert_true(ta_schema_migrate(store, ta_programme_schema.steps, BEFORE, &fixture->err));
    assert_true(ta_store_run(
        store,
        "INSERT INTO programme_pair (slug, mentor, mentee, url, added) VALUES "
        "('a', 'Ayşe', 'Yıldız', 'one', 0), ('b', 'Jo', 'Lind', 'two', 0);"
        "INSERT INTO released_pair (pair, look, tip, taken, words, joined, seen, released, level, "
        "contract, planned, rhythm, promises, open, done, told, held, moved, cancelled_mentor, "
        "cancelled_mentee, cancelled_other, last, last_zone, next, next_zone, run, run_by, course) "
        "SELECT id, 0, '', '', iif(slug = 'a', 'ayse yıldız', 'jo lind'), 0, 0, 1, 0, 1, 0, 0, 0, "
        "0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, '' FROM programme_pair",
        &fixture->err));
    assert_true(ta_schema_migrate(store, ta_programme_schema.steps, BEFORE + 1, &fixture->err));
    assert_int_equal(ask(store, "SELECT pair FROM released_pair WHERE words = 'ayse yildiz'"), 1);
    assert_int_equal(ask(store, "SELECT pair FROM released_pair WHERE words = 'jo lind'"), 2);
    assert_int_equal(ask(store, "SELECT count FROM programme_figure WHERE kind = 3"), 4);
    ta_store_close(store);
}

/* A session that moved to another month, or whose gap did, is counted where it is now, once. */
static void sessions_are_counted_where_they_moved(void **state)
{
    enum { STEPS_TO_COUNT = 3 };
    struct fixture *fixture = *state;
    struct ta_store *store = NULL;
    assert_true(ta_store_connect(&store, ":memory:", &fixture->err));
    assert_true(ta_schema_migrate(store, ta_programme_schema.steps, STEPS_TO_COUNT, &fixture->err));
    assert_true(ta_store_run(
        store,
        "PRAGMA foreign_keys = OFF;"
        "INSERT INTO released_session (pair, session, held, zone, month, gap, minutes, withheld) "
        "VALUES (1, 1, 0, 0, 24000, NULL, 45, 0), (1, 2, 0, 0, 24001, 21, 45, 0);"
        "UPDATE released_session SET month = 24001, gap = 14 WHERE session = 1;"
        "UPDATE released_session SET gap = 28 WHERE session = 2;"
        "UPDATE released_session SET minutes = 50",
        &fixture->err));
    assert_int_equal(
        ask(store, "SELECT count(*) FROM programme_figure WHERE kind IN (6, 7) AND count <> 0"), 3);
    assert_int_equal(
        ask(store, "SELECT count FROM programme_figure WHERE kind = 6 AND key = 24001"), 2);
    assert_int_equal(
        ask(store, "SELECT sum(key) FROM programme_figure WHERE kind = 7 AND count = 1"), 14 + 28);
    ta_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_table_is_strict, set_up, tear_down),
        cmocka_unit_test_setup_teardown(steps_not_taken_yet_are_taken_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_step_that_fails_takes_all_of_them_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(programs_that_migrate_at_once_take_each_step_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_database_of_the_first_version_is_brought_up_to_date,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_that_were_read_are_folded_as_new_ones, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(sessions_are_counted_where_they_moved, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
