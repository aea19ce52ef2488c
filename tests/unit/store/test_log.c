#include "fixture.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/store/log.h"

/* Commits as their first digit and their subject. */
struct commit {
    char digit;
    const char *subject;
};

static struct ta_logged logged(const struct commit *commit)
{
    struct ta_logged logged = {.subject = (char *)(uintptr_t)commit->subject,
                               .author = (char *)(uintptr_t) "Dana",
                               .when = {MONDAY, 60},
                               .session = 3};
    memset(logged.id, commit->digit, TA_COMMIT_SIZE - 1);
    return logged;
}

static bool put(struct fixture *fixture, int64_t pair, bool replace, const char *from,
                const struct commit *commits, size_t count)
{
    struct ta_logged items[8];
    char id[TA_COMMIT_SIZE] = "";
    for (size_t i = 0; i < count; i++) {
        items[i] = logged(&commits[i]);
    }
    memset(id, *from, *from ? TA_COMMIT_SIZE - 1 : 0);
    return (replace ? ta_store_log_replace : ta_store_log_add)(fixture->store, pair, id, items,
                                                               count, &fixture->err);
}

static void note_down(void *data, struct ta_logged *commit)
{
    struct ta_text *text = data;
    ta_text_addf(text, "%c %s, ", commit->id[0], commit->subject);
    assert_string_equal(commit->author, "Dana");
    assert_int_equal(commit->when.instant, MONDAY);
    assert_int_equal(commit->when.offset, 60);
    assert_int_equal(commit->session, 3);
    free(commit->subject);
    free(commit->author);
}

static void assert_log(struct fixture *fixture, int64_t pair, size_t skip, size_t limit,
                       const char *expected)
{
    struct ta_text text = {0};
    ta_text_add(&text, "");
    assert_true(
        ta_store_log_read(fixture->store, pair, skip, limit, note_down, &text, &fixture->err));
    assert_string_equal(text.bytes, expected);
    ta_text_release(&text);
}

static void the_newest_come_first_in_pages(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    assert_log(fixture, pair, 0, 0, "");
    assert_true(put(fixture, pair, false, "", (struct commit[]){{'2', "two"}, {'1', "one"}}, 2));
    assert_true(put(fixture, other, false, "", (struct commit[]){{'9', "theirs"}}, 1));
    assert_true(
        put(fixture, pair, false, "2", (struct commit[]){{'4', "four"}, {'3', "three"}}, 2));
    reopen(fixture);
    assert_log(fixture, pair, 0, 0, "4 four, 3 three, 2 two, 1 one, ");
    assert_log(fixture, pair, 0, 1, "4 four, ");
    assert_log(fixture, pair, 1, 2, "3 three, 2 two, ");
    assert_log(fixture, pair, 3, 9, "1 one, ");
    assert_log(fixture, pair, 4, 9, "");
    assert_log(fixture, other, 0, 0, "9 theirs, ");
}

static void a_log_made_anew_keeps_nothing_old(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    assert_true(put(fixture, pair, false, "", (struct commit[]){{'1', "one"}}, 1));
    assert_true(put(fixture, other, false, "", (struct commit[]){{'1', "theirs"}}, 1));
    assert_true(put(fixture, pair, true, "1", (struct commit[]){{'5', "five"}}, 1));
    assert_log(fixture, pair, 0, 0, "5 five, ");
    assert_log(fixture, other, 0, 0, "1 theirs, ");
}

static void nothing_is_put_on_top_of_another_log(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    assert_true(put(fixture, pair, false, "", (struct commit[]){{'1', "one"}}, 1));
    assert_false(put(fixture, pair, false, "", (struct commit[]){{'2', "two"}}, 1));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_false(put(fixture, pair, true, "3", (struct commit[]){{'2', "two"}}, 1));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_log(fixture, pair, 0, 0, "1 one, ");
    assert_false(put(fixture, pair + 7, false, "", (struct commit[]){{'2', "two"}}, 1));
    assert_int_equal(fixture->err.code, TA_ABSENT);
}

static void a_commit_is_found_by_its_first_digits(void **state)
{
    struct fixture *fixture = *state;
    char id[TA_COMMIT_SIZE];
    size_t found = 0;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    assert_true(put(fixture, pair, false, "",
                    (struct commit[]){{'2', "new"}, {'1', "mid"}, {'2', "old"}}, 3));
    assert_true(ta_store_log_find(fixture->store, pair, "1111", &found, id, &fixture->err));
    assert_int_equal(found, 1);
    assert_string_equal(id, "1111111111111111111111111111111111111111");
    assert_true(ta_store_log_find(fixture->store, pair, "2222", &found, id, &fixture->err));
    assert_int_equal(found, 2);
    assert_true(ta_store_log_find(fixture->store, pair, "2%", &found, id, &fixture->err));
    assert_int_equal(found, 0);
    assert_string_equal(id, "");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_newest_come_first_in_pages),
        TEST(a_log_made_anew_keeps_nothing_old),
        TEST(nothing_is_put_on_top_of_another_log),
        TEST(a_commit_is_found_by_its_first_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
