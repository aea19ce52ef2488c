#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "fixture.h"
#include "turnabout/store/drafts.h"
#include "turnabout/store/sessions.h"

/* Stands before the C library's: how often SQLite flushes is what somebody waits for. */
static unsigned flushes;

int fdatasync(int file)
{
    flushes++;
    return (int)syscall(SYS_fdatasync, file);
}

int fsync(int file)
{
    flushes++;
    return (int)syscall(SYS_fsync, file);
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static off_t size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_size : -1;
}

static unsigned files_in(const char *folder)
{
    unsigned count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        count += entry->d_name[0] != '.';
    }
    (void)closedir(entries);
    return count;
}

static void refuse_open(struct fixture *fixture, enum ta_code code, const char *word)
{
    struct ta_store *store = (struct ta_store *)fixture;
    assert_false(ta_store_open(&store, fixture->path, &fixture->err));
    assert_null(store);
    assert_int_equal(fixture->err.code, code);
    assert_non_null(strstr(fixture->err.text, fixture->path));
    assert_non_null(strstr(fixture->err.text, word));
}

static void no_one_else_can_read_it(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    struct fixture *fixture = *state;
    mode_t before = umask(0);
    fixture->store = open_store(fixture);
    (void)add_pair(fixture->store, "priya-dana");
    (void)umask(before);
    for (size_t i = 0; i < 3; i++) {
        char path[512];
        struct stat status;
        (void)snprintf(path, sizeof path, "%s%s", fixture->path, endings[i]);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0777U, 0600);
    }
}

static void one_file_is_left_when_all_have_closed(void **state)
{
    struct fixture *fixture = *state;
    fixture->store = open_store(fixture);
    (void)add_pair(fixture->store, "priya-dana");
    close_store(fixture);
    assert_int_equal(files_in(fixture->folder), 1);
    assert_true(size_of(fixture->path) > 0);
}

static bool open_and_add(struct fixture *fixture, void *data)
{
    struct ta_store *store = NULL;
    bool ok = ta_store_open(&store, fixture->path, &fixture->err) &&
              ta_store_set_setting(store, data, "was here", &fixture->err);
    ta_store_close(store);
    if (!ok) {
        print_error("%s\n", fixture->err.text);
    }
    return ok;
}

static void first_starts_at_once_make_one_database(void **state)
{
    static char *const names[] = {"a", "b", "c", "d"};
    struct fixture *fixture = *state;
    for (unsigned round = 0; round < 20; round++) {
        pid_t children[4];
        for (size_t i = 0; i < 4; i++) {
            children[i] = in_child(open_and_add, fixture, names[i]);
        }
        for (size_t i = 0; i < 4; i++) {
            assert_true(went_well(children[i]));
        }
        fixture->store = open_store(fixture);
        assert_int_equal(ask(fixture->store, "SELECT count(*) FROM setting"), 4);
        ta_store_close(fixture->store);
        fixture->store = NULL;
        assert_int_equal(files_in(fixture->folder), 1);
        assert_int_equal(unlink(fixture->path), 0);
    }
}

static void an_empty_file_is_refused_and_left(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture->path, "", 0);
    refuse_open(fixture, TA_DAMAGED, "empty");
    assert_int_equal(size_of(fixture->path), 0);
    assert_int_equal(files_in(fixture->folder), 1);
}

static void what_is_no_database_is_refused_and_left(void **state)
{
    struct fixture *fixture = *state;
    char bytes[8192];
    memset(bytes, 'x', sizeof bytes);
    write_file(fixture->path, bytes, sizeof bytes);
    refuse_open(fixture, TA_DAMAGED, "move it away");
    assert_int_equal(size_of(fixture->path), sizeof bytes);
    assert_int_equal(files_in(fixture->folder), 1);
}

static void a_database_of_another_program_is_refused(void **state)
{
    struct fixture *fixture = *state;
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(fixture->path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, "CREATE TABLE bookmark (url)", NULL, NULL, NULL),
                     SQLITE_OK);
    (void)sqlite3_close(database);
    refuse_open(fixture, TA_DAMAGED, "not Turnabout's");
}

