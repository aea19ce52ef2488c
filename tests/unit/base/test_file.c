#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "turnabout/base/file.h"

/* The folder of this test program, made anew for each test. */
static int enter(void **state)
{
    char *folder = NULL;
    bool ok = ta_folder_temporary(&folder, NULL);
    *state = folder;
    return ok ? 0 : -1;
}

static int leave(void **state)
{
    bool ok = ta_folder_remove(*state, NULL);
    free(*state);
    return ok ? 0 : -1;
}

static int entries(const char *folder)
{
    int count = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    while (readdir(directory) != NULL) {
        count++;
    }
    (void)closedir(directory);
    return count - 2; /* "." and ".." */
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 0777U;
}

static void assert_content(const char *path, const char *expected)
{
    struct ta_text text = {0};
    assert_true(ta_file_read(&text, path, 1 << 20, NULL));
    assert_string_equal(text.bytes, expected);
    ta_text_release(&text);
}

static void a_file_is_read_as_it_was_written(void **state)
{
    char *path = ta_path_join(*state, "note");
    struct ta_text text = {0};
    assert_true(ta_file_write(path, "a\0\377\n", 4, NULL));
    ta_text_add(&text, "what was there before");
    assert_true(ta_file_read(&text, path, 4, NULL));
    assert_int_equal(text.length, 4);
    assert_memory_equal(text.bytes, "a\0\377\n", 4);
    assert_int_equal(mode_of(path), 0600);
    assert_true(ta_file_write(path, NULL, 0, NULL));
    assert_true(ta_file_read(&text, path, 0, NULL));
    assert_int_equal(text.length, 0);
    ta_text_release(&text);
    free(path);
}

static void writing_leaves_nothing_beside_the_file(void **state)
{
    char *path = ta_path_join(*state, "note");
    assert_true(ta_file_write(path, "old", 3, NULL));
    assert_true(ta_file_write(path, "new", 3, NULL));
    assert_content(path, "new");
    assert_int_equal(entries(*state), 1);
    free(path);
}

static void the_limit_is_kept(void **state)
{
    char *path = ta_path_join(*state, "big");
    char bytes[40000];
    memset(bytes, 'x', sizeof bytes);
    assert_true(ta_file_write(path, bytes, sizeof bytes, NULL));
    struct ta_text text = {0};
    struct ta_error err;
    assert_true(ta_file_read(&text, path, sizeof bytes, NULL));
    assert_int_equal(text.length, sizeof bytes);
    assert_false(ta_file_read(&text, path, sizeof bytes - 1, &err));
    assert_int_equal(err.code, TA_WRONG);
    assert_non_null(strstr(err.text, path));
    assert_int_equal(text.length, 0);
    ta_text_release(&text);
    free(path);
}

static void what_is_absent_is_told_from_what_is_refused(void **state)
{
    char *absent = ta_path_join(*state, "absent/file");
    struct ta_text text = {0};
    struct ta_error err;
    assert_false(ta_file_read(&text, absent, 10, &err));
    assert_int_equal(err.code, TA_ABSENT);
    assert_non_null(strstr(err.text, absent));
    assert_false(ta_file_read(&text, *state, 10, &err)); /* a folder */
    assert_int_equal(err.code, TA_SYSTEM);
    ta_text_release(&text);
    free(absent);
}

/* A write that the system ends early leaves the old content and no temporary. */
static void a_failed_write_changes_nothing(void **state)
{
    char *path = ta_path_join(*state, "note");
    assert_true(ta_file_write(path, "old", 3, NULL));
    char bytes[8192] = {0};
    struct rlimit saved;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &saved), 0);
    struct rlimit small = {4096, saved.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct ta_error err;
    bool ok = ta_file_write(path, bytes, sizeof bytes, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &saved), 0);
    (void)signal(SIGXFSZ, handler);
    assert_false(ok);
    assert_int_equal(err.code, TA_SYSTEM);
    assert_non_null(strstr(err.text, "File too large"));
    assert_content(path, "old");
    assert_int_equal(entries(*state), 1);
    free(path);
}

