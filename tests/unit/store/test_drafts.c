#include <dirent.h>

#include "fixture.h"
#include "turnabout/base/memory.h"
#include "turnabout/store/drafts.h"

static void assert_draft(struct fixture *fixture, int64_t pair, const char *name, const char *text,
                         int64_t revision)
{
    struct ta_draft draft;
    assert_true(ta_store_draft(fixture->store, pair, name, &draft, &fixture->err));
    if (text == NULL) {
        assert_null(draft.text);
    } else {
        assert_non_null(draft.text);
        assert_string_equal(draft.text, text);
    }
    assert_int_equal(draft.revision, revision);
    ta_draft_release(&draft);
}

static void a_draft_is_kept_to_the_byte(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t other = add_pair(fixture->store, "ali-bo");
    const char *text = "# Überblick\r\n\t'quoted' \"text\" %s :pair \xe2\x80\xae"
                       "e\xcc\x81\n\n";
    int64_t revision = 0;
    assert_draft(fixture, pair, "contract", NULL, 0);
    assert_true(ta_store_draft_put(fixture->store, pair, "contract", text, &revision, MONDAY,
                                   &fixture->err));
    assert_true(revision > 0);
    reopen(fixture);
    assert_draft(fixture, pair, "contract", text, revision);
    assert_draft(fixture, pair, "agenda/1", NULL, 0);
    assert_draft(fixture, other, "contract", NULL, 0);

    struct ta_draft draft;
    assert_true(ta_store_draft(fixture->store, pair, "contract", &draft, &fixture->err));
    assert_int_equal(draft.changed, MONDAY);
    ta_draft_release(&draft);
    ta_draft_release(&draft);
}

static void an_empty_draft_is_a_draft(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t revision = 0;
    assert_true(ta_store_draft_put(fixture->store, pair, "line/1", "", &revision, MONDAY, NULL));
    assert_draft(fixture, pair, "line/1", "", revision);
}

static void a_draft_of_a_megabyte_is_kept(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    size_t length = (size_t)1 << 20;
    char *text = ta_allocate(length + 1, 1);
    uint64_t seed = 7;
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)('a' + next_random(&seed) % 26);
    }
    int64_t revision = 0;
    assert_true(ta_store_draft_put(fixture->store, pair, "summary/1", text, &revision, MONDAY,
                                   &fixture->err));
    reopen(fixture);
    assert_draft(fixture, pair, "summary/1", text, revision);
    free(text);
}

static void the_revision_rises_with_each_change(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t revision = 0;
    for (int i = 0; i < 5; i++) {
        int64_t before = revision;
        assert_true(ta_store_draft_put(fixture->store, pair, "contract", "the same", &revision,
                                       MONDAY, &fixture->err));
        assert_true(revision > before);
    }
}

static void who_read_an_older_text_does_not_overwrite_a_newer_one(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *second = open_store(fixture);
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t mine = 0;
    assert_true(ta_store_draft_put(fixture->store, pair, "contract", "first", &mine, MONDAY, NULL));
    int64_t theirs = mine;
    assert_true(ta_store_draft_put(second, pair, "contract", "theirs", &theirs, MONDAY, NULL));

    int64_t before = mine;
    assert_false(ta_store_draft_put(fixture->store, pair, "contract", "mine, unseen", &mine, MONDAY,
                                    &fixture->err));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_non_null(strstr(fixture->err.text, "contract"));
    assert_null(strstr(fixture->err.text, "unseen"));
    assert_int_equal(mine, before);
    assert_draft(fixture, pair, "contract", "theirs", theirs);

    int64_t none = 0; /* who saw no draft at all does not overwrite one either */
    assert_false(
        ta_store_draft_put(fixture->store, pair, "contract", "mine", &none, MONDAY, &fixture->err));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_draft(fixture, pair, "contract", "theirs", theirs);
    ta_store_close(second);
}

static void a_dropped_draft_is_gone_and_can_be_begun_again(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t revision = 0;
    assert_true(ta_store_draft_drop(fixture->store, pair, "agenda/2", 0, &fixture->err));
    assert_true(ta_store_draft_put(fixture->store, pair, "agenda/2", "a", &revision, MONDAY, NULL));
    assert_true(ta_store_draft_drop(fixture->store, pair, "agenda/2", revision, &fixture->err));
    assert_draft(fixture, pair, "agenda/2", NULL, 0);
    revision = 0;
    assert_true(ta_store_draft_put(fixture->store, pair, "agenda/2", "b", &revision, MONDAY, NULL));
    assert_draft(fixture, pair, "agenda/2", "b", revision);
}

static void a_draft_that_was_changed_since_is_not_dropped(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t revision = 0;
    assert_true(ta_store_draft_put(fixture->store, pair, "contract", "a", &revision, MONDAY, NULL));
    int64_t read = revision;
    assert_true(ta_store_draft_put(fixture->store, pair, "contract", "b", &revision, MONDAY, NULL));
    assert_true(ta_store_draft_drop(fixture->store, pair, "contract", read, &fixture->err));
    assert_draft(fixture, pair, "contract", "b", revision);
    assert_true(ta_store_draft_drop(fixture->store, pair, "contract", 0, &fixture->err));
    assert_draft(fixture, pair, "contract", "b", revision);
}