static void a_newer_schema_is_refused_and_left(void **state)
{
    struct fixture *fixture = *state;
    fixture->store = open_store(fixture);
    assert_true(ta_store_run(fixture->store, "PRAGMA user_version = 99", NULL));
    close_store(fixture);
    refuse_open(fixture, TA_DAMAGED, "newer");
    assert_true(ta_store_connect(&fixture->store, fixture->path, NULL));
    assert_int_equal(ask(fixture->store, "PRAGMA user_version"), 99);
}

static void a_log_without_its_database_is_not_taken_for_a_first_start(void **state)
{
    struct fixture *fixture = *state;
    char path[512];
    (void)snprintf(path, sizeof path, "%s-wal", fixture->path);
    write_file(path, "frames", 6);
    refuse_open(fixture, TA_DAMAGED, "-wal");
    assert_int_equal(size_of(path), 6);
    assert_int_equal(files_in(fixture->folder), 1);
}

static void a_missing_folder_is_said(void **state)
{
    struct fixture *fixture = *state;
    free(fixture->path);
    fixture->path = ta_path_join(fixture->folder, "nowhere/turnabout.db");
    refuse_open(fixture, TA_SYSTEM, "No such file or directory");
}

/* Permissions do not hold for root. */
static void become_ordinary(struct fixture *fixture)
{
    (void)fixture;
    if (geteuid() == 0 && setuid(65534) != 0) {
        _exit(1);
    }
}

static void give_away(struct fixture *fixture, mode_t folder, mode_t file)
{
    if (geteuid() == 0) {
        assert_int_equal(chown(fixture->folder, 65534, 65534), 0);
        assert_int_equal(chown(fixture->path, 65534, 65534), 0);
    }
    assert_int_equal(chmod(fixture->path, file), 0);
    assert_int_equal(chmod(fixture->folder, folder), 0);
}

static bool is_told_of_the_folder(struct fixture *fixture, void *data)
{
    (void)data;
    struct ta_store *store = NULL;
    become_ordinary(fixture);
    bool ok = !ta_store_open(&store, fixture->path, &fixture->err) &&
              fixture->err.code == TA_SYSTEM &&
              strstr(fixture->err.text, "folder that may be written to") != NULL;
    if (!ok) {
        print_error("%d %s\n", (int)fixture->err.code, fixture->err.text);
    }
    return ok;
}

static void a_folder_that_may_not_be_written_is_said(void **state)
{
    struct fixture *fixture = *state;
    fixture->store = open_store(fixture);
    (void)add_pair(fixture->store, "priya-dana");
    close_store(fixture);
    give_away(fixture, 0500, 0600);
    assert_true(went_well(in_child(is_told_of_the_folder, fixture, NULL)));
    assert_int_equal(chmod(fixture->folder, 0700), 0);
}

static bool reads_but_may_not_write(struct fixture *fixture, void *data)
{
    (void)data;
    struct ta_store *store = NULL;
    char *value = NULL;
    become_ordinary(fixture);
    bool ok = ta_store_open(&store, fixture->path, &fixture->err) &&
              ta_store_setting(store, "pair", &value, &fixture->err) && value != NULL &&
              strcmp(value, "priya-dana") == 0 &&
              !ta_store_set_setting(store, "pair", "other", &fixture->err) &&
              fixture->err.code == TA_SYSTEM &&
              strstr(fixture->err.text, "file is read-only") != NULL;
    if (!ok) {
        print_error("%d %s\n", (int)fixture->err.code, fixture->err.text);
    }
    free(value);
    ta_store_close(store);
    return ok;
}

static void a_file_that_may_not_be_written_is_still_read(void **state)
{
    struct fixture *fixture = *state;
    fixture->store = open_store(fixture);
    assert_true(ta_store_set_setting(fixture->store, "pair", "priya-dana", NULL));
    close_store(fixture);
    give_away(fixture, 0700, 0400);
    assert_true(went_well(in_child(reads_but_may_not_write, fixture, NULL)));
}