/* What stands under a name stays until what takes its place is whole. */
static void what_is_handed_out_in_pieces_replaces_a_file_whole_or_not_at_all(void **state)
{
    enum { PIECE = 4096, ROOM = 8192, PIECES = 16 };
    static const char piece[PIECE];
    struct rlimit saved;
    struct ta_handing handing;
    struct ta_error err;
    char *path = ta_path_join(*state, "report.html");
    assert_false(ta_file_stands(path));
    assert_true(ta_file_write(path, "old", 3, &err));
    assert_true(ta_file_stands(path));
    assert_false(ta_file_stands(*state)); /* a folder is not replaced */
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &saved), 0);
    const struct rlimit small = {.rlim_cur = ROOM, .rlim_max = saved.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool ok = ta_handing_open(&handing, path, &err);
    for (int i = 0; ok && i < PIECES; i++) {
        ok = ta_handing_add(&handing, piece, sizeof piece, &err);
    }
    assert_false(ta_handing_close(&handing, ok, &err));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &saved), 0);
    (void)signal(SIGXFSZ, handler);
    assert_non_null(strstr(err.text, "cannot be written"));
    assert_content(path, "old");
    assert_int_equal(entries(*state), 1);
    assert_true(ta_handing_open(&handing, path, &err));
    assert_true(ta_handing_close(&handing, ta_handing_add(&handing, "new", 3, &err), &err));
    assert_content(path, "new");
    assert_int_equal(entries(*state), 1);
    free(path);
}

static void a_write_that_cannot_be_put_in_place_cleans_up(void **state)
{
    char *folder = ta_path_join(*state, "taken/inner");
    char *path = ta_path_join(*state, "taken");
    assert_true(ta_folder_make(folder, NULL));
    struct ta_error err;
    assert_false(ta_file_write(path, "x", 1, &err));
    assert_int_equal(err.code, TA_SYSTEM);
    assert_int_equal(entries(*state), 1);
    free(path);
    path = ta_path_join(*state, "no/such/note");
    assert_false(ta_file_write(path, "x", 1, &err));
    assert_int_equal(err.code, TA_SYSTEM);
    assert_non_null(strstr(err.text, "No such file"));
    free(path);
    free(folder);
}

static void a_file_of_the_working_folder_is_written(void **state)
{
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(*state), 0);
    bool ok = ta_file_write("plain", "x", 1, NULL);
    assert_int_equal(chdir(before), 0);
    assert_true(ok);
    assert_int_equal(entries(*state), 1);
}

static void a_stream_is_read_to_its_end(void **state)
{
    (void)state;
    char bytes[] = "one\0two";
    struct ta_text text = {0};
    struct ta_error err;
    FILE *stream = fmemopen(bytes, sizeof bytes, "r");
    assert_true(ta_stream_read(&text, stream, "standard input", sizeof bytes, NULL));
    assert_memory_equal(text.bytes, bytes, sizeof bytes);
    rewind(stream);
    assert_false(ta_stream_read(&text, stream, "standard input", 3, &err));
    assert_int_equal(err.code, TA_WRONG);
    assert_non_null(strstr(err.text, "standard input"));
    (void)fclose(stream);
    ta_text_release(&text);
}

static void folders_are_made_for_their_owner_alone(void **state)
{
    char *inner = ta_path_join(*state, "a/b//c/");
    char *outer = ta_path_join(*state, "a");
    assert_true(ta_folder_make(inner, NULL));
    assert_true(ta_folder_make(inner, NULL));
    assert_int_equal(mode_of(outer), 0700);
    assert_int_equal(mode_of(inner), 0700);
    assert_true(ta_folder_make("/", NULL));
    free(inner);
    free(outer);
}

static void a_folder_is_not_made_over_a_file(void **state)
{
    char *file = ta_path_join(*state, "file");
    char *below = ta_path_join(file, "folder");
    struct ta_error err;
    assert_true(ta_file_write(file, "x", 1, NULL));
    assert_false(ta_folder_make(file, &err));
    assert_int_equal(err.code, TA_SYSTEM);
    assert_false(ta_folder_make(below, &err));
    assert_non_null(strstr(err.text, below));
    assert_false(ta_folder_make("", &err));
    assert_content(file, "x");
    free(file);
    free(below);
}

