/*
 * old DATABASE SCHEMA: puts all that a database holds into tables as they were published in an
 * earlier version, made by SCHEMA, and leaves that in its place.
 */
#include <stdbool.h>
#include <stdio.h>

#include <sqlite3.h>

enum { FAILED = 2, TABLES_MOST = 64, SCRIPT_MOST = 1 << 16 };

/* One statement a table of the old schema: the columns that it had are copied. */
static const char copies[] =
    "SELECT 'INSERT INTO main.' || t.name || ' (' || group_concat(c.name) || ') SELECT ' || "
    "group_concat(c.name) || ' FROM today.' || t.name "
    "FROM main.sqlite_schema t, pragma_table_info(t.name) c "
    "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' GROUP BY t.name ORDER BY t.rootpage";

static int run(sqlite3 *database, const char *sql)
{
    char *problem = NULL;
    int result = sqlite3_exec(database, sql, NULL, NULL, &problem);
    if (result != SQLITE_OK) {
        (void)fprintf(stderr, "%s: %s\n", sql, problem);
    }
    sqlite3_free(problem);
    return result;
}

static int copy_tables(sqlite3 *database)
{
    sqlite3_stmt *statement = NULL;
    char *sql[TABLES_MOST];
    int count = 0;
    int result = sqlite3_prepare_v2(database, copies, -1, &statement, NULL);
    while (result == SQLITE_OK && count < TABLES_MOST && sqlite3_step(statement) == SQLITE_ROW) {
        sql[count++] = sqlite3_mprintf("%s", sqlite3_column_text(statement, 0));
    }
    (void)sqlite3_finalize(statement);
    for (int i = 0; i < count; i++) {
        result = result == SQLITE_OK ? run(database, sql[i]) : result;
        sqlite3_free(sql[i]);
    }
    return result;
}

static int make(const char *old, const char *today, const char *script)
{
    sqlite3 *database = NULL;
    char *attach = sqlite3_mprintf("ATTACH %Q AS today", today);
    int result = sqlite3_open(old, &database);
    result = result == SQLITE_OK ? run(database, script) : result;
    result = result == SQLITE_OK ? run(database, attach) : result;
    result = result == SQLITE_OK ? copy_tables(database) : result;
    sqlite3_free(attach);
    return sqlite3_close(database) == SQLITE_OK ? result : FAILED;
}

int main(int count, char **words)
{
    static char script[SCRIPT_MOST];
    FILE *file = count == 3 ? fopen(words[2], "r") : NULL;
    if (file == NULL || fread(script, 1, sizeof script - 1, file) == 0) {
        (void)fputs("usage: old DATABASE SCHEMA\n", stderr);
        return FAILED;
    }
    (void)fclose(file);
    char *old = sqlite3_mprintf("%s.old", words[1]);
    bool ok = make(old, words[1], script) == SQLITE_OK && rename(old, words[1]) == 0;
    sqlite3_free(old);
    return ok ? 0 : FAILED;
}