static void a_writer_that_waits_in_vain_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *second = open_store(fixture);
    char *value = NULL;
    assert_int_equal(ask(second, "PRAGMA busy_timeout"), 5000);
    assert_int_equal(sqlite3_busy_timeout(second->database, 20), SQLITE_OK);
    assert_true(ta_store_begin(fixture->store, NULL));
    assert_false(ta_store_set_setting(second, "pair", "priya-dana", &fixture->err));
    assert_int_equal(fixture->err.code, TA_BUSY);
    assert_non_null(strstr(fixture->err.text, "try again"));
    assert_true(ta_store_setting(second, "pair", &value, &fixture->err)); /* readers never wait */
    assert_null(value);
    assert_true(ta_store_finish(fixture->store, true, NULL));
    assert_true(ta_store_set_setting(second, "pair", "priya-dana", &fixture->err));
    ta_store_close(second);
}

/* The two ends of a talk between processes: what one writes, the other reads. */
struct talk {
    int to_child[2];
    int to_parent[2];
};

static bool say(const int ends[2])
{
    return write(ends[1], "", 1) == 1;
}

static bool hear(const int ends[2])
{
    char byte = 1;
    return read(ends[0], &byte, 1) == 1;
}

static bool write_after_the_other(struct fixture *fixture, void *data)
{
    const struct talk *talk = data;
    struct ta_store *store = NULL;
    bool ok = hear(talk->to_child) && ta_store_open(&store, fixture->path, &fixture->err) &&
              say(talk->to_parent) && ta_store_set_setting(store, "pair", "b", &fixture->err);
    ta_store_close(store);
    return ok;
}

static void a_writer_waits_for_another(void **state)
{
    struct fixture *fixture = *state;
    struct talk talk;
    assert_int_equal(pipe(talk.to_child), 0);
    assert_int_equal(pipe(talk.to_parent), 0);
    close_store(fixture);
    pid_t child = in_child(write_after_the_other, fixture, &talk);
    fixture->store = open_store(fixture);
    assert_true(ta_store_begin(fixture->store, NULL));
    assert_true(say(talk.to_child));
    assert_true(hear(talk.to_parent));
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM setting"), 0);
    assert_true(ta_store_run(fixture->store, "INSERT INTO setting VALUES ('pair', 'a')", NULL));
    assert_true(ta_store_finish(fixture->store, true, NULL));
    assert_true(went_well(child));
    assert_int_equal(ask(fixture->store, "SELECT value = 'b' FROM setting"), 1);
    for (size_t i = 0; i < 2; i++) {
        (void)close(talk.to_child[i]);
        (void)close(talk.to_parent[i]);
    }
}

static void assert_setting(struct ta_store *store, const char *expected)
{
    char *value = NULL;
    assert_true(ta_store_setting(store, "pair", &value, NULL));
    assert_string_equal(value, expected);
    free(value);
}

static void what_is_read_together_is_of_one_moment(void **state)
{
    struct fixture *fixture = *state;
    struct ta_store *second = open_store(fixture);
    assert_true(ta_store_set_setting(second, "pair", "before", NULL));
    assert_true(ta_store_begin_reading(fixture->store, &fixture->err));
    assert_setting(fixture->store, "before");
    assert_true(ta_store_set_setting(second, "pair", "after", NULL));
    assert_true(ta_store_begin_reading(fixture->store, &fixture->err));
    assert_setting(fixture->store, "before");
    ta_store_end_reading(fixture->store);
    assert_setting(fixture->store, "before");
    ta_store_end_reading(fixture->store);
    assert_setting(fixture->store, "after");
    ta_store_close(second);
}

static void settings_are_kept_by_name(void **state)
{
    struct fixture *fixture = *state;
    char *value = NULL;
    assert_true(ta_store_setting(fixture->store, "pair", &value, &fixture->err));
    assert_null(value);
    assert_true(ta_store_set_setting(fixture->store, "pair", "priya-dana", &fixture->err));
    assert_true(ta_store_set_setting(fixture->store, "theme", "paper", &fixture->err));
    assert_true(ta_store_set_setting(fixture->store, "pair", "ali-bo", &fixture->err));
    reopen(fixture);
    assert_true(ta_store_setting(fixture->store, "pair", &value, &fixture->err));
    assert_string_equal(value, "ali-bo");
    free(value);
}

