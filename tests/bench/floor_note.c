/* The least that saving a note takes: one line to type on; Enter commits it to SQLite (WAL,
 * synchronous=FULL) and then draws it above. Argument: the database. Ends with the input. */
#include <locale.h>
#include <string.h>

#include <curses.h>
#include <sqlite3.h>

enum { NOTES = 20, LINE = 22, MOST = 200 };

static sqlite3_stmt *open_notes(sqlite3 **db, const char *path)
{
    const char *set_up = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         "CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT)";
    sqlite3_stmt *insert = NULL;
    bool ok = sqlite3_open(path, db) == SQLITE_OK &&
              sqlite3_exec(*db, set_up, NULL, NULL, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(*db, "INSERT INTO note (text) VALUES (?)", -1, &insert, NULL) ==
                  SQLITE_OK;
    return ok ? insert : NULL;
}

static bool save(sqlite3_stmt *insert, const char *text)
{
    bool saved = sqlite3_bind_text(insert, 1, text, -1, SQLITE_STATIC) == SQLITE_OK &&
                 sqlite3_step(insert) == SQLITE_DONE;
    return sqlite3_reset(insert) == SQLITE_OK && saved;
}

static void show_saved(const char *text, int count)
{
    (void)mvaddstr(count % NOTES, 1, text);
    (void)clrtoeol();
    (void)move(LINE, 1);
    (void)clrtoeol();
    (void)refresh();
}

static bool take_notes(sqlite3_stmt *insert)
{
    char text[MOST + 1] = "";
    size_t length = 0;
    int count = 0;
    for (int key = getch(); key != ERR && key != 4; key = getch()) {
        if (key == '\r') {
            if (!save(insert, text)) {
                return false;
            }
            show_saved(text, count++);
            length = 0;
        } else if (length < MOST) {
            text[length++] = (char)key;
            text[length] = '\0';
            (void)addch((chtype)key);
            (void)refresh();
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    (void)setlocale(LC_ALL, "");
    sqlite3_stmt *insert = argc == 2 ? open_notes(&db, argv[1]) : NULL;
    if (insert == NULL || initscr() == NULL) {
        return 1;
    }
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)mvaddstr(23, 1, "screen complete");
    (void)move(LINE, 1);
    (void)refresh();
    bool ok = take_notes(insert);
    (void)endwin();
    (void)sqlite3_finalize(insert);
    return sqlite3_close(db) == SQLITE_OK && ok ? 0 : 1;
}
