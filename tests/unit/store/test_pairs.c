#include <dirent.h>

#include "fixture.h"
#include "turnabout/store/drafts.h"
#include "turnabout/store/index.h"
#include "turnabout/store/sessions.h"

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

static void persons_topic_and_me_can_change(void **state)
{
    struct fixture *fixture = *state;
    int64_t other = add_pair(fixture->store, "ali-bo");
    struct ta_pair changed;
    (void)add_pair(fixture->store, "priya-dana");
    assert_true(ta_store_pair_find(fixture->store, "priya-dana", &changed, &fixture->err));
    char topic[] = "Caring, and work";
    char email[] = "dana@example.org";
    changed.topic = strdup(topic);
    changed.person[TA_MENTEE].email = strdup(email);
    changed.me = TA_NOBODY;
    assert_true(ta_store_pair_change(fixture->store, &changed, &fixture->err));
    ta_pair_release(&changed);

    struct ta_pair found;
    assert_true(ta_store_pair_find(fixture->store, "priya-dana", &found, &fixture->err));
    assert_string_equal(found.topic, topic);
    assert_string_equal(found.person[TA_MENTEE].email, email);
    assert_int_equal(found.me, TA_NOBODY);
    ta_pair_release(&found);

    assert_true(ta_store_pair_find(fixture->store, "ali-bo", &found, &fixture->err));
    assert_int_equal(found.id, other);
    assert_null(found.topic);
    assert_int_equal(found.me, TA_MENTOR);
    ta_pair_release(&found);
}

static void a_pair_that_is_gone_cannot_be_changed_or_removed(void **state)
{
    struct fixture *fixture = *state;
    struct ta_pair pair;
    (void)add_pair(fixture->store, "priya-dana");
    assert_true(ta_store_pair_find(fixture->store, "priya-dana", &pair, &fixture->err));
    assert_true(ta_store_pair_remove(fixture->store, pair.id, &fixture->err));
    assert_false(ta_store_pair_change(fixture->store, &pair, &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
    assert_false(ta_store_pair_remove(fixture->store, pair.id, &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
    ta_pair_release(&pair);
}

#define SECRET "I was nervous today"

/* Notes and drafts with the secret in them, short ones and some longer than a page. */
static void fill_with_secrets(struct ta_store *store, int64_t pair)
{
    char text[9000];
    int64_t sitting = 0;
    int64_t revision = 0;
    assert_true(ta_store_sitting_start(store, pair, 1, SECRET, MONDAY, -1, &sitting, NULL));
    for (unsigned i = 0; i < 60; i++) {
        int width = (int)(i * 149);
        (void)snprintf(text, sizeof text, "%u " SECRET "%*s", i, width, "");
        struct ta_note note = {.kind = TA_NOTE_MINE, .text = text, .at = MONDAY + i, .item = -1};
        assert_true(ta_store_note_add(store, sitting, &note, NULL, NULL));
        assert_true(ta_store_draft_put(store, pair, "summary/1", text, &revision, MONDAY, NULL));
    }
    struct ta_indexed document = {"sessions/01/summary.md", SECRET};
    assert_true(ta_store_index_move(store, pair, "", "a1", &document, 1, NULL));
}

static size_t count_secrets(const char *folder)
{
    size_t found = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        struct ta_text bytes = {0};
        char *path = ta_path_join(folder, entry->d_name);
        if (entry->d_name[0] != '.' && ta_file_read(&bytes, path, (size_t)1 << 30, NULL) &&
            bytes.length > 0) {
            const char *from = bytes.bytes;
            const char *end = bytes.bytes + bytes.length;
            while (from != NULL &&
                   (from = memmem(from, (size_t)(end - from), SECRET, strlen(SECRET))) != NULL) {
                found++;
                from++;
            }
        }
        ta_text_release(&bytes);
        free(path);
    }
    (void)closedir(entries);
    return found;
}

static void what_is_removed_leaves_no_word_in_any_file(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    int64_t kept = 0;
    fill_with_secrets(fixture->store, pair);
    assert_true(
        ta_store_sitting_start(fixture->store, other, 1, "Agenda", MONDAY, -1, &kept, NULL));
    reopen(fixture);
    fill_with_secrets(fixture->store, add_pair(fixture->store, "third"));
    assert_true(count_secrets(fixture->folder) > 100);

    struct ta_pair third;
    assert_true(ta_store_pair_find(fixture->store, "third", &third, &fixture->err));
    assert_true(ta_store_pair_remove(fixture->store, pair, &fixture->err));
    assert_true(ta_store_pair_remove(fixture->store, third.id, &fixture->err));
    ta_pair_release(&third);
    assert_int_equal(count_secrets(fixture->folder), 0);
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM note"), 0);
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM draft"), 0);
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM document"), 0);
    assert_int_equal(ask(fixture->store, "SELECT id FROM sitting"), kept);
    assert_whole(fixture->store);
}

static void ids_are_never_given_twice(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t sitting = 0;
    int64_t again = 0;
    char text[] = "x";
    struct ta_note note = {.text = text, .item = -1};
    struct ta_note later = note;
    assert_true(ta_store_sitting_start(fixture->store, pair, 1, "", MONDAY, -1, &sitting, NULL));
    assert_true(ta_store_note_add(fixture->store, sitting, &note, NULL, NULL));
    assert_true(ta_store_pair_remove(fixture->store, pair, NULL));

    int64_t second = add_pair(fixture->store, "priya-dana");
    assert_true(ta_store_sitting_start(fixture->store, second, 1, "", MONDAY, -1, &again, NULL));
    assert_true(ta_store_note_add(fixture->store, again, &later, NULL, NULL));
    assert_true(second > pair);
    assert_true(again > sitting);
    assert_true(later.id > note.id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pair_is_found_as_it_was_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_slug_belongs_to_one_pair, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_pair_is_absent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pairs_are_listed_by_slug, set_up, tear_down),
        cmocka_unit_test_setup_teardown(persons_topic_and_me_can_change, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pair_that_is_gone_cannot_be_changed_or_removed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_removed_leaves_no_word_in_any_file, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(ids_are_never_given_twice, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