static int64_t start_session(struct ta_store *store)
{
    int64_t sitting = 0;
    int64_t pair = add_pair(store, "priya-dana");
    assert_true(ta_store_sitting_start(store, pair, 1, "", MONDAY, -1, &sitting, NULL));
    return sitting;
}

static bool add_note(struct fixture *fixture, int64_t sitting, const char *line, const char *drop)
{
    char text[4096];
    (void)snprintf(text, sizeof text, "%s", line);
    struct ta_note note = {.kind = TA_NOTE_MINE, .text = text, .at = MONDAY, .item = -1};
    return ta_store_note_add(fixture->store, sitting, &note, drop, &fixture->err);
}

static void a_note_costs_one_flush(void **state)
{
    struct fixture *fixture = *state;
    int64_t sitting = start_session(fixture->store);
    int64_t pair = ask(fixture->store, "SELECT id FROM pair");
    int64_t revision = 0;
    assert_true(add_note(fixture, sitting, "the first", NULL));
    for (unsigned i = 0; i < 600; i++) {
        flushes = 0;
        assert_true(ta_store_draft_put(fixture->store, pair, "line/1", "a l", &revision, MONDAY,
                                       &fixture->err));
        assert_int_equal(flushes, 1);
        assert_true(add_note(fixture, sitting, "a line of usual length", "line/1"));
        assert_int_equal(flushes, 2);
        revision = 0;
    }
}

static void the_log_does_not_grow_for_ever(void **state)
{
    struct fixture *fixture = *state;
    char path[512];
    off_t most = 0;
    (void)snprintf(path, sizeof path, "%s-wal", fixture->path);
    assert_true(ta_store_run(fixture->store, "PRAGMA synchronous = OFF", NULL));
    int64_t sitting = start_session(fixture->store);
    for (unsigned i = 0; i < 4000; i++) {
        assert_true(add_note(fixture, sitting, "a line of usual length", NULL));
        off_t size = size_of(path);
        most = size > most ? size : most;
    }
    assert_true(most > 8 << 20);
    assert_true(most < 20 << 20);
}

static void a_large_log_is_carried_over_at_the_next_start(void **state)
{
    struct fixture *fixture = *state;
    assert_true(ta_store_run(fixture->store, "PRAGMA synchronous = OFF", NULL));
    int64_t sitting = start_session(fixture->store);
    off_t before = size_of(fixture->path);
    for (unsigned i = 0; i < 600; i++) {
        assert_true(add_note(fixture, sitting, "a line of usual length", NULL));
    }
    assert_int_equal(size_of(fixture->path), before);
    struct ta_store *second = open_store(fixture);
    assert_true(size_of(fixture->path) > before);
    ta_store_close(second);
}

/* The disk fills up after so many writes; -1: it never does. */
static int writes_left = -1;
static sqlite3_syscall_ptr real_write;

static ssize_t write_while_there_is_room(int file, const void *bytes, size_t length, off_t at)
{
    if (writes_left == 0) {
        errno = ENOSPC;
        return -1;
    }
    writes_left -= writes_left > 0;
    return pwrite(file, bytes, length, at);
}

static void fill_disk_after(int writes)
{
    sqlite3_vfs *files = sqlite3_vfs_find(NULL);
    real_write = files->xGetSystemCall(files, "pwrite64");
    assert_int_equal(
        files->xSetSystemCall(files, "pwrite64", (sqlite3_syscall_ptr)write_while_there_is_room),
        SQLITE_OK);
    writes_left = writes;
}

static void make_room(void)
{
    sqlite3_vfs *files = sqlite3_vfs_find(NULL);
    assert_int_equal(files->xSetSystemCall(files, "pwrite64", real_write), SQLITE_OK);
}

