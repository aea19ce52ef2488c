#include "turnabout/store/programme.h"

#include "fixture.h"

static const struct ta_day today = {2026, 11, 22};
enum { PAIRS = 5 };

/* A programme in the place of the fixture's own store. */
static struct ta_store *open_programme(struct fixture *fixture)
{
    struct ta_store *store = NULL;
    if (!ta_store_open_programme(&store, fixture->path, &fixture->err)) {
        print_error("%s\n", fixture->err.text);
        fail();
    }
    return store;
}

static struct ta_attendance agreed_since(struct ta_day since)
{
    return (struct ta_attendance){.joined = {2026, 9, 1},
                                  .read = {2026, 11, 1},
                                  .released = true,
                                  .level = TA_SHARED_ATTENDANCE,
                                  .contract = 1,
                                  .since = since,
                                  .planned = 6,
                                  .rhythm = 2};
}

/* One that needs a look, one whose repository is gone, one that was not asked yet, one that said
   nothing when it was asked, and one that is well, entered in another order. */
static void add_pairs(struct fixture *fixture, struct ta_store *store)
{
    const struct ta_attendance nothing = {.joined = {2026, 11, 20}, .read = {2026, 11, 20}};
    struct ta_member members[PAIRS] = {
        {.slug = (char *)"well", .attendance = agreed_since((struct ta_day){2026, 11, 15})},
        {.slug = (char *)"silent", .attendance = nothing},
        {.slug = (char *)"new", .attendance = nothing},
        {.slug = (char *)"gone", .attendance = agreed_since((struct ta_day){2026, 11, 12})},
        {.slug = (char *)"late", .attendance = agreed_since((struct ta_day){2026, 9, 1})},
    };
    for (size_t i = 0; i < PAIRS; i++) {
        members[i].mentor = members[i].mentee = (char *)"";
        members[i].url = members[i].slug;
    }
    assert_true(ta_store_members_add(store, members, PAIRS, NULL, &fixture->err));
    for (size_t i = 0; i < PAIRS; i++) {
        bool asked = strcmp(members[i].slug, "new") != 0;
        bool gone = strcmp(members[i].slug, "gone") == 0;
        assert_true(!asked || ta_store_member_fetched(store, members[i].id, MONDAY, NULL, NULL));
        assert_true(!gone ||
                    ta_store_member_fetched(store, members[i].id, MONDAY, "It is gone.", NULL));
    }
}

static void assert_found(struct fixture *fixture, struct ta_store *store,
                         const struct ta_overview_query *query, const char *slugs)
{
    struct ta_members members;
    char found[200] = "";
    assert_true(ta_store_members(store, query, &members, &fixture->err));
    for (size_t i = 0; i < members.count; i++) {
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s",
                       i > 0 ? " " : "", members.items[i].slug);
    }
    ta_members_release(&members);
    assert_string_equal(found, slugs);
}

static void those_not_fetched_follow_those_in_need(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *store = open_programme(fixture);
    static const char *const order[] = {"late", "gone", "new", "well", "silent"};
    struct ta_overview_query query = {.order = TA_ORDER_NEED, .today = today};
    size_t missing = 0;
    add_pairs(fixture, store);
    assert_found(fixture, store, &query, "late gone new well silent");
    for (query.skip = 0; query.skip < PAIRS; query.skip++) {
        query.limit = 1; /* whichever part it is in */
        assert_found(fixture, store, &query, order[query.skip]);
    }
    query.skip = 1;
    query.limit = 3;
    assert_found(fixture, store, &query, "gone new well");
    assert_true(ta_store_members_missing(store, &missing, &fixture->err));
    assert_int_equal(missing, 2);
    ta_store_close(store);
}

static void a_row_is_found_by_its_state(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *store = open_programme(fixture);
    static const struct {
        const char *words[2];
        const char *slugs;
    } cases[] = {
        {{"not", "fetched"}, "gone new"}, {{"unsigned", NULL}, "silent"},
        {{"needs", "look"}, "late"},      {{"fetched", "gone"}, "gone"},
        {{"signed", "well"}, ""},
    };
    add_pairs(fixture, store);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ta_overview_query query = {.order = TA_ORDER_NEED, .today = today};
        size_t count = PAIRS;
        memcpy(query.words, cases[i].words, sizeof cases[i].words);
        assert_found(fixture, store, &query, cases[i].slugs);
        assert_true(ta_store_members_count(store, &query, &count, &fixture->err));
        size_t spaces = 0;
        for (const char *at = cases[i].slugs; *at != '\0'; at++) {
            spaces += *at == ' ';
        }
        assert_int_equal(count, *cases[i].slugs != '\0' ? spaces + 1 : 0);
    }
    ta_store_close(store);
}

