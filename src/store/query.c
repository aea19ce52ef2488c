#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"
#include "turnabout/base/memory.h"

enum { PRIMARY = 0xFF }; /* the part of a result that names its family */

struct problem {
    int result; /* one extended result, or a family */
    enum ta_code code;
    const char *what;
    const char *advice;
};

static const struct problem problems[] = {
    {SQLITE_CONSTRAINT_FOREIGNKEY, TA_ABSENT, "no longer holds this pair or session",
     "it was taken out meanwhile; nothing was changed"},
    {SQLITE_BUSY, TA_BUSY, "is being written by another program",
     "nothing was changed here; try again in a moment, or end the other program"},
    {SQLITE_FULL, TA_SYSTEM, "cannot grow",
     "the disk is full; nothing was changed; make room and try again"},
    {SQLITE_IOERR, TA_SYSTEM, "cannot be read or written",
     "the disk is full or failing; nothing was changed; see to it and try again"},
    {SQLITE_READONLY_DIRECTORY, TA_SYSTEM, "cannot be opened",
     "even to be read, it needs a folder that may be written to; see to the folder's permissions"},
    {SQLITE_READONLY, TA_SYSTEM, "cannot be written",
     "the file is read-only; nothing was changed; see to its permissions"},
    {SQLITE_CANTOPEN, TA_SYSTEM, "cannot be opened",
     "see to its permissions and its folder's; even to be read, it needs one that may be written "
     "to"},
    {SQLITE_CORRUPT, TA_DAMAGED, "is damaged",
     "move it away and put a backup in its place; what you agreed on is safe in the repositories"},
    {SQLITE_NOTADB, TA_DAMAGED, "is not Turnabout's database",
     "move it away and put a backup in its place; what you agreed on is safe in the repositories"},
};

/* What the tables do not allow, or do not have, has been changed by another hand. */
static const struct problem other = {
    SQLITE_ERROR, TA_DAMAGED, "does not hold what it should",
    "move it away and put a backup in its place; what you agreed on is safe in the repositories"};

static const struct problem *problem_of(int result)
{
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        if (problems[i].result == result || problems[i].result == (result & PRIMARY)) {
            return &problems[i];
        }
    }
    return &other;
}

bool ta_store_fail(const struct ta_store *store, int result, struct ta_error *err)
{
    if ((result & PRIMARY) == SQLITE_NOMEM) {
        abort();
    }
    /* SQLite's messages name tables and columns, never a value: all values are bound. */
    const char *detail = sqlite3_extended_errcode(store->database) == result
                             ? sqlite3_errmsg(store->database)
                             : sqlite3_errstr(result);
    int family = result & PRIMARY;
    int system = sqlite3_system_errno(store->database);
    if ((family == SQLITE_IOERR || family == SQLITE_CANTOPEN) && system != 0) {
        detail = strerror(system);
    }
    /* What could not be made beside the file tells less than why nothing can. */
    if (family == SQLITE_CANTOPEN && access(store->path, W_OK) != 0) {
        detail = strerror(errno);
    }
    const struct problem *problem = problem_of(result);
    return ta_fail(err, problem->code, "%s %s (%s): %s.", store->path, problem->what, detail,
                   problem->advice);
}

static struct ta_query prepare(struct ta_store *store, const char *sql, unsigned flags)
{
    struct ta_query query = {.store = store};
    query.result = sqlite3_prepare_v3(store->database, sql, -1, flags, &query.statement, NULL);
    return query;
}

struct ta_query ta_query_once(struct ta_store *store, const char *sql)
{
    return prepare(store, sql, 0);
}

struct ta_query ta_query_kept(struct ta_store *store, enum ta_kept which, const char *sql)
{
    struct ta_query query = {.store = store, .statement = store->kept[which]};
    if (query.statement == NULL) {
        query = prepare(store, sql, SQLITE_PREPARE_PERSISTENT);
        store->kept[which] = query.statement;
    }
    query.is_kept = true;
    return query;
}

static int parameter(const struct ta_query *query, const char *name)
{
    int index = sqlite3_bind_parameter_index(query->statement, name);
    assert(index > 0);
    return index;
}

void ta_query_text(struct ta_query *query, const char *name, const char *value)
{
    if (query->result == SQLITE_OK) {
        query->result = sqlite3_bind_text(query->statement, parameter(query, name), value, -1,
                                          SQLITE_STATIC);
    }
}

void ta_query_integer(struct ta_query *query, const char *name, int64_t value)
{
    if (query->result == SQLITE_OK) {
        query->result = sqlite3_bind_int64(query->statement, parameter(query, name), value);
    }
}

bool ta_query_row(struct ta_query *query)
{
    if (query->result == SQLITE_OK || query->result == SQLITE_ROW) {
        query->result = sqlite3_step(query->statement);
    }
    return query->result == SQLITE_ROW;
}

int64_t ta_query_number(struct ta_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

double ta_query_real(struct ta_query *query, int column)
{
    return sqlite3_column_double(query->statement, column);
}

const char *ta_query_look(struct ta_query *query, int column)
{
    return (const char *)sqlite3_column_text(query->statement, column);
}

char *ta_query_copy(struct ta_query *query, int column)
{
    return ta_copy(ta_query_look(query, column));
}

int ta_query_word(struct ta_query *query, int column, const char *const *words, int count)
{
    const char *word = ta_query_look(query, column);
    for (int i = 0; i < count; i++) {
        if (word != NULL && strcmp(words[i], word) == 0) {
            return i;
        }
    }
    query->result = SQLITE_CORRUPT;
    return 0;
}

bool ta_query_again(struct ta_query *query)
{
    int result = query->result;
    if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE) {
        query->result = SQLITE_OK;
        (void)sqlite3_reset(query->statement);
    }
    return query->result == SQLITE_OK;
}

bool ta_query_end(struct ta_query *query, struct ta_error *err)
{
    int result = query->result;
    bool ok = result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE;
    if (!ok) {
        (void)ta_store_fail(query->store, result, err);
    }
    if (query->is_kept) {
        (void)sqlite3_reset(query->statement);
        (void)sqlite3_clear_bindings(query->statement);
    } else {
        (void)sqlite3_finalize(query->statement);
    }
    query->statement = NULL;
    return ok;
}

bool ta_query_run(struct ta_query *query, struct ta_error *err)
{
    while (ta_query_row(query)) {
    }
    return ta_query_end(query, err);
}
