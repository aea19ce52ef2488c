/**
 * A store in a folder of its own for each test, and what tests of several modules do with it.
 */
#ifndef TURNABOUT_TESTS_STORE_FIXTURE_H
#define TURNABOUT_TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "internal.h"
#include "turnabout/base/file.h"
#include "turnabout/store/pairs.h"

#define MONDAY INT64_C(1764000000000)

struct fixture {
    char *folder;
    char *path;
    struct ta_store *store;
    struct ta_error err;
};

static inline struct ta_store *open_store(struct fixture *fixture)
{
    struct ta_store *store = NULL;
    if (!ta_store_open(&store, fixture->path, &fixture->err)) {
        print_error("%s\n", fixture->err.text);
        fail();
    }
    return store;
}

static inline void close_store(struct fixture *fixture)
{
    ta_store_close(fixture->store);
    fixture->store = NULL;
}

static inline void reopen(struct fixture *fixture)
{
    close_store(fixture);
    fixture->store = open_store(fixture);
}

/* A folder, and no store in it yet. */
static inline int set_up_folder(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    assert_true(ta_folder_temporary(&fixture->folder, &fixture->err));
    fixture->path = ta_path_join(fixture->folder, "turnabout.db");
    *state = fixture;
    return 0;
}

static inline int set_up(void **state)
{
    (void)set_up_folder(state);
    struct fixture *fixture = *state;
    fixture->store = open_store(fixture);
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *fixture = *state;
    ta_store_close(fixture->store);
    assert_true(ta_folder_remove(fixture->folder, &fixture->err));
    free(fixture->folder);
    free(fixture->path);
    free(fixture);
    return 0;
}

static inline int64_t add_pair(struct ta_store *store, const char *slug)
{
    char mentor[] = "Priya Raman";
    char mentee[] = "Dana Holt";
    char name[64];
    (void)snprintf(name, sizeof name, "%s", slug);
    struct ta_pair pair = {
        .slug = name, .person = {[TA_MENTOR] = {.name = mentor}, [TA_MENTEE] = {.name = mentee}}};
    assert_true(ta_store_pair_add(store, &pair, MONDAY, NULL));
    return pair.id;
}

/* What a query with one number for an answer says, by SQLite's own hand. */
static inline int64_t ask(struct ta_store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t answer = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    return answer;
}

static inline void assert_whole(struct ta_store *store)
{
    assert_int_equal(ask(store, "SELECT count(*) FROM pragma_integrity_check "
                                "WHERE integrity_check <> 'ok'"),
                     0);
    assert_int_equal(ask(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* Runs `work` in another process; its true is exit status 0. No connection may be open: SQLite's
   locks belong to the process that took them. */
static inline pid_t in_child(bool (*work)(struct fixture *, void *), struct fixture *fixture,
                             void *data)
{
    assert_null(fixture->store);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(work(fixture, data) ? 0 : 1);
    }
    return child;
}

static inline bool went_well(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Numbers that look random and are the same in every run. */
static inline unsigned next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33U);
}

#endif