static void a_pair_is_found_again_in_another_order(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *store = open_programme(fixture);
    struct ta_member member;
    struct ta_overview_query query = {.order = TA_ORDER_NEED, .today = today};
    size_t place = 9;
    add_pairs(fixture, store);
    assert_true(ta_store_member(store, "well", &member, &fixture->err));
    assert_true(ta_store_members_place(store, &query, member.id, &place, &fixture->err));
    assert_int_equal(place, 3);
    query.order = TA_ORDER_NAME;
    assert_true(ta_store_members_place(store, &query, member.id, &place, &fixture->err));
    assert_int_equal(place, 4);
    query.words[0] = "gone";
    place = 9;
    assert_true(ta_store_members_place(store, &query, member.id, &place, &fixture->err));
    assert_int_equal(place, 9);
    ta_member_release(&member);
    ta_store_close(store);
}

struct counts {
    int64_t in_force, missing, without;
};

static void take(enum ta_figure_kind kind, int64_t key, int64_t count, void *data)
{
    struct counts *counts = data;
    (void)key;
    counts->in_force = kind == TA_FIGURE_SIGNED ? count : counts->in_force;
    counts->missing = kind == TA_FIGURE_MISSING ? count : counts->missing;
    counts->without = kind == TA_FIGURE_UNSIGNED ? count : counts->without;
}

static void assert_counted(struct fixture *fixture, struct ta_store *store, int64_t with,
                           int64_t missing, int64_t without)
{
    struct counts counts = {0};
    assert_true(ta_store_figures(store, take, &counts, &fixture->err));
    assert_int_equal(counts.in_force, with);
    assert_int_equal(counts.missing, missing);
    assert_int_equal(counts.without, without);
}

static void what_is_missing_is_counted_as_it_changes(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *store = open_programme(fixture);
    struct ta_member member;
    add_pairs(fixture, store);
    assert_counted(fixture, store, 3, 2, 1);
    assert_true(ta_store_member(store, "silent", &member, &fixture->err));
    assert_true(ta_store_member_fetched(store, member.id, MONDAY, "No way.", &fixture->err));
    assert_counted(fixture, store, 3, 3, 0);
    assert_true(ta_store_members_fetched(store, &member.id, 1, MONDAY, &fixture->err));
    assert_counted(fixture, store, 3, 2, 1);
    ta_member_release(&member);
    assert_true(ta_store_member_remove(store, "gone", &fixture->err));
    assert_counted(fixture, store, 2, 1, 1);
    assert_true(ta_store_forget_releases(store, &fixture->err));
    assert_counted(fixture, store, 0, 1, 3);
    ta_store_close(store);
}

/* A database of before knew of no missing ones. */
static void an_older_programme_is_counted_when_it_is_opened(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *store = open_programme(fixture);
    add_pairs(fixture, store);
    assert_true(ta_store_run(store,
                             "DROP TRIGGER released_pair_missing_comes;"
                             "DROP TRIGGER released_pair_missing_goes;"
                             "DROP TRIGGER released_pair_missing_changes;"
                             "DROP TRIGGER programme_pair_asked;"
                             "DROP INDEX released_pair_missing;"
                             "ALTER TABLE released_pair DROP COLUMN missing;"
                             "DELETE FROM programme_figure WHERE kind IN (8, 9);"
                             "PRAGMA user_version = 2",
                             &fixture->err));
    ta_store_close(store);
    store = open_programme(fixture);
    assert_counted(fixture, store, 3, 2, 1);
    assert_found(fixture, store,
                 &(struct ta_overview_query){.order = TA_ORDER_NEED, .today = today},
                 "late gone new well silent");
    ta_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(those_not_fetched_follow_those_in_need, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_row_is_found_by_its_state, set_up_folder, tear_down),
        cmocka_unit_test_setup_teardown(a_pair_is_found_again_in_another_order, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_missing_is_counted_as_it_changes, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_older_programme_is_counted_when_it_is_opened,
                                        set_up_folder, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