static void removing_does_not_follow_links(void **state)
{
    char *doomed = ta_path_join(*state, "doomed/deep/er");
    char *top = ta_path_join(*state, "doomed");
    char *kept = ta_path_join(*state, "kept");
    char *file = ta_path_join(kept, "file");
    char *link = ta_path_join(doomed, "link");
    char *readonly = ta_path_join(doomed, "readonly");
    assert_true(ta_folder_make(doomed, NULL));
    assert_true(ta_folder_make(kept, NULL));
    assert_true(ta_file_write(file, "x", 1, NULL));
    assert_true(ta_file_write(readonly, "x", 1, NULL));
    assert_int_equal(chmod(readonly, 0400), 0);
    assert_int_equal(symlink(kept, link), 0);
    assert_true(ta_folder_remove(top, NULL));
    assert_false(exists(top));
    assert_content(file, "x");
    struct ta_error err;
    assert_false(ta_folder_remove(top, &err));
    assert_int_equal(err.code, TA_SYSTEM);
    /* A link to a folder is no folder either. */
    char *alias = ta_path_join(*state, "alias");
    assert_int_equal(symlink(kept, alias), 0);
    assert_true(ta_folder_remove(alias, NULL));
    assert_false(exists(alias));
    assert_content(file, "x");
    char *paths[] = {doomed, top, kept, file, link, readonly, alias};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        free(paths[i]);
    }
}

static void temporary_folders_are_private_and_new(void **state)
{
    assert_int_equal(setenv("TMPDIR", *state, 1), 0);
    char *one;
    char *other;
    assert_true(ta_folder_temporary(&one, NULL));
    assert_true(ta_folder_temporary(&other, NULL));
    assert_string_not_equal(one, other);
    assert_int_equal(mode_of(one), 0700);
    assert_int_equal(strncmp(one, *state, strlen(*state)), 0);
    free(one);
    free(other);
    assert_int_equal(chdir(*state), 0);
    assert_int_equal(setenv("TMPDIR", ".", 1), 0);
    assert_true(ta_folder_temporary(&one, NULL));
    assert_int_equal(one[0], '/');
    assert_int_equal(mode_of(one), 0700);
    free(one);
    struct ta_error err;
    assert_int_equal(setenv("TMPDIR", "/nonexistent", 1), 0);
    assert_false(ta_folder_temporary(&one, &err));
    assert_int_equal(err.code, TA_SYSTEM);
    assert_null(one);
    assert_int_equal(unsetenv("TMPDIR"), 0);
}

static void paths_are_joined_with_one_slash(void **state)
{
    (void)state;
    static const struct {
        const char *folder, *name, *path;
    } examples[] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"/", "b", "/b"}, {"", "b", "b"}};
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        char *path = ta_path_join(examples[i].folder, examples[i].name);
        assert_string_equal(path, examples[i].path);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_read_as_it_was_written, enter, leave),
        cmocka_unit_test_setup_teardown(writing_leaves_nothing_beside_the_file, enter, leave),
        cmocka_unit_test_setup_teardown(the_limit_is_kept, enter, leave),
        cmocka_unit_test_setup_teardown(what_is_absent_is_told_from_what_is_refused, enter, leave),
        cmocka_unit_test_setup_teardown(a_failed_write_changes_nothing, enter, leave),
        cmocka_unit_test_setup_teardown(
            what_is_handed_out_in_pieces_replaces_a_file_whole_or_not_at_all, enter, leave),
        cmocka_unit_test_setup_teardown(a_write_that_cannot_be_put_in_place_cleans_up, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_file_of_the_working_folder_is_written, enter, leave),
        cmocka_unit_test(a_stream_is_read_to_its_end),
        cmocka_unit_test_setup_teardown(folders_are_made_for_their_owner_alone, enter, leave),
        cmocka_unit_test_setup_teardown(a_folder_is_not_made_over_a_file, enter, leave),
        cmocka_unit_test_setup_teardown(removing_does_not_follow_links, enter, leave),
        cmocka_unit_test_setup_teardown(temporary_folders_are_private_and_new, enter, leave),
        cmocka_unit_test(paths_are_joined_with_one_slash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
