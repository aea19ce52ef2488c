/* sound DATABASE: prints what SQLite's own integrity check says of it; "ok" is the good word. */
#include <stdio.h>

#include <sqlite3.h>

enum { FAILED = 2 };

static int print(void *unused, int count, char **values, char **names)
{
    (void)unused;
    (void)count;
    (void)names;
    return puts(values[0]) < 0;
}

int main(int count, char **words)
{
    sqlite3 *database = NULL;
    if (count != 2) {
        (void)fputs("usage: sound DATABASE\n", stderr);
        return FAILED;
    }
    int result = sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READWRITE, NULL);
    if (result == SQLITE_OK) {
        result = sqlite3_exec(database, "PRAGMA integrity_check", print, NULL, NULL);
    }
    if (result != SQLITE_OK) {
        (void)fprintf(stderr, "%s: %s\n", words[1], sqlite3_errmsg(database));
    }
    (void)sqlite3_close(database);
    return result == SQLITE_OK ? 0 : FAILED;
}