static void a_draft_begun_after_a_drop_is_not_the_one_that_was_read_before(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *second = open_store(fixture);
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t read_before = 0;
    int64_t begun_after = 0;
    assert_true(
        ta_store_draft_put(fixture->store, pair, "agenda/2", "old", &read_before, MONDAY, NULL));
    assert_true(ta_store_draft_drop(second, pair, "agenda/2", read_before, NULL));
    assert_false(ta_store_draft_put(fixture->store, pair, "agenda/2", "back from the dead",
                                    &read_before, MONDAY, &fixture->err));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_draft(fixture, pair, "agenda/2", NULL, 0);

    assert_true(ta_store_draft_put(second, pair, "agenda/2", "new", &begun_after, MONDAY, NULL));
    assert_false(ta_store_draft_put(fixture->store, pair, "agenda/2", "old, changed", &read_before,
                                    MONDAY, &fixture->err));
    assert_draft(fixture, pair, "agenda/2", "new", begun_after);
    ta_store_close(second);
}

static void a_draft_for_a_pair_that_is_gone_is_absent(void **state)
{
    struct fixture *fixture = *state;
    int64_t revision = 0;
    assert_false(ta_store_draft_put(fixture->store, 77, "contract", "very private", &revision,
                                    MONDAY, &fixture->err));
    assert_int_equal(fixture->err.code, TA_ABSENT);
    assert_null(strstr(fixture->err.text, "private"));
    assert_int_equal(revision, 0);
}

/* Reads, adds its word at the end, writes: what an editor does between two pauses. */
struct editor {
    struct ta_store *store;
    char text[512];
    int64_t revision;
    bool has_read;
    unsigned words;
};

static void take_turn(struct fixture *fixture, struct editor *editor, int64_t pair, unsigned who)
{
    if (!editor->has_read) {
        struct ta_draft draft;
        assert_true(ta_store_draft(editor->store, pair, "contract", &draft, &fixture->err));
        (void)snprintf(editor->text, sizeof editor->text, "%s",
                       draft.text == NULL ? "" : draft.text);
        editor->revision = draft.revision;
        editor->has_read = true;
        ta_draft_release(&draft);
        return;
    }
    size_t length = strlen(editor->text);
    (void)snprintf(editor->text + length, sizeof editor->text - length, "%u.%u ", who,
                   editor->words);
    if (ta_store_draft_put(editor->store, pair, "contract", editor->text, &editor->revision, MONDAY,
                           &fixture->err)) {
        editor->words++;
    } else {
        assert_int_equal(fixture->err.code, TA_BUSY);
        editor->has_read = false;
    }
}

static void nothing_is_lost_in_500_interleavings_of_two_writers(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *second = open_store(fixture);
    assert_true(ta_store_run(fixture->store, "PRAGMA synchronous = OFF", NULL));
    assert_true(ta_store_run(second, "PRAGMA synchronous = OFF", NULL));
    unsigned refusals = 0;
    for (uint64_t round = 0; round < 500; round++) {
        char slug[32];
        (void)snprintf(slug, sizeof slug, "pair-%u", (unsigned)round);
        int64_t pair = add_pair(fixture->store, slug);
        struct editor editors[2] = {{.store = fixture->store}, {.store = second}};
        uint64_t seed = round;
        for (unsigned turn = 0; turn < 10; turn++) {
            unsigned who = next_random(&seed) % 2;
            bool had_read = editors[who].has_read;
            take_turn(fixture, &editors[who], pair, who);
            refusals += had_read && !editors[who].has_read;
        }
        struct ta_draft draft;
        assert_true(ta_store_draft(second, pair, "contract", &draft, &fixture->err));
        for (unsigned who = 0; who < 2; who++) {
            for (unsigned word = 0; word < editors[who].words; word++) {
                char expected[32];
                (void)snprintf(expected, sizeof expected, "%u.%u ", who, word);
                assert_non_null(strstr(draft.text, expected));
            }
        }
        assert_int_equal(draft.revision, editors[0].words + editors[1].words);
        ta_draft_release(&draft);
    }
    assert_true(refusals > 500); /* the two did get in each other's way */
    ta_store_close(second);
}

#define SECRET "I was nervous today"

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

/* Short ones, and some longer than a page. */
static void what_is_dropped_leaves_no_word_in_any_file(void **state)
{
    struct fixture *fixture = *state;
    int64_t pair = add_pair(fixture->store, "priya-dana");
    int64_t revision = 0;
    char text[9000];
    for (unsigned i = 0; i < 60; i++) {
        int width = (int)(i * 149);
        (void)snprintf(text, sizeof text, "%u " SECRET "%*s", i, width, "");
        assert_true(
            ta_store_draft_put(fixture->store, pair, "line/1", text, &revision, MONDAY, NULL));
    }
    assert_true(count_secrets(fixture->folder) >= 60);
    assert_true(ta_store_draft_drop(fixture->store, pair, "line/1", revision, NULL));
    close_store(fixture);
    assert_int_equal(count_secrets(fixture->folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_draft_is_kept_to_the_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_draft_is_a_draft, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_draft_of_a_megabyte_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_revision_rises_with_each_change, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_read_an_older_text_does_not_overwrite_a_newer_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_dropped_draft_is_gone_and_can_be_begun_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_draft_that_was_changed_since_is_not_dropped, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_draft_begun_after_a_drop_is_not_the_one_that_was_read_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_draft_for_a_pair_that_is_gone_is_absent, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_lost_in_500_interleavings_of_two_writers, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_dropped_leaves_no_word_in_any_file, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