static void a_full_disk_is_said_and_nothing_is_half_written(void **state)
{
    struct fixture *fixture = *state;
    int64_t sitting = start_session(fixture->store);
    bool ok = false;
    int writes = 0;
    for (; !ok && writes < 100; writes++) {
        fill_disk_after(writes);
        ok = add_note(fixture, sitting, "very private", NULL);
        make_room();
        assert_int_equal(ask(fixture->store, "SELECT count(*) FROM note"), ok);
        assert_int_equal(ask(fixture->store, "SELECT change FROM sitting"), 1 + ok);
        if (!ok) {
            assert_int_equal(fixture->err.code, TA_SYSTEM);
            assert_non_null(strstr(fixture->err.text, "disk is full"));
            assert_null(strstr(fixture->err.text, "private"));
        }
    }
    assert_true(ok);
    assert_true(writes > 4); /* the sweep met the writes of the transaction one by one */
    reopen(fixture);
    assert_int_equal(ask(fixture->store, "SELECT count(*) FROM note"), 1);
    assert_whole(fixture->store);
}

static void a_first_start_on_a_full_disk_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    int writes = 0;
    for (; fixture->store == NULL && writes < 200; writes++) {
        fill_disk_after(writes);
        bool ok = ta_store_open(&fixture->store, fixture->path, &fixture->err);
        make_room();
        if (!ok) {
            assert_int_equal(fixture->err.code, TA_SYSTEM);
            assert_non_null(strstr(fixture->err.text, "disk is full"));
            /* Nothing, or a whole database that the next start goes on with. */
            assert_true(files_in(fixture->folder) == 0 || size_of(fixture->path) > 0);
        }
    }
    assert_non_null(fixture->store);
    assert_true(writes > 10);
    assert_whole(fixture->store);
    (void)start_session(fixture->store);
}

/* Spoils every page behind the first, which says that it is a database. */
static void spoil(const char *path)
{
    static const char junk[] = "\xff\xfe\xfd\xfc\xfb\xfa";
    int file = open(path, O_RDWR | O_CLOEXEC);
    assert_true(file >= 0);
    for (off_t at = 4096; at < size_of(path); at += 4096) {
        for (off_t i = 0; i < 64; i++) {
            assert_int_equal(pwrite(file, junk, 6, at + i * 6), 6);
        }
    }
    assert_int_equal(close(file), 0);
}

static void damage_is_said_where_it_is_met(void **state)
{
    struct fixture *fixture = *state;
    int64_t sitting = start_session(fixture->store);
    char *value = NULL;
    assert_true(add_note(fixture, sitting, "very private", NULL));
    close_store(fixture);
    spoil(fixture->path);

    fixture->store = open_store(fixture);
    assert_false(ta_store_setting(fixture->store, "pair", &value, &fixture->err));
    assert_int_equal(fixture->err.code, TA_DAMAGED);
    assert_non_null(strstr(fixture->err.text, "backup"));
    assert_null(strstr(fixture->err.text, "private"));
}

static void nothing_is_closed_without_complaint(void **state)
{
    (void)state;
    ta_store_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_one_else_can_read_it, set_up_folder, tear_down),
        cmocka_unit_test_setup_teardown(one_file_is_left_when_all_have_closed, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(first_starts_at_once_make_one_database, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_empty_file_is_refused_and_left, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_database_is_refused_and_left, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_database_of_another_program_is_refused, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_newer_schema_is_refused_and_left, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_log_without_its_database_is_not_taken_for_a_first_start,
                                        set_up_folder, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_folder_is_said, set_up_folder, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_may_not_be_written_is_said, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_may_not_be_written_is_still_read, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_writer_that_waits_in_vain_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_writer_waits_for_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_read_together_is_of_one_moment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(settings_are_kept_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_note_costs_one_flush, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_log_does_not_grow_for_ever, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_large_log_is_carried_over_at_the_next_start, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said_and_nothing_is_half_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_first_start_on_a_full_disk_leaves_nothing, set_up_folder,
                                        tear_down),
        cmocka_unit_test_setup_teardown(damage_is_said_where_it_is_met, set_up, tear_down),
        cmocka_unit_test(nothing_is_closed_without_complaint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
