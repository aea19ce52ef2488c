#include "fixture.h"

static struct ta_pair make_pair(char *slug, char *topic, char *mentor, char *mentee, char *email)
{
    return (struct ta_pair){
        .slug = slug,
        .topic = topic,
        .person = {[TA_MENTOR] = {.name = mentor, .email = email}, [TA_MENTEE] = {.name = mentee}},
        .me = TA_MENTEE};
}

static void a_pair_is_found_as_it_was_added(void **state)
{
    struct fixture *fixture = *state;
    char slug[] = "प्रिया-דנה";
    char topic[] = "Who's \"heard\"; in our meetings\n";
    char mentor[] = "प्रिया रमन";
    char mentee[] = "דנה 🙂";
    char email[] = "priya@example.org";
    struct ta_pair pair = make_pair(slug, topic, mentor, mentee, email);
    assert_true(ta_store_pair_add(fixture->store, &pair, MONDAY, &fixture->err));
    assert_true(pair.id > 0);
    reopen(fixture);

    struct ta_pair found;
    assert_true(ta_store_pair_find(fixture->store, slug, &found, &fixture->err));
    assert_int_equal(found.id, pair.id);
    assert_string_equal(found.slug, slug);
    assert_string_equal(found.topic, topic);
    assert_string_equal(found.person[TA_MENTOR].name, mentor);
    assert_string_equal(found.person[TA_MENTOR].email, email);
    assert_string_equal(found.person[TA_MENTEE].name, mentee);
    assert_null(found.person[TA_MENTEE].email);
    assert_int_equal(found.me, TA_MENTEE);
    ta_pair_release(&found);
}

static void a_slug_belongs_to_one_pair(void **state)
{
    struct fixture *fixture = *state;
    int64_t first = add_pair(fixture->store, "priya-dana");
    char slug[] = "priya-dana";
    char name[] = "Someone Else";
    struct ta_pair second = make_pair(slug, NULL, name, name, NULL);
    assert_false(ta_store_pair_add(fixture->store, &second, MONDAY, &fixture->err));
    assert_int_equal(fixture->err.code, TA_REFUSED);
    assert_non_null(strstr(fixture->err.text, "priya-dana"));
    assert_int_equal(second.id, 0);
    char *in_hand;
    assert_true(ta_store_setting(fixture->store, "pair", &in_hand, &fixture->err));
    assert_string_equal(in_hand, "priya-dana");
    free(in_hand);

    struct ta_pairs pairs;
    assert_true(ta_store_pairs(fixture->store, &pairs, &fixture->err));
    assert_int_equal(pairs.count, 1);
    assert_int_equal(pairs.items[0].id, first);
    assert_string_equal(pairs.items[0].person[TA_MENTOR].name, "Priya Raman");
    ta_pairs_release(&pairs);
}

static void an_unknown_pair_is_absent(void **state)
{
    struct fixture *fixture = *state;
    struct ta_pair pair;
    assert_false(ta_store_pair_find(fixture->store, "nobody-here", &pair, &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
    assert_non_null(strstr(fixture->err.text, "nobody-here"));

    struct ta_pairs pairs;
    assert_true(ta_store_pairs(fixture->store, &pairs, &fixture->err));
    assert_int_equal(pairs.count, 0);
    ta_pairs_release(&pairs);
}

static void pairs_are_listed_by_slug(void **state)
{
    struct fixture *fixture = *state;
    static const char *const sorted[] = {"ali-bo",  "ali-bo-2", "cem-dan",  "eva-finn", "gil-hanna",
                                         "ida-jon", "kai-lea",  "mia-nils", "ole-pia",  "zoe-ada"};
    enum { COUNT = sizeof sorted / sizeof sorted[0] };
    for (size_t i = 0; i < COUNT; i++) {
        (void)add_pair(fixture->store, sorted[(i * 7 + 3) % COUNT]);
    }
    struct ta_pairs pairs;
    assert_true(ta_store_pairs(fixture->store, &pairs, &fixture->err));
    assert_int_equal(pairs.count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_string_equal(pairs.items[i].slug, sorted[i]);
    }
    ta_pairs_release(&pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pair_is_found_as_it_was_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_slug_belongs_to_one_pair, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_pair_is_absent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pairs_are_listed_by_slug, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
